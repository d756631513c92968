"""Which numbers does a problem hold, as arrays that can be counted exactly?"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from quarterdeck.domain.realigning.problem import NOBODY, Problem

Floats: TypeAlias = NDArray[np.float64]
Places: TypeAlias = NDArray[np.intp]
Flags: TypeAlias = NDArray[np.bool_]

_FINEST = 6
_LARGEST = 10**15
_ABOUT = 12


@dataclass(frozen=True)
class Table:
    """A problem of n accounts and r executives; measures are potential and workload, in order.

    `options` (n, r) says who may own what, and `lost` (n,) of which accounts nobody with capacity
    may be the owner: they stay. `price` (n, r) what that costs, infinite where nobody
    may. `amounts` (2, n) are whole numbers of the size of 1 / `units`. An executive with capacity
    is to get from `lo` to `hi` (2, r) around `fair`; `low` and `high` are the outermost whole
    numbers of that, where there are any; `per_capacity` is 1 / capacity of those who have any.
    `weight` (2,) turns an amount into whole shares, 0 where there is nothing to share. `forced`
    counts those who must leave, `cap` how many of the others may.
    """

    home: Places
    options: Flags
    price: Floats
    amounts: Floats
    units: Floats
    fair: Floats
    lo: Floats
    hi: Floats
    low: Floats
    high: Floats
    weight: Floats
    has_capacity: Flags
    lost: Flags
    per_capacity: Floats
    forced: int
    cap: int | None

    @property
    def seats(self) -> int:
        return len(self.has_capacity)

    def loads(self, owner: Places) -> Floats:
        """What each executive holds, (2, r)."""
        held = owner >= 0
        found: Floats = np.zeros((len(self.amounts), self.seats))
        for place, row in enumerate(self.amounts):
            found[place] = np.bincount(owner[held], row[held], self.seats)
        return found

    def beyond(self, loads: Floats) -> Floats:
        """How far each load lies beyond its limits, in whole shares, (2, r); 0 exactly within."""
        over = np.maximum(np.maximum(loads - self.hi, self.lo - loads), 0.0)
        is_fine = ((loads >= self.low) & (loads <= self.high)) | ~self.has_capacity
        return np.where(is_fine, 0.0, over) * self.weight[:, None]

    def value(self, owner: Places) -> tuple[float, float]:
        """What lies beyond limits in whole shares, and the cost: less is better, in this order."""
        return float(self.beyond(self.loads(owner)).sum()), self.cost(owner)

    def cost(self, owner: Places) -> float:
        held = np.flatnonzero((owner >= 0) & (owner != self.home))
        return math.fsum(self.price[held, owner[held]].tolist())

    def moved(self, owner: Places) -> Places:
        return np.flatnonzero(owner != self.home)


@lru_cache(maxsize=4)
def table(problem: Problem) -> Table:
    """The arrays of a problem, kept for the last few."""
    home = np.array(problem.current, np.intp)
    has_capacity = np.array(problem.capacity, float) > 0
    options = _options(problem, has_capacity)
    lost: Flags = ~np.asarray(options.any(axis=1))
    stays = np.flatnonzero(lost & (home >= 0))
    options[stays, home[stays]] = True
    shared = (options & has_capacity).any(axis=1)
    amounts, units = _amounts(problem)
    totals = [int(row[shared].sum()) for row in amounts]
    forced = int((options.any(axis=1) & ~_stays(home, options)).sum())
    most = problem.most_moves
    whole = sum(map(_fraction, problem.capacity))
    return Table(
        home=home, options=options, price=_price(problem, home, options), amounts=amounts,
        units=units, **_limits(problem, totals), has_capacity=has_capacity, forced=forced,
        lost=lost, per_capacity=1 / np.array(problem.capacity, float)[has_capacity],
        weight=np.array([float(whole / total) if total else 0.0 for total in totals]),
        cap=None if most is None else max(most - forced, 0),
    )  # fmt: skip


def _stays(home: Places, options: Flags) -> Flags:
    """Whose owner of today may keep it."""
    rows = np.arange(len(home))
    return options[rows, home] & (home >= 0) if len(home) and options.shape[1] else home >= 0


def _options(problem: Problem, has_capacity: Flags) -> Flags:
    options = np.tile(has_capacity, (len(problem.accounts), 1))
    for place, allowed in enumerate(problem.allowed):
        if allowed:
            options[place] = False
            options[place, list(allowed)] = has_capacity[list(allowed)]
    bound = [
        owner if is_locked else pin_to
        for owner, is_locked, pin_to in zip(
            problem.current,
            problem.locked,
            problem.pinned or (NOBODY,) * len(problem.accounts),
            strict=True,
        )
    ]
    for place, owner in enumerate(bound):
        if owner != NOBODY:
            options[place] = False
            options[place, owner] = True
    return options


def _price(problem: Problem, home: Places, options: Flags) -> Floats:
    """The cost of each owner: nothing for the one of today, and of an account of nobody's."""
    rows = np.arange(len(home))
    costs = np.where(home >= 0, np.array(problem.cost, float), 0.0)
    is_move = np.arange(options.shape[1])[None, :] != home[:, None]
    price = np.where(is_move, costs[:, None], 0.0)
    if problem.miles and problem.mile_cost and options.size:
        miles = np.array(problem.miles, float)
        today = np.where(home >= 0, miles[rows, home], 0.0)
        price = price + problem.mile_cost * (miles - today[:, None])
    return np.where(options, price, np.inf)


