"""Is the territory fair? Who is compared, what the answer says, and who is picked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from quarterdeck.charts import house
from quarterdeck.charts.territory import PICK
from quarterdeck.domain.thresholds import threshold
from quarterdeck.filters import Filters
from quarterdeck.metrics import money, share
from quarterdeck.ui import by_name, session
from quarterdeck.ui.address import unique_labels
from quarterdeck.ui.cards import action, card, mode, note, say
from quarterdeck.ui.empty import go
from quarterdeck.ui.plain import plain
from quarterdeck.ui.sentence import widen
from quarterdeck.ui.words import counted

PERSON = "person_id"
ALL, NOBODY = "all", ""
MEASURES = {
    "potential": "potential",
    "workload": "workload",
    "mrr": "installed MRR",
    "open": "open pipeline",
    "travel": "travel",
    "strategic": "strategic accounts",
}
"""What is compared, as the columns begin and as a sentence says it."""
COMPOSITE = "composite"
PICTURES = ("territory map", *(f"balance {each}" for each in (COMPOSITE, *MEASURES)))
"""The keys of all pictures in which somebody can be picked."""
_KEPT, _BEFORE = "territory pick", "territory clicks"
FEW_NAMED = 3
NEARLY_ALIKE = 1.1
"""Below so many times as much points say more."""
HOW_POTENTIAL = (
    "**No account has a potential yet.** It is what the file of accounts says; else the median of "
    "at least five accounts of its industry and size, of its size, or of all; else a year of what "
    "is installed."
)
HOW_HELD = (
    "**Who holds them?** The owner in the file of accounts says it, or who owns the module they "
    "lie in."
)


@dataclass(frozen=True)
class Found:
    """Who is compared (one row each, `short` is a word for nobody else), who is not, and the rest.

    `away` hold accounts and fill nothing of a position; `unheld` is what nobody holds.
    """

    everyone: Mapping[str, float]
    people: pd.DataFrame
    away: pd.DataFrame
    unheld: Mapping[str, float]
    points: float

    @property
    def accounts(self) -> int:
        return int(self.everyone["accounts"])

    @property
    def can_compare(self) -> bool:
        return len(self.people) > 1 and self.accounts > int(self.unheld["accounts"])


def found(balance: pd.DataFrame, points: float | None = None) -> Found:
    """What an answer of queries/territory_balance.sql holds; points from Settings unless given."""
    tolerance = threshold(session.settings(), "balance_points") if points is None else points
    holders = balance[~balance[PERSON].isin((ALL, NOBODY))]
    names = dict(zip(holders[PERSON], holders["person_name"], strict=True))
    holders = holders.assign(short=holders[PERSON].map(short_names(names)))
    is_there = holders["filled_share"] > 0
    return Found(
        _row(balance, ALL),
        holders[is_there].sort_values("short"),
        holders[~is_there & (holders["accounts"] > 0)],
        _row(balance, NOBODY),
        tolerance,
    )


def _row(balance: pd.DataFrame, person_id: str) -> Mapping[str, float]:
    rows = balance[balance[PERSON] == person_id]
    nothing = {"accounts": 0, "potential_usd": 0.0}
    return nothing if rows.empty else {str(name): each for name, each in rows.iloc[0].items()}


def short_names(names: Mapping[str, str]) -> dict[str, str]:
    """The first name where nobody else has it, else the whole one."""
    first = {each: name.split()[0] if name.split() else name for each, name in names.items()}
    shared = [*first.values()]
    whole = unique_labels(names)
    return {each: one if shared.count(one) == 1 else whole[each] for each, one in first.items()}


def finding(known: Found, *, is_own: bool = False) -> str:
    """The answer to the page's question; `is_own` where somebody sees the own book only."""
    held = known.accounts - int(known.unheld["accounts"])
    if not known.accounts:
        return "Nobody can say yet: no accounts are known."
    if not held:
        of = "the one account" if known.accounts == 1 else f"any of the {known.accounts:,} accounts"
        return f"Nobody can say yet: nobody holds {of}."
    if not known.can_compare:
        return _alone(known, held, is_own=is_own)
    rest = _unheld(known)
    if known.everyone["potential_usd"] > 0:
        return uneven(known, "potential") + rest
    if known.people["workload_index"].isna().all():
        return f"Nobody can say: no account has a potential, and no visit is due.{rest}"
    other = uneven(known, "workload")
    verdict = other[0].lower() + other[1:]
    return f"By potential nobody can say, for no account has any; by workload {verdict}{rest}"


def _alone(known: Found, held: int, *, is_own: bool) -> str:
    one = pd.concat([known.people, known.away])
    usd = money(known.everyone["potential_usd"])
    if is_own and len(one) == 1:
        name = plain(one.iloc[0]["person_name"])
        return f"{name} holds {counted(held, 'account')} that could bring {usd} a year."
    every = "the one account" if held == 1 else f"all {held:,} accounts"
    if held < known.accounts:
        every = f"{held:,} of the {known.accounts:,} accounts"
    if known.people.empty:
        return "Nobody can say: who holds accounts fills no position on the day."
    if len(one) > 1:
        name = plain(known.people.iloc[0]["short"])
        return f"Only {name} fills a position on the day; there is nobody to compare with."
    return f"One executive holds {every}; there is nobody to compare with."


