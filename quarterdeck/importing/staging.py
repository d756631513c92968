"""What would this file do? Read apart, compared with what is known, and nothing is changed."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from quarterdeck import catalog
from quarterdeck.engine import Cursor, DuckDBEngine, run
from quarterdeck.importing import parts, periods, prorating
from quarterdeck.importing.comparing import Arrival, Change, Comparison, Totals, preview
from quarterdeck.importing.requests import TOO_MANY_THREADS
from quarterdeck.importing.unanswered import QuestionsOpen
from quarterdeck.patience import aside
from quarterdeck.people import MAY_IMPORT, Scope, denied
from quarterdeck.refusal import Refused

ROOT = Path(__file__).resolve().parents[2]
MOST_SECONDS = 600
KEPT_SECONDS = 24 * 3600
THREADS = 2
"""Each needs memory of its own: a child that has too little for them is asked again with one."""
DEFAULTS = {"time_zone": "UTC"}


@dataclass(frozen=True)
class Dropped:
    """A file as it was dropped, and what its owner has said about it so far."""

    name: str
    content: bytes
    answers: Mapping[str, str] = field(default_factory=dict)
    exported_on: date | None = None
    extent: str | None = None
    entity: str | None = None


@dataclass(frozen=True)
class Staged:
    """A file read and compared; `report` is the document of `stage --json`.

    `before` and `after` hold won, lost and open of everything known; `same_batch_id` names the
    standing import of the same bytes.
    """

    dropped: Dropped
    report: dict[str, Any]
    before: Totals
    after: Totals
    examples: tuple[Change, ...]
    arrival: Arrival
    folder: Path
    data_version: int
    same_batch_id: str | None = None


def stage(engine: DuckDBEngine, dropped: Dropped, *, scope: Scope, today: date) -> Staged:
    """Read the file in a process of its own and say what it would do.

    Raises Refused with the reason when it cannot be read or may not come in.
    """
    check_may_import(scope)
    folder = _new_folder(engine.folder / "staging")
    version = engine.data_version()
    with engine.looking() as cursor:
        report, arrival = _typed(cursor, dropped, folder, today)
        same = same_batch(cursor, report, dropped)
        comparison = aside(lambda: preview(cursor, arrival))
    return Staged(
        dropped,
        filled(report, comparison, dropped),
        comparison.before,
        comparison.after,
        comparison.examples,
        arrival,
        folder,
        version,
        same,
    )


@contextmanager
def typed_rows(engine: DuckDBEngine, dropped: Dropped, today: date) -> Iterator[Arrival]:
    """The rows of a file, read and typed, compared with nothing; forgotten afterwards."""
    folder = _new_folder(engine.folder / "staging")
    try:
        with engine.looking() as cursor:
            _, arrival = _typed(cursor, dropped, folder, today)
        yield arrival
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _typed(
    cursor: Cursor, dropped: Dropped, folder: Path, today: date
) -> tuple[dict[str, Any], Arrival]:
    settled = settings(cursor)
    report = _read_apart(dropped, folder, today, settled)
    arrival = _arrival(report, dropped, folder, settled)
    if arrival.entity == "quota":
        report = periods.checked(cursor, arrival.rows_path, report)
    if arrival.entity == "deal_credit":
        report = parts.checked(cursor, arrival.rows_path, report)
    return report, arrival


def put_away(staged: Staged) -> None:
    """Forget a staged file; the dropped bytes stay with whoever dropped them."""
    shutil.rmtree(staged.folder, ignore_errors=True)


def check_may_import(scope: Scope) -> None:
    if scope.role not in MAY_IMPORT:
        raise denied(
            scope,
            "import",
            Refused(
                "Your role may not import files.",
                f"role: {scope.role}",
                "Ask sales operations to drop the file.",
            ),
        )


def settings(cursor: Cursor) -> dict[str, str]:
    """What the organisation has settled, with defaults for the rest."""
    found = cursor.execute(catalog.load("settings").sql).fetchall()
    return DEFAULTS | {str(name): str(value) for name, value in found}


def same_batch(cursor: Cursor, report: dict[str, Any], dropped: Dropped) -> str | None:
    """The standing import of the same bytes: for the same date, where one was given."""
    wanted = {
        "sha256": report["file"]["sha256"],
        "entity": report["entity"],
        "exported_on": dropped.exported_on,
    }
    found = run(cursor, catalog.statements("batch_same"), wanted).fetchall()
    return str(found[0][0]) if found else None


def filled(report: dict[str, Any], comparison: Comparison, dropped: Dropped) -> dict[str, Any]:
    """The child's report with what the comparison found."""
    assumed = [*report["assumed"], *([] if dropped.extent else ["extent"])]
    shown = {name: value for name, value in report.items() if name != "carried"}
    said = {warning["say"] for warning in report["warnings"]}
    notes = [note for note in comparison.notes if note not in said]
    in_time = [{"column": None, "field": None, "say": note} for note in notes]
    return shown | {
        "warnings": [*report["warnings"], *in_time],
        "questions": [*report["questions"], *comparison.questions],
        "extent": comparison.extent,
        "assumed": assumed,
        "changes": comparison.changes,
    }


