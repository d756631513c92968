"""Why is there nothing to show, and what ends that?"""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import streamlit as st

from quarterdeck.ui import choosing, sections, session
from quarterdeck.ui.cards import action, card, headline, say
from quarterdeck.ui.days import within
from quarterdeck.ui.plain import plain
from quarterdeck.ui.sentence import filter_sentence, show_everyone, show_period


def nothing_yet(question: str) -> None:
    """No data at all: what is missing, and where to bring it."""
    headline(question, "Nobody can say yet: there are no deals.")
    with card("What is missing?"):
        say(
            "**No deals yet.** Drop an export of your CRM. "
            "Before anything counts you see what it would change."
        )
        go("upload", "Drop a file", "upload_file", key="to upload", is_action=True)


def nothing_matches(question: str) -> None:
    """Data, but none of what was asked for: which filter emptied it, and one button out."""
    asked = session.filters()
    names = choosing.labels()
    who = " and ".join(plain(names[each]) for each in asked.person_ids)
    of_whom = f" of {who}" if who else ""
    headline(question, f"No deal{of_whom} was won {within(asked.period)}.")
    filter_sentence()
    everyone = session.answer("attainment", replace(asked, person_ids=()))
    last = session.span(asked.as_of, asked.person_ids)["last_closed_on"]
    with card("What would show something?"):
        if who and (everyone["won_deals"] > 0).any():
            say(f"**{asked.period.label} has won deals, but none{of_whom}.**")
            action("Show everyone", icon="group", key="show everyone", on_click=show_everyone)
        if not pd.isna(last):
            newest = session.calendar().quarter_of(last.date())
            say(f"The newest won deal{of_whom} closed in {newest.label}.")
            st.button(
                f"Show {newest.label}",
                icon=":material/arrow_forward:",
                key="show newest",
                on_click=show_period,
                args=(newest.word,),
            )
        elif not who:
            say("No deal has been won by this day.")
            go("upload", "Drop a file", "upload_file", key="to upload", is_action=True)


def go(page: str, label: str, icon: str, *, key: str, is_action: bool = False) -> None:
    """A button that leads to another page."""
    sign = f":material/{icon}:"
    clicked = (
        action(label, icon=icon, key=key) if is_action else st.button(label, icon=sign, key=key)
    )
    if clicked:
        st.switch_page(sections.pages()[page])
