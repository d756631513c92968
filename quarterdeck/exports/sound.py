"""Can Word open what a template became?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from xml.parsers import expat

from quarterdeck.exports.markup import local
from quarterdeck.exports.opening import is_markup
from quarterdeck.refusal import Refused

_NO_TEXT = {
    "body", "document", "endnotes", "footnotes", "ftr", "hdr", "p", "r", "sdtContent", "tbl",
    "tc", "tr",
}  # fmt: skip
"""Elements whose words Word finds in elements within; words of their own break the file."""
_MUST_HOLD = {"tbl": "tr", "tr": "tc", "tc": "p"}
_WRAPPING = {"customXml", "del", "ins", "moveFrom", "moveTo", "sdt", "sdtContent"}
"""Elements that stand around the rows of a table and count as what they hold."""


def check_sound(part: str, data: bytes) -> None:
    """Refuse markup that is not whole, or a table that tags have left without rows or cells."""
    look = _Look(part)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = look.start
    parser.EndElementHandler = look.end
    parser.CharacterDataHandler = look.text
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise _broken(
            part, "a loop or condition begins in one place and ends in another"
        ) from error


def paragraphs(parts: Mapping[str, bytes]) -> Iterator[tuple[str, list[str]]]:
    """For each part with text its root element and its paragraphs, in order.

    A paragraph within another one, as in a text box, is told by itself.
    """
    for name, data in parts.items():
        if is_markup(name) and not name.endswith(".rels"):
            look = _Paragraphs()
            parser = expat.ParserCreate(namespace_separator=" ")
            parser.buffer_text = True
            parser.StartElementHandler = look.start
            parser.EndElementHandler = look.end
            parser.CharacterDataHandler = look.text
            parser.Parse(data, True)
            yield look.root, look.done


class _Look:
    """Remembers for every open element which ones it holds."""

    def __init__(self, part: str) -> None:
        self.part = part
        self.path: list[tuple[str, set[str]]] = []

    def start(self, name: str, _attributes: dict[str, str]) -> None:
        self.path.append((local(name), set()))

    def end(self, _name: str) -> None:
        element, held = self.path.pop()
        wanted = _MUST_HOLD.get(element)
        if wanted and wanted not in held:
            raise _broken(self.part, "a tag leaves a table without rows, or a cell without text")
        if self.path:
            self.path[-1][1].update(held if element in _WRAPPING else {element})

    def text(self, words: str) -> None:
        if words.strip() and self.path[-1][0] in _NO_TEXT:
            raise _broken(self.part, f"“{words.strip()[:60]}” stands outside of any paragraph")


class _Paragraphs:
    """Gathers the words of every paragraph, whole over all its runs."""

    def __init__(self) -> None:
        self.root = ""
        self.path: list[str] = []
        self.open: list[list[str]] = [[]]
        self.done: list[str] = []

    def start(self, name: str, _attributes: dict[str, str]) -> None:
        self.root = self.root or local(name)
        self.path.append(local(name))
        if self.path[-1] == "p":
            self.open.append([])

    def end(self, _name: str) -> None:
        if self.path.pop() == "p":
            self.done.append("".join(self.open.pop()))

    def text(self, words: str) -> None:
        if self.path[-1] == "t":
            self.open[-1].append(words)


def _broken(part: str, why: str) -> Refused:
    return Refused(
        f"The tags break the letter: {why}.",
        f"In {part}.",
        "Begin and end each loop and condition in the same table, or each in its own paragraph.",
    )
