"""What is compared with: the same point of an earlier period, and what has changed since?"""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quarterdeck import asking
from quarterdeck.domain.calendar import Calendar, PeriodUnknown, custom
from quarterdeck.domain.comparing import (
    LAST_QUARTER,
    LAST_YEAR,
    WORDS,
    compared_with,
    earlier,
    nth_working_day,
    same_point,
    working_days,
)
from quarterdeck.domain.fiscal import NAMED_BY, STYLES, FiscalYear
from quarterdeck.engine import DuckDBEngine
from quarterdeck.filters import Filters
from quarterdeck.metrics import metrics
from quarterdeck.refusal import Refused
from quarterdeck.ui import address, days
from quarterdeck.ui.against import difference
from tests.conftest import asked, commit, looked_at, rows_of
from tests.test_pages import answer, opened, told

PLAIN = Calendar(FiscalYear().months())
WEEKS = Calendar(FiscalYear(first_month=2, style="4-4-5").months())
CALENDARS = st.builds(
    lambda *year: Calendar(FiscalYear(*year).months(2015, 2035)),
    st.integers(1, 12), st.sampled_from(sorted(STYLES)), st.sampled_from(NAMED_BY),
)  # fmt: skip
DAYS = st.dates(date(2018, 1, 1), date(2033, 12, 31))


def against(words, text, as_of, calendar=PLAIN):
    found = compared_with(words, calendar, calendar.parse(text), date.fromisoformat(as_of))
    return found.period.word, str(found.on)


# The same point


@pytest.mark.parametrize(
    ("words", "period", "as_of", "other", "on"),
    [
        # Fri 27 Nov is the 42nd working day of the quarter, Thu 27 Aug that of the one before.
        (LAST_QUARTER, "2026-Q4", "2026-11-27", "2026-Q3", "2026-08-27"),
        (LAST_QUARTER, "2026-Q4", "2026-11-29", "2026-Q3", "2026-08-27"),
        (LAST_YEAR, "2026-Q4", "2026-11-27", "2025-Q4", "2025-11-27"),
        (LAST_QUARTER, "2026-Q1", "2026-02-02", "2025-Q4", "2025-10-31"),
        (LAST_QUARTER, "2026-11", "2026-11-03", "2026-08", "2026-08-04"),
        (LAST_YEAR, "2026-11", "2026-11-03", "2025-11", "2025-11-04"),
        (LAST_YEAR, "2026", "2026-01-05", "2025", "2025-01-03"),
        (LAST_QUARTER, "2026", "2026-12-31", "2025-10-01..2026-09-30", "2026-09-30"),
        # Over: whole against whole.
        (LAST_QUARTER, "2026-Q3", "2026-11-29", "2026-Q2", "2026-06-30"),
        # Ahead: as many working days before it begins.
        (LAST_QUARTER, "2027-Q1", "2026-12-24", "2026-Q4", "2026-09-23"),
        # Nothing worked yet: the first day.
        (LAST_QUARTER, "2023-Q1", "2023-01-01", "2022-Q4", "2022-10-01"),
        (LAST_YEAR, "2024-02", "2024-02-29", "2023-02", "2023-02-28"),
    ],
)
def test_the_same_point_is_as_many_working_days_into_the_period(words, period, as_of, other, on):
    assert against(words, period, as_of) == (other, on)


@pytest.mark.parametrize(
    ("words", "period", "as_of", "other", "on"),
    [
        (LAST_QUARTER, "2026-11-02..2026-11-30", "2026-11-03",
         "2026-10-04..2026-11-01", "2026-10-06"),
        (LAST_YEAR, "2024-02-29..2024-03-06", "2024-03-01", "2023-02-28..2023-03-06", "2023-03-01"),
        (LAST_YEAR, "2026-11-02..2026-11-30", "2026-12-05", "2025-11-02..2025-11-30", "2025-11-30"),
    ],
)  # fmt: skip
def test_dates_somebody_chose_are_compared_with_as_many_days_before_or_a_year_ago(
    words, period, as_of, other, on
):
    assert against(words, period, as_of) == (other, on)


