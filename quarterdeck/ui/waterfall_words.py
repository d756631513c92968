"""How does what moved read: its bars, its finding, and how it was counted?"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

import pandas as pd

from quarterdeck.metrics import count, exact_money, money, signed
from quarterdeck.ui.words import counted

Row: TypeAlias = dict[Hashable, Any]
CAME = ("new", "reopened", "transfer_in", "pulled_in", "increase")
LEVELS = ("opening", "closing")
NAMES = {
    "new": "New",
    "reopened": "Reopened",
    "transfer_in": "Transfer in",
    "pulled_in": "Pulled in",
    "increase": "Increase",
    "decrease": "Decrease",
    "removed": "Removed",
    "transfer_out": "Transfer out",
    "won": "Won",
    "lost": "Lost",
    "pushed_out": "Pushed out",
}
NOT_DRAWN = ("residual", "created_and_won")
FREE = 0.3
"""Room at the right for the amounts beside the bars, as a part of the stretch they move in."""


@dataclass(frozen=True)
class Bars:
    """The rows of `charts.waterfall.waterfall`, and whether they count deals or money."""

    chart: pd.DataFrame
    counts_deals: bool

    @property
    def said(self) -> str:
        """What the bars show, for those who do not see them."""
        return f"What moved: {'; '.join(self.chart['exact_words'])}"

    @property
    def moves(self) -> bool:
        """Whether there is more to draw than the two levels."""
        return bool((self.chart["kind"] != "level").any())

    def named(self, bar: str) -> tuple[str, str] | None:
        """A bar that is drawn, and its name."""
        found = self.chart[self.chart["bar"] == bar]
        return None if found.empty else (bar, str(found["name"].iloc[0]))

    def figure(self, bar: str) -> float:
        """How long the bars of a movement are together, whatever their reasons."""
        drawn = self.chart[self.chart["movement"] == bar]
        return float(abs(drawn["gain"].sum()))

    def show(self, bar: str) -> str:
        return (
            counted(int(self.figure(bar)), "deal") if self.counts_deals else money(self.figure(bar))
        )


def bars(moved: pd.DataFrame, since: str, until: str) -> Bars:
    """A bar for each movement that holds a deal, hanging where the one before it ended.

    Where most deals of the opening have no known amount, the bars count deals.
    """
    found = moved.to_dict("records")
    levels = moved[moved["movement"].isin(LEVELS)]
    counts_deals = 2 * levels["unknown_deals"].sum() > levels["deals_behind"].sum()
    level, drawn = 0.0, list[Row]()
    for row in found:
        gain = float(row["deals"] if counts_deals else row["amount_usd"])
        if row["movement"] in NOT_DRAWN or not (gain or row["movement"] in LEVELS):
            continue
        start = 0.0 if row["movement"] == "opening" else level
        level = gain if row["movement"] in LEVELS else level + gain
        drawn.append(_bar(row, start, level, gain, since, until) | _figure(row, gain, counts_deals))
    return Bars(_reaching(pd.DataFrame(drawn)), bool(counts_deals))


def _bar(row: Row, start: float, end: float, gain: float, since: str, until: str) -> Row:
    movement, reason = str(row["movement"]), str(row["reason"])
    names = NAMES | {"opening": f"Opening {since}", "closing": f"Closing {until}"}
    name = f"{names[movement]}, {reason}" if reason else names[movement]
    kind = "level" if movement in LEVELS else "in" if movement in CAME else "out"
    deals = counted(int(row["deals_behind"]), "deal")
    return {
        "bar": f"{movement} {reason}".strip(),
        "movement": movement,
        "name": name,
        "kind": "won" if movement == "won" else kind,
        "gain": gain,
        "start": end if movement in LEVELS else start,
        "end": end,
        "edge": end if movement in LEVELS else max(start, end),
        "deals_word": deals,
        "exact_words": f"{name}: {deals}, {_exact(row)}",
    }


def _exact(row: Row) -> str:
    """The amount to the cent with its sign, if any of it is known."""
    if row["unknown_deals"] == row["deals_behind"] and not row["amount_usd"]:
        return "no known amount"
    amount = exact_money(row["amount_usd"])
    return signed(amount) if row["movement"] not in LEVELS and row["amount_usd"] else amount


def _figure(row: Row, gain: float, counts_deals: bool) -> Row:
    said = count(gain) if counts_deals else money(gain)
    return {"figure": said if row["movement"] in LEVELS else signed(said)}


def _reaching(drawn: pd.DataFrame) -> pd.DataFrame:
    """Where the axis begins and ends: with one level alone it would have no length."""
    ends = drawn[["start", "end"]].to_numpy()
    low, high = float(ends.min()), float(ends.max())
    stretch = (high - low) or abs(high) or 1.0
    return drawn.assign(low=low - stretch / 20, reach=high + FREE * stretch)


def finding(drawn: Bars, mode: str, in_period: str, since: str, until: str) -> str:
    """What moved most, in one sentence."""
    was = f"open and due {in_period}" if mode == "due" else "open"
    first, last = _be(drawn, "opening", since), _be(drawn, "closing", until)
    then = until if until == "today" else f"on {until}"
    told = f"**{drawn.show('opening')} {first} {was} on {since}"
    told += f", {drawn.show('closing')} {last} {then}.**"
    return f"{told} {_most(drawn)}".strip()


def _be(drawn: Bars, level: str, day: str) -> str:
    is_one = not drawn.counts_deals or drawn.figure(level) == 1
    return ("is" if is_one else "are") if day == "today" else "was" if is_one else "were"


def _most(drawn: Bars) -> str:
    """The three movements that count most, in their order."""
    gains = {name: drawn.figure(name) for name in NAMES}
    largest = sorted((name for name in gains if gains[name]), key=lambda name: -gains[name])[:3]
    parts = [f"{NAMES[name].lower()} {drawn.show(name)}" for name in NAMES if name in largest]
    return f"Most of what moved: {', '.join(parts)}." if parts else "Nothing moved."


def nothing(mode: str, in_period: str, since: str, until: str) -> str:
    if mode == "due":
        return (
            f"Nothing open was due {in_period} on {since} or {until}, and nothing moved in between."
        )
    return f"Nothing was open on {since} or {until}, and nothing moved in between."


def known(drawn: Bars, moved: pd.DataFrame, since: str, begins: str) -> str:
    """That it adds up, what was created and won, and what nobody knows of the first day.

    `begins` is the day on which what is known begins, where the first day lies before it.
    """
    rows = {(row["movement"], row["reason"]): row for row in moved.to_dict("records")}
    parts = [
        f"Opening + all that moved − closing: residual {rows['residual', '']['amount_usd']:,.2f}."
    ]
    if begins:
        parts.append(f"Nothing is known before {begins}: what is open since then came new.")
    unknown = int(rows["opening", ""]["unknown_deals"])
    if unknown:
        later = "what they have later is an increase"
        parts.append(f"{counted(unknown, 'deal')} had no known amount on {since}: {later}.")
    if drawn.counts_deals:
        parts.append("With most amounts unknown the bars count deals.")
    quick = rows["created_and_won", ""]
    if quick["deals_behind"]:
        won = f"{counted(int(quick['deals_behind']), 'deal')}, {money(quick['amount_usd'])}"
        parts.append(f"Created and won in between: {won}, in New and in Won.")
    return " ".join(parts)


def reading(moved: pd.DataFrame) -> str:
    """The order in which a movement is looked for, and what the colours mean."""
    left_out = "" if moved["deals_behind"].all() else " Movements without a deal are not drawn."
    return (
        "A deal comes once, as the first that fits of new, reopened, transfer in, pulled in, at the"
        " amount it ends with, and leaves once: removed, transfer out, won, lost, pushed out. A"
        " changed amount is booked before it leaves. Blue came, orange went; what was won and both"
        " levels have the colour of the text."
        f"{left_out} A click shows the deals."
    )


def short_day(day: date, today: date) -> str:
    """30 Sep; with its year when that is another one."""
    year = "" if day.year == today.year else f" {day.year}"
    return f"{day.day} {day:%b}{year}"
