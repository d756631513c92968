"""Is the territory fair? Every measure against a plain recount of the same books."""

from __future__ import annotations

import math
import statistics
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quarterdeck import clock
from quarterdeck.commands.capacity import SetCapacity, set_capacity
from quarterdeck.commands.settings import ChangeSetting, change_setting
from quarterdeck.domain import thresholds
from quarterdeck.engine import DuckDBEngine
from quarterdeck.people import NOBODY, OWNER, Scope
from tests.conftest import TODAY, asked, commit, looked_at, rows_of
from tests.exam.figures import recorded, sized

WEIGHTS = {"potential": 40, "workload": 20, "mrr": 10, "open": 10, "travel": 10, "strategic": 10}
SIZES = (49, 249, 999)
TEAM = "name,manager,base zip\nAna,Dana,99201\nBen,Dana,83702\nCy,Dana,\nFay,Noor,\n"


def book(number, one):
    return {
        "account": f"Account {number:02d}", "industry": one["industry"],
        "employees": one["employees"], "potential": one["potential"], "owner": one["owner"],
        "strategic": "yes" if one["strategic"] else "no", "zip": one["zip_code"],
    }  # fmt: skip


ACCOUNTS = st.lists(
    st.builds(
        lambda **each: each,
        industry=st.sampled_from(("Health", "Retail", "")),
        employees=st.sampled_from((10, 60, 300, 5000, "")),
        potential=st.sampled_from((0, 100, 250, 999, "", "", 1000)),
        owner=st.sampled_from(("Ana", "Ben", "Cy", "Fay", "")),
        strategic=st.booleans(),
        zip_code=st.sampled_from(("99201", "83702", "98101", "")),
        mrr=st.sampled_from((0, 7, 30)),
        open=st.sampled_from((0, 50, 75)),
    ),
    min_size=1,
    max_size=24,
)


def text_of(rows):
    return (
        "\n".join([",".join(rows[0]), *(",".join(map(str, row.values())) for row in rows)]) + "\n"
    )


def fill(engine, accounts):
    commit(engine, looked_at(engine, TEAM, "people.csv"))
    rows, services, deals = [], [], []
    for number, one in enumerate(accounts):
        row = book(number, one)
        rows.append(row)
        if one["mrr"]:
            services.append(
                {
                    "service id": f"S{number}",
                    "account": row["account"],
                    "product": "Fibre",
                    "mrr": one["mrr"],
                }
            )
        if one["open"]:
            deals.append(
                {
                    "deal id": f"D{number}",
                    "owner": one["owner"] or "Ana",
                    "account": row["account"],
                    "stage": "Open",
                    "amount": one["open"],
                    "created": "2026-08-01",
                    "close date": "2026-12-20",
                }
            )
    commit(engine, looked_at(engine, text_of(rows), "accounts.csv"))
    for name, told in (("services.csv", services), ("deals.csv", deals)):
        if told:
            commit(engine, looked_at(engine, text_of(told), name))


def size(employees):
    return sum(employees > most for most in SIZES) if employees != "" else None


def median(values):
    """To the cent, half a cent cut."""
    if len(values) < 5:
        return None
    return Decimal(math.floor(statistics.median(values) * 100)) / 100


def potential(one, accounts):
    """As typed, else the median of at least five alike, else what it brings now."""
    if one["potential"] != "":
        return one["potential"]
    typed = [each for each in accounts if each["potential"] not in ("", 0)]
    same = [
        each["potential"] for each in typed if size(each["employees"]) == size(one["employees"])
    ]
    alike = [
        each["potential"]
        for each in typed
        if size(each["employees"]) == size(one["employees"])
        and each["industry"] == one["industry"] != ""
    ]
    for found in (median(alike), median(same), median([each["potential"] for each in typed])):
        if found is not None:
            return found
    return one["mrr"] * 12


