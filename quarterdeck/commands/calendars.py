"""How does the fiscal year run? Its months are rows, written anew as a whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from quarterdeck import audit, catalog
from quarterdeck.commands.checking import actor, check_may_settle, check_unmoved
from quarterdeck.domain.calendar import FiscalMonth
from quarterdeck.domain.fiscal import NAMED_BY, STYLES, FiscalYear, first_fault, joined
from quarterdeck.engine import Cursor, DuckDBEngine, run
from quarterdeck.people import Scope
from quarterdeck.refusal import Refused

FISCAL_YEAR = "fiscal_year"


@dataclass(frozen=True)
class SetFiscalYear:
    """The fiscal year from a day on; without a day it has always been so."""

    first_month: int
    style: str = "months"
    named_by: str = "ends"
    from_on: date | None = None
    seen: int | None = None

    @property
    def year(self) -> FiscalYear:
        return FiscalYear(self.first_month, self.style, self.named_by)


def set_fiscal_year(engine: DuckDBEngine, command: SetFiscalYear, *, scope: Scope) -> None:
    """Write the organisation's months anew; quotas stay with their months.

    Raises Refused where two calendars would hold on one day, or none.
    """
    check_may_settle(scope)
    _check_year(command)
    with engine.transaction() as cursor:
        check_unmoved(cursor, "setting", FISCAL_YEAR, "Fiscal year", command.seen)
        before = _months(cursor)
        months = fiscal_months(before, command.year, command.from_on)
        if months == before:
            raise Refused("The fiscal year is so already.", "Fiscal year", "Nothing to do.")
        at = audit.moment(cursor)
        run(cursor, catalog.statements("fiscal_set"), _columns(months) | {"at": at})
        setting = {"name": FISCAL_YEAR, "value": command.year.words, "batch_id": None, "at": at}
        run(cursor, catalog.statements("setting_record"), setting)
        audit.record(cursor, actor(scope), command, at)


def fiscal_months(
    before: Sequence[FiscalMonth], year: FiscalYear, from_on: date | None
) -> tuple[FiscalMonth, ...]:
    """All months of the changed calendar. Raises Refused for a gap, or two months on one day."""
    months = year.months() if from_on is None else joined(before, year.months(), from_on)
    if fault := first_fault(months):
        raise Refused(
            f"Two calendars do not fit together: {fault}",
            f"Fiscal year from {from_on}",
            "Let it begin on the first day of a year of both calendars, or hold always.",
        )
    return months


def _months(cursor: Cursor) -> tuple[FiscalMonth, ...]:
    rows = run(cursor, catalog.statements("fiscal_current")).fetchall()
    return tuple(FiscalMonth(*row) for row in rows)


def _columns(months: Sequence[FiscalMonth]) -> dict[str, object]:
    return {
        "month_on": [month.from_on for month in months],
        "to_on": [month.to_on for month in months],
        "quarter": [month.quarter for month in months],
        "fiscal_year": [month.year for month in months],
    }


def _check_year(command: SetFiscalYear) -> None:
    if not 1 <= command.first_month <= 12:
        raise Refused(
            f"There is no month {command.first_month}.",
            "First month",
            "Choose January to December.",
        )
    for said, known, where in (
        (command.style, tuple(STYLES), "Style"),
        (command.named_by, NAMED_BY, "Named by the year it"),
    ):
        if said not in known:
            raise Refused(f"“{said}” is not known.", where, f"One of: {', '.join(known)}.")
