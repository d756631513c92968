"""What is the outline of a county? Rings of points in degrees, out of the arcs of a TopoJSON."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import accumulate, pairwise
from typing import Any

Topology = dict[str, Any]
Point = tuple[float, float]
"""Longitude and latitude."""
Ring = list[Point]
Polygon = list[Ring]
"""An outline, and the holes in it."""


def polygons(topology: Topology, geometry: dict[str, Any]) -> list[Polygon]:
    """The parts of one geometry of the topology, each an outline and its holes."""
    return [[_ring(topology, arcs) for arcs in part] for part in parts(geometry)]


def parts(geometry: dict[str, Any]) -> list[list[list[int]]]:
    """The numbers of the arcs of each ring, part by part."""
    arcs: list[Any] = geometry["arcs"]
    return [arcs] if geometry["type"] == "Polygon" else arcs


def arcs_of(geometry: dict[str, Any]) -> Iterator[int]:
    """The arcs that a geometry is made of, whichever way round."""
    for part in parts(geometry):
        for ring in part:
            yield from (arc if arc >= 0 else ~arc for arc in ring)


def holds(polygon: Polygon, point: Point) -> bool:
    """Whether a point lies in the outline and in none of its holes (even-odd rule)."""
    return sum(_crossings(ring, point) for ring in polygon) % 2 == 1


def distance(polygon: Polygon, point: Point) -> float:
    """How many degrees of latitude a point is away from a part; 0 for one that lies in it."""
    if holds(polygon, point):
        return 0.0
    return min(_away(start, end, point) for ring in polygon for start, end in pairwise(ring))


def middle(parts_of: list[Polygon]) -> Point:
    """The centre of gravity of the largest part's outline; of one without width its first point."""
    outline = max((polygon[0] for polygon in parts_of), key=lambda ring: abs(_area(ring)))
    area, x0, y0 = _area(outline), *outline[0]
    if not area:
        return x0, y0
    # From the first point on, for areas are small beside the squares of coordinates.
    moved = [(x - x0, y - y0) for x, y in outline]
    turns = [(a[0] + b[0], a[1] + b[1], a[0] * b[1] - b[0] * a[1]) for a, b in pairwise(moved)]
    return (
        x0 + sum(x * turn for x, _, turn in turns) / (6 * area),
        y0 + sum(y * turn for _, y, turn in turns) / (6 * area),
    )


def _ring(topology: Topology, arcs: list[int]) -> Ring:
    ring: Ring = []
    for arc in arcs:
        points = _points(topology, arc if arc >= 0 else ~arc)
        ring += (points if arc >= 0 else points[::-1])[1 if ring else 0 :]
    return ring


def _points(topology: Topology, arc: int) -> Ring:
    """One arc: each position is told as the way from the one before (TopoJSON 1.0, 2.1.3)."""
    (wide, high), (left, low) = (topology["transform"][name] for name in ("scale", "translate"))
    positions = accumulate(topology["arcs"][arc], lambda at, by: [at[0] + by[0], at[1] + by[1]])
    return [(x * wide + left, y * high + low) for x, y in positions]


def _crossings(ring: Ring, point: Point) -> int:
    """How many edges of a ring a ray to the east meets."""
    x, y = point
    return sum(
        (a[1] > y) != (b[1] > y) and x < (b[0] - a[0]) * (y - a[1]) / (b[1] - a[1]) + a[0]
        for a, b in pairwise(ring)
    )


def _area(ring: Ring) -> float:
    x0, y0 = ring[0]
    return sum((a[0] - x0) * (b[1] - y0) - (b[0] - x0) * (a[1] - y0) for a, b in pairwise(ring)) / 2


def _away(start: Point, end: Point, point: Point) -> float:
    """From a point to a stretch of border, a degree of longitude shortened by the latitude."""
    shorter = math.cos(math.radians(point[1]))
    ax, ay = (start[0] - point[0]) * shorter, start[1] - point[1]
    bx, by = (end[0] - start[0]) * shorter, end[1] - start[1]
    along = -(ax * bx + ay * by) / ((bx * bx + by * by) or 1.0)
    along = min(1.0, max(0.0, along))
    return math.hypot(ax + along * bx, ay + along * by)
