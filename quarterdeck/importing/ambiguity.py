"""Which of two readings does a whole column prove?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

Value = TypeVar("Value")
# A text reads as one value per style, or not at all, for a reason.
Readings = Mapping[str, Value] | str


@dataclass(frozen=True)
class Column(Generic[Value]):
    """Every distinct text of a column with its readings."""

    readings: dict[str, Readings[Value]]

    def proven(self) -> str | None:
        """The one style some value can only be read in; none if no value or both styles prove."""
        styles = {style for each in self._read() if len(each) == 1 for style in each}
        return styles.pop() if len(styles) == 1 else None

    def is_open(self) -> bool:
        """Whether a value changes with the style."""
        return any(len(set(each.values())) > 1 for each in self._read())

    def example(self) -> str:
        """The first text that changes with the style."""
        return next(
            text
            for text, each in self.readings.items()
            if not isinstance(each, str) and len(set(each.values())) > 1
        )

    def values(self, style: str) -> dict[str, Value]:
        """Text → value; what can only be read one way is read that way."""
        return {
            text: each[style] if style in each else next(iter(each.values()))
            for text, each in self.readings.items()
            if not isinstance(each, str)
        }

    def unreadable(self) -> dict[str, str]:
        """Text → the reason it cannot be read."""
        return {text: each for text, each in self.readings.items() if isinstance(each, str)}

    def _read(self) -> Iterable[Mapping[str, Value]]:
        return (each for each in self.readings.values() if not isinstance(each, str))


def column(texts: Iterable[str], readings: Callable[[str], Readings[Value]]) -> Column[Value]:
    """The readings of every distinct text."""
    return Column({text: readings(text) for text in dict.fromkeys(texts)})
