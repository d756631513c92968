"""The page of settings, run without a browser."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from quarterdeck import clock, reads
from quarterdeck.engine import DuckDBEngine
from quarterdeck.ui import credit_tab, stages_tab
from tests.conftest import commit, looked_at
from tests.test_pages import ROOT, answer, opened, told
from tests.test_settings import DEALS, PEOPLE

SETTINGS = ROOT / "pages" / "settings.py"
TABS = (
    *("Team", "People", "Capacity", "Objectives", "Credit", "Year", "Holidays", "Money"),
    *("Thresholds", "Stages", "Time zone", "Sign-in", "Retention", "History"),
)


@pytest.fixture
def known(database, monkeypatch):
    monkeypatch.setenv(clock.VARIABLE, "2026-11-25")
    engine = DuckDBEngine(database)
    commit(engine, looked_at(engine, PEOPLE, "people.csv"))
    commit(engine, looked_at(engine, DEALS))
    engine.close()
    return database


def on(tab: str, screen: AppTest | None = None) -> AppTest:
    screen = screen or opened(SETTINGS)
    screen.session_state["settings tabs"] = tab
    return screen.run()


@pytest.mark.parametrize("tab", TABS)
def test_every_tab_opens_with_nothing_known(database, tab):
    screen = on(tab)
    assert answer(screen)
    assert not database.exists()


@pytest.mark.parametrize("tab", TABS)
def test_every_tab_opens_and_has_one_action_at_most(known, tab):
    screen = on(tab)
    assert answer(screen).startswith("6 people known")
    assert sum(button.proto.type == "primary" for button in screen.button) <= 1


def test_sixty_people_fit(database):
    engine = DuckDBEngine(database)
    rows = "".join(f"Person ![{n}](http://x.example) :red[{n}],Boss\n" for n in range(60))
    commit(engine, looked_at(engine, "name,manager\n" + rows, "people.csv"))
    engine.close()
    for tab in TABS:
        assert answer(on(tab)).startswith("61 people known")


def test_another_fiscal_year_moves_the_quarters_of_attainment_and_is_taken_back(known):
    screen = on("Year")
    screen.selectbox(key="first month 0").select(7).run()
    assert "FY27 runs from 1 Jul 2026 to 30 Jun 2027." in told(screen)
    screen.button(key="save year").click().run()
    shown = opened(period="2027-Q2")
    assert "Q2 FY27" in answer(shown)
    screen = on("History", screen)
    assert "The fiscal year begins in July, in calendar months." in told(screen)
    next(b for b in screen.button if b.label == "Undo").click().run()
    assert "taken back" in told(screen)
    assert reads.calendar(DuckDBEngine(known)).is_plain


def test_a_person_is_renamed_added_and_merged(known):
    screen = on("People")
    screen.selectbox(key="whose details").select("ana").run()
    screen.text_input(key="name ana 0").input("Ana Ruiz").run()
    screen.button(key="save person").click().run()
    assert "Ana Ruiz" in screen.selectbox(key="whose details").options
    screen.text_input(key="new name 1").input("Ana Ruiz").run()
    screen.button(key="add person").click().run()
    assert "Ana Ruiz is on the team already." in told(screen)
    screen.selectbox(key="first twin 2").select("ana").run()
    screen.selectbox(key="second twin 2").select("ben").run()
    assert "From Ben to Ana Ruiz: 2 deals" in told(screen).replace("*", "")
    screen.button(key="merge people").click().run()
    assert answer(screen).startswith("5 people known")
    assert "Ben is the same person as Ana Ruiz." in told(on("History", screen)).replace("*", "")


def test_a_rate_prices_what_was_missing(known):
    screen = on("Money")
    assert "EUR has no rate: 1 deal, 10.05 EUR" in told(screen).replace("*", "")
    screen.text_input(key="rate 0").input("none").run()
    screen.button(key="save rate").click().run()
    assert "“none” is no number." in told(screen)
    screen.text_input(key="rate 1").input("1.1").run()
    screen.button(key="save rate").click().run()
    assert "EUR has no rate" not in told(screen).replace("*", "")


def test_the_reporting_currency_is_changed_with_its_warning(known):
    screen = on("Money")
    assert "settled by the first file of deals" in told(screen)
    screen.text_input(key="currency 0").input("eur").run()
    screen.button(key="save currency").click().run()
    assert "EUR, set by hand" in told(screen).replace("*", "")


def test_thresholds_are_saved_and_what_is_out_of_bounds_is_refused(known):
    screen = on("Thresholds")
    assert screen.button(key="save thresholds").disabled
    screen.text_input(key="few_deals 0").input("0").run()
    screen.button(key="save thresholds").click().run()
    assert "“0” is not within 1 to 200 deals." in told(screen)
    screen.text_input(key="few_deals 1").input("12").run()
    screen.button(key="save thresholds").click().run()
    assert screen.text_input(key="few_deals 2").value == "12"


def test_a_stage_of_another_outcome_says_how_many_deals_stand_in_it():
    was = pd.Series({"stage_name": "Signed *", "outcome": "open", "deals": 3})
    assert stages_tab.touched(was, was) == ""
    said = stages_tab.touched(was, pd.Series({**was, "outcome": "won"}))
    assert said.startswith("**Signed \\* would be won instead of open:** 3 deals stand in it.")


def test_the_time_zone_tells_the_time_there(known):
    screen = on("Time zone")
    screen.selectbox(key="zone 0").select("America/Los_Angeles").run()
    assert "There it is" in told(screen)
    screen.button(key="save zone").click().run()
    assert reads.settings(DuckDBEngine(known))["time_zone"] == "America/Los_Angeles"


def test_whoever_saves_second_sees_both(known):
    mine, other = on("Thresholds"), on("Thresholds")
    for screen, number in ((other, "20"), (mine, "30")):
        screen.text_input(key="few_deals 0").input(number).run()
        screen.button(key="save thresholds").click().run()
    assert "you saw “nothing”, it is now “20”" in told(mine)


def test_a_deal_is_found_by_words_and_its_credit_saved_with_a_reason(known):
    screen = on("Credit")
    assert "Two letters are enough" in told(screen)
    screen.text_input(key="credit words").input("nowhere").run()
    assert "No deal in your sight is called “nowhere”." in told(screen)
    screen.text_input(key="credit words").input("D1").run()
    assert screen.selectbox(key="credit deal").value == "D1"
    assert "It was won on Mon 5 Oct" in told(screen)
    assert "The parts add up to 100 %." in told(screen)
    screen.button(key="save credit").click().run()
    assert "An adjustment of credit needs a reason." in told(screen)
    screen.text_input(key="credit reason D1 1").input("Ana alone sold it").run()
    screen.button(key="save credit").click().run()
    assert "D1’s credit: Ana 100 %, from Mon 5 Oct; Ana alone sold it" in told(
        on("History", screen)
    )


def test_whoever_is_typed_gets_the_part_beside_it():
    ids = {"Ana": "ana", "Ben": "ben"}
    held = pd.DataFrame({"person_id": ["ana", "gone"], "share": [0.6, 0.4]})
    typed = credit_tab._typed(held, ids)
    assert len(typed) == credit_tab.MOST
    assert typed.iloc[0].tolist() == ["Ana", 60]
    typed.loc[1] = ["Ben", 33.33]
    typed.loc[2] = [None, 6.67]
    people, shares = credit_tab._parts(typed, ids)
    assert (people, shares) == (("ana", "ben"), (Decimal("0.6"), Decimal("0.3333")))
    assert credit_tab._sum(shares) == "**The parts add up to 93.33 %; 100 % are needed.**"
    assert credit_tab._sum(()) == "**All of it is the owner’s.**"
