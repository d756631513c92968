"""What do the texts of a large file mean, each looked at once?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from quarterdeck.importing.columns import Seen, Table, Typed, orders_of, read_tables
from quarterdeck.importing.currencies import telling, tidy, told_by_amounts
from quarterdeck.importing.deciding import outcomes
from quarterdeck.importing.fields import ENTITIES
from quarterdeck.importing.findings import Cell, Warned
from quarterdeck.importing.folding import NOTHINGS, fold, is_no_text, letters, slug
from quarterdeck.importing.questions import Answers
from quarterdeck.importing.short_sifting import MOST, Loaded, few, is_wide, meant, texts_of
from quarterdeck.scratch import Row, Unclean

_NAMES = ("account", "owner", "owner_email", "product")
_MOST_TEXTS = 200_000
_ISO = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_QUARTER = re.compile(r"(\d{4}-\d\d-\d\dT\d\d):(00|15|30|45)Z")


@dataclass(frozen=True)
class Meanings:
    """What the columns of a file mean, with what could not be read.

    `iso` are the dates that SQL can read, `rough` the text fields that must be cleaned,
    `nothings` the texts that say nothing.
    """

    texts: Mapping[str, Sequence[str]]
    tables: Mapping[str, Table]
    iso: list[str]
    rough: list[str]
    nothings: list[str]
    cells: list[Cell]
    warnings: list[Warned]


def read_meanings(loaded: Loaded, zone: ZoneInfo, answers: Answers) -> Meanings:
    """The meanings of all columns, laid down in the room for the rows to find."""
    kinds = _kinds(loaded)
    rough = {field: _rough(loaded, field) for field, kind in kinds.items() if kind == "text"}
    nothings = {text for texts in rough.values() for text in texts or () if is_no_text(text)}
    texts = {
        field: texts_seen(loaded, _column(loaded, field), kind)
        for field, kind in kinds.items()
        if kind != "text"
    }
    days = [text for field, rows in texts.items() if kinds[field] == "date" for text, _ in rows]
    _check_quarters(days, zone)
    seen = Seen(
        {field: [text for text, _ in rows] for field, rows in texts.items()},
        lambda field, some: sum(cells for text, cells in texts[field] if text in some),
    )
    orders = orders_of(witnessed(loaded, zone), zone)
    tables, warnings = read_tables(seen, loaded.mapping, zone, answers, orders)
    iso = [
        field for field in tables if kinds[field] == "date" and _is_iso(tables[field], seen, field)
    ]
    for field, table in tables.items():
        if kinds[field] != "flag" and field not in iso:
            known = seen.distinct[field]
            _mean(loaded, field, known, [table.meanings.get(text) for text in known])
    return Meanings(
        texts=seen.distinct,
        tables=tables,
        iso=iso,
        rough=[field for field, texts in rough.items() if texts is not None],
        nothings=sorted(nothings.union(NOTHINGS)),
        cells=_cells(loaded, tables),
        warnings=warnings,
    )


def _is_iso(table: Table, seen: Seen, field: str) -> bool:
    return all(_ISO.fullmatch(text) and text in table.meanings for text in seen.distinct[field])


def texts_seen(loaded: Loaded, column: str, kind: str) -> list[Row]:
    """The texts of a column that Python must read, or their stand-ins, each with its cells."""
    wide = kind in ("money", "date") and is_wide(loaded, column)
    known = {"kind": kind, "most": _MOST_TEXTS + 1}
    if wide:
        return _readable(loaded.room.ask("road_texts", column=column, **known))
    return _readable(loaded.ask_once("road_few_texts", column, **known))


def _readable(rows: list[Row]) -> list[Row]:
    if len(rows) > _MOST_TEXTS:
        raise Unclean("too many texts to read one by one")
    return rows


def _kinds(loaded: Loaded) -> dict[str, str]:
    entity = ENTITIES[loaded.mapping.entity]
    return {field: entity.kind(field) for field in loaded.mapping.columns}


def _column(loaded: Loaded, field: str) -> str:
    return loaded.column(loaded.mapping.columns[field])


def _rough(loaded: Loaded, field: str) -> list[str] | None:
    """The short texts of a field that are not plain; None where every text is."""
    column = _column(loaded, field)
    known = {"nothings": NOTHINGS, "most": _MOST_TEXTS + 1}
    if is_wide(loaded, column):
        rows = loaded.room.ask("road_rough", column=column, **known)
    else:
        rows = loaded.ask_once("road_few_rough", column, **known)
    return [text for (text,) in _readable(rows) if text is not None] if rows else None


def _mean(loaded: Loaded, field: str, texts: Sequence[str], values: Sequence[Typed | None]) -> None:
    means = [None if value is None else str(value) for value in values]
    if texts:
        loaded.room.ask("road_mean", field=field, cells=list(texts), means=means)


def witnessed(loaded: Loaded, zone: ZoneInfo) -> dict[str, list[str]]:
    """The days in the columns that tell when a row was last touched, under their headers."""
    found = {
        loaded.mapping.headers[at]: [
            text for text, _ in texts_seen(loaded, loaded.column(at), "date")
        ]
        for at in loaded.mapping.witnesses
    }
    _check_quarters((text for texts in found.values() for text in texts), zone)
    return found


def tell_currency(
    loaded: Loaded, meanings: Meanings, is_merged: bool
) -> tuple[str | None, list[Warned]]:
    """The currency of all amounts if their signs tell it; the codes of a column are tidied."""
    mapping = loaded.mapping
    if "currency" in mapping.columns:
        texts = texts_of(loaded, _column(loaded, "currency"))
        _mean(loaded, "currency", texts, tidy([meant(text) for text in texts]))
        return None, []
    field = telling(mapping)
    if field is None:
        return None, []
    texts = list(meanings.texts[field])
    if is_merged:
        rows = texts_seen(loaded, loaded.column(mapping.columns[field]), "money")
        texts = [text for text, _ in rows]
    codes, warnings = told_by_amounts(texts or [""], field, mapping)
    if warnings:
        raise Unclean("several currency signs")
    return next(iter(codes.values())) if codes else None, []


def decide(loaded: Loaded, meanings: Meanings) -> list[Warned]:
    """Lay down the outcomes under what each was decided by, and say what was doubtful."""
    rows = few(loaded.room.ask("road_standing", most=MOST + 1))
    marks = {"is_won": 0, "is_closed": 1, "status": 2, "stage": 3}
    values = {
        field: [_meaning(meanings, field, row[at] or "") for row in rows]
        for field, at in marks.items()
        if field in loaded.mapping.columns
    }
    decided, doubts = outcomes(len(rows), values, loaded.mapping, [row[4] for row in rows])
    columns = {field: [row[at] for row in rows] for field, at in marks.items()}
    loaded.room.ask("road_stand", **columns, outcome=decided)
    return doubts


def flags_seen(meanings: Meanings) -> dict[str, list[str]]:
    """The texts that say yes, and those that say no, in any column of flags."""
    known = {
        text: value
        for table in meanings.tables.values()
        for text, value in table.meanings.items()
        if isinstance(value, bool)
    }
    yes = [text for text, value in known.items() if value]
    return {"yes": yes, "no": [text for text in known if text not in yes]}


def name_names(loaded: Loaded, meanings: Meanings) -> bool:
    """Lay down keys and references of the names that SQL cannot or should not fold row by row.

    Whether all deals go by an id, and none needs a key made of its words.
    """
    for field in _NAMES:
        if field in loaded.mapping.columns:
            _name(loaded, meanings, field)
    nothings, rough = meanings.nothings, meanings.rough
    ((bare,),) = loaded.room.ask("road_bare", is_rough="deal_id" in rough, nothings=nothings)
    if bare:
        if "deal_name" in loaded.mapping.columns:
            _name(loaded, meanings, "deal_name")
        first = loaded.first_line()
        known = {"rough": rough, "nothings": nothings, "iso": meanings.iso}
        loaded.room.ask("road_keys", **known, first_line=first)
    return not bare


def _name(loaded: Loaded, meanings: Meanings, field: str) -> None:
    column = _column(loaded, field)
    known = {
        "field": field,
        "is_rough": field in meanings.rough,
        "nothings": meanings.nothings,
    }
    if not is_wide(loaded, column):
        loaded.ask_once("road_few_names", column, **known)
    rows = _readable(loaded.room.ask("road_names", column=column, **known, most=_MOST_TEXTS + 1))
    names = [row[0] for row in rows]
    keys = [(field == "product" and letters(name)) or fold(name) for name in names]
    refs = list(map(slug, keys))
    loaded.room.ask("road_name", field=field, names=names, keys=keys, refs=refs)


def _check_quarters(days: Iterable[str], zone: ZoneInfo) -> None:
    """A quarter of an hour stands for all its moments, as long as all are of one day here."""
    for text in days:
        if _QUARTER.fullmatch(text):
            start = datetime.fromisoformat(text)
            end = start + timedelta(minutes=14, seconds=59)
            if start.astimezone(zone).date() != end.astimezone(zone).date():
                raise Unclean("a day that ends within a quarter of an hour")


def _cells(loaded: Loaded, tables: Mapping[str, Table]) -> list[Cell]:
    kind = ENTITIES[loaded.mapping.entity].kind
    cells = []
    for field, table in tables.items():
        if table.unreadable:
            column = loaded.column(loaded.mapping.columns[field])
            values = {"column": column, "kind": kind(field), "unreadable": list(table.unreadable)}
            for place, text, seen in few(loaded.room.ask("road_cells", **values, most=MOST + 1)):
                header, line = loaded.mapping.header(field), place + loaded.first_line()
                cells.append(Cell(line, header, field, text.strip(), table.unreadable[seen]))
    return sorted(cells, key=lambda cell: (cell.line, cell.column))


def _meaning(meanings: Meanings, field: str, text: str) -> Typed | None:
    return meanings.tables[field].meanings.get(text) if field in meanings.tables else meant(text)
