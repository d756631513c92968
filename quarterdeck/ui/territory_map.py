"""Who owns what? The map card: its colours, its words, and what is not on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache, partial
from typing import Any

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from quarterdeck.charts import house
from quarterdeck.charts.territory import TINTS, county_map
from quarterdeck.geography import shapes
from quarterdeck.metrics import exact_money, money
from quarterdeck.ui import session
from quarterdeck.ui.cards import card, note, say
from quarterdeck.ui.downloads import download
from quarterdeck.ui.empty import go
from quarterdeck.ui.limits import heat_map_points
from quarterdeck.ui.plain import plain
from quarterdeck.ui.territory import PERSON, Found, drawn, listed, whoever
from quarterdeck.ui.territory_land import (
    ATTAINMENT,
    DEEP,
    LOOKS,
    MOST_ROWS,
    OWNER,
    PENETRATION,
    POTENTIAL,
    WHITESPACE,
    Land,
    ends,
    rows_of,
)  # fmt: skip
from quarterdeck.ui.words import counted

KEY = "territory map"
MEANS = {
    OWNER: "potential_usd",
    POTENTIAL: "potential_usd",
    PENETRATION: "penetration",
    ATTAINMENT: "attainment",
    WHITESPACE: "untapped_usd",
}
"""Which number stands behind each colour."""
REGIONS = 16
MOST_ACCOUNTS = MOST_ROWS
MOST_STATES = 12
"""Shapes of more would be slow to send; the rest can be chosen."""
_COLOUR, _STATES = "map colour", "map states"
_HEADINGS: dict[str, Any] = {
    "account_name": "Account",
    "city": "City",
    "person_name": "Held by",
    "unplaced_why": "Why",
    "county_name": "County",
    "county_state": "State",
    "accounts": "Accounts",
    "customers": "With something installed",
    "last_on": st.column_config.DateColumn("Last activity"),
    **{
        name: st.column_config.NumberColumn(title, format="dollar")
        for name, title in (
            ("potential_usd", "Potential"), ("mrr_usd", "Installed MRR"),
            ("open_usd", "Open pipeline"), ("untapped_usd", "Untapped"),
        )
    },
}  # fmt: skip


def look() -> str:
    """By what the map is coloured, before the choice is drawn."""
    chosen = str(st.session_state.get(_COLOUR, OWNER))
    return chosen if chosen in LOOKS else OWNER


def also() -> tuple[str, ...]:
    """The answers that the colour chosen needs beside the map's own."""
    return ("attainment",) if look() == ATTAINMENT else ()


@lru_cache(maxsize=REGIONS)
def region(states: tuple[str, ...]) -> Callable[[], house.Chart]:
    """The picture of these states, the same one each time."""
    return partial(county_map, shapes.cut(states))


def land_of(known: Found, answers: list[pd.DataFrame], pick: str) -> Land:
    """What the map is drawn from: counties and accounts, with attainment where it is shown."""
    counties, accounts, *rest = answers
    people = pd.concat([known.people, known.away])
    amounts = zip(people["short"], people["potential_usd"], strict=True)
    names = dict(zip(people[PERSON], amounts, strict=True))
    reached = _reached(rest[0]) if rest else None
    return Land(counties, accounts, names, look(), pick, reached, heat_map_points())


def _reached(team: pd.DataFrame) -> dict[str, tuple[float, float]]:
    """What each reached of the quota, and what of it was expected: all once the period is over."""
    rows = team.dropna(subset="attainment").fillna({"expected_share": 1.0})
    both = zip(rows["attainment"], rows["expected_share"], strict=True)
    return dict(zip(rows[PERSON], both, strict=True))


def who_owns_what(known: Found, answers: list[pd.DataFrame], pick: str) -> None:
    """The card; without a place for any account it says how to get one."""
    with card("Who owns what?", explains=MEANS[look()], stretch=True, key="map") as top:
        with top:
            beside = st.container(horizontal=True, gap="xsmall", wrap=False)
        land = land_of(known, answers, pick)
        if land.counties.empty:
            _no_place()
        else:
            land = _narrowed(land, beside)
            rows = rows_of(land, shapes.neighbours, shapes.centre)
            states = shapes.states_of(land.counties["county_fips"])
            drawn(region(states), rows, alt=said(known, land), key=KEY)
            listed(_people(known, land), key=KEY, beside=beside, pick=pick)
            for line in words(known, land, rows):
                note(line)
        _not_on_it(known, answers[0])


def _no_place() -> None:
    say(
        "**No account has a place yet.** A ZIP, or city and state, in the file of accounts puts it "
        "on the map: drop the file again with those columns, and nothing is entered twice."
    )
    go("upload", "Drop a file of accounts", "upload_file", key="places to upload")


def _narrowed(land: Land, beside: DeltaGenerator) -> Land:
    """By what to colour, and which of the states that there are to draw."""
    st.segmented_control(
        "Colour",
        LOOKS,
        default=OWNER,
        required=True,
        key=_COLOUR,
        label_visibility="collapsed",
        persist_state="session",
    )
    states = land.counties.groupby("county_state")["accounts"].sum().sort_values(ascending=False)
    if len(states) < 2:
        return land
    with beside, st.popover(counted(len(states), "state"), type="tertiary", key="states"):
        chosen = st.multiselect(
            "States on the map",
            sorted(states.index),
            placeholder="All" if len(states) <= MOST_STATES else f"The {MOST_STATES} largest",
            max_selections=MOST_STATES,
            select_all=False,
            key=_STATES,
        )
    shown = chosen or [*states.index[:MOST_STATES]]
    if len(shown) == len(states):
        return land
    inside = land.counties[land.counties["county_state"].isin(shown)]
    accounts = land.accounts[land.accounts["county_state"].isin(shown)]
    return replace(land, counties=inside, accounts=accounts)


