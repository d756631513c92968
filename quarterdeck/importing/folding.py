"""When do two texts mean the same thing?"""

from __future__ import annotations

import hashlib
import re
import unicodedata

# "NA" and "none" are words a text may mean (North America, no partner); in a number they are not.
_NO_TEXT = frozenset({"", "-", "--", "–", "—", "null", "(null)", "<null>", "\\n", "#n/a", "n/a"})
_NO_NUMBER = _NO_TEXT | frozenset(
    {"na", "none", "nan", "nil", "nat", "<na>", "(blank)", "(none)", "#null!", "?", "0000-00-00"}
)
_SPACES = (9, 10, 13, 133, 0x2028, 0x2029)
_CONTROL: dict[int, str | None] = dict.fromkeys((*range(32), *range(127, 160)))
_CONTROL |= dict.fromkeys(_SPACES, " ")


def fold(text: str) -> str:
    """The text without case, width and surplus space."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def letters(text: str) -> str:
    """The folded letters and digits alone: "GTXPro" and "GTX Pro" are one product."""
    return "".join(filter(str.isalnum, fold(text)))


def slug(text: str) -> str:
    """A readable id; a text with other signs carries a hash, so that no two names share one."""
    folded = fold(text)
    kept = re.sub(r"[^a-z0-9 ]", "", folded)
    plain = "-".join(kept.split())
    return plain if kept == folded else f"{plain}-{digest(folded)[:6]}".strip("-")


def digest(text: str) -> str:
    """The SHA-1 of a text in hexadecimal."""
    return hashlib.sha1(text.encode("utf-8", "surrogatepass"), usedforsecurity=False).hexdigest()


def clean(text: str) -> str:
    """The text trimmed, on one line, without control characters."""
    return (text if text.isprintable() else text.translate(_CONTROL)).strip()


def is_no_text(text: str) -> bool:
    """Whether a text cell holds nothing."""
    return len(text) < 8 and fold(text) in _NO_TEXT


def is_missing(text: str) -> bool:
    """Whether a number, date or flag is left out."""
    return len(text) < 12 and fold(text) in _NO_NUMBER


def fold_header(header: str) -> str:
    """A header without case, spaces, underscores, punctuation and camelCase."""
    return letters(header)
