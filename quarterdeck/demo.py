"""The invented team: an empty database filled the way a user's files would fill it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby
from pathlib import Path
from random import Random
from typing import Any

from quarterdeck import clock
from quarterdeck.commands.objectives import SetObjective, set_objective
from quarterdeck.commands.people import SetManager, set_manager
from quarterdeck.commands.quotas import SetQuota, set_quota
from quarterdeck.commands.settings import ChangeSetting, change_setting
from quarterdeck.domain.naming import slug
from quarterdeck.engine import DuckDBEngine
from quarterdeck.importing.committing import commit_arrivals
from quarterdeck.importing.comparing import Arrival
from quarterdeck.inventing import books, coached, exports, field_work
from quarterdeck.inventing.accounts import accounts
from quarterdeck.inventing.deals import plans
from quarterdeck.inventing.files import File
from quarterdeck.inventing.lives import lives
from quarterdeck.inventing.people import (
    BY_NAME,
    DANA,
    LINES,
    MATEO,
    Story,
    by_line,
    directors_quotas,
    months_before,
    quarter_start,
    story,
)
from quarterdeck.keeping import forget_receipt
from quarterdeck.people import OWNER
from quarterdeck.refusal import Refused

SEED = 20261125
MONTHS = 30
CURRENCY = "USD"
ZONE = "America/Los_Angeles"
Told = Callable[[float, str], None]
KEPT_EXPORTS = 3
TOGETHER = 13
"""So many files are one transaction: the work is shown, and waits for the disk less often."""
AIMS = (("Call", "day", 1), ("Call", "week", 5), ("Meeting", "week", 2), ("Site visit", "week", 1))
"""What each of one team sets out to do."""
ORDER = (
    "stage", "product", "person", "account", "contact", "module", "quota", "service", "deal",
    "activity",
)  # fmt: skip
SAID = {
    "deal": "Deals, week by week",
    "activity": "Calls, meetings and visits",
    "service": "Installed services",
    "quota": "Quotas",
}


@dataclass(frozen=True)
class Invented:
    """What was made: how many of each, and the newest exports of deals."""

    counts: dict[str, int]
    exports: tuple[File, ...]


def fill(
    engine: DuckDBEngine,
    day: date,
    seed: int = SEED,
    told: Told | None = None,
    months: int = MONTHS,
) -> Invented:
    """Fill an empty database with the weeks of so many months that end on the day.

    Raises Refused for a database that holds anything. Same seed and same day, same data.
    """
    tell = told or _nobody
    _check_empty(engine)
    tell(0.0, "Inventing a team, its accounts and its deals")
    tale = story(day, months)
    files = _files(tale, seed)
    change_setting(engine, ChangeSetting("time_zone", ZONE), scope=OWNER)
    folder = engine.folder / "staging" / "invented"
    folder.mkdir(parents=True, exist_ok=True)
    try:
        done = 0
        for together in _batched(files):
            tell(0.2 + 0.75 * done / len(files), _said(together[0]))
            commit_arrivals(engine, _arrivals(together, folder, done), scope=OWNER)
            done += len(together)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    tell(0.95, "Reporting lines and this quarter's quotas of the directors")
    _by_hand(engine, tale)
    tell(1.0, "The demo team is ready")
    weekly = [file for file in files if file.entity == "deal"]
    return Invented(_counts(files), tuple(weekly[-KEPT_EXPORTS:]))


def make(
    path: Path,
    day: date,
    seed: int = SEED,
    told: Told | None = None,
    months: int = MONTHS,
) -> Invented:
    """The database at `path` with the invented team, and its newest exports beside it.

    It is filled under another name and renamed when it is whole: a process that is killed leaves
    no half of a team. Raises Refused where the database holds anything.
    """
    if path.exists():
        with closing(DuckDBEngine(path)) as engine:
            _check_empty(engine)
    path.parent.mkdir(parents=True, exist_ok=True)
    _forget_halves(path)
    half = path.with_name(f"{path.stem}.half-{os.getpid()}.duckdb")
    with closing(DuckDBEngine(half)) as engine:
        made = fill(engine, day, seed, told, months)
    forget_receipt(path)
    forget_receipt(half)
    half.replace(path)
    write_exports(made, path.parent / "demo")
    return made


def write_exports(made: Invented, folder: Path) -> list[Path]:
    """The newest weekly exports as the CSV a CRM writes, to drop in."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("opportunities_*.csv"):
        old.unlink()
    written = []
    for file in made.exports:
        path = folder / file.name
        path.write_bytes(file.csv())
        written.append(path)
    return written


