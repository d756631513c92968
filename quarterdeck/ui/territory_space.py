"""What could each account still buy, and what would it bring?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from quarterdeck.charts.market import line_bars, space_grid
from quarterdeck.filters import Filters
from quarterdeck.metrics import EMPTY, exact_money, money, share
from quarterdeck.ui import session
from quarterdeck.ui.cards import card, note, picture, say
from quarterdeck.ui.downloads import download
from quarterdeck.ui.empty import go
from quarterdeck.ui.plain import plain
from quarterdeck.ui.territory_cells import cells, in_words
from quarterdeck.ui.words import all_as_file, counted

PAGE = 12
LINES = 5
"""As many columns as a phone can hold beside the sum."""
SHOWN = 8
Row = Mapping[Any, Any]


@dataclass(frozen=True)
class Narrowed:
    """The parts of the market that were clicked, none means all of it, and what their whitespace
    is by each definition."""

    by: str
    to: tuple[str, ...]
    words: str
    given: Mapping[str, float]

    @property
    def parameters(self) -> dict[str, Any]:
        return {"narrowed_by": self.by, "narrowed_to": list(self.to)} if self.to else {}

    @property
    def key(self) -> str:
        return " ".join((self.by, *self.to)) if self.to else "all"


def show(asked: Filters, narrowed: Narrowed, *, has_services: bool) -> None:
    """Whitespace by product line, and account by account."""
    with card(
        f"What could each account{narrowed.words} still buy?",
        explains="whitespace_usd",
        key="white space",
        rows="white_space",
        rows_with=narrowed.parameters,
        rivals=narrowed.given,
    ) as beside:
        if not has_services:
            say(
                "**Nobody can say: no service is known.** services.csv says what is installed "
                "where: an account, a product, its monthly charge and the day it was activated."
            )
            go("upload", "Drop a file", "upload_file", key="market to upload")
            return
        lines = session.answer("white_space_lines", asked, **narrowed.parameters)
        if lines.empty:
            say(
                "**No product line is known.** The column Product line of products.csv, or of "
                "deals.csv, says it."
            )
            return
        say(finding(lines))
        left, right = st.columns([2, 3], gap="medium")
        with left:
            drawn = bars(lines)
            picture(line_bars, drawn, alt=said(drawn), key="whitespace lines", beside=beside)
            note(read_as(lines))
        with right:
            _grid(asked, narrowed, tuple(lines["product_line"].head(LINES)), len(lines))


def finding(lines: pd.DataFrame) -> str:
    """The product line that could still bring most, and what all of them could."""
    total = lines["whitespace_usd"].sum()
    first = lines.iloc[0]
    name = plain(first["product_line"])
    if not total > 0:
        if not lines["nothing"].sum():
            return "**Every account has every product line, or an open deal for it.**"
        return (
            "**Nobody can say what the rest could bring:** for that at least three accounts must "
            "have a product line."
        )
    where = counted(int(first["nothing"] - first["without_estimate"]), "account")
    head = f"**{name} could still bring {money(first['whitespace_usd'])} a year** at {where}"
    if len(lines) == 1:
        return f"{head}."
    return (
        f"{head}, the most of {len(lines)} product lines; together they could bring {money(total)}."
    )


def bars(lines: pd.DataFrame) -> pd.DataFrame:
    """The rows of `charts.market.line_bars`: what could bring most first, at most eight."""
    drawn = pd.DataFrame([_bar(row) for row in lines.head(SHOWN).to_dict("records")])
    return drawn.assign(reach=drawn["full"], place=range(len(drawn)))


def _bar(row: Row) -> dict[str, Any]:
    accounts, has, opened = int(row["accounts"]), int(row["installed"]), int(row["open"])
    name, space, unsaid = str(row["product_line"]), row["whitespace_usd"], row["without_estimate"]
    having = f"{has:,} of {accounts:,}, {share(row['penetration'])}"
    nothing, missing = int(row["nothing"]), int(unsaid)
    left = f"{nothing:,} with nothing" if nothing else "none with nothing"
    if missing:
        left += ", no estimate" if missing == nothing else f", {missing:,} without an estimate"
    could = money(space) if missing < nothing or not nothing else EMPTY
    return {
        "value": name,
        "name": name,
        "long": f"{having} · {could} whitespace",
        "short": f"{share(row['penetration'])} · {could}",
        "below": f"{opened:,} open · {left}",
        "exact_words": (
            f"{name}: {has:,} of {counted(accounts, 'account')} have it, {opened:,} open with "
            f"{exact_money(row['open_usd'])}, {left}; {exact_money(space)} whitespace a year"
        ),
        "solid": float(has),
        "soft": float(has + opened),
        "full": float(accounts),
    }


def said(drawn: pd.DataFrame) -> str:
    return f"Whitespace by product line: {'; '.join(drawn['exact_words'])}"


def read_as(lines: pd.DataFrame) -> str:
    rest = len(lines) - SHOWN
    left = f" {counted(rest, 'smaller line')} not shown." if rest > 0 else ""
    return (
        f"Strong: accounts that have it; soft: an open deal; the rest: nothing.{left} Whitespace: "
        "the median of what those of their size that have it bring in a year, else of all; three "
        "at least. What names no product line counts for none."
    )


@st.fragment
def _grid(asked: Filters, narrowed: Narrowed, lines: tuple[str, ...], known: int) -> None:
    """A page of accounts, the largest whitespace first, searched."""
    key = f"white space {narrowed.key}"
    with st.container(horizontal=True, vertical_alignment="bottom"):
        search = st.text_input(
            "Search the accounts",
            placeholder="Account, executive, city, county or industry",
            icon=":material/search:",
            label_visibility="collapsed",
            key=f"{key} search",
            max_chars=200,
            width=320,
        ).strip()
        pager = st.container(width="content")
        beside = st.container(width="content")
    more = narrowed.parameters | {"search": search}
    first = session.answer("white_space", asked, rows_shown=PAGE, rows_before=0, **more)
    if first.empty:
        say(f"No account here has “{plain(search)}” in its name, executive, city or industry.")
        return
    found = int(first["accounts_in_all"].iloc[0])
    pages = -(-found // PAGE)
    with pager:
        turn = f"{key} page {search}"
        page = st.pagination(pages, max_visible_pages=5, key=turn) if pages > 1 else 1
    before = (page - 1) * PAGE
    rows = session.answer("white_space", asked, rows_shown=PAGE, rows_before=before, **more)
    drawn = cells(rows, lines, asked.as_of)
    shown = rows["account_id"].nunique()
    picture(space_grid, drawn, alt=in_words(drawn), key="white space grid", beside=beside)
    with st.container(horizontal=True, vertical_alignment="center"):
        seen = f"{before + 1:,}–{before + shown:,} of {counted(found, 'account')}"
        note(f"{seen if found > 1 else '1 account'}, largest whitespace first. {_signs(known)}")
        st.space("stretch")
        download(all_as_file(found), "white_space", asked, key=f"{key} file", **more)


def _signs(known: int) -> str:
    rest = known - LINES
    left = f" {counted(rest, 'more line')} in the file." if rest > 0 else ""
    return (
        "Has: MRR a month; open: an open deal; ~ or an amount alone: nothing, and what it could "
        "bring in a year, the deeper the more. Whose estimate that is stands in the tip and the "
        f"list.{left}"
    )
