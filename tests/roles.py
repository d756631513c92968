"""Who asks in the matrix, whom each of them sees on a day, and what they therefore may read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from quarterdeck.people import NOBODY, OWNER, Scope
from tests.canaries import (
    AREAS,
    BEFORE,
    DRAFTS_OF,
    MOVED,
    MOVER,
    NOW,
    OPERATIONS,
    PEOPLE,
    ROWS_OF,
    SHARED,
    TEAMS,
    WAS,
    WORDS,
    amounts,
)

ROLES: dict[str, Scope] = {
    "nobody": NOBODY,
    "disabled": NOBODY,
    "a role made up": Scope("danfyqu", "king"),
    "an id made up": Scope("somebody", "area_director"),
    "executive": Scope("anapluz", "executive"),
    "peer": Scope("bengriz", "executive"),
    "moved": Scope(MOVER, "executive"),
    "director": Scope("danfyqu", "director"),
    "other director": Scope("noowexo", "director"),
    "director of the other area": Scope("colhyzi", "director"),
    "area director": Scope("rayzumo", "area_director"),
    "other area director": Scope("rubvexi", "area_director"),
    "operations": Scope(OPERATIONS, "operations"),
}
"""Somebody disabled is refused at the door, so that nobody asks in their name."""
BLIND = ("nobody", "disabled", "a role made up", "an id made up")
SIGHTED = tuple(role for role in ROLES if role not in BLIND)
WHOSE = ("own", "the team's", "somebody else's", "nobody's")
LOOSE = frozenset({SHARED, WAS, NOW, MOVER})
"""Words that a question may show or not by its own rule of days and shares."""


@dataclass(frozen=True)
class Moment:
    """The day that is asked for, and whose assignments hold on it."""

    day: date
    is_as_was: bool = True


def above(person_id: str, day: date) -> str:
    """Whose report somebody is on a day; '' for nobody's."""
    if person_id == MOVER:
        return "danfyqu" if day < MOVED else "colhyzi"
    teams = {each: director for director, team in TEAMS.items() for each in team}
    areas = {each: area for area, directors in AREAS.items() for each in directors}
    return (teams | areas).get(person_id, "")


@cache
def seen(scope: Scope, day: date) -> frozenset[str]:
    """The people in sight on a day, by section 7 of the design; '' for rows without an owner."""
    everyone = frozenset((*PEOPLE, ""))
    if scope in (OWNER,) or scope.role == "operations":
        return everyone
    if scope.role == "executive":
        return frozenset({scope.viewer_id})
    if scope.role not in ("director", "area_director") or scope.viewer_id not in PEOPLE:
        return frozenset({""}) if scope.role == "area_director" else frozenset()
    found = {scope.viewer_id}
    for _ in range(2):
        found |= {each for each in PEOPLE if above(each, day) in found}
    return frozenset(found | ({""} if scope.role == "area_director" else set()))


@cache
def may_read(scope: Scope, moment: Moment) -> frozenset[str]:
    """The words that may stand in an answer."""
    sight = seen(scope, moment.day)
    words = {each for each in sight if each} | {above(scope.viewer_id, moment.day)} - {""}
    words |= {word for word, owner in ROWS_OF.items() if owner in sight}
    if "cyqotra" in sight:
        words.add(SHARED)
    leads = scope.role in ("owner", "director")
    words |= {
        word
        for word, coached in DRAFTS_OF.items()
        if leads and (scope == OWNER or above(coached, moment.day) == scope.viewer_id)
    }
    # What was won before the move stays with the team that won it.
    if moment.is_as_was and moment.day >= MOVED and MOVER in seen(scope, BEFORE):
        words |= {MOVER, WAS}
    return frozenset(words)


def must_read(scope: Scope, moment: Moment) -> frozenset[str]:
    """Of these, the words that stand in it wherever the owner of everything is told them."""
    return may_read(scope, moment) - LOOSE - {above(scope.viewer_id, moment.day)}


def words_in(rows: Iterable[Iterable[Any]]) -> frozenset[str]:
    """Whose words an answer holds."""
    text = "\n".join(str(cell) for row in rows for cell in row if isinstance(cell, str)).casefold()
    return words_of(text)


def words_of(text: str) -> frozenset[str]:
    return frozenset(word for word in WORDS if word in text)


@cache
def _amounts() -> dict[Decimal, str]:
    return amounts()


def amounts_in(rows: Iterable[Iterable[Any]]) -> frozenset[str]:
    """Whose amounts an answer holds to the cent."""
    known = _amounts()
    cells = {cell for row in rows for cell in row if isinstance(cell, Decimal)}
    return frozenset(known[cell] for cell in cells if cell in known)


def whose(word: str, scope: Scope, day: date) -> str:
    """Whose rows a word stands for, in the eyes of who asks."""
    owner = ROWS_OF.get(word, word)
    if not owner:
        return "nobody's"
    if owner == scope.viewer_id:
        return "own"
    return "the team's" if owner in seen(scope, day) else "somebody else's"
