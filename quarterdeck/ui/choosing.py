"""What was asked for: read from the address, changed by the sentence, written back once."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from quarterdeck.domain.calendar import Period
from quarterdeck.domain.comparing import compared_with
from quarterdeck.filters import Filters
from quarterdeck.ui import address, kept, views
from quarterdeck.ui.address import Choices, Chosen
from quarterdeck.ui.session import (
    answer,
    assign,
    calendar,
    everything,
    filters,
    once,
    span,
    team,
    today,
)


def chosen() -> Chosen:
    found: Chosen = st.session_state["chosen"]
    return found


def choose(**parts: Any) -> None:
    """Somebody chose: this outweighs the address, which is written anew."""
    st.session_state["chosen"] = replace(chosen(), **parts)
    st.session_state["repairs"] = ()
    st.session_state["is_touched"] = True


def follow(asked: address.Asked) -> None:
    """Somebody opened what was kept: as if its address were the one asked for, with its repairs."""
    st.session_state["chosen"], st.session_state["repairs"] = _found(asked)
    st.session_state["is_touched"] = True
    turn_over()


def start_over() -> None:
    """The usual period, today, everyone and everything."""
    choose(**{part.name: part.default for part in fields(Chosen)})


def turn() -> int:
    """A part of the key of every widget in the sentence, another one after `turn_over`.

    A closed popover does not hear of values that the server sets, and would send its old ones with
    the next click. So a value that did not come from the widget itself makes it a new widget.
    """
    return int(st.session_state.get("turn", 0))


def key(name: str) -> str:
    """The key of a widget in the sentence."""
    return f"{name} {turn()}"


def turn_over() -> None:
    st.session_state["turn"] = turn() + 1


def repairs() -> tuple[str, ...]:
    """What in the address could not be shown as it stood."""
    return tuple(st.session_state.get("repairs", ()))


def begin(page: str) -> None:
    """Read the whole address before anything is drawn, and write it where it does not agree.

    An empty address on a page already shown is the entry that the menu left in the browser's
    history: what is shown stays, and nothing is written over it. At the very beginning it asks for
    the view that opens first on this page, if one does.
    """
    state = st.session_state
    asked = {name: st.query_params.get_all(name) for name in (*address.NAMES, views.VIEW)}
    asked = {name: values for name, values in asked.items() if values}
    is_touched, is_new_page = state.pop("is_touched", False), state.get("page") != page
    if "chosen" not in state or (asked and not is_touched and asked != state["address"]):
        is_bare = "chosen" not in state and not asked.keys() - {views.VIEW}
        state["chosen"], state["repairs"] = _found(kept.first_of(page) if is_bare else asked)
        turn_over()
    as_of = chosen().as_of or today()
    assign(chosen().assignments)
    _forget_strangers(as_of)
    _forget_point(as_of)
    state["filters"] = _filters(as_of)
    state["page"], state["address"] = page, here()
    if state["address"] != asked and (asked or is_touched or is_new_page):
        st.query_params.from_dict(state["address"])
        views.is_written()


def here() -> dict[str, list[str]]:
    """The address of what is shown."""
    known = choices()
    written = address.written(filters().period, chosen(), known.people, known.modules)
    return written | views.address()


def _filters(as_of: date) -> Filters:
    now = chosen()
    period = now.period or usual_period(as_of)
    point = compared_with(now.against, calendar(), period, as_of) if now.against else None
    return Filters(
        period,
        as_of,
        person_ids=now.person_ids,
        module_ids=now.module_ids,
        product_lines=now.product_lines,
        channels=now.channels,
        strategic_only=now.strategic_only,
        basis=now.basis,
        compare_on=point.on if point else None,
        compare_period=point.period if point else None,
        assignments=now.assignments,
        today=today(),
    )


def labels(as_of: date | None = None) -> dict[str, str]:
    """A word for each person in sight that stands for nobody else."""
    seen = team(as_of)
    return address.unique_labels(dict(zip(seen["person_id"], seen["person_name"], strict=True)))


def choices(as_of: date | None = None) -> Choices:
    """All that is there to choose on the day, whatever is chosen."""
    day = as_of or filters().as_of
    asked = everything(day)
    return once(f"choices on {day} {asked.assignments}", lambda: _choices(asked))


def _choices(asked: Filters) -> Choices:
    found = answer("choices", asked)
    kinds = {
        kind: dict(zip(rows["word"], rows["label"], strict=True))
        for kind, rows in found.groupby("kind")
    }
    return Choices(
        labels(asked.as_of),
        address.unique_labels(kinds.get("module", {})),
        kinds.get("product_line", {}),
        kinds.get("channel", {}),
    )


def usual_period(as_of: date) -> Period:
    """The quarter of the day; where nothing is won in it, the newest quarter that has something."""
    quarter, last = calendar().quarter_of(as_of), span(as_of)["last_closed_on"]
    is_older = not pd.isna(last) and last.date() < quarter.from_on
    return calendar().quarter_of(last.date()) if is_older else quarter


def _found(asked: address.Asked) -> tuple[Chosen, tuple[str, ...]]:
    assignments, assigned_repairs = address.assignments_in(asked.get("assignments", ()))
    assign(assignments)
    as_of, day_repairs = address.as_of_in(asked.get("as_of", ()), today())
    period, period_repairs = address.period_in(asked.get("period", ()), calendar())
    day = as_of or today()
    shown, known = period or usual_period(day), choices(day)
    if period_repairs and period is None:
        period_repairs = [f"{period_repairs[0]} This is {shown.label}."]
    parts: dict[str, tuple[Any, list[str]]] = {
        "assignments": (assignments, assigned_repairs),
        "against": address.against_in(asked.get("compare_on", ()), calendar(), shown, day),
        "person_ids": address.people_in(asked.get("person", ()), known.people),
        "module_ids": address.modules_in(asked.get("module", ()), known.modules),
        "product_lines": address.lines_in(asked.get("product_line", ()), known.lines),
        "channels": address.channels_in(asked.get("channel", ()), known.channels),
        "strategic_only": address.strategic_in(asked.get("strategic", ())),
        "basis": address.basis_in(asked.get("basis", ())),
    }
    found = Chosen(period, as_of, **{name: value for name, (value, _) in parts.items()})
    repairs = [each for _, said in parts.values() for each in said]
    return found, (*period_repairs, *day_repairs, *repairs)


def _forget_strangers(as_of: date) -> None:
    """What was chosen may not be there on another day or after an undo: said, and left out."""
    kept = chosen().narrowed(choices(as_of))
    if kept != chosen():
        st.session_state["chosen"] = kept
        turn_over()
        left = "Something chosen is not here on this day and was left out."
        st.session_state["repairs"] = (*repairs(), left)


def _forget_point(as_of: date) -> None:
    """What was compared with may lie after another day, or before all periods: left out, said."""
    now = chosen()
    if not now.against:
        return
    period = now.period or usual_period(as_of)
    _, lacking = address.against_in([now.against], calendar(), period, as_of)
    if lacking:
        st.session_state["chosen"] = replace(now, against="")
        turn_over()
        st.session_state["repairs"] = (*repairs(), *lacking)
