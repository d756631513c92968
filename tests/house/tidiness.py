"""Is a file small, honest about errors, and silent about where it was written?"""

from __future__ import annotations

import ast

from tests.house.reading import Faults, at, functions, last_word, nodes, tree

LINES = {"pages/": 120, "app.py": 40, "quarterdeck/": 300}
STATEMENTS = 30


def swallowed_errors(_path: str, text: str) -> Faults:
    """Catch the narrow error. All of them only to clean up: a last `raise` hands it on."""
    for node in nodes(text):
        if isinstance(node, ast.ExceptHandler):
            caught = node.type.elts if isinstance(node.type, ast.Tuple) else [node.type]
            names = {last_word(one) if one else "" for one in caught}
            last = node.body[-1]
            hands_on = isinstance(last, ast.Raise) and last.exc is None
            if names & {"Exception", ""} or ("BaseException" in names and not hands_on):
                yield at(node, "catches everything: name the error that can happen here")
        if isinstance(node, ast.Call) and last_word(node) == "suppress":
            for name in {last_word(one) for one in node.args} & {"Exception", "BaseException"}:
                yield at(node, f"suppresses {name}: name the error that can happen here")


def missing_docstring(path: str, text: str) -> Faults:
    empty_package = path.endswith("__init__.py") and not text.strip()
    if not empty_package and not (ast.get_docstring(tree(text)) or "").strip():
        yield "line 1: no docstring: say in one sentence which question the file answers"


def too_long(path: str, text: str) -> Faults:
    limit = next(limit for place, limit in LINES.items() if path.startswith(place))
    if len(text.splitlines()) > limit:
        yield f"{len(text.splitlines())} lines, {limit} are allowed: make two files of it"
    for function in functions(text):
        statements = sum(isinstance(node, ast.stmt) for node in ast.walk(function)) - 1
        if statements > STATEMENTS:
            yield at(function, f"{function.name} has {statements} statements: {STATEMENTS} at most")


# In halves, so that this file does not hold them.
WORKPLACE = tuple(
    "".join(halves)
    for halves in (
        ("/wo", "rk/"), ("/ro", "ot/"), ("/ho", "me/"), ("/opt/", "wheels"), ("far", "m-"),
        (".lib", "rary"), ("py", "pi.org"), ("python", "hosted"), ("np", "mjs.org"),
        ("arti", "factory"), ("C:", "\\Users"),
    )
)  # fmt: skip


def told_workplace(text: str) -> Faults:
    for number, line in enumerate(text.lower().splitlines(), 1):
        for said in WORKPLACE:
            if said.lower() in line:
                yield f"line {number}: {said!r} tells where the file was written: take it out"
