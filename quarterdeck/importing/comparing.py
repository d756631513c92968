"""What is new, changed, unchanged or gone? The same comparison for the preview and the commit."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from quarterdeck import catalog
from quarterdeck.engine import Cursor, run
from quarterdeck.importing import periods, prorating, weaving
from quarterdeck.importing.fields import ENTITIES, SHAPE
from quarterdeck.refusal import Refused

Totals = dict[str, dict[str, Any]]
KINDS = ("new", "changed", "unchanged", "gone", "reopened")
BEFORE_ALL = date(1, 1, 1)
DOLLARS = "USD"
LINKED = {
    "module": ("link_compare", "module_move"),
    "account": ("link_compare",),
    "deal_credit": ("credit_even",),
}
"""What is dated is compared day by day, whoever says so: files of two kinds, or a hand."""
FULL_FROM = Decimal("0.8")
"""A later export is taken as full when it holds this share of the deals known open."""


@dataclass(frozen=True)
class Arrival:
    """A file that was read: what it is about, its rows and when it was exported."""

    entity: str
    rows_path: str
    carried: tuple[str, ...]
    exported_on: date
    extent: str | None
    reporting_currency: str | None
    """None until a first file of deals settles it."""
    is_prorated: bool | None = None
    """Whether quotas of longer periods are for whole positions, to count for less; None: unsaid."""
    is_small: bool = False
    """Whether its rows are few enough to be kept at hand rather than read again."""


@dataclass(frozen=True)
class Change:
    """One cell, old and new, of one deal, person, account or product."""

    kind: str
    label: str
    field: str
    old: str | None
    new: str | None


@dataclass(frozen=True)
class Comparison:
    """What the arrival would do; `moments` of doing it come with the commit."""

    changes: dict[str, int]
    extent: str
    parameters: dict[str, Any]
    is_woven: bool = False
    """An export of deals that tells of days before others, put in its place among them."""
    notes: tuple[str, ...] = ()
    """What a person should know of its place in time, or of quotas one above another."""
    questions: tuple[dict[str, Any], ...] = ()
    """What only the comparison found to ask."""
    before: Totals = field(default_factory=dict)
    after: Totals = field(default_factory=dict)
    examples: tuple[Change, ...] = ()


def preview(cursor: Cursor, arrival: Arrival) -> Comparison:
    """The comparison with all that a person looks at before the commit."""
    comparison = compare(cursor, arrival)
    before, after = _totals(cursor, "weave" if comparison.is_woven else arrival.entity)
    examples = _examples(cursor, arrival.entity)
    return replace(comparison, before=before, after=after, examples=examples)


def compare(cursor: Cursor, arrival: Arrival) -> Comparison:
    """Fill the temporary tables of this cursor with what would happen, and count it.

    Raises Refused where an export of another kind than deals is older than the newest one.
    """
    parameters: dict[str, Any] = {
        "path": arrival.rows_path,
        "paths": _paths(arrival),
        "carried": list(arrival.carried),
        "exported_on": arrival.exported_on,
        "reporting_currency": arrival.reporting_currency or _currency_of(cursor, arrival),
    }
    run(cursor, catalog.statements("called"))
    if arrival.entity == "deal":
        return _compare_deals(cursor, arrival, parameters)
    parameters["previous_on"] = _newest(cursor, arrival) or BEFORE_ALL
    if arrival.entity == "quota":
        parameters |= periods.months_named(cursor, arrival.rows_path)
        parameters |= prorating.parts(cursor, parameters["months"])
        parameters["is_prorated"] = bool(arrival.is_prorated)
    for step in (f"{arrival.entity}_compare", *LINKED.get(arrival.entity, ())):
        run(cursor, catalog.statements(step), parameters)
    if arrival.entity == "person":
        _refuse_circles(cursor, parameters)
    notes, questions = tuple[str, ...](), tuple[dict[str, Any], ...]()
    if arrival.entity == "quota":
        periods.refuse_doubles(cursor)
        notes = (*periods.levels(cursor, arrival.exported_on), *periods.doubts(cursor))
        questions = prorating.asked(cursor, parameters, arrival.is_prorated)
    parameters["is_full"] = (arrival.extent or "full") == "full"
    changes = _changes(cursor, arrival.entity)
    extent = arrival.extent or "full"
    return Comparison(changes, extent, parameters, notes=notes, questions=questions)


def _refuse_circles(cursor: Cursor, parameters: dict[str, Any]) -> None:
    found = run(cursor, catalog.statements("people_circles"), parameters).fetchall()
    if found:
        names, lines = found[0]
        raise Refused(
            f"These people would report to each other in a circle: {names}.",
            f"lines {lines}" if lines else "column of managers",
            "Correct who reports to whom and drop the file again.",
        )


def _compare_deals(cursor: Cursor, arrival: Arrival, parameters: dict[str, Any]) -> Comparison:
    """With the newest state of each deal; an older export with what was known then."""
    about = {"exported_on": arrival.exported_on}
    found = run(cursor, catalog.statements("deal_before"), about).fetchall()
    ((newest, full_before, same_day),) = found
    is_older = newest is not None and arrival.exported_on < newest
    parameters["previous_on"] = full_before or BEFORE_ALL
    for step in ("deal_sighted", "deal_compare"):
        run(cursor, catalog.statements(step), parameters)
    if arrival.is_small:
        run(cursor, catalog.statements("deal_keep"))
    if is_older:
        run(cursor, catalog.statements("deal_known_at"), parameters)
    ((is_any,),) = run(cursor, catalog.statements("deal_known")).fetchall()
    run(cursor, catalog.statements("deal_hold" if is_any or is_older else "deal_see"))
    is_woven = is_older or (is_any and _meets_events(cursor))
    extent = arrival.extent or _extent(cursor, newest, parameters, is_older=is_older)
    parameters["is_full"] = extent == "full"
    run(cursor, catalog.statements("deal_going"), parameters)
    if is_woven:
        weaving.weave(cursor, parameters)
    changes = _changes(cursor, "weave" if is_woven else "deal")
    differs = any(number for kind, number in changes.items() if kind != "unchanged")
    notes = _in_time(
        arrival.exported_on, newest if is_older else None, same_day if differs else None
    )
    return Comparison(changes, extent, parameters, is_woven=is_woven, notes=notes)


def _meets_events(cursor: Cursor) -> bool:
    ((does,),) = run(cursor, catalog.statements("deal_meets_events")).fetchall()
    return bool(does)


def _in_time(day: date, newest: date | None, same_day: str | None) -> tuple[str, ...]:
    """What is worth saying about the place of an export among those that are in."""
    notes = []
    if newest:
        notes.append(
            f"This export of {day} is older than what is known of {newest}: it takes its place in "
            "time, and what was known later stays."
        )
    if same_day:
        notes.append(f"{same_day} is of {day} too: where the two differ, this one counts.")
    return tuple(notes)


def _paths(arrival: Arrival) -> list[str]:
    """The rows, after the shape of all columns where the rows lack those that hold nothing."""
    shape = Path(arrival.rows_path).with_name(SHAPE)
    return [*([str(shape)] if shape.exists() else []), arrival.rows_path]


def _newest(cursor: Cursor, arrival: Arrival) -> date | None:
    """The day of the newest file of this kind; an older arrival is refused.

    Deals and their events have a place in time; of anything else the newest word counts.
    """
    about = {"entity": arrival.entity}
    ((newest,),) = run(cursor, catalog.statements("batch_newest"), about).fetchall()
    if newest and arrival.exported_on < newest and arrival.entity != "stage_history":
        raise Refused(
            f"This export is of {arrival.exported_on}, older than the newest one of {newest}.",
            f"{ENTITIES[arrival.entity].name} rows",
            "Import exports in the order of their dates: undo the newer one first, "
            "or give the right export date.",
        )
    return newest if newest is None else date.fromisoformat(str(newest))


def _currency_of(cursor: Cursor, arrival: Arrival) -> str:
    """The one currency of a first file of deals; dollars where it names none or several."""
    if arrival.entity != "deal":
        return DOLLARS
    found = run(cursor, catalog.statements("deal_currencies"), {"paths": _paths(arrival)})
    ((number, currency),) = found.fetchall()
    return str(currency) if number == 1 else DOLLARS


def _extent(
    cursor: Cursor, newest: date | None, parameters: dict[str, Any], *, is_older: bool
) -> str:
    """Full for a first file; later ones by the share they hold of what was open on their day."""
    if newest is None:
        return "full"
    counted = "deals_open_then" if is_older else "deals_still_open"
    ((known, held),) = run(cursor, catalog.statements(counted), parameters).fetchall()
    return "full" if held >= FULL_FROM * known else "partial"


def _changes(cursor: Cursor, steps: str) -> dict[str, int]:
    found = run(cursor, catalog.statements(f"{steps}_changes")).fetchall()
    return dict.fromkeys(KINDS, 0) | {str(kind): int(number) for kind, number in found}


def _totals(cursor: Cursor, steps: str) -> tuple[Totals, Totals]:
    """Won, lost and open of everything, before and after; nothing for files without deals."""
    if steps not in ("deal", "weave"):
        return {}, {}
    sides: tuple[Totals, Totals] = (_no_totals(), _no_totals())
    for is_after, outcome, number, amount in run(
        cursor, catalog.statements(f"{steps}_totals")
    ).fetchall():
        if outcome in sides[0]:
            sides[is_after][outcome] = {"count": number, "amount": str(amount)}
    return sides


def _no_totals() -> Totals:
    return {outcome: {"count": 0, "amount": "0.00"} for outcome in ("won", "lost", "open")}


def _examples(cursor: Cursor, entity: str) -> tuple[Change, ...]:
    rows = run(cursor, catalog.statements(f"{entity}_examples")).fetchall()
    return tuple(Change(*row) for row in rows)
