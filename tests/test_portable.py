"""Every query keeps to the SQL that all engines read alike."""

from __future__ import annotations

import re

import pytest
import sqlglot
from sqlglot import exp

from quarterdeck import catalog, dialects
from quarterdeck.shaping import MIGRATIONS


def tree(name):
    parsed = sqlglot.parse_one(catalog.load(name).sql, read="duckdb")
    return dialects.inline(parsed, dialects.definitions())


def cast_to(node, *kinds):
    return isinstance(node, exp.Cast) and node.to.is_type(*kinds)


@pytest.mark.parametrize("name", catalog.names())
def test_rows_come_in_one_order_only(name):
    ordered = tree(name).args["order"].find_all(exp.Column)
    assert set(catalog.load(name).grain) <= {column.name for column in ordered}


@pytest.mark.parametrize("name", catalog.names())
def test_limit_stands_with_order(name):
    for select in tree(name).find_all(exp.Select):
        assert not select.args.get("limit") or select.args.get("order")


@pytest.mark.parametrize("name", catalog.names())
def test_division_is_of_doubles(name):
    for division in tree(name).find_all(exp.Div):
        assert "as double" in division.sql("duckdb").lower(), division.sql("duckdb")


@pytest.mark.parametrize("name", catalog.names())
def test_averages_and_quantiles_are_of_doubles(name):
    for node in tree(name).find_all(exp.Avg, exp.PercentileCont, exp.StddevPop):
        assert cast_to(node.this, exp.DType.DOUBLE), node.sql("duckdb")


@pytest.mark.parametrize("name", catalog.names())
def test_sums_of_money_say_their_type(name):
    for node in tree(name).find_all(exp.Sum):
        if not node.sql("duckdb").lower().rstrip(")").endswith("_usd"):
            continue
        above = node.parent
        while isinstance(above, exp.Filter | exp.Coalesce | exp.Paren | exp.Window):
            above = above.parent
        assert cast_to(above, exp.DType.DECIMAL), node.sql("duckdb")


@pytest.mark.parametrize("name", catalog.names())
def test_only_days_are_counted_and_months_are_cut_as_dates(name):
    for node in tree(name).find_all(exp.DateDiff):
        assert node.text("unit").lower() == "day", node.sql("duckdb")
    for node in tree(name).find_all(exp.DateTrunc, exp.TimestampTrunc):
        assert cast_to(node.parent, exp.DType.DATE), node.sql("duckdb")


@pytest.mark.parametrize("name", catalog.names())
def test_the_shorthand_of_one_engine_stays_out(name):
    banned = (exp.ArrayAgg, exp.Lambda, exp.WithinGroup, exp.Median, exp.Round, exp.Pivot)
    assert not [node.sql("duckdb") for node in tree(name).find_all(*banned)]
    text = catalog.load(name).sql + catalog.macros()
    assert not re.search(r"group by all|order by all|asof|exclude|unpivot|recursive", text)


@pytest.mark.parametrize("macro", dialects.definitions())
def test_a_macro_parameter_is_no_column(macro):
    schema = "".join(path.read_text() for path in MIGRATIONS.glob("*.sql"))
    kinds = "varchar|date|boolean|integer|bigint|double|decimal|timestamp"
    columns = set(re.findall(rf"(\w+) (?:{kinds})", schema))
    names, body = dialects.definitions()[macro]
    if body.find(exp.From):
        assert not set(names) & columns
