"""What is shipped of ZIPs, towns and counties? Each file is read once, when first asked for."""

from __future__ import annotations

import gzip
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

DATA = Path(__file__).parent / "data"
ZIPS, CITIES, COUNTIES = "us_zips.csv.gz", "us_cities.csv.gz", "us_counties.csv.gz"


class Zip(NamedTuple):
    """One ZIP: its own city, its state, and where it lies; no county for a military one."""

    city: str
    state: str
    county_fips: str | None
    latitude: float | None
    longitude: float | None


class County(NamedTuple):
    """One county: its name, two letters of its state, and the middle of its largest part."""

    name: str
    state: str
    latitude: float
    longitude: float


def zip_of(code: str) -> Zip | None:
    """What is known of five digits."""
    line = _zips().get(code)
    if line is None:
        return None
    city, state, fips, latitude, longitude = line.split(",")
    if not fips:
        return Zip(city, state, None, None, None)
    return Zip(city, state, fips, float(latitude), float(longitude))


def zip_of_city(state: str, city_key: str) -> str | None:
    """The ZIP that stands for a town: state by two letters, town by `words.key`."""
    return _cities().get(f"{state},{city_key}")


@lru_cache(maxsize=1)
def counties() -> dict[str, County]:
    """Every county by its five digits of FIPS."""
    rows = (line.split(",") for line in _lines(COUNTIES))
    return {
        fips: County(name, state, float(latitude), float(longitude))
        for fips, name, state, latitude, longitude in rows
    }


@lru_cache(maxsize=1)
def _zips() -> dict[str, str]:
    return {line[:5]: line[6:] for line in _lines(ZIPS)}


@lru_cache(maxsize=1)
def _cities() -> dict[str, str]:
    return {line[:-6]: line[-5:] for line in _lines(CITIES)}


def _lines(name: str) -> list[str]:
    """The lines below the heading."""
    return gzip.decompress((DATA / name).read_bytes()).decode().splitlines()[1:]
