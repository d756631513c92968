"""Why is there nothing to show, and what ends that?"""

from __future__ import annotations

import pandas as pd
import streamlit as st

from quarterdeck.filters import Filters
from quarterdeck.ui import choosing, sections, session
from quarterdeck.ui.cards import action, card, headline, say
from quarterdeck.ui.days import within
from quarterdeck.ui.plain import plain
from quarterdeck.ui.sentence import filter_sentence, show_period, widen
from quarterdeck.ui.words import counted


def nothing_yet(question: str) -> None:
    """No data at all: what is missing, and where to bring it; or none yet on the day asked for."""
    first, as_of = session.span()["first_known_on"], session.filters().as_of
    if not pd.isna(first) and as_of < first.date():
        headline(question, "Nobody can say: that day lies before all that is known.")
        filter_sentence()
        return
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
    whom = f" of {who}" if (who := _whom(asked)) else ""
    headline(question, f"No deal{whom} was won {within(asked.period)}.")
    filter_sentence()
    everything = asked.widened()
    is_any = bool((session.answer("attainment", everything)["won_deals"] > 0).any())
    last = session.span(asked.as_of, asked.person_ids)["last_closed_on"]
    with card("Where is something to see?"):
        if asked != everything and is_any:
            say(f"**{asked.period.label} has won deals, but none{whom}.**")
            action("Show everything", icon="group", key="show everyone", on_click=widen)
        if not pd.isna(last):
            newest = session.calendar().quarter_of(last.date())
            say(f"The newest won deal{_of(asked)} closed in {newest.label}.")
            st.button(
                f"Show {newest.label}",
                icon=":material/arrow_forward:",
                key="show newest",
                on_click=show_period,
                args=(newest.word,),
            )
        elif not whom:
            say("No deal has been won by this day.")
            _what_is_open()


def _what_is_open() -> None:
    """The way to the open deals; without any, to more data."""
    deals = int(session.answer("funnel")["deals"].sum())
    if not deals:
        go("upload", "Drop a file", "upload_file", key="to upload", is_action=True)
        return
    say(f"**{counted(deals, 'deal')} {'is' if deals == 1 else 'are'} open.**")
    go("funnel", "See what is open", "filter_alt", key="to funnel", is_action=True)


def _whom(asked: Filters) -> str:
    known = choosing.choices()
    names = [
        *(known.people[each] for each in asked.person_ids),
        *(known.modules[each] for each in asked.module_ids),
    ]
    return ", ".join(part for part in (plain(" and ".join(names)), plain(asked.what())) if part)


def _of(asked: Filters) -> str:
    names = [plain(choosing.labels()[each]) for each in asked.person_ids]
    return f" of {' and '.join(names)}" if names else ""


def go(page: str, label: str, icon: str, *, key: str, is_action: bool = False) -> None:
    """A button that leads to another page."""
    sign = f":material/{icon}:"
    clicked = (
        action(label, icon=icon, key=key) if is_action else st.button(label, icon=sign, key=key)
    )
    if clicked:
        st.switch_page(sections.pages()[page])
