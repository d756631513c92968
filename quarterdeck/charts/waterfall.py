"""What came into the open pipeline, what changed and what left it?"""

from __future__ import annotations

import altair as alt

from quarterdeck.charts.house import Chart, Look, rows, usd_axis, wide

BAR = "bar"
LINE = alt.Step(27)
SINGLE = "vlSelectionTest('bar_store', datum)"
"""A click on what is picked lets it go; a click on anything else moves there."""


def waterfall() -> Chart:
    """Opening to closing in money, one movement a line, each hanging where the last one ended.

    Movements are small beside the levels, so the axis starts near them; a level is a tick, never a
    bar whose length would lie. Blue came, orange went, ink was won or is a level.
    Columns: bar, name, kind (level, in, out, won), start, end, edge (the right end of the mark),
    figure, deals_word, exact_words, low and reach (where the axis begins and ends).
    """
    return _hanging(usd_axis())


def deals_waterfall() -> Chart:
    """The same in numbers of deals, where the amounts are not known."""
    return _hanging(alt.Axis(tickCount=5, tickMinStep=1, format=",d", title=None))


def _hanging(axis: alt.Axis) -> Chart:
    picked = alt.selection_point(BAR, fields=["bar"], toggle=SINGLE)
    named = alt.Axis(title=None, labelColor="@ink", labelFontSize=13, labelLimit=150)
    base = rows(LINE).encode(y=alt.Y("name:N", sort=None, axis=named))
    place = alt.X("start:Q", axis=axis, scale=alt.Scale(zero=False, nice=False))
    colour = alt.Color(
        "kind:N", scale=alt.Scale(domain=["in", "out", "won"], range=["@have", "@lack", "@ink"])
    )
    words: Look = {"fontSize": 12, "aria": False}
    marks = base.encode(
        opacity=alt.condition(picked, alt.value(1), alt.value(0.35)),
        description=alt.Description("exact_words:N"),
        tooltip=[alt.Tooltip("exact_words:N", title="To the cent")],
    )
    return wide(
        alt.layer(
            base.mark_text(**words, align="left", dx=6).encode(x="edge:Q", text="figure:N"),
            base.mark_bar(opacity=0, height=1, aria=False).encode(x="low:Q", x2="reach:Q"),
            marks.transform_filter("datum.kind != 'level'")
            .mark_bar(height=15, cornerRadius=1, cursor="pointer")
            .encode(x=place, x2="end:Q", color=colour),
            marks.transform_filter("datum.kind == 'level'")
            .mark_tick(size=20, thickness=4, color="@ink", cursor="pointer")
            .encode(x="end:Q"),
            base.mark_text(
                **words, align="right", color="@quiet", opacity=alt.ExprRef("width < 420 ? 0 : 1")
            ).encode(x=alt.value("width"), text="deals_word:N"),
        ).add_params(picked)
    )
