"""How is a day written, and which periods can be picked?"""

from __future__ import annotations

from datetime import date

from quarterdeck.domain.calendar import Calendar, FiscalMonth, Period, custom
from quarterdeck.domain.comparing import DaysOff, working_days

FIRST_DAY = date(1990, 1, 1)
"""No day before it can be picked."""
KINDS = ("Month", "Quarter", "Year", "Dates")


def day_words(day: date, today: date) -> str:
    """Wed 25 Nov; with its year when that is another one."""
    return f"{day:%a} {day_of(day, today)}"


def day_of(day: date, today: date) -> str:
    """25 Nov; with its year when that is another one."""
    year = "" if day.year == today.year else f" {day.year}"
    return f"{day.day} {day:%b}{year}"


def place_in(day: date, period: Period, off: DaysOff) -> str:
    """The 42nd working day of Q3 2026; before it began, its last day, or after it was over."""
    if day < period.from_on:
        return f"before {period.label} began"
    if day > period.to_on:
        return f"after {period.label} was over"
    of = f"{'from' if kind_of(period) == 'Dates' else 'of'} {period.label}"
    if day == period.to_on:
        return f"the last day {of}"
    number = working_days(period.from_on, day, off)
    if not working_days(day, day, off):
        return f"after {number} working {'day' if number == 1 else 'days'} {of}"
    return f"the {ordinal(number)} working day {of}"


def ordinal(number: int) -> str:
    """1st, 2nd, 3rd, 4th, 11th, 21st."""
    ends = {1: "st", 2: "nd", 3: "rd"}
    return f"{number}{'th' if number % 100 in (11, 12, 13) else ends.get(number % 10, 'th')}"


def within(period: Period) -> str:
    """in Q4 2017, or from one day to another."""
    return f"{'from' if kind_of(period) == 'Dates' else 'in'} {period.label}"


def kind_of(period: Period) -> str:
    """Which of the four kinds of period this is, by the word that names it."""
    if ".." in period.word:
        return "Dates"
    return "Quarter" if "-Q" in period.word else "Month" if "-" in period.word else "Year"


def turned_into(kind: str, period: Period, calendar: Calendar) -> Period:
    """The period of another kind that holds the last day of this one."""
    if kind == "Dates":
        return custom(str(period.from_on), str(period.to_on))
    last = calendar.months_of(period)[-1:] or calendar.months[-1:]
    return _of(kind, last[0], calendar)


def pickable(kind: str, calendar: Calendar, first: date, last: date) -> dict[str, str]:
    """Word and label of each period of a kind that touches these days, newest first."""
    months = [m for m in calendar.months if m.to_on >= first and m.from_on <= last]
    periods = [_of(kind, month, calendar) for month in _one_each(kind, months)]
    return {period.word: period.label for period in reversed(periods)}


def _one_each(kind: str, months: list[FiscalMonth]) -> list[FiscalMonth]:
    if kind == "Year":
        return list({month.year: month for month in months}.values())
    if kind == "Quarter":
        return list({(month.year, month.quarter): month for month in months}.values())
    return months


def _of(kind: str, month: FiscalMonth, calendar: Calendar) -> Period:
    if kind == "Year":
        return calendar.year(month.year)
    if kind == "Quarter":
        return calendar.quarter(month.year, month.quarter)
    middle = month.from_on + (month.to_on - month.from_on) / 2
    return calendar.month(middle.year, middle.month)
