"""Whose is it: as it was, and with today's assignments?"""

from __future__ import annotations

import random
from datetime import date, timedelta
from decimal import Decimal

import pytest

from quarterdeck.commands.people import SetManager, set_manager
from quarterdeck.people import OWNER, scope_of
from tests import everything
from tests.conftest import TODAY, asked, commit, looked_at, rows_of

JULY = date(2026, 7, 1)
TEAM = "name,manager\nAna,Dana\nBen,Dana\nCy,Noor\nDana,Ray\nNoor,Ray\n"
MODULES = "module,account,owner,valid from\nNorth,Acme,Ana,\nSouth,Birch,Ben,\n"
HANDED_OVER = "module,owner,valid from\nNorth,Ben,2026-08-15\n"
# Before and after the hand-over, and open; in no module; split; not theirs.
DEALS = (
    "deal id,owner,account,stage,amount,created,close date\n"
    "D1,Ana,Acme,Won,100,2026-06-01,2026-08-14\n"
    "D2,Ben,Acme,Won,20,2026-06-01,2026-08-15\n"
    "D3,Ben,Acme,Proposal,7,2026-06-01,2026-12-01\n"
    "D4,Ana,Cedar,Won,3,2026-06-01,2026-08-20\n"
    "D5,Cy,Dogwood,Won,1,2026-06-01,2026-08-21\n"
)
QUOTAS = "person,period,quota\nAna,2026-Q3,300\nBen,2026-Q3,60\nCy,2026-Q3,30\n"
AS_IS = {"assignments": "as_is", "today": TODAY}


def fill(engine):
    for name, text in (
        ("people.csv", TEAM),
        ("modules.csv", MODULES),
        ("quotas.csv", QUOTAS),
    ):
        commit(engine, looked_at(engine, text, name, exported_on=JULY))
    commit(engine, looked_at(engine, DEALS, exported_on=date(2026, 10, 2)))
    commit(engine, looked_at(engine, HANDED_OVER, "modules.csv", exported_on=date(2026, 8, 15)))


@pytest.fixture
def team(engine, once):
    return once(engine, fill)


def booked(engine, scope=OWNER, period="2026-Q3", as_of=TODAY, **chosen):
    rows = rows_of(engine, "attainment", asked(engine, period, as_of, **chosen), scope)
    return {row["person_name"]: row["booked_usd"] for row in rows}


def open_of(engine, **chosen):
    rows = rows_of(engine, "funnel_by", asked(engine, **chosen))
    return {row["part_name"]: row["open_usd"] for row in rows if row["deals"]}


def test_as_it_was_a_transfer_in_mid_quarter_moves_nothing_that_closed(team):
    assert booked(team) == {
        "All": 124, "Ana": 103, "Ben": 20, "Cy": 1, "Dana": 123, "Noor": 1, "Ray": 124,
    }  # fmt: skip
    assert open_of(team) == {"Ben": 7}


def test_with_todays_assignments_all_of_an_account_is_its_owners(team):
    assert booked(team, **AS_IS) == {
        "All": 124, "Ana": 3, "Ben": 120, "Cy": 1, "Dana": 123, "Noor": 1, "Ray": 124,
    }  # fmt: skip
    assert open_of(team, **AS_IS) == {"Ben": 7}


def test_of_an_earlier_day_they_are_still_todays(team):
    then = {"as_of": date(2026, 8, 14)}
    assert booked(team, **then)["Ana"] == 100
    assert booked(team, **then, **AS_IS) == {
        "All": 100, "Ana": 0, "Ben": 100, "Cy": 0, "Dana": 100, "Noor": 0, "Ray": 100,
    }  # fmt: skip


def test_a_deal_in_no_module_is_its_owners_of_today(team):
    moved = DEALS.replace("D4,Ana", "D4,Ben")
    commit(team, looked_at(team, moved, exported_on=date(2026, 11, 2)))
    assert booked(team)["Ana"] == 103
    assert booked(team, **AS_IS)["Ana"] == 0
    assert booked(team, **AS_IS)["Ben"] == 123


def test_a_split_gives_way_to_the_one_owner_of_today(team):
    share = "insert into deal_credit values ('D1', ?, ?, ?, ?, 'command', null, ?, null)"
    always = (date(1, 1, 1), date(9999, 12, 31), everything.AT)
    with team.transaction() as cursor:
        cursor.execute(share, ["ana", Decimal("0.6"), *always])
        cursor.execute(share, ["cy", Decimal("0.4"), *always])
    assert (booked(team)["Ana"], booked(team)["Cy"]) == (63, 41)
    assert (booked(team, **AS_IS)["Ben"], booked(team, **AS_IS)["Cy"]) == (120, 1)


def test_quotas_stay_with_the_person(team):
    then, now = (
        {row["person_name"]: row["quota_usd"] for row in rows_of(team, "attainment", which)}
        for which in (asked(team, "2026-Q3"), asked(team, "2026-Q3", **AS_IS))
    )
    assert then == now
    assert now["Ben"] == 60


def test_a_module_holds_the_accounts_that_lie_in_it_today(team):
    regrouped = "module,account,owner,valid from\nSouth,Acme,,2026-09-01\n"
    commit(team, looked_at(team, regrouped, "modules.csv", exported_on=date(2026, 9, 1)))
    assert booked(team, module_ids=("north",))["All"] == 120
    assert booked(team, module_ids=("north",), **AS_IS)["All"] == 0
    assert booked(team, module_ids=("south",), **AS_IS)["All"] == 120


