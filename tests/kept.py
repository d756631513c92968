"""A database that was filled once is copied from then on."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from quarterdeck import clock
from quarterdeck.engine import DuckDBEngine

_FOLDER = tempfile.TemporaryDirectory(prefix="quarterdeck-kept-")
_MADE: dict[str, Path] = {}


def kept(engine: DuckDBEngine, fill: Callable[..., Any], *said: Any) -> DuckDBEngine:
    """The engine filled as `fill` says with these words, or from the copy of such a one."""
    day = os.environ.get(clock.VARIABLE)
    name = f"{fill.__module__}.{fill.__qualname__}{said!r} on {day}"
    if name not in _MADE:
        folder = Path(tempfile.mkdtemp(dir=_FOLDER.name))
        first = DuckDBEngine(folder / "quarterdeck.duckdb")
        fill(first, *said)
        first.close()
        _MADE[name] = folder
    engine.folder.mkdir(parents=True, exist_ok=True)
    shutil.copytree(_MADE[name], engine.folder, dirs_exist_ok=True)
    engine.reopen()
    return engine
