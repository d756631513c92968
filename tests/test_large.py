"""Is all of a large file there as soon as it is acknowledged?

DuckDB writes what is larger than one of its row groups (122,880 rows) by another way than the rest.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from quarterdeck.engine import DuckDBEngine
from quarterdeck.importing.committing import commit_import, new_key
from quarterdeck.importing.staging import Dropped, stage
from quarterdeck.importing.undoing import undo_import
from quarterdeck.people import OWNER
from tests.exam.figures import spread

MANY = 130_000
LATER = date(2026, 11, 26)


def deals(first: int, stage_name: str = "Proposal") -> bytes:
    rows = (
        f"D{number},Ana,{stage_name},10,2026-10-01,2026-12-01\n"
        for number in range(first, first + MANY)
    )
    return ("Deal ID,Owner,Stage,Amount,Created,Close Date\n" + "".join(rows)).encode()


def accounts(first: int) -> bytes:
    rows = (f"A{number},Account {number},Cloud\n" for number in range(first, first + MANY))
    return ("account id,account,industry\n" + "".join(rows)).encode()


def activities(first: int) -> bytes:
    rows = (f"T{number},call,Ana,2026-11-01\n" for number in range(first, first + MANY))
    return ("activity id,kind,person,date\n" + "".join(rows)).encode()


def committed(engine: DuckDBEngine, name: str, content: bytes, on: date) -> str:
    """The key of the import; what is there already stays."""
    dropped = Dropped(name, content, exported_on=on, extent="partial")
    staged = stage(engine, dropped, scope=OWNER, today=on)
    key = new_key()
    commit_import(engine, staged, scope=OWNER, key=key)
    return key


def there(engine: DuckDBEngine, table: str, key: str) -> int:
    """Counted row by row: the number that the table keeps of itself proves nothing."""
    with engine.looking() as cursor:
        known = cursor.table(table).filter("superseded_at is null").project(key).distinct()
        ((found,),) = known.aggregate("count(*)").fetchall()
    return int(found)


@pytest.mark.parametrize(
    ("name", "table", "key", "content"),
    spread(
        [
            ("deals.csv", "deal_version", "deal_id", deals),
            ("accounts.csv", "account_version", "account_id", accounts),
            ("activities.csv", "activity", "activity_id", activities),
        ],
        3,
    ),
)
def test_a_large_first_file_and_a_large_second_one_are_there_at_once(
    engine: DuckDBEngine, name: str, table: str, key: str, content: Callable[[int], bytes]
) -> None:
    committed(engine, name, content(0), date(2026, 11, 25))
    assert there(engine, table, key) == MANY
    second = committed(engine, name, content(MANY), LATER)
    assert there(engine, table, key) == 2 * MANY
    undo_import(engine, second, scope=OWNER)
    assert there(engine, table, key) == MANY


def test_a_large_file_that_changes_every_deal_keeps_what_was_true(engine: DuckDBEngine) -> None:
    committed(engine, "deals.csv", deals(0), date(2026, 11, 25))
    committed(engine, "deals.csv", deals(0, "Negotiation"), LATER)
    with engine.looking() as cursor:
        found = cursor.execute(
            "select stage_name, count(distinct deal_id) from deal_version "
            "where superseded_at is null and origin = 'import' group by all order by all"
        ).fetchall()
    assert found == [("Negotiation", MANY), ("Proposal", MANY)]
