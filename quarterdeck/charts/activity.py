"""What is done of what was set out, of which kind, and on which days?"""

from __future__ import annotations

import altair as alt

from quarterdeck.charts.house import Chart, Look, rows, said, wide

LINE = alt.Step(48)
NAME: Look = {"align": "left", "baseline": "middle", "dy": -13, "fontSize": 13, "aria": False}
FIGURE: Look = {"align": "right", "baseline": "middle", "dy": -13, "fontSize": 13, "aria": False}
BAR: Look = {"height": 12, "yOffset": 8, "cornerRadius": 2}
CELL: Look = {"stroke": "@paper", "strokeWidth": 3, "cornerRadius": 4}
DAY: Look = {"stroke": "@paper", "strokeWidth": 2, "cornerRadius": 3}
NARROW = "width < 330"
PLACE = alt.EncodingSortField("place", op="min")
KIND_PLACE = alt.EncodingSortField("kind_place", op="min")
WEEK = "split(datum.value, '|')[1]"
"""A week is "03|21 Sep": the order first, then what is read, if anything."""


def aim_bars() -> Chart:
    """One person a line: what is done of what was set out, and in orange what is missing by now.

    Columns: person_id, name, figures, done, target, due (how much would be done by now),
    missing_to (where the orange ends), is_behind, sign (filled on the one line that explains the
    small ▼), exact_words, reach (where the axis must go to), place (the order).
    """
    base = rows(LINE).encode(y=alt.Y("person_id:N", sort=PLACE, axis=None))
    return wide(
        alt.layer(
            base.mark_bar(opacity=0, height=1, aria=False).encode(
                x=alt.X("reach:Q", axis=None, scale=alt.Scale(nice=False))
            ),
            base.mark_bar(**BAR, color="@track", aria=False).encode(x="target:Q"),
            base.transform_filter("datum.is_behind")
            .mark_bar(**BAR, color="@lack_soft", aria=False)
            .encode(x="done:Q", x2="missing_to:Q"),
            base.mark_bar(**BAR, color="@have").encode(
                x="done:Q",
                description="exact_words:N",
                tooltip=[alt.Tooltip("exact_words:N", title="Done")],
            ),
            base.mark_point(
                shape="triangle-down", filled=True, size=40, yOffset=-2, color="@ink", opacity=1,
                aria=False,
            ).encode(x="due:Q"),
            said(base, "sign")
            .mark_text(dy=22, fontSize=11, color="@quiet", aria=False)
            .encode(x="due:Q", text="sign:N"),
            base.mark_text(**NAME, fontWeight=600, limit=alt.ExprRef("width - 110")).encode(
                text="name:N", x=alt.value(0)
            ),
            base.mark_text(**FIGURE).encode(
                text="figures:N",
                x=alt.value("width"),
                color=alt.condition("datum.is_behind", alt.value("@lack"), alt.value("@quiet")),
            ),
        )
    )  # fmt: skip


def kind_grid() -> Chart:
    """Person by kind of activity: the count is printed, and coloured by how it compares.

    Columns: person_id, kind_id, row_name, kind_name, label, exact_words, shade (0 nothing to 1 the
    most of the kind), is_total, place and kind_place (their order).
    """
    base = rows(alt.Step(34)).encode(
        x=alt.X("kind_name:N", sort=KIND_PLACE, axis=_headings()),
        y=alt.Y("row_name:N", sort=PLACE, axis=_names()),
    )
    shade = alt.Color(
        "shade:Q",
        scale=alt.Scale(domain=[0, 1], range=["@track", "@have_soft"], interpolate="rgb"),
    )
    cells = base.mark_rect(**CELL).encode(
        color=alt.condition("datum.is_total", alt.value("@paper"), shade),
        description="exact_words:N",
        tooltip=[alt.Tooltip("exact_words:N", title="Done")],
    )
    words = base.mark_text(fontSize=alt.ExprRef(f"{NARROW} ? 11 : 13"), aria=False).encode(
        text="label:N",
        color=alt.condition("datum.is_total", alt.value("@quiet"), alt.value("@ink")),
    )
    return wide(alt.layer(cells, words))


def calendar() -> Chart:
    """Days by weeks: the more was done the stronger; weekends and holidays are pale.

    Columns: week (its place and what is read of it), day_name, place, activities, label (the
    count, '' for none), shade (0 nothing to 1 the most), is_off, exact_words.
    """
    base = rows(alt.Step(26)).encode(
        x=alt.X(
            "week:O",
            sort=None,
            axis=alt.Axis(
                title=None, labelAngle=0, labelExpr=WEEK, labelFontSize=11, labelOverlap=False,
                labelLimit=80, orient="bottom",
            ),
        ),
        y=alt.Y("day_name:N", sort=PLACE, axis=_names()),
    )  # fmt: skip
    days = base.mark_rect(**DAY).encode(
        color=alt.Color(
            "shade:Q",
            scale=alt.Scale(domain=[0, 1], range=["@track", "@have_soft"], interpolate="rgb"),
        ),
        opacity=alt.condition("datum.is_off", alt.value(0.35), alt.value(1)),
        description="exact_words:N",
        tooltip=[alt.Tooltip("exact_words:N", title="Done")],
    )
    counts = (
        said(base, "label")
        .mark_text(fontSize=11, opacity=alt.ExprRef("width < 400 ? 0 : 1"), aria=False)
        .encode(
            text="label:N",
            color=alt.condition("datum.is_off", alt.value("@quiet"), alt.value("@ink")),
        )
    )
    return wide(alt.layer(days, counts))


def _names() -> alt.Axis:
    limit = alt.ExprRef(f"{NARROW} ? 92 : 150")
    return alt.Axis(title=None, labelColor="@ink", labelLimit=limit, grid=False)


def _headings() -> alt.Axis:
    """Names of kinds, a word a line; leaning where a phone leaves them no room to lie."""
    return alt.Axis(
        labelExpr=f"{NARROW} ? datum.label : split(datum.label, ' ')",
        labelBaseline=alt.ExprRef(f"{NARROW} ? 'middle' : 'bottom'"),
        labelLineHeight=13,
        labelPadding=alt.ExprRef(f"{NARROW} ? 6 : 20"),
        labelFontSize=11,
        orient="top",
        title=None,
        grid=False,
        labelLimit=alt.ExprRef(f"{NARROW} ? 110 : bandwidth('x') + 12"),
        labelAngle=alt.ExprRef(f"{NARROW} ? -40 : 0"),
        labelAlign=alt.ExprRef(f"{NARROW} ? 'left' : 'center'"),
    )
