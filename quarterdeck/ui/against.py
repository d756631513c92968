"""What is compared with, and how much each figure has changed since."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd

from quarterdeck.filters import Filters
from quarterdeck.metrics import MULTIPLES, Metric, metrics
from quarterdeck.ui import session
from quarterdeck.ui.days import day_of, day_words, place_in

GOOD, BAD, NEITHER = "blue", "orange", "gray"


@dataclass(frozen=True)
class Change:
    """What has changed since the point compared with, and the colour that says good or bad."""

    text: str
    colour: str = NEITHER


@dataclass(frozen=True)
class Earlier:
    """A figure at the point compared with: the counts behind it, or why there is none."""

    value: float | None
    counts: str = ""
    why_not: str = ""


def asked(*names: str) -> list[tuple[str, Filters]]:
    """The same questions about the point compared with, to be asked with those of the page."""
    then = session.filters().compared()
    return [(name, then) for name in names] if then else []


def earlier(name: str) -> pd.DataFrame | None:
    """The answer at the point compared with; None where nothing is compared."""
    then = session.filters().compared()
    return session.answer(name, then) if then else None


def said() -> str:
    """Against which day, and how far into which period that is; "" where nothing is compared."""
    then = session.filters().compared()
    if then is None:
        return ""
    day = day_words(then.as_of, session.today())
    text = f"Against {day}, {place_in(then.as_of, then.period, session.calendar().days_off)}"
    return f"{text}: {nothing}." if (nothing := _unknown(then.as_of)) else f"{text}."


def changed(name: str, now: float | None, then: Earlier | None) -> Change | None:
    """How much a figure has changed, and from what; None where nothing is compared."""
    compared = session.filters().compared()
    if compared is None or then is None:
        return None
    on, metric = day_of(compared.as_of, session.today()), metrics()[name]
    if nothing := _unknown(compared.as_of):
        return Change(nothing)
    if is_missing(then.value):
        return Change(then.why_not or f"nothing to compare on {on}")
    counts = f" ({then.counts})" if then.counts else ""
    before = f"{_shown(metric, then.value)}{counts} on {on}"
    if is_missing(now):
        return Change(f"it was {before}")
    moved, amount = difference(metric, float(now or 0), float(then.value or 0))
    if not moved:
        return Change(f"unchanged from {before}")
    return Change(f"{'▲' if moved > 0 else '▼'} {amount} from {before}", _colour(metric, moved))


def is_missing(value: float | None) -> bool:
    return value is None or bool(pd.isna(value))


def difference(metric: Metric, now: float, then: float) -> tuple[float, str]:
    """By how much the two differ as they are written, and in which words."""
    if metric.unit == "ratio" and metric.name.startswith(MULTIPLES):
        moved = round(round(now, 1) - round(then, 1), 1)
        return moved, metric.show(abs(moved))
    if metric.unit == "ratio":
        moved = round(now * 100) - round(then * 100)
        return moved, f"{abs(moved):,} point{'' if abs(moved) == 1 else 's'}"
    if metric.unit == "days":
        moved = round(now) - round(then)
        return moved, f"{abs(moved):,} day{'' if abs(moved) == 1 else 's'}"
    moved = round(now - then, 2)
    return moved, metric.show(abs(moved))


def _shown(metric: Metric, value: float | None) -> str:
    return f"{metric.show(value)}{' days' if metric.unit == 'days' else ''}"


def _colour(metric: Metric, moved: float) -> str:
    if metric.good == "neither":
        return NEITHER
    return GOOD if (moved > 0) == (metric.good == "up") else BAD


def _unknown(day: date) -> str:
    first = session.span()["first_known_on"]
    if pd.isna(first) or day >= first.date():
        return ""
    return f"nothing is known before {day_of(first.date(), session.today())}"