def _arrival(
    report: dict[str, Any], dropped: Dropped, folder: Path, settled: dict[str, str]
) -> Arrival:
    return Arrival(
        report["entity"],
        str(folder / "rows.parquet"),
        tuple(report["carried"]),
        date.fromisoformat(report["exported_on"]),
        dropped.extent,
        settled.get("reporting_currency"),
        prorating.answer(dropped.answers),
    )


def _new_folder(staging: Path) -> Path:
    """A folder for one file; what was staged a day ago and never committed is swept away."""
    staging.mkdir(parents=True, exist_ok=True)
    for old in staging.iterdir():
        if time.time() - old.stat().st_mtime > KEPT_SECONDS:
            shutil.rmtree(old, ignore_errors=True)
    folder = staging / uuid.uuid4().hex
    folder.mkdir()
    return folder


def _read_apart(
    dropped: Dropped, folder: Path, today: date, settled: dict[str, str]
) -> dict[str, Any]:
    """The child's report; a child that dies becomes a refusal that says so."""
    request = {
        "path": str(folder / "original"),
        "name": dropped.name,
        "entity": dropped.entity,
        "answers": dict(dropped.answers),
        "today": str(today),
        "time_zone": settled["time_zone"],
        "exported_on": str(dropped.exported_on) if dropped.exported_on else None,
        "out": str(folder),
    }
    for threads in (THREADS, 1):
        child = _child(request | {"threads": threads}, dropped)
        if child.returncode != TOO_MANY_THREADS:
            break
    return _outcome(child, folder, dropped.name)


def _child(request: dict[str, Any], dropped: Dropped) -> subprocess.CompletedProcess[bytes]:
    """What the child said; it starts while the bytes that it will read are written down."""
    command, pipe = [sys.executable, "-m", "quarterdeck.importing.child"], subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, stderr=pipe) as child:
        try:
            Path(request["path"]).write_bytes(dropped.content)
            said = child.communicate(json.dumps(request).encode(), timeout=MOST_SECONDS)
        except subprocess.TimeoutExpired as error:
            child.kill()
            raise _died(dropped.name, f"it took more than {MOST_SECONDS} seconds") from error
        except BaseException:
            child.kill()
            raise
    return subprocess.CompletedProcess(command, child.returncode, *said)


def _outcome(child: subprocess.CompletedProcess[bytes], folder: Path, name: str) -> dict[str, Any]:
    said = folder / "report.json"
    if child.returncode not in (0, 1) or not said.exists():
        reason = (
            f"it was ended by signal {-child.returncode}, most often for want of memory"
            if child.returncode < 0
            else f"it ended with status {child.returncode}"
        )
        raise _died(name, reason)
    report: dict[str, Any] = json.loads(said.read_text(encoding="utf-8"))
    if "refused" in report:
        refused = report["refused"]
        if questions := report.get("questions"):
            raise QuestionsOpen(questions, refused)
        raise Refused(refused["what"], refused["where"], refused["do"])
    return report


def _died(name: str, reason: str) -> Refused:
    return Refused(
        f"The file could not be read to its end: {reason}.",
        name,
        "Nothing was changed. Split the file into smaller ones, or export fewer columns.",
    )
