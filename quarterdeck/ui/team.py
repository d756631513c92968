"""What would the team's table change? From what was edited to commands, each by itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from quarterdeck.commands.people import (
    AddPerson,
    SetManager,
    SetRole,
    add_person,
    set_manager,
    set_role,
)
from quarterdeck.commands.quotas import SetQuota, set_quota
from quarterdeck.domain.calendar import Period
from quarterdeck.filters import Filters
from quarterdeck.refusal import Refused
from quarterdeck.ui import choosing, session
from quarterdeck.ui.cards import refusal
from quarterdeck.ui.words import counted

ROLES = {
    "executive": "Executive",
    "director": "Director",
    "area_director": "Area director",
    "operations": "Operations",
}
NAME, ROLE, MANAGER, QUOTA = "Name", "Role", "Reports to", "Quota"


@dataclass(frozen=True)
class Outcome:
    """What a save came to: how many changes hold, and why another one does not."""

    saved: int
    refused: Refused | None = None


def periods() -> dict[str, Period]:
    """The periods whose quotas can be typed: what is shown, this quarter, and their years."""
    calendar, shown = session.calendar(), session.filters().period
    now = calendar.quarter_of(session.today())
    years = [calendar.year(calendar.months_of(each)[-1].year) for each in (shown, now)]
    return {each.word: each for each in (shown, now, *years)}


def period_typed() -> Period:
    """The period chosen for typing, before its widget is drawn."""
    chosen = st.session_state.get("quota period", "")
    return periods().get(chosen, session.filters().period)


def rows(period: Period) -> pd.DataFrame:
    """One row a person, by person_id: name, own quota, manager's name and role."""
    asked = Filters(period, session.today())
    people = session.answer("team", asked).set_index("person_id")
    words = choosing.labels(session.today())
    own = _own_quotas(session.answer("attainment", asked))
    return pd.DataFrame(
        {
            NAME: [words[each] for each in people.index],
            QUOTA: [own.get(each) for each in people.index],
            MANAGER: [words.get(manager) for manager in people["manager_id"]],
            ROLE: [ROLES.get(role) for role in people["role"]],
        },
        index=people.index,
    ).astype({NAME: object, ROLE: object, MANAGER: object, QUOTA: "float64"})


def finding(team: pd.DataFrame, period: Period) -> str:
    """What the team still lacks, in one sentence."""
    if team.empty:
        return "Nobody yet: drop a file of deals or people first."
    executives = team[team[ROLE] == ROLES["executive"]]
    without = int(executives[QUOTA].isna().sum())
    people = f"{counted(len(team), 'person')} known"
    if not without:
        return f"{people}; every executive has a quota for {period.label}."
    return f"{people}; {without} of {len(executives)} executives have no quota for {period.label}."


def introduce(name: str, reports: list[str], from_on: date) -> Outcome:
    """Make somebody the director of these people: added if new, ranked, and reported to."""
    ids = {word: person_id for person_id, word in choosing.labels(session.today()).items()}
    known, acts = ids.get(name.strip()), []
    try:
        person_id = known or add_person(session.engine(), AddPerson(name), scope=session.viewer())
    except Refused as refused:
        return Outcome(0, refused)
    acts.append(_ranked(person_id, "director", from_on))
    acts += [
        _reporting(ids[each], person_id, from_on) for each in reports if ids[each] != person_id
    ]
    done = do(acts)
    return Outcome(done.saved + (known is None), done.refused)


def save(before: pd.DataFrame, after: pd.DataFrame, period: Period, from_on: date) -> Outcome:
    """One command for each cell that was changed; those before a refusal hold."""
    ids = {word: person_id for person_id, word in choosing.labels(session.today()).items()}
    months = tuple(month.from_on for month in session.calendar().months_of(period))
    shown = seen("team")
    roles = {word: role for role, word in ROLES.items()}
    acts: list[Callable[[], Any]] = []
    for person_id in before.index:
        old, new = before.loc[person_id], after.loc[person_id]
        role, manager = _word(new[ROLE]), _word(new[MANAGER])
        if role and role != _word(old[ROLE]):
            acts.append(_ranked(person_id, roles[role], from_on, shown))
        if manager != _word(old[MANAGER]):
            acts.append(_reporting(person_id, ids.get(manager or ""), from_on, shown))
        if not pd.isna(new[QUOTA]) and new[QUOTA] != old[QUOTA]:
            amount = Decimal(str(new[QUOTA])).quantize(Decimal("0.01"))
            acts.append(_targeted(SetQuota(person_id, months, amount, from_on, seen=shown)))
    return do(acts)


def perform(change: Callable[..., Any], *commands: Any) -> None:
    """Do each of these by one kind of change, and draw the page anew."""
    here, viewer = session.engine(), session.viewer()
    keep(do([partial(change, here, command, scope=viewer) for command in commands]))


def say_outcome() -> None:
    """What the last save came to, once."""
    outcome: Outcome | None = st.session_state.pop("team outcome", None)
    if outcome is None:
        return
    if outcome.saved:
        changes = counted(outcome.saved, "change")
        st.toast(f"{changes} saved.", icon=":material/check:")
    if outcome.refused:
        refusal(outcome.refused)
    if not outcome.saved and not outcome.refused:
        st.toast("Nothing was changed, so nothing was saved.")


def keep(outcome: Outcome) -> None:
    """Remember what a save came to, and draw the page anew with what is now true."""
    st.session_state["team outcome"] = outcome
    st.session_state["team turn"] = turn() + 1
    st.rerun()


def turn() -> int:
    """A part of the tables' keys: after a save they forget what was typed."""
    return int(st.session_state.get("team turn", 0))


def seen(form: str) -> int:
    """The version of the data that a form was first drawn from, until the next save."""
    version = st.session_state["version"]
    return int(st.session_state.setdefault(f"seen {form} {turn()}", version))


def _word(cell: Any) -> str | None:
    """What a cell says; an empty one is None, however the table writes emptiness."""
    return None if pd.isna(cell) or not cell else str(cell)


def _own_quotas(attainment: pd.DataFrame) -> dict[str, float]:
    """Each person's own quota; a manager's sum of the reports is not the own one."""
    held = attainment[attainment["person_id"] != "all"]
    own = held[held["reports_quota_usd"].isna() | held["over_assignment"].notna()]
    return dict(zip(own["person_id"], own["quota_usd"], strict=True))


def _ranked(
    person_id: str, role: str, from_on: date, shown: int | None = None
) -> Callable[[], None]:
    command = SetRole(person_id, role, from_on, shown)
    return lambda: set_role(session.engine(), command, scope=session.viewer())


def _reporting(
    person_id: str, manager_id: str | None, from_on: date, shown: int | None = None
) -> Callable[[], None]:
    command = SetManager(person_id, manager_id, from_on, shown)
    return lambda: set_manager(session.engine(), command, scope=session.viewer())


def _targeted(command: SetQuota) -> Callable[[], None]:
    return lambda: set_quota(session.engine(), command, scope=session.viewer())


def do(acts: Sequence[Callable[[], Any]]) -> Outcome:
    """One change after another; those before a refusal hold."""
    for number, act in enumerate(acts):
        try:
            act()
        except Refused as refused:
            return Outcome(number, refused)
    return Outcome(len(acts))
