"""Which text do the bytes of a file hold?"""

from __future__ import annotations

import codecs
from dataclasses import dataclass, replace

from quarterdeck.importing.refusing import FileRefused

_SIGNATURES = (
    (b"PK\x03\x04", "an Excel workbook or a ZIP archive"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook"),
    (b"%PDF", "a PDF"),
    (b"\x1f\x8b", "a compressed file"),
    (b"\x89PNG", "a picture"),
    (b"PAR1", "a Parquet file"),
)
_SAVE = "Export or save the table as CSV (UTF-8) and drop that file."


@dataclass(frozen=True)
class Decoded:
    """A file's text, the encoding it was written in and how many bytes could not be read."""

    text: str
    encoding: str
    unreadable: int


def decode(data: bytes) -> Decoded:
    """The text of plain CSV bytes; anything that is not text is refused."""
    for signature, what in _SIGNATURES:
        if data.startswith(signature):
            raise FileRefused(f"This is {what}, not CSV text.", "First bytes of the file.", _SAVE)
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        decoded = Decoded(*_replaced(data, "utf-16"))
    elif data.startswith(codecs.BOM_UTF8):
        decoded = Decoded(*_replaced(data[3:], "utf-8"))
    else:
        decoded = _without_mark(data)
    # Files pasted together keep their marks; DOS programs end a file with Ctrl-Z.
    text = decoded.text.lstrip("\ufeff").rstrip("\x1a")
    _refuse_binary(text)
    return replace(decoded, text=text)


def _replaced(data: bytes, encoding: str) -> tuple[str, str, int]:
    text = data.decode(encoding, "replace")
    return text, encoding, text.count("\ufffd") - _own_replacements(data, encoding)


def _own_replacements(data: bytes, encoding: str) -> int:
    return 0 if encoding != "utf-8" else data.count("\ufffd".encode())


def _without_mark(data: bytes) -> Decoded:
    try:
        return Decoded(data.decode("utf-8"), "utf-8", 0)
    except UnicodeDecodeError:
        pass
    # One damaged byte must not turn every other accent of a UTF-8 file into two wrong letters.
    text, _, unreadable = _replaced(data, "utf-8")
    if sum(letter > "\x7f" for letter in text) > 3 * unreadable:
        return Decoded(text, "utf-8", unreadable)
    return Decoded(*_replaced(data, "cp1252"))


def _refuse_binary(text: str) -> None:
    nul = text.find("\0")
    if nul >= 0:
        raise FileRefused(
            "The file holds NUL characters, so it is not plain text.",
            f"Line {text.count(chr(10), 0, nul) + 1}.",
            _SAVE,
        )
    if text.lstrip()[:15].lower().startswith(("<!doctype", "<html", "<table", "<?xml")):
        raise FileRefused("This is a web page or XML, not CSV text.", "Line 1.", _SAVE)
    head = text[:4096]
    odd = sum(letter < " " and letter not in "\t\r\n\f\x1a" for letter in head)
    if odd * 20 > len(head):
        raise FileRefused("This looks like a binary file, not CSV text.", "First lines.", _SAVE)
