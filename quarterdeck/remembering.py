"""Which table macros do pages ask again at every click, and where is their answer kept meanwhile?

The macros of `_scope.sql` named here depend on little: the day, the basis, the viewer. What they
give is kept in memory, compressed, until the data changes; every query that reaches one of them
reads the kept rows under the macro's own name. So a number still has one definition, and the way
of each deal is worked out once for a day instead of once for a picture.
"""

from __future__ import annotations

import itertools
import re
import threading
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from typing import Any

from quarterdeck import catalog
from quarterdeck.steps import Cursor, run

DEPENDS_ON = {
    "credits_at": ("as_of", "basis", "assignments", "assigned_on"),
    "credits_in_sight": (
        *("viewer_id", "viewer_role", "as_of", "modules", "product_lines", "channels"),
        *("strategic_only", "basis", "assignments", "assigned_on"),
    ),
    "holdings_on": ("assigned_on",),
    "potentials_on": ("as_of",),
    "account_loads": (
        *("viewer_id", "viewer_role", "as_of", "person_ids", "modules", "product_lines"),
        *("channels", "strategic_only", "basis", "assignments", "assigned_on"),
    ),
    "planned_loads": (
        *("viewer_id", "viewer_role", "as_of", "person_ids", "modules", "product_lines"),
        *("channels", "strategic_only", "basis", "assignments", "assigned_on", "scenario_id"),
    ),
    "usual_path": (
        *("viewer_id", "viewer_role", "as_of", "from_on", "to_on", "modules", "product_lines"),
        *("channels", "strategic_only", "basis", "assignments", "assigned_on"),
    ),
    "credits_between": ("compare_on", "as_of", "basis", "assignments", "assigned_on"),
    "furthest_at": ("as_of",),
    "stage_ages": ("as_of",),
    "stage_limits_in_scope": ("viewer_id", "viewer_role", "as_of"),
}
"""Macro → the query's parameters that stand for its own, in its order."""

MADE_OF = {
    "credits_in_sight": ("credits_at",),
    "usual_path": ("credits_in_sight",),
    "account_loads": ("credits_in_sight", "holdings_on", "potentials_on"),
    "planned_loads": ("account_loads", "holdings_on"),
}
"""Other remembered macros from which one is made: those are made and read first."""

ON_TRIAL = "planned_loads"
"""What a plan changes, whose id is the last of its parameters: kept until one changes."""

ALSO_THEN = {"credits_at"}
"""Asked for the day compared with too, by a query that names it: which day is meant, `day` says."""

Key = tuple[Any, ...]
Versions = tuple[int, int]
_MOST = 24
_MOST_OF = {
    "planned_loads": 4,
    "account_loads": 4,
    "credits_at": 8,
    "credits_in_sight": 4,
    "credits_between": 4,
}
"""Of those that hold every deal fewer are kept."""
_TRIES = 3
_numbers = itertools.count()
_DEFINED = re.compile(r"^create or replace macro (\w+)\(", re.M)
_COMMENT = re.compile(r"--.*")


