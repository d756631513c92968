"""What do these words ask? `period=2017-Q4 person=Ana`, as the command line writes them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from quarterdeck import catalog, reads
from quarterdeck.domain.calendar import Calendar, Period, PeriodUnknown
from quarterdeck.domain.comparing import WORDS, Point, compared_with
from quarterdeck.engine import Engine
from quarterdeck.filters import ASSIGNMENTS, BASES, Filters
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
    period, scope = _period(calendar, said, as_of), _scope(engine, person, today)
    assignments = _assignments(said.get("assignments", ["as_was"])[0])
    everything = Filters(period, as_of, assignments=assignments, today=today)
    there, against = _choices(engine, scope, everything), _against(calendar, said, period, as_of)
    filters = replace(
        everything,
        person_ids=tuple(_person_id(engine, words, as_of) for words in said.get("person", [])),
        module_ids=_chosen(there, "module", said),
        product_lines=_chosen(there, "product_line", said),
        channels=_chosen(there, "channel", said),
        strategic_only=_yes(said.get("strategic", ["no"])[0]),
        basis=_basis(said.get("basis", ["amount"])[0]),
        compare_on=against.on if against else None,
        compare_period=against.period if against else None,
    )
    catalog.load(name)
    return Question(name, scope, filters)


def _choices(engine: Engine, scope: Scope, everything: Filters) -> dict[str, dict[str, str]]:
    """By kind, what each word to choose stands for: an id or a label alike."""
    found: dict[str, dict[str, str]] = {}
    for kind, word, label in reads.exact(engine, scope, everything, "choices").rows:
        found.setdefault(kind, {})[str(label)] = str(word)
    for words in found.values():
        words |= {word: word for word in words.values()}
    return found


def _chosen(
    there: dict[str, dict[str, str]], kind: str, said: dict[str, list[str]]
) -> tuple[str, ...]:
    known = there.get(kind, {})
    for words in said.get(kind, []):
        if words not in known:
            some = ", ".join(sorted(set(known))[:8]) or "there are none"
            called = kind.replace("_", " ")
            raise Refused(f"No {called} is called “{words}”.", f"--set {kind}", f"Known: {some}.")
    return tuple(dict.fromkeys(known[words] for words in said.get(kind, [])))


def _yes(text: str) -> bool:
    if text not in ("yes", "no"):
        raise Refused(f"“{text}” is neither yes nor no.", "--set strategic", "Write strategic=yes.")
    return text == "yes"


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


def _against(
    calendar: Calendar, said: dict[str, list[str]], period: Period, as_of: date
) -> Point | None:
    if "compare_on" not in said:
        return None
    try:
        return compared_with(said["compare_on"][0], calendar, period, as_of)
    except PeriodUnknown as error:
        known = f"Write {', '.join(WORDS)} or a day like 2026-09-30, not after the as-of day."
        raise Refused(str(error), "--set compare_on", known) from error


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Refused(f"“{text}” is no day.", "--set as_of", "Write it as 2026-11-25.") from error


def _basis(text: str) -> str:
    if text not in BASES:
        raise Refused(f"“{text}” is no amount.", "--set basis", f"One of: {', '.join(BASES)}.")
    return text


def _assignments(text: str) -> str:
    if text not in ASSIGNMENTS:
        known = " or ".join(ASSIGNMENTS)
        raise Refused(f"“{text}” assigns nothing.", "--set assignments", f"Write {known}.")
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
