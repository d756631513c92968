"""Which module does an account lie in, and whose is it? Every change by hand dated and audited."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from quarterdeck import audit, catalog
from quarterdeck.commands.checking import check_unmoved
from quarterdeck.commands.module_rules import (
    FOREVER,
    LONGEST,
    check_day,
    check_free,
    check_held,
    check_owner,
    check_sight,
    check_told,
    module_name,
    modules_known,
    today_known,
)
from quarterdeck.commands.moving import Moved, add, fill, move, recorded
from quarterdeck.commands.people import check_may_change
from quarterdeck.domain.calendar import day_label
from quarterdeck.domain.naming import fold, slug
from quarterdeck.engine import Cursor, DuckDBEngine, run
from quarterdeck.people import Scope
from quarterdeck.refusal import Refused

ENDING = "’s accounts"
"""How the module of one executive is called, after the name."""


@dataclass(frozen=True)
class CreateModule:
    """A new module, whose it is ('' for nobody yet) and what lies in it from a day on."""

    module_name: str
    person_id: str
    from_on: date
    account_ids: tuple[str, ...] = ()


@dataclass(frozen=True)
class RenameModule:
    """Another name for a module, for all days."""

    module_id: str
    module_name: str
    seen: int | None = None


@dataclass(frozen=True)
class MoveAccounts:
    """Accounts lie in a module from a day on; '' takes them out of every module."""

    account_ids: tuple[str, ...]
    module_id: str
    from_on: date


@dataclass(frozen=True)
class SetModuleOwner:
    """Somebody owns a module from a day on; '' for nobody."""

    module_id: str
    person_id: str
    from_on: date
    seen: int | None = None


@dataclass(frozen=True)
class SplitModule:
    """Some accounts of a module lie in a new one from a day on; whose, '' for nobody yet."""

    module_id: str
    module_name: str
    account_ids: tuple[str, ...]
    person_id: str
    from_on: date


@dataclass(frozen=True)
class MergeModules:
    """The accounts of the second lie in the first from a day on; the past of both stays."""

    first_id: str
    second_id: str
    from_on: date


@dataclass(frozen=True)
class OneModuleEach:
    """A module for everyone who has accounts, where there are none yet."""

    from_on: date


def create_module(engine: DuckDBEngine, command: CreateModule, *, scope: Scope) -> Moved:
    """Make a module under the id that a file would find it by.

    Raises Refused for an empty, long or taken name, for accounts and people out of sight, and for
    a day in a closed quarter, as all of these do.
    """
    check_may_change(scope)
    name, accounts = module_name(command.module_name), _each(command.account_ids)
    with engine.transaction() as cursor:
        day = check_day(cursor, command.from_on)
        check_owner(cursor, scope, command.person_id, day.from_on)
        check_sight(cursor, scope, accounts, (), day.from_on)
        at = audit.moment(cursor)
        module_id = add(cursor, name, at)
        fill(cursor, day, module_id, accounts, {module_id: command.person_id})
        done = replace(move(cursor, at), module_id=module_id, note=day.note)
        check_told(cursor, scope, accounts, (module_id,), day.from_on)
        return recorded(cursor, scope, command, at, done)


def rename_module(engine: DuckDBEngine, command: RenameModule, *, scope: Scope) -> Moved:
    """Call a module otherwise. Files that use the old name find it, and call it so again."""
    check_may_change(scope)
    name = module_name(command.module_name)
    with engine.transaction() as cursor:
        known = modules_known(cursor)
        check_sight(cursor, scope, (), (command.module_id,), today_known(cursor))
        check_free(known, name, command.module_id)
        called = known[command.module_id]
        check_unmoved(cursor, "module", command.module_id, called, command.seen)
        if called == name:
            raise _so_already(called)
        at = audit.moment(cursor)
        about = {"module_id": command.module_id, "module_name": name, "at": at}
        run(cursor, catalog.statements("module_rename"), about)
        return recorded(cursor, scope, command, at, Moved(command.module_id))


def move_accounts(engine: DuckDBEngine, command: MoveAccounts, *, scope: Scope) -> Moved:
    """Put accounts into a module, or out of every one, from a day on."""
    check_may_change(scope)
    accounts = _some(command.account_ids)
    modules = (command.module_id,) if command.module_id else ()
    with engine.transaction() as cursor:
        day = check_day(cursor, command.from_on)
        check_sight(cursor, scope, accounts, modules, day.from_on)
        at = audit.moment(cursor)
        fill(cursor, day, command.module_id, accounts, {})
        done = replace(move(cursor, at), module_id=command.module_id, note=day.note)
        if not done.accounts:
            raise _so_already(command.module_id or accounts[0])
        check_held(cursor, scope, accounts, modules, day.from_on)
        return recorded(cursor, scope, command, at, done)


def set_module_owner(engine: DuckDBEngine, command: SetModuleOwner, *, scope: Scope) -> Moved:
    """Give a module to somebody from a day on, or to nobody."""
    check_may_change(scope)
    with engine.transaction() as cursor:
        day = check_day(cursor, command.from_on)
        check_sight(cursor, scope, (), (command.module_id,), day.from_on)
        check_owner(cursor, scope, command.person_id, day.from_on)
        called = modules_known(cursor)[command.module_id]
        check_unmoved(cursor, "module owner", command.module_id, called, command.seen)
        at = audit.moment(cursor)
        fill(cursor, day, "", (), {command.module_id: command.person_id})
        done = replace(move(cursor, at), module_id=command.module_id, note=day.note)
        if not done.owners:
            raise _so_already(called)
        check_held(cursor, scope, (), (command.module_id,), day.from_on)
        return recorded(cursor, scope, command, at, done)


def split_module(engine: DuckDBEngine, command: SplitModule, *, scope: Scope) -> Moved:
    """Part a module in two. Raises Refused for accounts that lie elsewhere, and for all of them."""
    check_may_change(scope)
    name, accounts = module_name(command.module_name), _some(command.account_ids)
    with engine.transaction() as cursor:
        day = check_day(cursor, command.from_on)
        check_sight(cursor, scope, accounts, (command.module_id,), day.from_on)
        check_owner(cursor, scope, command.person_id, day.from_on)
        _check_parted(cursor, command, accounts)
        at = audit.moment(cursor)
        module_id = add(cursor, name, at)
        fill(cursor, day, module_id, accounts, {module_id: command.person_id})
        done = replace(move(cursor, at), module_id=module_id, note=day.note)
        check_held(cursor, scope, accounts, (command.module_id, module_id), day.from_on)
        return recorded(cursor, scope, command, at, done)


def merge_modules(engine: DuckDBEngine, command: MergeModules, *, scope: Scope) -> Moved:
    """Two modules are one from a day on: the second has no account and no owner from then."""
    check_may_change(scope)
    both = (command.first_id, command.second_id)
    if command.first_id == command.second_id:
        raise Refused("One module is no two.", command.first_id, "Choose two modules.")
    with engine.transaction() as cursor:
        day = check_day(cursor, command.from_on)
        check_sight(cursor, scope, (), both, day.from_on)
        at = audit.moment(cursor)
        fill(cursor, day, "", (), {command.second_id: ""})
        merging = {"first_id": both[0], "second_id": both[1], "from_on": day.from_on}
        run(cursor, catalog.statements("moving_merged"), merging)
        done = replace(move(cursor, at), module_id=command.first_id, note=day.note)
        if not done.accounts and not done.owners:
            raise _so_already(command.second_id)
        check_held(cursor, scope, (), both, day.from_on)
        return recorded(cursor, scope, command, at, done)


def one_module_each(engine: DuckDBEngine, command: OneModuleEach, *, scope: Scope) -> Moved:
    """A module for everyone who owns accounts, or the newest deals of some that nobody owns.

    A first known link has always been so; accounts that nobody has stay out and are counted.
    Raises Refused where an account in sight lies in a module already, and where nobody has any.
    """
    check_may_change(scope)
    with engine.transaction() as cursor:
        day = check_day(cursor, command.from_on)
        asking = scope.parameters() | {"from_on": day.from_on}
        run(cursor, catalog.statements("owned_accounts"), asking)
        owned = run(cursor, catalog.statements("one_each"), asking).fetchall()
        _check_bare(owned)
        at, known = audit.moment(cursor), modules_known(cursor)
        owners = dict[str, str]()
        for person_id, person, _, _ in owned:
            if person_id is not None:
                module_id = add(cursor, _own_name(str(person), known), at)
                known = modules_known(cursor)
                owners[module_id] = str(person_id)
        # Each first owner has always been it, as the accounts have always lain there.
        fill(cursor, replace(day, today=FOREVER), "", (), owners)
        moving = {"module_ids": list(owners), "owner_ids": list(owners.values())}
        run(cursor, catalog.statements("moving_each"), moving | {"from_on": day.from_on})
        left = sum(accounts for person_id, _, accounts, _ in owned if person_id is None)
        done = replace(move(cursor, at), left_out=left, note=day.note)
        return recorded(cursor, scope, command, at, done)


def _each(accounts: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(accounts))


def _some(accounts: Sequence[str]) -> tuple[str, ...]:
    if not accounts:
        raise Refused("No account is chosen.", "Accounts", "Choose one or more, and save again.")
    return _each(accounts)


def _so_already(about: str) -> Refused:
    return Refused("It is so already.", about, "Nothing to do.")


def _check_parted(cursor: Cursor, command: SplitModule, accounts: Sequence[str]) -> None:
    """Those that go lie in the module on the day, and others stay in it."""
    about = {"module_id": command.module_id, "from_on": command.from_on}
    lying = {each for (each,) in run(cursor, catalog.statements("modules_lie"), about).fetchall()}
    if elsewhere := [each for each in accounts if each not in lying]:
        raise Refused(
            f"{len(elsewhere):,} of the accounts lie elsewhere on {day_label(command.from_on)}.",
            elsewhere[0],
            "Choose accounts of the module that is split.",
        )
    if lying <= set(accounts):
        raise Refused(
            "Nothing would be left in the module.",
            command.module_id,
            "Leave some accounts in it, or rename it or give it to somebody instead.",
        )


def _check_bare(owned: list[tuple[str | None, str | None, int, int]]) -> None:
    if any(lying for *_, lying in owned):
        raise Refused(
            "There are modules with accounts in them already.",
            f"{max(lying for *_, lying in owned):,} accounts",
            "Create the modules that are missing one by one, and move accounts to them.",
        )
    if all(person_id is None for person_id, *_ in owned):
        raise Refused(
            "Nobody in your sight has an account.",
            "Accounts",
            "Import accounts with their owners, or deals, first.",
        )


def _own_name(person: str, known: Mapping[str, str]) -> str:
    """Ana Smith’s accounts; with a number where a module is called so already."""
    name = module_name(person[: LONGEST - len(ENDING) - 4] + ENDING)
    names = (name, *(f"{name} {number}" for number in range(2, len(known) + 3)))
    taken = {fold(called) for called in known.values()}
    return next(each for each in names if fold(each) not in taken and slug(each) not in known)
