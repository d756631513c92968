"""What do these words ask? `period=2017-Q4 person=Ana`, as the command line writes them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from quarterdeck import catalog, reads
from quarterdeck.domain.calendar import Calendar, Period, PeriodUnknown
from quarterdeck.engine import Engine
from quarterdeck.filters import BASES, Filters
from quarterdeck.people import OWNER, PersonUnknown, Scope, scope_of
from quarterdeck.refusal import Refused

MANY = ("person", "module", "product_line", "channel")
ONE = ("period", "as_of", "compare_on", "assignments", "strategic", "basis")


@dataclass(frozen=True)
class Question:
    """Which query, who asks it, and what they asked to be seen."""

    name: str
    scope: Scope
    filters: Filters


def question(
    engine: Engine, name: str, person: str | None, settings: Iterable[str], today: date
) -> Question:
    """The question these words ask. Raises Refused for a word nobody knows."""
    said = _said(settings)
    as_of = _day(said["as_of"][0]) if "as_of" in said else today
    calendar = reads.calendar(engine)
    filters = Filters(
        _period(calendar, said, as_of),
        as_of,
        tuple(_person_id(engine, words, as_of) for words in said.get("person", [])),
        tuple(said.get("product_line", [])),
        tuple(said.get("channel", [])),
        said.get("strategic", ["no"])[0] == "yes",
        _basis(said.get("basis", ["amount"])[0]),
    )
    catalog.load(name)
    return Question(name, _scope(engine, person, today), filters)


def _said(settings: Iterable[str]) -> dict[str, list[str]]:
    said: dict[str, list[str]] = {}
    for words in settings:
        name, found, value = words.partition("=")
        if not found or name not in (*MANY, *ONE):
            raise Refused(
                f"“{words}” sets nothing.",
                "--set",
                f"Write NAME=VALUE with one of: {', '.join((*ONE, *MANY))}.",
            )
        if name in ONE and name in said:
            raise Refused(f"{name} is set twice.", "--set", "Set it once.")
        said.setdefault(name, []).append(value)
    return said


def _period(calendar: Calendar, said: dict[str, list[str]], as_of: date) -> Period:
    try:
        return calendar.parse(said["period"][0]) if "period" in said else calendar.quarter_of(as_of)
    except PeriodUnknown as error:
        raise Refused(str(error), "--set period", "") from error


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Refused(f"“{text}” is no day.", "--set as_of", "Write it as 2026-11-25.") from error


def _basis(text: str) -> str:
    if text not in BASES:
        raise Refused(f"“{text}” is no amount.", "--set basis", f"One of: {', '.join(BASES)}.")
    return text


def _person_id(engine: Engine, words: str, on: date) -> str:
    return _scope(engine, words, on).viewer_id


def _scope(engine: Engine, words: str | None, on: date) -> Scope:
    if words is None:
        return OWNER
    try:
        return scope_of(engine, words, on)
    except PersonUnknown as error:
        raise Refused(str(error), "person", "") from error
