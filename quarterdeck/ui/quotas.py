"""Who has a quota, who has none, and what do they add to? In words and figures."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
import streamlit as st

from quarterdeck.domain.calendar import Period
from quarterdeck.metrics import EMPTY, money, share, signed
from quarterdeck.ui.cards import figure, total_figure
from quarterdeck.ui.days import within
from quarterdeck.ui.plain import plain
from quarterdeck.ui.standing import executives, top, whole
from quarterdeck.ui.words import counted


@dataclass(frozen=True)
class Found:
    """What the page is about: everyone, the executives of the period, and whoever leads them."""

    team: pd.DataFrame
    sellers: pd.DataFrame
    managers: pd.DataFrame
    seats: frozenset[str]

    @property
    def without(self) -> pd.DataFrame:
        """The executives nobody gave a quota."""
        return self.sellers[self.sellers["quota_usd"].isna()]


def found(team: pd.DataFrame, people: pd.DataFrame, period: Period) -> Found:
    """Executives who were there in the period: not gone before it, nor hired after it."""
    gone = people[
        (people["left_on"] < pd.Timestamp(period.from_on))
        | (people["hired_on"] > pd.Timestamp(period.to_on))
    ]
    sellers = executives(team)
    is_seller = sellers["role"].fillna("executive").eq("executive")
    sellers = sellers[is_seller & ~sellers["person_id"].isin(gone["person_id"])]
    managers = team[(team["reports"] > 0) & (team["person_id"] != "all")]
    seats = frozenset(people.loc[people["kind"] == "seat", "person_id"])
    return Found(team, sellers, managers, seats)


def finding(known: Found, period: Period) -> str:
    """What the quotas come to, against what they should, and who has none."""
    total, above = whole(known.team), top(known.team)
    if pd.isna(total["quota_usd"]):
        return f"No quota is known {within(period)}: type one below, or drop a file of quotas."
    missing = _missing(known)
    if above is None or pd.isna(above["over_assignment"]):
        owners = counted(int(known.sellers["quota_usd"].notna().sum()), "quota")
        return f"{money(total['quota_usd'])} {within(period)}: {owners} of executives.{missing}"
    own, over = money(above["quota_usd"]), above["over_assignment"]
    below, name = money(above["reports_quota_usd"]), plain(above["person_name"])
    if not round(over, 4):
        return f"The quotas below add up to {name}’s own {own} {within(period)}.{missing}"
    how = "above" if over > 0 else "short of"
    by = share(abs(over))
    return f"{below} is assigned {within(period)}, {by} {how} {name}’s own {own}.{missing}"


def _missing(known: Found) -> str:
    without = known.without
    if without.empty:
        return " Every executive has one." if len(known.sellers) > 1 else ""
    if len(without) == 1:
        return f" {plain(without.iloc[0]['person_name'])} has none."
    return f" {len(without)} of {counted(len(known.sellers), 'executive')} have none."


def quota_figures(known: Found) -> None:
    """The quota, what those below add to, what of the difference is used up, who has none."""
    total, above = whole(known.team), top(known.team)
    own = None if above is None or pd.isna(above["over_assignment"]) else above
    with st.grid(4, min_column_width=150):
        figure(
            "quota_usd",
            EMPTY if pd.isna(total["quota_usd"]) else money(total["quota_usd"]),
            change="no quota is known" if pd.isna(total["quota_usd"]) else "",
            reason=f"{plain(own['person_name'])}’s own" if own is not None else "the sum of all",
        )
        figure(
            "reports_quota_usd",
            EMPTY if own is None else money(own["reports_quota_usd"]),
            label="Assigned below",
            change="" if own is None else f"{signed(share(own['over_assignment']))} over the own",
            reason="nobody above has an own quota" if own is None else "whoever stands between",
        )
        used = None if own is None or pd.isna(own["used_up_usd"]) else own["used_up_usd"]
        figure(
            "used_up_usd",
            EMPTY if used is None else money(used),
            change="" if used is None or own is None else f"of {money(own['over_assigned_usd'])}",
            reason="nothing is over-assigned" if used is None else "by what is behind pace",
        )
        _without(known)


def _without(known: Found) -> None:
    names = [plain(name) for name in known.without["person_name"]]
    vacant = len(known.seats & set(known.sellers["person_id"]))
    seats = f"{counted(vacant, 'seat')} vacant" if vacant else "no seat is vacant"
    total_figure(
        "Without a quota",
        f"{len(names):,}",
        change=", ".join(names[:2]) + (" and more" if len(names) > 2 else "")
        if names
        else f"of {counted(len(known.sellers), 'executive')}",
        reason=seats,
    )
