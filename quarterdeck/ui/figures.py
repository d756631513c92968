"""The four figures of attainment: what is booked, planned, reached and missing."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from quarterdeck.domain.calendar import Period
from quarterdeck.metrics import EMPTY, exact_money, money, share
from quarterdeck.ui.cards import figure
from quarterdeck.ui.days import within
from quarterdeck.ui.standing import TOLERANCE, executives, whole
from quarterdeck.ui.words import counted


def attainment_figures(team: pd.DataFrame, period: Period, *, is_over: bool) -> None:
    everyone = whole(team)
    booked, quota, gap = everyone["booked_usd"], everyone["quota_usd"], everyone["gap_usd"]
    has_quota = not pd.isna(quota)
    with st.grid(4, min_column_width=150):
        figure(
            "booked_usd",
            money(booked),
            change=f"{counted(int(everyone['won_deals']), 'deal')} won",
            reason=f"{exact_money(booked)} to the cent",
        )
        known = int(executives(team)["quota_usd"].notna().sum())
        figure(
            "quota_usd",
            money(quota) if has_quota else EMPTY,
            change=f"{known} of {len(executives(team))} executives have one",
            reason=exact_money(quota) if has_quota else f"none known {within(period)}",
        )
        figure(
            "attainment",
            share(everyone["attainment"]) if has_quota and quota else EMPTY,
            change=_met(gap, quota, is_over=is_over) if has_quota else "needs a quota",
            reason=f"of the full quota {within(period)}",
        )
        figure(
            "gap_usd",
            money(gap) if has_quota else EMPTY,
            change=("missing" if is_over else "to go") if has_quota and gap else "",
            reason=exact_money(gap) if has_quota else "needs a quota",
        )


def _met(gap: float, quota: float, *, is_over: bool) -> str:
    if gap == 0:
        return "▲ quota met"
    return "▼ quota missed" if is_over and gap > TOLERANCE * quota else "quota not met yet"
