"""How is text that came from a file shown without it doing anything?"""

from __future__ import annotations

import re

_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
_ALIVE = re.compile(r"(:)(?=[\w+-]|//)|(www)(?=\.)|(@)", re.I)
JOINER = "\u2060"
MINUS = re.compile(r"−(?=[$\d])")
UNIT = re.compile(r"(\d) (?=(?:[kMB]\b|%))")
DOLLAR = re.compile(r"(?<!\\)\$")


def plain(text: object) -> str:
    """Markdown that reads as `text`, letter for letter: no pictures, links, colours or formulas.

    A backslash stops Markdown's signs. Emoji names and bare addresses come to life after the
    backslashes are gone, so an unseen sign parts those.
    """
    if text is None or text != text:
        return ""
    visible = _UNSEEN.sub("", str(text).replace("\n", " ").replace("\t", " "))
    parted = _ALIVE.sub(lambda found: found[0] + JOINER, visible)
    return _PUNCTUATION.sub(r"\\\1", parted)


def tidy(text: str) -> str:
    """A number never parts from its unit at the end of a line, and no dollar starts a formula."""
    return DOLLAR.sub(r"\\$", MINUS.sub("−\u2060", UNIT.sub("\\1\u202f", text)))
