"""How does a text of SQL run? Each step by itself, with the parameters it names and no others."""

from __future__ import annotations

from typing import Any, Protocol

from quarterdeck import catalog


class Cursor(Protocol):
    """What a step needs of a connection of its own."""

    def execute(self, query: str, parameters: Any = ...) -> Any: ...

    def fetchall(self) -> list[Any]: ...

    def begin(self) -> Any: ...

    def commit(self) -> Any: ...

    def rollback(self) -> Any: ...


def bound(names: frozenset[str], parameters: dict[str, Any]) -> dict[str, Any]:
    """Only what the text names: one parameter too many is an error of its own."""
    return {name: parameters[name] for name in names}


def run(cursor: Cursor, steps: tuple[str, ...], parameters: dict[str, Any] | None = None) -> Cursor:
    """Run each step with the parameters it names; the last one's result is left on the cursor."""
    for step in steps:
        cursor.execute(step, bound(catalog.named(step), parameters or {}))
    return cursor
