"""Are day, month, quarter and year on pace, and what is done of what was set out?"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from quarterdeck import clock
from quarterdeck.commands.objectives import PIPELINE, SetObjective, set_objective
from quarterdeck.commands.quotas import SetQuota, set_quota
from quarterdeck.engine import DuckDBEngine
from quarterdeck.people import OWNER, Scope
from quarterdeck.refusal import Refused
from quarterdeck.ui.sections import PAGES
from tests.conftest import asked, commit, faults, hashes, looked_at, rows_of
from tests.screen import plain_spaces
from tests.test_pages import opened, told

PEOPLE = "name,manager\nAna,Dana\nBen,Dana\n"
DEALS = (
    "deal id,owner,stage,amount,created,close date\n"
    "D1,Ana,Won,1000,2026-02-02,2026-11-05\nD2,Ana,Won,300,2026-02-02,2026-11-24\n"
    "D3,Ben,Won,50,2026-11-02,2026-03-03\nD4,Ben,Open,700,2026-11-23,2026-12-20\n"
    "D5,Ben,Open,9,2026-11-24,\n"
)
ACTIVITIES = (
    "activity id,kind,person,happened at\nA1,Meeting,Ana,2026-11-23 09:00\n"
    "A2,meeting,Ana,2026-11-24 10:00\nA3,Call,Ana,2026-11-24 11:00\n"
    "A4,Meeting,Ana,2026-11-20 09:00\n"
    "A5,Meeting,Ben,2026-11-24 09:00\n"
)
TUESDAY = date(2026, 11, 24)
YEAR = tuple(date(2026, month, 1) for month in range(1, 13))


def fill(engine):
    day = TUESDAY
    commit(engine, looked_at(engine, PEOPLE, "people.csv", exported_on=day))
    commit(engine, looked_at(engine, DEALS, "deals.csv", exported_on=day))
    commit(engine, looked_at(engine, ACTIVITIES, "activities.csv", exported_on=day))
    for person in ("ana", "ben"):
        set_quota(engine, SetQuota(person, YEAR, Decimal(12_000), YEAR[0]), scope=OWNER)


@pytest.fixture
def team(engine):
    fill(engine)
    return engine


def of(engine, person, period, as_of=TUESDAY):
    rows = rows_of(engine, "attainment", asked(engine, period, as_of))
    return next(one for one in rows if one["person_id"] == person)


# The day, from the year by phasing and working days left


def test_today_asks_for_what_the_month_needed_the_evening_before(team):
    ana = of(team, "ana", "2026-11")
    # On Monday evening 23 Nov nothing of D2: 12,000 ÷ 12 − 1,000 is met already.
    assert (ana["booked_today_usd"], ana["today_usd"]) == (300, 0)
    ben = of(team, "ben", "2026-11")
    # 24, 25, 27 and 30 November are left: Thanksgiving is off.
    assert (ben["booked_today_usd"], ben["today_usd"]) == (0, Decimal(250))
    everyone = of(team, "all", "2026-11")
    assert (everyone["booked_today_usd"], everyone["today_usd"]) == (300, Decimal(250))
    evening = of(team, "ben", "2026-11", date(2026, 11, 23))
    assert evening["needed_usd"] == ben["today_usd"]


@pytest.mark.parametrize("day", [date(2026, 11, 26), date(2026, 11, 28)])
def test_a_day_off_asks_for_nothing(team, day):
    assert of(team, "ben", "2026-11", day)["today_usd"] is None


def test_without_a_quota_and_beyond_the_period_no_day_asks_for_anything(team):
    assert of(team, "ben", "2026-10")["today_usd"] is None
    assert of(team, "ben", "2027-01", date(2027, 1, 5))["today_usd"] is None


# Objectives on counts and on new pipeline


def aim(engine, *what, seen=None, from_on=YEAR[0], person="ana"):
    kind, every, target = what
    command = SetObjective(person, kind, every, Decimal(target), from_on, seen)
    set_objective(engine, command, scope=OWNER)


def standing(engine, as_of=TUESDAY, scope=OWNER):
    rows = rows_of(engine, "objectives", asked(engine, "2026-Q4", as_of), scope)
    return {(one["person_id"], one["kind"], one["every"]): one for one in rows}


def test_activities_of_a_kind_count_in_their_day_week_and_month(team):
    for every, target in (("day", 2), ("week", 4), ("month", 10)):
        aim(team, "Meeting", every, target)
    found = standing(team)
    done = {every: one["done"] for (_, _, every), one in found.items()}
    assert done == {"day": 1, "week": 2, "month": 3}
    week = found["ana", "Meeting", "week"]
    assert (week["starts_on"], week["ends_on"]) == (date(2026, 11, 23), date(2026, 11, 29))
    # Two of the week's four working days are over.
    assert (week["done_share"], week["working_share"]) == (0.5, 0.5)
    assert week["target_usd"] is None


def test_new_pipeline_counts_what_was_created_to_the_cent(team):
    aim(team, PIPELINE, "week", "1000.50", person="ben")
    one = standing(team)["ben", PIPELINE, "week"]
    assert (one["target"], one["target_usd"], one["done_usd"]) == (None, Decimal("1000.50"), 709)
    yesterday = standing(team, date(2026, 11, 23))["ben", PIPELINE, "week"]
    assert yesterday["done_usd"] == 700


def test_an_objective_holds_from_its_day_until_the_next_one_and_nought_ends_it(team):
    aim(team, "Meeting", "week", 4)
    aim(team, "Meeting", "week", 6, from_on=date(2026, 11, 1))
    assert standing(team)["ana", "Meeting", "week"]["target"] == 6
    assert standing(team, date(2026, 10, 31))["ana", "Meeting", "week"]["target"] == 4
    aim(team, "Meeting", "week", 0, from_on=TUESDAY)
    assert standing(team) == {}
    assert standing(team, date(2026, 11, 23))["ana", "Meeting", "week"]["target"] == 6
    assert not faults(team)


def test_everyone_sees_the_own_objectives_only(team):
    aim(team, "Meeting", "week", 4)
    assert standing(team, scope=Scope("ana", "executive"))
    assert not standing(team, scope=Scope("ben", "executive"))
    assert standing(team, scope=Scope("dana", "director"))


@pytest.mark.parametrize(
    "what",
    [
        ("Meeting", "week", -1),
        ("Meeting", "week", "NaN"),
        ("Meeting", "week", "2.5"),
        ("Meeting", "decade", 1),
        ("  ", "week", 1),
        (PIPELINE, "week", "1e14"),
    ],
)
def test_what_is_no_objective_is_refused_in_three_parts(team, what):
    before = hashes(team)
    with pytest.raises(Refused) as refused:
        aim(team, *what)
    assert all(refused.value.parts().values())
    assert hashes(team) == before


def test_the_second_of_two_who_set_one_at_once_sees_both(team):
    aim(team, "Meeting", "week", 4)
    seen = team.data_version()
    aim(team, "Meeting", "week", 5, seen=seen)
    with pytest.raises(Refused, match="Meeting 4.00 a week.*Meeting 5.00 a week"):
        aim(team, "Meeting", "week", 6, seen=seen)


# On the page


@pytest.fixture
def shown(database: Path, monkeypatch: pytest.MonkeyPatch) -> DuckDBEngine:
    monkeypatch.setenv(clock.VARIABLE, str(TUESDAY))
    engine = DuckDBEngine(database)
    fill(engine)
    return engine


def test_the_strip_says_day_month_quarter_and_year(shown):
    shown.close()
    said = plain_spaces(told(opened(PAGES / "attainment.py", period="2026-Q4")))
    assert "of $250,] :blue[▲ done]" in said
    assert "of $2.00 k,] :orange[▼ $" in said
    assert "of $24.0 k,] :orange[▼ $" in said


def test_those_behind_their_objectives_stand_on_the_page(shown):
    aim(shown, "Meeting", "day", 3)
    shown.close()
    said = plain_spaces(told(opened(PAGES / "attainment.py", period="2026-Q4")))
    assert "Furthest behind first, measured by the working days that are over." in said
