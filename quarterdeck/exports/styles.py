"""How does a letter look before anybody restyles it?"""

from __future__ import annotations

from docx.document import Document
from docx.oxml.ns import nsdecls
from docx.oxml.parser import parse_xml

BLUE, INK, QUIET, RULE = "1B64A5", "0F1720", "56616C", "C9CED3"
SERIF, PLAIN = "Georgia", "Calibri"

TEXT, NUMBER, HEAD, TAG = "Table Text", "Table Number", "Table Head", "Template Tag"
TABLE = "Quarterdeck Table"

_STYLES = """
<w:styles {declared}>
  <w:docDefaults>
    <w:rPrDefault><w:rPr>
      <w:rFonts w:ascii="{plain}" w:hAnsi="{plain}" w:eastAsia="{plain}" w:cs="{plain}"/>
      <w:color w:val="{ink}"/><w:sz w:val="21"/><w:szCs w:val="21"/>
      <w:lang w:val="en-US" w:eastAsia="en-US" w:bidi="ar-SA"/>
    </w:rPr></w:rPrDefault>
    <w:pPrDefault><w:pPr>
      <w:spacing w:after="120" w:line="264" w:lineRule="auto"/>
    </w:pPr></w:pPrDefault>
  </w:docDefaults>
  <w:style w:type="paragraph" w:default="1" w:styleId="Normal">
    <w:name w:val="Normal"/><w:qFormat/>
  </w:style>
  <w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">
    <w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/>
  </w:style>
  <w:style w:type="table" w:default="1" w:styleId="TableNormal">
    <w:name w:val="Normal Table"/><w:uiPriority w:val="99"/><w:semiHidden/>
    <w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>
      <w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/>
      <w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/>
    </w:tblCellMar></w:tblPr>
  </w:style>
  <w:style w:type="numbering" w:default="1" w:styleId="NoList">
    <w:name w:val="No List"/><w:uiPriority w:val="99"/><w:semiHidden/>
  </w:style>
  <w:style w:type="character" w:styleId="Strong">
    <w:name w:val="Strong"/><w:uiPriority w:val="22"/><w:qFormat/>
    <w:rPr><w:b/><w:bCs/></w:rPr>
  </w:style>
  {paragraphs}
  <w:style w:type="table" w:customStyle="1" w:styleId="{table_id}">
    <w:name w:val="{table}"/><w:basedOn w:val="TableNormal"/><w:uiPriority w:val="40"/><w:qFormat/>
    <w:tblPr>
      <w:tblBorders>
        <w:bottom w:val="single" w:sz="4" w:space="0" w:color="{rule}"/>
        <w:insideH w:val="single" w:sz="4" w:space="0" w:color="{rule}"/>
      </w:tblBorders>
      <w:tblCellMar>
        <w:top w:w="40" w:type="dxa"/><w:left w:w="75" w:type="dxa"/>
        <w:bottom w:w="40" w:type="dxa"/><w:right w:w="75" w:type="dxa"/>
      </w:tblCellMar>
    </w:tblPr>
    <w:tblStylePr w:type="firstRow">
      <w:rPr><w:b/><w:bCs/></w:rPr>
      <w:tcPr><w:tcBorders>
        <w:bottom w:val="single" w:sz="8" w:space="0" w:color="{blue}"/>
      </w:tcBorders><w:vAlign w:val="bottom"/></w:tcPr>
    </w:tblStylePr>
  </w:style>
</w:styles>
"""

_STYLE = """
<w:style w:type="paragraph" {custom}w:styleId="{id}">
  <w:name w:val="{word_name}"/><w:basedOn w:val="{base}"/>{next}
  <w:uiPriority w:val="{priority}"/><w:qFormat/>
  <w:pPr>{keep}{tabs}<w:spacing {spacing}/>{align}{level}</w:pPr>
  <w:rPr>{font}{bold}<w:color w:val="{colour}"/>
    <w:sz w:val="{half}"/><w:szCs w:val="{half}"/></w:rPr>
</w:style>
"""


def dress(document: Document) -> None:
    """Give a document our styles in place of all that it has."""
    made = _STYLES.format(
        declared=nsdecls("w"), plain=PLAIN, ink=INK, rule=RULE, blue=BLUE, table=TABLE,
        table_id=_id(TABLE), paragraphs="".join(_paragraph_styles()),
    )  # fmt: skip
    styles = document.styles.element
    for old in list(styles):
        styles.remove(old)
    for new in list(parse_xml(made)):
        styles.append(new)


def _paragraph_styles() -> list[str]:
    serif = f'<w:rFonts w:ascii="{SERIF}" w:hAnsi="{SERIF}" w:eastAsia="{SERIF}" w:cs="{SERIF}"/>'
    tight = 'w:before="0" w:after="0" w:line="240" w:lineRule="auto"'
    right, stop = '<w:jc w:val="right"/>', '<w:tabs><w:tab w:val="right" w:pos="10080"/></w:tabs>'
    return [
        _style("Title", 44, font=serif, spacing='w:before="0" w:after="60"', keep=True),
        _style("Subtitle", 24, colour=QUIET, spacing='w:before="0" w:after="200"', keep=True),
        _style("heading 1", 30, font=serif, colour=BLUE, level=0,
               spacing='w:before="320" w:after="100"', keep=True),
        _style("heading 2", 24, font=serif, colour=BLUE, level=1,
               spacing='w:before="240" w:after="80"', keep=True),
        _style("heading 3", 21, font=serif, colour=INK, level=2,
               spacing='w:before="200" w:after="60"', keep=True),
        _style("header", 18, colour=QUIET, spacing=tight, tabs=stop),
        _style("footer", 18, colour=QUIET, spacing=tight, tabs=stop),
        _style(TEXT, 18, spacing=tight),
        _style(NUMBER, 18, spacing=tight, base=TEXT, align=right),
        _style(HEAD, 18, spacing=tight, base=TEXT, bold=True, keep=True),
        _style(f"{HEAD} Number", 18, spacing=tight, base=HEAD, bold=True, keep=True, align=right),
        _style(TAG, 16, spacing=tight, colour=QUIET),
    ]  # fmt: skip


def _style(name: str, half: int, **more: str | int | bool) -> str:
    """One paragraph style of `half` half points; Word's own styles keep Word's names."""
    custom = name[0].isupper() and name not in ("Title", "Subtitle")
    level = more.get("level")
    return _STYLE.format(
        id=_id(name), word_name=name, half=half, priority=9 if "level" in more else 11,
        custom='w:customStyle="1" ' if custom else "", base=_id(str(more.get("base", "Normal"))),
        next='<w:next w:val="Normal"/>' if more.get("keep") and not custom else "",
        keep="<w:keepNext/><w:keepLines/>" if more.get("keep") else "",
        spacing=more["spacing"], align=more.get("align", ""), tabs=more.get("tabs", ""),
        level="" if level is None else f'<w:outlineLvl w:val="{level}"/>',
        font=more.get("font", ""), bold="<w:b/><w:bCs/>" if more.get("bold") else "",
        colour=more.get("colour", INK),
    )  # fmt: skip


def _id(name: str) -> str:
    return "".join(word[0].upper() + word[1:] for word in name.split())
