"""Whom does the team need first, in which skill, and with whom is a talk due?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from quarterdeck.charts.coaching import gap_steps, skill_grid
from quarterdeck.domain.coaching import MEASURES, SKILLS, TALK_WEEKS
from quarterdeck.domain.selling import first_measure
from quarterdeck.domain.shrinkage import BELOW_PEERS, NOT_ENOUGH, TO_WATCH
from quarterdeck.metrics import money
from quarterdeck.ui import choosing, coaching_sheet, session
from quarterdeck.ui.cards import card, note, picture, say, table
from quarterdeck.ui.coaching import SELLING, Row, Selling, chosen, narrowed, selling, year
from quarterdeck.ui.coaching_beside import team_gap
from quarterdeck.ui.coaching_gap import steps
from quarterdeck.ui.coaching_skills import evidence_words, verdict
from quarterdeck.ui.days import day_of
from quarterdeck.ui.plain import plain
from quarterdeck.ui.words import counted, records

SHADES = {BELOW_PEERS: 1.0, TO_WATCH: 0.4, NOT_ENOUGH: -1.0}
SHORT = {BELOW_PEERS: "▼ below", TO_WATCH: "watch", NOT_ENOUGH: "few"}
DAYS = TALK_WEEKS * 7
MOST_TEAMS, MOST = 4, 24
"""Of teams and of people that are drawn at once."""


def finding(board: Sequence[Row]) -> str:
    """With whom a talk is due, in one sentence."""
    led = [one for one in board if one["is_led"]]
    if not led:
        return "Nobody’s coaching is yours to lead here."
    waiting = [one for one in led if is_waiting(one)]
    if not waiting:
        return f"Everyone had a 1:1 in the last {TALK_WEEKS} weeks."
    names = [plain(str(one["person_name"]).split(" ")[0]) for one in waiting[:3]]
    more = f" and {counted(len(waiting) - 3, 'other')}" if len(waiting) > 3 else ""
    listed = ", ".join(names[:-1]) + (" and " if len(names) > 1 and not more else "")
    said = (listed + names[-1]) if not more else ", ".join(names)
    return f"{said}{more} had no 1:1 in {TALK_WEEKS} weeks."


def is_waiting(one: Row) -> bool:
    """Since the last talk, or since they came, whichever was later."""
    return one["waiting_days"] is None or int(one["waiting_days"]) > DAYS


def show(board: Sequence[Row]) -> None:
    """Four skills by people, the cadence of talks, plans and learning."""
    rows = records(session.answer("coaching_facts", narrowed()))
    managers = {str(one["manager_id"] or "") for one in rows if one["role"] in SELLING}
    for manager in sorted(managers)[:MOST_TEAMS]:
        show_team(manager, board, several=len(managers))
    if len(managers) > MOST_TEAMS:
        more = counted(len(managers) - MOST_TEAMS, "more team")
        note(f"{more}: choose a director in the sentence above to see theirs.")
    left, right = st.columns(2, gap="medium")
    with left:
        _cadence(board)
    with right:
        _plans()
        _learning(board)


def show_team(manager: str, board: Sequence[Row], *, several: int = 1) -> None:
    """The skills of one team beside each other, and what makes its gap."""
    team = selling(year(), manager)
    if not team.rows:
        return
    ours = [one for one in board if one["person_id"] in team.rows]
    _skills(manager, team, ours, several=several)
    _gap(manager, team, several=several)


def _skills(manager: str, team: Selling, board: Sequence[Row], *, several: int) -> None:
    names = choosing.labels(session.today())
    whose = f" in {names.get(manager, 'nobody')}’s team" if several > 1 else ""
    title = f"Who needs what{whose}?"
    with card(title, key=f"skills of {manager}") as top:
        if len(team.sellers) < 2:
            say("**Nobody to compare with.** A skill is judged beside the others of a team.")
            _ways(team.rows)
            return
        drawn = grid_rows(team, choosing.labels(session.today()))
        below = drawn[drawn["shade"] == 1.0]
        said = "; ".join(below["exact_words"]) or "no clear difference anywhere"
        picture(skill_grid, drawn, alt=said, key=f"skill grid {manager}", beside=top)
        note(
            "Each skill by one measure over 52 weeks, drawn towards the team’s. Orange: "
            "below peers in nine of ten. A word is no ranking: too few deals stay grey."
        )
        _ways(team.rows)
        coaching_sheet.offer(manager, title, finding(board), team, board)


def _gap(manager: str, team: Selling, *, several: int) -> None:
    """What makes the gap of the whole team: the parts of its people, added up."""
    if several > 1 or len(team.sellers) < 2:
        return
    found = team_gap(team)
    with card(
        "What makes the team’s gap?", explains="expected_usd", key=f"gap of {manager}"
    ) as top:
        if found is None:
            say("**There is no gap to take apart.** It needs quotas and some decided deals.")
            return
        drawn = steps(found)
        picture(gap_steps, drawn, alt="; ".join(drawn["exact_words"]), key="team gap", beside=top)
        note(
            f"Likely {money(float(found.likely_usd))} = booked {money(float(found.booked_usd))} + "
            f"open deals at their stages’ win rates {money(float(found.open_usd))}. Each person’s "
            "parts, added up to the cent. Thin lines: 80 % range."
        )


def grid_rows(team: Selling, words: Mapping[str, str]) -> pd.DataFrame:
    """The rows of `charts.coaching.skill_grid`, by name: an order that says nothing. `words` parts
    those of one name."""
    rows = []
    ordered = sorted(team.rows.values(), key=lambda one: str(one["person_name"]))
    for place, one in enumerate(ordered):
        person_id = str(one["person_id"])
        name = words.get(person_id, str(one["person_name"]))
        for at, skill in enumerate(SKILLS):
            measure = first_measure(skill)
            found = team.evidence[measure][person_id]
            label = verdict(found)
            rows.append({
                "person": name, "skill": skill.capitalize(), "label": label,
                "short": SHORT.get(found.verdict, "–"),
                "shade": SHADES.get(found.verdict, 0.0),
                "exact_words": f"{name}, {skill}: {label}, {MEASURES[measure].label}, "
                f"{evidence_words(found, MEASURES[measure])}",
                "place": place, "skill_place": at,
            })  # fmt: skip
    return pd.DataFrame(rows)


def _ways(people: Mapping[str, Row]) -> None:
    """A way to the page of each."""
    names = choosing.labels(session.today())
    words = {one: names.get(one, str(row["person_name"])) for one, row in people.items()}
    with st.container(horizontal=True):
        for person_id, name in sorted(words.items(), key=lambda item: item[1]):
            st.button(
                plain(name),
                type="tertiary",
                icon=":material/arrow_forward:",
                key=f"open coaching {person_id}",
                on_click=_open,
                args=(person_id,),
            )


def _open(person_id: str) -> None:
    choosing.turn_over()
    choosing.choose(person_ids=(person_id,))


def _cadence(board: Sequence[Row]) -> None:
    with card("With whom is a talk due?", key="cadence"):
        if not board:
            say("Nobody is in sight.")
            return
        rows = [
            (
                plain(one["person_name"]),
                _last(one) + _next(one),
                f"{int(one['minutes']) / 60:.1f}",
                _open_things(one),
            )
            for one in board[:MOST]
        ]
        frame = pd.DataFrame(rows, columns=["Who", "Last 1:1", "Hours", "Open"])
        table(frame, alt="The last and next talk with each, and what is open")
        more = f" The {MOST} who wait longest of {len(board):,}." if len(board) > MOST else ""
        note(f"Longest ago first. Hours of coaching in the last 13 weeks.{more}")
        if session.viewer().role == "area_director":
            _ways({str(one["person_id"]): one for one in board[:MOST] if one["is_led"]})


def _last(one: Row) -> str:
    if one["last_on"] is None:
        return ":orange[▼ none yet]" if is_waiting(one) else "none yet"
    said = day_of(one["last_on"].date(), session.today())
    return f":orange[▼ {said}]" if is_waiting(one) else said


def _next(one: Row) -> str:
    on = one["next_on"]
    return "" if on is None else f"  \n:gray[next {day_of(on.date(), session.today())}]"


def _open_things(one: Row) -> str:
    late = int(one["overdue_actions"]) + int(one["overdue_learning"])
    open_now = int(one["open_actions"]) + int(one["open_learning"])
    return f"{open_now}, :orange[{late} late]" if late else f"{open_now}"


def _plans() -> None:
    rows = [one for one in records(chosen("coaching_plans")) if one["status"] != "closed"]
    with card("Which plans are running?", key="team plans"):
        if not rows:
            say("None yet. A plan begins on the page of whom it is for.")
        for one in rows[:8]:
            review = day_of(one["review_on"].date(), session.today())
            say(
                f"**{plain(one['person_name'])}:** {plain(one['goal'])} "
                f":gray[{one['status']}, review {review}]"
            )


def _learning(board: Sequence[Row]) -> None:
    with card("What is being learned?", key="team learning"):
        rows = [one for one in records(chosen("learning_items")) if one["standing"] != "done"]
        if not rows:
            say(f"Nothing is open for {counted(len(board), 'person')}.")
        for one in rows[:8]:
            say(f"**{plain(one['person_name'])}:** {plain(one['title'])} :gray[{one['standing']}]")