def _forget_halves(path: Path) -> None:
    """What a killed process left behind; what another one is filling now stays."""
    for half in path.parent.glob(f"{path.stem}.half-*.duckdb"):
        if DuckDBEngine.holder(half) is None:
            forget_receipt(half)
            half.unlink()
            half.with_name(f"{half.name}.wal").unlink(missing_ok=True)


def _files(tale: Story, seed: int) -> list[File]:
    """Everything that is imported, in the order of its days."""
    rng = Random(seed)
    first, known = tale.weeks[0], accounts(rng, tale)
    lived = lives(rng, tale, plans(rng, tale, known))
    files = [
        exports.stages(first),
        books.products(first),
        *books.people(tale),
        books.accounts(rng, first, known),
        field_work.contacts(rng, first, known),
        *books.modules(tale, known),
        *books.quotas(tale),
        *field_work.services(rng, tale, known, lived),
        *exports.weekly(tale, lived),
        *field_work.activities(rng, tale, known, lived),
    ]
    return sorted(files, key=lambda file: (file.exported_on, ORDER.index(file.entity)))


def _batched(files: list[File]) -> Iterator[list[File]]:
    """Files of one kind, so many at a time."""
    for _, alike in groupby(files, key=lambda file: file.entity):
        listed = list(alike)
        yield from (listed[at : at + TOGETHER] for at in range(0, len(listed), TOGETHER))


def _arrivals(
    files: list[File], folder: Path, first: int
) -> Iterator[tuple[Arrival, dict[str, Any], str]]:
    for number, file in enumerate(files, first):
        path = folder / f"{number}.parquet"
        report = file.write(path)
        extent = "full" if file.entity in ("deal", "account") else "partial"
        carried = tuple(file.headers)
        on = file.exported_on
        arrival = Arrival(file.entity, str(path), carried, on, extent, CURRENCY, is_small=True)
        yield arrival, report, f"demo-{number:03d}-{file.entity}"
        path.unlink()


def _said(file: File) -> str:
    return f"{SAID.get(file.entity, 'People and accounts')}: {file.exported_on:%B %Y}"


def _by_hand(engine: DuckDBEngine, tale: Story) -> None:
    """What no export says: who came over from another team, and what the directors carry now."""
    transfer = SetManager(slug(MATEO), slug(DANA), tale.transferred_on)
    set_manager(engine, transfer, scope=OWNER)
    start = quarter_start(tale.day)
    for name, amount in directors_quotas(tale, start).items():
        _set_quota(engine, name, start, amount)
    for name in [name for name, person in BY_NAME.items() if person.team == "dana"]:
        for kind, every, target in AIMS:
            aim = SetObjective(slug(name), kind, every, Decimal(target), start)
            set_objective(engine, aim, scope=OWNER)
    if tale.day <= clock.today():
        # What is coached is told of days that are over.
        coached.coach(engine, tale)


def _set_quota(engine: DuckDBEngine, name: str, start: date, amount: int) -> None:
    months = tuple(months_before(start, -n) for n in range(3))
    for line, part in zip(LINES, by_line(amount), strict=True):
        command = SetQuota(slug(name), months, Decimal(part), start, line)
        set_quota(engine, command, scope=OWNER)


def _check_empty(engine: DuckDBEngine) -> None:
    if engine.data_version():
        raise Refused(
            "The database holds something already.",
            str(engine.path),
            "Name an empty one: python -m quarterdeck --db NEW.duckdb demo. Nothing was changed.",
        )


def _counts(files: list[File]) -> dict[str, int]:
    """How many rows of each kind came in, and how many files."""
    rows = {
        entity: sum(file.rows.num_rows for file in files if file.entity == entity)
        for entity in ORDER
    }
    return {"files": len(files), **rows}


def _nobody(_share: float, _line: str) -> None:
    """Progress nobody looks at."""
