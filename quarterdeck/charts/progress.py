"""How far along are we: bars that fill towards a plan."""

from __future__ import annotations

import altair as alt

from quarterdeck.charts.house import Chart, Look, rows, said, usd_axis, wide

LINE = alt.Step(50)
NAME: Look = {"align": "left", "baseline": "middle", "dy": -14, "fontSize": 13, "limit": 190}
FIGURE: Look = {"align": "right", "baseline": "middle", "dy": -14, "fontSize": 13}
WORD: Look = {"dy": 22, "fontSize": 11, "color": "@quiet"}
BAR: Look = {"height": 12, "yOffset": 8, "cornerRadius": 2}
PICK = "bar"
PLACE = alt.EncodingSortField("place", op="min")
SINGLE = "vlSelectionTest('bar_store', datum)"
"""A click on what is picked lets it go; a click on anything else moves there."""


def quota_bars() -> Chart:
    """A line each for a person, team or product line: booked as a bar, quota as a tick, pace as ▼.

    What is missing to pace is orange.
    Columns: bar_id, bar_name, booked_usd, quota_usd (0 without one), pace_usd (empty where it is
    not shown), missing_to_usd (where the orange ends), exact_words, verdict, is_behind, quota_word
    and pace_word (filled on the one line that explains the signs), axis_usd (where the axis must
    reach to: with nothing but zeros, zero would stand in the middle), place (the order).
    """
    picked = alt.selection_point(PICK, fields=["bar_id"], toggle=SINGLE)
    base = rows(LINE).encode(y=alt.Y("bar_id:N", sort=PLACE, axis=None))
    faded = base.encode(opacity=alt.condition(picked, alt.value(1), alt.value(0.35)))
    quota = base.transform_filter("datum.quota_usd > 0")
    return wide(
        alt.layer(
            base.mark_bar(opacity=0, height=1, aria=False).encode(x="axis_usd:Q"),
            base.mark_bar(**BAR, color="@track", aria=False).encode(
                x=alt.X("quota_usd:Q", axis=usd_axis(grid=False))
            ),
            faded.transform_filter("datum.is_behind")
            .mark_bar(**BAR, color="@lack_soft", aria=False)
            .encode(x="booked_usd:Q", x2="missing_to_usd:Q"),
            _booked(faded),
            _pace(base),
            quota.mark_tick(
                opacity=1, thickness=3, size=20, yOffset=8, color="@ink", aria=False
            ).encode(x="quota_usd:Q"),
            said(base, "quota_word")
            .mark_text(**WORD, aria=False)
            .encode(x="quota_usd:Q", text="quota_word:N"),
            said(base, "pace_word")
            .mark_text(**WORD, aria=False)
            .encode(x="pace_usd:Q", text="pace_word:N"),
            base.mark_text(**NAME, fontWeight=600, aria=False).encode(
                text="bar_name:N", x=alt.value(0)
            ),
            _verdict(base),
        ).add_params(picked)
    )


def _pace(base: alt.Chart) -> alt.Chart:
    """A small sign above the bar, where the usual path stands now."""
    sign: alt.Chart = (
        base.transform_filter("isValid(datum.pace_usd)")
        .mark_point(
            shape="triangle-down", filled=True, size=46, yOffset=-3, color="@ink", opacity=1,
            aria=False,
        )
        .encode(x="pace_usd:Q")
    )  # fmt: skip
    return sign


def _booked(base: alt.Chart) -> alt.Chart:
    """The bar itself: its name for screen readers and its tooltip hold the amount to the cent."""
    bar: alt.Chart = base.mark_bar(**BAR, color="@have", cursor="pointer").encode(
        x="booked_usd:Q",
        description="exact_words:N",
        tooltip=[
            alt.Tooltip("exact_words:N", title="To the cent"),
            alt.Tooltip("verdict:N", title="So far"),
        ],
    )
    return bar


def _verdict(base: alt.Chart) -> alt.Chart:
    """How far along, and what is left, at the right end of the name's line."""
    words: alt.Chart = base.mark_text(**FIGURE, aria=False).encode(
        text="verdict:N",
        x=alt.value("width"),
        color=alt.condition("datum.is_behind", alt.value("@lack"), alt.value("@quiet")),
    )
    return words
