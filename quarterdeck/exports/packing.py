"""How do several files become one, the same at every writing?"""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import PurePath
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

WRITTEN = datetime(2026, 1, 1, tzinfo=UTC)
"""The moment that every file carries: what is the same must have the same bytes."""
LONGEST_NAME = 120

_UNSAFE = re.compile(r'[\\/:*?"<>|]')
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.I)
_UNIX, _READABLE = 3, 0o644 << 16


def packed(files: Mapping[str, bytes]) -> bytes:
    """One .zip of files by name, sorted by name.

    Names are made safe for every system: no folders, no reserved words, no two that differ by
    case alone. The same files give the same bytes.
    """
    taken: set[str] = set()
    return zipped((_free(safe_name(name), taken), files[name]) for name in sorted(files))


def zipped(contents: Iterable[tuple[str, bytes]]) -> bytes:
    """A .zip of names and contents in this order, without a trace of when it was written."""
    file = io.BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as made:
        for name, content in contents:
            entry = ZipInfo(name, WRITTEN.timetuple()[:6])
            entry.compress_type = ZIP_DEFLATED
            entry.create_system, entry.external_attr = _UNIX, _READABLE
            made.writestr(entry, content)
    return file.getvalue()


def undated(content: bytes) -> bytes:
    """The same .zip as if it had been written at the one moment."""
    return zipped(entries(content).items())


def entries(content: bytes) -> dict[str, bytes]:
    """Name → content of a .zip that is our own, in its order."""
    with ZipFile(io.BytesIO(content)) as found:
        return {entry.filename: found.read(entry) for entry in found.infolist()}


def safe_name(name: str) -> str:
    """A file name that Windows, macOS and Linux all take, as like to the given one as can be."""
    shown = "".join(
        " " if unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp") else sign
        for sign in unicodedata.normalize("NFC", name)
    )
    plain = " ".join(_UNSAFE.sub("-", shown).split()).strip(". ")
    if not plain or _RESERVED.fullmatch(plain):
        plain = f"file {plain}".strip()
    ending = PurePath(plain).suffix
    ending = ending if len(ending) <= 10 else ""
    stem = plain.removesuffix(ending)
    return stem[: LONGEST_NAME - len(ending)].rstrip(". ") + ending


def _free(name: str, taken: set[str]) -> str:
    """The name, or with a number where another file has it."""
    ending = PurePath(name).suffix
    stem, number, free = name.removesuffix(ending), 1, name
    while free.casefold() in taken:
        number += 1
        free = f"{stem} ({number}){ending}"
    taken.add(free.casefold())
    return free
