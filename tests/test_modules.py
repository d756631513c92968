"""Modules change by hand: from a day on, within sight, and nothing of the past moves."""

from __future__ import annotations

import json
from datetime import date, timedelta
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quarterdeck import clock
from quarterdeck.commands.modules import (
    CreateModule,
    MergeModules,
    MoveAccounts,
    OneModuleEach,
    RenameModule,
    SetModuleOwner,
    SplitModule,
    create_module,
    merge_modules,
    move_accounts,
    one_module_each,
    rename_module,
    set_module_owner,
    split_module,
)
from quarterdeck.commands.settings import ChangeSetting, change_setting
from quarterdeck.commands.undoing import undo_change
from quarterdeck.domain.naming import slug
from quarterdeck.engine import DuckDBEngine
from quarterdeck.importing.undoing import undo_import
from quarterdeck.people import NOBODY, OWNER, Scope
from quarterdeck.refusal import Refused
from tests.conftest import TODAY, asked, commit, faults, hashes, looked_at, rows_of
from tests.exam.figures import recorded, sized
from tests.test_books import held, modules_of, owners_of

ALWAYS, STILL = date(1, 1, 1), date(9999, 12, 31)
QUARTER, LATELY, DECEMBER = date(2026, 10, 1), date(2026, 11, 5), date(2026, 12, 1)
JANUARY, FEBRUARY = date(2027, 1, 1), date(2027, 2, 1)
PEOPLE = (
    "name,manager,hired on,left on\nAna,Dana,,\nBen,Dana,,\nLee,Dana,,2026-11-20\nCy,Noor,,\n"
    "Dana,Ray,,\nNoor,Ray,,\n"
)
ACCOUNTS = (
    "account,industry,owner,strategic,potential\nAcme,Mining,Ana,yes,600\nBirch,Mining,,no,300\n"
    "Cedar,Food,,no,100\nDogwood,Food,Cy,no,500\nElm,Food,,no,50\nFir,Food,Cy,no,250\n"
    "Gum,Food,Ana,no,40\nHolly,Food,,no,30\nIvy,Food,,no,20\n"
)
MODULES = (
    "module,account,owner\nNorth,Acme,Ana\nNorth,Birch,\nNorth,Cedar,\nSouth,Elm,Ben\n"
    "West,Fir,Cy\nEmpty,,\n"
)
DEALS = (
    "deal id,owner,account,stage,amount,created,close date\n"
    "D1,Ana,Acme,Won,100,2026-05-01,2026-08-14\nD2,Ben,Elm,Won,10,2026-05-01,2026-08-15\n"
    "D3,Ana,Acme,Open,7,2026-08-01,2026-12-20\nD4,Cy,Holly,Open,9,2026-07-01,2026-12-20\n"
    "D5,Ben,Holly,Open,5,2026-08-01,2026-12-20\nD6,Cy,Fir,Won,30,2026-06-01,2026-09-30\n"
)
DANA, NOOR, RAY = (
    Scope(one, role)
    for one, role in (("dana", "director"), ("noor", "director"), ("ray", "area_director"))
)
OPERATIONS, ANA = Scope("ola", "operations"), Scope("ana", "executive")


def fill_bare(engine):
    for name, text in (("people", PEOPLE), ("accounts", ACCOUNTS), ("deals", DEALS)):
        commit(engine, looked_at(engine, text, f"{name}.csv"))


def fill(engine):
    fill_bare(engine)
    commit(engine, looked_at(engine, MODULES, "modules.csv"))


@pytest.fixture
def team(engine, once, monkeypatch):
    monkeypatch.setenv(clock.VARIABLE, str(TODAY))
    return once(engine, fill)


@pytest.fixture
def bare(engine, once, monkeypatch):
    """The same without a module."""
    monkeypatch.setenv(clock.VARIABLE, str(TODAY))
    return once(engine, fill_bare)


ACTS = {
    CreateModule: create_module,
    MergeModules: merge_modules,
    MoveAccounts: move_accounts,
    OneModuleEach: one_module_each,
    RenameModule: rename_module,
    SetModuleOwner: set_module_owner,
    SplitModule: split_module,
}


def do(engine, command, scope=OWNER):
    return ACTS[type(command)](engine, command, scope=scope)


def refused(engine, command, scope=OWNER):
    """It is refused in three parts, and nothing is changed by it."""
    before = hashes(engine)
    with pytest.raises(Refused) as refusal:
        do(engine, command, scope)
    assert all(refusal.value.parts().values())
    assert hashes(engine) == before
    return refusal.value


def spells(engine, account_id):
    return [row[:3] for row in modules_of(engine, account_id)]


def shown(engine, scope=OWNER, on=TODAY, **chosen):
    """The modules as they are on a day, by id."""
    rows = rows_of(engine, "modules", asked(engine, as_of=on, **chosen), scope)
    return {row["module_id"]: row for row in rows}


