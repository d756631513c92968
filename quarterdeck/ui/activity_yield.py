"""What comes of what was done: meetings, deals created, deals won?"""

from __future__ import annotations

import pandas as pd
import streamlit as st

from quarterdeck.filters import Filters
from quarterdeck.metrics import EMPTY, share
from quarterdeck.ui import session
from quarterdeck.ui.activity import few, name_of, rate
from quarterdeck.ui.cards import card, note, say, table
from quarterdeck.ui.downloads import download
from quarterdeck.ui.movement_parts import likely
from quarterdeck.ui.plain import plain
from quarterdeck.ui.words import counted

SHOWN = 8


def show(asked: Filters) -> None:
    """The team first, then each person, those with most activities first."""
    found = session.answer("activity_yield", asked)
    with card("What comes of it?", explains="won_of_created", key="yield"):
        whole = found[found["person_id"] == "all"]
        if whole.empty:
            say("Nothing was done and no deal was created in the last twelve months.")
            return
        say(finding(whole.iloc[0]))
        each = found[found["person_id"] != "all"]
        each = each.sort_values(["activities", "created_deals"], ascending=False, kind="stable")
        rows = pd.concat([whole, each]) if len(each) > 1 else each
        table(listed(rows.head(SHOWN + 1)), alt="Activities, meetings, deals created and won")
        left = len(rows) - SHOWN - 1
        rest = f" {counted(left, 'more person')} in the file." if left > 0 else ""
        with st.container(horizontal=True, vertical_alignment="center"):
            note(
                "Twelve months. A deal is counted for who is credited with it; those still open "
                f"may be won yet.{rest}"
            )
            st.space("stretch")
            download("By person as CSV", "activity_yield", asked, key="yield file")


def finding(one: pd.Series) -> str:
    """From activities to deals won, in one sentence."""
    made, won = int(one["created_deals"]), int(one["won_deals"])
    done, met = int(one["activities"]), int(one["meetings"])
    first = f"**{counted(done, 'activity')}, {counted(met, 'meeting')} among them**"
    created = f"{counted(made, 'deal')} created"
    if not made:
        return f"{first}; no deal was created in the last twelve months."
    still = int(one["open_deals"])
    part = f"{won:,} of them won"
    if made >= few():
        range_of_it = likely(one["wilson_low"], one["wilson_high"])
        part += f", {share(one['won_of_created'])}, {range_of_it}"
    else:
        part += ", too few to say"
    opened = f"; {still:,} still open" if still else ""
    return f"{first}; {created}, {part}{opened}."


def listed(rows: pd.DataFrame) -> pd.DataFrame:
    """Four columns, so that a phone shows them without scrolling."""
    found = []
    for _, row in rows.iterrows():
        is_all = row["person_id"] == "all"
        meetings = rate(row["meetings"], row["activities"], row["meeting_low"], row["meeting_high"])
        found.append(
            {
                "Who": "**All**" if is_all else f"**{plain(name_of(row['person_name']))}**",
                "Meetings of activities": meetings,
                "Created": _created(row),
                "Won of those": rate(
                    row["won_deals"], row["created_deals"], row["wilson_low"], row["wilson_high"]
                ),
            }
        )
    return pd.DataFrame(found)


def _created(row: pd.Series) -> str:
    """Deals created, and how many meetings stood behind each; no share, so without a range."""
    made, met = int(row["created_deals"]), int(row["meetings"])
    if not made:
        return "0" if met else EMPTY
    if not met:
        return f"{made:,}  \n:gray[no meeting]"
    return f"{made:,}  \n:gray[{met / made:,.1f} meetings each]"
