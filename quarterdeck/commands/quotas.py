"""What is each person's quota? Set by hand, month by month, dated and audited."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from quarterdeck import audit, catalog
from quarterdeck.commands.checking import actor, check_unmoved
from quarterdeck.commands.people import check_sees
from quarterdeck.domain.calendar import Calendar, FiscalMonth
from quarterdeck.domain.quotas import EVEN, PHASINGS, phasing_in, spread, weights_of
from quarterdeck.engine import Cursor, DuckDBEngine, run
from quarterdeck.people import Scope
from quarterdeck.refusal import Refused

MOST = Decimal("1e13")
PHASING = "quota_phasing"


@dataclass(frozen=True)
class SetQuota:
    """One person's quota for a period, given as the first days of its months."""

    person_id: str
    months: tuple[date, ...]
    quota_usd: Decimal
    from_on: date
    product_line: str = ""
    seen: int | None = None


def set_quota(engine: DuckDBEngine, command: SetQuota, *, scope: Scope) -> None:
    """Give one person a quota, spread over the months as settled; a revision holds from `from_on`.

    A first quota has always been it. Raises Refused for a negative one and a period of no month.
    """
    if not 0 <= command.quota_usd <= MOST:
        raise Refused(
            f"A quota cannot be {command.quota_usd:,.2f}.",
            "Quota",
            "Enter an amount from 0 to 10,000,000,000,000; 0 means no target.",
        )
    if not command.months:
        raise Refused("The period holds no month.", "Period", "Choose a month, quarter or year.")
    with engine.transaction() as cursor:
        check_sees(cursor, scope, command.person_id, command.from_on)
        check_unmoved(cursor, "quota", command.person_id, command.person_id, command.seen)
        at = audit.moment(cursor)
        setting = {
            "person_id": command.person_id,
            "months": list(command.months),
            "amounts": _spread(cursor, command),
            "product_line": command.product_line,
            "from_on": command.from_on,
            "at": at,
            "batch_id": None,
            "origin": "command",
        }
        run(cursor, catalog.statements("quota_set"), setting)
        run(cursor, catalog.statements("quota_shift"), setting)
        audit.record(cursor, actor(scope), command, at)


def _spread(cursor: Cursor, command: SetQuota) -> list[Decimal]:
    """What each month gets, by the phasing that is settled."""
    weights = weights_of(calendar_known(cursor), command.months, phasing_known(cursor))
    return spread(command.quota_usd, weights)


def phasing_known(cursor: Cursor) -> tuple[int, ...]:
    """The weights of the fiscal months; a setting that nobody can read is the usual one."""
    found = run(cursor, catalog.statements("setting_value"), {"name": PHASING}).fetchall()
    return phasing_in(found[0][0] if found else None) or PHASINGS[EVEN][1]


def calendar_known(cursor: Cursor) -> Calendar:
    rows = run(cursor, catalog.statements("fiscal_current")).fetchall()
    return Calendar(tuple(FiscalMonth(*row) for row in rows))
