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
from quarterdeck.ui.plain import plain
from quarterdeck.ui.settled import settings


def show() -> None:
    """Each threshold with its meaning and its number."""
    held, seen = settings(), team.seen("thresholds")
    with card("From where on does a number mean something?"):
        typed = {each: line(each, str(each.held(held))) for each in THRESHOLDS}
        changed = {each: text for each, text in typed.items() if each.read(text) != each.held(held)}
        if action("Save the thresholds", icon="check", key="save thresholds", disabled=not changed):
            commands = [ChangeSetting(each.name, text, seen) for each, text in changed.items()]
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


def line(one: Threshold, held: str) -> str:
    """What a threshold means, and its number to type; on a phone one below the other."""
    meaning, number = st.columns([4, 1], vertical_alignment="center", gap="xsmall")
    usual = "" if held == str(one.usual) else f" Usually {one.usual}."
    meaning.markdown(f"**{plain(one.label)}.** :gray[{one.meaning}{usual}]")
    with number, st.container(horizontal=True, vertical_alignment="center", wrap=False):
        key = f"{one.name} {team.turn()}"
        label = f"{plain(one.label)}, {one.unit}"
        typed = st.text_input(label, held, key=key, width=80, label_visibility="collapsed")
        st.markdown(f":gray[{one.unit}]", width="content")
    return typed
