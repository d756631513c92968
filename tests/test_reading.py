"""Does reading lose a record, a line number or an accent?"""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quarterdeck.importing.reading import Sheet, read
from quarterdeck.importing.refusing import FileRefused
from tests.exam.figures import sized

FIXTURES = Path(__file__).parent / "fixtures"
DATA = Path(__file__).parent.parent.parent / "shared" / "data"
HEAD = "Deal ID,Account,Stage,Amount\n"


def sheet(text: str, encoding: str = "utf-8") -> Sheet:
    return read(text.encode(encoding), "deals.csv")


def rows(of: Sheet) -> list[tuple[str, ...]]:
    return [record.cells for record in of.records]


def test_a_plain_file_comes_back_with_its_lines() -> None:
    read_back = sheet(HEAD + "1,Acorn,Won,5\n2,Birch,Lost,6\n")
    assert read_back.header == ("Deal ID", "Account", "Stage", "Amount")
    assert rows(read_back) == [("1", "Acorn", "Won", "5"), ("2", "Birch", "Lost", "6")]
    assert [record.line for record in read_back.records] == [2, 3]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_every_delimiter_and_line_ending_is_told(delimiter: str, ending: str) -> None:
    text = (
        (HEAD + '1,"Acorn, Inc; West|East",Won,5\n')
        .replace(",", "\0")
        .replace('"Acorn\0', '"Acorn,')
    )
    read_back = sheet(text.replace("\0", delimiter).replace("\n", ending))
    assert read_back.shape.delimiter == delimiter
    assert rows(read_back) == [("1", "Acorn, Inc; West|East", "Won", "5")]


@pytest.mark.parametrize(
    ("encoding", "told"),
    [("utf-8", "utf-8"), ("utf-8-sig", "utf-8"), ("utf-16", "utf-16"), ("cp1252", "cp1252")],
)
def test_accents_survive_every_encoding(encoding: str, told: str) -> None:
    read_back = sheet(HEAD + "1,Söder & Zoë – “Café”,Won,5\n", encoding)
    assert read_back.encoding == told
    assert read_back.records[0].cells[1] == "Söder & Zoë – “Café”"


def test_one_damaged_byte_does_not_spoil_the_other_accents() -> None:
    text = (HEAD + "1,Zoë Söder Müller Ångström,Won,5\n2,X?,Lost,1\n").encode()
    read_back = read(text.replace(b"X?", b"X\xff"), "deals.csv")
    assert read_back.records[0].cells[1] == "Zoë Söder Müller Ångström"
    assert "could not be read" in read_back.warnings[0].say


def test_a_decimal_comma_is_no_delimiter() -> None:
    read_back = sheet("Deal ID;Stage;Amount\n1;Won;1,5\n2;Lost;2,5\n3;Open;3,5\n")
    assert read_back.shape.delimiter == ";"
    assert rows(read_back)[0] == ("1", "Won", "1,5")


def test_the_separator_line_of_excel_is_obeyed() -> None:
    read_back = read((FIXTURES / "european_cp1252.csv").read_bytes(), "x.csv")
    assert (read_back.shape.delimiter, read_back.encoding, read_back.header_line) == (
        ";",
        "cp1252",
        2,
    )
    assert rows(read_back)[1][1:3] == ("Semi; colon", "Müller")


def test_titles_above_the_header_are_skipped() -> None:
    read_back = read((FIXTURES / "report_with_titles.csv").read_bytes(), "x.csv")
    assert read_back.header_line == 4
    assert read_back.records[0].line == 5
    assert read_back.blank == 1


@pytest.mark.parametrize(
    "titles",
    [
        "Pipeline by owner\n\n",
        "Report,Pipeline\nRun by,Dana\n",
        '"Pipeline, all deals, 2026, west"\n',
        "Pipeline,,,\n,,,\nRun on,2026-01-01,,\n",
        "Report run by: Dana\nFiltered by: Stage equals Won\nAs of 2026-01-01\n\n\n",
    ],
)
def test_whatever_stands_above_the_header_is_skipped(titles: str) -> None:
    read_back = sheet(titles + HEAD + "1,Acorn,Won,5\n2,Birch,Lost,6\n")
    assert read_back.header == ("Deal ID", "Account", "Stage", "Amount")
    assert read_back.header_line == titles.count("\n") + 1
    assert read_back.in_file() == 2


def test_trailing_delimiters_and_marks_do_no_harm() -> None:
    text = '\ufeff\ufeffDeal ID,Stage,\n"1",Won,\n="007",Lost,\n\x1a'
    assert rows(sheet(text)) == [("1", "Won"), ("007", "Lost")]


def test_a_quoted_line_break_stays_in_its_cell() -> None:
    read_back = sheet(HEAD + '1,"Acorn\nWest, 2nd floor",Won,5\n2,Birch,Lost,6\n')
    assert rows(read_back)[0][1] == "Acorn\nWest, 2nd floor"
    assert [record.line for record in read_back.records] == [2, 4]


