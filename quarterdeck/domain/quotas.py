"""How is a sum split over months so that it adds up again to the cent?"""

from __future__ import annotations

from decimal import Decimal

CENT = Decimal("0.01")


def split_evenly(total: Decimal, parts: int) -> list[Decimal]:
    """`total` dollars in whole cents over `parts`; the cents left over go to the first ones.

    The rule of largest remainders for equal weights: no two parts differ by more than one cent.
    """
    whole, left = divmod(int(total / CENT), parts)
    return [(whole + (1 if place < left else 0)) * CENT for place in range(parts)]
