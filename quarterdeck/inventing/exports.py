"""What does the CRM of the invented team export, week by week?"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pyarrow as pa

from quarterdeck.inventing.files import File, money, numbered, typed
from quarterdeck.inventing.lives import LOST, NAMES, STAGES, WON, Life, State
from quarterdeck.inventing.people import Story, quarter_start

HEADERS = {
    "deal_id": "Opportunity ID",
    "deal_name": "Opportunity Name",
    "account": "Account Name",
    "owner": "Opportunity Owner",
    "stage": "Stage",
    "amount": "Amount",
    "currency": "Currency",
    "mrr": "MRR",
    "nrc": "NRC",
    "term_months": "Term Months",
    "close_on": "Close Date",
    "created_on": "Created Date",
    "stage_entered_on": "Stage Entered Date",
    "probability": "Probability",
    "forecast_category": "Forecast Category",
    "product": "Product",
    "product_line": "Product Line",
    "channel": "Channel",
    "partner": "Partner",
    "deal_type": "Deal Type",
    "lead_source": "Lead Source",
    "next_step": "Next Step",
    "loss_reason": "Loss Reason",
}
_OPEN = {stage: (probability, category) for stage, _, probability, category in STAGES}
_ENDS = {WON: (1.0, "Closed"), LOST: (0.0, "Omitted")}
STANDING = _OPEN | _ENDS


def weekly(tale: Story, lived: list[Life]) -> Iterator[File]:
    """Each week all that is open, and what was decided in this quarter and the one before."""
    everything, rows = _all_states(lived)
    spans = [
        (life, [state.since for state in life.states], rows[n]) for n, life in enumerate(lived)
    ]
    for week in tale.weeks:
        since = quarter_start(quarter_start(week) - timedelta(days=1))
        shown = [
            first + bisect_right(days, week) - 1
            for life, days, first in spans
            if days[0] <= week < life.until and life.decided_on >= since
        ]
        found = numbered(everything.take(pa.array(shown, pa.int64())))
        yield File("deal", f"opportunities_{week:%Y-%m-%d}.csv", week, HEADERS, found)


def _all_states(lived: list[Life]) -> tuple[pa.Table, list[int]]:
    """Every state of every deal as one typed table, and at which row each deal begins."""
    columns: dict[str, list[Any]] = {field: [] for field in HEADERS}
    rows: list[int] = []
    for number, life in enumerate(lived, 10_001):
        rows.append(len(columns["deal_id"]))
        for state in life.states:
            for field, value in _cells(f"Q-{number}", life, state).items():
                columns[field].append(value)
    return typed("deal", HEADERS, columns), rows


def _cells(deal_id: str, life: Life, state: State) -> dict[str, Any]:
    plan = life.plan
    probability, category = STANDING[state.stage]
    mrr, nrc = _charges(state.amount_usd, life)
    return {
        "deal_id": deal_id,
        "deal_name": f"{plan.account.name}, {plan.product.lower()}",
        "account": plan.account.name,
        "owner": state.owner,
        "stage": state.stage,
        "amount": money(state.amount_usd),
        "currency": "USD",
        "mrr": money(mrr),
        "nrc": money(nrc),
        "term_months": life.term_months,
        "close_on": state.close_on,
        "created_on": life.created_on,
        "stage_entered_on": state.entered_on,
        "probability": probability,
        "forecast_category": category,
        "product": plan.product,
        "product_line": plan.line,
        "channel": plan.channel,
        "partner": plan.partner,
        "deal_type": plan.deal_type,
        "lead_source": plan.source,
        "next_step": state.next_step,
        "loss_reason": state.loss_reason,
    }


def _charges(amount_usd: int | None, life: Life) -> tuple[int | None, int | None]:
    """The monthly and the one-time part: MRR × term + NRC is the amount, to the dollar."""
    if amount_usd is None or life.term_months is None:
        return None, amount_usd
    once = 0.04 + life.plan.amount_usd // 100 % 7 / 100
    mrr = int(amount_usd * (1 - once) / life.term_months / 5) * 5
    return mrr, amount_usd - mrr * life.term_months


def stages(on: date) -> File:
    headers = {
        "stage": "Stage",
        "position": "Position",
        "outcome": "Outcome",
        "forecast_category": "Forecast category",
        "probability": "Probability",
    }
    names = [*NAMES, WON, LOST]
    values: dict[str, list[Any]] = {
        "stage": names,
        "position": list(range(1, len(names) + 1)),
        "outcome": [*["open"] * len(NAMES), "won", "lost"],
        "forecast_category": [STANDING[name][1] for name in names],
        "probability": [STANDING[name][0] for name in names],
    }
    return File("stage", "stages.csv", on, headers, typed("stage", headers, values))
