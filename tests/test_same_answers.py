"""Does another engine answer every question with the same cells?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest

from quarterdeck import catalog, reads
from quarterdeck.engine import DuckDBEngine
from quarterdeck.people import NOBODY, OWNER, Scope, scope_of
from quarterdeck.spark import SparkEngine
from tests import everything
from tests.cluster import published
from tests.conftest import TODAY, asked, rows_of
from tests.exam.figures import IS_FULL, spread
from tests.kept import kept

pytestmark = pytest.mark.exam
CHOSEN: dict[str, dict[str, Any]] = {
    "everyone": {},
    "one person": {"person_ids": ("ana",)},
    "a manager": {"person_ids": ("noor",)},
    "three people, one above another": {"person_ids": ("ben", "ines", "dana")},
    "nobody known": {"person_ids": ("nobody",)},
    "one line": {"product_lines": ("Cloud",)},
    "two lines": {"product_lines": ("Data", "Hosting")},
    "partners": {"channels": ("Partner",)},
    "strategic accounts": {"strategic_only": True},
    "strategic accounts as they were": {"strategic_only": True, "as_of": date(2026, 10, 19)},
    "a module": {"module_ids": ("north",)},
    "a module on the day before an account left it": {
        "module_ids": ("north",),
        "as_of": date(2026, 10, 31),
    },
    "two modules": {"module_ids": ("south", "west"), "basis": "tcv"},
    "a module nobody knows": {"module_ids": ("nowhere",)},
    "contract value": {"basis": "tcv"},
    "monthly revenue": {"basis": "mrr"},
    "yearly revenue": {"basis": "acv"},
    "a quarter": {"period": "2026-Q4"},
    "February of a leap year": {"period": "2024-02", "as_of": date(2024, 2, 29)},
    "a leap day": {"period": "2024-02-29..2024-02-29", "as_of": date(2024, 3, 1)},
    "a period that cuts months": {"period": "2024-01-17..2024-03-05", "basis": "tcv"},
    "before a revision": {"period": "2026-Q4", "as_of": date(2026, 11, 14)},
    "on the day an export came": {"as_of": date(2026, 6, 30)},
    "on the day somebody moved": {"as_of": date(2026, 11, 10), "person_ids": ("noor",)},
    "today's assignments": {"assignments": "as_is", "today": TODAY, "as_of": date(2026, 10, 19)},
    "a module with today's assignments": {
        "module_ids": ("south",),
        "assignments": "as_is",
        "today": TODAY,
        "as_of": date(2026, 6, 30),
    },
    "before all history": {"period": "1999-Q1", "as_of": date(1999, 3, 31)},
    "long after": {"period": "2031", "as_of": date(2031, 6, 30)},
    "all at once": {
        "person_ids": ("noor", "ana", "ines"),
        "module_ids": ("north", "south"),
        "product_lines": ("Cloud", "Data", "Voice"),
        "channels": ("Direct", "Partner"),
        "strategic_only": True,
        "basis": "tcv",
        "period": "2026-02-10..2026-11-24",
        "as_of": date(2026, 11, 24),
    },
}
MOVED = {"as_of": date(2026, 11, 10)}
VIEWERS: dict[str, tuple[str, dict[str, Any]]] = {
    **{name: (name, {}) for name in ("owner", "Ray", "Dana", "Noor", "Ana", "Ben", "Sol")},
    "nobody": ("nobody", {}),
    "Dana on the day somebody left": ("Dana", MOVED),
    "Noor on the day somebody came": ("Noor", MOVED),
}
WORDS = ("Ana", "eve@a.example", "noor", "Eve Öz", "Zoe", "")
PAGES = ((1, 0), (7, 3), (5, 10_000))
PERIOD = ("from_on", "to_on")


def cases_of(name: str) -> list[str]:
    """The cases that change something the query looks at; the first one always."""
    takes = catalog.load(name).parameters
    told = {
        case: {*chosen, *("modules",) * ("module_ids" in chosen), *PERIOD * ("period" in chosen)}
        for case, chosen in CHOSEN.items()
    }
    return [case for case, names in told.items() if names & takes or case == "everyone"]


SLOW_THERE = frozenset(
    name for name in catalog.names() if {"compare_on", "stages"} & catalog.load(name).parameters
) | {"cohorts", "stuck", "stuck_deals"}
"""What reads each deal's whole way takes the other engine seconds."""
SLOWEST_THERE = frozenset(
    name for name in catalog.names() if name.startswith(("territory_", "scenario", "white_space"))
) | {"area", "attainment", "module_owners"}
"""What joins all that an account means takes the other engine many seconds."""


