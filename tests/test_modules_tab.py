"""The tab of modules, run without a browser: what it says, asks, previews and does."""

from __future__ import annotations

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from quarterdeck import clock
from quarterdeck.commands.modules import (
    CreateModule,
    MergeModules,
    MoveAccounts,
    RenameModule,
    SetModuleOwner,
    SplitModule,
    create_module,
    move_accounts,
)
from quarterdeck.commands.moving import Moved
from quarterdeck.engine import DuckDBEngine
from quarterdeck.people import OWNER
from quarterdeck.ui import module_outcome
from tests.conftest import TODAY, asked, commit, looked_at, rows_of
from tests.screen import plain_spaces
from tests.test_modules import DECEMBER, do, fill, fill_bare
from tests.test_pages import told
from tests.test_settings_page import on

HOSTILE = "![x](http://evil.example/x.png) :red[hot] <b>=1+1</b>"


def script(viewer="", role="owner"):
    import streamlit as st

    from quarterdeck.filters import Filters
    from quarterdeck.people import Scope
    from quarterdeck.ui import modules_tab, session

    session.awake()
    st.session_state["viewer"] = Scope(viewer, role)
    day = session.today()
    modules_tab.show(Filters(session.calendar().quarter_of(day), day))


@pytest.fixture
def known(database, monkeypatch):
    """What the database is filled with before the tab is opened."""
    monkeypatch.setenv(clock.VARIABLE, str(TODAY))

    def filled(fill, *more):
        engine = DuckDBEngine(database)
        fill(engine)
        for each in more:
            each(engine)
        engine.close()
        return database

    return filled


def opened(**viewer):
    screen = AppTest.from_function(script, kwargs=viewer, default_timeout=60).run()
    assert not screen.exception, screen.exception[0].stack_trace
    return screen


def ran(screen):
    screen = screen.run()
    assert not screen.exception, screen.exception[0].stack_trace
    return screen


def chosen(screen, kind):
    return ran(next(b for b in screen.selectbox if b.label == "What to do").select(kind))


def field(elements, label):
    return next(each for each in elements if each.label == label)


def button(screen, key="change modules"):
    return screen.button(key=key)


def rows(database, name="modules", on=TODAY, **more):
    engine = DuckDBEngine(database)
    try:
        return rows_of(engine, name, asked(engine, as_of=on), **more)
    finally:
        engine.close()


def text(screen):
    return told(screen).replace("*", "")


def test_nothing_known_says_what_a_module_is_and_offers_to_make_one(database, monkeypatch):
    monkeypatch.setenv(clock.VARIABLE, str(TODAY))
    screen = opened()
    assert "No module yet. A module is a book of accounts with an owner." in text(screen)
    assert "Nothing. Every account lies in a module" in text(screen)
    assert not database.exists()
    assert field(screen.selectbox, "What to do").options == ["Create a module"]


def test_modules_and_gaps_are_told_with_what_to_do(known):
    known(fill)
    screen = opened()
    shown = screen.dataframe[0].value
    assert shown["module_name"].tolist() == ["North", "West", "South", "Empty"]
    said = text(screen)
    assert "4 modules, 5 accounts, $1.30 k potential." in said
    assert "4 accounts in no module. Dogwood ($500, Cy; it is held by its owner alone)" in said
    assert "and 1 more. :gray[Move them to one below" in said
    assert "1 module without an owner. Empty ($0; it never had one)" in said
    assert "9 accounts without a place on the map." in said
    assert sum(each.proto.type == "primary" for each in screen.button) == 1


def test_without_modules_one_click_makes_one_for_each_executive_and_one_takes_them_back(known):
    database = known(fill_bare)
    screen = opened()
    assert "There is no module with accounts." in text(screen)
    screen = ran(button(screen, "one module each").click())
    assert "6 accounts lie elsewhere, 3 modules change hands." in text(screen)
    assert "3 accounts of nobody stayed out." in text(screen)
    assert len(rows(database)) == 3
    screen = ran(button(screen, "undo modules").click())
    assert "There is no module with accounts." in text(screen)
    assert not rows(database)