def gaps(engine, scope=OWNER, kind="", on=TODAY, **more):
    rows = rows_of(engine, "module_gaps", asked(engine, as_of=on), scope, **more)
    return {(row["kind"], row["thing_id"]): row for row in rows if kind in row["kind"]}


def history(engine, module_id, kind, scope=OWNER, on=TODAY):
    rows = rows_of(
        engine, "module_history", asked(engine, as_of=on, module_ids=(module_id,)), scope
    )
    return sorted(
        (row["thing_id"], row["starts_on"], row["ends_on"]) for row in rows if row["kind"] == kind
    )


def holders(engine, on=TODAY, scope=OWNER, **more):
    rows = rows_of(engine, "module_accounts", asked(engine, as_of=on), scope, **more)
    return {row["account_id"]: row["person_id"] for row in rows}


# Create


def test_a_module_made_by_hand_is_the_one_that_a_file_finds(team, drop):
    done = do(team, CreateModule("East  side", "ben", TODAY, ("acme",)))
    assert (done.module_id, done.accounts, done.owners) == ("east-side", 1, 1)
    drop("module,account\nEast side,Gum\n", "modules.csv", exported_on=TODAY)
    assert [name for _, name in held(team, "module", "module_id, module_name")].count(
        "East side"
    ) == 1
    assert spells(team, "gum") == [("east-side", ALWAYS, STILL)]
    assert not faults(team)


@pytest.mark.parametrize("name", ["Öst & Süd", "東", "Ana’s 1st", "a" * 200])
def test_any_name_has_the_id_of_a_file(team, drop, name):
    module_id = do(team, CreateModule(name, "", TODAY)).module_id
    assert module_id == slug(name)
    drop(f'module,account\n"{name}",Gum\n', "modules.csv", exported_on=TODAY)
    assert spells(team, "gum") == [(module_id, ALWAYS, STILL)]


def test_a_first_known_link_has_always_been_so_and_is_told(team):
    done = do(team, MoveAccounts(("gum", "ivy"), "north", TODAY))
    assert (done.accounts, done.always) == (2, 2)
    assert modules_of(team, "gum") == [("north", ALWAYS, STILL, "assumed")]
    do(team, CreateModule("East", "ben", TODAY, ("acme",)))
    assert owners_of(team, "east") == [("ben", ALWAYS, STILL)]
    assert modules_of(team, "acme") == [
        ("north", ALWAYS, TODAY, "assumed"),
        ("east", TODAY, STILL, "command"),
    ]


def test_what_is_said_of_a_day_ahead_is_so_from_that_day(team):
    do(team, CreateModule("East", "cy", DECEMBER, ("gum",)))
    assert modules_of(team, "gum") == [("east", DECEMBER, STILL, "command")]
    assert owners_of(team, "east") == [("cy", DECEMBER, STILL)]
    assert holders(team)["gum"] == "ana"
    assert holders(team, DECEMBER)["gum"] == "cy"
    now = shown(team)["east"]
    assert (now["person_id"], now["accounts"], now["is_over"]) == ("", 0, False)
    assert (now["next_on"], now["next_change"]) == (DECEMBER, "goes to Cy, 1 account comes")


# Move


def test_accounts_lie_elsewhere_from_their_day_and_the_past_stays(team):
    before = shown(team)
    done = do(team, MoveAccounts(("acme", "birch"), "south", DECEMBER))
    assert (done.accounts, done.owners, done.replaced, done.note) == (2, 0, 0, "")
    assert spells(team, "acme") == [("north", ALWAYS, DECEMBER), ("south", DECEMBER, STILL)]
    now, then = shown(team), shown(team, on=DECEMBER)
    assert {each: row["accounts"] for each, row in now.items()} == {
        each: row["accounts"] for each, row in before.items()
    }
    assert now["north"]["next_change"] == "2 accounts go"
    assert (then["north"]["accounts"], then["south"]["accounts"]) == (1, 3)
    assert (then["south"]["potential_usd"], then["south"]["strategic_accounts"]) == (950, 1)


def test_a_later_word_gives_way_and_is_counted(team):
    do(team, MoveAccounts(("acme",), "south", JANUARY))
    do(team, MoveAccounts(("acme",), "west", FEBRUARY))
    done = do(team, MoveAccounts(("acme", "birch"), "west", DECEMBER))
    assert (done.accounts, done.replaced) == (2, 2)
    assert spells(team, "acme") == [("north", ALWAYS, DECEMBER), ("west", DECEMBER, STILL)]


def test_an_account_that_is_to_stay_after_all_stays_in_one_piece(team):
    do(team, MoveAccounts(("acme",), "south", JANUARY))
    done = do(team, MoveAccounts(("acme",), "north", DECEMBER))
    assert (done.accounts, done.replaced) == (1, 1)
    assert modules_of(team, "acme") == [("north", ALWAYS, STILL, "assumed")]


def test_out_of_every_module_an_account_is_its_own_owners(team):
    do(team, MoveAccounts(("acme", "birch"), "", DECEMBER))
    assert spells(team, "acme") == [("north", ALWAYS, DECEMBER)]
    found = gaps(team, kind="without a module", on=DECEMBER)
    assert found["account without a module", "acme"]["person_id"] == "ana"
    assert found["account without a module", "birch"]["why"] == "nobody owns it either"


