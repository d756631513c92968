"""Every table as a file: all its rows, to the cent."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import streamlit as st

from quarterdeck import reads
from quarterdeck.filters import Filters
from quarterdeck.ui import session

_FORMULA = tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")
"""Signs that begin a formula, full-width ones among them (OWASP, CSV injection)."""
SIGN = "\ufeff"
"""Tells spreadsheets that the file is UTF-8."""


def download(label: str, name: str, asked: Filters, *, key: str, **more: Any) -> None:
    """The whole answer to queries/<name>.sql as CSV, asked for at the click."""
    engine, viewer = session.engine(), session.viewer_then()

    def file() -> bytes:
        found = reads.exact(engine, viewer(), asked, name, **more)
        return csv_bytes([column.name for column in found.columns], found.rows)

    download_bytes(label, file, f"{name}_{asked.period.word}.csv", key=key)


def download_bytes(
    label: str,
    file: bytes | Callable[[], bytes],
    file_name: str,
    *,
    key: str,
    mime: str = "text/csv",
) -> None:
    """A file that is there, or is made at the click; who is kept out by then gets none."""
    viewer = session.viewer_then()

    def made() -> bytes:
        viewer()
        return file if isinstance(file, bytes) else file()

    st.download_button(
        label,
        made,
        file_name=file_name,
        mime=mime,
        icon=":material/download:",
        key=key,
        on_click="ignore",
    )


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """Numbers as numbers; a text that a spreadsheet would run as a formula begins with a '."""
    page = io.StringIO(newline="")
    writer = csv.writer(page)
    writer.writerow(header)
    writer.writerows([harmless(value) for value in row] for row in rows)
    return (SIGN + page.getvalue()).encode("utf-8")


def harmless(value: Any) -> Any:
    is_formula = isinstance(value, str) and value.lstrip(" ").startswith(_FORMULA)
    return f"'{value}" if is_formula else value
