"""When do two texts mean the same thing?"""

from __future__ import annotations

from quarterdeck.domain.naming import digest, fold, letters, slug

__all__ = [
    "clean",
    "digest",
    "fold",
    "fold_header",
    "is_missing",
    "is_no_text",
    "letters",
    "slug",
]

# "NA" and "none" are words a text may mean (North America, no partner); in a number they are not.
_NO_TEXT = frozenset({"", "-", "--", "–", "—", "null", "(null)", "<null>", "\\n", "#n/a", "n/a"})
NOTHINGS = sorted(_NO_TEXT)
_NO_NUMBER = _NO_TEXT | frozenset(
    {"na", "none", "nan", "nil", "nat", "<na>", "(blank)", "(none)", "#null!", "?", "0000-00-00"}
)
_SPACES = (9, 10, 13, 133, 0x2028, 0x2029)
_CONTROL: dict[int, str | None] = dict.fromkeys((*range(32), *range(127, 160)))
_CONTROL |= dict.fromkeys(_SPACES, " ")


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
