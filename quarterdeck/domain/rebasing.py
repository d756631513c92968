"""How are quotas re-based so that their sum stays to the cent?

When accounts change hands their part of the old holder's quota goes with them: the potential of
what is given away ÷ the old holder's potential. Largest remainders make the parts add up.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

Cents = dict[str, int]


@dataclass(frozen=True)
class Flow:
    """So much of one person's load goes to another, in the unit in which loads are given."""

    from_id: str
    to_id: str
    load: Fraction


def split_units(
    total: int,
    weights: Sequence[int | Fraction],
    unit: int = 1,
    least: Sequence[int] | None = None,
    most: Sequence[int] | None = None,
) -> list[int]:
    """`total` by weights in whole units; what is left over goes to the largest remainders.

    Whoever would come below `least` or above `most` gets just that, and the others share the rest
    by their weights. Weights that are all 0 share evenly. Ties go to who stands first; what is no
    whole unit of the total goes to the first who may have it. Raises ValueError where the bounds
    leave no answer.
    """
    low = list(least or [0] * len(weights))
    high = list(most or [total] * len(weights))
    if not weights or sum(low) > total or sum(high) < total or any(map(_is_crossed, low, high)):
        raise ValueError("The least and the most that each may get leave no way to split the total")
    exact = _within(Fraction(total), [Fraction(one) for one in weights], low, high)
    parts = [int(one // unit) * unit for one in exact]
    order = sorted(range(len(parts)), key=lambda at: (parts[at] - exact[at], at))
    left = total - sum(parts)
    for at in order:
        step = min(unit, left, high[at] - parts[at])
        parts[at] += step
        left -= step
    for at in range(len(parts)):
        step = min(left, high[at] - parts[at])
        parts[at] += step
        left -= step
    return parts


def shares_after(loads: Mapping[str, Fraction], flows: Sequence[Flow]) -> dict[str, Cents]:
    """By who gives: how the load of each is spread afterwards, in parts of its own whole.

    Whose load is 0 gives nothing.
    """
    spread: dict[str, dict[str, Fraction]] = {}
    for person_id, load in loads.items():
        gone = [flow for flow in flows if flow.from_id == person_id and load > 0]
        kept = load - sum((flow.load for flow in gone), Fraction(0))
        own = spread.setdefault(person_id, defaultdict(Fraction))
        own[person_id] += kept if load > 0 else Fraction(1)
        for flow in gone:
            own[flow.to_id] += flow.load
    return {person_id: _whole(own) for person_id, own in spread.items()}


def rebased(quotas: Mapping[str, int], spread: Mapping[str, Cents]) -> Cents:
    """The quotas of one month and line, in cents, afterwards: their sum stays."""
    found: dict[str, int] = defaultdict(int, dict.fromkeys(quotas, 0))
    for person_id, cents in quotas.items():
        own = spread.get(person_id, {person_id: 1})
        parts = split_units(cents, list(own.values()))
        for to_id, part in zip(own, parts, strict=True):
            found[to_id] += part
    return dict(found)


def _whole(own: Mapping[str, Fraction]) -> Cents:
    """The same proportions in whole numbers; nobody with nothing."""
    some = {person_id: part for person_id, part in own.items() if part > 0}
    below = 1
    for part in some.values():
        below = below * part.denominator // _common(below, part.denominator)
    return {person_id: int(part * below) for person_id, part in some.items()}


def _common(first: int, second: int) -> int:
    while second:
        first, second = second, first % second
    return first


def _is_crossed(low: int, high: int) -> bool:
    return low > high


def _within(
    total: Fraction, weights: list[Fraction], low: Sequence[int], high: Sequence[int]
) -> list[Fraction]:
    """Parts by weights, each within its bounds: whoever breaks one most is fixed there first."""
    free, fixed = set(range(len(weights))), dict[int, Fraction]()
    while free:
        rest = total - sum(fixed.values(), Fraction(0))
        weighed = {at: weights[at] for at in free}
        if not sum(weighed.values()):
            weighed = dict.fromkeys(free, Fraction(1))
        whole = sum(weighed.values(), Fraction(0))
        share = {at: rest * weight / whole for at, weight in weighed.items()}
        over = {at: share[at] - high[at] for at in free if share[at] > high[at]}
        under = {at: low[at] - share[at] for at in free if share[at] < low[at]}
        if not over and not under:
            return [fixed.get(at, share.get(at, Fraction(0))) for at in range(len(weights))]
        # The side that is broken more decides first; its bounds then hold for good.
        is_over = sum(over.values(), Fraction(0)) >= sum(under.values(), Fraction(0))
        for at in over if is_over else under:
            fixed[at] = Fraction((high if is_over else low)[at])
            free.discard(at)
    return [fixed[at] for at in range(len(weights))]
