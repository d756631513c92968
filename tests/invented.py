"""An invented organisation for the pages: three teams of executives, won and open deals, quotas."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta
from decimal import Decimal

from quarterdeck import catalog
from quarterdeck.engine import DuckDBEngine

ALWAYS = (date(1, 1, 1), date(9999, 12, 31))
AT = datetime.fromisoformat("2018-01-01 08:00")
MANAGERS = ("Dana Whitcomb", "Luis Ortega", "Petra Lind", "Omar Haddad", "Sue Nakai", "Tom Birk")
FIRST = [
    "Rocco",
    "Alma",
    "Ben",
    "Carys",
    "Idris",
    "June",
    "Mateo",
    "Wren",
    "Nadia",
    "Otto",
    "Pia",
    "Quinn",
]
LAST = ["Neubert", "Reyes", "Holloway"]
HOSTILE = "![x](http://evil.example/x.png) $1$ :red[hot] <b>=1+1</b> www.evil.example :smile:"


def names(people: int) -> list[str]:
    return [f"{first} {last}" for last in LAST for first in FIRST][:people]


def fill(
    engine: DuckDBEngine, *, people: int = 35, teams: int = 6, quotas: bool = False, seed: int = 7
) -> None:
    """Fill an empty database; the won deals of Q4 2017 are the same for the same seed."""
    dice = random.Random(seed)
    managers = [(f"m{n}", MANAGERS[n]) for n in range(teams)]
    executives = [(f"p{n:02d}", name) for n, name in enumerate(names(people))]
    with engine.transaction() as cursor:

        def add(table: str, rows: list[tuple[object, ...]], columns: str) -> None:
            marks = ", ".join("?" for _ in rows[0])
            cursor.executemany(f"insert into {table} ({columns}) values ({marks})", rows)

        everyone = managers + executives
        add(
            "person",
            [(i, name, "person", AT) for i, name in everyone],
            "person_id, person_name, kind, recorded_at",
        )
        roles = [(i, "director") for i, _ in managers] + [(i, "executive") for i, _ in executives]
        add(
            "person_role",
            [(i, role, *ALWAYS, "assumed", AT) for i, role in roles],
            "person_id, role, valid_from, valid_to, origin, recorded_at",
        )
        add(
            "report_path",
            [(i, i, 0, *ALWAYS, AT) for i, _ in everyone],
            "ancestor_id, person_id, depth, valid_from, valid_to, recorded_at",
        )
        if managers:
            lines = [(i, managers[n % teams][0]) for n, (i, _) in enumerate(executives)]
            add(
                "reporting_line",
                [(i, m, *ALWAYS, "file", AT) for i, m in lines],
                "person_id, manager_id, valid_from, valid_to, origin, recorded_at",
            )
            add(
                "report_path",
                [(m, i, 1, *ALWAYS, AT) for i, m in lines],
                "ancestor_id, person_id, depth, valid_from, valid_to, recorded_at",
            )
        deals = [_deal(n, executives, dice) for n in range(people * 12)]
        add(
            "deal_version",
            deals,
            "deal_id, valid_from, valid_to, deal_name, owner_id, credited_id, account_id, stage_name,"
            " pipeline, outcome, created_on, close_on, closed_on, amount, currency, amount_usd,"
            " product_line, origin, batch_id, recorded_at",
        )
        add(
            "account_version",
            [(f"a{n}", *ALWAYS, "Kettle & Co" if n else HOSTILE, "file", AT) for n in range(20)],
            "account_id, valid_from, valid_to, account_name, origin, recorded_at",
        )
        if quotas:
            add(
                "quota",
                [
                    (i, date(2017, month, 1), "", "amount", Decimal(20000 + 1000 * n), *ALWAYS, "file", AT)
                    for n, (i, _) in enumerate(executives)
                    for month in range(1, 13)
                ],
                "person_id, month_on, product_line, basis, quota_usd, valid_from, valid_to, origin,"
                " recorded_at",
            )  # fmt: skip
        add(
            "import_batch",
            [("b1", "deal", "deals.csv", "0" * 64, 9, date(2017, 12, 31), "full", "", 9, 9, 0, AT, "{}")],
            "batch_id, entity, file_name, sha256, size_bytes, exported_on, extent, actor, rows_good,"
            " new_rows, changed_rows, committed_at, report",
        )  # fmt: skip
        for step in catalog.statements("audit_record"):
            told = {"at": AT, "actor": "", "command": "Invented", "payload": "{}"}
            cursor.execute(step, told)


def _deal(n: int, people: list[tuple[str, str]], dice: random.Random) -> tuple[object, ...]:
    owner = people[
        min(int(dice.paretovariate(1.2)) - 1, len(people) - 1) if n % 3 else n % len(people)
    ][0]
    closed = date(2017, 4, 1) + timedelta(days=dice.randrange(275))
    outcome = dice.choice(("won", "won", "lost", "open"))
    cents = Decimal(dice.randrange(200_000, 9_000_000)) / 100
    name = HOSTILE if n == 3 else f"=Renewal {n}" if n == 4 else f"Renewal {n}"
    shut = closed if outcome != "open" else None
    return (
        f"d{n:04d}", date(2017, 1, 1), ALWAYS[1], name, owner, owner, f"a{n % 20}", outcome.title(),
        "default", outcome, date(2017, 1, 1), closed, shut, cents, "USD", cents, "Cloud", "file", "b1", AT,
    )  # fmt: skip
