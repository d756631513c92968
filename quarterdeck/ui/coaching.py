"""What is known of how somebody sells, and of what is coached: read once for all cards."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pandas as pd
import streamlit as st

from quarterdeck.commands.capacity import FOREVER
from quarterdeck.domain.calendar import Period, custom
from quarterdeck.domain.capacity import RAMP, Position, Spell, filled_days, ramp_in
from quarterdeck.domain.selling import (
    Seller,
    seller_of,
    skills,
    with_potentials,
)
from quarterdeck.domain.shrinkage import Evidence
from quarterdeck.filters import Filters
from quarterdeck.refusal import Refused
from quarterdeck.ui import session
from quarterdeck.ui.cards import refusal
from quarterdeck.ui.words import records

WINDOW_DAYS = 364
"""How long back somebody's selling is looked at: 52 weeks."""
SELLING = ("executive", None)
"""Whose selling is looked at: who is said to sell, or nothing of."""
_REFUSED, _TURN, _DONE = "coaching refused", "coaching turn", "coaching done"
Row = Mapping[Any, Any]


@dataclass(frozen=True)
class Person:
    """Whose page it is, and what the viewer is to them."""

    person_id: str
    name: str
    is_led: bool
    is_self: bool
    leads: bool = False

    @property
    def first_name(self) -> str:
        return self.name.split(" ")[0]


@dataclass(frozen=True)
class Selling:
    """A team's year up to the day: how each sells, and how each stands beside the others."""

    rows: dict[str, Row]
    sellers: dict[str, Seller]
    evidence: dict[str, dict[str, Evidence]]


def asked() -> Filters:
    """The page's question for everyone in sight, whoever is chosen."""
    return replace(session.filters(), person_ids=())


def timeless() -> Filters:
    """The same where the period says nothing: one answer, whichever is chosen."""
    return replace(asked(), period=year())


def narrowed() -> Filters:
    """The same for those who are chosen in the sentence, and those below them."""
    return replace(session.filters(), period=year())


def whole(as_of: date | None = None) -> Filters:
    """Everything, by its amount, in the teams of its day: what is frozen for good follows no filter
    of a page."""
    now = session.filters()
    return Filters(now.period, as_of or now.as_of, today=now.today)


def fresh(name: str, person_id: str = "") -> pd.DataFrame:
    """What is coached, as it stands after the last entry, of somebody alone (with what they do for
    somebody out of sight) or of everyone in sight."""
    people = (person_id,) if person_id else ()
    found = session.answer(name, replace(timeless(), person_ids=people), plan_turn=drawn())
    return found[found["person_id"].isin([person_id, ""])] if person_id else found


def chosen(name: str) -> pd.DataFrame:
    """The same of those who are chosen in the sentence, and those below them."""
    return session.answer(name, narrowed(), plan_turn=drawn())


def people() -> Sequence[Row]:
    """Everyone whose coaching is in sight: leaders first have no page here of their own."""
    return records(chosen("coaching_board"))


def person() -> Person | None:
    """The one whose page is shown: oneself, or the one that is chosen; None for a team's page."""
    viewer, picked = session.viewer(), session.filters().person_ids
    if viewer.role == "executive":
        names = session.answer("people", timeless())
        own = names.loc[names["person_id"] == viewer.viewer_id, "person_name"]
        return Person(viewer.viewer_id, str(own.iloc[0]), False, True) if len(own) else None
    if len(picked) != 1:
        return None
    team = session.team()
    who = records(team[team["person_id"] == picked[0]])
    leads = any(one["is_manager"] for one in who)
    if picked[0] == viewer.viewer_id and who:
        return Person(picked[0], str(who[0]["person_name"]), False, True, leads)
    found = [one for one in people() if one["person_id"] == picked[0]]
    if not found or (leads and not (found[0]["is_led"] and viewer.role == "area_director")):
        return None
    return Person(picked[0], str(found[0]["person_name"]), bool(found[0]["is_led"]), False, leads)


def window(last: date, days: int = WINDOW_DAYS) -> Period:
    return custom(str(last - timedelta(days=days - 1)), str(last))


def year() -> Period:
    """The 52 weeks up to the day."""
    return window(session.filters().as_of)


