"""Which days does a period hold? Months, quarters and years are rows of a calendar."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_RANGE = re.compile(r"(\d{4}-\d{2}-\d{2})\.\.(\d{4}-\d{2}-\d{2})")
_MONTHS_FROM_TO = re.compile(r"(\d{4})-(\d{1,2})\.\.(\d{4})-(\d{1,2})")
_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})")
_YEAR = re.compile(r"(?:fy\s*)?(\d{4}|\d{2})", re.I)
_QUARTER = re.compile(r"(?:fy\s*)?(\d{4}|\d{2})[\s-]*q([1-4])", re.I)
_QUARTER_FIRST = re.compile(r"q([1-4])[\s-]*(?:fy\s*)?(\d{4}|\d{2})", re.I)
_MONTH = re.compile(r"(\d{4})-(\d{1,2})")
_MONTH_NAMED = re.compile(r"([a-z]{3,9})\.?[\s-]+(\d{4}|\d{2})", re.I)


@dataclass(frozen=True)
class FiscalMonth:
    """One month of the organisation's year: `to_on` is its last day."""

    from_on: date
    to_on: date
    quarter: int
    year: int


@dataclass(frozen=True)
class Period:
    """A stretch of days with the word that names it in the URL and the label people read."""

    word: str
    label: str
    from_on: date
    to_on: date


class PeriodUnknown(ValueError):
    """The words name no stretch of days; the message says which do."""


@dataclass(frozen=True)
class Calendar:
    """The organisation's months in order; quarters and years are made of them.

    `days_off` are the holidays from Monday to Friday, in order.
    """

    months: tuple[FiscalMonth, ...]
    days_off: tuple[date, ...] = ()

    @property
    def is_plain(self) -> bool:
        """Whether the fiscal year is, and always was, the calendar year: labels need no FY."""
        ends = (*self.months[:24], *self.months[-24:])
        return all(month.year == month.from_on.year for month in ends)

    def quarter(self, year: int, quarter: int) -> Period:
        held = [m for m in self.months if (m.year, m.quarter) == (year, quarter)]
        label = f"Q{quarter} {year}" if self.is_plain else f"Q{quarter} FY{year % 100:02d}"
        return self._period(f"{year}-Q{quarter}", label, held)

    def year(self, year: int) -> Period:
        held = [m for m in self.months if m.year == year]
        return self._period(str(year), str(year) if self.is_plain else f"FY{year % 100:02d}", held)

    def month(self, year: int, month: int) -> Period:
        """The fiscal month that is named after this calendar month: the one holding its middle."""
        if not 1 <= month <= 12 or not 1 <= year <= 9998:
            raise PeriodUnknown(f"There is no month {year}-{month:02d}.")
        middle = date(year, month, 15)
        held = [m for m in self.months if m.from_on <= middle <= m.to_on]
        return self._period(f"{year}-{month:02d}", f"{middle:%b %Y}", held)

    def quarter_of(self, day: date) -> Period:
        """The quarter that holds `day`; the nearest known one for days beyond the calendar."""
        held = [m for m in self.months if m.from_on <= day <= m.to_on]
        nearest = held[0] if held else self.months[0 if day < self.months[0].from_on else -1]
        return self.quarter(nearest.year, nearest.quarter)

    def months_of(self, period: Period) -> tuple[FiscalMonth, ...]:
        return tuple(
            m for m in self.months if m.from_on <= period.to_on and period.from_on <= m.to_on
        )

    def parse(self, text: str) -> Period:
        """2026, FY26, 2026-Q3, Q3 FY26, 2026-07, July 2026 or 2026-07-01..2026-07-15."""
        words = text.strip()
        for pattern, read in self._readers():
            if found := pattern.fullmatch(words):
                return read(*found.groups())
        raise PeriodUnknown(
            f"“{text}” names no period. Write 2026, 2026-Q3, 2026-07 or 2026-07-01..2026-07-15."
        )

    def holding(self, text: str) -> Period:
        """The month that holds a day: how files write a month by its first or last day."""
        day = _date(text)
        held = [m for m in self.months if m.from_on <= day <= m.to_on]
        return self._period(f"{day:%Y-%m}", f"{day:%b %Y}", held)

    def _from_to(self, year: str, month: str, last_year: str, last_month: str) -> Period:
        first, last = self.month(int(year), int(month)), self.month(int(last_year), int(last_month))
        return custom(str(first.from_on), str(last.to_on))

    def _readers(self) -> tuple[tuple[re.Pattern[str], Callable[..., Period]], ...]:
        return (
            (_RANGE, custom),
            (_MONTHS_FROM_TO, self._from_to),
            (_DAY, self.holding),
            (_QUARTER, lambda year, quarter: self.quarter(_full(year), int(quarter))),
            (_QUARTER_FIRST, lambda quarter, year: self.quarter(_full(year), int(quarter))),
            (_MONTH, lambda year, month: self.month(int(year), int(month))),
            (_MONTH_NAMED, lambda name, year: self.month(_full(year), _month_number(name))),
            (_YEAR, lambda year: self.year(_full(year))),
        )

    @staticmethod
    def _period(word: str, label: str, held: list[FiscalMonth]) -> Period:
        if not held:
            raise PeriodUnknown(f"The fiscal calendar holds no {label}.")
        return Period(word, label, held[0].from_on, held[-1].to_on)


def custom(from_text: str, to_text: str) -> Period:
    """The days from one date to another, both included; the wrong way round is turned."""
    first, last = sorted((_date(from_text), _date(to_text)))
    return Period(f"{first}..{last}", f"{day_label(first)} to {day_label(last)}", first, last)


def day_label(day: date) -> str:
    return f"{day.day} {day:%b %Y}"


def previous(period: Period) -> Period:
    """The stretch of the same length that ended the day before this one began."""
    last = period.from_on - timedelta(days=1)
    return custom(str(last - (period.to_on - period.from_on)), str(last))


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise PeriodUnknown(f"There is no day {text}.") from error


def _full(year: str) -> int:
    return int(year) if len(year) == 4 else 2000 + int(year)


def _month_number(name: str) -> int:
    short = name[:3].lower()
    if short not in _MONTHS:
        raise PeriodUnknown(f"“{name}” is no month.")
    return _MONTHS.index(short) + 1
