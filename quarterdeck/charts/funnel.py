"""What is open, by stage and by whom, and why were deals lost?"""

from __future__ import annotations

import altair as alt

from quarterdeck.charts.house import Chart, Look, rows, wide

STAGE, PART = "stage", "part"
LINE, SHORT_LINE = alt.Step(66), alt.Step(48)
NAME: Look = {"align": "left", "fontSize": 13, "fontWeight": 600, "limit": 150, "aria": False}
FIGURE: Look = {"align": "right", "fontSize": 13, "color": "@quiet", "aria": False}
WORD: Look = {"align": "left", "fontSize": 12, "color": "@quiet", "aria": False}


def stage_bars() -> Chart:
    """One stage a line: what is open, the stalled part in orange, and how many go on.

    Columns: stage, name, figures, below, exact_words, likely, full, sound (full without the
    orange part), reach (where the axis must go to: with nothing but zeros it would not begin).
    """
    return _bars(STAGE, "stage", LINE, likely="95 % likely")


def part_bars() -> Chart:
    """One executive, product line or channel a line: what is open, the overdue part in orange.

    Columns: part_id, name, figures, below, exact_words, likely, full, sound, reach.
    """
    return _bars(PART, "part_id", LINE, likely="Win rate, likely")


def plain_bars() -> Chart:
    """One line a due date or a loss reason, nothing to click.

    Columns: name, figures, full, is_lack (orange), exact_words, reach.
    """
    base = rows(SHORT_LINE).encode(y=alt.Y("name:N", sort=None, axis=None))
    bar: Look = {"height": 12, "yOffset": 8, "cornerRadius": 2}
    return wide(
        alt.layer(
            base.mark_bar(opacity=0, height=1, aria=False).encode(x=_open_end("reach:Q")),
            base.mark_bar(**bar).encode(
                x="full:Q",
                color=alt.condition("datum.is_lack", alt.value("@lack_soft"), alt.value("@have")),
                description="exact_words:N",
                tooltip=[alt.Tooltip("exact_words:N", title="To the cent")],
            ),
            base.mark_text(**NAME | {"limit": 190}, dy=-12).encode(text="name:N", x=alt.value(0)),
            base.mark_text(**FIGURE, dy=-12).encode(text="figures:N", x=alt.value("width")),
        )
    )


def _bars(pick: str, field: str, height: alt.Step, *, likely: str) -> Chart:
    """Name above, figures at the right end, the bar, and one quiet line below it."""
    picked = alt.selection_point(pick, fields=[field], toggle="true")
    base = rows(height).encode(y=alt.Y(f"{field}:N", sort=None, axis=None))
    bar: Look = {"height": 18, "cornerRadius": 2, "cursor": "pointer"}
    faded = base.encode(
        opacity=alt.condition(picked, alt.value(1), alt.value(0.35)),
        description=alt.Description("exact_words:N"),
        tooltip=[
            alt.Tooltip("exact_words:N", title="To the cent"),
            alt.Tooltip("likely:N", title=likely),
        ],
    )
    return wide(
        alt.layer(
            base.mark_bar(opacity=0, height=1, aria=False).encode(x=_open_end("reach:Q")),
            faded.mark_bar(**bar, color="@lack_soft", aria=False).encode(x="full:Q"),
            faded.mark_bar(**bar, color="@have").encode(x="sound:Q"),
            base.mark_text(**NAME, dy=-20).encode(text="name:N", x=alt.value(0)),
            base.mark_text(**FIGURE, dy=-20).encode(text="figures:N", x=alt.value("width")),
            base.mark_text(**WORD, dy=20).encode(text="below:N", x=alt.value(0)),
        ).add_params(picked)
    )


def _open_end(field: str) -> alt.X:
    """An axis that shows nothing: each bar says its amount itself."""
    return alt.X(field, axis=None, scale=alt.Scale(nice=False))
