"""Who signs in with which account, and is let in?"""

from __future__ import annotations

from datetime import timedelta

import pytest

from quarterdeck.commands.identities import (
    Known,
    SetAccess,
    SetSecondRole,
    SignOut,
    UnlinkIdentity,
    claims_of,
    set_access,
    set_second_role,
    sign_in,
    sign_out,
    unlink_identity,
    was_ended,
)
from quarterdeck.commands.people import SetManager, set_manager
from quarterdeck.commands.persons import ChangePerson, MergePeople, change_person, merge_people
from quarterdeck.people import NOBODY, OWNER, Scope
from quarterdeck.refusal import Refused
from tests.conftest import TODAY, asked, commit, faults, looked_at, rows_of

TEAM = (
    "name,email,role,manager\nRay,ray@a.example,Area Director,\nDana,dana@a.example,Director,Ray\n"
    "Noor,noor@a.example,Director,Ray\nAna,Ana@A.example,Sales Executive,Dana\n"
    "Ben,ben@a.example,Sales Executive,Dana\nCy,ben2@a.example,Sales Executive,Noor\n"
    "Sol,sol@a.example,Operations,\nMute,,Sales Executive,Dana\n"
)
DANA, ANA = Scope("dana", "director"), Scope("ana", "executive")


@pytest.fixture
def team(engine, monkeypatch):
    monkeypatch.setenv("QUARTERDECK_TODAY", str(TODAY))
    commit(engine, looked_at(engine, TEAM, "people.csv"))
    return engine


def token(name="ana", **more):
    usual = {
        "iss": "https://sso.example",
        "sub": f"subject of {name}",
        "email": f"{name}@a.example",
        "email_verified": True,
        "iat": 1_800_000_000,
        "nonce": "n",
    }
    return {key: value for key, value in (usual | more).items() if value is not None}


def come(engine, name="ana", owners=(), day=TODAY, **more) -> Known:
    return sign_in(engine, claims_of(token(name, **more)), day, owners)


def links(engine):
    with engine.looking() as cursor:
        return cursor.execute(
            "select person_id, subject from identity where superseded_at is null order by all"
        ).fetchall()


def test_the_first_time_an_account_is_linked_by_its_verified_address_and_then_by_itself(team):
    assert come(team).scope() == Scope("ana", "executive")
    assert links(team) == [("ana", "subject of ana")]
    assert come(team, email="another@b.example").person_id == "ana"
    assert come(team, email="ben@a.example").person_id == "ana"
    assert len(links(team)) == 1


def test_the_role_is_that_of_the_day_and_read_each_time(team):
    assert come(team, "dana").roles == ("director",)
    assert come(team, "ray").roles == ("area_director",)
    assert come(team, "sol").roles == ("operations",)


REFUSED = {
    "no e-mail": ({"email": None}, "without an e-mail"),
    "an empty e-mail": ({"email": " "}, "without an e-mail"),
    "an e-mail nobody checked": ({"email_verified": False}, "not checked"),
    "an e-mail of which nothing is said": ({"email_verified": None}, "not checked"),
    "no subject": ({"sub": None}, "did not say who"),
    "no issuer": ({"iss": ""}, "did not say who"),
    "an address that nobody has": ({"email": "zoe@a.example"}, "Nobody here"),
    "an address that is part of one": ({"email": "na@a.example"}, "Nobody here"),
    "a wildcard": ({"email": "%@a.example"}, "Nobody here"),
}


@pytest.mark.parametrize(("more", "says"), REFUSED.values(), ids=REFUSED)
def test_a_token_that_does_not_say_who_lets_nobody_in(team, more, says):
    with pytest.raises(Refused, match=says) as refused:
        come(team, **more)
    assert refused.value.where
    assert refused.value.do
    assert links(team) == []


@pytest.mark.parametrize("said", [True, "true", "1", 1])
def test_the_sign_of_another_provider_for_a_checked_address_counts(team, said):
    assert come(team, email_verified=None, xms_edov=said).person_id == "ana"


