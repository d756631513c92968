"""Who could help with what somebody needs, and what has changed since it was learned?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import streamlit as st

from quarterdeck.commands.learning import CoachLearning, learn
from quarterdeck.domain.coaching import MEASURES
from quarterdeck.domain.plan_effect import course
from quarterdeck.domain.selling import ahead, first_measure
from quarterdeck.ui import session
from quarterdeck.ui.cards import note, say
from quarterdeck.ui.coaching import (
    Person,
    Row,
    Selling,
    act,
    fresh,
    key,
    manager_of,
    selling,
    window,
)
from quarterdeck.ui.coaching_skills import evidence_words, value_words
from quarterdeck.ui.days import day_of
from quarterdeck.ui.plain import plain
from quarterdeck.ui.words import counted, records

WEEKS = 6
BEFORE_DAYS, LEAST_DAYS = 182, 28
"""What was learned is held beside half a year before it, once four weeks have passed."""
FIELD = "mentoring"


def helpers(whom: Person, team: Selling, skill: str) -> None:
    """Who does plainly best at it, and who has agreed to be asked: nobody's number but to whoever
    leads them, nobody paired without their word."""
    if not skill:
        return
    willing = _willing(whom, skill)
    best = [] if whom.is_self else ahead(team.evidence, skill, whom.person_id)
    if not willing and not best:
        return
    say(f"**Who could help with {skill}?**")
    for person_id in best:
        _best(whom, team, person_id, skill, is_willing=person_id in willing)
    for person_id, name in willing.items():
        if person_id not in best:
            _ask(whom, person_id, name, skill, "may be asked")


def changed_since(whom: Person, one: Row) -> None:
    """For who leads, beside something that was learned: what the skill's measure did since."""
    done = one["done_on"].date()
    today = session.filters().as_of
    if not whom.is_led or (today - done).days < LEAST_DAYS:
        return
    with st.popover(
        "What changed since?", key=key("since", str(one["item_id"])), on_change="rerun"
    ) as opened:
        if opened.open:
            say(since_words(whom, str(one["skill"]), done, today))
            note("Beside, not because: a plan with a baseline says whether it worked.")


def since_words(whom: Person, skill: str, done: date, today: date) -> str:
    """Win rate 29 % before (24 deals), 41 % since (9 deals); the team 33 % and 34 %."""
    name, manager = first_measure(skill), manager_of(whom)
    measure = MEASURES[name]
    before = selling(window(done, BEFORE_DAYS), manager)
    after = selling(window(today, (today - done).days), manager)
    found = course(name, whom.person_id, before.sellers, after.sellers, None)
    own = [
        "nothing" if value is None else
        f"{value_words(measure, value.value)} ({counted(value.n, measure.noun.removesuffix('s'))})"
        for value in (found.before, found.after)
    ]  # fmt: skip
    said = f"**{measure.label}:** {own[0]} in the half year before, {own[1]} since."
    if found.rest_before is None or found.rest_after is None:
        return said
    rest = [value_words(measure, one.value) for one in (found.rest_before, found.rest_after)]
    return f"{said} The rest of the team: {rest[0]}, then {rest[1]}."


def _willing(whom: Person, skill: str) -> dict[str, str]:
    rows: Sequence[Row] = records(fresh("win_stories", ""))
    return {
        str(one["person_id"]): str(one["person_name"])
        for one in rows
        if one["kind"] == "mentor" and one["skill"] == skill and one["person_id"] != whom.person_id
    }


def _best(whom: Person, team: Selling, person_id: str, skill: str, *, is_willing: bool) -> None:
    name = first_measure(skill)
    measure, found = MEASURES[name], team.evidence[name][person_id]
    person = str(team.rows[person_id]["person_name"])
    number = f"{measure.label} {value_words(measure, found.raw)}, {evidence_words(found, measure)}"
    if is_willing:
        _ask(whom, person_id, person, skill, f"does well: {number}")
    else:
        say(
            f"**{plain(person)}** does well: {number}. :gray[They have not said yet that they may "
            "be asked: it is theirs to say, on their own page.]"
        )


def _ask(whom: Person, person_id: str, name: str, skill: str, why: str) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        say(f"**{plain(name)}** {why}.")
        if whom.is_led or whom.is_self:
            st.button(
                "Pair them" if whom.is_led else "Learn from them",
                icon=":material/add:",
                key=key("pair", f"{person_id} {skill}"),
                on_click=_paired,
                args=(whom, person_id, skill),
            )


def _paired(whom: Person, person_id: str, skill: str) -> None:
    due = session.today() + timedelta(weeks=WEEKS)
    # Who it is with stands in a field of its own: a text would outlive their name.
    title = f"{skill.capitalize()}, side by side"
    command = CoachLearning(whom.person_id, FIELD, skill, title, due, person_id)
    act(learn, command, f"Added, due {day_of(due, session.today())}")
