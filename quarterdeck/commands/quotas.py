"""What is each person's quota? Set by hand, month by month, dated and audited."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from quarterdeck import audit, catalog
from quarterdeck.commands.capacity import positions_known, ramp_known
from quarterdeck.commands.checking import actor, check_unmoved
from quarterdeck.commands.people import check_sees
from quarterdeck.domain.calendar import Calendar, FiscalMonth
from quarterdeck.domain.capacity import Position, prorated, shares
from quarterdeck.domain.quotas import (
    BASES,
    EVEN,
    PHASINGS,
    phasing_in,
    split_by,
    spread,
    weights_of,
)
from quarterdeck.engine import Cursor, DuckDBEngine, run
from quarterdeck.people import Scope
from quarterdeck.refusal import Refused

MOST = Decimal("1e13")
PHASING = "quota_phasing"
OVER_LINES = "*"
"""Instead of a line: over those that the person's quotas name, in proportion to what they hold."""


@dataclass(frozen=True)
class SetQuota:
    """One person's quota for a period, given as the first days of its months."""

    person_id: str
    months: tuple[date, ...]
    quota_usd: Decimal
    from_on: date
    product_line: str = ""
    seen: int | None = None
    is_prorated: bool = False
    basis: str = "amount"


@dataclass(frozen=True)
class SetQuotaMonths:
    """One person's quota of single months: their first days, and an amount for each."""

    person_id: str
    months: tuple[date, ...]
    amounts: tuple[Decimal, ...]
    from_on: date
    product_line: str = ""
    seen: int | None = None
    basis: str = "amount"


def set_quota(engine: DuckDBEngine, command: SetQuota, *, scope: Scope) -> None:
    """Give one person a quota, spread over the months as settled; a revision holds from `from_on`.

    A first quota has always been it. What is pro-rated is for a whole position: each month gets
    the share that the person fills. Raises Refused for a negative quota, one that is no amount, an
    unknown basis and a period of no month.
    """
    _check(command, [command.quota_usd])
    with engine.transaction() as cursor:
        _write(cursor, command, _spread(cursor, command), scope)


def set_quota_months(engine: DuckDBEngine, command: SetQuotaMonths, *, scope: Scope) -> None:
    """The same month by month, as they are given; raises Refused likewise."""
    _check(command, command.amounts)
    if len(command.months) != len(command.amounts):
        raise Refused("Each month needs an amount.", "Months", "Give as many amounts as months.")
    with engine.transaction() as cursor:
        _write(cursor, command, command.amounts, scope)


def _check(command: SetQuota | SetQuotaMonths, amounts: Sequence[Decimal]) -> None:
    for amount in amounts:
        if not amount.is_finite() or not 0 <= amount <= MOST:
            raise Refused(
                f"A quota cannot be {amount:,.2f}.",
                "Quota",
                "Enter an amount from 0 to 10,000,000,000,000; 0 means no target.",
            )
    if not command.months:
        raise Refused("The period holds no month.", "Period", "Choose a month, quarter or year.")
    if command.basis not in BASES:
        raise Refused(f"“{command.basis}” is no basis.", "Basis", f"One of: {', '.join(BASES)}.")


def _write(
    cursor: Cursor, command: SetQuota | SetQuotaMonths, amounts: Sequence[Decimal], scope: Scope
) -> None:
    check_sees(cursor, scope, command.person_id, command.from_on)
    check_unmoved(cursor, "quota", command.person_id, command.person_id, command.seen)
    at = audit.moment(cursor)
    cells = _cells(cursor, command, amounts)
    setting = {
        "person_id": command.person_id,
        "months": [month for month, _, _ in cells],
        "product_lines": [line for _, line, _ in cells],
        "amounts": [amount for _, _, amount in cells],
        "basis": command.basis,
        "from_on": command.from_on,
        "at": at,
        "batch_id": None,
        "origin": "command",
    }
    run(cursor, catalog.statements("quota_set"), setting)
    run(cursor, catalog.statements("quota_shift"), setting)
    audit.record(cursor, actor(scope), command, at)


def _cells(
    cursor: Cursor, command: SetQuota | SetQuotaMonths, amounts: Sequence[Decimal]
) -> list[tuple[date, str, Decimal]]:
    """Month, line and amount; over lines by what they hold in the month, else in all of them."""
    if command.product_line != OVER_LINES:
        pairs = zip(command.months, amounts, strict=True)
        return [(month, command.product_line, amount) for month, amount in pairs]
    about = {
        "person_id": command.person_id, "basis": command.basis, "months": list(command.months)
    }  # fmt: skip
    held = run(cursor, catalog.statements("quota_lines"), about).fetchall()
    lines = sorted({line for _, line, _ in held}) or [""]
    cells = []
    for month, amount in zip(command.months, amounts, strict=True):
        of_month = [sum(one[2] for one in held if one[:2] == (month, line)) for line in lines]
        in_all = [sum(one[2] for one in held if one[1] == line) for line in lines]
        weights = next((each for each in (of_month, in_all) if sum(each)), [1] * len(lines))
        parts = split_by(amount, weights)
        cells += [(month, line, part) for line, part in zip(lines, parts, strict=True)]
    return cells


def _spread(cursor: Cursor, command: SetQuota) -> list[Decimal]:
    """What each month gets, by the phasing that is settled and the share that is filled."""
    known = calendar_known(cursor)
    weights = weights_of(known, command.months, phasing_known(cursor))
    amounts = spread(command.quota_usd, weights)
    if not command.is_prorated:
        return amounts
    position = positions_known(cursor).get(command.person_id, Position())
    return prorated(amounts, shares(known, command.months, position, ramp_known(cursor)))


def phasing_known(cursor: Cursor) -> tuple[int, ...]:
    """The weights of the fiscal months; a setting that nobody can read is the usual one."""
    found = run(cursor, catalog.statements("setting_value"), {"name": PHASING}).fetchall()
    return phasing_in(found[0][0] if found else None) or PHASINGS[EVEN][1]


def calendar_known(cursor: Cursor) -> Calendar:
    rows = run(cursor, catalog.statements("fiscal_current")).fetchall()
    return Calendar(tuple(FiscalMonth(*row) for row in rows))
