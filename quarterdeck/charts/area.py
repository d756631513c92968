"""How far above or below its quota did a team end each quarter?"""

from __future__ import annotations

import altair as alt

from quarterdeck.charts.house import Chart, Look, rows, wide

WORD: Look = {"fontSize": 11, "aria": False}
KINDS = ("above", "below", "now above", "now below")


def trend() -> Chart:
    """A bar a quarter, up or down from the quota; the running one is pale, against its pace.

    Columns: place, quarter, attainment (ratio), shown (the same within what is drawn), figure,
    exact_words, kind (above, below, now above, now below).
    """
    base = rows(108).encode(
        x=alt.X(
            "place:O",
            sort=None,
            axis=alt.Axis(title=None, labelAngle=0, labelFontSize=11, labelExpr=LABEL),
            scale=alt.Scale(paddingInner=0.35, paddingOuter=0.2),
        )
    )
    scale = alt.Scale(domain=[0.55, 1.45], clamp=True, zero=False)
    ended = alt.Y("shown:Q", axis=None, scale=scale)
    quota = alt.Y("quota:Q", axis=None, scale=scale)
    colour = alt.Color(
        "kind:N",
        scale=alt.Scale(domain=list(KINDS), range=["@have", "@lack", "@have_soft", "@lack_soft"]),
    )
    with_quota = base.transform_calculate(quota="1")
    line = rows(108).transform_calculate(quota="1").mark_rule(color="@ink", aria=False)
    return wide(
        alt.layer(
            with_quota.mark_bar(cornerRadius=1).encode(
                y=quota, y2="shown:Q", color=colour, description="exact_words:N",
                tooltip=[alt.Tooltip("exact_words:N", title=" ")],
            ),
            line.encode(y=quota),
            base.transform_filter("datum.attainment >= 1")
            .mark_text(**WORD, dy=-8)
            .encode(y=ended, text="figure:N"),
            base.transform_filter("datum.attainment < 1")
            .mark_text(**WORD, dy=9)
            .encode(y=ended, text="figure:N"),
        )
    )  # fmt: skip


LABEL = "split(datum.value, '|')[1]"
"""A place is "0|Q1": the order first, then what is read."""
