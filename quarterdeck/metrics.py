"""How is each number called, counted and shown? Its formula stands beside it in _metrics.sql."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from quarterdeck import catalog

EMPTY = "–"
MINUS = "−"
THIN = "\u202f"

_LINE = re.compile(
    r"^-- (\w+): (.+?) \| (\w+) \| (up|down|neither) \| (.+)\n--   rivals: (.+)\n"
    r"create or replace macro \w+\([^)]*\) as\n((?:    .+\n?)+)",
    re.M,
)


@dataclass(frozen=True)
class Metric:
    """One number: label, unit, which way is good, meaning, what others mean by it, formula."""

    name: str
    label: str
    unit: str
    good: str
    meaning: str
    rivals: str
    formula: str

    def show(self, value: float | None) -> str:
        """The value as a person reads it; a missing value is a dash, never a zero."""
        return show(self.unit, value)


@cache
def metrics() -> dict[str, Metric]:
    return {
        found[1]: Metric(*(part.strip() for part in found.groups()))
        for found in _LINE.finditer(_text())
    }


def show(unit: str, value: float | None) -> str:
    """A value in its unit, three figures and a word, as every page writes it."""
    if value is None or value != value:
        return EMPTY
    return {"usd": money, "ratio": share, "count": count, "days": count}[unit](value)


def money(usd: float) -> str:
    """$1.24 M, $742 k, $980."""
    for size, unit in ((1e9, "B"), (1e6, "M"), (1e3, "k")):
        if abs(usd) >= 0.9995 * size:
            scaled = abs(usd) / size
            digits = 0 if unit == "k" else 2 if scaled < 9.995 else 1
            return f"{_sign(usd)}${scaled:,.{digits}f}{THIN}{unit}"
    return f"{_sign(usd)}${abs(usd):,.0f}"


def exact_money(usd: float | None) -> str:
    """$2,802,496.00: to the cent, for tables that tie out."""
    return EMPTY if usd is None or usd != usd else f"{_sign(usd)}${abs(usd):,.2f}"


def share(ratio: float) -> str:
    return f"{_sign(ratio)}{abs(ratio):.0%}".replace("%", f"{THIN}%")


def count(number: float) -> str:
    return f"{_sign(number)}{abs(number):,.0f}"


def signed(text: str) -> str:
    """A change: +$186 k; what is negative has its sign already."""
    return text if text in (EMPTY, "$0", "0") or text.startswith(MINUS) else f"+{text}"


def _sign(value: float) -> str:
    return MINUS if value < 0 else ""


def _text() -> str:
    return (catalog.QUERIES / "_metrics.sql").read_text(encoding="utf-8")
