"""The parts of a gap add up to it, and each is what its factor brings."""

from __future__ import annotations

import itertools
import math
import time
from dataclasses import astuple, replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bench.gap_split import PEOPLE, books, centre, explained, known
from quarterdeck.domain.gap_split import (
    NAMES,
    REST,
    SKILLS,
    Factors,
    Part,
    Posteriors,
    largest_fixable,
    needed_created,
    ranges,
    split,
    team_carry,
)
from quarterdeck.domain.posteriors import Beta, Gamma, Normal

OWN = Factors(created=20, win_rate=0.3, size_usd=50_000, in_time=0.6, slip=0.4)
PEERS = Factors(created=25, win_rate=0.4, size_usd=60_000, in_time=0.8, slip=0.2)
SHARES = st.just(0.0) | st.just(1.0) | st.floats(0.001, 0.999)
FACTORS = st.builds(
    Factors,
    created=st.just(0.0) | st.floats(0.01, 500),
    win_rate=SHARES,
    size_usd=st.just(0.0) | st.floats(0.01, 1e7),
    in_time=SHARES,
    slip=SHARES,
)
USD = st.decimals(0, 10**8, places=2)
CARRY = st.floats(0.01, 100)


def in_cents(parts):
    return {part.name: part.usd for part in parts}


def over_all_orders(own, reference, carry):
    """The mean over the 120 orders of what each factor changes when its turn comes."""
    found = [Fraction(0)] * len(NAMES)
    for order in itertools.permutations(range(len(NAMES))):
        now = list(reference.multipliers)
        for at in order:
            before = math.prod(now)
            now[at] = own.multipliers[at]
            found[at] += (math.prod(now) - before) * Fraction(carry)
    return [one / math.factorial(len(NAMES)) for one in found]


@settings(deadline=None)
@given(FACTORS, FACTORS, USD, USD, CARRY)
@example(OWN, replace(PEERS, win_rate=0.0), Decimal(500), Decimal(0), 1.0)
@example(Factors(0, 0, 0, 0, 0), Factors(0, 0, 0, 0, 0), Decimal(0), Decimal(0), 1.0)
def test_six_parts_add_up_to_the_cent(own, reference, target, likely, carry):
    parts = split(own, reference, target, likely, carry)
    assert [part.name for part in parts] == [*NAMES, REST]
    assert sum(part.usd for part in parts) == likely - target
    assert all(part.usd == part.usd.quantize(Decimal("0.01")) for part in parts)


@settings(deadline=None, max_examples=25)
@given(FACTORS, FACTORS, USD, USD, CARRY)
def test_each_part_is_the_mean_over_all_orders(own, reference, target, likely, carry):
    needed = replace(reference, created=needed_created(reference, target, carry))
    parts = split(own, reference, target, likely, carry)
    for part, exact in zip(parts, over_all_orders(own, needed, carry), strict=False):
        assert abs(Fraction(part.usd) - exact) < Fraction(1, 100)


@settings(deadline=None)
@given(FACTORS, FACTORS, USD, USD, CARRY, st.sets(st.sampled_from(NAMES[1:])))
def test_a_factor_equal_to_the_references_is_no_part(own, peers, target, likely, carry, same):
    fields = {name if name != "size" else "size_usd" for name in same}
    peers = replace(peers, **{name: getattr(own, name) for name in fields})
    parts = in_cents(split(own, peers, target, likely, carry))
    assert all(parts[name] == 0 for name in same)


def test_a_left_cent_goes_to_no_equal_factor():
    for more in range(20):
        own = replace(OWN, win_rate=PEERS.win_rate, size_usd=50_000 + 7 * more)
        parts = in_cents(split(own, PEERS, Decimal(250_000), Decimal(100_000), 0.7))
        assert parts["win_rate"] == 0


def test_whoever_creates_what_the_target_needs_is_short_by_this_periods_deals_alone():
    target = Decimal("1000000.00")
    own = replace(PEERS, created=needed_created(PEERS, target, 1.7))
    parts = in_cents(split(own, PEERS, target, Decimal("900000.07"), 1.7))
    assert parts.pop(REST) == Decimal("-99999.93")
    assert set(parts.values()) == {0}


