"""Every question that the period changes is asked anew: no page lives on what another asked."""

from __future__ import annotations

from typing import Any

import pandas as pd

from quarterdeck import reads
from quarterdeck.filters import Filters
from quarterdeck.ui import session

STEADY = ("data_span", "team", "choices")
"""What the frame asks on every page whatever the period: it is kept, as in the dashboard."""
_kept = session.answer
_this_run: dict[tuple[str, Filters, str], pd.DataFrame] = {}


def _answer(name: str, asked: Filters | None = None, **more: Any) -> pd.DataFrame:
    if name in STEADY:
        return _kept(name, asked, **more)
    filters = asked or session.filters()
    known = (name, filters, repr(sorted(more.items())))
    if known not in _this_run:
        _this_run[known] = reads.answer(session.engine(), session.viewer(), filters, name, **more)
    return _this_run[known]


def forget() -> None:
    """A new run begins. One page is clicked at a time."""
    _this_run.clear()


session.answer = _answer
