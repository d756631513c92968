"""Which deals stand behind a number?"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import replace
from typing import Any

import pandas as pd
import streamlit as st

from quarterdeck.filters import Filters
from quarterdeck.metrics import exact_money
from quarterdeck.ui import session
from quarterdeck.ui.cards import card, note, say, table
from quarterdeck.ui.downloads import download
from quarterdeck.ui.picking import Picked, was_picked
from quarterdeck.ui.plain import plain
from quarterdeck.ui.words import all_as_file, places

PAGE = 8


def of_the_total() -> list[tuple[str, dict[str, Any]]]:
    """What deals_behind() will ask, as long as nothing is picked: it can be asked for early."""
    return [] if was_picked() else [("credited_deals", {"rows_shown": PAGE, "rows_before": 0})]


def deals_behind(shown: Picked) -> None:
    """The won deals behind what was clicked, or behind the total: largest first, paged."""
    asked, more = session.filters(), {}
    if shown.person_id is not None:
        asked = replace(asked, person_ids=(shown.person_id,))
    if shown.line is not None:
        more = {"narrowed_by": "line", "narrowed_to": [shown.line]}
    booked = exact_money(shown.booked_usd)
    with card(f"Deals behind {shown.name}: {shown.deals:,}, {booked}", stretch=True):
        key = f"deals of {shown.person_id or 'all'} in {shown.line or 'all'}"
        _pages(asked, more, key)


@st.fragment
def _pages(asked: Filters, more: dict[str, Any], key: str) -> None:
    first = session.answer("credited_deals", asked, rows_shown=PAGE, rows_before=0, **more)
    if first.empty:
        say("No deal is won here.")
        return
    credits = int(first["deals_in_all"].iloc[0])
    pages = -(-credits // PAGE)
    place = st.container(gap="xsmall")
    with st.container(horizontal=True, vertical_alignment="center"):
        page = st.pagination(pages, max_visible_pages=5, key=f"{key} page") if pages > 1 else 1
        st.space("stretch")
        download(all_as_file(credits), "credited_deals", asked, key=f"{key} file", **more)
    before = (page - 1) * PAGE
    rows = session.answer("credited_deals", asked, rows_shown=PAGE, rows_before=before, **more)
    seen = f"{places(before, len(rows), credits)}, largest first"
    with place:
        table(_listed(rows), shown={"Credited": exact_money}, alt=f"Won deals {seen}")
        note(f"{seen}.")


def _listed(rows: pd.DataFrame) -> pd.DataFrame:
    """Three columns, so that a phone shows them without scrolling."""
    days = [f"{on.day} {on:%b %Y}" for on in rows["closed_on"]]
    deals = [_named(row) for row in rows.to_dict("records")]
    return pd.DataFrame({"Deal": deals, "Closed": days, "Credited": rows["credit_usd"].tolist()})


def _named(row: dict[Hashable, Any]) -> str:
    """The deal's name in bold (without one its account or id), below it whose and what."""
    details = [plain(row[name]) for name in ("account_name", "product_line", "person_name")]
    name = plain(row["deal_name"]) or details[0] or plain(row["deal_id"])
    said = ", ".join(detail for detail in details if detail and detail not in name)
    return f"**{name}**  \n:gray[{said}]" if said else f"**{name}**"
