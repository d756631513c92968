"""What was clicked last, in whichever picture?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from quarterdeck.ui.lines import ALL_LINES, line_name
from quarterdeck.ui.plain import plain
from quarterdeck.ui.standing import whole

Clicked = list[dict[str, Any]]


@dataclass(frozen=True)
class Picked:
    """Whose deals, of which line; None means all. With what the picture says they add up to."""

    person_id: str | None
    line: str | None
    name: str
    deals: int
    booked_usd: float


def latest(bar: Clicked, cell: Clicked) -> dict[str, Any]:
    """The newest click that still holds: what was let go falls back on the other picture."""
    state = st.session_state
    now, before = {"bar": bar, "cell": cell}, state.get("picked", {})
    last = next(
        (name for name in now if now[name] and now[name] != before.get(name)),
        state.get("picked last", "bar"),
    )
    if not now[last]:
        last = "cell" if last == "bar" else "bar"
    state["picked"], state["picked last"] = now, last
    return now[last][-1] if now[last] else {}


def was_picked() -> bool:
    """Whether anything was picked when the page was last drawn."""
    return any(st.session_state.get("picked", {}).values())


def picked(
    bar: Clicked, cell: Clicked, *, of_lines: bool, team: pd.DataFrame, cells: pd.DataFrame
) -> Picked:
    """What to show the deals of: the total, until something that is still here is clicked."""
    clicked = latest(bar, cell)
    person = clicked.get("person_id", None if of_lines else clicked.get("bar_id"))
    line = clicked.get("product_line", clicked.get("bar_id") if of_lines else None)
    person = None if person == "all" else person
    line = None if line == ALL_LINES else line
    if line is not None:
        found = cells[(cells["person_id"] == (person or "all")) & (cells["product_line"] == line)]
    else:
        found = team[team["person_id"] == (person or "all")]
    is_here = person is None or (team["person_id"] == person).any()
    if found.empty and not (clicked and is_here and line in set(cells["product_line"])):
        person, line, found = None, None, whole(team).to_frame().T
    deals, booked = (
        (int(found.iloc[0]["won_deals"]), float(found.iloc[0]["booked_usd"]))
        if len(found)
        else (0, 0.0)
    )
    return Picked(person, line, _named(team, person, line), deals, booked)


def _named(team: pd.DataFrame, person: str | None, line: str | None) -> str:
    names = dict(zip(team["person_id"], team["person_name"], strict=True))
    who, what = plain(names.get(person, "")), plain(line_name(line)) if line is not None else ""
    return " in ".join(filter(None, (who, what))) or "the total"
