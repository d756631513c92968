"""Which accounts lie within this box? A flat map on which a box can be drawn."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt

from quarterdeck.charts.house import Chart, rows
from quarterdeck.charts.territory import OUTLINE, TINTS, Shapes

BOX = "box"
LAND = "land"


@dataclass(frozen=True)
class Frame:
    """What part of the earth the map shows: degrees, those east shortened by `shrink`."""

    west: float
    south: float
    east: float
    north: float
    shrink: float


def frame_of(centres: Sequence[tuple[float, float]], room: float = 1.0) -> Frame:
    """Around the middles of counties, longitude and latitude, with so many degrees of room, in
    half degrees; a degree east is as much shorter as it is in the middle of them."""
    lons, lats = zip(*centres, strict=True)
    west, east = _half(min(lons) - room, math.floor), _half(max(lons) + room, math.ceil)
    south, north = _half(min(lats) - room / 2, math.floor), _half(max(lats) + room / 2, math.ceil)
    return Frame(west, south, east, north, math.cos(math.radians((south + north) / 2)))


def _half(degrees: float, rounded: Callable[[float], int]) -> float:
    return rounded(degrees * 2) / 2


def box_map(shapes: Shapes, frame: Frame) -> Chart:
    """Accounts as points in their holder's colour, on the land; a box drawn picks those within.

    The shapes and the frame are those of one region and stay. Columns: account_id, east (degrees
    times the frame's shrink) and north, size (0-1), owner_number (0-7), is_moved, exact_words; of
    counties county_fips and owner_number, empty for land that is nobody’s.
    """
    box = alt.selection_interval(name=BOX, encodings=["x", "y"])
    wide = (frame.east - frame.west) * frame.shrink
    high = frame.north - frame.south
    land = alt.NamedData(LAND, format=alt.TopoDataFormat(feature="counties", type="topojson"))
    base = rows(400)
    owned = base.transform_filter("isValid(datum.county_fips)").transform_lookup(
        lookup="county_fips",
        from_=alt.LookupData(data=land, key="id", fields=["type", "geometry"]),
    )
    tint = alt.Color(
        "owner_number:O",
        scale=alt.Scale(
            domain=list(range(TINTS)), range=[f"@owner_{number}" for number in range(TINTS)]
        ),
    )
    x = alt.X(
        "east:Q",
        axis=None,
        scale=alt.Scale(domain=[frame.west * frame.shrink, frame.east * frame.shrink], nice=False),
    )
    y = alt.Y("north:Q", axis=None, scale=alt.Scale(domain=[frame.south, frame.north], nice=False))
    points = base.transform_filter("isValid(datum.account_id)").encode(
        x=x,
        y=y,
        size=alt.Size("size:Q", scale=alt.Scale(domain=[0, 1], range=[14, 360])),
        tooltip=[alt.Tooltip("exact_words:N", title=" ")],
        opacity=alt.condition(box, alt.value(1), alt.value(0.35)),
    )
    scale = f"(width / {wide:.9f})"
    projection = alt.Projection(
        type="identity",
        reflectY=True,
        scale=alt.ExprRef(scale),
        translate=alt.ExprRef(
            f"[{-frame.west * frame.shrink:.9f} * {scale}, {frame.north:.9f} * {scale}]"
        ),
    )
    return (
        alt.layer(
            owned.transform_filter("!isValid(datum.owner_number)").mark_geoshape(
                **OUTLINE, color="@track", clip=True
            ),
            owned.transform_filter("isValid(datum.owner_number)")
            .mark_geoshape(**OUTLINE, fillOpacity=0.75, clip=True)
            .encode(color=tint),
            points.mark_circle(stroke="@ink", strokeWidth=1, fillOpacity=0.9, aria=False)
            .encode(color=tint)
            .add_params(box),
            points.transform_filter("datum.is_moved").mark_point(
                filled=False, color="@ink", strokeWidth=2, shape="diamond", size=220, aria=False
            ).encode(size=alt.value(220)),
            datasets={LAND: flat(shapes, frame)},
        )
        .add_params(alt.param(name="height", expr=f"width * {high / wide:.9f}"))
        .properties(
            projection=projection, autosize=alt.AutoSizeParams(type="pad", contains="padding")
        )
    )  # fmt: skip


def flat(shapes: Shapes, frame: Frame) -> Mapping[str, Any]:
    """The same shapes with degrees east shortened."""
    step, start = shapes["transform"]["scale"], shapes["transform"]["translate"]
    transform = {
        "scale": [step[0] * frame.shrink, step[1]],
        "translate": [start[0] * frame.shrink, start[1]],
    }
    return {**shapes, "transform": transform}
