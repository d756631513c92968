"""Where does one record of a CSV text end and the next begin?"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass

# A quoted note may run over many lines; a quote that is never closed runs over all of them.
LONGEST_RECORD = 500
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")


@dataclass(frozen=True)
class Shape:
    """How a text is cut: its delimiter, its quote character and whether backslash escapes it."""

    delimiter: str
    quote: str = '"'
    escape: str | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """The cells of one record and the physical line where it starts."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Broken:
    """A line that cannot be cut, because a quote opens in it and never closes."""

    line: int
    text: str


class _Swallowed(Exception):
    """A record has grown past every sensible length."""


def lines_of(text: str) -> list[str]:
    """The physical lines, ended by LF, CRLF or CR as the file has it."""
    return _LINE.findall(text)


def plain_cells(line: str, shape: Shape) -> tuple[str, ...]:
    """The cells of one line with quotes read as text."""
    cells = line.rstrip("\r\n").split(shape.delimiter)
    return tuple(cell.replace(shape.quote * 2, shape.quote) for cell in cells)


def split(
    lines: list[str], shape: Shape, first: int = 0, width: int = 0
) -> Iterator[Record | Broken]:
    """The records from a line on; with a width given, a stray quote does not swallow the rest."""
    at = first
    while at < len(lines):
        for start, end, cells in _records(lines, shape, at):
            at = end
            if end - start > 1 and _is_swallowed(lines[start:end], cells, shape, width):
                yield _mended(lines[start], start, shape, width)
                at = start + 1
                break
            yield Record(start + 1, cells)
        else:
            return


def _records(
    lines: list[str], shape: Shape, first: int
) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    start = first
    fed = first

    def feed() -> Iterator[str]:
        nonlocal fed
        while fed < len(lines):
            if fed - start >= LONGEST_RECORD:
                raise _Swallowed
            fed += 1
            yield lines[fed - 1]

    reader = _reader(feed(), shape)
    while True:
        try:
            cells = tuple(next(reader))
        except StopIteration:
            return
        except (_Swallowed, csv.Error):
            yield start, max(fed, start + 2), ()
            return
        yield start, fed, cells
        start = fed


def _reader(lines: Iterator[str], shape: Shape, strict: bool = False) -> Iterator[list[str]]:
    csv.field_size_limit(2**31 - 1)
    return csv.reader(
        lines,
        delimiter=shape.delimiter,
        quotechar=shape.quote,
        escapechar=shape.escape,
        strict=strict,
    )


def _is_swallowed(lines: list[str], cells: tuple[str, ...], shape: Shape, width: int) -> bool:
    if not cells:
        return True
    if not width:
        return False
    return (
        len(cells) > width
        or not _is_well_quoted(lines, shape)
        or (width > 2 and all(len(plain_cells(line, shape)) == width for line in lines))
    )


def _is_well_quoted(lines: list[str], shape: Shape) -> bool:
    # A stray quote is closed by the opening quote of a later cell, so that text follows it.
    try:
        list(_reader(iter(lines), shape, strict=True))
    except csv.Error:
        return False
    return True


def _mended(line: str, at: int, shape: Shape, width: int) -> Record | Broken:
    cells = plain_cells(line, shape)
    if len(cells) == max(width, 1):
        return Record(at + 1, cells)
    return Broken(at + 1, line.rstrip("\r\n"))
