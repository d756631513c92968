"""What slipped out of the period, whose is it, and how often was it pushed?"""

from __future__ import annotations

import pandas as pd
import streamlit as st

from quarterdeck.charts.funnel import plain_bars
from quarterdeck.filters import Filters
from quarterdeck.metrics import exact_money, money, share
from quarterdeck.ui import session
from quarterdeck.ui.cards import note, picture, table
from quarterdeck.ui.days import day_words, within
from quarterdeck.ui.downloads import download
from quarterdeck.ui.funnel import NO_HISTORY, TOO_FEW, said
from quarterdeck.ui.movement_parts import (
    SHOWN,
    first_line,
    has_history,
    known_since,
    likely,
    named,
    pushed,
    short_day,
    usd,
)
from quarterdeck.ui.plain import plain
from quarterdeck.ui.words import all_as_file, counted

NOBODY = "Nobody known"


def slipped_out() -> None:
    asked = session.filters()
    people = session.answer("slipped")
    every = people[people["person_id"] == "all"]
    beside = first_line(finding(people, asked), "slipped_deals", rows="slipped_deals")
    if every.empty or not has_history(every):
        return
    if every["slipped_deals"].iloc[0]:
        left, right = st.columns([3, 2], gap="medium")
        with left:
            _deals()
        with right:
            drawn = people_rows(people)
            alt = said(drawn, "Slipped by executive")
            picture(plain_bars, drawn, alt=alt, key="slipped", beside=beside)
    note(counted_as(every, asked))
    with st.container(horizontal=True, horizontal_alignment="right"):
        _files(asked, int(every["slipped_deals"].iloc[0]))


def finding(people: pd.DataFrame, asked: Filters) -> str:
    """How much slipped, of how much, and whose most of it is."""
    every = people[people["person_id"] == "all"]
    label = asked.period.label
    if every.empty:
        return f"**No deal was due {within(asked.period)}**, so nothing could slip out of it."
    if not has_history(every):
        return (
            f"**Nobody can say what slipped yet:** it {NO_HISTORY.removesuffix(' or stage dates')}."
        )
    one = every.iloc[0]
    due, out = int(one["was_due_deals"]), int(one["slipped_deals"])
    if not out:
        return f"**Nothing slipped out of {label}:** {_became(one)}."
    much = f"{money(one['slipped_usd'])} in " if one["slipped_usd"] else ""
    part = f"of {counted(due, 'deal')} that {'was' if due == 1 else 'were'} due, too few to say"
    if due >= TOO_FEW:
        range_of_it = likely(one["wilson_low"], one["wilson_high"])
        part = f"{share(one['slipped_share'])} of the {due:,} that were due, {range_of_it}"
    return f"**{much}{counted(out, 'deal')} slipped out of {label}**: {part}{_whose(people)}."


def _became(one: pd.Series) -> str:
    parts = [
        (int(one["won_deals"]), "won"),
        (int(one["lost_deals"]), "lost"),
        (int(one["removed_deals"]), "removed"),
        (int(one["still_due_deals"]), "still open and due"),
    ]
    due = counted(int(one["was_due_deals"]), "deal")
    return f"of {due} due in it {', '.join(f'{n:,} {word}' for n, word in parts if n)}"


def _whose(people: pd.DataFrame) -> str:
    """The executive with the most of it, where several have some."""
    some = _with_some(people)
    if len(some) < 2 or not some["slipped_usd"].iloc[0]:
        return ""
    first = some.iloc[0]
    return f"; most with {plain(_name(first))}, {money(first['slipped_usd'])}"


def _with_some(people: pd.DataFrame) -> pd.DataFrame:
    return people[(people["person_id"] != "all") & (people["slipped_deals"] > 0)]


def _name(row: pd.Series) -> str:
    return NOBODY if pd.isna(row["person_name"]) else str(row["person_name"])


def people_rows(people: pd.DataFrame) -> pd.DataFrame:
    """The rows of `charts.funnel.plain_bars`: what slipped of each executive, the most first."""
    some = _with_some(people).head(SHOWN)
    counts_deals = not some["slipped_usd"].sum() > 0
    drawn = []
    for _, row in some.iterrows():
        out, due = int(row["slipped_deals"]), int(row["was_due_deals"])
        drawn.append(
            {
                "name": _name(row),
                "figures": f"{out:,} of {counted(due, 'deal')} · {money(row['slipped_usd'])}",
                "full": float(out) if counts_deals else row["slipped_usd"],
                "is_lack": True,
                "exact_words": (
                    f"{_name(row)}: {out:,} of {due:,} slipped, {exact_money(row['slipped_usd'])}"
                ),
                "reach": 1.0,
            }
        )
    return pd.DataFrame(drawn)


def _deals() -> None:
    rows = session.answer("slipped_deals", rows_shown=SHOWN, rows_before=0)
    deals = rows.to_dict("records")
    listed = pd.DataFrame(
        {
            "Deal": [named(row) for row in deals],
            "Amount": rows["slipped_usd"].tolist(),
            "Due": [
                f"{short_day(row['was_due_on'])} → {short_day(row['close_on'])}" for row in deals
            ],
            "Pushed": [pushed(row) for row in deals],
        }
    )
    table(listed, shown={"Amount": usd}, alt=f"The {len(rows)} largest deals that slipped")


def counted_as(every: pd.DataFrame, asked: Filters) -> str:
    """What was due, what has slipped, and what is left out, in one line."""
    one, opening = every.iloc[0], asked.opening()
    back = int(one["ever_slipped_deals"] - one["slipped_deals"])
    undated, left = int(one["undated_deals"]), int(one["slipped_deals"]) - SHOWN
    said = [
        f"Due: open on the evening of {day_words(opening, session.today())} with a close date "
        f"{within(asked.period)}, or first due in it later. Slipped: now due after it or on no "
        "date; what is only overdue has not slipped.",
        f"{counted(undated, 'deal')} of them {'has' if undated == 1 else 'have'} no date."
        if undated
        else "",
        f"{counted(back, 'deal')} slipped and came back." if back else "",
        f"{left:,} more in the file." if left > 0 else "",
    ]
    return " ".join(filter(None, said)) + known_since(every, opening)


def _files(asked: Filters, deals: int) -> None:
    if deals:
        download(all_as_file(deals), "slipped_deals", asked, key="slipped deals file")
    download("By executive as CSV", "slipped", asked, key="slipped file")
