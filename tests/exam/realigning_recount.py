"""The rule of a realignment told plainly: every assignment, counted in fractions."""

from __future__ import annotations

import statistics
from dataclasses import replace
from fractions import Fraction
from itertools import product

from hypothesis import strategies as st

from quarterdeck.domain.realigning import Problem

NOBODY = -1
TOLERANCES = [Fraction(0), Fraction(1, 20), Fraction(1, 10), Fraction(1, 4), Fraction(1, 2)]


def owners_of(problem: Problem, account: int) -> list[int]:
    """Who may own an account; who owns it now where nobody may."""
    if problem.locked[account]:
        return [problem.current[account]]
    if problem.pinned and problem.pinned[account] != NOBODY:
        return [problem.pinned[account]]
    known = problem.allowed[account] or range(len(problem.executives))
    able = [seat for seat in known if problem.capacity[seat] > 0]
    return able or [problem.current[account]]


def shared_accounts(problem: Problem) -> list[int]:
    """The accounts that somebody with capacity may hold."""
    return [
        account
        for account in range(len(problem.accounts))
        if any(
            seat != NOBODY and problem.capacity[seat] > 0 for seat in owners_of(problem, account)
        )
    ]


def measures(problem: Problem) -> list[tuple[list[Fraction], Fraction]]:
    return [
        ([exactly(amount) for amount in amounts], tolerance)
        for amounts, tolerance in (
            (problem.potential, problem.tol_potential),
            (problem.workload, problem.tol_workload),
        )
    ]


def exactly(amount: float) -> Fraction:
    return Fraction(str(amount))


def beyond(problem: Problem, owner: tuple[int, ...]) -> Fraction:
    """What lies beyond the limits of those with capacity, in whole shares."""
    whole = sum(map(exactly, problem.capacity), Fraction(0))
    found = Fraction(0)
    for amounts, tolerance in measures(problem):
        total = sum((amounts[account] for account in shared_accounts(problem)), Fraction(0))
        if not total:
            continue
        for seat, capacity in enumerate(map(exactly, problem.capacity)):
            if not capacity:
                continue
            held = sum(
                (amount for amount, who in zip(amounts, owner, strict=True) if who == seat),
                Fraction(0),
            )
            fair = total * capacity / whole
            over = max(held - fair * (1 + tolerance), fair * (1 - tolerance) - held, Fraction(0))
            found += over * whole / total
    return found


def moves(problem: Problem, owner: tuple[int, ...]) -> int:
    return sum(before != after for before, after in zip(problem.current, owner, strict=True))


def cost(problem: Problem, owner: tuple[int, ...]) -> float:
    found = 0.0
    for account, (before, after) in enumerate(zip(problem.current, owner, strict=True)):
        if before == after:
            continue
        row = problem.miles[account] if problem.miles else (0.0,) * len(problem.executives)
        today = row[before] if before != NOBODY else 0.0
        found += problem.mile_cost * (row[after] - today)
        found += problem.cost[account] if before != NOBODY else 0.0
    return found


def must_move(problem: Problem) -> int:
    return sum(
        problem.current[account] not in owners_of(problem, account)
        for account in range(len(problem.accounts))
    )


def assignments(problem: Problem) -> list[tuple[int, ...]]:
    """All that keep locks, pins, allowed owners and the cap on moves."""
    rows = [owners_of(problem, account) for account in range(len(problem.accounts))]
    most = problem.most_moves
    cap = len(rows) if most is None else max(most, must_move(problem))
    return [owner for owner in product(*rows) if moves(problem, owner) <= cap]


def best(problem: Problem) -> tuple[float, float]:
    """The least that lies beyond limits, and the least cost of those."""
    found = [(beyond(problem, owner), owner) for owner in assignments(problem)]
    least = min(amount for amount, _ in found)
    return float(least), min(cost(problem, owner) for amount, owner in found if amount == least)


def imbalance(problem: Problem, owner: tuple[int, ...]) -> float:
    loads = [
        sum(amount for amount, who in zip(problem.potential, owner, strict=True) if who == seat)
        / capacity
        for seat, capacity in enumerate(problem.capacity)
        if capacity
    ]
    mean = statistics.fmean(loads) if loads else 0.0
    return statistics.pstdev(loads) / mean if mean else 0.0


@st.composite
def problems(
    draw: st.DrawFn, *, most: int = 6, seats: int = 3, is_capped: bool | None = None
) -> Problem:
    """Small problems with every rule in them."""
    size, people = draw(st.integers(0, most)), draw(st.integers(1, seats))
    places = st.integers(0, people - 1)
    each = {"min_size": size, "max_size": size}
    current = draw(st.lists(st.integers(NOBODY, people - 1), **each))
    revenue = draw(st.lists(st.integers(0, 30), **each))
    capped = draw(st.booleans()) if is_capped is None else is_capped
    allowed = draw(
        st.lists(st.one_of(st.just(()), st.sets(places, min_size=1).map(sorted)), **each)
    )
    wanted = draw(st.lists(st.one_of(st.none(), places), **each)) if draw(st.booleans()) else []
    is_far = draw(st.booleans())
    problem = Problem(
        accounts=tuple(f"a{number}" for number in range(size)),
        executives=tuple(f"e{number}" for number in range(people)),
        current=tuple(current),
        potential=tuple(draw(st.lists(st.integers(0, 40).map(float), **each))),
        workload=tuple(draw(st.lists(st.integers(0, 9).map(float), **each))),
        revenue=tuple(map(float, revenue)),
        cost=tuple(float(5 + amount) for amount in revenue),
        capacity=tuple(
            draw(
                st.lists(st.sampled_from([1, 1, 1, 0.5, 0.8, 0]), min_size=people, max_size=people)
            )
        ),
        allowed=tuple(map(tuple, allowed)),
        locked=tuple(owner != NOBODY and draw(st.integers(0, 5)) == 0 for owner in current),
        miles=tuple(
            tuple(draw(st.lists(st.integers(0, 9).map(float), min_size=people, max_size=people)))
            for _ in range(size if is_far else 0)
        ),
        tol_potential=draw(st.sampled_from(TOLERANCES)),
        tol_workload=draw(st.sampled_from(TOLERANCES)),
        most_moves=draw(st.integers(0, size)) if capped else None,
        mile_cost=0.5 if is_far else 0.0,
    )
    pinned = tuple(
        NOBODY if seat is None or problem.locked[account] or (known and seat not in known) else seat
        for account, (seat, known) in enumerate(zip(wanted, problem.allowed, strict=False))
    )
    return replace(problem, pinned=pinned)
