"""Who reports to whom, told late, in a gap or round a circle: is everyone counted once?"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from quarterdeck.commands.people import SetManager, set_manager
from quarterdeck.commands.quotas import SetQuota, set_quota
from quarterdeck.importing.unanswered import QuestionsOpen
from quarterdeck.people import OWNER, Scope, scope_of
from quarterdeck.refusal import Refused
from tests.conftest import asked, commit, faults, hashes, looked_at, rows_of
from tests.exam.roll_up_recount import (
    AFTER,
    MONTHS,
    standing,
)

# Plain examples


PEOPLE = "name,manager\nAna,Dana\nBen,Dana\nCy,Noor\nDana,Ray\nNoor,Ray\n"
DEALS = (
    "deal id,owner,stage,amount,close date\nD1,Ana,Won,90,2026-02-10\nD2,Ben,Won,10,2026-02-10\n"
    "D3,Cy,Won,7,2026-05-05\n"
)
MAY = date(2026, 5, 1)


@pytest.fixture
def few(engine, once):
    """Three executives under two directors under one head."""
    return once(engine, fill_few)


def fill_few(engine):
    for text, name in ((PEOPLE, "people.csv"), (DEALS, "deals.csv")):
        commit(engine, looked_at(engine, text, name, exported_on=date(2026, 6, 1)))


def report(engine, who, up, on):
    set_manager(engine, SetManager(who, up, on), scope=OWNER)


def quota(engine, who, usd, months=MONTHS, on=date(2026, 1, 1)):
    set_quota(engine, SetQuota(who, months, Decimal(usd), on), scope=OWNER)


def booked(engine, period="2026-Q1", **chosen):
    return {who: row[1] for who, row in standing(engine, period, **chosen).items()}


def test_a_teams_attainment_is_of_sums_never_the_mean_of_percentages(few):
    """Ana has 90 of 100, Ben 10 of 1,100: 100 of 1,200 is 8.3 %, the mean would be 45.5 %."""
    quota(few, "ana", 100)
    quota(few, "ben", 1100)
    rows = {row["person_id"]: row for row in rows_of(few, "attainment", asked(few, "2026", AFTER))}
    assert (rows["ana"]["attainment"], rows["ben"]["attainment"]) == (0.9, pytest.approx(10 / 1100))
    assert rows["dana"]["attainment"] == pytest.approx(100 / 1200)
    assert rows["all"]["attainment"] == pytest.approx(107 / 1200)


def test_a_circle_of_two_of_three_and_of_oneself_is_refused_and_changes_nothing(few):
    before = hashes(few)
    for who, up in (("dana", "ana"), ("ray", "ana"), ("ana", "ana")):
        with pytest.raises(Refused, match="below them, or to themselves") as refusal:
            report(few, who, up, MAY)
        assert refusal.value.parts()["where"] == f"{who} → {up}"
        assert all(refusal.value.parts().values())
    assert hashes(few) == before


def test_two_managers_in_one_file_are_asked_about_and_two_in_a_row_follow_each_other(few):
    with pytest.raises(QuestionsOpen, match="Ana"):
        commit(few, looked_at(few, "name,manager\nAna,Noor\nAna,Ray\n", "people.csv"))
    report(few, "ana", "noor", date(2026, 2, 10))
    report(few, "ana", "ray", date(2026, 2, 11))
    assert faults(few) == []
    assert booked(few) == {
        "all": 100,
        "ana": 90,
        "ben": 10,
        "cy": 0,
        "dana": 10,
        "noor": 90,
        "ray": 100,
    }


def test_months_without_a_manager_lose_nothing_from_the_whole(few):
    quota(few, "ana", 1200)
    report(few, "ana", None, date(2026, 2, 1))
    found = standing(few, "2026-Q1")
    assert found["all"] == (2, 100, 300, 300)
    assert found["ana"] == (1, 90, 300, None)
    assert found["dana"] == (1, 10, 100, 100) == found["ray"]


def test_a_team_of_one_is_that_one(engine):
    commit(engine, looked_at(engine, "name,manager\nAna,\n", "people.csv", exported_on=MAY))
    commit(
        engine,
        looked_at(engine, "deal id,owner,stage,amount,close date\nD1,Ana,Won,9.5,2026-02-10\n"),
    )
    quota(engine, "ana", 12)
    assert standing(engine, "2026-Q1") == {
        "all": (1, Decimal("9.5"), 3, 3),
        "ana": (1, Decimal("9.5"), 3, None),
    }


def test_where_nobody_has_a_quota_nobody_has_an_attainment(few):
    rows = rows_of(few, "attainment", asked(few, "2026-Q1", AFTER))
    assert {row["person_id"]: row["booked_usd"] for row in rows} == booked(few)
    assert {(row["quota_usd"], row["attainment"], row["gap_usd"]) for row in rows} == {(None,) * 3}


# Told late, and round a circle


def test_who_gets_a_manager_after_a_gap_has_never_two_at_once(few):
    was = booked(few)
    report(few, "ana", None, date(2026, 4, 1))
    report(few, "ana", "noor", MAY)
    assert (faults(few), booked(few)) == ([], was)


def test_who_comes_to_lead_the_head_above_them_is_counted_once(few):
    """The head's first manager has always been it, when that one still was below."""
    was = booked(few)
    commit(few, looked_at(few, "name,manager\nCy,Vi\n", "people.csv", exported_on=date(2026, 6, 2)))
    report(few, "ray", "cy", date(2026, 7, 1))
    assert {who: booked(few)[who] for who in was} == was


