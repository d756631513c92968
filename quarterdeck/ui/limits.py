"""From where on is something behind? As Settings say."""

from __future__ import annotations

from quarterdeck.domain.thresholds import threshold
from quarterdeck.ui import session


def tolerance() -> float:
    """A lag smaller than this part of the quota is no alarm."""
    return _of("attainment_tolerance")


def heat_map_points() -> float:
    """How many points from what is expected a cell gets its colour."""
    return _of("heat_map_points")


def _of(name: str) -> float:
    return threshold(session.settings(), name)
