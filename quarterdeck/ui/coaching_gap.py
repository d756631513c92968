"""What makes the gap to quota, in dollars?"""

from __future__ import annotations

from decimal import Decimal

import pandas as pd
import streamlit as st

from quarterdeck.charts.coaching import gap_steps
from quarterdeck.domain.gap_split import REST, Part, largest_fixable
from quarterdeck.domain.selling import Gap
from quarterdeck.metrics import exact_money, money, share, signed
from quarterdeck.ui import session
from quarterdeck.ui.cards import card, note, picture, say
from quarterdeck.ui.coaching import Person, Selling
from quarterdeck.ui.coaching_beside import LAST_YEAR, QUOTA, TEAM, choose
from quarterdeck.ui.days import within
from quarterdeck.ui.plain import plain

STEPS = {
    "created": ("Pipeline created", "New pipeline"),
    "win_rate": ("Win rate", "The win rate"),
    "size": ("Deal size", "Deal size"),
    "in_time": ("Cycle time", "Time to win"),
    "slip": ("Slipped out", "Deals that slip"),
    REST: ("This period", "This period’s deals"),
}
"""Each part as its bar is called, and as the headline names it."""
BARS = {QUOTA: "Quota", LAST_YEAR: "Last year", TEAM: "Team’s mean"}
THAN = {QUOTA: "quota", LAST_YEAR: "last year", TEAM: "the team’s mean"}
NEEDS = {
    QUOTA: "a quota and some decided deals",
    LAST_YEAR: "the same period a year ago, with deals decided in the year before",
    TEAM: "decided deals of the team",
}


def finding(whom: Person, found: Gap | None, team: Selling, beside: str) -> str:
    """The one cause and its dollars, never more than the card shows."""
    who, be = ("you", "are") if whom.is_self else (plain(whom.first_name), "is")
    if found is None:
        return _nothing(whom, team, beside)
    missing = found.target_usd - found.likely_usd
    worst = largest_fixable(found.parts)
    usd, than = money(float(abs(missing))), THAN[beside]
    if missing <= 0:
        above = f"{usd} above {than}"
        likely = f"likely to make it, {above}" if beside == QUOTA else f"likely to end {above}"
        said = f"Nothing urgent: {who} {be} {likely}."
        return f"{said} {_named(worst[0])} costs most, {_cost(worst[0])}." if worst else said
    short = f"likely to miss {than}" if beside == QUOTA else f"likely to end below {than}"
    lacks = f"the {usd} by which {who} {be} {short}"
    if worst is None:
        return f"No rate of the five explains {lacks}."
    if -worst[0].usd > missing:
        return f"{_named(worst[0])}. It costs {_cost(worst[0])}, more than {lacks}."
    return f"{_named(worst[0])}. It explains {_cost(worst[0])} of {lacks}."


def _nothing(whom: Person, team: Selling, beside: str) -> str:
    """Why there is no gap to take apart."""
    who, be = ("you", "are") if whom.is_self else (plain(whom.first_name), "is")
    if whom.leads:
        return f"What {'you and your director' if whom.is_self else f'{who} and you'} agreed."
    mine = team.sellers.get(whom.person_id)
    if mine is None or not mine.counts["decided_deals"]:
        whose = "yours" if whom.is_self else f"{who}’s"
        return f"Too early to say: no deal of {whose} was decided in the last year."
    if not any(one.counts["won_deals"] for one in team.sellers.values()):
        return "No deal was won in these 52 weeks: nothing can be taken apart."
    if beside == LAST_YEAR:
        return f"Nobody can say how {who} {be} doing beside last year: nothing was decided then."
    period = within(session.filters().period)
    return f"Nobody can say how far {who} {be}: there is no quota {period}."


def skill_of(found: Gap | None) -> str:
    """The skill that the costliest rate belongs to; '' where none costs anything."""
    worst = largest_fixable(found.parts) if found else None
    return worst[1] if worst else ""


