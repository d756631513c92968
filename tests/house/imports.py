"""Who may import whom?"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from tests.house.reading import UNKNOWN, Faults, at, imports

# Who may import whom: a room names a module or folder of quarterdeck/, and all that lies in it.
OPEN_TO_ALL = {"clock", "journal", "patience", "refusal"}
_COMMANDS = {"audit", "catalog", "domain", "engine", "keeping", "people", "placing"}
_IMPORTING = _COMMANDS | {"commands"}
_NOT_THE_SCREEN = {
    "asking", "audit", "catalog", "charts", "commands", "demo", "dialects", "domain", "engine",
    "exports", "filters", "frames", "geography", "glossary", "importing", "inventing", "keeping",
    "metrics", "people", "reads", "scratch", "serving", "spark",
}  # fmt: skip
MAY_IMPORT: dict[str, set[str]] = {
    "app": {"ui.frame", "ui.routes"},
    "pages": {
        "charts", "commands", "domain", "exports", "filters", "importing", "metrics", "people",
        "ui",
    },
    "ui": _NOT_THE_SCREEN,
    "cli": _NOT_THE_SCREEN,
    "__init__": set(),
    "__main__": {"cli"},
    "asking": {"catalog", "domain", "engine", "filters", "people", "reads"},
    "audit": {"catalog", "engine"},
    "catalog": set(),
    "charts": {"metrics"},
    "clock": set(),
    "commands": _COMMANDS,
    "demo": _IMPORTING | {"importing", "inventing"},
    "dialects": {"catalog"},
    "domain": set(),
    "engine": {
        "catalog", "dialects", "frames", "headroom", "keeping", "remembering", "shaping", "steps",
    },
    "exports": {"catalog", "domain", "metrics"},
    "filters": {"domain"},
    "frames": {"catalog"},
    "geography": set(),
    "glossary": {"catalog", "metrics"},
    "headroom": {"catalog", "steps"},
    "importing": _IMPORTING | {"scratch"},
    "inventing": _IMPORTING | {"importing"},
    "journal": set(),
    "keeping": {"catalog", "steps"},
    "metrics": {"catalog"},
    "patience": set(),
    "people": {"catalog", "engine"},
    "placing": {"catalog", "geography", "steps"},
    "reads": {"catalog", "engine", "filters", "people"},
    "refusal": set(),
    "remembering": {"catalog", "steps"},
    "scratch": set(),
    "serving": set(),
    "shaping": {"catalog", "keeping", "placing", "steps"},
    "spark": {"catalog", "dialects", "frames", "steps"},
    "steps": {"catalog"},
}  # fmt: skip
ALONE = {"catalog", "clock", "domain", "journal", "patience", "refusal", "scratch"}

# The child that reads a stranger's file starts in a blink and holds nothing worth stealing.
CHILD = "quarterdeck/importing/child.py"
CHILD_MAY_IMPORT = {"rapidfuzz", "python_calamine", "quarterdeck"}
CHILD_MAY_PULL = {"domain", "importing", "scratch", "refusal"}

ONLY_HERE = {
    "streamlit": ("app.py", "pages/", "quarterdeck/ui/"),
    "altair": ("quarterdeck/charts/",),
    "duckdb": ("quarterdeck/engine.py", "quarterdeck/scratch.py"),
    "sqlglot": ("quarterdeck/dialects.py",),
    "pyspark": ("quarterdeck/spark.py",),
}


def room(path: str) -> str:
    """The first folder or module below quarterdeck/; `app` and `pages` are rooms of their own."""
    first, _, rest = path.removesuffix(".py").partition("/")
    return rest.split("/")[0] if first == "quarterdeck" else first


def inside(name: str, rooms: set[str]) -> bool:
    return any(name == one or name.startswith(f"{one}.") for one in rooms)


def wrong_neighbours(path: str, text: str) -> Faults:
    own = room(path)
    if own not in MAY_IMPORT:
        yield f"{path} has no line in MAY_IMPORT. Write there what {own} may import."
        return
    allowed = MAY_IMPORT[own] | (set() if own in ALONE else OPEN_TO_ALL)
    known = ", ".join(sorted(allowed)) or "nothing of ours"
    for node, name in imports(path, text):
        first, _, rest = name.partition(".")
        if first in ("app", "pages", "tests", "bench", UNKNOWN):
            yield at(node, f"nobody imports {name}")
        elif first == "quarterdeck" and room_known(rest) and not inside(rest, allowed | {own}):
            yield at(node, f"{own} may not import {rest}, only {known}")


def room_known(rest: str) -> bool:
    return rest.split(".")[0] in MAY_IMPORT


def wrong_libraries(path: str, text: str) -> Faults:
    for node, name in imports(path, text):
        places = ONLY_HERE.get(name.split(".")[0])
        if places and not path.startswith(places):
            yield at(node, f"{name} belongs in {', '.join(places)}")


def pulled(path: str, read: Callable[[str], str | None]) -> dict[str, list[tuple[int, str]]]:
    """Every file of ours that importing this one runs, with the line and name of its imports.

    `read` gives the text of a path, or None where there is no such file.
    """
    found: dict[str, list[tuple[int, str]]] = {}
    waiting = [path, "quarterdeck/__init__.py", f"{Path(path).parent}/__init__.py"]
    while waiting:
        here = waiting.pop()
        text = None if here in found else read(here)
        if text is None:
            continue
        found[here] = [(getattr(node, "lineno", 1), name) for node, name in imports(here, text)]
        for _, name in found[here]:
            parts = name.split(".")
            stems = ["/".join(parts[:end]) for end in range(1, len(parts) + 1)]
            waiting += [f"{stem}{end}" for stem in stems for end in (".py", "/__init__.py")]
    return found


def heavy_child(read: Callable[[str], str | None]) -> Faults:
    """What the child pulls in, by itself or through what it imports, that it must not."""
    known = ", ".join(sorted(CHILD_MAY_PULL))
    for here, names in pulled(CHILD, read).items():
        if room(here) not in CHILD_MAY_PULL | {"__init__"}:
            yield f"{here} is pulled in by {CHILD}, which may pull {known}"
        for line, name in names:
            first = name.split(".")[0]
            duckdb_here = first == "duckdb" and here == "quarterdeck/scratch.py"
            if first not in CHILD_MAY_IMPORT | sys.stdlib_module_names and not duckdb_here:
                yield f"{here} line {line}: {name} comes into the child process; keep it out"
