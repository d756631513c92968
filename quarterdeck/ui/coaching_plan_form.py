"""How is a coaching plan written, answered and closed?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import streamlit as st

from quarterdeck.commands.coaching_plans import (
    Baseline,
    CoachAnswer,
    CoachClose,
    CoachPlan,
    answer_plan,
    close_plan,
    write_plan,
)  # fmt: skip
from quarterdeck.domain.coaching import CLOSED, DRAFT, MEASURES, OUTCOMES, SKILLS, STEPS
from quarterdeck.domain.plan_effect import value_of
from quarterdeck.domain.selling import first_measure, kind_of, midway, worst_skill
from quarterdeck.ui import session
from quarterdeck.ui.cards import action, note
from quarterdeck.ui.coaching import (
    Person,
    Row,
    Selling,
    act,
    drawn,
    key,
    manager_of,
    selling,
    typed,
    whole,
    window,
)  # fmt: skip
from quarterdeck.ui.coaching_skills import value_words
from quarterdeck.ui.days import day_of

BASELINE_DAYS = 182
"""Half a year before the plan is its baseline: longer than luck lasts, shorter than a territory."""
WEEKS = 13
TEXTS = {"reality": "Where it stands", "choices": "Options", "way_forward": "Way forward"}


@dataclass(frozen=True)
class _Form:
    """A plan that is being written: for whom, which one, under which key, by what measure."""

    whom: Person
    plan: Row | None
    thing: str
    measure: str
    base: Baseline
    seen: int


def begin(whom: Person, team: Selling, suggested: str) -> None:
    """A new plan, proposed for the skill behind the largest part of the gap, else for the one that
    the data says most about."""
    if whom.person_id not in team.sellers:
        note("A plan needs something to measure: it can begin once deals are known.")
        return
    if session.filters().as_of != session.today():
        note("A plan begins today: look at the page as of today.")
        return
    with st.popover(
        "Begin a plan", icon=":material/add:", key="begin plan", on_change="rerun"
    ) as opened:
        if opened.open:
            _write(whom, team, None, suggested or worst_skill(team.evidence, whom.person_id))


def buttons(whom: Person, team: Selling, plan: Row, suggested: str) -> None:
    """What who leads can do with the plan that is shown."""
    with st.container(horizontal=True):
        if plan["status"] == CLOSED:
            begin(whom, team, suggested)
            return
        if plan["status"] == DRAFT:
            action(
                "Share it",
                icon="send",
                key=key("share plan"),
                on_click=_share,
                args=(whom, plan, drawn()),
            )
        with st.popover(
            "Change", icon=":material/edit:", key="change plan", on_change="rerun"
        ) as opened:
            if opened.open:
                _write(whom, team, plan, plan["skill"])
        if plan["status"] != DRAFT:
            with st.popover("Close it", icon=":material/flag:", key="close plan"):
                _close(plan)


def answer(plan: Row) -> None:
    """The executive's own word on it."""
    plan_id = str(plan["plan_id"])
    st.text_area("Your answer", plan["answer"] or "", key=key("answer", plan_id), height=80)
    with st.container(horizontal=True):
        action(
            "I agree",
            icon="check",
            key=key("agree", plan_id),
            on_click=_answered,
            args=(plan_id, True, drawn()),
        )
        st.button(
            "I see it otherwise",
            key=key("disagree", plan_id),
            on_click=_answered,
            args=(plan_id, False, drawn()),
        )


def frozen(whom: Person, name: str) -> Baseline:
    """How the measure stood over the half year until yesterday, as known now, of everything."""
    stretch = window(session.today() - timedelta(days=1), BASELINE_DAYS)
    then = selling(stretch, manager_of(whom), whole(session.today()))
    mine = then.sellers.get(whom.person_id)
    found = value_of(kind_of(name), mine.tally(name)) if mine else None
    if found is None:
        return Baseline(baseline_from_on=stretch.from_on, baseline_to_on=stretch.to_on)
    return Baseline(found.value, found.low, found.high, found.n, stretch.from_on, stretch.to_on)


def aim(whom: Person, team: Selling, name: str) -> float:
    """Midway to the better quarter of the peers."""
    rows = team.evidence[name]
    peers = [
        row.shrunk for one, row in rows.items() if one != whom.person_id and row.shrunk is not None
    ]
    own = rows[whom.person_id]
    now = own.raw if own.raw is not None else own.shrunk
    return midway(now or 0.0, peers, is_more_better=MEASURES[name].is_more_better)


