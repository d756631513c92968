"""Is everyone measured by the time they had, and beside what was chosen?"""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from math import log
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from quarterdeck import clock, reads
from quarterdeck.commands.capacity import FOREVER
from quarterdeck.commands.learning import CoachMentor, be_asked
from quarterdeck.domain.calendar import Calendar
from quarterdeck.domain.capacity import Position, Spell, filled_days
from quarterdeck.domain.coaching import MEASURES, SKILLS
from quarterdeck.domain.fiscal import FiscalYear
from quarterdeck.domain.selling import Seller, ahead, gap, own_before, seller_of, skills
from quarterdeck.domain.shrinkage import NOT_ENOUGH
from quarterdeck.domain.team_gap import together
from quarterdeck.engine import DuckDBEngine
from quarterdeck.filters import Filters
from quarterdeck.people import Scope
from quarterdeck.ui import coaching, coaching_beside, session
from quarterdeck.ui.coaching import Person, Selling
from quarterdeck.ui.coaching_beside import LAST_YEAR, QUOTA, TEAM, choices
from quarterdeck.ui.coaching_plan import NEAR, _apart
from quarterdeck.ui.coaching_skills import value_words
from quarterdeck.ui.sections import PAGES
from tests.conftest import TODAY, commit, looked_at, rows_of
from tests.test_pages import answer, opened, told
from tests.test_selling import books, facts, seller

__all__ = ["books"]
COACHING = PAGES / "coaching.py"
DAYS = st.dates(date(2025, 1, 1), date(2026, 12, 31))
LINE = (
    "insert into deal_line values ($deal, 'P', date '2026-01-01', date '9999-12-31', 1000.10, "
    "$list, 'import', null, timestamp '2026-01-01', null)"
)


@pytest.fixture
def calendar(engine: DuckDBEngine):
    return reads.calendar(engine)


def test_a_month_of_ramp_counts_by_what_is_filled_of_it(calendar):
    hired = date(2026, 9, 1)
    position = Position(hired)
    days = filled_days(calendar, hired, date(2026, 10, 31), position, (50, 75))
    assert days == pytest.approx(30 * 0.5 + 31 * 0.75)
    # Nobody is measured for the days before they came, or for a leave.
    leave = Spell("leave", Decimal(0), date(2026, 10, 1), date(2026, 11, 1))
    away = Position(date(2020, 1, 1), None, (leave,))
    assert filled_days(calendar, date(2026, 9, 1), date(2026, 10, 31), away, ()) == 30
    assert filled_days(calendar, date(2026, 8, 1), date(2026, 9, 2), position, ()) == 2


@cache
def plain_years() -> Calendar:
    return Calendar(FiscalYear().months(2024, 2027))


@given(DAYS, DAYS, DAYS, st.integers(0, 100), st.lists(st.integers(0, 100), max_size=6))
def test_nobody_fills_more_than_the_days_there_are(first, last, hired, part, ramp):
    known = plain_years()
    spell = Spell("part time", Decimal(part) / 100, date(2026, 1, 1), FOREVER)
    found = filled_days(known, first, last, Position(hired, None, (spell,)), ramp)
    assert 0 <= found <= max((last - max(first, hired)).days + 1, 0)


def test_an_account_that_nobody_spoke_to_in_half_a_year_is_opened_anew(books):
    more = (
        "activity id,kind,person,account,happened at\nB1,Call,Ben,Acme,2026-11-23\n"
        "B2,Call,Ana,Cedar,2026-01-05\nB3,Mail,Ben,Cedar,2026-07-20\n"
    )
    commit(books, looked_at(books, more, "activities.csv", exported_on=TODAY, extent="partial"))
    ana, ben = facts(books)["ana"], facts(books)["ben"]
    # Ana opened Acme and Cedar; Ben's call at Acme came days later, his mail to Cedar half a year.
    assert (ana["new_contacts"], ben["new_contacts"]) == (2, 2)


