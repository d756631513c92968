"""The frame around four pages that are compared: two of ours, an empty one, the ordinary way.

Run by bench/click.py as a script of its own; the product knows nothing of it.
"""

from __future__ import annotations

import os
from typing import Any

import altair as alt
import pandas as pd
import streamlit as st

from bench.sides import anew  # before the pages take hold of what it replaces
from quarterdeck import glossary, reads
from quarterdeck.engine import DuckDBEngine
from quarterdeck.metrics import metrics
from quarterdeck.ui import choosing, sections, session
from quarterdeck.ui.cards import headline
from quarterdeck.ui.sentence import filter_sentence
from quarterdeck.ui.standing import executives, whole

FIGURES = ("booked_usd", "attainment", "gap_usd", "coverage")


def empty() -> None:
    """The frame and the filter bar, and nothing else: what Streamlit takes by itself."""
    headline("What does the frame cost?", session.filters().period.label)
    filter_sentence()


def ordinary() -> None:
    """The same Attainment as most dashboards are written: a connection that remembers nothing,
    pictures built at every run, whole tables beside them, explanations and files made before
    anybody asks for them."""
    headline("Who is on track for quota?", f"Attainment in {session.filters().period.label}")
    filter_sentence()
    team, lines = _asked("attainment"), _asked("attainment_by_line")
    deals = _asked("credited_deals", rows_shown=1000, rows_before=0)
    total = whole(team)
    figures = st.columns(4)
    for place, name in zip(figures, FIGURES, strict=True):
        place.metric(metrics()[name].label, metrics()[name].show(total[name]))
        _explained(place, name)
    for name in ("quota_usd", "win_rate"):
        st.markdown(f"{metrics()[name].label} **{metrics()[name].show(total[name])}**")
        _explained(st, name)
    left, right = st.columns(2)
    left.altair_chart(_bars(executives(team)), key="ordinary bars")
    _twin(left, "bars", executives(team))
    right.altair_chart(_cells(lines[lines["person_id"] != "all"]), key="ordinary cells")
    _twin(right, "cells", lines)
    st.dataframe(deals, key="ordinary deals")
    st.download_button("Deals as CSV", deals.to_csv(index=False), key="ordinary deals file")
    with st.expander("Everyone, to the cent"):
        st.dataframe(team, key="ordinary team")


@st.cache_resource
def _plain() -> DuckDBEngine:
    return DuckDBEngine(os.environ["QUARTERDECK_DB"])


def _asked(name: str, **more: Any) -> pd.DataFrame:
    return reads.answer(_plain(), session.viewer(), session.filters(), name, **more)


def _explained(place: Any, name: str) -> None:
    with place.popover("Explain", key=f"ordinary {name}"):
        st.markdown(metrics()[name].meaning)
        st.code(glossary.formulas(name), language="sql")
        others = [rival.words for rival in metrics()[name].rivals]
        st.table(pd.DataFrame({"Others mean": others}))


def _twin(place: Any, name: str, rows: pd.DataFrame) -> None:
    with place.expander("As a table"):
        st.dataframe(rows, key=f"ordinary {name} rows")
        csv = rows.to_csv(index=False)
        st.download_button("As CSV", csv, key=f"ordinary {name} file")


def _bars(people: pd.DataFrame) -> alt.LayerChart:
    base = alt.Chart(people).encode(y=alt.Y("person_name:N", sort="-x", title=None))
    words = ["person_name", "booked_usd", "quota_usd"]
    booked = base.mark_bar().encode(x="booked_usd:Q", tooltip=words)
    named = base.mark_text(align="left").encode(x="booked_usd:Q", text="booked_usd:Q")
    both: alt.LayerChart = booked + base.mark_tick(color="black").encode(x="quota_usd:Q") + named
    return both


def _cells(lines: pd.DataFrame) -> alt.LayerChart:
    base = alt.Chart(lines).encode(x="product_line:N", y="person_name:N")
    cells = base.mark_rect().encode(color="booked_usd:Q", tooltip=["person_name", "booked_usd"])
    both: alt.LayerChart = cells + base.mark_text().encode(text="booked_usd:Q")
    return both


st.set_page_config(page_title="Sides", layout="wide")
known = sections.pages()
page = st.navigation(
    [
        st.Page(empty, url_path="empty", default=True),
        st.Page(ordinary, url_path="ordinary"),
        *(st.Page(sections.PAGES / f"{name}.py", url_path=name) for name in known),
    ],
    position="top",
)
anew.forget()
session.awake()
choosing.begin(page.url_path or "empty")
page.run()
