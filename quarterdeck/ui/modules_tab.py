"""Which modules of accounts are there, what is missing, what should change, and how was it?"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import replace
from typing import Any

import pandas as pd
import streamlit as st

from quarterdeck.commands.modules import OneModuleEach, one_module_each
from quarterdeck.commands.people import MAY_CHANGE
from quarterdeck.filters import Filters
from quarterdeck.metrics import EMPTY, money
from quarterdeck.ui import module_changes, module_outcome, session
from quarterdeck.ui.address import unique_labels
from quarterdeck.ui.cards import card, note, say
from quarterdeck.ui.days import day_words
from quarterdeck.ui.downloads import download
from quarterdeck.ui.plain import plain
from quarterdeck.ui.words import counted

MOST = 1_000
ROW, HEADER, MOST_AT_ONCE = 35, 38, 10
"""Pixels of a row and a heading as Streamlit draws them, and how many rows are seen at once."""
FEW = 3
TITLES = {
    "module_name": "Module",
    "person_name": "Owner",
    "accounts": "Accounts",
    "potential_usd": "Potential",
    "mrr_usd": "Installed MRR",
    "open_usd": "Open pipeline",
    "strategic_accounts": "Strategic",
    "since": "Owned since",
    "next": "Next",
}
GAPS = {
    "account without a module": (
        "account", "in no module",
        "Move them to one below; until then each is held by its own owner, or by nobody.",
    ),
    "module without an owner": (
        "module", "without an owner",
        "Give it to somebody below; until then each account is held by its own owner.",
    ),
    "owner has left": (
        "module", "of somebody who has left", "Give it to somebody below, from the day after.",
    ),
    "account without an address": (
        "account", "without a place on the map",
        "Complete city, state and ZIP where accounts are kept, and drop that file again.",
    ),
}  # fmt: skip
"""Of each kind of gap: of what, how it is called, and what to do."""


def show(asked: Filters) -> None:
    """The modules, the gaps, the form for who may change them, and the history of one."""
    module_outcome.say_outcome()
    modules = session.answer("modules", asked)
    may_change = session.viewer().role in MAY_CHANGE
    with card("Which modules are there?"):
        _table(modules[~modules["is_over"]], asked)
    with card("What is missing?"):
        _gaps(modules, asked, may_change=may_change)
    if may_change:
        with card("What should change?", key="module change"):
            module_changes.show(session.answer("modules", session.everything(session.today())))
    if len(modules):
        with card("How was it before?"):
            _past(modules, asked)


def _table(modules: pd.DataFrame, asked: Filters) -> None:
    if modules.empty:
        say(
            "**No module yet.** A module is a book of accounts with an owner. Drop a file with the "
            "columns module, account and owner, or make one below."
        )
        return
    rows = modules.head(MOST).to_dict("records")
    shown = modules.head(MOST).assign(
        since=[_since(row) for row in rows], next=[_next(row) for row in rows]
    )
    st.dataframe(
        shown[list(TITLES)],
        hide_index=True,
        placeholder="–",
        height=HEADER + ROW * min(len(shown), MOST_AT_ONCE),
        column_config=_columns(),
        key="modules",
        alt=f"Owner, accounts, potential and installed MRR of {counted(len(modules), 'module')}",
    )
    accounts, potential = int(modules["accounts"].sum()), money(modules["potential_usd"].sum())
    left = f" The first {MOST:,} are shown." if len(modules) > MOST else ""
    with st.container(horizontal=True, vertical_alignment="center"):
        said = f"{counted(len(modules), 'module')}, {counted(accounts, 'account')}"
        note(f"{said}, {potential} potential.{left}")
        st.space("stretch")
        download("As CSV", "modules", asked, key="modules file")


def _columns() -> dict[str, Any]:
    amounts = {"potential_usd", "mrr_usd", "open_usd"}
    counts = {"accounts", "strategic_accounts"}
    found: dict[str, Any] = {}
    for name, title in TITLES.items():
        if name in amounts:
            found[name] = st.column_config.NumberColumn(title, format="dollar")
        elif name in counts:
            found[name] = st.column_config.NumberColumn(title, format="localized")
        else:
            found[name] = st.column_config.TextColumn(title, pinned=name == "module_name")
    found["next"] = st.column_config.TextColumn(TITLES["next"], width="medium")
    return found


def _since(row: dict[Hashable, Any]) -> str:
    said = str(row["owned_since"])
    return day_words(pd.Timestamp(said).date(), session.today()) if said[:1].isdigit() else said


def _next(row: dict[Hashable, Any]) -> str:
    if pd.isna(row["next_on"]):
        return EMPTY
    return f"{day_words(row['next_on'].date(), session.today())}: {row['next_change']}"


def _gaps(modules: pd.DataFrame, asked: Filters, *, may_change: bool) -> None:
    found = session.answer("module_gaps", asked, rows_shown=FEW, rows_before=0)
    if found.empty:
        say("**Nothing.** Every account lies in a module, every module has an owner.")
        return
    for kind, (noun, what, do) in GAPS.items():
        rows = found[found["kind"] == kind]
        if len(rows):
            number = counted(int(rows["things_in_all"].iloc[0]), noun)
            say(f"**{number} {what}.** {_largest(rows)}{f' :gray[{do}]' if may_change else ''}")
    if may_change and not modules["accounts"].sum():
        _one_each()
    with st.container(horizontal=True):
        download("All of them as CSV", "module_gaps", asked, key="module gaps file")


def _largest(rows: pd.DataFrame) -> str:
    """The largest by name, with what they could bring, whose they are and why they are here."""
    said = [
        f"{plain(row['thing_name'])} ({money(row['potential_usd'])}{_whose(row)}; "
        f"{plain(row['why'])})"
        for row in rows.to_dict("records")
    ]
    rest = int(rows["things_in_all"].iloc[0]) - len(rows)
    return ", ".join(said) + (f" and {rest:,} more." if rest else ".")


def _whose(row: dict[Hashable, Any]) -> str:
    return "" if pd.isna(row["person_name"]) else f", {plain(row['person_name'])}"


def _one_each() -> None:
    say(
        "**There is no module with accounts.** One for each executive holds the accounts that they "
        "own, or whose newest deal is theirs."
    )
    label = "One module for each executive"
    if st.button(label, icon=":material/library_add:", key="one module each"):
        module_outcome.keep(one_module_each, OneModuleEach(session.today()))


@st.fragment
def _past(modules: pd.DataFrame, asked: Filters) -> None:
    """Sent only while it is open."""
    with st.expander(
        "Who owned a module, and what lay in it", key="module past", on_change="rerun"
    ) as it:
        if it.open:
            names = unique_labels(
                dict(zip(modules["module_id"], modules["module_name"], strict=True))
            )
            module = st.selectbox(
                "Module",
                list(names),
                format_func=lambda each: names.get(each, each),
                key="module of the past",
                width=320,
            )
            _history(str(module), asked)


def _history(module_id: str, asked: Filters) -> None:
    of_one = replace(asked.widened(), module_ids=(module_id,))
    rows = session.answer("module_history", of_one, rows_shown=MOST, rows_before=0)
    if rows.empty:
        say("**Nobody owned it, and nothing lay in it,** as far as you may see.")
        return
    owners = rows[rows["kind"] == "owner"].sort_values("starts_on")
    said = [f"**{plain(row['thing_name'])}** {_span(row)}" for row in owners.to_dict("records")]
    say("; ".join(said) + "." if said else "**Nobody owned it**, as far as you may see.")
    accounts = rows[rows["kind"] == "account"]
    if len(accounts):
        records = accounts.to_dict("records")
        frame = pd.DataFrame(
            {
                "Account": accounts["thing_name"].tolist(),
                "From": [_from(row) for row in records],
                "Until before": [_until(row) for row in records],
            }
        )
        st.dataframe(
            frame,
            hide_index=True,
            placeholder="–",
            height=HEADER + ROW * min(len(frame), MOST_AT_ONCE),
            key=f"module past {module_id}",
            alt=f"{counted(len(frame), 'stay')} of accounts in the module",
        )
    in_all = int(rows["rows_in_all"].iloc[0])
    with st.container(horizontal=True, vertical_alignment="center"):
        note(
            f"The first {MOST:,} of {in_all:,}." if in_all > len(rows) else "As it was, day by day."
        )
        st.space("stretch")
        download("As CSV", "module_history", of_one, key="module past file")


def _span(row: dict[Hashable, Any]) -> str:
    first, last = _from(row), _until(row)
    start = "as far back as is known" if first == "always" else f"from {first}"
    if last is None:
        return start
    return f"until before {last}" if first == "always" else f"{start} until before {last}"


def _from(row: dict[Hashable, Any]) -> str:
    day = row["starts_on"].date()
    return "always" if day.year == 1 else day_words(day, session.today())


def _until(row: dict[Hashable, Any]) -> str | None:
    if pd.isna(row["ends_on"]):
        return None
    return day_words(row["ends_on"].date(), session.today())
