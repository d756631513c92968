"""Each command of coaching tried on what somebody neither leads nor is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from quarterdeck.commands.coaching_plans import (
    CoachAnswer,
    CoachClose,
    answer_plan,
    close_plan,
    write_plan,
)  # fmt: skip
from quarterdeck.commands.learning import (
    CoachConsent,
    CoachLearned,
    CoachLearning,
    CoachMentor,
    CoachScore,
    CoachStory,
    be_asked,
    consent,
    learn,
    score_skill,
    settle_learning,
    tell_story,
)  # fmt: skip
from quarterdeck.commands.replying import CoachReply, reply
from quarterdeck.commands.talks import (
    CoachAction,
    CoachDone,
    CoachRead,
    agree,
    log_talk,
    own_notes,
    settle_action,
)  # fmt: skip
from quarterdeck.engine import DuckDBEngine
from quarterdeck.people import Scope
from tests.coached import plan, talk
from tests.conftest import TODAY


@dataclass(frozen=True)
class Coached:
    """The ids of what somebody is coached with, or some that nothing has."""

    person: str = "nobody-known"
    plan: str = "no-plan"
    talk: str = "no-talk"
    action: str = "no-action"
    learning: str = "no-item"
    story: str = "no-story"


IDS = (
    "select plan_id from coaching_plan where status = 'shared' and person_id = ?",
    "select session_id from coaching_session where is_shared and person_id = ?",
    "select action_id from action_item where person_id = ?",
    "select item_id from learning_item where person_id = ?",
    "select story_id from win_story where person_id = ?",
)


def coached(engine: DuckDBEngine, person_id: str) -> Coached:
    with engine.looking() as cursor:
        found = [cursor.execute(sql, [person_id]).fetchall() for sql in IDS]
    ids = [rows[0][0] if rows else "nothing" for rows in found]
    return replace(Coached(person_id), **dict(zip(vars(Coached()), (person_id, *ids), strict=True)))


Try = Callable[[DuckDBEngine, Any, Any, Scope], Any]


def _of(make: Callable[[DuckDBEngine, Coached, Scope], Any]) -> Try:
    """The attempt on what the foreign person, or nobody, is coached with."""

    def attempt(engine: DuckDBEngine, theirs: Any, own: Any, scope: Scope) -> Any:
        is_known = theirs.person != Coached().person
        return make(engine, coached(engine, theirs.person) if is_known else Coached(), scope)

    return attempt


COACHING: dict[str, Try] = {
    "coaching_plans.write_plan": _of(lambda e, t, s: write_plan(e, plan(t.person), scope=s)),
    "coaching_plans.write_plan, again": _of(
        lambda e, t, s: write_plan(e, plan(t.person, plan_id=t.plan), scope=s)
    ),
    "coaching_plans.answer_plan": _of(
        lambda e, t, s: answer_plan(e, CoachAnswer(t.plan, True), scope=s)
    ),
    "coaching_plans.close_plan": _of(
        lambda e, t, s: close_plan(e, CoachClose(t.plan, "worked"), scope=s)
    ),
    "talks.log_talk": _of(lambda e, t, s: log_talk(e, talk(t.person), scope=s)),
    "talks.log_talk, again": _of(
        lambda e, t, s: log_talk(e, talk(t.person, session_id=t.talk), scope=s)
    ),
    "replying.reply": _of(lambda e, t, s: reply(e, CoachReply("talk", t.talk, "No"), scope=s)),
    "talks.own_notes": _of(lambda e, t, s: own_notes(e, CoachRead(t.person), scope=s)),
    "talks.agree": _of(
        lambda e, t, s: agree(e, CoachAction(t.person, "Call", "", "Desk"), scope=s)
    ),
    "talks.settle_action": _of(
        lambda e, t, s: settle_action(e, CoachDone(t.action, TODAY), scope=s)
    ),
    "learning.score_skill": _of(
        lambda e, t, s: score_skill(e, CoachScore(t.person, "closing", 3, "saw"), scope=s)
    ),
    "learning.learn": _of(
        lambda e, t, s: learn(e, CoachLearning(t.person, "course", "closing", "It"), scope=s)
    ),
    "learning.settle_learning": _of(
        lambda e, t, s: settle_learning(
            e, CoachLearned(t.learning, TODAY - timedelta(days=1)), scope=s
        )
    ),
    "learning.tell_story": _of(
        lambda e, t, s: tell_story(e, CoachStory(t.person, "closing", "It"), scope=s)
    ),
    "learning.consent": _of(lambda e, t, s: consent(e, CoachConsent(t.story, True), scope=s)),
}
OF_ONESELF: dict[str, Try] = {
    "learning.be_asked": lambda e, t, o, s: be_asked(e, CoachMentor("closing", True), scope=s)
}
