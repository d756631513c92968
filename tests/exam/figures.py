"""Where the long proofs write what they measured: a dated line each in bench/RESULTS.md."""

from __future__ import annotations

import os
import platform
from datetime import UTC, datetime
from pathlib import Path

RESULTS = Path(__file__).resolve().parents[2] / "bench" / "RESULTS.md"
IS_FULL = os.environ.get("QUARTERDECK_EXAM") == "full"


def sized(sample: int, full: int) -> int:
    """How many cases: a sample in `make test`, all of them in `make exam`."""
    return full if IS_FULL else sample


def record(proof: str, figures: str) -> None:
    """One line for a proof that held; only the full exam writes."""
    if not IS_FULL:
        return
    stamp = f"{datetime.now(UTC):%Y-%m-%d}"
    machine = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores"
    python = platform.python_version()
    line = f"| {stamp} | {proof} | {figures} | {machine}, Python {python} | `make exam` |\n"
    kept = [row for row in _rows() if f"| {proof} |" not in row]
    RESULTS.write_text("".join([*_head(), *sorted([*kept, line], key=_proof)]), encoding="utf-8")


def _proof(row: str) -> str:
    return row.split(" | ")[1]


def _rows() -> list[str]:
    if not RESULTS.exists():
        return []
    lines = RESULTS.read_text(encoding="utf-8").splitlines(keepends=True)
    return [line for line in lines if line.startswith("| 2")]


def _head() -> list[str]:
    return [
        "# What was measured\n",
        "\n",
        "The long proofs in full, each with its newest run. `make test` runs samples of them.\n",
        "\n",
        "| day | proof | figures | machine | command |\n",
        "| --- | --- | --- | --- | --- |\n",
    ]
