"""In which product line is each person ahead, and in which behind?"""

from __future__ import annotations

import altair as alt

from quarterdeck.charts.house import Chart, Look, rows, wide

CELL: Look = {"stroke": "@paper", "strokeWidth": 3, "cornerRadius": 4}
PICK = "cell"
SINGLE = "vlSelectionTest('cell_store', datum)"
"""A click on what is picked lets it go; a click on anything else moves there."""
NARROW = "width < 330"
PLACE = alt.EncodingSortField("place", op="min")
LINE_PLACE = alt.EncodingSortField("line_place", op="min")


def heat() -> Chart:
    """Person by product line: the number is printed, the distance from what is expected coloured.

    Columns: person_id, product_line, row_name, line_name, label, exact_words, shade (−1 far
    behind, 0 as expected or without a quota, 1 far ahead), is_behind, is_total, place and
    line_place (their order: a picture refilled with more rows would keep the old one).
    """
    picked = alt.selection_point(
        PICK, fields=["person_id", "product_line"], toggle=SINGLE, empty=True
    )
    base = rows(alt.Step(34)).encode(
        x=alt.X("line_name:N", sort=LINE_PLACE, axis=_headings()),
        y=alt.Y("row_name:N", sort=PLACE, axis=_names()),
    )
    return wide(
        alt.layer(
            _cells(base, picked),
            base.mark_text(
                fontSize=alt.ExprRef(f"{NARROW} ? 11 : 13"), aria=False, cursor="pointer"
            ).encode(
                text="label:N",
                color=alt.condition("datum.is_total", alt.value("@quiet"), alt.value("@ink")),
            ),
            base.transform_filter("datum.is_behind")
            .mark_text(fontSize=8, color="@lack", text="▼", aria=False)
            .encode(
                x=alt.X("line_name:N", sort=LINE_PLACE, bandPosition=0.9),
                y=alt.Y("row_name:N", sort=PLACE, bandPosition=0.22),
            ),
        ).add_params(picked)
    )


def _cells(base: alt.Chart, picked: alt.Parameter) -> alt.Chart:
    """The fields: sums stand on the bare ground, all of them can be clicked and read aloud."""
    cells: alt.Chart = base.mark_rect(**CELL, cursor="pointer").encode(
        color=alt.condition(
            "datum.is_total",
            alt.value("@paper"),
            alt.Color(
                "shade:Q",
                scale=alt.Scale(
                    domain=[-1, 0, 1],
                    range=["@lack_soft", "@track", "@have_soft"],
                    clamp=True,
                    interpolate="rgb",
                ),
            ),
        ),
        opacity=alt.condition(picked, alt.value(1), alt.value(0.35)),
        description="exact_words:N",
        tooltip=[alt.Tooltip("exact_words:N", title="To the cent")],
    )
    return cells


def _names() -> alt.Axis:
    return alt.Axis(
        title=None, labelColor="@ink", labelLimit=alt.ExprRef(f"{NARROW} ? 92 : 150"), grid=False
    )


def _headings() -> alt.Axis:
    """Names of columns, leaning where a phone leaves them no room to lie."""
    return alt.Axis(
        labelFontSize=11,
        orient="top",
        title=None,
        grid=False,
        labelLimit=alt.ExprRef(f"{NARROW} ? 110 : bandwidth('x') + 12"),
        labelAngle=alt.ExprRef(f"{NARROW} ? -40 : 0"),
        labelAlign=alt.ExprRef(f"{NARROW} ? 'left' : 'center'"),
    )
