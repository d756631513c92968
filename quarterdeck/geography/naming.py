"""Which county is meant by a name, or by a point, in a state?"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from quarterdeck.geography.outlines import Polygon, distance, middle
from quarterdeck.geography.words import STATES, key

INDEPENDENT = "510"
"""From this number on, within a state, a county code is that of a city in no county."""
_KIND = re.compile(
    r" (county|parish|city and borough|borough|municipality|municipio|census area|city)$", re.I
)
_OF_FIPS = {fips: code for code, (fips, _) in STATES.items()}


@dataclass(frozen=True)
class County:
    """A county of the shapes, or a city that belongs to none."""

    fips: str
    name: str
    parts: list[Polygon]
    is_twice: bool = False

    @property
    def state(self) -> str:
        return _OF_FIPS[self.fips[:2]]

    @property
    def is_city(self) -> bool:
        return self.fips[2:] >= INDEPENDENT

    @property
    def label(self) -> str:
        """The name; that of a city says so where a county of the state has the same."""
        return f"{self.name} city" if self.is_twice and self.is_city else self.name

    @cached_property
    def centre(self) -> tuple[float, float]:
        """Latitude and longitude of the middle of its largest part."""
        longitude, latitude = middle(self.parts)
        return latitude, longitude

    def away(self, point: tuple[float, float]) -> float:
        """How many degrees a point (latitude, longitude) is away; 0 for one that lies in it."""
        return min(distance(part, (point[1], point[0])) for part in self.parts)


class Counties:
    """All counties, to be found by name and by point."""

    def __init__(self, counties: Iterable[County]) -> None:
        self._named: dict[tuple[str, str], list[County]] = defaultdict(list)
        for county in counties:
            self._named[county.state, key(county.name)].append(county)
        self._all = sorted(
            (
                County(each.fips, each.name, each.parts, len(alike) > 1)
                for alike in self._named.values()
                for each in alike
            ),
            key=lambda county: county.fips,
        )

    def __iter__(self) -> Iterator[County]:
        return iter(self._all)

    def named(self, state: str, name: str) -> County | None:
        """The county called so, "Saint" or "St.", with or without its kind; None if none or
        several are: "Richmond city" is not "Richmond County"."""
        kind = _KIND.search(name)
        for words in filter(None, (name, _KIND.sub("", name))):
            alike = self._named.get((state, key(words)), [])
            if len(alike) > 1 and kind:
                alike = [each for each in alike if each.is_city == (kind[1].lower() == "city")]
            if len(alike) == 1:
                return alike[0]
        return None

    def nearest(self, state: str, point: tuple[float, float]) -> County:
        """The county of a state that holds a point (latitude, longitude), else the next to it."""
        inside = (each for each in self._all if each.state == state)
        return min(inside, key=lambda county: county.away(point))
