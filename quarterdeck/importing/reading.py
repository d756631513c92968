"""What stands in a CSV file: its header and its records?"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from math import log2

from quarterdeck.importing.decoding import Decoded, decode
from quarterdeck.importing.findings import Reject, Warned
from quarterdeck.importing.headers import is_known
from quarterdeck.importing.headless import headless_width
from quarterdeck.importing.refusing import FileRefused
from quarterdeck.importing.splitting import Broken, Record, Shape, lines_of, split
from quarterdeck.importing.unpacking import unpacked

_DELIMITERS = (",", ";", "\t", "|")
_SAMPLE = 200
_PREAMBLE = 60


@dataclass(frozen=True)
class Sheet:
    """A file taken apart: every record after the header is good, rejected or blank.

    A large file keeps its good records elsewhere and gives their `count` alone. Without a header
    the columns are numbered and `header_line` is 0.
    """

    name: str
    sha256: str
    size: int
    encoding: str
    shape: Shape
    header_line: int
    header: tuple[str, ...]
    count: int
    records: tuple[Record, ...]
    rejects: tuple[Reject, ...]
    blank: int
    warnings: tuple[Warned, ...]

    def in_file(self) -> int:
        """How many records stand after the header."""
        return self.count + len(self.rejects) + self.blank


def read(data: bytes, name: str) -> Sheet:
    """The sheet that the bytes of a CSV file hold, plain or compressed by gzip."""
    plain = unpacked(data)
    if not plain.strip(b"\xef\xbb\xbf\xff\xfe\r\n\t ,;"):
        raise FileRefused("The file is empty.", name, "Export it again and drop the new file.")
    decoded = decode(plain)
    lines = lines_of(decoded.text)
    told, first = _told_delimiter(lines)
    shape = _shape(lines[first : first + _SAMPLE], told)
    sample = _sample(lines, shape, first)
    head = _numbered(sample) or sample[_header_at(sample)]
    header = _header(head)
    records, rejects, blank = _sorted_records(lines, shape, head, len(header))
    _refuse_header_only(records, rejects, head)
    return Sheet(
        name=name,
        sha256=hashlib.sha256(data).hexdigest(),
        size=len(data),
        encoding=decoded.encoding,
        shape=shape,
        header_line=head.line,
        header=header,
        count=len(records),
        records=tuple(records),
        rejects=tuple(rejects),
        blank=blank,
        warnings=_warnings(decoded),
    )


def _told_delimiter(lines: Sequence[str]) -> tuple[str | None, int]:
    told = lines[0].strip().strip('"').lower() if lines else ""
    if told.startswith("sep=") and len(lines[0].rstrip("\r\n").strip('"')) == 5:
        return lines[0].rstrip("\r\n").strip('"')[4], 1
    return None, 0


def _shape(lines: list[str], told: str | None) -> Shape:
    quote = _quote(lines)
    escape = _escape(lines, quote)
    shapes = [Shape(told or delimiter, quote, escape) for delimiter in _DELIMITERS]
    return max(shapes, key=lambda shape: _fitness(lines, shape))


def _quote(lines: list[str]) -> str:
    text = "".join(lines)
    if '"' in text:
        return '"'
    single = sum(text.count(f"'{mark}") + text.count(f"{mark}'") for mark in (*_DELIMITERS, "\n"))
    return "'" if single > 3 and single * 2 >= text.count("'") * 1.8 else '"'


def _escape(lines: list[str], quote: str) -> str | None:
    # A backslash that ends a cell, as in "C:\\data\\", escapes nothing.
    within = re.compile(rf"\\{quote}(?=[^,;|\s])")
    escaped = sum(len(within.findall(line)) for line in lines)
    doubled = sum(line.count(quote * 2) for line in lines)
    return "\\" if escaped > doubled else None


def _fitness(lines: list[str], shape: Shape) -> tuple[int, float]:
    """How well a delimiter fits: headers it lets us recognise, then how even the rows are."""
    widths: Counter[int] = Counter()
    known = 0
    for record in split(lines, shape):
        if isinstance(record, Record) and any(map(str.strip, record.cells)):
            widths[len(record.cells)] += 1
            if sum(widths.values()) <= _PREAMBLE and len(record.cells) > 1:
                known = max(known, sum(map(is_known, record.cells)))
    if not widths:
        return 0, 0.0
    width, rows = max(widths.items(), key=lambda item: (item[1] * log2(item[0] + 1), item[0]))
    return known, rows / sum(widths.values()) * log2(width)


def _sample(lines: list[str], shape: Shape, first: int) -> list[Record]:
    found = (record for record in split(lines, shape, first) if isinstance(record, Record))
    sample = [record for record in islice(found, _SAMPLE) if any(map(str.strip, record.cells))]
    if not sample:
        raise FileRefused("The file holds no rows.", "Whole file.", "Export it again.")
    return sample


def _numbered(sample: list[Record]) -> Record | None:
    width = headless_width(sample)
    return Record(0, tuple(f"Column {at}" for at in range(1, width + 1))) if width else None


def _header_at(sample: list[Record]) -> int:
    """The first record as wide as the others; titles above a report are narrower."""
    filled = [sum(bool(cell.strip()) for cell in record.cells) for record in sample]
    known = [sum(map(is_known, record.cells)) for record in sample[:_PREAMBLE]]
    usual = Counter(len(record.cells) for record in sample).most_common(1)[0][0]
    wide = next((at for at, count in enumerate(filled) if count * 10 >= usual * 6), 0)
    best = known.index(max(known))
    rivals = sum(count > 1 and count >= known[best] for count in known)
    if known[best] > 1 and wide < len(known) and (not known[wide] or best < wide) and rivals == 1:
        return best
    return min(wide, len(known) - 1)


def _header(head: Record) -> tuple[str, ...]:
    cells = [" ".join(cell.split()) for cell in head.cells]
    while cells and not cells[-1]:
        cells.pop()
    return tuple(cells)


def _sorted_records(
    lines: list[str], shape: Shape, head: Record, width: int
) -> tuple[list[Record], list[Reject], int]:
    records: list[Record] = []
    rejects: list[Reject] = []
    blank = 0
    cache: dict[str, str] = {}
    for record in split(lines, shape, _after(lines, shape, head), len(head.cells)):
        if isinstance(record, Broken):
            rejects.append(_broken(record, shape))
        elif not any(map(str.strip, record.cells)):
            blank += 1
        elif any(map(str.strip, record.cells[width:])):
            rejects.append(_too_long(record, width, head))
        else:
            records.append(_padded(record, width, cache))
    return records, rejects, blank


def _after(lines: list[str], shape: Shape, head: Record) -> int:
    if not head.line:
        return _told_delimiter(lines)[1]
    following = split(lines, shape, head.line - 1)
    next(following)
    after = next(following, None)
    return len(lines) if after is None else after.line - 1


def _padded(record: Record, width: int, cache: dict[str, str]) -> Record:
    # Equal cells share one text, so that a million rows fit into the child's memory.
    cells = [
        cache[cell] if cell in cache else cache.setdefault(cell, _without_formula(cell))
        for cell in record.cells[:width]
    ]
    return Record(record.line, (*cells, *[""] * (width - len(cells))))


def _without_formula(cell: str) -> str:
    # ="00123" is how exports keep Excel from dropping the zeros of an id.
    return cell[2:-1] if cell.startswith('="') and cell.endswith('"') and len(cell) > 2 else cell


def _broken(record: Broken, shape: Shape) -> Reject:
    reason = f"A {shape.quote} opens in this line and never closes"
    return Reject(record.line, None, record.text[:200], reason, harmless=False)


def _too_long(record: Record, width: int, head: Record) -> Reject:
    others = "the header has" if head.line else "most records have"
    reason = f"{len(record.cells)} cells where {others} {width}"
    surplus = next(cell for cell in record.cells[width:] if cell.strip())
    return Reject(record.line, None, surplus[:200], reason, harmless=False)


def _refuse_header_only(records: list[Record], rejects: list[Reject], head: Record) -> None:
    if not records and not rejects:
        raise FileRefused(
            "The file holds a header and no rows.",
            f"After line {head.line}.",
            "Export it again with its rows.",
        )


def _warnings(decoded: Decoded) -> tuple[Warned, ...]:
    if decoded.unreadable:
        say = f"{decoded.unreadable} characters could not be read as {decoded.encoding}."
        return (Warned(None, None, say),)
    if decoded.encoding == "cp1252":
        say = "The file is not UTF-8; its accents were read as Windows-1252."
        return (Warned(None, None, say),)
    return ()
