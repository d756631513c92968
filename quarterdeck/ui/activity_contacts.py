"""How steadily is contact kept with customers, and do we speak with their executives?"""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from quarterdeck.filters import Filters
from quarterdeck.metrics import EMPTY, money, share
from quarterdeck.ui import session
from quarterdeck.ui.activity import few
from quarterdeck.ui.cards import card, note, say, table
from quarterdeck.ui.days import day_of
from quarterdeck.ui.downloads import download
from quarterdeck.ui.movement_parts import likely
from quarterdeck.ui.plain import plain
from quarterdeck.ui.words import all_as_file, counted, records

SHOWN = 6
PARTS = {"customers": "customer", "strategic": "strategic account"}


def show(kept: pd.DataFrame, asked: Filters) -> None:
    """Coverage and cadence in words, then those without an executive contact."""
    question = "Do we speak with their executives?"
    with card(question, explains="executive_coverage", key="executives", rows="customer_contacts"):
        if kept.empty:
            say(
                "**No customer is known.** services.csv says what is installed where, and "
                "accounts.csv which accounts are strategic."
            )
            return
        for row in records(kept):
            say(finding(row))
        rows = session.answer("customer_contacts", asked, rows_shown=SHOWN, rows_before=0)
        unmet = rows[rows["executive_on"].isna()]
        if len(unmet):
            alt = f"The {len(unmet)} accounts that weigh most among those without such a contact"
            table(listed(unmet), shown={"MRR": money}, alt=alt)
        with st.container(horizontal=True, vertical_alignment="center"):
            note(
                "An executive contact of the last 180 days: an activity of that kind, or one whose "
                "subject names an executive known there. Strategic ones first, then by MRR."
            )
            st.space("stretch")
            many = int(rows["accounts_in_all"].iloc[0])
            download(all_as_file(many), "customer_contacts", asked, key="customer contacts file")


def finding(row: dict[Any, Any]) -> str:
    """Of how many, with how many an executive was met, and how often any contact is."""
    accounts, covered = int(row["accounts"]), int(row["covered"])
    part = f"**{covered:,} of {counted(accounts, PARTS[row['part_id']])}**"
    if accounts >= few():
        range_of_it = likely(row["wilson_low"], row["wilson_high"])
        part += f" ({share(row['executive_coverage'])}, {range_of_it})"
    said = f"Executives of {part} were met in 180 days"
    if strangers := int(row["strangers"]):
        said += f"; at {strangers:,} none is known by name"
    if row["cadence_days"] is None:
        return f"{said}."
    usual = counted(round(row["cadence_days"]), "day")
    unspoken = int(row["unspoken"])
    silent = f"; {unspoken:,} did not at all" if unspoken else ""
    return f"{said}. Half of them hear from us every {usual} or more often{silent}."


def listed(rows: pd.DataFrame) -> pd.DataFrame:
    """Three columns, so that a phone shows them without scrolling."""
    accounts = records(rows)
    return pd.DataFrame(
        {
            "Account": [_account(row) for row in accounts],
            "MRR": rows["mrr_usd"].tolist(),
            "Contacts of 180 days": [_contacts(row) for row in accounts],
        }
    )


def _account(row: dict[Any, Any]) -> str:
    holder = plain(row["person_name"]) or "held by nobody"
    kind = ", strategic" if row["is_strategic"] else ""
    known = int(row["executives"])
    knows = f", {counted(known, 'executive')} known" if known else ", no executive known"
    return f"**{plain(row['account_name'])}**  \n:gray[{holder}{kind}{knows}]"


def _contacts(row: dict[Any, Any]) -> str:
    if not row["contact_days"]:
        return f"{EMPTY}  \n:gray[nobody in 180 days]"
    last = day_of(row["last_on"].date(), session.today())
    return f"on {counted(int(row['contact_days']), 'day')}  \n:gray[last {last}]"