def selling(
    stretch: Period, manager_id: str | None = None, about: Filters | None = None
) -> Selling:
    """How everyone of one team sold over a stretch of days, each from when they came to it; '' for
    those who report to nobody, None for everyone in sight."""
    # Of a team that is known nobody else is asked for.
    people = (manager_id,) if manager_id else ()
    about = replace(about or asked(), period=stretch, person_ids=people)
    facts = session.answer("coaching_facts", about)
    rows = [one for one in records(facts) if one["role"] in SELLING]
    if manager_id is not None:
        rows = [one for one in rows if (one["manager_id"] or "") == manager_id]
    last = min(stretch.to_on, session.filters().as_of)
    firsts = [_first(one, stretch.from_on, manager_id) for one in rows]
    sellers = [
        seller_of(one, weeks_filled(one, first, last))
        for one, first in zip(rows, firsts, strict=True)
    ]
    potentials = {str(one["person_id"]): float(one["potential_usd"]) for one in rows}
    weighed = with_potentials(sellers, potentials)
    known = {one.person_id: one for one in weighed}
    return Selling({str(one["person_id"]): one for one in rows}, known, skills(weighed))


def manager_of(whom: Person) -> str:
    """Whose team somebody is measured beside; '' for nobody's."""
    team = session.team()
    own = team.loc[team["person_id"] == whom.person_id, "manager_id"]
    return str(own.iloc[0]) if len(own) and isinstance(own.iloc[0], str) else ""


def begin() -> None:
    """At the start of the page: what was refused, and what was done, at the last click."""
    refused = st.session_state.pop(_REFUSED, None)
    if refused:
        refusal(refused)
    done = st.session_state.pop(_DONE, "")
    if done:
        st.toast(done, icon=":material/check:")


def act(change: Callable[..., Any], command: Any, done: str = "") -> None:
    """One change, as a button's callback; forms are drawn anew once it holds."""
    try:
        change(session.engine(), command, scope=session.viewer())
    except Refused as refused:
        st.session_state[_REFUSED] = refused
        return
    finally:
        session.forget_plans()
    st.session_state[_TURN] = turn() + 1
    st.session_state[_DONE] = done


def turn() -> int:
    """A part of the key of every form here: another one once what it said is written down."""
    return int(st.session_state.get(_TURN, 0))


def drawn() -> int:
    """The version that the forms of this run show: whoever saves after another is told both."""
    return int(session.once("plan version", session.engine().plan_version))


def key(name: str, thing: str = "") -> str:
    return f"coach {name} {thing} {turn()}"


def typed(name: str, thing: str = "") -> Any:
    """What stands in a widget of these forms."""
    return st.session_state.get(key(name, thing))


def _first(row: Row, from_on: date, manager_id: str | None) -> date:
    """What was done before somebody came to a team is not seen with it."""
    since = row["since_on"] if manager_id else None
    return from_on if since is None else max(from_on, since.date())


def weeks_filled(row: Row, first: date, last: date) -> float:
    """How long somebody was there between two days: from being hired, else from the first thing
    known of them; without leave, and by the ramp while they are new."""
    hired, left, known = (
        None if row[name] is None else row[name].date()
        for name in ("hired_on", "left_on", "first_on")
    )
    if hired is None and known is not None:
        first = max(first, known)
    spells = session.once("spells", _spells).get(str(row["person_id"]), ())
    position = Position(hired, left, spells)
    ramp = ramp_in(session.settings().get(RAMP)) or ()
    return filled_days(session.calendar(), first, last, position, ramp) / 7


def _spells() -> dict[str, tuple[Spell, ...]]:
    """What is known of leave, part time and own ramps, by person_id."""
    found: dict[str, tuple[Spell, ...]] = {}
    for one in records(session.answer("capacities", timeless())):
        ends = FOREVER if one["ends_on"] is None else one["ends_on"].date() + timedelta(days=1)
        share = Decimal(str(one["filled_share"]))
        spell = Spell(str(one["kind"]), share, one["starts_on"].date(), ends)
        found[one["person_id"]] = (*found.get(one["person_id"], ()), spell)
    return found