def _amounts(problem: Problem) -> tuple[Floats, Floats]:
    found = [_whole(np.array(row, float)) for row in (problem.potential, problem.workload)]
    return np.stack([row for row, _ in found]), np.array([unit for _, unit in found])


def _whole(values: Floats) -> tuple[Floats, float]:
    """The values in the coarsest decimal unit in which all are whole, and how many make one.

    Sums of whole numbers are exact, so a load at its limit is within it. Without such a unit they
    are rounded to a millionth of a millionth of their sum.
    """
    total = float(values.sum())
    for places in range(_FINEST + 1):
        scaled = values * 10.0**places
        if total * 10.0**places > _LARGEST:
            break
        if (np.abs(scaled - np.rint(scaled)) <= 4 * np.spacing(np.abs(scaled))).all():
            return np.rint(scaled), 10.0**places
    unit = 10.0 ** (_ABOUT - math.ceil(math.log10(total)))
    return np.rint(values * unit), unit


def _limits(problem: Problem, totals: list[int]) -> dict[str, Floats]:
    capacity = [_fraction(share) for share in problem.capacity]
    whole = sum(capacity) or Fraction(1)
    rows: dict[str, list[list[float]]] = {"fair": [], "lo": [], "hi": [], "low": [], "high": []}
    for total, tolerance in zip(totals, (problem.tol_potential, problem.tol_workload), strict=True):
        fair = [total * share / whole for share in capacity]
        lo = [amount * (1 - Fraction(tolerance)) for amount in fair]
        hi = [amount * (1 + Fraction(tolerance)) for amount in fair]
        has_whole = [math.ceil(below) <= above for below, above in zip(lo, hi, strict=True)]
        rows["fair"].append([float(amount) for amount in fair])
        rows["lo"].append([float(amount) for amount in lo])
        rows["hi"].append([float(amount) for amount in hi])
        rows["low"].append([
            float(math.ceil(amount) if fits else amount)
            for amount, fits in zip(lo, has_whole, strict=True)
        ])  # fmt: skip
        rows["high"].append([
            float(math.floor(amount) if fits else amount)
            for amount, fits in zip(hi, has_whole, strict=True)
        ])  # fmt: skip
    return {name: np.array(row, float).reshape(2, len(capacity)) for name, row in rows.items()}


def _fraction(share: float) -> Fraction:
    """A capacity as it is written: 0.1 is a tenth."""
    return Fraction(str(float(share)))
