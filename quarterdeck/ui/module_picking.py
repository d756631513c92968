"""Which accounts are meant? Found by words, a few offered, all that were found in one tick."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd
import streamlit as st

from quarterdeck.filters import Filters
from quarterdeck.ui import session, team
from quarterdeck.ui.cards import note
from quarterdeck.ui.plain import plain
from quarterdeck.ui.words import counted

OFFERED = 50
MOST = 10_000
"""So many go at once."""


@dataclass(frozen=True)
class Picked:
    """The accounts meant, what they could bring, and who holds them on the day, in words."""

    ids: tuple[str, ...] = ()
    accounts: int = 0
    potential_usd: float = 0.0
    holders: str = "nobody"


def accounts(asked: Filters, key: str, module_id: str = "", *, is_asked: bool = True) -> Picked:
    """Those that are chosen, of one module or of all; without asking, all that lie in it."""
    within = replace(asked, module_ids=(module_id,) if module_id else ())
    if not is_asked:
        return _all(within, "")
    key = f"{key} {module_id} {team.turn()}"
    words = st.text_input(
        "Find accounts",
        type="search",
        placeholder="A part of a name, city, module or holder",
        key=f"{key} words",
        width=320,
    ).strip()
    found = session.answer(
        "module_accounts", within, search=words, rows_shown=OFFERED, rows_before=0
    )
    in_all = int(found["accounts_in_all"].iloc[0]) if len(found) else 0
    if not in_all:
        note(f"No account in your sight answers to “{plain(words)}”." if words else _nothing())
    elif (words or module_id) and st.checkbox(
        f"All {counted(in_all, 'account')}", key=f"{key} all {words}"
    ):
        return _all(within, words)
    chosen = _chosen(found, within, key)
    if in_all > len(found):
        note(f"The {len(found)} largest of {in_all:,} are offered: letters narrow them.")
    return _sum(tuple(chosen), within)


def _chosen(found: pd.DataFrame, within: Filters, key: str) -> list[str]:
    """What was chosen stays, whatever is searched for next."""
    kept = list(st.session_state.get(key, ()))
    rows = {row["account_id"]: _label(row) for row in found.to_dict("records")}
    if missing := [each for each in kept if each not in rows]:
        more = session.answer("module_accounts", within, narrowed_to=missing)
        rows = {row["account_id"]: _label(row) for row in more.to_dict("records")} | rows
    st.session_state[key] = [each for each in kept if each in rows]
    return st.multiselect(
        "Accounts", list(rows), format_func=lambda each: rows.get(each, each), key=key
    )


def _label(row: dict[object, object]) -> str:
    holder, module = row["person_name"], row["module_name"]
    about = [row["account_name"], module if module == module else None, holder]
    return " · ".join(str(each) for each in about if each is not None and each == each)


def _all(within: Filters, words: str) -> Picked:
    rows = session.answer("module_accounts", within, search=words, rows_shown=MOST, rows_before=0)
    return _picked(rows, tuple(rows["account_id"]))


def _sum(ids: tuple[str, ...], within: Filters) -> Picked:
    if not ids:
        return Picked()
    rows = session.answer(
        "module_accounts", within, narrowed_to=list(ids), rows_shown=1, rows_before=0
    )
    return _picked(rows, ids)


def _picked(rows: pd.DataFrame, ids: tuple[str, ...]) -> Picked:
    if rows.empty:
        return Picked(ids)
    first = rows.iloc[0]
    several = counted(int(first["holders_in_all"]), "holder")
    one = first["holder_name"]
    alone = "nobody" if pd.isna(one) else plain(one)
    holders = alone if first["holders_in_all"] == 1 else several
    return Picked(ids, int(first["accounts_in_all"]), first["potential_in_all_usd"], holders)


def _nothing() -> str:
    return "No account lies here on that day."
