"""Which rows of a file of splits cannot be kept? Deals are the organisation's own."""

from __future__ import annotations

from typing import Any

from quarterdeck import catalog
from quarterdeck.domain.credits import percent
from quarterdeck.engine import Cursor, run
from quarterdeck.importing.rejecting import with_rejects

_REASONS = {
    "unknown": "No deal that is known, or several are called so: write its id",
    "twice": "Somebody stands twice in the parts of this deal",
}


def checked(cursor: Cursor, rows_path: str, report: dict[str, Any]) -> dict[str, Any]:
    """The report with the rows rejected whose deal nobody knows or whose parts do not add up."""
    about = {"path": rows_path, "exported_on": report["exported_on"]}
    for step in ("called", "deal_credit_compare"):
        run(cursor, catalog.statements(step), about)
    header = report["mapping"].get("deal")
    rejects = [
        {
            "line": line,
            "column": header,
            "value": deal,
            "reason": _REASONS.get(fault) or f"The parts of this deal add up to {percent(whole)}",
            "harmless": False,
        }
        for line, deal, fault, whole in run(
            cursor, catalog.statements("deal_credit_faults")
        ).fetchall()
    ]
    return with_rejects(report, rejects)
