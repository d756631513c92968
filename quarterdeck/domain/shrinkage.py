"""Who differs from the team, when some of the difference is luck?

Empirical Bayes: the team says what is usual before anybody's own deals are looked at, and the own
deals move it by as much as there are of them. Three kinds of numbers share the formulas: rates
(beta-binomial), counts over an exposure (gamma-Poisson), and the logarithms of days and amounts
(normal).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import NormalDist
from typing import Literal

import numpy as np

from quarterdeck.domain.posteriors import Beta, Gamma, Normal, Posterior

Kind = Literal["rate", "count", "days", "amount"]

LEAST_DEALS = 10
LEAST_STRENGTH, MOST_STRENGTH = 5.0, 200.0
"""What the team weighs against anybody's own data, in deals (of a count: in its events)."""
BELOW, WATCH = 0.9, 0.8
CHANCE = 0.15
"""Nobody is singled out where chance alone makes such differences in as many teams of equals."""
MOST_MORE = 500
TAIL = 0.1
UNKNOWN_SPREAD = 1.0
SMALLEST_SPREAD = 1e-9

NOTHING = (None,) * 8
NOBODY = (None,) * 3
NOT_ENOUGH = "not enough data"
NO_PEERS = "no peers to compare with"
BELOW_PEERS = "below peers"
TO_WATCH = "watch"
NO_DIFFERENCE = "no clear difference"


@dataclass(frozen=True)
class Tally:
    """What one person did: wins `of` decided deals, events `of` an exposure (days, weighted),
    or the sum of the logarithms `of` so many values, with the sum of their squares."""

    person_id: str
    total: float
    of: float
    squares: float = 0.0

    @property
    def mean(self) -> float:
        return self.total / self.of


@dataclass(frozen=True)
class Prior:
    """What the team says of anybody: the mean (rate, events per exposure, or logarithm), how much
    one deal scatters around its person's own mean (a variance), and what the team's word weighs,
    in deals or in exposure. `chance` is how often equal people would differ as much as these."""

    kind: Kind
    mean: float
    spread: float
    strength: float
    chance: float

    def deals(self, tally: Tally) -> float:
        """How many deals inform about somebody; of a count, how many the team would have."""
        return tally.of * self.mean if self.kind == "count" else tally.of

    def posterior(self, tally: Tally) -> Posterior:
        weight = self.strength + tally.of
        total = self.mean * self.strength + tally.total
        if self.kind == "rate":
            return Beta(total, weight - total)
        if self.kind == "count":
            return Gamma(total, 1 / weight)
        return Normal(total / weight, math.sqrt(self.spread / weight))


@dataclass(frozen=True)
class Evidence:
    """How one person stands beside the team, in shares, events per unit of exposure, days or
    dollars (of days and dollars the typical one: the geometric mean).

    `n` is the number of deals or values; of a count, the events. `raw` is the own number without
    the team's, None without data; a count of nothing over some exposure is 0. `shrunk` lies between
    it and the team's; 80 of 100 times the truth is from `low` to `high`. The peers' quartiles are
    of the others' shrunken numbers. `below` is the probability to be worse than the team;
    `is_ahead` is said as seldom as "below peers", at the other end.
    """

    person_id: str
    n: int
    raw: float | None
    shrunk: float | None
    low: float | None
    high: float | None
    peers_low: float | None
    peers_high: float | None
    peers_middle: float | None
    below: float | None
    verdict: str
    is_ahead: bool = False


def prior_of(kind: Kind, tallies: Sequence[Tally]) -> Prior | None:
    """What the team says, by moments; None where nobody has data.

    The pooled mean m and S = sum of n (own mean - m)^2 give the variance between people. Of rates
    it is Kleinman's (1973) intraclass correlation rho with the weights n, and strength is
    1/rho - 1; else the variance within, over that between (DerSimonian and Laird 1986). Where
    nothing or everything succeeded, half a deal of the other kind keeps the mean inside. Raises
    ValueError for more wins than deals, or fewer events than none.
    """
    known = [_sound(kind, one) for one in tallies if one.of > 0]
    if not known:
        return None
    whole = sum(one.of for one in known)
    mean = sum(one.total for one in known) / whole
    far = sum(one.of * (one.mean - mean) ** 2 for one in known)
    if kind in ("rate", "count"):
        mean = _inside(kind, mean, whole)
    spread = _spread(kind, mean, known)
    free = len(known) - 1
    chance = 1 - Gamma(free / 2, 2).cdf(far / spread) if free else 1.0
    apart, even = far - spread * free, whole - sum(one.of**2 for one in known) / whole
    within = spread * even - (far if kind == "rate" else 0.0)
    unit = mean if kind == "count" else 1.0
    strength = within * unit / apart if apart > 0 else MOST_STRENGTH
    held = min(max(strength, LEAST_STRENGTH), MOST_STRENGTH) / unit
    return Prior(kind, mean, spread, held, chance)


