"""Where is each number used? From formulas to queries, from queries to pages, read not typed."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from quarterdeck import catalog
from quarterdeck.metrics import Metric, metrics

HERE = Path(__file__).resolve().parent
PAGES = HERE.parent / "pages"
ROOMS = ("quarterdeck.ui", "quarterdeck.charts")

_MACRO = re.compile(r"\bmacro (\w+)\((.*?)(?=\bmacro \w+\(|\Z)", re.S)
_COMMENT = re.compile(r"--.*")
_CALL = re.compile(r"\b(\w+)\s*\(")
_ELSEWHERE = {"go", "_page", "switch_page"}
"""Calls whose words name a page to go to, not a question to ask."""
_ABOUT_OTHERS = {"ui.explaining", "ui.sections"}
"""What these modules name is the number a page explains, or a page to go to."""
_NAMES_A_WIDGET = {"key", "icon", "label", "alt"}


@dataclass(frozen=True)
class Uses:
    """Which questions count a number, and on which pages it stands."""

    queries: tuple[str, ...]
    pages: tuple[str, ...]


@cache
def uses() -> dict[str, Uses]:
    """For every metric the queries and pages that use it, through other formulas too."""
    pages = [page.stem for page in sorted(PAGES.glob("*.py"))]
    shown = {page: numbers_on(page) for page in pages}
    return {
        name: Uses(
            tuple(query for query in catalog.names() if name in numbers_of(query)),
            tuple(page for page in pages if name in shown[page]),
        )
        for name in metrics()
    }


@cache
def numbers_on(page: str) -> frozenset[str]:
    """What the page's questions count, but for the columns that neither it nor a picture names."""
    words, names = words_of(page), names_in(page)
    found: set[str] = set()
    for query in words & {*catalog.names()}:
        promised = {column.name for column in catalog.load(query).columns} & metrics().keys()
        found |= (numbers_of(query) - _behind(promised)) | _behind(promised & names)
    return frozenset(found)


@cache
def numbers_of(query: str) -> frozenset[str]:
    """The macros a query calls, by itself or through others, and the metrics it promises."""
    asked = catalog.load(query)
    promised = {column.name for column in asked.columns} & metrics().keys()
    return frozenset(_behind(_called(asked.sql) | promised))


def formulas(name: str) -> str:
    """A metric's formula as it is run, and below it those of the metrics it is made of."""
    parts = [name, *sorted(_behind(_called(metrics()[name].formula)) & metrics().keys() - {name})]
    return "\n\n".join(f"{metrics()[part].call} =\n    {_indented(part)}" for part in parts)


def answering(name: str) -> str:
    """The question whose answer holds this number as a column; '' where none does."""
    promised = (
        query
        for query in catalog.names()
        if name in {column.name for column in catalog.load(query).columns}
    )
    return min(promised, key=lambda query: (query != name, query), default="")


def found_in(metric: Metric, words: str) -> bool:
    """Every one of the words stands somewhere in what is said about the metric."""
    rivals = " ".join(rival.words for rival in metric.rivals)
    said = f"{metric.name} {metric.label} {metric.meaning} {rivals}".casefold()
    return all(word in said for word in words.casefold().split())


def unknown_rivals() -> list[tuple[str, str]]:
    """Rivals that name a number nobody has defined."""
    return [
        (metric.name, rival.name)
        for metric in metrics().values()
        for rival in metric.rivals
        if rival.name and rival.name not in metrics()
    ]


def _indented(name: str) -> str:
    return metrics()[name].formula.replace("\n", "\n    ")


@cache
def _macros() -> dict[str, str]:
    return dict(_MACRO.findall(_COMMENT.sub("", catalog.macros())))


def _called(sql: str) -> set[str]:
    """The macros of ours that a text calls."""
    return set(_CALL.findall(_COMMENT.sub("", sql))) & _macros().keys()


def _behind(names: Iterable[str]) -> set[str]:
    """These macros and all that they are made of."""
    found: set[str] = set()
    waiting = [*names]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += _called(_macros().get(name, ""))
    return found