def test_accounts_are_searched_for_previewed_moved_and_taken_back(known):
    database = known(fill)
    screen = opened()
    assert button(screen).disabled
    assert "Choose the accounts that go, and where to." in text(screen)
    screen = ran(field(screen.text_input, "Find accounts").input("north"))
    offered = field(screen.multiselect, "Accounts")
    assert len(offered.options) == 3
    screen = ran(offered.select("acme").select("birch"))
    screen = ran(field(screen.selectbox, "To").select("south"))
    assert "2 accounts, $900 potential, go from Ana to Ben from Tue 1 Dec, into South." in text(
        screen
    )
    # Another search keeps what was chosen.
    screen = ran(field(screen.text_input, "Find accounts").input("fir"))
    assert field(screen.multiselect, "Accounts").value == ["acme", "birch"]
    screen = ran(field(screen.multiselect, "Accounts").select("fir"))
    assert "3 accounts, $1.15 k potential, go from 2 holders to Ben" in text(screen)
    screen = ran(button(screen).click())
    assert "3 accounts lie elsewhere from Tue 1 Dec." in text(screen)
    now = {row["account_id"]: row["module_id"] for row in rows(database, "module_accounts")}
    then = {
        row["account_id"]: row["module_id"] for row in rows(database, "module_accounts", DECEMBER)
    }
    assert (now["acme"], then["acme"], then["fir"]) == ("north", "south", "south")
    assert field(screen.multiselect, "Accounts").value == []
    ran(button(screen, "undo modules").click())
    assert {row["module_id"] for row in rows(database, "module_accounts", DECEMBER)} == {
        "north", "south", "west", "",
    }  # fmt: skip


def test_all_that_were_found_go_in_one_tick(known):
    database = known(fill)
    screen = ran(field(opened().text_input, "Find accounts").input("Ana"))
    tick = next(each for each in screen.checkbox if each.label == "All 4 accounts")
    screen = ran(tick.check())
    screen = ran(field(screen.selectbox, "To").select(""))
    assert "to whoever owns each of them" in text(screen)
    ran(button(screen).click())
    engine = DuckDBEngine(database)
    gone = rows_of(engine, "module_gaps", asked(engine, as_of=DECEMBER))
    engine.close()
    assert sum(row["kind"] == "account without a module" for row in gone) == 7


def test_a_module_is_given_to_somebody_and_who_has_left_is_not_offered(known):
    database = known(fill)
    screen = chosen(opened(), "give")
    offered = field(screen.selectbox, "To whom").options
    assert "Lee" not in offered
    assert "Nobody" in offered
    screen = ran(field(screen.selectbox, "Module").select("north"))
    screen = ran(field(screen.selectbox, "To whom").select("cy"))
    assert "North, 3 accounts, $1.00 k potential, goes from Ana to Cy from Tue 1 Dec." in text(
        screen
    )
    ran(button(screen).click())
    assert {row["module_id"]: row["person_id"] for row in rows(database, on=DECEMBER)}[
        "north"
    ] == "cy"


def test_a_module_is_split_merged_renamed_and_created(known):
    database = known(fill)
    screen = chosen(opened(), "split")
    screen = ran(field(screen.selectbox, "Module").select("north"))
    screen = ran(field(screen.multiselect, "Accounts").select("birch"))
    screen = ran(field(screen.text_input, "Name of the new module").input("North 2"))
    screen = ran(field(screen.selectbox, "Whose it is").select("ben"))
    assert "1 account, $300 potential, of North lies in North 2 of Ben from Tue 1 Dec." in text(
        screen
    )
    screen = chosen(ran(button(screen).click()), "merge")
    screen = ran(field(screen.selectbox, "Module that stays").select("west"))
    screen = ran(field(screen.selectbox, "Module that becomes part of it").select("south"))
    assert "1 account, $50 potential, of South lies in West of Cy from Tue 1 Dec." in text(screen)
    screen = chosen(ran(button(screen).click()), "rename")
    screen = ran(field(screen.selectbox, "Module").select("west"))
    screen = ran(field(screen.text_input, "Its new name").input("Far west"))
    screen = chosen(ran(button(screen).click()), "create")
    screen = ran(field(screen.selectbox, "Whose it is").select(""))
    screen = ran(field(screen.text_input, "Name of the new module").input("far WEST"))
    screen = ran(button(screen).click())
    assert "Another module is called so: Far west." in text(screen)
    assert field(screen.text_input, "Name of the new module").value == "far WEST"
    screen = ran(field(screen.text_input, "Name of the new module").input("Farther"))
    ran(button(screen).click())
    names = {row["module_name"]: row["is_over"] for row in rows(database, on=DECEMBER)}
    assert names == {
        "Far west": False, "Farther": False, "North": False, "North 2": False, "South": True,
        "Empty": False,
    }  # fmt: skip


def test_a_day_that_is_over_is_said_and_one_of_a_closed_quarter_cannot_be_picked(known):
    known(fill)
    screen = opened()
    day = field(screen.date_input, "Holds from")
    assert (day.value, day.min) == (DECEMBER, date(2026, 10, 1))
    screen = ran(day.set_value(date(2026, 11, 5)))
    assert "Thu 5 Nov is over:] what this quarter’s pages show" in text(screen)


def test_whoever_saves_second_sees_both_and_may_save_again(known):
    database = known(fill)
    screen = chosen(opened(), "rename")
    screen = ran(field(screen.selectbox, "Module").select("north"))
    screen = ran(field(screen.text_input, "Its new name").input("Mine"))
    other = chosen(opened(), "rename")
    other = ran(field(other.selectbox, "Module").select("north"))
    other = ran(field(other.text_input, "Its new name").input("Theirs"))
    ran(button(other).click())
    screen = ran(button(screen).click())
    assert "you saw “North”, it is now “Theirs”" in text(screen)
    ran(button(screen).click())
    assert "Mine" in {row["module_name"] for row in rows(database)}