def test_where_the_provider_knows_only_own_addresses_it_need_not_say_so(team):
    claims = claims_of(token(email_verified=None), trusts_addresses=True)
    assert sign_in(team, claims, TODAY).person_id == "ana"
    said_otherwise = claims_of(token("ben", email_verified=False), trusts_addresses=True)
    with pytest.raises(Refused, match="not checked"):
        sign_in(team, said_otherwise, TODAY)


def test_two_people_with_one_address_are_both_kept_out_until_it_is_corrected(team):
    change_person(team, ChangePerson("cy", "Cy", email="BEN@a.example"), scope=OWNER)
    with pytest.raises(Refused, match="Two people"):
        come(team, "ben")
    change_person(team, ChangePerson("cy", "Cy", email="cy@a.example"), scope=OWNER)
    assert come(team, "ben").person_id == "ben"


def test_an_address_that_was_given_to_somebody_new_opens_nothing_of_the_old_one(team):
    come(team)
    with pytest.raises(Refused, match="another account"):
        come(team, sub="made anew")
    unlink_identity(team, UnlinkIdentity("ana"), scope=DANA)
    assert come(team, sub="made anew").person_id == "ana"
    with pytest.raises(Refused, match="another account"):
        come(team)


def test_the_same_subject_of_another_issuer_is_another_account(team):
    come(team)
    with pytest.raises(Refused, match="another account"):
        come(team, iss="https://evil.example")


def test_whoever_is_kept_out_has_left_or_has_no_role_is_out_at_once(team):
    come(team)
    set_access(team, SetAccess("ana", is_open=False), scope=DANA)
    with pytest.raises(Refused, match="closed"):
        come(team)
    set_access(team, SetAccess("ana", is_open=True), scope=DANA)
    assert come(team).person_id == "ana"
    left = ChangePerson("ana", "Ana", email="ana@a.example", left_on=TODAY)
    change_person(team, left, scope=OWNER)
    assert come(team).person_id == "ana"
    with pytest.raises(Refused, match="left"):
        come(team, day=TODAY + timedelta(days=1))
    with pytest.raises(Refused, match="no role"):
        come(without_role(team, "ben"), "ben")


def without_role(team, person_id):
    with team.transaction() as cursor:
        cursor.execute(
            "update person_role set superseded_at = now() where person_id = ?", [person_id]
        )
    return team


def test_of_two_roles_the_stricter_one_counts_unless_the_other_is_chosen(team):
    set_second_role(team, SetSecondRole("dana", "operations"), scope=OWNER)
    known = come(team, "dana")
    assert known.roles == ("director", "operations")
    assert known.scope() == Scope("dana", "director")
    assert known.scope("operations") == Scope("dana", "operations")
    assert known.scope("owner") == known.scope("area_director") == Scope("dana", "director")
    set_second_role(team, SetSecondRole("dana", None), scope=OWNER)
    assert come(team, "dana").roles == ("director",)


def test_a_second_role_survives_being_kept_out_for_a_while(team):
    set_second_role(team, SetSecondRole("ana", "operations"), scope=OWNER)
    for is_open in (False, True):
        set_access(team, SetAccess("ana", is_open), scope=OWNER)
    assert come(team).roles == ("executive", "operations")


def test_an_owner_is_whom_the_server_names_and_by_one_account_only(team):
    assert come(team, "boss", owners=["Boss@a.example"]).scope() == OWNER
    assert come(team, "boss", owners=["boss@a.example"]).scope() == OWNER
    with pytest.raises(Refused, match="do not own"):
        come(team, "boss")
    with pytest.raises(Refused, match="another account"):
        come(team, "boss", owners=["boss@a.example"], sub="another")
    with pytest.raises(Refused, match="not checked"):
        come(team, "boss", owners=["boss@a.example"], sub="x", email_verified=False)


