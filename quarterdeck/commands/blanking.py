"""How does somebody go from a file that was kept as it was dropped?"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Sequence
from pathlib import Path

WORKBOOKS = (b"PK", b"\xd0\xcf\x11\xe0")
BEGINNINGS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}
DELIMITERS = ",;\t|"
FIGURES = re.compile(r"[\d\s.,:/$€£%+-]*")
"""Numbers, amounts and days: what a blanked record keeps."""


def blank(path: Path, names: Sequence[str], person_id: str) -> bool:
    """Whether the file named somebody: then their records hold numbers and days alone, those too
    that know them by an id.

    A workbook that names them goes as a whole. What is blanked differs from its own hash, and so
    is not read again.
    """
    held = path.read_bytes()
    sought = [name.casefold() for name in names]
    if held.startswith(WORKBOOKS):
        is_named = _names_any(_unpacked(path, held), sought)
        if is_named:
            path.unlink()
        return is_named
    encoding = _encoding(held)
    text = held.decode(encoding, errors="surrogateescape")
    if not any(name in text.casefold() for name in (*sought, person_id.casefold())):
        return False
    _replace(path, _blanked(text, sought, person_id).encode(encoding, errors="surrogateescape"))
    return True


def _blanked(text: str, sought: Sequence[str], person_id: str) -> str:
    first = text[: text.find("\n")] if "\n" in text else text
    delimiter = max(DELIMITERS, key=first.count)
    page = io.StringIO(newline="")
    writer = csv.writer(page, delimiter=delimiter, lineterminator="\n")
    for record in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
        said = delimiter.join(record).casefold()
        is_theirs = person_id in record or any(name in said for name in sought)
        writer.writerow([_figure(cell) for cell in record] if is_theirs else record)
    return page.getvalue()


def _figure(cell: str) -> str:
    return cell if FIGURES.fullmatch(cell) else ""


def _encoding(held: bytes) -> str:
    for beginning, encoding in BEGINNINGS.items():
        if held.startswith(beginning):
            return encoding
    try:
        held.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252" if b"\x81" not in held else "latin-1"
    return "utf-8"


def _unpacked(path: Path, held: bytes) -> bytes:
    if not zipfile.is_zipfile(path):
        return held
    with zipfile.ZipFile(path) as book:
        return b"\n".join(book.read(name) for name in book.namelist())


def _names_any(held: bytes, sought: Sequence[str]) -> bool:
    """In the letters of any kind of workbook, whatever their case."""
    texts = [held.decode(one, errors="ignore").casefold() for one in ("utf-8", "utf-16-le")]
    return any(name in text for name in sought for text in texts)


def _replace(path: Path, after: bytes) -> None:
    half = path.with_name(f"{path.name}.half")
    half.write_bytes(after)
    half.replace(path)
