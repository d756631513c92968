"""Does the answer equal a count by hand, whatever is asked?"""

from __future__ import annotations

import json
import random
from datetime import date, timedelta
from decimal import Decimal

import pytest

from quarterdeck.cli import main
from tests.conftest import MAVEN
from tests.exam import figures, recount

pytestmark = pytest.mark.exam
SEED = 20171231


def settings(books: recount.Books, number: int) -> list[tuple[str, date, list[str]]]:
    """Random periods, as-of days and people; every kind of period, nobody and managers too."""
    chance = random.Random(SEED)
    everyone = [*books.executives, *books.managers]
    found = []
    for _ in range(number):
        start = date(2017, 1, 15) + timedelta(days=chance.randrange(330))
        period = chance.choice(
            [
                "2017",
                f"2017-Q{chance.randint(1, 4)}",
                f"2017-{chance.randint(1, 12):02d}",
                f"{start}..{start + timedelta(days=chance.randrange(120))}",
            ]
        )
        as_of = chance.choice(
            [date(2026, 11, 25), date(2017, 3, 1) + timedelta(days=chance.randrange(330))]
        )
        found.append((period, as_of, chance.sample(everyone, chance.choice([0, 0, 1, 2, 5]))))
    return found


def test_attainment_equals_a_count_by_hand(maven, capsys):
    books = recount.read(MAVEN)
    asked = settings(books, figures.sized(12, 200))
    for period, as_of, people in asked:
        words = [f"period={period}", f"as_of={as_of}", *(f"person={name}" for name in people)]
        flags = [part for word in words for part in ("--set", word)]
        assert main(["--db", str(maven.path), "answer", "attainment", *flags, "--json"]) == 0
        answer = json.loads(capsys.readouterr().out)
        at = {column["name"]: place for place, column in enumerate(answer["columns"])}
        found = {
            row[at["person_name"]]: (row[at["won_deals"]], Decimal(row[at["booked_usd"]]))
            for row in answer["rows"]
        }
        expected = recount.attainment(books, *recount.days_of(period), as_of, people)
        assert found == expected, words
    figures.record(
        "`answer attainment` equals a count by hand", f"{len(asked)} random settings, 0 differ"
    )
