"""What is done of what each person set out to do?"""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import pandas as pd

from quarterdeck.metrics import money, share
from quarterdeck.ui import session
from quarterdeck.ui.cards import card, note, table
from quarterdeck.ui.plain import plain
from quarterdeck.ui.words import counted

MOST = 8


def behind() -> None:
    """Those furthest behind their working days, where anybody has an objective."""
    if not session.span()["objectives"]:
        return
    found = session.answer("objectives")
    if found.empty:
        return
    with card("What is done of what was set out?", explains="done_share", key="objectives"):
        listed(found, MOST)


def listed(found: pd.DataFrame, most: int) -> None:
    """One row an objective, furthest behind first."""
    lag = found["working_share"].fillna(1) - found["done_share"].fillna(0)
    ordered = found.assign(lag=lag).sort_values("lag", ascending=False, kind="stable")
    rows = [
        (
            f"**{plain(str(one['person_name']))}**  \n:gray[{plain(_what(one))}]",
            _amount(one, "done"),
            _amount(one, "target"),
            _verdict(one),
        )
        for one in ordered.head(most).to_dict("records")
    ]
    frame = pd.DataFrame(rows, columns=["Who", "Done", "Objective", "Standing"])
    table(frame, alt=f"{counted(len(found), 'objective')} and what is done of each")
    left = len(found) - len(rows)
    rest = f" {counted(left, 'more objective')} in Settings." if left else ""
    note(f"Furthest behind first, measured by the working days that are over.{rest}")


def _what(one: dict[Hashable, Any]) -> str:
    return f"{one['kind']} each {one['every']}"


def _amount(one: dict[Hashable, Any], name: str) -> str:
    usd = one[f"{name}_usd"]
    return f"{int(one[name]):,}" if pd.isna(usd) else money(usd)


def _verdict(one: dict[Hashable, Any]) -> str:
    done, due = one["done_share"], one["working_share"]
    if pd.isna(done):
        return ""
    if done >= 1:
        return ":blue[▲ done]"
    if pd.isna(due):
        return "no working day"
    sign = ":orange[▼ behind]" if done < due else ":blue[▲ on pace]"
    return f"{sign}, {share(done)}"
