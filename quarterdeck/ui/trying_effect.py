"""What would a realignment do: to the balance, to quotas and forecast, to renewals and people?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from quarterdeck.filters import Filters
from quarterdeck.metrics import EMPTY, exact_money, money, share
from quarterdeck.ui import session
from quarterdeck.ui.cards import card, note, say, table
from quarterdeck.ui.downloads import download
from quarterdeck.ui.letter_words import Turn, turned
from quarterdeck.ui.plain import plain
from quarterdeck.ui.words import counted

MEASURES = {
    "potential": "Potential",
    "workload": "Workload",
    "mrr": "Installed MRR",
    "open": "Open pipeline",
    "travel": "Travel",
    "strategic": "Strategic accounts",
}
FEW = 8


def spread_of(rows: pd.DataFrame, measure: str) -> float:
    """The coefficient of variation of a measure; not a number where nobody holds any of it."""
    found = rows.loc[rows["measure"] == measure, "spread"]
    return float(found.iloc[0]) if len(found) else float("nan")


def show(plan: pd.Series, asked: Filters) -> None:
    """Before and after, measure by measure and person by person."""
    scenario_id = str(plan["scenario_id"])
    people = session.planned("scenario_people", scenario_id, asked)
    with card("Is it fairer?", explains="spread"):
        measures(
            scenario_id, asked, dict(zip(people["person_id"], people["person_name"], strict=True))
        )
    with card("Who would hold what?", key="plan people"):
        _people(people)
        with st.container(horizontal=True):
            download(
                "Everyone as CSV",
                "scenario_people",
                asked,
                key="plan people file",
                scenario_id=scenario_id,
            )
    with card("What would change in the forecast?", key="plan pipeline"):
        _pipeline(scenario_id, asked)
    with card("What would each quota be?", key="plan quotas"):
        _quotas(plan, asked)


def measures(scenario_id: str, asked: Filters, names: Mapping[str, str]) -> None:
    """Each measure's spread as it is and as it would be, and who stands furthest from the rest."""
    before, after = (session.planned("territory_spread", one, asked) for one in ("", scenario_id))
    rows = []
    for measure, label in MEASURES.items():
        was, would = spread_of(before, measure), spread_of(after, measure)
        rows.append((label, _shown(was), _shown(would), _furthest(after, measure, names)))
    frame = pd.DataFrame(rows, columns=["Spread of", "As it is", "Would be", "Then"])
    table(frame, alt="The spread of each measure as it is and as it would be")
    note(
        "Spread: the coefficient of variation of what each holds for a whole position; 0 % is even."
    )


def _shown(spread: float) -> str:
    return EMPTY if spread != spread else share(spread)


def _furthest(spread: pd.DataFrame, measure: str, names: Mapping[str, str]) -> str:
    found = spread[spread["measure"] == measure]
    if found.empty:
        return "nobody holds any"
    row = found.iloc[0]
    both = {row[f"{end}_id"]: row[f"{end}_index"] for end in ("largest", "smallest")}
    return ", ".join(
        f"{plain(names.get(one, one))} {index * 100:.0f}" for one, index in both.items()
    )


def _people(people: pd.DataFrame) -> None:
    own = people[people["person_id"] != "all"]
    touched = own[(own["new_accounts"] > 0) | (own["lost_accounts"] > 0)]
    if touched.empty:
        say("Nothing moves yet, so everyone keeps what they hold.")
        return
    rows = [
        (
            f"**{plain(one['person_name'])}**  \n:gray[{_exchange(one)}]",
            _turn(money(one["potential_usd"]), money(one["next_potential_usd"])),
            _turn(money(one["mrr_usd"]), money(one["next_mrr_usd"])),
            _risk(one),
        )
        for one in touched.head(FEW).to_dict("records")
    ]
    frame = pd.DataFrame(rows, columns=["Who", "Potential", "Installed MRR", "At risk"])
    table(frame, alt=f"{counted(len(touched), 'executive')} before and after")
    whole = people[people["person_id"] == "all"].iloc[0]
    note(
        f"All together stay at {exact_money(whole['potential_usd'])} of potential, "
        f"{exact_money(whole['mrr_usd'])} of installed MRR and "
        f"{exact_money(whole['open_usd'])} open."
    )


