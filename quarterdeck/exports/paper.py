"""An empty page in our styles, and pages as a document."""

from __future__ import annotations

import io
from collections.abc import Sequence

from docx import Document
from docx.document import Document as Pages
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from docx.shared import Inches, Twips
from docx.table import Table

from quarterdeck.exports.filling import AUTHOR
from quarterdeck.exports.packing import WRITTEN, undated
from quarterdeck.exports.styles import TABLE, dress

_KEPT = ("/settings", "/styles", "/theme", "/officeDocument", "/core-properties")
_SETTINGS = """
<w:settings xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">
  <w:zoom w:percent="100"/><w:defaultTabStop w:val="720"/>
  <w:characterSpacingControl w:val="doNotCompress"/>
  <w:compat><w:compatSetting w:name="compatibilityMode"
    w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>
  <w:themeFontLang w:val="en-US"/><w:decimalSymbol w:val="."/><w:listSeparator w:val=","/>
</w:settings>
"""


def blank() -> Pages:
    """An empty US Letter page in our styles, without what the library's own template brings."""
    pages = Document()
    for links in (pages.part.rels, pages.part.package.rels):
        for key in [key for key, link in links.items() if not link.reltype.endswith(_KEPT)]:
            del links[key]
    dress(pages)
    settings = pages.settings.element
    for old in list(settings):
        settings.remove(old)
    for new in list(parse_xml(_SETTINGS)):
        settings.append(new)
    page = pages.sections[0]
    page.page_width, page.page_height = Inches(8.5), Inches(11)
    page.left_margin = page.right_margin = Inches(0.75)
    page.top_margin = page.bottom_margin = Inches(0.9)
    page.header_distance = page.footer_distance = Inches(0.45)
    return pages


def ruled(pages: Pages, rows: int, shares: Sequence[int], width: int) -> Table:
    """A table of a heading row, which every page repeats, and rows below; the columns take their
    shares of the width, in hundredths."""
    table: Table = pages.add_table(rows + 1, len(shares), TABLE)
    table.autofit = False
    table._tbl.tblPr.find(qn("w:tblW")).attrib.update({qn("w:type"): "dxa", qn("w:w"): str(width)})
    widths = [Twips(width * share // 100) for share in shares]
    for column, wide in zip(table.columns, widths, strict=True):
        column.width = wide
        for cell in column.cells:
            cell.width = wide
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    return table


def written(pages: Pages, title: str) -> bytes:
    """The pages as .docx under a title, the same bytes at every writing."""
    properties = pages.core_properties
    properties.title = title
    properties.author = properties.last_modified_by = AUTHOR
    properties.comments = ""
    properties.created = properties.modified = WRITTEN
    file = io.BytesIO()
    pages.save(file)
    return undated(file.getvalue())
