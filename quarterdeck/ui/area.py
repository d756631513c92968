"""Which team is in trouble, and why: the words, bars and rows of the Area Director's screen."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from quarterdeck.domain.calendar import Period
from quarterdeck.metrics import EMPTY, money, share, signed, times
from quarterdeck.ui import choosing, sections, session
from quarterdeck.ui.area_trend import MOST_TEAMS
from quarterdeck.ui.cards import figure, table, total_figure
from quarterdeck.ui.days import day_of, within
from quarterdeck.ui.figures import to_pace
from quarterdeck.ui.plain import plain
from quarterdeck.ui.standing import against_pace, executives, shown, top, whole
from quarterdeck.ui.words import counted

FRESH_DAYS = 7
"""An export older than a week is no fresh one."""
WHY = {
    "overdue": "past its close date",
    "undated": "without a close date",
    "unpriced": "without an amount",
    "stalled": "stands still",
}


def led(team: pd.DataFrame) -> pd.DataFrame:
    """One row a team, the one furthest behind first: behind pace, once it is over behind quota."""
    return shown(team, "Teams")


def behind_of(team: pd.DataFrame, leader: str) -> tuple[int, int]:
    """How many executives below a leader are behind their pace, of how many with a quota."""
    below = _below(team, leader)
    known = executives(team)
    known = known[known["person_id"].isin(below) & (known["quota_usd"] > 0)]
    return int((known["pace_gap_usd"] < 0).sum()), len(known)


def _below(team: pd.DataFrame, leader: str) -> set[str]:
    found, new = set[str](), {leader}
    while new:
        found |= new
        new = set(team.loc[team["manager_id"].isin(new), "person_id"]) - found
    return found - {leader}


def finding(team: pd.DataFrame, behind: pd.DataFrame, period: Period, *, is_over: bool) -> str:
    """Which team, how far, and why, in two sentences."""
    found = led(team)
    with_quota = found[found["quota_usd"] > 0]
    if with_quota.empty:
        booked = money(whole(team)["booked_usd"])
        return f"{booked} booked {within(period)} by {counted(len(found), 'team')}; no quota known."
    last = with_quota.iloc[0]
    name = f"{plain(last['person_name'])}'s team"
    lag = last["pace_gap_usd"]
    if pd.isna(lag):
        return f"{name} is {money(last['gap_usd'])} short of its quota."
    others = len(with_quota) - 1
    if lag >= 0:
        if not others:
            return f"{name} is {against_pace(last)}."
        both = "Both" if others == 1 else f"All {others + 1}"
        words = "made their quota" if is_over else "are ahead of pace"
        return f"{both} teams {words}; {name} has least in hand ({money(lag)})."
    if is_over:
        return f"{name} missed its quota by {money(-lag)}.{_rest(with_quota)}"
    return f"{name} is {against_pace(last)}{_why(last, behind, team)}.{_rest(with_quota)}"


def _rest(found: pd.DataFrame) -> str:
    late = int((found["pace_gap_usd"].round() < 0).sum()) - 1
    others = len(found) - 1
    if not others:
        return ""
    if not late:
        return " The other one is not." if others == 1 else f" The other {others} are not."
    return f" {late} of the other {others} {'is' if late == 1 else 'are'} behind too."


def _why(last: pd.Series, behind: pd.DataFrame, team: pd.DataFrame) -> str:
    """The first reason that fits: too little due, what slipped, or how many lag."""
    if not pd.isna(last["coverage"]) and last["coverage"] < 1:
        return f": what is due covers {times(last['coverage'])} of its gap"
    row = behind[behind["person_id"] == last["person_id"]]
    slipped = float(row["slipped_usd"].iloc[0]) if len(row) else 0.0
    if slipped >= -last["pace_gap_usd"]:
        return f": {money(slipped)} slipped out of the period"
    lagging, known = behind_of(team, str(last["person_id"]))
    return f": {lagging} of {known} executives lag" if known > 1 else ""


def area_figures(team: pd.DataFrame, *, is_over: bool) -> None:
    """Booked, the quota and what is over-assigned, coverage, and how fresh the data are."""
    everyone, found = whole(team), led(team)
    with st.grid(4, min_column_width=150):
        figure(
            "booked_usd",
            money(everyone["booked_usd"]),
            change=to_pace(everyone, is_over=is_over) or _reached(everyone),
            reason=f"{counted(len(found), 'team')}, {counted(len(executives(team)), 'executive')}",
        )
        _quota(team)
        coverage = everyone["coverage"]
        figure(
            "coverage",
            EMPTY if pd.isna(coverage) else times(coverage),
            change=f"{money(everyone['due_usd'])} due" if everyone["due_usd"] else "nothing is due",
            reason=_full(everyone),
        )
        _freshness()


def _reached(everyone: pd.Series) -> str:
    if pd.isna(everyone["attainment"]):
        return "needs a quota"
    return f"{share(everyone['attainment'])} of the quota"


def _full(everyone: pd.Series) -> str:
    full = everyone["coverage_full"]
    return "" if pd.isna(full) else f"on the full quota {times(full)}"


def _quota(team: pd.DataFrame) -> None:
    """The highest quota, what those below add to, and how much of the cushion is used up."""
    quota, above = whole(team)["quota_usd"], top(team)
    if pd.isna(quota) or not quota:
        figure("quota_usd", EMPTY, change="no quota is known", reason="")
        return
    if above is None or pd.isna(above["over_assignment"]):
        figure("quota_usd", money(quota), change="the sum of all below", reason="")
        return
    used, below = above["used_up_usd"], money(above["reports_quota_usd"])
    figure(
        "quota_usd",
        money(quota),
        change=f"teams add to {below}: {signed(share(above['over_assignment']))}",
        reason="" if pd.isna(used) else f"{money(used)} of the difference is used up",
    )


def _freshness() -> None:
    exported, as_of = session.span()["exported_on"], session.filters().as_of
    if pd.isna(exported):
        total_figure("Data freshness", EMPTY, change="no export of deals", reason="")
        return
    days = (as_of - exported.date()).days
    total_figure(
        "Data freshness",
        "Today" if not days else counted(days, "day"),
        change="▼ older than a week" if days > FRESH_DAYS else "for every team",
        reason=f"exported {day_of(exported.date(), session.today())}",
    )


def behind_it(team: pd.DataFrame, behind: pd.DataFrame) -> None:
    """One row a team: who lags, what covers the gap, what slipped, the largest risk."""
    found = led(team)
    rows = behind.set_index("person_id")
    listed = []
    for one in found.to_dict("records"):
        more = rows.loc[one["person_id"]] if one["person_id"] in rows.index else None
        if more is None:
            continue
        lagging, known = behind_of(team, str(one["person_id"]))
        said = f"{lagging} of {known} behind pace, " if known else ""
        made = f"{_spread(team, str(one['person_id']))}{money(more['created_usd'])} created, "
        made += _unkept(more)
        listed.append((
            f"**{plain(str(one['person_name']))}**  \n:gray[{said}{made}]",
            one["coverage"],
            more["slipped_usd"],
            f"{_top(more)}  \n{_risk(more)}",
        ))  # fmt: skip
    frame = pd.DataFrame(
        listed, columns=["Team", "Coverage", "Slipped", "Largest due, largest risk"]
    )
    table(
        frame,
        shown={"Coverage": _times, "Slipped": money},
        alt="Coverage, what slipped and the largest risk of each team",
    )


def _times(ratio: float) -> str:
    return EMPTY if pd.isna(ratio) else times(ratio)


def _unkept(more: pd.Series) -> str:
    """How well the open deals are kept: 47 of 170 open ones not kept up."""
    return f"{int(more['unkept_deals']):,} of {int(more['open_deals']):,} open not kept up"


def _spread(team: pd.DataFrame, leader: str) -> str:
    """From the lowest to the highest attainment of the executives below: 25–87 % of quota."""
    known = executives(team)
    reached = known.loc[known["person_id"].isin(_below(team, leader)), "attainment"].dropna()
    if len(reached) < 2:
        return ""
    return f"{reached.min():.0%}".rstrip("%") + f"–{share(reached.max())} of quota, "


def _top(more: pd.Series) -> str:
    if pd.isna(more["top_id"]):
        return ":gray[nothing is due]"
    day = day_of(more["top_on"].date(), session.today())
    return f"{_named(more, 'top')}: :gray[due {day}]"


def _risk(more: pd.Series) -> str:
    if pd.isna(more["risk_id"]):
        return ":gray[no risk]"
    return f"{_named(more, 'risk')}: :orange[▼ {WHY[more['risk_why']]}]"


def _named(more: pd.Series, which: str) -> str:
    """A deal by its name, else its account or id, and its amount."""
    words = (more[f"{which}_{part}"] for part in ("name", "account", "id"))
    name = next(plain(word) for word in words if not pd.isna(word) and plain(word))
    usd = more[f"{which}_usd"]
    return name if pd.isna(usd) else f"{name}, {money(usd)}"


def drill(team: pd.DataFrame, picked: list[dict[str, Any]]) -> None:
    """One button a team, or the one that was clicked: the same pages, narrowed to it."""
    found = led(team)
    ids = [str(one["bar_id"]) for one in picked if "bar_id" in one]
    chosen = found[found["person_id"].isin(ids)] if ids else found.head(MOST_TEAMS)
    with st.container(horizontal=True):
        for one in chosen.to_dict("records"):
            label = f"Open {plain(str(one['person_name']))}"
            sign, key = ":material/arrow_forward:", f"open team {one['person_id']}"
            if st.button(label, icon=sign, type="tertiary", key=key):
                choosing.choose(person_ids=(str(one["person_id"]),))
                choosing.turn_over()
                st.switch_page(sections.pages()["attainment"])
