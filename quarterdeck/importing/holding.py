"""Which rows cannot be kept once their cells are read?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from quarterdeck.importing.columns import Typed
from quarterdeck.importing.findings import Reject
from quarterdeck.importing.folding import fold, is_missing
from quarterdeck.importing.keys import Values
from quarterdeck.importing.mapping import Mapping
from quarterdeck.importing.splitting import Record

_TELL = ("stage", "amount", "close_on", "owner")


@dataclass(frozen=True)
class Held:
    """The rows that stay with their values, and those left out, each with its reason."""

    rows: list[Record]
    values: dict[str, list[Typed | None]]
    rejects: list[Reject]


def hold_back(rows: list[Record], values: dict[str, list[Typed | None]], mapping: Mapping) -> Held:
    """The rows that hold together: an activity or event has a day, an account one module a day,
    a split whom it is for and how much."""
    find = _FAULTS.get(mapping.entity)
    faults = dict(find(rows, values, mapping)) if find else {}
    if not faults:
        return Held(rows, values, [])
    kept = [at for at in range(len(rows)) if at not in faults]
    return Held(
        [rows[at] for at in kept],
        {field: [column[at] for at in kept] for field, column in values.items()},
        [fault for fault in faults.values() if fault is not None],
    )


# An event that goes without a reject stands in a line that tells of others.
Faults = Iterator[tuple[int, Reject | None]]


def _dayless(rows: Sequence[Record], values: Values, mapping: Mapping) -> Faults:
    for at, moment in enumerate(values["happened_at"]):
        if moment is None:
            yield at, _no_day(rows[at], mapping)


def _no_day(row: Record, mapping: Mapping) -> Reject:
    header, text = mapping.header("happened_at"), row.cells[mapping.columns["happened_at"]].strip()
    no = "No day" if is_missing(text) else "No day that can be read"
    return Reject(row.line, header, text, f"{no} on which it happened", False)


def _eventless(rows: Sequence[Record], values: Values, mapping: Mapping) -> Faults:
    """A line is rejected, once, if none of its events can be kept."""
    told = list(zip(*(values[name] for name in _TELL if name in values), strict=True))
    faults = {
        at: _no_event(rows[at], deal, moment, mapping)
        for at, (deal, moment) in enumerate(zip(values["deal"], values["happened_at"], strict=True))
        if deal is None or moment is None or not any(part is not None for part in told[at])
    }
    said = {row.line for at, row in enumerate(rows) if at not in faults} if faults else set()
    for at, reject in faults.items():
        yield at, None if reject.line in said else reject
        said.add(reject.line)


def _no_event(row: Record, deal: Typed | None, moment: Typed | None, mapping: Mapping) -> Reject:
    if deal is None:
        header = mapping.header("deal")
        return Reject(row.line, header, "", f"Nothing names the deal: no {header}", False)
    if moment is None:
        return _no_day(row, mapping)
    say = "Says nothing about stage, amount, close date or owner"
    return Reject(row.line, None, "", say, harmless=True)


def _partless(rows: Sequence[Record], values: Values, mapping: Mapping) -> Faults:
    for at, (person, share) in enumerate(zip(values["person"], values["share"], strict=True)):
        if person is None:
            header = mapping.header("person")
            yield at, Reject(rows[at].line, header, "", f"Nobody is named: no {header}", False)
        elif not isinstance(share, Decimal) or share <= 0:
            yield at, _no_part(rows[at], share, mapping)


def _no_part(row: Record, share: Typed | None, mapping: Mapping) -> Reject:
    """A part of nothing splits nothing; any other that is no part may be meant for one."""
    header, text = mapping.header("share"), row.cells[mapping.columns["share"]].strip()
    if share == 0:
        return Reject(row.line, header, text, "A part of nothing", harmless=True)
    say = "No part that can be read" if share is None else "A part is more than nothing"
    return Reject(row.line, header, text, say, False)


def _torn(rows: Sequence[Record], values: Values, mapping: Mapping) -> Faults:
    """The first row counts, a later one that gives the same thing elsewhere on that day not."""
    nothing: Sequence[Typed | None] = [None] * len(rows)
    days = values.get("valid_from", nothing)
    found: set[int] = set()
    for what, into in (("account", "module"), ("module", "owner")):
        if what not in mapping.columns or into not in mapping.columns:
            continue
        first: dict[tuple[str, object], int] = {}
        for at, (named, placed) in enumerate(zip(values[what], values[into], strict=True)):
            if named is None or placed is None or at in found:
                continue
            before = first.setdefault((fold(str(named)), days[at]), at)
            if fold(str(values[into][before])) != fold(str(placed)):
                found.add(at)
                say = f"The {what} has another {into} on the same day (line {rows[before].line})"
                yield at, Reject(rows[at].line, mapping.header(into), str(placed), say, False)


_FAULTS: dict[str, Callable[[Sequence[Record], Values, Mapping], Faults]] = {
    "activity": _dayless,
    "stage_history": _eventless,
    "module": _torn,
    "deal_credit": _partless,
}
