"""How does each person stand, in the words and the order of the page?"""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any, TypeAlias

import pandas as pd

from quarterdeck.domain.calendar import Period
from quarterdeck.metrics import exact_money, metrics, money, share
from quarterdeck.ui.days import within
from quarterdeck.ui.plain import plain
from quarterdeck.ui.words import counted

TOLERANCE = 0.05
"""A lag smaller than this part of the quota is no alarm, until Settings say otherwise."""
Row: TypeAlias = dict[Hashable, Any]
NOTHING = float("nan")
APART = 0.15
"""Two words under one bar need this part of the longest one between them."""
FEW = 12
"""As many bars as can be read at once; a button shows the rest."""
LEVELS = ("Teams", "Executives")


def whole(team: pd.DataFrame) -> pd.Series:
    """The row of everyone in sight."""
    return team.iloc[list(team["person_id"]).index("all")]


def executives(team: pd.DataFrame) -> pd.DataFrame:
    return team[(team["reports"] == 0) & (team["person_id"] != "all")]


def teams(team: pd.DataFrame) -> pd.DataFrame:
    """Managers with no other manager below them: their teams do not overlap."""
    managers = team[(team["reports"] > 0) & (team["person_id"] != "all")]
    return managers[~managers["person_id"].isin(managers["manager_id"])]


def top(team: pd.DataFrame) -> pd.Series | None:
    """The one manager above everyone in sight, where there is one."""
    people = team[team["person_id"] != "all"]
    highest = people[~people["manager_id"].isin(people["person_id"]) & (people["reports"] > 0)]
    return highest.iloc[0] if len(highest) == 1 else None


def shown(team: pd.DataFrame, level: str) -> pd.DataFrame:
    """One level of people, those who need attention first."""
    rows = teams(team) if level == "Teams" else executives(team)
    lag = rows["gap_usd"].where(rows["pace_gap_usd"].isna(), -rows["pace_gap_usd"])
    return (
        rows.assign(lag=lag)
        .sort_values(
            ["lag", "booked_usd", "person_name"], ascending=[False, False, True], na_position="last"
        )
        .drop(columns="lag")
    )


def bars(rows: pd.DataFrame, *, is_over: bool, tolerance: float = TOLERANCE) -> pd.DataFrame:
    """The rows of `charts.progress.quota_bars`."""
    rows = rows if "pace_usd" in rows else rows.assign(pace_usd=NOTHING, pace_gap_usd=NOTHING)
    verdicts = [_verdict(row, is_over=is_over) for row in rows.to_dict("records")]
    called = {"person_id": "bar_id", "person_name": "bar_name", "booked_usd": "booked_usd"}
    drawn = (
        rows[[*called]]
        .rename(columns=called)
        .assign(
            quota_usd=rows["quota_usd"].fillna(0),
            exact_words=[
                f"{row['person_name']}: booked {exact_money(row['booked_usd'])}"
                for row in rows.to_dict("records")
            ],
            verdict=verdicts,
            is_behind=[
                _is_behind(row, is_over=is_over, tolerance=tolerance)
                for row in rows.to_dict("records")
            ],
            pace_usd=NOTHING if is_over else rows["pace_usd"],
            missing_to_usd=rows["pace_usd"].fillna(rows["quota_usd"]),
            quota_word="",
            pace_word="",
            axis_usd=1.0,
            place=range(len(rows)),
        )
    )
    with_quota = drawn.index[drawn["quota_usd"] > 0]
    drawn.loc[with_quota[-1:], "quota_word"] = "quota"
    apart = (drawn["quota_usd"] - drawn["pace_usd"]) > APART * drawn["quota_usd"].max()
    drawn.loc[with_quota[-1:].intersection(drawn.index[apart]), "pace_word"] = "pace"
    return drawn


def finding(team: pd.DataFrame, period: Period, *, is_over: bool, has_begun: bool = True) -> str:
    """The answer to the page's question in one or two sentences."""
    everyone = whole(team)
    if pd.isna(everyone["quota_usd"]):
        sellers = int((executives(team)["booked_usd"] != 0).sum())
        by = f" by {counted(sellers, 'executive')}" if sellers else ""
        return f"{money(everyone['booked_usd'])} booked {within(period)}{by}."
    if everyone["quota_usd"] == 0:
        return f"{money(everyone['booked_usd'])} booked {within(period)}; the quota is 0."
    goal = f"the {money(everyone['quota_usd'])} quota"
    if not has_begun and not everyone["won_deals"]:
        due = everyone["due_usd"]
        known = f"{money(due)} is due" if due else "nothing is due yet"
        return f"{period.label} has not begun: {known} against {goal}."
    reached = f"{share(everyone['attainment'])} of {goal}"
    if everyone["gap_usd"] == 0:
        over = everyone["booked_usd"] - everyone["quota_usd"]
        return f"{reached}: {money(over)} above it.{_who_else(team, is_over=is_over)}"
    if not is_over and not pd.isna(everyone["pace_usd"]):
        return f"{reached}, {against_pace(everyone)}.{_who_lags(team)}"
    missing = "missing" if is_over else "to go"
    most = _most_of_it(team)
    return f"{reached}; {money(everyone['gap_usd'])} {missing}{most}.{_who(team, is_over=is_over)}"


