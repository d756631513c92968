"""Does a file that tells what happened to deals come out as events?"""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quarterdeck.importing import surveying
from quarterdeck.importing.child import take_careful_road
from quarterdeck.importing.fields import parquet_columns
from quarterdeck.importing.refusing import FileRefused
from quarterdeck.importing.short_road import take_short_road
from quarterdeck.ui.words import counted
from tests.exam.figures import sized
from tests.test_child import parquet, run
from tests.test_roads import by
from tests.test_typed import DATA, said, typed

LOG = "Deal ID,Happened at,Stage,Amount,Close date,Owner\n"
CHANGED = "OpportunityId,CreatedDate,Field,OldValue,NewValue\n"
DAYS = "Deal ID,Amount,Entered Proposal,Date entered Closed Won,Became a Lead on\n"


moment = datetime.fromisoformat


def reasons(of) -> list[tuple[int, str, bool]]:
    return [(reject.line, reject.reason, reject.harmless) for reject in of.rejects]


def events(of) -> list[tuple[object, ...]]:
    return list(zip(of.rows["deal"], of.rows["happened_at"], of.rows["stage"], strict=True))


# One row an event


def test_an_event_is_a_deal_at_a_moment_with_what_became_of_it() -> None:
    rows = typed(LOG + 'D1,2026-03-01 09:30,Closed Won,"1,200.50",2026-03-31,Ana Lee\n')
    assert rows.mapping.entity == "stage_history"
    assert {name: column[0] for name, column in rows.rows.items()} == {
        "line": 2,
        "deal": "D1",
        "happened_at": moment("2026-03-01 09:30:00"),
        "stage": "Closed Won",
        "amount": Decimal("1200.50"),
        "close_on": date(2026, 3, 31),
        "owner": "Ana Lee",
        "deal_key": "d1",
        "owner_key": "ana lee",
        "owner_ref": "ana-lee",
        "outcome": "won",
        "place": 1,
    }


def test_only_the_fields_of_a_column_are_carried() -> None:
    rows = typed("Opportunity ID,Previous Stage,New Stage,Stage Entered Date\nD1,A,B,2026-03-01\n")
    assert rows.carried == ("deal", "happened_at", "stage")
    assert (rows.rows["stage"], rows.rows["outcome"]) == (["B"], ["open"])


def test_a_row_without_deal_or_day_is_rejected_and_one_that_says_nothing_is_harmless() -> None:
    rows = typed(
        LOG
        + ",2026-03-01,Won,,,\nD2,,Won,,,\nD3,soon,Won,,,\nD4,2026-03-01,,,,\nD5,2026-03-01,,5,,\n"
    )
    assert reasons(rows) == [
        (2, "Nothing names the deal: no Deal ID", False),
        (3, "No day on which it happened", False),
        (4, "No day that can be read on which it happened", False),
        (5, "Says nothing about stage, amount, close date or owner", True),
    ]
    assert (rows.good, rows.rows["line"], rows.rows["outcome"]) == (1, [6], [None])


def test_rows_out_of_order_and_at_one_time_stay_in_the_order_of_the_file() -> None:
    rows = typed(LOG + "D1,2026-03-02,B,,,\nD1,2026-03-01,A,,,\nD1,2026-03-01,C,,,\n")
    assert (rows.rows["stage"], rows.rows["place"]) == (["B", "A", "C"], [1, 2, 3])
    assert rows.questions == ()


def test_events_alike_in_everything_count_once() -> None:
    rows = typed(LOG + "D1,2026-03-01,A,,,\nD1,2026-03-01,A,,,\nD1,2026-03-01,A,5,,\n")
    assert (rows.good, rows.rows["line"]) == (3, [2, 4])
    assert "1 events repeat another one" in said(rows)


def test_a_moment_in_the_future_is_kept_and_said() -> None:
    rows = typed(LOG + "D1,2026-11-24,A,,,\nD1,2026-12-24,B,,,\n")
    assert (len(rows.rows["line"]), rows.exported_on) == (2, date(2026, 11, 24))
    assert "1 events lie after 2026-11-24" in said(rows)
    # Eight in the evening in Spokane, kept in UTC, is still the same day.
    late = typed(LOG + "D1,2026-11-24T20:00:00-08:00,A,,,\n", exported_on=date(2026, 11, 24))
    assert late.warnings == ()


def test_an_owner_column_of_ids_refers_to_them_as_they_are() -> None:
    by_id = typed("Deal ID,Happened at,Stage,OwnerId\nD1,2026-03-01,A,R 7\n")
    assert by_id.rows["owner_ref"] == ["R 7"]
    by_name = typed("Deal ID,Happened at,Stage,Owner\nD1,2026-03-01,A,R 7\n")
    assert by_name.rows["owner_ref"] == ["r-7"]


# One row a changed field


