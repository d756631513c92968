"""Who is credited with a deal, and why?"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pandas as pd
import streamlit as st

from quarterdeck.commands.credits import LONGEST, SetCredit, set_credit
from quarterdeck.domain.credits import is_whole, percent
from quarterdeck.metrics import exact_money
from quarterdeck.ui import choosing, session, team
from quarterdeck.ui.cards import action, card, note, say, table
from quarterdeck.ui.days import day_words
from quarterdeck.ui.plain import plain
from quarterdeck.ui.settled import asked

MOST = 8
MOST_FOUND = 200
FEWEST_LETTERS = 2
PERSON, SHARE = "Person", "Share"


def show() -> None:
    """A deal is found by words; then whose it is, and how else it should be split."""
    with card("Which deal is split between several people?"):
        deal_id = _found()
    if deal_id is None:
        return
    parts = session.answer("deal_credits", asked(), words=deal_id)
    if parts.empty:
        return
    with card("Who is credited with it?"):
        _held(parts)
    with card("How should it be split?"):
        _split(deal_id, parts)


def _found() -> str | None:
    words = st.text_input(
        "Deal, account or id", type="search", placeholder="A part of it", key="credit words"
    ).strip()
    if len(words) < FEWEST_LETTERS:
        note("Two letters are enough. Without a split a deal is all its owner’s.")
        return None
    found = session.answer("search", asked(), words=words, rows_shown=MOST_FOUND, rows_before=0)
    deals = found[found["kind"] == "deal"].set_index("id")
    if deals.empty:
        say(f"**No deal in your sight is called “{plain(words)}”.** Try a shorter part of it.")
        return None
    if len(found) == MOST_FOUND:
        note(f"The first {len(deals):,} deals: more letters narrow it.")
    deal: str = st.selectbox(
        "Deal", list(deals.index), format_func=lambda each: _label(each, deals), key="credit deal"
    )
    return deal


def _label(deal_id: str, deals: pd.DataFrame) -> str:
    known = deals.loc[deal_id]
    about = [deal_id, known["label"], known["detail"], known["outcome"]]
    return " · ".join(dict.fromkeys(str(each) for each in about if not pd.isna(each)))


def _held(parts: pd.DataFrame) -> None:
    rows = [
        (plain(_name(row)), percent(_exact(row["share"])), _money(row["credit_usd"]))
        for _, row in parts.iterrows()
    ]
    frame = pd.DataFrame(rows, columns=[PERSON, SHARE, "Credit"])
    table(frame, alt=f"Share and credit of {len(rows)} people")
    first = parts.iloc[0]
    if first["outcome"] in ("won", "lost"):
        day = day_words(first["judged_on"].date(), session.today())
        note(f"It was {first['outcome']} on {day}: the split that holds on that day counts.")


def _split(deal_id: str, parts: pd.DataFrame) -> None:
    seen = team.seen(f"credit {deal_id}")
    key = f"{deal_id} {team.turn()}"
    ids = {word: person_id for person_id, word in choosing.labels(session.today()).items()}
    edited = st.data_editor(
        _typed(parts, ids),
        hide_index=True,
        num_rows="fixed",
        placeholder="–",
        column_config={
            PERSON: st.column_config.SelectboxColumn(options=list(ids)),
            SHARE: st.column_config.NumberColumn(
                "Share, %", min_value=0, max_value=100, format="%.4g"
            ),
        },
        key=f"credit parts {key}",
        alt=f"Up to {MOST} people and their shares of the deal",
    )
    people, shares = _parts(edited, ids)
    day, reason = _day_and_reason(parts, key)
    say(_sum(shares))
    note("Nobody and no share: all of it is the owner’s again. A first split has always been so.")
    if action("Save the credit", icon="check", key="save credit"):
        team.perform(set_credit, SetCredit(deal_id, people, shares, day, reason, seen))


def _day_and_reason(parts: pd.DataFrame, key: str) -> tuple[date, str]:
    """A decided deal is split as of its closing day, unless somebody says another."""
    first = parts.iloc[0]
    is_decided = first["outcome"] in ("won", "lost")
    usual = first["judged_on"].date() if is_decided else session.today()
    with st.grid(2, min_column_width=200):
        day: date = st.date_input("From", usual, format="YYYY-MM-DD", key=f"credit day {key}")
        reason = st.text_input("Reason", max_chars=LONGEST, key=f"credit reason {key}")
    return day, reason


def _typed(parts: pd.DataFrame, ids: dict[str, str]) -> pd.DataFrame:
    """What holds now in the first rows, and empty ones to type in."""
    words = {person_id: word for word, person_id in ids.items()}
    held = [
        (words[row["person_id"]], float(_exact(row["share"]) * 100))
        for _, row in parts.iterrows()
        if row["person_id"] in words
    ]
    rows = [*held, *[(None, None)] * MOST][: max(MOST, len(held))]
    return pd.DataFrame(rows, columns=[PERSON, SHARE]).astype({PERSON: object, SHARE: "float64"})


def _parts(
    edited: pd.DataFrame, ids: dict[str, str]
) -> tuple[tuple[str, ...], tuple[Decimal, ...]]:
    """Whoever is named, with a part; a share without a name is nobody's and missing in the sum."""
    named = [
        (ids[row[PERSON]], Decimal(0) if pd.isna(row[SHARE]) else Decimal(str(row[SHARE])) / 100)
        for _, row in edited.iterrows()
        if not pd.isna(row[PERSON]) and row[PERSON]
    ]
    return tuple(person for person, _ in named), tuple(share for _, share in named)


def _sum(shares: tuple[Decimal, ...]) -> str:
    if not shares:
        return "**All of it is the owner’s.**"
    total = sum(shares, Decimal())
    lacking = "" if is_whole(shares) else "; 100 % are needed"
    return f"**The parts add up to {percent(total)}{lacking}.**"


def _name(row: pd.Series) -> str:
    return "Nobody known" if pd.isna(row["person_name"]) else str(row["person_name"])


def _money(cell: float) -> str:
    return "–" if pd.isna(cell) else exact_money(cell)


def _exact(share: float) -> Decimal:
    return Decimal(str(share)).quantize(Decimal("0.000001"))
