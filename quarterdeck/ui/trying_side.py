"""Two or three realignments beside how it is: which moves least, and which is fairest?"""

from __future__ import annotations

import pandas as pd
import streamlit as st

from quarterdeck.filters import Filters
from quarterdeck.metrics import EMPTY, money, share
from quarterdeck.ui import session
from quarterdeck.ui.cards import card, note, say, table
from quarterdeck.ui.plain import plain
from quarterdeck.ui.trying_effect import MEASURES, spread_of

MOST = 2
"""Besides the one that is looked at: a fifth column would make a phone scroll."""


def show(plans: pd.DataFrame, plan: pd.Series, asked: Filters) -> None:
    """The one looked at, and others that may be seen."""
    others = plans[plans["scenario_id"] != plan["scenario_id"]]
    with card("Which one is better?", key="plan beside"):
        if others.empty:
            say("There is only this one. **Copy it** (More), change the copy, then compare.")
            return
        names = dict(zip(others["scenario_id"], others["scenario_name"], strict=True))
        beside = st.multiselect(
            "Beside it",
            list(names),
            default=list(names)[:1],
            max_selections=MOST,
            format_func=lambda one: names[one],
            key=f"beside {plan['scenario_id']}",
        )
        chosen = [plan, *(others[others["scenario_id"] == one].iloc[0] for one in beside)]
        titles = ["", *(_titled(one, chosen) for one in chosen)]
        columns = [_column(str(one["scenario_id"]), asked) for one in chosen]
        rows = list(zip(_labels(), *columns, strict=True))
        table(pd.DataFrame(rows, columns=titles), alt="Realignments side by side")
        note("The spread of each measure after →; as it is before it. The smaller the fairer.")


def _titled(one: pd.Series, chosen: list[pd.Series]) -> str:
    """Two of one name, of two directors, are told apart."""
    name = plain(one["scenario_name"])
    alike = sum(other["scenario_name"] == one["scenario_name"] for other in chosen)
    return name if alike == 1 else f"{name} ({plain(one['director_name'] or 'owner')})"


def _labels() -> list[str]:
    return [
        "Accounts that move",
        "Their potential",
        "Their installed MRR",
        "Open credit that moves",
        "Relationships broken",
        "Renewals within 90 days that move",
        "Miles",
        *(f"{label}: spread" for label in MEASURES.values()),
    ]


def _column(scenario_id: str, asked: Filters) -> list[str]:
    sums = session.planned("scenario_sums", scenario_id, asked).iloc[0]
    before, after = (session.planned("territory_spread", one, asked) for one in ("", scenario_id))
    miles = round(sums["next_travel_miles"]) - round(sums["travel_miles"])
    return [
        f"{int(sums['accounts']):,}",
        money(sums["potential_usd"]),
        money(sums["mrr_usd"]),
        money(sums["credit_usd"]),
        f"{int(sums['relationships']):,}",
        f"{int(sums['renewals_soon']):,}",
        f"{miles:+,}" if miles else "0",
        *(_turn(spread_of(before, name), spread_of(after, name)) for name in MEASURES),
    ]


def _turn(was: float, would: float) -> str:
    if was != was or would != would:
        return EMPTY
    return f"{share(was)} → {share(would)}"