class Memory:
    """What was worked out for the newest version of the data; older versions are forgotten."""

    def __init__(self, error: type[Exception]) -> None:
        """`error` is what the database raises when it cannot do something now."""
        self._error = error
        self._kept: dict[Key, str] = {}
        self._looking, self._making = threading.Lock(), threading.Lock()

    def forget(self) -> None:
        """The database was opened anew, and holds nothing of what was kept."""
        with self._looking:
            self._kept.clear()

    def recall(self, cursor: Cursor, sql: str, parameters: dict[str, Any]) -> None:
        """Begin a transaction in which `sql` reads what is kept for the very data it sees.

        What is missing is made first. Where writers come between each time, nothing is begun and
        the query works everything out by itself: the answer is the same.
        """
        wanted = [key for macro in reached(sql) for key in _keys(macro, sql, parameters)]
        if not wanted:
            return
        for _ in range(_TRIES):
            cursor.begin()
            if self._stand_in(cursor, _versions(cursor), wanted):
                return
            cursor.rollback()
            self._make(cursor, wanted)

    def _stand_in(self, cursor: Cursor, versions: Versions, wanted: list[Key]) -> bool:
        # A kept table that the transaction has seen stays for it, whoever drops it.
        with self._looking:
            names = dict[str, list[str]]()
            for key in wanted:
                stamped = _stamped(key, versions)
                if stamped not in self._kept:
                    return False
                names.setdefault(key[0], []).append(self._kept[stamped])
            for macro, tables in names.items():
                _recall(cursor, macro, *tables)
            return True

    def _make(self, cursor: Cursor, wanted: list[Key]) -> None:
        with self._making:
            cursor.begin()
            versions, made = _versions(cursor), dict[Key, str]()
            for key in wanted:
                self._keep(cursor, key, versions, made)
            cursor.commit()
            with self._looking:
                self._kept |= made
                old = [key for key in self._kept if key != _stamped(key[1:], versions)]
                for macro, most in _MOST_OF.items():
                    new = [key for key in self._kept if key[1] == macro and key not in old]
                    old += new[:-most]
                old += [key for key in self._kept if key not in old][:-_MOST]
                for key in old:
                    _run(cursor, "keep_no_more", self._kept.pop(key), {})
            # Only a checkpoint compresses, and none can be made while somebody else is reading.
            with suppress(self._error):
                run(cursor, catalog.statements("keep_small"))

    def _keep(self, cursor: Cursor, key: Key, versions: Versions, made: dict[Key, str]) -> str:
        """The table that holds it, made if it is missing, and before it what it is made of."""
        stamped = _stamped(key, versions)
        if known := made.get(stamped) or self._kept.get(stamped):
            return known
        asked = dict(zip(DEPENDS_ON[key[0]], map(_listed, key[1:]), strict=True))
        sources = MADE_OF.get(key[0], ())
        tables = [self._keep(cursor, _key(one, asked), versions, made) for one in sources]
        for source, table in zip(sources, tables, strict=True):
            _recall(cursor, source, table)
        made[stamped] = name = f"kept_{next(_numbers)}"
        _run(cursor, f"keep_{key[0]}", name, asked)
        if sources:
            run(cursor, catalog.statements("recall_no_more"))
        return name


def _key(macro: str, asked: dict[str, Any]) -> Key:
    values = (asked[name] for name in DEPENDS_ON[macro])
    return macro, *(tuple(value) if isinstance(value, list) else value for value in values)


def _listed(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


@cache
def reached(sql: str) -> tuple[str, ...]:
    """The remembered macros that a query calls, itself or through another macro."""
    bodies, seen, ahead = _bodies(), set[str](), {sql}
    while ahead:
        text = ahead.pop()
        called = {name for name in bodies if _calls(text, name)} - seen
        seen |= called
        ahead |= {bodies[name] for name in called if name not in DEPENDS_ON}
    return tuple(name for name in DEPENDS_ON if name in seen)


@cache
def _bodies() -> dict[str, str]:
    text = catalog.macros()
    found = list(_DEFINED.finditer(text))
    ends = [one.start() for one in found[1:]] + [len(text)]
    return {one[1]: text[one.end() : end] for one, end in zip(found, ends, strict=True)}


def _calls(sql: str, name: str) -> bool:
    return re.search(rf"\b{name}\s*\(", _COMMENT.sub("", sql)) is not None


def _keys(macro: str, sql: str, parameters: dict[str, Any]) -> Iterator[Key]:
    """What a query needs of a macro, of the newer of two days first."""
    days = {parameters["as_of"]: None}
    if macro in ALSO_THEN and "compare_on" in catalog.named(sql):
        days |= {parameters["compare_on"]: None}
    for day in days:
        yield _key(macro, {**parameters, "as_of": day})


def _recall(cursor: Cursor, macro: str, now: str, then: str = "") -> None:
    """Let the macro read what is kept; where that is of two days, those of the day asked for."""
    if not then:
        _run(cursor, f"recall_{macro}", now, {})
        return
    _run(cursor, f"recall_{macro}_now", now, {})
    _run(cursor, f"recall_{macro}_then", then, {})
    run(cursor, catalog.statements(f"recall_{macro}_both"))


def _run(cursor: Cursor, statements: str, table: str, parameters: dict[str, Any]) -> None:
    steps = catalog.statements(statements)
    # A name cannot be bound; this one is a word and a number of our own.
    run(cursor, tuple(step.replace("kept_here", table) for step in steps), parameters)


def _versions(cursor: Cursor) -> Versions:
    """Of the data, and of the data with all that is only planned."""
    found = (
        run(cursor, catalog.statements(name)).fetchall()[0][0]
        for name in ("audit_version", "plan_version")
    )
    data, plans = map(int, found)
    return data, plans


def _stamped(key: Key, versions: Versions) -> Key:
    """The key with the version that it holds for."""
    data, plans = versions
    return (plans if key[0] == ON_TRIAL and key[-1] else data), *key
