"""How does a Spark cluster answer the same questions?"""

from __future__ import annotations

import logging
import socket
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pandas as pd
import pyarrow as pa
from pyspark.errors.exceptions.connect import AnalysisException, SparkConnectGrpcException
from pyspark.sql.connect.client.retries import DefaultPolicy
from pyspark.sql.connect.session import SparkSession

from quarterdeck import catalog, dialects
from quarterdeck.catalog import Query
from quarterdeck.frames import typed
from quarterdeck.refusal import Refused
from quarterdeck.steps import bound

DATABASE = "quarterdeck"
_SETTINGS = {"spark.sql.session.timeZone": "UTC", "spark.sql.ansi.enabled": "true"}
_PATIENCE_SECONDS = 5
_PORT = 15002


class SparkEngine:
    """A thin client: text and values go out, Arrow comes back, and no Java on this side."""

    def __init__(self, url: str, database: str = DATABASE) -> None:
        self._session = _connect(url)
        try:
            self._session.catalog.setCurrentDatabase(database)
        except AnalysisException as error:
            self.close()
            raise Refused(
                "The Spark server knows no such database.",
                database,
                "Publish the tables there first.",
            ) from error

    def frame(self, query: Query, parameters: dict[str, Any]) -> pd.DataFrame:
        """The answer for the screen: money as the nearest double."""
        return typed(query, self._table(query.sql, parameters))

    def rows(self, query: Query, parameters: dict[str, Any]) -> list[tuple[Any, ...]]:
        """The answer for files and JSON: money as Decimal."""
        answer = self._table(query.sql, parameters)
        return list(zip(*(column.to_pylist() for column in answer.columns), strict=True))

    def data_version(self) -> int:
        """The newest audit entry among what was published."""
        (step,) = catalog.statements("audit_version")
        return int(self._table(step, {}).column(0)[0].as_py())

    def close(self) -> None:
        self._session.stop()

    def _table(self, sql: str, parameters: dict[str, Any]) -> pa.Table:
        values = bound(catalog.named(sql), parameters)
        return self._session.sql(dialects.translate(sql, "spark"), args=values).toArrow()


def publish(url: str, folder: Path, database: str = DATABASE) -> None:
    """Name every folder of Parquet files in `folder` as a table of `database`.

    The server reads the files where they lie: it must see them under the same path.
    """
    session = _connect(url)
    for place in sorted(path for path in folder.resolve().iterdir() if path.is_dir()):
        for step in dialects.table_over(place.as_posix(), place.name, database, "spark"):
            session.sql(step)
    # Not stopped: a session named in the url would end with all it knows.
    session.client.close()


def _connect(url: str) -> SparkSession:
    """A session that says so in seconds when no server answers; the client tries for minutes."""
    logging.getLogger("SQLQueryContextLogger").setLevel(logging.CRITICAL)
    where = urlsplit(url)
    try:
        address = (where.hostname or "", where.port or _PORT)
        socket.create_connection(address, _PATIENCE_SECONDS).close()
        return _session(url)
    except (OSError, ValueError, SparkConnectGrpcException) as error:
        # The rest of the url may hold a token or a password.
        raise Refused(
            "No Spark Connect server answers.",
            where.netloc.rpartition("@")[2],
            "Start the server, or name the one that runs, as sc://host:15002.",
        ) from error


def _session(url: str) -> SparkSession:
    session = SparkSession.builder.remote(url).create()
    session.client.set_retry_policies([DefaultPolicy(max_retries=4, max_backoff=2000)])
    for name, value in _SETTINGS.items():
        session.conf.set(name, value)
    return session
