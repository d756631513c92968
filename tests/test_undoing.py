"""A change by hand is taken back: everything is as it was, and nothing is deleted."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from quarterdeck import clock, reads
from quarterdeck.commands.activities import LogActivity, log_activity
from quarterdeck.commands.calendars import SetFiscalYear, set_fiscal_year
from quarterdeck.commands.capacity import SetCapacity, set_capacity
from quarterdeck.commands.credits import SetCredit, set_credit
from quarterdeck.commands.holidays import SetDayOff, SetHolidays, set_day_off, set_holidays
from quarterdeck.commands.modules import (
    CreateModule,
    MergeModules,
    MoveAccounts,
    OneModuleEach,
    RenameModule,
    SetModuleOwner,
    SplitModule,
    create_module,
    merge_modules,
    move_accounts,
    one_module_each,
    rename_module,
    set_module_owner,
    split_module,
)
from quarterdeck.commands.objectives import SetObjective, set_objective
from quarterdeck.commands.people import (
    AddPerson,
    SetManager,
    SetRole,
    add_person,
    set_manager,
    set_role,
)
from quarterdeck.commands.persons import ChangePerson, MergePeople, change_person, merge_people
from quarterdeck.commands.plans import (
    PlanMoves,
    PlanRealignment,
    plan_moves,
    plan_realignment,
)
from quarterdeck.commands.publishing import PublishRealignment, publish
from quarterdeck.commands.quotas import SetQuota, SetQuotaMonths, set_quota, set_quota_months
from quarterdeck.commands.rates import SetRate, set_rate
from quarterdeck.commands.settings import (
    ChangeReportingCurrency,
    ChangeSetting,
    change_reporting_currency,
    change_setting,
)
from quarterdeck.commands.stages import SetStage, set_stage
from quarterdeck.commands.undoing import UNDOABLE, undo_change
from quarterdeck.importing.undoing import undo_import
from quarterdeck.people import OWNER, Scope, scope_of
from quarterdeck.refusal import Refused
from tests.conftest import TODAY, asked, commit, faults, hashes, looked_at, rows_of
from tests.test_settings import DEALS, OPERATIONS, PEOPLE, QUARTER, booked

MAY, DECEMBER = date(2026, 5, 1), date(2026, 12, 1)
MODULES = "module,account,owner\nNorth,Acme,Ana\nNorth,Birch,\nSouth,Cedar,Ben\n"


def fill(engine):
    commit(engine, looked_at(engine, PEOPLE, "people.csv"))
    commit(engine, looked_at(engine, DEALS))
    commit(engine, looked_at(engine, "account,industry,owner\nDogwood,Food,Cy\n", "accounts.csv"))
    commit(engine, looked_at(engine, MODULES, "modules.csv"))
    plan = plan_realignment(engine, PlanRealignment("Fairer", DECEMBER), scope=OWNER)
    plan_moves(engine, PlanMoves(plan, "account", ("acme",), ("south",)), scope=OWNER)


def publish_it(engine):
    (plan,) = rows_of(engine, "scenarios", asked(engine))
    command = PublishRealignment(plan["scenario_id"], engine.data_version(), accepts=True)
    publish(engine, command, scope=OWNER)


@pytest.fixture
def team(engine, once, monkeypatch):
    monkeypatch.setenv(clock.VARIABLE, str(TODAY))
    return once(engine, fill)


CHANGES = {
    "PublishRealignment": publish_it,
    "SetHolidays": lambda e: set_holidays(e, SetHolidays("US-WA"), scope=OWNER),
    "SetDayOff": lambda e: set_day_off(e, SetDayOff(TODAY, "Founders"), scope=OWNER),
    "AddPerson": lambda e: add_person(e, AddPerson("Zoe", email="zoe@a.example"), scope=OWNER),
    "ChangePerson": lambda e: change_person(e, ChangePerson("ana", "Anna"), scope=OWNER),
    "MergePeople": lambda e: merge_people(e, MergePeople("ana", "cy"), scope=OWNER),
    "SetManager": lambda e: set_manager(e, SetManager("ana", "noor", MAY), scope=OWNER),
    "SetManager, nobody": lambda e: set_manager(e, SetManager("ana", None, MAY), scope=OWNER),
    "SetManager, of a peer": lambda e: set_manager(e, SetManager("cy", "ana", MAY), scope=OWNER),
    "SetRole": lambda e: set_role(e, SetRole("ana", "operations", MAY), scope=OWNER),
    "SetQuota": lambda e: set_quota(e, SetQuota("ana", QUARTER, Decimal(9), TODAY), scope=OWNER),
    "SetQuotaMonths": lambda e: set_quota_months(
        e, SetQuotaMonths("cy", QUARTER, (Decimal(1), Decimal(2), Decimal(3)), TODAY), scope=OWNER
    ),
    "SetCapacity": lambda e: set_capacity(
        e, SetCapacity("ana", "leave", Decimal(0), MAY, TODAY), scope=OWNER
    ),
    "SetObjective": lambda e: set_objective(
        e, SetObjective("ana", "Meeting", "week", Decimal(8), MAY), scope=OWNER
    ),
    "LogActivity": lambda e: log_activity(
        e, LogActivity("Call", "ana", TODAY, "acme", subject="Lunch"), scope=OWNER
    ),
    "SetCredit": lambda e: set_credit(
        e,
        SetCredit("D1", ("ana", "ben"), (Decimal("0.6"), Decimal("0.4")), MAY, "Both sold it"),
        scope=OWNER,
    ),
    "CreateModule": lambda e: create_module(
        e, CreateModule("West", "cy", DECEMBER, ("acme", "dogwood")), scope=OWNER
    ),
    "RenameModule": lambda e: rename_module(e, RenameModule("north", "Far north"), scope=OWNER),
    "MoveAccounts": lambda e: move_accounts(
        e, MoveAccounts(("acme", "dogwood"), "south", TODAY), scope=OWNER
    ),
    "MoveAccounts, out": lambda e: move_accounts(
        e, MoveAccounts(("acme",), "", DECEMBER), scope=OWNER
    ),
    "SetModuleOwner": lambda e: set_module_owner(
        e, SetModuleOwner("north", "ben", DECEMBER), scope=OWNER
    ),
    "SplitModule": lambda e: split_module(
        e, SplitModule("north", "West", ("birch",), "cy", DECEMBER), scope=OWNER
    ),
    "MergeModules": lambda e: merge_modules(
        e, MergeModules("north", "south", DECEMBER), scope=OWNER
    ),
    "OneModuleEach": lambda e: one_module_each(
        e, OneModuleEach(TODAY), scope=Scope("noor", "director")
    ),
    "ChangeSetting": lambda e: change_setting(e, ChangeSetting("few_deals", "12"), scope=OWNER),
    "ChangeReportingCurrency": lambda e: change_reporting_currency(
        e, ChangeReportingCurrency("EUR"), scope=OWNER
    ),
    "SetFiscalYear": lambda e: set_fiscal_year(e, SetFiscalYear(7, "4-4-5"), scope=OWNER),
    "SetRate": lambda e: set_rate(e, SetRate("EUR", Decimal(2)), scope=OWNER),
    "SetStage": lambda e: set_stage(e, SetStage("", "Won", 7, "won"), scope=OWNER),
}


@pytest.mark.parametrize("what", CHANGES)
def test_taken_back_everything_is_as_it_was_and_an_undo_is_undone_alike(team, what):
    set_rate(team, SetRate("GBP", Decimal(3)), scope=OWNER)
    set_quota(team, SetQuota("cy", QUARTER, Decimal(9), TODAY), scope=OWNER)
    before, sums = hashes(team), booked(team)
    CHANGES[what](team)
    changed, number = hashes(team), team.data_version()
    assert changed != before
    newest, *_ = rows_of(team, "setting_changes", asked(team))
    assert (newest["audit_id"], newest["command"]) == (number, what.split(",")[0])
    undo_change(team, number, scope=OWNER)
    assert (hashes(team), booked(team), faults(team)) == (before, sums, [])
    undo_change(team, team.data_version(), scope=OWNER)
    assert (hashes(team), faults(team)) == (changed, [])
    undo_change(team, team.data_version(), scope=OWNER)
    assert hashes(team) == before


def test_every_kind_of_change_was_taken_back_above():
    assert {what.split(",")[0] for what in CHANGES} | {"UndoChange"} == set(UNDOABLE)


@pytest.mark.parametrize("what", CHANGES)
def test_taking_back_deletes_no_row(team, what):
    CHANGES[what](team)
    with team.looking() as cursor:
        tables = cursor.execute(
            "select table_name from duckdb_columns() where column_name = 'superseded_at' "
            "and database_name = current_database()"
        ).fetchall()
        before = [cursor.execute(f"from {t} select count(*)").fetchone()[0] for (t,) in tables]
    undo_change(team, team.data_version(), scope=OWNER)
    with team.looking() as cursor:
        after = [cursor.execute(f"from {t} select count(*)").fetchone()[0] for (t,) in tables]
    assert all(now >= was for was, now in zip(before, after, strict=True))


def test_a_change_that_a_later_one_overlays_stays_and_the_later_one_is_named(team):
    set_quota(team, SetQuota("ana", QUARTER, Decimal(9), TODAY), scope=OWNER)
    first = team.data_version()
    set_quota(team, SetQuota("ana", QUARTER[:1], Decimal(5), TODAY), scope=OPERATIONS)
    before = hashes(team)
    with pytest.raises(Refused, match="A later change of the same thing, SetQuota by ola") as said:
        undo_change(team, first, scope=OWNER)
    assert said.value.do == f"Take back entry {first + 1} first."
    assert hashes(team) == before
    undo_change(team, first + 1, scope=OWNER)
    with pytest.raises(Refused, match="A later change"):
        undo_change(team, first, scope=OWNER)


def test_what_stands_where_something_would_come_back_is_in_the_way(team):
    set_manager(team, SetManager("ana", None, date(1, 1, 1)), scope=OWNER)
    number = team.data_version()
    set_manager(team, SetManager("ana", "noor", MAY), scope=OWNER)
    with pytest.raises(Refused, match="A later change of the same thing, SetManager"):
        undo_change(team, number, scope=OWNER)


def test_another_thing_changed_since_is_not_in_the_way(team):
    set_quota(team, SetQuota("ana", QUARTER, Decimal(9), TODAY), scope=OWNER)
    number = team.data_version()
    set_quota(team, SetQuota("ben", QUARTER, Decimal(5), TODAY), scope=OWNER)
    undo_change(team, number, scope=OWNER)
    rows = {r["person_name"]: r["quota_usd"] for r in rows_of(team, "attainment", asked(team))}
    assert (rows["Ana"], rows["Ben"]) == (None, 5)


def test_a_circle_of_managers_does_not_come_back(team):
    add_person(team, AddPerson("Zoe"), scope=OWNER)
    set_manager(team, SetManager("zoe", "cy", MAY), scope=OWNER)
    set_manager(team, SetManager("zoe", None, date(1, 1, 1)), scope=OWNER)
    number = team.data_version()
    set_manager(team, SetManager("noor", "zoe", MAY), scope=OWNER)
    with pytest.raises(Refused, match="stand above themselves") as said:
        undo_change(team, number, scope=OWNER)
    assert all(said.value.parts().values())
    assert faults(team) == []


def test_somebody_in_use_is_not_taken_back(team, drop):
    add_person(team, AddPerson("Zoe"), scope=OWNER)
    number = team.data_version()
    drop("deal id,owner,stage,amount,close date\nD9,Zoe,Won,2,2026-10-05\n",
         exported_on=date(2026, 11, 21), extent="partial")  # fmt: skip
    with pytest.raises(Refused, match="A later change of the same thing, ImportFile"):
        undo_change(team, number, scope=OWNER)
    assert faults(team) == []


def test_quotas_set_in_a_year_of_weeks_keep_it(team):
    set_fiscal_year(team, SetFiscalYear(1, "4-4-5"), scope=OWNER)
    number, months = team.data_version(), reads.calendar(team)
    first_days = tuple(month.from_on for month in months.months_of(months.parse("2026-Q4")))
    set_quota(team, SetQuota("ana", first_days, Decimal(9), TODAY), scope=OWNER)
    with pytest.raises(Refused, match="months that no longer exist"):
        undo_change(team, number, scope=OWNER)
    assert faults(team) == []


def test_twice_is_once(team):
    CHANGES["SetRate"](team)
    number = team.data_version()
    undo_change(team, number, scope=OWNER)
    with pytest.raises(Refused, match="already taken back") as said:
        undo_change(team, number, scope=OWNER)
    assert f"undo entry {number + 1}" in said.value.do


def test_what_changed_nothing_and_what_is_no_change_by_hand_are_refused(team):
    set_quota(team, SetQuota("ana", QUARTER, Decimal(9), TODAY), scope=OWNER)
    set_quota(team, SetQuota("ana", QUARTER, Decimal(9), TODAY), scope=OWNER)
    with pytest.raises(Refused, match="altered nothing"):
        undo_change(team, team.data_version(), scope=OWNER)
    for number in (1, 9999):
        with pytest.raises(Refused, match="no change that can be taken back here"):
            undo_change(team, number, scope=OWNER)


def test_a_director_takes_back_what_concerns_the_own_team(team):
    dana = scope_of(team, "Dana", TODAY)
    set_quota(team, SetQuota("ana", QUARTER, Decimal(9), TODAY), scope=OWNER)
    own = team.data_version()
    set_quota(team, SetQuota("cy", QUARTER, Decimal(9), TODAY), scope=OWNER)
    other = team.data_version()
    CHANGES["SetRate"](team)
    rate = team.data_version()
    for number in (other, rate):
        with pytest.raises(Refused):
            undo_change(team, number, scope=dana)
    for scope in (Scope("ana", "executive"), Scope("", "nobody")):
        with pytest.raises(Refused):
            undo_change(team, own, scope=scope)
    undo_change(team, own, scope=dana)
    seen = rows_of(team, "setting_changes", asked(team), dana)
    assert {row["command"] for row in seen} == {"SetQuota"}


def test_the_history_says_what_takes_what_back(team):
    CHANGES["SetRate"](team)
    number = team.data_version()
    undo_change(team, number, scope=OPERATIONS)
    newest, before = rows_of(team, "setting_changes", asked(team))[:2]
    assert (newest["undoes_id"], newest["actor"]) == (number, "ola")
    assert (before["audit_id"], before["command"], before["undoes_id"]) == (number, "SetRate", None)


def test_an_import_taken_back_after_two_became_one_names_nobody_unknown(team, drop):
    later = drop(
        "deal id,owner,account,stage,amount,currency,close date\n"
        "D2,Ana,Acme,Won,9,USD,2026-10-06\n",
        exported_on=date(2026, 11, 21),
        extent="partial",
    )
    merge_people(team, MergePeople("ana", "ben"), scope=OWNER)
    undo_import(team, later["batch_id"], scope=OWNER)
    assert faults(team) == []
    assert "Ben" not in booked(team)
