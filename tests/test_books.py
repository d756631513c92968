"""Do modules, services, contacts and activities come in, in time, and go out again whole?"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quarterdeck import audit, catalog
from quarterdeck.domain.naming import slug
from quarterdeck.engine import DuckDBEngine, run
from quarterdeck.importing.child import take_careful_road
from quarterdeck.importing.committing import SHIFTS
from quarterdeck.importing.comparing import Arrival, compare
from quarterdeck.importing.dates import moment_readings
from quarterdeck.importing.exported import Occasion
from quarterdeck.importing.requests import Request
from quarterdeck.importing.undoing import undo_import
from quarterdeck.people import OWNER
from quarterdeck.refusal import Refused
from tests.conftest import TODAY, asked, commit, faults, hashes, looked_at, rows_of
from tests.exam.figures import sized

ALWAYS, STILL = date(1, 1, 1), date(9999, 12, 31)
HEADERS = {
    "modules.csv": "module,account,owner,valid from\n",
    "services.csv": "service id,account,product,mrr,nrc,activation date,term,renewal date,"
    "disconnect date\n",
    "contacts.csv": "contact id,account,name,role,email,influence\n",
    "activities.csv": "activity id,kind,person,account,deal,happened at,outcome,subject,place,"
    "miles\n",
}
FILES = {
    "modules.csv": "North,Acme,Ana,\nNorth,Birch,,\nSouth,Cedar,Ben,2026-02-01\nWest,,,\n",
    "services.csv": "S1,Acme,Fibre,100.50,20,2024-02-01,36,2027-02-01,\n,Birch,Racks,5,,,,,\n",
    "contacts.csv": "C1,Acme,Pat,CIO,pat@a.example,high\n,Birch,Kim,,,\n",
    "activities.csv": "A1,Call,Ana,Acme,,2026-11-19 09:30,held,Hello,Spokane,12.5\n"
    ",Visit,Ben,Birch,,2026-11-18,,,,\n,Visit,Ben,Birch,,2026-11-18,,,,\n",
}
LATER = {
    "modules.csv": "South,Acme,Ben,\nEast,Dogwood,Cy,\n",
    "services.csv": "S1,Acme,Fibre,120,20,2024-02-01,36,2027-02-01,2026-11-01\nS9,Elm,Lake,1,"
    ",,,,\n",
    "contacts.csv": "C1,Cedar,Pat Quill,CIO,pat@a.example,low\nC2,Elm,Lee,,,\n",
    "activities.csv": "A1,Call,Cy,Acme,,2026-11-19 10:30,missed,Hello,Boise,\n"
    "A2,Call,Ana,Elm,,2026-11-20,,,,\n",
}
FIRST_DAY, LATER_DAY = date(2026, 11, 20), date(2026, 11, 23)


def held(engine: DuckDBEngine, table: str, columns: str) -> list[tuple[Any, ...]]:
    """Those columns of what stands now."""
    with engine.looking() as cursor:
        return (
            cursor.table(table)
            .filter("superseded_at is null")
            .project(columns)
            .order("all")
            .fetchall()
        )


def modules_of(engine: DuckDBEngine, account_id: str) -> list[tuple[str, date, date, str]]:
    spells = held(engine, "module_account", "account_id, module_id, valid_from, valid_to, origin")
    return sorted(((row[1:]) for row in spells if row[0] == account_id), key=lambda row: row[1])


def owners_of(engine: DuckDBEngine, module_id: str) -> list[tuple[str, date, date]]:
    spells = held(engine, "module_owner", "module_id, person_id, valid_from, valid_to")
    return sorted(((row[1:]) for row in spells if row[0] == module_id), key=lambda row: row[1])


def modules(rows: str) -> str:
    return HEADERS["modules.csv"] + rows


def activities(rows: str) -> str:
    return HEADERS["activities.csv"] + rows


# Dated links


def test_a_first_known_assignment_has_always_been_so(engine, drop):
    drop(modules("North,Acme,Ana,2026-03-01\n"), "modules.csv")
    assert modules_of(engine, "acme") == [("north", ALWAYS, STILL, "assumed")]
    assert owners_of(engine, "north") == [("ana", ALWAYS, STILL)]


def test_a_later_assignment_is_so_from_its_day_else_from_the_export(engine, drop):
    drop(modules("North,Acme,Ana,\nNorth,Birch,,\n"), "modules.csv")
    drop(modules("South,Acme,,2026-08-01\nSouth,Birch,,\n"), "modules.csv", exported_on=LATER_DAY)
    moved = date(2026, 8, 1)
    assert modules_of(engine, "acme") == [
        ("north", ALWAYS, moved, "assumed"),
        ("south", moved, STILL, "import"),
    ]
    assert modules_of(engine, "birch") == [
        ("north", ALWAYS, LATER_DAY, "assumed"),
        ("south", LATER_DAY, STILL, "import"),
    ]


def test_rows_of_one_account_with_several_days_are_its_history(engine, drop):
    drop(modules("South,Acme,,2026-05-01\nNorth,Acme,,2025-01-01\n"), "modules.csv")
    turned = date(2026, 5, 1)
    assert modules_of(engine, "acme") == [
        ("north", ALWAYS, turned, "assumed"),
        ("south", turned, STILL, "import"),
    ]


def test_beside_rows_with_days_a_row_without_one_comes_first(engine, drop):
    drop(modules("South,Acme,,2026-05-01\nNorth,Acme,,\n"), "modules.csv")
    assert [spell[:2] for spell in modules_of(engine, "acme")] == [
        ("north", ALWAYS),
        ("south", date(2026, 5, 1)),
    ]


def test_old_days_of_accounts_do_not_say_since_when_a_new_owner_has_the_module(engine, drop):
    rows = "North,Acme,{0},2025-01-01\nNorth,Birch,{0},2025-06-01\n"
    drop(modules(rows.format("Ana")), "modules.csv")
    drop(modules(rows.format("Ben")), "modules.csv", exported_on=LATER_DAY)
    assert owners_of(engine, "north") == [("ana", ALWAYS, LATER_DAY), ("ben", LATER_DAY, STILL)]


def test_a_day_since_the_previous_export_or_of_the_module_alone_is_the_owners(engine, drop):
    lately, before = date(2026, 11, 21), date(2026, 8, 1)
    drop(modules("North,Acme,Ana,\nSouth,Birch,Ana,\n"), "modules.csv")
    rows = f"North,Acme,Ben,{lately}\nSouth,,Ben,{before}\n"
    drop(modules(rows), "modules.csv", exported_on=LATER_DAY)
    assert owners_of(engine, "north") == [("ana", ALWAYS, lately), ("ben", lately, STILL)]
    assert owners_of(engine, "south") == [("ana", ALWAYS, before), ("ben", before, STILL)]


def test_owners_of_one_module_on_several_days_are_its_history_and_stay_so(engine, drop):
    rows = "North,Acme,Ana,2025-01-01\nNorth,Birch,Ben,2026-03-01\n"
    drop(modules(rows), "modules.csv")
    before = owners_of(engine, "north")
    assert [owner for owner, _, _ in before] == ["ana", "ben"]
    drop(modules(rows + "South,Cedar,Cy,\n"), "modules.csv", exported_on=LATER_DAY)
    assert owners_of(engine, "north") == before


def test_the_files_word_replaces_what_was_known_from_its_day_on(engine, drop):
    drop(modules("South,Acme,,2026-05-01\nNorth,Acme,,2025-01-01\n"), "modules.csv")
    drop(modules("West,Acme,,2026-03-01\n"), "modules.csv", exported_on=LATER_DAY)
    assert [spell[:3] for spell in modules_of(engine, "acme")] == [
        ("north", ALWAYS, date(2026, 3, 1)),
        ("west", date(2026, 3, 1), STILL),
    ]


def test_a_plan_stays_while_an_export_says_what_is_so_today(engine, drop):
    planned = date(2027, 1, 1)
    drop(modules("North,Acme,,\nSouth,Acme,,2027-01-01\n"), "modules.csv")
    report = drop(modules("North,Acme,,\n"), "modules.csv", exported_on=LATER_DAY)
    assert report["changes"]["unchanged"] == 1
    assert [spell[:2] for spell in modules_of(engine, "acme")] == [
        ("north", ALWAYS),
        ("south", planned),
    ]


def test_a_row_may_have_an_owner_alone_or_an_account_alone(engine, drop):
    report = drop(modules("North,,Ana,\nNorth,Acme,,\nWest,,,\n"), "modules.csv")
    assert report["changes"]["new"] == 3
    assert owners_of(engine, "north") == [("ana", ALWAYS, STILL)]
    assert [row[0] for row in held(engine, "module", "module_id")] == ["north", "west"]


def test_a_module_that_changes_hands_is_one_change_however_many_accounts_it_has(engine, drop):
    rows = "".join(f"North,Account {number},{{0}},\n" for number in range(5))
    drop(modules(rows.format("Ana")), "modules.csv")
    report = drop(modules(rows.format("Ben")), "modules.csv", exported_on=LATER_DAY)
    assert report["changes"] == {
        "new": 0, "changed": 1, "unchanged": 4, "gone": 0, "reopened": 0,
    }  # fmt: skip
    assert owners_of(engine, "north") == [("ana", ALWAYS, LATER_DAY), ("ben", LATER_DAY, STILL)]


def test_an_account_in_two_modules_on_one_day_is_rejected_with_the_other_line(engine, drop):
    staged = looked_at(engine, modules("North,Acme,,\nSouth,ACME,,\n"), "modules.csv")
    (reject,) = staged.report["rejects"]
    assert (reject["line"], reject["column"], reject["value"]) == (3, "module", "South")
    assert reject["reason"] == "The account has another module on the same day (line 2)"
    with pytest.raises(Refused):
        commit(engine, staged)
    commit(engine, staged, only_good=True)
    assert [spell[0] for spell in modules_of(engine, "acme")] == ["north"]


def test_a_module_with_two_owners_on_one_day_is_rejected(engine, drop):
    staged = looked_at(engine, modules("North,Acme,Ana,\nNorth,Birch,Ben,\n"), "modules.csv")
    assert [one["reason"] for one in staged.report["rejects"]] == [
        "The module has another owner on the same day (line 2)"
    ]


def test_two_names_of_one_account_give_it_one_module(engine, drop):
    drop("account id,account,industry\nX1,Acme,Mining\n", "accounts.csv")
    drop(modules("North,Acme,,\nSouth,X1,,\n"), "modules.csv")
    assert modules_of(engine, "X1") == [("north", ALWAYS, STILL, "assumed")]
    assert not faults(engine)


def test_the_module_column_of_an_account_file_makes_module_and_link(engine, drop):
    drop("account,industry,module\nAcme,Mining,North\nBirch,Food,\n", "accounts.csv")
    drop("account,module\nAcme,South\n", "accounts.csv", exported_on=LATER_DAY, entity="account")
    assert [spell[:3] for spell in modules_of(engine, "acme")] == [
        ("north", ALWAYS, LATER_DAY),
        ("south", LATER_DAY, STILL),
    ]
    assert modules_of(engine, "birch") == []
    assert held(engine, "module", "module_name") == [("North",), ("South",)]


def test_an_account_file_that_says_nothing_new_leaves_the_modules_file_its_word(engine, drop):
    accounts = "account,industry,module\nAcme,{0},North\n"
    drop(accounts.format("Mining"), "accounts.csv")
    drop(modules("South,Acme,,2026-11-01\n"), "modules.csv")
    drop(accounts.format("Metals"), "accounts.csv", exported_on=LATER_DAY)
    assert [spell[0] for spell in modules_of(engine, "acme")] == ["north", "south"]


def test_an_emptied_module_ends_the_link(engine, drop):
    drop("account,industry,module\nAcme,Mining,North\n", "accounts.csv")
    drop("account,industry,module\nAcme,Mining,\n", "accounts.csv", exported_on=LATER_DAY)
    assert modules_of(engine, "acme") == [("north", ALWAYS, LATER_DAY, "assumed")]


def test_deals_count_for_the_module_of_their_day(engine, drop):
    drop(
        "deal id,owner,account,stage,amount,close date\nD1,Ana,Acme,Won,100,2026-10-05\n"
        "D2,Ana,Acme,Won,7,2026-11-05\n"
    )
    drop(modules("North,Acme,,\nSouth,Acme,,2026-11-01\n"), "modules.csv")
    for module, amount in (("north", 100), ("south", 7), ("nowhere", 0)):
        rows = rows_of(engine, "credited_deals", asked(engine, module_ids=(module,)))
        assert sum(row["credit_usd"] for row in rows) == amount


# Services


def test_a_service_is_known_from_its_activation_and_changes_from_the_export(engine, drop):
    drop(HEADERS["services.csv"] + FILES["services.csv"], "services.csv")
    drop(HEADERS["services.csv"] + LATER["services.csv"], "services.csv", exported_on=LATER_DAY)
    found = held(engine, "service", "service_id, valid_from, valid_to, mrr_usd, disconnected_on")
    assert [row for row in found if row[0] == "S1"] == [
        ("S1", date(2024, 2, 1), LATER_DAY, Decimal("100.50"), None),
        ("S1", LATER_DAY, STILL, Decimal("120.00"), date(2026, 11, 1)),
    ]
    assert [row[1:3] for row in found if row[0].startswith("n-")] == [(ALWAYS, STILL)]


def test_a_service_yet_to_be_activated_is_known_from_the_export(engine, drop):
    drop("service id,account,mrr,activation date\nS1,Acme,5,2027-03-01\n", "services.csv")
    assert held(engine, "service", "valid_from, activated_on") == [(FIRST_DAY, date(2027, 3, 1))]


def test_a_column_that_is_missing_leaves_a_service_as_it_was(engine, drop):
    drop("service id,account,mrr,activation date\nS1,Acme,5,2026-03-01\n", "services.csv")
    report = drop("service id,mrr,term\nS1,5,\n", "services.csv", exported_on=LATER_DAY)
    assert report["changes"]["unchanged"] == 1


# Contacts and activities


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2026-11-19T20:00:00-08:00", "2026-11-20 04:00:00"),
        ("2026-11-19 20:00 PST", "2026-11-20 04:00:00"),
        ("2026-11-19T20:00:00Z", "2026-11-19 20:00:00"),
        ("11/19/2026 8:05 PM", "2026-11-19 20:05:00"),
        ("2026-11-19", "2026-11-19 00:00:00"),
        ("Nov 19, 2026", "2026-11-19 00:00:00"),
    ],
)
def test_a_moment_with_a_zone_is_kept_in_utc_and_one_without_as_written(
    engine, drop, written, meant
):
    drop(activities(f'A1,Call,Ana,Acme,,"{written}",,,,\n'), "activities.csv")
    assert held(engine, "activity", "happened_at::varchar") == [(meant,)]


@given(
    st.datetimes(datetime.fromisoformat("1990-01-01"), datetime.fromisoformat("2100-01-01")),
    st.integers(-14 * 60, 14 * 60),
)
def test_every_zoned_moment_comes_back_as_the_same_instant(moment, minutes):
    moment = moment.replace(microsecond=0)
    sign, away = "-" if minutes < 0 else "+", abs(minutes)
    read = moment_readings(f"{moment.isoformat()}{sign}{away // 60:02d}:{away % 60:02d}")
    assert not isinstance(read, str)
    assert set(read.values()) == {moment - timedelta(minutes=minutes)}


def test_an_activity_without_a_day_is_rejected_and_a_bad_moment_is_listed(engine, drop):
    rows = (
        "A1,Call,Ana,,,soon,,,,\nA2,Call,Ana,,,,,,,\nA3,,Ana,,,2026-11-19 25:00,,,,\n"
        "A4,,Ana,,,2026-11-19,,,,\n"
    )
    staged = looked_at(engine, activities(rows), "activities.csv")
    assert [(one["line"], one["reason"]) for one in staged.report["rejects"]] == [
        (2, "No day that can be read on which it happened"),
        (3, "No day on which it happened"),
        (4, "No day that can be read on which it happened"),
    ]
    assert [(cell["line"], cell["reason"]) for cell in staged.report["cells"]] == [
        (2, "This is not a date"),
        (4, "There is no such time of day"),
    ]
    commit(engine, staged, only_good=True)
    assert held(engine, "activity", "activity_id, kind") == [("A4", "other")]


def test_the_order_of_day_and_month_is_asked_for_moments_too(engine):
    staged = looked_at(engine, activities("A1,Call,Ana,,,03/04/2026 10:00,,,,\n"), "activities.csv")
    assert [question["id"] for question in staged.report["questions"]] == ["date_order:happened_at"]


def test_two_calls_on_one_day_without_an_id_are_two_and_the_next_export_knows_both(engine, drop):
    rows = ",Call,Ana,Acme,,2026-11-19,,,,\n,Call,Ana,Acme,,2026-11-19,,,,\n"
    assert drop(activities(rows), "activities.csv")["changes"]["new"] == 2
    again = rows + ",Call,Ben,Acme,,2026-11-20,,,,\n"
    report = drop(activities(again), "activities.csv", exported_on=LATER_DAY)
    assert (report["changes"]["new"], report["changes"]["unchanged"]) == (1, 2)


def test_people_are_found_by_id_mail_or_name_and_deals_by_id_or_their_only_name(engine, drop):
    drop("person id,name,email,manager\nP1,Ana Lee,ana@a.example,Dana\n", "people.csv")
    drop(
        "deal id,deal name,account,owner,stage\nD1,Fibre ring,Acme,Ana Lee,Open\n"
        "D2,Twin,Acme,Ana Lee,Open\nD3,Twin,Birch,Ana Lee,Open\n"
    )
    rows = (
        "A1,Call,P1,Acme,D1,2026-11-19,,,,\nA2,Call,ana@a.example,Acme,FIBRE RING,2026-11-19,,,,\n"
        "A3,Call,ana lee,Birch,Twin,2026-11-19,,,,\nA4,Call,Zed,,Twin,2026-11-19,,,,\n"
        "A5,Call,zed@a.example,,Unheard,2026-11-19,,,,\n"
    )
    drop(activities(rows), "activities.csv")
    found = held(engine, "activity", "activity_id, person_id, deal_id")
    assert [row[1] for row in found] == ["P1", "P1", "P1", "zed", slug("zed@a.example")]
    assert [row[2] for row in found] == ["D1", "D1", "D3", None, None]
    assert not faults(engine)


def test_rows_without_an_account_are_kept(engine, drop):
    drop(HEADERS["contacts.csv"] + "C1,,Pat,CIO,pat@a.example,\n", "contacts.csv")
    drop(HEADERS["services.csv"] + "S1,,Fibre,5,,,,,\n", "services.csv")
    drop(activities("A1,Call,,,,2026-11-19,,,,\n"), "activities.csv")
    for table in ("contact", "service", "activity"):
        assert held(engine, table, "account_id") == [(None,)]
    assert not faults(engine)


# Whatever the file


@pytest.mark.parametrize("name", FILES)
def test_the_same_file_twice_changes_nothing(engine, drop, name):
    text = HEADERS[name] + FILES[name]
    drop(text, name)
    before = hashes(engine)
    assert sum(drop(text, name)["changes"].values()) == text.count("\n") - 1
    assert drop(text, name, exported_on=LATER_DAY)["changes"]["unchanged"] == text.count("\n") - 1
    assert hashes(engine) == before


@pytest.mark.parametrize("name", FILES)
def test_undo_gives_every_table_back(engine, drop, name):
    states, batches = [hashes(engine)], []
    for day, rows in ((FIRST_DAY, FILES), (LATER_DAY, LATER)):
        batches.append(drop(HEADERS[name] + rows[name], name, exported_on=day)["batch_id"])
        states.append(hashes(engine))
    assert not faults(engine)
    for batch, state in zip(reversed(batches), (states[1], states[0]), strict=True):
        assert undo_import(engine, batch, scope=OWNER).kept == ()
        assert hashes(engine) == state


@pytest.mark.parametrize("name", FILES)
def test_hostile_names_come_in_as_written(engine, drop, name):
    hostile = "![x](http://a.example) <script>$1;drop table person--:red[x]‮"
    rows = FILES[name].replace("Acme", f'"{hostile}"').replace("Ana", f'"{hostile}"')
    rows = rows.replace("North", f'"{hostile}"').replace("Pat,", f'"{hostile}",')
    drop(HEADERS[name] + rows, name)
    accounts = held(engine, "account_version", "account_name")
    assert any(text.startswith("![x](http://a.example) <script>$1;drop") for (text,) in accounts)
    assert not faults(engine)


@pytest.mark.parametrize("name", FILES)
def test_an_empty_file_and_a_header_alone_are_refused_in_three_parts(engine, name):
    for text in ("", HEADERS[name]):
        with pytest.raises(Refused) as refusal:
            looked_at(engine, text, name)
        assert all(refusal.value.parts().values())


@pytest.mark.parametrize("name", FILES)
def test_what_a_file_is_can_be_said(engine, name):
    entity = {"activities.csv": "activity"}.get(name, name.removesuffix("s.csv"))
    text = HEADERS[name] + FILES[name]
    assert looked_at(engine, text, name).report["entity"] == entity
    assert looked_at(engine, text, name, entity=entity).report["entity"] == entity
    with pytest.raises(Refused):
        looked_at(engine, "alpha,beta\n1,2\n", name, entity=entity)


def test_accounts_and_people_that_others_rely_on_stay_when_their_import_is_undone(engine, drop):
    accounts = drop("account,industry,module\nAcme,Mining,North\n", "accounts.csv")
    drop(modules("South,Acme,Ana,2026-11-01\nNorth,Birch,,\n"), "modules.csv")
    for name in ("services.csv", "contacts.csv", "activities.csv"):
        drop(HEADERS[name] + FILES[name], name)
    kept = undo_import(engine, accounts["batch_id"], scope=OWNER).kept
    assert set(kept) == {"Acme", "North"}
    assert not faults(engine)


def test_links_of_two_kinds_of_file_never_overlap_whichever_is_undone_first(engine, drop):
    drop(modules("North,Acme,,\n"), "modules.csv")
    accounts = drop("account,industry,module\nAcme,Mining,South\n", "accounts.csv")
    later = drop(modules("West,Acme,,2026-11-22\n"), "modules.csv", exported_on=LATER_DAY)
    undo_import(engine, accounts["batch_id"], scope=OWNER)
    assert not faults(engine)
    undo_import(engine, later["batch_id"], scope=OWNER)
    assert not faults(engine)
    assert {spell[0] for spell in modules_of(engine, "acme")} <= {"north"}


def test_activities_wait_for_a_deal_whose_import_was_taken_back(engine, drop):
    deals = drop("deal id,account,stage\nD1,Acme,Open\n")
    drop(activities("A1,Call,Ana,Acme,D1,2026-11-19,,,,\n"), "activities.csv")
    undo_import(engine, deals["batch_id"], scope=OWNER)
    assert held(engine, "activity", "deal_id") == [("D1",)]
    assert not faults(engine)


# Any order

DAYS = [date(2026, 1, 1) + timedelta(days=30 * step) for step in range(8)]
POINTS = st.dictionaries(
    st.sampled_from(("Acme", "Birch")),
    st.dictionaries(st.sampled_from(DAYS), st.sampled_from(("North", "South", "West")), min_size=1),
    min_size=1,
)


def told(engine: DuckDBEngine, points: dict[str, dict[date, str]], exported_on: date) -> None:
    """Commit a file of modules in this process, whatever came before it."""
    out = engine.folder / "staging" / uuid4().hex
    out.mkdir(parents=True)
    rows = "".join(
        f"{module},{account},{module} owner,{day}\n"
        for account, held_in in points.items()
        for day, module in held_in.items()
    )
    (out / "original").write_text(modules(rows))
    occasion = Occasion(TODAY, ZoneInfo("UTC"), exported_on)
    take_careful_road(Request(out / "original", "modules.csv", None, {}, occasion, out))
    arrival = Arrival(
        "module", str(out / "rows.parquet"), ("module", "account", "owner", "valid_from"),
        exported_on, "full", "USD",
    )  # fmt: skip
    with engine.transaction() as cursor:
        writing = compare(cursor, arrival).parameters
        writing |= {
            "batch_id": uuid4().hex,
            "at": audit.moment(cursor),
            "origin": "import",
            "from_on": exported_on,
        }
        for step in ("module_commit", *SHIFTS["module"]):
            run(cursor, catalog.statements(step), writing)
        run(cursor, catalog.statements("people_derive"), writing)


def on(spells: list[tuple[str, date, date, str]], day: date) -> str | None:
    holding = [module for module, start, end, _ in spells if start <= day < end]
    assert len(holding) < 2
    return holding[0] if holding else None


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> DuckDBEngine:
    return DuckDBEngine(tmp_path_factory.mktemp("books") / "quarterdeck.duckdb")


@settings(max_examples=sized(25, 200), deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(POINTS, st.sampled_from(DAYS)), min_size=2, max_size=3))
def test_any_order_of_module_files_gives_links_without_overlap(shared, files):
    turn = uuid4().hex
    known: dict[str, list[tuple[str, date, date, str]]] = {"Acme": [], "Birch": []}
    for points, exported_on in files:
        told(shared, {f"{name} {turn}": said for name, said in points.items()}, exported_on)
        for name, before in known.items():
            now = modules_of(shared, f"{name.lower()}-{turn}")
            for day in [*DAYS, date(2025, 1, 1)]:
                assert on(now, day) in expected(points.get(name, {}), before, day, exported_on)
            known[name] = now
    assert not faults(shared)


def expected(
    said: dict[date, str], before: list[tuple[str, date, date, str]], day: date, exported_on: date
) -> set[str | None]:
    """What may hold on a day: the file's word from its first day on, else what was known.

    After the export's day and the file's last one, what was planned before may stay.
    """
    if not said:
        return {on(before, day)}
    past = [point for point in said if point <= day] or ([min(said)] if not before else [])
    if not past:
        return {on(before, day)}
    word: set[str | None] = {said[max(past)].lower()}
    return word | {on(before, day)} if day > max(*said, exported_on) else word
