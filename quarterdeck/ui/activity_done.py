"""What did each person do, of which kind, and on which days?"""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from quarterdeck.charts.activity import calendar, kind_grid
from quarterdeck.filters import Filters
from quarterdeck.ui import session
from quarterdeck.ui.activity import people_of
from quarterdeck.ui.address import unique_labels
from quarterdeck.ui.cards import card, note, picture, say
from quarterdeck.ui.days import day_of, day_words, within
from quarterdeck.ui.downloads import download
from quarterdeck.ui.words import counted, records

PEOPLE, KINDS = 12, 7
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
TOTAL = "All"


def by_kind(done: pd.DataFrame, asked: Filters) -> None:
    """Person by kind in the period that is shown, the busiest first."""
    question = f"What was done {within(asked.period)}?"
    with card(question, explains="activities", stretch=True, key="by kind") as beside:
        drawn = grid(done)
        if drawn.empty:
            say(f"Nobody did anything {within(asked.period)}.")
            return
        alt = f"Activities by person and kind {within(asked.period)}"
        picture(kind_grid, drawn, alt=alt, key="kind grid", beside=beside)
        with st.container(horizontal=True, vertical_alignment="center"):
            note(_left_out(done, asked))
            st.space("stretch")
            download("By person as CSV", "activity", asked, key="by kind file")


def grid(done: pd.DataFrame) -> pd.DataFrame:
    """The rows of `charts.activity.kind_grid`: at most so many people and kinds, and their sums."""
    some = done[done["done"] > 0]
    if some.empty:
        return pd.DataFrame()
    kinds = list(some.groupby("kind")["done"].sum().sort_values(ascending=False).index[:KINDS])
    sums = some.groupby("person_id")["done"].sum().sort_values(ascending=False, kind="stable")
    names = unique_labels(people_of(some))
    counts = {(row["person_id"], row["kind"]): int(row["done"]) for row in records(some)}
    most = {kind: max(n for (_, one), n in counts.items() if one == kind) for kind in kinds}
    drawn = list[dict[str, Any]]()
    for place, person_id in enumerate(sums.index[:PEOPLE]):
        row = {"person_id": person_id, "row_name": names[str(person_id)], "place": place}
        for at, kind in enumerate(kinds):
            number = counts.get((person_id, kind), 0)
            drawn.append(row | _cell(str(kind), at, number, row["row_name"], most[kind]))
        total = _cell(TOTAL, len(kinds), int(sums[person_id]), row["row_name"], 0)
        drawn.append(row | total | {"is_total": True})
    return pd.DataFrame(drawn)


def _cell(kind: str, at: int, number: int, name: str, most: int) -> dict[str, Any]:
    return {
        "kind_id": kind,
        "kind_name": kind,
        "kind_place": at,
        "label": f"{number:,}",
        "exact_words": f"{name}, {kind}: {number:,}",
        "shade": number / most if most else 0.0,
        "is_total": False,
    }


def _left_out(done: pd.DataFrame, asked: Filters) -> str:
    some = done[done["done"] > 0]
    people, kinds = some["person_id"].nunique() - PEOPLE, some["kind"].nunique() - KINDS
    parts = [
        f"{counted(people, 'more person')} in the file." if people > 0 else "",
        f"{counted(kinds, 'rarer kind')} only in the sums." if kinds > 0 else "",
        "Lines and channels narrow deals, not what was done."
        if asked.product_lines or asked.channels
        else "",
    ]
    return " ".join(
        ["The busiest first; each kind is as strong as its most.", *filter(None, parts)]
    )


def by_day(days: pd.DataFrame) -> None:
    """The last thirteen weeks as a calendar."""
    question = "On which days is something done?"
    with card(question, explains="activities", stretch=True, key="by day") as beside:
        if days.empty or not days["activities"].sum():
            say("Nobody did anything in the last thirteen weeks.")
            return
        say(rhythm(days))
        drawn = cells(days)
        alt = "Activities on each day of the last thirteen weeks"
        picture(calendar, drawn, alt=alt, key="calendar", beside=beside)
        note("The stronger the more was done; weekends and holidays are pale.")


def rhythm(days: pd.DataFrame) -> str:
    """How much on a working day, and on which of them most and least."""
    worked = days[days["day_off"].isna()]
    if worked.empty:
        return f"**{counted(int(days['activities'].sum()), 'activity')}, all on days off.**"
    each = worked.groupby("place")["activities"].mean().sort_values(kind="stable")
    usual = worked["activities"].mean()
    said = f"**{usual:,.1f} a working day**"
    if len(each) < 2 or each.max() == each.min():
        return f"{said}."
    (least, *_, most) = [DAYS[int(place)] for place in each.index.to_numpy()]
    return f"{said}: most on {most}, {each.max():,.1f}, fewest on {least}, {each.min():,.1f}."


def cells(days: pd.DataFrame) -> pd.DataFrame:
    """The rows of `charts.activity.calendar`."""
    today, most = session.today(), max(int(days["activities"].max()), 1)
    weeks = {week: n for n, week in enumerate(sorted(set(days["week_on"])))}
    drawn = []
    for row in records(days):
        number, at = int(row["activities"]), weeks[row["week_on"]]
        day, off = row["day_on"].date(), row["day_off"]
        read = day_of(row["week_on"].date(), today) if at % 3 == 0 else ""
        why = f", {off}" if off else ""
        drawn.append(
            {
                "week": f"{at:02d}|{read}",
                "day_name": DAYS[int(row["place"])],
                "place": int(row["place"]),
                "activities": number,
                "label": f"{number:,}" if number else "",
                "shade": number / most,
                "is_off": bool(off),
                "exact_words": f"{day_words(day, today)}{why}: {number:,}",
            }
        )
    return pd.DataFrame(drawn)
