"""How do accounts move between modules, and modules between people? One way for every command."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from quarterdeck import audit, catalog
from quarterdeck.commands.checking import actor
from quarterdeck.commands.module_rules import Day, check_free, modules_known
from quarterdeck.domain.naming import slug
from quarterdeck.engine import Cursor, run
from quarterdeck.people import Scope

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


@dataclass(frozen=True)
class Moved:
    """What a change of modules came to.

    `accounts` and `owners` count what is another now, `replaced` the changes dated later that gave
    way, `always` the accounts that were in no module before and now have always been in theirs,
    `left_out` accounts that nobody has. The entry of the audit takes it back.
    """

    module_id: str = ""
    accounts: int = 0
    owners: int = 0
    replaced: int = 0
    always: int = 0
    left_out: int = 0
    note: str = ""
    audit_id: int = 0


def move(cursor: Cursor, at: datetime) -> Moved:
    """What `moving_accounts` and `moving_owners` say becomes true, in the cursor's transaction.

    Both hold a subject, a target and the day from which it is so, as the statements say.
    """
    for step in ("accounts_move", "owners_move"):
        run(cursor, catalog.statements(step), {"at": at})
    (counts,) = run(cursor, catalog.statements("moves_counted")).fetchall()
    accounts, owners, replaced, always = map(int, counts)
    return Moved(accounts=accounts, owners=owners, replaced=replaced, always=always)


def fill(
    cursor: Cursor, day: Day, module_id: str, accounts: Sequence[str], owners: Mapping[str, str]
) -> None:
    """Say which accounts go to the module, and who owns which ones, from the day on."""
    filling = {
        "module_id": module_id,
        "account_ids": list(accounts),
        "module_ids": list(owners),
        "owner_ids": list(owners.values()),
        "from_on": day.from_on,
        "today": day.today,
    }
    for step in ("moving_accounts", "moving_owners"):
        run(cursor, catalog.statements(step), filling)


def add(cursor: Cursor, name: str, at: datetime) -> str:
    """The id of a new module, made as importing makes it. Raises Refused for a taken name."""
    check_free(modules_known(cursor), name)
    about = {"module_id": slug(name), "module_name": name, "at": at}
    run(cursor, catalog.statements("module_add"), about)
    return slug(name)


def recorded(
    cursor: Cursor, scope: Scope, command: DataclassInstance, at: datetime, done: Moved
) -> Moved:
    """The same with its entry in the audit."""
    audit.record(cursor, actor(scope), command, at)
    ((number, *_),) = run(cursor, catalog.statements("audit_at"), {"moment": at}).fetchall()
    return replace(done, audit_id=number)
