"""Which records of a large file are no rows, or the same row twice?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from quarterdeck.importing.duplicates import merge
from quarterdeck.importing.findings import Reject, Warned
from quarterdeck.importing.folding import NOTHINGS, clean, is_missing, is_no_text, letters
from quarterdeck.importing.mapping import Mapping as HeaderMapping
from quarterdeck.importing.plain import flag
from quarterdeck.importing.questions import Answers
from quarterdeck.importing.reading import Sheet
from quarterdeck.importing.sifting import STANDS, sift
from quarterdeck.importing.splitting import Record
from quarterdeck.scratch import Row, Unclean, Workroom

MOST = 50_000
"""So many records or texts of a column are looked at in Python; a file with more is not clean."""

_SAMPLE = 2_000
_OFTEN = 5
_DENSE = ("first_dense", "second_dense", "third_dense", "fourth_dense")
_SPACES = " \t\n\r\f\v\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(
    map(chr, range(0x2000, 0x200B))
)


@dataclass(frozen=True)
class Loaded:
    """A file whose records lie in a workroom, and under which names its columns stand there."""

    room: Workroom
    sheet: Sheet
    mapping: HeaderMapping
    known: set[str] = field(default_factory=set)
    """The columns whose texts lie in the room once each."""

    def column(self, at: int) -> str:
        """The name of a column: that of the field it was first mapped to, else its number."""
        fields = (field for field, place in self.mapping.columns.items() if place == at)
        return next(fields, f"c{at}")

    def names(self) -> list[str]:
        """The names of all columns in the order of the file."""
        return [self.column(at) for at in range(len(self.sheet.header))]

    def first_line(self) -> int:
        """The line of the first record, for a file with one line a record."""
        return self.sheet.header_line + 1

    def record(self, row: Row) -> Record:
        """A record as the careful road has it."""
        return Record(row[0] + self.first_line(), tuple(cell or "" for cell in row[1:]))

    def ask_once(self, name: str, column: str, **values: object) -> list[Row]:
        """Ask about the texts of a column of few, each looked at once."""
        if column not in self.known:
            self.room.ask("road_once", column=column)
            self.known.add(column)
        return self.room.ask(name, column=column, **values)


def few(rows: list[Row]) -> list[Row]:
    """The rows, if there are not too many for Python; a query for them asks for one more."""
    if len(rows) > MOST:
        raise Unclean("too much to look at")
    return rows


def texts_of(loaded: Loaded, column: str) -> list[str]:
    """The distinct texts of a column in file order."""
    rows = loaded.ask_once("road_few_texts", column, kind="flag", most=MOST + 1)
    return [row[0] for row in few(rows)]


def sift_out(loaded: Loaded, count: int) -> tuple[list[Reject], int]:
    """The rejects among all records, and how many are blank; both are gone from the room then."""
    suspects = few(loaded.room.ask("road_suspects", **_suspicions(loaded, count)))
    records = [loaded.record(row) for row in suspects]
    filled = [record for record in records if any(map(str.strip, record.cells))]
    tail = [record for record in filled if record.line >= loaded.first_line() + count - 200]
    if not any(sum(map(bool, map(str.strip, record.cells))) > 1 for record in tail):
        raise Unclean("a long footer")
    sifted = sift(replace(loaded.sheet, records=tuple(filled)), loaded.mapping)
    kept = {record.line for record in sifted.rows}
    leave_out(loaded, [record.line for record in records if record.line not in kept])
    return sifted.rejects, len(records) - len(filled)


def merge_doubles(
    loaded: Loaded, answers: Answers, is_rough: bool, nothings: list[str]
) -> tuple[list[Warned], bool]:
    """What is said about rows that stand twice, and whether any is gone from the room for it."""
    if "deal_id" in loaded.mapping.columns:
        known = {"is_rough": is_rough, "nothings": nothings}
        found = loaded.room.ask("road_twice", **known, most=MOST + 1)
    else:
        found = loaded.room.ask("road_alike", spaces=_SPACES, most=MOST + 1)
    rows = [loaded.record(row) for row in few(found)]
    merged = merge(rows, _identities(rows, loaded.mapping), loaded.mapping, answers)
    kept = set(merged.kept)
    leave_out(loaded, [row.line for at, row in enumerate(rows) if at not in kept])
    return merged.warnings, len(kept) < len(rows)


def leave_out(loaded: Loaded, lines: Sequence[int]) -> None:
    """Take records out of the room."""
    if lines:
        places = [line - loaded.first_line() for line in lines]
        loaded.room.ask("road_leave_out", places=places)
        loaded.known.clear()


def is_wide(loaded: Loaded, column: str) -> bool:
    """Whether many records seem to have a text of their own: a guess that changes no result."""
    at = loaded.names().index(column)
    cells = [record.cells[at] for record in loaded.sheet.records[:_SAMPLE]]
    if len(set(cells)) * 2 < len(cells):
        return False
    ((several,),) = loaded.room.ask("road_several", column=column)
    return bool(several * _OFTEN > loaded.sheet.count)


def meant(text: str) -> str | None:
    """What a text cell means."""
    return None if is_no_text(text) else clean(text) or None


def _identities(
    rows: Sequence[Record], mapping: HeaderMapping
) -> Mapping[str, Sequence[str | None]]:
    at = mapping.columns.get("deal_id")
    return {} if at is None else {"deal_id": [meant(row.cells[at]) for row in rows]}


def _suspicions(loaded: Loaded, count: int) -> dict[str, object]:
    missing: set[str] = set()
    headers: set[str] = set()
    for stands in STANDS.split():
        if stands in loaded.mapping.columns:
            texts = texts_of(loaded, stands)
            missing.update(text for text in texts if is_missing(text))
            header = letters(loaded.mapping.header(stands))
            headers.update(text for text in texts if letters(text) == header)
    mark = loaded.mapping.deleted
    marks = [] if mark is None else texts_of(loaded, loaded.column(mark))
    dense = _densest(loaded)
    return {
        **dict(zip(_DENSE, dense, strict=True)),
        "mark": loaded.column(mark or 0),
        "deleted": [text for text in marks if flag(text) is True],
        "missing": sorted(missing),
        "headers": sorted(headers),
        "nothings": NOTHINGS,
        "count": count,
        "most": MOST + 1,
    }


def _densest(loaded: Loaded) -> list[str]:
    filled = Counter(loaded.names())
    for record in loaded.sheet.records[:_SAMPLE]:
        for name, cell in zip(loaded.names(), record.cells, strict=True):
            filled[name] += bool(cell.strip())
    return [name for name, _ in filled.most_common(4)]
