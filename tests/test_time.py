"""From when is a change true, and what did it look like on any day?"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quarterdeck.engine import DuckDBEngine
from quarterdeck.importing.undoing import undo_import
from quarterdeck.people import OWNER
from tests.conftest import TODAY, asked, commit, hashes, looked_at, rows_of
from tests.exam.figures import sized

HEAD = "deal id,deal name,owner,stage,amount,created,close date,stage entered date\n"
OCTOBER = date(2026, 10, 1)


def versions(engine, deal_id="D1"):
    with engine.looking() as cursor:
        return cursor.execute(
            "select valid_from, valid_to, outcome, stage_name, owner_id, amount_usd, origin "
            "from deal_version where superseded_at is null and deal_id = $deal_id order by 1",
            {"deal_id": deal_id},
        ).fetchall()


def booked(engine, as_of, period="2026", **chosen):
    rows = rows_of(engine, "attainment", asked(engine, period, as_of, **chosen))
    return {row["person_name"]: row["booked_usd"] for row in rows}


def test_a_won_deal_was_open_from_creation_to_its_closing_day(drop, engine):
    drop(HEAD + "D1,Fibre,Ana,Won,100,2026-08-01,2026-10-05,\n")
    open_then, won = versions(engine)
    assert open_then[:4] == (date(2026, 8, 1), date(2026, 10, 5), "open", None)
    assert open_then[-1] == "reconstructed"
    assert won[:4] == (date(2026, 10, 5), date(9999, 12, 31), "won", "Won")


def test_what_is_not_known_of_the_past_is_not_invented(drop, engine):
    drop(HEAD + "D1,Fibre,Ana,Won,100,2026-08-01,2026-10-05,\n")
    assert versions(engine)[0][5] is None


def test_an_open_deal_is_in_its_stage_since_it_entered_it(drop, engine):
    drop(HEAD + "D1,Fibre,Ana,Proposal,100,2026-08-01,2026-12-05,2026-09-15\n")
    assert [row[:2] for row in versions(engine)] == [
        (date(2026, 8, 1), date(2026, 9, 15)),
        (date(2026, 9, 15), date(9999, 12, 31)),
    ]


def test_a_deal_without_any_date_is_known_from_the_exports_day(drop, engine):
    drop(HEAD + "D1,Fibre,Ana,Proposal,100,,,\n")
    assert versions(engine)[0][0] == date(2026, 11, 20)


def test_booked_begins_on_the_end_of_the_closing_day(drop, engine):
    drop(HEAD + "D1,Fibre,Ana,Won,100,2026-08-01,2026-10-05,\n")
    assert booked(engine, date(2026, 10, 4))["Ana"] == 0
    assert booked(engine, date(2026, 10, 5))["Ana"] == 100


def test_a_deal_closed_before_the_month_ended_is_booked_in_it_though_exported_later(drop, engine):
    drop(HEAD + "D1,Fibre,Ana,Proposal,100,2026-08-01,2026-09-30,\n", exported_on=date(2026, 9, 28))
    drop(HEAD + "D1,Fibre,Ana,Won,100,2026-08-01,2026-09-30,\n", exported_on=date(2026, 10, 2))
    assert booked(engine, date(2026, 9, 30), "2026-09")["Ana"] == 100
    assert booked(engine, date(2026, 9, 29), "2026-09")["Ana"] == 0


def test_a_change_that_no_row_dates_starts_on_the_exports_day(drop, engine):
    drop(HEAD + "D1,Fibre,Ana,Proposal,100,2026-08-01,2026-12-05,\n", exported_on=OCTOBER)
    drop(HEAD + "D1,Fibre,Ana,Proposal,130,2026-08-01,2026-12-05,\n", exported_on=date(2026, 10, 8))
    assert [(row[0], row[5]) for row in versions(engine)] == [
        (date(2026, 8, 1), Decimal(100)),
        (date(2026, 10, 8), Decimal(130)),
    ]


def test_a_deal_that_changes_hands_after_closing_keeps_its_credit(drop, engine):
    drop(HEAD + "D1,Fibre,Ana,Won,100,2026-08-01,2026-10-05,\n", exported_on=date(2026, 10, 8))
    drop(HEAD + "D1,Fibre,Ben,Won,100,2026-08-01,2026-10-05,\n", exported_on=date(2026, 11, 2))
    assert booked(engine, date(2026, 11, 20)) == {"All": 100, "Ana": 100, "Ben": 0}


def test_a_field_without_a_column_stays_as_it_was(drop, engine):
    drop(HEAD + "D1,Fibre,Ana,Proposal,100,2026-08-01,2026-12-05,\n", exported_on=OCTOBER)
    drop("deal id,stage\nD1,Contract\n", exported_on=date(2026, 10, 8))
    assert versions(engine)[-1][3:6] == ("Contract", "ana", Decimal(100))


def test_an_emptied_cell_is_emptied(drop, engine):
    drop(HEAD + "D1,Fibre,Ana,Proposal,100,2026-08-01,2026-12-05,\n", exported_on=OCTOBER)
    drop("deal id,stage,amount\nD1,Proposal,\n", exported_on=date(2026, 10, 8))
    assert versions(engine)[-1][5] is None


def test_a_deal_missing_from_a_full_export_is_removed_and_from_a_partial_one_left_alone(
    drop, engine
):
    two = HEAD + "D1,A,Ana,Open,1,,,\nD2,B,Ana,Open,1,,,\n"
    drop(two, exported_on=OCTOBER)
    drop(HEAD + "D2,B,Ana,Open,1,,,\n", exported_on=date(2026, 10, 8), extent="partial")
    assert versions(engine)[-1][2] == "open"
    drop(HEAD + "D2,B,Ana,Open,2,,,\n", exported_on=date(2026, 10, 9), extent="full")
    assert versions(engine)[-1][:3] == (date(2026, 10, 9), date(9999, 12, 31), "removed")


def test_a_won_deal_missing_from_a_full_export_stays_won(drop, engine):
    drop(HEAD + "D1,A,Ana,Won,1,,2026-09-01,\nD2,B,Ana,Open,1,,,\n", exported_on=OCTOBER)
    drop(HEAD + "D2,B,Ana,Open,2,,,\n", exported_on=date(2026, 10, 9), extent="full")
    assert booked(engine, date(2026, 10, 9))["Ana"] == 1


def test_an_export_with_most_open_deals_is_taken_as_full_and_said(drop, engine):
    ten = "".join(f"D{n},A,Ana,Open,1,,,\n" for n in range(10))
    drop(HEAD + ten, exported_on=OCTOBER)
    eight = looked_at(engine, HEAD + "".join(f"D{n},A,Ana,Open,2,,,\n" for n in range(8)))
    seven = looked_at(engine, HEAD + "".join(f"D{n},A,Ana,Open,2,,,\n" for n in range(7)))
    assert (eight.report["extent"], eight.report["changes"]["gone"]) == ("full", 2)
    assert (seven.report["extent"], seven.report["changes"]["gone"]) == ("partial", 0)
    assert "extent" in eight.report["assumed"]


def test_a_deal_that_comes_back_is_reopened(drop, engine):
    drop(HEAD + "D1,A,Ana,Lost,1,,2026-09-01,\n", exported_on=OCTOBER)
    report = drop(HEAD + "D1,A,Ana,Open,1,,2026-12-01,\n", exported_on=date(2026, 10, 8))
    assert report["changes"]["reopened"] == 1
    assert [row[2] for row in versions(engine)] == ["lost", "open"]


def test_a_first_manager_has_always_been_it_and_a_later_one_from_the_exports_day(drop, engine):
    drop(HEAD + "D1,A,Ana,Won,5,,2026-09-01,\nD2,B,Ana,Won,7,,2026-10-20,\n")
    drop("name,manager\nAna,Dana\nBen,Noor\n", "p.csv", exported_on=OCTOBER)
    drop("name,manager\nAna,Noor\n", "p.csv", exported_on=date(2026, 10, 8))
    now = booked(engine, date(2026, 11, 20))
    assert (now["Dana"], now["Noor"], now["All"]) == (5, 7, 12)


def test_two_exports_of_one_day_leave_the_second_standing(drop, engine):
    drop(HEAD + "D1,A,Ana,Open,1,,,\n", exported_on=OCTOBER)
    drop(HEAD + "D1,A,Ana,Open,2,,,\n", exported_on=OCTOBER)
    assert [(row[0], row[5]) for row in versions(engine)] == [(OCTOBER, Decimal(2))]


def test_another_currency_has_no_dollars_until_there_is_a_rate(drop, engine):
    head = "deal id,owner,stage,amount,currency,close date\n"
    drop(head + "D1,Ana,Won,5,USD,2026-10-02\nD2,Ana,Won,9,EUR,2026-10-02\n")
    assert booked(engine, date(2026, 11, 20))["Ana"] == 5


def test_a_first_file_in_one_currency_settles_it(drop, engine):
    drop("deal id,owner,stage,amount,currency,close date\nD1,Ana,Won,9,EUR,2026-10-02\n")
    assert booked(engine, date(2026, 11, 20))["Ana"] == 9
    assert rows_of(engine, "settings", asked(engine)) == [
        {"name": "reporting_currency", "value": "EUR"}
    ]


STAGES = st.sampled_from(["Prospecting", "Proposal", "Won", "Lost"])
DEAL = st.tuples(STAGES, st.sampled_from(["Ana", "Ben", ""]), st.integers(0, 10**9))
SNAPSHOT = st.dictionaries(st.sampled_from(["D1", "D2", "D3", "D4"]), DEAL, min_size=1)


def exported(snapshot, day):
    rows = (
        f"{deal},N,{owner},{stage},{cents / 100:.2f},,{day if stage in ('Won', 'Lost') else ''},\n"
        for deal, (stage, owner, cents) in sorted(snapshot.items())
    )
    return HEAD + "".join(rows)


@pytest.mark.exam
@settings(max_examples=sized(12, 100), deadline=None)
@given(st.lists(SNAPSHOT, min_size=1, max_size=4))
def test_as_of_any_day_is_what_a_plain_replay_says(tmp_path_factory, snapshots):
    """Full weekly exports, replayed by a dictionary; then taken back one by one."""
    engine = DuckDBEngine(tmp_path_factory.mktemp("replay") / "q.duckdb")
    replay, truth, batches, seen = {}, [], [], [hashes(engine)]
    for week, snapshot in enumerate(snapshots):
        day = OCTOBER + timedelta(weeks=week)
        staged = looked_at(engine, exported(snapshot, day), exported_on=day, extent="full")
        batches.append(commit(engine, staged)["batch_id"])
        seen.append(hashes(engine))
        gone = {
            d: ("removed", *row[1:]) for d, row in replay.items() if row[0] not in ("Won", "Lost")
        }
        replay = replay | gone | snapshot
        truth.append((day, dict(replay)))
    for day, expected in truth:
        with engine.looking() as cursor:
            found = cursor.execute(
                "select deal_id, stage_name, outcome, owner_id, (filed_usd * 100)::bigint "
                "from deals_at($day)",
                {"day": day + timedelta(days=3)},
            ).fetchall()
        assert {
            d: (outcome if outcome == "removed" else stage, owner, cents)
            for d, stage, outcome, owner, cents in found
        } == {d: (stage, owner.lower(), cents) for d, (stage, owner, cents) in expected.items()}
    for batch, before in zip(reversed(batches), reversed(seen[:-1]), strict=True):
        if batches.count(batch) == 1:
            undo_import(engine, batch, scope=OWNER)
            assert hashes(engine) == before
    engine.close()


def test_a_deal_won_before_its_expected_day_is_won_from_the_exports_day(drop, engine):
    drop(HEAD + "D1,A,Ana,Won,5,2026-08-01,2026-12-24,\n")
    assert [(row[0], row[2]) for row in versions(engine)] == [
        (date(2026, 8, 1), "open"),
        (date(2026, 11, 20), "won"),
    ]


def test_deals_without_a_start_date_are_listed_for_days_before_the_first_export(maven):
    """1,686 are open in the middle of 2017 as far as dates tell; 500 more have none."""
    then = asked(maven, "2017-Q2", date(2017, 6, 30))
    assert sum(row["deals"] for row in rows_of(maven, "funnel", then)) == 1686
    found = rows_of(maven, "undated_deals", asked(maven, "2017-Q2", TODAY), rows_shown=3)
    assert len(found) == 3
    assert {(row["deals_in_all"], row["begins_on"]) for row in found} == {(500, date(2017, 12, 31))}


def test_a_deal_that_came_with_a_later_export_is_not_among_those_without_a_start(drop, engine):
    drop(HEAD + "D1,A,Ana,Open,1,,,\n", exported_on=OCTOBER)
    drop(HEAD + "D1,A,Ana,Open,1,,,\nD2,B,Ana,Open,1,,,\n", exported_on=date(2026, 10, 8))
    found = rows_of(engine, "undated_deals", asked(engine))
    assert [row["deal_id"] for row in found] == ["D1"]
