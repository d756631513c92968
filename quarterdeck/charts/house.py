"""What every picture looks like: colours by meaning, one font, few lines."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any, TypeAlias

import altair as alt

Chart: TypeAlias = alt.Chart | alt.LayerChart | alt.FacetChart
Look: TypeAlias = dict[str, Any]
"""Options of a mark that several marks share."""
Mode: TypeAlias = str

FONT = "Inter, sans-serif"
ROWS = alt.NamedData("source")
"""The name under which Streamlit pours the frame in; a picture holds no rows of its own."""

LIGHT = {
    "paper": "#fdfcfa",
    "ink": "#0f1720",
    "quiet": "#56616c",
    "rule": "#e2dfd8",
    "track": "#ecebe7",
    "band": "#e9ebed",
    "context": "#b4bcc4",
    "have": "#1b64a5",
    "have_soft": "#a9c8e4",
    "lack": "#b8480a",
    "lack_soft": "#f0b78f",
    "owner_0": "#77aadd",
    "owner_1": "#f2e3a0",
    "owner_2": "#4fae9a",
    "owner_3": "#d9764f",
    "owner_4": "#cfe0ea",
    "owner_5": "#b79ccf",
    "owner_6": "#f7d3da",
    "owner_7": "#c3b49a",
}
DARK = {
    "paper": "#10161d",
    "ink": "#e9ecef",
    "quiet": "#a5afb9",
    "rule": "#2a3440",
    "track": "#222c36",
    "band": "#222c36",
    "context": "#57636f",
    "have": "#74b5ee",
    "have_soft": "#2f587f",
    "lack": "#f29a5c",
    "lack_soft": "#74431d",
    "owner_0": "#5b93c9",
    "owner_1": "#d9c67a",
    "owner_2": "#2f8573",
    "owner_3": "#b8593a",
    "owner_4": "#a9bfcc",
    "owner_5": "#8567a3",
    "owner_6": "#dba3b0",
    "owner_7": "#9a8d75",
}
PALETTES: dict[Mode, dict[str, str]] = {"light": LIGHT, "dark": DARK}
"""Pictures name a meaning (`@have`); the palette of the screen's mode turns it into a colour."""

_MEANING = re.compile(r"@(\w+)")
_MOST = 128
"""More pictures than there are in both modes, and some maps, each of its own region."""

SHORT_USD = (
    "datum.value == 0 ? '0' : abs(datum.value) >= 1e6"
    " ? format(datum.value / 1e6, '$.3~r') + '\u202fM'"
    " : abs(datum.value) >= 1e3 ? format(datum.value / 1e3, '$.3~r') + '\u202fk'"
    " : format(datum.value, '$.3~r')"
)
"""Axis labels as the rest of the page writes money: $200 k, $1.2 M."""


@lru_cache(maxsize=_MOST)
def constant(picture: Callable[[], Chart], mode: Mode) -> dict[str, Any]:
    """The picture as a dict in one mode's colours, built once and kept."""
    text = json.dumps(picture().configure(**_config()).to_dict())
    palette = PALETTES[mode]
    spec: dict[str, Any] = json.loads(_MEANING.sub(lambda found: palette[found[1]], text))
    spec.pop("$schema")
    spec["padding"] = {"left": 0, "top": 2, "right": 2, "bottom": 2}
    return spec


def fields_of(spec: dict[str, Any], pick: str) -> list[str]:
    """The columns that a click in the picture picks by; none without a selection of that name."""
    found = (each["select"]["fields"] for each in spec.get("params", ()) if each["name"] == pick)
    return [*next(found, ())]


def rows(height: int | alt.Step, **options: Any) -> alt.Chart:
    """An empty picture over the rows to come: as wide as its card, as tall as it says."""
    return alt.Chart(ROWS, height=height, **options)


def wide(chart: Chart) -> Chart:
    """Fits the card's width and keeps its own height, steps included."""
    return chart.properties(autosize=alt.AutoSizeParams(type="fit-x", contains="padding"))


def usd_axis(**options: Any) -> alt.Axis:
    return alt.Axis(labelExpr=SHORT_USD, tickCount=5, title=None, **options)


def said(base: alt.Chart, word: str) -> alt.Chart:
    """Only the rows that have this word: an empty one would be drawn as "null"."""
    return base.transform_filter(f"datum.{word}")


def _config() -> dict[str, Any]:
    text = {"font": FONT, "fontSize": 12, "color": "@ink"}
    axis = {
        "domain": False,
        "ticks": False,
        "labelFont": FONT,
        "titleFont": FONT,
        "labelFontSize": 12,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
        "labelColor": "@quiet",
        "titleColor": "@quiet",
        "gridColor": "@rule",
        "labelPadding": 6,
    }
    return {
        "background": "transparent",
        "font": FONT,
        "view": {"stroke": None},
        "axis": axis,
        "axisY": {"grid": False},
        "text": text,
        "bar": {"color": "@have"},
        "legend": {"disable": True},
    }
