"""What does a dropped file hold? Asked in a process of its own, with limits."""

from __future__ import annotations

import csv
import json
import os
import sys
from pathlib import Path
from typing import Any

from quarterdeck.importing.assigning import assign_columns
from quarterdeck.importing.fields import parquet_columns
from quarterdeck.importing.mapping import map_headers
from quarterdeck.importing.questions import Answers
from quarterdeck.importing.reading import read
from quarterdeck.importing.refusing import FileRefused
from quarterdeck.importing.report import Document, report
from quarterdeck.importing.requests import TOO_MANY_THREADS, Request, request
from quarterdeck.importing.short_road import take_short_road
from quarterdeck.importing.typed import TypedRows, type_rows
from quarterdeck.importing.unpacking import is_packed
from quarterdeck.scratch import Crowded, Unclean, write_parquet

# Under RLIMIT_AS DuckDB dies by segfault without a word.
_MEMORY = 512 * 2**20
_SECONDS = 600
_LARGE = 2**20


def main() -> int:
    """Read one request from standard input; 0 with a report and rows, 1 with a refusal.

    Where memory lasts for fewer threads only, that is the status, and there is nothing else.
    """
    _limit()
    return answered(json.load(sys.stdin))


def answered(asked: dict[str, Any]) -> int:
    """The status of one request; its report and rows stand where it says."""
    document: Document
    status = 1
    try:
        wanted = request(asked)
        _make_way(wanted)
        document, status = hand_over(wanted), 0
    except FileRefused as refusal:
        document = refusal.document()
    except Crowded:
        return TOO_MANY_THREADS
    except MemoryError:
        document = _too_large(asked["name"]).document()
    told = json.dumps(document, ensure_ascii=False)
    Path(asked["out"], "report.json").write_text(told, encoding="utf-8")
    return status


def stage(asked: Request) -> TypedRows:
    """The typed rows of the file a request names."""
    sheet = read(_bytes(asked), asked.name)
    answers = Answers(asked.answers)
    if sheet.header_line:
        mapping = map_headers(sheet.header, asked.entity, answers)
        return type_rows(sheet, mapping, asked.occasion, answers)
    try:
        mapping = assign_columns(sheet, asked.entity, answers)
        return type_rows(sheet, mapping, asked.occasion, answers)
    except FileRefused as refusal:
        refusal.questions = [question.document() for question in answers.open]
        raise


def _bytes(asked: Request) -> bytes:
    try:
        return asked.path.read_bytes()
    except OSError as error:
        raise FileRefused(
            f"The file cannot be opened: {error.strerror}.", asked.name, "Drop it again."
        ) from error


def hand_over(asked: Request) -> Document:
    """The report of the file a request names; its rows are in rows.parquet then.

    Where the short road refuses, the careful one says why; where it fails, the other may not.
    """
    if is_packed(asked.path):
        return take_careful_road(asked)
    try:
        return report(take_short_road(asked))
    except Crowded:
        if asked.threads > 1:
            raise
    except (Unclean, FileRefused, MemoryError):
        pass
    return take_careful_road(asked)


def take_careful_road(asked: Request) -> Document:
    """The same for any file, read row by row."""
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


def _make_way(asked: Request) -> None:
    """A large file is read when nobody else has something to do: the dashboard comes first."""
    if sys.platform != "win32" and asked.path.exists() and asked.path.stat().st_size > _LARGE:
        os.nice(15)


def _too_large(name: str) -> FileRefused:
    return FileRefused(
        "The file needs more memory than an import may use.",
        name,
        "Export fewer columns, or split it by year and drop the parts one after the other.",
    )


if __name__ == "__main__":
    sys.exit(main())
