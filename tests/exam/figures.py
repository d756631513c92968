"""Where the long proofs write what they measured: a dated line each in bench/RESULTS.md."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from bench.results import record_proof

T = TypeVar("T")
IS_FULL = os.environ.get("QUARTERDECK_EXAM") == "full"
IS_WIDE = IS_FULL
"""Whether there is time for every case of a long list: CI has none to spare either."""


def sized(sample: int, full: int) -> int:
    """How many cases: all of them in `make exam`, half of a sample elsewhere."""
    return full if IS_FULL else (sample + 1) // 2


def spread(cases: list[T], every: int) -> list[T]:
    """All cases in the exam; elsewhere each `every`-th of them."""
    return cases if IS_WIDE else cases[::every]


def recorded(proof: str, figures: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Write the line of a proof once all its cases have held."""

    def holding(test: Callable[..., None]) -> Callable[..., None]:
        @wraps(test)
        def held(*args: Any, **named: Any) -> None:
            test(*args, **named)
            record(proof, figures)

        return held

    return holding


def record(proof: str, figures: str) -> None:
    """One line for a proof that held; only the full exam writes."""
    if IS_FULL:
        record_proof(proof, figures)
