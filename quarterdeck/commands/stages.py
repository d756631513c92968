"""Where does a stage stand, and what does standing in it mean?"""

from __future__ import annotations

from dataclasses import dataclass

from quarterdeck import audit, catalog
from quarterdeck.commands.checking import actor, check_may_settle, check_unmoved
from quarterdeck.engine import Cursor, DuckDBEngine, run
from quarterdeck.people import Scope
from quarterdeck.refusal import Refused

OUTCOMES = ("open", "won", "lost")
CATEGORIES = ("omitted", "pipeline", "best case", "commit", "closed")
SKILLS = ("prospecting", "value selling", "proposal creation", "closing")


@dataclass(frozen=True)
class SetStage:
    """One stage of one pipeline; '' is the pipeline that the files do not name."""

    pipeline: str
    stage_name: str
    position: int
    outcome: str
    forecast_category: str | None = None
    probability: float | None = None
    skill: str | None = None
    seen: int | None = None


def set_stage(engine: DuckDBEngine, command: SetStage, *, scope: Scope) -> None:
    """Describe a stage anew. Raises Refused for one that no file names, and for odd values."""
    check_may_settle(scope)
    _check_words(command)
    with engine.transaction() as cursor:
        _check_known(cursor, command)
        thing = f"{command.pipeline}/{command.stage_name}"
        check_unmoved(cursor, "stage", thing, f"Stage {command.stage_name}", command.seen)
        at = audit.moment(cursor)
        stage = {
            "pipeline": command.pipeline,
            "stage_name": command.stage_name,
            "position": command.position,
            "outcome": command.outcome,
            "forecast_category": command.forecast_category,
            "probability": command.probability,
            "skill": command.skill,
            "at": at,
        }
        run(cursor, catalog.statements("stage_set"), stage)
        audit.record(cursor, actor(scope), command, at)


def _check_words(command: SetStage) -> None:
    where = f"Stage {command.stage_name}"
    if command.outcome not in OUTCOMES:
        raise Refused(
            f"A stage cannot be “{command.outcome}”.", where, f"One of: {', '.join(OUTCOMES)}."
        )
    if command.skill is not None and command.skill not in SKILLS:
        raise Refused(f"“{command.skill}” is no skill.", where, f"One of: {', '.join(SKILLS)}.")
    if command.probability is not None and not 0 <= command.probability <= 1:
        raise Refused(
            f"A chance cannot be {command.probability:.0%}.", where, "Enter 0 to 100 %, or nothing."
        )
    if not 0 <= command.position <= 999:
        raise Refused(
            f"A stage cannot stand at place {command.position}.", where, "Enter 0 to 999."
        )


def _check_known(cursor: Cursor, command: SetStage) -> None:
    about = {"pipeline": command.pipeline, "stage_name": command.stage_name}
    if not run(cursor, catalog.statements("stage_held"), about).fetchall():
        raise Refused(
            "There is no such stage.",
            f"Stage {command.stage_name}",
            "Stages come with the deals of a file, or with a file of stages.",
        )
