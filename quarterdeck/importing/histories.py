"""Does a file tell what happened to deals, and in which shape?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from quarterdeck.importing.folding import letters
from quarterdeck.importing.headers import exact_ranks, folded_aliases, variants
from quarterdeck.importing.tells import (
    ACTIVITIES,
    CHANGED_FIELDS,
    CHANGED_VALUES,
    HISTORIES,
    HISTORY_DEALS,
    HISTORY_MOMENTS,
    HISTORY_STAGES,
    LIKELY_MOMENTS,
)

HISTORY = "stage_history"
EVENTS = "one row an event"
CHANGES = "one row a changed field"
DAYS = "one column a stage"

_STANDS = frozenset({"stage", "status", "is_won", "is_closed"})
_OF_NOW = frozenset({"created_on", "account", "product", "is_won", "is_closed"})
_FEWEST = 2
_SEPARATED = r"[\s_:\-]+"
_ENTERED = (
    re.compile(rf"(?:property_)?(?:hs_)?(?:v2_)?(?:date[\s_])?entered{_SEPARATED}(.+)", re.I),
    re.compile(rf"(.+?){_SEPARATED}(?:date[\s_]entered|entered[\s_](?:date|on|at))", re.I),
    re.compile(r"became[\s_](?:an?[\s_])?(.+?)[\s_](?:date|on|at)", re.I),
)
_CUSTOM = re.compile(r"__[cr]$", re.I)
_OF_PIPELINE = re.compile(r"\s*\([^()]*pipeline\)$", re.I)
_NO_STAGE = re.compile(
    r"(?:the|current|last|latest|deal|sales|pipeline|this)?(?:stage|phase|status)?"
    r"|date|on|at|by.*|crm|system|pipeline"
)


def shape_of(headers: Sequence[str]) -> str:
    """The shape in which the headers of a history tell of its events."""
    if changed_columns(headers) is not None:
        return CHANGES
    return DAYS if day_columns(headers) else EVENTS


def is_history(headers: Sequence[str]) -> bool:
    """Whether the headers say outright that the rows are what happened to deals."""
    folded = {variant for header in headers for variant in variants(header)}
    if any(folded.issuperset(folded_aliases(told)) for told in ACTIVITIES if "|" in told):
        return False
    if changed_columns(headers) is not None:
        return True
    named = {field for header in headers for field in exact_ranks(header, "deal")}
    if day_columns(headers):
        return _has(folded, HISTORY_DEALS) and not named & _STANDS
    if any(folded.issuperset(folded_aliases(told)) for told in HISTORIES):
        return _has(folded, HISTORY_DEALS) or "fivetranstart" in folded
    if not (_has(folded, HISTORY_DEALS) and _has(folded, HISTORY_STAGES)):
        return False
    return _has(folded, HISTORY_MOMENTS) or (_has(folded, LIKELY_MOMENTS) and not named & _OF_NOW)


def changed_columns(headers: Sequence[str]) -> tuple[int, int] | None:
    """The columns of the field that changed and of what it became, if there are both."""
    folded = [letters(header) for header in headers]
    if not _has(folded, HISTORY_DEALS) or _has(folded, HISTORY_STAGES):
        return None
    value = _first(folded, CHANGED_VALUES)
    field = _first(folded, CHANGED_FIELDS)
    # A deal has a name and a value too; a moment of each tells the history of its properties.
    if field is None and {"timestamp", "fivetranstart"}.intersection(folded):
        field = _first(folded, "name")
    return None if field is None or value is None else (field, value)


def day_columns(headers: Sequence[str]) -> dict[int, str]:
    """Column → the stage whose days it holds, where at least two columns hold such days."""
    stages = {at: stage for at, header in enumerate(headers) if (stage := _entered(header))}
    return stages if len(stages) >= _FEWEST else {}


def history_columns(headers: Sequence[str], columns: Mapping[str, int]) -> dict[str, int]:
    """The columns of a history; what tells of the deal as it stands now is left out."""
    if changed := changed_columns(headers):
        known = ("deal", "happened_at")
        return {name: columns[name] for name in known if name in columns} | {"stage": changed[1]}
    if days := day_columns(headers):
        first = min(days)
        kept = {"deal": columns["deal"]} if "deal" in columns else {}
        return {**kept, "happened_at": first, "stage": first}
    return dict(columns)


def _entered(header: str) -> str | None:
    text = _CUSTOM.sub("", header.strip())
    for pattern in _ENTERED:
        if found := pattern.fullmatch(text):
            words = found[1].strip(" \"'_:-")
            stage = _OF_PIPELINE.sub("", words if " " in words else words.replace("_", " "))
            return None if _NO_STAGE.fullmatch(letters(stage)) else stage
    return None


def _has(folded: Iterable[str], listed: str) -> bool:
    return not set(folded_aliases(listed)).isdisjoint(folded)


def _first(folded: Sequence[str], listed: str) -> int | None:
    known = folded_aliases(listed)
    return next((folded.index(alias) for alias in known if alias in folded), None)
