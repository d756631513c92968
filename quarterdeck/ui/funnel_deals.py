"""Which open deals stand behind the bars that were clicked?"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd
import streamlit as st

from quarterdeck.charts.funnel import PART, STAGE
from quarterdeck.metrics import EMPTY, money
from quarterdeck.ui import session
from quarterdeck.ui.cards import card, is_picked, note, say, table
from quarterdeck.ui.downloads import download
from quarterdeck.ui.explaining import Behind
from quarterdeck.ui.plain import plain
from quarterdeck.ui.words import all_as_file, counted, places

PAGE = 12
MOST = 1000
"""As many rows as one answer sends to the browser."""
Clicked = list[dict[str, Any]]
MEASURES: dict[str, tuple[str, Literal["text", "dollar", "date", "number", "flag"]]] = {
    "deal_id": ("Id", "text"),
    "deal_name": ("Deal", "text"),
    "account_name": ("Account", "text"),
    "person_name": ("Executive", "text"),
    "stage": ("Stage", "text"),
    "open_usd": ("Amount", "dollar"),
    "close_on": ("Closes", "date"),
    "due": ("Due", "text"),
    "days_in_stage": ("Days in stage", "number"),
    "typical_days": ("Usual stay", "number"),
    "is_stalled": ("Stalled", "flag"),
    "next_step": ("Next step", "text"),
    "product_line": ("Product line", "text"),
    "channel": ("Channel", "text"),
}


@dataclass(frozen=True)
class Narrowed:
    """What was clicked: stages, and people, product lines or channels; nothing means all."""

    stages: tuple[str, ...]
    by: str
    to: tuple[str, ...]
    words: str

    @property
    def parameters(self) -> dict[str, Any]:
        return {"stages": self.stages, "narrowed_by": self.by, "narrowed_to": self.to}

    @property
    def first_page(self) -> dict[str, Any]:
        """The same, of the list as it opens: the largest, whatever is searched."""
        return self.parameters | {"search": "", "rows_shown": PAGE, "rows_before": 0}

    @property
    def key(self) -> str:
        return " ".join((self.by, *self.stages, "of", *self.to)) or "all"


def narrowed(
    stages: Clicked, parts: Clicked, by: str, bars: pd.DataFrame, people: pd.DataFrame
) -> Narrowed:
    """The bars that are picked and still drawn, and how the title says them."""
    if not stages and not parts:
        return ALL
    in_stages = _names(stages, STAGE, bars, "stage")
    of_parts = _names(parts, PART, people, "part_id")
    words = f" in {' and '.join(map(plain, in_stages.values()))}" if in_stages else ""
    words += f" of {' and '.join(map(plain, of_parts.values()))}" if of_parts else ""
    return Narrowed(tuple(in_stages), by, tuple(of_parts), words)


def _names(clicked: Clicked, _pick: str, drawn: pd.DataFrame, field: str) -> dict[str, str]:
    if drawn.empty:
        return {}
    known = dict(zip(drawn[field], drawn["name"], strict=True))
    picked = [str(one.get(field, "")) for one in clicked if field in one]
    return {each: known[each] for each in picked if each in known}


ALL = Narrowed((), "person", (), "")


def of_everything(*pictures: str) -> list[tuple[str, dict[str, Any]]]:
    """What open_deals() will ask, as long as nothing is picked: it can be asked for early."""
    return [] if is_picked(*pictures) else [("open_deals", ALL.first_page)]


def open_deals(chosen: Narrowed) -> None:
    """The open deals behind the picked bars, or all of them, paged and searched: what is past its
    close date first, then the largest."""
    first = session.answer("open_deals", **chosen.first_page)
    title = f"Open deals{chosen.words}: none"
    if len(first):
        deals, usd = int(first["deals_in_all"].iloc[0]), first["usd_in_all_usd"].iloc[0]
        title = f"Open deals{chosen.words}: {deals:,}, {money(usd)}"
    behind: Behind = {"rows": "open_deals", "rows_with": chosen.parameters}
    with card(title, explains="open_usd", key="open deals", **behind):
        if first.empty:
            say("No deal is open here.")
            return
        listed, measures = st.tabs(["Deals", "More measures"], key="deal tabs", on_change="rerun")
        if listed.open:
            with listed:
                _pages(chosen)
        if measures.open:
            with measures:
                _measures(chosen)


@st.fragment
def _pages(chosen: Narrowed) -> None:
    key = f"open deals {chosen.key}"
    with st.container(horizontal=True, vertical_alignment="bottom"):
        search = st.text_input(
            "Search the deals",
            placeholder="Deal, account, executive or next step",
            icon=":material/search:",
            label_visibility="collapsed",
            key=f"{key} search",
            max_chars=200,
            width=360,
        ).strip()
        pager = st.container(width="content")
    asked = chosen.parameters | {"search": search}
    first = session.answer("open_deals", rows_shown=PAGE, rows_before=0, **asked)
    if first.empty:
        say(
            f"No open deal here has “{plain(search)}” in its name, account, executive or next step."
        )
        return
    found = int(first["deals_in_all"].iloc[0])
    pages = -(-found // PAGE)
    with pager:
        turn = f"{key} page {search}"
        page = st.pagination(pages, max_visible_pages=5, key=turn) if pages > 1 else 1
    before = (page - 1) * PAGE
    rows = session.answer("open_deals", rows_shown=PAGE, rows_before=before, **asked)
    late = "past their close date first, then " if (rows["due"] == "overdue").any() else ""
    seen = f"{places(before, len(rows), found)}, {late}largest first"
    table(_listed(rows), shown={"Amount": _money}, alt=f"Open deals {seen}")
    with st.container(horizontal=True, vertical_alignment="center"):
        note(f"{seen}. ▼ longer in the stage than usual, or past its close date.")
        st.space("stretch")
        download(all_as_file(found), "open_deals", session.filters(), key=f"{key} file", **asked)


@st.fragment
def _measures(chosen: Narrowed) -> None:
    """More than four measures of a deal: sent only while its tab is open."""
    rows = session.answer("open_deals", rows_shown=MOST, rows_before=0, **chosen.parameters)
    st.dataframe(
        rows[list(MEASURES)],
        column_config={name: _column(*said) for name, said in MEASURES.items()},
        hide_index=True,
        key="open deals measured",
    )
    deals = int(rows["deals_in_all"].iloc[0])
    left = f"The first {MOST:,} of {deals:,}; the file holds all." if deals > len(rows) else ""
    with st.container(horizontal=True, vertical_alignment="center"):
        note(left or f"{counted(deals, 'deal')}.")
        st.space("stretch")
        download(
            all_as_file(deals),
            "open_deals",
            session.filters(),
            key="open deals measured file",
            **chosen.parameters,
        )


def _column(label: str, kind: str) -> Any:
    if kind == "dollar":
        return st.column_config.NumberColumn(label, format="dollar")
    if kind == "number":
        return st.column_config.NumberColumn(label, format="%d")
    if kind == "date":
        return st.column_config.DateColumn(label, format="D MMM YYYY")
    if kind == "flag":
        return st.column_config.CheckboxColumn(label)
    return st.column_config.TextColumn(label)


def _money(usd: float) -> str:
    return EMPTY if pd.isna(usd) else money(usd)


def _listed(rows: pd.DataFrame) -> pd.DataFrame:
    """Four columns, so that a phone shows them without scrolling."""
    deals = rows.to_dict("records")
    return pd.DataFrame(
        {
            "Deal": [_deal(row) for row in deals],
            "Amount": rows["open_usd"].tolist(),
            "Days (usual)": [_days(row) for row in deals],
            "Stage": [plain(row["stage"]) or EMPTY for row in deals],
        }
    )


def _deal(row: dict[Hashable, Any]) -> str:
    """The deal's name in bold (without one its account or id), below it whose, what and when."""
    details = [plain(row[name]) for name in ("account_name", "person_name", "product_line")]
    name = plain(row["deal_name"]) or details[0] or plain(row["deal_id"])
    said = ", ".join(detail for detail in details if detail and detail not in name)
    return f"**{name}**  \n{f':gray[{said} ·] ' if said else ''}{_closes(row)}"


def _closes(row: dict[Hashable, Any]) -> str:
    on = row["close_on"]
    if pd.isna(on):
        return ":gray[no close date]"
    year = "" if on.year == session.today().year else f" {on.year}"
    day = f"{on.day} {on:%b}{year}"
    return f":orange[▼ due {day}]" if row["due"] == "overdue" else f":gray[closes {day}]"


def _days(row: dict[Hashable, Any]) -> str:
    days, usual = row["days_in_stage"], row["typical_days"]
    if pd.isna(days):
        return EMPTY
    said = f":orange[▼ {days:,}]" if row["is_stalled"] else f"{days:,}"
    return said if pd.isna(usual) else f"{said} ({usual:,.0f})"
