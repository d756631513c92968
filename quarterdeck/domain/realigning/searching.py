"""Which plan moves little and keeps the limits, found without a solver?

A tabu search over one shift of an account, or two at once, with limits at prices: they rise where a
limit is missed and nothing helps, and fall where it is kept (strategic oscillation, Glover 1989).
It draws with a fixed seed and never looks at a clock: the same problem gets the same answer.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from quarterdeck.domain.realigning.answering import answered
from quarterdeck.domain.realigning.bounding import Prices, prices
from quarterdeck.domain.realigning.ground import Ground, at_home, ground
from quarterdeck.domain.realigning.pairs import NONE, Pairs, Standing, best_step, lowest
from quarterdeck.domain.realigning.problem import Answer, Problem
from quarterdeck.domain.realigning.table import Flags, Floats, Places, table

GOOD_ENOUGH = 0.02
SEED = 20260704
_NEAR, _HELPFUL, _WIDER = 150, 60, 1.6
_DRAWN_FROM = 2.0
_REST, _SPREAD = 7, 5
_RISE, _FALL = 2.0, 0.6
_LOWEST, _HIGHEST = 0.2, 60.0
_PATIENCE, _KICKED = 40, 15
_KICKED_THERE = 0.6
_KICKED_PRICES = (0.6, 1.2)


@dataclass
class Found:
    """The best plan so far: what lies beyond limits, its cost, and its seats."""

    value: tuple[float, float]
    seat: Places

    def take(self, value: tuple[float, float], seat: Places) -> bool:
        """Whether this one is better, and then it is kept."""
        if value >= self.value:
            return False
        self.value, self.seat = value, seat.copy()
        return True


@dataclass(frozen=True)
class Walked:
    """What a walk came to: the best plan, and a bound of the cost within limits."""

    found: Found
    bound: float


def search(problem: Problem, *, stop: threading.Event | None = None) -> Answer:
    """A good plan by local search, with a bound where it keeps all limits.

    The cap on moves, locks, pins and allowed owners hold throughout; least beyond the limits comes
    before least cost.
    """
    free = ground(table(problem))
    if not free.size:
        beyond, cost = free.value(np.empty(0, np.intp))
        return answered(problem, free.bound, by="search", bound=cost, beyond_bound=beyond)
    walk = walked(free, stop.is_set if stop else _never)
    return answered(problem, free.owner(walk.found.seat), by="search", bound=walk.bound)


def walked(free: Ground, is_over: Callable[[], bool]) -> Walked:
    """What a walk over the free accounts comes to, or came to when it was over."""
    priced = prices(free)
    walk = _Walk(free, priced)
    steps = min(60 + 4 * free.size, 240) + free.size // 40
    for step in range(steps + steps // 2):
        is_enough = step >= steps and not walk.found.value[0]
        if is_enough or walk.is_good() or is_over():
            break
        walk.take_step(step, wider=1.0 if step < steps else _WIDER)
    return Walked(walk.found, priced.bound)


def _never() -> bool:
    return False


class _Walk:
    def __init__(self, free: Ground, priced: Prices) -> None:
        self._free, self._priced = free, priced
        self._chance = np.random.default_rng(SEED)
        self._weight = free.table.weight[:, None]
        costs = free.price[np.isfinite(free.price) & (free.price > 0)]
        usual = float(np.median(costs)) if costs.size else 1.0
        self._usual = 1.2 * priced.steepest + usual
        self._prices = np.full(free.low.shape, self._usual)
        home = at_home(free)
        self.found = Found(self._free.value(home), home)
        self._seat = self._start(home)
        self.found.take(self._free.value(self._seat), self._seat)
        self._rests_until = np.zeros(free.size, np.intp)
        self._ahead: tuple[float, Places] = (np.inf, self._seat)
        self._idle = 0

    def is_good(self) -> bool:
        """Whether the best plan is near its bound, or nothing is to be done."""
        missed, cost = self.found.value
        if missed:
            return False
        gap = cost - self._priced.bound
        return gap <= max(GOOD_ENOUGH * cost if self._free.size > 60 else 0.0, NONE)

    def take_step(self, number: int, *, wider: float = 1.0) -> None:
        """One shift or two: the best that does not undo the last ones, even a bad one.

        So many times more shifts than usual are looked at.
        """
        standing = Standing(self._free, self._seat)
        standing.cost[self._rests_until > number] = np.inf
        value, shifts = self._best(standing, wider)
        if not shifts:
            self._kick(number)
            return
        for account, seat in shifts:
            self._seat[account] = seat
        if value > -NONE:
            self._rest([account for account, _ in shifts], number)
        self._learn(value > -NONE)
        if self._idle >= _PATIENCE:
            self._kick(number)

    def _best(self, standing: Standing, wider: float) -> tuple[float, list[tuple[int, int]]]:
        prices = self._prices * self._weight
        single = standing.cost + standing.strain(prices)
        priced = self._priced.priced
        regret = priced - priced[standing.rows, self._seat][:, None]
        regret = np.where(np.isfinite(standing.cost), regret, np.inf)
        near = lowest(regret, int(_NEAR * wider * _DRAWN_FROM))
        near = self._chance.permutation(near)[: int(_NEAR * wider)]
        pairs = Pairs(standing, np.union1d(near, lowest(single, int(_HELPFUL * wider))))
        if not pairs.chosen.size:
            return np.inf, []
        alone = pairs.picked(single)
        both = pairs.together(alone) + pairs.strain(prices)
        barred, barred_both = self._barred(pairs, standing)
        value, shifts = best_step(
            pairs, np.where(barred, np.inf, alone), np.where(barred_both, np.inf, both)
        )
        return value, shifts if np.isfinite(value) else []

    def _barred(self, pairs: Pairs, standing: Standing) -> tuple[Flags, Flags]:
        return pairs.is_barred(standing.left(), standing.counted())

    def _rest(self, accounts: list[int], number: int) -> None:
        rest = min(_REST, self._free.size // 4)
        for account in accounts:
            self._rests_until[account] = number + 1 + rest + int(self._chance.integers(_SPREAD))

    def _learn(self, is_stuck: bool) -> None:
        """Keep the best, and price the limits anew where nothing helps at these prices."""
        value = self._free.value(self._seat)
        self.found.take(value, self._seat)
        priced = value[1] + 3 * self._usual * value[0]
        self._idle += 1
        if priced < self._ahead[0] - NONE:
            self._ahead, self._idle = (priced, self._seat.copy()), 0
        if is_stuck:
            missed = self._free.beyond(self._seat) > 0
            changed = self._prices * np.where(missed, _RISE, 1.0 if missed.any() else _FALL)
            self._prices = np.clip(changed, _LOWEST * self._usual, _HIGHEST * self._usual)

    def _kick(self, number: int) -> None:
        """Back to the plan that was ahead, with other prices and one large account elsewhere."""
        self._idle = 0
        self._seat = self._ahead[1].copy()
        self._prices[:] = self._usual * self._chance.uniform(*_KICKED_PRICES)
        self._rests_until[:] = 0
        large = (self._free.amounts * self._weight).sum(axis=0)
        missed = (self._free.beyond(self._seat).sum(axis=0) > 0)[self._seat]
        if self._chance.random() < _KICKED_THERE and (large * missed).any():
            large = large * missed
        account = int(self._chance.choice(self._free.size, p=_shares(large)))
        others = self._free.options[account].copy()
        others[self._seat[account]] = False
        to = int(np.where(others, self._priced.priced[account], np.inf).argmin())
        changed = self._seat.copy()
        changed[account] = to
        if others.any() and self._free.moves(changed) <= self._free.cap:
            self._seat = changed
            self._rests_until[account] = number + _KICKED

    def _start(self, home: Places) -> Places:
        """The owner that is near for each account, and home again for the worst over the cap."""
        priced = self._priced.priced
        seat: Places = priced.argmin(axis=1)
        over = self._free.moves(seat) - self._free.cap
        if over > 0:
            rows = np.arange(len(seat))
            may = (seat != self._free.home) & (self._free.home >= 0)
            gain = np.where(may, priced[rows, np.maximum(home, 0)] - priced[rows, seat], np.inf)
            back = np.argsort(gain, kind="stable")[:over]
            seat[back] = home[back]
        return seat


def _shares(sizes: Floats) -> Floats:
    total = float(sizes.sum())
    return sizes / total if total > 0 else np.full(len(sizes), 1 / len(sizes))
