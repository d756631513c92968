"""Who owns what, is it fair, and what would it take to make it fairer?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import altair as alt

from quarterdeck.charts.house import Chart, Look, rows, said, wide

Shapes = Mapping[str, Any]
"""A TopoJSON of one region, whose object "counties" has geometries with FIPS codes as ids."""

PICK = "person"
SINGLE = f"vlSelectionTest('{PICK}_store', datum)"
"""A click on what is picked lets it go; a click on anything else moves there."""
LEAST, MOST = 0, 200
"""Between these the balance is drawn; its figures say how far what lies outside is."""
TINTS = 8
LAND = "land"
OUTLINE: Look = {"stroke": "@paper", "strokeWidth": 0.7, "aria": False}
NARROW = "width < 420"
FADED = "datum.is_faded"
PLACE = alt.EncodingSortField("place", op="min")
LINE = 23


def county_map(shapes: Shapes) -> Chart:
    """Counties in the colour of what is asked, accounts as points, owners' names on the land.

    The shapes are those of one region and stay; all else is a row of one of four kinds.
    Columns: kind (land, county, account, name), person_id, fips, exact_words, is_faded; of
    counties one of owner_number (0-7), shade (0-1), lean (-1-1), is_unheld, or none of them; of
    accounts size (0-1), and owner_number where another one holds it than most of its county; lon
    and lat of accounts and names; of names words (the amount in a line of its own) and word.
    """
    picked = alt.selection_point(PICK, fields=["person_id"], toggle=SINGLE)
    base = rows(400)
    land = base.transform_filter("isValid(datum.fips)").transform_lookup(
        lookup="fips",
        from_=alt.LookupData(
            data=alt.NamedData(
                LAND, format=alt.TopoDataFormat(feature="counties", type="topojson")
            ),
            key="id",
            fields=["type", "geometry"],
        ),
    )
    layered: alt.LayerChart = (
        alt.layer(
            land.mark_geoshape(**OUTLINE, color="@track"),
            *_counties(land.transform_filter("datum.kind == 'county'")),
            *_accounts(base.transform_filter("datum.kind == 'account'")),
            *_names(base.transform_filter("datum.kind == 'name'")),
            datasets={LAND: shapes},
        )
        .add_params(picked, alt.param(name="height", expr="width * 0.58"))
        .project(type="mercator")
        .resolve_scale(color="independent")
        .properties(autosize=alt.AutoSizeParams(type="pad", contains="padding"))
    )
    return layered


def _counties(land: alt.Chart) -> list[alt.Chart]:
    """One layer for each way of colouring; a row has a value for one of them."""
    shape = land.mark_geoshape(**OUTLINE, cursor="pointer").encode(
        opacity=_faded(),
        tooltip=[alt.Tooltip("exact_words:N", title=" ")],
    )
    lean = alt.Scale(
        domain=[-1, 0, 1], range=["@lack_soft", "@context", "@have_soft"], interpolate="rgb"
    )
    deep = alt.Scale(domain=[0, 1], range=["@have_soft", "@have"], interpolate="rgb")
    colours = {
        "owner_number": _tint(),
        "shade": alt.Color("shade:Q", scale=deep),
        "lean": alt.Color("lean:Q", scale=lean),
    }
    layers = [
        shape.transform_filter(f"isValid(datum.{name})").encode(color=colour)
        for name, colour in colours.items()
    ]
    unheld = shape.transform_filter("datum.is_unheld").encode(color=alt.value("@lack_soft"))
    return [*layers, unheld]


def _accounts(base: alt.Chart) -> list[alt.Chart]:
    """Points, the larger the more could come of it; where somebody else holds it than most of the
    county, in that one's colour."""
    points = base.encode(
        longitude="lon:Q",
        latitude="lat:Q",
        size=alt.Size("size:Q", scale=alt.Scale(domain=[0, 1], range=[12, 320])),
        opacity=_faded(),
        tooltip=[alt.Tooltip("exact_words:N", title=" ")],
    )
    own = points.transform_filter("!isValid(datum.owner_number)").mark_circle(
        color="@ink", fillOpacity=0.5, stroke="@paper", strokeWidth=0.5, aria=False,
        cursor="pointer",
    )  # fmt: skip
    others = points.transform_filter("isValid(datum.owner_number)").mark_circle(
        stroke="@ink", strokeWidth=1, aria=False, cursor="pointer"
    )
    return [own, others.encode(color=_tint())]


