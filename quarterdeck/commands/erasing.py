"""Who somebody was goes; what they sold stays: from the database, its backups and kept files.

The person becomes "Former executive n", the same in all of them. An id that is made of the name
becomes another too. Nothing of it can be taken back.
"""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from quarterdeck import audit, catalog, keeping
from quarterdeck.commands.backups import NotSound, verify
from quarterdeck.commands.blanking import blank
from quarterdeck.domain.naming import slug
from quarterdeck.engine import Cursor, DuckDBEngine, run
from quarterdeck.refusal import Refused


@dataclass(frozen=True)
class ErasePerson:
    """Who somebody was is gone; the id is the one they have now."""

    person_id: str


@dataclass(frozen=True)
class Erased:
    """Under which name and id the numbers stand now, and which files were written anew."""

    person_id: str
    person_name: str
    databases: tuple[str, ...]
    files: tuple[str, ...]


@dataclass(frozen=True)
class _Person:
    """Whom to erase: how they are called, from the longest on, and what they become."""

    person_id: str
    names: tuple[str, ...]
    new_id: str
    new_name: str


def erase(database: Path, person_id: str) -> Erased:
    """Erase one person from the database, its backups and the files it was filled from.

    Each is made anew beside the old one, and takes its place once all are sound. Raises Refused for
    an unknown person, one who was erased already, and a database that is open elsewhere; NotSound
    where what would come out does not fit together: then everything is as it was.
    """
    if not database.exists():
        raise Refused("There is no database.", str(database), "Name one with --db.")
    person = _known(database, person_id)
    paths = [database, *_copies(database)]
    works = [database.with_name(f"erasing-{at}.duckdb") for at in range(len(paths))]
    try:
        for path, work in zip(paths, works, strict=True):
            shutil.copyfile(path, work)
            _rewrite(work, person)
        for path, work in zip(paths, works, strict=True):
            work.replace(path)
            path.with_name(f"{path.name}.wal").unlink(missing_ok=True)
    finally:
        for work in works:
            work.unlink(missing_ok=True)
            keeping.forget_receipt(work)
    shutil.rmtree(database.parent / "staging", ignore_errors=True)
    kept = (path for path in (database.parent / "originals").rglob("*") if path.is_file())
    files = [path for path in sorted(kept) if blank(path, person.names, person_id)]
    return Erased(
        person.new_id,
        person.new_name,
        tuple(path.name for path in paths),
        tuple(path.name for path in files),
    )


def _known(database: Path, person_id: str) -> _Person:
    engine = DuckDBEngine(database)
    try:
        with engine.looking() as cursor:
            found = run(cursor, catalog.statements("erase_names"), {"person_id": person_id})
            names = tuple(str(name) for (name,) in found.fetchall())
            ((number,),) = run(cursor, catalog.statements("erase_number")).fetchall()
    finally:
        engine.close()
    if not names:
        raise Refused("There is no such person.", person_id, "Give the id that `people` lists.")
    if any(name.startswith("Former executive ") for name in names):
        raise Refused("This person was erased already.", person_id, "There is nothing to erase.")
    new_name = f"Former executive {number}"
    is_of_the_name = any(person_id.startswith(slug(name)) for name in names if slug(name))
    return _Person(person_id, names, slug(new_name) if is_of_the_name else person_id, new_name)


def _copies(database: Path) -> list[Path]:
    """Backups, and what a restore set aside."""
    aside = sorted(database.parent.glob(f"{database.stem}-before-*{database.suffix}"))
    return [*keeping.backups(database.parent / "backups"), *aside]


def _rewrite(path: Path, person: _Person) -> None:
    """The file anew, without what was taken out: a changed row leaves its old bytes behind."""
    engine = DuckDBEngine(path)
    half = path.with_name(f"{path.name}.erased")
    try:
        with engine.transaction() as cursor:
            about = {"person_id": person.person_id}
            run(cursor, catalog.statements("erase_texts"), about)
            for name in person.names:
                _replace(cursor, name, person.new_name)
            _replace_id(cursor, person)
            audit.record(cursor, "owner", ErasePerson(person.new_id), audit.moment(cursor))
        engine.back_up(half)
        verdict = verify(engine)
    finally:
        engine.close()
    if verdict.faults:
        half.unlink(missing_ok=True)
        raise NotSound(verdict)
    half.replace(path)


def _replace(cursor: Cursor, name: str, instead: str) -> None:
    """A full name wherever it stands; a single word only where it is all that a cell says, or a
    value of its own in a record: it may be part of another's name."""
    is_full = " " in name.strip() or "@" in name
    for place in _columns(cursor):
        if is_full:
            pattern, said = _bounded(name), instead
        elif place[2] == "JSON":
            pattern, said = f'"{re.escape(name)}"', f'"{instead}"'
        else:
            pattern, said = f"^{re.escape(name)}$", instead
        _change(cursor, place, pattern, said)


def _replace_id(cursor: Cursor, person: _Person) -> None:
    if person.new_id == person.person_id:
        return
    known = re.escape(person.person_id)
    for place in _columns(cursor):
        if place[2] == "JSON":
            _change(cursor, place, f'"{known}"', f'"{person.new_id}"')
        else:
            _change(cursor, place, f"^{known}$", person.new_id)


def _columns(cursor: Cursor) -> list[tuple[str, str, str]]:
    return run(cursor, catalog.statements("erase_columns")).fetchall()


def _change(cursor: Cursor, place: tuple[str, str, str], pattern: str, instead: str) -> None:
    names = dict(zip(("some_table", "some_column", "some_type"), place, strict=True))
    (step,) = catalog.statements("erase_column")
    for word, quoted in names.items():
        # A name cannot be bound: it is quoted instead.
        step = step.replace(word, quoted)
    cursor.execute(step, {"pattern": pattern, "instead": instead})


def _bounded(name: str) -> str:
    """Not within a longer word, where its ends are letters that RE2 knows as such."""
    first = r"\b" if name[:1].isascii() and name[:1].isalnum() else ""
    last = r"\b" if name[-1:].isascii() and name[-1:].isalnum() else ""
    return f"{first}{re.escape(name)}{last}"
