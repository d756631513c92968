"""What day is it? The only clock: everything else is told the day."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

VARIABLE = "QUARTERDECK_TODAY"


def today(time_zone: str = "UTC") -> date:
    """The calendar day in the organisation's time zone, or the one QUARTERDECK_TODAY names."""
    named = os.environ.get(VARIABLE)
    return date.fromisoformat(named) if named else datetime.now(ZoneInfo(time_zone)).date()


def set_today(day: date) -> None:
    """From now on it is `day`, for this process and the ones it starts."""
    os.environ[VARIABLE] = day.isoformat()


def now() -> datetime:
    """This moment in UTC, without a zone, as the database stores it."""
    return datetime.now(UTC).replace(tzinfo=None)