def test_each_changed_field_is_an_event_and_a_field_not_kept_is_harmless() -> None:
    rows = typed(
        CHANGED
        + "D1,2026-03-01 10:00,StageName,A,Closed Lost\n"
        + 'D1,2026-03-02 10:00,Amount,,"2,000"\n'
        + "D1,2026-03-03 10:00,CloseDate,,2026-06-30\n"
        + "D1,2026-03-04 10:00,NextStep,,Call\n"
        + "D1,2026-03-05 10:00,StageName,Closed Lost,\n"
    )
    assert rows.carried == ("deal", "happened_at", "stage", "amount", "close_on")
    assert rows.rows["stage"] == ["Closed Lost", None, None]
    assert rows.rows["amount"] == [None, Decimal("2000.00"), None]
    assert rows.rows["close_on"] == [None, None, date(2026, 6, 30)]
    assert rows.rows["outcome"] == ["lost", None, None]
    assert reasons(rows) == [
        (5, '"NextStep" is no stage, amount, close date or owner', True),
        (6, "Says nothing about stage, amount, close date or owner", True),
    ]
    assert rows.mapping.named()["amount"] == "NewValue"
    assert rows.mapping.unmapped() == ["OldValue"]


def test_a_property_history_is_read_by_the_names_of_its_properties() -> None:
    rows = typed(
        "deal_id,timestamp,name,source_id,value\n"
        "7,1772359200000,dealstage,x,closedwon\n"
        "7,1772359200000,amount,x,50\n7,1772359200000,hs_acv,x,600\n"
        "7,1772359200000,hubspot_owner_id,x,99\n"
    )
    assert rows.rows["happened_at"][0] == moment("2026-03-01 10:00:00")
    assert rows.rows["amount"] == [None, Decimal("50.00"), None]
    assert rows.rows["owner_ref"] == [None, None, "99"]
    assert [reject.value for reject in rows.rejects] == ["hs_acv"]


def test_an_owner_told_by_name_and_by_id_is_told_once() -> None:
    user = "005bm00000NCJmQAAX"
    rows = typed(
        CHANGED + f"D1,2026-03-01,Owner,,Ana Lee\nD1,2026-03-01,Owner,,{user}\n"
        f"D1,2026-03-02,Owner,,{user}\n"
    )
    assert rows.rows["owner_ref"] == ["ana-lee", user]
    assert reasons(rows) == [(3, "Another row tells of the same owner by name", True)]


def test_a_history_whose_field_names_mean_nothing_is_refused() -> None:
    with pytest.raises(FileRefused, match="No field here is known") as refusal:
        typed(CHANGED + "D1,2026-03-01,ky4p2Nx3U==,,9\n")
    assert "ky4p2Nx3U==" in refusal.value.what
    assert refusal.value.where == 'Column "Field".'


# One column a stage


def test_every_day_of_a_row_is_an_event_of_the_stage_its_column_names() -> None:
    rows = typed(DAYS + "D1,5,2026-03-01,2026-03-09,2026-02-01\nD2,6,2026-04-01,,\nD3,7,,N/A,\n")
    assert events(rows) == [
        ("D1", moment("2026-03-01"), "Proposal"),
        ("D1", moment("2026-03-09"), "Closed Won"),
        ("D1", moment("2026-02-01"), "Lead"),
        ("D2", moment("2026-04-01"), "Proposal"),
    ]
    assert (rows.rows["line"], rows.rows["place"]) == ([2, 2, 2, 3], [1, 2, 3, 4])
    assert (rows.good, len(rows.rejects), rows.sheet.in_file()) == (2, 1, 3)
    assert reasons(rows) == [(4, "No day in any of the columns", True)]
    assert "2 rows tell of 4 events" in said(rows)
    assert rows.carried == ("deal", "happened_at", "stage")
    assert rows.mapping.unmapped() == ["Amount"]


def test_a_day_that_cannot_be_read_is_listed_under_its_own_column() -> None:
    rows = typed(DAYS + "D1,5,soon,2026-03-09,\nD2,6,later,,soon\n")
    assert [(cell.line, cell.column, cell.value) for cell in rows.cells] == [
        (2, "Entered Proposal", "soon"),
        (3, "Entered Proposal", "later"),
        (3, "Became a Lead on", "soon"),
    ]
    assert events(rows) == [("D1", moment("2026-03-09"), "Closed Won")]
    assert reasons(rows) == [(3, "No day that can be read on which it happened", False)]
    assert (rows.good, rows.sheet.in_file()) == (1, 2)


@pytest.mark.parametrize(
    ("header", "stage"),
    [
        ("Date entered Proposal", "Proposal"),
        ("Entered Proposal", "Proposal"),
        ("Date Entered: Closed Won", "Closed Won"),
        ('Date entered "Proposal (Sales Pipeline)"', "Proposal"),
        ("hs_date_entered_appointmentscheduled", "appointmentscheduled"),
        ("hs_v2_date_entered_closedwon", "closedwon"),
        ("Date_Entered_Closed_Won__c", "Closed Won"),
        ("Proposal date entered", "Proposal"),
        ("Proposal - Entered On", "Proposal"),
        ("Became Proposal on", "Proposal"),
    ],
)
def test_a_header_names_the_stage_that_was_entered(header: str, stage: str) -> None:
    quoted = header.replace('"', '""')
    rows = typed(f'Deal ID,"{quoted}",Entered Other\nD1,2026-03-01,\n')
    assert rows.rows["stage"] == [stage]