def test_naming_an_account_twice_moves_it_once(team):
    assert do(team, MoveAccounts(("acme", "acme"), "south", DECEMBER)).accounts == 1


def test_what_is_so_already_of_some_moves_the_others(team):
    assert do(team, MoveAccounts(("acme", "elm"), "south", DECEMBER)).accounts == 1


# Owners, names


def test_a_module_changes_hands_from_its_day(team):
    done = do(team, SetModuleOwner("north", "ben", DECEMBER))
    assert (done.owners, done.accounts) == (1, 0)
    assert owners_of(team, "north") == [("ana", ALWAYS, DECEMBER), ("ben", DECEMBER, STILL)]
    assert (holders(team)["birch"], holders(team, DECEMBER)["birch"]) == ("ana", "ben")
    assert shown(team, on=DECEMBER)["north"]["owned_since"] == "2026-12-01"
    assert shown(team)["north"]["owned_since"] == "always"


def test_a_module_of_nobody_leaves_its_accounts_to_their_owners(team):
    do(team, SetModuleOwner("north", "", DECEMBER))
    assert holders(team, DECEMBER)["acme"] == "ana"
    assert holders(team, DECEMBER)["birch"] == ""
    found = gaps(team, kind="without an owner", on=DECEMBER)
    assert found["module without an owner", "north"]["why"] == "it has had none since 2026-12-01"


def test_another_name_is_another_name_for_all_days(team):
    do(team, RenameModule("north", "  Far\tnorth "))
    assert shown(team)["north"]["module_name"] == "Far north"
    assert history(team, "north", "owner") == [("ana", ALWAYS, None)]


# Split, merge


def test_a_split_module_reads_as_it_was_before(team):
    before = history(team, "north", "account"), holders(team)
    done = do(team, SplitModule("north", "North 2", ("birch", "cedar"), "ben", DECEMBER))
    assert (done.module_id, done.accounts) == ("north-2", 2)
    assert history(team, "north", "account") == [
        ("acme", ALWAYS, None), ("birch", ALWAYS, DECEMBER), ("cedar", ALWAYS, DECEMBER),
    ]  # fmt: skip
    assert history(team, "north-2", "account") == [
        ("birch", DECEMBER, None), ("cedar", DECEMBER, None),
    ]  # fmt: skip
    assert [row[0] for row in before[0]] == ["acme", "birch", "cedar"]
    assert holders(team) == before[1]
    assert holders(team, DECEMBER)["birch"] == "ben"


def test_two_modules_are_one_and_the_past_of_both_stays(team):
    do(team, MoveAccounts(("gum",), "south", JANUARY))
    done = do(team, MergeModules("north", "south", DECEMBER))
    assert (done.accounts, done.owners) == (2, 1)
    assert spells(team, "elm") == [("south", ALWAYS, DECEMBER), ("north", DECEMBER, STILL)]
    assert spells(team, "gum") == [("north", JANUARY, STILL)]
    assert owners_of(team, "south") == [("ben", ALWAYS, DECEMBER)]
    assert history(team, "south", "account") == [("elm", ALWAYS, DECEMBER)]
    assert shown(team, on=DECEMBER)["south"]["is_over"]
    assert not gaps(team, kind="without an owner", on=DECEMBER).keys() & {
        ("module without an owner", "south")
    }
    assert (holders(team)["elm"], holders(team, DECEMBER)["elm"]) == ("ben", "ana")


# One for each executive


def test_without_modules_everyone_with_accounts_has_one(bare):
    done = do(bare, OneModuleEach(TODAY))
    # Acme and Gum are Ana's, Holly's newest deal is Ben's; four are of nobody.
    assert (done.accounts, done.owners, done.left_out) == (6, 3, 3)
    rows = {row["module_name"]: row for row in shown(bare).values()}
    assert {name: row["accounts"] for name, row in rows.items()} == {
        "Ana’s accounts": 2, "Ben’s accounts": 2, "Cy’s accounts": 2,
    }  # fmt: skip
    assert all(row["owned_since"] == "always" for row in rows.values())
    assert modules_of(bare, "acme") == [(slug("Ana’s accounts"), ALWAYS, STILL, "assumed")]
    assert set(gaps(bare, kind="without a module")) == {
        ("account without a module", each) for each in ("birch", "cedar", "ivy")
    }


@pytest.mark.parametrize("scope", [OWNER, DANA, NOOR])
def test_one_for_each_is_for_whoever_has_none(team, scope):
    assert "already" in refused(team, OneModuleEach(TODAY), scope).what


def test_a_director_gives_one_to_each_of_the_own_team(bare):
    done = do(bare, OneModuleEach(TODAY), NOOR)
    assert (done.accounts, done.owners, done.left_out) == (2, 1, 0)
    assert {row["person_id"] for row in shown(bare).values()} == {"cy"}


