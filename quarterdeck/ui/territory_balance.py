"""Where is the load uneven? The cards of the balance, and its rows in exact figures."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any, Literal

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from quarterdeck.charts.territory import LEAST, MOST, balance
from quarterdeck.domain.thresholds import threshold
from quarterdeck.metrics import exact_money, money, share
from quarterdeck.ui import choosing, session
from quarterdeck.ui.cards import card, explain, note, say
from quarterdeck.ui.downloads import download
from quarterdeck.ui.plain import plain, tidy
from quarterdeck.ui.territory import (
    COMPOSITE,
    MEASURES,
    PERSON,
    Found,
    beside_it,
    drawn,
    how_held,
    listed,
    points,
)  # fmt: skip
from quarterdeck.ui.words import counted

FEW = 8
TITLES = {
    "potential": "Potential",
    "workload": "Workload",
    "mrr": "Installed MRR",
    "open": "Open pipeline",
    "travel": "Travel",
    "strategic": "Strategic accounts",
}
NONE_OF_IT = {
    "potential": "No account has a potential.",
    "workload": "No visit is due.",
    "mrr": "Nothing is installed.",
    "open": "Nothing is open.",
    "travel": "No way is known: it takes the places of accounts and of where people start from.",
    "strategic": "Nobody holds a strategic account.",
}
AMOUNTS: dict[str, tuple[str, str, Literal["dollar", "localized"]]] = {
    "potential_usd": ("Potential", "{} of potential", "dollar"),
    "workload_visits": ("Visits a year", "{} visits a year", "localized"),
    "mrr_usd": ("Installed MRR", "{} a month installed", "dollar"),
    "open_usd": ("Open pipeline", "{} open", "dollar"),
    "travel_miles": ("Miles", "{} miles", "localized"),
    "strategic_accounts": ("Strategic accounts", "{} strategic", "localized"),
}
"""Of each measure, in its order: the column, its heading, how a sentence says it, how a table."""


def few(people: pd.DataFrame, pick: str = "") -> pd.DataFrame:
    """As many as can be read at once: those furthest from equal all together, and who is picked."""
    if len(people) <= FEW:
        return people
    far = (people["composite_index"] - 1).abs()
    order = people.assign(far=far).sort_values(["far", "short"], ascending=[False, True])
    shown = order.head(FEW)
    if pick in {*order[PERSON]} - {*shown[PERSON]}:
        return pd.concat([shown.head(FEW - 1), order[order[PERSON] == pick]])
    return shown


def balance_rows(people: pd.DataFrame, measure: str, within: float, pick: str = "") -> pd.DataFrame:
    """The rows of `charts.territory.balance`, in the order given; none where nobody has any."""
    known = people[[PERSON, "short", "person_name", f"{measure}_index", *_amount_of(measure)]]
    rows = []
    for place, one in enumerate(known.to_dict("records")):
        index = points(one[f"{measure}_index"])
        if index != index:
            continue
        is_outside = abs(index - 100) > within
        rows.append({
            PERSON: one[PERSON],
            "person": one["short"],
            "place": place,
            "index": index,
            "shown": min(max(index, LEAST), MOST),
            "figure": f"{'◆ ' * is_outside}{index:,.0f}",
            "exact_words": f"{one['person_name']}: {index:,.0f}{_amount(one, measure)}",
            "is_outside": is_outside,
            "is_faded": bool(pick) and one[PERSON] != pick,
            "low": 100 - within,
            "high": 100 + within,
        })  # fmt: skip
    return pd.DataFrame(rows)


def _amount(one: Mapping[Hashable, Any], measure: str) -> str:
    """What stands behind an index, to the cent."""
    for column in _amount_of(measure):
        _, words, form = AMOUNTS[column]
        amount = exact_money(one[column]) if form == "dollar" else f"{one[column]:,.0f}"
        return f", {words.format(amount)}"
    return ""


def _amount_of(measure: str) -> list[str]:
    """The column of a measure; the composite has none."""
    return [column for name, column in zip(MEASURES, AMOUNTS, strict=True) if name == measure]


def said(rows: pd.DataFrame, title: str) -> str:
    """What one picture shows, for those who do not see it."""
    outside = rows[rows["is_outside"]]
    figures = ", ".join(f"{one['person']} {one['index']:.0f}" for one in rows.to_dict("records"))
    apart = ", ".join(outside["person"]) or "nobody"
    return f"{title}, 100 is an equal share: {figures}; outside the tolerance: {apart}"


def weights_said(settings: Mapping[str, str]) -> str:
    """By which weights the six become one number."""
    weights = {words: threshold(settings, f"weight_{name}") for name, words in MEASURES.items()}
    parts = [f"{weight:g} {words}" for words, weight in weights.items() if weight]
    return f"By the weights {', '.join(parts)}." if parts else "Every weight is 0."


def furthest(known: Found) -> list[str]:
    """For each measure in which somebody lies outside the tolerance who has most and who least;
    the one with the furthest first."""
    found = []
    for measure, title in TITLES.items():
        column = f"{measure}_index"
        ranked = known.people.dropna(subset=column).sort_values([column, "short"])
        ends = ranked.iloc[[-1, 0]].to_dict("records") if len(ranked) else []
        far = [abs(points(one[column]) - 100) for one in ends]
        both = [
            _end(known, measure, one)
            for one, away in zip(ends, far, strict=True)
            if away > known.points
        ]
        if both:
            found.append((max(far), f"**{title}:** {', '.join(both)}"))
    return [words for _, words in sorted(found, reverse=True)]


def _end(known: Found, measure: str, one: Mapping[Hashable, Any]) -> str:
    """One person, or how many have as much; the index, and what it stands for."""
    (column,), index = _amount_of(measure), f"{measure}_index"
    alike = int((known.people[index] == one[index]).sum())
    who = plain(one["short"]) if alike == 1 else f"{alike} of {len(known.people)}"
    amount = _short_amount(column, one[column])
    return f"{who} at {points(one[index]):,.0f} :gray[({amount}{' each' * (alike > 1)})]"


def _short_amount(column: str, amount: float) -> str:
    _, words, form = AMOUNTS[column]
    return words.format(money(amount) if form == "dollar" else f"{amount:,.0f}")


def together(known: Found, pick: str) -> None:
    """The six measures as one number a person, and what must be known to read it."""
    shown = few(known.people, pick)
    with card("Who carries most?", explains="composite_index", stretch=True) as beside:
        if shown["composite_index"].notna().any():
            _picture(known, shown, COMPOSITE, beside, pick)
            note(f"{weights_said(session.settings())} {_order(known, shown)}")
            say("  \n".join(f":small[{line}]" for line in furthest(known)))
        for line in beside_it(known):
            say(line)
        if len(known.people) > FEW:
            _teams()


def in_hand(known: Found) -> None:
    """With nobody to compare with: how much there is."""
    with card("How much is that?", explains="potential_usd", stretch=True):
        everyone = known.everyone
        accounts = counted(known.accounts, "account")
        say(f"**{accounts}**, {int(everyone['customers']):,} with something installed")
        for column in AMOUNTS:
            say(_short_amount(column, everyone[column]))
        renewals = counted(int(everyone["renewals_soon"]), "renewal")
        say(f"{renewals} within 90 days, {money(everyone['renewing_usd'])} a month")
        for line in beside_it(known):
            say(line)
        how_held(known)
        exact_figures(known)


def _order(known: Found, shown: pd.DataFrame) -> str:
    left = len(known.people) - len(shown)
    rest = f" Furthest from 100 first; {left} more are nearer." if left else ""
    low, high = 100 - known.points, 100 + known.points
    return f"Band: {low:g}–{high:g}, fair enough; ◆ outside it.{rest}"


def _teams() -> None:
    """One button a team: the page, narrowed to it."""
    managers = session.team()
    managers = managers[managers["is_manager"]]
    leaders = managers[~managers[PERSON].isin(managers["manager_id"])]
    with st.container(horizontal=True):
        for one in leaders.head(FEW).to_dict("records"):
            label = f"{plain(str(one['person_name']))}’s team"
            st.button(
                label,
                icon=":material/group:",
                type="tertiary",
                key=f"balance of team {one[PERSON]}",
                on_click=_narrow,
                args=(str(one[PERSON]),),
            )


def _narrow(person_id: str) -> None:
    choosing.turn_over()
    choosing.choose(person_ids=(person_id,))


def uneven_load(known: Found, spread: pd.DataFrame, pick: str) -> None:
    """A small picture for each measure, the same people in the same order."""
    shown, apart = few(known.people, pick), spread.set_index("measure").to_dict("index")
    with card("Where is the load uneven?", explains="balance_index"):
        with st.grid(3, min_column_width=300, gap="medium"):
            for measure in MEASURES:
                with st.container(gap="xxsmall"):
                    _measure(known, shown, measure, apart.get(measure, {}), pick)
        note(f"{_order(known, shown)} A click shows one person, a second one all.")
        exact_figures(known)


def _measure(
    known: Found, shown: pd.DataFrame, measure: str, apart: Mapping[Hashable, Any], pick: str
) -> None:
    is_known = bool(known.people[f"{measure}_index"].notna().any())
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
        st.markdown(f"**{TITLES[measure]}**", width="content")
        if is_known and apart:
            label = f":gray[spread {tidy(share(apart['spread']))}]"
            rivals = {str(name): each for name, each in apart.items()}
            explain("spread", label=label, key=f"spread of {measure}", rivals=rivals)
        st.space("stretch")
        beside = st.container(width="content")
    if not is_known:
        say(f":gray[{NONE_OF_IT[measure]}]")
        return
    _picture(known, shown, measure, beside, pick)


def _picture(
    known: Found, shown: pd.DataFrame, measure: str, beside: DeltaGenerator, pick: str
) -> None:
    """Drawn are a few, listed all of them."""
    key, title = f"balance {measure}", TITLES.get(measure, "All six together")
    rows = balance_rows(shown, measure, known.points, pick)
    drawn(balance, rows, alt=said(rows, title), key=key)
    every = (
        rows
        if len(shown) == len(known.people)
        else balance_rows(known.people, measure, known.points)
    )
    listed(every, key=key, beside=beside, pick=pick)


@st.fragment
def exact_figures(known: Found) -> None:
    """Everyone's amounts and indexes, sent only while it is open, and as a file."""
    with st.expander("Exact figures", key="balance figures", on_change="rerun") as opened:
        if not opened.open:
            return
        everyone = pd.concat([known.people, known.away])
        indexes = {f"{name}_index": f"{TITLES[name]}, index" for name in MEASURES}
        indexes[f"{COMPOSITE}_index"] = "All six, index"
        rows = everyone[["person_name", "filled_share", "accounts", *AMOUNTS, *indexes]].copy()
        rows[[*indexes]] = rows[[*indexes]] * 100
        number = st.column_config.NumberColumn
        config = {
            "person_name": st.column_config.TextColumn("Name"),
            "filled_share": number("Filled", format="percent"),
            "accounts": number("Accounts", format="localized"),
            **{column: number(title, format=form) for column, (title, _, form) in AMOUNTS.items()},
            **{name: number(title, format="%.1f") for name, title in indexes.items()},
        }
        st.dataframe(rows, column_config=config, hide_index=True, key="balance rows")
        with st.container(horizontal=True):
            asked, all_of_them = session.filters(), counted(len(rows), "person")
            download(f"{all_of_them} as CSV", "territory_balance", asked, key="balance file")
            download("Spreads as CSV", "territory_spread", asked, key="spread file")
