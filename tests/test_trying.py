"""The sandbox: what is asked of the optimiser, where accounts come to lie, what a box picks."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from quarterdeck.charts import house
from quarterdeck.charts.territory_box import box_map, frame_of
from quarterdeck.domain.homes import Homes, Site
from quarterdeck.domain.realigning import Answer, Miss, Reason, explain, search, solve
from quarterdeck.geography import shapes
from quarterdeck.ui import trying_map, trying_why
from quarterdeck.ui.trying_problem import Limits, problem_of

NOWHERE = float("nan")


def rows(**more):
    usual = {
        "account_id": ["a", "b", "c", "d"],
        "was_person_id": ["ana", "ana", "ana", ""],
        "person_id": ["ana", "ana", "ben", ""],
        "is_moved": [False, False, True, False],
        "potential_usd": [600.0, 300.0, 100.0, 50.0],
        "workload_visits": [6, 6, 6, 6],
        "mrr_usd": [10.0, 0.0, 5.0, 0.0],
        "relationships": [20, 0, 5, 0],
    }
    return pd.DataFrame(usual | more)


def balance(**filled):
    people = {"ana": 1.0, "ben": 1.0} | filled
    ids = ["all", *people, ""]
    return pd.DataFrame(
        {"person_id": ids, "filled_share": [sum(people.values()), *people.values(), 0.0]}
    )


def rules(*told):
    return pd.DataFrame(told, columns=["account_id", "rule", "person_id"])


def test_the_question_holds_locks_pins_what_is_forbidden_and_accounts_of_nobody():
    told = rules(("a", "lock", ""), ("b", "pin", "ben"), ("c", "forbid", "ben"))
    problem = problem_of(rows(), balance(), told, Limits(10, 15, 3))
    assert problem.locked == (True, False, False, False)
    assert problem.pinned == (-1, 1, -1, -1)
    assert problem.allowed[2] == (0,)
    assert problem.current == (0, 0, 0, -1)
    assert problem.most_moves == 5  # the pinned one and nobody's must move, three others may
    assert problem.revenue == (120.0, 0.0, 60.0, 0.0)


def test_what_is_moved_already_stays_so_where_that_is_wished():
    kept = problem_of(rows(), balance(), rules(), Limits(keeps=True))
    assert kept.pinned == (-1, -1, 1, -1)
    assert problem_of(rows(), balance(), rules(), Limits()).pinned == (-1,) * 4


def test_an_account_forbidden_to_everyone_is_said_in_plain_words():
    told = rules(("a", "forbid", "ana"), ("a", "forbid", "ben"))
    with pytest.raises(ValueError, match="allow somebody"):
        problem_of(rows(), balance(), told, Limits())


def test_who_fills_no_position_loses_every_account():
    problem = problem_of(rows(), balance(ana=0.0), rules(), Limits())
    assert set(solve(problem, seconds=2).owner) == {1}


def test_miles_that_are_unknown_are_as_far_as_the_mean_of_the_others():
    miles = pd.DataFrame(
        {
            "account_id": ["a", "a", "b"],
            "person_id": ["ana", "ben", "ana"],
            "travel_miles": [10.0, 30.0, 4.0],
        }
    )
    problem = problem_of(rows(), balance(), rules(), Limits(mile_cost=0.1), miles)
    assert problem.miles == ((10.0, 30.0), (4.0, 4.0), (0.0, 0.0), (0.0, 0.0))


def test_an_account_goes_to_the_module_of_its_county_else_to_the_nearest_else_to_none():
    spokane, boise, here = (
        Site("53063", 47.6, -117.4),
        Site("16001", 43.6, -116.2),
        Site("53063", NOWHERE, NOWHERE),
    )
    known = Homes(
        [("ana", "north", spokane), ("ana", "south", boise), ("ana", "", boise)], [("ben", "empty")]
    )
    assert known.best("ana", here) == "north"
    assert known.best("ana", Site("53001", 46.9, -118.5)) == "north"
    assert known.best("ana", Site("16027", 43.5, -116.5)) == "south"
    assert known.best("ben", spokane) == "empty"
    assert known.best("cy", spokane) == ""


def test_a_box_picks_the_accounts_within_it_and_no_county():
    drawn = pd.DataFrame(
        {"account_id": ["a", "b", None], "east": [1.0, 5.0, 1.0], "north": [1.0, 1.0, 1.0]}
    )
    assert trying_map.picked(drawn, {"east": [2, 0], "north": [0, 3]}) == ["a"]
    assert trying_map.picked(drawn, {}) == []


def test_the_map_with_a_box_is_a_constant_of_its_region_and_holds_no_rows():
    frame = frame_of([shapes.centre("53063"), shapes.centre("16001")])
    assert frame.west < frame.east
    assert frame.south < frame.north
    assert 0 < frame.shrink < 1
    chart = trying_map.region(("ID", "WA"), frame)
    assert chart is trying_map.region(("ID", "WA"), frame)
    spec = house.constant(chart, "light")
    assert set(spec["datasets"]) == {"land"}
    assert box_map(shapes.cut(("ID",)), frame).to_dict()["layer"]


REASONS = [
    Miss(0, "potential", 120, 100, 110, 0.1, Reason.LARGE, 1.2, 0),
    Miss(0, "workload", 80, 100, 90, 0.1, Reason.BOUND, 1.18),
    Miss(None, "moves", 9, 0, 4, 5, Reason.FORCED),
    Miss(1, "capacity", 1, 0, 0, 1, Reason.ABSENT),
    Miss(None, "potential", 0, 0, 0, 0, Reason.EMPTY),
    *(
        Miss(1, "potential", 120, 100, 110, 0.1, why, 0.8)
        for why in (Reason.FEW, Reason.OTHERS, Reason.CAPPED, Reason.LUMPY, Reason.UNPROVEN)
    ),
    Miss(None, "capacity", 1, 0, 0, 1, Reason.UNOWNED),
]


@pytest.mark.parametrize("miss", REASONS, ids=lambda miss: miss.why.value)
def test_each_limit_that_cannot_be_met_is_said_with_its_reason(miss):
    said = trying_why.missed(miss, ["Ana", "Ben"], ["Acme"])
    assert said.endswith(".")
    assert "{" not in said
    assert "None" not in said


def test_a_reason_is_there_for_every_kind():
    assert {miss.why for miss in REASONS} == set(Reason)


def test_how_good_an_answer_is_follows_the_bound():
    def said(by, gap):
        return trying_why.quality(Answer((), (), 10.0, 9.0, gap, True, (), by))

    assert "not proven" in said("search", None)
    assert said("solver", 0.0).startswith("Proven")
    assert "1.5\u202f%" in said("solver", 0.015)


def test_a_move_is_explained_by_both_loads_what_is_without_it_and_who_else_might():
    people = balance(cy=1.0)
    problem = problem_of(rows(), people, rules(), Limits(5, 100))
    answer = search(problem)
    (at, *_) = [each for each in answer.moved if problem.current[each] >= 0]
    told = trying_why.facts(explain(problem, answer, at), ["Ana", "Ben", "Cy"])
    text = " ".join(told)
    assert "Ana, potential" in text
    assert "without this move" in text.lower()
    assert "At risk" in told[-1]
    assert not math.isnan(problem.revenue[at])
