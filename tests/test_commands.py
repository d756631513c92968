"""Every change by hand is one command: dated, audited, and refused to whom it does not belong."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quarterdeck.commands.people import (
    AddPerson,
    SetManager,
    SetRole,
    add_person,
    set_manager,
    set_role,
)
from quarterdeck.commands.quotas import SetQuota, set_quota
from quarterdeck.domain.quotas import split_by
from quarterdeck.people import OWNER, Scope, scope_of
from quarterdeck.refusal import Refused
from tests.conftest import TODAY, asked, commit, hashes, looked_at, rows_of

DEALS = (
    "deal id,owner,account,stage,amount,close date\n"
    "D1,Ana,Acme,Won,100,2026-10-05\nD2,Ben,Acme,Won,40,2026-11-06\n"
)
QUARTER = (date(2026, 10, 1), date(2026, 11, 1), date(2026, 12, 1))
NOVEMBER = date(2026, 11, 1)


def fill(engine):
    commit(engine, looked_at(engine, DEALS))


@pytest.fixture
def team(engine, once):
    return once(engine, fill)


def row(engine, name, as_of=TODAY):
    rows = rows_of(engine, "attainment", asked(engine, "2026-Q4", as_of))
    return next(found for found in rows if found["person_name"] == name)


def audited(engine):
    with engine.looking() as cursor:
        return cursor.execute("select command, payload from audit_log order by 1").fetchall()


def test_a_director_without_any_team_in_a_file_is_running_after_a_few_commands(team):
    dana = add_person(team, AddPerson("Dana Whitlock"), scope=OWNER)
    set_role(team, SetRole(dana, "director", TODAY), scope=OWNER)
    for person_id in ("ana", "ben"):
        set_manager(team, SetManager(person_id, dana, TODAY), scope=OWNER)
        set_quota(team, SetQuota(person_id, QUARTER, Decimal(200), TODAY), scope=OWNER)
    found = row(team, "Dana Whitlock")
    assert (found["booked_usd"], found["quota_usd"], found["role"]) == (140, 400, "director")
    assert found["attainment"] == pytest.approx(0.35)


def test_each_command_leaves_one_audit_entry_with_its_values(team):
    set_quota(team, SetQuota("ana", QUARTER, Decimal("99.99"), TODAY), scope=OWNER)
    command, payload = audited(team)[-1]
    assert command == "SetQuota"
    assert json.loads(payload)["quota_usd"] == "99.99"


def test_a_first_manager_has_always_been_it_a_later_one_from_the_day(team):
    for name in ("Dana", "Noor"):
        add_person(team, AddPerson(name), scope=OWNER)
    set_manager(team, SetManager("ana", "dana", TODAY), scope=OWNER)
    assert row(team, "Dana")["booked_usd"] == 100
    set_manager(team, SetManager("ana", "noor", NOVEMBER), scope=OWNER)
    assert (row(team, "Dana")["booked_usd"], row(team, "Noor")["booked_usd"]) == (100, 0)
    set_manager(team, SetManager("ana", None, TODAY), scope=OWNER)
    assert row(team, "Dana")["booked_usd"] == 100


def test_a_quota_revised_by_hand_holds_from_its_day(team):
    set_quota(team, SetQuota("ana", QUARTER, Decimal(300), TODAY), scope=OWNER)
    set_quota(team, SetQuota("ana", QUARTER, Decimal(600), NOVEMBER), scope=OWNER)
    assert row(team, "Ana", date(2026, 10, 31))["quota_usd"] == 300
    assert row(team, "Ana", NOVEMBER)["quota_usd"] == 600


def test_a_role_named_replaces_what_was_assumed_and_ends_what_was_named(team):
    set_role(team, SetRole("ana", "operations", NOVEMBER), scope=OWNER)
    assert scope_of(team, "Ana", date(2020, 1, 1)).role == "operations"
    set_role(team, SetRole("ana", "executive", NOVEMBER), scope=OWNER)
    assert scope_of(team, "Ana", date(2026, 10, 31)).role == "operations"
    assert scope_of(team, "Ana", NOVEMBER).role == "executive"


@pytest.mark.parametrize(
    ("act", "said"),
    [
        (lambda e, s: add_person(e, AddPerson("  "), scope=s), "needs a name"),
        (lambda e, s: add_person(e, AddPerson("Ana"), scope=s), "on the team already"),
        (lambda e, s: set_role(e, SetRole("ana", "king", TODAY), scope=s), "no role"),
        (lambda e, s: set_role(e, SetRole("zoe", "director", TODAY), scope=s), "no such person"),
        (lambda e, s: set_manager(e, SetManager("ana", "ana", TODAY), scope=s), "below them"),
        (lambda e, s: set_manager(e, SetManager("ana", "zoe", TODAY), scope=s), "no such person"),
        (lambda e, s: set_quota(e, SetQuota("ana", QUARTER, Decimal(-1), TODAY), scope=s), "-1.00"),
        (lambda e, s: set_quota(e, SetQuota("ana", (), Decimal(1), TODAY), scope=s), "no month"),
        (
            lambda e, s: set_quota(e, SetQuota("zoe", QUARTER, Decimal(1), TODAY), scope=s),
            "no such",
        ),
    ],
)
def test_a_refused_command_changes_nothing(team, act, said):
    before, entries = hashes(team), len(audited(team))
    with pytest.raises(Refused, match=said):
        act(team, OWNER)
    assert (hashes(team), len(audited(team))) == (before, entries)


def test_a_circle_of_managers_is_refused(team):
    set_manager(team, SetManager("ana", "ben", TODAY), scope=OWNER)
    with pytest.raises(Refused, match="below them"):
        set_manager(team, SetManager("ben", "ana", TODAY), scope=OWNER)


def test_an_executive_changes_nobody_and_a_director_the_own_team_only(team):
    add_person(team, AddPerson("Dana"), scope=OWNER)
    set_manager(team, SetManager("ana", "dana", TODAY), scope=OWNER)
    dana = scope_of(team, "Dana", TODAY)
    set_quota(team, SetQuota("ana", QUARTER, Decimal(5), TODAY), scope=dana)
    for scope in (dana, Scope("ana", "executive"), Scope("", "nobody")):
        with pytest.raises(Refused):
            set_quota(team, SetQuota("ben", QUARTER, Decimal(5), TODAY), scope=scope)


def test_a_person_added_by_hand_is_who_a_later_file_names(team, drop):
    add_person(team, AddPerson("Dana Whitlock"), scope=OWNER)
    drop("name,manager\nAna,dana  WHITLOCK\n", "people.csv")
    assert row(team, "Dana Whitlock")["booked_usd"] == 100


def test_titles_in_a_file_become_roles(engine, drop):
    drop(
        "name,title,manager\nAna,Account Executive,Dana\nDana,Sales Director,Ray\n"
        "Ray,VP,\nOla,Sales Ops,\nZed,Wizard,\n",
        "people.csv",
    )
    roles = {r["person_name"]: r["role"] for r in rows_of(engine, "team", asked(engine))}
    assert roles == {
        "Ana": "executive", "Dana": "director", "Ray": "area_director",
        "Ola": "operations", "Zed": "executive",
    }  # fmt: skip


@given(st.decimals(0, 10**12, places=2), st.integers(1, 60))
def test_a_split_adds_up_to_the_cent_and_is_even(total, parts):
    shares = split_by(total, [1] * parts)
    assert sum(shares) == total
    assert max(shares) - min(shares) <= Decimal("0.01")
