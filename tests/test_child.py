"""Does the child process hand over a report and rows, or a refusal, and stay lean?"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pytest

from quarterdeck.importing.fields import parquet_columns

ROOT = Path(__file__).parent.parent
HEAVY = ("pandas", "numpy", "pyarrow", "streamlit", "altair")


def run(folder: Path, data: bytes, **asked: object) -> tuple[int, dict[str, object]]:
    path = folder / "original"
    path.write_bytes(data)
    out = folder / "out"
    out.mkdir(exist_ok=True)
    request = {
        "path": str(path),
        "name": "deals.csv",
        "entity": None,
        "answers": {},
        "today": "2026-11-25",
        "time_zone": "America/Los_Angeles",
        "exported_on": None,
        "out": str(out),
        **asked,
    }
    done = subprocess.run(
        [sys.executable, "-m", "quarterdeck.importing.child"],
        input=json.dumps(request),
        capture_output=True,
        text=True,
        cwd=ROOT,
        timeout=60,
        check=False,
    )
    assert (done.stdout, done.stderr) == ("", "")
    return done.returncode, json.loads((out / "report.json").read_text(encoding="utf-8"))


def parquet(folder: Path) -> list[dict[str, object]]:
    with duckdb.connect() as connection:
        answer = connection.execute(
            "select * from read_parquet($path)", {"path": str(folder / "out" / "rows.parquet")}
        )
        names = [column[0] for column in answer.description]
        return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]


DEALS = (
    b"Deal ID,Deal Name,Account,Owner,Stage,Amount,Close Date,Region\n"
    b'1,"Big, ""quoted"" deal",Acorn,Dana Q,Closed Won,"1,200.50",2026-03-01,West\n'
    b"2,Two\tlines,Birch & Sons,Dana Q,Proposal,,2026-12-01,East\n"
)


def test_a_file_becomes_a_report_and_rows(tmp_path: Path) -> None:
    status, report = run(tmp_path, DEALS)
    assert status == 0
    assert set(report) == {
        *("file", "entity", "exported_on", "extent", "assumed", "mapping", "unmapped", "carried"),
        *("rows", "rejects", "cells", "totals", "columns", "warnings", "questions", "batch_id"),
        "changes",
    }
    assert report["rows"] == {"in_file": 2, "good": 2, "rejected": 0, "blank": 0}
    assert report["unmapped"] == ["Region"]
    assert (report["entity"], report["exported_on"], report["extent"]) == (
        "deal",
        "2026-03-01",
        None,
    )
    rows = parquet(tmp_path)
    assert list(rows[0]) == list(parquet_columns("deal"))
    assert rows[0]["deal_name"] == 'Big, "quoted" deal'
    assert rows[1]["deal_name"] == "Two lines"
    assert [str(row["amount_file"]) for row in rows] == ["1200.50", "None"]
    assert [row["outcome"] for row in rows] == ["won", "open"]
    assert [row["pipeline"] for row in rows] == [None, None]
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "report.json",
        "rows.parquet",
    ]


@pytest.mark.parametrize("entity", ["account", "person", "product", "quota", "stage"])
def test_every_entity_has_its_columns_in_order(tmp_path: Path, entity: str) -> None:
    text = {
        "account": "Account ID,Account,Industry,Employees\nA1,Acorn,Mills,12\n",
        "person": "Name,Manager,Hire Date\nAnn Lee,Bo Ray,2021-03-15\n",
        "product": "Product,List Price\nGTX Pro,5\n",
        "quota": "Person,Period,Quota\nAnn Lee,2026-Q3,1000\n",
        "stage": "Stage,Position,Probability\nProposal,3,50%\n",
    }[entity]
    status, report = run(tmp_path, text.encode())
    assert (status, report["entity"], report["totals"]) == (0, entity, {})
    with duckdb.connect() as connection:
        described = connection.execute(
            "describe select * from read_parquet($path)",
            {"path": str(tmp_path / "out" / "rows.parquet")},
        ).fetchall()
    assert {row[0]: row[1].lower() for row in described} == parquet_columns(entity)


def test_hostile_text_comes_out_as_it_went_in(tmp_path: Path) -> None:
    names = [
        "=1+1",
        "![x](http://a)",
        "'; drop table deal; --",
        "Zoë 株",
        '"',
        "\\N",
        "a,b\\",
        "NULL ",
    ]
    lines = "".join(
        f'{at},"{name.replace(chr(34), chr(34) * 2)}",Won\n' for at, name in enumerate(names)
    )
    status, _ = run(tmp_path, ("Deal ID,Deal Name,Stage\n" + lines).encode())
    expected = [None if name in ("\\N", "NULL ") else name for name in names]
    assert status == 0
    assert [row["deal_name"] for row in parquet(tmp_path)] == expected


def test_a_file_without_a_good_row_still_has_a_report(tmp_path: Path) -> None:
    status, report = run(tmp_path, b"Deal ID,Stage,IsDeleted\n1,Won,true\n")
    assert (status, parquet(tmp_path)) == (0, [])
    assert report["rows"] == {"in_file": 1, "good": 0, "rejected": 1, "blank": 0}


@pytest.mark.parametrize(
    ("data", "asked"),
    [
        (b"", {}),
        (b"alpha,beta\n1,2\n", {}),
        (b"Deal ID,Stage\n", {}),
        (b"Deal ID,Stage\n1,\0\n", {}),
        (DEALS, {"entity": "banana"}),
        (DEALS, {"exported_on": "2026-11-26"}),
        (DEALS, {"exported_on": "tomorrow"}),
        (DEALS, {"time_zone": "Mars/Olympus"}),
        (DEALS, {"path": "/nowhere/at/all.csv"}),
    ],
)
def test_a_refusal_has_three_parts(tmp_path: Path, data: bytes, asked: dict[str, str]) -> None:
    status, report = run(tmp_path, data, **asked)
    assert status == 1
    refused = report["refused"]
    assert isinstance(refused, dict)
    assert [bool(refused[part]) for part in ("what", "where", "do")] == [True, True, True]
    assert not (tmp_path / "out" / "rows.parquet").exists()


def test_the_same_bytes_make_the_same_rows(tmp_path: Path) -> None:
    run(tmp_path, DEALS)
    first = parquet(tmp_path)
    run(tmp_path, DEALS)
    assert parquet(tmp_path) == first


def test_the_child_pulls_in_nothing_heavy() -> None:
    ask = (
        f"import sys, quarterdeck.importing.child; print([m for m in {HEAVY} if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", ask], capture_output=True, text=True, cwd=ROOT, check=True
    )
    assert done.stdout.strip() == "[]"


def test_a_thousand_rows_take_a_moment(tmp_path: Path) -> None:
    lines = "".join(
        f"{at},Deal {at},Acorn {at % 90},Won,{at}.50,2026-03-01\n" for at in range(1000)
    )
    data = ("Deal ID,Deal Name,Account,Stage,Amount,Close Date\n" + lines).encode()
    started = time.perf_counter()
    status, _ = run(tmp_path, data)
    assert status == 0
    # A quiet machine needs a quarter of a second; the limit is for a busy one.
    assert time.perf_counter() - started < 2
