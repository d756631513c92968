"""Ask a question: as a frame for the screen, as exact rows for files and JSON."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import pandas as pd

from quarterdeck import catalog
from quarterdeck.catalog import Column
from quarterdeck.engine import Engine
from quarterdeck.filters import Calendar, Filters, calendar_of
from quarterdeck.people import Scope

EVERY_ROW = {
    "rows_shown": 1_000_000_000,
    "rows_before": 0,
    "search": "",
    "stages": [],
    "split_by": "person",
    "narrowed_by": "person",
    "narrowed_to": [],
    "pipeline_mode": "usual",
    "movements": [],
    "scenario_id": "",
    "plan_on": None,
}
DEFAULTS = {"time_zone": "UTC", "reporting_currency": "USD"}


@dataclass(frozen=True)
class Exact:
    """An answer for files and JSON: the promised columns and rows whose money is Decimal."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Any, ...], ...]


def answer(engine: Engine, scope: Scope, filters: Filters, name: str, **more: Any) -> pd.DataFrame:
    """The answer to queries/<name>.sql as `scope` may see it; money as double, for the screen."""
    return engine.frame(catalog.load(name), _parameters(scope, filters, more))


def exact(engine: Engine, scope: Scope, filters: Filters, name: str, **more: Any) -> Exact:
    """The same answer to the cent."""
    query = catalog.load(name)
    rows = engine.rows(query, _parameters(scope, filters, more))
    return Exact(query.columns, tuple(rows))


def calendar(engine: Engine) -> Calendar:
    """The organisation's months and holidays, read once per version of the data."""
    return _calendar(engine, engine.data_version())


def settings(engine: Engine) -> dict[str, str]:
    """What the organisation has settled, with defaults for the rest; read once per version."""
    return dict(_settings(engine, engine.data_version()))


@lru_cache(maxsize=4)
def _settings(engine: Engine, version: int) -> dict[str, str]:
    settled = {str(name): str(value) for name, value in engine.rows(catalog.load("settings"), {})}
    return DEFAULTS | settled


@lru_cache(maxsize=4)
def _calendar(engine: Engine, version: int) -> Calendar:
    months, off = (engine.rows(catalog.load(name), {}) for name in ("months", "holidays"))
    return calendar_of(months, off)


def _parameters(scope: Scope, filters: Filters, more: dict[str, Any]) -> dict[str, Any]:
    return {**EVERY_ROW, **filters.parameters(), **more, **scope.parameters()}