def test_a_year_of_53_weeks_is_compared_by_its_fiscal_months():
    longest = max(WEEKS.months, key=lambda month: month.to_on - month.from_on)
    assert (longest.to_on - longest.from_on).days == 41
    quarter = WEEKS.quarter(longest.year, longest.quarter)
    later = WEEKS.quarter(longest.year + 1, longest.quarter)
    assert earlier(LAST_YEAR, WEEKS, later) == quarter
    assert earlier(LAST_QUARTER, WEEKS, quarter) == WEEKS.quarter(longest.year, longest.quarter - 1)
    # Its 14th week has no like in the quarter before: that one's last day.
    before = earlier(LAST_QUARTER, WEEKS, quarter)
    assert same_point(quarter, quarter.to_on - timedelta(days=3), before) == before.to_on


@pytest.mark.parametrize(
    ("day", "period", "as_of", "other"),
    [
        ("2026-10-15", "2026-Q4", "2026-11-29", "2026-Q4"),
        ("2026-09-30", "2026-Q4", "2026-11-29", "2026-Q3"),
        ("2025-09-30", "2026-11", "2026-11-29", "2025-09"),
        ("2025-09-30", "2026", "2026-11-29", "2025"),
        # Over, or ahead: what was known of the same period then.
        ("2026-10-15", "2026-Q3", "2026-11-29", "2026-Q3"),
        ("2026-10-15", "2027-Q1", "2026-11-29", "2027-Q1"),
        ("2026-11-01", "2026-11-02..2026-11-30", "2026-11-05", "2026-10-29..2026-11-26"),
    ],
)
def test_a_day_is_looked_at_in_its_own_period(day, period, as_of, other):
    assert against(day, period, as_of) == (other, day)


@pytest.mark.parametrize("words", ["2026-11-30", "soon", "", "last-month", "2026-02-30"])
def test_other_words_and_days_to_come_are_no_point(words):
    with pytest.raises(PeriodUnknown):
        against(words, "2026-Q4", "2026-11-29")


@pytest.mark.parametrize("period", ["1990-Q1", "1990", "1990-01-01..9999-12-31"])
def test_before_the_calendar_begins_there_is_nothing_to_compare_with(period):
    with pytest.raises(PeriodUnknown):
        against(LAST_QUARTER, period, "2026-11-29")


@given(CALENDARS, DAYS, st.sampled_from(WORDS), st.sampled_from(("quarter", "month", "year")))
def test_the_earlier_period_is_of_the_same_months_and_the_point_lies_in_it(
    calendar, day, words, kind
):
    quarter = calendar.quarter_of(day)
    months = calendar.months_of(quarter)
    period = {"quarter": quarter, "year": calendar.year(months[0].year)}.get(kind)
    if period is None:
        (month,) = [each for each in months if each.from_on <= day <= each.to_on]
        middle = month.from_on + (month.to_on - month.from_on) / 2
        period = calendar.month(middle.year, middle.month)
    other = earlier(words, calendar, period)
    places = {month: place for place, month in enumerate(calendar.months)}
    mine, theirs = calendar.months_of(period), calendar.months_of(other)
    assert len(theirs) == len(mine)
    assert places[mine[0]] - places[theirs[0]] == {LAST_QUARTER: 3, LAST_YEAR: 12}[words]
    assert (other.from_on, other.to_on) == (theirs[0].from_on, theirs[-1].to_on)
    point = same_point(period, day, other)
    assert other.from_on <= point <= other.to_on
    done = len([n for n in span(period.from_on, day) if n.weekday() < 5])
    worked = len([n for n in span(other.from_on, point) if n.weekday() < 5])
    assert worked == done or point == other.to_on or (done == 0 and point == other.from_on)


def span(first, last):
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


@given(DAYS, st.integers(0, 400), st.integers(0, 400), st.integers(-60, 460))
def test_a_later_day_is_never_compared_with_an_earlier_point(first, length, other, after):
    period = custom(str(first), str(first + timedelta(days=length)))
    before = custom(str(first - timedelta(days=500)), str(first - timedelta(days=500 - other)))
    days = [first + timedelta(days=after + n) for n in range(9)]
    points = [same_point(period, day, before) for day in days]
    assert all(one <= next_one for one, next_one in pairwise(points))