def test_the_deals_a_target_needs_bring_the_target():
    created = needed_created(PEERS, Decimal(1_000_000), 1.7)
    assert 1.7 * float(replace(PEERS, created=created).product) == pytest.approx(1_000_000)


def test_lower_rates_cost_and_higher_ones_bring():
    parts = in_cents(split(OWN, PEERS, Decimal(250_000), Decimal(100_000), 1.0))
    assert all(parts[name] < 0 for name in ("win_rate", "size", "in_time", "slip"))
    assert parts["created"] > 0


def test_the_carry_makes_the_team_what_it_booked():
    carry = team_carry([OWN, PEERS], Decimal(777_777))
    assert carry * float(OWN.product + PEERS.product) == pytest.approx(777_777)
    assert team_carry([replace(OWN, win_rate=0)], Decimal(5)) == 1
    assert team_carry([], Decimal(0)) == 1


def test_where_the_references_deals_bring_nothing_the_target_is_this_periods():
    nothing = replace(PEERS, win_rate=0.0)
    assert needed_created(nothing, Decimal(500), 1.0) == 0
    parts = in_cents(split(replace(OWN, created=0), nothing, Decimal(500), Decimal(20), 1.0))
    assert parts.pop(REST) == -480
    assert set(parts.values()) == {0}


@pytest.mark.parametrize("bad", [math.nan, math.inf])
def test_what_is_no_number_is_refused(bad):
    with pytest.raises(ValueError, match="must be a number"):
        replace(OWN, size_usd=bad)


def test_the_largest_fixable_part_names_its_skill():
    parts = [Part("created", Decimal(-5)), Part("slip", Decimal(-9)), Part(REST, Decimal(-99))]
    assert largest_fixable(parts) == (Part("slip", Decimal(-9)), "closing")
    assert largest_fixable([Part("created", Decimal(0)), Part(REST, Decimal(-1))]) is None
    assert set(SKILLS) == set(NAMES)


def posteriors(sharp):
    """What is known around the own factors, the more the sharper."""

    def beta(mean):
        return Beta(mean * sharp, (1 - mean) * sharp)

    size = Normal(math.log(OWN.size_usd), 1 / math.sqrt(sharp))
    return Posteriors(
        Gamma(sharp, 20 / sharp), beta(OWN.win_rate), size, beta(OWN.in_time), beta(OWN.slip)
    )


def asked_for(person):
    return ranges(person, PEERS, Decimal(250_000), Decimal(100_000), 1.0)


def test_ranges_close_in_on_the_parts_the_more_is_known():
    parts = split(OWN, PEERS, Decimal(250_000), Decimal(100_000), 1.0)
    wide, narrow, sharp = (asked_for(posteriors(n)) for n in (30, 3_000, 10**9))
    for part, rough, fine, exact in zip(parts, wide, narrow, sharp, strict=True):
        assert part.name == rough.name == exact.name
        assert rough.low_usd < fine.low_usd < part.usd < fine.high_usd < rough.high_usd
        assert float(exact.low_usd) == pytest.approx(float(part.usd), abs=50)


def test_equal_people_have_equal_ranges_each_time():
    assert asked_for(posteriors(30)) == asked_for(posteriors(30))


def test_nothing_created_and_nothing_known_is_still_finite():
    one = replace(posteriors(30), created=Gamma(5, 1).over(0))
    ends = [end for row in asked_for(one) for end in astuple(row)[1:]]
    assert all(end.is_finite() for end in ends)
    everything = ranges(one, replace(PEERS, in_time=0), Decimal(0), Decimal(0), 1.0)
    assert all(row.low_usd == row.high_usd == 0 for row in everything)


def test_the_own_factors_are_the_middle_of_what_is_known():
    person = known(books(), 0)
    own = centre(person)
    parts = split(own, PEERS, Decimal(900_000), Decimal(700_000), 1.0)
    for part, row in zip(
        parts, ranges(person, PEERS, Decimal(900_000), Decimal(700_000), 1.0), strict=True
    ):
        assert row.low_usd < part.usd < row.high_usd


def test_eight_people_are_explained_in_a_fifth_of_a_second():
    tallies = books()
    spent = []
    for _ in range(3):
        started = time.process_time()
        assert len(explained(tallies)) == PEOPLE
        spent.append(time.process_time() - started)
    assert min(spent) <= 0.2
