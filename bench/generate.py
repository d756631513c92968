"""Which deals do the benches read? Invented ones, the same on every machine.

python -m bench.generate --rows 1000000 --csv deals.csv
python -m bench.generate --rows 1000000 --db deals.duckdb
"""

from __future__ import annotations

import argparse
import csv
import random
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

from quarterdeck import catalog
from quarterdeck.engine import Cursor, DuckDBEngine, run

SEED = 20261125
LAST_DAY = date(2026, 11, 20)
AT = datetime.fromisoformat("2026-11-20 08:00")
STATEMENTS = Path(__file__).parent / "statements"
HEADER = (
    *("Opportunity ID", "Opportunity Name", "Account Name", "Opportunity Owner", "Stage"),
    *("Amount", "Created Date", "Close Date", "Product Family", "Lead Source"),
    *("Probability (%)", "Next Step"),
)
STAGES = (
    ("Prospecting", 10, 16),
    ("Qualification", 25, 12),
    ("Proposal", 50, 10),
    ("Negotiation", 75, 6),
    ("Closed Won", 100, 22),
    ("Closed Lost", 0, 34),
)
LINES = ("Cloud", "Hosting", "Managed services", "Data", "IP")
SOURCES = ("Referral", "Web", "Event", "Partner", "Outbound", "")
STEPS = ("Send the offer", "Call the buyer", "Wait for legal", "Show it on site", "")
WHAT = ("fibre ring", "racks", "backup", "move to the cloud", "voice", "second site", "renewal")
FIRST = ("Alma", "Ben", "Carys", "Dario", "Esme", "Finn", "Greta", "Hugo", "Iris", "Jonas")
LAST = ("Abel", "Birk", "Crane", "Dahl", "Ekker", "Frost")
TREES = ("Acorn", "Birch", "Cedar", "Dogwood", "Elm", "Fir", "Gingko", "Hazel", "Juniper", "Larch")
TRADES = ("Mills", "Foods", "Health", "Freight", "Credit Union", "Schools", "Energy", "Timber")


class Dice:
    """Chance that every version of Python throws alike: only `random()` is promised to stay."""

    def __init__(self, seed: int) -> None:
        self._throw = random.Random(seed).random

    def below(self, number: int) -> int:
        """A whole number from 0 up to, not including, `number`."""
        return int(self._throw() * number)

    def one(self, of: tuple[str, ...]) -> str:
        """One of several texts, each as likely."""
        return of[self.below(len(of))]


def person_names() -> list[str]:
    """Sixty people in six teams: the first of each ten leads the others."""
    return [f"{first} {last}" for last in LAST for first in FIRST]


def deal_rows(number: int) -> Iterator[tuple[str, ...]]:
    """The cells of so many deals, as a CRM would export them."""
    dice = Dice(SEED)
    executives = [name for at, name in enumerate(person_names()) if at % 10]
    weighted = [stage for stage in STAGES for _ in range(stage[2])]
    for at in range(number):
        stage, probability, _ = weighted[dice.below(len(weighted))]
        age = dice.below(1000)
        created = LAST_DAY - timedelta(days=age)
        is_closed = stage.startswith("Closed")
        closing = created + timedelta(
            days=dice.below(age + 1) if is_closed else age + dice.below(200)
        )
        account = dice.below(max(20, number // 25))
        trade = TRADES[account // 10 % 8]
        company = f"{TREES[account % 10]} {trade} {account // 80 + 1}"
        yield (
            f"006{at:012d}",
            f"{company}, {dice.one(WHAT)} {at % 97}",
            company,
            executives[dice.below(len(executives))],
            stage,
            f"{dice.below(25_000_000) / 100:.2f}" if dice.below(50) else "",
            created.isoformat(),
            closing.isoformat(),
            dice.one(LINES),
            dice.one(SOURCES),
            str(probability),
            dice.one(STEPS),
        )


def write_deals(path: Path, number: int) -> Path:
    """A CSV of so many deals and twelve columns; one that stands already is kept."""
    if not path.exists():
        half = path.with_suffix(".half")
        with half.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\r\n")
            writer.writerow(HEADER)
            writer.writerows(deal_rows(number))
        half.replace(path)
    return path


def fill(engine: DuckDBEngine, number: int) -> None:
    """Sixty people with quotas, and so many deals of five versions each, in an empty database."""
    known = {"at": AT, "deals": number, "names": person_names()}
    with engine.transaction() as cursor:
        for name in ("chance", "people", "deals"):
            run(cursor, _steps(name), known)
        run(cursor, catalog.statements("people_derive"), {"batch_id": None, "at": AT})
        _record(cursor)


def _record(cursor: Cursor) -> None:
    said = {"at": AT, "actor": "", "command": "Invented", "payload": "{}"}
    run(cursor, catalog.statements("audit_record"), said)


def _steps(name: str) -> tuple[str, ...]:
    text = (STATEMENTS / f"{name}.sql").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("--")]
    return tuple(step.strip() for step in "\n".join(lines).split(";") if step.strip())


def main() -> None:
    """Write what was asked for."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rows", type=int, default=100_000)
    asked.add_argument("--csv", type=Path)
    asked.add_argument("--db", type=Path)
    given = asked.parse_args()
    if given.csv:
        print(write_deals(given.csv, given.rows))
    if given.db:
        fill(DuckDBEngine(given.db), given.rows)
        print(given.db)


if __name__ == "__main__":
    main()
