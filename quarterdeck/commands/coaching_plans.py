"""What should somebody get better at, how, and did it help? Written, shared, answered, closed."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import date
from math import isfinite
from typing import Any

from quarterdeck import audit
from quarterdeck.commands import coaching
from quarterdeck.commands.checking import check_unmoved
from quarterdeck.domain.coaching import AGREED, CLOSED, DRAFT, MEASURES, OUTCOMES, SHARED
from quarterdeck.engine import DuckDBEngine
from quarterdeck.people import Scope, denied
from quarterdeck.refusal import Refused

TEXT = {"is_text": True}
FROZEN = (
    "baseline", "baseline_low", "baseline_high", "baseline_count", "baseline_from_on",
    "baseline_to_on",
)  # fmt: skip


@dataclass(frozen=True)
class Baseline:
    """How the measure stood over a stretch of days before the plan, with its 80 % range."""

    baseline: float | None = None
    baseline_low: float | None = None
    baseline_high: float | None = None
    baseline_count: int | None = None
    baseline_from_on: date | None = None
    baseline_to_on: date | None = None


@dataclass(frozen=True)
class CoachPlan:
    """One skill, one measure, a goal and the way there; without an id it is a new plan."""

    person_id: str
    skill: str
    measure: str
    starts_on: date
    review_on: date
    target: float | None
    frozen: Baseline
    goal: str = field(default="", metadata=TEXT)
    reality: str = field(default="", metadata=TEXT)
    choices: str = field(default="", metadata=TEXT)
    way_forward: str = field(default="", metadata=TEXT)
    is_shared: bool = False
    plan_id: str = ""
    seen: int | None = None


@dataclass(frozen=True)
class CoachAnswer:
    """What the executive says to a plan that was shared."""

    plan_id: str
    is_accepted: bool
    answer: str = field(default="", metadata=TEXT)
    seen: int | None = None


@dataclass(frozen=True)
class CoachClose:
    """What became of it: worked, did not, or cannot tell; and in words."""

    plan_id: str
    outcome: str
    outcome_words: str = field(default="", metadata=TEXT)
    closed_on: date | None = None
    seen: int | None = None


def write_plan(engine: DuckDBEngine, command: CoachPlan, *, scope: Scope) -> str:
    """Write or change a plan; its id. The baseline of one that was shared stays as it was.

    Raises Refused for who does not lead the coaching, an unknown skill or measure, days in the
    wrong order, a plan closed already and a text that is empty or too long.
    """
    _check(command)
    with engine.transaction() as cursor:
        coaching.check_coaches(cursor, scope, command.person_id, leads=True)
        before = _before(cursor, scope, command) if command.plan_id else None
        row = _row(command, before, scope)
        _check_baseline(row)
        row["plan_id"] = command.plan_id or coaching.new_id(cursor, "plan", command.person_id)
        now = coaching.today(cursor)
        row["written_on"] = before["written_on"] if before else min(now, command.starts_on)
        at = audit.moment(cursor)
        coaching.write(cursor, "plan", row, at)
        coaching.record(cursor, scope, command, at)
    return str(row["plan_id"])


def answer_plan(engine: DuckDBEngine, command: CoachAnswer, *, scope: Scope) -> None:
    """The executive's word on a shared plan. Raises Refused for anybody else, a draft and one that
    is closed."""
    with engine.transaction() as cursor:
        row, sight = coaching.held(cursor, scope, "plan", command.plan_id, leads=False)
        if not sight.is_self:
            refused = Refused(
                "Only whom a plan is for answers it.", "Plan", "Talk about it in the next 1:1."
            )
            raise denied(scope, "coaching", refused)
        if row["status"] == DRAFT:
            raise coaching.missing(scope, "plan")
        if row["status"] == CLOSED:
            raise Refused("This plan is closed.", "Plan", "Talk about the next one.")
        check_unmoved(cursor, "coaching plan", command.plan_id, "Plan", command.seen)
        said = coaching.text(command.answer, "Your answer")
        row |= {"answer": said or None, "is_accepted": command.is_accepted}
        row |= {"answered_on": coaching.today(cursor)}
        row |= {"status": AGREED if command.is_accepted else SHARED}
        at = audit.moment(cursor)
        coaching.write(cursor, "plan", row, at)
        coaching.record(cursor, scope, command, at)


def close_plan(engine: DuckDBEngine, command: CoachClose, *, scope: Scope) -> None:
    """End a plan with what became of it. Raises Refused without an outcome, for a draft, and for
    one that is closed already."""
    if command.outcome not in OUTCOMES:
        raise Refused(
            "A plan closes with what became of it.", "Outcome", f"One of: {', '.join(OUTCOMES)}."
        )
    with engine.transaction() as cursor:
        row, _ = coaching.held(cursor, scope, "plan", command.plan_id, leads=True)
        if row["status"] not in (SHARED, AGREED):
            raise Refused(
                "Only a plan that runs can be closed.", "Plan", "Share it first, or look again."
            )
        check_unmoved(cursor, "coaching plan", command.plan_id, "Plan", command.seen)
        words = coaching.text(command.outcome_words, "What was learned")
        row |= {"status": CLOSED, "outcome": command.outcome, "outcome_words": words or None}
        row |= {"closed_on": coaching.day_of(cursor, command.closed_on)}
        at = audit.moment(cursor)
        coaching.write(cursor, "plan", row, at)
        coaching.record(cursor, scope, command, at)


def _check(command: CoachPlan) -> None:
    coaching.check_skill(command.skill)
    if command.measure not in MEASURES:
        raise Refused(
            f"“{command.measure}” measures nothing here.", "Measure", "Choose one in the list."
        )
    if command.review_on <= command.starts_on:
        raise Refused(
            "The review would come before the plan has begun.",
            f"{command.review_on:%-d %b %Y}",
            "Choose a later day: eight to thirteen weeks are usual.",
        )
    if command.target is not None and not (isfinite(command.target) and command.target >= 0):
        raise Refused("This is no target.", "Target", "Enter a number from 0 on.")


def _check_baseline(row: dict[str, Any]) -> None:
    """What was before a plan that is shared, and what is since, have no day in common."""
    ends = row["baseline_to_on"]
    if row["status"] != DRAFT and ends and ends >= row["starts_on"]:
        raise Refused(
            "The baseline would reach into the plan.",
            f"{ends:%-d %b %Y}",
            "End it before the day on which the plan begins.",
        )


def _before(cursor: Any, scope: Scope, command: CoachPlan) -> dict[str, Any]:
    row, _ = coaching.held(cursor, scope, "plan", command.plan_id, leads=True)
    if row["person_id"] != command.person_id:
        raise coaching.missing(scope, "plan")
    if row["status"] == CLOSED:
        raise Refused("A closed plan stays as it is.", "Plan", "Begin a new one.")
    check_unmoved(cursor, "coaching plan", command.plan_id, "Plan", command.seen)
    return row


def _row(command: CoachPlan, before: dict[str, Any] | None, scope: Scope) -> dict[str, Any]:
    """The plan as it stands after the command; whoever changes what was agreed asks anew."""
    row = asdict(command.frozen) | {
        "person_id": command.person_id,
        "author_id": scope.viewer_id,
        "status": SHARED if command.is_shared else DRAFT,
        "skill": command.skill,
        "measure": command.measure,
        "goal": coaching.line(command.goal, "Goal"),
        "reality": coaching.text(command.reality, "Reality"),
        "choices": coaching.text(command.choices, "Options"),
        "way_forward": coaching.text(command.way_forward, "Way forward"),
        "target": command.target,
        "starts_on": command.starts_on,
        "review_on": command.review_on,
        "answer": None, "is_accepted": None, "answered_on": None,
        "outcome": None, "outcome_words": None, "closed_on": None,
    }  # fmt: skip
    if before and before["status"] != DRAFT:
        kept = (*FROZEN, "measure", "skill", "starts_on", "author_id")
        row |= {name: before[name] for name in kept} | {"status": SHARED}
    return row
