"""What do the cells of a file's columns mean?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeVar
from zoneinfo import ZoneInfo

from quarterdeck.importing.ambiguity import Column, column
from quarterdeck.importing.dates import (
    date_readings,
    moment_readings,
    numbered_moments,
    numbered_readings,
)
from quarterdeck.importing.fields import ENTITIES
from quarterdeck.importing.findings import Cell, Warned
from quarterdeck.importing.folding import clean, is_missing, is_no_text
from quarterdeck.importing.mapping import Mapping as HeaderMapping
from quarterdeck.importing.money import cents, money_readings
from quarterdeck.importing.plain import count_readings, flag, part_reader, share_reader, whole
from quarterdeck.importing.questions import Answers
from quarterdeck.importing.settling import DECIMALS, ORDER, settle
from quarterdeck.importing.splitting import Record

Typed = str | Decimal | date | bool | int | float
Meaning = TypeVar("Meaning")


@dataclass(frozen=True)
class Table:
    """Distinct text → what it means, or why it cannot be read; a text in neither is missing."""

    meanings: Mapping[str, Typed]
    unreadable: Mapping[str, str]


@dataclass(frozen=True)
class Seen:
    """The distinct texts of every mapped field in file order, and how many cells hold some."""

    distinct: Mapping[str, Sequence[str]]
    count: Callable[[str, set[str]], int]


@dataclass(frozen=True)
class Columns:
    """The values of every mapped field, row by row, with what could not be read."""

    values: dict[str, list[Typed | None]]
    cells: list[Cell]
    warnings: list[Warned]


def read_columns(
    rows: Sequence[Record], mapping: HeaderMapping, zone: ZoneInfo, answers: Answers
) -> Columns:
    """The values of all mapped fields; a cell that cannot be read is empty and listed."""
    texts = {field: [row.cells[at] for row in rows] for field, at in mapping.columns.items()}
    witnessed = {mapping.headers[at]: [row.cells[at] for row in rows] for at in mapping.witnesses}
    distinct = {field: list(dict.fromkeys(cells)) for field, cells in texts.items()}
    known = Seen(distinct, lambda field, some: sum(text in some for text in texts[field]))
    tables, warnings = read_tables(known, mapping, zone, answers, orders_of(witnessed, zone))
    values: dict[str, list[Typed | None]] = {
        field: list(map(tables[field].meanings.get, cells)) for field, cells in texts.items()
    }
    return Columns(values, _cells(rows, texts, tables, mapping), warnings)


def read_days(texts: Iterable[str], zone: ZoneInfo) -> list[date]:
    """The days a column names whatever the order of day and month; the rest is left out."""
    days = _date_column(_filled(texts), zone)
    style = days.proven()
    if days.is_open() and style is None:
        return []
    return list(days.values(style or ORDER.choices[0]).values())


def read_tables(
    seen: Seen,
    mapping: HeaderMapping,
    zone: ZoneInfo,
    answers: Answers,
    orders: Mapping[str, str],
) -> tuple[dict[str, Table], list[Warned]]:
    """What every distinct text of every mapped field means."""
    entity = ENTITIES[mapping.entity]
    distinct = seen.distinct
    kinds = {field: entity.kind(field) for field in distinct}
    filled = {field: _filled(cells) for field, cells in distinct.items()}
    numbers = {
        field: column(filled[field], count_readings if kind == "count" else money_readings)
        for field, kind in kinds.items()
        if kind in _NUMBERS
    }
    dates = {
        field: _date_column(filled[field], zone) if kind == "date" else _moments(filled[field])
        for field, kind in kinds.items()
        if kind in ("date", "moment")
    }
    amounts, unlike = settle(DECIMALS, numbers, mapping.named(), answers, {})
    days, disordered = settle(ORDER, dates, mapping.named(), answers, orders)
    tables = {field: Table(days[field], dates[field].unreadable()) for field in dates}
    for field, number in numbers.items():
        tables[field] = _NUMBERS[kinds[field]](amounts[field], number.unreadable())
    for field in distinct.keys() - tables.keys():
        tables[field] = _PLAIN[kinds[field]](distinct[field], filled[field])
    rounded = [
        Warned(mapping.header(field), field, say)
        for field in amounts
        if kinds[field] != "count" and (say := _rounded(seen, field, amounts[field]))
    ]
    return tables, [*unlike, *disordered, *rounded]


def _rounded(seen: Seen, field: str, amounts: Mapping[str, Decimal]) -> str | None:
    finer = {text for text, amount in amounts.items() if amount != cents(amount)}
    if not finer:
        return None
    return (
        f"{seen.count(field, finer)} amounts have more than two decimals and were rounded half up."
    )


def orders_of(witnessed: Mapping[str, Sequence[str]], zone: ZoneInfo) -> dict[str, str]:
    """The order of day and month that columns without a field prove, under their headers."""
    columns = {header: _date_column(_filled(cells), zone) for header, cells in witnessed.items()}
    return {header: proof for header, days in columns.items() if (proof := days.proven())}


def _filled(texts: Iterable[str]) -> list[str]:
    return [text for text in dict.fromkeys(texts) if not is_missing(text)]


def _date_column(filled: Sequence[str], zone: ZoneInfo) -> Column[date]:
    return column(filled, numbered_readings(filled, zone) or date_readings(zone))


def _moments(filled: Sequence[str]) -> Column[date]:
    return column(filled, numbered_moments(filled) or moment_readings)


def _text_table(distinct: Sequence[str], filled: Sequence[str]) -> Table:
    kept = ((text, clean(text)) for text in distinct if not is_no_text(text))
    return Table({text: value for text, value in kept if value}, {})


def _flag_table(distinct: Sequence[str], filled: Sequence[str]) -> Table:
    return _told(filled, flag, {})


def _share_table(distinct: Sequence[str], filled: Sequence[str]) -> Table:
    return _told(filled, share_reader(filled), {})


def _part_table(distinct: Sequence[str], filled: Sequence[str]) -> Table:
    return _told(filled, part_reader(filled), {})


def _money_table(amounts: Mapping[str, Decimal], unreadable: Mapping[str, str]) -> Table:
    return Table({text: cents(amount) for text, amount in amounts.items()}, unreadable)


def _count_table(amounts: Mapping[str, Decimal], unreadable: Mapping[str, str]) -> Table:
    return _told(amounts, lambda text: whole(amounts[text]), unreadable)


_NUMBERS = {"money": _money_table, "number": _money_table, "count": _count_table}
_PLAIN = {"text": _text_table, "flag": _flag_table, "ratio": _share_table, "part": _part_table}


def _told(
    texts: Iterable[str],
    read: Callable[[str], bool | Decimal | float | int | str],
    unreadable: Mapping[str, str],
) -> Table:
    told = {text: read(text) for text in texts}
    reasons = {text: value for text, value in told.items() if isinstance(value, str)}
    return Table(
        {text: value for text, value in told.items() if text not in reasons},
        {**unreadable, **reasons},
    )


def _cells(
    rows: Sequence[Record],
    texts: Mapping[str, Sequence[str]],
    tables: Mapping[str, Table],
    mapping: HeaderMapping,
) -> list[Cell]:
    cells = [
        Cell(row.line, mapping.header(field), field, text.strip(), table.unreadable[text])
        for field, table in tables.items()
        if table.unreadable
        for row, text in zip(rows, texts[field], strict=True)
        if text in table.unreadable
    ]
    return sorted(cells, key=lambda cell: (cell.line, cell.column))
