"""When do two names mean the same, and what id stands for one?"""

from __future__ import annotations

import hashlib
import re
import unicodedata


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
