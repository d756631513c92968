"""Beside what is somebody's period held: the quota, their last year, or the team?"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal

import pandas as pd
import streamlit as st

from quarterdeck.domain import comparing
from quarterdeck.domain.calendar import Period, PeriodUnknown
from quarterdeck.domain.comparing import earlier
from quarterdeck.domain.gap_split import Factors
from quarterdeck.domain.quotas import CENT
from quarterdeck.domain.selling import Gap, gap, own_before
from quarterdeck.domain.team_gap import together
from quarterdeck.ui import session
from quarterdeck.ui.coaching import (
    WINDOW_DAYS,
    Person,
    Selling,
    asked,
    manager_of,
    selling,
    weeks_filled,
    window,
)

QUOTA, LAST_YEAR, TEAM = "Quota", "Last year", "Team"
_CHOSEN = "gap beside"
YEAR = timedelta(days=WINDOW_DAYS)
"""52 whole weeks, so that the same days of the week are compared."""


@dataclass(frozen=True)
class _Likely:
    """What somebody has booked in the period, and what their open deals are likely to bring."""

    booked_usd: Decimal
    open_usd: Decimal

    @property
    def usd(self) -> Decimal:
        return self.booked_usd + self.open_usd


def chosen(whom: Person, team: Selling) -> str:
    """What was chosen at the card; the quota unless anything else is offered and was."""
    said = str(st.session_state.get(_CHOSEN) or QUOTA)
    return said if said in choices(whom, team) else QUOTA


def choices(whom: Person, team: Selling) -> tuple[str, ...]:
    """Who looks at themselves sees nobody else's numbers; of one alone there is no team."""
    is_alone = whom.is_self or len(team.sellers) < 2
    return (QUOTA, LAST_YEAR) if is_alone else (QUOTA, LAST_YEAR, TEAM)


def choose(whom: Person, team: Selling) -> None:
    """The choice, at the card that shows what comes of it."""
    st.segmented_control(
        "Beside",
        choices(whom, team),
        default=QUOTA,
        required=True,
        key=_CHOSEN,
        label_visibility="collapsed",
    )


def team_gap(team: Selling) -> Gap | None:
    """The gap of a team to its quotas: of everyone who has one, added up."""
    people = [Person(one, "", is_led=True, is_self=False) for one in team.sellers]
    found = [gap_of(one, team, QUOTA) for one in people]
    return together([one for one in found if one is not None])


def gap_of(whom: Person, team: Selling, beside: str) -> Gap | None:
    """The gap between what is likely and the quota of the period, what was booked in it a year ago
    or the mean of the team, taken apart; None where there is no such number, or where too little is
    known of how the team sells."""
    if whom.person_id not in team.sellers:
        return None
    likely = session.once(f"likely of {sorted(team.sellers)}", lambda: _likely(team))
    target, before = _target(whom, team, likely, beside), None
    if whom.is_self or beside == LAST_YEAR:
        before = _before(whom)
        if before is None and beside == LAST_YEAR:
            return None
    if target is None:
        return None
    mine = likely[whom.person_id]
    return gap(
        team.sellers[whom.person_id],
        list(team.sellers.values()),
        target,
        (mine.booked_usd, mine.open_usd),
        _weeks(whom.person_id, team),
        before,
    )


def _weeks(person_id: str, team: Selling) -> float:
    """How many weeks of the period somebody fills."""
    period = session.filters().period
    return weeks_filled(team.rows[person_id], period.from_on, period.to_on)


def _target(whom: Person, team: Selling, likely: dict[str, _Likely], beside: str) -> Decimal | None:
    if beside == TEAM:
        # The mean of a week that somebody fills: who is there for half of them reaches half of it.
        weeks = Decimal(sum(_weeks(one, team) for one in likely))
        if not weeks:
            return None
        all_of_it = sum((one.usd for one in likely.values()), Decimal(0))
        own = Decimal(_weeks(whom.person_id, team))
        return (all_of_it * own / weeks).quantize(CENT, ROUND_HALF_UP)
    if beside == LAST_YEAR:
        then = _year_ago()
        if then is None:
            return None
        standing = session.answer("attainment", replace(asked(), period=then))
        return _of(standing, whom.person_id, "booked_usd")
    return _of(session.answer("attainment", asked()), whom.person_id, "quota_usd")


def _likely(team: Selling) -> dict[str, _Likely]:
    """Of each of the team: booked, and what the open deals that are due will bring."""
    now = session.filters()
    runs = now.as_of < now.period.to_on
    names = ("attainment", "coaching_open") if runs else ("attainment",)
    standing, *still_open = session.answers(*((name, asked()) for name in names))
    brought = dict.fromkeys(team.sellers, Decimal(0))
    for opened in still_open:
        for person_id, usd in zip(opened["person_id"], opened["expected_usd"], strict=True):
            if person_id in brought:
                brought[person_id] += Decimal(str(usd))
    return {
        one: _Likely(_of(standing, one, "booked_usd") or Decimal(0), usd)
        for one, usd in brought.items()
    }


def _of(standing: pd.DataFrame, person_id: str, name: str) -> Decimal | None:
    own = standing.loc[standing["person_id"] == person_id, name]
    return None if own.empty or pd.isna(own.iloc[0]) else Decimal(str(own.iloc[0]))


def _year_ago() -> Period | None:
    """The same period of the year before; None where the calendar does not reach back."""
    try:
        return earlier(comparing.LAST_YEAR, session.calendar(), session.filters().period)
    except (PeriodUnknown, OverflowError):
        return None


def _before(whom: Person) -> Factors | None:
    """One's own year before this one, where something was decided in it."""
    beside = None if whom.is_self else manager_of(whom)
    then = selling(window(session.filters().as_of - YEAR), beside)
    mine = then.sellers.get(whom.person_id)
    if mine is None or not mine.counts["decided_deals"]:
        return None
    return own_before(mine, list(then.sellers.values()), _period_weeks())


def _period_weeks() -> float:
    period = session.filters().period
    return ((period.to_on - period.from_on).days + 1) / 7