def test_who_has_left_gets_no_module(bare, drop):
    drop("account,industry,owner\nJuniper,Food,Lee\n", "accounts.csv", exported_on=TODAY)
    assert do(bare, OneModuleEach(TODAY)).left_out == 4


def test_without_anyone_who_has_accounts_nothing_is_made(engine, drop, monkeypatch):
    monkeypatch.setenv(clock.VARIABLE, str(TODAY))
    drop("account,industry\nAcme,Food\n", "accounts.csv")
    assert "Nobody in your sight has an account." in refused(engine, OneModuleEach(TODAY)).what


def test_a_name_that_is_taken_gets_a_number(bare):
    do(bare, CreateModule("Ana’s accounts", "", TODAY))
    do(bare, OneModuleEach(TODAY))
    assert "Ana’s accounts 2" in {row["module_name"] for row in shown(bare).values()}


# Days


def test_a_day_in_a_closed_quarter_is_refused_and_one_of_this_quarter_is_told(team):
    said = refused(team, MoveAccounts(("acme",), "south", QUARTER - timedelta(days=1)))
    assert said.do == "Choose 1 Oct 2026 or a later day."
    done = do(team, MoveAccounts(("acme",), "south", LATELY))
    assert done.note.startswith("It is so from 5 Nov 2026:")
    assert do(team, MoveAccounts(("birch",), "south", TODAY)).note == ""
    assert do(team, MoveAccounts(("cedar",), "south", QUARTER)).note


def test_the_day_it_is_is_that_of_the_organisation(team, monkeypatch):
    """On New Year's Eve in Spokane the old quarter is open, though it is next year in UTC."""
    change_setting(team, ChangeSetting("time_zone", "America/Los_Angeles"), scope=OWNER)
    asked_for = []

    def today(zone="UTC"):
        asked_for.append(zone)
        return date(2026, 12, 31) if zone == "America/Los_Angeles" else date(2027, 1, 1)

    monkeypatch.setattr(clock, "today", today)
    assert do(team, MoveAccounts(("acme",), "south", DECEMBER)).accounts == 1
    assert "America/Los_Angeles" in asked_for


CHANGES = (
    CreateModule("East", "ben", LATELY, ("acme", "gum")),
    RenameModule("north", "Far north"),
    MoveAccounts(("acme", "gum", "fir"), "south", QUARTER),
    MoveAccounts(("acme",), "", LATELY),
    SetModuleOwner("north", "cy", LATELY),
    SplitModule("north", "North 2", ("acme",), "cy", LATELY),
    MergeModules("west", "north", LATELY),
)


@pytest.mark.parametrize("command", CHANGES, ids=lambda one: type(one).__name__)
def test_what_was_attained_in_a_closed_quarter_stays(team, command):
    def attained():
        return [rows_of(team, "attainment", asked(team, "2026-Q3", on, assignments="as_was"))
                for on in (date(2026, 9, 30), TODAY)]  # fmt: skip

    before = attained()
    assert before[1][0]["booked_usd"]
    do(team, command)
    assert attained() == before


# Refusals


WRONG = {
    "an empty name": (CreateModule(" \n", "", DECEMBER), "needs a name"),
    "a long name": (CreateModule("x" * 201, "", DECEMBER), "201 letters"),
    "a name that is taken": (CreateModule("north ", "", DECEMBER), "is called so: North"),
    "another's name": (RenameModule("north", "SOUTH"), "is called so: South"),
    "no new name": (RenameModule("north", ""), "needs a name"),
    "the same name": (RenameModule("north", "North"), "so already"),
    "a module unknown": (RenameModule("nowhere", "X"), "no such module"),
    "a module unknown, to go to": (MoveAccounts(("acme",), "nowhere", DECEMBER), "no such module"),
    "a module unknown, given": (SetModuleOwner("nowhere", "ana", DECEMBER), "no such module"),
    "an account unknown": (MoveAccounts(("acme", "zebra"), "south", DECEMBER), "no such account"),
    "an account unknown, in a new one": (CreateModule("X", "", DECEMBER, ("z",)), "no such acc"),
    "no account": (MoveAccounts((), "south", DECEMBER), "No account is chosen"),
    "what is so already": (MoveAccounts(("acme",), "north", DECEMBER), "so already"),
    "out of nothing": (MoveAccounts(("gum",), "", DECEMBER), "so already"),
    "the same owner": (SetModuleOwner("north", "ana", DECEMBER), "so already"),
    "somebody unknown": (SetModuleOwner("north", "zoe", DECEMBER), "no such person"),
    "somebody who left": (SetModuleOwner("north", "lee", DECEMBER), "Lee left on 20 Nov 2026"),
    "somebody who left, of a new one": (CreateModule("X", "lee", DECEMBER), "Lee left"),
    "somebody who left, of a part": (SplitModule("north", "X", ("acme",), "lee", DECEMBER), "Lee"),
    "accounts that lie elsewhere": (SplitModule("north", "X", ("elm",), "", DECEMBER), "elsewhere"),
    "nothing split off": (SplitModule("north", "X", (), "", DECEMBER), "No account is chosen"),
    "nothing left": (SplitModule("south", "X", ("elm",), "", DECEMBER), "Nothing would be left"),
    "a part of a taken name": (SplitModule("north", "West", ("acme",), "", DECEMBER), "called so"),
    "one module twice": (MergeModules("north", "north", DECEMBER), "no two"),
    "one that has nothing": (MergeModules("north", "empty", DECEMBER), "so already"),
    "a second unknown": (MergeModules("north", "nowhere", DECEMBER), "no such module"),
    "a closed quarter": (CreateModule("X", "", date(2026, 9, 30)), "closed"),
    "a closed quarter, an owner": (SetModuleOwner("north", "ben", ALWAYS), "closed"),
    "a closed quarter, a part": (SplitModule("north", "X", ("acme",), "", ALWAYS), "closed"),
    "a closed quarter, one of two": (MergeModules("north", "south", ALWAYS), "closed"),
    "a closed quarter, each": (OneModuleEach(ALWAYS), "closed"),
    "a day that never comes": (MoveAccounts(("acme",), "south", STILL), "never comes"),
}