def against_pace(row: Row | pd.Series) -> str:
    """$127 k behind pace."""
    gap = row["pace_gap_usd"]
    if not round(gap):
        return "exactly on pace"
    return f"{money(abs(gap))} {'ahead of' if gap > 0 else 'behind'} pace"


def _who_lags(team: pd.DataFrame) -> str:
    """How many are behind their own pace, and who most."""
    known = executives(team).dropna(subset="pace_gap_usd")
    known = known[known["quota_usd"] > 0].sort_values(["pace_gap_usd", "person_name"])
    behind = known[known["pace_gap_usd"].round() < 0]
    if len(known) < 2:
        return ""
    if behind.empty:
        return f" All {len(known)} executives are on pace."
    first = f"{plain(behind.iloc[0]['person_name'])}"
    lag = money(-behind.iloc[0]["pace_gap_usd"])
    if len(behind) == 1:
        return f" Only {first} is behind ({lag})."
    who = "Both" if len(behind) == len(known) == 2 else _of(len(behind), len(known))
    return f" {who} executives are behind, {first} most ({lag})."


def _gaps(team: pd.DataFrame) -> pd.DataFrame:
    """Executives with a quota, the largest gap first."""
    known = executives(team).dropna(subset="gap_usd")
    return known[known["quota_usd"] > 0].sort_values(
        ["gap_usd", "person_name"], ascending=[False, True]
    )


def _most_of_it(team: pd.DataFrame) -> str:
    gaps = _gaps(team)
    if len(gaps) < 2 or gaps["gap_usd"].iloc[0] == 0:
        return ""
    largest = gaps.iloc[0]
    # No part of the team's gap: its own quota may be below the sum of theirs.
    return f"; {plain(largest['person_name'])} furthest behind ({money(largest['gap_usd'])})"


def _who(team: pd.DataFrame, *, is_over: bool) -> str:
    """How many are short: of quota once the period is over, of open deals while it runs."""
    gaps = _gaps(team)
    if len(gaps) < 2 or not (is_over or whole(team)["due_usd"]):
        return ""
    if is_over:
        return f" {_of(int((gaps['gap_usd'] > 0).sum()), len(gaps))} missed quota."
    short = gaps[gaps["gap_usd"] > gaps["due_usd"]]
    if len(short) == 1:
        return f" Only {plain(short.iloc[0]['person_name'])} has too little due to make it."
    return f" {_of(len(short), len(gaps))} have too little due to make it." if len(short) else ""


def _who_else(team: pd.DataFrame, *, is_over: bool) -> str:
    """Who is below quota although the team is not."""
    gaps = _gaps(team)
    short = gaps[gaps["gap_usd"] > 0]
    if len(gaps) < 2 or short.empty:
        return ""
    first = f"{plain(short.iloc[0]['person_name'])} most ({money(short.iloc[0]['gap_usd'])})"
    verb = "missed" if is_over else "is below" if len(short) == 1 else "are below"
    return f" {_of(len(short), len(gaps))} {verb} theirs, {first}."


def _of(some: int, all_of_them: int) -> str:
    return f"All {some}" if some == all_of_them else f"{some} of {all_of_them}"


def _verdict(row: Row, *, is_over: bool) -> str:
    booked, quota, gap = row["booked_usd"], row["quota_usd"], row["gap_usd"]
    if pd.isna(quota) or pd.isna(gap):
        deals = row["won_deals"]
        return (
            f"{money(booked)}, {metrics()['won_deals'].show(deals)} won" if deals else "nothing yet"
        )
    reached = share(row["attainment"]) if quota else money(booked)
    if gap == 0:
        return f"{reached} ▲ +{money(booked - quota)}"
    if is_over:
        return f"{reached} ▼ −{money(gap)}"
    lead = row["pace_gap_usd"]
    if pd.isna(lead):
        return f"{reached}, {money(gap)} to go"
    return f"{reached} {'▼ −' if lead < 0 else '▲ +'}{money(abs(lead))} to pace"


def _is_behind(row: Row, *, is_over: bool, tolerance: float) -> bool:
    """Too far behind pace, or, once the period is over, behind quota."""
    quota = row["quota_usd"]
    lag = row["gap_usd"] if is_over else -row["pace_gap_usd"]
    return bool(not pd.isna(quota) and not pd.isna(lag) and lag > tolerance * quota)


def said(rows: pd.DataFrame) -> str:
    """What the bars show, for those who do not see them."""
    first = [
        f"{row['person_name']} {money(row['booked_usd'])}"
        for row in rows.head(8).to_dict("records")
    ]
    return f"Booked, who needs attention first: {', '.join(first)}"


def order(rows: pd.DataFrame, left: int) -> str:
    """By what the bars are sorted, and how many are left out."""
    plan = "pace" if "pace_usd" in rows and rows["pace_usd"].notna().any() else "quota"
    first = f"Furthest behind {plan} first" if rows["gap_usd"].notna().any() else "Largest first"
    rest = f"; {left} more are not shown" if left else ""
    sign = " ▼ above a bar: pace." if plan == "pace" else ""
    return f"{first}{rest}.{sign} A click shows the deals, a second one all again."
