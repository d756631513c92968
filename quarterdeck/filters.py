"""What was asked to be seen: one value, three faces (SQL parameters, English, the URL)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from quarterdeck.domain.calendar import Calendar, FiscalMonth, Period, day_label
from quarterdeck.domain.quotas import BASES

__all__ = ["ASSIGNMENTS", "AS_IS", "BASES", "Calendar", "Filters", "calendar_of", "listed"]
ASSIGNMENTS = ("as_was", "as_is")
"""People and accounts belonged to whom they belonged then, or to whom they belong today."""
AS_IS = "with today’s assignments"


@dataclass(frozen=True)
class Filters:
    """Nobody, no line and no channel chosen means all of them."""

    period: Period
    as_of: date
    person_ids: tuple[str, ...] = ()
    module_ids: tuple[str, ...] = ()
    product_lines: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    strategic_only: bool = False
    basis: str = "amount"
    compare_on: date | None = None
    assignments: str = "as_was"
    today: date | None = None
    """Whose assignments hold with today's."""
    compare_period: Period | None = None
    """The one to compare with, as it was on that day; without it the same period."""

    def opening(self) -> date:
        """The day whose evening movement is told from: the one compared with, else the last before
        the period; a week ago where the period lies ahead."""
        before = self.period.from_on - timedelta(days=1)
        usual = before if before < self.as_of else self.as_of - timedelta(weeks=1)
        return self.compare_on or usual

    def widened(self) -> Filters:
        """The same period and day for everyone and everything."""
        return Filters(
            self.period,
            self.as_of,
            basis=self.basis,
            compare_on=self.compare_on,
            assignments=self.assignments,
            today=self.today,
            compare_period=self.compare_period,
        )

    def compared(self) -> Filters | None:
        """The same question about the point compared with, where there is one."""
        if self.compare_on is None:
            return None
        return replace(
            self,
            period=self.compare_period or self.period,
            as_of=self.compare_on,
            compare_on=None,
            compare_period=None,
        )

    def assigned_on(self) -> date:
        """The day whose teams and owners are looked up for what no closing day decides."""
        return self.as_of if self.assignments == "as_was" else self.today or self.as_of

    def parameters(self) -> dict[str, Any]:
        """Every name a query may use for what was chosen."""
        return {
            "from_on": self.period.from_on,
            "to_on": self.period.to_on,
            "as_of": self.as_of,
            "person_ids": list(self.person_ids),
            "modules": list(self.module_ids),
            "product_lines": list(self.product_lines),
            "channels": list(self.channels),
            "strategic_only": self.strategic_only,
            "basis": self.basis,
            "compare_on": self.opening(),
            "assignments": self.assignments,
            "assigned_on": self.assigned_on(),
            "today_on": self.today or self.as_of,
        }

    def sentence(self, names: Mapping[str, str]) -> str:
        """In English; `names` gives the name of each person and module id."""
        who = listed([names.get(each, each) for each in (*self.person_ids, *self.module_ids)])
        said = f"Closing in {self.period.label}, as of {day_label(self.as_of)}, "
        said += f"{AS_IS}, " if self.assignments == "as_is" else ""
        said += f"for {who or 'everyone'}"
        if what := self.what():
            said += f", {what}"
        said += "" if self.basis == "amount" else f", by {self.basis.upper()}"
        return f"{said}, against {day_label(self.compare_on)}" if self.compare_on else said

    def what(self) -> str:
        """Lines, channels and kind of accounts, where not all of them are meant."""
        parts = [
            listed(self.product_lines),
            f"through {listed(self.channels)}" if self.channels else "",
            "strategic accounts only" if self.strategic_only else "",
        ]
        return ", ".join(part for part in parts if part)


def listed(words: Sequence[str]) -> str:
    """Two by name, more by their number."""
    return " and ".join(words) if len(words) < 3 else f"{words[0]} and {len(words) - 1} more"


def calendar_of(rows: list[tuple[Any, ...]], off: Iterable[tuple[Any, ...]] = ()) -> Calendar:
    """The organisation's months from the rows of queries/months.sql, its holidays likewise."""
    days_off = tuple(holiday_on for holiday_on, _ in off)
    return Calendar(tuple(FiscalMonth(*row) for row in rows), days_off)
