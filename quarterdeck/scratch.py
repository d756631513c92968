"""How does a CSV become Parquet without any other library?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import duckdb

STATEMENTS = Path(__file__).resolve().parent / "statements"

_LIMIT = "set threads = 1; set memory_limit = '128MB'; set enable_progress_bar = false"
_ROOM = "set enable_progress_bar = false"
# A table that fits is twice as fast; of a larger one what DuckDB does not count grows as well.
_ROOMS = ((160 * 2**20, "288MB"), (192 * 2**20, "256MB"))
_LEAST_ROOM = "160MB"
# The empty file gives the result every column and its order; only one row group is in memory.
_COPY = (
    "copy (select * from read_csv($nothing, columns = $columns, auto_detect = false)"
    " union all by name select * from read_csv($source, columns = $carried, auto_detect = false,"
    " header = true, delim = ',', quote = '\"', escape = '\"', nullstr = '', new_line = '\\n',"
    " parallel = false, max_line_size = $longest, buffer_size = $longest)"
    ") to $target (format parquet, row_group_size 20480)"
)
_SHORTEST_BUFFER = 2**21
_NAMED = re.compile(r"\$(\w+)")

Row = tuple[Any, ...]


class Unclean(Exception):
    """A file that DuckDB cannot read, or would not read as we do."""


class Crowded(Unclean):
    """Too little memory for so many threads."""


class Workroom:
    """A database that lasts as long as one file is read."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    def ask(self, name: str, **values: Any) -> list[Row]:
        """The rows of the last step of statements/<name>.sql; raises Unclean where it fails."""
        rows: list[Row] = []
        try:
            for step in _steps(name):
                words = _NAMED.findall(step)
                named = {word: values[word] for word in words if word in values}
                rows = self._connection.execute(step, named).fetchall()
        except duckdb.OutOfMemoryException as error:
            raise Crowded(str(error)) from error
        except duckdb.Error as error:
            raise Unclean(str(error)) from error
        return rows


@contextmanager
def workroom(folder: Path, size: int, threads: int) -> Iterator[Workroom]:
    """An empty database in memory, for a file of that size, that spills into the folder."""
    with duckdb.connect(":memory:") as connection:
        connection.execute(_ROOM)
        connection.execute("set threads = $threads", {"threads": threads})
        most = next((room for largest, room in _ROOMS if size <= largest), _LEAST_ROOM)
        connection.execute("set memory_limit = $most", {"most": most})
        connection.execute("set temp_directory = $spill", {"spill": str(folder / "spill")})
        yield Workroom(connection)


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


@cache
def _steps(name: str) -> tuple[str, ...]:
    text = (STATEMENTS / f"{name}.sql").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.lstrip().startswith("--")]
    return tuple(step.strip() for step in "\n".join(lines).split(";") if step.strip())
