"""How tests ask for what moved between two days."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from quarterdeck.people import OWNER
from tests.conftest import asked, rows_of

JULY, AUGUST, SEPTEMBER = date(2026, 7, 31), date(2026, 8, 31), date(2026, 9, 30)
PERIOD = {"period": "2026-Q3", "as_of": SEPTEMBER, "compare_on": JULY}
ADD_UP = {"residual", "created_and_won"}


def bars(engine, scope=OWNER, mode="due", **chosen):
    """The amount of each movement that holds a deal, by its name and reason."""
    found = rows_of(
        engine, "waterfall", asked(engine, **PERIOD | chosen), scope, pipeline_mode=mode
    )
    assert not found or residual(found) == (0, Decimal(0))
    return {named(one): one["amount_usd"] for one in found if one["deals_behind"]}


def counts(engine, mode="whole", **chosen):
    found = rows_of(engine, "waterfall", asked(engine, **PERIOD | chosen), pipeline_mode=mode)
    return {named(one): one["deals"] for one in found if one["deals_behind"]}


def named(one):
    return f"{one['movement']} {one['reason']}".strip()


def residual(found):
    (one,) = (each for each in found if each["movement"] == "residual")
    return one["deals"], one["amount_usd"]


def deals(engine, *movements, scope=OWNER, mode="due", **chosen):
    more = {"movements": list(movements), "pipeline_mode": mode}
    return rows_of(engine, "waterfall_deals", asked(engine, **PERIOD | chosen), scope, **more)
