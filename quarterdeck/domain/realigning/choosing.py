"""How even can potential become with so many moves?

The choice curve. Its measure is the coefficient of variation of potential per capacity: it counts
every executive, where the largest deviation alone would not tell one who is far off from five. What
workload lies beyond its limits, as a mean of shares, weighs as much: a plan is the better the less
both come to together, but the curve never gives evenness of potential back. Below one percent
potential counts as even, and of plans that differ by less than a twentieth of a percentage point
the cheapest is taken. By local search: nothing is proven of these plans.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from quarterdeck.domain.realigning.answering import answered
from quarterdeck.domain.realigning.balance import imbalance, revenue_moved, variation
from quarterdeck.domain.realigning.ground import Ground, at_home, ground
from quarterdeck.domain.realigning.pairs import NONE, Pairs, Standing, best_step, lowest
from quarterdeck.domain.realigning.problem import Answer, Problem, Progress
from quarterdeck.domain.realigning.table import Floats, Places, table

CURVE = "curve"
EVEN, TIE = 1e-2, 5e-4
_HELPFUL, _ANY = 140, 40
_REST = 9
_STEPS, _STEPS_A_MOVE, _MOST_STEPS = 30, 2, 90
_CHEAPER_STEPS = 40
_GIVEN_BACK = 1.0
_SEED = 20260704


@dataclass(frozen=True)
class Point:
    """The most even plan that was found with so many moves at most.

    `imbalance` is the coefficient of variation of potential per capacity, `moved` how many
    accounts move: more than `most_moves` where more must.
    """

    most_moves: int
    answer: Answer
    imbalance: float
    revenue_moved: float
    moved: int


def curve(
    problem: Problem,
    points: Sequence[int],
    *,
    seconds: float = 10,
    told: Callable[[Progress], None] | None = None,
    stop: threading.Event | None = None,
) -> Iterator[Point]:
    """A point for each number of moves, in rising order, as soon as it is known.

    Imbalance never rises from one to the next. The cap of the problem itself is left aside. After
    so many seconds, or when `stop` is set, the points that are left repeat what is known.
    """
    ends_at = time.monotonic() + seconds

    def is_over() -> bool:
        return (stop is not None and stop.is_set()) or time.monotonic() >= ends_at

    wanted = sorted(set(points))
    free = ground(table(replace(problem, most_moves=None)))
    best = _Even.of(free, at_home(free))
    for number, most in enumerate(wanted):
        cap = max(most - free.table.forced, 0)
        may_shift = cap > 0 or bool((free.home < 0).any())
        if may_shift and free.size:
            best = _better(replace(free, cap=cap), best, is_over)
        point = _point(problem, free, best, most)
        if told:
            used = (number + 1) / len(wanted)
            told(Progress(CURVE, used, point.answer.cost, None, None, point.answer))
        yield point


@dataclass(frozen=True)
class _Even:
    """A plan by seats with its variation of potential, and what of workload lies beyond."""

    seat: Places
    variation: float
    beyond: float
    cost: float

    @property
    def unevenness(self) -> float:
        return max(self.variation, EVEN) + self.beyond

    @classmethod
    def of(cls, free: Ground, seat: Places) -> _Even:
        scale = free.table.per_capacity
        held = free.loads(seat)[0]
        beyond = float(free.beyond(seat)[1].sum()) / max(len(scale), 1)
        return cls(seat.copy(), variation(held, scale), beyond, free.value(seat)[1])


def _point(problem: Problem, free: Ground, best: _Even, most: int) -> Point:
    capped = replace(problem, most_moves=most)
    answer = answered(capped, free.owner(best.seat), by="search")
    return Point(
        most_moves=most,
        answer=answer,
        imbalance=imbalance(problem, answer.owner),
        revenue_moved=revenue_moved(problem, answer.owner),
        moved=len(answer.moved),
    )


def _better(free: Ground, known: _Even, is_over: Callable[[], bool]) -> _Even:
    """The most even plan within the cap, then the cheapest of those as even."""
    walk = _Walk(free, known)
    spare = free.cap - free.moves(known.seat)
    for number in range(min(_STEPS + _STEPS_A_MOVE * spare, _MOST_STEPS)):
        if walk.best.unevenness <= EVEN or is_over():
            break
        walk.take_step(number)
    return walk.cheapest(min(walk.best.unevenness + TIE, known.unevenness), is_over)


class _Walk:
    """A tabu search for evenness from a known plan, no less even in potential than that."""

    def __init__(self, free: Ground, known: _Even) -> None:
        self._free, self._known, self.best = free, known, known
        self._seat = known.seat.copy()
        self._chance = np.random.default_rng(_SEED)
        self._rests_until = np.zeros(free.size, np.intp)

    def take_step(self, number: int) -> None:
        standing = Standing(self._free, self._seat)
        standing.cost[self._rests_until > number] = np.inf
        step = _Step(standing, self._chance)
        if not step.pairs.chosen.size:
            return
        single, both = step.unevenness(self._known.variation)
        value, shifts = best_step(step.pairs, *step.possible(single, both))
        if not np.isfinite(value):
            return
        self._shift(shifts)
        rest = min(_REST, self._free.size // 4) + 1
        for account, _ in shifts:
            self._rests_until[account] = number + rest + int(self._chance.integers(3))
        now = _Even.of(self._free, self._seat)
        if now.unevenness < self.best.unevenness - NONE and self._is_no_worse(now):
            self.best = now

    def cheapest(self, limit: float, is_over: Callable[[], bool]) -> _Even:
        """From the best plan downhill in cost, as long as it stays as even as the limit."""
        self._seat = self.best.seat.copy()
        for _ in range(_CHEAPER_STEPS):
            step = _Step(Standing(self._free, self._seat), self._chance)
            if is_over() or not step.pairs.chosen.size:
                break
            value, shifts = best_step(step.pairs, *step.cheaper(limit, self._known.variation))
            if value > -NONE:
                break
            self._shift(shifts)
            now = _Even.of(self._free, self._seat)
            if now.unevenness > limit + NONE or not self._is_no_worse(now):
                break
            self.best = now
        return self.best

    def _shift(self, shifts: list[tuple[int, int]]) -> None:
        for account, seat in shifts:
            self._seat[account] = seat

    def _is_no_worse(self, now: _Even) -> bool:
        return now.variation <= self._known.variation + NONE / 1000


class _Step:
    """What single shifts and pairs of them would make of the evenness of a plan."""

    def __init__(self, standing: Standing, chance: np.random.Generator) -> None:
        free = standing.ground
        self._standing, self._scale = standing, free.table.per_capacity
        self._prices = np.zeros_like(free.low)
        self._prices[1] = free.table.weight[1] / len(self._scale)
        single = self._alone()
        single = np.where(np.isfinite(standing.cost), single, np.inf)
        away = standing.seat != free.home
        back = np.flatnonzero((np.isfinite(single) & away[:, None]).ravel())
        any_of = np.flatnonzero(np.isfinite(single).ravel())
        drawn = chance.choice(any_of, min(_ANY, any_of.size), replace=False)
        returns = back if back.size <= _HELPFUL else chance.choice(back, _HELPFUL, replace=False)
        chosen = np.unique(np.concatenate([lowest(single, _HELPFUL), returns, drawn]))
        self.pairs = Pairs(standing, chosen)

    def unevenness(self, most_variation: float) -> tuple[Floats, Floats]:
        """Of each shift, and of every two; what is given back of variation counts for more."""
        spread, spread_both = self._spread()
        strain, strain_both = self._strain()
        back = _GIVEN_BACK * np.maximum(spread - most_variation, 0)
        back_both = _GIVEN_BACK * np.maximum(spread_both - most_variation, 0)
        return (
            np.maximum(spread, EVEN) + strain + back,
            np.maximum(spread_both, EVEN) + strain_both + back_both,
        )

    def possible(self, single: Floats, both: Floats) -> tuple[Floats, Floats]:
        standing = self._standing
        barred, barred_both = self.pairs.is_barred(standing.left(), standing.counted())
        return np.where(barred, np.inf, single), np.where(barred_both, np.inf, both)

    def cheaper(self, limit: float, most_variation: float) -> tuple[Floats, Floats]:
        """The change of cost, where evenness stays within limits."""
        cost = self.pairs.picked(self._standing.cost)
        spread, spread_both = self._spread()
        strain, strain_both = self._strain()
        single = (np.maximum(spread, EVEN) + strain <= limit) & (spread <= most_variation)
        both = np.maximum(spread_both, EVEN) + strain_both <= limit
        both &= spread_both <= most_variation
        return self.possible(
            np.where(single, cost, np.inf), np.where(both, self.pairs.together(cost), np.inf)
        )

    def _alone(self) -> Floats:
        """The unevenness after each shift of all, (f, s)."""
        standing = self._standing
        held = standing.loads[0] * self._scale
        row = standing.ground.amounts[0][:, None]
        gain, loss = row * self._scale, (row[:, 0] * self._scale[standing.seat])[:, None]
        total = held.sum() + gain - loss
        source = held[standing.seat][:, None]
        squares = (held**2).sum() + gain * (2 * held + gain) + loss * (loss - 2 * source)
        return _variation(total, squares, len(held)) + standing.strain(self._prices)

    def _spread(self) -> tuple[Floats, Floats]:
        held = self._standing.loads[0] * self._scale
        steps = self.pairs.shifted(self._standing.ground.amounts[0], self._scale)
        sums = steps.sum(axis=1)
        squares = (steps * (2 * held + steps)).sum(axis=1)
        both = self.pairs.together(squares) + 2 * steps @ steps.T
        total, square, seats = held.sum(), (held**2).sum(), len(held)
        return (
            _variation(total + sums, square + squares, seats),
            _variation(total + self.pairs.together(sums), square + both, seats),
        )

    def _strain(self) -> tuple[Floats, Floats]:
        free = self._standing.ground
        seats = len(self._scale)
        now = float(free.beyond(self._standing.seat)[1].sum()) / seats
        single = now + self.pairs.picked(self._standing.strain(self._prices))
        return single, self.pairs.together(single) - now + self.pairs.strain(self._prices)


def _variation(total: Floats, squares: Floats, seats: int) -> Floats:
    """The coefficient of variation from the sum of loads and of their squares."""
    ratio = np.divide(squares * seats, total**2, out=np.ones_like(total), where=total > 0)
    found: Floats = np.sqrt(np.maximum(ratio - 1, 0))
    return found
