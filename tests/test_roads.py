"""Do the short road and the careful one bring the same rows and the same report?"""

from __future__ import annotations

import csv
import io
import json
import random
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bench.generate import write_deals
from quarterdeck.importing import surveying
from quarterdeck.importing.child import take_careful_road
from quarterdeck.importing.fields import parquet_columns
from quarterdeck.importing.refusing import FileRefused
from quarterdeck.importing.report import report
from quarterdeck.importing.requests import request
from quarterdeck.importing.short_road import take_short_road
from quarterdeck.scratch import Unclean
from tests.exam.figures import record, sized

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
TABLES = (*DATA.rglob("*.csv"), *DATA.rglob("*.tsv"), *DATA.rglob("*.txt"))
REAL = sorted(
    file for file in TABLES if "torture" not in str(file) and file.stat().st_size < 4_000_000
)
HEADER = (
    "Deal ID,Deal Name,Account,Owner,Stage,Amount,Close Date,Created Date,Probability,Next Step"
)
CHANGED = ",2026-11-03T20:15:01.000Z"
PLAIN = [
    f"{at},Racks {at % 40},Acorn {at % 7},Ana Ruiz,{('Won', 'Lost', 'Proposal')[at % 3]},"
    f"{at}.50,2026-10-{at % 28 + 1:02d},2026-01-{at % 28 + 1:02d},{at % 5}0,Call"
    for at in range(1, 41)
]


@pytest.fixture(autouse=True)
def _any_number_of_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(surveying, "FEWEST_ROWS", 0)


def by(road: Any, path: Path, said: dict[str, Any]) -> tuple[Any, Any]:
    """The report, and the rows in the order of their lines."""
    with tempfile.TemporaryDirectory() as out:
        asked = {"path": path, "name": path.name, "today": "2026-11-25", "out": out, **said}
        found = road(request({"time_zone": "America/Los_Angeles", **asked}))
        document = found if isinstance(found, dict) else report(found)
        rows = Path(out) / "rows.parquet"
        beside = sorted(each.name for each in Path(out).iterdir() if each != rows)
        assert beside in ([], ["shape.parquet"])
        with duckdb.connect() as connection:
            answer = connection.execute(
                "select * replace (coalesce(deal_key, deal_id) as deal_key)"
                " from read_parquet($paths, union_by_name = true) order by line",
                {"paths": [*(str(rows.with_name(name)) for name in beside), str(rows)]},
            )
            columns = [(column[0], str(column[1]).lower()) for column in answer.description]
            return json.loads(json.dumps(document)), (columns, answer.fetchall())


def is_short(path: Path, **said: Any) -> bool:
    """Whether the short road is taken; if so, it leads where the careful one does."""
    try:
        found = by(take_short_road, path, said)
    except (Unclean, FileRefused):
        return False
    expected = by(take_careful_road, path, said)
    assert found[0] == expected[0]
    assert found[1] == expected[1]
    return True


def written(folder: Path, text: str | bytes, name: str = "deals.csv") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def lines(*more: str, header: str = HEADER) -> str:
    return "\n".join((header, *PLAIN, *more)) + "\n"


def headed(**columns: str) -> str:
    """The plain rows with other headers: probability="Term" reads the probabilities as terms."""
    header = HEADER
    for column, other in columns.items():
        header = header.replace(column.replace("_", " ").title(), other)
    return lines(header=header)


def won(at: int, rest: str, name: str = "a,b,c") -> str:
    """One more row that is won: its amount, two dates, probability and next step follow."""
    return f"{at},{name},Won,{rest}"


