"""Every mark of a picture by its name: the picture in words, and a way to it for the keyboard."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from quarterdeck.ui.plain import plain, tidy

_NAMED = "picked by name"
_MANY = 12
_HEIGHT = 400
_LONGEST = 60
DEALS = "Show the deals of"


Mark = dict[Any, Any]
Picked = list[Mark]


@st.fragment
def listed(
    rows: pd.DataFrame, fields: Sequence[str], now: Picked, *, key: str, ask: str = DEALS
) -> None:
    """What each mark says, to the cent; with fields to pick by, one of them can be chosen.

    Sent only while it is open. `now` is what is picked, in the picture or here; `ask` says what a
    choice does.
    """
    with st.popover("List", type="tertiary", key=f"list {key}", on_change="rerun") as opened:
        if opened.open:
            words = [tidy(plain(_short(said))) for said in rows["exact_words"]]
            with st.container(height=_HEIGHT if len(words) > _MANY else "content", border=False):
                if fields:
                    _choice(ask, words, _marks(rows, fields), now, key)
                else:
                    st.markdown("\n".join(f"- {said}" for said in words))


def _choice(ask: str, words: list[str], marks: Picked, now: Picked, key: str) -> None:
    """A change is a click on that mark: the whole page follows."""
    offered = ["All of them", *words]
    before = next((place for place, mark in enumerate(marks, 1) if mark in now), 0)
    place = st.radio(
        ask,
        range(len(offered)),
        index=before,
        format_func=offered.__getitem__,
        key=f"named {key} {zlib.crc32(repr(offered).encode()):x}",
    )
    if place != before:
        chosen = marks[place - 1] if place else {}
        st.session_state[_NAMED] = {**st.session_state.get(_NAMED, {}), key: chosen}
        st.rerun()


def picked(rows: pd.DataFrame, fields: Sequence[str], clicked: Picked, *, key: str) -> Picked:
    """What was chosen from the list, if it is drawn, or all; before that, what was clicked."""
    named: Mark | None = st.session_state.get(_NAMED, {}).get(key)
    if named is None:
        return clicked
    return [named] if named in _marks(rows, fields) else []


def is_picked(key: str) -> bool:
    """Whether one was chosen from the list, drawn or not."""
    return bool(st.session_state.get(_NAMED, {}).get(key))


def forget(key: str) -> None:
    """Something was clicked in the picture: that is what counts now."""
    st.session_state.get(_NAMED, {}).pop(key, None)


def _marks(rows: pd.DataFrame, fields: Sequence[str]) -> Picked:
    return rows[list(fields)].to_dict("records")


def _short(said: str) -> str:
    """A name of many lines would hide all the others; the amount behind it stays."""
    name, colon, amount = said.rpartition(": ")
    return f"{name[: _LONGEST - 1]}…{colon}{amount}" if len(name) > _LONGEST else said
