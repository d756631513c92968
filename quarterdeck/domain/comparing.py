"""Which earlier point is as far into its period as a day is into its own?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

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
            return Point(other, same_point(period, as_of, other))
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


def same_point(period: Period, as_of: date, other: Period) -> date:
    """The day on which as many working days of `other` were over as of `period` on `as_of`.

    Where `other` has fewer it is its last day; before a period begins, as many days before.
    """
    if as_of >= period.to_on:
        return other.to_on
    if as_of < period.from_on:
        return _before(other.from_on, working_days(as_of + ONE_DAY, period.from_on - ONE_DAY))
    return nth_working_day(other, working_days(period.from_on, as_of))


def nth_working_day(period: Period, number: int) -> date:
    """The n-th from Monday to Friday; its last day where it has fewer, its first for none."""
    # Whole weeks at once: a period may be as long as somebody writes.
    weeks = max(number - 1, 0) // 5
    left, ahead = number - 5 * weeks, timedelta(weeks=weeks)
    if ahead > period.to_on - period.from_on:
        return period.to_on
    day = period.from_on + ahead
    while day < period.to_on:
        left -= day.weekday() < 5
        if left <= 0:
            return day
        day += ONE_DAY
    return period.to_on


def working_days(first: date, last: date) -> int:
    """Days from Monday to Friday between two days, both included."""
    whole, rest = divmod(max((last - first).days + 1, 0), 7)
    return whole * 5 + sum((first.weekday() + place) % 7 < 5 for place in range(rest))


def _before(day: date, number: int) -> date:
    """The last day after which so many working days are left until the evening before `day`."""
    weeks = max(number - 1, 0) // 5
    found, left = day - ONE_DAY - timedelta(weeks=weeks), number - 5 * weeks
    while left > 0:
        left -= found.weekday() < 5
        found -= ONE_DAY
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
