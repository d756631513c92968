"""In which of somebody's modules would an account lie best?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from math import hypot, isnan


@dataclass(frozen=True)
class Site:
    """An account where it lies: its county, and degrees north and east if they are known."""

    county: str
    latitude: float
    longitude: float


@dataclass
class _Module:
    counties: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    sites: list[Site] = field(default_factory=list)


class Homes:
    """The modules of each person, and what lies in them."""

    def __init__(self, lying: Iterable[tuple[str, str, Site]], owned: Iterable[tuple[str, str]]):
        """`lying`: person, module and place of each account; `owned`: person and module."""
        self._modules: dict[str, dict[str, _Module]] = defaultdict(dict)
        for person_id, module_id in owned:
            self._modules[person_id].setdefault(module_id, _Module())
        for person_id, module_id, site in lying:
            if module_id:
                module = self._modules[person_id].setdefault(module_id, _Module())
                module.counties[site.county] += 1
                if not isnan(site.latitude):
                    module.sites.append(site)

    def best(self, person_id: str, site: Site) -> str:
        """The module with most accounts in the same county, else the nearest, else the first;
        '' for somebody without one."""
        known = self._modules.get(person_id)
        if not known:
            return ""
        if site.county:
            near = max(known, key=lambda one: (known[one].counties.get(site.county, 0), one))
            if known[near].counties.get(site.county):
                return near
        return min(known, key=lambda one: (_distance(known[one].sites, site), one))


def _distance(sites: list[Site], site: Site) -> float:
    """In degrees, east ones shortened as between 40 and 50 degrees north."""
    if not sites or isnan(site.latitude):
        return float("inf")
    return min(
        hypot(site.latitude - one.latitude, 0.7 * (site.longitude - one.longitude)) for one in sites
    )
