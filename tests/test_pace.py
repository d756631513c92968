"""Is the team on pace, by its own usual path or by working days?"""

from __future__ import annotations

import json
import random
from collections import defaultdict
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from statistics import median

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quarterdeck import reads
from quarterdeck.commands.quotas import SetQuota, set_quota
from quarterdeck.domain.comparing import LAST_QUARTER, compared_with, working_days
from quarterdeck.engine import DuckDBEngine
from quarterdeck.people import OWNER, scope_of
from tests.conftest import SHARED, asked, commit, looked_at, needs, rows_of
from tests.exam.figures import sized
from tests.teams import HEAD, row

VECTORS = SHARED / "vectors" / "pacing.json"
MONDAY = date(2026, 11, 23)
QUARTER = (date(2026, 10, 1), date(2026, 11, 1), date(2026, 12, 1))
TEAM = {"Ana": "Dana", "Ben": "Dana", "Cy": "Noor"}
PEOPLE = "name,manager\nAna,Dana\nBen,Dana\nCy,Noor\nDana,Ray\nNoor,Ray\n"
FIRST, LAST = date(2024, 5, 6), date(2026, 11, 20)


def standing(engine, period="2026-Q4", as_of=MONDAY, scope=OWNER, **chosen):
    rows = rows_of(engine, "attainment", asked(engine, period, as_of, **chosen), scope)
    return {one["person_name"]: one for one in rows}


def cents(amount):
    return amount.quantize(Decimal("0.01"), ROUND_HALF_UP)


@needs("vectors/pacing.json")
def test_the_example_of_pacing_holds_to_the_cent(engine):
    told = json.loads(VECTORS.read_text(encoding="utf-8"))
    off = [date.fromisoformat(day) for day in told["inputs"]["holidays"]]
    assert off == [day for day in reads.calendar(engine).days_off if day.year == 2026]
    expected = told["expected"]
    months = [reads.calendar(engine).month(2026, number) for number in range(1, 13)]
    counted = [working_days(month.from_on, month.to_on, off) for month in months]
    assert counted == expected["business_days_by_month"]


def test_by_working_days_pace_and_what_each_day_needs_are_exact(engine, drop):
    """36 of 62 working days are over on the evening of 23 November 2026, and 26 are left."""
    drop("deal id,owner,stage,amount,close date\nD1,Ana,Won,1500000,2026-10-07\n")
    set_quota(engine, SetQuota("ana", QUARTER, Decimal(3_100_000), MONDAY), scope=OWNER)
    ana = standing(engine)["Ana"]
    assert ana["pace_usd"] == Decimal("1800000.00")
    assert ana["pace_gap_usd"] == Decimal("-300000.00")
    assert ana["needed_usd"] == Decimal("61538.46")
    assert ana["booked_a_day_usd"] == Decimal("41666.67")
    assert (ana["days_left"], ana["past_periods"]) == (26, 0)
    assert ana["pace"] == pytest.approx(1.5 / 1.8)
    (others,) = rows_of(engine, "other_definitions", asked(engine, "2026-Q4", MONDAY))
    assert others["working_share"] == pytest.approx(36 / 62) == ana["expected_share"]
    assert others["calendar_share"] == pytest.approx(54 / 92)


@pytest.mark.parametrize(
    ("as_of", "share", "left"),
    [
        (date(2026, 9, 30), 0, 62),
        (date(2026, 10, 1), 1 / 62, 61),
        (date(2026, 11, 26), 38 / 62, 24),
        (date(2026, 11, 28), 39 / 62, 23),
        (date(2026, 12, 31), 1, 0),
        (date(2027, 2, 1), 1, 0),
    ],
)
def test_before_during_and_after_a_period_the_expected_share_follows_its_days(
    engine, drop, as_of, share, left
):
    drop("deal id,owner,stage,amount,close date\nD1,Ana,Won,10,2026-10-07\n")
    set_quota(engine, SetQuota("ana", QUARTER, Decimal(620), MONDAY), scope=OWNER)
    ana = standing(engine, as_of=as_of)["Ana"]
    assert ana["expected_share"] == pytest.approx(share)
    assert ana["pace_usd"] == cents(Decimal(620) * round(share * 62) / 62)
    assert ana["days_left"] == left
    assert (ana["needed_usd"] is None) == (left == 0)


