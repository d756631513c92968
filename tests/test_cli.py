"""The same doors as the pages, from a shell."""

from __future__ import annotations

import json
from datetime import date

import pytest

from quarterdeck import clock
from quarterdeck.cli import main

HEAD = "deal id,deal name,owner,account,stage,amount,close date\n"
DEALS = HEAD + "D1,Fibre,Ana,Acme,Won,100.10,2026-10-05\nD2,Racks,Ben,Birch,Open,,\n"
KEYS = [
    "file", "entity", "exported_on", "extent", "assumed", "mapping", "unmapped", "rows", "rejects",
    "cells", "totals", "columns", "warnings", "questions", "batch_id", "changes",
]  # fmt: skip


@pytest.fixture
def shell(tmp_path, monkeypatch, capsys):
    """Run one command; its exit status and the one JSON document it prints."""
    monkeypatch.setenv("QUARTERDECK_DB", str(tmp_path / "quarterdeck.duckdb"))
    monkeypatch.setenv(clock.VARIABLE, "2026-11-25")

    def run(*words):
        status = main([*map(str, words), "--json"])
        printed = capsys.readouterr()
        return status, json.loads(printed.out)

    return run


@pytest.fixture
def deals(tmp_path):
    path = tmp_path / "deals_2026-11-20.csv"
    path.write_text(DEALS)
    return path


def test_stage_prints_the_report_and_changes_nothing(shell, deals, tmp_path):
    status, report = shell("stage", deals)
    assert status == 0
    assert sorted(report) == sorted(KEYS)
    assert (report["batch_id"], report["exported_on"]) == (None, "2026-11-20")
    assert report["totals"]["won"] == {"count": 1, "amount": "100.10", "amount_missing": 0}
    assert report["totals"]["open"] == {"count": 1, "amount": "0.00", "amount_missing": 1}
    assert not (tmp_path / "quarterdeck.duckdb").exists()


def test_import_answer_import_again_and_undo(shell, deals):
    _, report = shell("import", deals)
    status, found = shell("answer", "attainment", "--set", "period=2026-Q4")
    assert status == 0
    names = [column["name"] for column in found["columns"]]
    row = dict(zip(names, found["rows"][0], strict=True))
    assert (row["person_id"], row["booked_usd"], row["quota_usd"]) == ("all", "100.10", None)
    _, again = shell("import", deals)
    assert again["batch_id"] == report["batch_id"]
    assert (again["changes"]["new"], again["changes"]["changed"]) == (0, 0)
    assert shell("undo", report["batch_id"])[0] == 0
    _, nothing = shell("answer", "attainment", "--set", "period=2026-Q4")
    assert len(nothing["rows"]) == 1


def test_the_answer_names_its_query_parameters_columns_and_units(shell, deals):
    shell("import", deals)
    _, found = shell("answer", "credited_deals", "--set", "period=2026", "--set", "person=Ana")
    assert list(found) == ["query", "parameters", "columns", "rows"]
    assert found["parameters"]["from_on"] == "2026-01-01"
    assert found["parameters"]["person_ids"] == ["ana"]
    assert {column["unit"] for column in found["columns"]} == {"text", "date", "usd", "count"}


def test_a_person_asks_and_sees_the_own_book(shell, deals):
    shell("import", deals)
    _, found = shell("answer", "attainment", "--person", "Ben", "--set", "period=2026-Q4")
    assert [row[1] for row in found["rows"]] == ["All", "Ben"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("answer", "attainment", "--set", "period=soon"), "names no period"),
        (("answer", "attainment", "--set", "as_of=2026-02-30"), "is no day"),
        (("answer", "attainment", "--set", "basis=gross"), "is no amount"),
        (("answer", "attainment", "--set", "colour=blue"), "sets nothing"),
        (("answer", "attainment", "--set", "period"), "sets nothing"),
        (("answer", "attainment", "--set", "period=2026", "--set", "period=2025"), "set twice"),
        (("answer", "attainment", "--set", "person=Zoe"), "Nobody answers"),
        (("answer", "attainment", "--person", "Zoe"), "Nobody answers"),
        (("stage", "nowhere.csv"), "cannot be read"),
        (("import", "nowhere.csv"), "cannot be read"),
        (("undo", "nothing"), "no such import"),
    ],
)
def test_a_refusal_is_exit_1_in_three_parts(shell, words, said):
    status, document = shell(*words)
    assert status == 1
    assert said in document["refused"]["what"]
    assert set(document["refused"]) == {"what", "where", "do"}


def test_wrong_usage_is_exit_2(shell):
    for words in ((), ("answer",), ("answer", "everything"), ("import",), ("sail",)):
        with pytest.raises(SystemExit) as ended:
            main([*words])
        assert ended.value.code == 2


def test_an_open_question_is_exit_1_and_its_answer_file_settles_it(shell, tmp_path):
    path = tmp_path / "deals.csv"
    path.write_text(HEAD + "D1,Fibre,Ana,Acme,Won,5,03/04/2026\n")
    status, document = shell("import", path)
    assert status == 1
    (question,) = document["questions"]
    answers = tmp_path / "answers.json"
    answers.write_text(json.dumps({question["id"]: "day first"}))
    status, report = shell("import", path, "--answers", answers)
    assert (status, report["questions"]) == (0, [])


def test_an_answer_nobody_offered_is_refused(shell, tmp_path):
    path = tmp_path / "deals.csv"
    path.write_text(HEAD + "D1,Fibre,Ana,Acme,Won,5,03/04/2026\n")
    answers = tmp_path / "answers.json"
    answers.write_text(json.dumps({"date_order:close_on": "year first"}))
    assert shell("stage", path, "--answers", answers)[0] == 1
    answers.write_text("no json")
    assert "no JSON" in shell("stage", path, "--answers", answers)[1]["refused"]["what"]


def test_full_and_partial_are_as_said(shell, deals):
    assert shell("stage", deals, "--partial")[1]["extent"] == "partial"
    assert "extent" not in shell("stage", deals, "--full")[1]["assumed"]


def test_an_export_after_today_is_refused(shell, deals):
    status, document = shell("stage", deals, "--exported-on", "2026-11-26")
    assert status == 1
    assert document["refused"]["do"]


def test_people_read_words_and_programs_read_json(shell, deals, capsys):
    shell("import", deals)
    assert main(["answer", "attainment", "--set", "period=2026-Q4"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("person_id\tperson_name")
    assert "100.10" in lines[1]
    assert main(["undo", "nothing"]) == 1
    printed = capsys.readouterr()
    assert (printed.out, "no such import" in printed.err) == ("", True)


def test_the_day_is_an_argument(shell, deals, capsys):
    shell("import", deals)
    assert main(["--today", "2026-10-04", "answer", "attainment", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["rows"][0][6] == "0.00"
    assert clock.today() == date(2026, 10, 4)
