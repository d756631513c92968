"""Why is somebody short of the target, and which skill would close most of it?

What a person books in a period is carry x deals created x win rate x mean won size x the share that
lands in time x (1 - slip). `carry` is one constant of the team that makes the product of all its
people what they booked: it stands for what the five leave out.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import numpy as np

from quarterdeck.domain.posteriors import Beta, Draws, Gamma, Normal
from quarterdeck.domain.quotas import CENT

NAMES = ("created", "win_rate", "size", "in_time", "slip")
REST = "this period's deals"
SKILLS = {
    "created": "prospecting",
    "size": "value selling",
    "in_time": "proposal creation",
    "win_rate": "closing",
    "slip": "closing",
}
SEED, DRAWS = 1, 2000
"""The same draws for everyone: equal people get equal ranges, today and tomorrow."""


@dataclass(frozen=True)
class Factors:
    """Deals created in the period, win rate, mean won size, and the shares of won deals that land
    in time and of forecast ones that slip, 0 to 1. Raises ValueError on what is no number."""

    created: float
    win_rate: float
    size_usd: float
    in_time: float
    slip: float

    def __post_init__(self) -> None:
        if not all(map(math.isfinite, self._all())):
            raise ValueError(f"Each factor must be a number (got {self})")

    def _all(self) -> tuple[float, ...]:
        return self.created, self.win_rate, self.size_usd, self.in_time, self.slip

    @property
    def multipliers(self) -> tuple[Fraction, ...]:
        """The five, exactly, as they multiply: of slip, what does not slip."""
        *most, slip = map(Fraction, self._all())
        return *most, 1 - slip

    @property
    def product(self) -> Fraction:
        return math.prod(self.multipliers, start=Fraction(1))


@dataclass(frozen=True)
class Posteriors:
    """What is known of each factor of a person: of created over the period's exposure
    (`Gamma.over`), of size the logarithm."""

    created: Gamma
    win_rate: Beta
    size_usd: Normal
    in_time: Beta
    slip: Beta


@dataclass(frozen=True)
class Part:
    """So many dollars of the gap come from this; negative is short of the target."""

    name: str
    usd: Decimal


@dataclass(frozen=True)
class Range:
    """80 of 100 times the part lies between these dollars."""

    name: str
    low_usd: Decimal
    high_usd: Decimal


def team_carry(team: Iterable[Factors], booked_usd: Decimal) -> float:
    """Bookings of the team ÷ the sum of its people's products; 1 where that is 0."""
    product = sum((one.product for one in team), Fraction(0))
    return float(Fraction(booked_usd) / product) if product else 1.0


def needed_created(reference: Factors, target_usd: Decimal, carry: float) -> float:
    """How many deals the target needs at the reference's other rates; 0 where a deal at those
    brings nothing, as no number would do."""
    each = replace(reference, created=1.0).product * Fraction(carry)
    return float(Fraction(target_usd) / each) if each else 0.0


def split(
    own: Factors, reference: Factors, target_usd: Decimal, likely_usd: Decimal, carry: float
) -> list[Part]:
    """Six parts that add up to likely - target to the cent.

    Five are the Shapley values of the factors between the reference, with as many deals as the
    target needs, and the own ones: the mean over all orders of changing one after another of what
    each change brings. The sixth is what this period's deals bring beyond the own rates: likely -
    own model (less the target, where the reference's deals bring nothing and so explain none).
    """
    needed = replace(reference, created=needed_created(reference, target_usd, carry))
    constant = Fraction(carry)
    values = _subsets(needed.multipliers, own.multipliers)
    exact = [constant * one for one in _shapley(values)]
    total = (likely_usd - target_usd).quantize(CENT, ROUND_HALF_UP)
    exact.append(Fraction(total) - sum(exact, Fraction(0)))
    return [
        Part(name, cents * CENT)
        for name, cents in zip((*NAMES, REST), _whole([100 * one for one in exact]), strict=True)
    ]


def ranges(
    own: Posteriors, reference: Factors, target_usd: Decimal, likely_usd: Decimal, carry: float
) -> list[Range]:
    """The 80 % range of each of the six parts, from draws of what is known of the own factors;
    the reference, the target and what is likely are taken as they are."""
    random = np.random.default_rng(SEED)
    needed = replace(reference, created=needed_created(reference, target_usd, carry))
    drawn = (
        own.created.draws(random, DRAWS),
        own.win_rate.draws(random, DRAWS),
        np.exp(own.size_usd.draws(random, DRAWS)),
        own.in_time.draws(random, DRAWS),
        1 - own.slip.draws(random, DRAWS),
    )
    parts = _drawn_parts([float(one) for one in needed.multipliers], drawn) * carry
    rest = float(likely_usd - target_usd) - parts.sum(axis=1, keepdims=True)
    ends = np.quantile(np.hstack([parts, rest]), (0.1, 0.9), axis=0)
    return [
        Range(name, _usd(low), _usd(high))
        for name, low, high in zip((*NAMES, REST), *ends.tolist(), strict=True)
    ]


def largest_fixable(parts: Sequence[Part]) -> tuple[Part, str] | None:
    """The factor that costs most and the skill it belongs to; None where none costs anything."""
    short = [part for part in parts if part.name in SKILLS and part.usd < 0]
    worst = min(short, key=lambda part: part.usd, default=None)
    return (worst, SKILLS[worst.name]) if worst else None


def _subsets(reference: Sequence[Fraction], own: Sequence[Fraction]) -> list[Fraction]:
    """The product for each of the 32 sets of factors that are the own ones: bit n for factor n."""
    values = [Fraction(1)]
    for theirs, mine in zip(reference, own, strict=True):
        values = [value * theirs for value in values] + [value * mine for value in values]
    return values


def _weights() -> list[list[Fraction]]:
    """What each set counts in the part of each factor: in how many of the 120 orders the factor
    comes right after the others of the set, or, negative, right after the whole set."""
    every, size = range(2 ** len(NAMES)), len(NAMES)
    orders = [math.factorial(n) * math.factorial(size - 1 - n) for n in range(size)]
    whole = math.factorial(size)
    return [
        [
            Fraction(orders[held.bit_count() - 1], whole)
            if held >> at & 1
            else Fraction(-orders[held.bit_count()], whole)
            for held in every
        ]
        for at in range(size)
    ]


WEIGHTS = _weights()
WEIGHTS_DRAWN = np.array(WEIGHTS, dtype=np.float64).T


def _shapley(values: Sequence[Fraction]) -> list[Fraction]:
    return [
        sum((weight * value for weight, value in zip(row, values, strict=True)), Fraction(0))
        for row in WEIGHTS
    ]


def _drawn_parts(reference: Sequence[float], own: Sequence[Draws]) -> Draws:
    """One row a draw, one column a factor."""
    values = np.ones((1, DRAWS))
    for theirs, mine in zip(reference, own, strict=True):
        values = np.vstack([values * theirs, values * mine])
    return values.T @ WEIGHTS_DRAWN


def _whole(exact: Sequence[Fraction]) -> list[int]:
    """Whole numbers with the same sum, itself whole: what is left goes to the largest remainders,
    and none to what is whole already."""
    parts = [math.floor(one) for one in exact]
    left = int(sum(exact, Fraction(0))) - sum(parts)
    order = sorted(range(len(parts)), key=lambda at: (parts[at] - exact[at], at))
    for at in order[:left]:
        parts[at] += 1
    return parts


def _usd(amount: float) -> Decimal:
    return Decimal(amount).quantize(CENT, ROUND_HALF_UP)
