"""A staged file becomes true: all of it in one transaction, or none."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from quarterdeck import audit, catalog
from quarterdeck.commands.backups import back_up_daily
from quarterdeck.engine import Cursor, DuckDBEngine, run
from quarterdeck.importing import weaving
from quarterdeck.importing.comparing import Arrival, Comparison, compare
from quarterdeck.importing.staging import (
    Staged,
    check_may_import,
    filled,
    put_away,
    same_batch,
)
from quarterdeck.importing.unanswered import QuestionsOpen
from quarterdeck.patience import aside
from quarterdeck.people import Scope
from quarterdeck.placing import derive_places
from quarterdeck.refusal import Refused

SHIFTS = {
    "person": ("manager_shift", "role_shift"),
    "quota": ("quota_shift",),
    "module": ("link_shift",),
    "account": ("link_shift",),
    "deal_credit": ("credit_shift",),
}
"""What changes from a day is written by the same steps as when somebody changes it by hand."""


@dataclass(frozen=True)
class ImportFile:
    """The audit's word for one committed file."""

    batch_id: str
    entity: str
    file_name: str
    sha256: str
    exported_on: str
    extent: str
    new: int
    changed: int
    gone: int


def new_key() -> str:
    """A key for one commit: made when the form is drawn, so that two clicks are one."""
    return uuid.uuid4().hex[:16]


def commit_import(
    engine: DuckDBEngine, staged: Staged, *, scope: Scope, key: str, only_good: bool = False
) -> dict[str, Any]:
    """Make the staged file true and return its report with `batch_id`.

    A second call with the same key, or of bytes that stand already, changes nothing and returns
    the first batch. Raises Refused while a question is open, while rejected rows would be left
    behind unsaid, or when the data has moved since the preview.
    """
    check_may_import(scope)
    _check_ready(staged.report, only_good)
    original = _keep_original(engine.folder / "originals", staged)
    aside(lambda: back_up_daily(engine))
    report, is_new = aside(lambda: _once(engine, staged, scope, key))
    if is_new:
        put_away(staged)
    assert original.exists()
    return report


def _once(
    engine: DuckDBEngine, staged: Staged, scope: Scope, key: str
) -> tuple[dict[str, Any], bool]:
    """The report, and whether this call wrote it."""
    with engine.transaction() as cursor:
        if done := _done_before(cursor, staged, key):
            return done, False
        return _write(cursor, staged, scope, key), True


def commit_arrivals(
    engine: DuckDBEngine, arrivals: Iterable[tuple[Arrival, dict[str, Any], str]], *, scope: Scope
) -> None:
    """Make rows true that are typed already: each arrival with its report and key, in order.

    The same comparing and writing as for a dropped file, without its child process, its preview,
    its kept original and the day's backup; all of them in one transaction.
    """
    check_may_import(scope)
    with engine.transaction() as cursor:
        for arrival, report, key in arrivals:
            comparison = compare(cursor, arrival)
            at = make_true(cursor, arrival, comparison, key)
            found = {"extent": comparison.extent, "changes": comparison.changes, "batch_id": key}
            _record(cursor, scope, report | found, comparison, at)


def _write(cursor: Cursor, staged: Staged, scope: Scope, key: str) -> dict[str, Any]:
    comparison = compare(cursor, staged.arrival)
    _check_unmoved(staged, comparison)
    at = make_true(cursor, staged.arrival, comparison, key)
    report = filled(staged.report, comparison, staged.dropped) | {
        "assumed": staged.report["assumed"],
        "batch_id": key,
    }
    said = {"answers": dict(staged.dropped.answers)}
    _record(cursor, scope, report | {"said": said}, comparison, at)
    return report


def make_true(cursor: Cursor, arrival: Arrival, comparison: Comparison, key: str) -> datetime:
    """Write what was compared; the moment of it comes back."""
    at, entity = audit.moment(cursor), arrival.entity
    writing = {**comparison.parameters, "batch_id": key, "at": at, "origin": "import"}
    writing["from_on"] = writing["exported_on"]
    if entity == "deal":
        _commit_deals(cursor, comparison, writing)
    else:
        for step in (f"{entity}_commit", *SHIFTS.get(entity, ())):
            run(cursor, catalog.statements(step), writing)
    if entity == "stage_history":
        weaving.rederive(cursor, writing)
        weaving.keep(cursor, writing)
    ((is_anybody_new,),) = run(cursor, catalog.statements("people_came"), writing).fetchall()
    if is_anybody_new or entity == "person":
        run(cursor, catalog.statements("people_derive"), writing)
    derive_places(cursor, at)
    _settle_currency(cursor, arrival, writing)
    return at


