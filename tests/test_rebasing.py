"""Whatever changes hands, quotas add up to what they were."""

from __future__ import annotations

import json
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quarterdeck.domain.rebasing import Flow, rebased, shares_after, split_units
from tests.conftest import SHARED, needs

VECTORS = "vectors/quota_split.json"
WEIGHTS = st.lists(st.integers(0, 100), min_size=1, max_size=9)


@needs(VECTORS)
def test_the_examples_of_splits_hold_exactly():
    told = [one for one in json.loads((SHARED / VECTORS).read_text()) if "weights" in one["inputs"]]
    assert len(told) == 4
    for one in told:
        asked = one["inputs"]
        bounds = asked.get("min"), asked.get("max")
        found = split_units(asked["total"], asked["weights"], asked["unit"], *bounds)
        assert found == one["expected"]


def test_seven_equal_parts_of_ten_million_in_thousands_go_to_the_first_four():
    found = split_units(10_000_000, [1] * 7, 1000)
    assert found == [1_429_000] * 4 + [1_428_000] * 3


@given(st.integers(0, 10**12), WEIGHTS, st.sampled_from((1, 100, 1000)))
def test_parts_add_up_and_none_is_a_unit_off(total, weights, unit):
    parts = split_units(total, weights, unit)
    exact = [
        Fraction(total * one, sum(weights) or 1) if sum(weights) else Fraction(total, len(weights))
        for one in weights
    ]
    assert sum(parts) == total
    assert all(abs(part - one) < 2 * unit for part, one in zip(parts, exact, strict=True))


@given(st.data())
def test_parts_stay_within_their_bounds(data):
    weights = data.draw(WEIGHTS)
    least = [data.draw(st.integers(0, 50)) for _ in weights]
    most = [low + data.draw(st.integers(0, 500)) for low in least]
    total = data.draw(st.integers(sum(least), sum(most)))
    parts = split_units(total, weights, 1, least, most)
    assert sum(parts) == total
    assert all(low <= part <= high for low, part, high in zip(least, parts, most, strict=True))


@pytest.mark.parametrize("bounds", [([5], [4]), ([11], [20]), ([0], [9])])
def test_bounds_that_leave_no_way_are_said(bounds):
    with pytest.raises(ValueError, match="no way"):
        split_units(10, [1], 1, *bounds)


@given(
    st.dictionaries(st.sampled_from("abcd"), st.integers(0, 10**9), min_size=1),
    st.dictionaries(st.sampled_from("abcd"), st.integers(0, 900), min_size=1),
    st.lists(
        st.tuples(st.sampled_from("abcd"), st.sampled_from("abcd"), st.integers(1, 9)), max_size=6
    ),
)
def test_the_sum_of_each_month_stays_and_who_gives_all_keeps_nothing(quotas, loads, moved):
    flows, left = [], dict(loads)
    for giver, taker, part in moved:
        if giver != taker and left.get(giver, 0) >= part:
            left[giver] -= part
            flows.append(Flow(giver, taker, Fraction(part)))
    spread = shares_after({one: Fraction(load) for one, load in loads.items()}, flows)
    after = rebased(quotas, spread)
    assert sum(after.values()) == sum(quotas.values())
    given_away = {one for one in loads if loads[one] and not left[one]}
    taken = {flow.to_id for flow in flows}
    assert all(after.get(one, 0) == 0 for one in given_away - taken)
    untouched = set(quotas) - taken - {flow.from_id for flow in flows}
    assert all(after[one] == quotas[one] for one in untouched)


def test_three_fifths_of_the_potential_take_three_fifths_of_the_quota():
    spread = shares_after({"ana": Fraction(1000)}, [Flow("ana", "ben", Fraction(600))])
    assert rebased({"ana": 24_001, "ben": 5}, spread) == {"ana": 9_600, "ben": 14_406}
