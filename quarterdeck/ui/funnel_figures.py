"""The four figures of the funnel: open, due in the period, won of decided, and how fast."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from quarterdeck.domain.calendar import Period
from quarterdeck.metrics import EMPTY, metrics, money, share
from quarterdeck.ui.cards import figure
from quarterdeck.ui.days import within
from quarterdeck.ui.funnel import TOO_FEW, likely
from quarterdeck.ui.words import counted


def funnel_figures(funnel: pd.DataFrame, decided: pd.DataFrame, period: Period) -> None:
    with st.grid(4, min_column_width=150):
        _open(funnel)
        _due(funnel, period)
        _won(decided, period)
        _cycle(decided, period)


def _open(funnel: pd.DataFrame) -> None:
    deals, without = int(funnel["deals"].sum()), int(funnel["deals_without_amount"].sum())
    usd = funnel["open_usd"].sum()
    figure(
        "open_usd",
        money(usd) if deals > without else EMPTY,
        change=counted(deals, "deal"),
        reason=f"{without:,} of them without an amount" if without else "whenever they are due",
        rivals={"due_usd": funnel["due_usd"].sum()},
        rows="open_deals",
    )


def _due(funnel: pd.DataFrame, period: Period) -> None:
    deals, overdue = int(funnel["due_deals"].sum()), funnel["overdue_usd"].sum()
    late = int(funnel["overdue_deals"].sum())
    figure(
        "due_usd",
        money(funnel["due_usd"].sum()) if deals else EMPTY,
        change=f"{counted(deals, 'deal')} {within(period)}",
        reason=f"and {money(overdue)} overdue in {counted(late, 'deal')}"
        if late
        else "nothing is overdue",
        rivals={"open_usd": funnel["open_usd"].sum(), "overdue_usd": overdue},
    )


def _won(decided: pd.DataFrame, period: Period) -> None:
    if decided.empty or not decided.iloc[0][["won_deals", "lost_deals"]].sum():
        figure("win_rate", EMPTY, change="too few to say", reason=f"none decided {within(period)}")
        return
    one = decided.iloc[0]
    won, lost = int(one["won_deals"]), int(one["lost_deals"])
    figure(
        "win_rate",
        share(one["win_rate"]),
        change=f"{won:,} of {won + lost:,} decided",
        reason=likely(one.to_dict()) + (", too few to say" if won + lost < TOO_FEW else ""),
        rivals=one.to_dict(),
    )


def _cycle(decided: pd.DataFrame, period: Period) -> None:
    show = metrics()["sales_cycle_days"].show
    if decided.empty or not decided.iloc[0]["cycle_deals"]:
        won = 0 if decided.empty else int(decided.iloc[0]["won_deals"])
        why = "needs days of creation" if won else f"nothing won {within(period)}"
        figure("sales_cycle_days", EMPTY, change="too few to say", reason=why)
        return
    one = decided.iloc[0]
    middle = f"{show(one['quarter_cycle_days'])}–{show(one['three_quarters_cycle_days'])}"
    figure(
        "sales_cycle_days",
        f"{show(one['sales_cycle_days'])} days",
        change=f"half of them {middle}" if one["cycle_deals"] > 1 else "one deal",
        reason=f"median of {counted(int(one['cycle_deals']), 'won deal')}",
        rivals=one.to_dict(),
    )
