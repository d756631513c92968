"""Is the period on its usual path: day by day, against what earlier ones had booked by then?"""

from __future__ import annotations

import pandas as pd

from quarterdeck.charts.pace import pace_curve
from quarterdeck.domain.calendar import Period
from quarterdeck.metrics import exact_money, money, share
from quarterdeck.ui.cards import card, explain, note, picture, tidy
from quarterdeck.ui.days import kind_of
from quarterdeck.ui.standing import against_pace
from quarterdeck.ui.words import counted

EARLY = 0.5
"""Until this part of the period is over, the word stands to the right of its point."""


def path(curve: pd.DataFrame, everyone: pd.Series, period: Period) -> None:
    """The card of the curve; `everyone` is the row of all in sight."""
    with card("Is it on its usual path?", explains="pace_usd", stretch=True, key="path") as top:
        drawn = rows(curve, everyone)
        picture(pace_curve, drawn, alt=said(drawn, everyone), key="pace_curve", beside=top)
        note(_read_as(curve, period))
        if words := linearity(curve):
            explain("linearity", label=tidy(words), key="explain linearity")


def rows(curve: pd.DataFrame, everyone: pd.Series) -> pd.DataFrame:
    """The rows of `charts.pace.pace_curve`: shares of the quota in dollars, and the words."""
    quota = everyone["quota_usd"]
    drawn = pd.DataFrame({
        "day_on": curve["day_on"],
        "usual_usd": curve["expected_share"] * quota,
        "low_usd": curve["low_share"].fillna(curve["expected_share"]) * quota,
        "high_usd": curve["high_share"].fillna(curve["expected_share"]) * quota,
        "booked_usd": curve["booked_usd"],
        "quota_usd": quota,
        "booked_word": "", "exact_words": "", "is_early": False, "usual_word": "", "quota_word": "",
    })  # fmt: skip
    done = curve.index[curve["booked_usd"].notna()]
    if len(done):
        last = done[-1]
        booked = everyone["booked_usd"]
        drawn.loc[last, ["booked_word", "exact_words"]] = [
            f"{money(booked)}", f"Booked {exact_money(booked)}, {against_pace(everyone)}"
        ]  # fmt: skip
        drawn.loc[last, "is_early"] = bool(last < EARLY * len(curve))
    drawn.loc[curve.index[:1], "quota_word"] = f"quota {money(quota)}"
    middle = curve.index[int(len(curve) * 0.62) :][:1]
    drawn.loc[middle, "usual_word"] = "usual path" if curve["past_periods"].iloc[0] else "even pace"
    return drawn


def linearity(curve: pd.DataFrame) -> str:
    """Booked by month: Oct 31 %, Nov 69 %; '' where there is one month, or more than three."""
    months = curve.drop_duplicates("month_on").dropna(subset="linearity")
    if not 1 < curve["month_on"].nunique() < 4 or months.empty:
        return ""
    parts = [
        f"{_month(row['month_on'])} **{share(row['linearity'])}**"
        for row in months.to_dict("records")
    ]
    return f":gray[Booked by month:] {', '.join(parts)}"


def _month(first_day: pd.Timestamp) -> str:
    """The calendar month that holds the middle of the fiscal one."""
    return f"{first_day + pd.Timedelta(days=14):%b}"


def said(drawn: pd.DataFrame, everyone: pd.Series) -> str:
    """What the picture shows, for those who do not see it."""
    return (
        f"Booked {money(everyone['booked_usd'])} of {money(everyone['quota_usd'])}, "
        f"{against_pace(everyone)}; {share(everyone['expected_share'])} is expected by now"
    )


def _read_as(curve: pd.DataFrame, period: Period) -> str:
    """What the lines are, and why it is working days where the history is short."""
    past, kind = int(curve["past_periods"].iloc[0]), kind_of(period).lower()
    if past:
        return (
            f"Blue: booked. Dotted: the middle of the last {counted(past, kind)}, as a part of the "
            f"quota; grey: from the lowest to the highest of them."
        )
    why = (
        "dates that somebody chose have no earlier ones like them"
        if kind == "dates"
        else f"fewer than 4 earlier {kind}s hold the 24 won credits that a usual path needs"
    )
    return f"Blue: booked. Dotted: the quota spread evenly over the working days; {why}."
