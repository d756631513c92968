"""Which days are worked?"""

from __future__ import annotations

from datetime import date

import holidays as library
import pytest

from quarterdeck import reads
from quarterdeck.commands.holidays import SetDayOff, SetHolidays, set_day_off, set_holidays
from quarterdeck.domain.comparing import LAST_QUARTER, compared_with, same_point, working_days
from quarterdeck.domain.holidays import calendar, days_off, places
from quarterdeck.people import OWNER, Scope
from quarterdeck.refusal import Refused
from tests.conftest import asked, faults, hashes, rows_of

FEDERAL_2026 = [
    date(2026, month, day)
    for month, day in (
        (1, 1), (1, 19), (2, 16), (5, 25), (6, 19), (7, 3), (9, 7), (10, 12), (11, 11), (11, 26),
        (12, 25),
    )
]  # fmt: skip
MONDAY = date(2026, 11, 23)


def days_left(engine):
    rows = rows_of(engine, "attainment", asked(engine, "2026-Q4", MONDAY))
    return {one["person_name"]: one["days_left"] for one in rows}["Ana"]


def test_a_new_database_knows_the_federal_holidays_of_every_year(engine):
    listed = rows_of(engine, "holidays", asked(engine))
    known = {one["holiday_on"]: one["holiday_name"] for one in listed}
    theirs = library.country_holidays("US", years=range(1989, 2063))
    assert known == {day: name for day, name in theirs.items() if day.weekday() < 5}
    assert [day for day in known if day.year == 2026] == FEDERAL_2026


def test_the_calendar_counts_what_python_counts(engine):
    days = reads.calendar(engine).days_off
    with engine.looking() as cursor:
        found = cursor.execute(
            "select day_on, working_through - working_before, working_before from calendar_day "
            "where superseded_at is null order by day_on"
        ).fetchall()
    before = 0
    for day, worked, counted in found:
        assert worked == working_days(day, day, days)
        assert counted == before
        before += worked
    assert [(day.on, day.through - day.before, day.before) for day in calendar("US", {})] == found


def test_another_list_changes_pace_and_the_same_point_of_another_quarter(engine, drop):
    drop("deal id,owner,stage,amount,close date\nD1,Ana,Won,10,2026-10-07\n")
    before, states = days_left(engine), [hashes(engine)]
    set_holidays(engine, SetHolidays("none"), scope=OWNER)
    after = days_left(engine)
    assert (before, after) == (26, 28)
    assert not faults(engine)
    known, plain = reads.calendar(engine), reads.calendar(engine).days_off
    assert plain == ()
    quarter = known.parse("2026-Q4")
    point = same_point(quarter, MONDAY, known.parse("2026-Q3"))
    assert compared_with(LAST_QUARTER, known, quarter, MONDAY).on == point
    assert hashes(engine) != states[0]


def test_an_own_day_off_stays_when_the_list_changes_and_can_be_worked_again(engine):
    founding = date(2026, 11, 27)
    set_day_off(engine, SetDayOff(founding, " Founders'  day "), scope=OWNER)
    set_holidays(engine, SetHolidays("US-WA"), scope=OWNER)
    named = {
        one["holiday_on"]: one["holiday_name"] for one in rows_of(engine, "holidays", asked(engine))
    }
    assert named[founding] == "Founders' day"
    assert named[date(2026, 2, 16)] == "Presidents' Day"
    set_day_off(engine, SetDayOff(founding, ""), scope=OWNER)
    assert founding not in reads.calendar(engine).days_off
    assert not faults(engine)


@pytest.mark.parametrize(
    ("act", "command"),
    [
        (set_holidays, SetHolidays("XX")),
        (set_holidays, SetHolidays("US")),
        (set_day_off, SetDayOff(date(2026, 11, 28), "Saturday")),
        (set_day_off, SetDayOff(date(1850, 1, 1), "Long ago")),
        (set_day_off, SetDayOff(date(2026, 11, 26), "Thanksgiving Day")),
        (set_day_off, SetDayOff(date(2026, 11, 24), "x" * 81)),
    ],
)
def test_what_is_no_list_or_no_day_is_refused_in_three_parts(engine, act, command):
    before = hashes(engine)
    with pytest.raises(Refused) as refusal:
        act(engine, command, scope=OWNER)
    assert all(refusal.value.parts().values())
    assert hashes(engine) == before


def test_who_may_not_settle_may_not_set_holidays(engine):
    with pytest.raises(Refused):
        set_holidays(engine, SetHolidays("none"), scope=Scope("ana", "executive"))


def test_every_list_can_be_read_and_holds_weekdays_only():
    assert {"US", "US-WA", "US-ID", "CA-BC", "none"} <= places().keys()
    assert places()["US-WA"] == "United States: Washington"
    for place in ("US-WA", "DE-BY", "none", "JP"):
        assert all(day.weekday() < 5 for day in days_off(place))
