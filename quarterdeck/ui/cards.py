"""The parts pages are made of: question and answer, card, figure, picture, table, explanation."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from typing import Any, Unpack

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from quarterdeck.charts import house
from quarterdeck.metrics import metrics
from quarterdeck.refusal import Refused
from quarterdeck.ui import by_name
from quarterdeck.ui.account import account
from quarterdeck.ui.against import Change
from quarterdeck.ui.explaining import Behind, explanation
from quarterdeck.ui.finding import find_button
from quarterdeck.ui.plain import plain
from quarterdeck.ui.plain import tidy as tidy


def mode() -> house.Mode:
    return st.context.theme.type or "light"


def headline(question: str, answer: str) -> None:
    """The question small, the answer large."""
    with st.container(gap=None):
        with st.container(horizontal=True, vertical_alignment="center", wrap=False):
            st.title(f":gray[{question}]", anchor=False)
            find_button()
            account()
        st.header(tidy(answer), anchor=False)


@contextmanager
def card(
    question: str,
    *,
    explains: str = "",
    stretch: bool = False,
    key: str = "",
    **behind: Unpack[Behind],
) -> Iterator[DeltaGenerator]:
    """A frame around one question; where a number stands behind it, its explanation opens.

    What comes back is the place beside the question, for what else opens there.

    A question whose words change with the numbers has a `key` that stays.
    `rivals` are what others' definitions give now (a row of the frame will do), `rows` the query
    whose rows stand behind the number, with more parameters as `rows_with`.
    """
    with st.container(border=True, height="stretch" if stretch else "content", gap="xsmall"):
        with st.container(horizontal=True, vertical_alignment="center", wrap=False):
            st.subheader(tidy(question), anchor=False)
            beside = st.container(width="content")
            if explains:
                with st.container(width="content"):
                    named = f"explain card {explains} {key or question}"
                    explain(explains, label="Explain", key=named, **behind)
        yield beside


@st.fragment
def explain(name: str, *, label: str, key: str, value: str = "", **behind: Unpack[Behind]) -> None:
    """What a number means, how it is counted and what others mean by it; sent only while open."""
    with st.popover(label, type="tertiary", key=key, on_change="rerun") as opened:
        if opened.open:
            explanation(name, value, behind, key=key)


def figure(
    name: str,
    value: str,
    *,
    label: str = "",
    change: str = "",
    reason: str = "",
    against: Change | None = None,
    **behind: Unpack[Behind],
) -> None:
    """One number: its name, which opens the explanation, itself, its change and one grey line.

    A change that begins with ▲ is good, with ▼ bad; any other is neither. Before it stands what
    the number was at the point compared with.
    """
    colour = {"▲": "blue", "▼": "orange"}.get(change[:1], "gray")
    called = tidy(label or metrics()[name].label)
    with st.container(border=True, height="stretch", gap="xxsmall"):
        key = f"explain figure {name}"
        explain(name, label=f":gray[{called}]", key=key, value=value, **behind)
        st.metric(called, tidy(value), label_visibility="collapsed")
        said = [f":{against.colour}[{tidy(against.text)}]"] if against else []
        said += [f":{colour}[{tidy(change)}]"] if change else []
        said += [f":gray[:small[{tidy(reason)}]]"] if reason else []
        if said:
            st.markdown("  \n".join(said))


def total_figure(label: str, value: str, *, change: str, reason: str) -> None:
    """One number of a comparison; what it means is said by its name alone."""
    with st.container(border=True, height="stretch", gap="xxsmall"):
        st.space(10)
        st.markdown(f":gray[:small[{tidy(label)}]]")
        st.metric(label, tidy(value), label_visibility="collapsed")
        st.markdown(f":gray[{tidy(change)}]")
        st.caption(tidy(reason))


def picture(
    chart: Callable[[], house.Chart],
    rows: pd.DataFrame,
    *,
    alt: str,
    key: str,
    beside: DeltaGenerator,
    pick: str = "",
) -> list[dict[str, Any]]:
    """Pour rows into a constant picture, and list them `beside` the question.

    What was clicked of the selection `pick`, or picked from the list, comes back.
    """
    spec = house.constant(chart, mode())
    fields, now = house.fields_of(spec, pick), list[dict[str, Any]]()
    if pick:
        click = partial(by_name.forget, key)
        event = st.vega_lite_chart(rows, spec, theme=None, key=key, alt=alt, on_select=click)
        clicked = list(event["selection"].get(pick) or [])
        now = by_name.picked(rows, fields, clicked, key=key)
    else:
        st.vega_lite_chart(rows, spec, theme=None, key=key, alt=alt)
    with beside:
        by_name.listed(rows, fields, now, key=key)
    return now


def is_picked(*keys: str) -> bool:
    """Whether something is picked in one of these pictures, before they are drawn."""
    drawn = [st.session_state.get(key) for key in keys]
    is_clicked = any(any(one["selection"].values()) for one in drawn if one)
    return is_clicked or any(map(by_name.is_picked, keys))


def table(
    rows: pd.DataFrame, *, alt: str, shown: Mapping[str, Callable[[Any], str]] | None = None
) -> None:
    """A small fixed table: numbers stay numbers, so they stand at the right; `shown` writes them.

    Texts are Markdown here too: what comes from a file goes through plain().
    """
    st.table(rows.style.format(dict(shown or {})), border="horizontal", hide_index=True, alt=alt)


def say(text: str) -> None:
    st.markdown(tidy(text))


def note(text: str) -> None:
    """What the picture above means, in one quiet line."""
    st.caption(tidy(text))


def action(
    label: str,
    *,
    icon: str,
    key: str,
    disabled: bool = False,
    on_click: Callable[..., None] | None = None,
    args: tuple[Any, ...] = (),
) -> bool:
    """The one thing to do on a page.

    Streamlit prints white on the accent, so in the dark the button is outlined.
    """
    return st.button(
        tidy(label),
        type="primary" if mode() == "light" else "secondary",
        icon=f":material/{icon}:",
        key=key,
        disabled=disabled,
        on_click=on_click,
        args=args,
    )


def refusal(refused: Refused, about: str = "") -> None:
    """What was not done, where, and what to do: three parts, whatever they hold shown as text."""
    parts = [
        f"**{plain(about)}: {plain(refused.what)}**" if about else f"**{plain(refused.what)}**"
    ]
    parts += [plain(part) for part in (refused.where, refused.do) if part]
    st.error("\n\n".join(parts), icon=":material/report:")
