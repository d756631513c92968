"""What does HiGHS make of a ground: which plan, and which bound?

A binary for each free account and seat that may own it, one owner each, one two-sided row for each
measure and seat in whole shares, one row for the cap on moves. Where limits may be missed each such
row has two columns for that. HiGHS works without holding the interpreter, so other threads go on.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from quarterdeck.domain.realigning.ground import Ground
from quarterdeck.domain.realigning.table import Floats, Places

if TYPE_CHECKING:
    from numpy.typing import NDArray

_TIGHT, _LOOSE = 1e-9, 1e-6
_HALF = 0.5


@dataclass(frozen=True)
class Wish:
    """What is to be least: the cost times `cost`, plus what lies beyond limits times `beyond`.

    `beyond` None keeps all limits; `most_beyond` is what may lie beyond in all, in whole shares.
    It ends at a `gap`, as a ratio. `is_exact` sees limits as finely as HiGHS can, which takes
    longer.
    """

    cost: float
    beyond: float | None
    gap: float
    most_beyond: float = np.inf
    is_exact: bool = False


@dataclass(frozen=True)
class Outcome:
    """The plan that was found, if one was, and below which value of the wish there is none."""

    seat: Places | None
    bound: float
    is_impossible: bool = False


@dataclass(frozen=True)
class Terms:
    """How long it may take, who hears of the bound, and what ends it at once."""

    ends_at: float
    told: Callable[[float, float], None]
    stop: threading.Event | None

    def left(self) -> float:
        return self.ends_at - time.monotonic()


class Model:
    """The columns and rows of a ground."""

    def __init__(self, free: Ground) -> None:
        self._free = free
        self._account, self._seat = np.nonzero(free.options)
        self._is_move = (self._seat != free.home[self._account]) & (free.home[self._account] >= 0)
        self._seats = free.low.shape[1]
        self._measures = [place for place, weight in enumerate(free.table.weight) if weight > 0]

    @property
    def size(self) -> int:
        """How many binaries there are."""
        return len(self._account)

    def best(self, wish: Wish, start: Places, terms: Terms) -> Outcome:
        """What HiGHS finds for a wish in the time that is left, beginning with a plan.

        Raises ImportError where highspy is not installed.
        """
        import highspy

        solver = _quiet(highspy)
        self._set(solver, wish, terms)
        self._fill(solver, wish)
        if self._is_possible(wish, start):
            known = highspy.HighsSolution()
            known.col_value = self._columns(wish, start).tolist()
            solver.setSolution(known)
        ear = _Ear(terms)
        solver.cbMipInterrupt += ear.hear
        solver.cbSimplexInterrupt += ear.obey
        solver.run()
        if ear.fault is not None:
            raise ear.fault
        return self._read(highspy, solver)

    def _set(self, solver: Any, wish: Wish, terms: Terms) -> None:
        is_exact = wish.is_exact or wish.gap == 0 or wish.beyond is not None
        options = {
            "threads": 1, "presolve": "off", "mip_rel_gap": wish.gap,
            "mip_heuristic_run_root_reduced_cost": False,
            "mip_abs_gap": _TIGHT, "time_limit": max(terms.left(), 0.05),
            "mip_feasibility_tolerance": _TIGHT if is_exact else _LOOSE,
            "primal_feasibility_tolerance": _TIGHT if is_exact else _LOOSE / 10,
        }  # fmt: skip
        for name, value in options.items():
            solver.setOptionValue(name, value)

    def _fill(self, solver: Any, wish: Wish) -> None:
        free = self._free
        costs, uppers, kinds = self._column_values(wish)
        rows, columns, values = self._entries(wish)
        lower, upper = self._bounds(wish)
        order = np.lexsort((rows, columns))
        starts = np.searchsorted(columns[order], np.arange(len(costs)))
        solver.passModel(
            len(costs), len(lower), len(values), 1, 1, free.fixed_cost * wish.cost, costs,
            np.zeros(len(costs)), uppers, lower, upper, starts.astype(np.int32),
            rows[order].astype(np.int32), values[order], kinds,
        )  # fmt: skip

    def _column_values(self, wish: Wish) -> tuple[Floats, Floats, NDArray[np.int32]]:
        prices = self._free.price[self._account, self._seat] * wish.cost
        if wish.beyond is None:
            return prices, np.ones(self.size), np.ones(self.size, np.int32)
        slack = 2 * len(self._measures) * self._seats
        return (
            np.append(prices, np.full(slack, wish.beyond)),
            np.append(np.ones(self.size), np.full(slack, np.inf)),
            np.append(np.ones(self.size, np.int32), np.zeros(slack, np.int32)),
        )

    def _entries(self, wish: Wish) -> tuple[Places, Places, Floats]:
        """Rows: one an account, then one a measure and seat, the cap, and all that lies beyond."""
        free, account, seat = self._free, self._account, self._seat
        every = np.arange(self.size)
        rows, columns, values = [account], [every], [np.ones(self.size)]
        for number, measure in enumerate(self._measures):
            rows.append(free.size + number * self._seats + seat)
            columns.append(every)
            values.append(free.amounts[measure, account] * free.table.weight[measure])
        limits = len(self._measures) * self._seats
        leaving = np.flatnonzero(self._is_move) if free.cap < free.size else np.empty(0, np.intp)
        rows.append(np.full(len(leaving), free.size + limits))
        columns.append(leaving)
        values.append(np.ones(len(leaving)))
        if wish.beyond is not None:
            slack = np.arange(limits)
            for sign, first in ((-1.0, 0), (1.0, limits)):
                rows.append(free.size + slack)
                columns.append(self.size + first + slack)
                values.append(np.full(limits, sign))
            rows.append(np.full(2 * limits, free.size + limits + 1))
            columns.append(self.size + np.arange(2 * limits))
            values.append(np.ones(2 * limits))
        return np.concatenate(rows), np.concatenate(columns), np.concatenate(values)

    def _bounds(self, wish: Wish) -> tuple[Floats, Floats]:
        free, lower, upper = self._free, [np.ones(self._free.size)], [np.ones(self._free.size)]
        for measure in self._measures:
            low, high = self._limits(measure, wish)
            lower.append((low - free.base[measure]) * free.table.weight[measure])
            upper.append((high - free.base[measure]) * free.table.weight[measure])
        lower.append(np.array([-np.inf]))
        upper.append(np.array([free.cap + _HALF]))
        if wish.beyond is not None:
            lower.append(np.array([-np.inf]))
            upper.append(np.array([wish.most_beyond]))
        return np.concatenate(lower), np.concatenate(upper)

    def _limits(self, measure: int, wish: Wish) -> tuple[Floats, Floats]:
        """Between whole numbers, so that a load at its limit is within it beyond doubt."""
        free, known = self._free, self._free.table
        if wish.beyond is not None:
            return known.lo[measure, free.seats], known.hi[measure, free.seats]
        low: Floats = free.low[measure] - _HALF
        high: Floats = free.high[measure] + _HALF
        return low, high

    def _columns(self, wish: Wish, start: Places) -> Floats:
        """The values of all columns in a plan."""
        chosen: Floats = (start[self._account] == self._seat).astype(float)
        if wish.beyond is None:
            return chosen
        free, over, under = self._free, [], []
        loads = free.loads(start)
        for measure in self._measures:
            low, high = self._limits(measure, wish)
            weight = free.table.weight[measure]
            over.append(np.maximum(loads[measure] - high, 0) * weight)
            under.append(np.maximum(low - loads[measure], 0) * weight)
        return np.concatenate([chosen, *over, *under])

    def _is_possible(self, wish: Wish, start: Places) -> bool:
        """Whether a plan may begin: within limits where none may be missed."""
        if wish.beyond is not None:
            return True
        loads = self._free.loads(start)
        return bool(((loads >= self._free.low) & (loads <= self._free.high)).all())

    def _read(self, highspy: Any, solver: Any) -> Outcome:
        status, info = solver.getModelStatus(), solver.getInfo()
        if status in (
            highspy.HighsModelStatus.kInfeasible, highspy.HighsModelStatus.kUnboundedOrInfeasible
        ):  # fmt: skip
            return Outcome(None, np.inf, is_impossible=True)
        values = np.array(solver.getSolution().col_value)
        has_plan = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
        bound = float(info.mip_dual_bound)
        if not has_plan or len(values) < self.size:
            return Outcome(None, bound)
        chosen = np.zeros(self._free.options.shape)
        chosen[self._account, self._seat] = values[: self.size]
        return Outcome(chosen.argmax(axis=1), bound)


class _Ear:
    """What HiGHS calls while it works. It swallows errors of whom it calls: they are kept."""

    def __init__(self, terms: Terms) -> None:
        self._terms = terms
        self.fault: BaseException | None = None

    def obey(self, event: Any) -> None:
        if self._terms.stop and self._terms.stop.is_set():
            event.interrupt()

    def hear(self, event: Any) -> None:
        self.obey(event)
        try:
            self._terms.told(event.data_out.mip_primal_bound, event.data_out.mip_dual_bound)
        except BaseException as error:
            self.fault = error
            raise


def _quiet(highspy: Any) -> Any:
    """A solver that writes nothing. It greets where callbacks begin, which its constructor does:
    nobody can tell it earlier than a class of its own. The library has no types, and the names."""

    class Quiet(highspy.Highs):  # type: ignore[misc]
        def enableCallbacks(self) -> None:  # noqa: N802
            self.setOptionValue("output_flag", False)
            super().enableCallbacks()

    return Quiet()
