"""A realignment is told to everyone whom it touches, each account to who gets it."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date
from decimal import Decimal

import pytest
from docx import Document
from streamlit.testing.v1 import AppTest

from quarterdeck import clock, reads
from quarterdeck.commands.plans import PlanDeals, PlanMoves, plan_deals, plan_moves
from quarterdeck.commands.templates import (
    DropTemplate,
    KeepTemplate,
    drop_template,
    keep_command,
    keep_template,
    kept_at,
    kept_template,
)
from quarterdeck.engine import DuckDBEngine
from quarterdeck.exports import letters as exports
from quarterdeck.people import NOBODY, OWNER, Scope
from quarterdeck.refusal import Refused
from quarterdeck.ui import handing_over, letter_words, restyling, trying_letters
from quarterdeck.ui.handing_over import Told, everything
from quarterdeck.ui.letter_words import Handing
from tests import test_realignment as world
from tests.conftest import TODAY, asked, commit, looked_at, rows_of
from tests.test_letters import restyled
from tests.test_pages import opened, told
from tests.test_realignment import ANA, DANA, NOOR, RAY, START
from tests.test_territory_page import TERRITORY

CONTACTS = (
    "contact id,account,name,role,email,influence\nC1,Acme,Pat Lee,CFO,pat@acme.example,high\n"
    "C2,Acme,Ada Roe,,,\nC3,Fir,Sam Fox,CIO,,\n"
)
ACTIVITIES = (
    "activity id,kind,person,account,happened at,subject,outcome\n"
    + "".join(f"A{n},Call,Ana,Acme,2026-11-0{n} 09:00,Talk {n},Held\n" for n in range(1, 8))
    + "A8,Visit,Ben,Acme,2026-12-09 09:00,Ahead,\nA9,Visit,Fay,Fir,2026-11-03 09:00,Hidden,\n"
)
MONTHS = "Dec 2026 to Dec 2027"
QUESTIONS = ("account_deals", "account_contacts", "account_activities", "account_services")
MARCH = date(2027, 3, 1)
HOSTILE = "{{ 7*7 }} <w:p>& “{% for %}” \u202e"


def stocked(engine):
    world.fill(engine)
    commit(engine, looked_at(engine, CONTACTS, "contacts.csv"))
    commit(engine, looked_at(engine, ACTIVITIES, "activities.csv"))


@pytest.fixture
def team(once, engine, monkeypatch):
    monkeypatch.setenv(clock.VARIABLE, str(TODAY))
    return once(engine, stocked)


def planned(engine, scope=OWNER, published=True, deals=(), **more):
    """Acme and Cedar go from Ana to Ben; what its letters need to know of that."""
    plan = world.begun(engine, scope, **more)
    world.move(engine, plan, scope, Acme="south", Cedar="south")
    for rule, deal_id in deals:
        plan_deals(engine, PlanDeals(plan, (deal_id,), rule), scope=scope)
    if published:
        world.publish_now(engine, plan, scope)
    return handing(engine, plan)


def handing(engine, plan):
    found = {row["scenario_id"]: row for row in rows_of(engine, "scenarios", asked(engine))}[plan]
    return Handing(
        plan, found["effective_on"], found["credit_rule"], found["split_until_on"],
        found["quota_rule"] == "rebased", found["status"] != "published", "Dana",
    )  # fmt: skip


def telling(engine, one, scope=OWNER, today=TODAY):
    return Told(engine, scope, everything(asked(engine), today), one)


def letters(engine, one, scope=OWNER, today=TODAY):
    return handing_over.letters(telling(engine, one, scope, today))


def sheets(engine, one, scope=OWNER):
    found = handing_over.handovers(telling(engine, one, scope))
    return {sheet.account_name: sheet for sheet in found}


def read(content):
    """The paragraphs and the tables of a .docx."""
    document = Document(io.BytesIO(content))
    tables = [[[cell.text for cell in row.cells] for row in one.rows] for one in document.tables]
    return [line.text for line in document.paragraphs], tables


def plain_spaces(text):
    return text.replace("\u202f", " ")


# What letters tell


def test_everyone_whom_it_touches_reads_accounts_quota_and_deals(team):
    told = letters(team, planned(team, quota_rule="rebased"))
    assert set(told) == {"ana", "ben"}
    lines, (coming, quota, deals) = read(exports.letter(told["ben"]))
    assert lines[:2] == ["Your accounts from 1 Dec 2026", "Ben, team of Dana"]
    assert [(row[0], row[2], row[-1]) for row in coming[1:3]] == [
        ("Acme", "Ana", "Part of South"), ("Cedar", "Ana", "Part of South")
    ]  # fmt: skip
    assert "No account leaves you." in lines
    assert quota[1] == ["$1,250.07", "$3,000.07"]
    words = f"Your quota of {MONTHS}: $1,250.07 before, $3,000.07 from 1 Dec 2026: +$1,750.00."
    assert words in lines
    # Ana’s deal comes to Ben, who had one there already; Birch and its deal stay with Ana.
    assert [(row[1], row[3], row[5]) for row in deals[1:3]] == [
        ("D1", "$100.01", "Ben"), ("D2", "$50.00", "Ben")
    ]  # fmt: skip
    assert lines[-1] == "Dana"
    lines, (leaving, quota, _) = read(exports.letter(told["ana"]))
    assert [(row[0], row[2]) for row in leaving[1:3]] == [("Acme", "Ben"), ("Cedar", "Ben")]
    assert quota[1] == ["$2,500.00", "$750.00"]


def test_a_draft_says_so_and_gives_the_quota_with_its_arithmetic(team):
    draft = letters(team, planned(team, published=False, quota_rule="rebased"))
    lines, (_, quota, deals) = read(exports.letter(draft["ben"]))
    assert lines[1] == "Ben, team of Dana, draft, not published"
    assert quota[1] == ["$1,250.07", "$3,000.07"]
    words = f"Your quota of {MONTHS}: $1,250.07; 70 % of Ana’s potential comes to you: +$1,750.00."
    assert words in map(plain_spaces, lines)
    assert [row[5] for row in deals[1:3]] == ["Ben", "Ben"]
    mine = plain_spaces(draft["ana"].quota_words)
    assert mine.endswith("70 % of your own potential leaves you: −$1,750.00.")


@pytest.mark.parametrize(
    ("more", "words", "credited"),
    [
        ({"credit_rule": "move"}, "credited to the new holder from 1 Dec 2026", "Ben"),
        ({"credit_rule": "stay"}, "stay with whoever is credited with them now", "Ana"),
        (
            {"credit_rule": "split", "split_until_on": MARCH},
            "half and half to the old and the new holder until 1 Mar 2027",
            "Ana 50 %, Ben 50 %",
        ),
        ({"credit_rule": "move", "deals": [("stay", "D1")]}, "the new holder from", "Ana"),
    ],
)
def test_each_rule_for_open_deals_is_said_and_a_draft_tells_what_becomes_true(
    team, more, words, credited
):
    one = planned(team, published=False, **more)
    draft = letters(team, one)["ben"]
    world.publish_now(team, one.scenario_id)
    after = letters(team, handing(team, one.scenario_id))["ben"]
    assert words in after.credit_words
    found = {deal.name: deal.credited_to for deal in after.deals}
    assert found == {"D1": credited, "D2": "Ben"}
    assert (draft.deals, draft.credit_words) == (after.deals, after.credit_words)


def test_a_part_of_a_shared_deal_goes_over_and_the_rest_stays(team):
    splits = "deal id,person,share\nD1,Ana,62.5\nD1,Cy,37.5\n"
    commit(team, looked_at(team, splits, "deal_credits.csv"))
    one = planned(team, published=False, credit_rule="split", split_until_on=MARCH)
    (deal,) = [deal for deal in letters(team, one)["ana"].deals if deal.name == "D1"]
    assert deal.credited_to == "Ana 31.25 %, Ben 31.25 %, Cy 37.5 %"
    world.publish_now(team, one.scenario_id)
    (after,) = [
        deal
        for deal in letters(team, handing(team, one.scenario_id))["ana"].deals
        if deal.name == "D1"
    ]
    assert after == deal


def test_quotas_that_are_kept_stay_and_where_none_is_known_nothing_is_said(team):
    one = planned(team)
    words = letters(team, one)["ana"].quota_words
    assert words == f"Your quota of {MONTHS} stays as it is: $2,500.00."
    second = world.PlanRealignment("Second", START)
    plan = world.plan_realignment(team, second, scope=OWNER)
    plan_moves(team, PlanMoves(plan, "module", ("west",), ("cy",)), scope=OWNER)
    told = letters(team, handing(team, plan))
    assert set(told) == {"cy", "fay"}
    assert (told["cy"].quota_words, told["cy"].quota_after_usd) == ("", None)


def test_long_after_its_day_a_letter_still_tells_what_was_published(team):
    one = planned(team, quota_rule="rebased")
    then, late = letters(team, one)["ben"], letters(team, one, today=date(2027, 2, 1))["ben"]
    assert late.quota_words == then.quota_words
    assert [move.account_name for move in late.accounts_in] == ["Acme", "Cedar"]


def test_letters_leave_nothing_out_whatever_the_page_shows(team):
    one = planned(team)
    narrow = asked(
        team, person_ids=("ben",), product_lines=("Cloud",), strategic_only=True, basis="mrr",
        assignments="as_is", today=TODAY,
    )  # fmt: skip
    told = Told(team, OWNER, everything(narrow, TODAY), one)
    assert handing_over.letters(told) == letters(team, one)


# What the next holder of an account reads


def test_a_sheet_tells_contacts_the_last_five_activities_and_renewals(team):
    one = planned(team)
    found = sheets(team, one)
    assert list(found) == ["Acme", "Cedar"]
    acme = found["Acme"]
    assert [(each.name, each.role, each.influence) for each in acme.contacts] == [
        ("Ada Roe", "", ""), ("Pat Lee", "CFO", "high")
    ]  # fmt: skip
    assert [(done.day.day, done.by, done.subject) for done in acme.activities] == [
        (day, "Ana", f"Talk {day}") for day in (7, 6, 5, 4, 3)
    ]
    assert [(each.product, each.mrr_usd, each.renewal_on) for each in acme.services] == [
        ("Fibre", Decimal(10), date(2027, 1, 15))
    ]
    lines, tables = read(exports.handovers(list(found.values())))
    assert "From Ana to Ben on 1 Dec 2026" in lines
    assert ["Fibre", "$10.00", "15 Jan 2027"] in tables[-1]
    assert {"No contacts are known.", "No open deals."} <= set(lines)


@pytest.mark.parametrize("name", QUESTIONS)
def test_without_accounts_there_is_no_row_and_each_sees_the_own_team_only(team, name):
    known = world.ids(team)
    dealt = {"Acme": known["Acme"], "Dogwood": known["Dogwood"], "Fir": known["Fir"]}

    def seen(scope, *accounts):
        rows = rows_of(
            team, name, asked(team), scope=scope, narrowed_to=[dealt[one] for one in accounts]
        )
        return {row["account_name"] for row in rows}

    assert seen(OWNER) == set()
    assert seen(OWNER, "Acme") == seen(RAY, "Acme") == seen(DANA, "Acme") == {"Acme"}
    assert seen(NOOR, "Acme", "Dogwood") == seen(NOBODY, *dealt) == set()
    assert seen(DANA, "Fir") == set()
    assert seen(ANA, *dealt) == {"Acme"}


# Who may read them


@pytest.mark.parametrize(
    "scope", [NOOR, ANA, NOBODY, Scope("ola", "operations")], ids=lambda one: one.viewer_id
)
def test_nobody_reads_letters_of_a_realignment_they_may_not_see(team, scope):
    one = planned(team, DANA)
    assert set(letters(team, one, DANA)) == {"ana", "ben"}
    assert (letters(team, one, scope), sheets(team, one, scope)) == ({}, {})


def test_the_area_director_reads_those_of_a_draft_that_is_shared(team):
    hidden = planned(team, DANA, published=False)
    assert letters(team, hidden, RAY) == {}
    shared = world.PlanRealignment("First", START, hidden.scenario_id, is_shared=True)
    world.plan_realignment(team, shared, scope=DANA)
    assert set(letters(team, hidden, RAY)) == {"ana", "ben"}


# Names that mean harm


def test_a_name_that_means_harm_is_read_as_it_stands(team):
    file = f'account,potential\n"{HOSTILE}",5\n'
    commit(team, looked_at(team, file, "accounts.csv"))
    commit(team, looked_at(team, f'module,account\nNorth,"{HOSTILE}"\n', "modules.csv"))
    name = next(each for each in world.ids(team) if "7*7" in each)
    world.change_person(team, world.ChangePerson("ben", HOSTILE), scope=OWNER)
    plan = world.begun(team)
    target = PlanMoves(plan, "account", (world.ids(team)[name],), ("south",))
    plan_moves(team, target, scope=OWNER)
    one = handing(team, plan)
    lines, tables = read(exports.letter(letters(team, one)["ben"]))
    assert any("{{ 7*7 }} <w:p>& “{% for %}”" in line for line in lines)
    assert "{{ 7*7 }} <w:p>&" in tables[0][1][0]
    files = all_letters(telling(team, one))
    assert all(not set(file) & set('\\/:*?"<>|\u202e') for file in files)


def test_two_who_are_called_alike_have_a_letter_each(team):
    one = planned(team)
    with team.transaction() as cursor:
        cursor.execute("update person set person_name = 'Ana' where person_id = 'ben'")
    assert sorted(all_letters(telling(team, one))) == [
        "Letter to Ana (ana) 2026-12-01.docx", "Letter to Ana (ben) 2026-12-01.docx"
    ]  # fmt: skip


def all_letters(one, is_own=True):
    """The files of the .zip by name."""
    people = reads.answer(
        one.engine, one.scope, one.asked, "scenario_letters",
        scenario_id=one.handing.scenario_id, plan_on=one.handing.effective_on,
    )  # fmt: skip
    made = trying_letters._all_letters(one, trying_letters._labels(people), is_own=is_own)
    with zipfile.ZipFile(io.BytesIO(made)) as found:
        return {name: found.read(name) for name in found.namelist()}


# The organisation's own template


def own_template(words="With regards"):
    return restyled(lambda document: document.add_paragraph(words))


def keep(engine, content, scope=OWNER):
    keep_template(engine, keep_command("letter", content), content=content, scope=scope)


def test_a_restyled_template_is_kept_used_and_given_up(team):
    one, content = planned(team), own_template()
    assert kept_template(team, "letter") is None
    keep(team, content, DANA)
    assert kept_template(team, "letter") == content
    assert [path.name for path in kept_at(team, "letter").parent.iterdir()] == ["letter.docx"]
    (made, *_) = all_letters(telling(team, one)).values()
    assert read(made)[0][-1] == "With regards"
    (plain, *_) = all_letters(telling(team, one), is_own=False).values()
    assert read(plain)[0][-1] == "Dana"
    drop_template(team, DropTemplate("letter"), scope=DANA)
    assert kept_template(team, "letter") is None
    with pytest.raises(Refused, match="built-in template already"):
        drop_template(team, DropTemplate("letter"), scope=DANA)


def test_who_kept_which_template_is_written_down_without_its_bytes(team):
    content, version = own_template(), team.data_version()
    keep(team, content, RAY)
    (row,) = rows_of(team, "audit", asked(team), search="KeepTemplate")
    said = json.loads(row["payload"])
    assert (row["actor"], team.data_version()) == ("ray", version + 1)
    assert said == vars(keep_command("letter", content))
    assert (said["size_bytes"], len(said["sha256"])) == (len(content), 64)


@pytest.mark.parametrize(
    "scope", [ANA, NOBODY, Scope("ola", "operations")], ids=lambda one: one.role
)
def test_executives_operations_and_nobody_change_no_template(team, scope):
    first = own_template("First")
    keep(team, first)
    for change in (
        lambda: keep(team, own_template("Second"), scope),
        lambda: drop_template(team, DropTemplate("letter"), scope=scope),
    ):
        with pytest.raises(Refused) as said:
            change()
        assert all((said.value.what, said.value.where, said.value.do))
    assert kept_template(team, "letter") == first


def test_what_is_not_the_file_that_was_looked_at_leaves_the_old_one(team):
    first = own_template("First")
    keep(team, first)
    version = team.data_version()
    for command in (KeepTemplate("letter", "0" * 64, 5), keep_command("sheet", b"other")):
        with pytest.raises(Refused):
            keep_template(team, command, content=b"other", scope=OWNER)
    with pytest.raises(Refused, match="larger than 5 MB"):
        keep(team, bytes(5 * 2**20 + 1))
    assert (kept_template(team, "letter"), team.data_version()) == (first, version)


def test_where_the_entry_cannot_be_written_the_old_template_stays(team, monkeypatch):
    from quarterdeck.commands import templates

    def broken(*_):
        raise OSError("no room")

    first = own_template("First")
    keep(team, first)
    monkeypatch.setattr(templates.audit, "record", broken)
    with pytest.raises(OSError, match="no room"):
        keep(team, own_template("Second"))
    assert kept_template(team, "letter") == first
    assert [path.name for path in kept_at(team, "letter").parent.iterdir()] == ["letter.docx"]


def test_the_demo_and_own_data_in_one_folder_share_no_template(tmp_path):
    demo, own = (DuckDBEngine(tmp_path / f"{name}.duckdb") for name in ("demo", "quarterdeck"))
    keep(demo, own_template())
    assert kept_template(own, "letter") is None
    assert kept_at(demo, "letter").is_relative_to(tmp_path)


# On the page


@pytest.fixture
def shown(team, database, monkeypatch):
    """What the part of the page shows of a realignment, and the files behind its buttons."""
    files = {}

    def caught(label, file, file_name, **_):
        files[label] = (file_name, file)

    for module in (trying_letters, restyling):
        monkeypatch.setattr(module, "download_bytes", caught)
    monkeypatch.setenv("QUARTERDECK_DB", str(team.path))
    monkeypatch.setenv(clock.VARIABLE, str(TODAY))

    def drawn():
        team.close()
        screen = AppTest.from_function(_part, default_timeout=60).run()
        assert not screen.exception, screen.exception[0].stack_trace
        return screen, files

    return drawn


def _part():
    from quarterdeck.ui import planning, session, trying_letters

    session.awake()
    planning.begin()
    asked = session.everything(session.today())
    plan = session.planned("scenarios", "", asked).iloc[0]
    trying_letters.show(plan, asked)


def test_after_publishing_the_page_lists_everyone_and_has_the_files(shown, team):
    planned(team, quota_rule="rebased")
    screen, files = shown()
    said = told(screen)
    assert "**2 executives get a letter:** 2 accounts change hands from Tue 1 Dec." in said
    assert "Draft" not in said
    (rows,) = screen.table
    assert [[plain_spaces(str(cell)) for cell in row] for row in rows.value.values.tolist()] == [
        ["**Ana**", "0", "2", "$2.50 k → $750"],
        ["**Ben**", "2", "0", "$1.25 k → $3.00 k"],
    ]
    names = {label: name for label, (name, _) in files.items()}
    assert names == {
        "All letters (2)": "Letters 2026-12-01.zip",
        "This letter": "Letter to Ana 2026-12-01.docx",
        "Handover sheets (2 accounts)": "Handover sheets 2026-12-01.docx",
    }
    assert "Dear Ana," in read(files["This letter"][1]())[0]
    assert "Acme" in read(files["Handover sheets (2 accounts)"][1]())[0]
    screen.selectbox[0].select("ben").run()
    assert "Dear Ben," in read(files["This letter"][1]())[0]


def test_one_that_moves_nothing_needs_no_letter(shown, team):
    world.begun(team)
    screen, files = shown()
    assert told(screen) == "**Nothing changes hands, so nobody needs a letter.**"
    assert not files


def test_a_draft_is_marked_on_the_page_and_in_every_name(shown, team):
    planned(team, published=False)
    screen, files = shown()
    assert "Draft: nothing of this is decided." in told(screen)
    assert all(name.startswith("Draft ") for name, _ in files.values())
    with zipfile.ZipFile(io.BytesIO(files["All letters (2)"][1]())) as made:
        assert all(name.startswith("Draft letter to ") for name in made.namelist())


def test_very_many_sheets_come_in_several_files(shown, team, monkeypatch):
    monkeypatch.setattr(trying_letters, "MOST_SHEETS", 1)
    planned(team)
    screen, files = shown()
    assert "files of at most 1, all in one .zip" in told(screen)
    name, made = files["Handover sheets (2 accounts)"]
    assert name == "Handover sheets 2026-12-01.zip"
    with zipfile.ZipFile(io.BytesIO(made())) as found:
        assert found.namelist() == [
            "Handover sheets 01 of 02 2026-12-01.docx", "Handover sheets 02 of 02 2026-12-01.docx"
        ]  # fmt: skip


def upload(screen, content):
    screen.session_state["plan restyle"] = True
    screen.run()
    return screen.file_uploader[0].upload("mine.docx", content, restyling.DOCX).run()


def test_a_broken_template_is_refused_and_the_old_one_stays(shown, team):
    planned(team)
    first = own_template("First")
    keep(team, first)
    place = kept_at(team, "letter")
    screen, files = shown()
    upload(screen, b"PK no document")
    assert "Nothing was kept: The template is no Word document." in told(screen)
    assert "plan template keep" not in {button.key for button in screen.button}
    upload(screen, restyled(lambda document: document.add_paragraph("{{ salary }}")))
    assert "Nothing was kept" in told(screen)
    assert place.read_bytes() == first
    assert read(files["This letter"][1]())[0][-1] == "First"


def test_an_uploaded_template_is_used_until_the_built_in_one_is_wanted_again(shown, team):
    planned(team)
    place, content = kept_at(team, "letter"), own_template()
    screen, files = shown()
    upload(screen, content)
    screen.button(key="plan template keep").click().run()
    assert place.read_bytes() == content
    assert "Letters use your own template." in told(screen)
    assert read(files["This letter"][1]())[0][-1] == "With regards"
    assert files["The built-in template"][1]() == exports.template("letter")
    screen.button(key="plan template drop").click().run()
    assert not place.exists()
    assert "Letters use the built-in template." in told(screen)


def test_a_kept_template_that_was_spoilt_is_named_and_the_built_in_one_used(shown, team):
    planned(team)
    keep(team, own_template())
    kept_at(team, "letter").write_bytes(b"spoilt")
    screen, files = shown()
    assert "your own is spoilt: The template is no Word document." in told(screen)
    assert read(files["This letter"][1]())[0][-1] == letter_words.UNSIGNED


def test_the_publish_tab_of_the_page_has_the_letters(shown, team):
    planned(team)
    team.close()
    screen = opened(TERRITORY)
    screen.session_state["territory tabs"] = "Try a realignment"
    screen.session_state["plan tabs"] = "Publish"
    screen.run()
    assert not screen.exception, screen.exception[0].stack_trace
    assert "2 executives get a letter" in told(screen)
