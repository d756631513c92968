"""Whatever happened to deals: do moves, slips and pushes equal a plain replay, and add up?"""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quarterdeck.engine import DuckDBEngine
from tests import everything
from tests.conftest import asked, commit, looked_at, rows_of
from tests.exam.figures import sized
from tests.kept import kept
from tests.movements import (
    HEAD,
    ONE_OF,
    row,
    slipped,
    stuck,
)
from tests.teams import fill
from tests.test_funnel import CHOSEN

WEEKS = [date(2026, 9, 6) + timedelta(weeks=n) for n in range(4)]
NAMES = {"Qualify": 1, "Propose": 2, "Contract": 3}
ENDS = {"Closed Won": "won", "Closed Lost": "lost"}
CLOSES = ("2026-11-15", "2026-12-10", "2027-02-01", "")
STATE = st.tuples(st.sampled_from((*NAMES, *ENDS)), st.sampled_from(CLOSES)) | st.none()
LIFE = st.lists(STATE, min_size=len(WEEKS), max_size=len(WEEKS))
LIVES = st.lists(LIFE, min_size=3, max_size=12)
FIRST_DAY, LAST_DAY = WEEKS[0] - timedelta(days=3), WEEKS[-1] + timedelta(days=3)
SLOWLY = settings(
    max_examples=sized(6, 100),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def replayed(life, until):
    """The states of one deal in weekly exports, each as day, where it stands and its close date."""
    states = []
    for on, said in zip(WEEKS, life, strict=True):
        is_gone = said is None and (not states or states[-1][1] not in NAMES)
        if on > until or is_gone:
            continue
        stage, closes = said or ("removed", states[-1][2])
        state = (on, ENDS.get(stage, stage), closes)
        if not states or states[-1][1:] != state[1:]:
            states.append(state)
    return states


def way(old, new):
    if new not in NAMES:
        return new
    if old not in NAMES:
        return "reopened"
    steps = NAMES[new] - NAMES[old]
    return "back" if steps < 0 else "forward" if steps == 1 else "skipped"


def moved(states, since):
    return [
        (old[1], new[1], way(old[1], new[1]))
        for old, new in pairwise(states)
        if new[0] > since and old[1] != new[1]
    ]


def was_due(states, since):
    ends = [state[0] for state in states[1:]] + [date.max]
    return any(
        stage in NAMES and "2026-10-01" <= closes <= "2026-12-31" and end > since
        for (_, stage, closes), end in zip(states, ends, strict=True)
    )


def pushed(states):
    return [
        (date.fromisoformat(new[2]) - date.fromisoformat(old[2])).days
        for old, new in pairwise(states)
        if old[1] in NAMES and new[1] in NAMES and old[2] and new[2] > old[2]
    ]


@SLOWLY
@given(LIVES, st.lists(st.tuples(*2 * [st.dates(FIRST_DAY, LAST_DAY)]), min_size=1, max_size=4))
@pytest.mark.exam
def test_moves_slips_and_pushes_are_those_of_a_plain_replay(tmp_path_factory, once, lives, days):
    folder = tmp_path_factory.mktemp("replay")
    engine = once(DuckDBEngine(folder / "quarterdeck.duckdb"), fill)
    for week, on in enumerate(WEEKS):
        said = {n: life[week] for n, life in enumerate(lives) if life[week]}
        text = HEAD + row("keep", "Qualify", closes="2030-01-01", created="")
        text += "".join(row(f"d{n}", *state, created="") for n, state in said.items())
        commit(engine, looked_at(engine, text, exported_on=on, extent="full"))
    for since, until in map(sorted, days):
        states = [each for life in lives if (each := replayed(life, until))]
        found = rows_of(engine, "stage_moves", asked(engine, as_of=until, compare_on=since))
        expected = [move for each in states for move in moved(each, since)]
        assert {
            (one["from_stage"], one["to_stage"], one["way"]): one["moves"] for one in found
        } == {move: expected.count(move) for move in expected}
        still_open = [each for each in states if each[-1][1] in NAMES]
        due = [each for each in states if was_due(each, since)]
        gone = [each for each in due if each in still_open and not "" < each[-1][2] < "2027"]
        every = slipped(engine, as_of=until, compare_on=since).get("all", {})
        assert every.get("was_due_deals", 0) == len(due)
        assert every.get("slipped_deals", 0) == len(gone)
        assert every.get("pushes", 0) == sum(len(pushed(each)) for each in gone)
        all_open = stuck(engine, as_of=until).get("all", {"pushes": 0})
        assert all_open["pushes"] == sum(len(pushed(each)) for each in still_open)
    engine.close()


@pytest.fixture(scope="module")
def anything(tmp_path_factory):
    engine = DuckDBEngine(tmp_path_factory.mktemp("everything") / "quarterdeck.duckdb")
    kept(engine, everything.fill)
    return engine


@SLOWLY
@given(CHOSEN)
def test_the_parts_add_up_whatever_is_chosen(anything, chosen):
    filters = asked(anything, **chosen)
    every = slipped(anything, **chosen).get("all")
    listed = rows_of(anything, "slipped_deals", filters)
    assert len(listed) == (every["slipped_deals"] if every else 0)
    if every:
        assert sum(every[name] for name in ONE_OF) == every["was_due_deals"]
        assert sum(one["slipped_usd"] or 0 for one in listed) == every["slipped_usd"]
        assert sum(one["pushes"] for one in listed) == every["pushes"]
    stages = stuck(anything, **chosen)
    stalled = sum(one["stalled_deals"] for one in rows_of(anything, "funnel", filters))
    assert len(rows_of(anything, "stuck_deals", filters)) == stalled
    assert stages.get("all", {"stalled_deals": 0})["stalled_deals"] == stalled
