"""Teams that are coached: every kind of entry, shared and not, in words of its own."""

from __future__ import annotations

from datetime import date
from typing import Any

from quarterdeck.commands.coaching_plans import Baseline, CoachPlan, write_plan
from quarterdeck.commands.learning import (
    CoachLearning,
    CoachMentor,
    CoachScore,
    CoachStory,
    be_asked,
    learn,
    score_skill,
    tell_story,
)  # fmt: skip
from quarterdeck.commands.replying import CoachReply, reply
from quarterdeck.commands.talks import CoachAction, CoachTalk, agree, log_talk
from quarterdeck.engine import DuckDBEngine
from quarterdeck.people import Scope

DANA, ANA, BEN = (
    Scope("danfyqu", "director"),
    Scope("anapluz", "executive"),
    Scope("bengriz", "executive"),
)
OTHER = Scope("noowexo", "director")
RAY = Scope("rayzumo", "area_director")
OPS = Scope("solkweb", "operations")
HELD = date(2026, 11, 20)
FROZEN = Baseline(0.25, 0.15, 0.36, 24, date(2026, 7, 1), date(2026, 9, 30))
PRIVATE = "thinks of leaving"


def plan(person_id: str = "anapluz", **said: Any) -> CoachPlan:
    asked: dict[str, Any] = {
        "skill": "closing",
        "measure": "win_rate",
        "starts_on": date(2026, 11, 2),
        "review_on": date(2027, 1, 29),
        "target": 0.31,
        "frozen": FROZEN,
        "goal": f"Win more of what {person_id} proposes",
        "reality": "one in four",
        "choices": "steps in writing",
        "way_forward": "three deals",
    }
    return CoachPlan(person_id, **(asked | said))


def talk(person_id: str = "anapluz", **said: Any) -> CoachTalk:
    asked: dict[str, Any] = {
        "held_on": HELD,
        "minutes": 45,
        "notes": f"{person_id}: two deals",
        "private_note": f"{person_id} {PRIVATE}",
        "next_on": date(2026, 12, 4),
    }
    return CoachTalk(person_id, **(asked | said))


def draft_word(person_id: str) -> str:
    """The word in what is not shared yet: seen by who leads the coaching alone."""
    return f"{person_id[:3]}qj{person_id[3:]}"


def private_word(person_id: str) -> str:
    """The word in what a director wrote for themselves: in no answer, page, file or log."""
    return f"{person_id[:3]}zq{person_id[3:]}"


def coach(engine: DuckDBEngine, scope: Scope, person_id: str) -> None:
    """Every kind of entry about somebody: shared with their rows' word, and not shared."""
    word, draft, private = person_id[::-1], draft_word(person_id), private_word(person_id)
    write_plan(engine, plan(person_id, goal=f"Goal {word}", is_shared=True), scope=scope)
    write_plan(engine, plan(person_id, goal=f"Draft {draft}"), scope=scope)
    said = talk(person_id, notes=f"Shared {word}", private_note=f"Thinks {private}")
    talk_id = log_talk(engine, said, scope=scope)
    themselves = Scope(person_id, "executive")
    reply(engine, CoachReply("talk", talk_id, f"Replies {word}"), scope=themselves)
    said = talk(person_id, notes=f"Unshared {draft}", private_note="", is_shared=False)
    log_talk(engine, said, scope=scope)
    agree(engine, CoachAction(person_id, f"Calls {word}", person_id), scope=scope)
    agree(engine, CoachAction(person_id, f"Price {word}", "", "Pricing desk"), scope=scope)
    for is_shared, seen in ((True, word), (False, draft)):
        score = CoachScore(person_id, "closing", 2 + is_shared, f"Saw {seen}", is_shared)
        score_skill(engine, score, scope=scope)
    learn(engine, CoachLearning(person_id, "course", "closing", f"Learns {word}"), scope=scope)
    tell_story(engine, CoachStory(person_id, "closing", f"Won {word}"), scope=scope)
    be_asked(engine, CoachMentor("closing", False), scope=themselves)
