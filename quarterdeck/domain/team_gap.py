"""What makes the gap of a whole team: that of its people, added up."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from math import hypot
from operator import attrgetter

from quarterdeck.domain.gap_split import Part, Range
from quarterdeck.domain.quotas import CENT
from quarterdeck.domain.selling import Gap


def together(gaps: Sequence[Gap]) -> Gap | None:
    """The gap of a team: the parts of its people added up, to the cent. Their ranges are taken to
    be independent: the ends lie as far off as the root of the sum of squares."""
    if not gaps:
        return None
    parts, spread = [], []
    for at, first in enumerate(gaps[0].parts):
        usd = sum((one.parts[at].usd for one in gaps), Decimal(0))
        down, up = (
            Decimal(hypot(*(float(one.parts[at].usd - end(one.ranges[at])) for one in gaps)))
            for end in (attrgetter("low_usd"), attrgetter("high_usd"))
        )
        parts.append(Part(first.name, usd))
        spread.append(Range(first.name, (usd - down).quantize(CENT), (usd + up).quantize(CENT)))
    target, booked, still_open = (
        sum((each(one) for one in gaps), Decimal(0))
        for each in map(attrgetter, ("target_usd", "booked_usd", "open_usd"))
    )
    own, reference = gaps[0].own, gaps[0].reference
    return Gap(target, booked, still_open, tuple(parts), tuple(spread), own, reference)
