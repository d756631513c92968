"""What did we find in a file that a person should know?"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reject:
    """A row that is not imported; a harmless one never stops an import."""

    line: int
    column: str | None
    value: str
    reason: str
    harmless: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that cannot be read and is left empty."""

    line: int
    column: str
    field: str
    value: str
    reason: str


@dataclass(frozen=True, slots=True)
class Warned:
    """Something that was imported all the same."""

    column: str | None
    field: str | None
    say: str
