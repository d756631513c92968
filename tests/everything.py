"""A small organisation in which everything happens that a question looks at."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from quarterdeck.engine import DuckDBEngine
from quarterdeck.importing.undoing import undo_import
from quarterdeck.people import OWNER
from tests.conftest import commit, looked_at

SEED = 20240229
ALWAYS = (date(1, 1, 1), date(9999, 12, 31))
AT = datetime.fromisoformat("2026-11-20 12:00")
LATE = datetime.fromisoformat("2026-11-22 12:00")

TEAM = (
    "name,email,manager,region\n"
    "Ana,ana@a.example,Ines,East\nBen,ben@a.example,Dana,East\nCy,cy@a.example,Noor,West\n"
    "Eve Öz,eve@a.example,Dana,\nFay,fay@a.example,Noor,West\nGus,gus@a.example,Noor,West\n"
    "Ines,ines@a.example,Dana,East\nDana,dana@a.example,Ray,\nNoor,noor@a.example,Ray,\n"
    "Ray,ray@a.example,,\nSol,sol@a.example,,\n"
)
MOVES = {
    date(2024, 2, 12): "name,manager\nBen,Noor\n",
    date(2026, 11, 10): "name,manager\nEve Öz,Noor\nIna,Dana\nFay,Ines\n",
}
PRODUCTS = (
    "product,product line\nFibre,Cloud\nNode,Cloud\nRacks,Hosting\nLake,Data\nOddment,\nSpare,\n"
)
ACCOUNTS = {
    date(2023, 12, 31): "account,industry,strategic,zip,city,state,employees,potential,segment\n"
    "Acme,Health,yes,99201,,,40,1000.50,Enterprise\nBirch,Health,no,,Portland,OR,60,,\n"
    "Cedar,,,00000,,,,300,Small\nDogwood,Retail,yes,,,,4000,0,Enterprise\n",
    date(
        2026, 10, 20
    ): "account,industry,strategic\nAcme,Health,no\nBirch,Health,yes\nCedar,,yes\n",
    date(2026, 10, 21): "account,zip,potential,employees\nElm,83702,10,20\nFir,83702,20,30\n"
    "Gum,59801,30,45\nHazel,97204,50,10\nIvy,97204-1234,,12\n",
}
QUOTAS = {
    date(2023, 12, 1): "person,period,product line,quota\nAna,2024,,1000\nBen,2024-Q1,,100.01\n"
    "Cy,2024-02,Cloud,29.29\nCy,2024-02,Data,31\nDana,2024,,5000\nEve Öz,2024-Q1,,0\n",
    date(2024, 2, 20): "person,period,product line,quota\nAna,2024-Q1,,777.77\nBen,2024-02,,50\n",
    date(2026, 9, 30): "person,period,product line,quota\nAna,2026-Q4,,300\nBen,2026-Q4,,90.5\n"
    "Cy,2026-11,,31\nEve Öz,2026-Q4,Hosting,66\nFay,2026,,120000\nNoor,2026-Q4,,350\n"
    "Ina,2026-12,,10\n",
    date(2026, 11, 15): "person,period,product line,quota\nBen,2026-Q4,,600\n",
}
# Birch goes from North to South in mid-quarter, then South from one owner to another.
MODULES = {
    date(2023, 12, 31): "module,account,owner\nNorth,Acme,Ana\nNorth,Birch,\nSouth,Cedar,Ben\n"
    "West,,\n",
    date(2026, 11, 2): "module,account,owner,valid from\nSouth,Birch,,2026-11-01\n"
    "South,,Cy,2026-11-10\nWest,Dogwood,Fay,\n",
}
SERVICES = {
    date(2026, 6, 30): "service id,account,product,mrr,nrc,activation date,term,renewal date\n"
    "S1,Acme,Fibre,1200.50,300,2024-02-29,36,2027-02-28\n"
    "S2,Birch,Racks,800,,2025-05-01,24,2027-05-01\nS3,Cedar,Lake,99.99,0,2026-12-15,12,2027-12-15\n",
    date(2026, 11, 20): "service id,account,product,mrr,disconnect date\n"
    "S1,Acme,Fibre,1500,\nS2,Birch,Racks,800,2026-11-15\n",
}
CONTACTS = (
    "contact id,account,name,role,email,influence\nC1,Acme,Pat Quill,CIO,pat@acme.example,high\n"
    "C2,Acme,![x](http://x.example),,,low\nC3,Birch,Ümit,,,\nC4,,Alone,Buyer,,\n"
)
ACTIVITIES = (
    "activity id,kind,person,account,deal,happened at,outcome,subject,place,miles\n"
    "A1,Call,Ana,Acme,D001,2026-11-19T20:00:00-08:00,held,Next step,,\n"
    "A2,Visit,ben@a.example,Birch,,2026-11-18 09:30,held,Review,Spokane,41.5\n"
    "A3,Visit,Cy,Cedar,D002,2026-10-02,missed,,Boise,120\nA4,Meeting,Noor,,,2024-02-29,,,,\n"
    ",Call,Ana,Dogwood,,2026-11-20 08:00,,=1+1,,\n,Call,,,,2026-11-20,,,,\n"
)
STAGES = "stage,pipeline,position,outcome\nProposal,default,2,open\nWon,default,9,won\n"
HEAD = (
    "deal id,deal name,owner,account,stage,amount,mrr,nrc,term in months,created,"
    "close date,actual close date,product,product line,channel,currency\n"
)
DEALS = 120
SHARES = (("0.333333", "0.333333", "0.333334"), ("0.5", "0.5"), ("0.125", "0.875"), ("0.7", "0.3"))


def fill(engine: DuckDBEngine) -> None:
    """Import it all, as it was learned over three years, then split some deals and undo a file."""
    chance = random.Random(SEED)
    files: list[tuple[date, str, str]] = [
        (date(2023, 12, 30), "people.csv", TEAM),
        (date(2023, 12, 30), "products.csv", PRODUCTS),
        (date(2023, 12, 30), "stages.csv", STAGES),
        *((day, "people.csv", text) for day, text in MOVES.items()),
        *((day, "accounts.csv", text) for day, text in ACCOUNTS.items()),
        *((day, "quotas.csv", text) for day, text in QUOTAS.items()),
        *((day, "modules.csv", text) for day, text in MODULES.items()),
        *((day, "services.csv", text) for day, text in SERVICES.items()),
        (date(2026, 11, 20), "contacts.csv", CONTACTS),
        (date(2026, 11, 21), "activities.csv", ACTIVITIES),
        *((day, "deals.csv", deals(chance, turn)) for turn, day in enumerate(EXPORTS)),
    ]
    for day, name, text in sorted(files):
        commit(engine, looked_at(engine, text, name, exported_on=day))
    mistaken = looked_at(engine, HEAD + "D9999,Slip,Ana,Acme,Won,9" + ",,,,,,,,,," + "\n")
    undo_import(engine, commit(engine, mistaken)["batch_id"], scope=OWNER)
    _add_rows(engine, chance)


EXPORTS = (date(2024, 3, 1), date(2026, 6, 30), date(2026, 11, 20))
FIRST_DAYS = (date(2023, 11, 1), date(2024, 2, 1), date(2026, 1, 15), date(2026, 9, 25))


def deals(chance: random.Random, turn: int) -> str:
    """One export: the deals created until then, each in the state it has on that day."""
    return HEAD + "".join(_deal(chance, number, turn) for number in range(40 * (turn + 1)))


def _deal(chance: random.Random, number: int, turn: int) -> str:
    created = FIRST_DAYS[min(number // 40 + number % 2, 3)] + timedelta(days=number % 23)
    closing = created + timedelta(days=chance.randrange(75))
    stage = chance.choice(("Won", "Won", "Won", "Lost", "Proposal", "Open"))
    recurring = chance.random() < 0.5
    cells = (
        f"D{number:03d}",
        chance.choice(("Renewal", "Übergang", "=1+1", "")),
        chance.choice(("Ana", "Ben", "Cy", "Eve Öz", "Fay", "Gus", "Ines", "Dana", "")),
        chance.choice(("Acme", "Birch", "Cedar", "Dogwood", "")),
        stage,
        chance.choice(("", "0", "-12.35", _money(chance), _money(chance), _money(chance))),
        _money(chance) if recurring else "",
        chance.choice(("", "99.99")) if recurring else "",
        chance.choice(("", "12", "36")) if recurring else "",
        created,
        closing if chance.random() < 0.9 else "",
        min(closing, EXPORTS[turn]) if stage in ("Won", "Lost") and chance.random() < 0.6 else "",
        chance.choice(("Fibre", "Racks", "Lake", "Oddment", "")),
        chance.choice(("", "", "Cloud", "Voice")),
        chance.choice(("Direct", "Partner", "")),
        "CHF" if number % 12 == 11 else "EUR" if number % 6 == 5 else "",
    )
    return ",".join(map(str, cells)) + "\n"


def _money(chance: random.Random) -> str:
    return str(Decimal(chance.randrange(1, 10_000_000)) / 100)


def _add_rows(engine: DuckDBEngine, chance: random.Random) -> None:
    """What no file carries: splits over people and lines, another basis, a named role."""
    spring, autumn = date(2026, 3, 1), date(2026, 10, 15)
    credits: list[tuple[Any, ...]] = []
    lines: list[tuple[Any, ...]] = []
    for number in range(0, DEALS, 5):
        shares = chance.choice(SHARES)
        people = chance.sample(("ana", "ben", "cy", "fay", "noor"), len(shares))
        until = chance.choice((ALWAYS[1], spring, autumn))
        pairs = zip(people, shares, strict=True)
        credits += [(f"D{number:03d}", who, Decimal(s), ALWAYS[0], until) for who, s in pairs]
    for number in range(0, DEALS, 4):
        # Fibre and Node are of one line, Oddment and Spare of none.
        chosen = chance.sample(("fibre", "node", "racks", "lake", "oddment", "spare"), 3)
        since = chance.choice((ALWAYS[0], spring, autumn))
        amounts = [Decimal(chance.randrange(-5_000, 900_000)) / 100 for _ in chosen]
        pairs = zip(chosen, amounts, strict=True)
        lines += [(f"D{number:03d}", what, since, ALWAYS[1], usd) for what, usd in pairs]
    mrr = [("ana", date(2026, month, 1), "", "mrr", Decimal(month) / 3) for month in (10, 11, 12)]
    rates = [("EUR", "1.08", ALWAYS[0], spring), ("EUR", "1.1725", spring, ALWAYS[1])]
    said = [("SetManager", '{"person_id": "eve-oz"}'), ("SetRate", '{"currency": "EUR"}')]
    with engine.transaction() as cursor:
        cursor.executemany(
            "insert into exchange_rate values (?, ?, ?, ?, 'command', null, ?, null)",
            [(*row, AT) for row in rates],
        )
        cursor.executemany(
            "insert into audit_log (happened_at, actor, command, payload) values (?, ?, ?, ?)",
            [(LATE, "owner", *row) for row in said],
        )
        cursor.executemany(
            "insert into deal_credit values (?, ?, ?, ?, ?, 'command', null, ?, null)",
            [(*row, AT) for row in credits],
        )
        cursor.executemany(
            "insert into deal_line values (?, ?, ?, ?, ?, null, 'command', null, ?, null)",
            [(*row, AT) for row in lines],
        )
        cursor.executemany(
            "insert into quota values (?, ?, ?, ?, ?, ?, ?, 'command', null, ?, null)",
            [(*row, *ALWAYS, AT) for row in mrr],
        )
        cursor.execute("update person_role set superseded_at = ? where person_id = 'sol'", [LATE])
        cursor.execute(
            "insert into person_role values ('sol', 'operations', ?, ?, 'command', null, ?, null)",
            [*ALWAYS, LATE],
        )
        cursor.execute(
            "insert into setting values ('time_zone', 'Europe/Vienna', null, ?, null),"
            " ('time_zone', 'UTC', null, ?, ?)",
            [LATE, AT, LATE],
        )
    _add_aims(engine, spring, autumn)
    _add_plans(engine, autumn)


def _add_aims(engine: DuckDBEngine, spring: date, autumn: date) -> None:
    """Leaves, part time, and what people set out to do."""
    spells = [("ana", "leave", 0, spring, autumn), ("ben", "part time", "0.6", autumn, ALWAYS[1])]
    aims = [("ana", "Call", "year", 40), ("ben", "call", "day", 2), ("cy", "Call", "week", 9)]
    aims += [(who, "new pipeline", "quarter", "123456.78") for who in ("ana", "fay", "noor")]
    with engine.transaction() as cursor:
        cursor.executemany(
            "insert into person_capacity values (?, ?, ?, ?, ?, 'command', null, ?, null)",
            [(*row, AT) for row in spells],
        )
        cursor.executemany(
            "insert into objective values (?, ?, ?, ?, ?, ?, 'command', null, ?, null)",
            [(*row, spring, ALWAYS[1], AT) for row in aims],
        )


def _add_plans(engine: DuckDBEngine, autumn: date) -> None:
    """Realignments on trial: two of directors, one of the owner, with moves, rules and deals."""
    plans = [
        ("p1", "After Ana", "dana", "draft", True, autumn, "split", ALWAYS[1], "rebased"),
        ("p2", "West", "noor", "submitted", False, date(2026, 12, 1), "move", None, "kept"),
        ("p3", "Owner's", "", "published", False, autumn, "stay", None, "kept"),
    ]
    moves = [
        ("p1", "account", "acme", "south", "ana"), ("p1", "module", "west", "ben", "fay"),
        ("p1", "person", "elm", "cy", ""), ("p2", "account", "cedar", "west", "ben"),
        ("p3", "module", "north", "cy", "eve-oz"),
    ]  # fmt: skip
    rules = [("p1", "lock", "birch", "", "licence"), ("p1", "forbid", "cedar", "ana", "")]
    views = [
        ("v1", "My quarter", "", "attainment", "", False, True),
        ("v2", "Noor's, Cloud", "noor", "funnel", "person=Noor&product_line=Cloud", True, True),
        ("v3", "Mine", "dana", "attainment", "period=2026-Q4", False, True),
        ("v4", "Äußeres", "ana", "quotas", "period=2026", True, False),
        ("v5", "Of somebody gone", "zoe", "area", "", True, False),
    ]
    bases = [("ana", "99201"), ("ben", "83702"), ("cy", "97204"), ("fay", "nowhere")]
    with engine.transaction() as cursor:
        cursor.executemany(
            "insert into scenario values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, null)",
            [(*plan, autumn, 9, AT) for plan in plans],
        )
        cursor.executemany(
            "insert into scenario_move values (?, ?, ?, ?, ?, ?, null)",
            [(*move, AT) for move in moves],
        )
        cursor.executemany(
            "insert into scenario_rule values (?, ?, ?, ?, ?, ?, null)",
            [(*rule, AT) for rule in rules],
        )
        cursor.executemany(
            "insert into identity values ('https://sso.example', ?, ?, ?, ?, null)",
            [("1", "ana", "ana@a.example", AT), ("2", "noor", "noor@a.example", LATE)],
        )
        cursor.execute(
            "insert into person_access values ('ben', false, null, ?, null),"
            " ('noor', true, 'operations', ?, null)",
            [AT, AT],
        )
        cursor.executemany(
            "insert into saved_view values (?, ?, ?, ?, ?, ?, ?, ?, null)",
            [(*view, AT) for view in views],
        )
        cursor.execute("insert into scenario_deal values ('p1', 'D001', 'stay', ?, null)", [AT])
        cursor.executemany(
            "update person set base_zip = ? where person_id = ?",
            [(base, person_id) for person_id, base in bases],
        )
        cursor.execute(
            "insert into setting values ('visits in Enterprise', '12', null, ?, null),"
            " ('weight_travel', '25', null, ?, null), ('ramp', '0,50', null, ?, null)",
            [AT, AT, AT],
        )
