"""What was coached goes once it is older than its kind is kept.

For good: the rows are deleted in all their versions. Backups hold them until newer ones take their
place.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from quarterdeck import audit, catalog
from quarterdeck.domain.thresholds import KEPT
from quarterdeck.engine import Cursor, DuckDBEngine, run
from quarterdeck.refusal import Refused

ACTOR = "retention"
_looked: dict[str, tuple[object, ...]] = {}
"""By database: the day and the numbers for which it was last looked at."""


@dataclass(frozen=True)
class CoachForget:
    """So many entries of a kind, all from before a day, are gone."""

    kind: str
    before_on: date
    entries: int


def forget_past(engine: DuckDBEngine, today: date, settings: Mapping[str, str]) -> None:
    """Forget what is past its time, at most once a day and for each change of the settings.

    Whoever opens a page is not kept from it where that cannot be done now: it is tried again.
    """
    ends = last_days(today, settings)
    seen = (today, *ends.values())
    if not any(ends.values()) or _looked.get(str(engine.path)) == seen:
        return
    try:
        _forget(engine, ends)
    except Refused:
        return
    _looked[str(engine.path)] = seen


def last_days(today: date, settings: Mapping[str, str]) -> dict[str, date | None]:
    """By kind: before which day entries are past their time; None where they are kept for good."""
    return {
        kind.name: _before(today, int(months)) if (months := kind.held(settings)) else None
        for kind in KEPT
    }


def due(engine: DuckDBEngine, ends: Mapping[str, date | None]) -> dict[str, int]:
    """How many entries of each kind are past these days."""
    with engine.looking() as cursor:
        return _due(cursor, ends)


def _forget(engine: DuckDBEngine, ends: Mapping[str, date | None]) -> None:
    if not any(due(engine, ends).values()):
        return
    with engine.transaction() as cursor:
        for kind, entries in _due(cursor, ends).items():
            before = ends[kind]
            if not entries or before is None:
                continue
            statement = kind.replace("keep", "retain", 1)
            run(cursor, catalog.statements(statement), {"before_on": before})
            audit.record(cursor, ACTOR, CoachForget(kind, before, entries), audit.moment(cursor))


def _due(cursor: Cursor, ends: Mapping[str, date | None]) -> dict[str, int]:
    return dict(run(cursor, catalog.statements("retain_due"), dict(ends)).fetchall())


def _before(today: date, months: int) -> date:
    """The same day so many months ago, or the last of that month."""
    year, month = divmod(today.year * 12 + today.month - 1 - months, 12)
    first = date(year, month + 1, 1)
    after = date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    return date(year, month + 1, min(today.day, (after - first).days))