def test_a_stray_quote_does_not_swallow_the_rest() -> None:
    lines = "".join(f"{at},Account {at},Won,5\n" for at in range(3, 2000))
    read_back = sheet(HEAD + '1,"Acorn,Won,5\n2,Birch,Lost,6\n' + lines)
    assert read_back.in_file() == 1999
    assert rows(read_back)[0] == ("1", '"Acorn', "Won", "5")


def test_a_stray_quote_closed_by_a_later_quote_swallows_nothing() -> None:
    read_back = sheet(HEAD + '1,"Acorn,Won,5\n2,Birch,Lost,6\n3,"Cedar, Inc",Won,7\n')
    assert [cells[0] for cells in rows(read_back)] == ["1", "2", "3"]
    assert rows(read_back)[2][1] == "Cedar, Inc"


def test_a_line_that_cannot_be_cut_is_rejected_by_its_number() -> None:
    read_back = sheet(HEAD + '1,Acorn,Won,5\n2,"Birch, Inc,Lost,6\n3,Cedar,Won,7\n')
    assert [(reject.line, reject.harmless) for reject in read_back.rejects] == [(3, False)]
    assert [cells[0] for cells in rows(read_back)] == ["1", "3"]


def test_inch_marks_and_apostrophes_are_text() -> None:
    read_back = sheet(HEAD + "1,5\" pipe,Won,5\n2,O'Brien's,Lost,6\n3,3\" rail,Won,7\n")
    assert [cells[1] for cells in rows(read_back)] == ['5" pipe', "O'Brien's", '3" rail']


def test_single_quotes_are_told() -> None:
    text = "'Deal ID','Account','Stage'\n'1','Acorn, Inc','Won'\n'2','Birch','Lost'\n"
    assert rows(sheet(text))[0] == ("1", "Acorn, Inc", "Won")


def test_backslash_escapes_are_told() -> None:
    assert rows(sheet(HEAD + '1,"The \\"Big\\", one",Won,5\n'))[0][1] == 'The "Big", one'


def test_short_rows_are_padded_and_long_rows_rejected() -> None:
    read_back = sheet(HEAD + "1,Acorn,Won\n2,Birch,Won,5,,\n3,Cedar,Won,5,surplus\n")
    assert rows(read_back) == [("1", "Acorn", "Won", ""), ("2", "Birch", "Won", "5")]
    assert [(reject.line, reject.value) for reject in read_back.rejects] == [(4, "surplus")]


def test_blank_records_are_counted() -> None:
    read_back = sheet(HEAD + "1,Acorn,Won,5\n\n,,,\n   \n2,Birch,Won,5\n\n")
    assert (read_back.blank, len(read_back.records), read_back.in_file()) == (4, 2, 6)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\n\n\n",
        b"\xef\xbb\xbf",
        b"Deal ID,Account,Stage\n",
        b"PK\x03\x04rest",
        b"%PDF-1.7",
        b"\x1f\x8b\x08",
        b"Deal ID,Stage\n1,\0\n",
        b"<html><table></table></html>",
        "Deal ID,Stage\n1,Won\n".encode("utf-16-le"),
        bytes(range(1, 32)) * 50,
    ],
)
def test_what_is_no_table_is_refused_in_three_parts(data: bytes) -> None:
    with pytest.raises(FileRefused) as refusal:
        read(data, "deals.csv")
    assert all((refusal.value.what, refusal.value.where, refusal.value.do))


@given(st.binary(max_size=400))
@settings(max_examples=sized(300, 2000), deadline=None)
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        read_back = read(data, "soup.csv")
    except FileRefused:
        return
    assert all(len(record.cells) == len(read_back.header) for record in read_back.records)


CELL = st.text(st.sampled_from("ab ,;\t|\"\n\r'é$1.\\"), max_size=6)


@given(st.lists(st.lists(CELL, min_size=1, max_size=6), max_size=12))
@settings(max_examples=sized(300, 2000), deadline=None)
def test_every_line_of_a_mess_is_counted_once(mess: list[list[str]]) -> None:
    text = HEAD + "".join(",".join(cells) + "\n" for cells in mess) + "9,Acorn,Won,5\n"
    read_back = sheet(text)
    lines = [record.line for record in read_back.records] + [one.line for one in read_back.rejects]
    assert len(lines) == len(set(lines))
    assert read_back.in_file() == len(lines) + read_back.blank


def test_every_torture_file_is_read_or_refused() -> None:
    files = [
        path for path in sorted(DATA.glob("torture_*/*")) if path.suffix in (".csv", ".tsv", ".txt")
    ]
    if not files:
        pytest.skip("the torture files are not on this machine")
    for path in files:
        try:
            read(path.read_bytes(), path.name)
        except FileRefused:
            continue
