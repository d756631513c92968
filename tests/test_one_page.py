"""One team on one page of paper."""

from __future__ import annotations

import io
import shutil
import subprocess
from pathlib import Path

import pytest
from docx import Document

from quarterdeck.domain.coaching import SKILLS
from quarterdeck.exports.one_page import ROOM, Sheet, one_page
from quarterdeck.ui.coaching_sheet import HEADING, NOTE
from tests.test_live_formulas import SOFFICE

WORDS = ("▼ below peers (132 deals)", "no clear difference (32 deals)", "watch (46 proposals)",
         "too few to say (4 deals)")  # fmt: skip
ROWS = tuple(
    (f"Alexandria Featherstonehaugh-{number}", *WORDS, "12 Nov", "3 Dec", "2.5 h", "4, 1 late")
    for number in range(8)
)
LINES = tuple(
    f"Person {number}: Find twenty new accounts, *by* {number}\x00" for number in range(12)
)
SHEET = Sheet(
    "Ben and Idris had no 1:1 in 3 weeks.",
    "Who needs what? As of 24 Nov 2026",
    HEADING,
    ROWS,
    (("Plans", LINES), ("Being learned", LINES)),
    NOTE,
)


def test_every_word_stands_in_it_as_it_was_written():
    made = Document(io.BytesIO(one_page(SHEET)))
    table, lists = made.tables
    assert [cell.text for cell in table.rows[0].cells] == [title for title, _ in HEADING]
    assert len(HEADING) == len(SKILLS) + 5
    assert sum(share for _, share in HEADING) == 100
    assert [cell.text for cell in table.rows[8].cells] == list(ROWS[-1])
    assert made.paragraphs[0].text == SHEET.finding
    said = [[cell.text for cell in row.cells] for row in lists.rows]
    assert said[1] == ["Person 0: Find twenty new accounts, *by* 0"] * 2
    assert said[-1] == [f"And {12 - ROOM} more."] * 2


def test_the_same_team_makes_the_same_bytes():
    assert one_page(SHEET) == one_page(SHEET)


@pytest.mark.skipif(not SOFFICE, reason="LibreOffice is not installed")
def test_eight_people_fit_on_one_page(tmp_path: Path):
    if not shutil.which("pdfinfo"):
        pytest.skip("pdfinfo is not installed")
    (tmp_path / "team.docx").write_bytes(one_page(SHEET))
    subprocess.run(
        [SOFFICE, "--headless", "--convert-to", "pdf", "--outdir", tmp_path,
         f"-env:UserInstallation={(tmp_path / 'office').as_uri()}", tmp_path / "team.docx"],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    if not (tmp_path / "team.pdf").exists():
        pytest.skip("LibreOffice is here without its Writer")
    told = subprocess.run(
        ["pdfinfo", tmp_path / "team.pdf"], check=True, capture_output=True, text=True
    )
    assert "Pages:           1" in told.stdout
