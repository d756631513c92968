"""Would anybody notice if the rows that they do not see were others, or more of them?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from quarterdeck import catalog
from quarterdeck.engine import DuckDBEngine
from quarterdeck.people import Scope
from tests import matrix
from tests.canaries import BEFORE, PEOPLE
from tests.conftest import TODAY, Once
from tests.exam.figures import IS_WIDE
from tests.matrix import WAYS, Rows, World, answered
from tests.roles import ROLES, above, seen

MEDIANS = {
    "white_space": "what a line brings is the median of at least three accounts, of everybody's",
    "white_space_lines": "the same",
    "white_space_parts": "the same",
    "coaching_facts": "the usual time to win is everybody's, of at least three people",
    "coaching_open": "how many win from each stage is everybody's, of at least three people",
}
"""Questions with a number of the whole organisation in them, and which."""
WHO = ("executive", "director", "other area director") if IS_WIDE else ("director",)
OTHERWISE = (
    "create temp table theirs as select unnest(?::varchar[]) as person_id",
    "create temp table yards as select distinct account_id from account_version"
    " where coalesce(owner_id, '') in (from theirs)",
    "update deal_version set amount = amount * 3, amount_usd = amount_usd * 3, deal_name = 'Other'"
    " where coalesce(credited_id, '') in (from theirs) and deal_id not like 'sharxap%'",
    "insert into deal_version select * replace ('more ' || deal_id as deal_id) from deal_version"
    " where coalesce(credited_id, '') in (from theirs) and deal_id not like 'sharxap%'",
    "update account_version set potential_usd = potential_usd * 3, account_name = 'Other', "
    "industry = 'Other', city = 'Other' where account_id in (from yards)",
    "update service set mrr_usd = mrr_usd * 3 where account_id in (from yards)",
    "update contact set contact_name = 'Other' where account_id in (from yards)",
    "update activity set subject = 'Other', happened_at = happened_at - interval 9 day"
    " where account_id in (from yards)",
    "update quota set quota_usd = quota_usd * 3 where person_id in (from theirs)",
    "update objective set target = target * 3 where person_id in (from theirs)",
    "update person_capacity set share = 0.5 where person_id in (from theirs)",
    "update module set module_name = 'Other' where module_id in"
    " (select module_id from module_owner where person_id in (from theirs))",
)
"""Everything of some people becomes something else, and of their deals there are twice as many."""


@pytest.fixture(scope="module")
def world(once: Once, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with matrix.organisation(once, tmp_path_factory.mktemp("alone")) as found:
        yield found


def hidden(scope: Scope) -> list[str]:
    """Everybody whom the viewer never saw; '' where nobody's rows are out of sight."""
    ever = seen(scope, BEFORE) | seen(scope, TODAY) | {above(scope.viewer_id, TODAY)}
    return sorted({*PEOPLE, ""} - ever)


def otherwise(world: World, folder: Path, people: list[str]) -> World:
    """A copy in which all that is these people's is something else."""
    path = folder / "quarterdeck.duckdb"
    world.engine.back_up(path)
    engine = DuckDBEngine(path)
    with engine.transaction() as cursor:
        for step, statement in enumerate(OTHERWISE):
            cursor.execute(statement, [people] if step == 0 else None)
    engine.close()
    return World(DuckDBEngine(path, remembers=True), world.plans)


def counted(rows: Rows) -> list[tuple[object, ...]]:
    """A mean of doubles depends in its last digit on the order in which they came."""
    return [tuple(round(x, 9) if isinstance(x, float) else x for x in row) for row in rows]


@pytest.mark.parametrize("role", WHO)
def test_no_answer_depends_on_what_one_does_not_see(
    world: World, role: str, tmp_path: Path
) -> None:
    scope = ROLES[role]
    other = otherwise(world, tmp_path, hidden(scope))
    found = []
    for name in sorted(set(catalog.names()) - set(MEDIANS)):
        for way in WAYS if IS_WIDE else ("plainly",):
            how = WAYS[way](world, scope)
            here, there = (counted(answered(each, scope, name, how)) for each in (world, other))
            if here != there:
                found.append(f"{role} asked {name} {way}, and others' rows made a difference")
    other.engine.close()
    assert not found, "\n".join(found)


def test_what_nobody_sees_does_differ_for_who_sees_everything(world: World, tmp_path: Path) -> None:
    scope = ROLES["operations"]
    other = otherwise(world, tmp_path, hidden(ROLES["director"]))
    for name in ("open_deals", "attainment", "modules", "team", "objectives", "search"):
        how = WAYS["plainly"](world, scope)
        is_same = answered(world, scope, name, how) == answered(other, scope, name, how)
        assert is_same == (name == "team"), name
    other.engine.close()
