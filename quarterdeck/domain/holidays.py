"""Which weekdays are off in a country or one of its states?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import holidays as known
from holidays.registry import COUNTRIES

FIRST_DAY, LAST_DAY = date(1989, 1, 1), date(2062, 12, 31)
"""The calendar of working days, a year wider than the fiscal one on either side."""
USUAL, NOWHERE = "US", "none"
"""Federal holidays of the United States, and Monday to Friday without any."""
WEEKEND = "Weekend"


@dataclass(frozen=True)
class Day:
    """One day of the calendar: why it is off, and the working days before it and through it.

    `is_own` marks a day that the organisation itself took off, or works although others do not.
    """

    on: date
    off: str | None
    before: int
    through: int
    is_own: bool


@cache
def places() -> dict[str, str]:
    """Each list of holidays by its code, as US or US-WA, with the name people read."""
    found = {NOWHERE: "No holidays, Monday to Friday"}
    for code, states in known.list_supported_countries(include_aliases=False).items():
        found[code] = _name(code)
        named = {state: name for name, state in _aliases(code).items()}
        found |= {
            f"{code}-{state}": f"{_name(code)}: {named.get(state, state)}" for state in states
        }
    return dict(sorted(found.items(), key=lambda item: (item[0][:2] != USUAL, item[1])))


def days_off(place: str) -> dict[date, str]:
    """The holidays of a place from Monday to Friday, in English where the list has English names.

    Raises KeyError for a place that has no list.
    """
    if place == NOWHERE:
        return {}
    if place not in places():
        raise KeyError(place)
    country, _, state = place.partition("-")
    years = range(FIRST_DAY.year, LAST_DAY.year + 1)
    language = "en_US" if "en_US" in known.list_localized_countries().get(country, ()) else None
    listed = known.country_holidays(country, subdiv=state or None, years=years, language=language)
    return {
        day: name
        for day, name in sorted(listed.items())
        if day.weekday() < 5 and FIRST_DAY <= day <= LAST_DAY
    }


def calendar(place: str, own: dict[date, str | None]) -> list[Day]:
    """Every day of the calendar; `own` days off have a name, own working days have none."""
    off = {**days_off(place), **own}
    found, worked = list[Day](), 0
    for number in range((LAST_DAY - FIRST_DAY).days + 1):
        day = FIRST_DAY + timedelta(days=number)
        why = off.get(day) if day in off else WEEKEND if day.weekday() > 4 else None
        before, worked = worked, worked + (why is None)
        found.append(Day(day, why, before, worked, day in own))
    return found


def _name(code: str) -> str:
    named = {each[1]: key for key, each in COUNTRIES.items()}
    return named.get(code, code).replace("_", " ").title()


def _aliases(code: str) -> dict[str, str]:
    kind = getattr(known, code, None)
    return dict(getattr(kind, "subdivisions_aliases", {}) or {})
