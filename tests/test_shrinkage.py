"""Whoever differs is named, and nobody is named for bad luck."""

from __future__ import annotations

import json
import math
from dataclasses import astuple, replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.coaching_fairness import SPREAD, fairness
from quarterdeck.domain.posteriors import Beta, Gamma, Normal
from quarterdeck.domain.shrinkage import (
    Tally,
    evidence,
    logged,
    more_deals,
    prior_of,
    unlogged,
)
from tests.conftest import SHARED, needs

VECTORS = "vectors/eb_shrinkage.json"
SIX_DIGITS = 6e-7
KINDS = st.sampled_from(("rate", "count", "days", "amount"))
TEAM = [
    ("R1", 18, 40), ("R2", 9, 35), ("R3", 14, 28), ("R4", 3, 6),
    ("R5", 22, 70), ("R6", 5, 30), ("R7", 11, 25), ("R8", 0, 2),
]  # fmt: skip
RATES = [Tally(*row) for row in TEAM]
WEAK = [Tally("ana", 6, 40), *(Tally(name, 18, 40) for name in ("ben", "cy", "dee", "eve"))]


@st.composite
def tallies(draw, kind):
    """Teams of none to five, some of them without any data."""
    found = []
    for at in range(draw(st.integers(0, 5))):
        if kind == "rate":
            deals = draw(st.integers(0, 60))
            found.append(Tally(f"E{at}", draw(st.integers(0, deals)), deals))
        elif kind == "count":
            days = draw(st.just(0.0) | st.floats(0.01, 400))
            found.append(Tally(f"E{at}", draw(st.integers(0, 90)) if days else 0, days))
        else:
            values = draw(st.lists(st.floats(-10, 1e9), max_size=15))
            found.append(logged(kind, f"E{at}", values))
    return found


TEAMS = KINDS.flatmap(lambda kind: st.tuples(st.just(kind), tallies(kind)))


def told(kind, team, higher_is_better=True):
    return {one.person_id: one for one in evidence(kind, team, higher_is_better)}


@needs(VECTORS)
def test_the_shared_example_holds_to_its_six_digits():
    example = json.loads((SHARED / VECTORS).read_text())
    team = [Tally(*row) for row in example["inputs"]["wins_of_n"]]
    expected, prior = example["expected"], prior_of("rate", team)
    assert prior.mean == pytest.approx(expected["mu"], abs=SIX_DIGITS)
    assert prior.strength == pytest.approx(expected["M"], abs=SIX_DIGITS)
    assert 1 / (prior.strength + 1) == pytest.approx(expected["rho"], abs=SIX_DIGITS)
    for row, one in zip(expected["reps"], evidence("rate", team, True), strict=True):
        assert (one.person_id, one.verdict) == (row["rep"], row["verdict"])
        assert one.raw == pytest.approx(row["raw"], abs=SIX_DIGITS)
        assert one.shrunk == pytest.approx(row["posterior_mean"], abs=SIX_DIGITS)
        assert [one.low, one.high] == pytest.approx(row["ci80"], abs=SIX_DIGITS)
        assert 1 - one.below == pytest.approx(row["p_above_team"], abs=SIX_DIGITS)


def test_five_wins_of_thirty_are_below_peers_who_win_a_third():
    prior, six = prior_of("rate", RATES), told("rate", RATES)["R6"]
    assert (prior.mean, prior.strength) == pytest.approx((0.347458, 28.680396), abs=SIX_DIGITS)
    assert six.verdict == "below peers"
    assert (six.n, six.raw) == (30, 5 / 30)
    found = (six.shrunk, six.low, six.high, 1 - six.below)
    assert found == pytest.approx((0.255029, 0.184377, 0.329344, 0.058613), abs=SIX_DIGITS)


def test_each_verdict_has_its_line():
    verdicts = [one.verdict for one in evidence("rate", RATES, True)]
    assert verdicts == [
        "no clear difference", "watch", "no clear difference", "not enough data",
        "no clear difference", "below peers", "no clear difference", "not enough data",
    ]  # fmt: skip


def test_where_less_is_better_the_highest_is_below_peers():
    slipped = [replace(one, total=one.of - one.total) for one in WEAK]
    assert told("rate", slipped, higher_is_better=False)["ana"].verdict == "below peers"
    assert told("rate", slipped, higher_is_better=True)["ana"].verdict == "no clear difference"


def test_peers_are_the_others_of_whom_something_is_known():
    team = [*WEAK, Tally("new", 0, 0)]
    one, new = told("rate", team)["ben"], told("rate", team)["new"]
    others = [told("rate", team)[name].shrunk for name in ("ana", "cy", "dee", "eve")]
    ends = (one.peers_low, one.peers_middle, one.peers_high)
    assert ends == pytest.approx(np.quantile(others, (0.25, 0.5, 0.75)))
    assert (new.n, new.raw, new.verdict) == (0, None, "not enough data")
    assert new.shrunk == pytest.approx(prior_of("rate", team).mean)


