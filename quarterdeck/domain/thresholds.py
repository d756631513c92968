"""From where on does a number mean something? The lines that pages draw, named once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation


@dataclass(frozen=True)
class Threshold:
    """One line: what it is set to until somebody says otherwise, in which unit, within what."""

    name: str
    label: str
    unit: str
    usual: Decimal
    least: Decimal
    most: Decimal
    meaning: str
    is_whole: bool = False

    @property
    def bounds(self) -> str:
        whole = "whole numbers from " if self.is_whole else ""
        return f"{whole}{self.least} to {self.most} {self.unit}"

    def read(self, text: str) -> Decimal | None:
        """The number a text gives, if it is one within the bounds."""
        try:
            number = Decimal(text.strip())
        except InvalidOperation:
            return None
        is_within = number.is_finite() and self.least <= number <= self.most
        is_within = is_within and not (self.is_whole and number % 1)
        return number.normalize() if is_within else None

    def held(self, settings: Mapping[str, str]) -> Decimal:
        """What is set, in the unit people read; a setting nobody can read is the usual one."""
        number = self.read(settings.get(self.name, ""))
        return self.usual if number is None else number


def _line(name: str, label: str, unit: str, figures: str, meaning: str) -> Threshold:
    usual, least, most = map(Decimal, figures.split())
    return Threshold(name, label, unit, usual, least, most, meaning)


THRESHOLDS = (
    _line("attainment_tolerance", "Attainment tolerance", "%", "5 0 50",
          "How far behind its pace a quota may be before it is marked as behind."),
    _line("heat_map_points", "Heat map", "points", "15 1 100",
          "How far from the team's attainment a cell must lie to be coloured."),
    _line("stalled_percentile", "Stalled", "percentile", "75 50 99",
          "A deal stands still after more days in its stage than this share of won deals took."),
    _line("few_deals", "Few", "deals", "10 1 200",
          "Below so many decided deals a rate is printed with its range, and no verdict."),
    _line("balance_points", "Balance", "points", "20 1 100",
          "How far from the team's mean, which is 100, a territory may lie and count as fair."),
    _line("quiet_strategic", "Quiet, strategic", "days", "30 1 365",
          "Nobody spoke to a strategic account, or about its deals, for so long: it is named."),
    _line("quiet_other", "Quiet, any other", "days", "60 1 365",
          "The same for all other accounts and their deals."),
)  # fmt: skip
WEIGHTS = tuple(
    _line(f"weight_{name}", label, "parts", f"{usual} 0 100", "Its part of the composite.")
    for name, label, usual in (
        ("potential", "Potential", 40), ("workload", "Workload", 20), ("mrr", "Installed MRR", 10),
        ("open", "Open pipeline", 10), ("travel", "Travel", 10),
        ("strategic", "Strategic accounts", 10),
    )
)  # fmt: skip
"""How much each measure of a territory weighs in the composite."""
VISITS = (
    _line("visits_strategic", "A strategic account", "visits", "24 0 365", "Visits a year."),
    _line("visits_account", "Any other account", "visits", "6 0 365",
          "Visits a year, where its segment has no number of its own."),
    _line("visits_deal", "An open deal", "visits", "4 0 365", "Visits a year that it adds."),
    _line("visits_renewal", "A renewal", "visits", "2 0 365",
          "Visits that each renewal within 12 months adds."),
)  # fmt: skip
"""What makes the workload of a territory."""
SEGMENT = "visits in "
"""Before a segment's name: the setting that holds its own visits a year."""
KEPT = tuple(
    replace(_line(f"keep_{name}", label, "months", "0 0 240", meaning), is_whole=True)
    for name, label, meaning in (
        ("talks", "1:1s", "The talks, their notes and the private ones, from the day of the talk."),
        ("scores", "Scores", "How a skill was seen, from the day of the score."),
        ("plans", "Plans", "Closed ones, from the day they closed. A plan that runs is kept."),
        ("actions", "Actions", "Done or dropped ones. What is open is kept."),
        ("learning", "Learning", "What is done, from that day; a certificate from when it lapses."),
        ("praise", "Stories", "Praise for what went well, from its day."),
    )
)
"""How many months what was coached is kept, by kind; 0 for good."""
BY_NAME = {threshold.name: threshold for threshold in (*THRESHOLDS, *WEIGHTS, *VISITS, *KEPT)}


def segment_visits(segment: str) -> Threshold:
    """The line of the accounts of one segment."""
    return _line(f"{SEGMENT}{segment}", segment, "visits", "6 0 365", "Visits a year.")


def threshold(settings: Mapping[str, str], name: str) -> float:
    """As formulas use it: a share for %, else the number itself."""
    line = BY_NAME[name]
    number = line.held(settings)
    return float(number / 100 if line.unit == "%" else number)