def test_a_discount_is_what_was_sold_of_what_the_list_asked(books):
    assert facts(books)["ana"]["priced_deals"] == 0
    with books.transaction() as cursor:
        cursor.execute(LINE, {"deal": "D1", "list": Decimal(1250)})
    ana = facts(books)["ana"]
    assert (ana["priced_deals"], ana["listed_deals"]) == (1, 1)
    assert ana["price_log"] == pytest.approx(log(1000.10 / 1250))
    known = seller_of(ana, 52.0).tally("price")
    assert known.of == 1
    assert value_words(MEASURES["price"], 0.8) == "80\u202f%"


def test_whoever_plainly_does_better_can_be_asked_and_luck_makes_nobody():
    team = [seller(name) for name in ("ben", "cy", "dee", "eve", "fay")]
    team.append(seller("ana", created_deals=15))
    team.append(seller("zoe", created_deals=80))
    assert ahead(skills(team), "prospecting", "ana") == ["zoe"]
    assert ahead(skills(team), "prospecting", "zoe") == []
    equals = [seller(name) for name in ("ana", "ben", "cy")]
    assert [ahead(skills(equals), skill, "ana") for skill in SKILLS] == [[]] * 4


@pytest.fixture
def shown(database: Path, made: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The invented team."""
    monkeypatch.setenv(clock.VARIABLE, str(TODAY))
    shutil.copy(made, database)
    return database


def beside(screen: AppTest, words: str) -> AppTest:
    screen.segmented_control(key="gap beside").set_value(words).run()
    assert not screen.exception, screen.exception[0].stack_trace
    return screen


def test_the_gap_is_to_quota_to_last_year_or_to_the_team(shown):
    screen = opened(COACHING, person="Wren Tanaka")
    assert "quota" in answer(screen)
    assert "last year" in answer(beside(screen, "Last year"))
    assert "their own year before" in told(screen)
    assert "the team’s mean" in answer(beside(screen, "Team"))
    assert "the team’s rates" in told(screen)


def test_an_executive_is_offered_no_number_of_the_team():
    several = Selling({}, {name: seller(name) for name in ("ana", "ben")}, {})
    assert choices(Person("ana", "Ana", is_led=False, is_self=True), several) == (QUOTA, LAST_YEAR)
    assert TEAM in choices(Person("ana", "Ana", is_led=True, is_self=False), several)
    alone = Selling({}, {"ana": seller("ana")}, {})
    assert TEAM not in choices(Person("ana", "Ana", is_led=True, is_self=False), alone)


def test_a_mentor_is_paired_with_who_needs_them_once_they_agreed(shown):
    def learning() -> AppTest:
        screen = opened(COACHING, person="Wren Tanaka")
        screen.session_state["coaching tabs"] = "Learning"
        return screen.run()

    assert "They have not said yet that they may be asked" in told(learning())
    engine = DuckDBEngine(shown)
    be_asked(engine, CoachMentor("closing", True), scope=Scope("ben-holloway", "executive"))
    engine.close()
    screen = learning()
    assert "Ben Holloway** does well: Win rate 42" in told(screen)
    next(one for one in screen.button if one.label == "Pair them").click().run()
    assert "Closing, side by side** :gray[mentoring, closing, with Ben Holloway" in told(screen)


def test_what_was_learned_is_held_beside_what_the_measure_did_since(shown):
    screen = opened(COACHING, person="Idris Okafor")
    screen.session_state["coaching tabs"] = "Learning"
    screen.run()
    (item,) = [
        row for row in rows_of(DuckDBEngine(shown), "learning_items", quarter()) if row["renew_on"]
    ]
    screen.session_state[f"coach since {item['item_id']} 0"] = True
    screen.run()
    assert "Size of won deals:** $" in told(screen)
    assert "The rest of the team: $" in told(screen)


def test_who_is_there_for_half_of_the_weeks_is_held_to_half_of_the_mean(shown, monkeypatch):
    """Of two alike, one there for half of the period: neither of them is short of the other."""
    whole, half = (Seller(name, {}, weeks) for name, weeks in (("ana", 52.0), ("ben", 26.0)))
    team = Selling({}, {"ana": whole, "ben": half}, {})
    monkeypatch.setattr(
        coaching_beside, "_weeks", lambda person_id, _: {"ana": 13.0, "ben": 6.5}[person_id]
    )
    likely = {
        name: coaching_beside._Likely(Decimal(usd), Decimal(0))
        for name, usd in (("ana", 1000), ("ben", 500))
    }
    for name, usd in (("ana", 1000), ("ben", 500)):
        whom = Person(name, name, is_led=True, is_self=False)
        assert coaching_beside._target(whom, team, likely, TEAM) == usd


def test_an_average_seller_is_blamed_for_no_newcomer():
    """Six alike for a year, and one who came six weeks ago and sells as well: no part is short."""
    team = [seller(name) for name in ("ana", "ben", "cy", "dee", "eve", "fay")]
    new = seller("gus", weeks=6, created_deals=5, won_deals=1, decided_deals=4, timed_deals=1,
                 in_time_deals=1, due_deals=3, slipped_deals=1)  # fmt: skip
    everyone = [*team, replace(new, booked_usd=Decimal(600_000) * 6 / 52)]
    booked = Decimal(150_000)
    found = gap(team[0], everyone, booked, (booked, Decimal(0)), 13.0)
    assert found is not None
    created = next(part for part in found.parts if part.name == "created")
    assert abs(created.usd) < booked / 20


def test_the_same_rate_as_last_year_makes_no_part_of_a_gap():
    """Whoever wins more than the team, both years alike, lost nothing since then."""
    team = [seller(name) for name in ("ben", "cy", "dee", "eve")]
    ana = seller(won_deals=18)
    before = own_before(ana, [ana, *team], 13.0)
    found = gap(ana, [ana, *team], Decimal(150_000), (Decimal(150_000), Decimal(0)), 13.0, before)
    assert found is not None
    assert [part.usd for part in found.parts if part.name == "win_rate"] == [0]


def test_the_parts_of_a_team_are_those_of_its_people_to_the_cent():
    team = [seller("ana", created_deals=20), seller("ben"), seller("cy", won_deals=5)]
    gaps = [
        gap(one, team, Decimal("200000.10"), (Decimal("99.99"), Decimal(5)), 13.0) for one in team
    ]
    known = [one for one in gaps if one is not None]
    whole = together(known)
    assert whole is not None
    assert whole.target_usd == Decimal("600000.30")
    assert sum(part.usd for part in whole.parts) == whole.likely_usd - whole.target_usd
    for at, part in enumerate(whole.parts):
        assert part.usd == sum(one.parts[at].usd for one in known)
        assert whole.ranges[at].low_usd <= part.usd <= whole.ranges[at].high_usd
    assert together([]) is None


def test_lines_on_few_deals_say_nothing():
    few = {"won_deals": 5, "sold_lines": 5}
    team = [seller("ana", **few)] + [seller(one, sold_lines=60) for one in ("ben", "cy", "dee")]
    assert skills(team)["lines"]["ana"].verdict == NOT_ENOUGH
    assert skills(team)["lines"]["ben"].verdict != NOT_ENOUGH


@pytest.mark.parametrize(("person", "team"), [(2.0, 2.0), (2.7, 2.6), (0.5, 2.6), (2.6, 2.7)])
def test_no_two_words_of_one_moment_lie_on_each_other(person, team):
    rows = [
        {"moment": "Since", "value": value, "low": 0.1, "high": 4.0, "word": str(value)}
        for value in (person, team)
    ]
    one, other = (row["word_at"] for row in _apart(rows))
    assert abs(one - other) >= 4.0 * NEAR - 1e-9
    assert one + other == pytest.approx(person + team)
    assert (one > other) == (person > team) or person == team


def test_what_is_frozen_follows_no_filter_of_the_page(monkeypatch):
    of_a_page = Filters(quarter().period, date(2026, 11, 1), ("ana",), ("north",), ("Cloud",),
                        ("Agent",), True, "mrr", assignments="as_is", today=TODAY)  # fmt: skip
    monkeypatch.setattr(session, "filters", lambda: of_a_page)
    assert coaching.whole(TODAY) == Filters(quarter().period, TODAY, today=TODAY)


def quarter() -> Filters:
    return Filters(Calendar(FiscalYear().months(2026, 2026)).quarter(2026, 4), TODAY)
