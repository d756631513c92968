"""When was a quota set or changed, by whom, and from what to what?"""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import pandas as pd
import streamlit as st

from quarterdeck.filters import Filters
from quarterdeck.metrics import exact_money
from quarterdeck.ui import session
from quarterdeck.ui.cards import note, say
from quarterdeck.ui.days import day_words, within
from quarterdeck.ui.downloads import download
from quarterdeck.ui.plain import plain
from quarterdeck.ui.words import counted

MOST = 8


def show(asked: Filters) -> None:
    """The newest changes as sentences; all of them in the file."""
    found = session.answer("quota_history")
    if found.empty:
        say(f"**None yet {within(asked.period)}.** Whatever is typed or imported stands here.")
        return
    people = session.answer("people")
    names = dict(zip(people["person_id"], people["person_name"], strict=True))
    said = sentences(found, names)
    for one in said[:MOST]:
        say(one)
    if len(said) > MOST:
        note(f"{counted(len(said) - MOST, 'older change')} in the file.")
    with st.container(horizontal=True):
        download(f"All {len(found):,} as CSV", "quota_history", asked, key="quota changes file")


def sentences(found: pd.DataFrame, names: dict[str, str]) -> list[str]:
    """One a change; what one file did to several people is one."""
    said = []
    by_file = found.groupby(["changed_at", "file_name"], dropna=False, sort=False)
    for (_, file_name), rows in by_file:
        if not isinstance(file_name, str) or len(rows) == 1:
            said += [sentence(row, names) for row in rows.to_dict("records")]
            continue
        first = rows.iloc[0]
        on = day_words(first["changed_on"].date(), session.today())
        new = int(rows["before_usd"].isna().sum())
        changed = f", {len(rows) - new} of them changed" if len(rows) > new else ""
        said.append(
            f"**{plain(str(file_name))}:** the quotas of {counted(len(rows), 'person')}{changed}. "
            f":gray[{on}, {first['changed_at'][11:16]} UTC]"
        )
    return said


def sentence(row: dict[Hashable, Any], names: dict[str, str]) -> str:
    """Ana: $100.00 → $120.00 for 3 months from Oct 2026, from 5 Nov; Tue 5 Nov, by Dana."""
    line = f", {plain(str(row['product_line']))}" if row["product_line"] else ""
    after = exact_money(row["after_usd"])
    amount = after if pd.isna(row["before_usd"]) else f"{exact_money(row['before_usd'])} → {after}"
    first = f"{row['first_month_on']:%b %Y}"
    span = (
        f"in {first}"
        if row["months"] == 1
        else f"for {counted(row['months'], 'month')} from {first}"
    )
    today = session.today()
    since = (
        ""
        if pd.isna(row["holds_from_on"])
        else f", from {day_words(row['holds_from_on'].date(), today)}"
    )
    who = _by(row, names)
    state = "; **not yet so on this day**" if row["is_ahead"] else ""
    state = state if row["is_standing"] else "; **replaced or taken back since**"
    on = day_words(row["changed_on"].date(), today)
    return (
        f"**{plain(str(row['person_name']))}{line}:** {amount} {span}{since}. "
        f":gray[{on}, {row['changed_at'][11:16]} UTC, {who}{state}]"
    )


def _by(row: dict[Hashable, Any], names: dict[str, str]) -> str:
    if not pd.isna(row["file_name"]):
        return plain(f"file {row['file_name']}")
    if row["command"] == "UndoChange":
        return "a change taken back"
    return plain(names.get(str(row["actor"]), str(row["actor"]).replace("_", " ")))
