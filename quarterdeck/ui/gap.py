"""Which open deals would close the gap, what does each lack, and do they suffice?"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import replace
from typing import Any

import pandas as pd
import streamlit as st

from quarterdeck.filters import Filters
from quarterdeck.metrics import EMPTY, money
from quarterdeck.ui import session
from quarterdeck.ui.cards import card, note, say, table
from quarterdeck.ui.days import day_of
from quarterdeck.ui.downloads import download
from quarterdeck.ui.enough import enough
from quarterdeck.ui.explaining import Behind
from quarterdeck.ui.picking import Picked
from quarterdeck.ui.plain import plain
from quarterdeck.ui.words import all_as_file, counted, places

PAGE = 6
"""As many as stand beside the map; the file holds all."""
QUIET_DAYS = 30
"""Nobody was in touch about a deal for longer than this: it is said."""
ONE_PAGE = {"rows_shown": PAGE, "rows_before": 0}


def gap_list(shown: Picked, team: pd.DataFrame) -> None:
    """The open deals due in the period, nearest to signing first, with their running sum."""
    who = shown.person_id or "all"
    found = team[team["person_id"] == who]
    gap = float(found["gap_usd"].iloc[0]) if len(found) else float("nan")
    asked = session.filters()
    if shown.person_id is not None:
        asked = replace(asked, person_ids=(shown.person_id,))
    named = f" of {plain(str(found['person_name'].iloc[0]))}" if who != "all" and len(found) else ""
    behind: Behind = {"rows": "closing_deals"}
    question = f"What would close the gap{named}?"
    with card(question, explains="coverage", stretch=True, key="gap list", **behind):
        _nearest(asked, gap, f"gap of {who}")


def _nearest(asked: Filters, gap: float, key: str) -> None:
    first = session.answer("closing_deals", asked, **ONE_PAGE)
    if first.empty:
        what = "what is missing" if pd.isna(gap) else f"the {money(gap)} missing"
        say(f"Nothing open is due {_until(asked)}: {what} must come from deals yet to be found.")
        return
    deals, usd = int(first["deals_in_all"].iloc[0]), float(first["usd_in_all_usd"].iloc[0])
    say(_enough(first, deals, usd, gap))
    enough(asked)
    seen = f"{places(0, len(first), deals)}, nearest to signing first"
    table(
        _listed(first),
        shown={"Amount": _money, "Adds up to": _money},
        alt=f"Open deals that would close the gap, {seen}",
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        note(f"{seen}, then the largest. ▼ what each lacks.")
        st.space("stretch")
        download(all_as_file(deals), "closing_deals", asked, key=f"{key} file")


def _until(asked: Filters) -> str:
    return f"until {day_of(asked.period.to_on, session.today())}"


def _enough(first: pd.DataFrame, deals: int, usd: float, gap: float) -> str:
    """How many of them it takes, or what would still be missing with all of them."""
    all_of_them = f"{counted(deals, 'open deal')} due, {money(usd)} in all"
    if pd.isna(gap):
        return f"**{all_of_them}.**"
    if gap == 0:
        return f"**The quota is met;** {all_of_them} would come on top."
    if usd < gap:
        return (
            f"**All {deals} due bring {money(usd)} of the {money(gap)} missing:** "
            f"{money(gap - usd)} must come from deals that are due later or yet to be found."
        )
    is_enough = first["running_usd"] >= gap
    if not is_enough.any():
        return f"**{all_of_them}, against {money(gap)} missing.**"
    number = int(is_enough.to_numpy().argmax()) + 1
    which = "The first one brings" if number == 1 else f"The first {number} bring"
    sum_of_them = money(float(first["running_usd"].iloc[number - 1]))
    return f"**{which} {sum_of_them} of the {money(gap)} missing**; {all_of_them}."


def _listed(rows: pd.DataFrame) -> pd.DataFrame:
    """Three columns, so that a phone shows them without scrolling."""
    has_steps, has_touches = rows["next_step"].notna().any(), rows["touched_on"].notna().any()
    deals = [
        _deal(row, has_steps=bool(has_steps), has_touches=bool(has_touches))
        for row in rows.to_dict("records")
    ]
    return pd.DataFrame({
        "Deal": deals,
        "Amount": rows["open_usd"].tolist(),
        "Adds up to": rows["running_usd"].tolist(),
    })  # fmt: skip


def _deal(row: dict[Hashable, Any], *, has_steps: bool, has_touches: bool) -> str:
    """The deal's name in bold, in grey whose, at which stage and when, in orange what it lacks."""
    details = [plain(row[name]) for name in ("account_name", "person_name", "stage")]
    name = plain(row["deal_name"]) or details[0] or plain(row["deal_id"])
    said = ", ".join(detail for detail in details if detail and detail not in name)
    closes = f"closes {day_of(row['close_on'], session.today())}"
    lacks = _lacks(row, has_steps=has_steps, has_touches=has_touches)
    grey = f":gray[{said} · {closes}]" if said else f":gray[{closes}]"
    lines = [f"**{name}**", grey, f":orange[▼ {lacks}]" if lacks else ""]
    return "  \n".join(filter(None, lines))


def _lacks(row: dict[Hashable, Any], *, has_steps: bool, has_touches: bool) -> str:
    """What stands between the deal and its signature, as far as the data tell."""
    found = []
    if pd.isna(row["open_usd"]):
        found.append("no amount")
    if row["is_stalled"]:
        found.append(f"{row['days_in_stage']:,} days in stage, usually {row['typical_days']:,.0f}")
    if row["pushes"]:
        found.append(f"pushed {_times(int(row['pushes']))}")
    if has_steps and not plain(row["next_step"]):
        found.append("no next step")
    if has_touches and (quiet := _quiet(row["touched_on"])):
        found.append(quiet)
    return ", ".join(found)


def _times(number: int) -> str:
    return {1: "once", 2: "twice"}.get(number, f"{number} times")


def _quiet(touched_on: Any) -> str:
    if pd.isna(touched_on):
        return "no activity"
    days = (session.filters().as_of - touched_on.date()).days
    return f"quiet for {days} days" if days > QUIET_DAYS else ""


def _money(usd: float) -> str:
    return EMPTY if pd.isna(usd) else money(usd)
