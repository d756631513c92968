"""How does a CSV become Parquet without any other library?"""

from __future__ import annotations

from pathlib import Path

import duckdb

_COPY = """
copy (
    select * from read_csv($nothing, columns = $all, header = false, auto_detect = false)
    union all by name
    select *
    from read_csv(
        $source, columns = $carried, header = true, auto_detect = false, delim = ',', quote = '"',
        escape = '"', nullstr = '', new_line = '\\n', parallel = false, max_line_size = $longest,
        buffer_size = $longest
    )
) to $target (format parquet)
"""
_LIMITS = "set threads = 1; set memory_limit = '256MB'; set enable_progress_bar = false"


def write_parquet(source: Path, carried: list[str], columns: dict[str, str], target: Path) -> None:
    """Write a CSV whose header is `carried` as Parquet with all `columns`, the others empty."""
    nothing = target.with_suffix(".nothing")
    nothing.write_bytes(b"")
    with duckdb.connect(":memory:") as connection:
        connection.execute(_LIMITS)
        connection.execute(
            _COPY,
            {
                "nothing": str(nothing),
                "all": columns,
                "source": str(source),
                "carried": {name: columns[name] for name in carried},
                "longest": max(2**21, source.stat().st_size + 2),
                "target": str(target),
            },
        )
    nothing.unlink()
