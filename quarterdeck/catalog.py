"""The questions this product can answer: one file in queries/, one Query here."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

QUERIES = Path(__file__).resolve().parent.parent / "queries"
STATEMENTS = Path(__file__).resolve().parent / "statements"
UNITS = ("text", "count", "usd", "ratio", "days", "degrees", "miles", "date", "flag")

_PARAMETER = re.compile(r"\$(\w+)")
_FIELD = re.compile(r"^-- (question|grain): (.+)$", re.M)
_COLUMN = re.compile(r"^--   (\w+) +(\w+)(\?)?(?: +(.+))?$", re.M)


@dataclass(frozen=True)
class Column:
    """One promised column: its unit, whether it may be empty, and what it means."""

    name: str
    unit: str
    may_be_empty: bool = False
    meaning: str = ""


@dataclass(frozen=True)
class Query:
    """One SELECT, and what its author promised about it."""

    name: str
    question: str
    grain: tuple[str, ...]
    columns: tuple[Column, ...]
    sql: str

    @property
    def parameters(self) -> frozenset[str]:
        return named(self.sql)


class QueryHeaderError(ValueError):
    """A file in queries/ does not keep the header convention."""


class QueryUnknown(LookupError):
    """Nobody has written that question."""


@cache
def load(name: str) -> Query:
    """The question in queries/<name>.sql; says which promise is missing when one is."""
    if name not in names():
        raise QueryUnknown(name)
    text = (QUERIES / f"{name}.sql").read_text(encoding="utf-8")
    fields = dict(_FIELD.findall(text))
    columns = tuple(
        Column(column, unit, empty == "?", meaning)
        for column, unit, empty, meaning in _COLUMN.findall(text)
    )
    missing = {"question", "grain"} - fields.keys() | (set() if columns else {"columns"})
    if missing:
        raise QueryHeaderError(
            f"queries/{name}.sql has no {', '.join(sorted(missing))} in its header. "
            "Copy the header of queries/attainment.sql and fill it in."
        )
    return Query(name, fields["question"], tuple(re.split(r",\s*", fields["grain"])), columns, text)


@cache
def names() -> tuple[str, ...]:
    return tuple(sorted(path.stem for path in QUERIES.glob("[!_]*.sql")))


@cache
def macros() -> str:
    """The shared definitions every query may call: formulas first, then who and what is meant."""
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted(QUERIES.glob("_*.sql")))


@cache
def statements(name: str) -> tuple[str, ...]:
    """The steps of statements/<name>.sql, in order, each ready to run by itself.

    A parameter can only be bound to one statement at a time, hence the cut at each `;`.
    """
    text = (STATEMENTS / f"{name}.sql").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.lstrip().startswith("--")]
    steps = "\n".join(lines).split(";")
    return tuple(step.strip() for step in steps if step.strip())


@cache
def named(sql: str) -> frozenset[str]:
    """The $names a text binds."""
    return frozenset(_PARAMETER.findall(sql))
