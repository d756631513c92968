"""What is agreed to get better at, and is it working?"""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

import pandas as pd
import streamlit as st

from quarterdeck.charts.coaching import before_after
from quarterdeck.domain.calendar import custom
from quarterdeck.domain.coaching import AGREED, CLOSED, DRAFT, MEASURES, SHARED
from quarterdeck.domain.coaching_effect import CANNOT_TELL
from quarterdeck.domain.plan_effect import Course, Value, course, effect_words
from quarterdeck.ui import coaching_plan_form, session
from quarterdeck.ui.cards import card, note, picture, say
from quarterdeck.ui.coaching import Person, Row, Selling, manager_of, selling, whole
from quarterdeck.ui.coaching_skills import value_words
from quarterdeck.ui.days import day_of
from quarterdeck.ui.plain import plain
from quarterdeck.ui.words import counted, records

NEAR = 0.1
"""Of the height that is drawn: two words closer than this lie on each other."""
ORDER = (AGREED, SHARED, DRAFT, CLOSED)
Colour = Literal["blue", "orange", "gray"]
STATUS: dict[str, tuple[str, Colour]] = {
    DRAFT: ("Draft, seen by who leads", "gray"),
    SHARED: ("Shared, not answered yet", "gray"),
    AGREED: ("Running", "blue"),
    CLOSED: ("Closed", "gray"),
}
SAID: dict[str, tuple[str, Colour]] = {
    "worked": ("Worked", "blue"),
    "did not": ("Did not", "orange"),
    "cannot tell": ("Could not be told", "gray"),
}


def plan_card(whom: Person, team: Selling, plans: pd.DataFrame, skill: str) -> None:
    """The plan that runs, else the newest; what can be done with it; and the ones before. `skill`
    is the one that a new plan is proposed for."""
    rows = sorted(records(plans), key=lambda one: ORDER.index(one["status"]))
    with card("Is the plan working?", stretch=True, key="coaching plan") as top:
        if not rows:
            _none(whom, team, skill)
            return
        first, others = rows[0], rows[1:]
        _one(whom, first, top)
        if whom.is_led:
            coaching_plan_form.buttons(whom, team, first, skill)
        if whom.is_self and first["status"] in (SHARED, AGREED):
            coaching_plan_form.answer(first)
        if others:
            with st.expander(f"{counted(len(others), 'more plan')}", key="more plans"):
                for one in others:
                    say(f"**{plain(one['goal'])}** :gray[{_history(one)}]")


def _none(whom: Person, team: Selling, skill: str) -> None:
    if whom.leads and not whom.is_self:
        say(
            "**No plan.** A plan moves a measure of somebody’s own selling: what you agree with a "
            "director stands in actions and learning."
        )
    elif whom.is_led:
        say("**No plan yet.** It begins with the part of the gap that costs most.")
        coaching_plan_form.begin(whom, team, skill)
    else:
        say("**No plan is shared yet.** Once there is one, it stands here to be answered.")


