"""Does every way to write a day mean that day, and never another?"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quarterdeck.importing.ambiguity import Readings, column
from quarterdeck.importing.dates import DAY_FIRST, MONTH_FIRST, date_readings, numbered_readings

SPOKANE = ZoneInfo("America/Los_Angeles")
read = date_readings(SPOKANE)


def only(readings: Readings[date]) -> date:
    assert not isinstance(readings, str), readings
    assert len(set(readings.values())) == 1
    return next(iter(readings.values()))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2017-03-01", "2017-03-01"),
        ("2017-3-1", "2017-03-01"),
        ("2017/03/01", "2017-03-01"),
        ("20240403", "2024-04-03"),
        ("2019-12-04 12:48:22", "2019-12-04"),
        ("2020-12-30 3:15:52", "2020-12-30"),
        ("2018-12-18 18:20:30.829", "2018-12-18"),
        ("2024-01-22T23:59:59", "2024-01-22"),
        ("2024-01-22T16:14:25.000+0000", "2024-01-22"),
        ("2024-01-22T03:14:25.000+0000", "2024-01-21"),
        ("2024-01-22T03:14:25Z", "2024-01-21"),
        ("2023-09-26 03:15:00.000000 UTC", "2023-09-25"),
        ("2024-07-01T06:30:00+00:00", "2024-06-30"),
        ("2024-07-01T23:30:00-09:00", "2024-07-02"),
        ("2024-07-01 20:30 PST", "2024-07-01"),
        ("02/23/26", "2026-02-23"),
        ("02/23/26 08:55 PM", "2026-02-23"),
        ("2/23/2026, 8:55:00 AM", "2026-02-23"),
        ("01-14-2020", "2020-01-14"),
        ("14.01.2020", "2020-01-14"),
        ("Apr 3, 2024", "2024-04-03"),
        ("April 3rd, 2024", "2024-04-03"),
        ("Fri, Apr 5, 2024", "2024-04-05"),
        ("3 April 2024", "2024-04-03"),
        ("03-Apr-24", "2024-04-03"),
        ("3. Sept 2024", "2024-09-03"),
        ("2024-Apr-03", "2024-04-03"),
        ("03/03/2024", "2024-03-03"),
        ("12/31/99", "1999-12-31"),
        ("2024-02-29", "2024-02-29"),
    ],
)
def test_a_date_is_read(text: str, day: str) -> None:
    assert only(read(text)) == date.fromisoformat(day)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "soon",
            "Q3 2026",
            "2026",
            "2026-07",
            "April 2024",
            "31/02/2024",
            "02/30/2024",
            "13/13/2024",
        ),
        *("2023-02-29", "0206-03-04", "2206-03-04", "9999-12-31", "00/00/0000", "1/2", "1/2/3/4"),
        *("2024-01-01 25:00", "2024-01-01 13:00 PM", "2024-01-01 10:61", "tomorrow", "45000.5.1"),
        *(
            "12:30",
            "2024-13-01",
            "2024-01-32",
            "32 Jan 2024",
            "Feb 30, 2024",
            "1" * 200,
            "04/03/206",
        ),
    ],
)
def test_what_is_no_date_is_never_guessed(text: str) -> None:
    assert isinstance(read(text), str)


def test_a_day_up_to_twelve_reads_both_ways() -> None:
    assert read("03/04/2026") == {MONTH_FIRST: date(2026, 3, 4), DAY_FIRST: date(2026, 4, 3)}


def test_one_value_of_the_column_proves_the_order() -> None:
    assert column(["03/04/2026", "02/23/2026"], read).proven() == MONTH_FIRST
    assert column(["03/04/2026", "23/02/2026"], read).proven() == DAY_FIRST
    assert column(["03/04/2026", "05/05/2026"], read).proven() is None
    assert not column(["03/03/2026", "2026-01-02"], read).is_open()


def test_day_numbers_count_only_if_the_whole_column_holds_them() -> None:
    numbered = numbered_readings(["45000", "45291.5"], SPOKANE)
    assert numbered is not None
    assert only(numbered("45000")) == date(2023, 3, 15)
    assert numbered_readings(["45000", "2024-01-01"], SPOKANE) is None
    assert isinstance(read("45000"), str)


def test_milliseconds_are_instants() -> None:
    numbered = numbered_readings(["1706000000000"], SPOKANE)
    assert numbered is not None
    assert only(numbered("1706000000000")) == date(2024, 1, 23)


START = datetime.fromisoformat("1970-01-02")
END = datetime.fromisoformat("2069-12-30")
FORMATS = [
    *("%Y-%m-%d", "%Y/%m/%d", "%Y%m%d", "%m/%d/%Y", "%d/%m/%Y", "%d.%m.%Y", "%m-%d-%Y", "%m/%d/%y"),
    *("%b %d, %Y", "%B %d, %Y", "%d %B %Y", "%d-%b-%y", "%d-%b-%Y", "%a, %b %d, %Y"),
    *("%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S", "%m/%d/%y %I:%M %p", "%d/%m/%Y %H:%M"),
]


@given(st.datetimes(START, END), st.sampled_from(FORMATS))
def test_every_notation_gives_the_same_day_back(moment: datetime, pattern: str) -> None:
    readings = read(moment.strftime(pattern))
    assert not isinstance(readings, str), readings
    right = DAY_FIRST if pattern.startswith(("%d/", "%d.")) else MONTH_FIRST
    assert readings[right] == moment.date()


@given(
    st.datetimes(START, END),
    st.integers(-12 * 4, 14 * 4),
)
def test_a_zoned_instant_is_the_day_it_was_at_home(moment: datetime, quarters: int) -> None:
    offset = timedelta(minutes=15 * quarters)
    sign = "-" if quarters < 0 else "+"
    hours, minutes = divmod(abs(quarters) * 15, 60)
    text = f"{moment:%Y-%m-%dT%H:%M:%S}{sign}{hours:02d}:{minutes:02d}"
    utc = (moment.replace(microsecond=0) - offset).replace(tzinfo=ZoneInfo("UTC"))
    assert only(read(text)) == utc.astimezone(SPOKANE).date()


@given(st.text(max_size=24))
def test_any_text_is_read_or_given_a_reason(text: str) -> None:
    readings = read(text)
    assert isinstance(readings, str) or readings
