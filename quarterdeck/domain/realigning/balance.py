"""Who carries how much, and how far is that from fair?"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from quarterdeck.domain.realigning.problem import MEASURES, NOBODY, POTENTIAL, Problem
from quarterdeck.domain.realigning.table import Floats, table


@dataclass(frozen=True)
class Load:
    """What one executive holds of a measure, in its unit, beside her share and her limits.

    `deviation` is load / share - 1, None where the share is 0.
    """

    load: float
    share: float
    lowest: float
    highest: float

    @property
    def deviation(self) -> float | None:
        return self.load / self.share - 1 if self.share else None


def loads(problem: Problem, owner: Sequence[int]) -> dict[str, tuple[Load, ...]]:
    """By measure, the load of each executive, in their order."""
    known = table(problem)
    held = known.loads(np.array(owner, np.intp))
    rows = (held, known.fair, known.lo, known.hi)
    return {
        measure: tuple(
            Load(*(float(row[place, seat] / unit) for row in rows)) for seat in range(known.seats)
        )
        for place, (measure, unit) in enumerate(zip(MEASURES, known.units, strict=True))
    }  # fmt: skip


def imbalance(problem: Problem, owner: Sequence[int], measure: str = POTENTIAL) -> float:
    """How unevenly a measure lies: the coefficient of variation of load per capacity.

    The standard deviation of the population over the mean, of the executives with capacity: 0 is
    even, and so is nothing at all.
    """
    known = table(problem)
    held = known.loads(np.array(owner, np.intp))[MEASURES.index(measure)]
    return variation(held[known.has_capacity], known.per_capacity)


def variation(held: Floats, scale: Floats) -> float:
    """The coefficient of variation of scaled loads."""
    scaled = held * scale
    mean = float(scaled.mean()) if scaled.size else 0.0
    return float(scaled.std()) / mean if mean else 0.0


def moved(problem: Problem, owner: Sequence[int]) -> tuple[int, ...]:
    """The places of the accounts that get another owner."""
    return tuple(
        place
        for place, (before, after) in enumerate(zip(problem.current, owner, strict=True))
        if before != after
    )


def revenue_moved(problem: Problem, owner: Sequence[int]) -> float:
    """The revenue of the accounts that leave an owner; that of nobody's accounts is not at risk."""
    return math.fsum(
        problem.revenue[place]
        for place in moved(problem, owner)
        if problem.current[place] != NOBODY
    )


def miles_driven(problem: Problem, owner: Sequence[int]) -> float:
    """The miles from every account to its owner, 0 where they are unknown."""
    if not problem.miles:
        return 0.0
    return math.fsum(
        row[seat] for row, seat in zip(problem.miles, owner, strict=True) if seat != NOBODY
    )


def fewest_moves(problem: Problem) -> int:
    """How many accounts must move in any case: nobody's, pinned elsewhere, of who may not keep."""
    return table(problem).forced
