"""Where is a page, a kept view, a person, an account or a deal? Ctrl+K opens it from anywhere."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd
import streamlit as st

from quarterdeck.metrics import money
from quarterdeck.ui import choosing, kept, sections, session
from quarterdeck.ui.plain import plain, tidy
from quarterdeck.ui.words import counted

MOST = 20
FEWEST_LETTERS = 2
SIGNS = {
    "page": "web_asset",
    "view": "bookmark",
    "person": "person",
    "account": "apartment",
    "deal": "handshake",
}


@dataclass(frozen=True)
class Found:
    """One thing that answers to the words: what it is and where it leads."""

    kind: str
    id: str
    label: str
    detail: str
    page: str
    person_id: str = ""
    period: str = ""
    asked: str = ""


def find_button() -> None:
    """Opens the search; the shortcut works wherever the cursor is."""
    if st.button("Find", icon=":material/search:", type="tertiary", key="find", shortcut="Mod+K"):
        _dialog()


def pages_called(words: str) -> list[Found]:
    """Pages whose name or question holds the words."""
    return [
        Found("page", name, page.title, says, name)
        for name, page in sections.pages().items()
        if words.casefold() in f"{page.title} {(says := sections.SAYS[name])}".casefold()
    ]


def views_called(words: str, rows: pd.DataFrame) -> list[Found]:
    """The same for kept views, the viewer's own and those shared."""
    return [
        Found(
            "view",
            one["view_id"],
            one["view_name"],
            sections.pages()[one["page"]].title,
            one["page"],
            asked=one["asked"],
        )
        for one in rows.to_dict("records")
        if words.casefold() in one["view_name"].casefold()
    ]


def rows_called(rows: pd.DataFrame, quarters: dict[str, str]) -> list[Found]:
    """The same for an answer of queries/search.sql; `quarters` has the quarter of each day."""
    return [_found(row, quarters) for _, row in rows.iterrows()]


def _found(row: pd.Series, quarters: dict[str, str]) -> Found:
    kind, detail = row["kind"], "" if pd.isna(row["detail"]) else str(row["detail"])
    person = "" if pd.isna(row["person_id"]) else str(row["person_id"])
    if kind != "deal":
        return Found(
            kind, row["id"], row["label"], detail.replace("_", " "), _page_of(kind), person
        )
    amount = "no amount" if pd.isna(row["deal_usd"]) else money(row["deal_usd"])
    is_won, day = row["outcome"] == "won", row["judged_on"]
    state = row["outcome"] if pd.isna(day) else f"{row['outcome']} {day.day} {day:%b %Y}"
    quarter = "" if pd.isna(day) else quarters.get(str(day.date()), "")
    about = " · ".join(part for part in (detail, state, amount) if part)
    return Found(
        kind, row["id"], row["label"], about, _page_of(kind, is_won=is_won), person, quarter
    )


def _page_of(kind: str, *, is_won: bool = False) -> str:
    wanted = "attainment" if kind == "person" or is_won else "funnel"
    return wanted if wanted in sections.pages() else "attainment"


@st.dialog("Find a page, a view, a person, an account or a deal", width="medium")
def _dialog() -> None:
    words = st.text_input(
        "Find",
        type="search",
        live=True,
        placeholder="A name, or a part of it",
        key="find words",
        label_visibility="collapsed",
    ).strip()
    if len(words) < FEWEST_LETTERS:
        st.caption("Two letters are enough. Ctrl+K opens this from every page.")
        return
    rows = _rows(words)
    views = views_called(words, kept.listed())
    found = [*pages_called(words), *views, *rows_called(rows, _quarters(rows))]
    if not found:
        st.markdown(f"**Nothing here is called “{plain(words)}”.** Try a shorter part of the name.")
        return
    for each in found:
        _line(each)
    total = int(rows["found_in_all"].iloc[0]) if len(rows) else 0
    if total > MOST:
        st.caption(f"The first {MOST} of {counted(total, 'match')}: more letters narrow it.")


def _rows(words: str) -> pd.DataFrame:
    everything = replace(session.filters().widened(), basis="amount")
    return session.answer("search", everything, words=words, rows_shown=MOST, rows_before=0)


def _quarters(rows: pd.DataFrame) -> dict[str, str]:
    days = [day.date() for day in rows["judged_on"].dropna()]
    return {str(day): session.calendar().quarter_of(day).word for day in days}


def _line(each: Found) -> None:
    label = f"**{plain(each.label)}** :gray[{tidy(plain(each.detail))}]"
    sign = f":material/{SIGNS[each.kind]}:"
    key = f"found {each.kind} {each.id}"
    if st.button(label, icon=sign, type="tertiary", key=key, wrap=True):
        _go(each)


def _go(each: Found) -> None:
    if each.kind == "view":
        choosing.follow(kept.words(each.asked))
    elif each.kind == "person":
        choosing.choose(person_ids=(each.id,))
    elif each.kind in ("account", "deal"):
        _show(each)
    choosing.turn_over()
    st.switch_page(sections.pages()[each.page])


def _show(each: Found) -> None:
    """All but the day is widened, so that what was found is not filtered away."""
    now = choosing.chosen()
    choosing.start_over()
    choosing.choose(as_of=now.as_of, assignments=now.assignments)
    if each.period:
        choosing.choose(period=session.calendar().parse(each.period))
    if each.person_id:
        choosing.choose(person_ids=(each.person_id,))
    st.session_state["sought"] = each.label