def _one(whom: Person, plan: Row, top: Any) -> None:
    now = session.filters().as_of
    starts, review = plan["starts_on"].date(), plan["review_on"].date()
    with st.container(horizontal=True):
        label, colour = STATUS[plan["status"]]
        if plan["status"] == AGREED and starts <= now:
            weeks = max((review - starts).days // 7, 1)
            label = f"Running, week {min((now - starts).days // 7 + 1, weeks)} of {weeks}"
        st.badge(label, color=colour)
        if plan["outcome"]:
            words, colour = SAID[plan["outcome"]]
            st.badge(words, color=colour)
    _texts(plan)
    if plan["status"] == DRAFT or starts >= now:
        return
    if whom.is_self:
        note("How it goes beside the team is worked out with your director.")
        return
    found = course_of(whom, plan)
    drawn = rows_of(whom, plan, found)
    if not drawn.empty:
        said = "; ".join(drawn["exact_words"])
        picture(before_after, drawn, alt=said, key="effect", beside=top)
    say(effect_said(plan, found))


def _texts(plan: Row) -> None:
    measure = MEASURES[plan["measure"]]
    goal = f"**{plain(plan['goal'])}**, by {day_of(plan['review_on'].date(), session.today())}."
    base = f":gray[{plain(measure.label)}: {_frozen(plan)}.]"
    say(f"{goal}  \n{base}")
    for label, name in (("Now", "reality"), ("Options", "choices"), ("Way", "way_forward")):
        if plan[name]:
            say(f":gray[{label}:] {plain(plan[name])}")
    if plan["answer"] or plan["is_accepted"] is not None:
        word = "agreed" if plan["is_accepted"] else "did not agree"
        said = f": “{plain(plan['answer'])}”" if plan["answer"] else ""
        say(f":gray[{plain(plan['person_name'])} {word}{said}]")
    if plan["outcome_words"]:
        say(f":gray[What was learned:] {plain(plan['outcome_words'])}")


def _frozen(plan: Row) -> str:
    measure = MEASURES[plan["measure"]]
    if plan["baseline"] is None:
        return "no baseline, there was nothing to measure it by"
    said = f"{value_words(measure, plan['baseline'])} when it was written"
    if plan["baseline_count"] is not None:
        said += f" ({counted(int(plan['baseline_count']), measure.noun.removesuffix('s'))})"
    if plan["target"] is not None:
        said += f", aim {value_words(measure, plan['target'])}"
    return said


def course_of(whom: Person, plan: Row) -> Course:
    """Before and since, of the whole team: the baseline's days, and those from the start on."""
    manager = manager_of(whom)
    starts = plan["starts_on"].date()
    first, last = plan["baseline_from_on"], plan["baseline_to_on"]
    begun = (first.date(), last.date()) if first is not None else (starts, starts)
    end = plan["closed_on"].date() if plan["closed_on"] is not None else session.filters().as_of
    before = selling(custom(str(begun[0]), str(begun[1])), manager, whole())
    after = selling(custom(str(starts), str(max(end, starts))), manager, whole())
    target = None if plan["target"] is None else float(plan["target"])
    return course(plan["measure"], whom.person_id, before.sellers, after.sellers, target)


def rows_of(whom: Person, plan: Row, found: Course) -> pd.DataFrame:
    """The rows of `charts.coaching.before_after`; none where either end is missing."""
    measure = MEASURES[plan["measure"]]
    since = f"Since {day_of(plan['starts_on'].date(), session.today())}"
    rows = []
    for who, is_person, values in (
        (plain_name(whom), True, (found.before, found.after)),
        ("team", False, (found.rest_before, found.rest_after)),
    ):
        for place, (moment, value) in enumerate(zip(("Before", since), values, strict=True)):
            if value is not None and None not in values:
                word = f"{who} {value_words(measure, value.value)}"
                rows.append({
                    "moment": moment, "who": who, "value": value.value,
                    "low": value.low, "high": value.high, "word": word,
                    "is_person": is_person, "is_first": place == 0,
                    "exact_words": f"{moment}, {word}, {_range(measure, value)}",
                })  # fmt: skip
    return pd.DataFrame(_apart(rows))


def _apart(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Where each word stands: beside its point, and no two of one moment on each other."""
    if not rows:
        return rows
    drawn = max(row["high"] for row in rows) - min(0.0, *(row["low"] for row in rows))
    placed = [row | {"word_at": row["value"]} for row in rows]
    for moment in dict.fromkeys(row["moment"] for row in rows):
        here = sorted((row for row in placed if row["moment"] == moment), key=_height)
        missing = drawn * NEAR - (here[-1]["value"] - here[0]["value"])
        if len(here) == 2 and missing > 0:
            here[0]["word_at"] -= missing / 2
            here[1]["word_at"] += missing / 2
    return placed


def _height(row: dict[str, Any]) -> float:
    return float(row["value"])


def plain_name(whom: Person) -> str:
    return whom.first_name


def _range(measure: Any, value: Value) -> str:
    ends = f"{value_words(measure, value.low)} to {value_words(measure, value.high)}"
    return f"80 % range {ends}, {counted(value.n, measure.noun.removesuffix('s'))}"


def effect_said(plan: Row, found: Course) -> str:
    """The effect beside the rest of the team, its range, and what it means."""
    measure, told = MEASURES[plan["measure"]], found.effect
    if told.estimate is None:
        more = "" if found.before else " There is no baseline to compare with."
        return f"**Cannot tell yet.** Nothing to measure has happened since it began.{more}"
    per = " a week" if measure.kind == "count" and not measure.whole else ""
    amount = f"**{effect_words(measure, told.estimate)}{per}**"
    ends = f"{effect_words(measure, told.low80)} to {effect_words(measure, told.high80)}"
    said = f"Effect beside the rest of the team: {amount}, 80 % range {ends}."
    if told.words == CANNOT_TELL and not told.more_needed:
        return f"{said} **Cannot tell yet**, and so far it points neither way."
    if told.words == CANNOT_TELL:
        need = counted(told.more_needed, "more deal") if told.more_needed else ""
        need = need.replace("more deals", f"more {measure.noun}")
        return f"{said} **Cannot tell yet**{f': about {need} would tell' if need else ''}."
    meaning = {"worked": "It **worked**: ", "did not": "It **did not** work: "}[told.words]
    sure = f"{effect_words(measure, told.low90)} to {effect_words(measure, told.high90)}"
    return f"{said} {meaning}nine of ten times the truth lies from {sure}."


def _history(plan: Row) -> str:
    days = f"{day_of(plan['starts_on'].date(), session.today())} to "
    end: date = (plan["closed_on"] or plan["review_on"]).date()
    label = STATUS[plan["status"]][0].lower()
    outcome = f", {SAID[plan['outcome']][0].lower()}" if plan["outcome"] else ""
    return f"{days}{day_of(end, session.today())} · {label}{outcome}"
