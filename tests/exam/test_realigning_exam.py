"""Does a realignment hold against every assignment, on large books, and beside a busy server?"""

from __future__ import annotations

import threading
import time
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings

from bench.territory import book
from quarterdeck.domain.realigning import curve, search, solve
from tests.exam import realigning_recount as plainly
from tests.exam.figures import IS_FULL, recorded, sized

pytestmark = pytest.mark.exam
EXAMPLES = sized(20, 3000)
SIZES = (300, 1000, 3000) if IS_FULL else (300,)
ODD_SIZES = (1, 2, 5_000, 10_000) if IS_FULL else (1, 3_500)


@recorded("realignment", f"{EXAMPLES:,} problems of up to seven accounts: least missed, least cost")
@settings(max_examples=EXAMPLES, deadline=None)
@given(plainly.problems(most=7))
def test_of_all_assignments_the_best_is_found(problem):
    beyond, cost = plainly.best(problem)
    answer = solve(problem, seconds=60)
    assert float(plainly.beyond(problem, answer.owner)) == pytest.approx(beyond, abs=1e-7)
    assert plainly.cost(problem, answer.owner) == pytest.approx(cost, abs=1e-6)


@pytest.mark.parametrize("size", SIZES)
def test_a_large_book_is_within_its_limits_and_proven_to_two_percent(size):
    for seed in range(2, 5):
        problem = book(size, seed)
        answer = solve(problem, seconds=60)
        assert plainly.beyond(problem, answer.owner) == 0
        assert answer.is_within
        assert answer.gap <= 0.02 + 1e-9
        assert answer.cost == pytest.approx(plainly.cost(problem, answer.owner))
        for account, owner in enumerate(answer.owner):
            assert owner in plainly.owners_of(problem, account)


def test_a_looser_bound_never_exceeds_a_tighter_cost():
    """The bound of each tolerance holds for the plans of all that are tighter."""
    problem = book(120, 5)
    answers = [
        solve(replace(problem, tol_potential=tolerance, tol_workload=tolerance), seconds=2)
        for tolerance in plainly.TOLERANCES[1:]
    ]
    for tight, loose in pairwise(answers):
        assert loose.bound <= tight.cost + 1e-9


@pytest.mark.parametrize("size", ODD_SIZES)
def test_any_number_of_accounts_is_answered(size):
    problem = book(size, 1)
    answer = solve(problem, seconds=5)
    assert len(answer.owner) == size
    assert answer.beyond <= search(problem).beyond + 1e-8
    points = list(curve(problem, (0, 10), seconds=20))
    assert points[1].imbalance <= points[0].imbalance


def test_a_thread_beside_it_goes_on():
    """The longest that a thread waits which only wants to look at the clock."""
    ticks, stop = [], threading.Event()

    def tick():
        while not stop.is_set():
            ticks.append(time.monotonic())
            time.sleep(0.005)

    thread = threading.Thread(target=tick)
    thread.start()
    solve(book(300, 3), seconds=20)
    list(curve(book(200, 1), (0, 10, 20), seconds=20))
    stop.set()
    thread.join()
    waits = [later - earlier for earlier, later in pairwise(ticks)]
    assert max(waits) < 1
    assert sorted(waits)[len(waits) * 95 // 100] < 0.1


def test_two_at_once_answer_as_one_alone():
    problems = [book(1000, seed) for seed in (1, 2)]
    alone = [solve(problem, seconds=60) for problem in problems]
    found = [None, None]

    def run(place):
        found[place] = solve(problems[place], seconds=60)

    threads = [threading.Thread(target=run, args=(place,)) for place in (0, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == alone
