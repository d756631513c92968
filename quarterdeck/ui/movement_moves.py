"""From which stage to which did deals move, and how long had they stood there?"""

from __future__ import annotations

import pandas as pd
import streamlit as st

from quarterdeck.charts.movement import move_grid
from quarterdeck.filters import Filters
from quarterdeck.metrics import exact_money
from quarterdeck.ui import session
from quarterdeck.ui.cards import note, picture
from quarterdeck.ui.days import day_words
from quarterdeck.ui.downloads import download
from quarterdeck.ui.funnel import NO_HISTORY, TOO_FEW, said
from quarterdeck.ui.movement_parts import Row, first_line, known_since
from quarterdeck.ui.plain import plain
from quarterdeck.ui.words import all_as_file, counted

WAYS = {
    "forward": "on to the next stage",
    "skipped": "past a stage",
    "back": "back",
    "won": "won",
    "lost": "lost",
    "removed": "removed",
    "reopened": "reopened",
    "not known": "out of or into a stage not known",
}
ONWARD, BACKWARD = ("forward", "skipped", "won"), ("back", "lost", "removed")
ENDS = ("won", "lost", "removed")
MOST = 9
"""As many lines and columns as a phone can hold."""


def stage_to_stage() -> None:
    asked = session.filters()
    moves = session.answer("stage_moves")
    beside = first_line(finding(moves, asked), "move_days", rows="stage_moves")
    if moves.empty:
        return
    drawn = grid_rows(moves)
    alt = said(drawn.sort_values("moves", ascending=False), "Moves from stage to stage")
    picture(move_grid, drawn, alt=alt, key="stage_moves", beside=beside)
    note(counted_as(moves, drawn, asked))
    with st.container(horizontal=True, horizontal_alignment="right"):
        download(all_as_file(len(moves)), "stage_moves", asked, key="stage moves file")


def finding(moves: pd.DataFrame, asked: Filters) -> str:
    """How many moves there were of each kind, and where they take longest."""
    since = day_words(asked.opening(), session.today())
    if moves.empty:
        return f"**No deal changed its stage** after {since}."
    ways = moves.groupby("way")["moves"].sum()
    every = int(ways.sum())
    if set(ways.index) == {"not known"} or not _from_known(moves):
        came = f"{counted(every, 'move')} out of a stage not known"
        return f"**Nobody can say from where deals moved:** {came}; it {NO_HISTORY}."
    told = ", ".join(
        f"{int(ways[way]):,} {word}" for way, word in WAYS.items() if way in ways.index
    )
    return f"**After {since} deals moved {every:,} times**: {told}.{_slowest(moves)}"


def _from_known(moves: pd.DataFrame) -> bool:
    return bool((moves["from_stage"] != "").any())


def _slowest(moves: pd.DataFrame) -> str:
    """The stage that takes longest before deals go on; where too few went on, none."""
    on = moves[moves["way"].isin(ONWARD) & (moves["timed_moves"] >= TOO_FEW)]
    if on.empty:
        return ""
    one = on.sort_values(["move_days", "from_stage"], ascending=[False, True]).iloc[0]
    from_to = f"{plain(_named(one['from_stage']))} → {plain(_named(one['to_stage']))}"
    return f" Slowest: {from_to}, after {_days(one.to_dict())}."


def _days(row: Row) -> str:
    """22 days, half of them 13–33: the median, and the quarters where enough are known."""
    if pd.isna(row["move_days"]):
        return "days not known"
    middle = f"{row['move_days']:,.0f} days"
    if pd.isna(row["quarter_move_days"]):
        few = int(row["timed_moves"])
        return f"{middle} ({counted(few, 'move')}, too few to say)"
    low, high = row["quarter_move_days"], row["three_quarters_move_days"]
    return f"{middle} (half of them {low:,.0f}–{high:,.0f})"


def _named(stage: str) -> str:
    return "Not known" if not stage else stage.capitalize() if stage in ENDS else stage


def grid_rows(moves: pd.DataFrame) -> pd.DataFrame:
    """The rows of `charts.movement.move_grid`: a cell for each from and to, in order."""
    lines = _order(moves, "from_stage", "from_place")
    columns = _order(moves, "to_stage", "to_place")
    most = float(moves["moves"].max())
    drawn = [
        {
            "from_name": _named(row["from_stage"]),
            "to_name": _named(row["to_stage"]),
            "label": f"{int(row['moves']):,}",
            "exact_words": _exact(row),
            "shade": _side(row["way"]) * (0.25 + 0.75 * float(row["moves"]) / most),
            "from_order": lines.index(row["from_stage"]),
            "to_order": columns.index(row["to_stage"]),
            "moves": int(row["moves"]),
        }
        for row in moves.to_dict("records")
        if row["from_stage"] in lines and row["to_stage"] in columns
    ]
    return pd.DataFrame(drawn)


def _order(moves: pd.DataFrame, stage: str, place: str) -> list[str]:
    """What is not known first, then the open stages by their place, then the ends."""
    most = moves.groupby(stage)["moves"].sum().sort_values(ascending=False, kind="stable")
    kept = moves[moves[stage].isin(most.index[:MOST])]
    first = kept.groupby(stage)[place].min()
    known = {str(each): float("inf") if pd.isna(at) else float(at) for each, at in first.items()}
    ends = {end: n for n, end in enumerate(ENDS, 1)}
    return sorted(known, key=lambda each: (each != "", ends.get(each, 0), known[each], each))


def _side(way: str) -> int:
    return 1 if way in ONWARD else -1 if way in BACKWARD else 0


def _exact(row: Row) -> str:
    deals = counted(int(row["deals"]), "deal")
    times = f" in {counted(int(row['moves']), 'move')}" if row["moves"] > row["deals"] else ""
    from_to = f"{_named(row['from_stage'])} → {_named(row['to_stage'])}"
    after = f", after {_days(row)}" if row["from_stage"] else ""
    return f"{from_to}: {deals}{times}, {exact_money(row['went_usd'])}{after}"


def counted_as(moves: pd.DataFrame, drawn: pd.DataFrame, asked: Filters) -> str:
    """How to read the grid, and what is not in it."""
    left = int(moves["moves"].sum()) - int(drawn["moves"].sum())
    said = [
        "Left: the stage that was left; above: where the deals went. Each change counts, "
        "so one deal may count several times. Blue: on; orange: back, lost or removed.",
        f"{counted(left, 'move')} more in the file." if left else "",
        "Not known: neither an export nor a stage date shows where the deal stood before."
        if (moves["from_stage"] == "").any()
        else "",
    ]
    return " ".join(filter(None, said)) + known_since(moves, asked.opening())
