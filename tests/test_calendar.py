"""Which days does a period hold?"""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quarterdeck.domain.calendar import Calendar, FiscalMonth, PeriodUnknown, previous

DAYS = st.dates(date(2000, 1, 1), date(2040, 12, 31))


def months(first: date, number: int, starts: int = 1) -> Calendar:
    """Calendar months; the fiscal year starts in month `starts`, named by the year it ends in."""
    found = []
    for n in range(number):
        year, month = first.year + (first.month - 1 + n) // 12, (first.month - 1 + n) % 12 + 1
        after = date(year + month // 12, month % 12 + 1, 1)
        fiscal = year + (1 if starts > 1 and month >= starts else 0)
        quarter = ((month - starts) % 12) // 3 + 1
        found.append(FiscalMonth(date(year, month, 1), after - timedelta(days=1), quarter, fiscal))
    return Calendar(tuple(found))


PLAIN = months(date(2000, 1, 1), 12 * 41)
FEBRUARY = months(date(2000, 2, 1), 12 * 40, starts=2)


@pytest.mark.parametrize(
    ("text", "first", "last", "word", "label"),
    [
        ("2026", "2026-01-01", "2026-12-31", "2026", "2026"),
        ("FY26", "2026-01-01", "2026-12-31", "2026", "2026"),
        ("2026-Q3", "2026-07-01", "2026-09-30", "2026-Q3", "Q3 2026"),
        ("2026 q3", "2026-07-01", "2026-09-30", "2026-Q3", "Q3 2026"),
        ("Q3 FY26", "2026-07-01", "2026-09-30", "2026-Q3", "Q3 2026"),
        ("FY2026-Q3", "2026-07-01", "2026-09-30", "2026-Q3", "Q3 2026"),
        ("2026-07", "2026-07-01", "2026-07-31", "2026-07", "Jul 2026"),
        ("July 2026", "2026-07-01", "2026-07-31", "2026-07", "Jul 2026"),
        ("jul-26", "2026-07-01", "2026-07-31", "2026-07", "Jul 2026"),
        ("2026-07-31", "2026-07-01", "2026-07-31", "2026-07", "Jul 2026"),
        ("2024-02", "2024-02-01", "2024-02-29", "2024-02", "Feb 2024"),
        ("2026-07-10..2026-07-02", "2026-07-02", "2026-07-10", "2026-07-02..2026-07-10", None),
    ],
)
def test_words_that_name_a_period(text, first, last, word, label):
    period = PLAIN.parse(text)
    assert (str(period.from_on), str(period.to_on), period.word) == (first, last, word)
    assert label is None or period.label == label


@pytest.mark.parametrize(
    "text", ["", "soon", "2026-Q5", "2026-13", "2026-00", "1850", "Foo 2026", "2026-02-30", "Q3",
             "2026-02-30..2026-03-01", "2026-07-01..", "99999", "2026-Q3-2", "-1"],
)  # fmt: skip
def test_words_that_name_none_are_refused_with_what_to_write(text):
    with pytest.raises(PeriodUnknown) as refusal:
        PLAIN.parse(text)
    assert str(refusal.value)


def test_a_fiscal_year_from_february_is_named_by_the_year_it_ends_in():
    quarter = FEBRUARY.parse("2026-Q4")
    assert (str(quarter.from_on), str(quarter.to_on)) == ("2025-11-01", "2026-01-31")
    assert quarter.label == "Q4 FY26"
    assert str(FEBRUARY.parse("FY26").from_on) == "2025-02-01"


@given(DAYS)
def test_every_day_lies_in_its_quarter_and_the_word_reads_back(day):
    period = PLAIN.quarter_of(day)
    assert period.from_on <= day <= period.to_on
    assert PLAIN.parse(period.word) == period


@given(DAYS, DAYS)
def test_the_period_before_ends_the_day_before_and_is_as_long(one, two):
    period = PLAIN.parse(f"{one}..{two}")
    before = previous(period)
    assert before.to_on == period.from_on - timedelta(days=1)
    assert before.to_on - before.from_on == period.to_on - period.from_on


@given(st.text(max_size=30))
def test_no_words_do_more_than_name_a_period_or_be_refused(text):
    with suppress(PeriodUnknown):
        assert PLAIN.parse(text).from_on


@given(st.integers(2001, 2039))
def test_quarters_of_a_year_touch_and_fill_it(year):
    for calendar in (PLAIN, FEBRUARY):
        quarters = [calendar.quarter(year, number) for number in (1, 2, 3, 4)]
        whole = calendar.year(year)
        assert (quarters[0].from_on, quarters[3].to_on) == (whole.from_on, whole.to_on)
        for earlier, later in zip(quarters, quarters[1:], strict=False):
            assert later.from_on == earlier.to_on + timedelta(days=1)


def test_a_day_beyond_the_calendar_has_the_nearest_quarter():
    assert PLAIN.quarter_of(date(1999, 5, 5)).word == "2000-Q1"
    assert PLAIN.quarter_of(date(2099, 5, 5)).word == "2040-Q4"
