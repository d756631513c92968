"""How do the tables come to the second engine?"""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

from quarterdeck.engine import DuckDBEngine
from quarterdeck.spark import SparkEngine, publish


def published(engine: DuckDBEngine, url: str, database: str) -> SparkEngine:
    """The same tables on the second engine, as a database of their own."""
    folder = engine.folder / "staging" / database
    export(engine, folder)
    session = session_of(url)
    publish(session, folder, database)
    return SparkEngine(session, database)


def session_of(url: str) -> str:
    """One session for publishing and asking: Sail keeps a catalog for each."""
    return f"{url}/;session_id={uuid4()}"


def export(engine: DuckDBEngine, folder: Path) -> None:
    """One folder for each table, with all its rows as Parquet."""
    with engine.looking() as cursor:
        for (table,) in cursor.execute("select table_name from duckdb_tables()").fetchall():
            (folder / table).mkdir(parents=True)
            target = str(folder / table / "rows.parquet").replace("'", "''")
            cursor.execute(f"copy {table} to '{target}'")
