"""Who sees, leads and answers coaching when people move, come, and say their word?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from quarterdeck import clock
from quarterdeck.commands.coaching_plans import Baseline, write_plan
from quarterdeck.commands.learning import CoachScore, score_skill
from quarterdeck.commands.people import SetManager, set_manager
from quarterdeck.commands.replying import SCORE, TALK, CoachReply, reply
from quarterdeck.commands.talks import log_talk
from quarterdeck.engine import DuckDBEngine
from quarterdeck.people import OWNER, Scope
from quarterdeck.refusal import Refused
from quarterdeck.ui import session
from quarterdeck.ui.coaching import _first
from quarterdeck.ui.coaching_team import is_waiting
from quarterdeck.ui.sections import PAGES
from tests.canaries import fill_uncoached
from tests.coached import ANA, BEN, DANA, OPS, OTHER, RAY, plan, talk
from tests.conftest import TODAY, asked, commit, faults, looked_at, rows_of
from tests.test_coaching import on_the_day, team
from tests.test_pages import answer, opened, told

__all__ = ["on_the_day", "team"]

MOVED = date(2026, 11, 23)
EARLIER = date(2026, 11, 20)


def seen(engine: DuckDBEngine, scope: Scope, name: str, as_of: date = TODAY):
    about = replace(asked(engine, as_of=as_of), today=TODAY)
    return rows_of(engine, name, about, scope=scope)


def test_whoever_led_somebody_once_reads_no_more_of_it_on_no_day(team):
    write_plan(team, plan(is_shared=True), scope=DANA)
    log_talk(team, talk(held_on=EARLIER), scope=DANA)
    assert len(seen(team, DANA, "coaching_plans", EARLIER)) == 1
    set_manager(team, SetManager("anapluz", OTHER.viewer_id, MOVED), scope=OWNER)
    for name in ("coaching_plans", "coaching_sessions"):
        assert seen(team, DANA, name, EARLIER) == []
        assert len(seen(team, OTHER, name, EARLIER)) == 1


def test_whoever_came_to_a_team_is_measured_from_then_on(team):
    assert {row["since_on"] for row in seen(team, DANA, "coaching_facts")} == {None}
    set_manager(team, SetManager("anapluz", OTHER.viewer_id, MOVED), scope=OWNER)
    (ana,) = [row for row in seen(team, OTHER, "coaching_facts") if row["person_id"] == "anapluz"]
    assert ana["since_on"] == MOVED
    row = {"since_on": pd.Timestamp(MOVED)}
    assert _first(row, EARLIER, OTHER.viewer_id) == MOVED
    # Beside nobody, and on one's own page, the whole year counts.
    assert _first(row, EARLIER, None) == EARLIER


def test_the_board_names_who_sells_and_is_there(engine):
    people = (
        "name,manager,hired,left on\nAna,Dana,2020-01-01,\nNew,Dana,2026-11-24,\n"
        "Soon,Dana,2026-12-20,\nGone,Dana,2020-01-01,2026-06-30\nDana,Ray,2019-01-01,\nRay,,,\n"
    )
    commit(engine, looked_at(engine, people, "people.csv", exported_on=date(2026, 11, 1)))
    rows = {row["person_name"]: row for row in seen(engine, OWNER, "coaching_board")}
    assert set(rows) == {"Ana", "New"}
    assert rows["New"]["waiting_days"] == 1
    assert rows["Ana"]["waiting_days"] > 2000
    commit(engine, looked_at(engine, "name,manager\nAda,Dana\n", "more.csv", entity="person"))
    (ada,) = [row for row in seen(engine, OWNER, "coaching_board") if row["person_name"] == "Ada"]
    assert (ada["waiting_days"], is_waiting(ada)) == (None, True)


def test_the_newest_talk_says_when_the_next_one_is(team):
    log_talk(team, talk(held_on=date(2026, 11, 10), next_on=date(2026, 11, 30)), scope=DANA)
    log_talk(team, talk(held_on=date(2026, 11, 24), next_on=date(2026, 12, 8)), scope=DANA)
    (ana,) = [row for row in seen(team, DANA, "coaching_board") if row["person_id"] == "anapluz"]
    assert ana["next_on"] == date(2026, 12, 8)


def test_a_shared_plan_and_its_baseline_have_no_day_in_common(team):
    reaching = Baseline(0.2, 0.1, 0.3, 20, date(2026, 6, 1), date(2026, 11, 2))
    draft = write_plan(team, plan(frozen=reaching), scope=DANA)
    for asked_for in (plan(frozen=reaching, is_shared=True),
                      plan(frozen=reaching, is_shared=True, plan_id=draft)):  # fmt: skip
        with pytest.raises(Refused, match="The baseline would reach into the plan"):
            write_plan(team, asked_for, scope=DANA)


def test_what_is_shared_is_answered_by_whom_it_is_about_alone(team):
    talk_id = log_talk(team, talk(), scope=DANA)
    score_id = score_skill(team, CoachScore("anapluz", "closing", 2, "Saw", True), scope=DANA)
    reply(team, CoachReply(TALK, talk_id, "I see it *so*"), scope=ANA)
    reply(team, CoachReply(SCORE, score_id, "Three"), scope=ANA)
    for scope in (ANA, DANA, RAY):
        (held,) = seen(team, scope, "coaching_sessions")
        assert (held["answer"], held["answered_on"]) == ("I see it *so*", TODAY)
        assert [row["answer"] for row in seen(team, scope, "skill_scores")] == ["Three"]
    for scope in (DANA, BEN, RAY, OTHER, OPS):
        with pytest.raises(Refused):
            reply(team, CoachReply(TALK, talk_id, "No"), scope=scope)
    reply(team, CoachReply(TALK, talk_id), scope=ANA)
    assert seen(team, ANA, "coaching_sessions")[0]["answer"] is None
    assert not faults(team)


def test_an_answer_is_seen_no_more_above_once_the_talk_is_shared_no_more(team):
    talk_id = log_talk(team, talk(), scope=DANA)
    reply(team, CoachReply(TALK, talk_id, "So"), scope=ANA)
    log_talk(team, talk(session_id=talk_id, is_shared=False), scope=DANA)
    assert [seen(team, one, "coaching_sessions")[0]["answer"] for one in (DANA, ANA, RAY)] == [
        "So", "So", None,
    ]  # fmt: skip


def test_what_is_not_shared_is_answered_like_what_is_not_there(team):
    talk_id = log_talk(team, talk(is_shared=False), scope=DANA)
    said = []
    for thing in (talk_id, "nothing"):
        with pytest.raises(Refused) as refused:
            reply(team, CoachReply(TALK, thing, "No"), scope=ANA)
        said.append(str(refused.value))
    assert said[0] == said[1]


@pytest.fixture
def today(database: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the pages look, on the day of these teams."""
    monkeypatch.setenv(clock.VARIABLE, str(TODAY))
    return database


