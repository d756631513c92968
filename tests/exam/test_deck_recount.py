"""Do Funnel and Attainment, as they stand in the browser, show what a count from raw rows gives?"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser

from tests import screen
from tests.exam import figures
from tests.exam import recount_wide as raw
from tests.exam.test_recount_wide import TODAY, settings
from tests.screen import Seen, looking, serving

pytestmark = [
    pytest.mark.exam,
    *screen.IN_BROWSER,
]

Books = tuple[list[raw.Row], list[raw.Row]]


@dataclass
class Part:
    """So many deals, and their amounts together."""

    deals: int = 0
    usd: Decimal = Decimal("0.00")

    def add(self, usd: Decimal) -> None:
        self.deals, self.usd = self.deals + 1, self.usd + usd

    def __str__(self) -> str:
        return f"{self.deals:,} deal{'' if self.deals == 1 else 's'}, ${self.usd:,.2f}"


def parts(raw_deals: list[raw.Row], asked: raw.Asked) -> dict[str, Part]:
    """What is open whatever the period, what of it is overdue, and what was won or lost in it."""
    found = {name: Part() for name in ("open", "overdue", "in period", "won", "lost")}
    seen = raw.in_sight(asked)
    for row in raw_deals:
        if not raw._is_wanted(row, asked, seen):
            continue
        usd = raw.worth(row, asked.basis) or Decimal("0.00")
        closing = date.fromisoformat(row["close date"]) if row["close date"] else None
        is_within = closing is not None and asked.from_on <= closing <= asked.to_on
        if row["stage"] == "Proposal":
            found["open"].add(usd)
            if closing and closing < asked.as_of:
                found["overdue"].add(usd)
            elif is_within:
                found["in period"].add(usd)
        elif is_within:
            found[row["stage"].lower()].add(usd)
    return found


def address(page: str, asked: raw.Asked) -> str:
    words = (word.split("=", 1) for word in asked.words() if word != "strategic=no")
    return f"/{page}?" + "&".join(f"{name}={quote(value)}" for name, value in words)


def labels(seen: Seen) -> str:
    """What the bars of all pictures say to those who cannot see them."""
    bars = seen.page.locator('path[aria-roledescription="bar"]')
    said = [bar.get_attribute("aria-label") or "" for bar in bars.all()]
    return screen.plain_spaces("; ".join(said))


def check_attainment(seen: Seen, asked: raw.Asked, found: raw.Standing) -> None:
    text = seen.open(address("attainment", asked)).text
    if not found.won and not found.quota:
        assert "to the cent" not in text, asked
        return
    decided = len(found.won) + len(found.lost)
    assert f"${found.booked:,.2f} to the cent" in text, asked
    assert f"{len(found.won):,} deal" in text, asked
    if decided:
        assert f"{len(found.won):,} of {decided:,} decided deal" in text, asked
    if found.quota is not None:
        gap = max(found.quota - found.booked, Decimal(0))
        assert f"${gap:,.2f}" in text, asked
    if found.quota and asked.as_of < asked.to_on and found.quota > found.booked:
        covered = float(found.due / (found.quota - found.booked))
        assert f"{covered:,.1f}×" in text, asked


def check_funnel(seen: Seen, asked: raw.Asked, found: dict[str, Part]) -> None:
    text = seen.open(address("funnel", asked)).text
    if found["open"].deals:
        assert f"Proposal: {found['open']}" in labels(seen), asked
    if found["in period"].deals:
        assert re.search(rf"Due [^:;]+: {re.escape(str(found['in period']))}", labels(seen))
    if found["overdue"].deals:
        assert f"Overdue: {found['overdue']}" in labels(seen), asked
    decided = found["won"].deals + found["lost"].deals
    if decided:
        assert f"{found['won'].deals:,} of {decided:,} decided" in text, asked
    if found["lost"].deals:
        assert f"No reason given: {found['lost']}" in labels(seen), asked
    else:
        assert "No deal was lost" in text or not found["open"].deals, asked


def test_what_the_pages_show_equals_a_count_from_raw_rows(
    books: Books,
    path: Path,
    chromium: Browser,
) -> None:
    asked = settings(figures.sized(4, 20))
    with serving(path, str(TODAY)) as home, looking(chromium, home) as seen:
        for each in asked:
            check_attainment(seen, each, raw.standings(*books, each)["All"])
            check_funnel(seen, each, parts(books[0], each))
    figures.record(
        "Funnel and Attainment, read off the page, equal a count from raw rows",
        f"{len(asked)} random settings of all filters on both pages, 0 differ",
    )
