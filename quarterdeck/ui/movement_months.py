"""What became of the deals created in each month?"""

from __future__ import annotations

import pandas as pd
import streamlit as st

from quarterdeck.charts.movement import month_bars
from quarterdeck.metrics import EMPTY, money, share
from quarterdeck.ui import session
from quarterdeck.ui.cards import note, picture
from quarterdeck.ui.downloads import download
from quarterdeck.ui.funnel import TOO_FEW, said
from quarterdeck.ui.movement_parts import Row, first_line, likely
from quarterdeck.ui.words import all_as_file, counted

MONTHS = 12
"""As many months as are drawn, and as many as the newest one is compared with."""


def by_month_created() -> None:
    months = session.answer("cohorts")
    others = session.answer("win_rate")
    rivals = {} if others.empty else {"win_rate": others["win_rate"].iloc[0]}
    beside = first_line(finding(months), "cohort_win_rate", rows="cohorts", rivals=rivals)
    if months.empty:
        return
    drawn = month_rows(months)
    alt = said(drawn, "Deals by month of creation")
    picture(month_bars, drawn, alt=alt, key="cohorts", beside=beside)
    note(counted_as(months))
    with st.container(horizontal=True, horizontal_alignment="right"):
        label = all_as_file(len(months))
        download(label, "cohorts", session.filters(), key="cohorts file")


def finding(months: pd.DataFrame) -> str:
    """Whether the newest month that is old enough differs from the months before it."""
    if months.empty:
        return "**Nobody can say:** no deal has a day of creation."
    old = months[months["won_in_90"].notna()]
    if old.empty:
        deals = counted(int(months["created_deals"].sum()), "deal")
        return (
            f"**Too young to say:** of the {deals} with a day of creation no month is 90 days old."
        )
    one, before = old.iloc[-1], old.iloc[-1 - MONTHS : -1]
    won, created = int(one["won_90_deals"]), int(one["created_deals"])
    if created < TOO_FEW:
        told = f"{won:,} of {counted(created, 'deal')} created in {_month(one)} within 90 days"
        return f"**Too few to say:** won {told}."
    part = f"{share(one['won_in_90'])}, {likely(one['wilson_90_low'], one['wilson_90_high'])}"
    return (
        f"**Of {created:,} deals created in {_month(one)}, {won:,} were won within 90 days**: "
        f"{part}{_against(one, before)}."
    )


def _against(one: pd.Series, before: pd.DataFrame) -> str:
    """The same share of the months before, and whether chance alone explains the difference."""
    created = int(before["created_deals"].sum())
    if created < TOO_FEW:
        return "; too few before it to compare with"
    usual = float(before["won_90_deals"].sum()) / created
    span = f"the {len(before)} months before" if len(before) > 1 else "the month before"
    if one["wilson_90_low"] <= usual <= one["wilson_90_high"]:
        return f"; no clear difference from {span}, {share(usual)}"
    word = "more" if one["won_in_90"] > usual else "less"
    return f"; {word} than in {span}, {share(usual)}"


def _month(row: pd.Series | Row) -> str:
    return f"{row['month_on']:%b %Y}"


def month_rows(months: pd.DataFrame) -> pd.DataFrame:
    """The rows of `charts.movement.month_bars`: the newest months, the newest first."""
    return pd.DataFrame([_bar(row) for row in months.iloc[::-1].head(MONTHS).to_dict("records")])


def _bar(row: Row) -> dict[str, str | float]:
    created = float(row["created_deals"])
    won, lost = int(row["won_deals"]), int(row["lost_deals"])
    gone, still = int(row["removed_deals"]), int(row["open_deals"])
    parts = ((won, "won"), (lost, "lost"), (gone, "removed"), (still, "open"))
    told = ", ".join(f"{n:,} {word}" for n, word in parts if n)
    worth = f"; {money(row['won_usd'])} won" if won else ""
    return {
        "month_id": f"{row['month_on']:%Y-%m}",
        "name": _month(row),
        "figures": _figures(won, lost, still, row),
        "exact_words": f"{_month(row)}: {counted(int(created), 'deal')} created, {told}{worth}",
        "likely": EMPTY
        if pd.isna(row["wilson_low"])
        else f"{100 * row['wilson_low']:.0f}–{share(row['wilson_high'])}",
        "won": won / created,
        "lost": (won + lost) / created,
        "removed": (won + lost + gone) / created,
        "whole": 1.0,
    }


def _figures(won: int, lost: int, still: int, row: Row) -> str:
    decided = won + lost
    rate = (
        "none decided"
        if not decided
        else f"won {won:,} of {decided:,} = {share(row['cohort_win_rate'])}"
        if decided >= TOO_FEW
        else f"won {won:,} of {decided:,}, too few to say"
    )
    return f"{rate} · {still:,} open" if still else rate


def counted_as(months: pd.DataFrame) -> str:
    """How to read the bars, and what is drawn of all."""
    left = len(months) - MONTHS
    young = int(months["won_in_90"].isna().sum())
    told = [
        "Blue: won; orange: lost; grey: removed; the rest: still open. The share is won of "
        "decided, whenever that was; young months decide their quick deals first.",
        f"{counted(young, 'month')} {'is' if young == 1 else 'are'} too young for 90 days."
        if young
        else "",
        f"{counted(left, 'earlier month')} in the file." if left > 0 else "",
    ]
    return " ".join(filter(None, told))
