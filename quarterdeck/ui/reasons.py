"""Why is there no quota, no coverage?"""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from quarterdeck.domain.calendar import Period
from quarterdeck.filters import BASES, Filters
from quarterdeck.ui import session
from quarterdeck.ui.days import within
from quarterdeck.ui.narrowing import AMOUNTS
from quarterdeck.ui.plain import plain
from quarterdeck.ui.standing import whole


def no_quota(asked: Filters) -> str:
    """Which choice hides the quotas that are known; else that none is."""
    for basis in BASES:
        if basis != asked.basis and _is_known(replace(asked, basis=basis)):
            return f"no quota counts {AMOUNTS[asked.basis][0]}, only {AMOUNTS[basis][0]}"
    if asked.product_lines and _is_known(replace(asked, product_lines=())):
        return f"no quota is for {plain(' or '.join(asked.product_lines))}"
    return f"none known {within(asked.period)}"


def not_split(asked: Filters) -> str:
    """By what the bookings are narrowed and no quota is; '' where both are narrowed alike."""
    narrowed = {
        "module": asked.module_ids,
        "channel": asked.channels,
        "strategic account": asked.strategic_only,
    }
    by = [word for word, chosen in narrowed.items() if chosen]
    return f"of the whole quota: none is split by {' or '.join(by)}" if by else ""


def _is_known(asked: Filters) -> bool:
    return bool(pd.notna(whole(session.answer("attainment", asked))["quota_usd"]))


def no_coverage(everyone: pd.Series, period: Period, *, is_over: bool, without: str) -> str:
    """Why what is due is not compared with what is missing; '' where it is."""
    if pd.isna(everyone["quota_usd"]):
        return without
    if is_over:
        return f"{period.label} is over"
    if everyone["quota_usd"] == 0:
        return "the quota is 0"
    return "the quota is met" if everyone["gap_usd"] == 0 else ""
