"""Where does each address in use lie? Worked out whenever one comes, changes or goes."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from quarterdeck import catalog
from quarterdeck.geography.places import place_of
from quarterdeck.steps import Cursor, run

Address = tuple[str, str, str]
"""ZIP, city and state as accounts and people hold them; '' for none."""


def derive_places(cursor: Cursor, at: datetime) -> None:
    """Bring the table `place` up to what accounts and people hold now, in their transaction.

    It is a function of these rows alone: each address in use has one place or one reason for
    having none, and no other address has. One question where nothing has changed.
    """
    moved = run(cursor, catalog.statements("places_missing")).fetchall()
    coming = [(zip_code, city, state) for zip_code, city, state, is_missing in moved if is_missing]
    leaving = [(zip_code, city, state) for zip_code, city, state, missing in moved if not missing]
    if leaving:
        run(cursor, catalog.statements("places_drop"), _addresses(leaving) | {"at": at})
    if coming:
        run(cursor, catalog.statements("places_add"), _placed(coming) | {"at": at})


def _addresses(addresses: list[Address]) -> dict[str, Any]:
    zips, cities, states = (list(cells) for cells in zip(*addresses, strict=True))
    return {"zips": zips, "cities": cities, "states": states}


def _placed(addresses: list[Address]) -> dict[str, Any]:
    """The rows of the table, a list a column."""
    places = [place_of(*address) for address in addresses]
    return _addresses(addresses) | {
        "county_fips": [place.county_fips for place in places],
        "county_name": [place.county_name for place in places],
        "county_state": [place.state for place in places],
        "latitude": [place.latitude for place in places],
        "longitude": [place.longitude for place in places],
        "placed_by": [place.place_by for place in places],
        "unplaced_why": [place.why_not or None for place in places],
    }
