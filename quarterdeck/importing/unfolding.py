"""Which events does each record of a history tell of?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from quarterdeck.importing.findings import Cell, Reject, Warned
from quarterdeck.importing.folding import is_missing
from quarterdeck.importing.headers import exact_ranks
from quarterdeck.importing.histories import (
    CHANGES,
    DAYS,
    HISTORY,
    changed_columns,
    day_columns,
    shape_of,
)
from quarterdeck.importing.keys import USER_ID
from quarterdeck.importing.mapping import Mapping
from quarterdeck.importing.refusing import FileRefused
from quarterdeck.importing.splitting import Record

# A deal's field is the history's of the same name; an owner may go by an id.
_TOLD = {
    "stage": "stage",
    "amount": "amount",
    "close_on": "close_on",
    "owner": "owner",
    "owner_id": "owner",
}
_SHOWN = 5


@dataclass(frozen=True)
class Unfolded:
    """One record an event, the columns those have, and the records that tell of none."""

    rows: list[Record]
    mapping: Mapping
    rejects: list[Reject]
    warnings: list[Warned]


def unfold(rows: list[Record], mapping: Mapping) -> Unfolded:
    """The events of a history; the records of any other file stay what they are."""
    shape = shape_of(mapping.headers) if mapping.entity == HISTORY else None
    if shape == CHANGES:
        return _changes(rows, mapping)
    return _days(rows, mapping) if shape == DAYS else Unfolded(rows, mapping, [], [])


def also_tells(mapping: Mapping) -> list[Warned]:
    """What is said of deals beside which the days stand on which they entered their stages."""
    days = day_columns(mapping.headers) if mapping.entity == "deal" else {}
    if not days or not {"deal_id", "deal_name"} & mapping.columns.keys():
        return []
    say = (
        f"The file also holds the days on which deals entered stages ({_listed(mapping, days)})."
        " They count once the same file is dropped as stage events too (stage_history)."
    )
    return [Warned(None, None, say)]


def under_own_headers(cells: list[Cell], rows: Sequence[Record], mapping: Mapping) -> list[Cell]:
    """The cells that cannot be read, each under the header of the file it stands under."""
    if not cells or mapping.entity != HISTORY or shape_of(mapping.headers) != DAYS:
        return cells
    days = day_columns(mapping.headers)
    lines = {cell.line for cell in cells}
    texts = {row.line: row.cells for row in rows if row.line in lines}
    return sorted(
        {
            (cell.line, at): replace(cell, column=mapping.headers[at])
            for cell in cells
            for at in days
            if texts[cell.line][at].strip() == cell.value
        }.values(),
        key=lambda cell: cell.line,
    )


def _changes(rows: list[Record], mapping: Mapping) -> Unfolded:
    """One event a changed field, if a history keeps that field."""
    places = changed_columns(mapping.headers)
    assert places is not None
    name_at, value_at = places
    meant = _meant(rows, mapping, name_at)
    # The field, where ids stand in it, says so; the header of the values does not.
    ids = {meant[name]: name for name in meant if exact_ranks(name, "deal").keys() == {"owner_id"}}
    told = [field for field in ("stage", "amount", "close_on", "owner") if field in meant.values()]
    headers = [ids.get(field, mapping.headers[value_at]) for field in told]
    event = _events(mapping, dict(zip(told, headers, strict=True)), {name_at, value_at})
    again = _owners_by_id_too(rows, mapping, meant)
    kept: list[Record] = []
    rejects: list[Reject] = []
    for row in rows:
        name = row.cells[name_at].strip()
        if row.line in again:
            say = "Another row tells of the same owner by name"
            rejects.append(Reject(row.line, name, row.cells[value_at], say, harmless=True))
        elif name in meant:
            values = [row.cells[value_at] if meant[name] == field else "" for field in told]
            kept.append(_event(row, mapping, row.cells[mapping.columns["happened_at"]], values))
        else:
            say = f'"{name}" is no stage, amount, close date or owner'
            rejects.append(Reject(row.line, mapping.headers[name_at], name, say, harmless=True))
    return Unfolded(kept, event, rejects, [])


def _owners_by_id_too(rows: Sequence[Record], mapping: Mapping, meant: dict[str, str]) -> set[int]:
    """The lines of owners told by id where the same change is told by name as well."""
    places = changed_columns(mapping.headers)
    assert places is not None
    deal, moment = mapping.columns["deal"], mapping.columns["happened_at"]
    owners = [row for row in rows if meant.get(row.cells[places[0]].strip()) == "owner"]
    by_id = {row.line for row in owners if USER_ID.fullmatch(row.cells[places[1]].strip())}
    named = {
        (row.cells[deal], row.cells[moment])
        for row in owners
        if row.line not in by_id and not is_missing(row.cells[places[1]])
    }
    return {
        row.line
        for row in owners
        if row.line in by_id and (row.cells[deal], row.cells[moment]) in named
    }


def _meant(rows: Sequence[Record], mapping: Mapping, name_at: int) -> dict[str, str]:
    """Name in the file → field; where several names mean one field, the most trusted one does."""
    names = dict.fromkeys(row.cells[name_at].strip() for row in rows)
    ranks = {
        name: (place, rank, _TOLD[field])
        for name in names
        for field, rank in exact_ranks(name, "deal").items()
        for place, known in enumerate(_TOLD)
        if known == field
    }
    best: dict[str, tuple[int, int]] = {}
    for place, rank, field in ranks.values():
        best[field] = min(best.get(field, (place, rank)), (place, rank))
    if names and not best:
        shown = ", ".join(f'"{name[:40]}"' for name in list(names)[:_SHOWN])
        raise FileRefused(
            f"No field here is known to be a stage, amount, close date or owner: {shown}.",
            f'Column "{mapping.headers[name_at]}".',
            "Export the history of the stage, the amount, the close date or the owner.",
        )
    return {name: field for name, (*rank, field) in ranks.items() if tuple(rank) == best[field]}


def _days(rows: list[Record], mapping: Mapping) -> Unfolded:
    """One event a day: the deal entered the stage of the column."""
    days = day_columns(mapping.headers)
    listed = _listed(mapping, days)
    event = _events(mapping, {"stage": listed}, set(days), listed)
    kept: list[Record] = []
    rejects: list[Reject] = []
    for row in rows:
        filled = [at for at in days if not is_missing(row.cells[at])]
        kept += [_event(row, mapping, row.cells[at], [days[at]]) for at in filled]
        if not filled:
            say = "No day in any of the columns"
            rejects.append(Reject(row.line, None, "", say, harmless=True))
    say = (
        f"{len(rows) - len(rejects)} rows tell of {len(kept)} events: one for each day in {listed}."
    )
    return Unfolded(kept, event, rejects, [Warned(None, "happened_at", say)])


def _events(
    mapping: Mapping, told: dict[str, str], used: set[int], moment: str | None = None
) -> Mapping:
    """The columns of the events: deal, moment, what is told, and what dates the export."""
    headers = [mapping.header("deal"), moment or mapping.header("happened_at"), *told.values()]
    fields = ("deal", "happened_at", *told)
    dated = [mapping.headers[at] for at in mapping.witnesses]
    used = used | {mapping.columns["deal"], mapping.columns["happened_at"], *mapping.witnesses}
    others = [header for at, header in enumerate(mapping.headers) if at not in used]
    return replace(
        mapping,
        headers=(*headers, *dated, *others),
        columns={field: at for at, field in enumerate(fields)},
        witnesses=tuple(range(len(headers), len(headers) + len(dated))),
        deleted=None,
    )


def _event(row: Record, mapping: Mapping, moment: str, told: Sequence[str]) -> Record:
    dated = [row.cells[at] for at in mapping.witnesses]
    return Record(row.line, (row.cells[mapping.columns["deal"]], moment, *told, *dated))


def _listed(mapping: Mapping, days: dict[int, str]) -> str:
    shown = ", ".join(mapping.headers[at] for at in list(days)[:_SHOWN])
    return f"{shown} and {len(days) - _SHOWN} more" if len(days) > _SHOWN else shown
