"""What the organisation settles by hand: people, year, money, thresholds, stages, time zone."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quarterdeck import catalog, clock, reads
from quarterdeck.commands.calendars import SetFiscalYear, set_fiscal_year
from quarterdeck.commands.people import (
    AddPerson,
    SetManager,
    SetRole,
    add_person,
    set_manager,
    set_role,
)
from quarterdeck.commands.persons import ChangePerson, MergePeople, change_person, merge_people
from quarterdeck.commands.quotas import SetQuota, set_quota
from quarterdeck.commands.rates import SetRate, set_rate
from quarterdeck.commands.settings import (
    ChangeReportingCurrency,
    ChangeSetting,
    change_reporting_currency,
    change_setting,
)
from quarterdeck.commands.stages import SetStage, set_stage
from quarterdeck.domain import thresholds
from quarterdeck.domain.calendar import FiscalMonth
from quarterdeck.domain.fiscal import STYLES, FiscalYear, first_fault, fiscal_year_in, joined
from quarterdeck.engine import DuckDBEngine, run
from quarterdeck.people import OWNER, Scope, scope_of
from quarterdeck.refusal import Refused
from tests.conftest import TODAY, asked, commit, faults, hashes, looked_at, rows_of
from tests.exam.figures import sized
from tests.kept import kept

DEALS = (
    "deal id,owner,account,stage,amount,currency,close date\n"
    "D1,Ana,Acme,Won,100,USD,2026-10-05\n"
    "D2,Ben,Acme,Won,10.05,EUR,2026-10-06\n"
    "D3,Ben,Birch,Won,40,,2026-11-06\n"
    "D4,Ana,Birch,Proposal,7,GBP,2026-12-06\n"
)
PEOPLE = "name,manager\nAna,Dana\nBen,Dana\nCy,Noor\nDana,Ray\nNoor,Ray\n"
QUARTER = (date(2026, 10, 1), date(2026, 11, 1), date(2026, 12, 1))
NOVEMBER = date(2026, 11, 1)
OPERATIONS, ANA = Scope("ola", "operations"), Scope("ana", "executive")


def fill(engine):
    stages = "stage,pipeline,position,outcome\nProposal,,2,open\nWon,,9,won\n"
    commit(engine, looked_at(engine, PEOPLE, "people.csv"))
    commit(engine, looked_at(engine, stages, "stages.csv"))
    with engine.transaction() as cursor:
        setting = {"name": "reporting_currency", "value": "USD", "batch_id": None}
        run(cursor, catalog.statements("setting_record"), setting | {"at": clock.now()})
    commit(engine, looked_at(engine, DEALS))


@pytest.fixture
def team(engine, once):
    return once(engine, fill)


def booked(engine, **said):
    rows = rows_of(engine, "attainment", asked(engine, **said))
    return {row["person_name"]: row["booked_usd"] for row in rows}


def newest_entry(engine):
    with engine.looking() as cursor:
        found = cursor.execute(
            "select actor, command, payload from audit_log order by audit_id desc limit 1"
        ).fetchone()
    return found[0], found[1], json.loads(found[2])


# Money


def test_money_of_another_currency_is_missing_until_there_is_a_rate_never_one_to_one(team):
    assert booked(team)["Ben"] == 40
    (euro, pound) = rows_of(team, "unpriced", asked(team))
    assert (euro["currency"], euro["deals"], euro["amount"]) == ("EUR", 1, "10.05")
    assert pound["currency"] == "GBP"
    set_rate(team, SetRate("eur", Decimal("1.1")), scope=OWNER)
    assert booked(team)["Ben"] == Decimal("51.06")
    assert [row["currency"] for row in rows_of(team, "unpriced", asked(team))] == ["GBP"]
    assert faults(team) == []


def test_a_deal_counts_at_the_rate_of_its_closing_day(team):
    set_rate(team, SetRate("EUR", Decimal(1)), scope=OWNER)
    set_rate(team, SetRate("EUR", Decimal(2), date(2026, 10, 7)), scope=OWNER)
    assert booked(team)["Ben"] == Decimal("50.05")
    set_rate(team, SetRate("EUR", Decimal(3), date(2026, 10, 6)), scope=OWNER)
    assert booked(team)["Ben"] == Decimal("70.15")
    spells = [
        (str(row["valid_from_on"]), str(row["valid_to_on"]), row["rate"])
        for row in rows_of(team, "rates", asked(team))
    ]
    assert spells == [
        ("0001-01-01", "2026-10-06", 1.0),
        ("2026-10-06", "2026-10-07", 3.0),
        ("2026-10-07", "9999-12-31", 2.0),
    ]
    assert faults(team) == []


def test_half_a_cent_is_rounded_up(team):
    set_rate(team, SetRate("EUR", Decimal("0.1")), scope=OWNER)
    assert booked(team)["Ben"] == Decimal("41.01")


def test_a_rate_after_the_deal_leaves_it_missing(team):
    set_rate(team, SetRate("EUR", Decimal(1), date(2026, 10, 7)), scope=OWNER)
    assert booked(team)["Ben"] == 40


@settings(max_examples=sized(12, 100), deadline=None)
@given(
    st.lists(st.tuples(st.dates(date(2026, 1, 1), date(2026, 1, 9)), st.integers(1, 9)), max_size=8)
)
def test_rates_in_any_order_are_what_was_said_last_of_each_day(said):
    engine, truth = DuckDBEngine(), {}
    for day, rate in said:
        set_rate(engine, SetRate("EUR", Decimal(rate), day), scope=OWNER)
        truth[day] = rate
    rows = rows_of(engine, "rates", asked(engine))
    assert [(row["valid_from_on"], row["rate"]) for row in rows] == sorted(truth.items())
    assert faults(engine) == []


def test_the_reporting_currency_tells_which_deals_count_and_ends_the_rates(team):
    set_rate(team, SetRate("EUR", Decimal(2)), scope=OWNER)
    change_reporting_currency(team, ChangeReportingCurrency("eur"), scope=OWNER)
    assert (booked(team)["Ana"], booked(team)["Ben"]) == (0, Decimal("50.05"))
    assert reads.settings(team)["reporting_currency"] == "EUR"
    assert rows_of(team, "rates", asked(team)) == []
    assert faults(team) == []


# The year


def test_a_fiscal_year_from_july_moves_the_quarters_and_keeps_every_quota(team):
    set_quota(team, SetQuota("ana", QUARTER, Decimal(300), TODAY), scope=OWNER)
    set_fiscal_year(team, SetFiscalYear(7), scope=OWNER)
    period = reads.calendar(team).parse("2027-Q2")
    assert (period.from_on, period.to_on, period.label) == (
        QUARTER[0],
        date(2026, 12, 31),
        "Q2 FY27",
    )
    rows = {r["person_name"]: r for r in rows_of(team, "attainment", asked(team, "2027-Q2"))}
    assert (rows["Ana"]["quota_usd"], rows["Ana"]["booked_usd"]) == (300, 100)
    assert faults(team) == []


@pytest.mark.parametrize("style", [style for style in STYLES if style != "months"])
def test_quotas_move_with_their_months_to_a_year_of_weeks_and_back(team, style):
    months = tuple(date(2026, month, 1) for month in range(1, 13))
    set_quota(team, SetQuota("ana", months, Decimal(1200), TODAY), scope=OWNER)
    before = hashes(team)
    set_fiscal_year(team, SetFiscalYear(1, style), scope=OWNER)
    for word in ("2026", *(f"2026-{month:02d}" for month in range(1, 13))):
        rows = rows_of(team, "attainment", asked(team, word))
        (ana,) = [row["quota_usd"] for row in rows if row["person_name"] == "Ana"]
        assert ana == (1200 if word == "2026" else 100), word
    assert faults(team) == []
    set_fiscal_year(team, SetFiscalYear(1), scope=OWNER)
    changed = {row[0] for row in before} - {
        now[0] for was, now in zip(before, hashes(team), strict=True) if was == now
    }
    assert changed <= {"setting", "fiscal_period"}


def test_a_year_can_begin_anew_from_a_day_on(team):
    set_fiscal_year(team, SetFiscalYear(7, from_on=date(2027, 7, 1)), scope=OWNER)
    calendar = reads.calendar(team)
    assert calendar.parse("2026").to_on == date(2026, 12, 31)
    assert calendar.parse("2027").to_on == date(2027, 6, 30)
    assert calendar.parse("2028").from_on == date(2027, 7, 1)
    assert faults(team) == []


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (SetFiscalYear(1, "4-4-5", from_on=date(2027, 1, 4)), "do not fit together"),
        (SetFiscalYear(7, named_by="begins", from_on=date(2026, 7, 1)), "would come twice"),
        (SetFiscalYear(13), "no month 13"),
        (SetFiscalYear(1, "weeks"), "not known"),
        (SetFiscalYear(1, named_by="lot"), "not known"),
        (SetFiscalYear(1), "so already"),
    ],
)
def test_a_calendar_that_contradicts_itself_is_refused(team, command, said):
    before = hashes(team)
    with pytest.raises(Refused, match=said) as refused:
        set_fiscal_year(team, command, scope=OWNER)
    assert all(refused.value.parts().values())
    assert hashes(team) == before


@given(st.integers(1, 12), st.sampled_from([*STYLES]), st.sampled_from(["ends", "begins"]))
def test_any_fiscal_year_has_each_day_in_one_month_and_quarters_of_three(first, style, named_by):
    months = FiscalYear(first, style, named_by).months()
    assert first_fault(months) == ""
    assert all(after.from_on == one.to_on + timedelta(days=1) for one, after in pairwise(months))
    assert all(month.from_on <= month.to_on for month in months)
    assert months[0].from_on <= date(1990, 1, 1)
    assert months[-1].to_on >= date(2060, 12, 31)
    for place in range(0, len(months), 12):
        year = months[place : place + 12]
        assert [month.quarter for month in year] == [1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4]
        assert len({month.year for month in year}) == 1
    assert [months[n].year - months[n - 12].year for n in range(12, len(months))] == [1] * (
        len(months) - 12
    )


@given(st.integers(1, 12), st.sampled_from([*STYLES]), st.dates(date(1990, 1, 1), date(2060, 1, 1)))
def test_a_joined_calendar_is_sound_or_its_fault_is_named(first, style, from_on):
    months = joined(FiscalYear().months(), FiscalYear(first, style).months(), from_on)
    holes = [b.from_on - a.to_on != timedelta(days=1) for a, b in pairwise(months)]
    assert bool(first_fault(months)) >= any(holes)


def test_a_year_of_53_weeks_ends_where_the_next_begins():
    lengths = {
        (b.from_on - a.from_on).days for a, b in pairwise(FiscalYear(2, "4-4-5").months()[::12])
    }
    assert lengths == {364, 371}


def test_words_of_a_year_lead_back_to_it():
    year = FiscalYear(7, "4-4-5", "begins")
    assert fiscal_year_in(year.words) == year
    assert fiscal_year_in(None) == FiscalYear()


def test_two_months_on_one_day_and_a_day_without_month_are_faults():
    first = FiscalMonth(date(2026, 1, 1), date(2026, 1, 31), 1, 2026)
    assert "hold 2026-01-31" in first_fault(
        [first, FiscalMonth(date(2026, 1, 31), date(2026, 2, 28), 1, 2026)]
    )
    assert "holds 2026-02-01" in first_fault(
        [first, FiscalMonth(date(2026, 2, 2), date(2026, 2, 28), 1, 2026)]
    )


# Time zone and thresholds


def test_the_time_zone_tells_which_day_it_is(team, monkeypatch):
    monkeypatch.delenv(clock.VARIABLE, raising=False)
    change_setting(team, ChangeSetting("time_zone", "Pacific/Kiritimati"), scope=OWNER)
    zone = reads.settings(team)["time_zone"]
    assert clock.today(zone) == (datetime.now(UTC) + timedelta(hours=14)).date()


def test_a_threshold_is_read_within_its_bounds_and_usual_until_set(team):
    assert thresholds.threshold(reads.settings(team), "attainment_tolerance") == 0.05
    change_setting(team, ChangeSetting("attainment_tolerance", "7.50"), scope=OWNER)
    assert thresholds.threshold(reads.settings(team), "attainment_tolerance") == 0.075
    assert reads.settings(team)["attainment_tolerance"] == "7.5"


def test_every_threshold_is_usual_within_its_own_bounds():
    for line in thresholds.THRESHOLDS:
        assert line.read(str(line.usual)) == line.usual
        assert line.meaning.endswith(".")
        assert line.held({line.name: "nonsense"}) == line.usual


# Stages


def test_a_stage_is_described_anew_and_its_deals_are_counted(team):
    set_stage(team, SetStage("", "Proposal", 3, "open", "commit", 0.4, "closing"), scope=OWNER)
    (proposal, won) = rows_of(team, "stages", asked(team))
    assert (proposal["position"], proposal["skill"], proposal["probability"]) == (3, "closing", 0.4)
    assert (proposal["deals"], won["deals"]) == (1, 3)
    assert faults(team) == []


# People


def test_a_renamed_person_is_still_found_by_the_old_name_and_the_new_one(team, drop):
    change_person(
        team,
        ChangePerson("ana", " Ana  Ruiz ", email="ana@a.example", hired_on=date(2020, 1, 1)),
        scope=OWNER,
    )
    drop("deal id,owner,stage,amount,close date\n"
         "D8,Ana,Won,1,2026-10-05\nD9,ana ruiz,Won,2,2026-10-05\n",
         exported_on=date(2026, 11, 21), extent="partial")  # fmt: skip
    assert booked(team)["Ana Ruiz"] == 103
    assert faults(team) == []


def test_a_vacant_seat_holds_a_quota(team):
    seat = add_person(team, AddPerson("Open seat East", kind="seat", region="East"), scope=OWNER)
    set_quota(team, SetQuota(seat, QUARTER, Decimal(50), TODAY), scope=OWNER)
    (found,) = [row for row in rows_of(team, "people", asked(team)) if row["kind"] == "seat"]
    assert (found["person_name"], found["region"]) == ("Open seat East", "East")
    assert faults(team) == []


def test_two_people_who_are_one_add_up_and_later_files_find_the_one(team, drop):
    set_quota(team, SetQuota("ana", QUARTER[:1], Decimal(10), TODAY), scope=OWNER)
    set_quota(team, SetQuota("ben", QUARTER, Decimal(30), TODAY), scope=OWNER)
    uses = {r["kind"]: r["uses"] for r in rows_of(team, "person_uses", asked(team), words="ben")}
    assert uses == {"deals": 2, "quotas": 3, "names": 1}
    merge_people(team, MergePeople("ana", "ben"), scope=OWNER)
    found = booked(team)
    assert (found["Ana"], "Ben" in found) == (140, False)
    rows = {r["person_name"]: r["quota_usd"] for r in rows_of(team, "attainment", asked(team))}
    assert rows["Ana"] == 30
    drop("deal id,owner,stage,amount,close date\nD9,Ben,Won,2,2026-10-05\n",
         exported_on=date(2026, 11, 21), extent="partial")  # fmt: skip
    assert booked(team)["Ana"] == 142
    assert faults(team) == []


def test_nothing_refers_to_who_was_merged_in_any_table(engine):
    from tests import everything

    kept(engine, everything.fill)
    merge_people(engine, MergePeople("ana", "fay"), scope=OWNER)
    with engine.looking() as cursor:
        held = cursor.execute(
            "select table_name, column_name from duckdb_columns() where column_name in "
            "('person_id', 'owner_id', 'credited_id', 'manager_id', 'ancestor_id', 'target_id')"
            " and table_name in "
            "(select table_name from duckdb_columns() where column_name = 'superseded_at')"
            " and database_name = current_database()"
        ).fetchall()
        assert len(held) > 10
        for table, column in held:
            found = cursor.execute(
                f"from {table} select count(*) where superseded_at is null and {column} = 'fay'"
            ).fetchone()
            assert found == (0,), (table, column)
    assert faults(engine) == []


def test_a_manager_and_a_report_cannot_be_one(team):
    with pytest.raises(Refused, match="report to themselves"):
        merge_people(team, MergePeople("dana", "ana"), scope=OWNER)


# Refusals, races, scope

REFUSED = {
    "a circle of managers": lambda e, s: set_manager(e, SetManager("ray", "ana", TODAY), scope=s),
    "reporting to oneself": lambda e, s: set_manager(e, SetManager("ana", "ana", TODAY), scope=s),
    "an empty name": lambda e, s: change_person(e, ChangePerson("ana", "  "), scope=s),
    "a name somebody has": lambda e, s: change_person(e, ChangePerson("ana", "Ben"), scope=s),
    "left before hired": lambda e, s: change_person(
        e, ChangePerson("ana", "Ana", hired_on=date(2026, 2, 1), left_on=date(2026, 1, 1)), scope=s
    ),
    "no kind": lambda e, s: add_person(e, AddPerson("Zoe", kind="robot"), scope=s),
    "oneself": lambda e, s: merge_people(e, MergePeople("ana", "ana"), scope=s),
    "a stranger": lambda e, s: merge_people(e, MergePeople("ana", "zoe"), scope=s),
    "a negative rate": lambda e, s: set_rate(e, SetRate("EUR", Decimal(-1)), scope=s),
    "a rate of nothing": lambda e, s: set_rate(e, SetRate("EUR", Decimal(0)), scope=s),
    "next to nothing": lambda e, s: set_rate(e, SetRate("EUR", Decimal("1e-12")), scope=s),
    "no number": lambda e, s: set_rate(e, SetRate("EUR", Decimal("nan")), scope=s),
    "the own currency": lambda e, s: set_rate(e, SetRate("usd", Decimal(1)), scope=s),
    "no currency": lambda e, s: set_rate(e, SetRate("euros", Decimal(1)), scope=s),
    "no such currency": lambda e, s: change_reporting_currency(
        e, ChangeReportingCurrency("€"), scope=s
    ),
    "no outcome": lambda e, s: set_stage(e, SetStage("", "Won", 1, "maybe"), scope=s),
    "no stage": lambda e, s: set_stage(e, SetStage("", "Zen", 1, "open"), scope=s),
    "no skill": lambda e, s: set_stage(e, SetStage("", "Won", 1, "won", skill="golf"), scope=s),
    "no chance": lambda e, s: set_stage(e, SetStage("", "Won", 1, "won", None, 1.1), scope=s),
    "no place": lambda e, s: set_stage(e, SetStage("", "Won", -1, "won"), scope=s),
    "no zone": lambda e, s: change_setting(e, ChangeSetting("time_zone", "Mars/Base"), scope=s),
    "no setting": lambda e, s: change_setting(e, ChangeSetting("colour", "red"), scope=s),
    "out of bounds": lambda e, s: change_setting(e, ChangeSetting("few_deals", "0"), scope=s),
    "infinite": lambda e, s: change_setting(e, ChangeSetting("few_deals", "inf"), scope=s),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_wrong_is_refused_in_three_parts_and_changes_nothing(team, what):
    before, version = hashes(team), team.data_version()
    with pytest.raises(Refused) as refused:
        REFUSED[what](team, OWNER)
    assert all(refused.value.parts().values())
    assert (hashes(team), team.data_version()) == (before, version)


RACES = {
    "person": (
        lambda e, n, v: change_person(e, ChangePerson("ana", n, seen=v), scope=OWNER),
        "Anna", "Hannah",
    ),
    "setting": (
        lambda e, n, v: change_setting(e, ChangeSetting("time_zone", n, v), scope=OWNER),
        "Europe/Vienna", "America/Boise",
    ),
    "rate": (
        lambda e, n, v: set_rate(e, SetRate("EUR", Decimal(n), None, v), scope=OWNER),
        "1.5", "1.25",
    ),
    "stage": (
        lambda e, n, v: set_stage(e, SetStage("", "Won", int(n), "won", seen=v), scope=OWNER),
        "4", "5",
    ),
    "year": (
        lambda e, n, v: set_fiscal_year(e, SetFiscalYear(int(n), seen=v), scope=OWNER), "4", "5",
    ),
    "role": (
        lambda e, n, v: set_role(e, SetRole("ana", n, TODAY, v), scope=OWNER),
        "operations", "director",
    ),
    "quota": (
        lambda e, n, v: set_quota(
            e, SetQuota("ana", QUARTER, Decimal(n), TODAY, seen=v), scope=OWNER
        ),
        "30", "60",
    ),
    "manager": (
        lambda e, n, v: set_manager(e, SetManager("ana", n, TODAY, v), scope=OWNER), "noor", "ray",
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", RACES)
def test_whoever_saves_second_is_told_what_is_there_now(team, what):
    act, mine, other = RACES[what]
    seen = team.data_version()
    act(team, other, seen)
    before = hashes(team)
    with pytest.raises(Refused, match="while you looked"):
        act(team, mine, seen)
    assert hashes(team) == before
    act(team, mine, team.data_version())
    assert faults(team) == []


def test_a_change_of_something_else_is_no_race(team):
    seen = team.data_version()
    change_setting(team, ChangeSetting("few_deals", "12"), scope=OWNER)
    change_setting(team, ChangeSetting("time_zone", "UTC", seen), scope=OWNER)


FOR_EVERYONE = (
    lambda e, s: set_rate(e, SetRate("EUR", Decimal(1)), scope=s),
    lambda e, s: set_fiscal_year(e, SetFiscalYear(4), scope=s),
    lambda e, s: change_setting(e, ChangeSetting("few_deals", "12"), scope=s),
    lambda e, s: change_reporting_currency(e, ChangeReportingCurrency("EUR"), scope=s),
    lambda e, s: set_stage(e, SetStage("", "Won", 1, "won"), scope=s),
)


@pytest.mark.parametrize("act", FOR_EVERYONE)
def test_what_holds_for_everyone_is_not_changed_by_a_director_or_an_executive(team, act):
    before = hashes(team)
    for scope in (scope_of(team, "Dana", TODAY), ANA, Scope("", "nobody")):
        with pytest.raises(Refused, match="Your role may not"):
            act(team, scope)
    assert hashes(team) == before
    act(team, OPERATIONS)
    assert newest_entry(team)[0] == "ola"


def test_a_director_changes_the_own_team_only(team):
    dana = scope_of(team, "Dana", clock.today())
    change_person(team, ChangePerson("ana", "Ana", region="East"), scope=dana)
    merge_people(team, MergePeople("ana", "ben"), scope=dana)
    for act in (
        lambda: change_person(team, ChangePerson("cy", "Cy"), scope=dana),
        lambda: merge_people(team, MergePeople("ana", "cy"), scope=dana),
        lambda: change_person(team, ChangePerson("ana", "Ana"), scope=ANA),
    ):
        with pytest.raises(Refused):
            act()
