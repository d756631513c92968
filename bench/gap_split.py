"""What does it cost to say why each of eight people is short of the target?

    python -m bench.gap_split [--rounds 20] [--record]

Processor time of the whole process: the team's priors and posteriors from tallies, the six parts
and their 80 % ranges for all eight.
"""

from __future__ import annotations

import argparse
import statistics
import time
from decimal import Decimal

import numpy as np

from bench.results import record_bench, table
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
from quarterdeck.domain.shrinkage import Kind, Tally, logged, prior_of, unlogged

PEOPLE = 8
EXPOSURE = 90.0
TARGET, LIKELY = Decimal(900_000), Decimal(700_000)
KINDS: dict[str, Kind] = {
    "created": "count", "win_rate": "rate", "size": "amount", "in_time": "rate", "slip": "rate",
}  # fmt: skip


def books(seed: int = 1) -> dict[str, list[Tally]]:
    """A year of eight people, by factor."""
    random = np.random.default_rng(seed)
    names = [f"E{at}" for at in range(PEOPLE)]

    def rate(share: float, deals: int) -> list[Tally]:
        return [Tally(one, float(random.binomial(deals, share)), deals) for one in names]

    return {
        "created": [Tally(one, float(random.poisson(60)), 4 * EXPOSURE) for one in names],
        "win_rate": rate(0.35, 50),
        "size": [logged("amount", one, random.lognormal(11, 0.9, 18)) for one in names],
        "in_time": rate(0.7, 18),
        "slip": rate(0.25, 30),
    }


def known(tallies: dict[str, list[Tally]], person: int) -> Posteriors:
    """What is known of one person; the team's priors are asked anew for each."""
    found = []
    for name, kind in KINDS.items():
        prior = prior_of(kind, tallies[name])
        assert prior is not None
        found.append(prior.posterior(tallies[name][person]))
    created, win_rate, size, in_time, slip = found
    assert isinstance(created, Gamma)
    assert isinstance(size, Normal)
    assert isinstance(win_rate, Beta)
    assert isinstance(in_time, Beta)
    assert isinstance(slip, Beta)
    return Posteriors(created.over(EXPOSURE), win_rate, size, in_time, slip)


def centre(one: Posteriors) -> Factors:
    size = unlogged("amount", one.size_usd.mean)
    return Factors(one.created.mean, one.win_rate.mean, size, one.in_time.mean, one.slip.mean)


def explained(tallies: dict[str, list[Tally]]) -> list[tuple[list[Part], list[Range]]]:
    people = [known(tallies, at) for at in range(PEOPLE)]
    own = [centre(one) for one in people]
    carry = team_carry(own, Decimal(6_000_000))
    reference = own[0]
    return [
        (
            split(mine, reference, TARGET, LIKELY, carry),
            ranges(one, reference, TARGET, LIKELY, carry),
        )
        for one, mine in zip(people, own, strict=True)
    ]


def main() -> None:
    """Measure and print; record where asked."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rounds", type=int, default=20)
    asked.add_argument("--record", action="store_true")
    given = asked.parse_args()
    tallies, spent = books(), []
    explained(tallies)
    for _ in range(given.rounds):
        started = time.process_time()
        explained(tallies)
        spent.append(1000 * (time.process_time() - started))
    body = table(
        ["eight people, six parts with ranges", "median, ms", "slowest, ms"],
        [[f"{given.rounds} rounds", f"{statistics.median(spent):.0f}", f"{max(spent):.0f}"]],
    )
    print(body)
    if given.record:
        record_bench("Gap split", "python -m bench.gap_split --record", body)


if __name__ == "__main__":
    main()
