"""Which fields does a template ask for, and can each of its tags be read?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError, Undefined, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from quarterdeck.metrics import EMPTY
from quarterdeck.refusal import Refused

Fields = Mapping[str, object]
"""What a template may ask for: texts, flags, and lists of the like."""

FILTERS = ("capitalize", "count", "default", "length", "lower", "title", "trim", "upper")
MOST_TAGS = 500

_LOOP: Fields = dict.fromkeys(("index", "index0", "first", "last", "length"), 1)
_SAFE_NODES = (
    nodes.And, nodes.Compare, nodes.Concat, nodes.CondExpr, nodes.Const, nodes.Filter, nodes.For,
    nodes.Getattr, nodes.If, nodes.Name, nodes.Not, nodes.Operand, nodes.Or, nodes.Output,
    nodes.Template, nodes.TemplateData,
)  # fmt: skip
_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.S)
_HALF = re.compile(r"\{[{%#]|[}%#]\}")
_STATEMENT = re.compile(r"\{%[-+]?(?:(?:p|tr|tc|r)\s)?\s*(\w*)(.*?)[-+]?%\}", re.S)
_CURLY = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "\n": " "})
_BRACES = str.maketrans({"{": "&#123;", "}": "&#125;"})
_UNWRITABLE = re.compile("[^\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_CLOSES = {"endfor": "for", "endif": "if", "elif": "if", "else": "if"}
_ALONE = {
    "for": "{{% for{0} %}}{{% endfor %}}", "if": "{{% if{0} %}}{{% endif %}}",
    "elif": "{{% if 0 %}}{{% elif{0} %}}{{% endif %}}",
    "else": "{{% if 0 %}}{{% else{0} %}}{{% endif %}}",
    "endif": "{{% if 0 %}}{{% endif{0} %}}", "endfor": "{{% for a in b %}}{{% endfor{0} %}}",
}  # fmt: skip
_UNKNOWN = object()


@dataclass(frozen=True)
class Tag:
    """One tag as it stands in the template, as Jinja reads it, and the statement it makes."""

    shown: str
    plain: str
    word: str


@cache
def environment() -> ImmutableSandboxedEnvironment:
    """Reads templates of strangers: nothing to call, few filters, every value only text."""
    made = ImmutableSandboxedEnvironment(
        undefined=StrictUndefined, autoescape=True, finalize=_written
    )
    made.filters = {name: made.filters[name] for name in FILTERS}
    made.tests = {}
    made.globals = {}
    return made


def _written(value: object) -> Markup:
    """A value as text of a Word file; nothing is a dash, and no sign of it begins a tag."""
    if type(value) is Undefined:
        return Markup("")
    if isinstance(value, bool):
        value = "Yes" if value else "No"
    shown = value if isinstance(value, Markup) else str(value if value is not None else "")
    shown = _UNWRITABLE.sub(" ", shown.replace("\r\n", "\n"))
    return Markup(str(escape(shown or EMPTY)).translate(_BRACES))


def tags(paragraphs: Iterable[str]) -> list[Tag]:
    """The tags of a text in order. Raises Refused for a half one, or one of an unknown kind."""
    found = [tag for paragraph in paragraphs for tag in _tags(paragraph)]
    if len(found) > MOST_TAGS:
        raise Refused(
            f"The template has more than {MOST_TAGS} tags.",
            f"It has {len(found):,}.",
            "Begin with the built-in template and restyle that.",
        )
    _check_pairs(found)
    return found


def _tags(paragraph: str) -> Iterable[Tag]:
    rest = _TAG.sub("", paragraph)
    if half := _HALF.search(rest):
        raise Refused(
            "A tag is not whole: it must begin and end in one paragraph.",
            f"At “{rest[max(0, half.start() - 20) : half.end() + 40].strip()}”.",
            "Write it as in {{ person_name }} or {% if deals %}.",
        )
    for shown in _TAG.findall(paragraph):
        if not shown.startswith("{#"):
            yield _tag(shown)


def _tag(shown: str) -> Tag:
    plain = shown.translate(_CURLY)
    if plain.startswith("{{"):
        if re.match(r"\{\{(p|tr|tc|r)\s", plain):
            raise _unreadable(shown, "only {% … %} may stand for a row, a cell or a paragraph")
        _check_reads(shown, plain)
        return Tag(shown, plain, "")
    statement = _STATEMENT.fullmatch(plain)
    word = statement[1] if statement else ""
    if not statement or word not in _ALONE:
        raise Refused(
            f"There is no tag {shown[:80]}.",
            "In the template.",
            "Known are for, endfor, if, elif, else and endif.",
        )
    _check_reads(shown, _ALONE[word].format(statement[2].rstrip()))
    return Tag(shown, f"{{% {word}{statement[2]}%}}", word)


def _check_reads(shown: str, alone: str) -> None:
    try:
        environment().parse(alone)
    except (TemplateSyntaxError, RecursionError) as error:
        raise _unreadable(shown, getattr(error, "message", None) or "too deep") from error


def _check_pairs(found: Sequence[Tag]) -> None:
    """Refuse a loop or condition that is not ended, or an end without a beginning."""
    open_ones: list[Tag] = []
    for tag in found:
        if tag.word in ("for", "if"):
            open_ones.append(tag)
        elif wanted := _CLOSES.get(tag.word):
            ours = open_ones and (open_ones[-1].word == wanted or tag.word == "else")
            if not ours:
                after = f" It stands within {open_ones[-1].shown}." if open_ones else ""
                raise _unreadable(tag.shown, f"no “{wanted}” before it is open.{after}")
            if tag.word.startswith("end"):
                open_ones.pop()
    if open_ones:
        first = open_ones[-1]
        raise _unreadable(first.shown, f"it has no “end{first.word}” after it")


def _unreadable(shown: str, why: str) -> Refused:
    return Refused(
        f"The tag {shown[:80]} cannot be read: {why.rstrip('.')}.",
        "In the template.",
        "Copy the tag from the built-in template and change its field only.",
    )


def check_fields(source: str, places: Sequence[str], sample: Fields) -> None:
    """Refuse what `source` asks for and `sample` does not hold, and all that is not a field.

    `places` say for each line of the source how a person finds it.
    """
    reader = _Reader(places)
    try:
        made = environment()
        reader.follow(made.parse(source), dict(sample))
        made.from_string(source)
    except (TemplateError, RecursionError, SyntaxError, MemoryError) as error:
        said = getattr(error, "message", None) or "they nest too deep"
        line = getattr(error, "lineno", None) or 1
        raise _unreadable(reader.place(line), said) from error
    reader.check()


class _Reader:
    """Follows the fields that a template asks for through a sample of what there is."""

    def __init__(self, places: Sequence[str]) -> None:
        self.places = places
        self.inner = ""
        """The name that the innermost loop gives to its row."""
        self.unknown: dict[str, str] = {}
        self.known: dict[str, Sequence[str]] = {}

    def place(self, line: int) -> str:
        return self.places[min(line, len(self.places)) - 1] if self.places else ""

    def check(self) -> None:
        if self.unknown:
            names = ", ".join(self.unknown)
            kinds = [f"{of}{', '.join(names)}" for of, names in self.known.items()]
            raise Refused(
                f"The template asks for what there is not: {names}.",
                f"In {', '.join(dict.fromkeys(self.unknown.values()))}.",
                f"Known are {'; '.join(kinds)}.",
            )

    def follow(self, node: nodes.Node, known: Fields, whole: bool = False) -> None:
        """Look through a node; `whole` where a list may stand, to ask whether it is empty."""
        if not isinstance(node, _SAFE_NODES):
            kind = type(node).__name__.lower()
            raise self._refused(node, f"“{kind}” is not among what a template may do")
        if isinstance(node, nodes.Name | nodes.Getattr):
            value = self._value(node, known)
            if isinstance(value, list | Mapping) and not whole:
                raise self._refused(node, "this is a list: write a row for each with {% for %}")
        elif isinstance(node, nodes.For):
            self._loop(node, known)
        elif isinstance(node, nodes.Filter) and node.name not in FILTERS:
            raise self._refused(node, f"known filters are {', '.join(FILTERS)}")
        else:
            for child in node.iter_child_nodes():
                self.follow(child, known, self._may_be_list(node, whole))

    def _may_be_list(self, node: nodes.Node, whole: bool) -> bool:
        counts = isinstance(node, nodes.Filter) and node.name in ("length", "count")
        joins = isinstance(node, nodes.And | nodes.Or) and whole
        return counts or joins or isinstance(node, nodes.If | nodes.Not)

    def _loop(self, node: nodes.For, known: Fields) -> None:
        """Follow the body of a loop; one inside another keeps to the lists of the outer row."""
        rows = self._value(node.iter, known)
        named = node.target
        owner = node.iter.node if isinstance(node.iter, nodes.Getattr) else None
        if self.inner and not (isinstance(owner, nodes.Name) and owner.name == self.inner):
            raise self._refused(node, f"a loop in a loop goes over a list of “{self.inner}”")
        if not isinstance(named, nodes.Name) or not (isinstance(rows, list) or rows is _UNKNOWN):
            raise self._refused(node, "a loop gives one name to each row of a list")
        row = rows[0] if isinstance(rows, list) else _UNKNOWN
        outer, self.inner = self.inner, named.name
        inside = {**known, named.name: row, "loop": _LOOP}
        for child in ([node.test] if node.test else []) + node.body:
            self.follow(child, inside)
        self.inner = outer
        for child in node.else_:
            self.follow(child, known)

    def _value(self, node: nodes.Node, known: Fields) -> object:
        """What the sample holds in the place of a name, as `deal.amount_usd`."""
        if isinstance(node, nodes.Name):
            return self._held(node, node.name, "", known)
        if not isinstance(node, nodes.Getattr):
            raise self._refused(node, "a loop goes over a list by its name")
        owner = self._value(node.node, known)
        said = f"{node.node.name}." if isinstance(node.node, nodes.Name) else "."
        return owner if owner is _UNKNOWN else self._held(node, node.attr, said, owner)

    def _held(self, node: nodes.Node, name: str, of: str, owner: object) -> object:
        fields: Fields = owner if isinstance(owner, Mapping) else {}
        if name in fields:
            return fields[name]
        self.unknown[f"{of}{name}"] = self.place(node.lineno)
        self.known[of] = [one for one in fields if one != "loop"]
        return _UNKNOWN

    def _refused(self, node: nodes.Node, why: str) -> Refused:
        return _unreadable(self.place(node.lineno), why)
