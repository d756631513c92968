"""What is done of what each person set out to do, this week and today?"""

from __future__ import annotations

from math import floor
from typing import Any

import pandas as pd
import streamlit as st

from quarterdeck.charts.activity import aim_bars
from quarterdeck.filters import Filters
from quarterdeck.ui import session
from quarterdeck.ui.activity import name_of, of_week
from quarterdeck.ui.cards import card, note, picture, say
from quarterdeck.ui.days import day_words
from quarterdeck.ui.downloads import download
from quarterdeck.ui.empty import go
from quarterdeck.ui.plain import plain
from quarterdeck.ui.words import counted, records

SHOWN, PICTURES = 8, 3
WEEK, DAY = "Week", "Day"


def show(done: pd.DataFrame, asked: Filters) -> None:
    """One small picture a kind, with the same people in the same order."""
    with card("What is done of what was set out?", explains="done_share", key="aims"):
        spans = [span for span in (WEEK, DAY) if not aimed(done, span).empty]
        if not spans:
            say("**Nobody has set out to do so many calls or meetings a week.** Settings holds it.")
            go("settings", "Set an objective", "tune", key="to objectives")
            return
        span = spans[0]
        if len(spans) > 1:
            span = st.segmented_control(
                "Each", spans, default=WEEK, required=True, key="aims each",
                label_visibility="collapsed",
            )  # fmt: skip
        _pictures(aimed(done, span), span, asked)


def aimed(done: pd.DataFrame, span: str) -> pd.DataFrame:
    """What was set out for such a span, with what is done and due of it, as one set of columns."""
    name = span.lower()
    found = done[done[f"{name}_target"].notna() & (done[f"{name}_target"] > 0)]
    due = found["working_share"].fillna(0.0) if span == WEEK else 1.0
    return pd.DataFrame(
        {
            "person_id": found["person_id"],
            "person_name": found["person_name"].map(name_of),
            "kind": found["kind"],
            "done": found[f"{name}_done"].astype(float),
            "target": found[f"{name}_target"].astype(float),
            "due_share": due,
        }
    )


def order(found: pd.DataFrame) -> list[str]:
    """People by how far they are behind all that they set out to do, furthest first."""
    capped = found.assign(counts=found[["done", "target"]].min(axis=1))
    sums = capped.groupby("person_id", sort=False)[["counts", "target"]].sum()
    part = (sums["counts"] / sums["target"]).sort_values(kind="stable")
    return [str(person_id) for person_id in part.index]


def bars(found: pd.DataFrame, people: list[str]) -> pd.DataFrame:
    """The rows of `charts.activity.aim_bars` of one kind."""
    held = {str(row["person_id"]): row for row in records(found)}
    drawn = [_bar(held[one], place) for place, one in enumerate(people) if one in held]
    reach = max(max(one["done"], one["target"]) for one in drawn)
    for one in drawn[:1]:
        one["sign"] = "by now" if 0 < one["due"] < one["target"] else ""
    return pd.DataFrame(drawn).assign(reach=reach)


def _bar(row: dict[Any, Any], place: int) -> dict[str, Any]:
    done, target = row["done"], row["target"]
    due = target * row["due_share"]
    is_behind = bool(done < floor(due))
    said = f"{done:,.0f} of {target:,.0f}"
    mark = "▼ " if is_behind else "▲ " if done >= target else ""
    return {
        "person_id": row["person_id"],
        "name": row["person_name"],
        "figures": mark + said,
        "done": done,
        "target": target,
        "due": due,
        "missing_to": max(floor(due), done),
        "is_behind": is_behind,
        "sign": "",
        "exact_words": f"{row['person_name']}: {said} {row['kind']}",
        "place": place,
    }


def _pictures(found: pd.DataFrame, span: str, asked: Filters) -> None:
    people = order(found)
    shown = people[:SHOWN]
    seen = found[found["person_id"].isin(shown)]
    kinds = list(seen["kind"].value_counts().index)
    for at in range(0, len(kinds), PICTURES):
        with st.grid(PICTURES, min_column_width=300):
            for kind in kinds[at : at + PICTURES]:
                _picture(str(kind), bars(seen[seen["kind"] == kind], shown), span, asked)
    left = len(people) - len(shown)
    rest = f" {counted(left, 'more person')} in the file." if left else ""
    with st.container(horizontal=True, vertical_alignment="center"):
        note(f"Furthest behind first; ▼ where the working days that are over would have it.{rest}")
        st.space("stretch")
        download("All kinds as CSV", "activity", asked, key="activity file")


def _picture(kind: str, drawn: pd.DataFrame, span: str, asked: Filters) -> None:
    with st.container(gap="xxsmall"):
        with st.container(horizontal=True, vertical_alignment="center", wrap=False):
            say(f"**{plain(kind)}** :gray[{_when(span, asked)}]")
            st.space("stretch")
            beside = st.container(width="content")
        key = f"aims {span} {kind}"
        picture(aim_bars, drawn, alt=said(drawn, kind), key=key, beside=beside)


def _when(span: str, asked: Filters) -> str:
    today = session.today()
    return of_week(asked, today) if span == WEEK else day_words(asked.as_of, today)


def said(drawn: pd.DataFrame, kind: str) -> str:
    """The finding of a picture, for those who do not see it."""
    behind = int(drawn["is_behind"].sum())
    return f"{kind}: {behind} of {counted(len(drawn), 'person')} behind what they set out to do"
