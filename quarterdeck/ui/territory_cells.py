"""What does each account have of each product line, and what could it bring, cell by cell?"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd

from quarterdeck.metrics import EMPTY, exact_money, money
from quarterdeck.ui.address import unique_labels
from quarterdeck.ui.words import counted

TOTAL = "Whitespace"
"""The heading over the sums."""
OPEN = 0.35
"""How blue a cell with an open deal is, beside one that has the line."""
Row = Mapping[Any, Any]


def cells(rows: pd.DataFrame, lines: tuple[str, ...], day: date) -> pd.DataFrame:
    """The rows of `charts.market.space_grid`: each account's cells, then its sum."""
    called = dict(zip(rows["account_id"], rows["account_name"], strict=True))
    names, at = unique_labels(called), {line: place for place, line in enumerate(lines)}
    largest = float(rows["estimate_usd"].max()) if rows["estimate_usd"].notna().any() else 0.0
    drawn = []
    for place, (account, known) in enumerate(rows.groupby("account_id", sort=False)):
        about = {"row_name": names[str(account)], "place": place}
        about["account_words"] = account_words(known.iloc[0].to_dict(), day)
        for row in known.to_dict("records"):
            if row["product_line"] in at:
                drawn.append(about | _cell(row, largest) | {"line_place": at[row["product_line"]]})
        drawn.append(about | _sum(known.iloc[0].to_dict()) | {"line_place": len(lines)})
    return pd.DataFrame(drawn)


def _cell(row: Row, largest: float) -> dict[str, Any]:
    line = str(row["product_line"])
    word, short, shade = _shown(row, largest)
    return {
        "line_name": line,
        "label": word,
        "short": short,
        "exact_words": f"{row['account_name']}, {line}: {_state(row)}",
        "shade": shade,
        "is_total": False,
    }


def _shown(row: Row, largest: float) -> tuple[str, str, float]:
    """What stands in a cell, wide and narrow, and how blue or orange it is."""
    if row["state"] == "installed":
        return f"has {money(row['mrr_usd'])}", "has", 1.0
    if row["state"] == "open":
        return f"open {money(row['open_usd'])}", "open", OPEN
    if pd.isna(row["estimate_usd"]):
        return EMPTY, EMPTY, 0.0
    usd = float(row["estimate_usd"])
    return f"~ {money(usd)}", _short(usd), -max(usd, 0) / largest if largest > 0 else 0.0


def _short(usd: float) -> str:
    """What a phone has room for: 980, 55k, 1.2M."""
    if abs(usd) >= 999_500:
        return f"{usd / 1e6:,.1f}M" if abs(usd) < 9.95e6 else f"{usd / 1e6:,.0f}M"
    return f"{usd:,.0f}" if abs(usd) < 999.5 else f"{usd / 1e3:,.0f}k"


def _state(row: Row) -> str:
    """What there is, and what it could bring by whose measure."""
    opened = ""
    if row["open_deals"]:
        deals = counted(int(row["open_deals"]), "open deal")
        opened = f"{deals}, {exact_money(row['open_usd'])}"
    if row["state"] == "installed":
        also = f"; {opened}" if opened else ""
        return f"installed, {exact_money(row['mrr_usd'])} a month{also}"
    return f"{opened or 'nothing'}; {source(row)}"


def source(row: Row) -> str:
    """An estimate with its source, or why there is none."""
    peers = int(row["estimate_peers"])
    if pd.isna(row["estimate_usd"]):
        have = "account has" if peers == 1 else "accounts have"
        return f"no estimate, for only {peers} {have} it" if peers else "no estimate: nobody has it"
    of = (
        f"{peers:,} of its size"
        if row["estimate_source"] == "peers of its size"
        else f"all {peers:,}"
    )
    return f"about {exact_money(row['estimate_usd'])} a year, the median of {of} that have it"


def _sum(row: Row) -> dict[str, Any]:
    usd = row["account_whitespace_usd"]
    return {
        "line_name": TOTAL,
        "label": money(usd),
        "short": _short(usd),
        "exact_words": f"{row['account_name']}, whitespace of all lines: {exact_money(usd)} a year",
        "shade": 0.0,
        "is_total": True,
    }


def account_words(row: Row, day: date) -> str:
    """Whose it is, what it could bring, and since when nobody has spoken to it."""
    is_named = not pd.isna(row["person_name"])
    holder = f"held by {row['person_name'] if is_named else 'nobody'}"
    days = None
    if not pd.isna(row["last_on"]):
        days = (day - row["last_on"].date()).days
    return f"{holder}, {money(row['potential_usd'])} potential, {silence(days)}"


def silence(days: float | None) -> str:
    """For how long nobody has spoken to an account."""
    if days is None or pd.isna(days):
        return "nobody yet"
    if days < 1:
        return "spoken to on the day"
    return f"nobody for {counted(int(days), 'day')}"


def in_words(drawn: pd.DataFrame) -> str:
    """What the grid shows, for those who do not see it."""
    sums = drawn[drawn["is_total"]].head(5)
    first = ", ".join(f"{row['row_name']} {row['label']}" for row in sums.to_dict("records"))
    return f"Whitespace by account and product line; largest: {first}"
