"""What are amounts reported in, and what is other money worth?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation

import pandas as pd
import streamlit as st

from quarterdeck.commands.rates import ALWAYS, SetRate, set_rate
from quarterdeck.commands.settings import (
    CURRENCY,
    ChangeReportingCurrency,
    change_reporting_currency,
)
from quarterdeck.refusal import Refused
from quarterdeck.ui import changes, session, team
from quarterdeck.ui.cards import action, card, note, say, table
from quarterdeck.ui.downloads import download
from quarterdeck.ui.plain import plain
from quarterdeck.ui.settled import asked, settings
from quarterdeck.ui.words import counted

MOST = 8


def show() -> None:
    """The reporting currency, what lacks a rate, and the rates."""
    reported_in = settings()[CURRENCY]
    unpriced = session.answer("unpriced", asked())
    with card("What are amounts reported in?"):
        _reported(reported_in)
    with card("What is money of other currencies worth?"):
        _missing(unpriced, reported_in)
        rates = session.answer("rates", asked())
        _rates(rates, reported_in)
        _new_rate([*unpriced["currency"], *rates["currency"]], reported_in)


def _reported(reported_in: str) -> None:
    say(f"**{plain(reported_in)}**, {_origin()}.")
    seen = team.seen("currency")
    with st.popover("Report in another currency", key=f"other currency {team.turn()}"):
        say(
            "**Change it only if it was wrong.** Deals that name no currency keep their figures "
            "and count as the new one; deals that name one count anew. Quotas and monthly figures "
            "keep their numbers. All exchange rates end, for they were into the old one."
        )
        currency = st.text_input("Currency, three letters", key=f"currency {team.turn()}")
        if st.button("Report in it", icon=":material/currency_exchange:", key="save currency"):
            team.perform(change_reporting_currency, ChangeReportingCurrency(currency, seen))


def _origin() -> str:
    """Where the reporting currency came from."""
    if changes.is_standing("ChangeReportingCurrency"):
        return "set by hand: see History"
    if session.span()["deals"]:
        return "settled by the first file of deals"
    return "until a first file of deals says otherwise"


def _missing(unpriced: pd.DataFrame, reported_in: str) -> None:
    if unpriced.empty:
        say(f"Every deal counts in {plain(reported_in)}.")
        return
    for row in unpriced.head(MOST).to_dict("records"):
        amount = f"{Decimal(row['amount']):,.2f} {row['currency']}"
        deals = counted(int(row["deals"]), "deal")
        say(
            f"**{plain(row['currency'])} has no rate:** {deals}, {plain(amount)}, count as missing."
        )
    if len(unpriced) > MOST:
        note(f"{len(unpriced) - MOST} more currencies have none.")


def _rates(rates: pd.DataFrame, reported_in: str) -> None:
    if rates.empty:
        return
    shown = pd.DataFrame(
        {
            "Currency": [plain(each) for each in rates["currency"]],
            f"In {reported_in}": rates["rate"],
            "From": [_since(each.date()) for each in rates["valid_from_on"]],
            "Until": [_until(each.date()) for each in rates["valid_to_on"]],
        }
    )
    newest = shown.tail(MOST)
    table(
        newest,
        alt=f"Exchange rates of {rates['currency'].nunique()} currencies",
        shown={f"In {reported_in}": lambda rate: f"{rate:,.8f}".rstrip("0").rstrip(".")},
    )
    with st.container(horizontal=True):
        download(f"All {len(rates):,} as CSV", "rates", asked(), key="rates file")


def _new_rate(currencies: list[str], reported_in: str) -> None:
    options, key = list(dict.fromkeys(currencies)), str(team.turn())
    with st.container(horizontal=True, vertical_alignment="bottom"):
        currency = st.selectbox(
            "Currency",
            options,
            index=0 if options else None,
            accept_new_options=True,
            placeholder="EUR",
            key=f"rate currency {key}",
            width=160,
        )
        rate = st.text_input(f"One is worth, in {reported_in}", key=f"rate {key}", width=190)
        from_on = st.date_input(
            "From day (empty: always)", None, min_value=date(1990, 1, 1), key=f"rate from {key}",
            width=210,
        )  # fmt: skip
    seen = team.seen(f"rate {currency}")
    note("A deal counts at the rate of the day it closed, an open one at today's.")
    if action("Save the rate", icon="check", key="save rate"):
        team.keep(team.do([_set(currency or "", rate, from_on, seen)]))


def _set(currency: str, text: str, from_on: date | None, seen: int) -> Callable[[], None]:
    def act() -> None:
        command = SetRate(currency, _number(text), from_on, seen)
        set_rate(session.engine(), command, scope=session.viewer())

    return act


def _number(text: str) -> Decimal:
    try:
        return Decimal(text.strip().replace(",", "."))
    except InvalidOperation as error:
        raise Refused(f"“{text}” is no number.", "Rate", "Write it as 1.085.") from error


def _since(day: date) -> str:
    return "always" if day == ALWAYS else f"{day.day} {day:%b %Y}"


def _until(day: date) -> str:
    return "now" if day.year == 9999 else f"{day.day} {day:%b %Y}"
