"""The figures of attainment: what is booked, reached and missing, and what is there to fill it."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from quarterdeck.domain.calendar import Period
from quarterdeck.metrics import EMPTY, exact_money, money, share, signed
from quarterdeck.ui.against import Change, Earlier, changed, earlier
from quarterdeck.ui.cards import explain, figure
from quarterdeck.ui.days import within
from quarterdeck.ui.limits import tolerance
from quarterdeck.ui.plain import tidy
from quarterdeck.ui.reasons import no_coverage, not_split
from quarterdeck.ui.session import filters
from quarterdeck.ui.standing import executives, whole
from quarterdeck.ui.words import counted


def attainment_figures(team: pd.DataFrame, period: Period, *, is_over: bool, without: str) -> None:
    """Four figures, then quota and win rate in one line; `without` says why there is no quota."""
    everyone = whole(team)
    booked, quota, gap = everyone["booked_usd"], everyone["quota_usd"], everyone["gap_usd"]
    has_quota = not pd.isna(quota)
    with st.grid(4, min_column_width=150):
        figure(
            "booked_usd",
            money(booked),
            change=to_pace(everyone, is_over=is_over) or _won(everyone),
            reason=_exactly(everyone, is_over=is_over),
            against=_since("booked_usd", everyone),
        )
        figure(
            "attainment",
            share(everyone["attainment"]) if has_quota and quota else EMPTY,
            change=_met(gap, quota, is_over=is_over) if has_quota else "needs a quota",
            reason=(not_split(filters()) or f"of the full quota {within(period)}")
            if has_quota
            else without,
            against=_since("attainment", everyone),
        )
        figure(
            "gap_usd",
            money(gap) if has_quota else EMPTY,
            change=_a_day(everyone, is_over=is_over) if has_quota and gap else "",
            reason=_days_left(everyone, is_over=is_over) if has_quota else without,
            against=_since("gap_usd", everyone),
        )
        _coverage(everyone, no_coverage(everyone, period, is_over=is_over, without=without))
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        _said("quota_usd", "Quota", *_quota(team, without))
        _said("win_rate", "Win rate", *_win_rate(everyone))
        if since := _since("win_rate", everyone):
            st.markdown(tidy(f":{since.colour}[:small[{since.text}]]"), width="content")


def _won(everyone: pd.Series) -> str:
    return f"{counted(int(everyone['won_deals']), 'deal')} won"


def _exactly(everyone: pd.Series, *, is_over: bool) -> str:
    """How many deals, where the line above says pace, and what they add up to."""
    exact = f"{exact_money(everyone['booked_usd'])} to the cent"
    return f"{_won(everyone)}, {exact}" if to_pace(everyone, is_over=is_over) else exact


def to_pace(everyone: pd.Series, *, is_over: bool) -> str:
    """▲ +$186 k to pace $3.05 M, while the period runs."""
    gap, pace = everyone["pace_gap_usd"], everyone["pace_usd"]
    if is_over or pd.isna(gap) or not pace:
        return ""
    sign = "" if abs(gap) <= tolerance() * everyone["quota_usd"] else "▲ " if gap > 0 else "▼ "
    return f"{sign}{signed(money(gap))} to pace {money(pace)}"


def _a_day(everyone: pd.Series, *, is_over: bool) -> str:
    needed, so_far = everyone["needed_usd"], everyone["booked_a_day_usd"]
    if is_over or pd.isna(needed):
        return "missing" if is_over else "to go"
    far = "" if pd.isna(so_far) else f", {money(so_far)} so far"
    return f"{money(needed)} a day needed{far}"


def _days_left(everyone: pd.Series, *, is_over: bool) -> str:
    exact, left = exact_money(everyone["gap_usd"]), everyone["days_left"]
    if is_over or pd.isna(left) or not everyone["gap_usd"]:
        return exact
    return f"{exact}, {counted(int(left), 'working day')} left"


def _coverage(everyone: pd.Series, why_not: str) -> None:
    due, full = everyone["due_usd"], everyone["coverage_full"]
    on_full = f"on the full quota {times(full)}"
    behind: dict[str, Any] = {} if pd.isna(full) else {"rivals": {"coverage_full": times(full)}}
    thin = "▼ " if not why_not and everyone["coverage"] < 1 else ""
    figure(
        "coverage",
        times(everyone["coverage"]),
        change=f"{thin}{money(due)} due" if due else f"{thin}nothing is due",
        reason=why_not or on_full,
        against=_since("coverage", everyone),
        **behind,
    )


def _since(name: str, everyone: pd.Series) -> Change | None:
    """How a figure of everyone in sight has changed since the point compared with."""
    team = earlier("attainment")
    return None if team is None else changed(name, everyone[name], _then(name, whole(team)))


def _then(name: str, everyone: pd.Series) -> Earlier:
    value, quota = everyone[name], everyone["quota_usd"]
    if name == "booked_usd":
        return Earlier(value)
    if pd.isna(quota):
        return Earlier(None, why_not="no quota is known for that period")
    if name == "attainment":
        return Earlier(value, f"{money(everyone['booked_usd'])} of {money(quota)}")
    if name == "win_rate":
        return Earlier(value, _of_decided(everyone))
    met = "the quota was met" if everyone["gap_usd"] == 0 else "that period was over"
    return Earlier(value, why_not=met if name == "coverage" else "")


def _of_decided(everyone: pd.Series) -> str:
    won = int(everyone["won_deals"])
    return f"{won:,} of {won + int(everyone['lost_deals']):,}"


def times(ratio: float) -> str:
    """2.3×: how often it fits in."""
    return EMPTY if pd.isna(ratio) else f"{ratio:,.1f}×"


def _met(gap: float, quota: float, *, is_over: bool) -> str:
    if gap == 0:
        return "▲ quota met"
    return "▼ quota missed" if is_over and gap > tolerance() * quota else "quota not met yet"


def _said(name: str, called: str, value: str, more: str) -> None:
    """A number in one line: its name and itself open the explanation, the rest is beside it."""
    with st.container(
        horizontal=True, width="content", vertical_alignment="center", gap="xxsmall", wrap=False
    ):
        label = tidy(f":gray[{called}] **{value}**")
        explain(name, label=label, key=f"explain figure {name}", value=value)
        if more:
            st.markdown(tidy(f":gray[:small[{more}]]"), width="content")


def _quota(team: pd.DataFrame, without: str) -> tuple[str, str]:
    quota, known = whole(team)["quota_usd"], executives(team)["quota_usd"].notna()
    if pd.isna(quota):
        return EMPTY, without
    return money(quota), f"{known.sum()} of {counted(len(known), 'executive')} have one"


def _win_rate(everyone: pd.Series) -> tuple[str, str]:
    won, lost = int(everyone["won_deals"]), int(everyone["lost_deals"])
    if not won + lost:
        return EMPTY, "nothing is decided yet"
    low, high = (f"{everyone[end]:.0%}".rstrip("%") for end in ("wilson_low", "wilson_high"))
    decided = f"{won:,} of {counted(won + lost, 'decided deal')}"
    return share(everyone["win_rate"]), f"{decided}, likely {low}–{high} %"
