"""Each person's quota by month, to type in or to paste: one change a person, nothing else moves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from quarterdeck.commands.people import MAY_CHANGE
from quarterdeck.commands.quotas import (
    OVER_LINES,
    SetQuota,
    SetQuotaMonths,
    set_quota,
    set_quota_months,
)
from quarterdeck.filters import Filters
from quarterdeck.ui import choosing, session, team
from quarterdeck.ui.cards import action, note, say
from quarterdeck.ui.quotas import Found
from quarterdeck.ui.words import counted

NAME, TOTAL = "Name", "Total"
MOST, MOST_AT_ONCE = 200, 20
ROW = 35
"""Pixels of a row as Streamlit draws it."""
ALL_LINES = "All lines together"


@dataclass(frozen=True)
class Typed:
    """What holds for all that is saved at once."""

    months: tuple[date, ...]
    line: str
    from_on: date
    is_prorated: bool
    basis: str
    seen: int


@st.fragment
def show(known: Found, asked: Filters) -> None:
    """The table with its choices; who may not change it reads it."""
    seen, may_change = team.seen("quotas"), session.viewer().role in MAY_CHANGE
    months = {month.from_on: _label(month.from_on, month.to_on) for month in _months(asked)}
    if not months:
        say("**The period holds no fiscal month.** Choose another one above.")
        return
    line, from_on, is_prorated = _choices(asked, may_change=may_change)
    before = rows(known, session.answer("quota_months"), months, line)
    typed = Typed(tuple(months), line, from_on, is_prorated, asked.basis, seen)
    edited = st.data_editor(
        before,
        hide_index=True,
        num_rows="fixed",
        placeholder="–",
        height=ROW * (min(len(before), MOST_AT_ONCE) + 1) + 3,
        disabled=[NAME] if may_change else True,
        column_config=_columns(months),
        key=f"quotas {asked.period.word} {line} {asked.basis} {team.turn()}",
        alt=f"Quota of {len(before)} people by month",
    )
    _below(known, before, asked)
    if may_change:
        _save(before, edited, typed)


def rows(known: Found, quotas: pd.DataFrame, months: dict[date, str], line: str) -> pd.DataFrame:
    """One row a person by person_id: the months of a line, or of all of them, and their total."""
    people = _people(known)
    own = quotas if line == OVER_LINES else quotas[quotas["product_line"] == line]
    cells = own.pivot_table(
        index="person_id", columns="month_on", values="own_quota_usd", aggfunc="sum"
    )
    cells.columns = [pd.Timestamp(each).date() for each in cells.columns]
    table = pd.DataFrame({NAME: people["person_name"]}, index=people.index)
    table = table.join(cells.reindex(columns=list(months)), how="left").rename(columns=months)
    table.insert(1, TOTAL, table[list(months.values())].sum(axis="columns", min_count=1))
    return table.astype({NAME: object} | dict.fromkeys(table.columns[1:], "float64"))


def changes(before: pd.DataFrame, after: pd.DataFrame, typed: Typed) -> list[Callable[[], Any]]:
    """One command a person whose row was changed: single months, else the total anew."""
    acts: list[Callable[[], Any]] = []
    labels = [name for name in before.columns if name not in (NAME, TOTAL)]
    for person_id in before.index:
        old, new = before.loc[person_id], after.loc[person_id]
        moved = [place for place, name in enumerate(labels) if _is_new(old[name], new[name])]
        if moved:
            acts.append(_months_set(person_id, typed, moved, [new[labels[at]] for at in moved]))
        elif _is_new(old[TOTAL], new[TOTAL]):
            acts.append(_total_set(person_id, typed, new[TOTAL]))
    return acts


def emptied(before: pd.DataFrame, after: pd.DataFrame) -> int:
    """Cells that held an amount and hold nothing now."""
    return int((before.notna() & after.isna()).to_numpy().sum())


def _people(known: Found) -> pd.DataFrame:
    """Executives first, then whoever leads; those without any quota last."""
    shown = pd.concat([known.managers, known.sellers])
    ordered = shown.sort_values(["reports", "person_name"], ascending=[False, True])
    return ordered.drop_duplicates("person_id").set_index("person_id").head(MOST)


def _choices(asked: Filters, *, may_change: bool) -> tuple[str, date, bool]:
    lines = [ALL_LINES, *choosing.choices().lines]
    chosen = asked.product_lines[0] if len(asked.product_lines) == 1 else ALL_LINES
    with st.container(horizontal=True, vertical_alignment="bottom"):
        line = st.selectbox(
            "Product line",
            lines,
            index=lines.index(chosen) if chosen in lines else 0,
            key=f"quota line {chosen}",
            width=200,
        )
        from_on, is_prorated = session.today(), False
        if may_change:
            from_on = st.date_input("Changes hold from", from_on, key="quotas from", width=180)
            is_prorated = st.checkbox("Pro-rate totals", key="quotas pro-rated", help=None)
    return OVER_LINES if line == ALL_LINES else line, from_on, is_prorated


def _below(known: Found, before: pd.DataFrame, asked: Filters) -> None:
    left = len(known.managers) + len(known.sellers) - len(before)
    rest = f" {counted(left, 'more person')}: choose a team above." if left > 0 else ""
    counts = "" if asked.basis == "amount" else f" These count {asked.basis.upper()}."
    note(
        "Type or paste amounts; a total is spread over the months as Settings say. "
        "Pro-rated, a total is for a whole position: months before somebody starts, on leave, part "
        f"time or on the ramp count for less.{counts}{rest}"
    )


def _save(before: pd.DataFrame, edited: pd.DataFrame, typed: Typed) -> None:
    acts, empty = changes(before, edited, typed), emptied(before, edited)
    if empty:
        say(
            f":orange[▼ {counted(empty, 'emptied cell')} stay{'s' if empty == 1 else ''} as before:"
            " write 0 for no target.]"
        )
    with st.container(horizontal=True, vertical_alignment="center"):
        label = f"Save {counted(len(acts), 'quota')}" if acts else "Save quotas"
        if action(label, icon="check", key="save quotas", disabled=not acts):
            team.keep(team.do(acts))
        if not acts:
            note("Nothing is typed yet.")


def _months(asked: Filters) -> list[Any]:
    first, last = asked.period.from_on, asked.period.to_on
    known = session.calendar().months_of(asked.period)
    return [month for month in known if first <= month.from_on <= last]


def _label(first: date, last: date) -> str:
    """A fiscal month is called after the calendar month of its middle."""
    return f"{first + (last - first) / 2:%b %Y}"


def _columns(months: dict[date, str]) -> dict[str, Any]:
    amount = st.column_config.NumberColumn(min_value=0, format="dollar")
    names = [TOTAL, *months.values()]
    return {NAME: st.column_config.TextColumn(pinned=True)} | dict.fromkeys(names, amount)


def _is_new(old: float, new: float) -> bool:
    return not pd.isna(new) and old != new


def _amount(typed: float) -> Decimal:
    return Decimal(str(typed)).quantize(Decimal("0.01"))


def _months_set(
    person_id: str, typed: Typed, places: list[int], amounts: list[float]
) -> Callable[[], None]:
    command = SetQuotaMonths(
        person_id,
        tuple(typed.months[place] for place in places),
        tuple(map(_amount, amounts)),
        typed.from_on,
        typed.line,
        typed.seen,
        typed.basis,
    )
    return partial(set_quota_months, session.engine(), command, scope=session.viewer())


def _total_set(person_id: str, typed: Typed, total: float) -> Callable[[], None]:
    command = SetQuota(
        person_id,
        typed.months,
        _amount(total),
        typed.from_on,
        typed.line,
        typed.seen,
        typed.is_prorated,
        typed.basis,
    )
    return partial(set_quota, session.engine(), command, scope=session.viewer())
