"""How does each person stand, in the words and the order of the page?"""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any, TypeAlias

import pandas as pd

from quarterdeck.domain.calendar import Period
from quarterdeck.metrics import exact_money, metrics, money, share, signed
from quarterdeck.ui.days import within
from quarterdeck.ui.plain import plain
from quarterdeck.ui.words import counted

TOLERANCE = 0.05
"""A lag smaller than this part of the quota is no alarm."""
Row: TypeAlias = dict[Hashable, Any]
FEW = 12
"""As many bars as can be read at once; a button shows the rest."""
LEVELS = ("Teams", "Executives")


def whole(team: pd.DataFrame) -> pd.Series:
    """The row of everyone in sight."""
    return team[team["person_id"] == "all"].iloc[0]


def executives(team: pd.DataFrame) -> pd.DataFrame:
    return team[(team["reports"] == 0) & (team["person_id"] != "all")]


def teams(team: pd.DataFrame) -> pd.DataFrame:
    """Managers with no other manager below them: their teams do not overlap."""
    managers = team[(team["reports"] > 0) & (team["person_id"] != "all")]
    return managers[~managers["person_id"].isin(managers["manager_id"])]


def shown(team: pd.DataFrame, level: str) -> pd.DataFrame:
    """One level of people, those who need attention first."""
    rows = teams(team) if level == "Teams" else executives(team)
    return rows.sort_values(
        ["gap_usd", "booked_usd", "person_name"], ascending=[False, False, True], na_position="last"
    )


def bars(rows: pd.DataFrame, *, is_over: bool) -> pd.DataFrame:
    """The rows of `charts.progress.quota_bars`."""
    verdicts = [_verdict(row, is_over=is_over) for row in rows.to_dict("records")]
    drawn = rows[["person_id", "person_name", "booked_usd"]].assign(
        quota_usd=rows["quota_usd"].fillna(0),
        exact_words=[
            f"{row['person_name']}: booked {exact_money(row['booked_usd'])}"
            for row in rows.to_dict("records")
        ],
        verdict=verdicts,
        is_behind=[_is_behind(row, is_over=is_over) for row in rows.to_dict("records")],
        quota_word="",
        axis_usd=1.0,
    )
    with_quota = drawn.index[drawn["quota_usd"] > 0]
    drawn.loc[with_quota[-1:], "quota_word"] = "quota"
    return drawn


def finding(team: pd.DataFrame, period: Period, *, is_over: bool) -> str:
    """The answer to the page's question in one sentence."""
    everyone = whole(team)
    if pd.isna(everyone["quota_usd"]):
        sellers = int((executives(team)["booked_usd"] != 0).sum())
        by = f" by {counted(sellers, 'executive')}" if sellers else ""
        return f"{money(everyone['booked_usd'])} booked {within(period)}{by}."
    if everyone["quota_usd"] == 0:
        return f"{money(everyone['booked_usd'])} booked {within(period)}; the quota is 0."
    reached = f"{share(everyone['attainment'])} of the {money(everyone['quota_usd'])} quota"
    if everyone["gap_usd"] == 0:
        over = everyone["booked_usd"] - everyone["quota_usd"]
        return f"{reached}: {money(over)} above it."
    missing = "missing" if is_over else "to go"
    return f"{reached}; {money(everyone['gap_usd'])} {missing}{_most_of_it(team)}."


def _most_of_it(team: pd.DataFrame) -> str:
    gaps = executives(team).dropna(subset="gap_usd").sort_values("gap_usd", ascending=False)
    if len(gaps) < 2 or gaps["gap_usd"].iloc[0] == 0:
        return ""
    largest, total = gaps.iloc[0], gaps["gap_usd"].sum()
    part = "most of it" if largest["gap_usd"] > total / 2 else "the largest part"
    return f", {part} with {plain(largest['person_name'])} ({money(largest['gap_usd'])})"


def roll_up(team: pd.DataFrame) -> str:
    """Do the parts add up to the whole? Said to the cent, with what is left over."""
    everyone, parts = whole(team), _parts(team)
    total = parts["booked_usd"].sum()
    difference = round(everyone["booked_usd"] - total, 2)
    said = f"**Roll-up.** {_counted(parts)} to {exact_money(total)}; difference"
    if difference == 0:
        return f"{said} 0.00.{_over_assigned(team)}"
    rest = "booked by managers themselves, or by nobody known"
    return f"{said} {exact_money(difference)}, {rest}.{_over_assigned(team)}"


def _counted(parts: pd.DataFrame) -> str:
    if len(parts) == 1:
        return f"{plain(parts.iloc[0]['person_name'])} alone adds"
    kind = "teams" if (parts["reports"] > 0).all() else "people and teams"
    kind = "people" if (parts["reports"] == 0).all() else kind
    return f"{len(parts)} {kind} add"


def _over_assigned(team: pd.DataFrame) -> str:
    """What the reports' quotas are against the manager's own, where one manager has one."""
    own = team[team["over_assignment"].notna()]
    if len(own) != 1:
        return ""
    one = own.iloc[0]
    over = signed(metrics()["over_assignment"].show(one["over_assignment"]))
    return (
        f" The quotas below {plain(one['person_name'])} add to {money(one['reports_quota_usd'])}, "
        f"the own one is {money(one['quota_usd'])}: over-assigned **{over}**."
    )


def _parts(team: pd.DataFrame) -> pd.DataFrame:
    """Whoever reports to nobody in sight; where that is one manager, those who report to them."""
    people = team[team["person_id"] != "all"]
    parts = people[~people["manager_id"].isin(people["person_id"])]
    below = people[people["manager_id"].isin(parts["person_id"])]
    while len(parts) == 1 and len(below):
        parts, below = below, people[people["manager_id"].isin(below["person_id"])]
    return parts


def _verdict(row: Row, *, is_over: bool) -> str:
    booked, quota, gap = row["booked_usd"], row["quota_usd"], row["gap_usd"]
    if pd.isna(quota):
        deals = row["won_deals"]
        return (
            f"{money(booked)}, {metrics()['won_deals'].show(deals)} won" if deals else "nothing yet"
        )
    reached = share(row["attainment"]) if quota else money(booked)
    if gap == 0:
        return f"{reached} ▲ +{money(booked - quota)}"
    return f"{reached} ▼ −{money(gap)}" if is_over else f"{reached}, {money(gap)} to go"


def _is_behind(row: Row, *, is_over: bool) -> bool:
    quota, gap = row["quota_usd"], row["gap_usd"]
    return bool(is_over and not pd.isna(quota) and gap > TOLERANCE * quota)


def said(rows: pd.DataFrame) -> str:
    """What the bars show, for those who do not see them."""
    first = [
        f"{row['person_name']} {money(row['booked_usd'])}"
        for row in rows.head(8).to_dict("records")
    ]
    return f"Booked, who needs attention first: {', '.join(first)}"


def order(rows: pd.DataFrame, everybody: pd.DataFrame) -> str:
    """By what the bars are sorted, and how many are left out."""
    first = "Furthest behind quota first" if rows["gap_usd"].notna().any() else "Largest first"
    left = len(everybody) - len(rows)
    rest = f"; {left} more are not shown" if left else ""
    return f"{first}{rest}. A click shows the deals, a second one all again."
