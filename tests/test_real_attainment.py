"""Is everyone's attainment in every quarter of real exports a count straight from the files?"""

from __future__ import annotations

import csv
import gzip
from collections import defaultdict
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from itertools import product

import pytest

from quarterdeck.commands.quotas import SetQuota, set_quota
from quarterdeck.engine import DuckDBEngine
from quarterdeck.importing.staging import Dropped, stage
from quarterdeck.people import OWNER
from tests.conftest import (
    MAVEN,
    NEEDS_MAVEN,
    SHARED,
    TODAY,
    asked,
    commit,
    faults,
    looked_at,
    needs,
    rows_of,
)

SAAS = SHARED / "data" / "saas_quota_arr"
ADVENTURE = SHARED / "data" / "adventureworks_quota" / "SalesPersonQuotaHistory.csv.gz"
NEEDS_SAAS = needs("data/saas_quota_arr")
NEEDS_ADVENTURE = needs("data/adventureworks_quota")
ANSWERS = {
    "entity": "quota",
    "column:1": "person_id",
    "column:2": "period",
    "column:3": "quota",
    "column:5": "nothing",
}
CENT = Decimal("0.01")


def read(path):
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def spread(usd, months):
    """Evenly: each running sum is rounded half up to the cent."""
    until = [(usd * place / months).quantize(CENT, ROUND_HALF_UP) for place in range(months + 1)]
    return [after - before for before, after in zip(until, until[1:], strict=False)]


def quarter_of(day):
    return f"{day.year}-Q{(day.month + 2) // 3}"


def standing(engine, period, as_of=TODAY):
    """By name: booked, quota, quota of the reports, attainment."""
    rows = rows_of(engine, "attainment", asked(engine, period, as_of))
    keys = ("booked_usd", "quota_usd", "reports_quota_usd", "attainment")
    return {row["person_name"]: tuple(row[key] for key in keys) for row in rows}


def said(booked, quota, reports):
    share = pytest.approx(float(booked / quota), rel=1e-12) if quota else None
    return booked, quota, reports, share


def rolled(booked, quota, manager_of):
    """The same by hand for executives under managers without a quota of their own."""
    teams = defaultdict(list)
    for who, manager in manager_of.items():
        teams[manager].append(who)
        teams["All"].append(who)
    found = {who: said(booked[who], quota[who], None) for who in manager_of}
    for manager, team in teams.items():
        whole = sum(quota[who] for who in team)
        found[manager] = said(sum(booked[who] for who in team), whole, whole)
    return found


# People, monthly quotas and deals of three files


@pytest.fixture(scope="module")
def saas(tmp_path_factory):
    engine = DuckDBEngine(tmp_path_factory.mktemp("saas") / "quarterdeck.duckdb")
    for name in ("reps", "quota_attainment", "opportunities"):
        text = (SAAS / f"{name}.csv").read_bytes().decode()
        commit(engine, looked_at(engine, text, f"{name}.csv", exported_on=None))
    return engine


def saas_by_hand():
    """By period, a quarter or a year: booked and quota of each executive; and the managers."""
    reps = {row["rep_id"]: row for row in read(SAAS / "reps.csv")}
    booked, quota = (defaultdict(lambda: defaultdict(Decimal)) for _ in range(2))
    for row in read(SAAS / "opportunities.csv"):
        if row["stage"] == "Closed Won":
            day, who = date.fromisoformat(row["close_date"]), reps[row["rep_id"]]["rep_name"]
            for period in (quarter_of(day), str(day.year)):
                booked[period][who] += Decimal(row["amount"])
    for row in read(SAAS / "quota_attainment.csv"):
        day = date.fromisoformat(row["month"])
        for period in (quarter_of(day), str(day.year)):
            quota[period][row["rep_name"]] += Decimal(row["monthly_quota"])
    return booked, quota, {rep["rep_name"]: rep["manager"] for rep in reps.values()}


@NEEDS_SAAS
def test_every_quarter_and_year_of_every_executive_and_manager_is_that_of_the_files(saas):
    booked, quota, manager_of = saas_by_hand()
    quarters = [f"{year}-Q{n}" for year, n in product((2024, 2025, 2026), (1, 2, 3, 4))][2:10]
    assert sorted(quota) == sorted([*quarters, "2024", "2025", "2026"])
    for period in quota:
        assert standing(saas, period) == rolled(booked[period], quota[period], manager_of), period
    assert faults(saas) == []


