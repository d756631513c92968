"""Where does everything measured stand? bench/RESULTS.md: the proofs, then a section a bench."""

from __future__ import annotations

import os
import platform
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

RESULTS = Path(__file__).resolve().parent / "RESULTS.md"
PROOFS = "Proofs"
_TITLE = "# What was measured\n"
_WORDS = {
    PROOFS: "The long proofs in full, each with its newest run. `make test` runs samples of them.\n"
    "\n| day | proof | figures | machine | command |\n| --- | --- | --- | --- | --- |\n"
}
_ORDER = (PROOFS, "Answers", "Imports")


def machine() -> str:
    """What it ran on, without a name."""
    cores = f"{os.cpu_count()} cores"
    return f"{platform.system()} {platform.machine()}, {cores}, Python {platform.python_version()}"


def today() -> str:
    return f"{datetime.now(UTC):%Y-%m-%d}"


def record_proof(proof: str, figures: str, path: Path = RESULTS) -> None:
    """One line for a proof that held, in place of its older one."""
    line = f"| {today()} | {proof} | {figures} | {machine()} | `make exam` |\n"
    kept = [
        row
        for row in _sections(path).get(PROOFS, "").splitlines(keepends=True)
        if row.startswith("| 2") and f"| {proof} |" not in row
    ]
    rows = sorted([*kept, line], key=lambda row: row.split(" | ")[1])
    _put(path, PROOFS, _WORDS[PROOFS] + "".join(rows))


def record_bench(title: str, command: str, body: str, path: Path = RESULTS) -> None:
    """The section of one bench, in place of its older one."""
    _put(path, title, f"{today()} · {machine()} · `{command}`\n\n{body.strip()}\n")


def table(heads: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Rows as a table, the first column to the left and figures to the right."""
    rule = ["---", *("---:" for _ in heads[1:])]
    lines = [heads, rule, *([str(cell) for cell in row] for row in rows)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _put(path: Path, title: str, body: str) -> None:
    sections = _sections(path) | {title: body}
    named = sorted(sections, key=lambda name: (_ORDER.index(name) if name in _ORDER else 9, name))
    parts = [_TITLE, *(f"\n## {name}\n\n{sections[name].strip()}\n" for name in named)]
    path.write_text("".join(parts), encoding="utf-8")


def _sections(path: Path) -> dict[str, str]:
    if not path.exists():
        return {}
    parts = re.split(r"^## (.+)\n", path.read_text(encoding="utf-8"), flags=re.M)
    found = dict(zip(parts[1::2], (f"{body.strip()}\n" for body in parts[2::2]), strict=True))
    loose = [line for line in parts[0].splitlines(keepends=True) if line.startswith("| 2")]
    # Before there were benches, the proofs stood alone.
    return {PROOFS: _WORDS[PROOFS] + "".join(loose)} | found if loose else found
