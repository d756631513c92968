"""Which earlier point is as far into its period as a day is into its own?"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeAlias

from quarterdeck.domain.calendar import (
    Calendar,
    FiscalMonth,
    Period,
    PeriodUnknown,
    custom,
    day_label,
    previous,
)

LAST_QUARTER, LAST_YEAR = "last-quarter", "last-year"
WORDS = (LAST_QUARTER, LAST_YEAR)
_MONTHS = {LAST_QUARTER: 3, LAST_YEAR: 12}
ONE_DAY = timedelta(days=1)
DaysOff: TypeAlias = Sequence[date]
"""Holidays from Monday to Friday, in order."""


@dataclass(frozen=True)
class Point:
    """A period as it stood on the evening of a day."""

    period: Period
    on: date


def compared_with(words: str, calendar: Calendar, period: Period, as_of: date) -> Point:
    """What these words (last-quarter, last-year or a day) put beside a period as of a day.

    Raises PeriodUnknown for other words, for a day after `as_of`, and before the calendar begins.
    """
    if words in WORDS:
        try:
            other = earlier(words, calendar, period)
            return Point(other, same_point(period, as_of, other, calendar.days_off))
        except OverflowError as error:
            raise PeriodUnknown(f"There are not as many days before {period.label}.") from error
    day = _day(words)
    if day > as_of:
        raise PeriodUnknown(f"{day_label(day)} lies after {day_label(as_of)}.")
    return Point(held_on(day, calendar, period, as_of), day)


def earlier(words: str, calendar: Calendar, period: Period) -> Period:
    """The period a quarter or a year earlier: fiscal months by their place in the calendar.

    Of dates somebody chose it is the stretch of as many days before them, or the same dates of the
    year before.
    """
    if period.from_on <= calendar.months[0].from_on:
        raise PeriodUnknown(f"The fiscal calendar holds nothing before {period.label}.")
    if ".." in period.word:
        if words == LAST_QUARTER:
            return previous(period)
        return custom(str(_a_year_before(period.from_on)), str(_a_year_before(period.to_on)))
    months = calendar.months_of(period)
    first = calendar.months.index(months[0]) - _MONTHS[words]
    if first < 0:
        raise PeriodUnknown(f"The fiscal calendar holds nothing before {period.label}.")
    return named(calendar, calendar.months[first : first + len(months)])


def named(calendar: Calendar, months: tuple[FiscalMonth, ...]) -> Period:
    """The period of these months under its own name, where it has one."""
    first, last = months[0], months[-1]
    middle = first.from_on + (first.to_on - first.from_on) / 2
    found = [
        calendar.month(middle.year, middle.month),
        calendar.quarter(first.year, first.quarter),
        calendar.year(first.year),
    ]
    days = (first.from_on, last.to_on)
    fitting = [period for period in found if (period.from_on, period.to_on) == days]
    return fitting[0] if fitting else custom(*map(str, days))


def held_on(day: date, calendar: Calendar, period: Period, as_of: date) -> Period:
    """The period itself, if it had begun on the day or lies ahead; else the one like it then."""
    if day >= period.from_on or as_of < period.from_on:
        return period
    if ".." in period.word:
        back = min(as_of, period.to_on) - day
        return custom(str(period.from_on - back), str(period.to_on - back))
    held = [month for month in calendar.months if month.from_on <= day <= month.to_on]
    if not held:
        raise PeriodUnknown(f"The fiscal calendar does not hold {day_label(day)}.")
    if "-Q" in period.word:
        return calendar.quarter(held[0].year, held[0].quarter)
    return named(calendar, (held[0],)) if "-" in period.word else calendar.year(held[0].year)


def same_point(period: Period, as_of: date, other: Period, off: DaysOff = ()) -> date:
    """The day on which as many working days of `other` were over as of `period` on `as_of`.

    Where `other` has fewer it is its last day; before a period begins, as many days before.
    """
    if as_of >= period.to_on:
        return other.to_on
    if as_of < period.from_on:
        ahead = working_days(as_of + ONE_DAY, period.from_on - ONE_DAY, off)
        return _before(other.from_on, ahead, off)
    return nth_working_day(other, working_days(period.from_on, as_of, off), off)


def nth_working_day(period: Period, number: int, off: DaysOff = ()) -> date:
    """The n-th of its working days; its last day where it has fewer, its first for none."""
    low, high = period.from_on.toordinal(), period.to_on.toordinal()
    while low < high:
        middle = (low + high) // 2
        if working_days(period.from_on, date.fromordinal(middle), off) < number:
            low = middle + 1
        else:
            high = middle
    return date.fromordinal(low)


def working_days(first: date, last: date, off: DaysOff = ()) -> int:
    """Days from Monday to Friday between two days, both included, without those that are off."""
    whole, rest = divmod(max((last - first).days + 1, 0), 7)
    weekdays = whole * 5 + sum((first.weekday() + place) % 7 < 5 for place in range(rest))
    return weekdays - max(bisect_right(off, last) - bisect_left(off, first), 0)


def _before(day: date, number: int, off: DaysOff) -> date:
    """The last day after which so many working days are left until the evening before `day`."""
    found, last = day - ONE_DAY, day - ONE_DAY
    while (left := number - working_days(found + ONE_DAY, last, off)) > 0:
        found -= timedelta(days=left)
    return found


def _a_year_before(day: date) -> date:
    """The same date a year earlier; 28 for 29 February."""
    is_leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year - 1, day=28) if is_leap_day else day.replace(year=day.year - 1)


def _day(words: str) -> date:
    try:
        return date.fromisoformat(words)
    except ValueError as error:
        raise PeriodUnknown(f"“{words}” is no day.") from error
