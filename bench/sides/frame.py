"""The frame around four pages that are compared: two of ours, an empty one, the ordinary way.

Run by bench/click.py as a script of its own; the product knows nothing of it.
"""

from __future__ import annotations

import altair as alt
import pandas as pd
import streamlit as st

from bench.sides import anew  # before the pages take hold of what it replaces
from quarterdeck.metrics import exact_money, share
from quarterdeck.ui import choosing, sections, session
from quarterdeck.ui.cards import headline
from quarterdeck.ui.sentence import filter_sentence
from quarterdeck.ui.standing import executives, whole


def empty() -> None:
    """The frame and the filter bar, and nothing else: what Streamlit takes by itself."""
    headline("What does the frame cost?", session.filters().period.label)
    filter_sentence()


def ordinary() -> None:
    """Attainment as most dashboards are written: pictures built at every run, whole tables."""
    asked = session.filters()
    headline("Who is on track for quota?", f"Attainment in {asked.period.label}")
    filter_sentence()
    team = session.answer("attainment")
    total = whole(team)
    figures = st.columns(4)
    figures[0].metric("Booked", exact_money(total["booked_usd"]))
    figures[1].metric("Quota", exact_money(total["quota_usd"]))
    figures[2].metric("Attainment", share(total["attainment"]))
    figures[3].metric("Gap", exact_money(total["gap_usd"]))
    left, right = st.columns(2)
    left.altair_chart(_bars(executives(team)), key="ordinary bars")
    lines = session.answer("attainment_by_line")
    right.altair_chart(_cells(lines), key="ordinary cells")
    deals = session.answer("credited_deals", rows_shown=1000, rows_before=0)
    st.dataframe(deals)
    st.dataframe(team)


def _bars(people: pd.DataFrame) -> alt.LayerChart:
    base = alt.Chart(people).encode(y=alt.Y("person_name:N", sort="-x", title=None))
    booked = base.mark_bar().encode(x="booked_usd:Q", tooltip=["person_name", "booked_usd"])
    both: alt.LayerChart = booked + base.mark_tick(color="black").encode(x="quota_usd:Q")
    return both


def _cells(lines: pd.DataFrame) -> alt.Chart:
    cells: alt.Chart = (
        alt.Chart(lines)
        .mark_rect()
        .encode(x="product_line:N", y="person_name:N", color="booked_usd:Q")
    )
    return cells


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
