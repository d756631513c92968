"""When do the parts of a deal make one whole, and how are they said?"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

OFF = Decimal("0.001")
"""Parts such as three times 33.33 % are meant as the whole: what lacks is evened out."""


def is_whole(parts: Sequence[Decimal]) -> bool:
    """Whether parts add up to the whole, near enough."""
    return abs(sum(parts, Decimal()) - 1) <= OFF


def percent(part: Decimal) -> str:
    """A part as people write it: 60 %, 33.33 %."""
    return f"{part * 100:.2f}".rstrip("0").rstrip(".") + " %"
