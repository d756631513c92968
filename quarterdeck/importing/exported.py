"""On which day was a file exported?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from quarterdeck.importing.columns import Typed, read_days
from quarterdeck.importing.findings import Warned
from quarterdeck.importing.keys import Values
from quarterdeck.importing.refusing import FileRefused

_YEAR_FIRST = re.compile(r"(?<!\d)(20\d\d)[-_. ]?([01]\d)[-_. ]?([0-3]\d)(?!\d)")
_YEAR_LAST = re.compile(r"(?<!\d)(\d{1,2})[-_. ](\d{1,2})[-_. ](20\d\d)(?!\d)")


@dataclass(frozen=True)
class Occasion:
    """The day and the place a file is read on, and the export day if somebody said it."""

    today: date
    zone: ZoneInfo
    exported_on: date | None = None

    def __post_init__(self) -> None:
        """An export cannot come from the future."""
        if self.exported_on is not None and self.exported_on > self.today:
            raise FileRefused(
                f"The export date {self.exported_on} lies after today, {self.today}.",
                "Export date.",
                "Enter the day the file was exported.",
            )


def exported_on(
    name: str, occasion: Occasion, witnessed: Iterable[Iterable[str]], days: Iterable[date]
) -> date:
    """The day given, else the one in the file's name, else the newest proof in its rows."""
    if occasion.exported_on is not None:
        return occasion.exported_on
    named = [day for day in _named_days(name) if day <= occasion.today]
    if named:
        return max(named)
    seen = {day for texts in witnessed for day in read_days(texts, occasion.zone)}
    past = [day for day in seen.union(days) if day <= occasion.today]
    return max(past, default=occasion.today)


def proofs(values: Values, outcomes: Sequence[str] | None) -> Iterable[date]:
    """The days that have come to pass: created, closed, done, and when decided deals closed.

    The close date of an open deal is a hope and proves nothing.
    """
    for field in ("created_on", "closed_on", "happened_at"):
        yield from _dates(values.get(field, ()))
    if outcomes is not None and "close_on" in values:
        closing = zip(values["close_on"], outcomes, strict=True)
        yield from _dates([day for day, outcome in closing if outcome != "open"])


def ahead(values: Values, header: str, day: date, zone: ZoneInfo) -> list[Warned]:
    """What is said of events that lie after the day of the export."""
    midnight = datetime.combine(day + timedelta(days=1), time(), zone)
    ended = midnight.astimezone(UTC).replace(tzinfo=None)
    # A day without a time is its first moment; a moment with a zone is kept in UTC.
    later = [
        moment
        for moment in values["happened_at"]
        if isinstance(moment, datetime)
        and (moment.date() > day if moment.time() == time() else moment >= ended)
    ]
    if not later:
        return []
    say = (
        f"{len(later)} events lie after {day}, the day of the export (last: {max(later):%Y-%m-%d})."
    )
    return [Warned(header, "happened_at", say)]


def _dates(column: Sequence[Typed | None]) -> Iterable[date]:
    days = (day for day in dict.fromkeys(column) if isinstance(day, date))
    return (day.date() if isinstance(day, datetime) else day for day in days)


def _named_days(name: str) -> Iterable[date]:
    for year, month, day in _YEAR_FIRST.findall(name):
        yield from _real(int(year), int(month), int(day))
    for first, second, year in _YEAR_LAST.findall(name):
        # 03-04-2026 may be March or April and is no proof; 24-11-2026 is.
        found = {
            *_real(int(year), int(first), int(second)),
            *_real(int(year), int(second), int(first)),
        }
        if len(found) == 1:
            yield found.pop()


def _real(year: int, month: int, day: int) -> list[date]:
    try:
        return [date(year, month, day)]
    except ValueError:
        return []
