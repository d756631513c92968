"""What would one shift of an account change, and what would two at once?"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from quarterdeck.domain.realigning.ground import Ground
from quarterdeck.domain.realigning.table import Flags, Floats, Places

NONE = 1e-9
"""Below this a change is none."""
_HAIR = 2e-4
_UNITS = 4


def beyond(loads: Floats, low: Floats, high: Floats) -> Floats:
    """How far loads lie beyond limits."""
    return np.maximum(np.maximum(loads - high, low - loads), 0.0)


class Standing:
    """A plan by seats, its loads, and what each single shift would do to it.

    `cost` (f, s) is the change of cost, infinite where a shift cannot be.
    """

    def __init__(self, ground: Ground, seat: Places) -> None:
        self.ground, self.seat = ground, seat
        self.loads = ground.loads(seat)
        self.rows = np.arange(ground.size)
        self.cost = ground.price - ground.price[self.rows, seat][:, None]
        self.cost[self.rows, seat] = np.inf
        self.low, self.high = _drawn_in(ground)

    def left(self) -> int:
        """How many moves the cap leaves."""
        return self.ground.cap - self.ground.moves(self.seat)

    def counted(self) -> Floats:
        """By how much each shift changes the number of moves: 1, 0 or -1, (f, s)."""
        if self.ground.cap >= self.ground.size:
            return np.zeros_like(self.cost)
        home = self.ground.home[:, None]
        seats = np.arange(self.loads.shape[1])[None, :]
        is_out = (self.seat != self.ground.home)[:, None]
        changed = np.where(seats == home, -1.0, np.where(is_out, 0.0, 1.0))
        return np.where(home >= 0, changed, 0.0)

    def strain(self, prices: Floats) -> Floats:
        """The change of what lies beyond limits, at prices (2, s) of an amount, (f, s)."""
        total = np.zeros_like(self.cost)
        for row, load, low, high, price in zip(
            self.ground.amounts, self.loads, self.low, self.high, prices, strict=True
        ):
            now = price * beyond(load, low, high)
            gain = price * beyond(load + row[:, None], low, high) - now
            at = self.seat
            loss = price[at] * beyond(load[at] - row, low[at], high[at]) - now[at]
            total += gain + loss[:, None]
        return total


class Pairs:
    """Some shifts, by account, seat to and seat from, and every two of them, (e, e)."""

    def __init__(self, standing: Standing, chosen: Places) -> None:
        self.standing = standing
        self.account, self.to = np.divmod(chosen, standing.loads.shape[1])
        self.source = standing.seat[self.account]
        self.chosen = chosen

    def picked(self, table: Floats) -> Floats:
        """The values of these shifts in an array (f, s)."""
        return table.ravel()[self.chosen]

    def together(self, single: Floats) -> Floats:
        """The sums of what any two shifts do alone."""
        return single[:, None] + single[None, :]

    def is_barred(self, left: int, counted: Floats) -> tuple[Flags, Flags]:
        """Which shifts alone, and which two, the cap or a common account forbids."""
        moves = self.picked(counted)
        both = (moves[:, None] + moves[None, :]) > left
        return moves > left, both | (self.account[:, None] == self.account[None, :])

    def strain(self, prices: Floats) -> Floats:
        """What two shifts at one seat change beyond limits, besides what each does alone."""
        found = np.zeros((len(self.chosen), len(self.chosen)))
        for seat, touched, sign in self._touching():
            at = touched[:, None], touched
            for measure in np.flatnonzero(prices[:, seat]).tolist():
                found[at] += self._strain_at(measure, seat, sign, touched) * prices[measure, seat]
        return found

    def _strain_at(self, measure: int, seat: int, sign: Floats, touched: Places) -> Floats:
        at = self.standing
        low, high = at.low[measure, seat], at.high[measure, seat]
        apart, half = at.loads[measure, seat] - (low + high) / 2, (high - low) / 2
        moved = sign * at.ground.amounts[measure, self.account[touched]]
        alone = np.maximum(np.abs(moved + apart) - half, 0) - max(abs(apart) - half, 0) / 2
        both: Floats = np.add.outer(moved + apart, moved)
        np.abs(both, out=both)
        both -= half
        np.maximum(both, 0, out=both)
        both -= alone[:, None]
        both -= alone
        return both

    def shifted(self, amounts: Floats, scale: Floats) -> Floats:
        """What each shift adds to `scale` times the amounts of every seat, (e, s)."""
        steps = np.zeros((len(self.chosen), self.standing.loads.shape[1]))
        rows = np.arange(len(self.chosen))
        steps[rows, self.to] = amounts[self.account] * scale[self.to]
        steps[rows, self.source] = -amounts[self.account] * scale[self.source]
        return steps

    def _touching(self) -> Iterable[tuple[int, Places, Floats]]:
        for seat in range(self.standing.loads.shape[1]):
            touched = np.flatnonzero((self.source == seat) | (self.to == seat))
            if touched.size:
                yield seat, touched, np.where(self.to[touched] == seat, 1.0, -1.0)


def _drawn_in(ground: Ground) -> tuple[Floats, Floats]:
    """The limits, drawn in by a hair of a share where amounts are finer than that.

    A miss of next to nothing costs next to nothing, and would be put up with.
    """
    weight = ground.table.weight[:, None]
    hair = np.divide(_HAIR, weight, out=np.zeros_like(weight), where=weight > 0)
    hair = np.where(hair >= _UNITS, hair, 0.0)
    return ground.low + hair, ground.high - hair


def lowest(table: Floats, many: int) -> Places:
    """The flat places of so many of the lowest finite values."""
    flat = table.ravel()
    if flat.size > many:
        near = np.argpartition(flat, many)[:many]
        return near[np.isfinite(flat[near])]
    return np.flatnonzero(np.isfinite(flat))


def best_step(pairs: Pairs, single: Floats, both: Floats) -> tuple[float, list[tuple[int, int]]]:
    """The least value of one shift or two, and the accounts and seats of it."""
    one = int(single.argmin())
    first, second = divmod(int(both.argmin()), len(single))
    shifts = [one] if single[one] <= both[first, second] else [first, second]
    value = float(min(single[one], both[first, second]))
    return value, [(int(pairs.account[shift]), int(pairs.to[shift])) for shift in shifts]
