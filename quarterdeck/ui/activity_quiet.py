"""Which accounts and deals has nobody touched, and which deals lack a next step?"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from quarterdeck.metrics import money
from quarterdeck.ui import session
from quarterdeck.ui.cards import card, note, say, table
from quarterdeck.ui.days import day_of
from quarterdeck.ui.downloads import download
from quarterdeck.ui.movement_parts import usd
from quarterdeck.ui.plain import plain
from quarterdeck.ui.words import all_as_file, counted, records

PAGE = 8
Row = dict[Any, Any]


def show(tending: pd.DataFrame) -> None:
    """Accounts first, then deals by what is lacking; the most money first, a page at a time."""
    whole = tending[tending["person_id"] == "all"]
    behind: dict[str, Any] = {"rows": "quiet_accounts"}
    with card("Whom has nobody spoken to?", explains="quiet_accounts", key="quiet", **behind):
        if whole.empty:
            say("**No deal is open**, so nobody is waiting for a call.")
            return
        say(finding(whole.iloc[0]))
        tabs: dict[str, Callable[[], None]] = {
            "Accounts": _accounts,
            "Deals": partial(_deals, "quiet"),
            "No next step": partial(_deals, "stepless"),
            "Overdue": partial(_deals, "overdue"),
        }
        opened = st.tabs(list(tabs), on_change="rerun", key="quiet tabs")
        for tab, draw in zip(opened, tabs.values(), strict=True):
            if tab.open:
                with tab:
                    draw()


def finding(one: pd.Series) -> str:
    """What is left alone, and what would have to be asked, in one line."""
    deals = int(one["open_deals"])
    parts = []
    if one["quiet_deals"]:
        parts.append(f"nothing was done on {_of(one, 'quiet')}")
    if one["stepless_deals"]:
        parts.append(f"{_of(one, 'stepless')} {_has(one['stepless_deals'])} no next step")
    if one["overdue_deals"]:
        past = "is" if one["overdue_deals"] == 1 else "are"
        parts.append(f"{_of(one, 'overdue')} {past} past the close date")
    if not parts:
        it = "The one open deal is" if deals == 1 else f"All {deals:,} open deals are"
        return f"**{it} looked after:** touched lately, with a next step, and not overdue."
    said = "; ".join(parts)
    return f"**Of {counted(deals, 'open deal')}** {said}."


def _of(one: pd.Series, name: str) -> str:
    much = f" ({money(one[f'{name}_usd'])})" if one[f"{name}_usd"] > 0 else ""
    return f"**{int(one[f'{name}_deals']):,}**{much}"


def _has(number: float) -> str:
    return "has" if number == 1 else "have"


@st.fragment
def _accounts() -> None:
    first = session.answer("quiet_accounts", rows_shown=PAGE, rows_before=0)
    if first.empty:
        say("Somebody spoke to every account with an open deal lately.")
        return
    rows, seen = _page("quiet_accounts", int(first["accounts_in_all"].iloc[0]), "quiet accounts")
    shown = pd.DataFrame(
        {
            "Account": [_account(row) for row in records(rows)],
            "Open": rows["open_usd"].tolist(),
            "Deals": rows["open_deals"].tolist(),
            "Last activity": [_ago(row["quiet_days"]) for row in records(rows)],
        }
    )
    table(shown, shown={"Open": usd}, alt=f"Accounts nobody spoke to, {seen}")
    with st.container(horizontal=True, vertical_alignment="center"):
        how = "Any call, mail, meeting or visit counts, whatever came of it."
        note(f"{seen}, most money first. {how}")
        st.space("stretch")
        many = all_as_file(int(rows["accounts_in_all"].iloc[0]))
        download(many, "quiet_accounts", session.filters(), key="quiet accounts file")


@st.fragment
def _deals(lacking: str) -> None:
    first = session.answer("untended_deals", rows_shown=PAGE, rows_before=0, narrowed_by=lacking)
    if first.empty:
        say(NONE[lacking])
        return
    many = int(first["deals_in_all"].iloc[0])
    rows, seen = _page("untended_deals", many, f"{lacking} deals", narrowed_by=lacking)
    shown = pd.DataFrame(
        {
            "Deal": [_deal(row) for row in records(rows)],
            "Amount": rows["open_usd"].tolist(),
            "Last activity": [_ago(row["quiet_days"]) for row in records(rows)],
            "Next step": [_step(row) for row in records(rows)],
        }
    )
    table(shown, shown={"Amount": usd}, alt=f"Deals {seen}")
    with st.container(horizontal=True, vertical_alignment="center"):
        note(f"{seen}, most money first.")
        st.space("stretch")
        key = f"{lacking} deals file"
        file = all_as_file(many)
        download(file, "untended_deals", session.filters(), key=key, narrowed_by=lacking)


NONE = {
    "quiet": "Something was done on every open deal lately.",
    "stepless": "Every open deal has a next step.",
    "overdue": "No open deal is past its close date.",
}


def _page(name: str, found: int, key: str, **more: Any) -> tuple[pd.DataFrame, str]:
    """The rows of the page that is turned to, and which they are."""
    pages, page = -(-found // PAGE), 1
    if pages > 1:
        page = st.pagination(pages, max_visible_pages=5, key=f"{key} page")
    before = (min(page, pages) - 1) * PAGE
    rows = session.answer(name, rows_shown=PAGE, rows_before=before, **more)
    seen = f"{before + 1:,}–{before + len(rows):,} of {found:,}" if found > 1 else "The only one"
    return rows, seen


def _ago(days: Any) -> str:
    if days is None:
        return "none yet"
    return f"{counted(int(days), 'day')} ago" if days else "today"


def _account(row: Row) -> str:
    """The account's name in bold, below it whose its deals are."""
    who = plain(row["person_name"]) or "nobody’s"
    kind = ", strategic" if row["is_strategic"] else ""
    return f"**{plain(row['account_name'])}**  \n:gray[{who}{kind}]"


def _deal(row: Row) -> str:
    """The deal's name in bold (without one its account or id), below it whose and where."""
    details = [plain(row[name]) for name in ("account_name", "person_name", "stage")]
    name = plain(row["deal_name"]) or details[0] or plain(row["deal_id"])
    said = ", ".join(one for one in details if one and one not in name)
    return f"**{name}**  \n:gray[{said}]" if said else f"**{name}**"


def _step(row: Row) -> str:
    """The next step, or that there is none; with the close date where that is over."""
    step = plain(row["next_step"]) or ":orange[▼ none]"
    if not row["is_overdue"]:
        return step
    return f"{step}  \n:orange[▼ due {day_of(row['close_on'].date(), session.today())}]"