MAY_NOT = {
    "an executive": (ANA, "ben"),
    "nobody": (NOBODY, "ana"),
    "a director of another team": (Scope("noor", "director"), "ana"),
    "a director about the area director": (DANA, "ray"),
    "somebody about themselves": (DANA, "dana"),
    "an operator about themselves": (Scope("sol", "operations"), "sol"),
    "about somebody unknown": (OWNER, "zoe"),
}


@pytest.mark.parametrize(("scope", "person_id"), MAY_NOT.values(), ids=MAY_NOT)
def test_who_may_not_lets_nobody_in_or_out(team, scope, person_id):
    for change, command in (
        (set_access, SetAccess(person_id, is_open=False)),
        (set_second_role, SetSecondRole(person_id, "operations")),
        (unlink_identity, UnlinkIdentity(person_id)),
    ):
        before = team.data_version()
        with pytest.raises(Refused):
            change(team, command, scope=scope)
        assert team.data_version() == before


def test_a_director_keeps_out_the_own_team_and_gives_no_second_role(team):
    set_access(team, SetAccess("ana", is_open=False), scope=DANA)
    with pytest.raises(Refused):
        set_second_role(team, SetSecondRole("ana", "area_director"), scope=DANA)
    with pytest.raises(Refused, match="no role"):
        set_second_role(team, SetSecondRole("ana", "king"), scope=OWNER)


def test_a_director_leads_nobody_s_second_role_to_another_account(team):
    set_second_role(team, SetSecondRole("ana", "operations"), scope=OWNER)
    come(team)
    before = team.data_version()
    for change, command in (
        (unlink_identity, UnlinkIdentity("ana")),
        (set_access, SetAccess("ana", is_open=True)),
        (change_person, ChangePerson("ana", "Ana", email="friend@a.example")),
        (merge_people, MergePeople("ben", "ana")),
    ):
        with pytest.raises(Refused, match="may not give"):
            change(team, command, scope=DANA)
    assert team.data_version() == before
    change_person(team, ChangePerson("ana", "Ana B", email="Ana@A.example"), scope=DANA)
    unlink_identity(team, UnlinkIdentity("ana"), scope=OWNER)


def test_a_sign_out_is_remembered_and_moves_no_data(team):
    come(team)
    before = team.data_version()
    assert not was_ended(team, "abc")
    sign_out(team, SignOut("abc"), scope=ANA)
    assert was_ended(team, "abc")
    assert not was_ended(team, "abd")
    assert team.data_version() == before


def test_when_two_become_one_the_account_and_what_is_closed_go_along(team):
    come(team, "cy", email="ben2@a.example")
    set_access(team, SetAccess("cy", is_open=False), scope=OWNER)
    set_manager(team, SetManager("cy", "dana", TODAY), scope=OWNER)
    merge_people(team, MergePeople("ben", "cy"), scope=OWNER)
    assert links(team) == [("ben", "subject of cy")]
    with pytest.raises(Refused, match="closed"):
        come(team, "cy", email="ben2@a.example")
    assert faults(team) == []


def test_the_list_says_what_stands_in_somebody_s_way(team):
    come(team)
    set_access(team, SetAccess("ben", is_open=False), scope=OWNER)
    change_person(team, ChangePerson("cy", "Cy", email="sol@a.example"), scope=OWNER)
    rows = {row["person_id"]: row for row in rows_of(team, "sign_ins", asked(team))}
    assert rows["ana"]["linked_on"] is not None
    assert rows["dana"]["linked_on"] is None
    assert [rows[one]["is_open"] for one in ("ana", "ben")] == [True, False]
    assert [rows[one]["people"] for one in ("ana", "cy", "sol", "mute")] == [1, 2, 2, 0]
    seen = rows_of(team, "sign_ins", asked(team), scope=DANA)
    assert {row["person_id"] for row in seen} == {"dana", "ana", "ben", "mute"}
