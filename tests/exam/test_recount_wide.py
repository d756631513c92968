"""Do coverage, win rate, quotas and lines equal a count from raw rows, whatever is chosen?"""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from quarterdeck.cli import main
from tests.exam import figures
from tests.exam import recount_wide as raw

pytestmark = pytest.mark.exam
SEED = 20261120
TODAY = date(2027, 1, 31)
MONEY = ("booked_usd", "due_usd", "quota_usd", "gap_usd")
RATIOS = ("win_rate", "attainment", "coverage", "coverage_full")
Answer = Callable[[str, raw.Asked], list[dict[str, Any]]]


def settings(number: int) -> list[raw.Asked]:
    """Random settings of every filter, alone and together."""
    dice = random.Random(SEED)
    found = []
    for _ in range(number):
        first = date(2026, 1, 1) + timedelta(days=dice.randrange(340))
        first = dice.choice((first, date(2026, 10, 1), date(2026, 1, 1)))
        last = dice.choice((first + timedelta(days=dice.randrange(150)), date(2026, 12, 31)))
        found.append(
            raw.Asked(
                first,
                max(first, last),
                raw.EXPORTED + timedelta(days=dice.choice((0, 1, 5, 5, 30))),
                people=tuple(dice.sample(list(raw.MANAGER_OF), dice.choice((0, 0, 0, 1, 2)))),
                modules=dice.choice(((), (), (), ("North",), ("North", "South"))),
                lines=tuple(dice.sample(raw.LINES[:3], dice.choice((0, 0, 1, 2)))),
                channels=dice.choice(((), (), (), ("Partner",), ("Direct", "Partner"))),
                strategic=dice.random() < 0.2,
                basis=dice.choice(("amount", "amount", "amount", "tcv", "mrr", "acv")),
            )
        )
    return found


@pytest.fixture
def answer(path: Path, capsys: pytest.CaptureFixture[str]) -> Answer:
    def told(name: str, asked: raw.Asked) -> list[dict[str, Any]]:
        flags = [part for word in asked.words() for part in ("--set", word)]
        known = ["--db", str(path), "--today", str(TODAY)]
        assert main([*known, "answer", name, *flags, "--json"]) == 0, asked
        found = json.loads(capsys.readouterr().out)
        titles = [column["name"] for column in found["columns"]]
        return [dict(zip(titles, row, strict=True)) for row in found["rows"]]

    return told


def money(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def told(row: dict[str, Any]) -> tuple[object, ...]:
    ratios = [None if row[name] is None else round(float(row[name]), 9) for name in RATIOS]
    return (row["won_deals"], row["lost_deals"], *(money(row[name]) for name in MONEY), *ratios)


def test_attainment_in_full_equals_a_count_from_raw_rows(
    books: tuple[list[raw.Row], list[raw.Row]], answer: Answer
) -> None:
    asked = settings(figures.sized(20, 200))
    covered = 0
    for each in asked:
        found = {row["person_name"]: told(row) for row in answer("attainment", each)}
        expected = {name: one.told(each) for name, one in raw.standings(*books, each).items()}
        assert found == expected, each
        covered += sum(row[-2] is not None for row in found.values())
    assert covered > len(asked)
    figures.record(
        "Booked, quota, gap, coverage and win rate equal a count from raw rows",
        f"{len(asked)} random settings of all filters, {covered} coverages among them, 0 differ",
    )


def test_every_cell_of_the_map_equals_a_count_from_raw_rows(
    books: tuple[list[raw.Row], list[raw.Row]], answer: Answer
) -> None:
    asked = settings(figures.sized(20, 200))
    for each in asked:
        found = {
            (row["person_name"], row["product_line"]): (
                Decimal(row["booked_usd"]), money(row["line_quota_usd"]),
            )
            for row in answer("attainment_by_line", each)
            if row["product_line"]
        }  # fmt: skip
        assert found == raw.cells(*books, each), each
    figures.record(
        "Each person's booked and quota in each product line equal a count from raw rows",
        f"{len(asked)} random settings of all filters, 0 differ",
    )