@pytest.mark.parametrize(
    "header",
    [
        *("Date entered stage", "Stage entered date", "Entered on", "Entered by", "Date entered"),
        *("Date entered current stage", "Date exited Proposal", "Entered by Ana"),
    ],
)
def test_a_header_that_names_no_stage_is_no_column_of_one(header: str) -> None:
    assert typed(f"Deal ID,Stage,{header},Entered Proposal\nD1,Won,,\n").warnings == ()


def test_deals_with_such_columns_stay_deals_and_can_be_read_once_more_as_events() -> None:
    text = "Deal ID,Stage,Amount,Entered Proposal,Entered Demo\nD1,Demo,5,2026-03-01,2026-04-01\n"
    deals = typed(text)
    assert (deals.mapping.entity, deals.rows["amount"]) == ("deal", [Decimal("5.00")])
    assert "days on which deals entered stages (Entered Proposal, Entered Demo)" in said(deals)
    again = typed(text, entity="stage_history")
    assert (again.carried, again.rows["stage"]) == (
        ("deal", "happened_at", "stage"),
        ["Proposal", "Demo"],
    )


def test_the_short_road_says_so_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(surveying, "FEWEST_ROWS", 0)
    path = tmp_path / "deals.csv"
    days = "".join(f"D{at},Demo,{at},2026-03-01,2026-04-01\n" for at in range(40))
    path.write_text("Deal ID,Stage,Amount,Entered Proposal,Entered Demo\n" + days)
    short, careful = (by(road, path, {})[0] for road in (take_short_road, take_careful_road))
    assert "days on which deals entered stages" in str(short["warnings"])
    assert short == careful


# Whole files


def test_the_child_hands_over_events_in_their_columns(tmp_path: Path) -> None:
    status, report = run(tmp_path, (LOG + "D1,2026-03-01 09:30,Won,,,\n").encode())
    assert (status, report["entity"], report["totals"]) == (0, "stage_history", {})
    (row,) = parquet(tmp_path)
    assert list(row) == list(parquet_columns("stage_history"))
    assert (row["happened_at"], row["place"]) == (moment("2026-03-01 09:30:00"), 1)


def test_a_real_event_log_loads_whole(tmp_path: Path) -> None:
    path = DATA / "bpic2012_stage_history" / "events.csv.gz"
    if not path.exists():
        pytest.skip("the real files are not on this machine")
    status, report = run(tmp_path, path.read_bytes(), name="events.csv.gz")
    assert (status, report["entity"], report["exported_on"]) == (0, "stage_history", "2012-03-14")
    assert report["rows"] == {"in_file": 92093, "good": 92093, "rejected": 0, "blank": 0}
    rows = parquet(tmp_path)
    assert (len(rows), len({row["deal"] for row in rows})) == (92093, 13087)
    assert rows[0]["happened_at"] == moment("2011-09-30 22:38:44")
    assert Counter(row["stage"] for row in rows)["A_SUBMITTED"] == 13087


def test_real_histories_add_up() -> None:
    counts = {
        "sf_devorg_powerbi/OpportunityHistory.csv": (48, 0),
        "buying_group_mit/deal_funnel_history.csv": (85, 0),
        "fivetran_hubspot_seeds/deal_stage_data.csv": (14, 0),
        "fivetran_salesforce_seeds/sf_opportunity_history_data.csv": (0, 10),
    }
    if not (DATA / next(iter(counts))).exists():
        pytest.skip("the real files are not on this machine")
    for name, expected in counts.items():
        rows = typed((DATA / name).read_bytes(), Path(name).name)
        assert (rows.good, len(rows.rejects)) == expected, name
        assert (rows.cells, rows.questions) == ((), ()), name


CELL = st.sampled_from(
    ["", "D1", "D2", "2026-01-01", "2026-13-01", "soon", "N/A", "Won", "5", "Total", "StageName"]
)


@pytest.mark.parametrize("head", [LOG, CHANGED, DAYS], ids=["log", "changed", "days"])
@given(mess=st.lists(st.lists(CELL, min_size=1, max_size=6), max_size=8))
@pytest.mark.exam
@settings(max_examples=sized(60, 600), deadline=None)
def test_no_record_of_a_history_is_lost(head: str, mess: list[list[str]]) -> None:
    last = "D9,2026-01-01,StageName,2026-01-01,Won\n"
    text = head + "".join(",".join(cells) + "\n" for cells in mess) + last
    rows = typed(text, entity="stage_history")
    assert rows.good + len(rows.rejects) + rows.sheet.blank == rows.sheet.in_file()
    assert len({*rows.rows["line"]}) <= rows.good


def test_the_screen_counts_stage_events() -> None:
    assert (counted(1, "stage_history"), counted(2, "good stage_history")) == (
        "1 stage event",
        "2 good stage events",
    )
