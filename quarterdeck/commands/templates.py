"""Whose style do letters have? The organisation's own template, a file beside the database."""

from __future__ import annotations

import os
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from quarterdeck import audit
from quarterdeck.commands.checking import actor
from quarterdeck.commands.plan_checks import MAY_PLAN
from quarterdeck.engine import DuckDBEngine
from quarterdeck.people import Scope, denied
from quarterdeck.refusal import Refused

FOLDER = "letters"
NAMES = ("letter",)
MAY_RESTYLE = MAY_PLAN
LARGEST = 5 * 2**20


@dataclass(frozen=True)
class KeepTemplate:
    """A restyled template from now on; its bytes are told by their hash alone."""

    name: str
    sha256: str
    size_bytes: int


@dataclass(frozen=True)
class DropTemplate:
    """The built-in template again."""

    name: str


def keep_command(name: str, content: bytes) -> KeepTemplate:
    """The command that keeps these bytes."""
    return KeepTemplate(name, sha256(content).hexdigest(), len(content))


def keep_template(
    engine: DuckDBEngine, command: KeepTemplate, *, content: bytes, scope: Scope
) -> None:
    """Keep a template whole, or leave what was there; whether it can be filled in is for who fills
    it in to say, at each time.

    Raises Refused for a role that may not, an unknown name, and bytes that are not those meant.
    """
    place = _place(engine, command.name, scope)
    if keep_command(command.name, content) != command or len(content) > LARGEST:
        raise Refused(
            f"The template is not the file that was looked at, or larger than {LARGEST >> 20} MB.",
            command.name,
            "Nothing was kept. Choose the file again.",
        )
    half = place.with_name(f"{place.name}.{command.sha256[:12]}.half")
    try:
        with engine.transaction() as cursor:
            place.parent.mkdir(parents=True, exist_ok=True)
            with half.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            audit.record(cursor, actor(scope), command, audit.moment(cursor))
            half.replace(place)
    finally:
        half.unlink(missing_ok=True)


def drop_template(engine: DuckDBEngine, command: DropTemplate, *, scope: Scope) -> None:
    """The built-in template again. Raises Refused for a role that may not, an unknown name, and
    where none is kept."""
    place = _place(engine, command.name, scope)
    with engine.transaction() as cursor:
        if not place.exists():
            raise Refused(
                "Letters use the built-in template already.", command.name, "There is no other one."
            )
        audit.record(cursor, actor(scope), command, audit.moment(cursor))
        place.unlink()


def kept_template(engine: DuckDBEngine, name: str) -> bytes | None:
    """The organisation's own template, where one is kept."""
    place = kept_at(engine, name)
    return place.read_bytes() if place.is_file() else None


def kept_at(engine: DuckDBEngine, name: str) -> Path:
    """Where it lies: the demo and one's own data share a folder, but no letter."""
    return engine.folder / FOLDER / (engine.path.stem if engine.path else "memory") / f"{name}.docx"


def _place(engine: DuckDBEngine, name: str, scope: Scope) -> Path:
    if scope.role not in MAY_RESTYLE:
        raise denied(
            scope,
            "template",
            Refused(
                "Your role may not change how letters look.",
                f"role: {scope.role}",
                "Ask your director.",
            ),
        )
    if name not in NAMES:
        raise Refused(f"There is no template “{name}”.", name, f"Known is {' and '.join(NAMES)}.")
    return kept_at(engine, name)
