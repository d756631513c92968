"""The words of coaching: the four skills, what measures each, and what can be learned."""

from __future__ import annotations

from dataclasses import dataclass

SKILLS = ("prospecting", "value selling", "proposal creation", "closing")
"""The field's own model: winning attention, worth, a proposal that holds, and the signature."""
DRAFT, SHARED, AGREED, CLOSED = "draft", "shared", "agreed", "closed"
OUTCOMES = ("worked", "did not", "cannot tell")
LEARNING = ("course", "reading", "ride-along", "shadowing", "certification", "mentoring")
SCORES = (1, 2, 3, 4, 5)
TALK_WEEKS = 3
"""Nobody waits longer for a 1:1 without being named on the board."""
FEW = 10
"""Fewer deals than this say nothing of a rate."""


@dataclass(frozen=True)
class Measure:
    """What a plan moves: a rate (part of many), a count a week, or an amount or days (by logs).

    `part` and `whole` name columns of coaching_facts; `is_share` marks an amount that is no
    dollars, but so many of what the list asks.
    """

    name: str
    label: str
    skill: str
    kind: str
    part: str
    whole: str = ""
    is_more_better: bool = True
    noun: str = "deals"
    is_share: bool = False

    @property
    def is_of_deals(self) -> bool:
        """A count of what stands on deals: few of them say nothing, however much is on each."""
        return self.kind == "count" and bool(self.whole)

    @property
    def is_percent(self) -> bool:
        return self.kind == "rate" or self.is_share


MEASURES = {
    one.name: one
    for one in (
        Measure("created", "New deals a week", SKILLS[0], "count", "created_deals"),
        Measure("meetings", "Meetings a week", SKILLS[0], "count", "meetings", noun="meetings"),
        Measure(
            "new_contacts",
            "Accounts opened or reopened a week",
            SKILLS[0],
            "count",
            "new_contacts",
            noun="accounts",
        ),
        Measure("size", "Size of won deals", SKILLS[1], "amount", "credit_usd"),
        Measure(
            "lines", "Product lines a deal", SKILLS[1], "count", "sold_lines", "won_deals",
            noun="lines",
        ),
        Measure(
            "price",
            "Of list price, after discount",
            SKILLS[1],
            "amount",
            "price",
            is_share=True,
        ),
        Measure(
            "proposals",
            "Proposals that go on",
            SKILLS[2],
            "rate",
            "past_proposal_deals",
            "proposed_deals",
            noun="proposals",
        ),
        Measure(
            "in_time", "Won in the usual time", SKILLS[2], "rate", "in_time_deals", "timed_deals"
        ),
        Measure(
            "proposal_days", "Days in proposal", SKILLS[2], "days", "proposal_days", "", False
        ),
        Measure("win_rate", "Win rate", SKILLS[3], "rate", "won_deals", "decided_deals"),
        Measure(
            "late_stage", "Win rate at the last stage", SKILLS[3], "rate", "late_won_deals",
            "late_stage_deals",
        ),
        Measure(
            "slip", "Slipped past the quarter", SKILLS[3], "rate", "slipped_deals", "due_deals",
            False,
        ),
        Measure("late_days", "Days past the first date", SKILLS[3], "days", "late_days", "", False),
    )
}  # fmt: skip
"""By name, in the order of the skills. The first of each decides; the others stand beside it."""

FIRST_DAYS = {
    30: (
        ("course", "The product lines, what each is for and what it costs", SKILLS[1]),
        ("shadowing", "Three customer meetings with a colleague", SKILLS[0]),
        ("reading", "Ten won and ten lost deals of this book of accounts", SKILLS[3]),
    ),
    60: (
        ("ride-along", "Two first meetings of one’s own, the director listening", SKILLS[0]),
        ("course", "From need to proposal: scope, price and term", SKILLS[2]),
    ),
    90: (
        ("ride-along", "A negotiation of one’s own, prepared and talked over", SKILLS[3]),
        ("certification", "Cloud and hosting, the vendor’s first level", SKILLS[1]),
    ),
}
"""Learning of the first months, by the days until it is due: kind, title, skill."""
STEPS = {
    SKILLS[0]: (
        ("ride-along", "Five first meetings with a colleague whose pipeline grows", SKILLS[0]),
        ("reading", "Twenty accounts without an open deal: what could they need?", SKILLS[0]),
    ),
    SKILLS[1]: (
        ("course", "Worth before price: the customer’s own case in numbers", SKILLS[1]),
        ("shadowing", "Two price talks of a colleague", SKILLS[1]),
    ),
    SKILLS[2]: (
        ("reading", "Three proposals that were signed, three that were not", SKILLS[2]),
        ("ride-along", "One proposal written together, from need to term", SKILLS[2]),
    ),
    SKILLS[3]: (
        ("course", "Steps to a signature, agreed with the customer in writing", SKILLS[3]),
        ("shadowing", "Two closings of a colleague", SKILLS[3]),
    ),
}  # fmt: skip
"""What helps with each skill: templates to begin with."""