def test_without_a_quota_there_is_no_pace_and_beyond_the_calendar_nothing(engine, drop):
    drop("deal id,owner,stage,amount,close date\nD1,Ana,Won,10,2026-10-07\n")
    ana = standing(engine)["Ana"]
    assert (ana["pace_usd"], ana["pace_gap_usd"], ana["needed_usd"]) == (None, None, None)
    far = standing(engine, "2070-01-01..2070-03-31", date(2070, 2, 1))["All"]
    assert (far["expected_share"], far["days_left"]) == (None, None)


# The own usual path


def history(engine, seed=5, deals=220, quota=Decimal(100_000)):
    """Deals won over ten quarters, a dozen of them in each team in each; and quotas."""
    chance = random.Random(seed)
    commit(engine, looked_at(engine, PEOPLE, "people.csv", exported_on=date(2024, 5, 1)))
    lines, told = [], []
    for number in range(deals):
        closing = FIRST + timedelta(chance.randrange((LAST - FIRST).days + 1))
        owner, amount = (
            chance.choice(list(TEAM)),
            Decimal(chance.randrange(100_00, 90_000_00)) / 100,
        )
        told.append((owner, closing, amount))
        lines.append(row(f"d{number}", "Closed Won", amount, closing, owner))
    commit(engine, looked_at(engine, HEAD + "".join(lines), exported_on=LAST))
    for person in ("ana", "ben", "cy", "dana"):
        set_quota(engine, SetQuota(person, QUARTER, quota, LAST), scope=OWNER)
    return told


class Books:
    """A database and what was won in it; said in short when a test fails."""

    def __init__(self, engine, told):
        self.engine, self.told = engine, told


@pytest.fixture(scope="module")
def won(tmp_path_factory):
    engine = DuckDBEngine(tmp_path_factory.mktemp("paced") / "quarterdeck.duckdb")
    return Books(engine, history(engine))


