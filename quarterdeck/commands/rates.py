"""What is money of another currency worth, from which day on?"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from quarterdeck import audit, catalog
from quarterdeck.commands.checking import actor, check_may_settle, check_unmoved
from quarterdeck.commands.settings import CURRENCY, code
from quarterdeck.engine import Cursor, DuckDBEngine, run
from quarterdeck.people import Scope
from quarterdeck.refusal import Refused

MOST = Decimal(1_000_000)
STEP = Decimal("0.00000001")
ALWAYS = date(1, 1, 1)
DOLLARS = "USD"


@dataclass(frozen=True)
class SetRate:
    """So many of the reporting currency for one of this, from a day on; None: on every day."""

    currency: str
    rate: Decimal
    from_on: date | None = None
    seen: int | None = None


def set_rate(engine: DuckDBEngine, command: SetRate, *, scope: Scope) -> None:
    """Give a currency its rate from a day on, until the day of a later one that is known.

    Raises Refused for a rate of nothing or less, and for the reporting currency itself.
    """
    check_may_settle(scope)
    currency, rate = code(command.currency), _checked(command.rate)
    with engine.transaction() as cursor:
        if currency == _reported_in(cursor):
            raise Refused(
                f"{currency} is what amounts are reported in: its rate is 1.",
                "Currency",
                "Choose the other currency, or change the reporting currency first.",
            )
        check_unmoved(cursor, "rate", currency, f"Rate of {currency}", command.seen)
        at = audit.moment(cursor)
        setting = {
            "currency": currency,
            "rate": rate,
            "from_on": command.from_on or ALWAYS,
            "origin": "command" if command.from_on else "assumed",
            "at": at,
        }
        run(cursor, catalog.statements("rate_set"), setting)
        said = replace(command, currency=currency, rate=rate)
        audit.record(cursor, actor(scope), said, at)


def _checked(rate: Decimal) -> Decimal:
    exact = rate.quantize(STEP) if rate.is_finite() and abs(rate) <= MOST else Decimal(0)
    if exact <= 0:
        raise Refused(
            f"A rate cannot be {rate}.",
            "Rate",
            f"Enter how much one of it is worth: more than 0, at most {MOST:,}.",
        )
    return exact


def _reported_in(cursor: Cursor) -> str:
    found = run(cursor, catalog.statements("setting_value"), {"name": CURRENCY}).fetchall()
    return str(found[0][0]) if found else DOLLARS