SHORT = {
    "plain rows": lines(),
    "no line end at the end": lines().rstrip("\n"),
    "lines ended as Windows does": lines().replace("\n", "\r\n"),
    "a mark before the header": "\ufeff" + lines(),
    "semicolons": lines().replace(",", ";"),
    "tabs": lines().replace(",", "\t"),
    "quoted cells": lines(won(99, '"1,234.50",2026-02-01,,,', '"Big, ""quoted"" one","A,B",Ana')),
    "a title above the header": "Pipeline of the week\n" + lines(),
    "rows of blanks": lines(",,,,,,,,,", "61,a,b,c,Won,5,,,,", ",,,,,,,,,"),
    "a total line": lines("Total,,,,,1234.50,,,,", "Grand Totals (9 records),,,,,5,,,,"),
    "a company called Total": lines("77,x,Total,Ana,Won,5,,,,", "Totally,x,y,Ana,Won,5,,,,"),
    "the header again": lines(HEADER),
    "an id and nothing else": lines("901,,,,,,,,,"),
    "rows without a name": lines(",,,,Won,5,,,,x", ",-,n/a,,Won,5,,,,x"),
    "rows without a stage": lines("902,a,b,c,,5,,,,", "903,a,b,c,-,5,,,,x"),
    "words for nothing": lines("904,n/a,NULL,-,Won,n/a,?,none,NA,#N/A", "n/a,a,b,c,Won,,,,,"),
    "cells that cannot be read": lines(
        won(905, "lots,soon,2026-02-30,hot,"), won(906, "1.2.5,,,,")
    ),
    "names with spaces": lines(won(907, "5,,,,", " Zo ,Acorn  Mills ,Ana  Ruiz")),
    "names with accents": lines(won(908, "5,,,,\u00a0x", "株式,É, O'Neil & Söhne")),
    "control letters": lines(won(909, "5,,,,", "a\x07b,c\td,\x1fe")),
    "amounts with separators": lines(won(911, '"1,234.50",,,,'), won(912, "(7.25),,,,")),
    "amounts in dollars": re.sub(r",(\d+\.50),", r",$\1,", lines()).replace("$7.50", '"$7,000"'),
    "amounts of three decimals": lines(won(913, "1.2345,,,,"), won(914, "2.005,,,,")),
    "a zero with a sign": lines(won(915, "-0.00,,,,"), won(916, "-0,,,,")),
    "times of day": lines(won(917, "5,2026-03-01 23:30:00,2026-03-01T07:59:59.123Z,,")),
    "dates of one order": lines(won(918, "5,03/25/2026,25.03.2026,,")),
    "dates of any order": lines(won(919, "5,03/04/2026,05/06/2026,,")),
    "rows alike": lines(PLAIN[3], PLAIN[4].replace("Racks", " Racks")),
    "an id with different content": lines(PLAIN[3].replace("Call", "x"), " 5" + PLAIN[4][1:]),
    "ids left out": lines(*(row[row.index(",") :] for row in PLAIN[:9]), ",Ä,x,,Won,,,,,"),
    "a stage nobody knows": lines("920,a,b,c,Frobnicate,5,,,,", "921,a,b,c,x,5,,,,"),
    "a footer": lines("Confidential,,,,,,,,,", "Run by Ana,,,,,,,,,"),
    "owners that are addresses": lines().replace("Ana Ruiz", "ana@example.com"),
    "no ids": lines(*PLAIN[:3], header=HEADER.replace("Deal ID", "Sheet row")),
    "rows all kept": headed(next_step="Is Deleted").replace(",Call", ",no"),
    "some rows deleted": headed(next_step="Is Deleted").replace(",Call", ",yes", 3),
    "flags": headed(probability="Is Won", next_step="Is Closed").replace(",00,Call", ",0,yes"),
    "a currency that a row replaced": re.sub(
        r",\d+\.50,", ",$5.50,", lines(*(PLAIN[3].replace("4.50", sum) for sum in ("€4", "$4")))
    ),
    "a status and products": headed(owner="Status", next_step="Product"),
    "currencies": headed(next_step="Currency").replace(",Call", ",us dollar"),
    "a currency in the header": headed(amount="Amount (EUR)"),
    "the last change": headed(next_step="Last Modified Date").replace(",Call", CHANGED),
    "two amounts and a term": headed(probability="Term", next_step="MRR").replace(",Call", ",1"),
}
CAREFUL = {
    "amounts with several signs": lines(won(910, "$5,,,,"), won(911, "EUR 5,,,,")),
    "cells beyond the header": lines("923,a,b,c,Won,5,,,,x,"),
    "a quote that never closes": lines('930,"a,b,c,Won,5,,,,'),
    "a line too short": lines("931,a,b"),
    "a cell of two lines": lines('932,"a\nb",b,c,Won,5,,,,'),
    "a line that is empty": lines("", "933,a,b,c,Won,5,,,,"),
    "lines that end in several ways": lines("934,a,b,c,Won,5,,,,\r"),
    "space around quotes": lines('935, "a",b,c,Won,5,,,,'),
    "a formula": lines('="00936",a,b,c,Won,5,,,,'),
    "another encoding": lines("937,Zoë,b,c,Won,5,,,,").encode("cp1252"),
    "no plain text": lines("938,\0,b,c,Won,5,,,,"),
    "people": "Name,Email,Manager,Region\n" + "Ana,a@b.co,Bo,West\n" * 30,
}


