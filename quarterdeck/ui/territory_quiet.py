"""Whom has nobody spoken to, and since when?"""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import pandas as pd
import streamlit as st

from quarterdeck.filters import Filters
from quarterdeck.metrics import money
from quarterdeck.ui import session
from quarterdeck.ui.cards import card, note, say, table
from quarterdeck.ui.downloads import download
from quarterdeck.ui.plain import plain
from quarterdeck.ui.territory_cells import silence
from quarterdeck.ui.territory_space import Narrowed
from quarterdeck.ui.words import all_as_file, counted

SHOWN = 8


def show(asked: Filters, narrowed: Narrowed, *, has_contacts: bool) -> None:
    """The accounts left alone longest, weighed by what they could bring."""
    with card(f"Whom{narrowed.words} has nobody spoken to?", key="last contacts"):
        if not has_contacts:
            say(
                "**No activity with any account is known.** activities.csv says who called or "
                "visited whom, and when."
            )
            return
        rows = session.answer("last_contacts", asked, rows_shown=SHOWN, **narrowed.parameters)
        if rows.empty:
            say("No account is in sight here.")
            return
        say(finding(rows))
        quiet = rows[rows["is_quiet"]]
        if len(quiet):
            alt = f"The {len(quiet)} accounts that weigh most among those nobody spoke to"
            table(listed(quiet), shown={"Potential": money}, alt=alt)
        _last_line(rows, asked, narrowed)


def finding(rows: pd.DataFrame) -> str:
    """How many accounts nobody has spoken to, and what they could bring."""
    accounts, quiet = int(rows["accounts_in_all"].iloc[0]), int(rows["quiet_in_all"].iloc[0])
    if not quiet:
        each = "the one account" if accounts == 1 else f"each of the {accounts:,} accounts"
        return f"**Somebody spoke to {each} in the last 90 days.**"
    usd = rows["quiet_potential_usd"].iloc[0]
    which = f"{quiet:,} of {counted(accounts, 'account')}"
    if quiet == accounts:
        which = "the one account" if accounts == 1 else f"any of the {accounts:,} accounts"
    it = "it holds" if quiet == 1 else "they hold"
    holding = f"; {it} {money(usd)} of potential" if usd > 0 else ""
    return f"**Nobody spoke to {which} in the last 90 days**{holding}."


def listed(rows: pd.DataFrame) -> pd.DataFrame:
    """Three columns, so that a phone shows them without scrolling."""
    accounts = rows.to_dict("records")
    return pd.DataFrame(
        {
            "Account": [_account(row) for row in accounts],
            "Potential": rows["potential_usd"].tolist(),
            "Last contact": [silence(row["quiet_days"]) for row in accounts],
        }
    )


def _account(row: dict[Hashable, Any]) -> str:
    """The account's name in bold, below it whose it is, where, and what it brings."""
    holder = plain(row["person_name"]) or ("" if row["person_id"] else "held by nobody")
    brings = f"{money(row['mrr_usd'])} MRR" if row["mrr_usd"] else ""
    said = ", ".join(part for part in (holder, plain(row["city"]), brings) if part)
    return f"**{plain(row['account_name'])}**  \n:gray[{said}]"


def _last_line(rows: pd.DataFrame, asked: Filters, narrowed: Narrowed) -> None:
    accounts, more = int(rows["accounts_in_all"].iloc[0]), int(rows["quiet_in_all"].iloc[0]) - SHOWN
    told = (
        "Days of silence × potential, the largest first; never, or over a year, counts as a year."
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        note(f"{told} {more:,} more in the file." if more > 0 else told)
        st.space("stretch")
        key = f"last contacts file {narrowed.key}"
        download(all_as_file(accounts), "last_contacts", asked, key=key, **narrowed.parameters)