def _write(whom: Person, team: Selling, plan: Row | None, skill: str) -> None:
    thing = str(plan["plan_id"]) if plan else "new"
    is_frozen = plan is not None and plan["status"] != DRAFT
    at = SKILLS.index(skill) if skill in SKILLS else 0
    chosen = st.selectbox(
        "Skill", SKILLS, at, format_func=str.capitalize, key=key("skill", thing), disabled=is_frozen
    )
    name = _measure(whom, team, plan, str(chosen), is_frozen=is_frozen)
    everything = selling(window(session.today()), manager_of(whom), whole(session.today()))
    base, target = frozen(whom, name), aim(whom, everything, name)
    form = _Form(whom, plan, thing, name, base, drawn())
    now = value_words(MEASURES[name], base.baseline)
    review = session.today() + timedelta(weeks=WEEKS)
    goal = f"{MEASURES[name].label}: from {now} to {value_words(MEASURES[name], target)}"
    st.text_input(
        "Goal", plan["goal"] if plan else goal, max_chars=300, key=key("goal", f"{thing} {name}")
    )
    ways = "; ".join(f"{kind}: {title}" for kind, title, _ in STEPS[str(chosen)])
    usual = {"reality": f"{now} over the last half year", "choices": ways, "way_forward": ""}
    for field, label in TEXTS.items():
        value = (plan[field] if plan else usual[field]) or ""
        st.text_area(label, value, key=key(field, f"{thing} {name}"), height=80)
    with st.container(horizontal=True):
        aimed = float(plan["target"]) if plan and plan["target"] is not None else target
        scale = 100.0 if MEASURES[name].is_percent else 1.0
        st.number_input(
            "Aim, %" if scale > 1 else "Aim",
            value=round(aimed * scale, 1), min_value=0.0, key=key("target", f"{thing} {name}"),
        )  # fmt: skip
        day = plan["review_on"].date() if plan else review
        st.date_input("Review on", day, format="YYYY-MM-DD", key=key("review", thing))
    st.button(
        "Save" if is_frozen else "Keep as a draft", key=key("keep plan", thing),
        on_click=_keep, args=(form, is_frozen),
    )  # fmt: skip
    if not is_frozen:
        action(
            "Share with " + whom.first_name, icon="send", key=key("share new", thing),
            on_click=_keep, args=(form, True),
        )  # fmt: skip
        note("Its baseline is frozen once it is shared, and the executive answers it.")


def _measure(whom: Person, team: Selling, plan: Row | None, skill: str, *, is_frozen: bool) -> str:
    names = [name for name, one in MEASURES.items() if one.skill == skill]
    first = str(plan["measure"]) if plan else first_measure(skill)
    return str(
        st.selectbox(
            "Measured by",
            names,
            names.index(first) if first in names else 0,
            format_func=lambda name: MEASURES[name].label,
            key=key("measure", f"{plan['plan_id'] if plan else 'new'} {skill}"),
            disabled=is_frozen,
        )
    )


def _keep(form: _Form, is_shared: bool) -> None:
    plan, of = form.plan, f"{form.thing} {form.measure}"
    scale = 100.0 if MEASURES[form.measure].is_percent else 1.0
    # What was not shared yet begins today: the baseline ends before it.
    has_begun = plan is not None and plan["status"] != DRAFT
    starts: date = plan["starts_on"].date() if plan and has_begun else session.today()
    command = CoachPlan(
        form.whom.person_id,
        MEASURES[form.measure].skill,
        form.measure,
        starts,
        typed("review", form.thing),
        float(typed("target", of) or 0) / scale,
        form.base,
        goal=typed("goal", of) or "",
        reality=typed("reality", of) or "",
        choices=typed("choices", of) or "",
        way_forward=typed("way_forward", of) or "",
        is_shared=is_shared,
        plan_id=str(plan["plan_id"]) if plan else "",
        seen=form.seen if plan else None,
    )
    act(write_plan, command, f"Shared with {form.whom.first_name}" if is_shared else "Kept")


def _share(whom: Person, plan: Row, seen: int) -> None:
    """The draft begins today, with the baseline of today."""
    command = CoachPlan(
        whom.person_id, plan["skill"], plan["measure"], session.today(),
        plan["review_on"].date(), plan["target"], frozen(whom, plan["measure"]),
        plan["goal"], plan["reality"], plan["choices"], plan["way_forward"], True,
        str(plan["plan_id"]), seen,
    )  # fmt: skip
    act(write_plan, command, "Shared")


def _answered(plan_id: str, is_accepted: bool, seen: int) -> None:
    said = typed("answer", plan_id) or ""
    act(answer_plan, CoachAnswer(plan_id, is_accepted, said, seen), "Answered")


def _close(plan: Row) -> None:
    plan_id = str(plan["plan_id"])
    st.radio(
        "What became of it?", OUTCOMES, index=None, format_func=str.capitalize,
        key=key("outcome", plan_id),
    )  # fmt: skip
    st.text_area("What was learned", key=key("learned", plan_id), height=80)
    st.button(
        "Close the plan", key=key("close", plan_id), on_click=_closed, args=(plan_id, drawn())
    )
    note(f"Today, {day_of(session.today(), session.today())}. A closed plan stays as it is.")


def _closed(plan_id: str, seen: int) -> None:
    outcome, words = typed("outcome", plan_id) or "", typed("learned", plan_id) or ""
    act(close_plan, CoachClose(plan_id, outcome, words, seen=seen), "Closed")
