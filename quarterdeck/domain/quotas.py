"""How is a sum split over months so that it adds up again to the cent?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import accumulate, pairwise

from quarterdeck.domain.calendar import Calendar

CENT = Decimal("0.01")
EVEN = "even"
PHASINGS = {
    EVEN: ("Even: each month alike", (1,) * 12),
    "quarter_end": ("Pull at each quarter's end: 3, 4, 5", (3, 4, 5) * 4),
    "year_end": ("Growing to the year's end", (6, 6, 7, 7, 8, 8, 8, 9, 9, 10, 10, 12)),
}
"""By name: what people read, and the weight of each fiscal month of a year."""
HEAVIEST = 1000


BASES = ("amount", "tcv", "mrr", "acv")
"""In what amounts and quotas are counted."""


@dataclass(frozen=True)
class Weight:
    """A month's part of a period: the weights before it and through it, of all of them."""

    before: int
    through: int
    whole: int


def split_by(total: Decimal, weights: Sequence[int]) -> list[Decimal]:
    """`total` dollars by weights: each running sum is rounded half up to the cent."""
    sums = [0, *accumulate(weights)]
    return spread(total, [Weight(*pair, sums[-1]) for pair in pairwise(sums)])


def spread(total: Decimal, parts: Sequence[Weight]) -> list[Decimal]:
    """The same for the parts of a period, as the statements of an import do it."""
    cents = int(total / CENT)

    def until(weight: int, whole: int) -> int:
        return (2 * cents * weight + whole) // (2 * whole)

    return [
        (until(part.through, part.whole) - until(part.before, part.whole)) * CENT for part in parts
    ]


def phasing_in(text: str | None) -> tuple[int, ...] | None:
    """The twelve weights that a setting names or lists; None for what is neither.

    Whole numbers from 0 to 1,000, not all of them 0.
    """
    if text is None or text in PHASINGS:
        return PHASINGS[text or EVEN][1]
    parts = [part.strip() for part in text.split(",")]
    if len(parts) != 12 or not all(part.isascii() and part.isdigit() for part in parts):
        return None
    weights = tuple(map(int, parts))
    return weights if sum(weights) > 0 and max(weights) <= HEAVIEST else None


def weights_of(known: Calendar, months: Sequence[date], yearly: Sequence[int]) -> list[Weight]:
    """Each month's part of the period that these months make.

    Months that weigh nothing at all, or are none of the calendar's, share it evenly.
    """
    places = {month.from_on: place for place, month in enumerate(known.months)}
    first_of = {month.year: place for place, month in reversed(list(enumerate(known.months)))}
    at = [places[day] for day in months if day in places]
    own = [yearly[(place - first_of[known.months[place].year]) % 12] for place in at]
    if len(own) < len(months) or not sum(own):
        own = [1] * len(months)
    sums = [0, *accumulate(own)]
    return [Weight(before, through, sums[-1]) for before, through in pairwise(sums)]
