"""No file that leaves the dashboard holds a formula that somebody else wrote."""

from __future__ import annotations

import csv
import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from quarterdeck import catalog, clock, reads
from quarterdeck.engine import DuckDBEngine
from quarterdeck.exports import letters
from quarterdeck.exports.packing import entries
from quarterdeck.people import OWNER
from quarterdeck.ui.definitions import everything
from quarterdeck.ui.downloads import csv_bytes
from tests import hostile
from tests.conftest import TODAY, asked

WORDS = hostile.FORMULAS[::6]
SIGNS = "=+-@\uff1d\uff0b\uff0d\uff20"
NUMBER = re.compile(r"[-+]?\d+(\.\d+)?(e[-+]?\d+)?", re.I)
SOFFICE = next(filter(None, map(shutil.which, ("soffice", "libreoffice"))), "")
STARTS = st.sampled_from(("", " ", "  ", "\t", "\r", "\n", " \t", "\r\n"))
LONGER = st.builds(lambda start, sign, rest: f"{start}{sign}{rest}", STARTS,
                   st.sampled_from("=+-@"), st.text(max_size=12))  # fmt: skip


def cells(file: bytes) -> list[str]:
    """Every cell below the header, as a program reads it that knows CSV."""
    rows = list(csv.reader(io.StringIO(file.decode("utf-8-sig"), newline="")))
    return [cell for row in rows[1:] for cell in row]


def live(file: bytes) -> list[str]:
    """What a spreadsheet would work out instead of showing it."""
    return [cell for cell in cells(file) if _is_live(cell)]


def _is_live(cell: str) -> bool:
    text = cell.strip()
    return text[:1] != "" and text[0] in SIGNS and not NUMBER.fullmatch(text)


def opened(file: bytes) -> list[str]:
    """The cells that a workbook takes for formulas when it is filled from the file."""
    book = Workbook(write_only=False)
    sheet = book.active
    assert sheet is not None
    for row in csv.reader(io.StringIO(file.decode("utf-8-sig"), newline="")):
        sheet.append([_writable(cell) for cell in row])
    saved = io.BytesIO()
    book.save(saved)
    return formulas(saved)


def _writable(cell: str) -> str:
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", " ", cell)


