"""A plan is said to work where it did, and luck that turns is no success."""

from __future__ import annotations

import math
from dataclasses import astuple, replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.coaching_fairness import EFFECT, SPREAD, plans
from quarterdeck.domain.coaching_effect import effect
from quarterdeck.domain.shrinkage import Tally, logged

REST = [Tally(name, 14, 40) for name in ("ben", "cy", "dee", "eve", "fay", "gus", "hal")]


def team(won, deals):
    return [Tally("ana", won, deals), *REST]


def told(before, after, target=0.0, kind="rate", higher_is_better=True):
    return effect(kind, "ana", before, after, higher_is_better, target)


def test_a_large_rise_worked():
    found = told(team(4, 40), team(26, 40))
    assert (found.words, found.more_needed) == ("worked", None)
    assert 0 < found.low90 < found.low80 < found.estimate < found.high80 < found.high90


def test_a_fall_did_not_work():
    found = told(team(20, 60), team(5, 60))
    assert found.words == "did not"
    assert found.high90 < 0


def test_less_than_half_of_a_high_target_did_not_work():
    before, after = team(40, 120), team(42, 120)
    assert told(before, after).words == "cannot tell yet"
    assert told(before, after, target=0.4).words == "did not"


def test_bad_luck_that_turns_is_no_success():
    """From 2 of 20 back to what all win: by hand a rise of 25 points."""
    few = [Tally(name, 7, 20) for name in ("ben", "cy", "dee", "eve", "fay", "gus", "hal")]
    found = told([Tally("ana", 2, 20), *few], [Tally("ana", 7, 20), *few])
    assert found.words == "cannot tell yet"
    assert 0 < found.estimate < 0.18
    assert found.more_needed is None or found.more_needed > 10


def test_what_lifts_everybody_is_no_effect_of_the_plan():
    lifted = [replace(one, total=24) for one in REST]
    alone = told(team(14, 40), team(24, 40)).estimate
    with_all = told(team(14, 40), [Tally("ana", 24, 40), *lifted]).estimate
    assert alone == pytest.approx(0.25, abs=0.03)
    assert with_all == pytest.approx(0, abs=0.03)


def test_fewer_days_are_better():
    def days(own):
        rest = [logged("days", name, [20, 35, 30, 25] * 5) for name in ("ben", "cy", "dee")]
        return [logged("days", "ana", own), *rest]

    slow, quick = days([60, 75, 90, 80] * 5), days([25, 35, 30, 28] * 5)
    assert told(slow, quick, kind="days", higher_is_better=False).words == "worked"
    worse = told(quick, slow, kind="days", higher_is_better=False)
    assert worse.words == "did not"
    assert worse.estimate < -math.log(2)


def test_counts_are_events_per_unit_of_exposure():
    rest = [Tally(name, 36, 90.0) for name in ("ben", "cy", "dee")]
    found = told([Tally("ana", 30, 90.0), *rest], [Tally("ana", 60, 60.0), *rest], kind="count")
    assert found.words == "worked"
    assert found.estimate == pytest.approx(60 / 60 - 34 / 90, abs=0.06)


def test_nothing_after_cannot_tell_yet():
    found = told(team(4, 40), [Tally("ana", 0, 0), *REST])
    assert astuple(found) == (None,) * 5 + ("cannot tell yet", 10)
    assert told(team(4, 40), [Tally("ana", 9, 12)]).words == "cannot tell yet"


def test_nine_deals_after_never_tell():
    found = told(team(4, 40), [Tally("ana", 9, 9), *REST])
    assert (found.words, found.more_needed) == ("cannot tell yet", 1)


@pytest.mark.parametrize("before", [REST, [Tally("ana", 0, 0), *REST], [Tally("ana", 3, 9)], []])
def test_a_missing_baseline_is_refused(before):
    with pytest.raises(ValueError, match="needs data before"):
        told(before, team(9, 40))


def test_as_many_more_deals_as_it_says_do_tell():
    """If all goes on alike: the same rates after, in longer windows."""
    before, after = team(10, 40), team(10, 20)
    found = told(before, after)
    assert found.words == "cannot tell yet"
    for more, words in ((found.more_needed + 2, "worked"), (found.more_needed // 2, found.words)):
        part = 1 + more / 20
        later = [replace(one, total=one.total * part, of=one.of * part) for one in after]
        assert told(before, later).words == words


RATES = st.lists(
    st.integers(1, 40).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))),
    min_size=2,
    max_size=5,
)


@settings(deadline=None)
@given(RATES, RATES, st.booleans(), st.floats(0, 0.5))
def test_everything_is_finite_and_in_order(before, after, higher_is_better, target):
    people = ("ana", "ben", "cy", "dee", "eve")
    first = [Tally(one, *row) for one, row in zip(people, before, strict=False)]
    later = [Tally(one, *row) for one, row in zip(people, after, strict=False)]
    found = told(first, later, target, higher_is_better=higher_is_better)
    ends = (found.low90, found.low80, found.estimate, found.high80, found.high90)
    assert all(map(math.isfinite, ends))
    assert list(ends) == sorted(ends)
    assert found.more_needed is None or 1 <= found.more_needed <= 500
    if found.words == "worked":
        assert found.low90 > 0
    if found.words == "did not":
        assert found.high90 < target / 2 or found.high90 < 0
    mirrored = told(first, later, target, higher_is_better=not higher_is_better)
    assert mirrored.estimate == pytest.approx(-found.estimate)


@pytest.mark.parametrize("spread", [0, SPREAD])
@pytest.mark.parametrize("change", [0, EFFECT])
def test_four_of_five_intervals_hold_the_truth_for_the_weakest_of_eight(spread, change):
    found = plans(600, 20, spread, change)
    assert 0.73 <= found.covered <= 0.87
    assert change or found.worked <= 0.09


def test_of_counts_and_days_too_the_weakest_of_eight_are_covered():
    random, covered, worked = np.random.default_rng(3), [], []
    for _ in range(300):
        for kind in ("count", "days"):
            before, after = (_window(random, kind) for _ in range(2))
            weakest = min(before, key=lambda one: one.mean).person_id
            found = effect(kind, weakest, before, after, True)
            covered.append(found.low80 <= 0 <= found.high80)
            worked.append(found.words == "worked")
    assert 0.74 <= np.mean(covered) <= 0.88
    assert np.mean(worked) <= 0.08


def _window(random, kind):
    """Eight equal people: 25 deals in 90 days each, or 20 deals of some 30 days."""
    if kind == "count":
        return [Tally(f"E{at}", float(random.poisson(25)), 90.0) for at in range(8)]
    return [logged(kind, f"E{at}", random.lognormal(3.4, 0.6, 20)) for at in range(8)]
