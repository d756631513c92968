"""Which market is ours, and what could each account in it still buy?"""

from __future__ import annotations

import altair as alt

from quarterdeck.charts.house import Chart, Look, rows, said, wide

PICK = "market"
SINGLE = f"vlSelectionTest('{PICK}_store', datum)"
"""A click on what is picked lets it go; a click on anything else moves there."""
LINE = alt.Step(66)
BAR: Look = {"height": 18, "cornerRadius": 2}
NAME: Look = {"align": "left", "fontSize": 13, "fontWeight": 600, "dy": -20, "aria": False}
FIGURE: Look = {"align": "right", "fontSize": 13, "color": "@quiet", "dy": -20, "aria": False}
WORD: Look = {"align": "left", "fontSize": 12, "color": "@quiet", "dy": 20, "aria": False}
CELL: Look = {"stroke": "@paper", "strokeWidth": 3, "cornerRadius": 4}
NARROW, TIGHT = "width < 440", "width < 560"
PLACE = alt.EncodingSortField("place", op="min")
LINE_PLACE = alt.EncodingSortField("line_place", op="min")


def market_bars() -> Chart:
    """One part of the market a line: what customers hold of it strong, the prospects' part soft.

    Columns: value, name, long and short (the words at the right end, where there is room and where
    there is not), below, exact_words, solid (the strong part), full (with the soft one), reach
    (where the axis must go to), place (the order).
    """
    picked = alt.selection_point(PICK, fields=["value"], toggle=SINGLE)
    faded = alt.condition(picked, alt.value(1), alt.value(0.35))
    base = _base("value")
    soft = base.mark_bar(**BAR, color="@have_soft", cursor="pointer").encode(
        x="full:Q", opacity=faded, description="exact_words:N", tooltip=_exactly()
    )
    strong = base.mark_bar(**BAR, color="@have", cursor="pointer", aria=False).encode(
        x="solid:Q", opacity=faded, tooltip=_exactly()
    )
    return wide(alt.layer(_reach(base), soft, strong, *_words(base)).add_params(picked))


def line_bars() -> Chart:
    """One product line a line: accounts that have it strong, those with an open deal soft.

    Columns: value, name, long, short, below, exact_words, solid (who has it), soft (with those who
    may soon), full (all accounts), reach, place.
    """
    base = _base("value")
    return wide(
        alt.layer(
            _reach(base),
            base.mark_bar(**BAR, color="@track").encode(
                x="full:Q", description="exact_words:N", tooltip=_exactly()
            ),
            base.mark_bar(**BAR, color="@have_soft", aria=False).encode(
                x="soft:Q", tooltip=_exactly()
            ),
            base.mark_bar(**BAR, color="@have", aria=False).encode(x="solid:Q", tooltip=_exactly()),
            *_words(base),
        )
    )


def _base(field: str) -> alt.Chart:
    return rows(LINE).encode(y=alt.Y(f"{field}:N", sort=PLACE, axis=None))


def _reach(base: alt.Chart) -> alt.Chart:
    """An axis that shows nothing: each bar says its amount itself."""
    end = alt.X("reach:Q", axis=None, scale=alt.Scale(nice=False))
    axis: alt.Chart = base.mark_bar(opacity=0, height=1, aria=False).encode(x=end)
    return axis


def _words(base: alt.Chart) -> list[alt.Chart]:
    """The name above the bar, the verdict at its right end, one quiet line below."""
    end = base.encode(x=alt.value("width"))
    return [
        base.mark_text(**NAME, limit=alt.ExprRef(f"{NARROW} ? 150 : 230")).encode(
            text="name:N", x=alt.value(0)
        ),
        end.mark_text(**FIGURE, opacity=alt.ExprRef(f"{NARROW} ? 0 : 1")).encode(text="long:N"),
        end.mark_text(**FIGURE, opacity=alt.ExprRef(f"{NARROW} ? 1 : 0")).encode(text="short:N"),
        said(base, "below").mark_text(**WORD).encode(text="below:N", x=alt.value(0)),
    ]


def _exactly() -> list[alt.Tooltip]:
    return [alt.Tooltip("exact_words:N", title="To the cent")]


def space_grid() -> Chart:
    """Account by product line: what it has in blue, what it could still bring in orange, in words.

    Columns: row_name, line_name, label and short (what a wide and a narrow cell can hold),
    exact_words, account_words, shade (1 it has the line, 0 nothing to say, −1 the largest
    estimate), is_total, place and line_place (their order).
    """
    base = rows(alt.Step(34)).encode(
        x=alt.X("line_name:N", sort=LINE_PLACE, axis=_headings()),
        y=alt.Y("row_name:N", sort=PLACE, axis=_names()),
    )
    colour = alt.condition("datum.is_total", alt.value("@quiet"), alt.value("@ink"))
    wide_word = base.mark_text(
        fontSize=12, aria=False, opacity=alt.ExprRef(f"{TIGHT} ? 0 : 1")
    ).encode(text="label:N", color=colour)
    tight_word = base.mark_text(
        fontSize=11, aria=False, opacity=alt.ExprRef(f"{TIGHT} ? 1 : 0")
    ).encode(text="short:N", color=colour)
    return wide(alt.layer(_cells(base), wide_word, tight_word))


def _cells(base: alt.Chart) -> alt.Chart:
    """The fields: sums stand on the bare ground, all of them are read aloud."""
    shade = alt.Color(
        "shade:Q",
        scale=alt.Scale(
            domain=[-1, 0, 1],
            range=["@lack_soft", "@track", "@have_soft"],
            clamp=True,
            interpolate="rgb",
        ),
    )
    cells: alt.Chart = base.mark_rect(**CELL).encode(
        color=alt.condition("datum.is_total", alt.value("@paper"), shade),
        description="exact_words:N",
        tooltip=[
            alt.Tooltip("exact_words:N", title="This line"),
            alt.Tooltip("account_words:N", title="The account"),
        ],
    )
    return cells


def _names() -> alt.Axis:
    limit = alt.ExprRef(f"{TIGHT} ? 92 : 170")
    return alt.Axis(title=None, labelColor="@ink", labelLimit=limit, grid=False)


def _headings() -> alt.Axis:
    """Names of columns, leaning where a phone leaves them no room to lie."""
    return alt.Axis(
        labelFontSize=11,
        orient="top",
        title=None,
        grid=False,
        labelLimit=alt.ExprRef(f"{TIGHT} ? 110 : bandwidth('x') + 12"),
        labelAngle=alt.ExprRef(f"{TIGHT} ? -40 : 0"),
        labelAlign=alt.ExprRef(f"{TIGHT} ? 'left' : 'center'"),
    )
