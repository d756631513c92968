"""A day to talk, as a calendar takes it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from icalendar import Calendar, Event


def meeting(title: str, on: date, points: Sequence[str], *, uid: str, written: datetime) -> bytes:
    """An .ics file (RFC 5545) with one all-day entry; the points stand in its description.

    `written` is UTC, naive; the same `uid` replaces an entry that a calendar holds already.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Quarterdeck//EN")
    calendar.add("version", "2.0")
    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", written.replace(tzinfo=UTC))
    event.add("dtstart", on)
    event.add("dtend", on + timedelta(days=1))
    event.add("summary", title)
    event.add("description", "\n".join(f"- {point}" for point in points))
    calendar.add_component(event)
    return bytes(calendar.to_ical())
