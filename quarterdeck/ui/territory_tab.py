"""How is a territory weighed, how many visits does an account ask for, who has to agree?"""

from __future__ import annotations

import streamlit as st

from quarterdeck.commands.plan_checks import APPROVAL
from quarterdeck.commands.settings import ChangeSetting, change_setting
from quarterdeck.domain.thresholds import VISITS, WEIGHTS, Threshold, segment_visits
from quarterdeck.ui import session, team, thresholds_tab
from quarterdeck.ui.cards import card, note, say
from quarterdeck.ui.settled import asked, settings

MOST_SEGMENTS = 20


def show() -> None:
    """The weights of the composite, the visits of each kind of account, and the approval."""
    held, seen = settings(), team.seen("territory")
    with card("How much does each measure weigh in the composite?"):
        _lines(WEIGHTS, held, seen, "weights")
        note("Parts of their sum: measures that nobody holds any of are left out.")
    with card("How many visits a year does an account ask for?"):
        _lines((*VISITS, *_segments()), held, seen, "visits")
        note("A segment’s own number goes before that of any other account.")
    with card("Who agrees to a realignment?"):
        _approval(held, seen)


def _segments() -> list[Threshold]:
    rows = session.answer("territory_market", asked())
    found = rows[(rows["part"] == "segment") & (rows["value"] != "")]
    return [segment_visits(str(each)) for each in found["value"].head(MOST_SEGMENTS)]


def _lines(lines: tuple[Threshold, ...], held: dict[str, str], seen: int, key: str) -> None:
    typed = {line: thresholds_tab.line(line, str(line.held(held))) for line in lines}
    changed = {line: text for line, text in typed.items() if line.read(text) != line.held(held)}
    sign = ":material/check:"
    if st.button("Save them", icon=sign, key=f"save {key}", disabled=not changed):
        commands = [ChangeSetting(line.name, text, seen) for line, text in changed.items()]
        team.perform(change_setting, *commands)
    if not changed:
        note("Change a number to save it.")


def _approval(held: dict[str, str], seen: int) -> None:
    is_on = held.get(APPROVAL) == "on"
    say(
        "A director submits a realignment, and the **area director agrees** before it is published."
        if is_on
        else "A director publishes a realignment **without asking**."
    )
    label = "Let directors publish by themselves" if is_on else "Ask the area director first"
    if st.button(label, key="save approval"):
        team.perform(change_setting, ChangeSetting(APPROVAL, "off" if is_on else "on", seen))