SOUGHT = {"deal_credits": "D005"}
"""What a question of one thing is asked about; the others look for Ana."""
PLANNED = {"scenario_id": "p1", "plan_on": date(2026, 10, 15)}
"""Which realignment on trial is meant."""
NARROWED = {
    f"account_{what}": {"narrowed_to": ["acme", "birch", "cedar"]}
    for what in ("activities", "contacts", "deals", "services")
}
"""Of which accounts the questions ask that answer nothing about none."""
SELDOM = {"undated_deals": 0.0, "slipped_deals": 0.0, "stuck_deals": 0.3}
"""Share of the cases with an answer at least, where it is not half of them: nothing in these books
lacks a start date or slipped, and little is stuck. Their own tests have such deals."""


def some(name: str, cases: Iterable[str]) -> list[str]:
    """All cases in the exam; else every eighth one, and the fewer the longer one takes there."""
    sampled = 40 if name in SLOWEST_THERE else 16 if name in SLOW_THERE else 8
    every = 1 if IS_FULL else sampled
    return list(cases)[::every]


ASKED = [(name, case) for name in catalog.names() for case in some(name, cases_of(name))]
LOOKED = [
    (name, viewer)
    for name in catalog.names()
    if "viewer_role" in catalog.load(name).parameters
    for viewer in some(name, VIEWERS)
]


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> DuckDBEngine:
    engine = DuckDBEngine(tmp_path_factory.mktemp("everything") / "quarterdeck.duckdb")
    kept(engine, everything.fill)
    return engine


@pytest.fixture(scope="module")
def there(here: DuckDBEngine, spark_url: str) -> Iterator[SparkEngine]:
    engine = published(here, spark_url, "everything")
    yield engine
    engine.close()


def frame(engine, name, scope, case, here=None, **more):
    filters = asked(here or engine, **{"period": "2026", "as_of": TODAY} | (case or {}))
    words = {"words": SOUGHT.get(name, "Ana")} | NARROWED.get(name, {})
    return reads.answer(engine, scope, filters, name, **PLANNED | words | more)


def frames(here, there, name, scope=OWNER, case=None, **more):
    return [frame(engine, name, scope, case, here, **more) for engine in (here, there)]


def seen_by(engine: DuckDBEngine, viewer: str) -> Scope:
    scopes = {"owner": OWNER, "nobody": NOBODY}
    return scopes.get(viewer) or scope_of(engine, viewer, TODAY)


def differences(left: pd.DataFrame, right: pd.DataFrame) -> Iterator[str]:
    """What differs, cell by cell: ratios may differ in the thirteenth digit, nothing else may."""
    if left.shape != right.shape:
        yield f"{left.shape[0]} rows against {right.shape[0]}"
        return
    for name in left.columns:
        one, other = left[name], right[name]
        if one.dtype != other.dtype:
            yield f"{name}: {one.dtype} against {other.dtype}"
            continue
        same = (one == other).fillna(False).astype(bool) | (one.isna() & other.isna())
        if one.dtype == "float64" and not name.endswith("_usd"):
            same |= np.isclose(one, other, rtol=1e-12, atol=0)
        for row in np.flatnonzero(~same)[:1]:
            cells = f"{(~same).sum()} cells, first in row {row}"
            yield f"{name}: {cells}: {one[row]!r} against {other[row]!r}"


@pytest.mark.parametrize(("name", "case"), spread(ASKED, 9))
def test_whatever_is_chosen_both_engines_give_the_same_cells(here, there, name, case):
    one, other = frames(here, there, name, case=CHOSEN[case])
    assert not list(differences(one, other))
    assert not one.duplicated(list(catalog.load(name).grain)).any()


