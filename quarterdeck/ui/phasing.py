"""How is the quota of a quarter or a year spread over its months?"""

from __future__ import annotations

from decimal import Decimal

import pandas as pd
import streamlit as st

from quarterdeck.commands.quotas import PHASING
from quarterdeck.commands.settings import ChangeSetting, change_setting
from quarterdeck.domain.calendar import FiscalMonth
from quarterdeck.domain.quotas import EVEN, PHASINGS, phasing_in, split_by
from quarterdeck.metrics import exact_money
from quarterdeck.ui import session, team
from quarterdeck.ui.cards import card, note, say, table
from quarterdeck.ui.settled import settings

OWN = "own"
YEARLY = Decimal(1_200_000)


def show() -> None:
    """The phasing as it is, another one to choose, and what a year's quota would be by month."""
    held, seen, key = settings().get(PHASING, EVEN), team.seen("phasing"), str(team.turn())
    with card("How is a quota spread over its months?"):
        names = [*PHASINGS, OWN]
        chosen = st.selectbox(
            "Phasing",
            names,
            index=names.index(held if held in PHASINGS else OWN),
            format_func=lambda name: PHASINGS[name][0] if name in PHASINGS else "Own weights",
            key=f"phasing {key}",
            width=420,
        )
        text = chosen
        if chosen == OWN:
            text = st.text_input(
                "Twelve weights, the first fiscal month first",
                held if held not in PHASINGS else "6,7,10,7,8,10,7,7,10,8,9,11",
                key=f"weights {key}",
                width=420,
            ).replace(" ", "")
        weights = phasing_in(text)
        if weights is None:
            say(":orange[▼ These are not twelve whole numbers from 0 to 1,000, parted by commas.]")
        else:
            _preview(weights)
        is_same = text == held or weights is None
        sign = ":material/check:"
        if st.button("Set the phasing", icon=sign, key="save phasing", disabled=is_same):
            team.perform(change_setting, ChangeSetting(PHASING, text, seen))
        note("It counts for quotas that are typed or imported from now on; those known stay.")


def _preview(weights: tuple[int, ...]) -> None:
    """What a year of $1.2 M is in each fiscal month; they add up to the cent."""
    calendar = session.calendar()
    year = calendar.year(calendar.months_of(calendar.quarter_of(session.today()))[-1].year)
    months = calendar.months_of(year)
    parts = split_by(YEARLY, weights)
    quarters = [sum(parts[place : place + 3]) for place in range(0, 12, 3)]
    rows = [
        (f"Q{quarter + 1}", exact_money(float(total)), ", ".join(
            f"{_name(months, 3 * quarter + place)} {exact_money(float(parts[3 * quarter + place]))}"
            for place in range(3)
        ))
        for quarter, total in enumerate(quarters)
    ]  # fmt: skip
    say(f"**{exact_money(float(YEARLY))} for {year.label}** would be:")
    frame = pd.DataFrame(rows, columns=["Quarter", "Quota", "Months"])
    table(frame, alt="A yearly quota spread over quarters and months")


def _name(months: tuple[FiscalMonth, ...], place: int) -> str:
    month = months[place]
    return f"{month.from_on + (month.to_on - month.from_on) / 2:%b}"
