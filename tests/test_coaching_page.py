"""The page of coaching: what somebody needs next, as who leads and as that one themselves."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from quarterdeck import clock
from quarterdeck.commands.coaching_plans import write_plan
from quarterdeck.commands.talks import log_talk
from quarterdeck.domain.selling import Seller, skills
from quarterdeck.engine import DuckDBEngine
from quarterdeck.people import OWNER
from quarterdeck.ui import coaching_team
from quarterdeck.ui.coaching import Selling
from quarterdeck.ui.sections import PAGES
from tests.canaries import fill_uncoached
from tests.coached import plan, talk
from tests.conftest import TODAY, Once, commit, looked_at
from tests.test_pages import answer, opened, told

COACHING = PAGES / "coaching.py"


@pytest.fixture
def team(database: Path, once: Once, monkeypatch: pytest.MonkeyPatch) -> DuckDBEngine:
    monkeypatch.setenv(clock.VARIABLE, str(TODAY))
    return once(DuckDBEngine(database), fill_uncoached)


def labelled(screen: AppTest, kind: str, label: str):
    return next(one for one in getattr(screen, kind) if one.label == label)


def test_the_team_page_says_with_whom_a_talk_is_due(team):
    log_talk(team, talk("anapluz"), scope=OWNER)
    team.close()
    screen = opened(COACHING)
    assert "had no 1:1 in 3 weeks" in answer(screen)
    assert "Who needs what" in "\n".join(one.value for one in screen.subheader)
    assert "None yet. A plan begins on the page of whom it is for." in told(screen)


def test_the_page_of_somebody_says_that_little_is_known(team):
    team.close()
    screen = opened(COACHING, person="Anapluz")
    assert "Anapluz" in answer(screen)
    assert "What makes the gap?" in [one.value for one in screen.subheader]


def test_a_plan_is_begun_shared_and_closed_on_the_page(team):
    plan_id = write_plan(team, plan("anapluz", is_shared=True), scope=OWNER)
    team.close()
    screen = opened(COACHING, person="Anapluz")
    assert "Win more of what anapluz proposes" in told(screen)
    labelled(screen, "button", "Close the plan").click().run()
    assert "A plan closes with what became of it." in told(screen)
    screen.radio(key=f"coach outcome {plan_id} 0").set_value("worked")
    labelled(screen, "button", "Close the plan").click().run()
    assert not screen.exception, screen.exception[0].stack_trace
    assert "Worked" in "\n".join(one.value for one in screen.markdown)


def test_an_action_is_noted_and_done(team):
    team.close()
    screen = opened(COACHING, person="Anapluz")
    labelled(screen, "text_input", "What is to be done?").set_value("Call *Pat*")
    labelled(screen, "button", "Add").click().run()
    assert not screen.exception, screen.exception[0].stack_trace
    assert "Call *Pat*" in told(screen)
    labelled(screen, "button", "Done").click().run()
    assert "Open from last time" not in told(screen)


def test_notes_that_look_like_markdown_are_shown_as_they_stand(team):
    words = "![x](http://a.example/x.png) :red[*no*] =1+1"
    log_talk(team, talk("anapluz", notes=words), scope=OWNER)
    team.close()
    screen = opened(COACHING, person="Anapluz")
    screen.session_state["coaching tabs"] = "1:1s"
    screen.run()
    assert words in [one.value for one in screen.text]
    shown = [one.value for one in (*screen.markdown, *screen.caption, *screen.header)]
    assert not [one for one in shown if "![x](" in one]


def test_nothing_known_says_what_is_missing(database):
    screen = opened(COACHING)
    assert answer(screen) == "Nobody can say yet: there are no deals."


def test_one_person_without_activities_or_quota_has_a_page(database, monkeypatch):
    monkeypatch.setenv(clock.VARIABLE, str(TODAY))
    engine = DuckDBEngine(database)
    head = "deal id,owner,account,stage,amount,created,close date"
    text = f"{head}\nD1,Zoe,Acme,Won,5,2026-10-01,2026-11-01\n"
    commit(engine, looked_at(engine, text, "deals.csv", exported_on=TODAY))
    engine.close()
    screen = opened(COACHING)
    assert "Nobody to compare with." in told(screen)
    labelled(screen, "button", "Zoe").click().run()
    assert "with nobody on the team to compare with" in told(screen)
    assert "Win rate 100 %, 1 deal: too few to say" in told(screen)
    assert "there is no quota" in answer(screen)
    assert "There is no gap to take apart." in told(screen)
    assert "No plan yet." in told(screen)


def test_whoever_reports_to_nobody_is_no_peer_of_a_team(database, monkeypatch):
    monkeypatch.setenv(clock.VARIABLE, str(TODAY))
    engine = DuckDBEngine(database)
    people = "name,manager\nAna,Dana\nBen,Dana\nZoe,\nDana,\n"
    commit(engine, looked_at(engine, people, "people.csv", exported_on=TODAY))
    engine.close()
    screen = opened(COACHING)
    asked = [one.value for one in screen.subheader if one.value.startswith("Who needs what")]
    assert len(asked) == 2
    assert [one.label for one in screen.button].count("Ana") == 1


def test_of_many_teams_four_are_drawn_and_the_others_are_named_by_their_number(
    database, monkeypatch
):
    monkeypatch.setenv(clock.VARIABLE, str(TODAY))
    engine = DuckDBEngine(database)
    rows = "".join(f"Lee {team} {one},Boss {team}\n" for team in range(7) for one in range(9))
    bosses = "".join(f"Boss {team},\n" for team in range(7))
    people = f"name,manager\n{rows}{bosses}"
    commit(engine, looked_at(engine, people, "people.csv", exported_on=TODAY))
    engine.close()
    screen = opened(COACHING)
    assert len([one for one in screen.subheader if one.value.startswith("Who needs what")]) == 4
    assert "3 more teams: choose a director" in told(screen)
    assert "The 24 who wait longest of 63" in told(screen)


def test_two_of_one_name_are_two_rows(team):
    two = [Seller(one, {}, 52.0) for one in ("ana", "ann")]
    rows = {one: {"person_id": one, "person_name": "Ana"} for one in ("ana", "ann")}
    words = {"ana": "Ana (ana)", "ann": "Ana (ann)"}
    found = Selling(rows, {one.person_id: one for one in two}, skills(two))
    drawn = coaching_team.grid_rows(found, words)
    assert len(drawn.groupby(["person", "skill"])) == len(drawn) == 8
