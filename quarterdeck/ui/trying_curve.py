"""How much fairness does each move buy? The choice curve, and the point that is chosen."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from quarterdeck.charts.territory import choice_curve
from quarterdeck.domain.realigning import Answer
from quarterdeck.metrics import money, share
from quarterdeck.ui.cards import card, note, picture
from quarterdeck.ui.solving import Job
from quarterdeck.ui.words import counted

WITHIN, CURVE = "Least disruption within the tolerances", "A point of the curve"


def show(job: Job) -> Answer | None:
    """Imbalance left against accounts moved; a point that is chosen is the answer shown."""
    if len({point.moved for point in job.points}) < 2:
        return job.answer
    moves = [point.moved for point in job.points]
    unique = sorted(dict(zip(moves, job.points, strict=True)).items())
    with card("How much fairness does each move buy?", key="plan curve") as beside:
        choices = [count for count, _ in unique]
        which = st.radio("Show", (WITHIN, CURVE), key="plan which", horizontal=True)
        chosen = int(
            st.select_slider(
                "Accounts that move",
                choices,
                choices[-1],
                key="plan point",
                disabled=which == WITHIN,
            )
        )
        frame = pd.DataFrame(
            {
                "moved": choices,
                "imbalance": [point.imbalance for _, point in unique],
                "is_chosen": [count == chosen and which == CURVE for count in choices],
                "word": [
                    f"{count:,}: {share(point.imbalance)} left" if count == chosen else ""
                    for count, point in unique
                ],
                "exact_words": [
                    f"{counted(count, 'account')}: {share(point.imbalance)} left, "
                    f"{money(point.revenue_moved)} of yearly revenue changes hands"
                    for count, point in unique
                ],
            }
        )
        first, last = unique[0][1], unique[-1][1]
        picture(
            choice_curve,
            frame,
            alt=f"The spread of potential falls from {share(first.imbalance)} to "
            f"{share(last.imbalance)} with {counted(choices[-1], 'account')} moved",
            key="plan curve picture",
            beside=beside,
        )
        note("Left: the spread of potential. The fewest moves for each step, by the optimiser.")
    return job.answer if which == WITHIN else dict(unique)[chosen].answer
