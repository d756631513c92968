"""Which limits does a plan miss, and why can they not be met?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from quarterdeck.domain.realigning.problem import (
    CAPACITY,
    MEASURES,
    MOVES,
    NOBODY,
    Miss,
    Problem,
    Reason,
)
from quarterdeck.domain.realigning.table import Flags, Floats, Places, Table, table


def misses(problem: Problem, owner: Places, *, is_proven: bool) -> tuple[Miss, ...]:
    """Every limit that the plan misses; `is_proven` where less in all cannot be missed."""
    known = table(problem)
    return (
        *_absent(known, owner),
        *_too_many_moves(problem, known),
        *_empty(known),
        *_loads(known, owner, is_proven),
    )


def _absent(known: Table, owner: Places) -> list[Miss]:
    """Accounts that lie with somebody without capacity, with nobody, or with whom they may not."""
    found = []
    for seat in np.flatnonzero(~known.has_capacity):
        found += _kept(known, owner == seat, int(seat), Reason.ABSENT)
    for seat in (NOBODY, *np.flatnonzero(known.has_capacity)):
        of_whom = None if seat == NOBODY else int(seat)
        found += _kept(known, known.lost & (owner == seat), of_whom, Reason.UNOWNED)
    return found


def _kept(known: Table, those: Flags, seat: int | None, why: Reason) -> list[Miss]:
    """The miss of some accounts that stay where they should not, if there are any."""
    if not those.any():
        return []
    amounts = known.amounts[:, those].sum(axis=1)
    by = max(float((amounts * known.weight).max()), float(np.finfo(float).tiny))
    return [Miss(seat, CAPACITY, float(amounts[0] / known.units[0]), 0.0, 0.0, by, why)]


def _too_many_moves(problem: Problem, known: Table) -> list[Miss]:
    most = problem.most_moves
    if most is None or known.forced <= most:
        return []
    by = float(known.forced - most)
    return [Miss(None, MOVES, float(known.forced), 0.0, float(most), by, Reason.FORCED)]


def _empty(known: Table) -> list[Miss]:
    """Measures of which there is nothing to share, though there are accounts."""
    if not len(known.home) or not known.has_capacity.any():
        return []
    return [
        Miss(None, measure, 0.0, 0.0, 0.0, 0.0, Reason.EMPTY)
        for measure, weight in zip(MEASURES, known.weight, strict=True)
        if not weight
    ]


def _loads(known: Table, owner: Places, is_proven: bool) -> list[Miss]:
    found = []
    for place, measure in enumerate(MEASURES):
        row = _Row(known, owner, place)
        for seat in np.flatnonzero(row.beyond):
            why, part, account = _reason(known, row, int(seat), is_proven)
            limit = row.hi[seat] if row.is_above(int(seat)) else row.lo[seat]
            unit, share = known.units[place], float(known.fair[place, seat])
            found.append(Miss(
                int(seat), measure, float(row.held[seat] / unit), float(share / unit),
                float(limit / unit), float(abs(row.held[seat] - limit) / share), why,
                None if part is None else float(part / share), account,
            ))  # fmt: skip
    return found


@dataclass(frozen=True, init=False)
class _Row:
    """One measure of a plan: what each executive holds, must hold, may hold at most."""

    owner: Places
    amounts: Floats
    held: Floats
    beyond: Floats
    lo: Floats
    hi: Floats
    fair: Floats
    bound: Floats
    reach: Floats

    def __init__(self, known: Table, owner: Places, place: int) -> None:
        amounts = known.amounts[place]
        is_bound = known.options.sum(axis=1) == 1
        values = {
            "owner": owner, "amounts": amounts,
            "held": known.loads(owner)[place],
            "beyond": known.beyond(known.loads(owner))[place],
            "lo": known.lo[place], "hi": known.hi[place], "fair": known.fair[place],
            "bound": known.options[is_bound].T.astype(float) @ amounts[is_bound],
            "reach": known.options.T.astype(float) @ amounts,
        }  # fmt: skip
        for name, value in values.items():
            object.__setattr__(self, name, value)

    def is_above(self, seat: int) -> bool:
        return bool(self.held[seat] > self.hi[seat])

    def left_for(self, seats: Places) -> float:
        """The load that all the others leave to these executives, over their share."""
        others = np.ones(len(self.held), bool)
        others[seats] = False
        total, share = self.fair.sum(), self.fair[seats].sum()
        return float((total - self.held[others].sum()) / share) if share else 1.0


def _reason(
    known: Table, row: _Row, seat: int, is_proven: bool
) -> tuple[Reason, float | None, int | None]:
    """Why this executive stays beyond her limit, with the evidence."""
    own = _own_reason(known, row, seat)
    if own is not None:
        return own
    if _is_for_others(known, row, seat):
        return Reason.OTHERS, None, None
    if known.cap is not None and _left(known, row.owner) <= 0:
        return Reason.CAPPED, None, None
    return (Reason.LUMPY if is_proven else Reason.UNPROVEN), None, None


def _own_reason(
    known: Table, row: _Row, seat: int
) -> tuple[Reason, float | None, int | None] | None:
    """The reason that lies in what is hers or may come to her, if one does."""
    above = row.is_above(seat)
    if above and row.bound[seat] > row.hi[seat]:
        return Reason.BOUND, float(row.bound[seat]), None
    if not above and row.reach[seat] < row.lo[seat]:
        return Reason.FEW, float(row.reach[seat]), None
    large = _large(known, row, seat) if above else None
    return None if large is None else (Reason.LARGE, float(row.amounts[large]), large)


def _large(known: Table, row: _Row, seat: int) -> int | None:
    """The largest account of hers that is beyond the limit of everyone who may own it."""
    hers = np.flatnonzero(row.owner == seat)
    account = int(hers[row.amounts[hers].argmax()])
    highest = row.hi[known.options[account]].max()
    return account if row.amounts[account] > highest else None


def _is_for_others(known: Table, row: _Row, seat: int) -> bool:
    """Whether those who cannot but miss the other limit leave no way for the rest to keep this."""
    other_side = (row.beyond > 0) & ((row.held > row.hi) != row.is_above(seat))
    wrong = np.zeros(len(row.held), bool)
    for other in np.flatnonzero(other_side):
        wrong[other] = _own_reason(known, row, int(other)) is not None
    rest = np.flatnonzero(known.has_capacity & ~wrong)
    if not wrong.any() or not rest.size:
        return False
    left = row.left_for(rest)
    lowest = float(row.lo[rest].sum() / row.fair[rest].sum())
    highest = float(row.hi[rest].sum() / row.fair[rest].sum())
    return left > highest if row.is_above(seat) else left < lowest


def _left(known: Table, owner: Places) -> int:
    moved = len(known.moved(owner)) - known.forced
    return (known.cap or 0) - moved
