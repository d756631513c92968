"""The declared unit of a column decides its pandas type, whichever engine answered."""

from __future__ import annotations

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from quarterdeck.catalog import Column, Query

UNITS = {
    "text": (pa.string(), "str"),
    "count": (pa.int64(), "Int64"),
    "usd": (pa.decimal128(18, 2), "float64"),
    "ratio": (pa.float64(), "float64"),
    "days": (pa.float64(), "float64"),
    "degrees": (pa.float64(), "float64"),
    "miles": (pa.float64(), "float64"),
    "date": (pa.timestamp("us"), "datetime64[us]"),
    "flag": (pa.bool_(), "boolean"),
}
"""By unit, as Arrow holds it and as pandas shall."""
_PANDAS = {
    pa.string(): pd.StringDtype(na_value=float("nan")),
    pa.int64(): pd.Int64Dtype(),
    pa.bool_(): pd.BooleanDtype(),
}


class BrokenPromise(ValueError):
    """An answer does not hold what its query's header says."""


def typed(query: Query, answer: pa.Table) -> pd.DataFrame:
    """The answer with the columns its header promises, in the types their units mean."""
    promised = [column.name for column in query.columns]
    if answer.column_names != promised:
        raise BrokenPromise(
            f"queries/{query.name}.sql answers {answer.column_names} but promises {promised}. "
            "Make the header and the last select agree."
        )
    columns = [_typed(query, column, answer[column.name]) for column in query.columns]
    table = pa.table(dict(zip(promised, columns, strict=True)))
    frame: pd.DataFrame = table.to_pandas(types_mapper=_PANDAS.get)
    return frame


def _typed(query: Query, column: Column, values: pa.ChunkedArray) -> pa.ChunkedArray:
    if column.unit == "usd":
        return _dollars(query, column, values)
    if column.unit == "date":
        values = values.cast(pa.date32())
    kind, _ = UNITS[column.unit]
    return values.cast(kind)


def _dollars(query: Query, column: Column, values: pa.ChunkedArray) -> pa.ChunkedArray:
    """Through whole cents: Arrow's own cast misses the nearest double one time in seven."""
    if not pa.types.is_decimal(values.type):
        raise BrokenPromise(
            f"queries/{query.name}.sql answers {column.name} as {values.type}: money is decimal. "
            f"Write (…)::decimal(18, 2) as {column.name}."
        )
    kind, _ = UNITS[column.unit]
    exact = values.cast(kind)
    cents = pc.multiply(exact, pa.scalar(100, pa.decimal128(3, 0))).cast(pa.int64())
    return pc.divide(cents.cast(pa.float64(), safe=False), 100.0)