@NEEDS_SAAS
def test_the_teams_eight_quarters_are_those_of_the_files(saas):
    booked, quota, manager_of = saas_by_hand()
    filters = asked(saas, "2026-Q2", date(2026, 6, 30))
    rows = rows_of(saas, "attainment_by_quarter", filters)
    assert len(rows) == 8 * (len(set(manager_of.values())) + 1)
    for row in rows:
        period = f"{row['fiscal_year']}-Q{row['quarter']}"
        expected = rolled(booked[period], quota[period], manager_of)[row["person_name"]]
        found = (row["booked_usd"], row["quota_usd"], row["quota_usd"], row["attainment"])
        assert found == expected, (period, row["person_name"])


# A CRM export without quotas, typed for each


def typed_quotas(manager_of):
    """An uneven sum for each: no third of it and no twelfth is whole cents."""
    names = sorted(manager_of)
    return {who: Decimal(31_000_00 + 7_919_01 * n) / 100 for n, who in enumerate(names)}


@pytest.fixture(scope="module")
def typed(maven, tmp_path_factory):
    """A copy of the export that other tests share, with quotas of 2017 for every sales agent."""
    path = tmp_path_factory.mktemp("typed") / "quarterdeck.duckdb"
    maven.back_up(path)
    engine = DuckDBEngine(path)
    rows = rows_of(engine, "attainment", asked(engine, "2017"))
    ids = {row["person_name"]: row["person_id"] for row in rows}
    months = tuple(date(2017, number, 1) for number in range(1, 13))
    for who, usd in typed_quotas(managers()).items():
        set_quota(engine, SetQuota(ids[who], months, usd, date(2017, 1, 1)), scope=OWNER)
    return engine


def managers():
    return {row["sales_agent"]: row["manager"] for row in read(MAVEN / "sales_teams.csv")}


@NEEDS_MAVEN
def test_typed_quotas_and_the_won_deals_of_an_export_make_the_attainment_of_each(typed):
    manager_of = managers()
    booked, quota = (defaultdict(lambda: defaultdict(Decimal)) for _ in range(2))
    for row in read(MAVEN / "sales_pipeline.csv"):
        if row["deal_stage"] == "Won":
            for period in (quarter_of(date.fromisoformat(row["close_date"])), "2017"):
                booked[period][row["sales_agent"]] += Decimal(row["close_value"])
    for who, usd in typed_quotas(manager_of).items():
        for number, part in enumerate(spread(usd, 12), 1):
            for period in (quarter_of(date(2017, number, 1)), "2017"):
                quota[period][who] += part
    assert len(quota) == 5
    assert quota["2017"] == typed_quotas(manager_of)
    for period in quota:
        assert standing(typed, period) == rolled(booked[period], quota[period], manager_of), period
    assert faults(typed) == []


# Quotas of a bare file whose periods are named by days


@pytest.fixture(scope="module")
def adventure(tmp_path_factory):
    engine = DuckDBEngine(tmp_path_factory.mktemp("adventure") / "quarterdeck.duckdb")
    dropped = Dropped(ADVENTURE.name, ADVENTURE.read_bytes(), answers=ANSWERS)
    commit(engine, stage(engine, dropped, scope=OWNER, today=TODAY))
    return engine


def adventure_by_hand():
    """By stretch of the file, calendar quarter and year: the quota of each number.

    A day around the turn of a month begins three months: 31 May 2011 those from June on.
    """
    found = defaultdict(lambda: defaultdict(Decimal))
    lines = gzip.decompress(ADVENTURE.read_bytes()).decode().splitlines()
    for who, day, usd, *_ in (line.split("\t") for line in lines):
        first = (date.fromisoformat(day[:10]) + timedelta(days=5)).replace(day=1)
        months = [first, *((first + timedelta(days=31 * n)).replace(day=1) for n in (1, 2))]
        found[f"{months[0]:%Y-%m}..{months[-1]:%Y-%m}"][who] += Decimal(usd)
        for month, part in zip(months, spread(Decimal(usd), 3), strict=True):
            for period in (quarter_of(month), str(month.year)):
                found[period][who] += part
    return found


@NEEDS_ADVENTURE
def test_quotas_named_by_days_hold_by_person_in_stretches_quarters_and_years(adventure):
    found = adventure_by_hand()
    assert len(found) == 12 + 13 + 4
    for period, quota in found.items():
        rows = {who: row[1] for who, row in standing(adventure, period).items()}
        expected = dict.fromkeys(rows) | quota | {"All": sum(quota.values())}
        assert rows == expected, period
        assert len(rows) == 18
    years = [sum(found[year].values()) for year in ("2011", "2012", "2013", "2014")]
    assert sum(years) == Decimal("95714000.00")
