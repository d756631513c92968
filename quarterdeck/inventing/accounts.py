"""Which invented companies are there, how large, and in whose module?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from quarterdeck.inventing.people import Story, quarter_start
from quarterdeck.inventing.places import Module, Place, modules
from quarterdeck.inventing.words import BACKS, FRONTS, SECTORS

COUNT = 420
STRATEGIC = 12
MOVES = (
    ("Spokane Core", "Spokane Valley"),
    ("Tri-Cities", "Walla Walla"),
    ("Portland", "Salem"),
    ("Panhandle", "Spokane Valley"),
    ("Columbia Basin", "Tri-Cities"),
    ("Seattle", "Eastside"),
)


@dataclass(frozen=True)
class Move:
    """An account given to another module in the middle of a quarter."""

    on: date
    to: str


@dataclass(frozen=True)
class Account:
    account_id: str
    name: str
    industry: str
    place: Place
    module: str
    employees: int
    potential_usd: int
    is_strategic: bool
    moves: tuple[Move, ...] = ()

    def module_on(self, day: date) -> str:
        moved = [move.to for move in self.moves if move.on <= day]
        return moved[-1] if moved else self.module


class Books:
    """Which accounts lie in which modules on a day."""

    def __init__(self, known: tuple[Account, ...]) -> None:
        self.moved = [one for one in known if one.moves]
        self.settled: dict[str, list[Account]] = {}
        for one in known:
            if not one.moves:
                self.settled.setdefault(one.module, []).append(one)

    def held(self, modules: tuple[str, ...], on: date) -> list[Account]:
        settled = [one for module in modules for one in self.settled[module]]
        return settled + [one for one in self.moved if one.module_on(on) in modules]


def accounts(rng: Random, tale: Story) -> tuple[Account, ...]:
    """All of them, no two of one name, in the order of their modules."""
    names = [f"{front}{back}" for front in FRONTS for back in BACKS]
    rng.shuffle(names)
    books = modules()
    sizes = [18 if book.team == "dana" else 16 for book in books]
    for n in range(COUNT - sum(sizes)):
        sizes[-1 - n] += 1
    moves = _moves(rng, tale)
    found: list[Account] = []
    for book, size in zip(books, sizes, strict=True):
        for n in range(size):
            number = len(found) + 1
            moved = moves.get((book.name, n), ())
            found.append(_account(rng, number, names[number - 1], book, n, moved))
    return _with_strategic(found)


def _account(
    rng: Random, number: int, front: str, book: Module, n: int, moved: tuple[Move, ...]
) -> Account:
    sector, industry = rng.choice(SECTORS)
    employees = int(min(9000, max(15, rng.lognormvariate(5.1, 1.1))))
    potential = round(employees * rng.uniform(260, 900) + 20_000, -3)
    return Account(
        f"A-{1000 + number}",
        f"{front} {sector}",
        industry,
        book.places[n % len(book.places)] if n < 2 * len(book.places) else book.places[0],
        book.name,
        employees,
        int(potential),
        False,
        moved,
    )


def _with_strategic(found: list[Account]) -> tuple[Account, ...]:
    """The largest ones, no more than one a module."""
    largest: dict[str, Account] = {}
    for account in found:
        if account.employees > getattr(largest.get(account.module), "employees", 0):
            largest[account.module] = account
    ranked = sorted(largest.values(), key=lambda one: (-one.potential_usd, one.name))
    chosen = {account.name for account in ranked[:STRATEGIC]}
    return tuple(
        Account(**{**vars(account), "is_strategic": account.name in chosen}) for account in found
    )


def _moves(rng: Random, tale: Story) -> dict[tuple[str, int], tuple[Move, ...]]:
    """Some accounts change hands in the middle of a past quarter, the last ones in this one."""
    found: dict[tuple[str, int], tuple[Move, ...]] = {}
    for back, (source, target) in enumerate(reversed(MOVES)):
        start = quarter_start(tale.day)
        for _ in range(back):
            start = quarter_start(start - timedelta(days=1))
        on = min(start + timedelta(days=rng.randint(30, 48)), tale.day)
        for n in range(rng.randint(1, 3)):
            found[source, 5 + n] = (Move(on, target),)
    return found