def logged(kind: Kind, person_id: str, values: Iterable[float]) -> Tally:
    """Days or amounts as logarithms: days + 1, where less than none is none; amounts only
    where they are above 0."""
    if kind == "days":
        logs = [math.log1p(max(value, 0.0)) for value in values]
    else:
        logs = [math.log(value) for value in values if value > 0]
    return Tally(person_id, math.fsum(logs), len(logs), math.fsum(one * one for one in logs))


def unlogged(kind: Kind, mean: float) -> float:
    """A mean as it is read: the logarithm's days or dollars; a rate is itself."""
    return math.expm1(mean) if kind == "days" else math.exp(mean) if kind == "amount" else mean


def evidence(kind: Kind, tallies: Sequence[Tally], higher_is_better: bool) -> list[Evidence]:
    """Each person beside the team, in the order given.

    "below peers" and "watch" need 10 deals (of a count: 10 that the team would have made), more
    than 0.9 and 0.8 of probability to be worse than the team's mean, and a team whose people differ
    more than 85 of 100 teams of equals do (chi-squared test of homogeneity): someone is always the
    lowest, and with enough deals each would be named, however little that is.
    """
    prior = prior_of(kind, tallies)
    if prior is None:
        verdict = NOT_ENOUGH if len(tallies) > 1 else NO_PEERS
        return [Evidence(one.person_id, 0, *NOTHING, verdict) for one in tallies]
    found = [prior.posterior(one) for one in tallies]
    centres = [unlogged(kind, one.mean) for one in found]
    rows: list[Evidence] = []
    for at, (tally, posterior) in enumerate(zip(tallies, found, strict=True)):
        others = zip(tallies, centres, strict=True)
        known = [mean for place, (one, mean) in enumerate(others) if place != at and one.of > 0]
        low, middle, high = np.quantile(known, (0.25, 0.5, 0.75)).tolist() if known else NOBODY
        p = posterior.cdf(prior.mean)
        below = p if higher_is_better else 1 - p
        rows.append(
            Evidence(
                person_id=tally.person_id,
                n=round(tally.total if kind == "count" else tally.of),
                raw=unlogged(kind, tally.mean) if tally.of > 0 else None,
                shrunk=centres[at],
                low=unlogged(kind, posterior.quantile(TAIL)),
                high=unlogged(kind, posterior.quantile(1 - TAIL)),
                peers_low=low,
                peers_high=high,
                peers_middle=middle,
                below=below,
                verdict=_verdict(prior, tally, below) if known else NO_PEERS,
                is_ahead=bool(known) and _verdict(prior, tally, 1 - below) == BELOW_PEERS,
            )
        )
    return rows


def more_deals(prior: Prior, tally: Tally) -> int | None:
    """About how many more deals would tell, if they go as those so far; None where it is told (the
    probability to be below the team, or above it, passes 0.9), or where no 500 would tell.

    The normal form of the posterior passes 0.9 at n |own - team's| = z sqrt(spread (n + strength)).
    """
    have, p = prior.deals(tally), prior.posterior(tally).cdf(prior.mean)
    if have >= LEAST_DEALS and not 1 - BELOW <= p <= BELOW:
        return None
    apart = tally.mean - prior.mean if tally.of > 0 else 0.0
    if not apart:
        return None
    part = NormalDist().inv_cdf(BELOW) ** 2 * prior.spread / (2 * apart**2)
    need = part + math.sqrt(part * (part + 2 * prior.strength))
    unit = prior.mean if prior.kind == "count" else 1.0
    more = max(math.ceil(need * unit - have), math.ceil(LEAST_DEALS - have), 1)
    return more if more <= MOST_MORE else None


def _verdict(prior: Prior, tally: Tally, below: float) -> str:
    if prior.deals(tally) < LEAST_DEALS:
        return NOT_ENOUGH
    if prior.chance >= CHANCE or below <= WATCH:
        return NO_DIFFERENCE
    return BELOW_PEERS if below > BELOW else TO_WATCH


def _sound(kind: Kind, tally: Tally) -> Tally:
    most = {"rate": tally.of, "count": math.inf}.get(kind)
    if most is not None and not 0 <= tally.total <= most:
        raise ValueError(
            f"{tally.person_id} cannot have {tally.total:g} of {tally.of:g}. Count 0 to {most:g}."
        )
    return tally


def _inside(kind: Kind, mean: float, whole: float) -> float:
    """A rate strictly between none and all, a count above none."""
    if kind == "count":
        return mean or 0.5 / whole
    return mean if 0 < mean < 1 else (mean * whole + 0.5) / (whole + 1)


def _spread(kind: Kind, mean: float, known: Sequence[Tally]) -> float:
    """The variance of one deal around its person's mean: of logarithms as found within people."""
    if kind == "rate":
        return mean * (1 - mean)
    if kind == "count":
        return mean
    free = sum(one.of for one in known) - len(known)
    if free <= 0:
        return UNKNOWN_SPREAD
    within = sum(one.squares - one.total * one.mean for one in known)
    return max(within / free, SMALLEST_SPREAD)
