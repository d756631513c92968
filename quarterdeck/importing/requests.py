"""What is the child asked to read?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from quarterdeck.importing.exported import Occasion
from quarterdeck.importing.refusing import FileRefused

TOO_MANY_THREADS = 3
"""How the child ends when it may be asked again with one thread."""


@dataclass(frozen=True)
class Request:
    """A file to read, what is known about it and the folder for the results."""

    path: Path
    name: str
    entity: str | None
    answers: Mapping[str, str]
    occasion: Occasion
    out: Path
    threads: int = 1


def request(asked: Mapping[str, object]) -> Request:
    """The request as values; a day or zone that does not exist is refused."""
    exported = asked.get("exported_on")
    answers = asked.get("answers") or {}
    assert isinstance(answers, dict)
    return Request(
        path=Path(str(asked["path"])),
        name=str(asked["name"]),
        entity=str(asked["entity"]) if asked.get("entity") else None,
        answers={str(key): str(choice) for key, choice in answers.items()},
        occasion=Occasion(
            _day(str(asked["today"])),
            _zone(str(asked["time_zone"])),
            _day(str(exported)) if exported else None,
        ),
        out=Path(str(asked["out"])),
        threads=int(str(asked.get("threads", 1))),
    )


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise FileRefused(
            f'"{text}" is not a day.', "Export date.", "Write it as 2026-11-25."
        ) from None


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise FileRefused(
            f'"{name}" is not a time zone.', "Settings.", "Choose one such as America/Los_Angeles."
        ) from None
