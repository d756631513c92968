"""How tests write weekly exports, and ask what moved, slipped or got stuck."""

from __future__ import annotations

from datetime import date

from tests.conftest import asked, rows_of
from tests.test_pages import ROOT

HEAD = "deal id,deal name,owner,account,stage,amount,created,close date,stage entered date\n"
AUGUST, SEPTEMBER, OCTOBER, NOVEMBER = (
    date(2026, 8, 30), date(2026, 9, 27), date(2026, 10, 18), date(2026, 11, 22),
)  # fmt: skip
EVENING = date(2026, 9, 30)
FUNNEL = ROOT / "pages" / "funnel.py"
ONE_OF = ("slipped_deals", "won_deals", "lost_deals", "removed_deals", "still_due_deals")


def row(deal, stage="Propose", closes="2026-11-30", amount="100", owner="Ana", **more):
    cells = {
        "deal": deal, "name": f"Deal {deal}", "owner": owner, "account": "Acme", "stage": stage,
        "amount": amount, "created": "2026-07-01", "closes": closes, "entered": "",
    }  # fmt: skip
    return ",".join(map(str, (cells | more).values())) + "\n"


def slipped(engine, *scope, **chosen):
    found = rows_of(engine, "slipped", asked(engine, **chosen), *scope)
    return {one["person_id"]: one for one in found}


def out(engine, **chosen):
    found = rows_of(engine, "slipped_deals", asked(engine, **chosen))
    return {one["deal_id"]: one for one in found}


def moves(engine, **chosen):
    found = rows_of(engine, "stage_moves", asked(engine, **{"compare_on": EVENING} | chosen))
    return {(one["from_stage"], one["to_stage"]): one for one in found}


def ways(engine, **chosen):
    return {key: (one["way"], one["moves"]) for key, one in moves(engine, **chosen).items()}


def stuck(engine, **chosen):
    return {one["stage"]: one for one in rows_of(engine, "stuck", asked(engine, **chosen))}


def months(engine, **chosen):
    found = rows_of(engine, "cohorts", asked(engine, **chosen))
    return {f"{one['month_on']:%Y-%m}": one for one in found}