def by_hand(engine, told, period, as_of, people):
    """Median, lowest and highest share of the eight periods before, in millionths; or None."""
    known = reads.calendar(engine)
    off, asked_for = known.days_off, known.parse(period)
    day = min(max(as_of, asked_for.from_on), asked_for.to_on)
    gone = 0 if as_of < asked_for.from_on else working_days(asked_for.from_on, day, off)
    length = working_days(asked_for.from_on, asked_for.to_on, off)
    first_won = min(closing for _, closing, _ in told)
    before = compared_with(LAST_QUARTER, known, asked_for, asked_for.to_on).period
    found = []
    for _ in range(8):
        parts = defaultdict(Decimal)
        deals = 0
        for owner, closing, amount in told:
            if owner in people and before.from_on <= closing <= before.to_on:
                deals += 1
                is_by_now = working_days(
                    before.from_on, closing, off
                ) * length <= gone * working_days(before.from_on, before.to_on, off)
                parts["all"] += amount
                parts["by now"] += amount if is_by_now else 0
        is_known = before.from_on >= first_won and before.to_on <= as_of
        if is_known and parts["all"] > 0:
            found.append((int(parts["by now"]) * 1_000_000 // int(parts["all"]), deals))
        before = compared_with(LAST_QUARTER, known, before, before.to_on).period
    if len(found) < 4 or sum(deals for _, deals in found) < 24:
        return None, gone, length
    return int(median(share for share, _ in found)), gone, length


@pytest.mark.exam
@settings(
    max_examples=sized(10, 200),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    st.sampled_from(("2026-Q4", "2026-Q3", "2026-Q1", "2025-Q2", "2027-Q1")),
    st.dates(date(2024, 12, 1), date(2027, 1, 15)),
)
def test_the_usual_path_is_that_of_a_count_by_hand(won, period, as_of):
    engine, told = won.engine, won.told
    rows = standing(engine, period, as_of)
    for name, people in (("All", set(TEAM)), ("Dana", {"Ana", "Ben"}), ("Noor", {"Cy"})):
        share, gone, length = by_hand(engine, told, period, as_of, people)
        one = rows[name]
        part, whole = (gone, length) if share is None else (share, 1_000_000)
        assert one["expected_share"] == pytest.approx(part / whole), name
        assert (one["past_periods"] == 0) == (share is None)
        if one["quota_usd"] is not None:
            assert one["pace_usd"] == cents(one["quota_usd"] * part / whole)


def test_executives_are_measured_by_the_path_of_their_own_team(won):
    engine = won.engine
    rows = standing(engine)
    assert rows["Ana"]["expected_share"] == rows["Dana"]["expected_share"]
    assert rows["Cy"]["expected_share"] == rows["Noor"]["expected_share"]
    assert rows["Ana"]["expected_share"] != rows["Cy"]["expected_share"]


def test_whoever_looks_a_team_is_measured_by_the_same_path(won):
    engine = won.engine
    ray = standing(engine, scope=scope_of(engine, "Ray", MONDAY))
    dana = standing(engine, scope=scope_of(engine, "Dana", MONDAY))
    for name in ("Dana", "Ana", "Ben"):
        assert ray[name]["expected_share"] == dana[name]["expected_share"]
        assert ray[name]["pace_usd"] == dana[name]["pace_usd"]


def test_chosen_alone_everyone_keeps_the_path_they_had_among_others(won):
    engine = won.engine
    among = standing(engine)
    for name, person_id in (("Ana", "ana"), ("Cy", "cy"), ("Dana", "dana")):
        alone = standing(engine, person_ids=(person_id,))
        assert alone[name]["pace_usd"] == among[name]["pace_usd"]
        assert alone["All"]["expected_share"] == among[name]["expected_share"]
        curve = rows_of(
            engine, "pace_curve", asked(engine, "2026-Q4", MONDAY, person_ids=(person_id,))
        )
        known = [one for one in curve if one["booked_usd"] is not None]
        assert known[-1]["expected_share"] == among[name]["expected_share"]
    both = standing(engine, person_ids=("ana", "cy"))["All"]
    assert both["expected_share"] == among["All"]["expected_share"]


def test_who_sees_only_the_own_deals_is_measured_by_them(won):
    engine = won.engine
    alone = standing(engine, scope=scope_of(engine, "Ana", MONDAY))["Ana"]
    share, _, _ = by_hand(engine, won.told, "2026-Q4", MONDAY, {"Ana"})
    assert alone["expected_share"] == pytest.approx(share / 1_000_000)


def test_dates_somebody_chose_are_measured_by_working_days(won):
    engine = won.engine
    chosen = standing(engine, "2026-10-02..2026-12-30")["All"]
    assert chosen["past_periods"] == 0
    days = reads.calendar(engine).days_off
    gone = working_days(date(2026, 10, 2), MONDAY, days)
    whole = working_days(date(2026, 10, 2), date(2026, 12, 30), days)
    assert chosen["expected_share"] == pytest.approx(gone / whole)


def test_the_curve_passes_through_what_the_page_says(won):
    engine = won.engine
    for as_of in (MONDAY, date(2026, 11, 22), date(2026, 12, 31)):
        curve = rows_of(engine, "pace_curve", asked(engine, "2026-Q4", as_of))
        known = [one for one in curve if one["booked_usd"] is not None]
        everyone = standing(engine, as_of=as_of)["All"]
        assert known[-1]["booked_usd"] == everyone["booked_usd"]
        assert known[-1]["expected_share"] == everyone["expected_share"]
        assert all(one["low_share"] <= one["expected_share"] <= one["high_share"] for one in curve)
        assert (curve[0]["day_on"], curve[-1]["day_on"]) == (date(2026, 10, 1), date(2026, 12, 31))
        assert curve[-1]["expected_share"] == 1
        shares = [one["expected_share"] for one in curve]
        assert shares == sorted(shares)


def test_the_curve_of_a_month_of_weekends_and_of_nothing(engine, drop):
    assert rows_of(engine, "pace_curve", asked(engine, "2026-Q4"))[0]["booked_usd"] == 0
    weekend = asked(engine, "2026-11-28..2026-11-29", date(2026, 11, 29))
    curve = rows_of(engine, "pace_curve", weekend)
    assert [one["expected_share"] for one in curve] == [None, None]
