"""What does a plan come to, said as an answer?"""

from __future__ import annotations

import numpy as np

from quarterdeck.domain.realigning.missing import misses
from quarterdeck.domain.realigning.problem import Answer, Problem
from quarterdeck.domain.realigning.table import Places, table

_SAME = 1e-9
_CLOSE = 1e-3


def answered(
    problem: Problem,
    owner: Places,
    *,
    by: str,
    bound: float | None = None,
    beyond_bound: float | None = None,
) -> Answer:
    """The answer with these owners, and a bound of the cost of all that miss as little."""
    known = table(problem)
    beyond, cost = known.value(owner)
    if not beyond:
        beyond_bound = 0.0
    is_least = beyond_bound is not None and beyond_bound >= beyond - _CLOSE
    found = misses(problem, owner, is_proven=is_least)
    if beyond and beyond_bound is None:
        bound = None
    return Answer(
        owner=tuple(int(place) for place in owner),
        moved=tuple(int(place) for place in known.moved(owner)),
        cost=cost,
        bound=None if bound is None else min(bound, cost),
        gap=None if bound is None else gap(cost, bound),
        is_within=not any(miss.by > 0 for miss in found),
        misses=found,
        by=by,
        beyond=beyond,
        beyond_bound=beyond_bound,
    )


def gap(cost: float, bound: float) -> float:
    """How far a cost is above its bound, as a ratio of the cost; 0 is proven best."""
    apart = cost - bound
    if apart <= _SAME * max(abs(cost), 1.0):
        return 0.0
    return apart / abs(cost) if cost and np.isfinite(apart / abs(cost)) else 1.0