def gap_card(whom: Person, found: Gap | None, team: Selling, beside: str) -> None:
    with card(
        "What makes the gap?", explains="expected_usd", stretch=True, key="coaching gap"
    ) as top:
        choose(whom, team)
        if found is None:
            say(f"**There is no gap to take apart.** It needs {NEEDS[beside]}.")
            return
        drawn = steps(found, beside)
        words = "; ".join(drawn["exact_words"])
        picture(gap_steps, drawn, alt=f"From quota to likely: {words}", key="gap", beside=top)
        parts = " ".join(_signed_k(part.usd) for part in found.parts)
        total = _signed_k(found.likely_usd - found.target_usd)
        note(
            f"Likely {money(float(found.likely_usd))} = booked {money(float(found.booked_usd))} + "
            f"open deals at their stages’ win rates {money(float(found.open_usd))}. "
            f"The parts add up: {parts} = {total}. Thin lines: 80 % range."
        )
        own_year = "your own year before" if whom.is_self else "their own year before"
        is_own = whom.is_self or beside == LAST_YEAR
        with st.expander("How it is counted", key="gap method"):
            say(
                "Booked = a constant × deals created × win rate × typical won size × share won in "
                "the usual time × share that does not slip. Measured over 52 weeks, beside "
                f"{own_year if is_own else 'the team’s rates'}; each rate is drawn towards the "
                "team’s by as much as it rests on few deals. The difference is shared out by "
                "Shapley values: the mean over all orders in which the five could change one "
                "after another."
            )
            say("\n".join(_factor_lines(found)))


def steps(found: Gap, beside: str = QUOTA) -> pd.DataFrame:
    """The rows of `charts.coaching.gap_steps`."""
    target, likely = float(found.target_usd), float(found.likely_usd)
    spread = {one.name: one for one in found.ranges}
    rows = [_level(BARS[beside], "target", (0.0, target), target, money(target))]
    level = target
    for part in found.parts:
        after = level + float(part.usd)
        low, high = spread[part.name].low_usd, spread[part.name].high_usd
        ends = (level, after, level + float(low), level + float(high))
        words = (
            f"{STEPS[part.name][0]} {exact_money(float(part.usd))}, "
            f"80 % range {money(float(low))} to {money(float(high))}"
        )
        rows.append({
            "step": STEPS[part.name][0],
            "kind": "in" if part.usd >= 0 else "out",
            "start_usd": level, "end_usd": after, "low_usd": ends[2], "high_usd": ends[3],
            "edge_usd": max(ends), "figure": signed(money(float(part.usd))), "exact_words": words,
        })  # fmt: skip
        level = after
    booked = float(found.booked_usd)
    rows.append(_level("Likely result", "booked", (0.0, booked), likely, ""))
    rows.append(_level("Likely result", "open", (booked, likely), likely, money(likely)))
    places = {row["step"]: at for at, row in enumerate(rows)}
    return pd.DataFrame(rows).assign(place=lambda made: made["step"].map(places))


def _level(
    step: str, kind: str, between: tuple[float, float], edge: float, figure: str
) -> dict[str, object]:
    start, end = between
    return {
        "step": step, "kind": kind, "start_usd": start, "end_usd": end, "low_usd": None,
        "high_usd": None, "edge_usd": max(edge, 0.0), "figure": figure,
        "exact_words": f"{step} {kind} {exact_money(end - start)}",
    }  # fmt: skip


def _named(part: Part) -> str:
    return STEPS[part.name][1]


def _cost(part: Part) -> str:
    return money(float(-part.usd))


def _signed_k(usd: Decimal) -> str:
    return signed(money(float(usd)))


def _factor_lines(found: Gap) -> list[str]:
    own, other = found.own, found.reference
    return [
        f"- **Deals created:** {own.created:,.1f} a period",
        f"- **Win rate:** {share(own.win_rate)}, beside {share(other.win_rate)}",
        f"- **Typical won size:** {money(own.size_usd)}, beside {money(other.size_usd)}",
        f"- **Won in the usual time:** {share(own.in_time)}, beside {share(other.in_time)}",
        f"- **Slipped past the quarter:** {share(own.slip)}, beside {share(other.slip)}",
    ]