@pytest.mark.parametrize("rest", [[], [Tally("new", 0, 0)]])
def test_whoever_is_alone_has_no_peers(rest):
    alone = evidence("rate", [Tally("ana", 3, 30), *rest], True)[0]
    assert alone.verdict == "no peers to compare with"
    assert (alone.peers_low, alone.peers_middle, alone.peers_high) == (None, None, None)


def test_a_team_without_data_is_told_nothing():
    for kind in ("rate", "count", "days", "amount"):
        for one in evidence(kind, [Tally("ana", 0, 0), Tally("ben", 0, 0)], True):
            assert astuple(one)[2:-2] == (None,) * 8
            assert one.verdict == "not enough data"
    assert evidence("rate", [], True) == []


def test_in_a_team_that_differs_no_more_than_chance_nobody_is_named():
    team = [Tally("ana", 320, 1000), *(Tally(f"E{at}", 350, 1000) for at in range(7))]
    lowest = told("rate", team)["ana"]
    assert prior_of("rate", team).chance > 0.5
    assert lowest.below > 0.9
    assert lowest.verdict == "no clear difference"


@pytest.mark.parametrize("won", [0, 30])
def test_where_all_are_won_or_lost_nobody_differs(won):
    for one in evidence("rate", [Tally(name, won, 30) for name in "abc"], True):
        assert one.verdict == "no clear difference"
        assert 0 < one.low < one.high < 1


@pytest.mark.parametrize(
    ("kind", "total"), [("rate", 31), ("rate", -1), ("count", -1), ("count", math.nan)]
)
def test_more_wins_than_deals_are_refused(kind, total):
    with pytest.raises(ValueError, match="ana cannot have"):
        evidence(kind, [Tally("ana", total, 30)], True)


def test_counts_weigh_the_exposure():
    quarter = [Tally("ana", 12, 90), *(Tally(name, 36, 90) for name in ("ben", "cy", "dee"))]
    assert told("count", quarter)["ana"].verdict == "below peers"
    halved = [replace(quarter[0], of=30.0), *quarter[1:]]
    assert told("count", halved)["ana"].verdict == "no clear difference"


def test_the_prior_of_a_count_is_found_by_its_moments():
    events, days = np.array([20, 45, 70, 30]), np.array([90, 90, 180, 60])
    rate = events.sum() / days.sum()
    far = (days * (events / days - rate) ** 2).sum()
    between = (far - 3 * rate) / (days.sum() - (days**2).sum() / days.sum())
    prior = prior_of("count", [Tally("", *row) for row in zip(events, days, strict=True)])
    assert 5 < rate**2 / between < 200
    assert prior.strength == pytest.approx(rate / between)


def test_no_deal_in_a_long_time_is_evidence_and_no_time_is_none():
    team = [Tally("ana", 0, 90), Tally("new", 0, 0), *(Tally(n, 30, 90) for n in ("ben", "cy"))]
    found = told("count", team)
    assert (found["ana"].n, found["ana"].raw, found["ana"].verdict) == (0, 0, "below peers")
    assert (found["new"].raw, found["new"].verdict) == (None, "not enough data")


def test_a_count_is_thin_below_ten_that_the_team_would_have():
    short = [Tally("ana", 0, 27), *(Tally(name, 32, 90) for name in ("ben", "cy", "dee"))]
    assert prior_of("count", short).deals(short[0]) < 10
    assert told("count", short)["ana"].verdict == "not enough data"


def test_slow_deals_are_below_peers_and_days_stay_days():
    slow = [logged("days", "ana", [60, 75, 90, 80] * 4)]
    team = slow + [logged("days", name, [20, 35, 30, 25] * 4) for name in ("ben", "cy", "dee")]
    found = told("days", team, higher_is_better=False)
    assert found["ana"].verdict == "below peers"
    assert found["ben"].raw == pytest.approx(math.exp(np.log1p([20, 35, 30, 25]).mean()) - 1)
    assert found["ben"].raw < found["ben"].shrunk < found["ana"].shrunk < found["ana"].raw


def test_days_below_none_are_none_and_amounts_of_nothing_are_left_out():
    assert logged("days", "ana", [-3, 0]) == Tally("ana", 0, 2)
    assert logged("amount", "ana", [0, -5, math.e]).of == 1
    assert unlogged("days", 0.0) == 0


def test_a_lone_amount_has_a_wide_range():
    one = told("amount", [logged("amount", "ana", [50_000]), Tally("ben", 0, 0)])["ana"]
    assert one.raw == pytest.approx(50_000)
    assert one.high / one.low > 1.1


