"""In which colour is each county, where does each account and each name stand on the map?"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from quarterdeck.charts.house import LIGHT
from quarterdeck.charts.territory import TINTS
from quarterdeck.metrics import EMPTY, exact_money, money, share
from quarterdeck.ui.lines import shaded
from quarterdeck.ui.words import counted

Neighbours = Callable[[str], Iterable[str]]
Centre = Callable[[str], tuple[float, float]]
"""Of a county by its FIPS code: those it borders; its longitude and latitude."""
Row = dict[str, Any]
Spot = tuple[float, float, float]
"""Longitude, latitude, and the potential there."""

OWNER, POTENTIAL, PENETRATION, ATTAINMENT, WHITESPACE = LOOKS = (
    "Owner", "Potential", "Penetration", "Attainment", "Whitespace",
)  # fmt: skip
DEEP = {POTENTIAL: "potential_usd", PENETRATION: "penetration", WHITESPACE: "untapped_usd"}
"""What is the deeper the more there is of it, as a column of the counties."""
MOST_ROWS = 1_000
"""Never more are sent to a browser."""
MOST_NAMES = 8
OF_AN_ACCOUNT = (
    *("account_name", "person_id", "person_name", "county_fips"),
    *("longitude", "latitude", "potential_usd"),
)
ASPECT = 0.58
"""Height over width, as the picture has it."""
GOLDEN = math.pi * (3 - math.sqrt(5))
APART = 0.0045
"""How far, in parts of the map's width, accounts of one ZIP stand from each other."""
WORD_WIDE, WORD_HIGH = 0.12, 0.055
"""The room a name takes, in parts of the map's width."""
EMPTY_ROW: Row = {
    "fips": None, "person_id": "", "exact_words": "", "is_faded": False, "is_unheld": False,
    "owner_number": None, "shade": None, "lean": None, "size": None, "lon": None, "lat": None,
    "word": None, "words": None,
}  # fmt: skip


@dataclass(frozen=True)
class Land:
    """What the map is drawn from: the answers of counties and accounts; of each person_id a short
    name and the potential held; who is picked; and for attainment what each reached of the quota,
    what was expected by now, both ratios, and how many points of lag are none."""

    counties: pd.DataFrame
    accounts: pd.DataFrame
    names: Mapping[str, tuple[str, float]]
    look: str = OWNER
    pick: str = ""
    reached: Mapping[str, tuple[float, float]] | None = None
    tolerance: float = 15.0


def owner_numbers(counties: pd.DataFrame, neighbours: Neighbours) -> dict[str, int]:
    """A tint for each holder: none that a neighbour has, and of those left the one least like
    theirs in lightness, and least used so far."""
    holder = dict(zip(counties["county_fips"], counties["person_id"], strict=True))
    borders: dict[str, set[str]] = {each: set() for each in holder.values() if each}
    for fips, person in holder.items():
        others = {holder.get(each, "") for each in neighbours(fips)} - {"", person}
        if person:
            borders[person] |= others
    chosen: dict[str, int] = {}
    for person in sorted(borders, key=lambda each: (-len(borders[each]), each)):
        near = [chosen[each] for each in borders[person] if each in chosen]
        used = [*chosen.values()]
        chosen[person] = min(range(TINTS), key=lambda tint: _cost(tint, near, used.count(tint)))
    return chosen


def _cost(tint: int, near: list[int], uses: int) -> tuple[int, int, float, int]:
    alike = sum(1 / (3 + abs(lightness(tint) - lightness(other))) for other in near)
    return near.count(tint), uses, alike, tint


def lightness(tint: int) -> float:
    """0 to 100, as CIE L* of the tint in light mode (CIE 15:2004)."""
    red, green, blue = (int(LIGHT[f"owner_{tint}"][at : at + 2], 16) / 255 for at in (1, 3, 5))
    parts = [each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4
             for each in (red, green, blue)]  # fmt: skip
    luminance = 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
    return float(116 * luminance ** (1 / 3) - 16)