def test_a_circle_of_some_months_only_counts_nobody_twice(few):
    report(few, "ana", "noor", date(2026, 8, 1))
    before = hashes(few)
    with pytest.raises(Refused, match="in a circle on some days"):
        report(few, "dana", "ana", date(2026, 2, 1))
    assert hashes(few) == before


def test_a_circle_in_a_file_is_refused_with_its_people_and_lines(few):
    before, text = hashes(few), "name,manager\nCy,Noor\nRay,Ana\n"
    with pytest.raises(Refused, match="in a circle: Ana, Dana, Ray") as refusal:
        looked_at(few, text, "people.csv", exported_on=date(2026, 6, 2))
    assert refusal.value.parts()["where"] == "lines 3"
    assert hashes(few) == before


def test_months_add_up_where_a_managers_quota_begins_in_mid_quarter(few):
    quota(few, "ana", 1200)
    quota(few, "dana", 150, months=MONTHS[:1])
    months = [standing(few, f"2026-0{n}")["dana"][2] for n in (1, 2, 3)]
    assert standing(few, "2026-Q1")["dana"][2] == sum(months)


def test_a_move_told_late_holds_from_its_day(few):
    """As a correction after a later move: Cy is Dana's from February on."""
    report(few, "cy", "ana", date(2026, 8, 1))
    report(few, "cy", "dana", date(2026, 2, 1))
    assert booked(few, "2026-Q2")["dana"] == 7


def test_a_revision_told_late_holds_from_its_day(few):
    for usd, day in ((300, date(2026, 1, 1)), (600, date(2026, 9, 1)), (450, MAY)):
        quota(few, "ana", usd, on=day)
    assert standing(few, "2026", date(2026, 6, 1))["ana"][2] == 450


# Dated ahead, nought, and who led once


def test_a_weekly_file_leaves_what_is_dated_later_alone(few):
    """Ana goes to Noor in August, with another quota: the files of June still say what is so."""
    quota(few, "ana", 1200)
    report(few, "ana", "noor", date(2026, 8, 1))
    quota(few, "ana", 2400, on=date(2026, 8, 1))
    june = {"exported_on": date(2026, 6, 2)}
    commit(few, looked_at(few, "name,manager\nAna,Dana\n", "people.csv", **june))
    commit(few, looked_at(few, "person,period,quota\nAna,2026,1200\n", "quotas.csv", **june))
    found = [
        row["manager_id"]
        for day in (date(2026, 7, 31), date(2026, 8, 1))
        for row in rows_of(few, "team", asked(few, "2026", day))
        if row["person_id"] == "ana"
    ]
    assert found == ["dana", "noor"]
    assert standing(few, "2026", date(2026, 7, 1))["ana"][2] == 1200
    assert standing(few, "2026", date(2026, 8, 2))["ana"][2] == 2400
    assert faults(few) == []


def test_a_file_that_differs_holds_until_what_is_dated_later(few):
    report(few, "ana", "noor", date(2026, 8, 1))
    june = date(2026, 6, 2)
    commit(few, looked_at(few, "name,manager\nAna,Ray\n", "people.csv", exported_on=june))
    found = {
        day: row["manager_id"]
        for day in (date(2026, 6, 1), june, date(2026, 8, 1))
        for row in rows_of(few, "team", asked(few, "2026", day))
        if row["person_id"] == "ana"
    }
    assert list(found.values()) == ["dana", "ray", "noor"]
    assert faults(few) == []


def test_a_managers_quota_of_nought_is_none(few):
    quota(few, "ana", 1200)
    quota(few, "dana", 0)
    found = standing(few, "2026")
    assert found["dana"][2] == found["all"][2] == 1200


def test_whoever_led_a_team_keeps_the_sight_of_what_it_closed(few):
    dana = Scope("dana", "director")
    was = {row["person_id"] for row in rows_of(few, "attainment", asked(few, "2026-Q1"), dana)}
    for who in ("ana", "ben"):
        report(few, who, "noor", date(2026, 8, 1))
    assert scope_of(few, "Dana", AFTER) == dana
    closed = asked(few, "2026-Q1", date(2026, 3, 31))
    assert {row["person_id"] for row in rows_of(few, "attainment", closed, dana)} == was
