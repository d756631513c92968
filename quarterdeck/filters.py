"""What was asked to be seen: one value, three faces (SQL parameters, English, the URL)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from quarterdeck.domain.calendar import Calendar, FiscalMonth, Period, day_label

__all__ = ["ASSIGNMENTS", "BASES", "Calendar", "Filters", "calendar_of", "listed"]
BASES = ("amount", "tcv", "mrr", "acv")
ASSIGNMENTS = ("as_was", "as_is")
"""People and accounts belonged to whom they belonged then, or to whom they belong today."""


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

    def opening(self) -> date:
        """The day whose evening movement is told from: the one compared with, else the last before
        the period; a week ago where the period lies ahead."""
        before = self.period.from_on - timedelta(days=1)
        usual = before if before < self.as_of else self.as_of - timedelta(weeks=1)
        return self.compare_on or usual

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
        }

    def sentence(self, names: Mapping[str, str]) -> str:
        """In English; `names` gives the name of each person and module id."""
        who = listed([names.get(each, each) for each in (*self.person_ids, *self.module_ids)])
        said = f"Closing in {self.period.label}, as of {day_label(self.as_of)}, for "
        said += who or "everyone"
        if what := self.what():
            said += f", {what}"
        return said if self.basis == "amount" else f"{said}, by {self.basis.upper()}"

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


def calendar_of(rows: list[tuple[Any, ...]]) -> Calendar:
    """The organisation's months from the rows of queries/months.sql."""
    return Calendar(tuple(FiscalMonth(*row) for row in rows))