@settings(deadline=None, max_examples=150)
@given(TEAMS, st.booleans())
def test_everything_is_finite_or_none_and_in_order(asked, higher_is_better):
    kind, team = asked
    for tally, one in zip(team, evidence(kind, team, higher_is_better), strict=True):
        numbers = [number for number in astuple(one)[2:-2] if number is not None]
        assert all(map(math.isfinite, numbers))
        assert (one.raw is None) == (tally.of == 0)
        if one.shrunk is not None:
            assert one.low < one.high
            assert 0 <= one.below <= 1
        if one.raw is not None:
            least, most = sorted((one.raw, unlogged(kind, prior_of(kind, team).mean)))
            slack = 1e-9 * max(1, most)
            assert least - slack <= one.shrunk <= most + slack


@settings(deadline=None)
@given(TEAMS)
def test_the_order_of_people_changes_nothing(asked):
    kind, team = asked
    back = told(kind, team[::-1])
    for one in evidence(kind, team, True):
        assert one.verdict == back[one.person_id].verdict
        assert one.shrunk == pytest.approx(back[one.person_id].shrunk)


def test_more_deals_as_those_so_far_do_tell():
    prior, one = prior_of("rate", RATES), RATES[1]
    more = more_deals(prior, one)
    assert more == 31
    for deals, is_told in ((more, True), (more // 2, False)):
        later = Tally("R2", one.total + deals * one.mean, one.of + deals)
        assert (more_deals(prior, later) is None) == is_told


@pytest.mark.parametrize(
    ("tally", "more"),
    [(RATES[5], None), (Tally("few", 0, 2), 10), (Tally("usual", 34.75, 100), None),
     (Tally("new", 0, 0), None), (Tally("nine", 0, 9), 3)],
)  # fmt: skip
def test_more_deals_are_asked_for_only_where_they_would_tell(tally, more):
    assert more_deals(prior_of("rate", RATES), tally) == more


def test_more_of_a_count_are_deals_not_days():
    team = [Tally("ana", 9, 36), *(Tally(name, 36, 90) for name in ("ben", "cy", "dee"))]
    prior = prior_of("count", team)
    more = more_deals(prior, team[0])
    longer = 36 + more / prior.mean
    assert 0.89 < prior.posterior(Tally("ana", longer / 4, longer)).cdf(prior.mean) < 0.95


@given(st.integers(1, 30), st.integers(1, 30), st.fractions(0, 1, max_denominator=20))
def test_the_beta_function_is_the_binomial_tail(a, b, x):
    size = a + b - 1
    tail = sum(math.comb(size, n) * x**n * (1 - x) ** (size - n) for n in range(a, size + 1))
    assert Beta(a, b).cdf(float(x)) == pytest.approx(float(Fraction(tail)), rel=1e-11, abs=1e-14)


@given(st.integers(1, 60), st.floats(0, 500))
def test_the_gamma_function_is_the_poisson_tail(shape, x):
    tail = 1 - math.fsum(math.exp(n * math.log(x) - x - math.lgamma(n + 1)) if x else float(n == 0)
                         for n in range(shape))  # fmt: skip
    assert Gamma(shape, 2).cdf(2 * x) == pytest.approx(tail, abs=1e-12)


@given(
    st.builds(Beta, st.floats(0.3, 500), st.floats(0.3, 500))
    | st.builds(Gamma, st.floats(0.5, 5000), st.floats(0.001, 100))
    | st.builds(Normal, st.floats(-20, 20), st.floats(1e-5, 5)),
    st.floats(0.05, 0.95),
)
def test_a_quantile_is_where_its_probability_lies(known, p):
    assert known.cdf(known.quantile(p)) == pytest.approx(p, abs=1e-9)


def test_draws_have_the_mean_and_the_scatter_of_what_is_known():
    for known in (Beta(3, 7), Gamma(12, 2), Gamma(12, 2).over(3), Normal(1, 0.3)):
        drawn = known.draws(np.random.default_rng(1), 50_000)
        assert drawn.mean() == pytest.approx(known.mean, rel=0.02)
        assert drawn.var() == pytest.approx(known.variance, rel=0.05)
    assert not Gamma(12, 2).over(0).draws(np.random.default_rng(1), 9).any()


@pytest.mark.parametrize("deals", [10, 20, 40])
def test_in_a_team_of_equals_hardly_anybody_is_named(deals):
    found = fairness(150, deals, 0)
    assert found.flagged <= 0.2
    assert found.rule > 1


def test_of_the_truly_weak_a_third_is_found_in_twenty_deals():
    found = fairness(200, 20, SPREAD)
    assert found.found >= 0.3
    assert found.right >= 0.7
