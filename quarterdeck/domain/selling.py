"""How does each person sell, beside the others, and where do the dollars of the gap come from?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import lru_cache
from math import exp
from typing import Any

import numpy as np

from quarterdeck.domain.coaching import FEW, MEASURES, SKILLS
from quarterdeck.domain.gap_split import (
    Factors,
    Part,
    Posteriors,
    Range,
    ranges,
    split,
    team_carry,
)
from quarterdeck.domain.posteriors import Beta, Gamma, Normal
from quarterdeck.domain.shrinkage import (
    BELOW_PEERS,
    LEAST_STRENGTH,
    MOST_STRENGTH,
    NO_PEERS,
    NOT_ENOUGH,
    TO_WATCH,
    Evidence,
    Kind,
    Prior,
    Tally,
    evidence,
    prior_of,
)

LEAST_POTENTIAL, MOST_POTENTIAL = 0.5, 2.0
"""A territory counts for half to twice a usual one, however its potential was guessed."""
KINDS: dict[str, Kind] = {
    "created": "count",
    "win_rate": "rate",
    "size": "amount",
    "in_time": "rate",
    "slip": "rate",
}
LOGS = {
    "size": ("sized_deals", "size"),
    "price": ("priced_deals", "price"),
    "proposal_days": ("proposal_timed_deals", "proposal"),
    "late_days": ("late_timed_deals", "late"),
}
"""By measure: how many values coaching_facts has of it, and how their logarithms are called."""


@dataclass(frozen=True)
class Seller:
    """One person's deals of a stretch of days, as counts by the names of coaching_facts.

    `weeks` is how many of them they were there for; `potential` their territory's, 1 for the
    team's mean. `logs` holds by the name of a measure of dollars or days how many values there
    are, the mean of their logarithms (of days: and one more) and that of the squares.
    """

    person_id: str
    counts: Mapping[str, int]
    weeks: float
    potential: float = 1.0
    booked_usd: Decimal = Decimal(0)
    logs: Mapping[str, tuple[int, float, float]] = field(default_factory=dict)

    @property
    def exposure(self) -> float:
        """Weeks in a usual territory."""
        return self.weeks * min(max(self.potential, LEAST_POTENTIAL), MOST_POTENTIAL)

    def tally(self, name: str) -> Tally:
        """What the person did by one measure; new deals are measured by the territory's weeks."""
        measure = MEASURES[name]
        if measure.kind in ("amount", "days"):
            n, mean, squares = self.logs.get(name, (0, 0.0, 0.0))
            return Tally(self.person_id, n * mean, n, n * squares)
        part = self.counts.get(measure.part, 0)
        if measure.whole:
            return Tally(self.person_id, part, self.counts.get(measure.whole, 0))
        return Tally(self.person_id, part, self.exposure if name == "created" else self.weeks)


@dataclass(frozen=True)
class Gap:
    """A gap taken apart: six parts that add up to likely - target, each with its 80 % range."""

    target_usd: Decimal
    booked_usd: Decimal
    open_usd: Decimal
    parts: tuple[Part, ...]
    ranges: tuple[Range, ...]
    own: Factors
    reference: Factors

    @property
    def likely_usd(self) -> Decimal:
        return self.booked_usd + self.open_usd


def priors(sellers: Sequence[Seller]) -> dict[str, Prior] | None:
    """What the team says of each factor; None where nothing of one is known of anybody."""
    found = {
        name: prior_of(kind, [one.tally(name) for one in sellers]) for name, kind in KINDS.items()
    }
    known = {name: prior for name, prior in found.items() if prior is not None}
    if len(sellers) == 1:
        # Of one alone nobody can say how alike people are: the own data must speak.
        weak = LEAST_STRENGTH / MOST_STRENGTH
        known = {name: replace(one, strength=one.strength * weak) for name, one in known.items()}
    return known if {"created", "win_rate", "size"} <= set(known) else None


def posteriors(seller: Seller, known: Mapping[str, Prior], weeks: float) -> Posteriors:
    """What is known of one person's factors over so many weeks of a period."""
    created = _posterior(known, seller, "created")
    exposure = weeks * seller.exposure / seller.weeks if seller.weeks else weeks
    return Posteriors(
        created=created.over(exposure) if isinstance(created, Gamma) else Gamma(1e-9, 1.0),
        win_rate=_beta(_posterior(known, seller, "win_rate")),
        size_usd=_normal(_posterior(known, seller, "size")),
        in_time=_beta(_posterior(known, seller, "in_time")),
        slip=_beta(_posterior(known, seller, "slip")),
    )


def factors(known: Posteriors) -> Factors:
    """The middle of what is known: means of counts and shares, the typical size."""
    return Factors(
        created=known.created.mean,
        win_rate=known.win_rate.mean,
        size_usd=exp(known.size_usd.mean),
        in_time=known.in_time.mean,
        slip=known.slip.mean,
    )


