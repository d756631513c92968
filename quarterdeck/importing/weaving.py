"""What follows when the order of exports changes: an older one comes in, or any one is taken back.

Versions are a function of all exports in order. Each export's words are kept where they differ from
what stood before it; so when something changes before them, what was left unsaid is said first,
and then the versions of the deals that this touches are derived again from all that is said.
"""

from __future__ import annotations

from typing import Any

from quarterdeck import catalog
from quarterdeck.engine import Cursor, run

ARRIVING = "arriving"
"""The name of an export that is compared and has no batch yet."""


def weave(cursor: Cursor, comparing: dict[str, Any]) -> None:
    """Derive, into temporary tables, what the compared older export would change."""
    told = {**comparing, "is_arriving": True, "dropping": None, "batch_id": ARRIVING}
    _run(
        cursor, told, "deal_exports", "weave_nothing", "weave_coming", "weave_told", "weave_adding"
    )
    _say_the_unsaid(cursor, told)
    _run(cursor, told, "weave_touched")
    _derive(cursor, told)


def unpick(cursor: Cursor, batch_id: str, settled: dict[str, Any]) -> None:
    """Derive what is so without this export of deals. The caller marks it as undone."""
    told = _nobody_arrives(settled) | {"batch_id": batch_id}
    _run(cursor, told, "deal_exports", "weave_nothing", "weave_leaving", "weave_told")
    _say_the_unsaid(cursor, told)
    _run(cursor, told, "weave_touched")
    told["dropping"] = batch_id
    _run(cursor, told, "deal_exports")
    _derive(cursor, told)


def rederive(cursor: Cursor, settled: dict[str, Any]) -> None:
    """Derive again the deals that stand in the temporary table at_hand."""
    told = _nobody_arrives(settled)
    _run(cursor, told, "deal_exports", "weave_nothing")
    _derive(cursor, told)


def keep(cursor: Cursor, writing: dict[str, Any]) -> None:
    """Write what was derived: the words that were added, and the versions that differ."""
    run(cursor, catalog.statements("weave_commit"), writing)


def log(cursor: Cursor, writing: dict[str, Any]) -> None:
    """Keep what the newest export said where no version shows it."""
    told = {**writing, "is_arriving": False, "dropping": None}
    _run(cursor, told, "deal_exports", "deal_log")


def _nobody_arrives(settled: dict[str, Any]) -> dict[str, Any]:
    nothing: dict[str, Any] = {"exported_on": None, "carried": [], "is_full": False}
    return {**settled, **nothing, "is_arriving": False, "dropping": None}


def _say_the_unsaid(cursor: Cursor, told: dict[str, Any]) -> None:
    told["is_derived"] = False
    _run(cursor, told, "weave_unsaid", "weave_said", "weave_quiet", "weave_fold", "weave_speak")


def _derive(cursor: Cursor, told: dict[str, Any]) -> None:
    """Twice through the words: for what was left unsaid after an event, then for everything."""
    told["is_derived"] = True
    _run(cursor, told, "weave_told", "weave_said", "weave_events", "weave_quiet", "weave_fold")
    _run(cursor, told, "weave_telling", "weave_fold", "weave_derive")


def _run(cursor: Cursor, told: dict[str, Any], *names: str) -> None:
    for name in names:
        run(cursor, catalog.statements(name), told)
