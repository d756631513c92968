"""Is a file read that is compressed, has no header, or names its periods by days?"""

from __future__ import annotations

import gzip
import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quarterdeck import clock
from quarterdeck.cli import main
from quarterdeck.importing.aliases import ALIASES
from quarterdeck.importing.lengths import settle_periods
from quarterdeck.importing.questions import Answers
from quarterdeck.importing.reading import read
from quarterdeck.importing.refusing import FileRefused
from quarterdeck.importing.staging import Dropped, Staged, stage
from quarterdeck.importing.unanswered import QuestionsOpen
from quarterdeck.importing.unpacking import unpacked
from quarterdeck.people import OWNER
from quarterdeck.refusal import Refused
from tests.conftest import SHARED, TODAY, asked, commit, looked_at, needs, rows_of
from tests.exam.figures import sized

DEALS = "deal id,deal name,stage,amount,close date\nD1,Fibre,Won,100.10,2026-10-05\n"
BARE = (Path(__file__).parent / "fixtures" / "quotas_without_header.tsv").read_bytes()
ANSWERS = {
    "entity": "quota",
    "column:1": "person_id",
    "column:2": "period",
    "column:3": "quota",
    "column:5": "nothing",
}
REAL = SHARED / "data" / "adventureworks_quota" / "SalesPersonQuotaHistory.csv.gz"
BARE_DEALS = "1,Acorn,Proposal,500.5,2026-10-05\n2,Birch,Discovery,70,2026-11-05\n"


def dropped(engine, content: bytes, name: str = "quotas.tsv", **said) -> Staged:
    return stage(engine, Dropped(name, content, **said), scope=OWNER, today=TODAY)


def quotas(engine, period: str) -> dict[str, Decimal]:
    rows = rows_of(engine, "attainment", asked(engine, period))
    return {row["person_name"]: row["quota_usd"] for row in rows}


# Compressed


def test_a_compressed_file_is_read_as_the_file_within_whatever_its_name(engine):
    packed = gzip.compress(DEALS.encode())
    for name in ("deals_2026-11-20.csv.gz", "deals_2026-11-20.csv"):
        report = dropped(engine, packed, name).report
        assert (report["rows"]["good"], report["exported_on"]) == (1, "2026-11-20")
        assert report["file"]["bytes"] == len(packed)
    commit(engine, dropped(engine, packed, "deals_2026-11-20.csv.gz"))
    assert dropped(engine, packed, "deals_2026-11-20.csv.gz").same_batch_id


def test_parts_that_were_compressed_one_by_one_are_one_file():
    assert unpacked(gzip.compress(b"a,b\n") + gzip.compress(b"1,2\n")) == b"a,b\n1,2\n"


@pytest.mark.parametrize("spoil", [lambda b: b[:-9], lambda b: b[:30] + b"\0\0" + b[32:]])
def test_a_cut_or_damaged_compressed_file_is_refused_in_three_parts(engine, spoil):
    packed = spoil(gzip.compress(DEALS.encode() * 50))
    with pytest.raises(Refused, match="cut short or damaged") as refusal:
        dropped(engine, packed, "deals.csv.gz")
    assert all(refusal.value.parts().values())


def test_a_file_that_unpacks_without_end_is_refused():
    with pytest.raises(FileRefused, match="more than 1 MB"):
        unpacked(gzip.compress(bytes(5 * 2**20)), most=2**20)


# No header


@pytest.mark.parametrize(
    "text",
    [
        "1,Acorn,Won,5\n2,Birch,Lost,6\n",
        "Ann Lee,2026-07-01,500\nBo Ray,2026-07-01,700\n",
        "ann@a.example,Ann Lee\nbo@a.example,Bo Ray\n",
        "7;2026-01-31 00:00:00;1,5\n8;2026-01-31 00:00:00;2,5\n",
        "sep=,\n\n1,Acorn,5\n2,Birch,6\n",
    ],
)
def test_a_first_record_like_the_others_is_data(text):
    sheet = read(text.encode(), "x.csv")
    assert sheet.header_line == 0
    assert sheet.header[0] == "Column 1"
    assert len(sheet.records) == 2


@pytest.mark.parametrize(
    "text",
    [
        "alpha,beta\n1,2\n",
        "rep,2025,2026\nAnn,100,200\nBo,300,400\n",
        "thing,2026-Q1,2026-Q2\nAnn,100,200\n",
        "Deal ID,Colour\n1,red\n",
        "Pipeline of 2026-01-01,,\nDeal ID,Stage,Amount\n1,Won,5\n",
        "one,two\nthree,four\n",
    ],
)
def test_a_header_of_unknown_words_stays_a_header(text):
    assert read(text.encode(), "x.csv").header_line > 0


