"""Does what was measured stay, whoever measures next?"""

from __future__ import annotations

from pathlib import Path

from bench.results import record_bench, record_proof, table

ROWS = table(("question", "ms"), [("team", "2.5")])


def test_a_proof_and_a_bench_leave_each_other_alone(tmp_path: Path) -> None:
    path = tmp_path / "RESULTS.md"
    record_bench("Answers", "python -m bench.answers", ROWS, path)
    record_proof("Imports are whole", "20 kills", path)
    record_bench("Imports", "python -m bench.imports", "slow", path)
    record_proof("Answers are exact", "50 settings", path)
    record_bench("Imports", "python -m bench.imports", "fast", path)
    record_proof("Imports are whole", "40 kills", path)
    text = path.read_text(encoding="utf-8")
    heads = [line for line in text.splitlines() if line.startswith("#")]
    assert heads == ["# What was measured", "## Proofs", "## Answers", "## Imports"]
    assert "| team | 2.5 |" in text
    assert [word in text for word in ("fast", "slow", "40 kills", "20 kills")] == [1, 0, 1, 0]
    assert text.index("Answers are exact") < text.index("Imports are whole")


def test_proofs_written_before_there_were_benches_stay(tmp_path: Path) -> None:
    path = tmp_path / "RESULTS.md"
    path.write_text("# What was measured\n\n| day |\n| 2026-01-02 | An old proof | 1 | x | y |\n")
    record_bench("Answers", "python -m bench.answers", ROWS, path)
    record_proof("A new proof", "2", path)
    text = path.read_text(encoding="utf-8")
    assert text.index("A new proof") < text.index("An old proof") < text.index("## Answers")


def test_writing_the_same_again_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "RESULTS.md"
    record_proof("Answers are exact", "50 settings", path)
    record_bench("Answers", "python -m bench.answers", ROWS, path)
    text = path.read_text(encoding="utf-8")
    record_bench("Answers", "python -m bench.answers", ROWS, path)
    record_proof("Answers are exact", "50 settings", path)
    assert path.read_text(encoding="utf-8") == text
