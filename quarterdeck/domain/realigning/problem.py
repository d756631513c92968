"""What is to be realigned, and what does an answer hold?"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from typing import TypeVar

NOBODY = -1
POTENTIAL, WORKLOAD, MOVES, CAPACITY = "potential", "workload", "moves", "capacity"
MEASURES = (POTENTIAL, WORKLOAD)

_Item = TypeVar("_Item")


class Reason(StrEnum):
    """Why a limit cannot be met."""

    BOUND = "bound"
    """What is locked, pinned or allowed to nobody else is beyond the limit by itself."""
    LARGE = "large"
    """One account is larger than the limit of everyone who may own it."""
    FEW = "few"
    """All that may ever come to this executive is less than the limit."""
    OTHERS = "others"
    """What others hold beyond their limits, or lack, leaves too little or too much here."""
    CAPPED = "capped"
    """The cap on moves is used up."""
    LUMPY = "lumpy"
    """Proven: no division of these accounts misses less in all."""
    UNPROVEN = "unproven"
    """Nothing better was found; that there is nothing is not proven."""
    FORCED = "forced"
    """So many accounts must move that the cap on moves is passed by them alone."""
    ABSENT = "absent"
    """Accounts that are bound to an executive without capacity."""
    UNOWNED = "unowned"
    """Accounts that nobody with capacity may own: they stay with who has them, or with nobody."""
    EMPTY = "empty"
    """There is nothing of it to share, so it limits nobody."""


@dataclass(frozen=True)
class Problem:
    """Accounts, executives and the limits of a realignment; places count from 0.

    `current` is the place of each account's owner, -1 for nobody: such an account must be given to
    somebody, which costs nothing and counts as a move. `allowed` holds places, () for everyone with
    capacity. A lock or a pin outranks capacity. `capacity` is a share of a whole position, 0 to 1;
    `cost` what it costs to move an account away from its owner, in any unit. `miles` from each
    account to each executive cost `mile_cost` each: those more than to the owner of today are
    added to the cost of a move, those fewer taken off. Each executive is to get potential and
    workload within her share times 1 ± the tolerance.

    Raises ValueError, in plain words, for what cannot be meant.
    """

    accounts: tuple[str, ...]
    executives: tuple[str, ...]
    current: tuple[int, ...]
    potential: tuple[float, ...]
    workload: tuple[float, ...]
    revenue: tuple[float, ...]
    cost: tuple[float, ...]
    capacity: tuple[float, ...]
    allowed: tuple[tuple[int, ...], ...]
    locked: tuple[bool, ...]
    pinned: tuple[int, ...] = ()
    miles: tuple[tuple[float, ...], ...] = ()
    tol_potential: Fraction = Fraction(1, 10)
    tol_workload: Fraction = Fraction(3, 20)
    most_moves: int | None = None
    mile_cost: float = 0.0

    def __post_init__(self) -> None:
        _check_sizes(self)
        _check_numbers(self)
        _check_owners(self)


@dataclass(frozen=True)
class Miss:
    """A limit that is not met: whose, of what, by how much, and why.

    `load`, `share` and `limit` are in the unit of the measure; `by` is how far the load lies beyond
    the limit, as a ratio of the share (for moves a count, for capacity a ratio of a whole share).
    `part` is the evidence: what is bound, may come or is large, as a ratio of the share; `account`
    the place of the large one. `executive` is None where it concerns everyone. With `by` 0 nothing
    is missed: it says why a measure limits nobody.
    """

    executive: int | None
    measure: str
    load: float
    share: float
    limit: float
    by: float
    why: Reason
    part: float | None = None
    account: int | None = None

    @property
    def is_above(self) -> bool:
        return self.load > self.limit


@dataclass(frozen=True)
class Answer:
    """Who is to own each account, what that costs, and how good it is.

    `owner` holds places, -1 where nobody may. `cost` is that of all moves, `bound` what no other
    answer that misses as little can go below; `gap` is (cost - bound) / cost: 0 is proven best.
    `beyond` is all that lies beyond limits, in whole shares, and `beyond_bound` what of it is
    proven to be unavoidable; it is 0 wherever a plan within all limits is known.
    """

    owner: tuple[int, ...]
    moved: tuple[int, ...]
    cost: float
    bound: float | None
    gap: float | None
    is_within: bool
    misses: tuple[Miss, ...]
    by: str
    beyond: float = 0.0
    beyond_bound: float | None = None


@dataclass(frozen=True)
class Progress:
    """How far it is: the part of the time that is used, and the best known by then."""

    stage: str
    used: float
    cost: float
    bound: float | None
    gap: float | None
    answer: Answer | None = None


def usual_cost(
    revenue: Sequence[float], relationship: Sequence[float] = (), *, each: float = 3.0
) -> tuple[float, ...]:
    """What moving each account costs: `each`, plus its revenue over the mean one, plus the bond.

    `relationship` says from 0 to 1 how strong the bond of owner and account is; () for unknown.
    The usual `each` weighs a move by itself as much as the revenue of three mean accounts.
    """
    known = [max(amount, 0.0) for amount in revenue]
    mean = math.fsum(known) / len(known) if known else 0.0
    bonds = relationship or [0.0] * len(known)
    return tuple(
        each + (amount / mean if mean else 0.0) + bond
        for amount, bond in zip(known, bonds, strict=True)
    )


def pin(problem: Problem, account: int, place: int) -> Problem:
    """The same with this account to be owned by the executive at this place."""
    pinned = problem.pinned or (NOBODY,) * len(problem.accounts)
    return replace(problem, pinned=_put(pinned, account, place))


def forbid(problem: Problem, account: int, place: int) -> Problem:
    """The same without this executive among those who may own the account.

    Raises ValueError where nobody else may: an empty list would allow everyone.
    """
    seats = range(len(problem.executives))
    known = problem.allowed[account] or tuple(seat for seat in seats if problem.capacity[seat] > 0)
    left = tuple(seat for seat in known if seat != place)
    if not left:
        raise ValueError(f"Nobody else may own account {problem.accounts[account]}.")
    return replace(problem, allowed=_put(problem.allowed, account, left))


def _put(items: tuple[_Item, ...], place: int, item: _Item) -> tuple[_Item, ...]:
    return (*items[:place], item, *items[place + 1 :])


def _check_sizes(problem: Problem) -> None:
    size, seats = len(problem.accounts), len(problem.executives)
    for name in ("current", "potential", "workload", "revenue", "cost", "allowed", "locked"):
        _check_length(name, getattr(problem, name), size, "accounts")
    for name in ("pinned", "miles"):
        if getattr(problem, name):
            _check_length(name, getattr(problem, name), size, "accounts")
    _check_length("capacity", problem.capacity, seats, "executives")
    for account, row in zip(problem.accounts, problem.miles, strict=False):
        _check_length(f"miles of account {account}", row, seats, "executives")
    for word, names in (("accounts", problem.accounts), ("executives", problem.executives)):
        if len(set(names)) < len(names):
            twice = next(name for place, name in enumerate(names) if name in names[:place])
            raise ValueError(f"Two {word} are called {twice}.")


def _check_length(name: str, items: Sequence[object], size: int, of_what: str) -> None:
    if len(items) != size:
        raise ValueError(f"There are {size} {of_what} and {len(items)} values in {name}.")


def _check_numbers(problem: Problem) -> None:
    for name in ("potential", "workload", "cost"):
        _check_amounts(name, getattr(problem, name), problem.accounts)
    _check_amounts("capacity", problem.capacity, problem.executives)
    over = [place for place, share in enumerate(problem.capacity) if share > 1]
    if over:
        raise ValueError(f"The capacity of {problem.executives[over[0]]} is more than 1, a whole.")
    lost = [place for place, amount in enumerate(problem.revenue) if not math.isfinite(amount)]
    if lost:
        raise ValueError(f"The revenue of {problem.accounts[lost[0]]} is no number.")
    for account, row in zip(problem.accounts, problem.miles, strict=False):
        _check_amounts("miles", row, (account,) * len(row))
    _check_amounts("mile_cost", (problem.mile_cost,), ("a mile",))
    if min(problem.tol_potential, problem.tol_workload) < 0:
        raise ValueError("A tolerance cannot be negative.")
    if problem.most_moves is not None and problem.most_moves < 0:
        raise ValueError("The cap on moves cannot be negative.")


def _check_amounts(name: str, amounts: Iterable[float], owners: Sequence[str]) -> None:
    for owner, amount in zip(owners, amounts, strict=True):
        if not math.isfinite(amount) or amount < 0:
            raise ValueError(f"The {name} of {owner} is {amount}: it must be 0 or more.")


def _check_owners(problem: Problem) -> None:
    seats = len(problem.executives)
    pinned = problem.pinned or (NOBODY,) * len(problem.accounts)
    for place, account in enumerate(problem.accounts):
        owner, pin_to = problem.current[place], pinned[place]
        for seat in (owner, pin_to, *problem.allowed[place]):
            if not (NOBODY <= seat < seats) or (seat == NOBODY and seat in problem.allowed[place]):
                raise ValueError(f"Account {account} names executive {seat} of {seats}.")
        if problem.locked[place] and owner == NOBODY:
            raise ValueError(f"Account {account} is locked, but nobody owns it.")
        if problem.locked[place] and pin_to not in (NOBODY, owner):
            raise ValueError(f"Account {account} is locked, and pinned to somebody else.")
        known = problem.allowed[place]
        if pin_to not in (NOBODY, owner if problem.locked[place] else NOBODY, *known) and known:
            raise ValueError(f"Account {account} is pinned to somebody who may not own it.")