@given(DAYS, st.integers(0, 400))
def test_a_working_day_of_a_period_is_compared_with_itself(first, length):
    period = custom(str(first), str(first + timedelta(days=420)))
    day = first + timedelta(days=length)
    point = same_point(period, day, period)
    assert point == day or day.weekday() > 4
    assert point <= day or point == period.from_on


@given(DAYS, st.integers(-5, 300), st.integers(0, 250))
def test_working_days_are_monday_to_friday(first, length, number):
    last = first + timedelta(days=length)
    worked = [day for day in span(first, last) if day.weekday() < 5]
    assert working_days(first, last) == len(worked)
    if length >= 0:
        period = custom(str(first), str(last))
        expected = [first] if number == 0 else [*worked[number - 1 : number], last][:1]
        assert nth_working_day(period, number) == expected[0]


@given(DAYS, st.integers(0, 300))
def test_before_it_begins_as_many_working_days_are_left(first, left):
    period = custom(str(first), str(first + timedelta(days=30)))
    as_of = first - timedelta(days=left + 1)
    other = custom(str(first - timedelta(days=100)), str(first - timedelta(days=70)))
    point = same_point(period, as_of, other)
    ahead = [n for n in span(as_of, first)[1:-1] if n.weekday() < 5]
    assert point < other.from_on
    assert len([n for n in span(point, other.from_on)[1:-1] if n.weekday() < 5]) == len(ahead)


# The question


def test_the_other_question_differs_in_period_and_day_alone():
    point = compared_with(LAST_QUARTER, PLAIN, PLAIN.parse("2026-Q4"), date(2026, 11, 27))
    now = Filters(
        *(PLAIN.parse("2026-Q4"), date(2026, 11, 27), ("ana",), ("north",), ("Cloud",)),
        *(("Partner",), True, "mrr", point.on, "as_is"),
        today=date(2026, 11, 29),
        compare_period=point.period,
    )
    then = now.compared()
    assert then is not None
    assert (then.period.word, then.as_of) == ("2026-Q3", date(2026, 8, 27))
    assert then.compared() is None
    same = {"from_on", "to_on", "as_of", "compare_on"}
    mine, theirs = now.parameters(), then.parameters()
    assert {name for name in mine if mine[name] != theirs[name]} == same
    assert mine["compare_on"] == date(2026, 8, 27)
    assert Filters(PLAIN.parse("2026-Q4"), date(2026, 11, 27)).compared() is None


def test_what_is_shown_says_against_what_and_whose_in_english():
    now = Filters(PLAIN.parse("2026-Q4"), date(2026, 11, 27))
    as_is = Filters(
        now.period, now.as_of, compare_on=date(2026, 8, 27), assignments="as_is", today=now.as_of
    )
    assert now.sentence({}) == "Closing in Q4 2026, as of 27 Nov 2026, for everyone"
    assert as_is.sentence({}) == (
        "Closing in Q4 2026, as of 27 Nov 2026, with today’s assignments, for everyone, "
        "against 27 Aug 2026"
    )


DEALS = (
    "deal id,deal name,owner,account,stage,amount,created,close date\n"
    "D1,Fibre,Ana,Acme,Won,100,2026-07-01,2026-08-20\n"
    "D2,Racks,Ana,Birch,Lost,50,2026-07-01,2026-08-21\n"
    "D3,Lake,Ana,Acme,Won,300,2026-09-01,2026-11-02\n"
    "D4,Mast,Ana,Cedar,Proposal,70,2026-10-01,2026-12-18\n"
)
QUOTAS = "person,period,quota\nAna,2026-Q3,200\nAna,2026-Q4,400\n"


def fill(engine):
    commit(engine, looked_at(engine, QUOTAS, "quotas.csv", exported_on=date(2026, 7, 1)))
    commit(engine, looked_at(engine, DEALS, exported_on=date(2026, 11, 20)))


