"""Is what is booked on the path that earlier periods took?"""

from __future__ import annotations

import altair as alt

from quarterdeck.charts.house import Chart, Look, rows, said, usd_axis, wide

WORD: Look = {"fontSize": 12, "lineBreak": "\n", "aria": False}
QUIET: Look = {"aria": False}


def pace_curve() -> Chart:
    """Booked day by day as a line, the usual path dotted in its band, the quota as a rule.

    Columns: day_on, low_usd, usual_usd, high_usd, booked_usd (empty after the as-of day),
    quota_usd, and three words, each filled on the one day where it stands: booked_word (with
    exact_words beside it), usual_word and quota_word.
    """
    base = rows(350).encode(x=alt.X("day_on:T", axis=_days()))
    amount = alt.Y("booked_usd:Q", axis=usd_axis())
    booked = said(base, "booked_word")
    return wide(
        alt.layer(
            base.mark_area(color="@band", **QUIET).encode(y="low_usd:Q", y2="high_usd:Q"),
            base.mark_line(color="@quiet", strokeDash=[2, 3], strokeWidth=1.5, **QUIET).encode(
                y="usual_usd:Q"
            ),
            base.mark_line(color="@ink", strokeWidth=1.5, **QUIET).encode(y="quota_usd:Q"),
            base.transform_filter("isValid(datum.booked_usd)")
            .mark_line(color="@have", strokeWidth=3, **QUIET)
            .encode(y=amount),
            booked.mark_point(filled=True, size=70, color="@have", opacity=1).encode(
                y=amount, description="exact_words:N", tooltip=_words()
            ),
            booked.transform_filter("!datum.is_early")
            .mark_text(**WORD, align="right", dx=-10, dy=-12, fontWeight=600, color="@have")
            .encode(y=amount, text="booked_word:N"),
            booked.transform_filter("datum.is_early")
            .mark_text(**WORD, align="left", dx=10, dy=-12, fontWeight=600, color="@have")
            .encode(y=amount, text="booked_word:N"),
            said(base, "usual_word")
            .mark_text(**WORD, align="left", dx=8, dy=22, color="@quiet")
            .encode(y="usual_usd:Q", text="usual_word:N"),
            said(base, "quota_word")
            .mark_text(**WORD, align="left", dx=2, dy=-10)
            .encode(y="quota_usd:Q", text="quota_word:N"),
        )
    )


def _days() -> alt.Axis:
    return alt.Axis(format="%-d %b", tickCount=4, title=None, grid=False)


def _words() -> alt.Tooltip:
    return alt.Tooltip("exact_words:N", title="To the cent")