def _people(known: Found, land: Land) -> pd.DataFrame:
    """One line a holder: where and how much."""
    people = pd.concat([known.people, known.away]).sort_values("potential_usd", ascending=False)
    where = land.counties["person_id"].value_counts()
    words = [
        f"{one['person_name']}: {counted(int(where.get(one[PERSON], 0)), 'county')}, "
        f"{counted(int(one['accounts']), 'account')}, {exact_money(one['potential_usd'])}"
        for one in people.to_dict("records")
    ]
    return people[[PERSON]].assign(exact_words=words)


def said(known: Found, land: Land) -> str:
    """What the map shows, for those who do not see it."""
    where = counted(len(land.counties), "county")
    if land.look in DEEP:
        return f"{land.look} in {where}: {ends(land)}"
    if land.look == ATTAINMENT:
        reached = land.reached or {}
        behind = [
            land.names[each][0]
            for each in sorted(reached, key=lambda each: reached[each][0] - reached[each][1])
            if each in land.names and reached[each][1] - reached[each][0] >= land.tolerance / 100
        ]
        return f"Attainment in {where}; far behind: {', '.join(behind[:5]) or 'nobody'}"
    held = known.people.sort_values("potential_usd", ascending=False)
    if len(held) < 2:
        return f"{where} of {counted(len(held), 'executive')}"
    most, least = held.iloc[0], held.iloc[-1]
    return (
        f"{where} of {counted(len(held), 'executive')}; {most['short']} holds most potential, "
        f"{money(most['potential_usd'])}, {least['short']} least, {money(least['potential_usd'])}"
    )


def words(known: Found, land: Land, rows: pd.DataFrame) -> list[str]:
    """How to read it, who is picked, and what is left out."""
    lines = (_of_whom(known, land), _colours(land), _left_out(land, rows))
    return [line for line in lines if line]


def _of_whom(known: Found, land: Land) -> str:
    if land.pick:
        one = whoever(known, land.pick)
        where = counted(int((land.counties[PERSON] == land.pick).sum()), "county")
        held = counted(int(one["accounts"]), "account")
        return f"**{plain(one['person_name'])}**: {where}, {held}. A second click shows all again."
    number = counted(int(land.counties["accounts"].sum()), "account")
    states, holders = (land.counties[each].nunique() for each in ("county_state", PERSON))
    of = f" of {states} states" if states > 1 else ""
    click = " Click a county to see one executive." if holders > 1 else ""
    return f"{counted(len(land.counties), 'county')}{of}, {number}.{click}"


def _colours(land: Land) -> str:
    points = "Points: accounts around the middle of their ZIP, the larger the more potential."
    if land.look in DEEP:
        return f"{ends(land)} {points}"
    unheld = int((land.counties[PERSON] == "").sum())
    nobody = f" Orange: {counted(unheld, 'county')} held by nobody." if unheld else ""
    if land.look == ATTAINMENT:
        return (
            f"Blue: ahead of what was expected of the quota by now; orange: {land.tolerance:g} "
            f"points behind or more; grey: between, or no quota."
        )
    several = int((land.counties["holders"] > 1).sum())
    mixed = (
        f" {counted(several, 'county')} of several: in the colour of who holds most."
        if several
        else ""
    )
    again = " Colours repeat, neighbours’ differ." if len(land.names) > TINTS else ""
    return f"{points}{mixed}{again}{nobody}"


def _left_out(land: Land, rows: pd.DataFrame) -> str:
    shown = rows["kind"].value_counts()
    left = {
        "smaller county": len(land.counties) - int(shown.get("county", 0)),
        "smaller account": int(land.counties["accounts"].sum()) - int(shown.get("account", 0)),
    }
    parts = [counted(number, noun) for noun, number in left.items() if number > 0]
    return f"Not drawn: {' and '.join(parts)}." if parts else ""


@st.fragment
def _not_on_it(known: Found, counties: pd.DataFrame) -> None:
    """Which accounts have no place, and why; all counties in figures. Sent only while open."""
    left = known.accounts - int(counties["accounts"].sum())
    label = (
        f"{counted(left, 'account')} not on the map, and all counties" if left else "All counties"
    )
    with st.expander(label, key="map figures", on_change="rerun") as opened:
        if not opened.open:
            return
        asked = session.filters()
        if left:
            rows = session.answer("territory_accounts")
            rows = rows[rows["county_fips"].isna()].head(MOST_ROWS)
            shown = ["account_name", "city", "person_name", "potential_usd", "unplaced_why"]
            st.dataframe(rows[shown], column_config=_HEADINGS, hide_index=True, key="unplaced rows")
        shown = [
            *("county_name", "county_state", "person_name", "accounts", "customers"),
            *("potential_usd", "mrr_usd", "open_usd", "untapped_usd", "last_on"),
        ]
        st.dataframe(counties[shown], column_config=_HEADINGS, hide_index=True, key="county rows")
        with st.container(horizontal=True):
            download("Counties as CSV", "territory_counties", asked, key="counties file")
            download("Accounts as CSV", "territory_accounts", asked, key="map accounts file")
