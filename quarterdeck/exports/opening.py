"""Is a stranger's file a Word document that keeps to itself?"""

from __future__ import annotations

import io
import zlib
from collections.abc import Mapping
from xml.parsers import expat
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from quarterdeck.exports.markup import check_markup, damaged, local, read_through
from quarterdeck.refusal import Refused

LARGEST = 5 * 2**20
MOST_UNPACKED = 40 * 2**20
MOST_MARKUP = 2 * 2**20
MOST_PARTS = 400

MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
CONTENT_TYPES = "[Content_Types].xml"

_OLD = b"\xd0\xcf\x11\xe0"
_MACROS = ("macroenabled", "vba")
_KNOWN = {
    "bibliography", "classificationlabels", "comments", "commentsExtended",
    "commentsExtensible", "commentsIds", "core-properties", "custom-properties", "customXml",
    "customXmlProps", "diagramColors", "diagramData", "diagramDrawing", "diagramLayout",
    "diagramQuickStyle", "endnotes", "extended-properties", "font", "fontTable", "footer",
    "footnotes", "glossaryDocument", "hdphoto", "header", "hyperlink", "image", "numbering",
    "officeDocument", "people", "printerSettings", "settings", "styles", "stylesWithEffects",
    "theme", "thumbnail", "webSettings",
}  # fmt: skip
"""What one part of a letter may be to another; the rest embeds, fetches or runs."""
_PICTURES = (
    ".bmp", ".emf", ".fntdata", ".gif", ".jfif", ".jpe", ".jpeg", ".jpg", ".odttf", ".png",
    ".tif", ".tiff", ".ttf", ".wdp", ".wmf",
)  # fmt: skip
_BESIDE = "customXml/"
_MARKUP = (".xml", ".rels", ".svg", ".vml")
_PICTURES_NEVER_BEGIN = (
    b"<", b"\0<", b"\xff\xfe", b"\xfe\xff", b"%!", b"%PDF", b"\x1f\x8b", b"PK", b"MZ", _OLD,
)  # fmt: skip
_CLICKED = ("https://", "http://", "mailto:")
_UNREADABLE = (
    BadZipFile, EOFError, IndexError, NotImplementedError, OverflowError, ValueError, zlib.error,
)  # fmt: skip
"""What the zip reader was seen to raise for broken bytes: it checks only some of what it reads."""
_AGAIN = "Open it in Word, save it as Word Document (.docx) and choose it again."


def check_document(content: bytes) -> dict[str, bytes]:
    """The parts of a .docx by name, each looked through; Refused where one leads out of it.

    What other programs have stored beside the text never reaches a letter and is left out.
    """
    if len(content) > LARGEST:
        raise Refused(
            f"The template is larger than {LARGEST // 2**20} MB.",
            f"It has {len(content) / 2**20:,.1f} MB.",
            "Make its pictures smaller (Picture Format, Compress Pictures) and choose it again.",
        )
    parts = _unpacked(content)
    for name, data in parts.items():
        if is_markup(name) and len(data) > MOST_MARKUP:
            raise Refused(
                f"A part of the template is larger than {MOST_MARKUP // 2**20} MB.",
                f"In {name}.",
                "Begin with the built-in template and restyle that.",
            )
    kept = {name: data for name, data in parts.items() if not name.startswith(_BESIDE)}
    check_parts(kept)
    return kept


def check_parts(parts: Mapping[str, bytes]) -> None:
    """Refuse parts that are not those of a Word document, or lead out of it."""
    _check_kind(parts)
    for name, data in parts.items():
        if name.endswith(".rels"):
            _check_links(name, data)
        elif not is_markup(name):
            _check_picture(name, data)
        elif name != CONTENT_TYPES:
            check_markup(name, data)


def is_markup(name: str) -> bool:
    """Whether a part is XML; one that is and has another name is refused."""
    return name.endswith(_MARKUP)


def _unpacked(content: bytes) -> dict[str, bytes]:
    if content.startswith(_OLD):
        raise Refused(
            "The template is in Word's old format or has a password.", "Whole file.", _AGAIN
        )
    try:
        with ZipFile(io.BytesIO(content)) as found:
            entries = [entry for entry in found.infolist() if not entry.is_dir()]
            _check_entries(entries)
            return {entry.filename: found.read(entry) for entry in entries}
    except Refused:
        raise
    except _UNREADABLE as error:
        raise Refused("The template is no Word document.", "Whole file.", _AGAIN) from error


