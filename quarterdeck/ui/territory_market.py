"""Which industries, segments, cities and counties make the market, and how much of it is ours?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from quarterdeck.charts import house
from quarterdeck.charts.market import PICK, market_bars
from quarterdeck.filters import Filters, listed
from quarterdeck.metrics import EMPTY, exact_money, money, share
from quarterdeck.ui import by_name, session, territory_quiet, territory_space
from quarterdeck.ui.cards import card, mode, note, say
from quarterdeck.ui.plain import plain
from quarterdeck.ui.territory_space import Narrowed
from quarterdeck.ui.words import counted

SHOWN = 8
Row = Mapping[Any, Any]


@dataclass(frozen=True)
class Part:
    """What the market is cut by: its name in the queries, one and several of it, and how an
    account comes by it."""

    name: str
    one: str
    several: str
    source: str


_FROM_FILE = "The column {} of accounts.csv says it."
_FROM_PLACE = "It follows from the ZIP code, or city and state, in accounts.csv."
PARTS = {
    "Industry": Part("industry", "industry", "industries", _FROM_FILE.format("Industry")),
    "Segment": Part("segment", "segment", "segments", _FROM_FILE.format("Segment")),
    "City": Part("city", "city", "cities", _FROM_FILE.format("City")),
    "County": Part("county", "county", "counties", _FROM_PLACE),
}
CHOICE = "market part"


@dataclass(frozen=True)
class Market:
    """One part's rows, by potential; whether any service and any activity is known at all; and
    what is asked about, in words, where not everything is."""

    rows: pd.DataFrame
    part: Part
    has_services: bool
    has_contacts: bool
    of_lines: str = ""

    @property
    def accounts(self) -> int:
        return int(self.rows["accounts"].sum())

    @property
    def penetration(self) -> float:
        """Of all its accounts together; empty while no service is known."""
        return self.rows["customers"].sum() / self.accounts if self.has_services else float("nan")

    @property
    def by_accounts(self) -> bool:
        """Where no potential is known the bars count accounts."""
        return not self.rows["potential_usd"].sum() > 0


def show(asked: Filters) -> None:
    """The local market: which, what could still be sold to it, and whom nobody has spoken to."""
    market, space = session.answers(("territory_market", asked), ("white_space_parts", asked))
    if market.empty:
        say(
            "**No account is in sight here.** They come with accounts.csv, or any file that "
            "names some."
        )
        return
    part = PARTS.get(str(st.session_state.get(CHOICE)), PARTS["Industry"])
    found = of_part(market, space, part, asked)
    say(finding(found))
    chosen = _which_market(found)
    territory_space.show(asked, chosen, has_services=found.has_services)
    territory_quiet.show(asked, chosen, has_contacts=found.has_contacts)


def of_part(market: pd.DataFrame, space: pd.DataFrame, part: Part, asked: Filters) -> Market:
    """What answers of queries/territory_market.sql and white_space_parts.sql say of one part."""
    keys = ["part", "value"]
    more = space[[*keys, "customer_potential_usd", "whitespace_usd", "services_in_all"]]
    rows = market[market["part"] == part.name].merge(more, on=keys)
    ordered = rows.sort_values(
        ["potential_usd", "accounts", "value"], ascending=[False, False, True]
    ).reset_index(drop=True)
    return Market(
        ordered,
        part,
        has_services=bool(rows["services_in_all"].max() > 0),
        has_contacts=bool(rows["last_on"].notna().any()),
        of_lines=f" of {listed(asked.product_lines)}" if asked.product_lines else "",
    )


def finding(market: Market) -> str:
    """The largest part of the market, how much of it is ours, and how long it was left alone."""
    part, known = market.part, market.rows[market.rows["value"] != ""]
    if known.empty:
        return f"**{nothing_known(market)}** {part.source}"
    has_potential = known["potential_usd"].iloc[0] > 0
    largest = known.iloc[0] if has_potential else _with_most_accounts(known)
    of = f", the most of {len(known):,} {part.several}" if len(known) > 1 else ""
    name = plain(largest["value"])
    if has_potential:
        head = f"**{name} holds {money(largest['potential_usd'])} of potential{of}.**"
    else:
        number = counted(int(largest["accounts"]), "account")
        head = f"**{name} has {number}{of}; no potential is known.**"
    return f"{head} {_ours(largest, market)}; {_left_alone(largest, market)}."


def _with_most_accounts(rows: pd.DataFrame) -> pd.Series:
    return rows.sort_values(["accounts", "value"], ascending=[False, True]).iloc[0]


def nothing_known(market: Market) -> str:
    if market.accounts == 1:
        return f"The one account has no {market.part.one}."
    return f"None of the {market.accounts:,} accounts has a known {market.part.one}."


def _ours(row: pd.Series, market: Market) -> str:
    """How many of its accounts have nothing installed."""
    accounts, prospects, what = int(row["accounts"]), int(row["prospects"]), plain(market.of_lines)
    if not market.has_services:
        return "Nobody can say what is installed there, for no service is known"
    if accounts == 1:
        return f"Its one account has {'nothing' if prospects else 'something'}{what} installed"
    if not prospects:
        each = "Both its" if accounts == 2 else f"All its {accounts:,}"
        return f"{each} accounts have something{what} installed"
    if prospects == accounts:
        return f"None of its {accounts:,} accounts has anything{what} installed"
    have = "has" if prospects == 1 else "have"
    return f"{prospects:,} of its {accounts:,} accounts {have} nothing{what} installed"


def _left_alone(row: pd.Series, market: Market) -> str:
    accounts, quiet = int(row["accounts"]), int(row["quiet"])
    if not market.has_contacts:
        return "whom somebody spoke to nobody can say, for no activity is known"
    if accounts == 1:
        return f"{'nobody' if quiet else 'somebody'} spoke to it in the last 90 days"
    if not quiet:
        return "somebody spoke to each of them in the last 90 days"
    which = "any" if quiet == accounts else f"{quiet:,}"
    return f"nobody spoke to {which} of the {accounts:,} in the last 90 days"


def _which_market(market: Market) -> Narrowed:
    """The bars of one part; a click on one narrows what follows."""
    part, reached = market.part, {"penetration": market.penetration}
    with card(
        "Which market is it?", explains="penetration", rows="territory_market", rivals=reached
    ) as beside:
        st.segmented_control(
            "By",
            list(PARTS),
            default="Industry",
            required=True,
            key=CHOICE,
            label_visibility="collapsed",
            persist_state="session",
        )
        if (market.rows["value"] == "").all():
            say(f"**{nothing_known(market)}** {part.source}")
            return narrowed(market, [])
        drawn = bars(market)
        picked = _picture(drawn, market, beside)
        note(read_as(market))
    return narrowed(market, [each for each in picked if each in set(drawn["value"])])


def narrowed(market: Market, values: list[str]) -> Narrowed:
    """What follows is about these parts of the market; about all of it without any."""
    rows = market.rows[market.rows["value"].isin(values)] if values else market.rows
    sums = rows[["whitespace_usd", "untapped_usd"]].sum()
    given = {str(name): float(usd) for name, usd in sums.items()} if market.has_services else {}
    names = [plain(_name(each, market.part)) for each in values]
    words = f" in {' and '.join(names)}" if names else ""
    return Narrowed(market.part.name, tuple(values), words, given)


def _name(value: str, part: Part) -> str:
    return value or f"no known {part.one}"


def _picture(drawn: pd.DataFrame, market: Market, beside: DeltaGenerator) -> list[str]:
    key, fields = f"market by {market.part.name}", ["value"]
    click = partial(by_name.forget, key)
    spec = house.constant(market_bars, mode())
    event = st.vega_lite_chart(
        drawn, spec, theme=None, key=key, alt=said(drawn, market), on_select=click
    )
    clicked = list(event["selection"].get(PICK) or [])
    now = by_name.picked(drawn, fields, clicked, key=key)
    with beside:
        by_name.listed(drawn, fields, now, key=key, ask="Show only")
    return [str(one["value"]) for one in now if "value" in one]


def bars(market: Market) -> pd.DataFrame:
    """The rows of `charts.market.market_bars`: the largest parts of the market, at most eight."""
    rows = market.rows.head(SHOWN)
    drawn = pd.DataFrame([_bar(row, market) for row in rows.to_dict("records")])
    return drawn.assign(reach=max(float(drawn["full"].max()), 1.0), place=range(len(drawn)))


def _bar(row: Row, market: Market) -> dict[str, Any]:
    accounts, customers = int(row["accounts"]), int(row["customers"])
    name = str(row["value"]) or f"No known {market.part.one}"
    reached = share(row["penetration"]) if market.has_services else EMPTY
    space, potential = row["whitespace_usd"], row["potential_usd"]
    having = f"{customers:,} of {counted(accounts, 'account')}, {reached}"
    if not market.has_services:
        having = f"{counted(accounts, 'account')}, penetration {EMPTY}"
    quiet = int(row["quiet"]) if market.has_contacts else 0
    left = f" · {quiet:,} not spoken to" if quiet else ""
    by = market.by_accounts
    of_customers = f", {exact_money(row['customer_potential_usd'])} of it with customers"
    return {
        "value": str(row["value"]),
        "name": name,
        "long": having + (f" · {money(space)} whitespace" if market.has_services else ""),
        "short": f"{reached} · {money(space)}" if market.has_services else having.split(",")[0],
        "below": ("no potential known" if by else f"{money(potential)} potential") + left,
        "exact_words": (
            f"{name}: {having}; {exact_money(potential)} potential"
            f"{of_customers if market.has_services else ''}; {exact_money(space)} whitespace"
        ),
        "solid": float(customers if by else row["customer_potential_usd"]),
        "full": float(accounts if by else potential),
    }


def said(drawn: pd.DataFrame, market: Market) -> str:
    """What the bars show, for those who do not see them."""
    parts = zip(drawn["name"], drawn["below"], drawn["long"], strict=True)
    first = "; ".join(f"{name} {below}, {long}" for name, below, long in parts)
    return f"Market by {market.part.one}: {first}"


def read_as(market: Market) -> str:
    """How to read the bars, and what is left out of them."""
    rest = market.rows.iloc[SHOWN:]
    measure = "accounts" if market.by_accounts else "potential"
    told = (
        f"Strong: {measure} of customers; soft: of prospects. At the right: penetration and "
        "whitespace a year. A click narrows what follows."
    )
    if not market.has_services:
        told = (
            f"The bars show {measure}. Penetration is {EMPTY}, not nought: no service is known. "
            "services.csv says what is installed."
        )
    if len(rest):
        nouns = market.part.one if len(rest) == 1 else market.part.several
        usd = "" if market.by_accounts else f" and {money(rest['potential_usd'].sum())}"
        number = counted(int(rest["accounts"].sum()), "account")
        told += f" Not shown: {len(rest):,} smaller {nouns} with {number}{usd}."
    return told