def test_the_command_line_takes_the_same_words(engine, once):
    once(engine, fill)
    today = date(2026, 11, 27)

    def question(*said):
        return asking.question(engine, "waterfall", None, said, today).filters

    then = question("compare_on=last-quarter", "assignments=as_is").compared()
    assert then is not None
    assert (then.period.word, then.as_of) == ("2026-Q3", date(2026, 8, 25))
    assert (then.assignments, then.assigned_on()) == ("as_is", today)
    assert question("compare_on=2026-09-30").opening() == date(2026, 9, 30)
    for wrong in ("compare_on=2026-11-28", "compare_on=soon", "assignments=mine"):
        with pytest.raises(Refused):
            question(wrong)


def test_how_fresh_the_data_is_says_nothing_that_came_after_the_day(engine):
    for day in (date(2026, 10, 1), date(2026, 11, 20)):
        commit(engine, looked_at(engine, DEALS, exported_on=day))
    for as_of, newest in (("2026-11-19", "2026-10-01"), ("2026-11-20", "2026-11-20")):
        (span_of,) = rows_of(engine, "data_span", asked(engine, as_of=date.fromisoformat(as_of)))
        assert str(span_of["exported_on"]) == newest
    (before,) = rows_of(engine, "data_span", asked(engine, as_of=date(2026, 9, 30)))
    assert before["exported_on"] is None


# The address


@pytest.mark.parametrize(
    ("words", "kept", "said"),
    [
        ("last-quarter", "last-quarter", ""),
        ("last-year", "last-year", ""),
        ("2026-09-30", "2026-09-30", ""),
        (" 20260930 ", "2026-09-30", ""),
        ("2026-11-30", "", "30 Nov 2026 lies after 29 Nov 2026, so nothing is compared."),
        ("soon", "", "“soon” in the address names nothing to compare with"),
        ("", "", "names nothing to compare with"),
        ("2026-02-30", "", "names nothing to compare with"),
    ],
)
def test_a_point_in_the_address_is_kept_or_said_to_be_none(words, kept, said):
    period, as_of = PLAIN.parse("2026-Q4"), date(2026, 11, 29)
    found, repairs = address.against_in([words], PLAIN, period, as_of)
    assert found == kept
    assert said in "".join(repairs)
    assert bool(repairs) == bool(said)


def test_only_two_assignments_are_known():
    assert address.assignments_in([]) == ("as_was", [])
    assert address.assignments_in(["as_is"]) == ("as_is", [])
    found, said = address.assignments_in(["mine"])
    assert found == "as_was"
    assert said == ["“mine” assigns nothing (as_was or as_is): this is as it was."]
    assert address.assignments_in(["as_is", "as_was"])[1]


# In words


@pytest.mark.parametrize(
    ("day", "period", "words"),
    [
        ("2026-08-27", "2026-Q3", "the 42nd working day of Q3 2026"),
        ("2026-07-01", "2026-Q3", "the 1st working day of Q3 2026"),
        ("2026-07-04", "2026-Q3", "after 3 working days of Q3 2026"),
        ("2026-09-30", "2026-Q3", "the last day of Q3 2026"),
        ("2026-06-30", "2026-Q3", "before Q3 2026 began"),
        ("2026-10-01", "2026-Q3", "after Q3 2026 was over"),
        ("2026-08-04", "2026-08-03..2026-08-20", "the 2nd working day from 3 Aug 2026 to"),
    ],
)
def test_a_day_has_its_place_in_the_period(day, period, words):
    assert days.place_in(date.fromisoformat(day), PLAIN.parse(period), ()).startswith(words)


def test_a_number_has_its_place():
    said = [days.ordinal(number) for number in (1, 2, 3, 4, 11, 12, 13, 21, 42, 111, 123)]
    assert said == [
        "1st",
        "2nd",
        "3rd",
        "4th",
        "11th",
        "12th",
        "13th",
        "21st",
        "42nd",
        "111th",
        "123rd",
    ]