def test_who_may_not_change_reads(known):
    known(fill)
    screen = opened(viewer="ana", role="executive")
    assert "1 module, 3 accounts, $1.00 k potential." in text(screen)
    assert not [each for each in screen.button if each.key == "change modules"]
    assert "Move them to one below" not in text(screen)


def test_a_director_is_refused_what_reaches_another_team(known):
    known(fill)
    screen = chosen(opened(viewer="dana", role="director"), "give")
    assert field(screen.selectbox, "Module").options == ["North", "South"]
    assert "Cy" not in field(screen.selectbox, "To whom").options
    screen = ran(field(screen.selectbox, "Module").select("north"))
    screen = ran(field(screen.selectbox, "To whom").select(""))
    screen = ran(button(screen).click())
    assert "Somebody out of your sight, or nobody, would have" in text(screen)


def test_a_module_of_the_past_reads_as_it_was(known):
    known(
        fill,
        lambda e: move_accounts(e, MoveAccounts(("acme",), "south", TODAY), scope=OWNER),
    )
    screen = opened()
    assert "as far back as is known" not in text(screen)
    screen.session_state["module past"] = True
    screen = ran(screen)
    screen = ran(field(screen.selectbox, "Module").select("south"))
    assert "Ben as far back as is known." in text(screen)
    past = screen.dataframe[-1].value
    assert past.to_numpy().tolist()[0][:2] == ["Acme", "Wed 25 Nov"]


def test_names_from_files_do_nothing_and_long_ones_fit(known):
    def hostile(engine):
        create_module(engine, CreateModule(HOSTILE, "ana", TODAY, ("acme",)), scope=OWNER)
        accounts = f'account,industry,potential\n"{HOSTILE}",Food,9000\n{"Very " * 60}long,Food,1\n'
        commit(engine, looked_at(engine, accounts, "accounts.csv", exported_on=TODAY))

    known(fill, hostile)
    screen = chosen(opened(), "rename")
    screen = ran(field(screen.text_input, "Its new name").input(HOSTILE + "2"))
    for part in (*screen.markdown, *screen.caption):
        assert "![x]" not in part.value
        assert " :red[hot]" not in part.value


def test_ten_thousand_accounts_send_fifty(known):
    def many(engine):
        names = "".join(f"Account {number},Food,{number}\n" for number in range(10_000))
        head = "account,industry,potential\n"
        commit(engine, looked_at(engine, head + names, "accounts.csv", exported_on=TODAY))

    known(fill_bare, many)
    screen = chosen(opened(), "create")
    assert len(field(screen.multiselect, "Accounts").options) == 50
    assert "The 50 largest of 10,009 are offered: letters narrow them." in text(screen)
    screen = ran(field(screen.text_input, "Find accounts").input("account 99"))
    assert "of 111 are offered" in text(screen)


def test_the_history_in_settings_says_each_change_in_words(known):
    def changed(engine):
        for command in (
            CreateModule("East", "ben", DECEMBER, ("acme",)),
            MoveAccounts(("birch", "cedar"), "south", DECEMBER),
            MoveAccounts(("elm",), "", DECEMBER),
            SetModuleOwner("west", "ana", DECEMBER),
            SplitModule("south", "South 2", ("birch",), "", DECEMBER),
            MergeModules("north", "west", DECEMBER),
            RenameModule("north", "Far north"),
        ):
            do(engine, command)

    known(fill, changed)
    said = text(on("History"))
    for words in (
        "East is a module of Ben with 1 account, from Tue 1 Dec.",
        "2 accounts lie in South, from Tue 1 Dec.",
        "1 account lies in no module, from Tue 1 Dec.",
        "West is Ana’s, from Tue 1 Dec.",
        "1 account of South lies in South 2, from Tue 1 Dec.",
        "West is part of Far north, from Tue 1 Dec.",
        "A module is called Far north.",
    ):
        assert words in said


@pytest.mark.parametrize(
    ("done", "says"),
    [
        (Moved(), "The module is saved."),
        (Moved(accounts=1, owners=1), "1 account lies elsewhere, 1 module changes hands."),
        (Moved(owners=2), "2 modules change hands."),
        (Moved(accounts=2, replaced=1), "2 accounts lie elsewhere. 1 change dated later gave way."),
        (Moved(accounts=1, always=1, note="So."),
         "1 account lies elsewhere. 1 account had no module: a first one counts always. So."),
    ],
)  # fmt: skip
def test_an_outcome_is_said_in_full(done, says):
    assert plain_spaces(module_outcome.words(done)) == says
