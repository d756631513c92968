"""Is nobody singled out for bad luck, and no plan praised for luck that turned?"""

from __future__ import annotations

import pytest

from bench.coaching_fairness import EFFECT, SIZES, SPREAD, fairness, plans
from tests.exam.figures import IS_FULL, recorded, sized

pytestmark = pytest.mark.exam
TEAMS, PLANS = sized(400, 2000), sized(800, 5000)
SLACK = 0.0 if IS_FULL else 0.03
"""Samples scatter more than the full run."""


@recorded("coaching, fair", f"{TEAMS:,} teams of eight equals each at {SIZES} deals: at most 0.15 "
          "named wrongly a team")  # fmt: skip
def test_in_teams_of_equals_hardly_anybody_is_named():
    for deals in SIZES:
        assert fairness(TEAMS, deals, 0).flagged <= 0.15 + SLACK


@recorded("coaching, finds", f"{TEAMS:,} teams that differ: 35 % of the weak found in 20 deals")
def test_of_the_truly_weak_a_third_is_found_in_twenty_deals():
    assert fairness(TEAMS, 20, SPREAD).found >= 0.35 - SLACK


@recorded("coaching, plans", f"{PLANS:,} plans each of 12 settings for the weakest of eight: 80 % "
          "intervals hold 75 to 85 %, at most 7 % wrongly said to have worked")  # fmt: skip
def test_plans_for_the_weakest_of_eight_are_judged_rightly():
    for deals in (20, 40):
        for spread in (0, SPREAD / 2, SPREAD):
            for change in (0, EFFECT):
                found = plans(PLANS, deals, spread, change)
                assert 0.75 - SLACK <= found.covered <= 0.85 + SLACK
                assert change or found.worked <= 0.07 + SLACK
