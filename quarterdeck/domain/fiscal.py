"""Which months does a fiscal year have, whatever month it begins in and however it counts weeks?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from quarterdeck.domain.calendar import FiscalMonth

STYLES = {
    "months": (),
    "4-4-5": (4, 4, 5),
    "4-5-4": (4, 5, 4),
    "5-4-4": (5, 4, 4),
}
"""Calendar months, or how many weeks each month of a quarter has."""
NAMED_BY = ("ends", "begins")
FIRST_YEAR, LAST_YEAR = 1989, 2060
FIRST_DAY = date(FIRST_YEAR + 1, 1, 1)
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class FiscalYear:
    """How the organisation's year runs: the month it begins in, its style and its name.

    A year of weeks begins on the Monday nearest to the first of its first month.
    """

    first_month: int = 1
    style: str = "months"
    named_by: str = "ends"

    @property
    def words(self) -> str:
        """As it stands among the settings."""
        return f"{self.first_month} {self.style} {self.named_by}"

    def months(self, first: int = FIRST_YEAR, last: int = LAST_YEAR) -> tuple[FiscalMonth, ...]:
        """All months of the years that begin in these calendar years, without gap or overlap.

        A first year that ends before the calendar begins is left out.
        """
        years = [self._year(year) for year in range(first, last + 1)]
        return tuple(month for year in years if year[-1].to_on >= FIRST_DAY for month in year)

    def _year(self, begins_in: int) -> list[FiscalMonth]:
        first_days = self._first_days(begins_in)
        is_later = self.named_by == "ends" and self.first_month > 1
        name = begins_in + 1 if is_later else begins_in
        return [
            FiscalMonth(from_on, after - ONE_DAY, place // 3 + 1, name)
            for place, (from_on, after) in enumerate(pairwise(first_days))
        ]

    def _first_days(self, begins_in: int) -> list[date]:
        """The first days of the twelve months, and of the next year."""
        if self.style == "months":
            return [_month(begins_in, self.first_month + place) for place in range(13)]
        begins, ends = (_monday(_month(year, self.first_month)) for year in _two(begins_in))
        found = [begins]
        for weeks in STYLES[self.style] * 4:
            found.append(found[-1] + timedelta(weeks=weeks))
        return [*found[:-1], ends]


def fiscal_year_in(words: str | None) -> FiscalYear:
    """The year that a setting names; the calendar year where there is none."""
    if not words:
        return FiscalYear()
    first_month, style, named_by = words.split()
    return FiscalYear(int(first_month), style, named_by)


def joined(
    before: Sequence[FiscalMonth], after: Sequence[FiscalMonth], from_on: date
) -> tuple[FiscalMonth, ...]:
    """One calendar until the day before `from_on`, another from then on."""
    kept = [month for month in before if month.from_on < from_on]
    return (*kept, *(month for month in after if month.from_on >= from_on))


def first_fault(months: Sequence[FiscalMonth]) -> str:
    """What is wrong with a calendar: a gap, two months on one day, one quarter twice; else ""."""
    seen: set[tuple[int, int]] = set()
    for last, month in pairwise(months):
        if month.from_on <= last.to_on:
            return f"Two months hold {month.from_on}."
        if month.from_on > last.to_on + ONE_DAY:
            return f"No month holds {last.to_on + ONE_DAY}."
        quarter = (month.year, month.quarter)
        if quarter != (last.year, last.quarter):
            seen.add((last.year, last.quarter))
            if quarter in seen:
                return f"Quarter {month.quarter} of {month.year} would come twice."
    return ""


def _two(year: int) -> tuple[int, int]:
    return year, year + 1


def _month(year: int, month: int) -> date:
    return date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)


def _monday(day: date) -> date:
    """The Monday nearest to a day."""
    after = (7 - day.weekday()) % 7
    return day + timedelta(days=after if after <= 3 else after - 7)
