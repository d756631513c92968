"""A box on the map picks the accounts within it."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, partial
from typing import Any

import pandas as pd
import streamlit as st

from quarterdeck.charts import house
from quarterdeck.charts.territory_box import BOX, Frame, box_map, frame_of
from quarterdeck.filters import Filters
from quarterdeck.geography import shapes
from quarterdeck.metrics import money
from quarterdeck.ui import session
from quarterdeck.ui.cards import mode, note, say
from quarterdeck.ui.territory_land import owner_numbers
from quarterdeck.ui.words import counted

MOST = 1_000
REGIONS = 16


@lru_cache(maxsize=REGIONS)
def region(states: tuple[str, ...], frame: Frame) -> Callable[[], house.Chart]:
    """The picture of these states, the same one each time."""
    return partial(box_map, shapes.cut(states), frame)


def within(scenario_id: str, asked: Filters) -> list[str]:
    """The accounts in the box that is drawn; none without one."""
    rows = session.planned("territory_accounts", scenario_id, asked, rows_shown=MOST)
    counties = session.planned("territory_counties", scenario_id, asked)
    placed = rows[rows["latitude"].notna()]
    if placed.empty:
        say("No account has a place yet: an address puts it on the map.")
        return []
    around = {one for each in counties["county_fips"] for one in shapes.neighbours(each)}
    ring = sorted(around - set(counties["county_fips"]))
    frame = frame_of([shapes.centre(each) for each in counties["county_fips"]])
    chart = region(shapes.states_of([*counties["county_fips"], *ring]), frame)
    drawn = _rows(placed, counties, ring, frame)
    event = st.vega_lite_chart(
        drawn, house.constant(chart, mode()), theme=None, key=f"plan map {scenario_id}",
        alt=f"{counted(len(placed), 'account')} in {counted(len(counties), 'county')}",
        on_select="rerun",
    )  # fmt: skip
    note("Draw a box to choose what lies in it; ◆ changes hands. A double click lets it go.")
    left = int(rows["accounts_in_all"].iloc[0]) - len(rows)
    if left > 0:
        note(f"The largest {len(rows):,} are drawn; {left:,} more are in the table only.")
    return picked(drawn, dict(event["selection"].get(BOX) or {}))


def picked(drawn: pd.DataFrame, box: dict[str, Any]) -> list[str]:
    """The account_ids of the rows within the two spans of a box."""
    if not box.get("east") or not box.get("north"):
        return []
    inside = pd.Series(True, index=drawn.index)
    for name in ("east", "north"):
        low, high = sorted(map(float, box[name]))
        inside &= drawn[name].between(low, high)
    found = drawn[inside & drawn["account_id"].notna()]
    return [str(each) for each in found["account_id"]]


def _rows(
    placed: pd.DataFrame, counties: pd.DataFrame, ring: list[str], frame: Frame
) -> pd.DataFrame:
    numbers = owner_numbers(counties, shapes.neighbours)
    most = max(float(placed["potential_usd"].max()), 1.0)
    points = pd.DataFrame(
        {
            "account_id": placed["account_id"],
            "east": placed["longitude"] * frame.shrink,
            "north": placed["latitude"],
            "size": placed["potential_usd"] / most,
            "owner_number": [numbers.get(one, 0) for one in placed["person_id"]],
            "is_moved": placed["is_moved"].astype(bool),
            "exact_words": [
                f"{one['account_name']}: {one['person_name'] or 'nobody'}, "
                f"{money(one['potential_usd'])}"
                for one in placed.to_dict("records")
            ],
        }
    )
    land = pd.DataFrame(
        {
            "county_fips": [*counties["county_fips"], *ring],
            "owner_number": [
                *(numbers.get(one) for one in counties["person_id"]),
                *(None for _ in ring),
            ],
        }
    )
    return pd.concat([land, points], ignore_index=True)
