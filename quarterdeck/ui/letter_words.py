"""How does a letter say what becomes of a quota, and who is credited with open deals?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from quarterdeck.domain.calendar import Calendar, day_label
from quarterdeck.domain.rebasing import Flow, rebased, shares_after
from quarterdeck.metrics import exact_money, share, signed

Row = Mapping[Any, Any]
UNSIGNED = "Your director"


@dataclass(frozen=True)
class Handing:
    """A realignment as its letters tell it; `signed` is who signs them."""

    scenario_id: str
    effective_on: date
    credit_rule: str
    until_on: date | None
    is_rebased: bool
    is_draft: bool
    signed: str = UNSIGNED


@dataclass(frozen=True)
class Turn:
    """What a draft would make of quotas: person id → the sum before and afterwards, which part of
    whose potential comes (ratio, name), and which part of the own goes."""

    before: Mapping[str, Decimal] = field(default_factory=dict)
    after: Mapping[str, Decimal] = field(default_factory=dict)
    comes: Mapping[str, tuple[tuple[float, str], ...]] = field(default_factory=dict)
    goes: Mapping[str, float] = field(default_factory=dict)


def turned(quotas: Iterable[Row], flows: Sequence[Row], basis: str = "amount") -> Turn:
    """Quotas of one basis follow the potential, month by month and line by line, to the cent.

    `quotas` are rows of scenario_quotas, `flows` of scenario_flows.
    """
    held = {one["from_id"]: _exact(one["held_usd"]) for one in flows}
    gone = [
        Flow(one["from_id"], one["to_id"], _exact(one["potential_usd"]))
        for one in flows
        if one["from_id"] and one["to_id"]
    ]
    spread = shares_after(held, gone)
    before, after = defaultdict[str, int](int), defaultdict[str, int](int)
    cells: dict[tuple[Any, str], dict[str, int]] = defaultdict(dict)
    for one in quotas:
        if one["basis"] == basis:
            cents = int(_exact(one["quota_usd"]) * 100)
            cells[one["month_on"], one["product_line"]][one["person_id"]] = cents
    for cell in cells.values():
        for sums, parts in ((before, cell), (after, rebased(cell, spread))):
            for person_id, cents in parts.items():
                sums[person_id] += cents
    names = {one["from_id"]: one["from_name"] or one["from_id"] for one in flows}
    people = {*before, *after}
    return Turn(
        {person_id: Decimal(before[person_id]) / 100 for person_id in people},
        {person_id: Decimal(after[person_id]) / 100 for person_id in people},
        {person_id: _comes(person_id, gone, held, names) for person_id in people},
        {person_id: _goes(person_id, gone, held) for person_id in people},
    )


def _comes(
    person_id: str, gone: list[Flow], held: Mapping[str, Fraction], names: Mapping[str, str]
) -> tuple[tuple[float, str], ...]:
    return tuple(
        (float(flow.load / held[flow.from_id]), names[flow.from_id])
        for flow in gone
        if flow.to_id == person_id and held[flow.from_id]
    )


def _goes(person_id: str, gone: list[Flow], held: Mapping[str, Fraction]) -> float:
    given = sum((flow.load for flow in gone if flow.from_id == person_id), Fraction(0))
    return float(given / held[person_id]) if given and held[person_id] else 0.0


def reasons(turn: Turn, person_id: str) -> list[str]:
    """Why a quota changes, as it is said to the person."""
    said = [
        f"{share(part)} of {name}’s potential comes to you"
        for part, name in turn.comes.get(person_id, ())
    ]
    if part := turn.goes.get(person_id, 0.0):
        said.append(f"{share(part)} of your own potential leaves you")
    return said


def quota_after(handing: Handing, person: Row, turn: Turn) -> Any:
    """A published one's as it was made; a draft's re-based, or as it is."""
    if not handing.is_draft:
        return person["quota_after_usd"]
    return turn.after.get(person["person_id"], person["quota_before_usd"])


def quota_words(handing: Handing, person: Row, turn: Turn, calendar: Calendar) -> str:
    """The sum of the months to come with its arithmetic; nothing where no quota is known."""
    before, after = person["quota_before_usd"], quota_after(handing, person, turn)
    if before is None and after is None:
        return ""
    months = f" of {_months(person, calendar)}" if person["first_month_on"] else ""
    if before == after:
        return f"Your quota{months} stays as it is: {_usd(after)}."
    difference = signed(_usd((after or 0) - (before or 0)))
    was, then = ("none" if usd is None else _usd(usd) for usd in (before, after))
    if why := reasons(turn, person["person_id"]):
        return f"Your quota{months}: {was}; {'; '.join(why)}: {difference}."
    day = day_label(handing.effective_on)
    return f"Your quota{months}: {was} before, {then} from {day}: {difference}."


def credit_words(handing: Handing) -> str:
    """The rule for open deals, in plain sentences."""
    day = day_label(handing.effective_on)
    said = "Open deals of these accounts "
    if handing.credit_rule == "stay":
        said += "stay with whoever is credited with them now, until they are decided."
    elif handing.credit_rule == "split" and handing.until_on:
        said += (
            f"are credited from {day} half and half to the old and the new holder until "
            f"{day_label(handing.until_on)}, then to the new holder alone."
        )
    else:
        said += f"are credited to the new holder from {day}."
    return f"{said} The table says who is credited with each of them from that day."


def _months(person: Row, calendar: Calendar) -> str:
    """A fiscal month is named after its middle."""
    named = {
        one.from_on: f"{one.from_on + (one.to_on - one.from_on) / 2:%b %Y}"
        for one in calendar.months
    }
    first, last = (
        named.get(person[f"{which}_month_on"], f"{person[f'{which}_month_on']:%b %Y}")
        for which in ("first", "last")
    )
    return first if first == last else f"{first} to {last}"


def _exact(usd: Any) -> Fraction:
    """Of a Decimal or of what a frame made of it, to the cent."""
    return Fraction(f"{usd:.2f}")


def _usd(usd: Any) -> str:
    return exact_money(float(usd))
