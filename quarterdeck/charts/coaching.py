"""Where a gap comes from, how four skills stand beside the peers', and whether a plan worked."""

from __future__ import annotations

import altair as alt

from quarterdeck.charts.house import Chart, Look, rows, said, usd_axis, wide

TIGHT = "width < 440"
LEVEL: Look = {"height": 18, "cornerRadius": 1}
END: Look = {"size": 9, "thickness": 1.5, "color": "@ink", "opacity": 1, "aria": False}
LINE: Look = {"yOffset": 10}
PLACE = alt.EncodingSortField("place", op="min")
TIP = [alt.Tooltip("exact_words:N", title="To the cent")]
KINDS = ["target", "in", "out", "booked", "open"]
COLOURS = ["@context", "@have", "@lack", "@have", "@have_soft"]


def gap_steps() -> Chart:
    """From the target down to what is likely, one cause a line, each with its 80 % range.

    Columns: step, short (where there is no room), place, kind (target, in, out, booked, open),
    start_usd, end_usd, low_usd, high_usd (empty without a range), edge_usd, figure, exact_words.
    """
    base = rows(alt.Step(40)).encode(y=alt.Y("step:N", sort=PLACE, axis=_names()))
    colour = alt.Color("kind:N", scale=alt.Scale(domain=KINDS, range=COLOURS))
    ranged = base.transform_filter("isValid(datum.low_usd)")
    ends = ranged.mark_tick(**END)
    return wide(
        alt.layer(
            base.mark_bar(**LEVEL).encode(
                x=alt.X("start_usd:Q", axis=usd_axis()),
                x2="end_usd:Q",
                color=colour,
                description="exact_words:N",
                tooltip=TIP,
            ),
            ranged.mark_rule(strokeWidth=1.5, color="@ink", aria=False).encode(
                x="low_usd:Q", x2="high_usd:Q"
            ),
            ends.encode(x="low_usd:Q"),
            ends.encode(x="high_usd:Q"),
            said(base, "figure")
            .mark_text(align="left", dx=8, aria=False)
            .encode(x="edge_usd:Q", text="figure:N"),
        )
    )


def skill_ranges() -> Chart:
    """Four skills: somebody's likely range on the scale of the peers' usual one, better right.

    Columns: skill, place, at, low, high, peers_low, peers_high (the peers' middle is 0), verdict,
    is_below, is_known, exact_words.
    """
    base = rows(alt.Step(62)).encode(y=alt.Y("skill:N", sort=PLACE, axis=None))
    scale = alt.Scale(domain=[-2.6, 2.6], clamp=True)
    colour = alt.condition("datum.is_below", alt.value("@lack"), alt.value("@have"))
    known = base.transform_filter("datum.is_known")
    return wide(
        alt.layer(
            known.mark_bar(height=16, color="@band", aria=False, **LINE).encode(
                x=alt.X("peers_low:Q", scale=scale, axis=None), x2="peers_high:Q"
            ),
            known.transform_calculate(middle="0")
            .mark_tick(opacity=1, size=16, thickness=1.5, color="@quiet", aria=False, **LINE)
            .encode(x=alt.X("middle:Q", scale=scale)),
            known.mark_rule(strokeWidth=2.5, aria=False, **LINE).encode(
                x=alt.X("low:Q", scale=scale), x2="high:Q", color=colour
            ),
            known.mark_point(filled=True, size=90, opacity=1, **LINE).encode(
                x=alt.X("at:Q", scale=scale),
                color=colour,
                description="exact_words:N",
                tooltip=[alt.Tooltip("exact_words:N", title="What it says")],
            ),
            base.mark_text(align="left", dy=-14, fontSize=13, fontWeight=600, aria=False).encode(
                text="skill:N", x=alt.value(0)
            ),
            base.mark_text(align="right", dy=-14, fontSize=13, aria=False).encode(
                text="verdict:N",
                x=alt.value("width"),
                color=alt.condition("datum.is_below", alt.value("@lack"), alt.value("@quiet")),
            ),
        )
    )


