"""How do counties look, which ones touch, and where is the middle of each?"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from quarterdeck.geography.outlines import Topology, arcs_of, parts
from quarterdeck.geography.tables import DATA, counties
from quarterdeck.geography.words import STATES

SHAPES = DATA / "counties.json"
KEPT_CUTS = 16


def states_of(fips: Iterable[str]) -> tuple[str, ...]:
    """The states in which counties lie, two letters each, in order; codes of no county are none."""
    known = counties()
    return tuple(sorted({known[each].state for each in fips if each in known}))


@lru_cache(maxsize=KEPT_CUTS)
def cut(states: tuple[str, ...]) -> Topology:
    """The TopoJSON of these states, two letters each, and of no arc that they do not need.

    Its objects are "counties" and "states"; ids are FIPS codes, the property is a name, as in
    `tables.counties`. It is made once and shared: whoever wants another one copies it.
    """
    codes = {STATES[state][0] for state in states if state in STATES}
    whole, numbers = _whole(), dict[int, int]()
    objects = {
        name: {
            "type": "GeometryCollection",
            "geometries": [
                _renumbered(geometry, numbers)
                for geometry in whole["objects"][name]["geometries"]
                if geometry["id"][:2] in codes
            ],
        }
        for name in ("counties", "states")
    }
    arcs = [whole["arcs"][number] for number in numbers]
    return {"type": "Topology", "transform": whole["transform"], "objects": objects, "arcs": arcs}


def centre(fips: str) -> tuple[float, float]:
    """Longitude and latitude of the middle of a county's largest part; KeyError for no county."""
    county = counties()[fips]
    return county.longitude, county.latitude


def neighbours(fips: str) -> tuple[str, ...]:
    """The counties that share a stretch of border with one, in order; a mere corner is none."""
    return _neighbours().get(fips, ())


@lru_cache(maxsize=1)
def _neighbours() -> dict[str, tuple[str, ...]]:
    sides: dict[int, set[str]] = defaultdict(set)
    for geometry in _whole()["objects"]["counties"]["geometries"]:
        for arc in arcs_of(geometry):
            sides[arc].add(geometry["id"])
    beside: dict[str, set[str]] = defaultdict(set)
    for both in sides.values():
        for each in both:
            beside[each] |= both - {each}
    return {fips: tuple(sorted(others)) for fips, others in beside.items()}


@lru_cache(maxsize=1)
def _whole() -> Topology:
    topology: Topology = json.loads(SHAPES.read_text(encoding="utf-8"))
    return topology


def _renumbered(geometry: dict[str, Any], numbers: dict[int, int]) -> dict[str, Any]:
    """The geometry with the new numbers of its arcs; those met first come first."""

    def renumbered(arc: int) -> int:
        old = arc if arc >= 0 else ~arc
        new = numbers.setdefault(old, len(numbers))
        return new if arc >= 0 else ~new

    rings = [[[renumbered(arc) for arc in ring] for ring in part] for part in parts(geometry)]
    county = counties().get(geometry["id"])
    named = {"properties": {"name": county.name}} if county else {}
    return geometry | named | {"arcs": rings[0] if geometry["type"] == "Polygon" else rings}