@pytest.mark.parametrize(
    ("name", "now", "then", "moved", "words"),
    [
        ("booked_usd", 3_660_000, 3_240_000, 420_000, "$420\u202fk"),
        ("win_rate", 0.334, 0.366, -4, "4 points"),
        ("win_rate", 0.334, 0.331, 0, "0 points"),
        ("attainment", 0.58, 0.57, 1, "1 point"),
        ("coverage", 3.14, 1.86, 1.2, "1.2×"),
        ("sales_cycle_days", 79.4, 78, 1, "1 day"),
    ],
)
def test_the_change_is_the_difference_of_what_is_written(name, now, then, moved, words):
    found = difference(metrics()[name], now, then)
    assert found == (pytest.approx(moved), words)


# On the pages


@pytest.fixture
def books(database, monkeypatch):
    monkeypatch.setenv("QUARTERDECK_TODAY", "2026-11-27")
    engine = DuckDBEngine(database)
    fill(engine)
    engine.close()
    return database


def test_every_figure_says_what_it_was_at_the_same_point(books):
    screen = opened(compare_on="last-quarter")
    assert answer(screen) == "75 % of the $400 quota, $48 ahead of pace."
    said = told(screen)
    assert "Against Tue 25 Aug, the 39th working day of Q3 2026." in said
    assert ":blue[▲ $200 from $100 on 25 Aug]" in said
    assert ":blue[▲ 25 points from 50 % ($100 of $200) on 25 Aug]" in said
    assert ":gray[unchanged from $100 on 25 Aug]" in said
    assert ":blue[:small[▲ 50 points from 50 % (1 of 2) on 25 Aug]]" in said
    assert screen.query_params["compare_on"] == "last-quarter"


def test_a_change_for_the_worse_is_orange_and_what_is_neither_grey(books):
    screen = opened(period="2026-Q4", as_of="2026-11-01", compare_on="2026-08-31")
    said = told(screen)
    assert ":orange[▼ $100 from $100 on" in said
    assert ":orange[▲ $300 from $100 on" in said


def test_before_all_that_is_known_the_figures_say_so(books):
    said = told(opened(compare_on="2020-01-31"))
    assert ":gray[nothing is known before 1 Jul]" in said
    assert "Against Fri 31 Jan 2020" in said
    figures = [line for line in said.splitlines() if not line.startswith(":small[")]
    assert "▲ $" not in "\n".join(figures)


def test_with_nothing_chosen_nothing_is_compared(books):
    screen = opened()
    assert "Against" not in told(screen)
    assert "compare_on" not in screen.query_params


def test_another_day_before_the_point_gives_it_up_and_says_so(books):
    screen = opened(compare_on="2026-11-01", as_of="2026-10-15", period="2026-Q4")
    assert "1 Nov 2026 lies after 15 Oct 2026, so nothing is compared." in told(screen)
    assert "compare_on" not in screen.query_params
    screen = opened(compare_on="2026-11-01", period="2026-Q4")
    assert "Against Sun 1 Nov" in told(screen)
    box = next(each for each in screen.date_input if each.label == "As of")
    box.set_value(date(2026, 10, 15)).run()
    assert "1 Nov 2026 lies after 15 Oct 2026, so nothing is compared." in told(screen)


def test_assignments_are_chosen_beside_the_day_and_left_by_one_click(books):
    screen = opened(assignments="mine")
    assert "this is as it was" in told(screen)
    assert "assignments" not in screen.query_params
    radio = next(each for each in screen.radio if each.label == "Whose they are")
    radio.set_value("as_is").run()
    assert screen.query_params["assignments"] == "as_is"
    assert "**With today’s assignments** each deal counts for who holds" in told(screen)
    screen.button(key="as it was").click().run()
    assert "today’s assignments** each deal" not in told(screen)
    assert "assignments" not in screen.query_params


def test_a_point_is_chosen_in_the_sentence(books):
    screen = opened()
    radio = next(each for each in screen.radio if each.label == "Compare with")
    radio.set_value("day").run()
    assert screen.query_params["compare_on"] == "2026-09-30"
    box = next(each for each in screen.date_input if each.label == "Day")
    box.set_value(date(2026, 10, 15)).run()
    assert "Against Thu 15 Oct, the 10th working day of Q4 2026." in told(screen)
    screen.button(key="reset").click().run()
    assert "compare_on" not in screen.query_params
