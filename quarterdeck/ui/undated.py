"""Which deals cannot be placed on a day before the first export, having no start date?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas as pd

from quarterdeck.filters import Filters
from quarterdeck.ui import session
from quarterdeck.ui.cards import note
from quarterdeck.ui.days import day_words
from quarterdeck.ui.downloads import download

QUESTION = "undated_deals"


def undated(day: date) -> str:
    """How many there are, where the day lies before the first export; "" for any other day."""
    first = session.span()["first_exported_on"]
    if pd.isna(first) or day >= first.date():
        return ""
    found = session.answer(QUESTION, _now(), rows_shown=1)
    if found.empty:
        return ""
    many = int(found["deals_in_all"].iloc[0])
    since = day_words(first.date(), session.today())
    has, it = ("has", "it counts") if many == 1 else ("have", "they count")
    more = f"{many:,} more {'deal' if many == 1 else 'deals'}"
    return f"{more} {has} no start date: {it} from {since} on, the day of the first export."


def undated_note() -> None:
    """The same below a picture, with the list of them."""
    if said := undated(session.filters().as_of):
        note(said)
        download("Deals without a start date as CSV", QUESTION, _now(), key="undated file")


def _now() -> Filters:
    """The same question as of today: on the day itself these deals are not there."""
    today = session.today()
    return replace(session.filters(), as_of=today, compare_on=None, compare_period=None)
