"""What is the optimiser asked, of the accounts, executives and rules that the page shows?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

import pandas as pd

from quarterdeck.domain.realigning import Problem, fewest_moves, usual_cost

BOND = 10
"""So many activities in 180 days make a bond as strong as it can be."""


@dataclass(frozen=True)
class Limits:
    """What was chosen: tolerances in percent, how many accounts of others may move besides those
    that must (None for any number), what a mile costs, and whether planned moves stay."""

    potential: int = 10
    workload: int = 15
    most: int | None = None
    mile_cost: float = 0.0
    keeps: bool = False


def problem_of(
    rows: pd.DataFrame,
    balance: pd.DataFrame,
    rules: pd.DataFrame,
    limits: Limits,
    miles: pd.DataFrame | None = None,
) -> Problem:
    """The accounts of `rows` (territory_accounts under the plan) over the executives of `balance`.

    Raises ValueError, in plain words, for rules that leave an account nobody.
    """
    people = balance[~balance["person_id"].isin(["all", ""])]
    executives = tuple(map(str, people["person_id"]))
    place = {person_id: at for at, person_id in enumerate(executives)}
    accounts = tuple(map(str, rows["account_id"]))
    capacity = tuple(map(float, people["filled_share"]))
    revenue = tuple(float(usd) * 12 for usd in rows["mrr_usd"])
    bonds = [min(int(one) / BOND, 1.0) for one in rows["relationships"]]
    held = _rules(rules)
    pinned = _pinned(rows, held, place, keeps=limits.keeps)
    problem = Problem(
        accounts=accounts,
        executives=executives,
        current=tuple(place.get(str(one), -1) for one in rows["was_person_id"]),
        potential=tuple(map(float, rows["potential_usd"])),
        workload=tuple(map(float, rows["workload_visits"])),
        revenue=revenue,
        cost=usual_cost(revenue, bonds),
        capacity=capacity,
        allowed=_allowed(accounts, executives, capacity, held),
        locked=tuple("lock" in held.get(one, {}) for one in accounts),
        pinned=pinned,
        miles=_miles(accounts, executives, miles),
        tol_potential=Fraction(limits.potential, 100),
        tol_workload=Fraction(limits.workload, 100),
        mile_cost=limits.mile_cost,
    )
    if limits.most is None:
        return problem
    return replace(problem, most_moves=fewest_moves(problem) + limits.most)


def _rules(rules: pd.DataFrame) -> Mapping[str, Mapping[str, set[str]]]:
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for account_id, rule, person_id in zip(
        rules["account_id"], rules["rule"], rules["person_id"], strict=True
    ):
        found[str(account_id)][str(rule)].add(str(person_id))
    return found


def _pinned(
    rows: pd.DataFrame,
    held: Mapping[str, Mapping[str, set[str]]],
    place: Mapping[str, int],
    *,
    keeps: bool,
) -> tuple[int, ...]:
    found = []
    for account_id, person_id, is_moved in zip(
        rows["account_id"], rows["person_id"], rows["is_moved"], strict=True
    ):
        pins = held.get(str(account_id), {}).get("pin", set())
        to = next(iter(pins), str(person_id) if keeps and is_moved else "")
        found.append(place.get(to, -1))
    return tuple(found)


def _allowed(
    accounts: tuple[str, ...],
    executives: tuple[str, ...],
    capacity: tuple[float, ...],
    held: Mapping[str, Mapping[str, set[str]]],
) -> tuple[tuple[int, ...], ...]:
    able = [at for at, share in enumerate(capacity) if share > 0]
    found: list[tuple[int, ...]] = []
    for account_id in accounts:
        never = held.get(account_id, {}).get("forbid", set())
        left = tuple(at for at in able if executives[at] not in never) if never else ()
        if never and not left:
            raise ValueError("An account is forbidden to everyone: allow somebody.")
        found.append(left)
    return tuple(found)


def _miles(
    accounts: tuple[str, ...], executives: tuple[str, ...], miles: pd.DataFrame | None
) -> tuple[tuple[float, ...], ...]:
    """By account and executive; where a place is unknown, as far as the mean of the others."""
    if miles is None or miles.empty:
        return ()
    wide = miles.pivot(index="account_id", columns="person_id", values="travel_miles")
    wide = wide.reindex(index=list(accounts), columns=list(executives))
    filled = wide.T.fillna(wide.mean(axis="columns")).T.fillna(0.0)
    return tuple(tuple(map(float, row)) for row in filled.to_numpy())
