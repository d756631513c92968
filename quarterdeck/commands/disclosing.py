"""Everything that is known of one person, as they may ask for it (GDPR article 15)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from quarterdeck import catalog
from quarterdeck.engine import Cursor, DuckDBEngine, run
from quarterdeck.refusal import Refused

WITHHELD = ('"private_note"', '"ended_login"')
"""A director's own words to themselves are nobody's file; ended sign-ins name nobody."""


def disclose(database: Path, person_id: str) -> dict[str, list[dict[str, str | None]]]:
    """By table: each row, in all its versions, in which the person is named by id.

    Raises Refused for an unknown person and where there is no database.
    """
    if not database.exists():
        raise Refused("There is no database.", str(database), "Name one with --db.")
    engine = DuckDBEngine(database)
    try:
        with engine.looking() as cursor:
            found = _rows(cursor, person_id)
    finally:
        engine.close()
    if not found.get("person"):
        raise Refused("There is no such person.", person_id, "Give the id that `people` lists.")
    return found


def _rows(cursor: Cursor, person_id: str) -> dict[str, list[dict[str, str | None]]]:
    told: dict[str, dict[tuple[Any, ...], dict[str, str | None]]] = {}
    columns = run(cursor, catalog.statements("erase_columns")).fetchall()
    for table, column, kind in columns:
        if table in WITHHELD or kind != "VARCHAR":
            continue
        (step,) = catalog.statements("about_column")
        step = step.replace("some_table", table).replace("some_column", column)
        found = cursor.execute(step, {"person_id": person_id})
        names = [name for (name, *_) in found.description]
        for row in found.fetchall():
            said = [None if value is None else str(value) for value in row]
            known = told.setdefault(table.strip('"'), {})
            known[tuple(said)] = dict(zip(names, said, strict=True))
    return {table: list(rows.values()) for table, rows in told.items()}
