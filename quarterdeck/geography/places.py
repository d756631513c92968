"""Where does an address lie: in which county, at which latitude and longitude?"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace

from quarterdeck.geography.tables import Zip, counties, zip_of, zip_of_city
from quarterdeck.geography.words import (
    BEYOND,
    MILITARY,
    is_abroad,
    is_empty,
    is_home,
    is_unsaid,
    key,
    state_of,
)

NO_ADDRESS = "no ZIP and no city with a state"
NOT_US = "is not a US address"
_LONGEST = 40
_AROUND = " \t\r\n'\"`´’#=()[]"
_CODE = re.compile(r"([A-Z]{0,3})[ .,-]*([0-9][0-9 .-]*?)[ .,-]*([A-Z]{0,3})")
_DIGITS = re.compile(r"([0-9]{3,5})(?:[ -]*[0-9]{4})?")


@dataclass(frozen=True)
class Place:
    """A county and a point in degrees, and by what they were found ("ZIP" or "city").

    All of it is None where the address lies nowhere; `why_not` says why, else it is ''.
    """

    county_fips: str | None = None
    county_name: str | None = None
    state: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    place_by: str | None = None
    why_not: str = ""


@dataclass(frozen=True)
class _Code:
    """A postal code as it is meant: its digits, as far as they can be those of a ZIP.

    `digits` is '' where there is no code; `beside` are the letters that stand beside the digits,
    `length` is how many digits there are with the four more.
    """

    digits: str = ""
    length: int = 0
    beside: tuple[str, ...] = ()
    is_zip: bool = False
    is_foreign: bool = False


def place_of(zip: str, city: str, state: str) -> Place:
    """The place of an address by its ZIP, else by its city and state; never raises.

    A ZIP may have its four more digits, and may have lost the zeros before it where the state, or
    without one the city, agrees. It counts more than a state that contradicts it. An unknown ZIP
    gives way to city and state. A town of several ZIPs lies at the one `making.middle` chose.
    """
    code, here = _code(zip), _state(city, state)
    if code.is_foreign or _is_foreign(city, state):
        return Place(why_not=NOT_US)
    if found := _known(code, city, state):
        return _at(found, code.digits, "ZIP")
    if here in MILITARY:
        return Place(why_not="a military post office lies in no county")
    if here and (town := _town(city, here)):
        return _at(town, code.digits, "city")
    return Place(why_not=_why_not(code, city, here))


def _at(found: Zip, digits: str, place_by: str) -> Place:
    if found.county_fips is None:
        kind = "is a military post office" if found.state in MILITARY else "is outside the states"
        return Place(why_not=f"ZIP {digits} {kind}, in no county")
    county = counties()[found.county_fips]
    point = (found.latitude, found.longitude)
    return Place(found.county_fips, county.name, county.state, *point, place_by)


def _why_not(code: _Code, city: str, here: str | None) -> str:
    if code.length > 5 and code.length != 9:
        return NOT_US
    if code.digits:
        return f"ZIP {code.digits} is not known"
    if here in BEYOND:
        return "is outside the states, in no county"
    return f"its city is not known in {here}" if here and not is_empty(city) else NO_ADDRESS


def _code(text: str) -> _Code:
    """A text as a postal code; digits with letters in them are one of another country."""
    plain = unicodedata.normalize("NFKC", text).upper()
    plain = re.sub("[‐-―−]", "-", plain).strip(_AROUND)[:_LONGEST]
    number = "".join(re.findall("[0-9]", plain))
    if not number:
        return _Code()
    if re.fullmatch(r"[0-9]{1,2},[0-9]{3}(\.0+)?", plain):
        plain = plain.replace(",", "")
    said = _CODE.fullmatch(plain)
    if said is None:
        return _Code(number, len(number), is_foreign=bool(re.search("[A-Z]", plain)))
    before, digits, after = said.groups()
    beside = tuple(each for each in (before, after) if each and not is_home(each))
    digits = re.sub(r"\.0*$", "", digits)
    if meant := _DIGITS.fullmatch(digits):
        length = len(re.findall("[0-9]", digits))
        found = _Code(meant[1], length, beside, is_zip=True)
        return replace(found, is_foreign=bool(beside) and not _agrees(found))
    return _Code(number, len(number), is_foreign=bool(beside))


def _agrees(code: _Code) -> bool:
    """Letters beside a ZIP are those of its state: DE-10115 lies in Germany, not in Delaware."""
    known = zip_of(code.digits.zfill(5))
    return known is not None and all(state_of(each) == known.state for each in code.beside)


def _known(code: _Code, city: str, state: str) -> Zip | None:
    """The ZIP, its lost zeros put back where the rest of the address agrees."""
    found = zip_of(code.digits.zfill(5)) if code.is_zip else None
    if found is None or len(code.digits) == 5 or code.beside:
        return found
    here = _state(city, state)
    if here or not is_unsaid(state):
        return found if here == found.state else None
    return found if is_empty(city) or _town(city, found.state) else None


def _town(city: str, state: str) -> Zip | None:
    """The ZIP that stands for a town; what follows a comma in its name may be left out."""
    for name in (city, city.partition(",")[0]):
        if code := zip_of_city(state, key(name)):
            return zip_of(code)
    return None


def _state(city: str, state: str) -> str | None:
    """The state as two letters; without one, what follows the last comma of the city."""
    return state_of(state) or (state_of(_last(city)) if is_unsaid(state) else None)


def _is_foreign(city: str, state: str) -> bool:
    return is_abroad(state) or is_abroad(_last(city))


def _last(city: str) -> str:
    """What follows the last comma; nothing without one."""
    return city.rpartition(",")[2] if "," in city else ""
