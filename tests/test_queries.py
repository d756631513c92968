"""Every file in queries/ keeps its header's promises."""

from __future__ import annotations

import re

import pytest
import sqlglot
from sqlglot import exp

from quarterdeck import catalog, dialects, reads
from quarterdeck.engine import DuckDBEngine
from quarterdeck.filters import Filters
from quarterdeck.metrics import metrics
from quarterdeck.people import NOBODY, OWNER
from tests.conftest import asked, commit, looked_at
from tests.exam.figures import IS_FULL

SUFFIX = {"usd": "_usd", "days": "_days", "date": "_on", "miles": "_miles"}
KNOWN = {
    *("viewer_id", "viewer_role", "rows_shown", "rows_before", "words", "search"),
    *("stages", "split_by", "narrowed_by", "narrowed_to", "pipeline_mode", "movements"),
    *("scenario_id", "plan_on"),
}
TEAM = "name,manager\nAna,Dana\nBen,Dana\nCy,Noor\nDana,Ray\nNoor,Ray\n"
DEALS = (
    "deal id,deal name,owner,account,stage,amount,created,close date,product line,channel\n"
    "D1,Fibre,Ana,Acme,Won,100.10,2026-08-01,2026-10-05,Cloud,Direct\n"
    "D2,Racks,Ana,Birch,Lost,50,2026-08-01,2026-10-06,Hosting,Direct\n"
    "D3,Lake,Ben,Acme,Proposal,75.55,2026-09-01,2026-12-20,Data,Partner\n"
    "D4,Mast,Cy,Cedar,Won,,2026-08-01,2026-11-01,,\n"
    "D5,Dish,,Cedar,Won,10,2026-08-01,2026-11-02,,\n"
    "D6,Bare,,,Open,,,,,\n"
)


def fill(engine):
    commit(engine, looked_at(engine, TEAM, "people.csv"))
    commit(engine, looked_at(engine, DEALS))


@pytest.fixture(scope="module")
def team(tmp_path_factory):
    """Asked, never changed: one for all."""
    engine = DuckDBEngine(tmp_path_factory.mktemp("queries") / "quarterdeck.duckdb")
    fill(engine)
    return engine


def answered(engine, name, scope=OWNER, period="2026-Q4"):
    return reads.answer(engine, scope, asked(engine, period), name, words="Ana")


@pytest.mark.parametrize("name", catalog.names())
def test_the_header_matches_the_answer(team, name):
    promised = [column.name for column in catalog.load(name).columns]
    assert list(answered(team, name).columns) == promised


@pytest.mark.parametrize("name", catalog.names())
def test_the_grain_is_unique(team, name):
    frame = answered(team, name)
    assert not frame.duplicated(list(catalog.load(name).grain)).any()


@pytest.mark.parametrize("name", catalog.names())
def test_only_promised_columns_are_ever_empty(team, name):
    frame = answered(team, name)
    for column in catalog.load(name).columns:
        assert column.may_be_empty or not frame[column.name].isna().any(), column.name


@pytest.mark.parametrize("name", catalog.names())
def test_it_only_reads(name):
    (statement,) = sqlglot.parse(catalog.load(name).sql, read="duckdb")
    assert isinstance(statement, exp.Select)


@pytest.mark.parametrize("name", catalog.names())
def test_names_carry_units(name):
    for column in catalog.load(name).columns:
        assert column.unit in catalog.UNITS
        suffix = SUFFIX.get(column.unit, "")
        assert column.name.endswith(suffix), column


@pytest.mark.parametrize("name", catalog.names())
def test_every_parameter_comes_from_filters_scope_or_page(team, name):
    chosen = asked(team).parameters().keys()
    assert catalog.load(name).parameters <= chosen | KNOWN


@pytest.mark.parametrize("name", catalog.names())
def test_an_answer_about_people_or_deals_takes_the_scope(name):
    """The calendar and settings are the organisation's; who is asking is found before a scope."""
    without = {"holidays", "months", "settings", "viewer"}
    assert (name in without) or ("viewer_role" in catalog.load(name).parameters)


@pytest.mark.parametrize(
    "name", sorted(set(catalog.names()) - {"holidays", "months", "settings", "viewer"})
)
def test_nobody_sees_nothing(team, name):
    frame = answered(team, name, NOBODY)
    frame = frame[frame["person_id"] != "all"] if name == "attainment" else frame
    if name == "data_span":
        assert frame[["deals", "people", "objectives"]].to_numpy().sum() == 0
    elif name == "other_definitions":
        assert frame.drop(columns="question_id").fillna(0).sum(axis=None) == 0
    else:
        assert frame.empty


IN_DIALECTS = [(name, "spark") for name in catalog.names()]
IN_DIALECTS += [(name, "databricks") for name in catalog.names()[:: 1 if IS_FULL else 4]]


@pytest.mark.parametrize(("name", "dialect"), IN_DIALECTS)
def test_it_translates_and_keeps_its_columns(name, dialect):
    query = catalog.load(name)
    text = dialects.translate(query.sql, dialect)
    tree = sqlglot.parse_one(text, read=dialect)
    calls = {call.name.lower() for call in tree.find_all(exp.Anonymous)}
    assert not calls & dialects.definitions().keys()
    assert "approx" not in text.lower()
    assert [column.name for column in query.columns] == tree.named_selects


def test_every_metric_has_its_line_with_rivals():
    text = (catalog.QUERIES / "_metrics.sql").read_text()
    assert set(re.findall(r"macro (\w+)\(", text)) == set(metrics())
    assert all(metric.rivals and metric.formula for metric in metrics().values())


@pytest.mark.parametrize("name", catalog.names())
def test_a_column_named_like_a_metric_has_its_unit(name):
    for column in catalog.load(name).columns:
        if column.name in metrics():
            assert column.unit == metrics()[column.name].unit


@pytest.mark.parametrize("name", catalog.names())
def test_no_row_after_an_empty_period(team, name):
    """A period before everything answers without error."""
    frame = answered(team, name, OWNER, "1999-Q1")
    if name == "credited_deals":
        assert frame.empty


def test_nothing_is_not_zero():
    attainment = metrics()["attainment"]
    assert attainment.show(None) == attainment.show(float("nan")) == "–"
    assert attainment.show(0) == "0\u202f%"


@pytest.mark.parametrize(
    ("usd", "shown"),
    [
        (980, "$980"),
        (742_400, "$742\u202fk"),
        (999_600, "$1.00\u202fM"),
        (3_020_000, "$3.02\u202fM"),
        (18_940_000, "$18.9\u202fM"),
        (1_240_000_000, "$1.24\u202fB"),
        (-127_000, "−$127\u202fk"),
        (0, "$0"),
    ],
)
def test_money_reads_as_three_figures_and_a_unit(usd, shown):
    assert metrics()["booked_usd"].show(usd) == shown


def test_a_header_without_a_grain_says_what_to_copy(tmp_path, monkeypatch):
    (tmp_path / "x.sql").write_text("-- question: What?\nselect 1")
    monkeypatch.setattr(catalog, "QUERIES", tmp_path)
    monkeypatch.setattr(catalog, "names", lambda: ("x",))
    catalog.load.cache_clear()
    with pytest.raises(catalog.QueryHeaderError, match="no columns, grain"):
        catalog.load("x")
    catalog.load.cache_clear()


def test_filters_hold_nothing_a_query_cannot_name(engine):
    assert isinstance(asked(engine), Filters)