@pytest.mark.parametrize("what", WRONG)
def test_what_cannot_be_is_refused_in_three_parts(team, what):
    command, said = WRONG[what]
    assert said in refused(team, command).what


def test_the_name_that_a_file_still_uses_is_taken(team):
    do(team, RenameModule("north", "Far north"))
    assert "was called so first: Far north" in refused(team, CreateModule("North", "", TODAY)).what
    assert "was called so first" in refused(team, RenameModule("south", "North")).what


def test_who_leaves_later_may_have_it_until_then(team):
    do(team, SetModuleOwner("north", "lee", date(2026, 11, 20)))
    found = gaps(team, kind="has left")
    assert found["owner has left", "north"]["why"] == "Lee left on 2026-11-20"
    assert shown(team)["north"]["has_left"]


@pytest.mark.parametrize(
    ("first", "second", "sees"),
    [
        (RenameModule("north", "A"), RenameModule("north", "B"), "saw “North”, it is now “A”"),
        (
            SetModuleOwner("north", "ben", DECEMBER),
            SetModuleOwner("north", "cy", DECEMBER),
            "saw “Ana”, it is now “Ben from 2026-12-01”",
        ),
    ],
)
def test_whoever_saves_second_sees_both(team, first, second, sees):
    seen = team.data_version()
    do(team, first, OPERATIONS)
    slow = type(second)(**vars(second) | {"seen": seen})
    assert sees in refused(team, slow).what


# Foreign hands


FOREIGN = {
    "another team's account": MoveAccounts(("fir",), "north", DECEMBER),
    "an account of nobody": MoveAccounts(("ivy",), "north", DECEMBER),
    "into another team's module": MoveAccounts(("acme",), "west", DECEMBER),
    "into a module of nobody": MoveAccounts(("acme",), "empty", DECEMBER),
    "to nobody": MoveAccounts(("birch",), "", DECEMBER),
    "to somebody of another team": SetModuleOwner("north", "cy", DECEMBER),
    "to no owner": SetModuleOwner("north", "", DECEMBER),
    "another team's module": SetModuleOwner("west", "ana", DECEMBER),
    "another name for it": RenameModule("west", "Ours"),
    "a part to another team": SplitModule("north", "X", ("acme",), "cy", DECEMBER),
    "a part of another team's": SplitModule("west", "X", ("fir",), "ana", DECEMBER),
    "another team's into the own": MergeModules("north", "west", DECEMBER),
    "the own into another team's": MergeModules("west", "north", DECEMBER),
    "a new one with theirs": CreateModule("X", "ana", DECEMBER, ("dogwood",)),
    "a new one for theirs": CreateModule("X", "cy", DECEMBER, ("acme",)),
    "a new one of nobody": CreateModule("X", "", DECEMBER),
}


@pytest.mark.parametrize("what", FOREIGN)
def test_a_director_changes_only_what_is_the_own_teams(team, what):
    refused(team, FOREIGN[what], DANA)


@pytest.mark.parametrize(
    "command",
    [
        CreateModule("X", "ben", DECEMBER, ("acme", "gum")),
        CreateModule("X", "", DECEMBER, ("acme",)),
        RenameModule("north", "Ours"),
        MoveAccounts(("acme",), "south", DECEMBER),
        MoveAccounts(("acme",), "", DECEMBER),
        SetModuleOwner("north", "ben", DECEMBER),
        SplitModule("north", "X", ("birch",), "ben", DECEMBER),
        MergeModules("south", "north", DECEMBER),
    ],
    ids=lambda one: type(one).__name__,
)
@pytest.mark.parametrize("scope", [DANA, RAY], ids=["director", "area director"])
def test_a_director_changes_the_own_team_and_takes_it_back(team, command, scope):
    before = hashes(team)
    number = do(team, command, scope).audit_id
    after = hashes(team)
    assert after != before
    undo_change(team, number, scope=scope)
    assert hashes(team) == before
    undo_change(team, team.data_version(), scope=scope)
    assert (hashes(team), faults(team)) == (after, [])


