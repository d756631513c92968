"""Which rows cannot be kept once their cells are read?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from quarterdeck.importing.columns import Typed
from quarterdeck.importing.findings import Reject
from quarterdeck.importing.folding import fold, is_missing
from quarterdeck.importing.keys import Values
from quarterdeck.importing.mapping import Mapping
from quarterdeck.importing.splitting import Record


@dataclass(frozen=True)
class Held:
    """The rows that stay with their values, and those left out, each with its reason."""

    rows: list[Record]
    values: dict[str, list[Typed | None]]
    rejects: list[Reject]


def hold_back(rows: list[Record], values: dict[str, list[Typed | None]], mapping: Mapping) -> Held:
    """An activity needs a day; a day has one module for an account and one owner for a module."""
    find = _FAULTS.get(mapping.entity)
    faults = dict(find(rows, values, mapping)) if find else {}
    if not faults:
        return Held(rows, values, [])
    kept = [at for at in range(len(rows)) if at not in faults]
    return Held(
        [rows[at] for at in kept],
        {field: [column[at] for at in kept] for field, column in values.items()},
        list(faults.values()),
    )


Faults = Iterator[tuple[int, Reject]]


def _dayless(rows: Sequence[Record], values: Values, mapping: Mapping) -> Faults:
    header, place = mapping.header("happened_at"), mapping.columns["happened_at"]
    for at, moment in enumerate(values["happened_at"]):
        if moment is None:
            text = rows[at].cells[place].strip()
            no = "No day" if is_missing(text) else "No day that can be read"
            yield at, Reject(rows[at].line, header, text, f"{no} on which it happened", False)


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
    "module": _torn,
}
