"""What is learned, by when, and who can be asked?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import streamlit as st

from quarterdeck.commands.learning import (
    CoachConsent,
    CoachLearned,
    CoachLearning,
    CoachMentor,
    CoachScore,
    CoachStory,
    be_asked,
    consent,
    learn,
    score_skill,
    settle_learning,
    tell_story,
)  # fmt: skip
from quarterdeck.commands.replying import SCORE
from quarterdeck.domain.coaching import FIRST_DAYS, LEARNING, SCORES, SKILLS, STEPS
from quarterdeck.ui import coaching_pairs, coaching_reply, session
from quarterdeck.ui.cards import note, say
from quarterdeck.ui.coaching import Person, Row, Selling, act, fresh, key, typed
from quarterdeck.ui.days import day_of
from quarterdeck.ui.plain import plain
from quarterdeck.ui.words import counted, records

SOON_WEEKS = 6
NEW_DAYS = 120
STANDING = {
    "done": ":blue[▲ done]",
    "open": ":gray[open]",
    "overdue": ":orange[▼ overdue]",
    "lapsed": ":orange[▼ lapsed]",
    "lapses soon": ":orange[◆ lapses soon]",
}


def show(whom: Person, team: Selling, skill: str) -> None:
    """The learning plan: what is open, what is done, templates to begin with."""
    rows = records(fresh("learning_items", whom.person_id))
    if not rows:
        say("**Nothing is planned to be learned yet.**")
    for one in rows:
        _one(whom, one)
    coaching_pairs.helpers(whom, team, skill)
    if whom.is_led or whom.is_self:
        _templates(whom, team, skill, {str(one["title"]) for one in rows})
        _add(whom, skill)


def praise(whom: Person) -> None:
    """What went well, shown to the team once its hero agrees; and who may be asked about what."""
    rows = records(fresh("win_stories", ""))
    mine = [one for one in rows if one["person_id"] == whom.person_id and one["kind"] == "story"]
    if not mine:
        say("No story is written down yet.")
    for one in mine:
        _story(one)
    others = [one for one in rows if one["person_id"] != whom.person_id]
    for one in others[:8]:
        if one["kind"] == "mentor":
            who = plain(one["person_name"])
            say(f"**{who}** may be asked about {one['skill']}.")
        elif one["has_consent"]:
            who = plain(one["person_name"])
            say(f"**{who}, {one['skill']}:** {plain(one['story'])}")
    if whom.is_self:
        _willing(whom, rows)
    if whom.is_led or whom.is_self:
        _tell(whom)


def scores(whom: Person) -> dict[str, int]:
    """The newest score of each skill that the viewer may see."""
    rows = records(fresh("skill_scores", whom.person_id))
    return {str(one["skill"]): int(one["score"]) for one in reversed(rows) if one["is_newest"]}


def score_form(whom: Person) -> None:
    """How the director sees the four skills, beside what the data says."""
    rows = [one for one in records(fresh("skill_scores", whom.person_id)) if one["is_newest"]]
    for one in rows:
        shared = "" if one["is_shared"] or whom.is_self else " · not shared"
        day = day_of(one["scored_on"].date(), session.today())
        said = f"**{str(one['skill']).capitalize()}: {one['score']} of 5** :gray[{day}{shared}]"
        say(f"{said}  \n{plain(one['evidence'])}")
        coaching_reply.answer_to(whom, SCORE, str(one["score_id"]), one)
    if not rows:
        say("No skill is scored yet.")
    if not whom.is_led:
        return
    with st.form("score skill", border=False):
        with st.container(horizontal=True):
            st.selectbox("Skill", SKILLS, format_func=str.capitalize, key=key("scored"))
            st.select_slider("Score", SCORES, 3, key=key("score"))
        st.text_area("What it stands on", key=key("evidence"), height=80)
        st.checkbox(f"Share with {whom.first_name}", False, key=key("score shared"))
        st.form_submit_button("Keep the score", on_click=_scored, args=(whom,))


def _one(whom: Person, one: Row) -> None:
    item_id = str(one["item_id"])
    due = one["due_on"]
    said = f", due {day_of(due.date(), session.today())}" if due is not None else ""
    who = f", with {plain(one['mentor_name'])}" if one["mentor_name"] else ""
    say(
        f"**{plain(one['title'])}** :gray[{one['kind']}, {one['skill']}{who}{said}] "
        f"{STANDING[one['standing']]}"
    )
    if one["evidence"]:
        say(f":gray[{plain(one['evidence'])}]")
    if one["done_on"] is not None:
        coaching_pairs.changed_since(whom, one)
    if one["standing"] in ("done", "lapses soon") or not (one["is_led"] or one["is_self"]):
        return
    with st.popover("It is learned", key=key("learned", item_id), on_change="rerun") as opened:
        if opened.open:
            st.text_input("What shows it", max_chars=300, key=key("shows", item_id))
            if one["kind"] == "certification":
                st.date_input("It lapses on", None, format="YYYY-MM-DD", key=key("renew", item_id))
            st.button("Done", key=key("learn done", item_id), on_click=_learned, args=(item_id,))


def _templates(whom: Person, team: Selling, skill: str, known: set[str]) -> None:
    """First days for who is new, else what helps with the skill that costs most."""
    row = team.rows.get(whom.person_id)
    hired = row["hired_on"].date() if row and row["hired_on"] is not None else None
    items = [*_first_days(hired), *((one, None) for one in STEPS.get(skill, ()))]
    offered = [(one, due) for one, due in items if one[1] not in known]
    if not offered:
        return
    with st.expander(f"{counted(len(offered), 'suggestion')}", key="learning templates"):
        for one, due in offered:
            kind, title, of = one
            with st.container(horizontal=True, vertical_alignment="center"):
                st.button(
                    "Add",
                    icon=":material/add:",
                    key=key("template", title),
                    on_click=_suggested,
                    args=(whom, one, due),
                )
                say(f"{title} :gray[{kind}, {of}]")


def _first_days(hired: date | None) -> list[tuple[tuple[str, str, str], date]]:
    if hired is None or (session.today() - hired).days > NEW_DAYS:
        return []
    return [
        (one, hired + timedelta(days=days)) for days, some in FIRST_DAYS.items() for one in some
    ]


def _add(whom: Person, skill: str) -> None:
    with st.form("add learning", border=False):
        st.text_input("What is learned?", max_chars=300, key=key("title"))
        with st.container(horizontal=True):
            st.selectbox("Kind", LEARNING, format_func=str.capitalize, key=key("kind"))
            at = SKILLS.index(skill) if skill in SKILLS else 0
            st.selectbox("Skill", SKILLS, at, format_func=str.capitalize, key=key("learn skill"))
            due = session.today() + timedelta(weeks=SOON_WEEKS)
            st.date_input("Due", due, format="YYYY-MM-DD", key=key("learn due"))
        mentors = _mentors(whom)
        if mentors:
            st.selectbox(
                "With",
                ["", *mentors],
                format_func=lambda one: mentors.get(one, "nobody in particular"),
                key=key("mentor"),
            )
        st.form_submit_button("Add", icon=":material/add:", on_click=_added, args=(whom,))


def _mentors(whom: Person) -> dict[str, str]:
    rows = records(fresh("win_stories", ""))
    return {
        str(one["person_id"]): f"{one['person_name']} ({one['skill']})"
        for one in rows
        if one["kind"] == "mentor" and one["person_id"] != whom.person_id
    }


def _story(one: Row) -> None:
    shown = "the team sees it" if one["has_consent"] else "seen by the two of you"
    say(f"**{str(one['skill']).capitalize()}** :gray[{shown}]  \n{plain(one['story'])}")
    if one["is_self"] or session.viewer().role == "owner":
        word = "Show it no more" if one["has_consent"] else "Show it to the team"
        command = CoachConsent(str(one["story_id"]), not one["has_consent"])
        st.button(
            word,
            key=key("consent", str(one["story_id"])),
            on_click=act,
            args=(consent, command, "Noted"),
        )


def _willing(whom: Person, rows: Sequence[Row]) -> None:
    now = {
        one["skill"]
        for one in rows
        if one["kind"] == "mentor" and one["person_id"] == whom.person_id
    }
    for skill in SKILLS:
        st.checkbox(
            f"I may be asked about {skill}",
            skill in now,
            key=key("willing", skill),
            on_change=_is_willing,
            args=(skill,),
        )


def _tell(whom: Person) -> None:
    with st.form("tell story", border=False):
        st.text_area("What was done well, and why did it work?", key=key("story"), height=80)
        st.selectbox("Skill", SKILLS, format_func=str.capitalize, key=key("story skill"))
        st.form_submit_button("Write it down", on_click=_told, args=(whom,))
    note("The team sees a story once whom it is about agrees.")


def _scored(whom: Person) -> None:
    command = CoachScore(
        whom.person_id,
        str(typed("scored")),
        int(typed("score") or 0),
        typed("evidence") or "",
        bool(typed("score shared")),
    )
    act(score_skill, command, "Kept")


def _learned(item_id: str) -> None:
    shows, renew = typed("shows", item_id) or "", typed("renew", item_id)
    act(settle_learning, CoachLearned(item_id, session.today(), renew, shows), "Done")


def _suggested(whom: Person, one: tuple[str, str, str], due: date | None) -> None:
    kind, title, skill = one
    on = due or session.today() + timedelta(weeks=SOON_WEEKS)
    act(learn, CoachLearning(whom.person_id, kind, skill, title, on), "Added")


def _added(whom: Person) -> None:
    command = CoachLearning(
        whom.person_id,
        str(typed("kind")),
        str(typed("learn skill")),
        typed("title") or "",
        typed("learn due"),
        typed("mentor") or None,
    )
    act(learn, command, "Added")


def _is_willing(skill: str) -> None:
    act(be_asked, CoachMentor(skill, bool(typed("willing", skill))), "Noted")


def _told(whom: Person) -> None:
    skill, story = str(typed("story skill")), typed("story") or ""
    act(tell_story, CoachStory(whom.person_id, skill, story), "Written down")
