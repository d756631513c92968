"""From where on does a number mean something, and what day is it?"""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo, available_timezones

import streamlit as st

from quarterdeck.commands.settings import TIME_ZONE, ChangeSetting, change_setting
from quarterdeck.domain.thresholds import THRESHOLDS, Threshold
from quarterdeck.ui import team
from quarterdeck.ui.cards import action, card, note, say
from quarterdeck.ui.days import day_words
from quarterdeck.ui.settled import settings


def show() -> None:
    """Each threshold with its meaning and its number."""
    held, seen = settings(), team.seen("thresholds")
    with card("From where on does a number mean something?"):
        typed = {line: _line(line, str(line.held(held))) for line in THRESHOLDS}
        changed = {line: text for line, text in typed.items() if line.read(text) != line.held(held)}
        if action("Save the thresholds", icon="check", key="save thresholds", disabled=not changed):
            commands = [ChangeSetting(line.name, text, seen) for line, text in changed.items()]
            team.perform(change_setting, *commands)
        if not changed:
            note("Change a number to save it.")


def show_zone() -> None:
    """The time zone, and what time it is there."""
    held, seen = settings()[TIME_ZONE], team.seen("zone")
    with card("In which time zone does a day begin and end?"):
        zones = sorted(available_timezones() | {held})
        zone = st.selectbox(
            "Time zone", zones, index=zones.index(held), key=f"zone {team.turn()}", width=320
        )
        there = datetime.now(UTC).astimezone(ZoneInfo(zone))
        say(f"There it is **{day_words(there.date(), there.date())}, {there:%H:%M}**.")
        note(
            "A time with a zone in a file becomes a day there; a time without one stays as written."
        )
        is_same = zone == held
        if action("Set the time zone", icon="check", key="save zone", disabled=is_same):
            team.perform(change_setting, ChangeSetting(TIME_ZONE, zone, seen))
        if is_same:
            note("This is the time zone now.")


def _line(line: Threshold, held: str) -> str:
    """What a threshold means, and its number to type; on a phone one below the other."""
    meaning, number = st.columns([4, 1], vertical_alignment="center", gap="xsmall")
    usual = "" if held == str(line.usual) else f" Usually {line.usual}."
    meaning.markdown(f"**{line.label}.** :gray[{line.meaning}{usual}]")
    with number, st.container(horizontal=True, vertical_alignment="center", wrap=False):
        key = f"{line.name} {team.turn()}"
        label = f"{line.label}, {line.unit}"
        typed = st.text_input(label, held, key=key, width=80, label_visibility="collapsed")
        st.markdown(f":gray[{line.unit}]", width="content")
    return typed