def recount(accounts, filled):
    """By person: what is held, and the index of each measure."""
    held = {}
    for one in accounts:
        sums = held.setdefault(
            one["owner"].lower(),
            dict.fromkeys(("potential", "workload", "mrr", "open", "strategic"), 0),
        )
        sums["potential"] += potential(one, accounts)
        sums["workload"] += (24 if one["strategic"] else 6) + (4 if one["open"] else 0)
        sums["mrr"] += one["mrr"]
        sums["open"] += one["open"]
        sums["strategic"] += one["strategic"]
    for person in filled:
        held.setdefault(
            person, dict.fromkeys(("potential", "workload", "mrr", "open", "strategic"), 0)
        )
    whole = sum(filled.get(person, 0) for person in held)
    index = {}
    for name in ("potential", "workload", "mrr", "open", "strategic"):
        total = sum(sums[name] for sums in held.values())
        index[name] = {
            person: (float(sums[name]) / filled[person]) / (float(total) / whole)
            for person, sums in held.items()
            if filled.get(person) and total
        }
    return held, index


def gini(values):
    mean = sum(values) / len(values)
    return sum(abs(one - other) for one in values for other in values) / (
        2 * len(values) ** 2 * mean
    )


@pytest.mark.exam
@recorded("The balance of a territory equals a plain count", f"{sized(4, 60)} random books")
@settings(
    max_examples=sized(4, 60),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(accounts=ACCOUNTS, part=st.sampled_from((0, 50, 100)))
def test_the_balance_is_what_a_plain_count_says(tmp_path_factory, accounts, part):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(clock.VARIABLE, str(TODAY))
        engine = DuckDBEngine(tmp_path_factory.mktemp("fair") / "quarterdeck.duckdb")
        fill(engine, accounts)
        share = Decimal(part) / 100
        set_capacity(engine, SetCapacity("ana", "part time", share, date(2026, 1, 1)), scope=OWNER)
        filled = {"ana": part / 100, "ben": 1.0, "cy": 1.0, "fay": 1.0}
        held, index = recount(accounts, filled)
        rows = {
            row["person_id"]: row for row in rows_of(engine, "territory_balance", asked(engine))
        }
        whole = rows.pop("all")
        assert set(rows) == set(held)
        for person, sums in held.items():
            row = rows[person]
            told = (
                row["potential_usd"],
                row["workload_visits"],
                row["mrr_usd"],
                row["open_usd"],
                row["strategic_accounts"],
            )
            assert told == tuple(sums.values())
            for name, by_person in index.items():
                assert row[f"{name}_index"] == pytest.approx(by_person.get(person))
        for name in ("potential_usd", "mrr_usd", "open_usd", "accounts", "travel_miles"):
            assert abs(whole[name] - sum(row[name] for row in rows.values())) <= len(rows) / 2
        for row in rows_of(engine, "territory_spread", asked(engine)):
            if row["measure"] == "travel":
                continue
            values = [value for person, value in index[row["measure"]].items() if person]
            if not any(values):
                assert (row["spread"], row["gini"]) == (None, None)
                continue
            assert row["spread"] == pytest.approx(
                statistics.pstdev(values) / statistics.mean(values)
            )
            assert row["gini"] == pytest.approx(gini(values), abs=1e-9)
            if min(values):
                assert row["largest_to_smallest"] == pytest.approx(max(values) / min(values))
        engine.close()


@pytest.fixture
def engine(tmp_path, monkeypatch):
    monkeypatch.setenv(clock.VARIABLE, str(TODAY))
    return DuckDBEngine(tmp_path / "quarterdeck.duckdb")


def one(**more):
    usual = {
        "industry": "Health", "employees": 60, "potential": 100, "owner": "Ana", "strategic": False,
        "zip_code": "99201", "mrr": 0, "open": 0,
    }  # fmt: skip
    return usual | more


def balance(engine, **chosen):
    return {
        row["person_id"]: row
        for row in rows_of(engine, "territory_balance", asked(engine, **chosen))
    }


def test_the_composite_weighs_the_measures_that_are_known(engine):
    fill(engine, [one(potential=300), one(owner="Ben", potential=100)])
    rows = balance(engine, person_ids=("ana", "ben"))
    assert rows["ana"]["mrr_index"] is None
    known = {
        name: rows["ana"][f"{name}_index"]
        for name in WEIGHTS
        if rows["ana"][f"{name}_index"] is not None
    }
    weighed = sum(WEIGHTS[name] * value for name, value in known.items())
    assert rows["ana"]["composite_index"] == pytest.approx(weighed / sum(map(WEIGHTS.get, known)))
    change_setting(engine, ChangeSetting("weight_workload", "0"), scope=OWNER)
    change_setting(engine, ChangeSetting("weight_travel", "0"), scope=OWNER)
    assert balance(engine, person_ids=("ana", "ben"))["ana"]["composite_index"] == pytest.approx(
        1.5
    )


def test_what_nobody_settled_weighs_and_counts_as_settings_say_it_usually_does(engine):
    fill(engine, [one(open=50, strategic=True, mrr=7), one(owner="Ben", potential=300)])
    commit(
        engine,
        looked_at(
            engine,
            "service id,account,product,mrr,renewal date\nS0,Account 00,Fibre,7,2027-03-01\n",
            "services.csv",
        ),
    )
    before = balance(engine)
    for line in (*thresholds.WEIGHTS, *thresholds.VISITS):
        change_setting(engine, ChangeSetting(line.name, str(line.usual)), scope=OWNER)
    assert balance(engine) == before
    assert before["ana"]["workload_visits"] == 24 + 4 + 2


def test_zero_potential_everywhere_has_no_index_and_no_spread(engine):
    fill(engine, [one(potential=0), one(owner="Ben", potential=0)])
    assert balance(engine)["ana"]["potential_index"] is None
    assert "potential" not in {
        row["measure"] for row in rows_of(engine, "territory_spread", asked(engine))
    }


def test_miles_lead_from_the_base_to_each_account_whose_place_is_known(engine):
    fill(engine, [one(zip_code="98101"), one(zip_code=""), one(owner="Cy")])
    rows = balance(engine)
    assert 220 <= rows["ana"]["travel_miles"] <= 236  # Spokane to Seattle, as the crow flies
    assert rows["cy"]["travel_miles"] == 0  # no base is known
    told = {
        row["account_name"]: row["unplaced_why"]
        for row in rows_of(engine, "territory_accounts", asked(engine))
    }
    assert told["Account 00"] is None
    assert told["Account 01"]


def test_visits_follow_the_segment_where_it_has_a_number_of_its_own(engine):
    fill(engine, [one()])
    commit(engine, looked_at(engine, "account,segment\nAccount 00,Public\n", "accounts.csv"))
    assert balance(engine)["ana"]["workload_visits"] == 6
    change_setting(engine, ChangeSetting("visits in Public", "15"), scope=OWNER)
    assert balance(engine)["ana"]["workload_visits"] == 15


def test_everyone_sees_their_own_accounts_and_one_potential(engine):
    fill(engine, [one(), one(owner="Ben"), one(owner="Fay"), one(owner="")])

    def seen(scope):
        rows = rows_of(engine, "territory_accounts", asked(engine), scope=scope)
        return {row["account_name"] for row in rows}

    scopes = {"Ana": Scope("ana", "executive"), "Dana": Scope("dana", "director")}
    scopes |= {"everyone": OWNER, "nobody": NOBODY}
    named = {role: seen(scope) for role, scope in scopes.items()}
    assert named["Ana"] == {"Account 00"}
    assert named["Dana"] == {"Account 00", "Account 01"}
    assert len(named["everyone"]) == 4
    assert not named["nobody"]


def test_what_is_open_at_accounts_and_beside_them_is_all_that_is_open(engine):
    fill(engine, [one(open=50), one(owner="Ben", open=75)])
    deals = "deal id,owner,stage,amount,created,close date\nX1,Ana,Open,9,2026-08-01,2026-12-20\n"
    commit(engine, looked_at(engine, deals, "deals.csv", extent="partial"))
    funnel = sum(row["open_usd"] for row in rows_of(engine, "funnel", asked(engine)))
    assert funnel == balance(engine)["all"]["open_usd"] + 9


def test_on_a_past_day_the_books_are_as_they_were(engine):
    fill(engine, [one()])
    told = "module,account,owner\nNorth,Account 00,Ana\n"
    commit(engine, looked_at(engine, told, "modules.csv", exported_on=date(2026, 10, 1)))
    commit(
        engine,
        looked_at(
            engine, "module,owner\nNorth,Ben\n", "modules.csv", exported_on=date(2026, 11, 20)
        ),
    )
    assert balance(engine)["ben"]["accounts"] == 1
    assert balance(engine, as_of=date(2026, 11, 19))["ana"]["accounts"] == 1
