"""What does somebody learn, how is a skill seen, and who did something well?"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from quarterdeck import audit, catalog
from quarterdeck.commands import coaching
from quarterdeck.commands.checking import check_unmoved
from quarterdeck.domain.coaching import LEARNING, SCORES
from quarterdeck.engine import Cursor, DuckDBEngine, run
from quarterdeck.people import Scope, denied
from quarterdeck.refusal import Refused

TEXT = {"is_text": True}


@dataclass(frozen=True)
class CoachScore:
    """How the director sees a skill, 1 to 5, and on what evidence."""

    person_id: str
    skill: str
    score: int
    evidence: str = field(default="", metadata=TEXT)
    is_shared: bool = False
    scored_on: date | None = None


@dataclass(frozen=True)
class CoachLearning:
    """Something to learn, with a day; without an id it is new. `renew_on`: a certificate lapses."""

    person_id: str
    kind: str
    skill: str
    title: str = field(default="", metadata=TEXT)
    due_on: date | None = None
    mentor_id: str | None = None
    item_id: str = ""
    added_on: date | None = None
    seen: int | None = None


@dataclass(frozen=True)
class CoachLearned:
    """It is done, with what shows it; not done after all (None); or not wanted any more."""

    item_id: str
    done_on: date | None
    renew_on: date | None = None
    evidence: str = field(default="", metadata=TEXT)
    is_dropped: bool = False


@dataclass(frozen=True)
class CoachStory:
    """Something that somebody did well: their own word on it decides whether the team sees it."""

    person_id: str
    skill: str
    story: str = field(default="", metadata=TEXT)
    deal_id: str | None = None
    has_consent: bool = False
    happened_on: date | None = None


@dataclass(frozen=True)
class CoachConsent:
    """Whom a story is about shows it to the team, or takes it back."""

    story_id: str
    has_consent: bool


@dataclass(frozen=True)
class CoachMentor:
    """Whether one is willing to be asked about a skill by the others."""

    skill: str
    is_willing: bool


def score_skill(engine: DuckDBEngine, command: CoachScore, *, scope: Scope) -> str:
    """Raises Refused for who does not lead the coaching, another score than 1 to 5, and a score
    without evidence."""
    coaching.check_skill(command.skill)
    if command.score not in SCORES:
        raise Refused(f"{command.score} is no score.", "Score", "From 1 to 5.")
    evidence = coaching.text(command.evidence, "Evidence")
    if not evidence:
        raise Refused(
            "A score needs what it stands on.", "Evidence", "Say what you saw or heard, and when."
        )
    with engine.transaction() as cursor:
        coaching.check_coaches(cursor, scope, command.person_id, leads=True)
        row = {
            "score_id": coaching.new_id(cursor, "score", command.person_id),
            "person_id": command.person_id,
            "skill": command.skill,
            "author_id": scope.viewer_id,
            "score": command.score,
            "evidence": evidence,
            "is_shared": command.is_shared,
            "scored_on": coaching.day_of(cursor, command.scored_on),
        }
        return _written(cursor, scope, "score", row, command)


def learn(engine: DuckDBEngine, command: CoachLearning, *, scope: Scope) -> str:
    """Add something to learn, or change it; its id.

    Raises Refused for who neither leads the coaching nor is that one, an unknown kind or skill, an
    item without a title, and a mentor who is not willing to be asked.
    """
    coaching.check_skill(command.skill)
    if command.kind not in LEARNING:
        raise Refused(f"“{command.kind}” is unknown.", "Kind", f"One of: {', '.join(LEARNING)}.")
    title = coaching.line(command.title, "What is learned")
    with engine.transaction() as cursor:
        coaching.check_coaches(cursor, scope, command.person_id, leads=False)
        _check_mentor(cursor, scope, command)
        before = _item_before(cursor, scope, command) if command.item_id else {}
        row = {
            "item_id": command.item_id or coaching.new_id(cursor, "learning", command.person_id),
            "person_id": command.person_id,
            "author_id": scope.viewer_id,
            "kind": command.kind,
            "title": title,
            "skill": command.skill,
            "mentor_id": command.mentor_id,
            "due_on": command.due_on,
            "done_on": before.get("done_on"),
            "renew_on": before.get("renew_on"),
            "evidence": before.get("evidence", ""),
            "is_dropped": False,
            "added_on": before.get("added_on") or coaching.day_of(cursor, command.added_on),
        }
        return _written(cursor, scope, "learning", row, command)


def settle_learning(engine: DuckDBEngine, command: CoachLearned, *, scope: Scope) -> None:
    """Say that it is learned, with what shows it. Raises Refused for anybody but who leads the
    coaching and that one, for a day to come and a certificate that lapsed before it was won."""
    evidence = coaching.text(command.evidence, "Evidence")
    with engine.transaction() as cursor:
        row, _ = coaching.held(cursor, scope, "learning", command.item_id, leads=False)
        done_on, renew_on = command.done_on, command.renew_on
        coaching.day_of(cursor, done_on)
        if done_on and renew_on and renew_on <= done_on:
            raise Refused(
                "It would lapse before it was won.", f"{renew_on:%-d %b %Y}", "Choose a later day."
            )
        row |= {"done_on": done_on, "renew_on": renew_on, "is_dropped": command.is_dropped}
        row |= {"evidence": evidence or row["evidence"]}
        _written(cursor, scope, "learning", row, command)


def tell_story(engine: DuckDBEngine, command: CoachStory, *, scope: Scope) -> str:
    """Write down what somebody did well; the team sees it once that one agrees.

    Raises Refused for who neither leads the coaching nor is that one, an unknown skill, a story
    without words, a deal out of sight, and consent that is not the teller's own.
    """
    coaching.check_skill(command.skill)
    story = coaching.text(command.story, "Story")
    if not story:
        raise Refused("A story needs words.", "Story", "Say what was done, and why it worked.")
    with engine.transaction() as cursor:
        sight = coaching.check_coaches(cursor, scope, command.person_id, leads=False)
        if command.has_consent:
            _check_consents(scope, sight)
        coaching.check_deal(cursor, scope, command.deal_id)
        row = {
            "story_id": coaching.new_id(cursor, "story", command.person_id),
            "person_id": command.person_id,
            "author_id": scope.viewer_id,
            "skill": command.skill,
            "deal_id": command.deal_id,
            "story": story,
            "happened_on": coaching.day_of(cursor, command.happened_on),
            "has_consent": command.has_consent,
        }
        return _written(cursor, scope, "story", row, command)


def consent(engine: DuckDBEngine, command: CoachConsent, *, scope: Scope) -> None:
    """Raises Refused for anybody but whom the story is about."""
    with engine.transaction() as cursor:
        row, sight = coaching.held(cursor, scope, "story", command.story_id, leads=False)
        _check_consents(scope, sight)
        _written(cursor, scope, "story", row | {"has_consent": command.has_consent}, command)


def be_asked(engine: DuckDBEngine, command: CoachMentor, *, scope: Scope) -> None:
    """Say of oneself whether one may be asked. Raises Refused for who is nobody of the team."""
    coaching.check_skill(command.skill)
    with engine.transaction() as cursor:
        coaching.check_coaches(cursor, scope, scope.viewer_id, leads=False)
        row = {
            "person_id": scope.viewer_id,
            "skill": command.skill,
            "is_willing": command.is_willing,
        }
        at = audit.moment(cursor)
        coaching.write(cursor, "mentor", row, at)
        coaching.record(cursor, scope, command, at)


def _written(cursor: Cursor, scope: Scope, table: str, row: dict[str, Any], command: Any) -> str:
    at = audit.moment(cursor)
    coaching.write(cursor, table, row, at)
    coaching.record(cursor, scope, command, at)
    return str(next(iter(row.values())))


def _check_consents(scope: Scope, sight: coaching.Sight) -> None:
    """Only who it is about agrees; the owner of everything, alone there, writes it down."""
    if not sight.is_self and scope.role != "owner":
        refused = Refused(
            "Only whom a story is about shows it to the team.", "Consent", "Ask them to agree."
        )
        raise denied(scope, "coaching", refused)


def _check_mentor(cursor: Cursor, scope: Scope, command: CoachLearning) -> None:
    if command.mentor_id is None:
        return
    about = scope.parameters() | {"person_id": command.mentor_id, "skill": command.skill}
    ((willing,),) = run(cursor, catalog.statements("coach_willing"), about).fetchall()
    if not willing or command.mentor_id == command.person_id:
        raise Refused(
            "Nobody of this name is willing to be asked about this skill.",
            "Mentor",
            "Ask them first: they say so on their own page.",
        )


def _item_before(cursor: Cursor, scope: Scope, command: CoachLearning) -> dict[str, Any]:
    before, _ = coaching.held(cursor, scope, "learning", command.item_id, leads=False)
    if before["person_id"] != command.person_id:
        raise coaching.missing(scope, "learning")
    check_unmoved(cursor, "learning", command.item_id, "Learning", command.seen)
    return before
