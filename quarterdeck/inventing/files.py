"""Rows of one kind as typed Parquet for the import, and as the CSV a CRM would write."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from quarterdeck.importing.deciding import outcomes
from quarterdeck.importing.deriving import derived
from quarterdeck.importing.fields import KINDS, parquet_columns
from quarterdeck.importing.mapping import map_as

ARROW = {
    "bigint": pa.int64(),
    "varchar": pa.string(),
    "date": pa.date32(),
    "timestamp": pa.timestamp("us"),
    "boolean": pa.bool_(),
    "double": pa.float64(),
    "decimal(18,2)": pa.decimal128(18, 2),
}
Values = Mapping[str, Sequence[Any]]


@dataclass(frozen=True)
class File:
    """An export as it was on a day: its rows typed, and the headers its CRM gives them."""

    entity: str
    name: str
    exported_on: date
    headers: Mapping[str, str]
    rows: pa.Table

    def write(self, path: Path) -> dict[str, Any]:
        """Put the rows where the database may read them; what a report says of them comes back."""
        pq.write_table(self.rows, path, compression="none")
        content = path.read_bytes()
        return {
            "file": {
                "name": self.name,
                "sha256": hashlib.sha256(content).hexdigest(),
                "bytes": len(content),
                "encoding": "utf-8",
                "delimiter": ",",
                "quote": '"',
                "header_line": 1,
                "sheet": None,
            },
            "entity": self.entity,
            "exported_on": self.exported_on.isoformat(),
            "assumed": [],
            "mapping": dict(self.headers),
            "unmapped": [],
            "rows": {
                "in_file": self.rows.num_rows,
                "good": self.rows.num_rows,
                "rejected": 0,
                "blank": 0,
            },
            **{name: [] for name in ("rejects", "cells", "warnings", "questions")},
            "columns": {},
        }

    def csv(self) -> bytes:
        """The same rows as text, with a byte order mark as spreadsheet programs want it."""
        written = io.StringIO(newline="")
        writer = csv.writer(written)
        writer.writerow(self.headers.values())
        kinds = parquet_columns(self.entity)
        columns = [
            [_text(value, kinds[field]) for value in self.rows[field].to_pylist()]
            for field in self.headers
        ]
        writer.writerows(zip(*columns, strict=True))
        return ("\ufeff" + written.getvalue()).encode()


def typed(entity: str, headers: Mapping[str, str], values: Values) -> pa.Table:
    """All columns of the entity: the values given, what follows from them, and nothing else."""
    mapping = map_as(list(headers.values()), entity)
    count = len(next(iter(values.values())))
    held = {field: list(column) for field, column in values.items()}
    decided = outcomes(count, held, mapping)[0] if entity == "deal" else None
    known = {"line": range(1, count + 1), **held, **derived(mapping, held, count, decided)}
    columns = {
        name: pa.array(known.get(name, [None] * count), ARROW[kind])
        for name, kind in parquet_columns(entity).items()
    }
    return pa.table(columns)


def numbered(rows: pa.Table) -> pa.Table:
    """The rows with their lines counted anew."""
    return rows.set_column(0, "line", pa.array(range(1, rows.num_rows + 1), pa.int64()))


def _text(value: Any, kind: str) -> str:
    if value is None:
        return ""
    if kind == KINDS["ratio"]:
        return f"{value:.0%}"
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, datetime):
        return value.isoformat(" ", "minutes")
    return str(value)


def money(amount: float | None) -> Decimal | None:
    return None if amount is None else Decimal(amount).quantize(Decimal("0.01"))