@pytest.mark.parametrize("scope", [ANA, NOBODY, Scope("ana", "nobody")])
@pytest.mark.parametrize(
    "command", [*CHANGES, OneModuleEach(TODAY)], ids=lambda c: type(c).__name__
)
def test_whoever_may_not_change_the_team_changes_no_module(team, command, scope):
    assert "may not change the team" in refused(team, command, scope).what


def test_what_is_out_of_sight_is_refused_in_the_words_of_what_is_not_there(team):
    for there, not_there in (
        (MoveAccounts(("fir",), "north", DECEMBER), MoveAccounts(("zebra",), "north", DECEMBER)),
        (RenameModule("west", "X"), RenameModule("nowhere", "X")),
        (SetModuleOwner("north", "cy", DECEMBER), SetModuleOwner("north", "zoe", DECEMBER)),
    ):
        one, other = refused(team, there, DANA), refused(team, not_there, DANA)
        assert (one.what, one.do) == (other.what, other.do)


def test_a_director_takes_nothing_back_that_is_promised_to_another_team(team):
    do(team, MoveAccounts(("acme",), "west", JANUARY), RAY)
    said = refused(team, MoveAccounts(("acme",), "south", DECEMBER), DANA)
    assert said.what == "Somebody out of your sight has this account from 1 Jan 2027."
    do(team, SetModuleOwner("north", "cy", JANUARY), RAY)
    assert "from 1 Jan 2027" in refused(team, SetModuleOwner("north", "ben", DECEMBER), DANA).what
    assert do(team, MoveAccounts(("acme",), "south", DECEMBER), RAY).replaced == 1


def test_a_director_undoes_no_change_that_reaches_another_team(team):
    numbers = [
        do(team, command).audit_id
        for command in (
            MoveAccounts(("acme",), "west", DECEMBER),
            SetModuleOwner("south", "cy", DECEMBER),
            RenameModule("west", "Far west"),
            CreateModule("Nobody", "", DECEMBER),
        )
    ]
    before = hashes(team)
    for number in numbers:
        with pytest.raises(Refused):
            undo_change(team, number, scope=DANA)
        with pytest.raises(Refused, match="may not take"):
            undo_change(team, number, scope=ANA)
    assert hashes(team) == before
    undo_change(team, numbers[3], scope=OWNER)
    with pytest.raises(Refused, match="out of your sight"):
        undo_change(team, team.data_version(), scope=DANA)


def test_a_director_sees_the_own_changes_in_the_history(team):
    do(team, MoveAccounts(("acme",), "south", DECEMBER), DANA)
    do(team, RenameModule("west", "Far west"), NOOR)
    for scope, said in ((DANA, ["MoveAccounts"]), (NOOR, ["RenameModule"]), (ANA, [])):
        rows = rows_of(team, "setting_changes", asked(team), scope)
        assert [row["command"] for row in rows] == said
    assert len(rows_of(team, "setting_changes", asked(team), RAY)) == 2


# Audit and undo


def test_each_change_is_one_entry_that_holds_its_words(team):
    before = team.data_version()
    done = do(team, SplitModule("north", "North 2", ("birch",), "ben", DECEMBER))
    assert done.audit_id == team.data_version() == before + 1
    (entry, *_) = rows_of(team, "setting_changes", asked(team))
    assert json.loads(entry["payload"])["account_ids"] == ["birch"]


def test_changes_of_one_thing_are_taken_back_one_after_the_other(team):
    stages = [hashes(team)]
    numbers = []
    for command in (
        MoveAccounts(("acme",), "south", DECEMBER),
        MoveAccounts(("acme",), "west", JANUARY),
        MoveAccounts(("acme",), "north", DECEMBER),
        RenameModule("north", "A"),
        RenameModule("north", "B"),
        SetModuleOwner("north", "ben", DECEMBER),
        SetModuleOwner("north", "cy", JANUARY),
    ):
        numbers.append(do(team, command).audit_id)
        stages.append(hashes(team))
    with pytest.raises(Refused, match="builds on this one") as said:
        undo_change(team, numbers[0], scope=OWNER)
    assert f"entry {numbers[2]}" in said.value.do
    for number, was in zip(reversed(numbers), stages[-2::-1], strict=True):
        undo_change(team, number, scope=OWNER)
        assert hashes(team) == was
    assert not faults(team)


def test_a_module_that_something_was_put_into_since_stays(team):
    number = do(team, CreateModule("East", "", TODAY)).audit_id
    later = do(team, MoveAccounts(("acme",), "east", DECEMBER)).audit_id
    with pytest.raises(Refused, match="builds on this one") as said:
        undo_change(team, number, scope=OWNER)
    assert said.value.do == f"Take back entry {later} first."
    undo_change(team, later, scope=OWNER)
    undo_change(team, number, scope=OWNER)
    assert "east" not in shown(team)
    assert not faults(team)