def test_all_lost_is_said_as_it_is(today):
    engine = DuckDBEngine(today)
    head = "deal id,owner,account,stage,amount,created,close date"
    lost = "".join(f"D{n},Zoe,Acme,Closed Lost,5,2026-09-01,2026-11-01\n" for n in range(5))
    quota = "person,period,quota\nZoe,2026-Q4,500\n"
    commit(engine, looked_at(engine, f"{head}\n{lost}", "deals.csv", exported_on=TODAY))
    commit(engine, looked_at(engine, quota, "quotas.csv", exported_on=TODAY))
    engine.close()
    screen = opened(PAGES / "coaching.py", person="Zoe")
    assert answer(screen) == "No deal was won in these 52 weeks: nothing can be taken apart."


def test_a_shared_talk_is_answered_on_the_page(today, once):
    engine = once(DuckDBEngine(today), fill_uncoached)
    talk_id = log_talk(engine, talk(), scope=DANA)
    reply(engine, CoachReply(TALK, talk_id, "I see it *so*"), scope=ANA)
    engine.close()
    screen = opened(PAGES / "coaching.py", person="Anapluz")
    screen.session_state["coaching tabs"] = "1:1s"
    screen.run()
    assert "Anapluz, 25 Nov:] I see it *so*" in told(screen)


def test_who_leads_a_team_is_coached_on_a_page_of_their_own(today, once, monkeypatch):
    engine = once(DuckDBEngine(today), fill_uncoached)
    write_plan(engine, plan(goal="Of Ana alone", is_shared=True), scope=DANA)
    own = plan(DANA.viewer_id, goal="Talk to each every week", frozen=Baseline(), is_shared=True)
    write_plan(engine, own, scope=RAY)
    engine.close()
    monkeypatch.setattr(session, "OWNER", RAY)
    screen = opened(PAGES / "coaching.py")
    next(one for one in screen.button if one.label == "Danfyqu").click().run()
    assert answer(screen) == "What Danfyqu and you agreed."
    assert "Who needs what?" in [one.value for one in screen.subheader]
    assert "Talk to each every week" in told(screen)
    assert "Of Ana alone" not in told(screen)
    monkeypatch.setattr(session, "OWNER", DANA)
    screen = opened(PAGES / "coaching.py", person="Danfyqu")
    assert answer(screen) == "What you and your director agreed."
    assert [one.label for one in screen.button if one.label == "I agree"]