def before_after() -> Chart:
    """Before and since, the coached person against the rest of the team over the same weeks.

    Columns: moment, who, value, low, high, word, word_at (where it stands), is_person, is_first,
    exact_words; the first moment comes first.
    """
    base = rows(190).encode(
        x=alt.X(
            "moment:N",
            sort=None,
            axis=alt.Axis(title=None, labelAngle=0, labelColor="@ink"),
            scale=alt.Scale(padding=0.5),
        ),
        xOffset=alt.XOffset("who:N", sort=None, scale=alt.Scale(range=[-7, 7])),
        color=alt.condition("datum.is_person", alt.value("@have"), alt.value("@quiet")),
        detail="who:N",
    )
    # The words beside the points say the values; without any axis Vega draws nothing here.
    bare = alt.Axis(title=None, labels=False, grid=True, tickCount=4)
    value = alt.Y("value:Q", axis=bare, scale=alt.Scale(zero=True))
    words = base.mark_text(fontSize=12, aria=False)
    return wide(
        alt.layer(
            base.mark_line(strokeWidth=2.5, aria=False).encode(y=value),
            base.mark_rule(strokeWidth=1.5, aria=False).encode(y="low:Q", y2="high:Q"),
            base.mark_point(filled=True, size=80, opacity=1).encode(
                y=value,
                description="exact_words:N",
                tooltip=[alt.Tooltip("exact_words:N", title="What it says")],
            ),
            base.transform_filter("datum.is_first")
            .mark_text(fontSize=12, align="right", dx=-10, aria=False)
            .encode(y="word_at:Q", text="word:N"),
            words.transform_filter("!datum.is_first")
            .mark_text(fontSize=12, align="left", dx=10, aria=False)
            .encode(y="word_at:Q", text="word:N"),
        )
    )


def skill_grid() -> Chart:
    """Skills across, people down: what the data says of each, in words; grey where too little.

    Columns: person, skill, label, short, shade (1 below peers, 0.4 watch, 0 no clear difference,
    −1 too little), exact_words, place, skill_place.
    """
    base = rows(alt.Step(34)).encode(
        x=alt.X(
            "skill:N",
            sort=alt.EncodingSortField("skill_place", op="min"),
            axis=alt.Axis(
                orient="top",
                title=None,
                grid=False,
                labelAngle=alt.ExprRef(f"{TIGHT} ? -40 : 0"),
                labelAlign=alt.ExprRef(f"{TIGHT} ? 'left' : 'center'"),
                labelLimit=120,
            ),
        ),
        y=alt.Y("person:N", sort=PLACE, axis=_names()),
    )
    shade = alt.Color(
        "shade:Q",
        scale=alt.Scale(
            domain=[-1, 0, 1], range=["@paper", "@track", "@lack_soft"], interpolate="rgb"
        ),
    )
    colour = alt.condition("datum.shade < 0", alt.value("@quiet"), alt.value("@ink"))
    return wide(
        alt.layer(
            base.mark_rect(stroke="@paper", strokeWidth=3, cornerRadius=4).encode(
                color=shade,
                description="exact_words:N",
                tooltip=[alt.Tooltip("exact_words:N", title="What it says")],
            ),
            base.mark_text(fontSize=12, aria=False, opacity=alt.ExprRef(f"{TIGHT} ? 0 : 1")).encode(
                text="label:N", color=colour
            ),
            base.mark_text(fontSize=11, aria=False, opacity=alt.ExprRef(f"{TIGHT} ? 1 : 0")).encode(
                text="short:N", color=colour
            ),
        )
    )


def _names() -> alt.Axis:
    limit = alt.ExprRef(f"{TIGHT} ? 104 : 180")
    return alt.Axis(title=None, labelColor="@ink", labelFontSize=13, labelLimit=limit, grid=False)
