"""What was asked to be seen: one value, three faces (SQL parameters, English, the URL)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from quarterdeck.domain.calendar import Calendar, FiscalMonth, Period, day_label

__all__ = ["BASES", "Calendar", "Filters", "calendar_of"]
BASES = ("amount", "tcv", "mrr", "acv")


@dataclass(frozen=True)
class Filters:
    """Nobody, no line and no channel chosen means all of them."""

    period: Period
    as_of: date
    person_ids: tuple[str, ...] = ()
    product_lines: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    strategic_only: bool = False
    basis: str = "amount"

    def parameters(self) -> dict[str, Any]:
        """Every name a query may use for what was chosen."""
        return {
            "from_on": self.period.from_on,
            "to_on": self.period.to_on,
            "as_of": self.as_of,
            "person_ids": list(self.person_ids),
            "product_lines": list(self.product_lines),
            "channels": list(self.channels),
            "strategic_only": self.strategic_only,
            "basis": self.basis,
        }

    def sentence(self, names: dict[str, str]) -> str:
        """In English; `names` gives the name of each person id."""
        who = " and ".join(names.get(i, i) for i in self.person_ids) or "everyone"
        return f"Closing in {self.period.label}, as of {day_label(self.as_of)}, for {who}"


def calendar_of(rows: list[tuple[Any, ...]]) -> Calendar:
    """The organisation's months from the rows of queries/months.sql."""
    return Calendar(tuple(FiscalMonth(*row) for row in rows))