@pytest.mark.parametrize("kind", SHORT)
def test_both_roads_lead_to_the_same_rows_and_report(tmp_path: Path, kind: str) -> None:
    path = written(tmp_path, SHORT[kind])
    assert is_short(path)
    assert is_short(path, exported_on="2026-11-20", answers={"date_order:close_on": "day first"})


@pytest.mark.parametrize("kind", CAREFUL)
def test_what_two_readers_take_differently_goes_the_careful_road(tmp_path: Path, kind: str) -> None:
    path = written(tmp_path, CAREFUL[kind])
    assert not is_short(path)
    assert [each.name for each in tmp_path.iterdir()] == ["deals.csv"]


@pytest.mark.parametrize("path", REAL, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_real_files_lead_to_the_same_by_either_road(path: Path) -> None:
    is_short(path)


WORDS = ["Won", "Closed Lost", "Open", "on hold", "", "n/a", "Ärger", " x ", 'a"b', "a,b", "Total"]
WORDS += ["-", "Sum 3", "Zoë", "\u3000"]
DAYS = ["2026-01-05", "1/2/2026", "13/2/2026", "2/13/26", "", "soon", "2026-03-01T07:10:00Z"]
SUMS = ["5", "1.50", "1,234", "1.234,50", "$1,200.50", "", "n/a", "(3)", "1e3", "12.345", "€5"]
MANY = settings(
    max_examples=sized(40, 500),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def _rows(chance: random.Random) -> Iterator[list[str]]:
    for at in range(chance.randrange(5, 40)):
        yield [
            chance.choice([str(at), str(at), str(at % 9), "", " 7"]),
            *(chance.choice(WORDS) for _ in range(3)),
            chance.choice(WORDS[:6]),
            chance.choice(SUMS if chance.random() < 0.2 else SUMS[:2]),
            *(chance.choice(DAYS if chance.random() < 0.2 else DAYS[:1]) for _ in range(2)),
            chance.choice(["10", "20%", "", "x"] if chance.random() < 0.1 else ["10"]),
            chance.choice(WORDS),
        ]  # fmt: skip


@pytest.mark.exam
@given(st.integers(0, 2**32), st.sampled_from(["minimal", "all"]))
@MANY
def test_files_made_at_random_lead_to_the_same_by_either_road(seed: int, quoting: str) -> None:
    styles = {"minimal": csv.QUOTE_MINIMAL, "all": csv.QUOTE_ALL}
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\n", quoting=styles[quoting])
    writer.writerows([HEADER.split(","), *_rows(random.Random(seed))])
    with tempfile.TemporaryDirectory() as folder:
        is_short(written(Path(folder), file.getvalue()))


@pytest.mark.exam
@given(st.lists(st.lists(st.text(), min_size=10, max_size=10), min_size=1, max_size=8))
@MANY
def test_any_text_in_any_cell_leads_to_the_same_by_either_road(cells: list[list[str]]) -> None:
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(HEADER.split(","))
    for row in cells:
        writer.writerow([text.replace("\n", " ").replace("\r", " ") for text in row])
    raw = file.getvalue().encode("utf-8", "replace")
    with tempfile.TemporaryDirectory() as folder:
        is_short(written(Path(folder), raw + ("\n".join(PLAIN) + "\n").encode()))


@pytest.mark.exam
def test_a_large_file_fits_into_the_memory_a_child_may_use(tmp_path: Path) -> None:
    """In a process of its own: a quarter of a million rows here, a million in the full exam."""
    path = write_deals(tmp_path / "deals.csv", sized(250_000, 1_000_000))
    out = tmp_path / "out"
    out.mkdir()
    asked = {"path": str(path), "name": path.name, "today": "2026-11-25", "time_zone": "UTC"}
    done = subprocess.run(
        [sys.executable, "-m", "quarterdeck.importing.child"],
        input=json.dumps({**asked, "out": str(out)}),
        capture_output=True,
        text=True,
        cwd=Path(__file__).parent.parent,
        check=False,
    )
    told = json.loads((out / "report.json").read_text(encoding="utf-8"))
    assert (done.returncode, done.stderr) == (0, "")
    rows = told["rows"]["good"]
    assert rows == sized(250_000, 1_000_000)
    record("A large file is read in 512 MB", f"{rows:,} rows of twelve columns, all good")


def test_the_columns_are_those_of_the_careful_road(tmp_path: Path) -> None:
    _, (columns, _) = by(take_short_road, written(tmp_path, lines()), {})
    assert [name for name, _ in columns] == list(parquet_columns("deal"))
