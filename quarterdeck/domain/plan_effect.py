"""How did a measure go before and since a plan, for one person and for the rest of the team?"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from quarterdeck.domain.coaching import MEASURES, Measure
from quarterdeck.domain.coaching_effect import CANNOT_TELL, Effect, effect
from quarterdeck.domain.posteriors import Beta, Gamma, Normal
from quarterdeck.domain.selling import Seller, kind_of
from quarterdeck.domain.shrinkage import Kind, Tally, unlogged

TAIL = 0.1
LEAST = 2
"""Fewer values than this have no scatter."""


@dataclass(frozen=True)
class Value:
    """A measure over some days: itself, its 80 % range, and the deals or events behind it."""

    value: float
    low: float
    high: float
    n: int


@dataclass(frozen=True)
class Course:
    """Before and since, oneself and the others; None where nothing was there to count."""

    before: Value | None
    after: Value | None
    rest_before: Value | None
    rest_after: Value | None
    effect: Effect


def value_of(kind: Kind, tally: Tally) -> Value | None:
    """By Jeffreys' prior for rates and counts; by its own scatter for days and amounts."""
    if not tally.of:
        return None
    n = round(tally.total if kind == "count" else tally.of)
    if kind == "rate":
        beta = Beta(tally.total + 0.5, tally.of - tally.total + 0.5)
        return Value(tally.mean, beta.quantile(TAIL), beta.quantile(1 - TAIL), n)
    if kind == "count":
        gamma = Gamma(tally.total + 0.5, 1 / tally.of)
        return Value(tally.mean, gamma.quantile(TAIL), gamma.quantile(1 - TAIL), n)
    if tally.of < LEAST:
        middle = unlogged(kind, tally.mean)
        return Value(middle, middle, middle, n)
    apart = max(tally.squares - tally.of * tally.mean**2, 0.0) / (tally.of - 1)
    normal = Normal(tally.mean, math.sqrt(max(apart, 1e-12) / tally.of))
    low, high = normal.quantile(TAIL), normal.quantile(1 - TAIL)
    return Value(unlogged(kind, tally.mean), unlogged(kind, low), unlogged(kind, high), n)


def course(
    name: str,
    person_id: str,
    before: Mapping[str, Seller],
    after: Mapping[str, Seller],
    target: float | None,
) -> Course:
    """What a plan with this measure came to. Without data before there is no effect to tell."""
    measure, kind = MEASURES[name], kind_of(name)
    start = [one.tally(name) for one in before.values()]
    later = [one.tally(name) for one in after.values()]
    own, rest = _parted(start, person_id)
    own_later, rest_later = _parted(later, person_id)
    first = value_of(kind, own) if own else None
    aim = abs(_read(kind, target) - _read(kind, first.value)) if first and target else 0.0
    try:
        told = effect(kind, person_id, start, later, measure.is_more_better, aim)
    except ValueError:
        told = Effect(None, None, None, None, None, CANNOT_TELL, None)
    return Course(
        first,
        value_of(kind, own_later) if own_later else None,
        value_of(kind, _together(rest)),
        value_of(kind, _together(rest_later)),
        told,
    )


def effect_words(measure: Measure, amount: float | None) -> str:
    """+4 points, +0.3 a week, +12 %; a change of days or dollars is told in percent."""
    if amount is None:
        return "–"
    sign = "+" if amount >= 0 else "−"
    if measure.kind == "rate":
        return f"{sign}{abs(amount) * 100:.0f} points"
    if measure.kind == "count":
        return f"{sign}{abs(amount):,.1f}"
    return f"{sign}{abs(math.expm1(amount)) * 100:.0f} %"


def _parted(tallies: Sequence[Tally], person_id: str) -> tuple[Tally | None, list[Tally]]:
    own = next((one for one in tallies if one.person_id == person_id), None)
    return own, [one for one in tallies if one.person_id != person_id]


def _together(tallies: Sequence[Tally]) -> Tally:
    total, of = math.fsum(one.total for one in tallies), math.fsum(one.of for one in tallies)
    return Tally("", total, of, math.fsum(one.squares for one in tallies))


def _read(kind: Kind, value: float) -> float:
    if kind == "days":
        return math.log1p(max(value, 0.0))
    return math.log(value) if kind == "amount" and value > 0 else value
