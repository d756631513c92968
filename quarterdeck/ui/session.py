"""What is kept between clicks: the engine, the viewer, the day and the answers."""

from __future__ import annotations

import gc
import os
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

import pandas as pd
import streamlit as st
from streamlit.runtime.scriptrunner import add_script_run_ctx, get_script_run_ctx

from quarterdeck import clock, reads
from quarterdeck.commands import retaining
from quarterdeck.domain.calendar import Calendar
from quarterdeck.engine import DuckDBEngine
from quarterdeck.filters import Filters
from quarterdeck.people import OWNER, Scope
from quarterdeck.ui import databases, signing, views

T = TypeVar("T")
_ASKING = ThreadPoolExecutor(4 * min(4, os.cpu_count() or 1), "answer")
"""Kept for all runs: threads that begin with each click cost as much as a small question."""
_COLLECTS = (700, 10, 100)


def engine() -> DuckDBEngine:
    """The one engine of this process for what is shown."""
    return databases.shown()


def viewer() -> Scope:
    """Who is asking: who is signed in; on one's own machine, its owner; the demo team is shown as
    one of it."""
    if signing.is_on():
        return signing.scope()
    asking: Scope = st.session_state.get("viewer", OWNER)
    return asking


def viewer_then() -> Callable[[], Scope]:
    """Who is asking, looked up when a file is made: at the click, not when its button was drawn."""
    if signing.is_on():
        return signing.again()
    asking = viewer()
    return lambda: asking


def own_engine() -> DuckDBEngine:
    """Where dropped files go, whatever is shown."""
    return databases.own()


def importer() -> Scope:
    """Who drops files: nobody of the demo team has a place in one's own data."""
    return OWNER if databases.is_demo() else viewer()


def awake() -> None:
    """Once at the start of each run: the day, the months, the version of the data, who asks."""
    state, known = st.session_state, engine()
    state["of this run"] = {}
    state["settings"] = reads.settings(known)
    state["today"] = clock.today(state["settings"]["time_zone"])
    retaining.forget_past(known, state["today"], state["settings"])
    state["calendar"] = reads.calendar(known)
    state["version"] = known.data_version()
    is_demo = databases.is_demo()
    if is_demo:
        views.read_address()
    state["viewer"] = views.scope(known, state["today"]) if is_demo else OWNER


def today() -> date:
    day: date = st.session_state["today"]
    return day


def settings() -> dict[str, str]:
    """What is settled, as this run found it."""
    settled: dict[str, str] = st.session_state["settings"]
    return settled


def calendar() -> Calendar:
    months: Calendar = st.session_state["calendar"]
    return months


def filters() -> Filters:
    """What the page shows, as the address and the sentence say."""
    asked: Filters = st.session_state["filters"]
    return asked


def once(name: str, work: Callable[[], T]) -> T:
    """What the work gives, done once a run under this name; nobody changes it."""
    known = st.session_state["of this run"]
    if name not in known:
        known[name] = work()
    found: T = known[name]
    return found


def answer(name: str, asked: Filters | None = None, **more: Any) -> pd.DataFrame:
    """The answer to queries/<name>.sql, once for each filters, viewer and version of the data."""
    question, scope = asked or filters(), viewer()
    version = (str(engine().path), st.session_state["version"])
    key = repr((name, question, sorted(more.items()), scope, version))
    return once(key, lambda: _answer(name, key, scope, question, more))


def planned(name: str, scenario_id: str, asked: Filters | None = None, **more: Any) -> pd.DataFrame:
    """The same of a realignment on trial, '' for none: anew after every change of a plan."""
    if not scenario_id and name != "scenarios":
        return answer(name, asked, **more)
    turn = once("plan version", engine().plan_version)
    plans = answer("scenarios", asked, plan_turn=turn)
    if name == "scenarios":
        return plans
    days = dict(zip(plans["scenario_id"], plans["effective_on"], strict=True))
    on = days[scenario_id].date() if scenario_id in days else None
    return answer(name, asked, scenario_id=scenario_id, plan_turn=turn, plan_on=on, **more)


def forget_plans() -> None:
    """Something may have been planned since: what is shown next is told anew."""
    known = st.session_state["of this run"]
    for old in [one for one in known if one == "plan version" or "'plan_turn'" in one]:
        del known[old]


def answers(*names: str | tuple[str, dict[str, Any]] | tuple[str, Filters]) -> list[pd.DataFrame]:
    """Several answers at once, in the order of their names; a pair brings its own parameters, or
    filters other than those of the page."""
    run = get_script_run_ctx()

    def ask(name: str | tuple[str, dict[str, Any]] | tuple[str, Filters]) -> pd.DataFrame:
        add_script_run_ctx(threading.current_thread(), run)
        if isinstance(name, str):
            return answer(name)
        query, own = name
        return answer(query, own) if isinstance(own, Filters) else answer(query, **own)

    return list(_ASKING.map(ask, names))


@st.cache_data(max_entries=4000, show_spinner=False)
def _answer(
    name: str, key: str, scope: Scope, _asked: Filters, _more: dict[str, Any]
) -> pd.DataFrame:
    """Kept under the key, which says it all: a text is compared faster than filters are."""
    return reads.answer(engine(), scope, _asked, name, **_more)


def span(as_of: date | None = None, person_ids: tuple[str, ...] = ()) -> pd.Series:
    """From when to when these people have anything decided, and how fresh it is."""
    asked = everything(as_of or filters().as_of)
    return answer("data_span", replace(asked, person_ids=person_ids)).iloc[0]


def team(as_of: date | None = None) -> pd.DataFrame:
    """Everyone in sight on the day, whoever is chosen."""
    return answer("team", everything(as_of or filters().as_of))


def everything(day: date) -> Filters:
    """Everyone and everything on a day, in the assignments that are shown."""
    shown = st.session_state.get("assignments", "as_was")
    return Filters(calendar().quarter_of(day), day, assignments=shown, today=today())


def assign(assignments: str) -> None:
    """From now on these assignments are shown, in this run too."""
    st.session_state["assignments"] = assignments


def settle() -> None:
    """What lives as long as the server need not be looked at by the collector again.

    A look at everything stops a click for 80 ms: it comes ten times less often than by default.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_COLLECTS)
