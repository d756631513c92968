"""What is there to decide: the accounts that more than one executive may own?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from quarterdeck.domain.realigning.problem import NOBODY
from quarterdeck.domain.realigning.table import Flags, Floats, Places, Table


@dataclass(frozen=True)
class Ground:
    """The f free accounts and the s executives with capacity, whose seats count from 0.

    As in Table, of free accounts alone; `base` (2, s) is what everyone holds anyway, and `bound`
    the owners of all accounts with the free ones at nobody. `home` is -1 where an account has to
    move. `fixed_cost` is the cost of what is bound.
    """

    table: Table
    accounts: Places
    seats: Places
    bound: Places
    home: Places
    options: Flags
    price: Floats
    amounts: Floats
    base: Floats
    low: Floats
    high: Floats
    cap: int
    fixed_cost: float

    @property
    def size(self) -> int:
        return len(self.accounts)

    def loads(self, seat: Places) -> Floats:
        """What each seat holds, (2, s)."""
        seats = len(self.seats)
        return self.base + np.stack([np.bincount(seat, row, seats) for row in self.amounts])

    def owner(self, seat: Places) -> Places:
        """The owners of all accounts, places of executives."""
        owner = self.bound.copy()
        owner[self.accounts] = self.seats[seat]
        return owner

    def seat(self, owner: Places) -> Places:
        """The seats of the free accounts."""
        back = np.full(self.table.seats, NOBODY, np.intp)
        back[self.seats] = np.arange(len(self.seats))
        return back[owner[self.accounts]]

    def beyond(self, seat: Places) -> Floats:
        """How far each seat lies beyond its limits, in whole shares, (2, s)."""
        loads = np.zeros((2, self.table.seats))
        loads[:, self.seats] = self.loads(seat)
        return self.table.beyond(loads)[:, self.seats]

    def value(self, seat: Places) -> tuple[float, float]:
        """What lies beyond limits in all, and the cost: less is better, in this order."""
        cost = self.price[np.arange(len(seat)), seat].sum()
        return float(self.beyond(seat).sum()), float(cost) + self.fixed_cost

    def moves(self, seat: Places) -> int:
        """How many of those leave home who may stay."""
        return int(((seat != self.home) & (self.home >= 0)).sum())


def ground(table: Table) -> Ground:
    """What is free in a table."""
    many = table.options.sum(axis=1) > 1
    accounts, seats = np.flatnonzero(many), np.flatnonzero(table.has_capacity)
    bound = np.where(table.options.any(axis=1), _only(table), table.home)
    bound[accounts] = NOBODY
    corner = np.ix_(accounts, seats)
    home = _home(table, accounts, seats)
    return Ground(
        table=table, accounts=accounts, seats=seats, bound=bound, home=home,
        options=table.options[corner], price=table.price[corner],
        amounts=table.amounts[:, accounts], base=table.loads(bound)[:, seats],
        low=table.low[:, seats], high=table.high[:, seats],
        cap=len(accounts) if table.cap is None else table.cap,
        fixed_cost=_fixed_cost(table, bound),
    )  # fmt: skip


def at_home(ground: Ground) -> Places:
    """The plan with the fewest moves: who must leave goes, the largest first, where most is left.

    Seats of the free accounts.
    """
    seat = ground.home.copy()
    if not ground.size:
        return seat
    weight = ground.table.weight[:, None]
    room = _fair(ground) * weight - (ground.loads(np.maximum(seat, 0)) * weight)
    leaving = np.flatnonzero(seat < 0)
    room[:, 0] += (ground.amounts[:, leaving] * weight).sum(axis=1)
    sizes = (ground.amounts * weight).sum(axis=0)
    for account in leaving[np.argsort(-sizes[leaving], kind="stable")]:
        left = np.where(ground.options[account], room.sum(axis=0), -np.inf)
        seat[account] = int(left.argmax())
        room[:, seat[account]] -= ground.amounts[:, account] * ground.table.weight
    return seat


def _fair(ground: Ground) -> Floats:
    return ground.table.fair[:, ground.seats]


def _only(table: Table) -> Places:
    if not table.seats:
        return np.full(len(table.home), NOBODY, np.intp)
    first: Places = table.options.argmax(axis=1)
    return first


def _home(table: Table, accounts: Places, seats: Places) -> Places:
    back = np.full(table.seats + 1, NOBODY, np.intp)
    back[seats] = np.arange(len(seats))
    home = table.home[accounts]
    may_stay = (home >= 0) & table.options[accounts, home]
    return np.where(may_stay, back[home], NOBODY)


def _fixed_cost(table: Table, bound: Places) -> float:
    held = np.flatnonzero((bound >= 0) & (bound != table.home))
    return float(table.price[held, bound[held]].sum())
