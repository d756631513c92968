"""What may reach the screen?"""

from __future__ import annotations

import ast

from tests.house.reading import Faults, Function, at, functions, imports, last_word, nodes, word

_BANNED_WORDS = {"unsafe_allow_html", "unsafe_allow_javascript"}
_BANNED_CALLS = {
    "html": "st.html", "iframe": "st.iframe", "map": "st.map", "components": "st.components",
    "pydeck_chart": "st.pydeck_chart", "plotly_chart": "st.plotly_chart",
}  # fmt: skip
_LINKS = {"href", "url", "image", "Href", "HrefValue", "Url", "UrlValue", "UrlData", "mark_image"}


def html_and_tiles(path: str, text: str) -> Faults:
    """No HTML of ours, nothing that calls another host for its tiles, no second chart library."""
    for node in nodes(text):
        if isinstance(node, ast.keyword) and node.arg in _BANNED_WORDS:
            yield at(node, f"{node.arg} lets text from files become HTML: write Markdown")
        called = word(node).split(".") if isinstance(node, ast.Attribute) else []
        if {"st", "streamlit", "components"} & set(called[:-1]) and called[-1] in _BANNED_CALLS:
            yield at(node, f"{_BANNED_CALLS[called[-1]]} is not used here: draw with Altair")
    for node, name in imports(path, text):
        if name.startswith("streamlit.") and name.split(".")[1] in _BANNED_CALLS:
            yield at(node, f"{name} is not used here: draw with Altair")


def links_in_charts(path: str, text: str) -> Faults:
    """A chart that follows or loads an address from its rows would leave the house."""
    if not path.startswith("quarterdeck/charts/"):
        return
    for node in nodes(text):
        keys = [*node.keys, *node.values] if isinstance(node, ast.Dict) else []
        said = {key.value for key in keys if isinstance(key, ast.Constant)} & _LINKS
        said |= {node.arg} & _LINKS if isinstance(node, ast.keyword) else set()
        said |= {node.attr} & _LINKS if isinstance(node, ast.Attribute) else set()
        said |= {node.id} & _LINKS if isinstance(node, ast.Name) else set()
        for one in sorted(str(name) for name in said):
            yield at(node, f"{one} reaches outside the house: charts draw rows and nothing else")


def caches_without_scope(_path: str, text: str) -> Faults:
    """A cache is shared by all who look: its key says whose sight it holds, its size is bounded."""
    decorators = set()
    for function in functions(text):
        for decorator in function.decorator_list:
            if last_word(decorator) == "cache_data":
                decorators.add(id(decorator))
                yield from loose_cache(function, decorator)
    for node in nodes(text):
        wraps = isinstance(node, ast.Call) and last_word(node) == "cache_data"
        if wraps and id(node) not in decorators:
            yield at(node, "cache_data is a decorator here, so that its scope can be seen")


def loose_cache(function: Function, decorator: ast.expr) -> Faults:
    given = {word.arg: word.value for word in getattr(decorator, "keywords", [])}
    named = {one.arg for one in ast.walk(function.args) if isinstance(one, ast.arg)}
    own = given.get("scope")
    of_one_session = isinstance(own, ast.Constant) and own.value == "session"
    if "scope" not in named and not of_one_session:
        yield at(function, f"{function.name} is cached for all: give it a `scope` argument")
    if "max_entries" not in given:
        yield at(function, f"{function.name} is cached without end: give `max_entries=`")


def pages_that_keep_state(path: str, text: str) -> Faults:
    if not path.startswith("pages/"):
        return
    for node in nodes(text):
        if isinstance(node, ast.Attribute) and node.attr == "session_state":
            yield at(node, "a page keeps no state: ask quarterdeck/ui/session.py")
        if isinstance(node, ast.Name) and node.id == "__name__":
            yield at(node, "a page is read from top to bottom: no `if __name__`")
