"""Which templates do letters begin with? `python -m quarterdeck.exports.making` writes them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from docx.document import Document as Pages
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Twips
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from quarterdeck.exports.letters import NAMES, TEMPLATES
from quarterdeck.exports.paper import blank, ruled, written
from quarterdeck.exports.styles import HEAD, NUMBER, TAG, TEXT

WIDTH = 10_080
"""Of the text, in twentieths of a point: US Letter with margins of three quarters of an inch."""


@dataclass(frozen=True)
class Column:
    """One column of a table: its heading, what stands below, its width, what it adds up to."""

    heading: str
    shows: str
    share: int
    is_number: bool = False
    total: str = ""


def _moves(way: str, other: str, who: str) -> list[Column]:
    return [
        Column("Account", "{{ move.account_name }}", 22),
        Column("Place", "{{ move.place }}", 14),
        Column(other, f"{{{{ move.{who} }}}}", 14),
        Column("Potential", "{{ move.potential_usd }}", 11, True, f"{{{{ {way}_potential_usd }}}}"),
        Column("MRR", "{{ move.mrr_usd }}", 10, True, f"{{{{ {way}_mrr_usd }}}}"),
        Column("Open deals", "{{ move.open_usd }}", 11, True, f"{{{{ {way}_open_usd }}}}"),
        Column("Why", "{{ move.reason }}", 18),
    ]


LETTER_DEALS = [
    Column("Account", "{{ deal.account_name }}", 21),
    Column("Deal", "{{ deal.name }}", 21),
    Column("Stage", "{{ deal.stage }}", 12),
    Column("Amount", "{{ deal.amount_usd }}", 17, True, "{{ deals_usd }}"),
    Column("Closes", "{{ deal.close_on }}", 12),
    Column("Credited to", "{{ deal.credited_to }}", 17),
]
SHEET_DEALS = [
    Column("Deal", "{{ deal.name }}", 22),
    Column("Stage", "{{ deal.stage }}", 12),
    Column("Amount", "{{ deal.amount_usd }}", 17, True, "{{ sheet.open_usd }}"),
    Column("Closes", "{{ deal.close_on }}", 12),
    Column("Next step", "{{ deal.next_step }}", 20),
    Column("Credited to", "{{ deal.credited_to }}", 17),
]
CONTACTS = [
    Column("Name", "{{ contact.name }}", 26),
    Column("Role", "{{ contact.role }}", 26),
    Column("Email", "{{ contact.email }}", 32),
    Column("Influence", "{{ contact.influence }}", 16),
]
ACTIVITIES = [
    Column("Day", "{{ done.day }}", 12),
    Column("Kind", "{{ done.kind }}", 12),
    Column("By", "{{ done.by }}", 18),
    Column("Subject", "{{ done.subject }}", 33),
    Column("Outcome", "{{ done.outcome }}", 25),
]
SERVICES = [
    Column("Service", "{{ service.product }}", 56),
    Column("MRR", "{{ service.mrr_usd }}", 22, True, "{{ sheet.mrr_usd }}"),
    Column("Renews", "{{ service.renewal_on }}", 22),
]
QUOTA = [
    Column("Quota before", "{{ quota_before_usd }}", 50, True),
    Column("Quota from {{ effective_on }}", "{{ quota_after_usd }}", 50, True),
]


def made(name: str) -> bytes:
    """The template "letter" or "handover" as .docx, the same bytes at every making."""
    pages = blank()
    if name == "letter":
        _write_letter(pages)
    else:
        _write_sheets(pages)
    return written(pages, {"letter": "Letter on accounts", "handover": "Handover sheets"}[name])


def _write_letter(pages: Pages) -> None:
    pages.add_paragraph("Your accounts from {{ effective_on }}", "Title")
    pages.add_paragraph(
        "{{ person_name }}{% if team_name %}, {{ team_name }}{% endif %}", "Subtitle"
    )
    pages.add_paragraph("Dear {{ person_name }},")
    pages.add_paragraph(
        "On {{ effective_on }} the accounts are shared out anew. {{ moves_words }} "
        "Below you find the accounts, your quota, "
        "and who is credited with the deals that are open on that day."
    )
    pages.add_paragraph("Accounts that come to you", "Heading 1")
    _either(pages, "move in accounts_in", _moves("in", "From", "from_name"),
            "No account comes to you.", "accounts_in|length > 1")  # fmt: skip
    pages.add_paragraph("Accounts that leave you", "Heading 1")
    _either(pages, "move in accounts_out", _moves("out", "To", "to_name"),
            "No account leaves you.", "accounts_out|length > 1")  # fmt: skip
    pages.add_paragraph("Your quota", "Heading 1")
    _tag(pages, "{%p if quota_before_usd or quota_after_usd %}")
    _fill_row(_table(pages, QUOTA).rows[1].cells, [column.shows for column in QUOTA], QUOTA)
    _when(pages, "quota_words").paragraph_format.space_before = Twips(120)
    _otherwise(pages, "No quota is set.")
    pages.add_paragraph("Open deals", "Heading 1")
    _when(pages, "credit_words")
    _either(pages, "deal in deals", LETTER_DEALS, "No open deals.", "deals|length > 1")
    _tag(pages, "{%p if manager_name %}")
    closing = pages.add_paragraph("Ask me before {{ effective_on }} if anything here is unclear.")
    closing.paragraph_format.space_before = Twips(320)
    closing.paragraph_format.keep_with_next = True
    pages.add_paragraph("{{ manager_name }}")
    _tag(pages, "{%p endif %}")
    _number_pages(pages, "{{ person_name }}, from {{ effective_on }}")


def _write_sheets(pages: Pages) -> None:
    _tag(pages, "{%p for sheet in sheets %}")
    heading = pages.add_paragraph("{{ sheet.account_name }}", "Heading 1")
    heading.paragraph_format.page_break_before = True
    pages.add_paragraph(
        "From {{ sheet.from_name }} to {{ sheet.to_name }} on {{ sheet.effective_on }}", "Subtitle"
    )
    _when(pages, "sheet.address")
    _when(pages, "sheet.industry", "Industry: {{ sheet.industry }}")
    _when(pages, "sheet.is_strategic", "Strategic account")
    for title, loop, columns, nothing, several in (
        ("Open deals", "deal in sheet.open_deals", SHEET_DEALS, "No open deals.", "open_deals"),
        ("Contacts", "contact in sheet.contacts", CONTACTS, "No contacts are known.", ""),
        ("Last activities", "done in sheet.activities", ACTIVITIES,
         "No activities are recorded.", ""),
        ("Services and renewals", "service in sheet.services", SERVICES,
         "No services are recorded.", "services"),
    ):  # fmt: skip
        pages.add_paragraph(title, "Heading 2")
        total = f"sheet.{several}|length > 1" if several else ""
        _either(pages, loop, columns, nothing, total)
    _tag(pages, "{%p else %}")
    pages.add_paragraph("No account is handed over.")
    _tag(pages, "{%p endfor %}")
    _number_pages(pages, "Handover sheets")


def _either(pages: Pages, loop: str, columns: list[Column], nothing: str, total: str) -> None:
    """A table with a row for each of a list, or a sentence where the list is empty."""
    _tag(pages, f"{{%p if {loop.split(' in ')[1]} %}}")
    table = _table(pages, columns, 7 if total else 4)
    rows = [row.cells for row in table.rows]
    _span(rows[1], f"{{%tr for {loop} %}}")
    _fill_row(rows[2], [column.shows for column in columns], columns)
    _span(rows[3], "{%tr endfor %}")
    if total:
        _span(rows[4], f"{{%tr if {total} %}}")
        _fill_row(rows[5], ["Total", *(column.total for column in columns[1:])], columns, "Strong")
        _span(rows[6], "{%tr endif %}")
    for row in table.rows:
        row._tr.get_or_add_trPr().insert(0, OxmlElement("w:cantSplit"))
    _otherwise(pages, nothing)


def _otherwise(pages: Pages, nothing: str) -> None:
    _tag(pages, "{%p else %}")
    pages.add_paragraph(nothing)
    _tag(pages, "{%p endif %}")


def _when(pages: Pages, field: str, words: str = "") -> Paragraph:
    """A paragraph of one field, or of words, only where the field says something."""
    _tag(pages, f"{{%p if {field} %}}")
    shown = pages.add_paragraph(words or f"{{{{ {field} }}}}")
    _tag(pages, "{%p endif %}")
    return shown


def _table(pages: Pages, columns: list[Column], rows: int = 2) -> Table:
    """A table of a heading row, which every page repeats, and rows to write in."""
    table = ruled(pages, rows - 1, [column.share for column in columns], WIDTH)
    for cell, column in zip(table.rows[0].cells, columns, strict=True):
        _put(cell, column.heading, f"{HEAD} Number" if column.is_number else HEAD)
    return table


def _fill_row(
    cells: Sequence[_Cell], texts: Sequence[str], columns: list[Column], weight: str = ""
) -> None:
    for cell, text, column in zip(cells, texts, columns, strict=True):
        _put(cell, text, NUMBER if column.is_number else TEXT, weight)


def _put(cell: _Cell, text: str, style: str, weight: str = "") -> None:
    cell.paragraphs[0].style = style
    if text:
        cell.paragraphs[0].add_run(text, weight or None)


def _span(cells: Sequence[_Cell], tag: str) -> None:
    """A row that holds a tag alone: it is gone from the letter."""
    _put(cells[0].merge(cells[-1]), tag, TAG)


def _tag(pages: Pages, tag: str) -> None:
    pages.add_paragraph(tag, TAG)


def _number_pages(pages: Pages, words: str) -> None:
    line = pages.sections[0].footer.paragraphs[0]
    line.style = "Footer"
    line.add_run(f"{words}\tPage ")
    _field(line, "PAGE")
    line.add_run(" of ")
    _field(line, "NUMPAGES")


def _field(line: Paragraph, code: str) -> None:
    """A field of Word that shows 1 until Word counts anew."""
    for kind, text in (("begin", ""), ("", code), ("separate", ""), ("", "1"), ("end", "")):
        run = line.add_run("" if text == code else text)
        if kind:
            sign = OxmlElement("w:fldChar")
            sign.set(qn("w:fldCharType"), kind)
            run._r.append(sign)
        elif text == code:
            asked = OxmlElement("w:instrText")
            asked.text = code
            run._r.append(asked)


def main() -> None:
    """Write the built-in templates anew."""
    for name in NAMES:
        (TEMPLATES / f"{name}.docx").write_bytes(made(name))


if __name__ == "__main__":
    main()
