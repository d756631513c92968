"""Which day does a text mean?"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import TypeVar
from zoneinfo import ZoneInfo

from quarterdeck.importing.ambiguity import Readings

MONTH_FIRST = "month first"
DAY_FIRST = "day first"

_FIRST_YEAR, _LAST_YEAR = 1900, 2199
_MONTHS = {
    name[:length].lower(): number
    for number, name in enumerate(
        [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ],
        1,
    )
    for length in (3, len(name))
} | {"sept": 9}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
# Only the offsets that mean one thing in North America; other abbreviations are not guessed.
_ZONES = {"z": 0, "utc": 0, "gmt": 0, "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7}
_ZONES |= {"mdt": -6, "pst": -8, "pdt": -7}
_TIME = re.compile(
    rf"""[T,\s]+(?P<hour>\d{{1,2}}):(?P<minute>\d\d)(:(?P<second>\d\d)([.,]\d{{1,9}})?)?
    \s*(?P<half>[ap]\.?m\.?)?\s*(?P<zone>[+-]\d\d(:?\d\d)?|{"|".join(_ZONES)})?$""",
    re.VERBOSE | re.IGNORECASE,
)
_ISO = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})")
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)")
_NUMBERS = re.compile(r"(\d{1,2})([-/. ])(\d{1,2})\2(\d{4}|\d\d)")
_DAY_NAMED = re.compile(rf"(\d{{1,2}})(?:st|nd|rd|th)?[-\s./,]*({_MONTH})[-\s./,']*(\d{{4}}|\d\d)")
_NAMED_DAY = re.compile(rf"({_MONTH})[-\s./]*(\d{{1,2}})(?:st|nd|rd|th)?[-\s./,]+'?(\d{{4}}|\d\d)")
_YEAR_NAMED = re.compile(rf"(\d{{4}})[-\s./]*({_MONTH})[-\s./]*(\d{{1,2}})")
_WEEKDAY = re.compile(r"^(mon|tues?|wed(nes)?|thu(rs)?|fri|sat(ur)?|sun)(day)?[.,]*\s+")
_SERIAL = re.compile(r"[2-7]\d{4}(\.\d+)?")
_MILLISECONDS = re.compile(r"1\d{12}")
_EXCEL_START = date(1899, 12, 30)
_LONGEST = 48

NO_DATE = "This is not a date"
IMPOSSIBLE = "There is no such day"
NO_TIME = "There is no such time of day"
Day = TypeVar("Day", bound=date)


def date_readings(zone: ZoneInfo) -> Callable[[str], Readings[date]]:
    """A reader of dates: an instant with a zone becomes the day it was in the zone given."""

    def readings(text: str) -> Readings[date]:
        if len(text) > _LONGEST:
            return NO_DATE
        plain = " ".join(text.lower().split())
        moment = _TIME.search(plain)
        days = _days(_WEEKDAY.sub("", plain[: moment.start()] if moment else plain, 1))
        if moment is None or isinstance(days, str):
            return days
        return _at_home(days, moment, zone)

    return readings


def moment_readings(text: str) -> Readings[datetime]:
    """The moment a text means: with a zone in UTC, without one as written, a day at its start."""
    plain = " ".join(text.lower().split())
    found = _TIME.search(plain) if len(text) <= _LONGEST else None
    days = date_readings(ZoneInfo("UTC"))(plain[: found.start()] if found else text)
    if isinstance(days, str):
        return days
    hour, minute, second = _clock(found) if found else (0, 0, 0)
    if _is_no_time(hour, minute, second):
        return NO_TIME
    passed = timedelta(hours=hour, minutes=minute, seconds=second)
    offset = _offset(found["zone"]) if found else None
    away = timedelta(0) if offset is None else offset.utcoffset(None)
    return {style: datetime.combine(day, time()) + passed - away for style, day in days.items()}


def numbered_moments(texts: Iterable[str]) -> Callable[[str], Readings[datetime]] | None:
    """A reader of moments for a column of day numbers or milliseconds, if every cell is one."""
    texts = [text.strip() for text in texts]
    if texts and all(map(_SERIAL.fullmatch, texts)):
        start = datetime.combine(_EXCEL_START, time())
        return lambda text: _both(start + timedelta(seconds=round(float(text) * 86_400)))
    if texts and all(map(_MILLISECONDS.fullmatch, texts)):
        return lambda text: _both(
            datetime.fromtimestamp(int(text) // 1000, UTC).replace(tzinfo=None)
        )
    return None


def numbered_readings(
    texts: Iterable[str], zone: ZoneInfo
) -> Callable[[str], Readings[date]] | None:
    """A reader for a column of day numbers or milliseconds, if every cell is one."""
    texts = [text.strip() for text in texts]
    if texts and all(map(_SERIAL.fullmatch, texts)):
        return lambda text: _both(_EXCEL_START + timedelta(days=int(text.strip()[:5])))
    if texts and all(map(_MILLISECONDS.fullmatch, texts)):
        return lambda text: _both(datetime.fromtimestamp(int(text) // 1000, zone).date())
    return None


def _both(day: Day) -> dict[str, Day]:
    return {MONTH_FIRST: day, DAY_FIRST: day}


def _days(text: str) -> Readings[date]:
    text = text.strip(" ,")
    for pattern, order in _ORDERS:
        if found := pattern.fullmatch(text):
            year, month, day = order(found)
            named = _day(year, month, day)
            return IMPOSSIBLE if named is None else _both(named)
    if found := _NUMBERS.fullmatch(text):
        first, second, year = int(found[1]), int(found[3]), _year(found[4])
        orders = {MONTH_FIRST: (first, second), DAY_FIRST: (second, first)}
        possible = {
            order: only
            for order, (month, number) in orders.items()
            if (only := _day(year, month, number)) is not None
        }
        return possible or IMPOSSIBLE
    return NO_DATE


_ORDERS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], tuple[int, int, int]]], ...] = (
    (_ISO, lambda found: (int(found[1]), int(found[3]), int(found[4]))),
    (_COMPACT, lambda found: (int(found[1]), int(found[2]), int(found[3]))),
    (_DAY_NAMED, lambda found: (_year(found[3]), _MONTHS[found[2]], int(found[1]))),
    (_NAMED_DAY, lambda found: (_year(found[3]), _MONTHS[found[1]], int(found[2]))),
    (_YEAR_NAMED, lambda found: (int(found[1]), _MONTHS[found[2]], int(found[3]))),
)


def _year(text: str) -> int:
    year = int(text)
    if len(text) == 4:
        return year
    return year + (2000 if year < 70 else 1900)


def _day(year: int, month: int, day: int) -> date | None:
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _at_home(
    days: dict[str, date] | object, moment: re.Match[str], zone: ZoneInfo
) -> Readings[date]:
    hour, minute, second = _clock(moment)
    if _is_no_time(hour, minute, second):
        return NO_TIME
    assert isinstance(days, dict)
    offset = _offset(moment["zone"])
    if offset is None:
        return days
    return {style: _local(day, hour * 60 + minute, offset, zone) for style, day in days.items()}


def _is_no_time(hour: int, minute: int, second: int) -> bool:
    return hour > 24 or minute > 59 or second > 60 or (hour == 24 and bool(minute))


def _clock(moment: re.Match[str]) -> tuple[int, int, int]:
    hour, half = int(moment["hour"]), (moment["half"] or "").lower()
    if half:
        hour = 99 if not 1 <= hour <= 12 else hour % 12 + (12 if half.startswith("p") else 0)
    return hour, int(moment["minute"]), int(moment["second"] or 0)


def _offset(text: str | None) -> timezone | None:
    if text is None:
        return None
    if text.lower() in _ZONES:
        return timezone(timedelta(hours=_ZONES[text.lower()]))
    minutes = int(text[1:3]) * 60 + int(text[3:].lstrip(":") or 0)
    return timezone(timedelta(minutes=min(minutes, 1439) * (-1 if text[0] == "-" else 1)))


def _local(day: date, minutes: int, offset: timezone, zone: ZoneInfo) -> date:
    moment = datetime(day.year, day.month, day.day, tzinfo=offset) + timedelta(minutes=minutes)
    return moment.astimezone(zone).date()
