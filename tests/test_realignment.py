"""On trial a realignment changes nothing; published it holds from its day; taken back never."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quarterdeck import clock
from quarterdeck.commands.people import SetManager, set_manager
from quarterdeck.commands.persons import ChangePerson, change_person
from quarterdeck.commands.plans import (
    PlanCopy,
    PlanDeals,
    PlanDrop,
    PlanLooked,
    PlanMoves,
    PlanRealignment,
    PlanRule,
    PlanStatus,
    plan_copy,
    plan_deals,
    plan_drop,
    plan_looked,
    plan_moves,
    plan_realignment,
    plan_rule,
    plan_status,
)
from quarterdeck.commands.publishing import PublishRealignment, publish
from quarterdeck.commands.quotas import SetQuota, set_quota
from quarterdeck.commands.undoing import undo_change
from quarterdeck.engine import DuckDBEngine
from quarterdeck.people import NOBODY, OWNER, Scope
from quarterdeck.refusal import Refused
from tests.conftest import TODAY, asked, commit, faults, hashes, looked_at, rows_of
from tests.exam.figures import recorded, sized

START = date(2026, 12, 1)
PEOPLE = "name,manager,hired on\nAna,Dana,\nBen,Dana,\nCy,Dana,\nFay,Noor,\nDana,Ray,\nNoor,Ray,\n"
ACCOUNTS = (
    "account,strategic,potential,industry\nAcme,yes,600,\nBirch,no,300,\nCedar,no,100,\n"
    "Dogwood,no,500,\nElm,no,500,\nFir,no,250,\nGum,no,,\n"
)
MODULES = (
    "module,account,owner\nNorth,Acme,Ana\nNorth,Birch,\nNorth,Cedar,\nSouth,Dogwood,Ben\n"
    "South,Elm,\nWest,Fir,Fay\n"
)
DEALS = (
    "deal id,owner,account,stage,amount,created,close date,forecast category\n"
    "D1,Ana,Acme,Proposal,100.01,2026-08-01,2026-12-20,Commit\n"
    "D2,Ben,Acme,Proposal,50,2026-08-01,2026-12-21,Pipeline\n"
    "D3,Ana,Birch,Open,30,2026-09-01,2027-02-01,\n"
    "D4,Ana,Acme,Won,77,2026-08-01,2026-10-05,\n"
    "D5,Ben,Dogwood,Open,40,2026-09-01,2027-01-15,Best case\n"
    "D6,Ana,,Open,9,2026-09-01,2027-01-15,\n"
)
SERVICES = (
    "service id,account,product,mrr,renewal date\nS1,Acme,Fibre,10,2027-01-15\nS2,Elm,Fibre,7,\n"
)
QUOTAS = "person,period,quota\nAna,2026,1200\nBen,2026,600\nAna,2027,2400\nBen,2027,1200.07\n"
DANA, NOOR, RAY = (Scope(one, role) for one, role in (
    ("dana", "director"), ("noor", "director"), ("ray", "area_director")
))  # fmt: skip
ANA = Scope("ana", "executive")


def fill(engine):
    files = {
        "people.csv": PEOPLE, "accounts.csv": ACCOUNTS, "modules.csv": MODULES, "deals.csv": DEALS,
        "services.csv": SERVICES, "quotas.csv": QUOTAS,
    }  # fmt: skip
    for name, text in files.items():
        commit(engine, looked_at(engine, text, name))


@pytest.fixture
def team(once, engine, monkeypatch):
    monkeypatch.setenv(clock.VARIABLE, str(TODAY))
    return once(engine, fill)


def ids(engine):
    return {
        row["account_name"]: row["account_id"]
        for row in rows_of(engine, "territory_accounts", asked(engine))
    }


def begun(engine, scope=OWNER, **more):
    return plan_realignment(engine, PlanRealignment("First", START, **more), scope=scope)


def move(engine, plan, scope=OWNER, **targets):
    known = ids(engine)
    things = tuple(known[name] for name in targets)
    plan_moves(engine, PlanMoves(plan, "account", things, tuple(targets.values())), scope=scope)


def held(engine, on=TODAY, plan=""):
    rows = rows_of(engine, "territory_accounts", asked(engine, as_of=on), scenario_id=plan)
    return {row["account_name"]: row["person_id"] for row in rows}


def publish_now(engine, plan, scope=OWNER, **more):
    return publish(engine, PublishRealignment(plan, engine.data_version(), **more), scope=scope)


def people(engine, plan, on=TODAY):
    return {
        row["person_id"]: row
        for row in rows_of(engine, "scenario_people", asked(engine, as_of=on), scenario_id=plan)
    }


def attained(engine, on=TODAY, period="2026-Q4"):
    rows = rows_of(engine, "attainment", asked(engine, period, as_of=on))
    return {row["person_id"]: (row["quota_usd"], row["booked_usd"]) for row in rows}


def test_on_trial_nothing_is_true_and_every_sum_stays(team):
    before, version, tables = attained(team), team.data_version(), hashes(team)
    plan = begun(team)
    move(team, plan, Acme="south", Cedar="south")
    assert held(team) == held(team, plan="nowhere")
    assert held(team)["Acme"] == "ana"
    assert held(team, plan=plan)["Acme"] == "ben"
    seen = people(team, plan)
    for what in (
        "accounts",
        "potential_usd",
        "mrr_usd",
        "open_usd",
        "credit_usd",
        "renewals_soon",
        "renewing_usd",
    ):
        assert sum(row[what] for one, row in seen.items() if one != "all") == seen["all"][what]
        assert seen["all"][f"next_{what}"] == seen["all"][what]
    assert (seen["ana"]["next_potential_usd"], seen["ben"]["next_potential_usd"]) == (300, 1700)
    # Only what Ana herself is credited with goes over: D1, not Ben's D2 at her account, nor D3.
    assert (seen["ben"]["credit_usd"], seen["ben"]["next_credit_usd"]) == (90, Decimal("190.01"))
    assert (attained(team), team.data_version()) == (before, version)
    trial = {"scenario", "scenario_move"}
    assert [one for one in hashes(team) if one[0] not in trial] == [
        one for one in tables if one[0] not in trial
    ]


def test_published_it_holds_from_its_day_and_taken_back_every_table_is_as_before(team):
    plan = begun(team, quota_rule="rebased")
    move(team, plan, Acme="south", Cedar="south")
    closed, tables = attained(team, period="2026-Q3"), hashes(team)
    done = publish_now(team, plan)
    assert (done.accounts, done.deals, faults(team)) == (2, 1, [])
    entry = team.data_version()
    assert held(team)["Acme"] == "ana"
    assert held(team, START)["Acme"] == "ben"
    assert held(team, START - timedelta(days=1))["Acme"] == "ana"
    assert attained(team, period="2026-Q3") == closed
    (row,) = rows_of(team, "scenarios", asked(team))
    assert (row["status"], row["published_id"], row["effective_on"]) == ("published", entry, START)
    undo_change(team, entry, scope=OWNER)
    assert hashes(team) == tables
    assert rows_of(team, "scenarios", asked(team))[0]["status"] == "draft"
    plan_looked(team, PlanLooked(plan), scope=OWNER)
    publish_now(team, plan)
    assert held(team, START)["Acme"] == "ben"


def test_quotas_follow_the_potential_to_the_cent_from_the_day_on(team):
    plan = begun(team, quota_rule="rebased")
    move(team, plan, Acme="south")
    before = attained(team, START, "2027")
    publish_now(team, plan)
    after = attained(team, START, "2027")
    # Acme is 600 of Ana's 1,000: so much of her 2,400 goes to Ben, in each month to the cent.
    assert (after["ana"][0], after["ben"][0]) == (Decimal(960), Decimal("2640.07"))
    assert after["all"][0] == before["all"][0]
    assert attained(team, TODAY, "2027") == before
    assert attained(team, START, "2026")["ana"][0] == Decimal(1140)  # December alone


def test_the_credit_of_open_deals_goes_by_rule_and_each_deal_may_have_its_own(team):
    shared = begun(team, credit_rule="split", split_until_on=date(2027, 1, 1))
    move(team, shared, Acme="south", Birch="south")
    plan_deals(team, PlanDeals(shared, ("D3",), "stay"), scope=OWNER)
    told = {
        row["deal_id"]: row
        for row in rows_of(team, "scenario_deals", asked(team), scenario_id=shared)
    }
    assert {one: row["next_credit_usd"] for one, row in told.items()} == {
        "D1": Decimal("50.01"), "D3": 0
    }  # fmt: skip
    publish_now(team, shared)

    def credit(on):
        rows = rows_of(team, "funnel_by", asked(team, as_of=on), split_by="person")
        return {row["part_id"]: row["open_usd"] for row in rows}

    assert credit(TODAY) == {"ana": Decimal("139.01"), "ben": 90}
    assert sorted(credit(START).values()) == [Decimal("89.01"), Decimal("140.00")] or sorted(
        credit(START).values()
    ) == [Decimal("89.00"), Decimal("140.01")]
    assert credit(date(2027, 1, 1)) == {"ana": 39, "ben": Decimal("190.01")}


def test_an_executive_who_leaves_gives_whole_modules_away_and_one_without_a_module_gets_their_own(
    team,
):
    plan = begun(team)
    plan_moves(team, PlanMoves(plan, "module", ("north",), ("ben",)), scope=OWNER)
    known = ids(team)
    plan_moves(team, PlanMoves(plan, "person", (known["Cedar"],), ("cy",)), scope=OWNER)
    after = held(team, plan=plan)
    assert [after[one] for one in ("Acme", "Birch", "Cedar")] == ["ben", "ben", "cy"]
    change_person(team, ChangePerson("ana", "Ana", left_on=date(2026, 11, 30)), scope=OWNER)
    publish_now(team, plan, accepts=True)
    assert {one: held(team, START)[one] for one in after} == after
    assert faults(team) == []


REFUSALS = {
    "a day in the past": lambda e, p: publish_now(e, p, effective_on=date(2026, 9, 1)),
    "nothing to move": lambda e, p: (move(e, p, Acme=""), publish_now(e, p)),
    "data that moved since it was looked at": lambda e, p: publish(
        e, PublishRealignment(p, e.data_version() - 1), scope=OWNER
    ),
    "old data nobody looked at": lambda e, p: (
        set_quota(e, SetQuota("cy", (START,), Decimal(9), TODAY), scope=OWNER), publish_now(e, p)
    ),
    "somebody who leaves before": lambda e, p: (
        change_person(e, ChangePerson("ben", "Ben", left_on=date(2026, 11, 26)), scope=OWNER),
        publish_now(e, p, accepts=True),
    ),
    "a second time": lambda e, p: (publish_now(e, p), publish_now(e, p)),
    "a locked account": lambda e, p: (
        plan_rule(e, PlanRule(p, "lock", (ids(e)["Birch"],), reason="licence"), scope=OWNER),
        move(e, p, Birch="south"),
    ),
    "a module that holds a locked account": lambda e, p: (
        plan_rule(e, PlanRule(p, "lock", (ids(e)["Birch"],)), scope=OWNER),
        plan_moves(e, PlanMoves(p, "module", ("north",), ("ben",)), scope=OWNER),
    ),
    "a lock on what goes with its module": lambda e, p: (
        plan_moves(e, PlanMoves(p, "module", ("north",), ("ben",)), scope=OWNER),
        plan_rule(e, PlanRule(p, "lock", (ids(e)["Birch"],)), scope=OWNER),
    ),
    "an unknown account": lambda e, p: plan_moves(
        e, PlanMoves(p, "account", ("nothing",), ("south",)), scope=OWNER
    ),
    "an unknown module": lambda e, p: move(e, p, Acme="nowhere"),
    "an unknown person": lambda e, p: plan_moves(
        e, PlanMoves(p, "module", ("north",), ("nobody",)), scope=OWNER
    ),
    "no name": lambda e, p: plan_realignment(e, PlanRealignment(" ", START), scope=OWNER),
    "a name twice": lambda e, p: plan_realignment(e, PlanRealignment("FIRST", START), scope=OWNER),
    "a start in the past": lambda e, p: plan_realignment(
        e, PlanRealignment("Second", TODAY - timedelta(days=1)), scope=OWNER
    ),
    "shared credit without an end": lambda e, p: plan_realignment(
        e, PlanRealignment("Second", START, credit_rule="split"), scope=OWNER
    ),
    "an unknown rule": lambda e, p: plan_deals(e, PlanDeals(p, ("D1",), "most"), scope=OWNER),
    "one that was given up": lambda e, p: (
        plan_drop(e, PlanDrop(p), scope=OWNER), publish_now(e, p)
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", REFUSALS)
def test_it_refuses_in_three_parts_and_changes_nothing_for(team, what):
    plan = begun(team)
    move(team, plan, Acme="south")
    with pytest.raises(Refused) as said:
        REFUSALS[what](team, plan)
    assert all((said.value.what, said.value.where, said.value.do))
    assert faults(team) == []


@pytest.mark.parametrize(
    "scope", [ANA, NOBODY, Scope("ola", "operations")], ids=lambda one: one.role
)
def test_executives_operations_and_nobody_neither_see_nor_plan(team, scope):
    plan = begun(team)
    assert not rows_of(team, "scenarios", asked(team), scope=scope)
    assert not rows_of(team, "scenario_deals", asked(team), scope=scope, scenario_id=plan)
    with pytest.raises(Refused):
        begun(team, scope)


@pytest.mark.parametrize("scope", [ANA, NOOR, RAY], ids=lambda one: one.viewer_id)
def test_who_may_not_see_a_plan_sees_everything_as_it_is_whatever_plan_is_named(team, scope):
    plan = begun(team, DANA)
    move(team, plan, DANA, Acme="south")
    plan_moves(team, PlanMoves(plan, "module", ("south",), ("cy",)), scope=DANA)
    plan_rule(team, PlanRule(plan, "lock", (ids(team)["Birch"],)), scope=DANA)
    for name in ("territory_accounts", "territory_balance", "module_owners", "scenario_people"):
        told, plain = (
            rows_of(team, name, asked(team), scope=scope, scenario_id=one) for one in (plan, "")
        )
        assert told == plain
    for name in ("scenario_sums", "scenario_flows", "scenario_rules", "scenario_moves"):
        assert not rows_of(team, name, asked(team), scope=scope, scenario_id=plan)


def test_the_sums_of_a_plan_are_those_of_its_people(team):
    plan = begun(team)
    move(team, plan, Acme="south", Dogwood="north")
    (sums,) = rows_of(team, "scenario_sums", asked(team), scenario_id=plan)
    seen = people(team, plan)
    whole = seen["all"]
    assert (sums["accounts"], sums["relationships"]) == (
        whole["new_accounts"], whole["relationships"]
    )  # fmt: skip
    deals = rows_of(team, "scenario_deals", asked(team), scenario_id=plan)
    assert sums["credit_usd"] == sum(one["next_credit_usd"] for one in deals)
    assert (sums["potential_usd"], sums["mrr_usd"], sums["renewals_soon"]) == (1100, 10, 1)


def test_a_director_plans_the_own_team_only_and_shares_upwards(team):
    plan = begun(team, DANA)
    move(team, plan, DANA, Acme="south")
    assert not rows_of(team, "scenarios", asked(team), scope=NOOR)
    assert not rows_of(team, "scenarios", asked(team), scope=RAY)
    with pytest.raises(Refused):
        move(team, plan, DANA, Fir="south")
    with pytest.raises(Refused):
        move(team, plan, DANA, Acme="west")
    with pytest.raises(Refused):
        move(team, plan, NOOR, Fir="south")
    plan_realignment(team, PlanRealignment("First", START, plan, is_shared=True), scope=DANA)
    (row,) = rows_of(team, "scenarios", asked(team), scope=RAY)
    assert (row["scenario_name"], row["is_own"]) == ("First", False)
    with pytest.raises(Refused):
        move(team, plan, RAY, Acme="south")
    copy = plan_copy(team, PlanCopy(plan, "Ray’s"), scope=RAY)
    move(team, copy, RAY, Cedar="south")
    assert held(team, plan=copy)["Cedar"] == "ben"
    assert held(team, plan=plan)["Cedar"] == "ana"


def test_where_the_area_director_agrees_first_nothing_is_published_before(team):
    from quarterdeck.commands.settings import ChangeSetting, change_setting

    change_setting(team, ChangeSetting("realignment_approval", "on"), scope=OWNER)
    plan = begun(team, DANA)
    move(team, plan, DANA, Acme="south")
    with pytest.raises(Refused, match="area director"):
        publish_now(team, plan, DANA)
    with pytest.raises(Refused):
        plan_status(team, PlanStatus(plan, "approved"), scope=DANA)
    plan_status(team, PlanStatus(plan, "submitted"), scope=DANA)
    plan_status(team, PlanStatus(plan, "approved"), scope=RAY)
    move(team, plan, DANA, Cedar="south")
    with pytest.raises(Refused, match="draft"):
        publish_now(team, plan, DANA)
    for status, scope in (("submitted", DANA), ("approved", RAY)):
        plan_status(team, PlanStatus(plan, status), scope=scope)
    publish_now(team, plan, DANA)
    undo_change(team, team.data_version(), scope=DANA)


def test_a_server_that_remembers_tells_a_plan_anew_after_each_move(team):
    plan = begun(team)
    server = DuckDBEngine(team.path, remembers=True)
    for target in ("south", "north", "south"):
        move(team, plan, Acme=target)
        for name in (
            "territory_balance",
            "scenario_people",
            "territory_accounts",
            "territory_spread",
        ):
            told = [rows_of(one, name, asked(team), scenario_id=plan) for one in (team, server)]
            assert told[0] == told[1]
    server.close()


def test_taken_back_it_is_published_again_as_if_nothing_had_happened(team):
    plan = begun(team)
    move(team, plan, Acme="south")
    for _ in range(2):
        assert publish_now(team, plan).accounts == 1
        undo_change(team, team.data_version(), scope=OWNER)
        (row,) = rows_of(team, "scenarios", asked(team))
        assert (row["files_since"], row["changes_since"]) == (0, 0)
    set_quota(team, SetQuota("cy", (START,), Decimal(9), TODAY), scope=OWNER)
    (row,) = rows_of(team, "scenarios", asked(team))
    assert row["changes_since"] == 1


def test_a_module_without_accounts_is_handed_over_too(team):
    commit(team, looked_at(team, "module,owner\nEmpty,Ana\n", "modules.csv"))
    plan = begun(team)
    plan_moves(team, PlanMoves(plan, "module", ("empty",), ("ben",)), scope=OWNER)
    assert publish_now(team, plan).modules == 1
    told = rows_of(team, "module_owners", asked(team, as_of=START))
    assert {row["module_id"]: row["person_id"] for row in told}["empty"] == "ben"


def test_who_came_to_another_team_since_gets_nothing(team):
    plan = begun(team, DANA)
    move(team, plan, DANA, Acme="south")
    set_manager(team, SetManager("ben", "noor", TODAY), scope=OWNER)
    with pytest.raises(Refused):
        publish_now(team, plan, DANA, accepts=True)
    assert held(team, START)["Acme"] == "ana"


def test_what_changed_since_it_was_built_is_listed_and_then_built_upon(team):
    plan = begun(team)
    move(team, plan, Acme="south")
    commit(team, looked_at(team, "module,owner\nNorth,Cy\n", "modules.csv"))
    told = [
        (row["kind"], row["thing_name"])
        for row in rows_of(team, "scenario_gone", asked(team), scenario_id=plan)
    ]
    assert ("moved on", "Acme") in told
    assert ("file", "modules.csv") in told
    plan_looked(team, PlanLooked(plan), scope=OWNER)
    assert not rows_of(team, "scenario_gone", asked(team), scenario_id=plan)
    publish_now(team, plan)


STEPS = st.lists(
    st.tuples(
        st.sampled_from(("account", "module", "person", "publish", "undo")),
        st.sampled_from(("Acme", "Birch", "Cedar", "Dogwood", "Elm", "Gum")),
        st.sampled_from(("north", "south")),
        st.sampled_from(("ana", "ben", "cy")),
        st.integers(0, 70),
        st.sampled_from(("stay", "move", "split")),
        st.booleans(),
    ),
    max_size=7,
)


def planned(engine, number, step, known):
    what, account, module, person, days, rule, is_rebased = step
    from_on = TODAY + timedelta(days=days)
    quota_rule = "rebased" if is_rebased else "kept"
    terms = PlanRealignment(
        f"Plan {number}", from_on, "", rule, from_on + timedelta(days=30), quota_rule
    )
    plan = plan_realignment(engine, terms, scope=OWNER)
    kind, thing, target = {
        "module": ("module", module, person),
        "person": ("person", known[account], person),
    }.get(what, ("account", known[account], module))
    plan_moves(engine, PlanMoves(plan, kind, (thing,), (target,)), scope=OWNER)
    return plan


def true_tables(engine):
    """All that is true: plans that were begun since are none of it."""
    return [row for row in hashes(engine) if not row[0].startswith("scenario")]


def plan_as_written(engine, plan):
    (known,) = [
        row for row in rows_of(engine, "scenarios", asked(engine)) if row["scenario_id"] == plan
    ]
    moves = rows_of(engine, "scenario_moves", asked(engine), scenario_id=plan)
    return known["status"], known["effective_on"], known["accounts"], moves


@pytest.mark.exam
@recorded(
    "Whatever is published and taken back: one owner a day, sums and closed quarters stay",
    f"{sized(5, 100)} sequences",
)
@settings(
    max_examples=sized(5, 100),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(steps=STEPS)
def test_whatever_is_published_and_taken_back_each_module_has_one_owner_and_all_comes_back(
    tmp_path_factory, once, steps
):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(clock.VARIABLE, str(TODAY))
        engine = once(DuckDBEngine(tmp_path_factory.mktemp("plan") / "quarterdeck.duckdb"), fill)
        known, closed = ids(engine), attained(engine, period="2026-Q3")
        published, said = [], set()
        for number, (what, *_, days, _rule, _is_rebased) in enumerate(steps):
            if what == "undo":
                if published:
                    entry, plan, tables = published.pop()
                    undo_change(engine, entry, scope=OWNER)
                    assert (true_tables(engine), plan_as_written(engine, plan)) == tables
                continue
            from_on = TODAY + timedelta(days=days)
            plan = planned(engine, number, steps[number], known)
            sums = people(engine, plan)["all"]
            tables = true_tables(engine), plan_as_written(engine, plan)
            quotas = {on: attained(engine, on, "2027")["all"][0] for on in (TODAY, from_on)}
            try:
                publish_now(engine, plan)
            except Refused as refused:
                said.add(refused.what.split("” ")[-1])
                plan_drop(engine, PlanDrop(plan), scope=OWNER)
                continue
            published.append((engine.data_version(), plan, tables))
            assert faults(engine) == []
            for on in (TODAY, from_on):
                assert attained(engine, on, "2027")["all"][0] == quotas[on]
            after = people(engine, "", from_on)["all"]
            for figure in ("accounts", "potential_usd", "mrr_usd", "open_usd"):
                assert after[figure] == sums[figure]
            assert attained(engine, period="2026-Q3") == closed
        assert said <= {"moves nothing."}
        engine.close()