def uneven(known: Found, measure: str) -> str:
    """Yes or no by one measure, and who is furthest apart."""
    column, what = f"{measure}_index", MEASURES[measure]
    ranked = known.people.sort_values([column, "short"]).to_dict("records")
    least, most = ranked[0], ranked[-1]
    ends = {points(one[column]) - 100: plain(one["short"]) for one in (least, most)}
    far = max(ends, key=abs)
    if abs(far) <= known.points:
        return f"Yes: nobody is more than {known.points:g} points from an equal share of {what}."
    who, ratio = plain(most["short"]), most[column] / least[column] if least[column] else 0
    if not ratio:
        none = sum(not one[column] for one in ranked)
        nobody = f"{plain(least['short'])} holds" if none == 1 else f"{none} of {len(ranked)} hold"
        return f"No: {nobody} no {what}, {who} {_ratio(most[column])} an equal share."
    if ratio < NEARLY_ALIKE:
        side = "above" if far > 0 else "below"
        away = counted(int(abs(far)), "point")
        return f"No: {ends[far]} is {away} {side} an equal share of {what}."
    are_whole = most["filled_share"] == least["filled_share"] == 1
    for_each = "" if are_whole else " for each whole position"
    return f"No: {who} holds {_ratio(ratio)} {plain(least['short'])}’s {what}{for_each}."


def _ratio(ratio: float) -> str:
    return f"{ratio:,.1f} times" if ratio < 9.95 else f"{ratio:,.0f} times"


def points(index: float) -> float:
    """An index as it is shown: 100 is an equal share, in whole numbers, half up."""
    return float("nan") if pd.isna(index) else float(int(index * 100 + 0.5))


def _unheld(known: Found) -> str:
    number = int(known.unheld["accounts"])
    verb = "is" if number == 1 else "are"
    return f" {counted(number, 'account')} {verb} held by nobody." if number else ""


def beside_it(known: Found) -> list[str]:
    """What must be known to read the balance: what nobody holds, who is only partly there."""
    said = []
    if number := int(known.unheld["accounts"]):
        usd, verb = money(known.unheld["potential_usd"]), "is" if number == 1 else "are"
        what = f"{counted(number, 'account')} with {usd} of potential {verb} held by nobody"
        said.append(f":orange[▼ {what}.]")
    if known.accounts and not known.everyone["potential_usd"] > 0:
        said.append(HOW_POTENTIAL)
    parts = known.people[known.people["filled_share"].round(4) != 1]
    for one in parts.head(FEW_NAMED).to_dict("records"):
        filled = share(one["filled_share"])
        said.append(f"{plain(one['short'])} fills {filled} of a position: the index is of that.")
    if (more := len(parts) - FEW_NAMED) > 0:
        said.append(f"{counted(more, 'more person')} fill{'s' * (more == 1)} only a part of one.")
    for one in known.away.head(FEW_NAMED).to_dict("records"):
        held = counted(int(one["accounts"]), "account")
        said.append(f"{plain(one['person_name'])} fills none and holds {held}: not compared.")
    return said


def picked(known: Found) -> str:
    """Whom the newest click or choice names, in whichever picture; '' for everyone."""
    state, people = st.session_state, pd.concat([known.people, known.away])
    before, pick = state.get(_BEFORE, {}), str(state.get(_KEPT, NOBODY))
    now = {key: _clicked(key) for key in PICTURES}
    for key in PICTURES:
        unnamed: by_name.Picked = []
        named = by_name.picked(people, [PERSON], unnamed, key=key)
        if named is not unnamed:
            pick = str(named[0][PERSON]) if named else NOBODY
            by_name.forget(key)
        elif now[key] != before.get(key, NOBODY):
            pick = now[key]
    state[_BEFORE], state[_KEPT] = now, pick
    return pick if pick in set(people[PERSON]) else NOBODY


def _clicked(key: str) -> str:
    drawn = st.session_state.get(key)
    marks = drawn["selection"].get(PICK, []) if drawn else []
    return str(marks[-1].get(PERSON) or NOBODY) if marks else NOBODY


def drawn(chart: Callable[[], house.Chart], rows: pd.DataFrame, *, alt: str, key: str) -> None:
    """A picture in which a click picks somebody."""
    spec, click = house.constant(chart, mode()), partial(by_name.forget, key)
    st.vega_lite_chart(rows, spec, theme=None, key=key, alt=alt, on_select=click)


def listed(rows: pd.DataFrame, *, key: str, beside: DeltaGenerator, pick: str) -> None:
    """The same people in words `beside` the question: a choice is a click on one of them."""
    now = [{PERSON: pick}] if pick else []
    with beside:
        by_name.listed(rows, [PERSON], now, key=key, ask="Show only")


def narrowed(known: Found, pick: str) -> Filters:
    """What the page below is asked: all of it, or only who is picked, which it says."""
    asked = session.filters()
    if not pick:
        return asked
    name = plain(whoever(known, pick)["person_name"])
    note(f"Below, only **{name}**. A second click on the same shows all again.")
    return replace(asked, person_ids=(pick,))


def whoever(known: Found, pick: str) -> pd.Series:
    """The row of who is picked."""
    people = pd.concat([known.people, known.away])
    return people[people[PERSON] == pick].iloc[0]


def how_held(known: Found) -> None:
    """Where nobody holds anything: what ends that."""
    if known.accounts == int(known.unheld["accounts"]):
        say(HOW_HELD)
        go("upload", "Drop a file of accounts", "upload_file", key="owners to upload")


def no_accounts() -> None:
    """No account at all, or none of what was asked for: what is missing, and what ends that."""
    asked = session.filters()
    with card("What is missing?"):
        if asked != asked.widened():
            say("**No account is like what was asked for.**")
            action("Show everything", icon="group", key="show everyone", on_click=widen)
            return
        say(
            "**No accounts yet.** Drop a file of accounts: a name and who owns it are enough. With "
            "a ZIP, or city and state, they stand on the map; with a potential they can be weighed."
        )
        go("upload", "Drop a file", "upload_file", key="to upload", is_action=True)
