"""An invented organisation for the pages: teams of executives, won and open deals, quotas."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pandas as pd

from quarterdeck import catalog
from quarterdeck.engine import Cursor, DuckDBEngine

ALWAYS = (date(1, 1, 1), date(9999, 12, 31))
AT = datetime.fromisoformat("2018-01-01 08:00")
EXPORTED = date(2017, 11, 19)
MANAGERS = ("Dana Whitcomb", "Luis Ortega", "Petra Lind", "Omar Haddad", "Sue Nakai", "Tom Birk")
FIRST = ("Rocco", "Alma", "Ben", "Carys", "Idris", "June", "Mateo", "Wren", "Nadia", "Otto", "Pia")
LAST = ("Neubert", "Reyes", "Holloway", "Quinn")
HOSTILE = "![x](http://evil.example/x.png) $1$ :red[hot] <b>=1+1</b> www.evil.example :smile:"
FORMULA = "=HYPERLINK(1)"

Rows = list[dict[str, Any]]


def fill(engine: DuckDBEngine, *, people: int = 35, teams: int = 6, quotas: bool = True) -> None:
    """Fill an empty database: the same rows each time. The last executive's name is hostile."""
    dice = random.Random(7)
    managers = {f"m{n}": MANAGERS[n] for n in range(teams)}
    names = [f"{first} {last}" for last in LAST for first in FIRST][: people - 1] + [HOSTILE]
    executives = {f"p{n:02d}": name for n, name in enumerate(names)}
    lines = {each: f"m{n % teams}" for n, each in enumerate(executives)} if teams else {}
    with engine.transaction() as cursor:
        _add(cursor, "person", _people(managers | executives))
        _add(cursor, "person_role", _roles(managers, "director") + _roles(executives, "executive"))
        _add(cursor, "reporting_line", [_line(each, above) for each, above in lines.items()])
        _add(cursor, "report_path", [_path(each, each, 0) for each in managers | executives])
        _add(cursor, "report_path", [_path(each, above, 1) for each, above in lines.items()])
        _add(cursor, "account_version", [_account(n) for n in range(20)])
        _add(cursor, "deal_version", [_deal(n, list(executives), dice) for n in range(people * 12)])
        _add(cursor, "quota", _quotas(list(executives)) if quotas else [])
        _add(cursor, "import_batch", [_batch()])
        for step in catalog.statements("audit_record"):
            cursor.execute(step, {"at": AT, "actor": "", "command": "Invented", "payload": "{}"})


def _add(cursor: Cursor, table: str, rows: Rows) -> None:
    if rows:
        cursor.append(table, pd.DataFrame(rows), by_name=True)


def _held(origin: str = "file") -> dict[str, Any]:
    return {"valid_from": ALWAYS[0], "valid_to": ALWAYS[1], "origin": origin, "recorded_at": AT}


def _people(names: dict[str, str]) -> Rows:
    return [
        {"person_id": each, "person_name": name, "kind": "person", "recorded_at": AT}
        for each, name in names.items()
    ]


def _roles(names: dict[str, str], role: str) -> Rows:
    return [{"person_id": each, "role": role, **_held("assumed")} for each in names]


def _line(each: str, above: str) -> dict[str, Any]:
    return {"person_id": each, "manager_id": above, **_held()}


def _path(each: str, above: str, depth: int) -> dict[str, Any]:
    held = {name: value for name, value in _held().items() if name != "origin"}
    return {"ancestor_id": above, "person_id": each, "depth": depth, **held}


def _account(n: int) -> dict[str, Any]:
    return {"account_id": f"a{n}", "account_name": "Kettle & Co" if n else HOSTILE, **_held()}


def _deal(n: int, people: list[str], dice: random.Random) -> dict[str, Any]:
    lucky = min(int(dice.paretovariate(1.2)) - 1, len(people) - 1)
    owner = people[lucky if n % 3 else n % len(people)]
    closed = date(2017, 4, 1) + timedelta(days=dice.randrange(230))
    outcome = dice.choice(("won", "won", "lost", "open"))
    amount = Decimal(dice.randrange(200_000, 9_000_000)) / 100
    return {
        "deal_id": f"d{n:04d}",
        "deal_name": FORMULA if n % 9 == 0 else f"Renewal {n}",
        "owner_id": owner,
        "credited_id": owner,
        "account_id": f"a{n % 20}",
        "stage_name": outcome.title(),
        "pipeline": "default",
        "outcome": outcome,
        "close_on": closed,
        "closed_on": None if outcome == "open" else closed,
        "amount": amount,
        "currency": "USD",
        "amount_usd": amount,
        "product_line": "Cloud",
        **_held(),
    }


def _quotas(people: list[str]) -> Rows:
    return [
        {
            "person_id": each,
            "month_on": date(2017, month, 1),
            "product_line": "",
            "basis": "amount",
            "quota_usd": Decimal(20_000 + 1_000 * n),
            **_held(),
        }
        for n, each in enumerate(people)
        for month in range(1, 13)
    ]


def _batch() -> dict[str, Any]:
    return {
        "batch_id": "b1", "entity": "deal", "file_name": "deals.csv", "sha256": "0" * 64,
        "size_bytes": 9, "exported_on": EXPORTED, "extent": "full", "actor": "", "rows_good": 9,
        "new_rows": 9, "changed_rows": 0, "committed_at": AT, "report": "{}",
    }  # fmt: skip