def gap(
    seller: Seller,
    sellers: Sequence[Seller],
    target_usd: Decimal,
    likely: tuple[Decimal, Decimal],
    weeks: float,
    before: Factors | None = None,
) -> Gap | None:
    """The gap between what is likely (booked, and from open deals) and a target, taken apart.

    The reference is the team's rates, or `before`: the person's own of another time. None where
    too little is known of anybody to say how they sell.
    """
    known = priors(sellers)
    if known is None:
        return None
    weeks_known = max((one.weeks for one in sellers), default=0.0)
    # Who was there for half of the time booked in half of it.
    share_each = weeks / weeks_known if weeks_known else 0.0
    theirs = [factors(posteriors(one, known, share_each * one.weeks)) for one in sellers]
    booked = sum((one.booked_usd for one in sellers), Decimal(0))
    share = Decimal(weeks / weeks_known) if weeks_known else Decimal(0)
    carry = team_carry(theirs, booked * share)
    what = posteriors(seller, known, weeks)
    own = factors(what)
    reference = before or _of_the_team(known, own)
    booked_usd, open_usd = likely
    total = booked_usd + open_usd
    parts = split(own, reference, target_usd, total, carry)
    spread = ranges(what, reference, target_usd, total, carry)
    return Gap(target_usd, booked_usd, open_usd, tuple(parts), tuple(spread), own, reference)


def skills(sellers: Sequence[Seller]) -> dict[str, dict[str, Evidence]]:
    """By measure and person: how each stands beside the others."""
    found = {}
    for name, measure in MEASURES.items():
        tallies = tuple(one.tally(name) for one in sellers)
        rows = _judged(kind_of(name), tallies, measure.is_more_better)
        few = {one.person_id for one in tallies if measure.is_of_deals and one.of < FEW}
        found[name] = {
            row.person_id: replace(row, verdict=NOT_ENOUGH, is_ahead=False)
            if row.person_id in few and row.verdict != NO_PEERS
            else row
            for row in rows
        }
    return found


def first_measure(skill: str) -> str:
    """The one measure by which a skill is judged: whoever looks at many finds one by chance."""
    return next(name for name, one in MEASURES.items() if one.skill == skill)


def midway(own: float, peers: Sequence[float], *, is_more_better: bool) -> float:
    """Halfway from where somebody stands to the better quarter of the peers; never backwards."""
    if not peers:
        return own
    quarter = float(np.quantile(peers, 0.75 if is_more_better else 0.25))
    is_behind = quarter > own if is_more_better else quarter < own
    return (own + quarter) / 2 if is_behind else own


def worst_skill(found: Mapping[str, Mapping[str, Evidence]], person_id: str) -> str:
    """The skill with the plainest verdict against somebody; '' where none says anything."""
    for verdict in (BELOW_PEERS, TO_WATCH):
        for skill in SKILLS:
            if found[first_measure(skill)][person_id].verdict == verdict:
                return skill
    return ""


_judged = lru_cache(maxsize=1024)(evidence)
"""The same numbers give the same words: each is worked out once, whoever asks."""


def ahead(found: Mapping[str, Mapping[str, Evidence]], skill: str, person_id: str) -> list[str]:
    """Who of the others plainly does better than the team in a skill; in the order of their ids,
    which says nothing."""
    rows = found[first_measure(skill)]
    return sorted(one for one, row in rows.items() if row.is_ahead and one != person_id)


def own_before(seller: Seller, sellers: Sequence[Seller], weeks: float) -> Factors | None:
    """The factors of a person in an earlier stretch, shrunken towards that time's team."""
    known = priors(sellers)
    return factors(posteriors(seller, known, weeks)) if known else None


def seller_of(row: Mapping[Any, Any], weeks: float) -> Seller:
    """A row of coaching_facts as a seller."""
    counts = {
        name: int(value) for name, value in row.items() if name.endswith(("_deals", "_lines"))
    }
    counts |= {name: int(row[name]) for name in ("meetings", "activities", "new_contacts")}
    counts["decided_deals"] = counts["won_deals"] + counts["lost_deals"]
    logs = {
        name: (counts[many], float(row[f"{log}_log"]), float(row[f"{log}_log_squared"]))
        for name, (many, log) in LOGS.items()
        if counts[many]
    }
    booked = Decimal(str(row["booked_usd"]))
    return Seller(str(row["person_id"]), counts, weeks, booked_usd=booked, logs=logs)


def with_potentials(sellers: Sequence[Seller], potentials: Mapping[str, float]) -> list[Seller]:
    """Each with the potential of their territory ÷ the mean of those who have one."""
    known = [usd for usd in potentials.values() if usd > 0]
    mean = sum(known) / len(known) if known else 0.0
    return [
        replace(one, potential=potentials.get(one.person_id, 0.0) / mean)
        if mean and potentials.get(one.person_id, 0.0) > 0
        else one
        for one in sellers
    ]


def kind_of(name: str) -> Kind:
    """How a measure is counted, in the words of shrinkage."""
    kinds: dict[str, Kind] = {
        "count": "count",
        "rate": "rate",
        "amount": "amount",
        "days": "days",
    }
    return kinds[MEASURES[name].kind]


def _of_the_team(known: Mapping[str, Prior], own: Factors) -> Factors:
    return Factors(
        created=own.created,
        win_rate=known["win_rate"].mean,
        size_usd=exp(known["size"].mean),
        in_time=known["in_time"].mean if "in_time" in known else own.in_time,
        slip=known["slip"].mean if "slip" in known else own.slip,
    )


def _posterior(known: Mapping[str, Prior], seller: Seller, name: str) -> Beta | Gamma | Normal:
    if name not in known:
        # Nobody has it: the same for everyone, so that it takes no part in any gap.
        return Beta(1e6, 1.0) if name == "in_time" else Beta(1.0, 1e6)
    return known[name].posterior(seller.tally(name))


def _beta(found: Beta | Gamma | Normal) -> Beta:
    return found if isinstance(found, Beta) else Beta(1.0, 1.0)


def _normal(found: Beta | Gamma | Normal) -> Normal:
    return found if isinstance(found, Normal) else Normal(0.0, 1.0)
