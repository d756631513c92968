"""Do the parts add up to the whole, and the quotas below to the one above? Said to the cent."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from quarterdeck.metrics import EMPTY, exact_money, metrics, money, signed
from quarterdeck.ui.cards import note, table
from quarterdeck.ui.plain import plain
from quarterdeck.ui.standing import whole
from quarterdeck.ui.words import counted

MOST_MANAGERS = 8


def roll_up(team: pd.DataFrame) -> str:
    """Do the parts add up to the whole? Said to the cent, with what is left over."""
    everyone, parts = whole(team), _parts(team)
    total = cents(parts["booked_usd"]) / 100
    difference = (cents([everyone["booked_usd"]]) - cents(parts["booked_usd"])) / 100
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
    """What the quotas below are against the manager's own; of several, where that stands."""
    own = team[team["over_assignment"].notna()]
    if len(own) < 2:
        return f" {over_assigned(team, own.iloc[0])}" if len(own) else ""
    return f" {len(own)} managers have a quota of their own: see Everyone, to the cent."


def over_assigned(team: pd.DataFrame, one: pd.Series) -> str:
    """7 quotas add to $7.56 M; Dana's own is $6.30 M: over-assigned +20 %."""
    below = team[(team["manager_id"] == one["person_id"]) & team["quota_usd"].notna()]
    number = f"{counted(len(below), 'quota')} add{'s' if len(below) == 1 else ''}"
    over = signed(metrics()["over_assignment"].show(one["over_assignment"]))
    return (
        f"{number} to {money(one['reports_quota_usd'])}; "
        f"{plain(one['person_name'])}'s own is {money(one['quota_usd'])}: over-assigned **{over}**."
    )


def managers(team: pd.DataFrame) -> list[str]:
    """For each manager in sight: what the reports booked against the manager's own row."""
    people = team[team["person_id"] != "all"]
    said = []
    for _, one in people[people["reports"] > 0].iterrows():
        below = people[people["manager_id"] == one["person_id"]]
        if below.empty:
            continue
        left = (cents([one["booked_usd"]]) - cents(below["booked_usd"])) / 100
        why = "" if left == 0 else ", booked alone or with people who moved since"
        total = exact_money(cents(below["booked_usd"]) / 100)
        over = f" {over_assigned(team, one)}" if not pd.isna(one["over_assignment"]) else ""
        reports = counted(len(below), "report")
        said.append(
            f"**{plain(one['person_name'])}.** {reports} booked {total}; "
            f"difference {exact_money(left) if left else '0.00'}{why}.{over}"
        )
    return said


def cents(amounts: Iterable[float]) -> int:
    """The exact sum of amounts that are whole cents."""
    return sum(round(usd * 100) for usd in amounts)


def _parts(team: pd.DataFrame) -> pd.DataFrame:
    """Whoever reports to nobody in sight; where that is one manager, those who report to them."""
    people = team[team["person_id"] != "all"]
    parts = people[~people["manager_id"].isin(people["person_id"])]
    below = people[people["manager_id"].isin(parts["person_id"])]
    while len(parts) == 1 and len(below):
        parts, below = below, people[people["manager_id"].isin(below["person_id"])]
    return parts


def quota_table(team: pd.DataFrame, people: pd.DataFrame) -> None:
    """One row a manager: the own quota, what the reports' add to, and what explains it."""
    seats = set(people.loc[people["kind"] == "seat", "person_id"])
    managers = team[(team["reports"] > 0) & (team["person_id"] != "all")]
    ordered = managers.sort_values(["reports", "person_name"], ascending=[False, True])
    rows = [
        (
            f"**{plain(one['person_name'])}**{_over(one)}  \n:gray[{_explained(team, one, seats)}]",
            one["quota_usd"] if not pd.isna(one["over_assignment"]) else float("nan"),
            one["reports_quota_usd"],
        )
        for _, one in ordered.head(MOST_MANAGERS).iterrows()
    ]
    frame = pd.DataFrame(rows, columns=["Manager", "Own quota", "Reports’ quotas"])
    shown = {"Own quota": _exact, "Reports’ quotas": _exact}
    table(frame, shown=shown, alt="Each manager’s own quota and what the reports’ quotas add to")
    left = len(managers) - len(rows)
    rest = f" {counted(left, 'more manager')} in the file." if left else ""
    note(f"A manager’s own quota stands for everyone below; without one the sum of theirs.{rest}")


def _explained(team: pd.DataFrame, one: pd.Series, seats: set[str]) -> str:
    """7 report, 1 without a quota; what people who came or left in the period make of it."""
    below = team[team["manager_id"] == one["person_id"]]
    said = [f"{counted(len(below), 'person')} report{'s' if len(below) == 1 else ''}"]
    without = below[below["quota_usd"].isna()]
    if len(without):
        names = ", ".join(plain(name) for name in without["person_name"].head(2))
        said.append(f"without a quota: {names}{' …' if len(without) > 2 else ''}")
    vacant = below[below["person_id"].isin(seats)]
    if len(vacant):
        said.append(f"vacant: {', '.join(plain(name) for name in vacant['person_name'].head(2))}")
    if not pd.isna(one["reports_quota_usd"]):
        left = cents([one["reports_quota_usd"]]) - cents(below["quota_usd"].dropna())
        if left:
            said.append(f"{exact_money(left / 100)} from who came or left in the period")
    return "; ".join(said)


def _exact(usd: float) -> str:
    return EMPTY if pd.isna(usd) else exact_money(usd)


def _over(one: pd.Series) -> str:
    """, +20 % over-assigned."""
    ratio = one["over_assignment"]
    if pd.isna(ratio):
        return ""
    words = "over-assigned" if ratio >= 0 else "short"
    return f", {signed(metrics()['over_assignment'].show(ratio))} {words}"