def test_a_name_does_not_come_back_beside_another_module_of_that_name(team):
    do(team, RenameModule("north", "A"))
    number = do(team, RenameModule("north", "B")).audit_id
    do(team, CreateModule("A", "", TODAY))
    before = hashes(team)
    with pytest.raises(Refused, match="Another module is called so by now"):
        undo_change(team, number, scope=OWNER)
    assert hashes(team) == before


# Beside files


@pytest.mark.parametrize(
    "command",
    [
        MoveAccounts(("acme",), "west", DECEMBER),
        SetModuleOwner("north", "cy", DECEMBER),
        RenameModule("north", "Far north"),
        CreateModule("East", "", DECEMBER, ("acme",)),
    ],
    ids=lambda one: type(one).__name__,
)
def test_no_file_written_again_overrules_what_was_done_by_hand(team, drop, command):
    first = drop("module,account,owner\nNorth,Gum,Ben\n", "modules.csv", exported_on=TODAY)
    drop("module,account\nSouth,Acme\n", "modules.csv", exported_on=TODAY)
    number = do(team, command).audit_id
    before = hashes(team)
    with pytest.raises(Refused, match="A change by hand") as said:
        undo_import(team, first["batch_id"], scope=OWNER)
    assert f"entry {number}" in said.value.do
    assert hashes(team) == before


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("module,owner\nNorth,Ben\n", SetModuleOwner("north", "cy", DECEMBER)),
        ("module,owner\nNORTH,Ana\n", RenameModule("north", "Far north")),
    ],
)
def test_what_was_set_by_hand_never_stands_beside_what_comes_back(team, drop, text, command):
    before = hashes(team)
    second = drop(text, "modules.csv", exported_on=TODAY)
    do(team, command)
    after = hashes(team)
    with pytest.raises(Refused, match="set by hand since"):
        undo_import(team, second["batch_id"], scope=OWNER)
    assert hashes(team) == after
    undo_change(team, team.data_version(), scope=OWNER)
    undo_import(team, second["batch_id"], scope=OWNER)
    assert (hashes(team), faults(team)) == (before, [])


def test_a_file_that_says_nothing_new_leaves_what_was_done_by_hand(team, drop):
    do(team, MoveAccounts(("acme",), "south", DECEMBER))
    drop("module,account,owner\nNorth,Acme,Ana\n", "modules.csv", exported_on=TODAY)
    assert spells(team, "acme") == [("north", ALWAYS, DECEMBER), ("south", DECEMBER, STILL)]


def test_two_owners_or_two_modules_on_one_day_are_rejected_with_the_other_line(team):
    text = "module,account,owner\nNorth,Acme,Ana\nNorth,Birch,Ben\nSouth,Acme,\n"
    staged = looked_at(team, text, "modules.csv")
    assert [(one["line"], one["reason"]) for one in staged.report["rejects"]] == [
        (3, "The module has another owner on the same day (line 2)"),
        (4, "The account has another module on the same day (line 2)"),
    ]


# What is read


def test_whoever_sees_less_reads_less(team):
    assert set(shown(team)) == set(shown(team, RAY)) == {"north", "south", "west", "empty"}
    assert set(shown(team, DANA)) == {"north", "south"}
    assert set(shown(team, NOOR)) == {"west"}
    assert set(shown(team, ANA)) == {"north"}
    assert not shown(team, NOBODY)
    assert set(holders(team, scope=ANA)) == {"acme", "birch", "cedar", "gum"}


def test_a_module_without_an_owner_is_its_accounts_directors(team):
    do(team, SetModuleOwner("north", "", DECEMBER))
    rows = shown(team, DANA, DECEMBER)
    assert (rows["north"]["accounts"], rows["north"]["potential_usd"]) == (1, 600)
    assert shown(team, on=DECEMBER)["north"]["accounts"] == 3
    assert "north" not in shown(team, NOOR, DECEMBER)


def test_who_will_have_a_module_sees_it_before(team):
    do(team, CreateModule("East", "ben", DECEMBER, ("elm",)), DANA)
    assert "east" in shown(team, DANA)
    assert "east" not in shown(team, NOOR)


def test_who_gets_a_module_from_another_team_is_not_named(team):
    do(team, SetModuleOwner("north", "cy", DECEMBER), RAY)
    assert shown(team, DANA)["north"]["next_change"] == "goes to somebody out of sight"
    assert shown(team, RAY)["north"]["next_change"] == "goes to Cy"


def test_each_sees_of_the_history_what_was_theirs(team):
    do(team, SetModuleOwner("north", "cy", LATELY))
    do(team, MoveAccounts(("gum",), "north", DECEMBER))
    assert history(team, "north", "owner", DANA) == [("ana", ALWAYS, LATELY)]
    assert history(team, "north", "owner", NOOR) == [("cy", LATELY, None)]
    assert [row[0] for row in history(team, "north", "account", DANA)] == [
        "acme", "birch", "cedar", "gum",
    ]  # fmt: skip
    do(team, SetModuleOwner("west", "", LATELY))
    do(team, MoveAccounts(("ivy",), "west", DECEMBER))
    assert [row[0] for row in history(team, "west", "account", DANA)] == []
    assert [row[0] for row in history(team, "west", "account", OWNER)] == ["fir", "ivy"]


