"""Is a deal won, lost or open?"""

from __future__ import annotations

import re

from quarterdeck.importing.folding import fold

_WON = frozenset(
    [
        "win",
        "sold",
        "booked",
        "closed won",
        "signed won",
        "awarded",
        "order won",
        "purchased",
        "converted",
        "success",
        "successful",
    ]
)
_LOST = frozenset(
    [
        "loss",
        "disqualified",
        "no decision",
        "closed no decision",
        "no decision made",
        "abandoned",
        "cancelled",
        "canceled",
        "dead",
        "rejected",
        "declined",
        "withdrawn",
        "dropped",
        "out sold",
        "outsold",
        "unqualified",
        "not qualified",
        "closed disqualified",
        "closed abandoned",
        "closed cancelled",
        "closed canceled",
        "closed dead",
        "no sale",
        "no bid",
        "did not win",
        "not won",
        "failed",
        "duplicate",
        "closed duplicate",
        "closed rejected",
        "never",
    ]
)
_OPEN = frozenset(
    [
        "open",
        "active",
        "in progress",
        "inprogress",
        "pipeline",
        "new",
        "working",
        "pending",
        "ongoing",
        "engaging",
        "negotiation",
        "prospecting",
        "proposal",
        "qualified",
        "commit",
        "best case",
        "qualify",
        "develop",
        "propose",
        "close",
        "opened",
    ]
)
_HELD = frozenset(
    ["on hold", "hold", "paused", "stalled", "parked", "deferred", "postponed", "suspended"]
)
_NUMBERING = re.compile(r"^\W*\d+(\.\d+)?\W+|\W*\(?\d+ ?%?\)?\W*$")
_HAS_WON = re.compile(r"\b(closed)?won\b")
_HAS_LOST = re.compile(r"\b(closed)?lost\b")
_NOT_WON = re.compile(r"\b(not|un|never|to be|almost|nearly|if) ?won\b|\bwon back\b")


def _words(text: str) -> str:
    bare = _NUMBERING.sub("", fold(text))
    return " ".join(re.sub(r"[^\w]+|_", " ", bare or fold(text)).split())


def verdict(text: str) -> str | None:
    """The outcome a stage or status word names, if it names one."""
    words = _words(text)
    if words in _LOST or _HAS_LOST.search(words):
        return "lost"
    if words in _WON or (_HAS_WON.search(words) and not _NOT_WON.search(words)):
        return "won"
    return None


def status_doubt(text: str) -> str | None:
    """Why a status that names no outcome is doubtful: it is held or unknown."""
    words = _words(text)
    if words in _HELD or words.endswith("on hold"):
        return "on hold"
    return None if words in _OPEN else "unknown"


def by_flags(won: bool | None, closed: bool | None, words: str | None, has_won: bool) -> str | None:
    """The outcome the flags decide; nothing if they leave it to the words.

    A CRM that exports unticked boxes as blanks says "closed" and leaves "won" empty for a loss.
    """
    if won:
        return "won"
    if closed is False:
        return "open"
    if closed:
        return "lost" if won is False else _closed(words, has_won)
    if won is False:
        return "lost" if words == "lost" else "open"
    return None


def _closed(words: str | None, has_won: bool) -> str | None:
    if words in ("won", "lost"):
        return words
    return "lost" if has_won else None