def _check_entries(entries: list[ZipInfo]) -> None:
    """Refuse what unpacks to more than a letter can need, before any of it is unpacked."""
    names = [entry.filename.casefold() for entry in entries]
    hidden = any(entry.flag_bits & 1 for entry in entries)
    if len(set(names)) < len(names) or hidden:
        raise Refused("The template is no plain Word document.", "Whole file.", _AGAIN)
    if any(entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED) for entry in entries):
        raise Refused("The template is packed in a way that Word does not.", "", _AGAIN)
    if len(entries) > MOST_PARTS or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise Refused(
            f"The template unpacks to more than {MOST_UNPACKED // 2**20} MB or {MOST_PARTS} parts.",
            "Whole file.",
            "Begin with the built-in template and restyle that.",
        )


def _check_kind(parts: Mapping[str, bytes]) -> None:
    """Refuse macros, and any file whose main part is not that of a Word document."""
    said = [each for _, each in _elements(CONTENT_TYPES, parts)]
    kinds = {each.get("ContentType", "") for each in said}
    if any(word in text.casefold() for word in _MACROS for text in (*kinds, *parts)):
        raise Refused(
            "The template holds macros.",
            "Whole file.",
            "Save it as Word Document (.docx), which has none, and choose it again.",
        )
    if MAIN not in kinds:
        kind = "a Word template (.dotx)" if any("template.main" in k for k in kinds) else "no .docx"
        raise Refused(f"The template is {kind}.", "Whole file.", _AGAIN)
    for each in said:
        name = each.get("PartName") or f".{each.get('Extension', '')}"
        if each.get("ContentType", "").endswith("xml") and not name.endswith(_MARKUP):
            raise damaged(name)


def _check_links(name: str, data: bytes) -> None:
    for element, each in _elements(name, {name: data}):
        if element != "Relationship":
            continue
        kind, target = each.get("Type", "").rpartition("/")[2], each.get("Target", "")
        where = f"In {name}: {kind} “{target[:120]}”."
        if each.get("TargetMode", "Internal") != "Internal":
            if kind != "hyperlink" or not target.casefold().startswith(_CLICKED):
                raise Refused(
                    "The template refers to something outside of itself.", where, _instead(kind)
                )
        elif kind not in _KNOWN or ":" in target or "\\" in target or target.startswith("//"):
            raise Refused("The template holds more than text and pictures.", where, _instead(kind))


def _instead(kind: str) -> str:
    """How to be rid of a reference in Word."""
    ways = {
        "image": "Insert the picture into the template instead of linking to it.",
        "attachedTemplate": "In Word: Developer, Document Template, attach Normal instead.",
        "hyperlink": "Link to addresses that begin with https://, or remove the link.",
    }
    return f"{ways.get(kind, 'Take it out in Word.')} Then save the template and choose it again."


def _check_picture(name: str, data: bytes) -> None:
    settings = name.startswith("word/printerSettings/")
    begins = data[:64].removeprefix(b"\xef\xbb\xbf").lstrip()
    foreign = begins.startswith(_PICTURES_NEVER_BEGIN)
    if foreign or not (settings or name.casefold().endswith(_PICTURES)):
        raise Refused(
            "The template holds more than text and pictures.",
            f"In {name}.",
            "Take out in Word what is neither, save the template and choose it again.",
        )


def _elements(name: str, parts: Mapping[str, bytes]) -> list[tuple[str, dict[str, str]]]:
    """Every element of a part: its name and attributes, in order."""
    if name not in parts:
        raise Refused("The template is no Word document.", f"It has no {name}.", _AGAIN)
    found: list[tuple[str, dict[str, str]]] = []

    def start(element: str, attributes: dict[str, str]) -> None:
        found.append((local(element), attributes))

    def doctype(*_of_what: object) -> None:
        raise damaged(name)

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler, parser.StartDoctypeDeclHandler = start, doctype
    read_through(parser, name, parts[name])
    return found
