"""What there is to ask, to open, to download and to change, found in the program itself."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from pathlib import Path

from quarterdeck import commands, importing
from tests.house.reading import functions, last_word, nodes
from tests.screen import ROOT

SCREEN = ("quarterdeck/ui", "pages")
CACHES = ("cache_data", "cache_resource", "lru_cache", "cache", "cached_property")


def screen_files() -> list[Path]:
    return sorted(path for folder in SCREEN for path in (ROOT / folder).glob("*.py"))


def pages() -> list[str]:
    return sorted(path.stem for path in (ROOT / "pages").glob("*.py"))


def exports() -> list[str]:
    """Each file that a button gives: where the button stands, and the question it asks."""
    return sorted(set(_exports()))


def _exports() -> Iterator[str]:
    for path in screen_files():
        text = path.read_text(encoding="utf-8")
        named = {
            target.id: node.value.value
            for node in ast.parse(text).body
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        for node in nodes(text):
            if not isinstance(node, ast.Call):
                continue
            called = last_word(node)
            if called == "download" and path.stem != "downloads":
                asked = node.args[1]
                said = getattr(asked, "value", None) or named.get(ast.unparse(asked))
                yield f"{path.stem}: {said or ast.unparse(asked)}"
            elif called in ("download_bytes", "download_button") and path.stem != "downloads":
                yield f"{path.stem}: bytes"


def changes() -> list[str]:
    """Every function that changes data in somebody's name."""
    found = []
    for package in (commands, importing):
        for one in pkgutil.iter_modules(package.__path__):
            module = importlib.import_module(f"{package.__name__}.{one.name}")
            for name, function in inspect.getmembers(module, inspect.isfunction):
                is_ours = function.__module__ == module.__name__ and not name.startswith("_")
                if is_ours and _takes_scope(function):
                    found.append(f"{package.__name__.rpartition('.')[2]}.{one.name}.{name}")
    return sorted(found)


def _takes_scope(function: Callable[..., object]) -> bool:
    given = inspect.signature(function).parameters.get("scope")
    return given is not None and given.kind is inspect.Parameter.KEYWORD_ONLY


def caches(folder: str = "quarterdeck/ui") -> list[str]:
    """Every function in the folder whose answers are kept."""
    found = []
    for path in sorted((ROOT / folder).glob("*.py")):
        text = path.read_text(encoding="utf-8")
        wrapped = {id(each) for one in functions(text) for each in one.decorator_list}
        for function in functions(text):
            if any(last_word(each) in CACHES for each in function.decorator_list):
                found.append(f"{path.stem}.{function.name}")
        for node in nodes(text):
            if isinstance(node, ast.Call) and last_word(node) in CACHES and id(node) not in wrapped:
                found.append(f"{path.stem}: {ast.unparse(node)}")
    return found
