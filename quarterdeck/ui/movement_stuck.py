"""Which open deals stand too long, and which are pushed again and again?"""

from __future__ import annotations

import pandas as pd
import streamlit as st

from quarterdeck.charts.funnel import plain_bars
from quarterdeck.metrics import EMPTY, exact_money, money, share
from quarterdeck.ui import session
from quarterdeck.ui.cards import note, picture, table
from quarterdeck.ui.downloads import download
from quarterdeck.ui.funnel import NO_HISTORY, TOO_FEW, said
from quarterdeck.ui.movement_parts import (
    SHOWN,
    Row,
    first_line,
    has_history,
    likely,
    named,
    pushed,
    usd,
)
from quarterdeck.ui.plain import plain
from quarterdeck.ui.words import all_as_file, counted


def stuck() -> None:
    asked = session.filters()
    stages = session.answer("stuck")
    beside = first_line(finding(stages), "stalled_share", rows="stuck_deals")
    every = stages[stages["stage"] == "all"]
    if every.empty:
        return
    if every["stalled_deals"].iloc[0]:
        left, right = st.columns([3, 2], gap="medium")
        with left:
            _deals()
        with right:
            drawn = stage_rows(stages)
            alt = said(drawn, "Stalled by stage")
            picture(plain_bars, drawn, alt=alt, key="stuck", beside=beside)
    note(counted_as(stages, has_history=has_history(every)))
    with st.container(horizontal=True, horizontal_alignment="right"):
        if deals := int(every["stalled_deals"].iloc[0]):
            download(all_as_file(deals), "stuck_deals", asked, key="stuck deals file")
        download("By stage as CSV", "stuck", asked, key="stuck file")


def finding(stages: pd.DataFrame) -> str:
    """How many stand longer than usual, and at which stage it is the largest share."""
    every = stages[stages["stage"] == "all"]
    if every.empty:
        return "**No deal is open**, so none is stuck."
    one = every.iloc[0]
    over, timed = int(one["stalled_deals"]), int(one["timed_deals"])
    if not timed:
        return f"**Nobody can say what is stuck:** how long deals stand {NO_HISTORY}."
    if pd.isna(one["stalled_share"]):
        return "**Nobody can say what is stuck:** no won deal shows yet how long a stage takes."
    if not over:
        return (
            f"**Nothing is stuck:** none of {counted(timed, 'open deal')} has stood longer in its "
            "stage than three of four won deals did."
        )
    few = ", too few to say" if timed < TOO_FEW else ""
    part = f"{share(one['stalled_share'])}, {likely(one['wilson_low'], one['wilson_high'])}{few}"
    much = f", {money(one['stalled_usd'])}" if one["stalled_usd"] else ""
    return (
        f"**{over:,} of {counted(timed, 'open deal')} {'stands' if over == 1 else 'stand'} longer "
        f"in the stage than three of four won deals did**{much}: {part}{_most(stages)}."
    )


def _most(stages: pd.DataFrame) -> str:
    each = stages[(stages["stage"] != "all") & (stages["stalled_deals"] > 0)]
    if len(each) < 2:
        return ""
    one = each.sort_values(["stalled_deals", "stage"], ascending=[False, True]).iloc[0]
    return f"; most at {_name(one['stage'])}, {int(one['stalled_deals']):,}"


def _name(stage: str) -> str:
    return plain(stage) or "no stage"


def stage_rows(stages: pd.DataFrame) -> pd.DataFrame:
    """The rows of `charts.funnel.plain_bars`: the share of each stage's deals that stall."""
    each = stages[(stages["stage"] != "all") & (stages["timed_deals"] > 0)]
    return pd.DataFrame([_stage(row) for row in each.to_dict("records")])


def _stage(row: Row) -> dict[str, str | float | bool]:
    name = str(row["stage"]) or "Without a stage"
    over, timed = int(row["stalled_deals"]), int(row["timed_deals"])
    part: str = EMPTY if pd.isna(row["stalled_share"]) else share(row["stalled_share"])
    rate = f" = {part}" if timed >= TOO_FEW else ", too few to say"
    usual: str = "" if pd.isna(row["typical_days"]) else f" over {row['typical_days']:,.0f} days"
    worth = exact_money(row["stalled_usd"])
    return {
        "name": name,
        "figures": f"{over:,} of {timed:,}{rate}",
        "full": 0.0 if pd.isna(row["stalled_share"]) else float(row["stalled_share"]),
        "is_lack": True,
        "exact_words": f"{name}: {over:,} of {counted(timed, 'deal')}{usual}, {worth}",
        "reach": 1.0,
    }


def _deals() -> None:
    rows = session.answer("stuck_deals", rows_shown=SHOWN, rows_before=0)
    deals = rows.to_dict("records")
    listed = pd.DataFrame(
        {
            "Deal": [named(row) for row in deals],
            "Amount": rows["open_usd"].tolist(),
            "Days (usual)": [_days(row) for row in deals],
            "Pushed": [pushed(row) for row in deals],
        }
    )
    table(listed, shown={"Amount": usd}, alt=f"The {len(rows)} deals furthest beyond what is usual")


def _days(row: Row) -> str:
    return f"{row['days_in_stage']:,} ({row['typical_days']:,.0f})"


def counted_as(stages: pd.DataFrame, *, has_history: bool) -> str:
    """By which won deals it is measured, whose days are not known, and how often dates moved."""
    one = stages[stages["stage"] == "all"].iloc[0]
    unknown = int(one["deals"] - one["timed_deals"])
    return " ".join(
        filter(
            None,
            (
                "Usual: three of four won deals had left the stage by that day; with fewer than "
                f"{TOO_FEW} of them, all stages together.",
                f"Of {counted(unknown, 'deal')} the days are not known." if unknown else "",
                _pushes(one) if has_history else "How often dates were pushed needs two exports.",
            ),
        )
    )


def _pushes(one: pd.Series) -> str:
    moved = int(one["pushed_deals"])
    if not moved:
        return "No open deal's close date was moved to a later day."
    times, most = int(one["pushes"]), int(one["most_pushes"])
    half = f"median {one['usual_pushed_days']:,.0f} days, at most {one['most_pushed_days']:,.0f}"
    return (
        f"The close dates of {moved:,} of {counted(int(one['deals']), 'open deal')} were pushed, "
        f"{counted(times, 'time')} in all, one deal's {counted(most, 'time')}: {half}."
    )