def rows_of(land: Land, neighbours: Neighbours, centre: Centre) -> pd.DataFrame:
    """The rows of `charts.territory.county_map`: never more than MOST_ROWS.

    The ring of counties around those in sight comes first, then these, accounts, names.
    """
    counties = land.counties.sort_values("potential_usd", ascending=False).head(MOST_ROWS // 2)
    numbers = owner_numbers(counties, neighbours) if land.look == OWNER else {}
    drawn = county_rows(land, counties, numbers)
    named = [] if land.look in DEEP else name_rows(land, counties, centre)
    room = MOST_ROWS - len(drawn) - len(named)
    placed = land.accounts.dropna(subset=["latitude", "longitude"])
    points = account_rows(land, placed.head(room), numbers)
    ring = ring_rows(counties["county_fips"], neighbours)[: room - len(points)]
    return pd.DataFrame([*ring, *drawn, *points, *named], columns=["kind", *EMPTY_ROW])


def ring_rows(inside: Iterable[str], neighbours: Neighbours) -> list[Row]:
    """The counties around, in the same states: the land on which the others lie."""
    known = {*inside}
    states = {each[:2] for each in known}
    around = {other for each in known for other in neighbours(each)} - known
    return [EMPTY_ROW | {"kind": "land", "fips": each} for each in sorted(around)
            if each[:2] in states]  # fmt: skip


def county_rows(land: Land, counties: pd.DataFrame, numbers: Mapping[str, int]) -> list[Row]:
    """One row a county: its colour by what is asked, and what is in it."""
    shades = _shades(counties, land.look)
    rows = []
    for one in counties.to_dict("records"):
        person = str(one["person_id"])
        distance = _distance(land, person)
        is_by_owner = land.look in (OWNER, ATTAINMENT)
        rows.append(EMPTY_ROW | {
            "kind": "county",
            "fips": one["county_fips"],
            "person_id": person,
            "exact_words": f"{place(one)}: {_words(one, land)}",
            "is_faded": bool(land.pick) and person != land.pick,
            "is_unheld": is_by_owner and not person,
            "owner_number": numbers.get(person),
            "shade": shades.get(one["county_fips"]),
            "lean": None if distance is None else shaded(distance, land.tolerance),
        })  # fmt: skip
    return rows


def place(county: Mapping[Any, Any] | pd.Series) -> str:
    return f"{county['county_name']}, {county['county_state']}"


def _shades(counties: pd.DataFrame, look: str) -> dict[str, float]:
    """From 0, the least there is, to 1; of amounts the root, for a few outweigh all others."""
    if look not in DEEP or counties.empty:
        return {}
    values = counties[DEEP[look]].astype(float)
    values = values if look == PENETRATION else values.clip(lower=0) ** 0.5
    low, width = values.min(), values.max() - values.min()
    shades = (values - low) / width if width else values * 0 + 0.5
    return dict(zip(counties["county_fips"], shades, strict=True))


def _distance(land: Land, person: str) -> float | None:
    if land.look != ATTAINMENT or land.reached is None or person not in land.reached:
        return None
    attained, expected = land.reached[person]
    return attained - expected


def _words(county: Mapping[Any, Any], land: Land) -> str:
    holder = str(county["person_name"]) if county["person_id"] else "held by nobody"
    number = counted(int(county["accounts"]), "account")
    if land.look == PENETRATION:
        return f"{share(county['penetration'])}, {int(county['customers'])} of {number} installed"
    if land.look == WHITESPACE:
        return f"{exact_money(county['untapped_usd'])} untapped at {number}"
    if land.look == ATTAINMENT:
        reached = (land.reached or {}).get(str(county["person_id"]))
        return f"{holder}, {share(reached[0])} of quota" if reached else f"{holder}, no quota"
    several = int(county["holders"])
    most = f", most of {number}, {several} holders" if several > 1 else f", {number}"
    return f"{holder}{most}, {exact_money(county['potential_usd'])} of potential"


def account_rows(land: Land, placed: pd.DataFrame, numbers: Mapping[str, int]) -> list[Row]:
    """One row an account, the largest first; those of one spot stand around it."""
    largest = float(placed["potential_usd"].max()) if len(placed) else 0.0
    holder_of = dict(zip(land.counties["county_fips"], land.counties["person_id"], strict=True))
    apart = APART * width_of([*placed["longitude"]], [*placed["latitude"]])
    stand: dict[tuple[float, float], int] = defaultdict(int)
    rows = []
    for one in placed[[*OF_AN_ACCOUNT]].to_dict("records"):
        spot = (one["longitude"], one["latitude"])
        lon, lat = _around(spot, stand[spot], apart)
        stand[spot] += 1
        person = str(one["person_id"])
        holder = str(one["person_name"]) if person else "held by nobody"
        usd = one["potential_usd"]
        rows.append(EMPTY_ROW | {
            "kind": "account",
            "person_id": person,
            "exact_words": f"{one['account_name']}: {holder}, {exact_money(usd)} of potential",
            "is_faded": bool(land.pick) and person != land.pick,
            "owner_number": None if holder_of.get(one["county_fips"]) == person
            else numbers.get(person),
            "size": max(usd, 0) / largest if largest > 0 else 0.0,
            "lon": lon,
            "lat": lat,
        })  # fmt: skip
    return rows


def _around(spot: tuple[float, float], number: int, apart: float) -> tuple[float, float]:
    """The place of the n-th on one spot: a spiral of even density (H. Vogel, Math. Biosci. 44,
    1979)."""
    far, angle = apart * math.sqrt(number), number * GOLDEN
    lon, lat = spot
    return lon + far * math.cos(angle) / math.cos(math.radians(lat)), lat + far * math.sin(angle)


def width_of(lon: Sequence[float], lat: Sequence[float]) -> float:
    """How wide a map of these is, in degrees of latitude."""
    if not lon:
        return 1.0
    wide = (max(lon) - min(lon)) * math.cos(math.radians(sum(lat) / len(lat)))
    return max(wide, (max(lat) - min(lat)) / ASPECT, 0.5)


def name_rows(land: Land, counties: pd.DataFrame, centre: Centre) -> list[Row]:
    """Each holder's name on a county of theirs, in the middle of their potential; where two would
    touch, the one with less potential moves to another county of theirs or is left out. Below it
    the potential, or what is reached of the quota."""
    spots: dict[str, list[Spot]] = defaultdict(list)
    columns = ("county_fips", "person_id", "potential_usd")
    for fips, person, usd in zip(*(counties[each] for each in columns), strict=True):
        if person:
            spots[person].append((*centre(fips), max(float(usd), 0.0)))
    every = [spot for own in spots.values() for spot in own]
    wide = width_of([lon for lon, *_ in every], [lat for _, lat, _ in every])
    usd_of = {person: sum(usd for *_, usd in own) for person, own in spots.items()}
    taken: list[tuple[float, float]] = []
    rows = []
    for person in sorted(spots, key=lambda each: (-usd_of[each], each))[:MOST_NAMES]:
        spot = _free(spots[person], taken, wide)
        if spot is None:
            continue
        taken.append(spot)
        word, usd = land.names.get(person, (person, usd_of[person]))
        reached = (land.reached or {}).get(person)
        amount = share(reached[0]) if reached else EMPTY if land.look == ATTAINMENT else money(usd)
        rows.append(EMPTY_ROW | {
            "kind": "name",
            "person_id": person,
            "word": word,
            "words": f"{word}\n{amount}",
            "lon": spot[0],
            "lat": spot[1],
        })  # fmt: skip
    return rows


def _free(
    own: list[Spot], taken: list[tuple[float, float]], wide: float
) -> tuple[float, float] | None:
    """The middle of the county nearest to the middle of all, where no other name stands."""
    weight = sum(usd + 1 for *_, usd in own)
    middle = sum(lon * (usd + 1) for lon, _, usd in own) / weight
    height = sum(lat * (usd + 1) for _, lat, usd in own) / weight
    slim = math.cos(math.radians(height))
    by_far = sorted(own, key=lambda at: ((at[0] - middle) * slim) ** 2 + (at[1] - height) ** 2)
    for lon, lat, _ in by_far:
        if not any(
            abs(lon - other) * slim < WORD_WIDE * wide and abs(lat - north) < WORD_HIGH * wide
            for other, north in taken
        ):
            return lon, lat
    return None


def ends(land: Land) -> str:
    """What the palest and the deepest county of a scale hold: the legend, in words."""
    column = DEEP[land.look]
    known = land.counties.dropna(subset=column).sort_values([column, "county_fips"])
    if known.empty:
        return ""
    show = share if land.look == PENETRATION else money
    low, high = known.iloc[0], known.iloc[-1]
    if low[column] == high[column]:
        return f"All counties alike: {show(high[column])}."
    return f"Pale {show(low[column])} in {place(low)} → deep {show(high[column])} in {place(high)}."
