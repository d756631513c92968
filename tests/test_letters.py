"""Letters and handover sheets: what they tell, and what a stranger's template may not do."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from docx import Document
from docx.document import Document as Pages
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from docx.shared import Pt, RGBColor

from quarterdeck.exports import letters, making, opening, packing, paper
from quarterdeck.exports.letters import (
    Contact,
    DealLine,
    Done,
    Handover,
    Letter,
    Moved,
    Service,
    check_template,
    handovers,
    letter,
    packed,
    template,
)
from quarterdeck.refusal import Refused

NEW_YEAR = date(2027, 1, 1)
HOSTILE = "<w:p>A & B</w:p> {{ 7*7 }} {% for %} {_{ x }_} “é” \u202e] ]]>"
RELS = "word/_rels/document.xml.rels"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

ACME = Moved(
    "Acme", "Boise, ID", "Bo Chen", "Ana Lopez", Decimal("1240000"), Decimal("4300.40"),
    Decimal("742000"), "Two hours closer",
)  # fmt: skip
FIBRE = DealLine(
    "Fibre", "Proposal", Decimal("412500.10"), date(2027, 3, 1), "Send the offer", "Bo 50 %", "Acme"
)
ANA = Letter(
    "Ana Lopez", NEW_YEAR, "Dana Reyes", "Northwest", (ACME,), (), Decimal("2000000.00"),
    Decimal("2143210.55"), "2,000,000.00 + 143,210.55", "Bo keeps half until March.", (FIBRE,),
)  # fmt: skip
SHEET = Handover(
    "Acme", NEW_YEAR, "1 Main St\nBoise, ID", "Mining", True, "Bo Chen", "Ana Lopez", (FIBRE,),
    (Contact("Pat Lee", "CFO", "pat@example.com", "high"),),
    (Done(date(2026, 11, 19), "Call", "Bo Chen", "Fibre", "Wants an offer"),),
    (Service("SD-WAN", Decimal("4300.40"), date(2028, 1, 1)),),
)  # fmt: skip


def pages(content: bytes) -> Pages:
    return Document(io.BytesIO(content))


def texts(content: bytes) -> list[str]:
    return [line.text for line in pages(content).paragraphs]


def rows(content: bytes) -> list[list[list[str]]]:
    """Every table as rows of cells."""
    return [
        [[cell.text for cell in row.cells] for row in table.rows] for table in pages(content).tables
    ]


def saved(document: Pages) -> bytes:
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def restyled(change: Callable[[Pages], object], name: str = "letter") -> bytes:
    """The built-in template after a change to it."""
    document = pages(template(name))
    change(document)
    return saved(document)


def saying(*lines: str) -> bytes:
    """A template of these paragraphs after all that a letter must say."""
    document = paper.blank()
    for line in ("{{ person_name }} {{ effective_on }}", *lines):
        document.add_paragraph(line)
    return saved(document)


def holding(markup: str) -> bytes:
    """The built-in template with a piece of markup in its text."""
    spaces = (
        'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
        'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
        f'xmlns:r="{OFFICE}"'
    )
    piece = parse_xml(f"<w:p {spaces}><w:r>{markup}</w:r></w:p>")
    return restyled(lambda document: document.element.body.insert(0, piece))


def repacked(change: Callable[[dict[str, bytes]], object]) -> bytes:
    """The built-in template with other parts."""
    parts = packing.entries(template("letter"))
    change(parts)
    return packing.zipped(parts.items())


def linked(kind: str, target: str, mode: str = "External") -> bytes:
    """The built-in template with one more relation of its text to something."""
    more = (
        f'<Relationship Id="rId99" Type="{OFFICE}/{kind}" Target="{target}" TargetMode="{mode}"/>'
    )

    def change(parts: dict[str, bytes]) -> None:
        parts[RELS] = parts[RELS].replace(b"</Relationships>", f"{more}</Relationships>".encode())

    return repacked(change)


def field(*pieces: str) -> str:
    """A field of Word whose code lies in several runs."""
    codes = "</w:r><w:r>".join(f"<w:instrText>{piece}</w:instrText>" for piece in pieces)
    return (
        f'<w:fldChar w:fldCharType="begin"/></w:r><w:r>{codes}</w:r><w:r>'
        '<w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r>'
        '<w:fldChar w:fldCharType="end"/>'
    )


# What a letter tells


def test_a_letter_tells_accounts_quota_and_open_deals():
    made = letter(ANA)
    said = texts(made)
    assert said[:3] == ["Your accounts from 1 Jan 2027", "Ana Lopez, Northwest", "Dear Ana Lopez,"]
    assert "1 account comes to you and no account leaves you." in said[3]
    assert "Bo keeps half until March." in said
    assert said[-2:] == ["Ask me before 1 Jan 2027 if anything here is unclear.", "Dana Reyes"]
    coming, quota, deals = rows(made)
    assert coming == [
        ["Account", "Place", "From", "Potential", "MRR", "Open deals", "Why"],
        ["Acme", "Boise, ID", "Bo Chen", "$1.24\u202fM", "$4.30\u202fk", "$742\u202fk",
         "Two hours closer"],
    ]  # fmt: skip
    assert quota == [
        ["Quota before", "Quota from 1 Jan 2027"],
        ["$2,000,000.00", "$2,143,210.55"],
    ]
    assert deals[1] == ["Acme", "Fibre", "Proposal", "$412,500.10", "1 Mar 2027", "Bo 50 %"]


def test_what_leaves_is_told_with_who_takes_it():
    made = letter(Letter("Bo Chen", NEW_YEAR, accounts_out=(ACME, ACME)))
    assert "No account comes to you and 2 accounts leave you." in texts(made)[3]
    (leaving,) = rows(made)
    assert leaving[0][2] == "To"
    assert leaving[1][2] == "Ana Lopez"
    assert leaving[3] == ["Total", "", "", "$2.48\u202fM", "$8.60\u202fk", "$1.48\u202fM", ""]


@pytest.mark.parametrize("cents", ["0.01", "99999999999.99", "123456789.10", "-5.00"])
def test_a_quota_is_told_to_the_cent(cents):
    made = letter(Letter("Ana", NEW_YEAR, quota_after_usd=Decimal(cents)))
    amount = Decimal(cents)
    sign = "−" if amount < 0 else ""
    assert rows(made) == [
        [["Quota before", "Quota from 1 Jan 2027"], ["–", f"{sign}${abs(amount):,.2f}"]]
    ]


def test_a_letter_without_anything_says_so_in_sentences():
    made = letter(Letter("Ana", NEW_YEAR))
    said = texts(made)
    assert rows(made) == []
    for sentence in (
        "No account comes to you.", "No account leaves you.", "No quota is set.", "No open deals.",
    ):  # fmt: skip
        assert sentence in said
    assert said[1] == "Ana"
    assert said[-1] == "No open deals."


def test_what_is_not_known_is_a_dash_and_never_a_zero():
    made = letter(Letter("Ana", NEW_YEAR, accounts_in=(Moved("Acme"), Moved("Zeta"))))
    (coming,) = rows(made)
    assert coming[1] == ["Acme", *["–"] * 6]
    assert coming[3] == ["Total", "", "", "–", "–", "–", ""]


def test_two_hundred_accounts_stand_in_one_table_whose_head_repeats():
    moves = tuple(Moved(f"Account {number}", potential_usd=Decimal(1000)) for number in range(200))
    made = letter(Letter("Ana", NEW_YEAR, accounts_in=moves))
    (coming,) = rows(made)
    assert len(coming) == 202
    assert coming[200][0] == "Account 199"
    assert coming[201][3] == "$200\u202fk"
    trs = pages(made).tables[0]._tbl.tr_lst
    assert trs[0].trPr.find(qn("w:tblHeader")) is not None
    assert all(tr.trPr.find(qn("w:cantSplit")) is not None for tr in trs)


def test_a_handover_tells_deals_contacts_activities_and_services():
    made = handovers([SHEET])
    assert texts(made)[:5] == [
        "Acme", "From Bo Chen to Ana Lopez on 1 Jan 2027", "1 Main St\nBoise, ID",
        "Industry: Mining", "Strategic account",
    ]  # fmt: skip
    deals, contacts, activities, services = rows(made)
    assert deals[1] == [
        "Fibre", "Proposal", "$412,500.10", "1 Mar 2027", "Send the offer", "Bo 50 %",
    ]  # fmt: skip
    assert contacts[1] == ["Pat Lee", "CFO", "pat@example.com", "high"]
    assert activities[1] == ["19 Nov 2026", "Call", "Bo Chen", "Fibre", "Wants an offer"]
    assert services[1] == ["SD-WAN", "$4,300.40", "1 Jan 2028"]


def test_every_account_begins_a_page_of_its_own():
    made = handovers([SHEET, Handover("Zeta", NEW_YEAR), SHEET])
    heads = [line for line in pages(made).paragraphs if line.style.name == "Heading 1"]
    assert [line.text for line in heads] == ["Acme", "Zeta", "Acme"]
    assert all(line.paragraph_format.page_break_before for line in heads)


def test_an_account_with_nothing_says_so_and_no_account_too():
    said = texts(handovers([Handover("Zeta", NEW_YEAR)]))
    for sentence in (
        "No open deals.", "No contacts are known.", "No activities are recorded.",
        "No services are recorded.",
    ):  # fmt: skip
        assert sentence in said
    assert texts(handovers([])) == ["No account is handed over."]


@pytest.mark.parametrize("restyle", [False, True])
def test_hostile_names_appear_as_they_are_written(restyle):
    own = template("letter") if restyle else None
    made = letter(Letter(HOSTILE, NEW_YEAR, accounts_in=(Moved(HOSTILE),)), own)
    assert texts(made)[1] == HOSTILE
    assert rows(made)[0][1][0] == HOSTILE
    assert pages(made).sections[0].footer.paragraphs[0].text.startswith(HOSTILE)
    assert pages(made).core_properties.title.startswith("Accounts of <w:p>A & B</w:p> {{ 7*7 }}")


@pytest.mark.parametrize("sign", ["\0", "\x0b", "\f", "\a", "\x1f", "\ud800", "\ufffe", "\t"])
def test_signs_that_no_word_file_can_hold_become_spaces(sign):
    made = letter(Letter("Ana", NEW_YEAR, accounts_in=(Moved(f"A{sign}B"),)))
    assert rows(made)[0][1][0] == "A B"


def test_a_very_long_name_is_whole_in_the_letter_and_cut_in_its_title():
    made = letter(Letter("A" * 5000, NEW_YEAR))
    assert texts(made)[1] == "A" * 5000
    assert len(pages(made).core_properties.title) == 255


def test_the_same_letter_has_the_same_bytes_and_no_date_of_writing():
    assert letter(ANA) == letter(ANA)
    assert handovers([SHEET] * 2) == handovers([SHEET] * 2)
    with zipfile.ZipFile(io.BytesIO(letter(ANA))) as found:
        assert {entry.date_time for entry in found.infolist()} == {(2026, 1, 1, 0, 0, 0)}
    properties = pages(letter(ANA)).core_properties
    assert properties.title == "Accounts of Ana Lopez from 1 Jan 2027"
    assert properties.author == properties.last_modified_by == "Quarterdeck"
    assert properties.created == properties.modified == packing.WRITTEN


# The built-in templates


@pytest.mark.parametrize("name", letters.NAMES)
def test_the_built_in_templates_are_what_is_made_anew(name):
    assert packing.entries(template(name)) == packing.entries(making.made(name))
    assert making.made(name) == making.made(name)


@pytest.mark.parametrize("name", letters.NAMES)
def test_the_built_in_templates_are_accepted(name):
    check_template(template(name), name)


@pytest.mark.parametrize("name", letters.NAMES)
def test_the_columns_of_every_table_fill_the_page(name):
    document = pages(template(name))
    page = document.sections[0]
    assert (page.page_width.inches, page.page_height.inches) == (8.5, 11)
    width = page.page_width - page.left_margin - page.right_margin
    assert width == making.WIDTH * 635
    for table in document.tables:
        assert sum(column.width for column in table.columns) == pytest.approx(width, abs=6350)


def test_amounts_stand_at_the_right_and_headings_are_headings_of_word():
    document = pages(letter(ANA))
    styles = [line.style.name for line in document.paragraphs]
    assert styles[:2] == ["Title", "Subtitle"]
    assert styles.count("Heading 1") == 4
    assert [cell.paragraphs[0].style.name for cell in document.tables[0].rows[1].cells] == [
        "Table Text", "Table Text", "Table Text", "Table Number", "Table Number", "Table Number",
        "Table Text",
    ]  # fmt: skip
    assert document.styles["Table Number"].paragraph_format.alignment == 2
    assert document.sections[0].footer.paragraphs[0].text.endswith("\tPage 1 of 1")


def test_a_template_that_there_is_not_is_refused():
    with pytest.raises(Refused, match="no template “poem”"):
        template("poem")


# Restyled


def test_restyled_headings_restyle_the_letter():
    def change(document: Pages) -> None:
        document.styles["Heading 1"].font.size = Pt(30)
        document.styles["Heading 1"].font.color.rgb = RGBColor(0x80, 0, 0)
        document.paragraphs[0].text = "News for {{ person_name|upper }}"

    made = letter(ANA, restyled(change))
    assert texts(made)[0] == "News for ANA LOPEZ"
    assert pages(made).styles["Heading 1"].font.size == Pt(30)
    assert rows(made) == rows(letter(ANA))


def test_a_restyled_handover_sheet_works_too():
    own = restyled(
        lambda document: setattr(document.styles["Heading 2"].font, "italic", True), "handover"
    )
    made = handovers([SHEET, SHEET], own)
    assert rows(made) == rows(handovers([SHEET, SHEET]))
    assert pages(made).styles["Heading 2"].font.italic


def test_a_tag_that_word_has_cut_into_runs_is_filled():
    def change(document: Pages) -> None:
        line = document.paragraphs[0]
        line.text = ""
        for piece in ("To {", "{ person", "_name }", "}"):
            line.add_run(piece).bold = len(piece) % 2 == 0

    assert texts(letter(ANA, restyled(change)))[0] == "To Ana Lopez"


def test_a_logo_in_the_header_stays_in_the_letter():
    def change(document: Pages) -> None:
        header = document.sections[0].header
        header.paragraphs[0].add_run().add_picture(io.BytesIO(DOT))
        header.add_paragraph("For {{ person_name }}")

    made = letter(ANA, restyled(change))
    assert [line.text for line in pages(made).sections[0].header.paragraphs] == [
        "",
        "For Ana Lopez",
    ]
    assert DOT in packing.entries(made).values()


def test_a_link_to_click_and_a_field_that_computes_are_fine():
    check_template(linked("hyperlink", "https://example.com/help"))
    check_template(holding(field(" PAGE \\* MERGEFORMAT ")))
    check_template(holding(field(' HYPERLINK "https://example.com" ')))


def test_a_template_may_ask_whether_there_is_something():
    own = saying(
        "{% if accounts_in and not accounts_out %}{{ accounts_in|length }} more{% endif %}",
        "{% for move in accounts_in if move.place %}{{ loop.index }} {{ move.place }}"
        "{% else %}none{% endfor %}",
        "{# a note #}{{ 'west' if team_name == 'Northwest' else 'east' }}",
    )  # fmt: skip
    assert texts(letter(ANA, own))[1:] == ["1 more", "1 Boise, ID", "west"]


def test_what_a_template_says_of_its_maker_does_not_go_out():
    def change(document: Pages) -> None:
        document.core_properties.author = "Somebody"
        document.core_properties.subject = "{{ person_name }}"

    properties = pages(letter(ANA, restyled(change))).core_properties
    assert properties.author == "Quarterdeck"
    assert properties.subject == ""
    plain = Document()
    plain.add_paragraph("{{ person_name }} {{ effective_on }}")
    assert "customXml/item1.xml" in packing.entries(saved(plain))
    assert "customXml/item1.xml" not in packing.entries(letter(ANA, saved(plain)))


# Tags that are refused


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{{ persn_name }}", "persn_name"),
        ("{% for deal in deals %}{{ deal.naem }}{% endfor %}", "deal.naem"),
        ("{% if quota_befor %}x{% endif %}", "quota_befor"),
        ("{% for deal in dealz %}{{ deal.name }}{% endfor %}", "dealz"),
        ("{{ deal.name }}", "deal"),
        ("{% if 0 %}{{ hidden }}{% endif %}", "hidden"),
        ("{{ person_name.upper }}", "person_name.upper"),
    ],
)  # fmt: skip
def test_a_field_that_there_is_not_is_named_with_those_there_are(line, said):
    with pytest.raises(Refused) as refused:
        check_template(saying(line))
    assert refused.value.what == f"The template asks for what there is not: {said}."
    assert "{" in refused.value.where
    if said == "deal.naem":
        assert "deal.account_name, name, stage" in refused.value.do
    elif said != "person_name.upper":
        assert "person_name, manager_name" in refused.value.do


def test_all_unknown_fields_are_named_at_once():
    with pytest.raises(Refused, match=r"is not: here, there\..*{{ here }}, {{ there }}"):
        check_template(saying("{{ here }}", "{{ there }}"))


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{{ person_name", "“{{ person_name”"),
        ("{{ person_name }", "“{{ person_name }”"),
        ("person_name }}", "person_name }}"),
        ("{{ person name }}", "{{ person name }}"),
        ("{{ }}", "{{ }}"),
        ("{% for deal in %}x{% endfor %}", "{% for deal in %}"),
        ("{% for deal in deals %}x", "{% for deal in deals %} cannot be read: it has no “endfor”"),
        ("x{% endif %}", "{% endif %}"),
        ("{% if deals %}{% for deal in deals %}{% endif %}{% endfor %}", "{% endif %}"),
        ("{% set x = 1 %}", "{% set x = 1 %}"),
        ("{% include 'x' %}", "{% include 'x' %}"),
        ("{% macro x() %}{% endmacro %}", "{% macro x() %}"),
        ("{% autoescape false %}x{% endautoescape %}", "{% autoescape false %}"),
        ("{% raw %}x{% endraw %}", "{% raw %}"),
        ("{%tr for deal in deals %}", "{%tr for deal in deals %}"),
        ("{{r person_name }}", "{{r person_name }}"),
        ("{{ accounts_in }}", "{{ accounts_in }}"),
        ("{% for a in accounts_in %}{% for b in accounts_in %}x{% endfor %}{% endfor %}",
         "{% for b in accounts_in %}"),
    ],
)  # fmt: skip
def test_a_tag_that_cannot_be_read_is_named(line, said):
    with pytest.raises(Refused) as refused:
        check_template(saying(line))
    assert said in str(refused.value)
    assert refused.value.do


@pytest.mark.parametrize(
    "expression",
    [
        "person_name.__class__", "''.__class__.__mro__", "person_name['x']", "range(9)",
        "7 * 7", "'a' * 999999999", "9 ** 9 ** 9", "person_name|safe", "person_name|attr('x')",
        "deals|map(attribute='name')|list", "cycler.__init__.__globals__", "lipsum()", "[1, 2]",
        "{'a': 1}", "person_name|e", "deals|tojson", "self", "person_name is defined",
        "person_name()", "person_name|replace('a', 'bb')", "(" * 3000 + "1" + ")" * 3000,
    ],
)  # fmt: skip
def test_a_template_computes_nothing_and_calls_nothing(expression):
    with pytest.raises(Refused):
        check_template(saying(f"{{{{ {expression} }}}}"))


def test_letters_refuse_what_the_check_refuses():
    with pytest.raises(Refused, match="“mul” is not among"):
        letter(ANA, saying("{{ 7 * 7 }}"))
    with pytest.raises(Refused, match="person_name"):
        handovers([SHEET], template("letter"))


@pytest.mark.parametrize(
    ("line", "name", "said"),
    [
        ("Dear colleague, {{ effective_on }}", "letter", "person_name"),
        ("{{ person_name }}", "letter", "effective_on"),
        ("{% if 0 %}{{ person_name }}{% endif %}{{ effective_on }}", "letter", "person_name"),
        ("{% for sheet in sheets %}x{% endfor %}", "handover", "sheet.account_name"),
    ],
)  # fmt: skip
def test_a_template_that_never_says_what_it_must_is_refused(line, name, said):
    document = paper.blank()
    document.add_paragraph(line)
    with pytest.raises(Refused, match=f"never says {said}"):
        check_template(saved(document), name)


def test_a_loop_that_begins_in_a_table_and_ends_outside_is_refused():
    document = paper.blank()
    document.add_paragraph("{{ person_name }} {{ effective_on }}")
    document.add_table(1, 1).cell(0, 0).text = "{%tr for deal in deals %}"
    document.add_paragraph("{%p endfor %}")
    with pytest.raises(Refused, match="begins in one place"):
        check_template(saved(document))
    document.add_table(2, 1).cell(0, 0).text = "{% if deals %}"
    document.add_paragraph("{%p endif %}")
    with pytest.raises(Refused, match="break the letter"):
        check_template(saved(document))


def test_a_cell_that_a_condition_leaves_without_a_paragraph_is_refused():
    document = paper.blank()
    document.add_paragraph("{{ person_name }} {{ effective_on }}")
    cell = document.add_table(1, 1).cell(0, 0)
    cell.text = "{%p if deals %}"
    cell.add_paragraph("{{ team_name }}")
    cell.add_paragraph("{%p endif %}")
    with pytest.raises(Refused, match="cell without text"):
        check_template(saved(document))


def test_a_tag_where_nothing_is_filled_in_is_refused():
    document = pages(template("letter"))
    document.add_comment(document.paragraphs[0].runs[0], "{{ person_name }}")
    with pytest.raises(Refused, match="stands where nothing is filled in"):
        check_template(saved(document))


def test_a_template_of_more_tags_than_a_letter_can_need_is_refused():
    with pytest.raises(Refused, match="more than 500 tags"):
        check_template(saying("{{ person_name }}" * 501))


# Files that are refused


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "no Word document"),
        (b"Dear {{ person_name }}", "no Word document"),
        (b"PK\x03\x04 cut short", "no Word document"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 an old one", "old format or has a password"),
        (b"\0" * (5 * 2**20 + 1), "larger than 5 MB"),
        (packing.zipped([("a.txt", b"hello")]), "no Word document"),
    ],
    ids=["empty", "text", "cut", "old", "large", "zip"],
)  # fmt: skip
def test_a_file_that_is_no_docx_is_refused(content, said):
    with pytest.raises(Refused, match=said) as refused:
        check_template(content)
    assert refused.value.do


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (b"vnd.openxmlformats-officedocument.wordprocessingml.document.main",
         b"vnd.ms-word.document.macroEnabled.main", "holds macros"),
        (b"wordprocessingml.document.main", b"wordprocessingml.template.main", "dotx"),
        (b"wordprocessingml.document.main", b"spreadsheetml.sheet.main", "no .docx"),
    ],
)  # fmt: skip
def test_a_file_of_another_kind_is_refused(old, new, said):
    def change(parts: dict[str, bytes]) -> None:
        kinds = parts["[Content_Types].xml"]
        assert old in kinds
        parts["[Content_Types].xml"] = kinds.replace(old, new)

    with pytest.raises(Refused, match=said):
        check_template(repacked(change))


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("word/vbaProject.bin", b"x", "macros"),
        ("word/embeddings/oleObject1.bin", b"x", "more than text and pictures"),
        ("word/page.html", b"<html/>", "more than text and pictures"),
        ("word/inside.docx", b"PK\x03\x04", "more than text and pictures"),
        ("word/media/a.png", b"%!PS-Adobe", "more than text and pictures"),
        ("word/media/a.png", b"<svg><image href='https://example.com/a.png'/></svg>",
         "more than text and pictures"),
        ("word/media/a.svg", b"<svg><image href='https://example.com/a.png'/></svg>", "outside"),
        ("word/media/a.svg", b"<svg><style>a{fill:url(https://example.com)}</style></svg>",
         "fetches"),
        ("word/media/a.svg", b"<svg><script/></svg>", "script"),
        ("word/more.xml", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "document type"),
        ("word/more.xml", b"<a", "damaged"),
        ("word/more.xml", "<!DOCTYPE a><a/>".encode("utf-16"), "document type"),
    ],
)  # fmt: skip
def test_a_part_that_is_neither_text_nor_picture_is_refused(name, data, said):
    with pytest.raises(Refused, match=said):
        check_template(repacked(lambda parts: parts.update({name: data})))


def test_a_zip_bomb_is_refused_before_it_unpacks():
    big = b"\0" * (opening.MOST_UNPACKED + 1)
    with pytest.raises(Refused, match="unpacks to more than 40 MB"):
        check_template(repacked(lambda parts: parts.update({"word/media/a.png": big})))
    with pytest.raises(Refused, match="larger than 2 MB"):
        check_template(
            repacked(lambda parts: parts.update({"word/a.xml": b"<a>" + big[: 3 * 2**20]}))
        )
    many = {f"word/media/{number}.png": b"" for number in range(500)}
    with pytest.raises(Refused, match="400 parts"):
        check_template(repacked(lambda parts: parts.update(many)))


def test_a_zip_with_two_parts_of_one_name_is_refused():
    parts = packing.entries(template("letter"))
    twice = [*parts.items(), ("word/Document.xml", b"<a/>")]
    with pytest.raises(Refused, match="no plain Word document"):
        check_template(packing.zipped(twice))


@pytest.mark.parametrize(
    ("kind", "target"),
    [
        ("image", "https://example.com/pixel.png"),
        ("image", "file:///C:/logo.png"),
        ("attachedTemplate", "https://example.com/a.dotm"),
        ("attachedTemplate", "file:///C:/Normal.dotm"),
        ("oleObject", "https://example.com/a"),
        ("aFChunk", "https://example.com/a.html"),
        ("frame", "https://example.com"),
        ("subDocument", "other.docx"),
        ("hyperlink", "file://server/share"),
        ("hyperlink", "javascript:alert(1)"),
        ("hyperlink", "\\\\server\\share"),
    ],
)  # fmt: skip
def test_a_reference_out_of_the_file_is_refused(kind, target):
    with pytest.raises(Refused, match="outside of itself") as refused:
        check_template(linked(kind, target))
    assert kind in refused.value.where
    assert target in refused.value.where


@pytest.mark.parametrize(
    ("kind", "target"),
    [
        ("oleObject", "embeddings/a.bin"),
        ("aFChunk", "a.xml"),
        ("control", "a.xml"),
        ("image", "https://example.com/pixel.png"),
        ("image", "//example.com/pixel.png"),
        ("somethingNew", "a.xml"),
    ],
)  # fmt: skip
def test_an_embedded_thing_is_refused(kind, target):
    with pytest.raises(Refused, match="more than text and pictures"):
        check_template(linked(kind, target, "Internal"))


@pytest.mark.parametrize(
    "markup",
    [
        field(' INCLUDETEXT "https://example.com/a" '),
        field(" INCLUDE", 'PICTURE "https://example.com/a.png" '),
        field(' DDEAUTO c:\\\\windows "x" '),
        field(" dde excel a b "),
        field(" LINK Excel.Sheet a b "),
        field(' HYPERLINK "\\\\\\\\server\\\\share" '),
        field(' HYPERLINK "run.exe" '),
        field(" PAGE {{ person_name }} "),
        field(" DATABASE "),
        field("= 1 + 1"),
        field(" PAGE </w:instrText>" + field(" PAGE ") + "<w:instrText>"),
        "<w:instrText>DDE a b</w:instrText>",
        '</w:r><w:fldSimple w:instr="INCLUDEPICTURE a"/><w:r>',
        '</w:r><w:altChunk r:id="rId1"/><w:r>',
        '<w:object><o:OLEObject Type="Link"/></w:object>',
        '<w:pict><v:shape><v:imagedata src="https://example.com/a.png"/></v:shape></w:pict>',
        '<w:pict><v:shape><v:imagedata o:href="a.png"/></v:shape></w:pict>',
        '<w:pict><v:shape><v:fill v:other="\\\\server\\a"/></v:shape></w:pict>',
        '<w:pict><v:shape v:other="{{ person_name }}"/></w:pict>',
    ],
)  # fmt: skip
def test_markup_that_fetches_or_runs_is_refused(markup):
    with pytest.raises(Refused) as refused:
        check_template(holding(markup))
    assert "word/document.xml" in refused.value.where


def test_a_field_whose_harmless_beginning_a_tag_would_take_away_is_refused():
    """Without the first piece it would fetch: no condition may stand within its code."""
    pieces = (
        '<w:fldChar w:fldCharType="begin"/></w:r><w:r><w:t>{%r if 0 %}</w:t></w:r><w:r>'
        "<w:instrText>PAGE </w:instrText></w:r><w:r><w:t>{%r endif %}</w:t></w:r><w:r>"
        "<w:instrText>DDE a b</w:instrText></w:r><w:r>"
        '<w:fldChar w:fldCharType="separate"/></w:r><w:r><w:fldChar w:fldCharType="end"/>'
    )
    with pytest.raises(Refused, match="within the code of a field"):
        check_template(holding(pieces))


def test_what_other_programs_store_beside_the_text_does_no_harm_and_is_left_out():
    def store(parts: dict[str, bytes]) -> None:
        parts["customXml/item1.xml"] = b"<p xmlns='urn:a' root='https://example.com/schema'/>"
        link = (
            f'<Relationship Id="rId9" Type="{OFFICE}/customXml" Target="../customXml/item1.xml"/>'
        )
        parts[RELS] = parts[RELS].replace(b"</Relationships>", f"{link}</Relationships>".encode())

    assert not any("customXml" in name for name in packing.entries(letter(ANA, repacked(store))))


def test_a_header_that_hides_beside_the_text_is_looked_through():
    header = (
        '<w:hdr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:p>'
        '<w:fldSimple w:instr="DDE a b"/></w:p></w:hdr>'
    )
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"

    def hide(parts: dict[str, bytes]) -> None:
        parts["customXml/item1.xml"] = header.encode()
        link = f'<Relationship Id="rId9" Type="{OFFICE}/header" Target="../customXml/item1.xml"/>'
        parts[RELS] = parts[RELS].replace(b"</Relationships>", f"{link}</Relationships>".encode())
        parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(
            b"</Types>",
            f'<Override PartName="/customXml/item1.xml" ContentType="{kind}"/></Types>'.encode(),
        )

    with pytest.raises(Refused, match="fetch or run something"):
        check_template(repacked(hide))


@pytest.mark.parametrize("place", ["header", "footer"])
def test_tags_in_headers_and_footers_are_looked_through_too(place):
    def change(document: Pages) -> None:
        getattr(document.sections[0], place).add_paragraph("{{ nobody }}")

    with pytest.raises(Refused, match="is not: nobody"):
        check_template(restyled(change))


def test_a_footnote_is_filled_and_looked_through_like_the_text():
    def footnote(words: str) -> bytes:
        notes = (
            '<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
            f'<w:footnote w:id="1"><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:footnote>'
            "</w:footnotes>"
        )
        kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"

        def add(parts: dict[str, bytes]) -> None:
            parts["word/footnotes.xml"] = notes.encode()
            link = f'<Relationship Id="rId9" Type="{OFFICE}/footnotes" Target="footnotes.xml"/>'
            part = f'<Override PartName="/word/footnotes.xml" ContentType="{kind}"/>'
            for name, end, more in (
                (RELS, "</Relationships>", link), ("[Content_Types].xml", "</Types>", part),
            ):  # fmt: skip
                parts[name] = parts[name].replace(end.encode(), f"{more}{end}".encode())

        return repacked(add)

    made = letter(Letter("A & {{ B }}", NEW_YEAR), footnote("Of {{ person_name }}"))
    note = packing.entries(made)["word/footnotes.xml"].decode()
    assert "Of A &amp; &#123;&#123; B &#125;&#125;" in note
    with pytest.raises(Refused, match="is not: nobody"):
        check_template(footnote("{{ nobody }}"))


def test_a_tag_hidden_from_the_eye_is_looked_through_too():
    """Deleted text is no text, but it is filled in all the same."""
    with pytest.raises(Refused, match="“mul” is not among"):
        check_template(holding("<w:delText>{{ 7 * 7 }}</w:delText>"))


def test_the_settings_of_a_template_may_not_merge_mail():
    def change(document: Pages) -> None:
        document.settings.element.append(OxmlElement("w:mailMerge"))

    with pytest.raises(Refused, match="source of addresses"):
        check_template(restyled(change))


# Packed


def test_packed_files_have_safe_names_that_differ():
    names = {
        "Ana/Lopez.docx": "Ana-Lopez.docx",
        "../../etc/passwd": "-..-etc-passwd",
        "CON.docx": "file CON.docx",
        "a<b>:c|d?.docx": "a-b--c-d-.docx",
        "  . ": "file",
        "Zoë\u202e.docx": "Zoë.docx",
        "x\0y\n.docx": "x y.docx",
        "é" * 300 + ".docx": "é" * 115 + ".docx",
    }
    with zipfile.ZipFile(io.BytesIO(packed({name: name.encode() for name in names}))) as found:
        held = {entry.filename: found.read(entry).decode() for entry in found.infolist()}
    assert held == {safe: name for name, safe in names.items()}


def test_packed_names_that_would_be_one_are_numbered():
    made = packed({"Ana.docx": b"1", "ANA.docx": b"2", "a/b": b"3", "a:b": b"4", "a-b": b"5"})
    with zipfile.ZipFile(io.BytesIO(made)) as found:
        held = {name: found.read(name) for name in found.namelist()}
    assert held == {
        "ANA.docx": b"2", "Ana (2).docx": b"1", "a-b": b"5", "a-b (2)": b"3", "a-b (3)": b"4",
    }  # fmt: skip


def test_the_same_files_are_packed_into_the_same_bytes():
    one, other = {"a": b"1", "b": b"2"}, {"b": b"2", "a": b"1"}
    assert packed(one) == packed(other)
    assert packed({}) != packed(one)
    assert zipfile.ZipFile(io.BytesIO(packed({}))).namelist() == []


def test_no_letter_refers_to_anything_outside_of_itself():
    for content in (letter(ANA), handovers([SHEET])):
        for name, data in packing.entries(content).items():
            if name.endswith(".rels"):
                assert b"External" not in data
            assert not re.findall(rb'(?:src|href|Target)="[a-z]+:', data)


DOT = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108020000009077"
    "53de0000000c49444154789c63484c2d01000264013143f7f70d000000004945"
    "4e44ae426082"
)
"""A picture of one point."""
