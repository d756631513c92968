"""May a file be read by DuckDB alone, as its bytes and its first lines tell?"""

from __future__ import annotations

import hashlib
import threading
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from quarterdeck.importing.reading import Sheet, read
from quarterdeck.scratch import Unclean

FEWEST_ROWS = 20_000
"""Below this the careful road is as fast."""

_HEAD = 2**18
_CHUNK = 2**20
_LINE_ENDS = ("\r\n", "\n")


@dataclass(frozen=True)
class Top:
    """The first lines of a file taken apart, how they end and the bytes down to the header."""

    sheet: Sheet
    line_end: str
    above: bytes

    @property
    def is_usual(self) -> bool:
        """Whether a double quote quotes and is doubled within."""
        return self.sheet.shape.quote == '"' and self.sheet.shape.escape is None


@dataclass(frozen=True)
class Survey:
    """What only the whole of a file tells: its hash, its size, its lines and its quotes."""

    sha256: str
    size: int
    lines: int
    quotes: int
    is_ended: bool


class Surveying(threading.Thread):
    """A survey made while DuckDB reads the same file."""

    def __init__(self, path: Path, of: Top) -> None:
        super().__init__(daemon=True)
        self._path, self._of = path, of
        self._found: Survey | None = None
        self._failed: BaseException | None = None

    def run(self) -> None:
        """Keep what was found, or why nothing was."""
        try:
            self._found = survey(self._path, self._of)
        except (Unclean, OSError, MemoryError) as error:
            self._failed = error

    def result(self) -> Survey:
        """The survey, once it is made; raises Unclean if it cannot be."""
        self.join()
        if self._found is None:
            raise Unclean(str(self._failed)) from self._failed
        return self._found


def top(path: Path, name: str) -> Top:
    """The header and the first records; raises Unclean where they need the careful road."""
    with path.open("rb") as file:
        data = file.read(_HEAD)
    data = data[: data.rfind(b"\n") + 1]
    lines = data.count(b"\n")
    if not lines or path.stat().st_size * lines < FEWEST_ROWS * len(data):
        raise Unclean("few rows")
    sheet = read(data, name)
    ends = next(end for end in _LINE_ENDS if data.endswith(end.encode()))
    above = b"\n".join(data.split(b"\n")[: sheet.header_line]) + b"\n"
    found = Top(sheet, ends, above)
    if sheet.encoding != "utf-8" or sheet.warnings or not found.is_usual or len(sheet.header) < 4:
        raise Unclean("an encoding, a quote or an escape of its own")
    return found


def survey(path: Path, of: Top) -> Survey:
    """One reading of all bytes; raises Unclean for any that DuckDB might take differently.

    Bytes that are not UTF-8 it refuses by itself.
    """
    digest = hashlib.sha256()
    found: Counter[bytes] = Counter()
    last = b""
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
            for mark in (b"\n", b"\r", b"\0", b'"'):
                # Whether there is any is told faster than how many there are.
                found[mark] += chunk.count(mark) if mark in chunk else 0
            last = chunk[-1:]
    if found[b"\0"] or last == b"\x1a":
        raise Unclean("no plain text to its end")
    if found[b"\r"] != (found[b"\n"] if of.line_end == "\r\n" else 0):
        raise Unclean("lines that end in several ways")
    is_ended = last == b"\n"
    lines = found[b"\n"] + (not is_ended)
    return Survey(digest.hexdigest(), path.stat().st_size, lines, found[b'"'], is_ended)
