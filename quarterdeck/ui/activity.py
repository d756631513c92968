"""What does the team do, and whom has nobody spoken to: in the words of the page?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from quarterdeck.domain.thresholds import threshold
from quarterdeck.filters import Filters
from quarterdeck.metrics import EMPTY, count, money, share
from quarterdeck.people import MAY_IMPORT
from quarterdeck.ui import activity_log, session
from quarterdeck.ui.cards import card, figure, headline, note, say
from quarterdeck.ui.days import day_of, within
from quarterdeck.ui.empty import go
from quarterdeck.ui.history import templates
from quarterdeck.ui.movement_parts import likely
from quarterdeck.ui.plain import plain
from quarterdeck.ui.sentence import filter_sentence
from quarterdeck.ui.words import counted, records

NOBODY = "Nobody known"


@dataclass(frozen=True)
class Standing:
    """How much somebody has done of what they set out to do in a week, all kinds together."""

    name: str
    done: int
    target: int
    due: int

    @property
    def lag(self) -> float:
        return (self.due - self.done) / self.target


def name_of(person_name: Any) -> str:
    return NOBODY if pd.isna(person_name) else str(person_name)


def standings(done: pd.DataFrame) -> list[Standing]:
    """Furthest behind first. More calls than were set out make up for no meeting, and nobody is
    behind by a part of one."""
    aimed = done[done["week_target"].notna() & (done["week_target"] > 0)]
    capped = aimed.assign(
        counts=aimed[["week_done", "week_target"]].min(axis=1),
        due=(aimed["week_target"].astype(float) * aimed["working_share"].fillna(0)) // 1,
    )
    found = [
        Standing(
            name_of(rows["person_name"].iloc[0]),
            int(rows["counts"].sum()),
            int(rows["week_target"].sum()),
            int(rows["due"].sum()),
        )
        for _, rows in capped.groupby("person_id", sort=False)
    ]
    return sorted(found, key=lambda one: (-one.lag, one.name))


def finding(done: pd.DataFrame, tending: pd.DataFrame, asked: Filters, week: str) -> str:
    """The answer to the page's question in one sentence."""
    first = _behind(standings(done), week) or _amount(done, asked)
    return f"{first}; {_quiet(tending)}."


def of_week(asked: Filters, today: date) -> str:
    return "this week" if asked.as_of == today else f"in the week of {day_of(asked.as_of, today)}"


def _behind(found: list[Standing], week: str) -> str:
    """Who lags most; '' where nobody set out to do anything."""
    if not found:
        return ""
    behind = [one for one in found if one.lag > 0]
    if not behind:
        who = f"{plain(found[0].name)} is" if len(found) == 1 else f"All {len(found)} are"
        return f"{who} where they set out to be {week}"
    first = behind[0]
    said = f"{first.done} of {first.target} done {week}"
    if len(found) == 1:
        return f"{plain(first.name)} is behind, {said}"
    return f"{plain(first.name)} is furthest behind, {said}"


def _amount(done: pd.DataFrame, asked: Filters) -> str:
    number = int(done["done"].sum())
    people = int(done.loc[done["done"] > 0, "person_id"].nunique())
    if not number:
        return f"Nothing was done {within(asked.period)}"
    who = counted(people, "person")
    return f"{who} did {counted(number, 'activity')} {within(asked.period)}"


def _quiet(tending: pd.DataFrame) -> str:
    whole = tending[tending["person_id"] == "all"]
    if whole.empty:
        return "no deal is open"
    one = whole.iloc[0]
    accounts, quiet = int(one["accounts"]), int(one["quiet_accounts"])
    if not accounts:
        return "no open deal names its account"
    some = "the one account" if accounts == 1 else f"all {accounts:,} accounts"
    if not quiet:
        return f"somebody spoke to {some} with open deals in the last {_limits(one)}"
    which = f"{quiet:,} of {accounts:,} accounts" if quiet < accounts else some
    much = f", {money(one['silent_usd'])}," if one["silent_usd"] > 0 else ""
    return f"nobody spoke to {which} with open deals{much} for {_limits(one)}"


def _limits(one: pd.Series) -> str:
    """After how many days accounts are quiet."""
    strategic, other = int(one["strategic_days"]), int(one["other_days"])
    days = counted(other, "day")
    return days if strategic == other else f"{days} (strategic: {strategic:,})"


def figures(done: pd.DataFrame, tending: pd.DataFrame, kept: pd.DataFrame, asked: Filters) -> None:
    """How much was done, how much nobody touched, and whom among the executives somebody met."""
    number = int(done["done"].sum())
    people = int(done.loc[done["done"] > 0, "person_id"].nunique())
    whole = tending[tending["person_id"] == "all"]
    customers = kept[kept["part_id"] == "customers"]
    with st.grid(4, min_column_width=150):
        by = f"by {counted(people, 'person')}" if people else "by nobody"
        figure("activities", count(number), reason=f"{within(asked.period)}, {by}")
        if whole.empty:
            figure("quiet_accounts", EMPTY, reason="no deal is open")
            figure("quiet_usd", EMPTY, reason="no deal is open")
        else:
            _of_the_open(whole.iloc[0])
        if customers.empty:
            figure("executive_coverage", EMPTY, label="Executives met", reason="no customer known")
        else:
            _of_customers(customers.iloc[0])


def _of_the_open(one: pd.Series) -> None:
    figure(
        "quiet_accounts",
        count(one["quiet_accounts"]),
        reason=f"of {int(one['accounts']):,} with open deals",
        rows="quiet_accounts",
    )
    figure(
        "quiet_usd",
        money(one["quiet_usd"]),
        reason=f"{int(one['quiet_deals']):,} of {counted(int(one['open_deals']), 'open deal')}",
        rows="untended_deals",
        rows_with={"narrowed_by": "quiet"},
    )


def _of_customers(one: pd.Series) -> None:
    accounts, covered = int(one["accounts"]), int(one["covered"])
    reason = f"{covered:,} of {counted(accounts, 'customer')}"
    if accounts >= few():
        reason += f", {likely(one['wilson_low'], one['wilson_high'])}"
    figure(
        "executive_coverage",
        share(one["executive_coverage"]),
        label="Executives met",
        reason=reason,
        rows="customer_contacts",
    )


def few() -> float:
    """Below so many a share says too little by itself."""
    return threshold(session.settings(), "few_deals")


def rate(part: float, whole: float, low: float, high: float) -> str:
    """43 %, and below it 6 of 14, likely 21–67 %; of few only the counts."""
    number, of = int(part), int(whole)
    if not of:
        return EMPTY
    if of < few():
        return f"{number:,} of {of:,}  \n:gray[too few to say]"
    return f"**{share(number / of)}**  \n:gray[{number:,} of {of:,}, {likely(low, high)}]"


def nothing_done(question: str) -> None:
    """No activity at all is known: what is missing, and both ways to end that."""
    headline(question, "Nobody can say yet: no activity is known.")
    filter_sentence()
    with card("What is missing?"):
        say(
            "**No calls, meetings or visits yet.** activities.csv says who did what with whom, and "
            "when. Or log what you did here."
        )
        if session.importer().role in MAY_IMPORT:
            with st.container(horizontal=True, vertical_alignment="center"):
                go("upload", "Drop a file", "upload_file", key="to upload", is_action=True)
                templates()
        else:
            note("Sales operations brings files; ask them for one.")
    activity_log.quick()


def people_of(done: pd.DataFrame) -> dict[str, str]:
    """Whoever did or set out to do something, by the name that pictures show."""
    return {str(row["person_id"]): name_of(row["person_name"]) for row in records(done)}