def _commit_deals(cursor: Cursor, comparison: Comparison, writing: dict[str, Any]) -> None:
    run(cursor, catalog.statements("deal_names"), writing)
    if comparison.is_woven:
        weaving.keep(cursor, writing)
        return
    run(cursor, catalog.statements("deal_commit"), writing)
    weaving.log(cursor, writing)


def _record(
    cursor: Cursor,
    scope: Scope,
    report: dict[str, Any],
    comparison: Comparison,
    at: datetime,
) -> None:
    """The batch and its audit entry, in the transaction of the rows."""
    changes = comparison.changes
    entry = ImportFile(
        report["batch_id"],
        report["entity"],
        report["file"]["name"],
        report["file"]["sha256"],
        report["exported_on"],
        comparison.extent,
        changes["new"],
        changes["changed"] + changes["reopened"],
        changes["gone"],
    )
    actor = scope.viewer_id or scope.role
    batch = {
        "batch_id": entry.batch_id,
        "entity": entry.entity,
        "file_name": entry.file_name,
        "sha256": entry.sha256,
        "size_bytes": report["file"]["bytes"],
        "exported_on": entry.exported_on,
        "extent": entry.extent,
        "actor": actor,
        "rows_good": report["rows"]["good"],
        "new_rows": entry.new,
        "changed_rows": entry.changed,
        "at": at,
        "report": json.dumps(report),
        "carried": comparison.parameters["carried"],
    }
    run(cursor, catalog.statements("batch_record"), batch)
    audit.record(cursor, actor, entry, at)


def _check_ready(report: dict[str, Any], only_good: bool) -> None:
    if asking := [question for question in report["questions"] if question["changes_totals"]]:
        raise QuestionsOpen(asking)
    harmful = [reject for reject in report["rejects"] if not reject.get("harmless")]
    if harmful and not only_good:
        first = harmful[0]
        raise Refused(
            f"{len(harmful)} row{'s' if len(harmful) > 1 else ''} would be left out.",
            f"{report['file']['name']}, line {first['line']}: {first['reason']}",
            "Correct them in the file and drop it again, or import the good rows only "
            "(--only-good).",
        )


def _check_unmoved(staged: Staged, comparison: Comparison) -> None:
    """What was previewed is what is written: a race that was lost is said, not hidden."""
    if staged.same_batch_id is None and comparison.changes != staged.report["changes"]:
        raise Refused(
            "The data has changed since this preview: it would now be "
            f"{_counted(comparison.changes)}, not {_counted(staged.report['changes'])}.",
            staged.dropped.name,
            "Nothing was written. Drop the file again to see what it would do now.",
        )


def _counted(changes: dict[str, int]) -> str:
    return ", ".join(f"{number} {kind}" for kind, number in changes.items() if number) or "nothing"


def _done_before(cursor: Cursor, staged: Staged, key: str) -> dict[str, Any] | None:
    """The report of this very commit, or zeros for bytes that stand already."""
    found = run(cursor, catalog.statements("batch_by_id"), {"batch_id": key}).fetchall()
    if found:
        report: dict[str, Any] = json.loads(found[0][4])
        report.pop("said", None)
        return report
    same = same_batch(cursor, staged.report, staged.dropped)
    if same is None:
        return None
    unchanged = sum(staged.report["changes"].values())
    zeros = dict.fromkeys(staged.report["changes"], 0) | {"unchanged": unchanged}
    return {**staged.report, "batch_id": same, "changes": zeros}


def _settle_currency(cursor: Cursor, arrival: Arrival, settling: dict[str, Any]) -> None:
    """What amounts are reported in: settled by the first file of deals, told apart from then on."""
    if arrival.entity == "deal" and arrival.reporting_currency is None:
        settled = {"name": "reporting_currency", "value": settling["reporting_currency"]}
        run(cursor, catalog.statements("setting_record"), settling | settled)


def _copy_original(staged: Staged, half: Path) -> None:
    # The same file under a second name, where the file system can, spares a large one's bytes.
    try:
        half.hardlink_to(staged.folder / "original")
    except OSError:
        half.write_bytes(staged.dropped.content)


def _keep_original(originals: Path, staged: Staged) -> Path:
    """The bytes as they were dropped, under their own hash, before anything is committed."""
    sha256 = staged.report["file"]["sha256"]
    place: Path = originals / sha256[:2] / sha256
    if not place.exists():
        place.parent.mkdir(parents=True, exist_ok=True)
        half = place.with_suffix(f".{new_key()}.half")
        _copy_original(staged, half)
        half.replace(place)
        half.unlink(missing_ok=True)  # A link to what stands already is not moved away.
    return place
