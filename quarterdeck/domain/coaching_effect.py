"""Did the coaching plan work?

Difference in differences: (own after - own before) - (rest of the team after - rest before), over
the same weeks. Whoever is coached was chosen because of a poor window, and a poor window is partly
bad luck that does not come again; so what was before is shrunken towards the team, the own number
and the others' (who look too good for the same reason), and what is after stands as it is.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from quarterdeck.domain.posteriors import Draws
from quarterdeck.domain.shrinkage import LEAST_DEALS, MOST_MORE, Kind, Prior, Tally, prior_of

STRENGTHS = (5, 10, 20, 50, 1000)
"""How alike people may be, in deals, the last of them equal: eight people cannot tell one strength
for sure, so all are weighed, each alike before the data."""
WORKED = "worked"
DID_NOT = "did not"
CANNOT_TELL = "cannot tell yet"
NO_NUMBERS = (None,) * 5
WIDE, NARROW = NormalDist().inv_cdf(0.95), NormalDist().inv_cdf(0.9)


@dataclass(frozen=True)
class Effect:
    """What the plan changed, above 0 where better: shares, events per unit of exposure, or
    logarithms (0.1: about 10 % less days or more dollars). All None with no data after.

    `words`: "worked" where the 90 % interval lies wholly above 0; "did not" where it lies wholly
    below half the target, or below 0; else, or below 10 deals after, "cannot tell yet".
    `more_needed`: about how many more deals would tell if all goes on like this; None where it is
    told, or where no 500 would tell; 10 with no data after.
    """

    estimate: float | None
    low80: float | None
    high80: float | None
    low90: float | None
    high90: float | None
    words: str
    more_needed: int | None


@dataclass(frozen=True)
class _Known:
    """A mean and its variance."""

    mean: float
    variance: float


def effect(
    kind: Kind,
    coached_id: str,
    before: Sequence[Tally],
    after: Sequence[Tally],
    higher_is_better: bool,
    target: float = 0.0,
) -> Effect:
    """The effect on one person, from the tallies of the whole team before and after.

    `target` is the improvement aimed at, 0 or more, in the unit of the estimate. The others count
    by n before x n after ÷ (n before + n after). Raises ValueError where the coached person, or
    everybody else, has no data before: then there is nothing to compare with.
    """
    start = {one.person_id: one for one in before if one.of > 0}
    later = {one.person_id: one for one in after if one.of > 0}
    rest = [one for one in start if one != coached_id]
    prior = prior_of(kind, before)
    if coached_id not in start or not rest or prior is None:
        raise ValueError(
            f"A plan needs data before it: of {coached_id}, and of someone else on the team. "
            "Choose an earlier start of the window before."
        )
    known = _shrunken(prior, start)
    both = {one: _harmonic(start[one], later[one]) for one in rest if one in later}
    if coached_id not in later or not both:
        return Effect(*NO_NUMBERS, CANNOT_TELL, LEAST_DEALS)
    whole = sum(both.values())
    parts = {one: -weight / whole for one, weight in both.items()} | {coached_id: 1.0}
    ends = {one: _as_it_is(prior, later[one]) for one in parts}
    sign = 1 if higher_is_better else -1
    moved = _Known(
        sign * sum(part * (ends[one].mean - known[one].mean) for one, part in parts.items()),
        sum(part**2 * ends[one].variance for one, part in parts.items()),
    )
    settled = sum(part**2 * known[one].variance for one, part in parts.items())
    return _told(moved, settled, prior.deals(later[coached_id]), target)


def _told(moved: _Known, settled: float, deals: float, target: float) -> Effect:
    """`settled` is the variance that more deals after the plan do not lessen."""
    estimate, sd = moved.mean, math.sqrt(moved.variance + settled)
    low, high = estimate - WIDE * sd, estimate + WIDE * sd
    words = CANNOT_TELL
    if deals >= LEAST_DEALS and low > 0:
        words = WORKED
    elif deals >= LEAST_DEALS and high < max(target / 2, 0.0):
        words = DID_NOT
    return Effect(
        estimate=estimate,
        low80=estimate - NARROW * sd,
        high80=estimate + NARROW * sd,
        low90=low,
        high90=high,
        words=words,
        more_needed=_more(moved, settled, deals, target) if words == CANNOT_TELL else None,
    )


def _more(moved: _Known, settled: float, deals: float, target: float) -> int | None:
    """With n deals after and m more, the variance after falls by n / (n + m); the interval tells
    once its half is no longer than the way to 0, or to half the target."""
    way = max(moved.mean, target / 2 - moved.mean) / WIDE
    if way**2 <= settled:
        return None
    least = max(LEAST_DEALS - deals, 1.0)
    more = math.ceil(max(deals * (moved.variance / (way**2 - settled) - 1), least))
    return more if more <= MOST_MORE else None


def _harmonic(first: Tally, second: Tally) -> float:
    return first.of * second.of / (first.of + second.of)


def _shrunken(prior: Prior, start: Mapping[str, Tally]) -> dict[str, _Known]:
    """Each person's mean before, over all strengths: each weighs as likely as it makes the team's
    differences, whose means scatter by spread x (1 / n + 1 / strength)."""
    strengths = np.array(STRENGTHS) / (prior.mean if prior.kind == "count" else 1.0)
    size = np.array([[one.of] for one in start.values()])
    total = np.array([[one.total] for one in start.values()])
    scatter = prior.spread * (1 / size + 1 / strengths)
    away = (total / size - prior.mean) ** 2
    fits = -0.5 * (np.log(scatter) + away / scatter).sum(axis=0)
    weights = np.exp(fits - fits.max())
    weights /= weights.sum()
    means = (prior.mean * strengths + total) / (strengths + size)
    noise = _noise(prior, means) / (strengths + size)
    centre = means @ weights
    team = (strengths / (strengths + size)) @ weights
    variance = (noise + (means - centre[:, None]) ** 2) @ weights
    variance += team**2 * prior.spread / size.sum()
    found = zip(start, centre.tolist(), variance.tolist(), strict=True)
    return {one: _Known(mean, around) for one, mean, around in found}


def _as_it_is(prior: Prior, tally: Tally) -> _Known:
    """A mean after: the own data, with half a deal that keeps none and all from being certain."""
    if prior.kind == "rate":
        mean = (tally.total + 0.5) / (tally.of + 1)
        return _Known(mean, mean * (1 - mean) / (tally.of + 1))
    if prior.kind == "count":
        mean = (tally.total + 0.5) / tally.of
        return _Known(mean, mean / tally.of)
    return _Known(tally.mean, prior.spread / tally.of)


def _noise(prior: Prior, means: Draws) -> Draws | float:
    """The variance of one deal around these means."""
    if prior.kind == "rate":
        return means * (1 - means)
    return means if prior.kind == "count" else prior.spread
