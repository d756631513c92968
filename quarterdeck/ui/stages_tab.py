"""Where does each stage stand, and what does standing in it mean?"""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from quarterdeck.commands.stages import CATEGORIES, OUTCOMES, SKILLS, SetStage, set_stage
from quarterdeck.ui import session, team
from quarterdeck.ui.cards import action, card, note, say
from quarterdeck.ui.empty import go
from quarterdeck.ui.plain import plain
from quarterdeck.ui.settled import asked
from quarterdeck.ui.words import counted

EDITED = ("position", "outcome", "forecast_category", "chance", "skill")


def show() -> None:
    """One pipeline's stages as a table to type in."""
    stages = session.answer("stages", asked())
    if stages.empty:
        with card("What is missing?"):
            say("**No stage is known yet.** Stages come with the deals of a file.")
            go("upload", "Drop a file", "upload_file", key="stages to upload", is_action=True)
        return
    with card("Which stages does a deal go through?"):
        pipelines = list(dict.fromkeys(stages["pipeline"]))
        pipeline = pipelines[0]
        if len(pipelines) > 1:
            names = {each: each or "Deals without a pipeline" for each in pipelines}
            pipeline = st.selectbox(
                "Pipeline", pipelines, format_func=names.__getitem__, key="pipeline"
            )
        _table(stages[stages["pipeline"] == pipeline].reset_index(drop=True), pipeline)


def _table(stages: pd.DataFrame, pipeline: str) -> None:
    seen = team.seen(f"stages {pipeline}")
    before = stages.assign(chance=stages["probability"] * 100)
    categories = sorted({*CATEGORIES, *stages["forecast_category"].dropna()})
    before = before[["stage_name", "deals", *EDITED]]
    edited = st.data_editor(
        before,
        hide_index=True,
        disabled=["stage_name", "deals"],
        num_rows="fixed",
        placeholder="–",
        column_config={
            "stage_name": "Stage",
            "deals": "Deals",
            "position": st.column_config.NumberColumn("Place", min_value=0, max_value=999, step=1),
            "outcome": st.column_config.SelectboxColumn(
                "Outcome", options=list(OUTCOMES), required=True
            ),
            "forecast_category": st.column_config.SelectboxColumn(
                "Forecast category", options=categories
            ),
            "chance": st.column_config.NumberColumn(
                "Chance, %", min_value=0, max_value=100, format="%.0f"
            ),
            "skill": st.column_config.SelectboxColumn("Skill it shows", options=list(SKILLS)),
        },
        key=f"stages {pipeline} {team.turn()}",
        alt=f"Place, outcome, category, chance and skill of {len(stages)} stages",
    )
    places = [n for n in edited.index if _is_changed(before.loc[n], edited.loc[n])]
    for place in places:
        if words := touched(before.loc[place], edited.loc[place]):
            say(words)
    note("Stages stand in the order of their place. The skill is what reaching the stage shows.")
    if action("Save the stages", icon="check", key="save stages"):
        team.perform(set_stage, *(_command(pipeline, edited.loc[n], seen) for n in places))


def touched(was: pd.Series, now: pd.Series) -> str:
    """What another outcome means for the deals that stand in the stage; "" if it is the same."""
    if was["outcome"] == now["outcome"]:
        return ""
    return (
        f"**{plain(was['stage_name'])} would be {now['outcome']} instead of {was['outcome']}:** "
        f"{counted(int(was['deals']), 'deal')} stand in it. Each keeps the outcome its file gives."
    )


def _is_changed(was: pd.Series, now: pd.Series) -> bool:
    return any(_value(was[name]) != _value(now[name]) for name in EDITED)


def _value(cell: Any) -> Any:
    return None if pd.isna(cell) else cell


def _command(pipeline: str, row: pd.Series, seen: int) -> SetStage:
    chance = _value(row["chance"])
    return SetStage(
        pipeline,
        str(row["stage_name"]),
        int(_value(row["position"]) or 0),
        str(row["outcome"]),
        _value(row["forecast_category"]),
        None if chance is None else float(chance) / 100,
        _value(row["skill"]),
        seen,
    )
