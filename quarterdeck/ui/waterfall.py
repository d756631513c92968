"""What moved in the open pipeline between two days?"""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from quarterdeck.charts.waterfall import BAR, deals_waterfall, waterfall
from quarterdeck.ui import session
from quarterdeck.ui import waterfall_words as words
from quarterdeck.ui.cards import card, note, picture, say
from quarterdeck.ui.days import within
from quarterdeck.ui.explaining import Behind
from quarterdeck.ui.undated import undated
from quarterdeck.ui.waterfall_deals import moved_deals

QUESTION = "waterfall"
MODES = {"Due in the period": "due", "Whole pipeline": "whole"}


def what_moved() -> None:
    """From opening to closing, movement by movement; a click shows the deals of one."""
    asked = session.filters()
    since, until = words.short_day(asked.opening(), session.today()), _until(asked.as_of)
    about: Behind = {"rows": "waterfall_deals", "rows_with": {"pipeline_mode": "usual"}}
    with card(
        f"What moved between {since} and {until}?", explains="moved_usd", key="waterfall", **about
    ) as top:
        mode, moved = _moved()
        if moved.empty:
            say(words.nothing(mode, within(asked.period), since, until))
            return
        drawn = words.bars(moved, since, until)
        say(words.finding(drawn, mode, within(asked.period), since, until))
        chart = deals_waterfall if drawn.counts_deals else waterfall
        key, picked = f"waterfall {mode}", list[dict[str, Any]]()
        if drawn.moves:
            picked = picture(chart, drawn.chart, alt=drawn.said, key=key, beside=top, pick=BAR)
        known = words.known(drawn, moved, since, _begins(asked.opening()))
        note(f"{known} {words.reading(moved)}")
        if unplaced := undated(asked.opening()):
            note(unplaced)
        if picked and (chosen := drawn.named(str(picked[0].get("bar")))):
            moved_deals(*chosen, mode)


def _moved() -> tuple[str, pd.DataFrame]:
    """The movements of what is due or of the whole pipeline: the usual one until somebody chose."""
    usual = session.answer(QUESTION)
    mode = "due" if usual.empty else str(usual["pipeline_mode"].iloc[0])
    labels = {each: label for label, each in MODES.items()}
    chosen = st.segmented_control(
        "Which deals",
        list(MODES),
        default=labels[mode],
        required=True,
        key=f"pipeline, usually {mode}",
        label_visibility="collapsed",
        persist_state="session",
    )
    if MODES[chosen] == mode:
        return mode, usual
    return MODES[chosen], session.answer(QUESTION, pipeline_mode=MODES[chosen])


def _until(day: date) -> str:
    return "today" if day == session.today() else words.short_day(day, session.today())


def _begins(opening: date) -> str:
    """The day on which what is known begins, where the first day lies before it."""
    first = session.span()["first_known_on"]
    is_later = not pd.isna(first) and opening < first.date()
    return words.short_day(first.date(), session.today()) if is_later else ""