def formulas(place: Any) -> list[str]:
    book = load_workbook(place)
    rows = (row for sheet in book.worksheets for row in sheet.iter_rows())
    return [str(cell.value) for row in rows for cell in row if cell.data_type == "f"]


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[DuckDBEngine, str]]:
    """A database with formulas in every text of it, and a plan that holds some of them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(clock.VARIABLE, str(TODAY))
        made = DuckDBEngine(tmp_path_factory.mktemp("formulas") / "quarterdeck.duckdb")
        yield made, hostile.book(made, WORDS).plan_id
        made.close()


def exported(books: tuple[DuckDBEngine, str], name: str) -> bytes:
    """The whole answer as the button under it gives it."""
    engine, plan_id = books
    more = {"words": "e"} if "words" in catalog.load(name).parameters else {}
    planned = {"scenario_id": plan_id, "plan_on": TODAY}
    found = reads.exact(engine, OWNER, asked(engine), name, **planned, **more)
    return csv_bytes([column.name for column in found.columns], found.rows)


@pytest.mark.parametrize("name", catalog.names())
def test_no_answer_as_a_file_holds_a_formula(books: tuple[DuckDBEngine, str], name: str) -> None:
    file = exported(books, name)
    assert not live(file)
    assert not opened(file)


def test_the_formulas_do_stand_in_the_files_as_text(books: tuple[DuckDBEngine, str]) -> None:
    names = ("people", "open_deals", "territory_accounts", "modules", "account_contacts", "stages")
    found = {cell for name in names for cell in cells(exported(books, name))}
    quoted = {cell for cell in found if cell.startswith("'") and _is_live(cell[1:])}
    assert len(quoted) >= len(WORDS) - 2, quoted


@pytest.mark.parametrize("text", hostile.FORMULAS)
def test_each_formula_is_a_text_and_stays_readable(text: str) -> None:
    file = csv_bytes(("name", "usd"), [(text, Decimal("-1.50"))])
    found = cells(file)
    assert not live(file)
    assert not opened(file)
    assert found[0] in (text, f"'{text}")
    assert found[1] == "-1.50"


@given(text=LONGER)
def test_whatever_stands_before_or_after_the_sign(text: str) -> None:
    file = csv_bytes(("name",), [(text,)])
    assert not [cell for cell in cells(file) if cell.lstrip(" \t\r\n")[:1] in tuple("=+-@")]


def test_the_definitions_as_a_file_hold_none() -> None:
    assert not live(everything())


def letter_and_sheets() -> list[bytes]:
    """Every export for Word, with a formula in each of its fields."""
    word = " ".join(hostile.FORMULAS[:3])
    deal = letters.DealLine(word, word, Decimal(1), TODAY, word, word, word)
    moved = letters.Moved(word, word, word, word, Decimal(1), Decimal(1), Decimal(1), word)
    one = letters.Letter(
        word, TODAY, word, word, (moved,), (moved,), Decimal(1), Decimal(2), word, word, (deal,)
    )
    sheet = letters.Handover(
        word, TODAY, word, word, True, word, word, (deal,),
        (letters.Contact(word, word, word, word),), (letters.Done(TODAY, word, word, word, word),),
        (letters.Service(word, Decimal(1), date(2027, 1, 1)),),
    )  # fmt: skip
    return [letters.letter(one), letters.handovers([sheet])]


def test_no_letter_holds_a_field_that_a_name_has_made() -> None:
    for file in letter_and_sheets():
        parts = entries(file)
        xml = "".join(data.decode() for name, data in parts.items() if name.endswith(".xml"))
        codes = {code.strip() for code in re.findall(r"<w:instrText[^>]*>([^<]*)<", xml)}
        assert codes <= {"PAGE", "NUMPAGES"}
        assert not re.search(r"<w:(fldSimple|hyperlink|altChunk|object)\b", xml)
        links = "".join(data.decode() for name, data in parts.items() if name.endswith(".rels"))
        assert "External" not in links
        assert "HYPERLINK" in xml  # as text


def test_a_pack_of_letters_holds_files_of_letters_and_nothing_that_opens_as_a_sheet() -> None:
    named = {f"{text}.docx": letter_and_sheets()[0] for text in WORDS[:3]}
    with zipfile.ZipFile(io.BytesIO(letters.packed(named))) as found:
        names = found.namelist()
    assert len(names) == 3
    assert all(name.endswith(".docx") and "/" not in name and "\\" not in name for name in names)


@pytest.mark.exam
@pytest.mark.skipif(not SOFFICE, reason="LibreOffice is not installed")
@pytest.mark.filterwarnings("ignore:Cell .* is marked as a date")
def test_libreoffice_opens_every_file_without_a_formula(
    books: tuple[DuckDBEngine, str], tmp_path: Path
) -> None:
    for name in catalog.names():
        (tmp_path / f"{name}.csv").write_bytes(exported(books, name))
    rows = [(text, text) for text in hostile.FORMULAS]
    (tmp_path / "corpus of all.csv").write_bytes(csv_bytes(("one", "two"), rows))
    bare = "\n".join(text for text in hostile.FORMULAS if "," not in text)
    (tmp_path / "as they came.csv").write_text(bare, encoding="utf-8")
    for path in converted(tmp_path, tmp_path / "sheets"):
        is_ours = path.name != "as they came.xlsx"
        assert bool(formulas(path)) is not is_ours, path.name


def converted(folder: Path, out: Path) -> list[Path]:
    """Each CSV of the folder as LibreOffice makes a workbook of it."""
    files = sorted(folder.glob("*.csv"))
    home = f"-env:UserInstallation={(out / 'profile').as_uri()}"
    words = [SOFFICE, home, "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML"]
    subprocess.run(
        [*words, "--outdir", str(out), *map(str, files)], check=True, capture_output=True,
        timeout=300,
    )  # fmt: skip
    made = sorted(out.glob("*.xlsx"))
    assert len(made) == len(files)
    return made
