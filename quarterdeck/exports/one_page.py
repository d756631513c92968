"""A table, and lists side by side, on one page of paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from docx.document import Document as Pages
from docx.enum.section import WD_ORIENT
from docx.shared import Inches
from docx.table import _Cell

from quarterdeck.exports.paper import blank, ruled, written
from quarterdeck.exports.styles import HEAD, TEXT

WIDTH = 14_112
"""Of the text, in twentieths of a point: US Letter on its side, margins of .6 inches."""
LONGEST_TITLE = 255
"""Of a document's properties, as the format has it."""
ROOM = 8
"""So many lines of a list stand on the page; how many more there are is said."""


@dataclass(frozen=True)
class Sheet:
    """What the page says: a finding, what it is of, rows under headings (with the share of the
    width that each takes, in hundredths), and lists by title, side by side."""

    finding: str
    subtitle: str
    heading: Sequence[tuple[str, int]]
    rows: Sequence[Sequence[str]]
    lists: Sequence[tuple[str, Sequence[str]]]
    note: str


def one_page(sheet: Sheet) -> bytes:
    """The sheet as .docx, the same bytes at every making; more than 10 rows may take two pages."""
    pages = blank()
    page = pages.sections[0]
    page.orientation = WD_ORIENT.LANDSCAPE
    page.page_width, page.page_height = Inches(11), Inches(8.5)
    page.left_margin = page.right_margin = Inches(0.6)
    page.top_margin = page.bottom_margin = Inches(0.6)
    pages.add_paragraph(_plain(sheet.finding), "Title")
    pages.add_paragraph(_plain(sheet.subtitle), "Subtitle")
    _table(pages, sheet.heading, sheet.rows)
    pages.add_paragraph("", TEXT)
    even = 100 // len(sheet.lists)
    lists = zip_longest(*(_short(lines) for _, lines in sheet.lists), fillvalue="")
    _table(pages, [(title, even) for title, _ in sheet.lists], list(lists))
    footer = page.footer.paragraphs[0]
    footer.style = "Footer"
    footer.add_run(_plain(sheet.note))
    return written(pages, _plain(sheet.finding)[:LONGEST_TITLE])


def _table(pages: Pages, heading: Sequence[tuple[str, int]], rows: Sequence[Sequence[str]]) -> None:
    table = ruled(pages, len(rows), [share for _, share in heading], WIDTH)
    for cell, (title, _) in zip(table.rows[0].cells, heading, strict=True):
        _put(cell, title, HEAD)
    for row, texts in zip(table.rows[1:], rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            _put(cell, text, TEXT)


def _put(cell: _Cell, text: str, style: str) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.style = style
    # What stands out is bold too: paper may be grey.
    paragraph.add_run(_plain(text), "Strong" if text.startswith("▼") else None)


def _short(lines: Sequence[str]) -> list[str]:
    more = len(lines) - ROOM
    return [*lines[:ROOM], f"And {more:,} more."] if more > 0 else list(lines)


def _plain(text: str) -> str:
    """One line of what Word can hold: no control signs, no halves of a sign."""
    known = text.encode("utf-8", errors="ignore").decode()
    return " ".join("".join(one if one.isprintable() else " " for one in known).split())
