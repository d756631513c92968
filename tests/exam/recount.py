"""Attainment counted by hand from the raw files: csv and Decimal, and nothing of the product."""

from __future__ import annotations

import csv
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path


@dataclass(frozen=True)
class Books:
    """Won deals as (executive, closing day, amount), and who manages whom."""

    won: tuple[tuple[str, date, Decimal], ...]
    manager_of: dict[str, str]

    @property
    def executives(self) -> list[str]:
        return sorted(self.manager_of)

    @property
    def managers(self) -> list[str]:
        return sorted(set(self.manager_of.values()))


def read(folder: Path) -> Books:
    with (folder / "sales_pipeline.csv").open(newline="", encoding="utf-8") as file:
        won = tuple(
            (row["sales_agent"], date.fromisoformat(row["close_date"]), Decimal(row["close_value"]))
            for row in csv.DictReader(file)
            if row["deal_stage"] == "Won"
        )
    with (folder / "sales_teams.csv").open(newline="", encoding="utf-8") as file:
        return Books(won, {row["sales_agent"]: row["manager"] for row in csv.DictReader(file)})


def attainment(
    books: Books, first: date, last: date, as_of: date, people: list[str]
) -> dict[str, tuple[int, Decimal]]:
    """Name → (won deals, booked) for everyone in sight, and "All"; nobody named means everyone.

    A manager named brings the team along. What closed after `as_of` has not happened.
    """
    seen = {
        who
        for who, manager in books.manager_of.items()
        if not people or {who, manager} & set(people)
    }
    rows = set(seen) | {manager for manager in books.managers if not people or manager in people}
    found: dict[str, list[Decimal]] = defaultdict(list)
    for who, day, amount in books.won:
        if who in seen and first <= day <= min(last, as_of):
            for name in {who, books.manager_of[who]} & rows | {"All"}:
                found[name].append(amount)
    return {name: (len(found[name]), sum(found[name], Decimal("0.00"))) for name in rows | {"All"}}


def days_of(word: str) -> tuple[date, date]:
    """The days of 2017, 2017-Q3, 2017-08 or 2017-08-03..2017-09-17, by arithmetic."""
    if ".." in word:
        first, last = word.split("..")
        return date.fromisoformat(first), date.fromisoformat(last)
    year, _, part = word.partition("-")
    start, length = 1, 12
    if part.startswith("Q"):
        start, length = 3 * int(part[1]) - 2, 3
    elif part:
        start, length = int(part), 1
    end = int(year) * 12 + start - 1 + length
    after = date(end // 12, end % 12 + 1, 1)
    return date(int(year), start, 1), date.fromordinal(after.toordinal() - 1)
