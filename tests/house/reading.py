"""A file's text as a tree, and the few questions every rule asks of it."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

UNKNOWN = "a name made up at run time"

Faults = Iterator[str]
Function = ast.FunctionDef | ast.AsyncFunctionDef
Rule = Callable[[str, str], Faults]
"""Takes the path and the text of a file; says line by line what is wrong with it."""


@cache
def tree(text: str) -> ast.Module:
    return ast.parse(text)


def nodes(text: str) -> Iterator[ast.AST]:
    return ast.walk(tree(text))


def functions(text: str) -> Iterator[Function]:
    return (node for node in nodes(text) if isinstance(node, Function))


def at(node: ast.AST, say: str) -> str:
    return f"line {getattr(node, 'lineno', 1)}: {say}"


def word(node: ast.AST) -> str:
    """The dotted name of what is called or decorated, as `st.cache_data`; "" if it has none."""
    if isinstance(node, ast.Call):
        return word(node.func)
    if isinstance(node, ast.Attribute):
        return f"{word(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


def last_word(node: ast.AST) -> str:
    """`cache_data`, whether it is written alone or as `st.cache_data`."""
    return word(node).split(".")[-1]


def imports(path: str, text: str) -> Iterator[tuple[ast.AST, str]]:
    """Every dotted name that the file imports, wherever in the file."""
    for node in nodes(text):
        if isinstance(node, ast.Import):
            yield from ((node, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            package = Path(path).parts[: -node.level] if node.level else ()
            base = ".".join([*package, *([node.module] if node.module else [])])
            yield from ((node, f"{base}.{alias.name}") for alias in node.names)
        elif isinstance(node, ast.Call) and last_word(node) in ("import_module", "__import__"):
            name = node.args[0] if node.args else None
            yield node, str(name.value) if isinstance(name, ast.Constant) else UNKNOWN
