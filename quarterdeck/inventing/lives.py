"""What happens to a deal from its first day to its last, as its owner would have typed it?"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from quarterdeck.inventing.deals import Plan
from quarterdeck.inventing.people import Story, next_quarter, quarter_start
from quarterdeck.inventing.words import LOSS_REASONS, LOSS_WEIGHTS, NEXT_STEPS

STAGES = (
    # stage, usual days, probability, forecast category
    ("Qualify", 16, 0.12, "Pipeline"), ("Discover", 23, 0.2, "Pipeline"),
    ("Propose", 22, 0.34, "Best case"), ("Negotiate", 18, 0.58, "Best case"),
    ("Contract", 10, 0.86, "Commit"),
)  # fmt: skip
NAMES = tuple(stage for stage, *_ in STAGES)
WON, LOST = "Won", "Lost"
LOST_AFTER = (28, 28, 24, 14, 6)
"""In how many of a hundred lost deals each stage was the last."""
TERMS, TERM_WEIGHTS = (12, 24, 36, 60), (14, 22, 48, 16)
NEVER = date(9999, 12, 31)


@dataclass(frozen=True)
class State:
    """A deal as it stands from a day on."""

    since: date
    owner: str
    stage: str
    entered_on: date
    close_on: date | None
    amount_usd: int | None
    next_step: str | None
    loss_reason: str | None = None


@dataclass(frozen=True)
class Life:
    """A deal with all its states in order; after `until` nobody finds it any more."""

    plan: Plan
    created_on: date
    term_months: int | None
    states: tuple[State, ...]
    decided_on: date
    until: date = NEVER


def lives(rng: Random, tale: Story, found: list[Plan]) -> list[Life]:
    """All deals in the order in which they were created."""
    lived = [_life(rng, tale, plan) for plan in found]
    return sorted(lived, key=lambda life: (life.created_on, life.plan.account.name))


def _life(rng: Random, tale: Story, plan: Plan) -> Life:
    entered = _entered(rng, plan)
    created, first = entered[0][1], quarter_start(tale.weeks[0])
    decided = NEVER if plan.outcome == "forgotten" else plan.on
    told = plan.on + timedelta(days=60) if plan.outcome == "forgotten" else plan.on
    closes = _close_dates(rng, created, min(told, tale.day + timedelta(days=1)))
    amounts = _amounts(rng, plan, entered)
    days = {day for _, day in entered} | {day for day, _ in closes} | set(amounts)
    days |= set(_handovers(tale, plan)) | ({decided} if decided != NEVER else set())
    term = rng.choices(TERMS, TERM_WEIGHTS)[0] if plan.is_recurring else None
    is_dated = rng.random() > 0.08
    steps = {stage: _next_step(rng, stage) for stage, _ in entered}
    states = []
    for day in sorted(each for each in days if created <= each <= decided):
        stage, since = [pair for pair in entered if pair[1] <= day][-1]
        dated = is_dated or stage not in ("Qualify", "Discover")
        close = [close for on, close in closes if on <= day][-1] if dated else None
        worth = [amount for on, amount in sorted(amounts.items()) if on <= day][-1]
        owner = tale.owner(plan.account.module_on(day), day)
        states.append(State(day, owner, stage, since, close, worth, steps[stage]))
    if decided != NEVER:
        states[-1] = _decided(rng, plan, states[-1])
    until = NEVER
    if decided == NEVER:
        until = max(created, first) + timedelta(days=rng.randint(170, 420))
    return Life(plan, created, term, tuple(states), decided, until)


def _entered(rng: Random, plan: Plan) -> list[tuple[str, date]]:
    """The stages a deal goes through, with the day it enters each, told from its end."""
    last = len(STAGES) - 1
    if plan.outcome != "won":
        (last,) = rng.choices(range(len(STAGES)), LOST_AFTER)
    if plan.outcome == "forgotten":
        last = min(last, 3)
    slow = rng.lognormvariate(0, 0.3) * (plan.amount_usd / 90_000) ** 0.2
    skipped = 1 if last > 1 and rng.random() < 0.12 else None
    day = plan.on
    entered: list[tuple[str, date]] = []
    for at in range(last, -1, -1):
        if at == skipped:
            continue
        stage, usual, _, _ = STAGES[at]
        stays = rng.gammavariate(2.0, usual / 2 * slow) + 1
        if at == last and plan.outcome == "lost":
            stays *= 1.15
        day -= timedelta(days=int(stays))
        entered.append((stage, day))
    return entered[::-1]


def _close_dates(rng: Random, created: date, decided: date) -> list[tuple[date, date]]:
    """When which close date was typed: hopeful at first, and pushed once it has passed."""
    close = _tidy_close(rng, created + timedelta(days=rng.randint(35, 125)))
    found = [(created, close)]
    while close < decided:
        pushed = close + timedelta(days=rng.randint(-5, 16))
        if pushed <= found[-1][0] or pushed >= decided or rng.random() < 0.1:
            break
        close = _tidy_close(rng, close + timedelta(days=rng.randint(14, 70)))
        found.append((pushed, close))
    return found


def _tidy_close(rng: Random, day: date) -> date:
    """People write the end of a quarter or month more often than any other day."""
    luck = rng.random()
    if luck < 0.38:
        return next_quarter(quarter_start(day)) - timedelta(days=1)
    if luck < 0.6:
        return (day.replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    return day - timedelta(days=max(day.weekday() - 4, 0))


def _amounts(rng: Random, plan: Plan, entered: list[tuple[str, date]]) -> dict[date, int | None]:
    """What is typed as its worth: a guess, the proposal, the price agreed."""
    guess = int(round(plan.amount_usd * rng.uniform(0.75, 1.4), -3))
    offered = int(round(plan.amount_usd * rng.uniform(0.98, 1.15), -2))
    is_known = rng.random() > 0.12
    found: dict[date, int | None] = {}
    for at, (stage, day) in enumerate(entered):
        if stage in ("Qualify", "Discover"):
            found[day] = guess if is_known or at > 0 else None
        elif stage == "Propose":
            found[day] = offered
        else:
            found[day] = plan.amount_usd
    found[plan.on] = plan.amount_usd if plan.outcome == "won" else [*found.values()][-1]
    return found


def _handovers(tale: Story, plan: Plan) -> list[date]:
    moved = [move.on for move in plan.account.moves]
    return [*moved, tale.hired_on, tale.transferred_on]


def _next_step(rng: Random, stage: str) -> str | None:
    return None if rng.random() < 0.2 else rng.choice(NEXT_STEPS[stage])


def _decided(rng: Random, plan: Plan, last: State) -> State:
    is_won = plan.outcome == "won"
    (reason,) = rng.choices(LOSS_REASONS, LOSS_WEIGHTS)
    return replace(
        last,
        stage=WON if is_won else LOST,
        entered_on=plan.on,
        close_on=plan.on,
        next_step=None,
        loss_reason=None if is_won else reason,
    )
