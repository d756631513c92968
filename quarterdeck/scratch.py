"""How does a CSV become Parquet without any other library?"""

from __future__ import annotations

from pathlib import Path

import duckdb

_LIMIT = "set threads = 1; set memory_limit = '128MB'; set enable_progress_bar = false"
# The empty file gives the result every column and its order; only one row group is in memory.
_COPY = (
    "copy (select * from read_csv($nothing, columns = $columns, auto_detect = false)"
    " union all by name select * from read_csv($source, columns = $carried, auto_detect = false,"
    " header = true, delim = ',', quote = '\"', escape = '\"', nullstr = '', new_line = '\\n',"
    " parallel = false, max_line_size = $longest, buffer_size = $longest)"
    ") to $target (format parquet, row_group_size 20480)"
)
_SHORTEST_BUFFER = 2**21


def write_parquet(source: Path, carried: list[str], columns: dict[str, str], target: Path) -> None:
    """Write a CSV whose header is `carried` as Parquet with all `columns`, the others empty.

    The CSV quotes with double quotes, ends its lines with LF and holds no line break in a cell.
    """
    nothing = target.with_suffix(".nothing")
    nothing.write_bytes(b"")
    longest = max(_SHORTEST_BUFFER, 2 * _longest_line(source))
    values = {
        "nothing": str(nothing),
        "columns": columns,
        "source": str(source),
        "carried": {name: columns[name] for name in carried},
        "longest": longest,
        "target": str(target),
    }
    try:
        with duckdb.connect(":memory:") as connection:
            connection.execute(_LIMIT)
            connection.execute(_COPY, values)
    except duckdb.OutOfMemoryException as error:
        raise MemoryError(str(error)) from error
    nothing.unlink()


def _longest_line(source: Path) -> int:
    with source.open("rb") as file:
        return max(map(len, file), default=0)
