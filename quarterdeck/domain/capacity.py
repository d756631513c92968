"""How much of a whole position does somebody fill in a month?

Of late starts, leaves, part time and the ramp of those who are new. A month counts as its middle
day does, so that starts and leaves count by whole months.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from quarterdeck.domain.calendar import Calendar, FiscalMonth
from quarterdeck.domain.quotas import CENT

RAMP = "ramp"
NO_RAMP = "none"
KINDS = ("leave", "part time", "ramp")
LONGEST_RAMP = 24
WHOLE = Decimal(1)


@dataclass(frozen=True)
class Spell:
    """A share of a whole position from a day until before another one."""

    kind: str
    share: Decimal
    from_on: date
    until_on: date


@dataclass(frozen=True)
class Position:
    """What is known of somebody's time on the team."""

    hired_on: date | None = None
    left_on: date | None = None
    spells: tuple[Spell, ...] = ()


def ramp_in(text: str | None) -> tuple[int, ...] | None:
    """The percentages of the first months of a new executive; None for text that is no ramp."""
    if not text or text.strip() == NO_RAMP:
        return ()
    parts = [part.strip().removesuffix("%").strip() for part in text.split(",")]
    is_plain = all(part.isascii() and part.isdigit() and len(part) <= 3 for part in parts)
    if not is_plain or len(parts) > LONGEST_RAMP or any(int(part) > 100 for part in parts):
        return None
    return tuple(map(int, parts))


def shares(
    known: Calendar, months: Sequence[date], position: Position, ramp: Sequence[int]
) -> list[Decimal]:
    """The share of each month, given by its first day; a month beyond the calendar is whole."""
    places = {month.from_on: place for place, month in enumerate(known.months)}
    return [
        _share(known.months, places[day], position, ramp) if day in places else WHOLE
        for day in months
    ]


def filled_days(
    known: Calendar, first: date, last: date, position: Position, ramp: Sequence[int]
) -> float:
    """Days on the team from the first to the last, each by what was filled of its month; days
    beyond the calendar are whole ones."""
    first = max(first, position.hired_on or first)
    last = min(last, position.left_on or last)
    if last < first:
        return 0.0
    days, missing = (last - first).days + 1, Decimal(0)
    months = known.months
    for place in range(bisect_left(months, first, key=lambda month: month.to_on), len(months)):
        if months[place].from_on > last:
            break
        within = min(last, months[place].to_on) - max(first, months[place].from_on)
        missing += (within.days + 1) * (WHOLE - _filled(months, place, position, ramp))
    return float(days - missing)


def prorated(amounts: Sequence[Decimal], parts: Sequence[Decimal]) -> list[Decimal]:
    """Each month's dollars times its share, half up to the cent."""
    return [
        (amount * part).quantize(CENT, ROUND_HALF_UP)
        for amount, part in zip(amounts, parts, strict=True)
    ]


def middle(month: FiscalMonth) -> date:
    return month.from_on + (month.to_on - month.from_on) / 2


def _share(
    months: Sequence[FiscalMonth], place: int, position: Position, ramp: Sequence[int]
) -> Decimal:
    day = middle(months[place])
    hired, left = position.hired_on, position.left_on
    if (hired and day < hired) or (left and day > left):
        return Decimal(0)
    return _filled(months, place, position, ramp)


def _filled(
    months: Sequence[FiscalMonth], place: int, position: Position, ramp: Sequence[int]
) -> Decimal:
    """What somebody on the team fills in a month."""
    day, share = middle(months[place]), WHOLE
    for spell in position.spells:
        if spell.from_on <= day < spell.until_on:
            share *= spell.share
    has_own_ramp = any(spell.kind == "ramp" for spell in position.spells)
    if has_own_ramp or not position.hired_on:
        return share
    return share * _ramped(months, place, position.hired_on, ramp)


def _ramped(months: Sequence[FiscalMonth], place: int, hired: date, ramp: Sequence[int]) -> Decimal:
    """By tenure: the first month that counts is the first of the ramp."""
    earlier = months[max(place - len(ramp), 0) : place]
    tenure = sum(1 for month in earlier if middle(month) >= hired)
    return Decimal(ramp[tenure]) / 100 if tenure < len(ramp) else WHOLE
