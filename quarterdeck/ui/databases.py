"""Which database is shown: a named one, one's own, or the invented team's?"""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path

import streamlit as st

from quarterdeck.engine import DuckDBEngine

NAMED, FOLDER = "QUARTERDECK_DB", "QUARTERDECK_DATA"
VIEW = "view"
DATA = Path(__file__).resolve().parents[2] / "data"
WANTS_DEMO = "shows the demo although own data exists"


def named() -> Path | None:
    """The one database that this server was started with; no demo appears beside it."""
    path = os.environ.get(NAMED)
    return Path(path) if path else None


def folder() -> Path:
    """Where own data and the demo lie, unless one database is named."""
    return Path(os.environ.get(FOLDER, DATA))


def own_path() -> Path:
    return named() or folder() / "quarterdeck.duckdb"


def demo_path() -> Path:
    return folder() / "demo.duckdb"


@lru_cache(maxsize=1)
def signs_in() -> bool:
    """Where people sign in they see their own: no invented team stands beside it."""
    try:
        return bool(st.secrets.get("auth"))
    except FileNotFoundError:
        return False


def is_demo() -> bool:
    """Own data is shown as soon as it exists; while it is empty, there is a way back."""
    if named() or signs_in():
        return False
    return not own_path().exists() or (is_demo_wanted() and not own().data_version())


def is_demo_wanted() -> bool:
    """By a click; else by an address that says as whom the demo is seen."""
    clicked = st.session_state.get(WANTS_DEMO)
    return VIEW in st.query_params if clicked is None else bool(clicked)


def shown() -> DuckDBEngine:
    """The engine of what the pages show."""
    return opened(str(demo_path() if is_demo() else own_path()))


def own() -> DuckDBEngine:
    """Where dropped files go, whatever is shown; its file is made by the first commit."""
    return opened(str(own_path()))


@st.cache_resource(show_spinner=False)
def opened(path: str) -> DuckDBEngine:
    """One engine a file and process; one that cannot be opened is asked for again."""
    return DuckDBEngine(path, remembers=True)
