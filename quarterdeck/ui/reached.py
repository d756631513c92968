"""How far is each: the card of the bars, of teams, executives or product lines."""

from __future__ import annotations

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from quarterdeck.charts.progress import PICK, quota_bars
from quarterdeck.ui import lines, standing
from quarterdeck.ui.adding_up import roll_up
from quarterdeck.ui.cards import note, picture, say
from quarterdeck.ui.empty import go
from quarterdeck.ui.limits import tolerance
from quarterdeck.ui.picking import Clicked

LINES = "Product lines"


def levels(team: pd.DataFrame, cells: pd.DataFrame) -> list[str]:
    """What there is to choose: teams where there are several, lines where one is named."""
    found = [*standing.LEVELS] if len(standing.teams(team)) > 1 else [standing.LEVELS[1]]
    return [*found, LINES] if (cells["product_line"] != "").any() else found


def level_and_rows(team: pd.DataFrame, cells: pd.DataFrame) -> tuple[str, pd.DataFrame]:
    """The choice, and all the rows it means, those who need attention first."""
    offered = levels(team, cells)
    level = offered[0]
    with st.container(horizontal=True, vertical_alignment="center"):
        if len(offered) > 1:
            level = st.segmented_control(
                "Level",
                offered,
                default=offered[0],
                required=True,
                key=f"level of {len(offered)}",
                label_visibility="collapsed",
                persist_state="session",
            )
        rows = lines.as_bars(cells) if level == LINES else standing.shown(team, level)
        if len(rows) > standing.FEW and not st.toggle(f"Show all {len(rows)}", key=f"all {level}"):
            return level, rows.head(standing.FEW).assign(left=len(rows) - standing.FEW)
    return level, rows.assign(left=0)


def bars(
    rows: pd.DataFrame, level: str, cells: pd.DataFrame, *, beside: DeltaGenerator, is_over: bool
) -> Clicked:
    """The picture, and the line that says how it is sorted; what was clicked comes back."""
    if rows.empty:
        say("Nobody here has reports below and none above.")
        return []
    clicked = picture(
        quota_bars,
        standing.bars(rows, is_over=is_over, tolerance=tolerance()),
        alt=standing.said(rows),
        key=f"attainment {level}",
        beside=beside,
        pick=PICK,
    )
    note(standing.order(rows, int(rows["left"].iloc[0])))
    if level == LINES and not lines.have_quotas(cells):
        note("Quotas have no product lines, so no line has a tick.")
    return clicked


def adds_up(team: pd.DataFrame, label: str, without: str) -> None:
    """The line that proves the sum; where quotas are missing, how to bring them."""
    say(roll_up(team))
    if pd.notna(standing.whole(team)["quota_usd"]):
        return
    if not without.startswith("none"):
        say(f"**There is no quota to show here: {without}.**")
        return
    say(
        f"**No quotas are known for {label}.** Type them in, or drop a file: Upload has a template."
    )
    go("settings", "Type the quotas", "tune", key="to quotas")
