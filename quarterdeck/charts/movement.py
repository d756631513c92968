"""From which stage did deals move to which, and what became of each month's deals?"""

from __future__ import annotations

import altair as alt

from quarterdeck.charts.house import Chart, Look, rows, wide

NARROW = "width < 330"
FROM_PLACE = alt.EncodingSortField("from_order", op="min")
TO_PLACE = alt.EncodingSortField("to_order", op="min")
CELL: Look = {"stroke": "@paper", "strokeWidth": 3, "cornerRadius": 4}
MONTH_LINE = alt.Step(40)
NAME: Look = {"align": "left", "fontSize": 13, "fontWeight": 600, "dy": -11, "aria": False}
FIGURE: Look = {"align": "right", "fontSize": 13, "color": "@quiet", "dy": -11, "aria": False}
BAR: Look = {"height": 12, "yOffset": 8, "cornerRadius": 2}


def move_grid() -> Chart:
    """A line each for the stage that was left, a column each for where the deals went.

    Columns: from_name, to_name, label, exact_words, shade (−1 many went back or out, 0 neither, 1
    many went on), from_order and to_order (their order).
    """
    base = rows(alt.Step(34)).encode(
        x=alt.X("to_name:N", sort=TO_PLACE, axis=_headings()),
        y=alt.Y("from_name:N", sort=FROM_PLACE, axis=_names()),
    )
    return wide(
        alt.layer(
            base.mark_rect(**CELL).encode(
                color=alt.Color(
                    "shade:Q",
                    scale=alt.Scale(
                        domain=[-1, 0, 1],
                        range=["@lack_soft", "@track", "@have_soft"],
                        clamp=True,
                        interpolate="rgb",
                    ),
                ),
                description="exact_words:N",
                tooltip=[alt.Tooltip("exact_words:N", title="Moves")],
            ),
            base.mark_text(fontSize=alt.ExprRef(f"{NARROW} ? 11 : 13"), aria=False).encode(
                text="label:N"
            ),
        )
    )


def month_bars() -> Chart:
    """A line each for a month: of the deals created in it the won, lost, removed and open shares.

    Columns: month_id, name, figures, exact_words, likely, and the ends of the shares, one beyond
    the other: won, lost, removed, whole (1).
    """
    base = rows(MONTH_LINE).encode(y=alt.Y("month_id:N", sort=None, axis=None))
    parts = {"whole": "@track", "removed": "@context", "lost": "@lack_soft", "won": "@have"}
    bars = [
        base.mark_bar(**BAR, color=colour, aria=part == "whole").encode(
            x=alt.X(f"{part}:Q", axis=None, scale=alt.Scale(domain=[0, 1])),
            description="exact_words:N",
            tooltip=[
                alt.Tooltip("exact_words:N", title="Deals"),
                alt.Tooltip("likely:N", title="Won of decided, likely"),
            ],
        )
        for part, colour in parts.items()
    ]
    return wide(
        alt.layer(
            *bars,
            base.mark_text(**NAME).encode(text="name:N", x=alt.value(0)),
            base.mark_text(**FIGURE).encode(text="figures:N", x=alt.value("width")),
        )
    )


def _names() -> alt.Axis:
    limit = alt.ExprRef(f"{NARROW} ? 84 : 150")
    return alt.Axis(title=None, labelColor="@ink", labelLimit=limit, grid=False)


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