def _names(base: alt.Chart) -> list[alt.Chart]:
    """On a strip of paper, legible over any colour; a phone has no room for the amounts."""
    look: Look = {
        "fontSize": alt.ExprRef(f"{NARROW} ? 11 : 13"), "fontWeight": 600, "baseline": "middle",
        "lineBreak": "\n", "lineHeight": 15, "aria": False,
    }  # fmt: skip
    text = base.transform_calculate(text=f"{NARROW} ? datum.word : datum.words").encode(
        longitude="lon:Q", latitude="lat:Q", text="text:N"
    )
    return [text.mark_text(**look, stroke="@paper", strokeWidth=4), text.mark_text(**look)]


def _tint() -> alt.Color:
    numbers = list(range(TINTS))
    scale = alt.Scale(domain=numbers, range=[f"@owner_{number}" for number in numbers])
    return alt.Color("owner_number:O", scale=scale)


def _faded() -> Any:
    return alt.condition(FADED, alt.value(0.3), alt.value(1))


def balance() -> Chart:
    """One measure, one executive a line: 100 is an equal share, the band is the tolerance.

    Columns: person_id, person (no two alike), place (the order), index (100 is an equal share),
    shown (the same within what is drawn), figure, exact_words, is_outside, is_faded, low and high
    (the tolerance).
    """
    picked = alt.selection_point(PICK, fields=["person_id"], toggle=SINGLE)
    y = alt.Y(
        "person:N", sort=PLACE, axis=alt.Axis(title=None, labelColor="@ink", labelLimit=110)
    )  # fmt: skip
    base = rows(alt.Step(LINE)).encode(y=y)
    scale = alt.Scale(domain=[LEAST, MOST], nice=False, range=[8, alt.ExprRef("width - 50")])
    axis = alt.Axis(title=None, values=[0, 50, 100, 150, 200], grid=False)
    x = alt.X("shown:Q", scale=scale, axis=axis)
    equal = base.transform_calculate(equal="100")
    return wide(
        alt.layer(
            base.mark_rect(opacity=0, cursor="pointer").encode(
                x=alt.value(0), x2=alt.value("width"), description="exact_words:N",
                tooltip=[alt.Tooltip("exact_words:N", title=" ")],
            ),
            base.mark_bar(height=LINE, color="@band", aria=False, cursor="pointer").encode(
                x=alt.X("low:Q", scale=scale, axis=axis), x2="high:Q"
            ),
            equal.mark_tick(
                opacity=1, size=LINE, thickness=1, color="@quiet", aria=False
            ).encode(x=alt.X("equal:Q", scale=scale, axis=axis)),
            equal.mark_rule(strokeWidth=2, aria=False, cursor="pointer").encode(
                x=alt.X("equal:Q", scale=scale, axis=axis), x2="shown:Q",
                color=_verdict("@context"), opacity=_faded(),
            ),
            base.mark_point(filled=True, size=80, aria=False, cursor="pointer").encode(
                x=x, color=_verdict("@context"), opacity=_faded(),
                shape=alt.condition("datum.is_outside", alt.value("diamond"), alt.value("circle")),
            ),
            base.mark_text(align="right", fontSize=12, aria=False, cursor="pointer").encode(
                x=alt.value("width"), text="figure:N", color=_verdict("@quiet")
            ),
        ).add_params(picked)
    )  # fmt: skip


def _verdict(otherwise: str) -> Any:
    return alt.condition("datum.is_outside", alt.value("@lack"), alt.value(otherwise))


def choice_curve() -> Chart:
    """Imbalance left against accounts moved: where one more move stops paying.

    Columns: moved, imbalance (ratio), exact_words, word (on the points that are named), is_chosen.
    """
    picked = alt.selection_point("moved", fields=["moved"], nearest=True, toggle=False)
    axis = alt.Axis(title="accounts moved", grid=False, tickCount=6, tickMinStep=1)
    share = alt.Axis(
        title=None, format="%", tickCount=4, labelExpr="replace(datum.label, '%', '\\u202f%')"
    )
    base = rows(300).encode(
        x=alt.X("moved:Q", axis=axis),
        y=alt.Y("imbalance:Q", scale=alt.Scale(zero=True), axis=share),
    )
    chosen = base.transform_filter("datum.is_chosen")
    return wide(
        alt.layer(
            base.mark_line(color="@context", strokeWidth=2, aria=False),
            base.mark_circle(size=38, color="@quiet", opacity=1, cursor="pointer")
            .encode(
                description="exact_words:N", tooltip=[alt.Tooltip("exact_words:N", title=" ")]
            )
            .add_params(picked),
            chosen.mark_circle(size=150, color="@have", opacity=1, aria=False),
            said(base, "word")
            .mark_text(align="left", dx=10, dy=-12, fontSize=12, aria=False)
            .encode(
                text="word:N",
                color=alt.condition("datum.is_chosen", alt.value("@have"), alt.value("@quiet")),
            ),
        )
    )  # fmt: skip