def _exchange(one: Mapping[Any, Any]) -> str:
    parts = []
    if one["new_accounts"]:
        parts.append(f"gets {int(one['new_accounts']):,}")
    if one["lost_accounts"]:
        parts.append(f"gives {int(one['lost_accounts']):,}")
    return f"{', '.join(parts)}; {int(one['next_accounts']):,} accounts then"


def _turn(was: str, would: str) -> str:
    return was if was == would else f"{was} → {would}"


def _risk(one: Mapping[Any, Any]) -> str:
    parts = []
    if one["relationships"]:
        parts.append(f"{counted(int(one['relationships']), 'relationship')} broken")
    got = int(one["next_renewals_soon"] - one["renewals_soon"])
    if got > 0:
        parts.append(f"{counted(got, 'renewal')} more within 90 days")
    miles = int(one["next_travel_miles"] - one["travel_miles"])
    if miles:
        parts.append(f"{abs(miles):,} miles {'more' if miles > 0 else 'less'}")
    return ", ".join(parts) or "nothing"


def _pipeline(scenario_id: str, asked: Filters) -> None:
    rows = session.planned("scenario_pipeline", scenario_id, asked)
    moved = rows[rows["credit_usd"] != rows["next_credit_usd"]]
    if moved.empty:
        say("No open deal would be credited to somebody else.")
        return
    found = [
        (
            f"**{plain(one['person_name']) or 'Nobody'}**",
            plain(one["forecast_category"]) or "without a category",
            _turn(money(one["credit_usd"]), money(one["next_credit_usd"])),
        )
        for one in moved.head(3 * FEW).to_dict("records")
    ]
    columns = ["Who", "Category", "Open credit"]
    table(pd.DataFrame(found, columns=columns), alt="Open credit by forecast category")
    note(
        "By the rule for open deals, which Publish shows. What is closed stays with who closed it."
    )


def _quotas(plan: pd.Series, asked: Filters) -> None:
    """What each remaining month adds to, kept or re-based, with the arithmetic."""
    if plan["quota_rule"] != "rebased":
        say("**Quotas stay as they are.** Publish offers to let a part follow the potential.")
        return
    scenario_id = str(plan["scenario_id"])
    quotas = session.planned("scenario_quotas", scenario_id, asked).to_dict("records")
    flows = session.planned("scenario_flows", scenario_id, asked).to_dict("records")
    turn = turned(quotas, flows, asked.basis)
    moved = [one for one in turn.after if turn.after[one] != turn.before[one]]
    if not moved:
        say("No quota of a month that begins on that day or later would change.")
        return
    names = {str(one["person_id"]): str(one["person_name"]) for one in quotas}
    names |= {str(one["to_id"]): str(one["to_name"]) for one in flows}
    found = [
        (
            f"**{plain(names.get(one, one))}**",
            exact_money(float(turn.before[one])),
            exact_money(float(turn.after[one])),
            plain(_because(turn, one)),
        )
        for one in sorted(moved, key=lambda each: -turn.after[each])[:FEW]
    ]
    columns = ["Who", "As it is", "Would be", "Because"]
    table(pd.DataFrame(found, columns=columns), alt="Quotas before and after")
    was, would = (exact_money(float(sum(each.values()))) for each in (turn.before, turn.after))
    note(f"Of the months that begin on that day or later; together {was} → {would}.")


def _because(turn: Turn, person_id: str) -> str:
    said = [f"{share(part)} of {name}’s potential" for part, name in turn.comes[person_id]]
    if part := turn.goes[person_id]:
        said.append(f"gives {share(part)} of the own potential")
    return "; ".join(said)
