"""What Dana agreed with her executives: plans, talks, actions, scores, learning and praise."""

from __future__ import annotations

from datetime import date, timedelta

from quarterdeck import catalog
from quarterdeck.commands.coaching_plans import (
    Baseline,
    CoachAnswer,
    CoachClose,
    CoachPlan,
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
from quarterdeck.commands.replying import SCORE, CoachReply, reply
from quarterdeck.commands.talks import (
    CoachAction,
    CoachDone,
    CoachTalk,
    agree,
    log_talk,
    settle_action,
)  # fmt: skip
from quarterdeck.domain.coaching import FIRST_DAYS, SKILLS
from quarterdeck.domain.naming import slug
from quarterdeck.domain.plan_effect import value_of
from quarterdeck.domain.shrinkage import Tally
from quarterdeck.engine import DuckDBEngine, run
from quarterdeck.inventing.people import DANA, JUNE, Story
from quarterdeck.people import Scope

ALMA, BEN, CARYS, IDRIS, MATEO, WREN = (
    "alma-reyes", "ben-holloway", "carys-dunn", "idris-okafor", "mateo-silva", "wren-tanaka",
)  # fmt: skip
HALF_YEAR = timedelta(days=181)
WEEK = timedelta(weeks=1)
TALKED = ((WREN, 12), (MATEO, 9), (slug(JUNE), 5), (IDRIS, 26), (CARYS, 16), (ALMA, 13))
"""Whom Dana talked with, and how many days ago; Ben and she have not sat down yet."""


def coach(engine: DuckDBEngine, tale: Story) -> None:
    """Everything through the commands that the page uses, on the days it is said to be of."""
    dana = Scope(slug(DANA), "director")
    _plans(engine, dana, tale.day)
    _talks(engine, dana, tale.day)
    _actions(engine, dana, tale.day)
    _learning(engine, dana, tale)
    _words(engine, dana, tale.day)


def _plans(engine: DuckDBEngine, dana: Scope, day: date) -> None:
    begun = day - timedelta(days=22)
    running = _plan(engine, WREN, day, begun, "Find twenty new accounts that need hosting")
    plan_id = write_plan(engine, running, scope=dana)
    said = CoachAnswer(plan_id, True, "Agreed. I would like Alma along for the first five.")
    answer_plan(engine, said, scope=Scope(WREN, "executive"))
    begun = day - timedelta(weeks=34)
    past = _plan(engine, IDRIS, day, begun, "A first meeting with each strategic account")
    plan_id = write_plan(engine, past, scope=dana)
    answer_plan(engine, CoachAnswer(plan_id, True), scope=Scope(IDRIS, "executive"))
    learned = "Calls before ten reach those who decide; two of them asked for a proposal."
    closing = CoachClose(plan_id, "cannot tell", learned, day - timedelta(weeks=8))
    close_plan(engine, closing, scope=dana)


def _plan(engine: DuckDBEngine, person_id: str, day: date, begun: date, goal: str) -> CoachPlan:
    base = _baseline(engine, person_id, begun - timedelta(days=1))
    now = base.baseline or 0.0
    return CoachPlan(
        person_id,
        SKILLS[0],
        "created",
        begun,
        begun + 13 * WEEK,
        round(now * 1.25, 1),
        base,
        goal=goal,
        reality=f"{now:.1f} new deals a week over the last half year.",
        choices="Partners’ lists; industry events; accounts of closed hosting contracts.",
        way_forward="Four first meetings a week, the list looked through on Mondays.",
        is_shared=True,
    )


def _baseline(engine: DuckDBEngine, person_id: str, last: date) -> Baseline:
    """New deals a week in the half year before."""
    first = last - HALF_YEAR
    about = {"person_id": person_id, "from_on": first, "to_on": last, "as_of": last}
    with engine.looking() as cursor:
        ((created,),) = run(cursor, catalog.statements("coach_pace"), about).fetchall()
    found = value_of("count", Tally(person_id, created, ((last - first).days + 1) / 7))
    if found is None:
        return Baseline(baseline_from_on=first, baseline_to_on=last)
    return Baseline(found.value, found.low, found.high, found.n, first, last)


def _talks(engine: DuckDBEngine, dana: Scope, day: date) -> None:
    for person_id, ago in TALKED:
        held = day - timedelta(days=ago)
        for turn, back in enumerate((35, 14, 0)):
            on = held - timedelta(days=back)
            notes = (
                "Where the quarter stands; what moved; the largest deal step by step.",
                "Open deals one by one. Two next steps had no day.",
                "What went well, the plan, and who helps with prices.",
            )[turn]
            private = "Seems tired: ask about the travel." if person_id == WREN and not back else ""
            next_on = day + timedelta(days=9) if not back and ago < 14 else None
            said = CoachTalk(person_id, on, 45 if back else 60, notes, private, True, next_on)
            log_talk(engine, said, scope=dana)


def _actions(engine: DuckDBEngine, dana: Scope, day: date) -> None:
    held = day - timedelta(days=12)
    for what, who, outside, due in (
        ("Call the twenty accounts on the list", WREN, "", 6),
        ("Price for three-year hosting", "", "Pricing desk", -3),
        ("Sit in on one first meeting", slug(DANA), "", 9),
    ):
        said = CoachAction(WREN, what, who, outside, day + timedelta(days=due), agreed_on=held)
        agree(engine, said, scope=dana)
    said = CoachAction(MATEO, "Introduce Mateo in Salem", slug(DANA), "", day, agreed_on=held)
    action_id = agree(engine, said, scope=dana)
    settle_action(engine, CoachDone(action_id, day - timedelta(days=2)), scope=dana)


def _learning(engine: DuckDBEngine, dana: Scope, tale: Story) -> None:
    day, hired = tale.day, tale.hired_on
    for days, items in FIRST_DAYS.items():
        for kind, title, skill in items:
            due = hired + timedelta(days=days)
            new = CoachLearning(slug(JUNE), kind, skill, title, due, added_on=hired)
            item_id = learn(engine, new, scope=dana)
            if days < 90:
                done = CoachLearned(item_id, min(due, day), evidence="Talked over in the 1:1.")
                settle_learning(engine, done, scope=dana)
    be_asked(engine, CoachMentor(SKILLS[0], True), scope=Scope(ALMA, "executive"))
    added = day - timedelta(days=12)
    title = "Three first meetings with Alma"
    due = day + timedelta(days=20)
    along = CoachLearning(WREN, "mentoring", SKILLS[0], title, due, ALMA, added_on=added)
    learn(engine, along, scope=dana)
    old = day - timedelta(days=340)
    certificate = CoachLearning(
        IDRIS, "certification", SKILLS[1], "Cloud, first level", old, added_on=old
    )
    item_id = learn(engine, certificate, scope=dana)
    lapses = old + timedelta(days=365)
    settle_learning(engine, CoachLearned(item_id, old, lapses, "Certificate kept"), scope=dana)


def _words(engine: DuckDBEngine, dana: Scope, day: date) -> None:
    on = day - timedelta(days=12)
    for person_id, skill, score, evidence in (
        (WREN, SKILLS[0], 2, "Few first meetings of one’s own; waits for the partner’s call."),
        (WREN, SKILLS[3], 4, "Names the next step and its day in every meeting I sat in."),
        (MATEO, SKILLS[0], 3, "New to the territory, knows the city halls by now."),
        (IDRIS, SKILLS[2], 2, "Proposals leave before the need is written down."),
    ):
        said = CoachScore(person_id, skill, score, evidence, True, on)
        score_id = score_skill(engine, said, scope=dana)
        if person_id == WREN and score == 2:
            word = "Fair. Partners bring me most of mine; I would like to learn it from Alma."
            reply(engine, CoachReply(SCORE, score_id, word), scope=Scope(WREN, "executive"))
    tale = "Asked the buyer for their own date, then worked back from it, step by step."
    story = CoachStory(ALMA, SKILLS[3], tale, happened_on=on)
    story_id = tell_story(engine, story, scope=dana)
    consent(engine, CoachConsent(story_id, True), scope=Scope(ALMA, "executive"))
