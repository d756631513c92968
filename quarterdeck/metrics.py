"""How is each number called, counted and shown? Its formula stands beside it in _metrics.sql."""

from __future__ import annotations

import re
import textwrap
from dataclasses import dataclass
from functools import cache

from quarterdeck import catalog

EMPTY = "–"
MINUS = "−"
THIN = "\u202f"

UNITS = {"usd": "an amount", "ratio": "a ratio", "count": "a count", "days": "days"}
MULTIPLES = ("coverage", "largest_to_smallest")
"""Ratios that say how often one fits into the other, beginning with these names."""
GOOD = {"up": "more is better", "down": "less is better", "neither": "neither way is better"}

_LINE = re.compile(
    r"^-- (\w+): (.+?) \| (\w+) \| (up|down|neither) \| (.+)\n((?:--   rivals: .+\n)+)"
    r"create or replace macro (\w+\([^)]*\)) as\n((?:    .+\n?)+)",
    re.M,
)
_RIVAL = re.compile(r"(?P<words>.+?)(?: = (?P<name>\w+)| \(needs (?P<needs>.+)\))?")


@dataclass(frozen=True)
class Rival:
    """What others mean by the same name: which number of ours counts it, or what it would need."""

    words: str
    name: str = ""
    needs: str = ""


@dataclass(frozen=True)
class Metric:
    """One number: label, unit, which way is good, meaning, what others mean by it, formula."""

    name: str
    label: str
    unit: str
    good: str
    meaning: str
    rivals: tuple[Rival, ...]
    call: str
    formula: str

    @property
    def kind(self) -> str:
        """Its unit and which way is good, in words."""
        return f"{UNITS[self.unit].capitalize()}; {GOOD[self.good]}."

    def show(self, value: float | None) -> str:
        """The value as a person reads it; a missing value is a dash, never a zero."""
        if value is not None and value == value and self.name.startswith(MULTIPLES):
            return times(value)
        return show(self.unit, value)


@cache
def metrics() -> dict[str, Metric]:
    return {found[1]: _metric(*found.groups()) for found in _LINE.finditer(_text())}


def _metric(name: str, label: str, unit: str, good: str, meaning: str, *counted: str) -> Metric:
    """The parts of one entry, without the signs that hold them together."""
    rivals, call, body = counted
    lines = [line.removeprefix("--   rivals: ") for line in rivals.splitlines()]
    words = [each.strip() for line in lines for each in line.split(";")]
    formula = textwrap.dedent(body).strip().removesuffix(";")
    return Metric(name, label, unit, good, meaning, tuple(map(_rival, words)), call, formula)


def _rival(words: str) -> Rival:
    found = _RIVAL.fullmatch(words)
    parts = found.groupdict(default="") if found else {"words": words}
    return Rival(**parts)


def show(unit: str, value: float | None) -> str:
    """A value in its unit, three figures and a word, as every page writes it."""
    if value is None or value != value:
        return EMPTY
    return {"usd": money, "ratio": share, "count": count, "days": count}[unit](value)


def money(usd: float) -> str:
    """$1.24 M, $18.9 M, $742 k, $980: three figures and a unit."""
    for size, unit in ((1e9, "B"), (1e6, "M"), (1e3, "k")):
        if abs(usd) >= 0.9995 * size:
            scaled = abs(usd) / size
            digits = 2 if scaled < 9.995 else 1 if scaled < 99.95 else 0
            return f"{_sign(usd)}${scaled:,.{digits}f}{THIN}{unit}"
    return f"{_sign(usd)}${abs(usd):,.0f}"


def exact_money(usd: float | None) -> str:
    """$2,802,496.00: to the cent, for tables that tie out."""
    return EMPTY if usd is None or usd != usd else f"{_sign(usd)}${abs(usd):,.2f}"


def share(ratio: float) -> str:
    return f"{_sign(ratio)}{abs(ratio):.0%}".replace("%", f"{THIN}%")


def times(ratio: float) -> str:
    """2.3×: how often the one fits into the other."""
    return f"{_sign(ratio)}{abs(ratio):,.1f}×"


def count(number: float) -> str:
    return f"{_sign(number)}{abs(number):,.0f}"


def signed(text: str) -> str:
    """A change: +$186 k; what is negative has its sign already."""
    return text if text in (EMPTY, "$0", "0") or text.startswith(MINUS) else f"+{text}"


def _sign(value: float) -> str:
    return MINUS if value < 0 else ""


def _text() -> str:
    return (catalog.QUERIES / "_metrics.sql").read_text(encoding="utf-8")
