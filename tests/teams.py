"""Two directors' teams and the exports of their deals, as several tests drop them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from tests import everything
from tests.conftest import commit, looked_at

HEAD = (
    "deal id,deal name,owner,account,stage,amount,created,close date,loss reason,product line,"
    "channel,stage entered date\n"
)
TEAM = "name,manager\nAna,Dana\nBen,Dana\nCy,Noor\nDana,Ray\nNoor,Ray\n"
STAGES = (
    "stage,pipeline,position,outcome\nQualify,,1,open\nPropose,,2,open\nContract,,3,open\n"
    "Closed Won,,4,won\nClosed Lost,,5,lost\n"
)


def row(deal, stage, amount="100", closes="2026-12-01", owner="Ana", **more):
    cells = {
        "deal": deal, "name": f"Deal {deal}", "owner": owner, "account": "Acme", "stage": stage,
        "amount": amount, "created": "2026-07-01", "closes": closes, "reason": "", "line": "Cloud",
        "channel": "Direct", "entered": "",
    }  # fmt: skip
    return ",".join(map(str, (cells | more).values())) + "\n"


def fill(engine):
    for text, name in ((TEAM, "people.csv"), (STAGES, "stages.csv")):
        commit(engine, looked_at(engine, text, name, exported_on=date(2026, 7, 1)))


def share(engine, deal, *parts):
    with engine.transaction() as cursor:
        cursor.executemany(
            "insert into deal_credit values (?, ?, ?, ?, ?, 'command', null, ?, null)",
            [(deal, who, Decimal(part), *everything.ALWAYS, everything.AT) for who, part in parts],
        )
