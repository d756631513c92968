"""Below which cost can no plan within the limits be, and which owner is near for each account?

Lagrange's relaxation: limits and the cap on moves get prices, each account picks its cheapest owner
alone, and what that costs less what the limits grant is a bound for any prices. Prices climb along
subgradients with Polyak's steps (Held, Wolfe, Crowder 1974), deflected by the last
(Camerini, Fratta, Maffioli 1975).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from quarterdeck.domain.realigning.ground import Ground
from quarterdeck.domain.realigning.table import Flags, Floats

ROUNDS = 300
_PATIENCE = 8
_SHRINK = 0.6
_AHEAD, _FAR = 0.05, 3
_ONWARD = 0.6
_SAFE = 1e-9


@dataclass(frozen=True)
class Prices:
    """The best bound found, and the priced cost of each free account at each seat, (f, s).

    `steepest` is the highest price of a whole share.
    """

    bound: float
    priced: Floats
    steepest: float


@dataclass(frozen=True)
class _Climb:
    """Prices of the limits (2, s) and of a move, where they stand."""

    limits: Floats
    move: float = 0.0

    @property
    def length(self) -> float:
        return math.sqrt(float((self.limits**2).sum()) + self.move**2)

    def plus(self, times: float, other: _Climb) -> _Climb:
        return _Climb(self.limits + times * other.limits, self.move + times * other.move)

    def priced(self) -> _Climb:
        """A move never costs less than nothing."""
        return _Climb(self.limits, max(self.move, 0.0))


def prices(ground: Ground) -> Prices:
    """Prices of the limits of a ground with free accounts."""
    relaxed = _Relaxed(ground)
    at = best = _Climb(np.zeros_like(ground.low))
    way = still = _Climb(np.zeros_like(ground.low))
    top, step, stale = -np.inf, 1.0, 0
    for _ in range(ROUNDS):
        value, slope = relaxed.at(at)
        if value > top:
            top, best, stale = value, at, 0
        else:
            stale += 1
        if stale == _PATIENCE:
            step, stale, at, way = step * _SHRINK, 0, best, still
            continue
        if slope.length < _SAFE:
            break
        way = slope.plus(_ONWARD, way)
        ahead = top - value + max(abs(top) * _AHEAD, relaxed.usual) * _FAR * step
        at = at.plus(min(step, 1.0) * ahead / max(way.length, _SAFE) ** 2, way).priced()
    bound = top - _SAFE * abs(top) + ground.fixed_cost
    return Prices(bound, relaxed.priced(best), float(np.abs(best.limits).max(initial=0.0)))


class _Relaxed:
    def __init__(self, ground: Ground) -> None:
        self._weight = ground.table.weight[:, None]
        self._amounts = ground.amounts * self._weight
        self._low = (ground.low - ground.base) * self._weight
        self._high = (ground.high - ground.base) * self._weight
        self._cap = ground.cap
        self._price = ground.price
        self._is_move = _is_move(ground)
        self._rows = np.arange(ground.size)
        costs = ground.price[np.isfinite(ground.price) & (ground.price > 0)]
        self.usual = float(np.median(costs)) if costs.size else 1.0

    def priced(self, at: _Climb) -> Floats:
        cost = self._price + at.move * self._is_move
        for row, limits in zip(self._amounts, at.limits, strict=True):
            cost = cost + row[:, None] * limits
        return cost

    def at(self, at: _Climb) -> tuple[float, _Climb]:
        """The bound at these prices, and where it rises."""
        cost = self.priced(at)
        seat = cost.argmin(axis=1)
        granted = np.maximum(at.limits, 0) * self._high - np.maximum(-at.limits, 0) * self._low
        value = float(cost[self._rows, seat].sum()) - float(granted.sum()) - at.move * self._cap
        seats = self._low.shape[1]
        loads = np.stack([np.bincount(seat, row, seats) for row in self._amounts])
        over, under = loads - self._high, loads - self._low
        idle = np.where(over > 0, over, np.where(under < 0, under, 0.0))
        slope = np.where(at.limits > 0, over, np.where(at.limits < 0, under, idle))
        moves = float(self._is_move[self._rows, seat].sum()) - self._cap
        return value, _Climb(slope, moves if at.move > 0 or moves > 0 else 0.0)


def _is_move(ground: Ground) -> Floats:
    """1 where an account that may stay would leave home, (f, s)."""
    seats = np.arange(ground.low.shape[1])
    leaves: Flags = (seats[None, :] != ground.home[:, None]) & (ground.home >= 0)[:, None]
    return leaves.astype(float)
