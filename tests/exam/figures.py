"""Where the long proofs write what they measured: a dated line each in bench/RESULTS.md."""

from __future__ import annotations

import os

from bench.results import record_proof

IS_FULL = os.environ.get("QUARTERDECK_EXAM") == "full"


def sized(sample: int, full: int) -> int:
    """How many cases: a sample in `make test`, all of them in `make exam`."""
    return full if IS_FULL else sample


def record(proof: str, figures: str) -> None:
    """One line for a proof that held; only the full exam writes."""
    if IS_FULL:
        record_proof(proof, figures)
