"""What does a dropped file hold? Asked in a process of its own, with limits."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from quarterdeck.importing.exported import Occasion
from quarterdeck.importing.fields import parquet_columns
from quarterdeck.importing.mapping import map_headers
from quarterdeck.importing.questions import Answers
from quarterdeck.importing.reading import read
from quarterdeck.importing.refusing import FileRefused
from quarterdeck.importing.report import Document, report
from quarterdeck.importing.typed import TypedRows, type_rows
from quarterdeck.scratch import write_parquet

# Under RLIMIT_AS DuckDB dies by segfault without a word.
_MEMORY = 512 * 2**20
_SECONDS = 600


@dataclass(frozen=True)
class Request:
    """A file to read, what is known about it and the folder for the results."""

    path: Path
    name: str
    entity: str | None
    answers: Mapping[str, str]
    occasion: Occasion
    out: Path


def main() -> int:
    """Read one request from standard input; 0 with a report and rows, 1 with a refusal."""
    _limit()
    asked = json.load(sys.stdin)
    out = Path(asked["out"])
    document: Document
    status = 1
    try:
        document, status = hand_over(request(asked)), 0
    except FileRefused as refusal:
        document = refusal.document()
    except MemoryError:
        document = _too_large(asked["name"]).document()
    (out / "report.json").write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    return status


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
    )


def stage(asked: Request) -> TypedRows:
    """The typed rows of the file a request names."""
    sheet = read(_bytes(asked), asked.name)
    answers = Answers(asked.answers)
    mapping = map_headers(sheet.header, asked.entity, answers)
    return type_rows(sheet, mapping, asked.occasion, answers)


def _bytes(asked: Request) -> bytes:
    try:
        return asked.path.read_bytes()
    except OSError as error:
        raise FileRefused(
            f"The file cannot be opened: {error.strerror}.", asked.name, "Drop it again."
        ) from error


def hand_over(asked: Request) -> Document:
    """The report of the file a request names; its rows are in rows.parquet then."""
    typed = stage(asked)
    document = report(typed)
    columns = parquet_columns(typed.mapping.entity)
    carried = [name for name in columns if name in typed.rows]
    source = asked.out / "rows.csv"
    _write_csv(typed, carried, source)
    # What has been written need not be in memory twice.
    del typed
    write_parquet(source, carried, columns, asked.out / "rows.parquet")
    source.unlink()
    return document


def _write_csv(typed: TypedRows, carried: list[str], source: Path) -> None:
    with source.open("w", encoding="utf-8", errors="replace", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(carried)
        writer.writerows(zip(*(typed.rows[name] for name in carried), strict=True))


def _limit() -> None:
    if sys.platform == "win32":
        return
    import resource

    for kind, most in ((resource.RLIMIT_DATA, _MEMORY), (resource.RLIMIT_CPU, _SECONDS)):
        allowed = resource.getrlimit(kind)[1]
        least = most if allowed == resource.RLIM_INFINITY else min(most, allowed)
        resource.setrlimit(kind, (least, least))


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


def _too_large(name: str) -> FileRefused:
    return FileRefused(
        "The file needs more memory than an import may use.",
        name,
        "Export fewer columns, or split it by year and drop the parts one after the other.",
    )


if __name__ == "__main__":
    sys.exit(main())
