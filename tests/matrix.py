"""Every question asked as somebody and in several ways: what of the answer is not theirs?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from quarterdeck import clock, reads
from quarterdeck.engine import DuckDBEngine
from quarterdeck.filters import Filters
from quarterdeck.people import OWNER, Scope
from tests.canaries import (
    BEFORE,
    MOVER,
    NEXT,
    NOW,
    PEOPLE,
    PLANS_OF,
    ROWS_OF,
    WAS,
    account_of,
    fill,
    plan_word,
)  # fmt: skip
from tests.conftest import TODAY, Once, asked, rows_of
from tests.roles import Moment, amounts_in, may_read, must_read, seen, whose, words_in

ACCOUNTS = ("account_activities", "account_contacts", "account_deals", "account_services")
"""They ask for accounts by their ids: here always for all there are."""
PAST = ("module_history", "waterfall_deals")
"""Whoever had somebody once sees what was theirs then, beside what became of it."""
ABOUT_PLANS = ("audit", "scenario_rules", "scenarios", "territory_accounts")
Rows = tuple[tuple[Any, ...], ...]


@dataclass
class World:
    """The organisation as a server holds it, whose plan is which, and what its owner was told."""

    engine: DuckDBEngine
    plans: dict[str, str] = field(default_factory=dict)
    told: dict[tuple[str, str, str], Rows] = field(default_factory=dict)
    things: dict[tuple[str, str], Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Way:
    """In which words something is asked, of which day, and how much must be in the answer."""

    filters: Filters
    moment: Moment
    more: dict[str, Any]
    is_whole: bool = True


@contextmanager
def organisation(once: Once, folder: Path) -> Iterator[World]:
    """A server on a file of its own, on the day that everybody asks."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(clock.VARIABLE, str(TODAY))
        engine = DuckDBEngine(folder / "quarterdeck.duckdb", remembers=True)
        once(engine, fill)
        engine._connection.execute("set threads = 1")
        plans = rows_of(engine, "scenarios", asked(engine))
        yield World(engine, {plan["director_id"]: plan["scenario_id"] for plan in plans})
        engine.close()


def plainly(world: World, scope: Scope) -> Way:
    own = world.plans.get(scope.viewer_id, world.plans["danfyqu"])
    more = {"scenario_id": own, "plan_on": NEXT}
    return Way(asked(world.engine), Moment(TODAY), more)


def before(world: World, scope: Scope) -> Way:
    return Way(asked(world.engine, as_of=BEFORE), Moment(BEFORE), {})


def as_is(world: World, scope: Scope) -> Way:
    today = asked(world.engine, assignments="as_is", today=TODAY)
    return Way(today, Moment(TODAY, is_as_was=False), {})


def of_other_people(world: World, scope: Scope) -> Way:
    return Way(asked(world.engine, person_ids=PEOPLE), Moment(TODAY), {}, is_whole=False)


def of_other_modules(world: World, scope: Scope) -> Way:
    books = tuple(f"{word}-book" for word in ROWS_OF)
    return Way(asked(world.engine, module_ids=books), Moment(TODAY), {}, is_whole=False)


def in_other_words(world: World, scope: Scope) -> Way:
    """The words, the plan and the part of the market of somebody out of sight."""
    sight = may_read(scope, Moment(TODAY))
    word = next((one for one in ROWS_OF if one not in sight), WAS)
    theirs = {
        "search": word, "stages": [], "narrowed_by": "industry", "narrowed_to": [f"{word} trade"],
        "words": word, "scenario_id": world.plans[hidden_plan(scope)], "plan_on": NEXT,
    }  # fmt: skip
    return Way(asked(world.engine), Moment(TODAY), theirs, is_whole=False)


WAYS: dict[str, Callable[[World, Scope], Way]] = {
    "plainly": plainly,
    "as of a day before the move": before,
    "with today's assignments": as_is,
    "for everybody by their ids": of_other_people,
    "for everybody's modules": of_other_modules,
    "in another's words": in_other_words,
}
FORGED = tuple(WAYS)[1:]


def hidden_plan(scope: Scope) -> str:
    """Whose realignment the viewer does not see."""
    return "noowexo" if scope.viewer_id in ("rubvexi", "ernkyvo") else "ernkyvo"


def plans_seen(scope: Scope) -> frozenset[str]:
    """The words of the realignments in sight: one's own, and what is shared below."""
    found = {plan_word(scope.viewer_id)} & set(PLANS_OF)
    return frozenset(found | ({plan_word("danfyqu")} if scope.viewer_id == "rayzumo" else set()))


def answered(world: World, scope: Scope, name: str, way: Way) -> Rows:
    more: dict[str, Any] = {"words": "", "rows_shown": 10_000, **way.more}
    if name in ACCOUNTS:
        more["narrowed_to"] = [account_of(word) for word in ROWS_OF]
    if name == "person_uses":
        more["words"] = ROWS_OF.get(more["words"]) or "anapluz"
    if name == "deal_credits":
        more["words"] = f"{more['words'] or 'sharxap'}-due"
    return reads.exact(world.engine, scope, way.filters, name, **more).rows


def allowed(scope: Scope, name: str, moment: Moment) -> frozenset[str]:
    words = set(may_read(scope, moment))
    if name in ABOUT_PLANS:
        words |= plans_seen(scope)
    if name in PAST and any(MOVER in seen(scope, day) for day in (BEFORE, TODAY)):
        words |= {MOVER, NOW, WAS}
    return frozenset(words)


def answer_faults(
    world: World, role: tuple[str, Scope], name: str, way: str, *, is_own: bool = False
) -> list[str]:
    """What somebody read that is not theirs; with `is_own`, also what they lack of their own."""
    who, scope = role
    how = WAYS[way](world, scope)
    rows = answered(world, scope, name, how)
    words = words_in(rows)
    found = words | amounts_in(rows)
    faults = [
        f"{who} asked {name} {way} and read of “{word}”, {whose(word, scope, how.moment.day)}"
        for word in sorted(found - allowed(scope, name, how.moment))
    ]
    if is_own and how.is_whole:
        lacking = (told_to_owner(world, name, way, how) & must_read(scope, how.moment)) - words
        faults += [f"{who} asked {name} {way} and misses “{word}”" for word in sorted(lacking)]
    return faults


def told_to_owner(world: World, name: str, way: str, how: Way) -> frozenset[str]:
    key = (name, way, str(how.more.get("scenario_id")))
    if key not in world.told:
        world.told[key] = answered(world, OWNER, name, how)
    return words_in(world.told[key])