def test_gaps_are_counted_in_full_however_many_are_shown(team):
    found = gaps(team, kind="without a module", rows_shown=1, rows_before=0)
    ((key, row),) = found.items()
    assert key == ("account without a module", "dogwood")
    assert row["things_in_all"] == 4
    assert row["why"] == "it is held by its owner alone"
    do(team, MoveAccounts(("dogwood",), "west", DECEMBER))
    now = gaps(team, kind="without a module")["account without a module", "dogwood"]
    assert now["why"] == "it comes to one on 2026-12-01"
    assert set(gaps(team, NOOR, "account without")) == {
        ("account without a module", "dogwood"),
        ("account without an address", "dogwood"),
        ("account without an address", "fir"),
    }


def test_an_owner_who_left_is_a_gap_and_one_who_never_was_too(team):
    assert gaps(team, kind="owner")["module without an owner", "empty"]["why"] == "it never had one"
    do(team, SetModuleOwner("empty", "ana", DECEMBER))
    assert not gaps(team, kind="module without")


def test_accounts_are_found_by_what_is_said_of_them_and_added_up(team):
    (first,) = rows_of(team, "module_accounts", asked(team), search="north", rows_shown=1)
    assert (first["account_id"], first["module_name"]) == ("acme", "North")
    assert (first["accounts_in_all"], first["potential_in_all_usd"]) == (3, 1000)
    assert (first["holders_in_all"], first["holder_name"]) == (1, "Ana")
    two = {"narrowed_to": ["acme", "fir"]}
    both = rows_of(team, "module_accounts", asked(team), **two)
    assert (both[0]["holders_in_all"], both[0]["holder_name"]) == (2, None)
    assert len(rows_of(team, "module_accounts", asked(team), DANA, **two)) == 1


# Whatever is done, in whatever order


DAYS = st.sampled_from([QUARTER, LATELY, TODAY, DECEMBER, JANUARY, FEBRUARY])
MODULE = st.sampled_from(["north", "south", "west", "empty", "x", "y"])
SOMEBODY = st.sampled_from(["", "ana", "ben", "cy"])
NAMES = st.sampled_from(["X", "Y", "North", "South", "Other"])
SOME = st.lists(
    st.sampled_from(["acme", "birch", "cedar", "dogwood", "elm", "fir", "gum", "ivy"]),
    min_size=1, max_size=4, unique=True,
).map(tuple)  # fmt: skip
COMMANDS = st.one_of(
    st.builds(CreateModule, NAMES, SOMEBODY, DAYS, SOME),
    st.builds(RenameModule, MODULE, NAMES),
    st.builds(MoveAccounts, SOME, st.one_of(st.just(""), MODULE), DAYS),
    st.builds(SetModuleOwner, MODULE, SOMEBODY, DAYS),
    st.builds(SplitModule, MODULE, NAMES, SOME, SOMEBODY, DAYS),
    st.builds(MergeModules, MODULE, MODULE, DAYS),
    st.just("undo"),
)


def overlapping(engine):
    """Where a module has two owners on a day, an account two modules, or a spell no day."""
    with engine.looking() as cursor:
        return cursor.execute(
            "with link as (select 'a' || account_id as id, valid_from, valid_to "
            "from module_account where superseded_at is null "
            "union all select 'm' || module_id, valid_from, valid_to "
            "from module_owner where superseded_at is null), "
            "next as (select *, lead(valid_from) over (partition by id order by valid_from) as n "
            "from link) select * from next where valid_from >= valid_to or n < valid_to"
        ).fetchall()


@pytest.mark.exam
@recorded(
    "Any changes of modules and undos: one owner and one module a day, undone all is as before",
    f"{sized(4, 200)} sequences",
)
@settings(max_examples=sized(4, 200), deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=st.lists(COMMANDS, min_size=1, max_size=8))
def test_any_changes_and_undos_leave_one_owner_and_one_module_a_day(team, tmp_path, steps):
    copy = team.back_up(tmp_path / f"{uuid4().hex}.duckdb")
    engine = DuckDBEngine(copy)
    stages, numbers = [hashes(engine)], list[int]()
    for step in steps:
        if step == "undo":
            if numbers:
                undo_change(engine, numbers.pop(), scope=OWNER)
                stages.pop()
                assert hashes(engine) == stages[-1]
            continue
        try:
            numbers.append(do(engine, step).audit_id)
        except Refused:
            assert hashes(engine) == stages[-1]
            continue
        stages.append(hashes(engine))
        assert not overlapping(engine)
    assert not faults(engine)
    while numbers:
        undo_change(engine, numbers.pop(), scope=OWNER)
        stages.pop()
        assert hashes(engine) == stages[-1]
    engine.close()
