"""What coverage was enough at the same point of earlier periods?"""

from __future__ import annotations

import pandas as pd
import pytest

from quarterdeck.ui.enough import finding


def told(*pairs: tuple[float | None, float | None]) -> str:
    rows = [("Q", None, coverage, ended) for coverage, ended in pairs]
    frame = pd.DataFrame(rows, columns=["Period", "on", "coverage", "ended"])
    return finding(frame.astype({"coverage": float, "ended": float}))


@pytest.mark.parametrize(
    ("pairs", "said"),
    [
        (((2.0, 1.1), (3.0, 1.0), (1.5, 0.8), (2.5, 0.99)), "2 of 4 earlier periods made quota"),
        (((2.0, 1.1),), "1 of 1 earlier period made quota; with 2.0× or more."),
        (((2.0, 0.9),), "0 of 1 earlier period made quota; up to 2.0× was not enough."),
        ((), "No earlier period"),
        (((None, 1.1), (2.0, None)), "No earlier period"),
    ],
)
def test_the_least_that_was_enough_and_the_most_that_was_not(pairs, said):
    assert told(*pairs).startswith(said)


def test_both_sides_are_said():
    assert told((2.0, 1.1), (3.0, 1.0), (2.5, 0.99)) == (
        "2 of 3 earlier periods made quota; with 2.0× or more; up to 2.5× was not enough."
    )
