"""Does the markup of a Word file fetch, run or embed anything?"""

from __future__ import annotations

import re
from xml.parsers import expat

from quarterdeck.refusal import Refused

FIELDS = (
    "ADVANCE", "AUTHOR", "CREATEDATE", "DATE", "DOCPROPERTY", "HYPERLINK", "NOTEREF", "NUMPAGES",
    "PAGE", "PAGEREF", "PRINTDATE", "REF", "SAVEDATE", "SECTION", "SECTIONPAGES", "SEQ",
    "STYLEREF", "SUBJECT", "SYMBOL", "TIME", "TITLE", "TOC",
)  # fmt: skip
"""Fields of Word that compute from the letter alone; any other may fetch or run something."""

_FETCHING = {
    "altChunk": "another file", "attachedTemplate": "an attached template",
    "audioFile": "a sound", "control": "a control", "embed": "an embedded object",
    "externalData": "data from another file", "foreignObject": "a web page",
    "frameset": "frames with other files", "iframe": "a web page",
    "mailMerge": "a source of addresses", "movie": "a film", "object": "an embedded object",
    "OLEObject": "an embedded object", "quickTimeFile": "a film",
    "saveThroughXslt": "a stylesheet", "script": "a script", "subDoc": "another file",
    "videoFile": "a film", "webVideoPr": "a film",
}  # fmt: skip
_ADDRESS = re.compile(r"://|^\s*(\\\\|//|file:|mhtml:)", re.I)
_NAMES_ONLY = {
    "alt", "descr", "instr", "name", "prefixMappings", "schemaLocation", "title", "tooltip",
    "uri", "val", "xpath",
}  # fmt: skip
"""Attributes that may read like an address: Word follows none of them."""
_HERE = re.compile(r"#|data:image/(png|jpe?g|gif);", re.I)
_URL = re.compile(r"url\(\s*['\"]?\s*(?!['\"#])|@import", re.I)
_TAG = re.compile(r"\{[{%#]|[}%#]\}")
_FIELD = re.compile(r"\s*([A-Za-z]+)(?=[\s\"\\]|$)")
_LINK = re.compile(r"\s*HYPERLINK\s+(\\l\s|\"(https?://|mailto:))", re.I)


def local(name: str) -> str:
    """The name of an element or attribute without its namespace."""
    return name.rpartition(" ")[2]


def check_markup(part: str, data: bytes) -> None:
    """Refuse what leads out of the file: objects, addresses, fields that fetch, entities.

    `part` is the name of the XML within the .docx. Raises Refused.
    """
    look = _Look(part)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = look.doctype
    parser.StartElementHandler = look.start
    parser.EndElementHandler = look.end
    parser.CharacterDataHandler = look.text
    read_through(parser, part, data)
    look.close()


def read_through(parser: expat.XMLParserType, part: str, data: bytes) -> None:
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, UnicodeError, LookupError) as error:
        raise damaged(part) from error


def damaged(part: str) -> Refused:
    return Refused(
        "The file is damaged.",
        f"In its part {part}.",
        "Open it in Word, save it as Word Document (.docx) and choose it again.",
    )


class _Look:
    """Follows the markup of one part, and the codes of its fields over all their pieces."""

    def __init__(self, part: str) -> None:
        self.part = part
        self.path: list[str] = []
        self.codes: list[list[str] | None] = []
        """The pieces of each field that has begun; None once it shows its result."""

    def doctype(self, *_of_what: object) -> None:
        raise self._refused("The file declares a document type, which no Word file does.", "")

    def start(self, name: str, attributes: dict[str, str]) -> None:
        element = local(name)
        self.path.append(element)
        if element in _FETCHING:
            raise self._refused(f"The file holds {_FETCHING[element]}.", element)
        for key, value in attributes.items():
            self._attribute(element, local(key), value)
        if element == "fldChar":
            kinds = {local(key): value for key, value in attributes.items()}
            self._field_sign(kinds.get("fldCharType", ""))

    def end(self, _name: str) -> None:
        self.path.pop()

    def text(self, words: str) -> None:
        if self.path[-1] in ("instrText", "delInstrText"):
            if self.codes and self.codes[-1] is not None:
                self.codes[-1].append(words)
            else:
                self._code(words)
        elif words.strip() and self.codes and self.codes[-1] is not None:
            raise self._refused("Text stands within the code of a field.", words[:80])
        elif self.path[-1] == "style" and _URL.search(words):
            raise self._refused("The file fetches a picture from elsewhere.", words)

    def close(self) -> None:
        for pieces in self.codes:
            self._code("".join(pieces or ()))

    def _attribute(self, element: str, key: str, value: str) -> None:
        where = f"{element} {key}=“{value[:80]}”"
        if _TAG.search(value):
            raise self._refused("A tag stands where no text is.", where)
        if key == "instr":
            self._code(value)
        leads_out = key in ("src", "href", "altHref") and value and not _HERE.match(value)
        names_one = key not in _NAMES_ONLY and _ADDRESS.search(value)
        if leads_out or names_one or _URL.search(value):
            raise self._refused("The file refers to something outside of itself.", where)

    def _field_sign(self, kind: str) -> None:
        if kind == "begin":
            if self.codes and self.codes[-1] is not None:
                raise self._refused("A field makes up the code of another field.", "fldChar")
            self.codes.append([])
        elif self.codes:
            pieces = self.codes.pop()
            self._code("".join(pieces or ()))
            if kind == "separate":
                self.codes.append(None)

    def _code(self, code: str) -> None:
        """Refuse a field that does more than compute from the letter itself."""
        if not code.strip():
            return
        word = _FIELD.match(code)
        name = word[1].upper() if word else ""
        leads_out = name == "HYPERLINK" and not _LINK.match(code)
        if name not in FIELDS or leads_out or "\\\\" in code or _TAG.search(code):
            raise self._refused("A field of Word may fetch or run something.", code.strip()[:80])

    def _refused(self, what: str, where: str) -> Refused:
        place = f"In {self.part}: {where}." if where else f"In {self.part}."
        return Refused(what, place, "Take it out in Word, save the template and choose it again.")