@pytest.mark.parametrize(("name", "viewer"), spread(LOOKED, 7))
def test_whoever_looks_both_engines_give_the_same_cells(here, there, name, viewer):
    who, case = VIEWERS[viewer]
    assert not list(differences(*frames(here, there, name, seen_by(here, who), case)))


@pytest.mark.parametrize("words", WORDS)
def test_whoever_is_looked_for_both_engines_find_the_same(here, there, words):
    assert not list(differences(*frames(here, there, "viewer", words=words)))


@pytest.mark.parametrize(("shown", "before"), PAGES)
def test_whichever_page_is_shown_both_engines_cut_it_alike(here, there, shown, before):
    page = {"rows_shown": shown, "rows_before": before}
    assert not list(differences(*frames(here, there, "credited_deals", **page)))


@pytest.mark.parametrize("name", catalog.names())
def test_exact_rows_are_of_the_same_kinds(here, there, name):
    filters = asked(here, "2026")
    words = {"words": SOUGHT.get(name, "Ana")} | NARROWED.get(name, {})
    one, other = (
        reads.exact(engine, OWNER, filters, name, **PLANNED | words).rows
        for engine in (here, there)
    )
    ratios = [n for n, c in enumerate(catalog.load(name).columns) if c.unit == "ratio"]
    assert plain(one, ratios) == plain(other, ratios)


def plain(rows, ratios):
    """Each cell with its kind, ratios rounded."""
    return [
        [
            (type(cell), round(cell, 12) if place in ratios and cell is not None else cell)
            for place, cell in enumerate(row)
        ]
        for row in rows
    ]


def test_both_engines_tell_the_same_version_months_and_settings(here, there):
    assert here.data_version() == there.data_version() > 0
    assert reads.calendar(here) == reads.calendar(there)
    assert reads.settings(here) == reads.settings(there)
    assert scope_of(there, "eve@a.example", TODAY) == scope_of(here, "eve@a.example", TODAY)


# What makes the comparison worth something


@pytest.mark.parametrize("name", spread(list(catalog.names()), 9))
def test_most_cases_have_an_answer(here, name):
    cases = [CHOSEN[case] for case in cases_of(name)][:: 1 if IS_FULL else 3]
    answered = [not frame(here, name, OWNER, case).empty for case in cases]
    least = SELDOM.get(name, 0.5)
    assert sum(answered) >= least * len(answered)


def test_the_whole_year_holds_shared_deals_negative_amounts_and_lines(here):
    rows = rows_of(here, "credited_deals", asked(here, "2026"))
    assert any(row["credit_usd"] and row["credit_usd"] != row["deal_usd"] for row in rows)
    assert any(row["credit_usd"] and row["credit_usd"] < 0 for row in rows)
    assert any(row["credit_usd"] is None for row in rows)
    assert {"Cloud", "Data", "Hosting", None} <= {row["product_line"] for row in rows}
    assert "" in {row["person_id"] for row in rows}


def test_a_module_holds_the_deals_its_accounts_had_in_it_on_their_day(here):
    """Birch went from North to South on the first of November 2026."""

    def birch(module: str, period: str) -> set[str]:
        rows = rows_of(here, "credited_deals", asked(here, period, module_ids=(module,)))
        return {row["deal_id"] for row in rows if row["account_name"] == "Birch"}

    assert birch("north", "2026-01..2026-10")
    assert not birch("south", "2026-01..2026-10")
    assert birch("south", "2026-11")
    assert not birch("north", "2026-11")


@pytest.mark.parametrize(
    ("column", "one", "other", "found"),
    [
        ("booked_usd", [1.01], [1.02], True),
        ("booked_usd", [100000000.01], [100000000.02], True),
        ("attainment", [1.0], [1.0 + 1e-11], True),
        ("attainment", [1.0], [1.0 + 1e-14], False),
        ("attainment", [None], [float("nan")], False),
        ("attainment", [None], [0.0], True),
        ("person_id", ["a", "b"], ["b", "a"], True),
        ("person_id", ["a"], ["a", "b"], True),
        ("deals", [1], [1.0], True),
    ],
)
def test_a_cell_that_differs_is_found(column, one, other, found):
    left, right = pd.DataFrame({column: one}), pd.DataFrame({column: other})
    if None in one:
        left = left.astype("float64")
    assert bool(list(differences(left, right))) == found
