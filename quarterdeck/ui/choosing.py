"""What was asked for: read from the address, changed by the sentence, written back once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from quarterdeck.domain.calendar import Period
from quarterdeck.filters import Filters
from quarterdeck.ui import address
from quarterdeck.ui.address import Chosen
from quarterdeck.ui.session import calendar, filters, span, team, today


def chosen() -> Chosen:
    found: Chosen = st.session_state["chosen"]
    return found


def choose(**parts: Any) -> None:
    """Somebody chose: this outweighs the address, which is written anew."""
    st.session_state["chosen"] = replace(chosen(), **parts)
    st.session_state["repairs"] = ()
    st.session_state["is_touched"] = True


def turn() -> int:
    """A part of the key of every widget in the sentence, another one after `turn_over`.

    A closed popover does not hear of values that the server sets, and would send its old ones with
    the next click. So a value that did not come from the widget itself makes it a new widget.
    """
    return int(st.session_state.get("turn", 0))


def turn_over() -> None:
    st.session_state["turn"] = turn() + 1


def repairs() -> tuple[str, ...]:
    """What in the address could not be shown as it stood."""
    return tuple(st.session_state.get("repairs", ()))


def begin(page: str) -> None:
    """Read the whole address before anything is drawn, and write it where it does not agree.

    An empty address on a page already shown is the entry that the menu left in the browser's
    history: what is shown stays, and nothing is written over it.
    """
    state = st.session_state
    asked = {name: st.query_params.get_all(name) for name in address.NAMES}
    asked = {name: values for name, values in asked.items() if values}
    is_touched, is_new_page = state.pop("is_touched", False), state.get("page") != page
    if "chosen" not in state or (asked and not is_touched and asked != state["address"]):
        state["chosen"], state["repairs"] = _found(asked)
        turn_over()
    as_of = chosen().as_of or today()
    _forget_strangers(as_of)
    period = chosen().period or usual_period(as_of)
    state["filters"] = Filters(period, as_of, chosen().person_ids)
    state["page"], state["address"] = page, here()
    if state["address"] != asked and (asked or is_touched or is_new_page):
        st.query_params.from_dict(state["address"])


def here() -> dict[str, list[str]]:
    """The address of what is shown."""
    return address.written(filters().period, chosen(), labels())


def labels(as_of: date | None = None) -> dict[str, str]:
    """A word for each person in sight that stands for nobody else."""
    seen = team(as_of)
    return address.unique_labels(dict(zip(seen["person_id"], seen["person_name"], strict=True)))


def usual_period(as_of: date) -> Period:
    """The quarter of the day; where nothing is won in it, the newest quarter that has something."""
    quarter, last = calendar().quarter_of(as_of), span(as_of)["last_closed_on"]
    is_older = not pd.isna(last) and last.date() < quarter.from_on
    return calendar().quarter_of(last.date()) if is_older else quarter


def _found(asked: address.Asked) -> tuple[Chosen, tuple[str, ...]]:
    as_of, day_repairs = address.as_of_in(asked.get("as_of", ()), today())
    period, period_repairs = address.period_in(asked.get("period", ()), calendar())
    if period_repairs and period is None:
        shown = usual_period(as_of or today()).label
        period_repairs = [f"{period_repairs[0]} This is {shown}."]
    known = labels(as_of or today())
    person_ids, person_repairs = address.people_in(asked.get("person", ()), known)
    return Chosen(period, as_of, person_ids), (*period_repairs, *day_repairs, *person_repairs)


def _forget_strangers(as_of: date) -> None:
    """Somebody chosen may be out of sight on another day or after an undo: said, and left out."""
    known = labels(as_of)
    kept = tuple(each for each in chosen().person_ids if each in known)
    if kept != chosen().person_ids:
        st.session_state["chosen"] = replace(chosen(), person_ids=kept)
        turn_over()
        left = "Somebody chosen is not here on this day and was left out."
        st.session_state["repairs"] = (*repairs(), left)
