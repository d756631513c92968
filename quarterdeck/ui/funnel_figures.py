"""The four figures of the funnel: open, due in the period, won of decided, and how fast."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from quarterdeck.domain.calendar import Period
from quarterdeck.metrics import EMPTY, metrics, money, share
from quarterdeck.ui.against import Change, Earlier, changed, earlier
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
        against=_since("open_usd", usd if deals > without else None),
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
        against=_since("due_usd", funnel["due_usd"].sum() if deals else None),
        rivals={"open_usd": funnel["open_usd"].sum(), "overdue_usd": overdue},
    )


def _won(decided: pd.DataFrame, period: Period) -> None:
    if decided.empty or not decided.iloc[0][["won_deals", "lost_deals"]].sum():
        figure(
            "win_rate",
            EMPTY,
            change="too few to say",
            reason=f"none decided {within(period)}",
            against=_since_decided("win_rate", None),
        )
        return
    one = decided.iloc[0]
    won, lost = int(one["won_deals"]), int(one["lost_deals"])
    figure(
        "win_rate",
        share(one["win_rate"]),
        change=f"{won:,} of {won + lost:,} decided",
        reason=likely(one.to_dict()) + (", too few to say" if won + lost < TOO_FEW else ""),
        against=_since_decided("win_rate", one["win_rate"]),
        rivals=one.to_dict(),
    )


def _cycle(decided: pd.DataFrame, period: Period) -> None:
    show = metrics()["sales_cycle_days"].show
    if decided.empty or not decided.iloc[0]["cycle_deals"]:
        won = 0 if decided.empty else int(decided.iloc[0]["won_deals"])
        why = "needs days of creation" if won else f"nothing won {within(period)}"
        against = _since_decided("sales_cycle_days", None)
        figure("sales_cycle_days", EMPTY, change="too few to say", reason=why, against=against)
        return
    one = decided.iloc[0]
    middle = f"{show(one['quarter_cycle_days'])}–{show(one['three_quarters_cycle_days'])}"
    figure(
        "sales_cycle_days",
        f"{show(one['sales_cycle_days'])} days",
        change=f"half of them {middle}" if one["cycle_deals"] > 1 else "one deal",
        reason=f"median of {counted(int(one['cycle_deals']), 'won deal')}",
        against=_since_decided("sales_cycle_days", one["sales_cycle_days"]),
        rivals=one.to_dict(),
    )


def _since(name: str, now: float | None) -> Change | None:
    """How what is open has changed; amounts of reconstructed days are not known."""
    funnel = earlier("funnel")
    if funnel is None:
        return None
    deals, without = int(funnel["deals"].sum()), int(funnel["deals_without_amount"].sum())
    if deals and deals == without:
        why = f"no amount of the {counted(deals, 'deal')} open then is known"
        return changed(name, now, Earlier(None, why_not=why))
    counts = f"{without:,} of {deals:,} without amount" if without else ""
    return changed(name, now, Earlier(funnel[name].sum(), counts))


def _since_decided(name: str, now: float | None) -> Change | None:
    """How the decided deals differ from those of the point compared with."""
    decided = earlier("win_rate")
    if decided is None:
        return None
    if decided.empty:
        return changed(name, now, Earlier(None, why_not="nothing was decided then"))
    one = decided.iloc[0]
    won, lost, cycles = (int(one[each]) for each in ("won_deals", "lost_deals", "cycle_deals"))
    counts = f"{won:,} of {won + lost:,}" if name == "win_rate" else counted(cycles, "deal")
    return changed(name, now, Earlier(one[name], counts, "nothing was decided then"))
