"""How often does coaching single out somebody who is no worse, or praise a plan that did nothing?

    python -m bench.coaching_fairness [--teams 2000] [--plans 5000] [--record]

Invented teams of eight whose true win rates are known. Those of equals are all .35; those who
differ scatter around it on the logit. The rival is the rule that people follow by hand: below
80 % of the team's average is below the team. A plan is for whoever is weakest by the window before
it, and changes the true win rate by a known amount; both windows have as many deals a person.
"""

from __future__ import annotations

import argparse
import math
from dataclasses import dataclass

import numpy as np

from bench.results import record_bench, table
from quarterdeck.domain.coaching_effect import WORKED, effect
from quarterdeck.domain.shrinkage import BELOW_PEERS, TO_WATCH, Tally, evidence

PEOPLE = 8
WIN_RATE = 0.35
SPREAD = 0.6
WEAK = 0.8
"""Truly weak: a true win rate of at most 80 % of the team's mean."""
EFFECT = 0.15
SIZES = (10, 20, 40)


@dataclass(frozen=True)
class Fairness:
    """People named wrongly a team, by us and by the rule; and which part of the weak are found."""

    flagged: float
    watched: float
    rule: float
    found: float
    found_or_watched: float
    right: float


@dataclass(frozen=True)
class Plans:
    """In which part of the plans the 80 % interval holds the truth, and which are told to work."""

    covered: float
    worked: float
    bias: float


def true_rates(random: np.random.Generator, spread: float) -> np.ndarray:
    centre = math.log(WIN_RATE / (1 - WIN_RATE))
    return 1 / (1 + np.exp(-(centre + spread * random.standard_normal(PEOPLE))))


def tallies(wins: np.ndarray, deals: int) -> list[Tally]:
    return [Tally(f"E{at}", float(won), deals) for at, won in enumerate(wins)]


def fairness(teams: int, deals: int, spread: float, seed: int = 1) -> Fairness:
    """Of teams of equals (`spread` 0) whoever is named is named wrongly; of others, who is weak."""
    random = np.random.default_rng(seed)
    rows = []
    for _ in range(teams):
        rates = true_rates(random, spread)
        wins = random.binomial(deals, rates)
        told = [one.verdict for one in evidence("rate", tallies(wins, deals), True)]
        below = np.array([one == BELOW_PEERS for one in told])
        watch = np.array([one == TO_WATCH for one in told])
        rows.append((rates <= WEAK * rates.mean(), below, watch, wins < WEAK * wins.mean()))
    weak, below, watch, rule = (np.array(one) for one in zip(*rows, strict=True))
    some = max(int(weak.sum()), 1)
    return Fairness(
        flagged=(below & ~weak).sum() / teams,
        watched=(watch & ~weak).sum() / teams,
        rule=(rule & ~weak).sum() / teams,
        found=(below & weak).sum() / some,
        found_or_watched=((below | watch) & weak).sum() / some,
        right=(below & weak).sum() / max(int(below.sum()), 1),
    )


def plans(count: int, deals: int, spread: float, change: float, seed: int = 1) -> Plans:
    random = np.random.default_rng(seed)
    rows = []
    for _ in range(count):
        rates = true_rates(random, spread)
        wins = random.binomial(deals, rates)
        weakest = int(np.argmin(wins + random.random(PEOPLE) / 2))
        later = rates.copy()
        later[weakest] += change
        after = tallies(random.binomial(deals, later), deals)
        found = effect("rate", f"E{weakest}", tallies(wins, deals), after, True)
        assert found.estimate is not None
        assert found.low80 is not None
        assert found.high80 is not None
        is_covered = found.low80 <= change <= found.high80
        rows.append((is_covered, found.words == WORKED, found.estimate - change))
    return Plans(*np.array(rows, dtype=float).mean(axis=0).tolist())


def main() -> None:
    """Measure and print; record where asked."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--teams", type=int, default=2000)
    asked.add_argument("--plans", type=int, default=5000)
    asked.add_argument("--record", action="store_true")
    given = asked.parse_args()
    equal = [(deals, fairness(given.teams, deals, 0)) for deals in SIZES]
    apart = [(deals, fairness(given.teams, deals, SPREAD)) for deals in SIZES]
    tried = [
        (deals, spread, change, plans(given.plans, deals, spread, change))
        for deals in SIZES[1:]
        for spread in (0, SPREAD / 2, SPREAD)
        for change in (0, EFFECT)
    ]
    body = "\n".join([
        f"{given.teams:,} teams of eight equal people, true win rate {WIN_RATE}: who is named is "
        "named wrongly. The rule: below 80 % of the team’s average.\n",
        table(
            ["deals each", "“below peers” a team", "“watch” a team", "the rule’s a team"],
            [[deals, f"{one.flagged:.3f}", f"{one.watched:.3f}", f"{one.rule:.2f}"]
             for deals, one in equal],
        ),
        f"{given.teams:,} teams that differ by {SPREAD} on the logit; truly weak: a true rate of "
        "at most 80 % of the team’s mean.\n",
        table(
            ["deals each", "weak found", "found or watched", "weak of those named"],
            [[deals, *(f"{part:.0%}" for part in (one.found, one.found_or_watched, one.right))]
             for deals, one in apart],
        ),
        f"{given.plans:,} plans each for the weakest of eight by the window before.\n",
        table(
            ["deals each", "spread, logit", "true effect", "80 % interval holds it", "“worked”",
             "mean error, points"],
            [[deals, spread, change, f"{one.covered:.1%}", f"{one.worked:.1%}",
              f"{100 * one.bias:+.1f}"]
             for deals, spread, change, one in tried],
        ),
    ])  # fmt: skip
    print(body)
    if given.record:
        record_bench("Coaching", "python -m bench.coaching_fairness --record", body)


if __name__ == "__main__":
    main()
