"""What does a template become with the fields of one letter?"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import TemplateError

from quarterdeck.exports.opening import check_document, check_parts
from quarterdeck.exports.packing import WRITTEN, entries, undated
from quarterdeck.exports.sound import check_sound, paragraphs
from quarterdeck.exports.tags import Fields, check_fields, environment, tags
from quarterdeck.refusal import Refused

AUTHOR = "Quarterdeck"

_FILLED_ROOTS = ("document", "hdr", "ftr", "footnotes")
_LEFT_OUT = ("/customXml", "/printerSettings")
"""What no letter needs of a template, and what speaks of where it was made."""
_TEXT_PROPERTIES = ("author", "comments", "identifier", "language", "subject", "title")
_LONGEST_TITLE = 255
_SPOILT = (
    AttributeError, IndexError, KeyError, RecursionError, SyntaxError, TypeError, ValueError,
    zipfile.BadZipFile,
)  # fmt: skip
"""What the libraries raise where a package is not put together as Word does it."""
_UNFILLED = (TemplateError, *_SPOILT)


@dataclass(frozen=True)
class Trial:
    """What a template is tried with: all fields, the same with empty lists, what must appear."""

    full: Fields
    bare: Fields
    must: dict[str, str]
    """Each field that a template cannot do without, and how it reads in the full letter."""


class _Template(DocxTemplate):  # type: ignore[misc]
    """A template whose text must still be whole when its tags are filled. The library, which has no
    types, looks at the filled text at this one place before it parses it."""

    def fix_tables(self, xml: str) -> Any:
        check_sound("the text", xml.encode())
        return super().fix_tables(xml)


def filled(template: bytes, fields: Fields, title: str) -> bytes:
    """The .docx that a template makes of the fields. Raises Refused where it makes none."""
    made = _opened(template)
    try:
        made.render(fields, environment())
    except Refused:
        raise
    except _UNFILLED as error:
        raise _not_filled(str(error)) from error
    properties = made.docx.core_properties
    properties.title = " ".join(title.split())[:_LONGEST_TITLE]
    properties.author = properties.last_modified_by = AUTHOR
    properties.created = properties.modified = WRITTEN
    file = io.BytesIO()
    made.save(file)
    return undated(file.getvalue())


def check_filling(content: bytes, trial: Trial) -> None:
    """Refuse a template that leads out of itself, asks for what there is not, or spoils a letter.

    It is filled twice, with everything and with nothing, and what comes out is looked through.
    """
    parts = check_document(content)
    for root, texts in paragraphs(parts):
        found = tags(texts)
        if found and root not in _FILLED_ROOTS:
            raise Refused(
                f"The tag {found[0].shown} stands where nothing is filled in.",
                f"In the {root} of the template.",
                "Tags work in the text, in headers, footers and footnotes.",
            )
        shown = [tag.shown for tag in found]
        check_fields("\n".join(tag.plain for tag in found), shown, trial.full)
    for source in _sources(content):
        check_fields(source, [_words(line) for line in source.split("\n")], trial.full)
    _check_letter(filled(content, trial.bare, AUTHOR), {})
    _check_letter(filled(content, trial.full, AUTHOR), trial.must)


def _check_letter(made: bytes, must: dict[str, str]) -> None:
    parts = entries(made)
    check_parts(parts)
    for name, data in parts.items():
        if name.startswith("word/") and name.endswith(".xml"):
            check_sound(name, data)
    text = "\n".join(line for _, texts in paragraphs(parts) for line in texts)
    for tag in re.findall(r"\{\{.*|\{%.*", text):
        raise _not_filled(f"{tag[:80]} is still there")
    missing = [field for field, words in must.items() if words.casefold() not in text.casefold()]
    if missing:
        raise Refused(
            f"The template never says {' and '.join(missing)}.",
            "In its text.",
            f"Write {{{{ {missing[0]} }}}} where it belongs.",
        )


def _opened(template: bytes) -> Any:
    """The template ready to be filled, without what no letter needs of it."""
    made = _Template(io.BytesIO(template))
    try:
        document = made.get_docx()
        links = document.part.rels
        for key in [key for key, link in links.items() if link.reltype.endswith(_LEFT_OUT)]:
            del links[key]
        for name in _TEXT_PROPERTIES:
            if "{" in getattr(document.core_properties, name):
                setattr(document.core_properties, name, "")
        made.get_xml()
    except _SPOILT as error:
        raise Refused(
            "The template is not put together as Word does it.",
            "Whole file.",
            "Open it in Word, save it as Word Document (.docx) and choose it again.",
        ) from error
    return made


def _sources(content: bytes) -> Iterator[str]:
    """What Jinja is given to read, part by part, a paragraph a line."""
    made = _opened(content)
    found = [made.get_xml()]
    for kind in (made.HEADER_URI, made.FOOTER_URI):
        found += [made.get_part_xml(part) for _, part in made.get_headers_footers(kind)]
    for part in made.docx.part.package.parts:
        if part.content_type.endswith(".footnotes+xml"):
            found.append(part.blob.decode())
    for markup in found:
        yield re.sub(r"<w:p(?=[ >])", "\n<w:p", made.patch_xml(markup))


def _words(line: str) -> str:
    """A line of markup as a person finds it."""
    return f"“{re.sub('<[^>]+>', '', line).strip()[:80]}”"


def _not_filled(why: str) -> Refused:
    return Refused(
        f"The template cannot be filled in: {why[:200].rstrip('.')}.",
        "Among its tags.",
        "Begin and end each loop and condition in the same table, or each in its own paragraph.",
    )
