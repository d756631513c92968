"""How many of what: one deal, two deals, 8,800 people."""

from __future__ import annotations

from typing import Any

import pandas as pd

_ONE = {"deal_credit": "credit part", "stage_history": "stage event"}
_MANY = {"person": "people", "activity": "activities", "county": "counties", "entry": "entries"}


def many(noun: str) -> str:
    first, _, last = _one(noun).rpartition(" ")
    return f"{first} {_MANY.get(last, f'{last}s')}".strip()


def counted(number: int, noun: str) -> str:
    return f"{number:,} {_one(noun) if number == 1 else many(noun)}"


def _one(noun: str) -> str:
    first, _, last = noun.rpartition(" ")
    return f"{first} {_ONE.get(last, last)}".strip()


def bold(text: str, *, is_usual: bool) -> str:
    """A word of the sentence that opens; a value that is not the usual one stands out."""
    return f"**{text}**" if is_usual else f":blue[**{text}**]"


def records(rows: pd.DataFrame) -> list[dict[Any, Any]]:
    """The rows by name; what is missing is None, as in exact rows, and no “not a number”."""
    columns = [_values(rows[name]) for name in rows.columns]
    return [dict(zip(rows.columns, row, strict=True)) for row in zip(*columns, strict=True)]


def _values(column: pd.Series[Any]) -> list[Any]:
    values, missing = column.tolist(), column.isna().tolist()
    if not any(missing):
        return values
    return [None if gone else value for value, gone in zip(values, missing, strict=True)]


def places(before: int, shown: int, of: int) -> str:
    """Where a page of a list stands in it: 9–16 of 41; of one alone only that."""
    return f"{before + 1:,}–{before + shown:,} of {of:,}" if of > 1 else "1 deal"


def all_as_file(rows: int) -> str:
    return f"All {rows:,} as CSV" if rows > 1 else "As CSV"
