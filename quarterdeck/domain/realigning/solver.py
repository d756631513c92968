"""Which plan disrupts least within the limits, and how near the best possible is it?

What lies beyond limits is priced above every cost of moves: least of it comes first, and a plan
is found whatever the limits. Local search gives a first answer at once; HiGHS improves and proves.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from quarterdeck.domain.realigning.answering import answered, gap
from quarterdeck.domain.realigning.ground import Ground, ground
from quarterdeck.domain.realigning.model import Model, Outcome, Terms, Wish
from quarterdeck.domain.realigning.problem import Answer, Problem, Progress
from quarterdeck.domain.realigning.searching import GOOD_ENOUGH, walked
from quarterdeck.domain.realigning.table import Places, table

SEARCH, SOLVER = "search", "solver"
_SMALL, _LARGE = 250, 3000
_FINE = 0.01
_SOLVING = 0.5
_SAME = 1e-8


def solve(
    problem: Problem,
    *,
    seconds: float = 5,
    told: Callable[[Progress], None] | None = None,
    stop: threading.Event | None = None,
) -> Answer:
    """The plan with the least beyond limits, of those the one of least cost, proven to a gap.

    Small problems are solved exactly, larger ones to within 2 % of the best possible. It ends
    after about so many seconds, or soon after `stop` is set, with the best by then; `told` hears
    of a first answer at once and then of the bound, in the thread that called.
    """
    free = ground(table(problem))
    return _Run(problem, free, time.monotonic() + seconds, seconds, told, stop).answer()


@dataclass
class _Best:
    """The best plan so far, whose it is, and what is proven of it."""

    seat: Places
    value: tuple[float, float]
    bound: float
    by: str = SEARCH
    beyond_bound: float | None = None

    @property
    def is_within(self) -> bool:
        return self.value[0] == 0

    def take(self, found: Outcome, value: Callable[[Places], tuple[float, float]]) -> None:
        """The plan that was found, if it is better."""
        if found.bound > -np.inf:
            self.by = SOLVER
        if found.seat is None:
            return
        beyond, cost = value(found.seat)
        less = self.value[0] - beyond
        if less > _SAME or (less >= -_SAME and cost < self.value[1] - _SAME):
            self.seat, self.value, self.by = found.seat, (beyond, cost), SOLVER


@dataclass(frozen=True)
class _Run:
    problem: Problem
    free: Ground
    ends_at: float
    seconds: float
    told: Callable[[Progress], None] | None
    stop: threading.Event | None

    def answer(self) -> Answer:
        if not self.free.size:
            nothing = np.empty(0, np.intp)
            value = self.free.value(nothing)
            return self._answered(_Best(nothing, value, value[1], SOLVER, value[0]))
        solving = _SOLVING if self.free.size <= _LARGE else 0.0
        search_ends_at = self.ends_at - solving * self.seconds
        first = walked(self.free, lambda: self._is_over(search_ends_at))
        best = _Best(first.found.seat, self.free.value(first.found.seat), first.bound)
        answer = self._answered(best)
        self._say(SEARCH, answer.cost, answer.bound, answer)
        if self._is_over() or answer.gap == 0.0:
            return answer
        try:
            self._improve(best)
        except ImportError:
            return answer
        return self._answered(best)

    def _improve(self, best: _Best) -> None:
        """Within the limits where that can be, else with the least beyond them."""
        model = Model(self.free)
        if not best.is_within:
            self._least(model, best)
        if not self._is_over():
            self._cheapest(model, best)

    def _least(self, model: Model, best: _Best) -> None:
        """As little beyond the limits as can be."""
        fine = 0.0 if model.size <= _SMALL else _FINE
        wish = Wish(cost=0.0, beyond=1.0, gap=fine)
        found = model.best(wish, best.seat, self._terms(best, 0.5, is_of_cost=False))
        best.take(found, self.free.value)
        best.beyond_bound = max(found.bound, 0.0)

    def _cheapest(self, model: Model, best: _Best) -> None:
        """The least cost, with no more beyond the limits than the best plan has."""
        if not best.is_within:
            best.bound = -np.inf
        most = np.inf if best.is_within else best.value[0] + _SAME / 10
        wish = Wish(1.0, None if best.is_within else 0.0, _gap(model), most_beyond=most)
        found = model.best(wish, best.seat, self._terms(best))
        best.bound = max(best.bound, found.bound)
        best.take(found, self.free.value)
        if found.seat is not None and self.free.value(found.seat)[0] > best.value[0] + _SAME:
            exact = Wish(1.0, wish.beyond, wish.gap, most_beyond=most, is_exact=True)
            best.take(model.best(exact, best.seat, self._terms(best)), self.free.value)

    def _answered(self, best: _Best) -> Answer:
        return answered(
            self.problem, self.free.owner(best.seat), by=best.by,
            bound=best.bound if best.bound > -np.inf else None, beyond_bound=best.beyond_bound,
        )  # fmt: skip

    def _is_over(self, ends_at: float | None = None) -> bool:
        is_stopped = self.stop is not None and self.stop.is_set()
        return is_stopped or time.monotonic() >= (self.ends_at if ends_at is None else ends_at)

    def _terms(self, best: _Best, part: float = 1.0, *, is_of_cost: bool = True) -> Terms:
        """A part of the time that is left; bounds are told where they are of cost."""
        now = time.monotonic()

        def hear(cost: float, bound: float) -> None:
            if is_of_cost:
                self._say(SOLVER, min(cost, best.value[1]), max(bound, best.bound))
            else:
                self._say(SOLVER, best.value[1], None)

        return Terms(now + part * max(self.ends_at - now, 0.0), hear, self.stop)

    def _say(
        self, stage: str, cost: float, bound: float | None, answer: Answer | None = None
    ) -> None:
        if self.told is None:
            return
        left = self.ends_at - time.monotonic()
        used = min(1 - left / self.seconds, 1.0) if self.seconds > 0 else 1.0
        known = bound if bound is not None and np.isfinite(bound) else None
        apart = None if known is None else gap(cost, known)
        self.told(Progress(stage, used, cost, known, apart, answer))


def _gap(model: Model) -> float:
    return 0.0 if model.size <= _SMALL else GOOD_ENOUGH
