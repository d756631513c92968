"""How did each team end its last eight quarters?"""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import pandas as pd
import streamlit as st

from quarterdeck.charts.area import trend
from quarterdeck.metrics import exact_money
from quarterdeck.ui import session
from quarterdeck.ui.cards import card, note, picture, say
from quarterdeck.ui.plain import plain
from quarterdeck.ui.standing import shown
from quarterdeck.ui.words import counted

MOST_TEAMS = 6
LOW, HIGH = 0.6, 1.4
"""A quarter further from its quota is drawn at the edge; its figure says how far."""


def trends(team: pd.DataFrame, quarters: pd.DataFrame) -> None:
    """A small picture a team, always in the order of the bars."""
    found = shown(team, "Teams").head(MOST_TEAMS)
    with st.grid(3, min_column_width=200):
        for row in found.to_dict("records"):
            own = quarters[quarters["person_id"] == row["person_id"]]
            drawn = trend_rows(own, row)
            name = plain(str(row["person_name"]))
            with card(name, explains="attainment", key=f"trend {row['person_id']}") as beside:
                if drawn.empty:
                    say("No quarter with a quota yet.")
                    continue
                alt = f"Attainment of {row['person_name']} by quarter: " + ", ".join(
                    f"{one['quarter']} {one['figure']}" for one in drawn.to_dict("records")
                )
                key = f"trend of {row['person_id']}"
                picture(trend, drawn, alt=alt, key=key, beside=beside)
    left = len(shown(team, "Teams")) - len(found)
    rest = f" {counted(left, 'more team')} in the table below." if left else ""
    note(
        "Above or below quota at the end of each quarter, in percent of quota. "
        f"Pale: the running quarter, in percent of its pace.{rest}"
    )


def trend_rows(quarters: pd.DataFrame, row: dict[Hashable, Any]) -> pd.DataFrame:
    """The rows of `charts.area.trend`; quarters without a quota are left out."""
    drawn = []
    for place, one in enumerate(quarters.to_dict("records")):
        is_over = bool(one["is_over"])
        reached = one["attainment"] if is_over else _now(one, row)
        if pd.isna(reached):
            continue
        of = "its quota" if is_over else "its pace"
        label = f"Q{one['quarter']}"
        figure_words = f"{reached:.0%}".rstrip("%")
        drawn.append({
            "place": f"{place}|{label}",
            "quarter": f"{label} {one['fiscal_year']}",
            "attainment": reached,
            "shown": min(max(reached, LOW), HIGH),
            "figure": figure_words,
            "exact_words": f"{label} {one['fiscal_year']}: {figure_words} % of {of}, "
            f"booked {exact_money(one['booked_usd'])}",
            "kind": ("" if is_over else "now ") + ("above" if reached >= 1 else "below"),
        })  # fmt: skip
    return pd.DataFrame(drawn)


def _now(one: dict[Hashable, Any], row: dict[Hashable, Any]) -> float:
    """The running quarter against its pace, where it is the one that the page shows."""
    period = session.filters().period
    is_shown = (one["quarter_on"].date(), one["ends_on"].date()) == (
        period.from_on, period.to_on,
    )  # fmt: skip
    return float(row["pace"]) if is_shown else float("nan")
