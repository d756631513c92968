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
from quarterdeck.ui.plain import plain
from quarterdeck.ui.standing import whole

PAGE = 8


def deals_behind(clicked: list[dict[str, Any]], team: pd.DataFrame) -> None:
    """The won deals behind the clicked bars, or behind the total: largest first, paged."""
    asked, ids = session.filters(), {one.get("person_id") for one in clicked}
    picked = team[team["person_id"].isin(ids) & (team["person_id"] != "all")]
    if len(picked):
        asked = replace(asked, person_ids=tuple(picked["person_id"]))
    result = whole(session.answer("attainment", asked))
    name = " and ".join(map(plain, picked["person_name"])) or "the total"
    deals, booked = int(result["won_deals"]), exact_money(result["booked_usd"])
    with card(f"Deals behind {name}: {deals:,}, {booked}", stretch=True):
        _pages(asked, f"deals of {' '.join(asked.person_ids) or 'all'}")


@st.fragment
def _pages(asked: Filters, key: str) -> None:
    first = session.answer("credited_deals", asked, rows_shown=PAGE, rows_before=0)
    if first.empty:
        say("No deal is won here.")
        return
    credits = int(first["deals_in_all"].iloc[0])
    pages = -(-credits // PAGE)
    place = st.container(gap="xsmall")
    with st.container(horizontal=True, vertical_alignment="center"):
        page = st.pagination(pages, max_visible_pages=5, key=f"{key} page") if pages > 1 else 1
        st.space("stretch")
        download(f"All {credits:,} as CSV", "credited_deals", asked, key=f"{key} file")
    before = (page - 1) * PAGE
    rows = session.answer("credited_deals", asked, rows_shown=PAGE, rows_before=before)
    seen = f"{before + 1}–{before + len(rows)} of {credits:,}, largest first"
    with place:
        table(_listed(rows), shown={"Credited": exact_money}, alt=f"Won deals {seen}")
        note(f"{seen}.")


def _listed(rows: pd.DataFrame) -> pd.DataFrame:
    """Three columns, so that a phone shows them without scrolling."""
    days = [f"{on.day} {on:%b %Y}" for on in rows["closed_on"]]
    deals = [_named(row) for row in rows.to_dict("records")]
    return pd.DataFrame({"Deal": deals, "Closed": days, "Credited": rows["credit_usd"].tolist()})


def _named(row: dict[Hashable, Any]) -> str:
    """The deal's name in bold (without one its account or id), in grey whose and what."""
    details = [plain(row[name]) for name in ("account_name", "product_line", "person_name")]
    name = plain(row["deal_name"]) or details[0] or plain(row["deal_id"])
    said = ", ".join(detail for detail in details if detail and detail != name)
    return f"**{name}** :gray[{said}]" if said else f"**{name}**"