KNOWN = sorted(
    {
        alias.strip()
        for fields in ALIASES.values()
        for listed in fields.values()
        for alias in listed.split("|")
    }
)
CELL = st.one_of(
    st.integers(0, 9999).map(str), st.dates().map(str), st.text("ab 1.", min_size=1, max_size=5)
)


@given(
    st.lists(st.sampled_from(KNOWN), min_size=2, max_size=4, unique=True),
    st.lists(CELL, max_size=3),
    st.lists(st.lists(CELL, min_size=7, max_size=7), min_size=1, max_size=8),
)
@settings(max_examples=sized(200, 1000), deadline=None)
def test_a_row_with_two_known_headers_is_never_taken_for_data(known, more, rows):
    header = [*more, *known]
    lines = [header, *(row[: len(header)] for row in rows)]
    sheet = read("".join(",".join(line) + "\n" for line in lines).encode(), "x.csv")
    assert sheet.header_line > 0


def test_every_record_of_a_file_without_header_counts_and_every_column_is_asked_for(engine):
    report = dropped(engine, BARE).report
    assert report["file"]["header_line"] == 0
    assert report["rows"] == {"in_file": 5, "good": 5, "rejected": 0, "blank": 0}
    assert report["mapping"] == {
        "person_id": "Column 1", "period": "Column 2", "quota": "Column 3",
    }  # fmt: skip
    questions = {question["id"]: question for question in report["questions"]}
    assert questions.keys() == {*ANSWERS, "period_length"}
    assert all(questions[name]["changes_totals"] for name in ANSWERS)
    assert {name: questions[name]["assumed"] for name in ANSWERS} == ANSWERS
    assert '"7", "8"' in questions["column:1"]["ask"]
    assert questions["column:3"]["choices"][-1] == "nothing"


def test_a_record_longer_than_the_others_is_rejected_by_its_line():
    sheet = read(b"1,Acorn,5\n2,Birch,6,surplus\n3,Cedar,7\n", "x.csv")
    ((line, reason),) = [(reject.line, reject.reason) for reject in sheet.rejects]
    assert (line, reason) == (2, "4 cells where most records have 3")


def test_nothing_is_committed_before_the_columns_are_named(engine):
    with pytest.raises(QuestionsOpen):
        commit(engine, dropped(engine, BARE))
    report = commit(engine, dropped(engine, BARE, answers=ANSWERS))
    assert report["changes"]["new"] == 5
    assert quotas(engine, "2026") == {
        "All": Decimal("513.01"), "7": Decimal("450.01"), "8": Decimal(63),
    }  # fmt: skip
    assert quotas(engine, "2026-02..2026-04")["7"] == Decimal("300.01")


def test_an_entity_that_was_said_is_not_asked_for(engine):
    report = dropped(engine, BARE, entity="quota").report
    assert "entity" not in {question["id"] for question in report["questions"]}


def test_what_cannot_be_guessed_is_asked_for_with_the_refusal(engine):
    said = {"name": "deals.csv", "entity": "deal"}
    with pytest.raises(QuestionsOpen) as asking:
        dropped(engine, BARE_DEALS.encode(), **said)
    assert all(asking.value.parts().values())
    assert [question["id"] for question in asking.value.questions] == [
        f"column:{at}" for at in range(1, 6)
    ]
    fields = ("deal_id", "account", "stage", "amount", "close_on")
    answers = {f"column:{at}": field for at, field in enumerate(fields, 1)}
    report = commit(engine, dropped(engine, BARE_DEALS.encode(), answers=answers, **said))
    assert report["totals"]["open"]["amount"] == "570.50"


@pytest.mark.parametrize(
    ("wrong", "what"),
    [
        ({"column:5": "period"}, "2 columns are said to hold period"),
        ({"column:2": "nothing"}, "These are no quota rows"),
        ({"column:1": "deal_id"}, "is not one of the choices"),
        ({"entity": "banana"}, "is not one of the choices"),
    ],
)
def test_answers_that_do_not_fit_are_refused_in_three_parts(engine, wrong, what):
    with pytest.raises(Refused, match=what) as refusal:
        dropped(engine, BARE, answers=ANSWERS | wrong)
    assert all(refusal.value.parts().values())


# Periods named by days


