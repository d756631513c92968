"""Which rows are left out although the file could be read? The report, with them counted."""

from __future__ import annotations

from typing import Any


def with_rejects(report: dict[str, Any], rejects: list[dict[str, Any]]) -> dict[str, Any]:
    """The report with more rows rejected, by line: each was a good one until now."""
    rows = report["rows"]
    return report | {
        "rejects": sorted([*report["rejects"], *rejects], key=lambda reject: reject["line"]),
        "rows": rows
        | {
            "good": rows["good"] - len(rejects),
            "rejected": rows["rejected"] + len(rejects),
        },
    }
