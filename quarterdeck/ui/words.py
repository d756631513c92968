"""How many of what: one deal, two deals, 8,800 people."""

from __future__ import annotations

_MANY = {"person": "people"}


def many(noun: str) -> str:
    first, _, last = noun.rpartition(" ")
    return f"{first} {_MANY.get(last, f'{last}s')}".strip()


def counted(number: int, noun: str) -> str:
    return f"{number:,} {noun if number == 1 else many(noun)}"