def words(days: list[str], people: list[str] | None = None, **given: str):
    values = {"period": list(days), "person": people or ["Ann"] * len(days)}
    answers = Answers(given)
    warnings = settle_periods(values, "Period", ZoneInfo("UTC"), answers)
    return values["period"], answers.open, warnings


def test_days_three_months_apart_start_quarters_however_loosely_written():
    found, (question,), _ = words(["2011-05-31 00:00:00", "2011-08-31 00:00:00", "2011-12-01"])
    assert found == ["2011-06..2011-08", "2011-09..2011-11", "2011-12..2012-02"]
    assert (question.assumed, question.changes_totals) == ("quarter", False)


def test_days_a_month_apart_name_the_month_that_holds_them():
    found, (question,), _ = words(["2026-01-31 00:00:00", "2026-02-28 00:00:00", "2026-03-31"])
    assert found == ["2026-01-31", "2026-02-28", "2026-03-31"]
    assert (question.assumed, question.changes_totals) == ("month", False)


def test_quarters_that_are_all_named_by_their_last_day_end_on_it():
    found, _, (warned,) = words(["2026-03-31", "2026-06-30", "2026-09-30", "2026-12-31"])
    assert found == ["2026-01..2026-03", "2026-04..2026-06", "2026-07..2026-09", "2026-10..2026-12"]
    assert "last of its quarter" in warned.say


def test_one_day_for_everybody_leaves_the_length_to_a_person():
    found, (question,), _ = words(["2026-01-01"] * 2, ["Ann", "Bo"])
    assert question.changes_totals
    found, asking, _ = words(["2026-01-01"] * 2, ["Ann", "Bo"], period_length="year")
    assert (found, asking) == (["2026-01..2026-12"] * 2, [])


def test_slashed_days_are_read_where_one_order_gives_whole_months():
    assert words(["1/1/2026", "2/1/2026", "3/1/2026"])[0][1] == "2026-02-01"
    assert words(["01/01/2026", "01/02/2026", "01/03/2026"])[0][1] == "2026-02-01"
    assert words(["02/03/2026", "03/04/2026"])[0] == ["02/03/2026", "03/04/2026"]


def test_words_among_days_stay_as_written_and_nothing_is_asked():
    found, asking, _ = words(["2026-Q3", "2026-07-01 00:00:00", "July 2026"])
    assert (found, asking) == (["2026-Q3", "2026-07-01", "July 2026"], [])


@given(
    st.dates(date(2026, 1, 1), date(2028, 1, 1)), st.sampled_from(["month", "quarter", "year"]),
    st.decimals(0, 10**9, places=2),
)  # fmt: skip
@settings(max_examples=sized(8, 50), deadline=None)
def test_a_quota_is_the_same_sum_whatever_its_length(tmp_path_factory, day, length, quota):
    from quarterdeck.engine import DuckDBEngine

    engine = DuckDBEngine(tmp_path_factory.mktemp("sum") / "quarterdeck.duckdb")
    text = f"person,period,quota\nAna,{day},{quota}\n"
    commit(engine, looked_at(engine, text, "quotas.csv", answers={"period_length": length}))
    assert quotas(engine, "2025-01..2029-12")["All"] == quota
    engine.close()


# The real file


@needs("data/adventureworks_quota")
def test_the_real_quotas_come_in_to_the_cent(engine):
    content = REAL.read_bytes()
    staged = dropped(engine, content, REAL.name, answers=ANSWERS)
    assert staged.report["file"]["bytes"] == len(content)
    report = commit(engine, staged)
    assert report["rows"] == {"in_file": 163, "good": 163, "rejected": 0, "blank": 0}
    found = quotas(engine, "2011-06..2014-05")
    assert found.pop("All") == Decimal("95714000.00")
    assert len(found) == 17
    assert quotas(engine, "2011-06..2011-08")["274"] == 28000


@needs("data/adventureworks_quota")
def test_the_real_quotas_come_in_by_the_command_line(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("QUARTERDECK_DB", str(tmp_path / "quarterdeck.duckdb"))
    monkeypatch.setenv(clock.VARIABLE, "2026-11-25")
    assert main(["import", str(REAL), "--json"]) == 1
    document = json.loads(capsys.readouterr().out)
    assert document.keys() == {"refused", "questions"}
    answers = tmp_path / "answers.json"
    answers.write_text(json.dumps({one["id"]: one["assumed"] for one in document["questions"]}))
    assert main(["import", str(REAL), "--answers", str(answers), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["changes"]["new"] == 163