# What a page says: the words in it and in the functions it reaches, wherever they are written.


@dataclass(frozen=True)
class _Part:
    """A function, class or constant of a module: its words, and what it reaches."""

    words: frozenset[str]
    names: frozenset[str]
    reaches: frozenset[tuple[str, str]]


def words_of(page: str) -> set[str]:
    """Every word that a page may use as the name of a question."""
    return {word for part in _reached(page) for word in part.words}


def names_in(page: str) -> set[str]:
    """Every word and attribute in it: among them the columns that it or a picture shows."""
    return {name for part in _reached(page) for name in part.names}


@cache
def _reached(page: str) -> tuple[_Part, ...]:
    found: dict[tuple[str, str], _Part | None] = {}
    waiting = [(page, "")]
    while waiting:
        place = waiting.pop()
        if place not in found:
            part = None if place[0] in _ABOUT_OTHERS else _parts(place[0]).get(place[1])
            found[place] = part
            waiting += part.reaches if part else ()
    return tuple(part for part in found.values() if part)


@cache
def _parts(module: str) -> dict[str, _Part]:
    """The parts of a page or of a module of the screen; '' is what runs when a page opens."""
    path = HERE / f"{module.replace('.', '/')}.py" if "." in module else PAGES / f"{module}.py"
    if not path.is_file():
        return {}
    tree = ast.parse(path.read_text(encoding="utf-8"))
    imported = dict(_imported(tree))
    named = {name: node for node in tree.body for name in _defines(node)}
    inside = imported | {name: (module, name) for name in named}
    parts = {name: _part([node], inside) for name, node in named.items()}
    running = [node for node in tree.body if not isinstance(node, ast.FunctionDef | ast.ClassDef)]
    return parts | {"": _part(running, inside)}


def _imported(tree: ast.Module) -> Iterator[tuple[str, tuple[str, str]]]:
    """Name here → module and name there, for what comes from the screen's own modules."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(ROOMS):
            module = str(node.module).removeprefix("quarterdeck.")
            for alias in node.names:
                place = (module, alias.name) if "." in module else (f"{module}.{alias.name}", "")
                yield alias.asname or alias.name, place


def _defines(node: ast.stmt) -> list[str]:
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        return [node.name]
    targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
    return [target.id for target in targets if isinstance(target, ast.Name)]


def _part(nodes: list[ast.stmt], inside: dict[str, tuple[str, str]]) -> _Part:
    words: set[str] = set()
    reaches: set[tuple[str, str]] = set()
    for node in (inner for each in nodes for inner in ast.walk(each)):
        if isinstance(node, ast.Call) and _last(node.func) not in _ELSEWHERE:
            words |= {word for given in _given(node) for word in _words(given)}
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            module, inner = inside.get(node.value.id, ("", "unknown"))
            reaches |= {(module, node.attr)} if not inner else set()
        elif isinstance(node, ast.Name) and inside.get(node.id, ("", ""))[1]:
            reaches.add(inside[node.id])
    for node in nodes:
        words |= set(_words(node.value)) if isinstance(node, ast.Assign) else set()
    return _Part(frozenset(words), frozenset(_names(nodes)), frozenset(reaches))


def _names(nodes: list[ast.stmt]) -> Iterator[str]:
    for node in (inner for each in nodes for inner in ast.walk(each)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
        elif isinstance(node, ast.Attribute):
            yield node.attr


def _given(call: ast.Call) -> list[ast.expr]:
    """What is handed to a call, but for the names of widgets."""
    return [*call.args, *(word.value for word in call.keywords if word.arg not in _NAMES_A_WIDGET)]


def _words(node: ast.expr) -> Iterator[str]:
    """The words that an expression may be: one, a choice of two, or a row of them."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    inner = node.elts if isinstance(node, ast.Tuple | ast.List) else ()
    for each in (node.body, node.orelse) if isinstance(node, ast.IfExp) else inner:
        yield from _words(each)


def _last(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")
