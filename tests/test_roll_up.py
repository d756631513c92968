"""Do months, lines, people and teams add up, whatever happened to the team in between?"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quarterdeck.commands.people import SetManager, set_manager
from quarterdeck.engine import DuckDBEngine
from quarterdeck.people import OWNER
from quarterdeck.refusal import Refused
from tests.conftest import faults, hashes
from tests.exam.figures import recorded, sized
from tests.exam.roll_up_recount import (
    AFTER,
    CASES,
    DAYS,
    FIRST,
    LINES,
    MONTHS,
    PERIODS,
    QUARTERS,
    SLOWLY,
    WORLDS,
    by_hand,
    by_line,
    by_line_by_hand,
    end_of,
    fill,
    moves_of,
    standing,
    total,
)

# What must hold in all of them


@pytest.fixture(scope="module")
def books(tmp_path_factory):
    return DuckDBEngine(tmp_path_factory.mktemp("rolled") / "quarterdeck.duckdb")


@pytest.mark.exam
@recorded("Attainment of every person and manager equals a count by hand and adds up", CASES)
@SLOWLY
@given(WORLDS, st.sampled_from([AFTER, date(2026, 12, 31)]) | DAYS)
def test_months_make_quarters_quarters_make_years_and_all_of_it_is_a_count_by_hand(
    books, worlds, as_of
):
    fill(books, worlds)
    found = {period: standing(books, period, as_of) for period in PERIODS}
    for period, months in PERIODS.items():
        assert found[period] == by_hand(worlds, months, as_of), period
        for who, row in found[period].items():
            parts = [found[f"{month:%Y-%m}"][who] for month in months]
            assert row[1:3] == (total(parts, 1), total(parts, 2)), (period, who)
    for who, year in found["2026"].items():
        quarters = [found[quarter][who] for quarter in QUARTERS]
        assert year == tuple(total(quarters, place) for place in range(4))


@pytest.mark.exam
@recorded("Lines add up to each person, and the heads to all", CASES)
@SLOWLY
@given(WORLDS, st.sampled_from([AFTER, date(2026, 12, 31)]) | DAYS, st.sampled_from([*PERIODS]))
def test_lines_add_up_to_each_person_and_the_heads_to_all(books, worlds, as_of, period):
    fill(books, worlds)
    found, months = standing(books, period, as_of), PERIODS[period]
    cells = by_line(books, period, as_of)
    assert cells == by_line_by_hand(worlds, months, as_of)
    for who, row in found.items():
        parts = [cell for (one, _), cell in cells.items() if one == who]
        assert row[1:3] == (total(parts, 1), total(parts, 2)), who
    for line in LINES[1:]:
        narrowed = standing(books, period, as_of, product_lines=(line,))
        assert narrowed == by_hand(worlds, months, as_of, only=line)
        for who, row in narrowed.items():
            deals, booked, _, named = cells.get((who, line), (0, Decimal(0), None, None))
            assert row[:3] == (deals, booked, named), (who, line)
    heads = tuple(who for world in worlds for who in world.people if not world.spells[who])
    if heads:
        theirs = standing(books, period, as_of, person_ids=heads)
        rows = [theirs[who] for who in heads]
        assert rows == [found[who] for who in heads]
        assert theirs["all"][1:3] == (total(rows, 1), total(rows, 2))


@st.composite
def closed(draw):
    """Worlds, a quarter, and transfers after it and all before, of people who have a manager."""
    worlds, quarter = draw(WORLDS), draw(st.sampled_from([*QUARTERS]))
    told = []
    for world in worlds:
        now = world.copied()
        for move in world.moves:
            now.move(move)
        starts = [since for spells in now.spells.values() for since, _, _ in spells]
        first = max([end_of(quarter), *starts]) + timedelta(days=1)
        days = draw(st.lists(st.dates(first, date(2028, 12, 31)), min_size=1, max_size=4))
        told += moves_of(draw, now, sorted(days), may_be_first=False)
    return worlds, quarter, told


@pytest.mark.exam
@recorded("No transfer changes a quarter that is over", CASES)
@SLOWLY
@given(closed())
def test_no_transfer_changes_a_quarter_that_is_over(books, told):
    worlds, quarter, moves = told
    fill(books, worlds)

    def seen():
        days = (end_of(quarter), date(2029, 1, 1))
        return [(standing(books, quarter, day), by_line(books, quarter, day)) for day in days]

    was = seen()
    for move in moves:
        set_manager(books, move, scope=OWNER)
    assert seen() == was
    assert faults(books) == []


@pytest.mark.exam
@recorded("A manager below oneself is refused, any other is not", f"{sized(5, 50)} random teams")
@SLOWLY
@given(WORLDS, st.data())
def test_a_manager_below_oneself_is_refused_and_any_other_is_not(books, worlds, data):
    world = worlds[0]
    fill(books, [world])
    for day in (AFTER + timedelta(days=n) for n in range(4)):
        who, up = (data.draw(st.sampled_from(world.people)) for _ in range(2))
        move, before = SetManager(who, up, day), hashes(books)
        if who == up or who in world.above(up, day):
            with pytest.raises(Refused, match="below them") as refusal:
                set_manager(books, move, scope=OWNER)
            assert all(refusal.value.parts().values())
            assert hashes(books) == before
        elif world.spells[who]:
            set_manager(books, move, scope=OWNER)
            world.move(move)
    assert faults(books) == []
    assert standing(books, "2026") == by_hand([world], MONTHS, AFTER)


def test_the_random_worlds_hold_all_that_may_happen():
    """Else the counts by hand above would prove little."""
    found = set()

    @settings(
        max_examples=15, deadline=None, database=None, suppress_health_check=list(HealthCheck)
    )
    @given(WORLDS)
    def look(worlds):
        for world in worlds:
            owners = {deal.owner for deal in world.deals}
            found.update(
                {
                    f"{max(len(world.above(who, FIRST)) for who in world.people) + 1} deep",
                    f"{sum(not spells for spells in world.spells.values()) > 1} several heads",
                    f"{len(world.people) == 1} alone",
                    f"{any(len(spells) == 2 for spells in world.spells.values())} gap",
                    f"{any(move.manager_id is None for move in world.moves)} left without",
                    f"{any(move.manager_id in owners for move in world.moves)} promoted",
                    f"{bool(world.revisions)} revised",
                    f"{any(not world.spells[move.person_id] for move in world.moves)} first one",
                    f"{None in owners} nobody's deal",
                }
            )
            found.update(f"{len(deal.shared)} splits" for deal in world.deals)
            found.update(f"{len(deal.lines)} lines" for deal in world.deals)

    look()
    said = ("several heads", "alone", "gap", "left without", "promoted", "revised", "first one")
    wanted = {f"True {one}" for one in (*said, "nobody's deal")}
    wanted |= {f"{n} deep" for n in range(1, 6)} | {f"{n} splits" for n in range(3)} | {"2 lines"}
    assert wanted - found == set()
