"""What is each quota, and do they add up? Typed, pro-rated, revised, with its history."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pandas as pd
import pytest

from quarterdeck import clock, reads
from quarterdeck.commands.capacity import SetCapacity, set_capacity
from quarterdeck.commands.people import (
    AddPerson,
    SetManager,
    SetRole,
    add_person,
    set_manager,
    set_role,
)
from quarterdeck.commands.persons import ChangePerson, change_person
from quarterdeck.commands.quotas import (
    OVER_LINES,
    SetQuota,
    SetQuotaMonths,
    set_quota,
    set_quota_months,
)
from quarterdeck.commands.settings import ChangeSetting, change_setting
from quarterdeck.domain.capacity import Position, Spell, prorated, ramp_in, shares
from quarterdeck.engine import DuckDBEngine
from quarterdeck.importing.unanswered import QuestionsOpen
from quarterdeck.importing.undoing import undo_import
from quarterdeck.people import OWNER, Scope
from quarterdeck.refusal import Refused
from quarterdeck.ui import adding_up, quota_grid, quotas, session
from quarterdeck.ui.sections import PAGES
from tests.conftest import TODAY, asked, commit, faults, hashes, looked_at, rows_of
from tests.test_pages import answer, opened, told

PEOPLE = (
    "name,manager,role,hired on\nAna,Dana,executive,2020-01-01\nBen,Dana,executive,2020-01-01\n"
    "Cy,Dana,executive,2026-04-01\nDana,,director,2019-01-01\n"
)
YEAR = [date(2026, month, 1) for month in range(1, 13)]


@pytest.fixture
def team(engine, drop):
    drop(PEOPLE, "people.csv")
    return engine


def months(engine, person, line="", period="2026", as_of=TODAY):
    found = rows_of(engine, "quota_months", asked(engine, period, as_of))
    rows = [one for one in found if (one["person_id"], one["product_line"]) == (person, line)]
    return {one["month_on"]: one["own_quota_usd"] for one in rows}


def typed(person, usd, **more):
    return SetQuota(person, tuple(YEAR), Decimal(usd), TODAY, **more)


# Pro-rated by what is filled


def test_a_late_start_counts_by_whole_months(team):
    set_quota(team, typed("cy", 900_000, is_prorated=True), scope=OWNER)
    found = months(team, "cy")
    assert sum(found.values()) == Decimal(675_000)
    assert [found[month] for month in YEAR[:4]] == [0, 0, 0, Decimal(75_000)]


def test_what_is_not_pro_rated_stays_as_it_was_typed(team):
    set_quota(team, typed("cy", 900_000), scope=OWNER)
    assert sum(months(team, "cy").values()) == Decimal(900_000)


def test_leave_part_time_and_ramp_count_for_less(team):
    change_setting(team, ChangeSetting("ramp", "0,50"), scope=OWNER)
    leave = SetCapacity("cy", "leave", Decimal(0), date(2026, 7, 1), date(2026, 9, 1))
    part_time = SetCapacity("cy", "part time", Decimal("0.5"), date(2026, 11, 1))
    for command in (leave, part_time):
        set_capacity(team, command, scope=OWNER)
    set_quota(team, typed("cy", 1200, is_prorated=True), scope=OWNER)
    quarters = [0, 0, 0, 0, 50, 100, 0, 0, 100, 100, 50, 50]
    assert list(months(team, "cy").values()) == list(map(Decimal, quarters))
    assert not faults(team)


def test_a_month_counts_as_its_middle_day_does(team):
    known = reads.calendar(team)
    for hired, first in ((date(2026, 4, 15), 4), (date(2026, 4, 16), 5)):
        found = shares(known, YEAR, Position(hired_on=hired), ())
        assert found.index(1) == first - 1
    left = shares(known, YEAR, Position(left_on=date(2026, 10, 14)), ())
    assert [month.month for month, share in zip(YEAR, left, strict=True) if share] == [
        *range(1, 10)
    ]


def test_an_own_ramp_stands_instead_of_the_usual_one(team):
    known, hired = reads.calendar(team), date(2026, 1, 1)
    own = Spell("ramp", Decimal("0.9"), hired, date(2026, 3, 1))
    found = shares(known, YEAR[:4], Position(hired, None, (own,)), (0, 25, 50, 75))
    assert found == [Decimal("0.9"), Decimal("0.9"), 1, 1]
    assert prorated([Decimal("33.33")] * 4, found)[0] == Decimal("30.00")


def test_a_spell_set_over_another_keeps_what_lies_outside(team):
    def standing():
        with team.looking() as cursor:
            return cursor.execute(
                "select share, valid_from, valid_to from person_capacity "
                "where superseded_at is null order by valid_from"
            ).fetchall()

    year_end, forever = date(2027, 1, 1), date(9999, 12, 31)
    half, whole = Decimal("0.5"), Decimal(1)
    set_capacity(team, SetCapacity("ana", "part time", half, YEAR[0]), scope=OWNER)
    set_capacity(team, SetCapacity("ana", "part time", whole, YEAR[5], year_end), scope=OWNER)
    assert standing() == [(half, YEAR[0], YEAR[5]), (half, year_end, forever)]
    assert not faults(team)


@pytest.mark.parametrize(
    ("text", "ramp"),
    [("none", ()), ("", ()), ("0, 25 %,50", (0, 25, 50)), ("101", None), ("a", None), ("-1", None)],
)
def test_a_ramp_is_read_as_percentages_of_the_first_months(text, ramp):
    assert ramp_in(text) == ramp


def test_a_file_of_yearly_quotas_asks_whether_they_are_for_whole_positions(team):
    text = "person,period,quota\nAna,2026,1200\nCy,2026,1200\nCy,2027,1200\n"
    asking = looked_at(team, text, "plan.csv")
    (question,) = asking.report["questions"]
    assert question["id"] == "prorate"
    assert question["ask"].startswith("Cy fills less")
    with pytest.raises(QuestionsOpen):
        commit(team, asking)
    for said, first_year in (("as they are", 1200), ("pro-rated", 900)):
        report = commit(team, looked_at(team, text, "plan.csv", answers={"prorate": said}))
        assert sum(months(team, "cy").values()) == first_year
        assert sum(months(team, "cy", period="2027").values()) == 1200
        assert sum(months(team, "ana").values()) == 1200
        undo_import(team, report["batch_id"], scope=OWNER)


def test_quotas_of_single_months_ask_nothing(team):
    text = "person,period,quota\nCy,2026-01,1200\nCy,2026-05,1200\nAna,2026,5\n"
    staged = looked_at(team, text, "plan.csv")
    assert staged.report["questions"] == []
    commit(team, staged)
    assert months(team, "cy")[YEAR[0]] == 1200


def test_an_answer_that_is_none_is_refused(team):
    with pytest.raises(Refused, match="not one of the choices"):
        looked_at(team, "person,period,quota\nCy,2026,1\n", "q.csv", answers={"prorate": "so"})


def test_rows_of_quotas_that_cannot_be_meant_are_rejected_or_said(team):
    drop_text = (
        "person,period,quota\nAna,2026,-5\nAna,2026-13,5\nZoe,2026-01,7\nBen,2026-02,\n"
        "Ben,2026-03,many\nDana,2027-01,4\n"
    )
    change_person(team, ChangePerson("dana", "Dana", left_on=date(2026, 12, 31)), scope=OWNER)
    report = looked_at(team, drop_text, "q.csv").report
    assert report["rows"] == {"in_file": 6, "good": 4, "rejected": 2, "blank": 0}
    assert [(one["line"], one["reason"][:24]) for one in report["rejects"]] == [
        (2, "a quota cannot be below "),
        (3, "period not known: write "),
    ]
    assert [cell["value"] for cell in report["cells"]] == ["many"]
    said = "\n".join(warning["say"] for warning in report["warnings"])
    assert "by the name of Zoe: they become new people" in said
    assert "after somebody left: Dana on 2026-12-31" in said
    assert "2 rows have no quota, line 5 first" in said
    with pytest.raises(Refused):
        commit(team, looked_at(team, drop_text, "q.csv"))


# Lines, bases, revisions


def test_a_total_over_lines_keeps_their_proportion_to_the_cent(team, drop):
    drop("person,period,product line,quota\nAna,2026,Cloud,600\nAna,2026,Data,300\n", "q.csv")
    set_quota(team, typed("ana", "1000", product_line=OVER_LINES), scope=OWNER)
    cloud, data = months(team, "ana", "Cloud"), months(team, "ana", "Data")
    assert sum(cloud.values()) + sum(data.values()) == Decimal(1000)
    assert all(abs(cloud[each] - 2 * data[each]) <= Decimal("0.02") for each in YEAR)
    assert months(team, "ana") == {}


def test_months_typed_alone_move_nothing_else(team):
    set_quota(team, typed("ana", 1200), scope=OWNER)
    command = SetQuotaMonths("ana", (YEAR[2], YEAR[4]), (Decimal(7), Decimal(8)), TODAY)
    set_quota_months(team, command, scope=OWNER)
    found = months(team, "ana")
    assert (found.pop(YEAR[2]), found.pop(YEAR[4])) == (7, 8)
    assert set(found.values()) == {Decimal(100)}
    assert set(months(team, "ana", as_of=date(2026, 1, 31)).values()) == {Decimal(100)}


def test_of_two_revisions_of_one_day_the_last_counts_and_neither_holds_twice(team):
    for usd in (1200, 2400, 3600):
        set_quota(team, typed("ana", usd), scope=OWNER)
    assert set(months(team, "ana").values()) == {Decimal(300)}
    assert set(months(team, "ana", as_of=date(2026, 1, 1)).values()) == {Decimal(100)}
    assert faults(team) == []


def test_a_quota_may_count_monthly_recurring_revenue(team):
    set_quota(team, typed("ana", 1200, basis="mrr"), scope=OWNER)
    assert months(team, "ana") == {}
    found = rows_of(team, "quota_months", asked(team, "2026", basis="mrr"))
    assert sum(one["own_quota_usd"] for one in found) == 1200


@pytest.mark.parametrize(
    "command",
    [
        typed("ana", -1),
        typed("ana", "NaN"),
        typed("ana", 10**14),
        typed("ana", 1, basis="units"),
        typed("nobody", 1),
        SetQuota("ana", (), Decimal(1), TODAY),
    ],
    ids=["negative", "no number", "huge", "unknown basis", "unknown person", "no month"],
)
def test_what_is_no_quota_is_refused_and_nothing_changes(team, command):
    before = hashes(team)
    with pytest.raises(Refused) as refused:
        set_quota(team, command, scope=OWNER)
    assert all(refused.value.parts().values())
    assert hashes(team) == before


def test_the_second_of_two_who_type_at_once_sees_both(team):
    set_quota(team, typed("ana", 1200), scope=OWNER)
    seen = team.data_version()
    set_quota_months(
        team, SetQuotaMonths("ana", (YEAR[0],), (Decimal(5),), TODAY, seen=seen), scope=OWNER
    )
    with pytest.raises(Refused, match=r"you saw “.*Jan 2026 100\.00.*it is now “.*Jan 2026 5\.00"):
        set_quota(team, typed("ana", 2400, seen=seen), scope=OWNER)
    set_quota(team, typed("ben", 2400, seen=seen), scope=OWNER)


def test_the_history_says_who_set_what_and_what_was_before(team, drop):
    drop("person,period,quota\nAna,2026,1200\nBen,2026,600\n", "plan.csv")
    set_quota(team, typed("ana", 2400), scope=Scope("dana", "director"))
    newest, *older = rows_of(team, "quota_history", asked(team, "2026"))
    assert (newest["person_id"], newest["actor"], newest["command"]) == ("ana", "dana", "SetQuota")
    assert (newest["before_usd"], newest["after_usd"], newest["months"]) == (1200, 2400, 12)
    assert (newest["holds_from_on"], newest["is_standing"]) == (TODAY, True)
    before, *_ = rows_of(team, "quota_history", asked(team, "2026", date(2026, 11, 1)))
    assert (newest["is_ahead"], before["is_ahead"]) == (False, True)
    assert [(one["file_name"], one["before_usd"], one["is_standing"]) for one in older] == [
        ("plan.csv", None, False),
        ("plan.csv", None, True),
    ]
    assert (
        rows_of(team, "quota_history", asked(team, "2026"), Scope("ben", "executive"))[0][
            "person_id"
        ]
        == "ben"
    )


# Do they add up?


def page(engine, period="2026"):
    filters = asked(engine, period)
    team = reads.answer(engine, OWNER, filters, "attainment")
    people = reads.answer(engine, OWNER, filters, "people")
    return team, people, quotas.found(team, people, filters.period), filters.period


def test_the_finding_says_what_is_assigned_against_the_own_quota(team):
    assert page_says(team).startswith("No quota is known in 2026")
    for person, usd in (("ana", 600), ("ben", 600), ("dana", 1000)):
        set_quota(team, typed(person, usd), scope=OWNER)
    said = "$1.20 k is assigned in 2026, 20 % above Dana’s own $1.00 k. Cy has none."
    assert page_says(team) == said
    set_quota(team, typed("cy", 300), scope=OWNER)
    set_quota(team, typed("dana", 2000), scope=OWNER)
    assert "25 % short of Dana’s own" in page_says(team)


def page_says(engine):
    _, _, found, period = page(engine)
    return quotas.finding(found, period).replace("\u202f", " ").replace("\u2060", "")


def test_whoever_left_before_or_comes_later_lacks_no_quota(team):
    _, _, found, _ = page(team, "2026-Q1")
    assert "cy" not in set(found.without["person_id"])
    _, _, found, _ = page(team, "2026-Q2")
    assert "cy" in set(found.without["person_id"])


def test_a_vacant_seat_is_named_with_its_quota_and_in_the_roll_up(team):
    seat = add_person(team, AddPerson("Open seat", kind="seat"), scope=OWNER)
    set_role(team, SetRole(seat, "executive", YEAR[0]), scope=OWNER)
    set_manager(team, SetManager(seat, "dana", YEAR[0]), scope=OWNER)
    set_quota(team, typed(seat, 1200), scope=OWNER)
    table, people, found, _ = page(team)
    assert found.seats == {seat}
    dana = table[table["person_id"] == "dana"].iloc[0]
    assert dana["reports_quota_usd"] == 1200
    assert "vacant: Open seat" in adding_up._explained(table, dana, set(found.seats))


def test_people_who_moved_in_the_period_explain_the_difference(team):
    for person in ("ana", "ben"):
        set_quota(team, typed(person, 1200), scope=OWNER)
    add_person(team, AddPerson("Noor"), scope=OWNER)
    set_manager(team, SetManager("ben", "noor", date(2026, 7, 1)), scope=OWNER)
    table, _, found, _ = page(team)
    dana, noor = (table[table["person_id"] == each].iloc[0] for each in ("dana", "noor"))
    assert (dana["reports_quota_usd"], noor["reports_quota_usd"]) == (1800, 600)
    assert "$600.00 from who came or left" in adding_up._explained(table, dana, set())
    assert isinstance(found.managers, pd.DataFrame)


# On the page


QUOTAS = PAGES / "quotas.py"


@pytest.fixture
def shown(database, monkeypatch):
    monkeypatch.setenv(clock.VARIABLE, str(TODAY))
    engine = DuckDBEngine(database)
    commit(engine, looked_at(engine, PEOPLE, "people.csv"))
    set_quota(engine, typed("ana", 1200), scope=OWNER)
    set_quota(engine, typed("dana", 1000), scope=OWNER)
    engine.close()
    return database


def test_the_page_says_what_is_assigned_who_has_none_and_what_was_set(shown):
    screen = opened(QUOTAS, period="2026")
    assert answer(screen) == (
        "$1.20 k is assigned in 2026, 20 % above Dana’s own $1.00 k. 2 of 3 executives have none."
    )
    said = told(screen)
    assert "Ana:** $1,200.00 for 12 months from Jan 2026" in said
    assert "Nothing is typed yet." in said


def test_without_anybody_it_leads_to_a_file(database):
    assert answer(opened(QUOTAS)) == "Nobody can say yet: there are no deals."


def test_an_executive_reads_the_own_quota_only(shown, monkeypatch):
    monkeypatch.setattr(session, "viewer", lambda: Scope("ana", "executive"))
    screen = opened(QUOTAS, period="2026")
    assert not screen.exception
    assert [button.label for button in screen.button if "Save" in button.label] == []
    assert "Ben" not in told(screen)


def grid(engine, period="2026"):
    table, people, found, _ = page(engine, period)
    quotas_known = reads.answer(engine, OWNER, asked(engine, period), "quota_months")
    labels = {month: f"{month:%b %Y}" for month in YEAR}
    return quota_grid.rows(found, quotas_known, labels, OVER_LINES)


def test_the_grid_holds_each_month_and_their_total_whoever_has_none(team, drop):
    drop("person,period,product line,quota\nAna,2026,Cloud,600\nAna,2026,Data,300\n", "q.csv")
    rows = grid(team)
    assert list(rows.columns) == ["Name", "Total", *(f"{month:%b %Y}" for month in YEAR)]
    assert rows.loc["ana", "Total"] == 900
    assert rows.loc["ana", "Jan 2026"] == 75
    assert rows.loc[["ben", "cy", "dana"]].drop(columns="Name").isna().to_numpy().all()


def test_what_was_typed_becomes_one_change_a_person_and_months_outweigh_a_total(team):
    set_quota(team, typed("ana", 1200), scope=OWNER)
    before = grid(team)
    after = before.copy()
    after.loc["ana", ["Jan 2026", "Feb 2026", "Total"]] = [5.5, 6, 9999]
    after.loc["ben", "Total"] = 2400.126
    after.loc["dana", "Mar 2026"] = None
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(session, "engine", lambda: team)
        patch.setattr(session, "viewer", lambda: OWNER)
        holds = quota_grid.Typed(tuple(YEAR), OVER_LINES, TODAY, False, "amount", None)
        acts = quota_grid.changes(before, after, holds)
        assert len(acts) == 2
        for act in acts:
            act()
    assert list(months(team, "ana").values())[:3] == [Decimal("5.50"), 6, 100]
    assert sum(months(team, "ben").values()) == Decimal("2400.13")
    assert quota_grid.emptied(before, after) == 0
    after.loc["ana", "Mar 2026"] = None
    assert quota_grid.emptied(before, after) == 1