def test_nobody_sees_what_belongs_today_to_somebody_out_of_their_sight(team):
    ana = scope_of(team, "Ana", TODAY)
    assert booked(team, ana)["Ana"] == 103
    assert booked(team, ana, **AS_IS) == {"All": 3, "Ana": 3}
    shown = rows_of(team, "credited_deals", asked(team, "2026-Q3", **AS_IS), ana)
    assert [row["deal_id"] for row in shown] == ["D4"]
    assert rows_of(team, "open_deals", asked(team, **AS_IS), ana) == []
    found = rows_of(team, "search", asked(team, **AS_IS), ana, words="D")
    assert {row["id"] for row in found if row["kind"] == "deal"} == {"D4"}


def test_an_account_is_found_by_whose_it_is_today(team):
    for owner, day in (("Ana", date(2026, 7, 1)), ("Cy", date(2026, 9, 1))):
        text = f"account,industry,owner\nElm,Fish,{owner}\n"
        commit(team, looked_at(team, text, "accounts.csv", exported_on=day))
    august = {"as_of": date(2026, 8, 28)}

    def finds(name, **chosen):
        scope = scope_of(team, name, TODAY)
        return bool(rows_of(team, "search", asked(team, **august, **chosen), scope, words="Elm"))

    assert (finds("Dana"), finds("Noor")) == (True, False)
    assert (finds("Dana", **AS_IS), finds("Noor", **AS_IS)) == (False, True)


# Ben goes from Dana to Noor after the quarter.


@pytest.fixture
def departed(team):
    set_manager(team, SetManager("ben", "noor", date(2026, 11, 2)), scope=OWNER)
    return team


def test_a_closed_quarter_stays_with_the_director_whose_executive_left(departed):
    dana, noor = (scope_of(departed, name, TODAY) for name in ("Dana", "Noor"))
    assert (booked(departed)["Dana"], booked(departed)["Noor"]) == (123, 1)
    assert booked(departed, dana) == {"All": 123, "Ana": 103, "Ben": 20, "Dana": 123}
    assert booked(departed, noor)["All"] == 1


def test_with_todays_assignments_the_executive_brings_his_deals_and_quota_along(departed):
    dana, noor = (scope_of(departed, name, TODAY) for name in ("Dana", "Noor"))
    everyone = booked(departed, **AS_IS)
    assert (everyone["Dana"], everyone["Noor"], everyone["Ray"]) == (3, 121, 124)
    assert booked(departed, dana, **AS_IS) == {"All": 3, "Ana": 3, "Dana": 3}
    assert booked(departed, noor, **AS_IS) == {"All": 121, "Ben": 120, "Cy": 1, "Noor": 121}
    rows = rows_of(departed, "attainment", asked(departed, "2026-Q3", **AS_IS))
    quotas = {row["person_name"]: row["quota_usd"] for row in rows}
    assert (quotas["Dana"], quotas["Noor"], quotas["All"]) == (300, 90, 390)


def test_the_team_is_todays_on_every_day(departed):
    then = date(2026, 9, 30)
    was = rows_of(departed, "team", asked(departed, as_of=then))
    now = rows_of(departed, "team", asked(departed, as_of=then, **AS_IS))
    managers = [{row["person_id"]: row["manager_id"] for row in rows} for rows in (was, now)]
    assert (managers[0]["ben"], managers[1]["ben"]) == ("dana", "noor")


def test_the_lines_of_each_add_up_to_what_he_books(departed):
    which = asked(departed, "2026-Q3", **AS_IS)
    cells = rows_of(departed, "attainment_by_line", which)
    for person, usd in booked(departed, **AS_IS).items():
        mine = [row["booked_usd"] for row in cells if row["person_name"] == person]
        assert sum(mine) == usd, person


# Against a recount in plain Python, in an organisation where everything happens.


def held_on(spells, key, day):
    found = [row[1] for row in spells if row[0] == key and row[2] <= day < row[3]]
    assert len(found) < 2
    return found[0] if found else None


def test_every_deal_is_his_who_holds_it_today(engine, once):
    once(engine, everything.fill)
    today = date(2026, 11, 22)
    with engine.looking() as cursor:

        def spells(sql):
            return cursor.execute(f"{sql}, valid_from, valid_to {_CURRENT[sql]}").fetchall()

        accounts, owners, deals = (spells(sql) for sql in _CURRENT)
        of_deals = {row[0]: row[1] for row in deals if row[2] <= today < row[3]}
    chance = random.Random(5)
    for _ in range(8):
        as_of = today - timedelta(days=chance.choice((0, 3, 40, 400)))
        which = asked(engine, "2026", as_of, assignments="as_is", today=today)
        with engine.looking() as cursor:
            account_of = dict(
                cursor.execute(
                    "select deal_id, account_id from deals_at($day)", {"day": as_of}
                ).fetchall()
            )
        for row in rows_of(engine, "credited_deals", which):
            module = held_on(accounts, account_of[row["deal_id"]], today)
            keeper = held_on(owners, module, today)
            assert row["person_id"] == (keeper or of_deals[row["deal_id"]] or "")
            assert row["credit_usd"] == row["deal_usd"]


_CURRENT = {
    "select account_id, module_id": "from module_account where superseded_at is null",
    "select module_id, person_id": "from module_owner where superseded_at is null",
    "select deal_id, owner_id": "from deal_version where superseded_at is null",
}
