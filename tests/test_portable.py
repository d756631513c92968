"""Every query keeps to the SQL that all engines read alike."""

from __future__ import annotations

import re
from functools import cache

import pytest
import sqlglot
from sqlglot import exp

from quarterdeck import catalog, dialects
from quarterdeck.shaping import MIGRATIONS
from tests.house import portable

BROKEN = {
    "select won_usd / quota_usd": portable.division_that_is_cut,
    "select won_usd / nullif(quota_usd, 0)": portable.division_that_is_cut,
    "select a::double / b::double": portable.division_by_nothing,
    "select a // b": portable.division_by_nothing,
    "select a % 0": portable.division_by_nothing,
    "select avg(amount_usd)": portable.spread_of_no_doubles,
    "select quantile_cont(amount_usd, 0.75)": portable.spread_of_no_doubles,
    "select stddev_samp(days)": portable.spread_of_no_doubles,
    "select sum(amount_usd) filter (where won)": portable.sum_without_a_type,
    "select (x::double)::decimal(18, 2)": portable.money_from_a_double,
    "select (a * ratio / nullif(b, 0))::decimal(18, 2)": portable.money_from_a_double,
    "select (2.5::double)::integer": portable.money_from_a_double,
    "select date_diff('month', a, b)": portable.anything_but_days,
    "select close_on - created_on": portable.anything_but_days,
    "select date_trunc('month', close_on)": portable.date_without_a_cast,
    "select close_on + interval 1 month": portable.date_without_a_cast,
    "select array_length($person_ids) = 0": portable.list_without_a_cast,
    "select list_contains($person_ids, owner_id)": portable.list_without_a_cast,
    "select $person_ids is null or a": portable.list_without_a_cast,
    "select top.a from line as top": portable.reserved_alias,
    "select a as user from line": portable.reserved_alias,
    "with filter as (select 1) select 2": portable.reserved_alias,
    "select row_number() over (order by a desc)": portable.window_in_any_order,
    "select lag(a) over (partition by deal_id)": portable.window_in_any_order,
    "select max(a) filter (where b) over ()": portable.filter_in_a_window,
    "select a from (select a from line limit 1) as one": portable.limit_without_order,
    "select string_agg(a, ', ')": portable.texts_in_any_order,
    "select lower(deal_name)": portable.text_read_otherwise,
    "select substr(a, 0, 2)": portable.text_read_otherwise,
    "select list(a)": portable.shorthand_of_one_engine,
    "select round(a, 2)": portable.shorthand_of_one_engine,
    "select median(a)": portable.shorthand_of_one_engine,
    "select approx_quantile(a, 0.5)": portable.shorthand_of_one_engine,
    "select isodow(a)": portable.shorthand_of_one_engine,
    "select extract(dow from a)": portable.shorthand_of_one_engine,
    "select n from range(3) as number (n)": portable.shorthand_of_one_engine,
}
KEPT = (
    "select a::double / nullif(b::double, 0), a::double / nullif(b, 0), a // 2, a % nullif(b, 0)",
    "select sum(amount_usd)::decimal(18, 2), avg(days::double), quantile_cont(days::double, 0.5)",
    "select (case when a::double > 1 then b_usd end)::decimal(18, 2)",
    "select date_trunc('week', a)::date, (a + interval 1 month - interval 1 day)::date",
    "select lag(a) over (partition by deal_id order by valid_from), rank() over (order by a)",
    "select row_number() over (partition by a order by b desc, person_id)",
    "select string_agg(a, ', ' order by a), substr(a, 1, 2), lower(code)",
)
SHORTHAND = r"group by all|order by all|asof|exclude|unpivot|recursive|\blen\(|(?:\A|\()\s*from "


def parsed(sql):
    return dialects.inline(sqlglot.parse_one(sql, read="duckdb"), dialects.definitions())


NAMES = [*catalog.names(), *(f"{name}()" for name in dialects.definitions())]
"""Every query, and every macro whether a query calls it or not."""


@cache
def tree(name):
    """Worked out by who looks at it: it takes long, and each process collects all names."""
    if not name.endswith("()"):
        return parsed(catalog.load(name).sql)
    _, body = dialects.definitions()[name.removesuffix("()")]
    return dialects.inline(exp.Paren(this=body.copy()), dialects.definitions())


@pytest.mark.parametrize("name", NAMES)
def test_it_keeps_every_rule(name):
    found = {rule.__name__: list(rule(tree(name))) for rule in portable.RULES}
    assert not {rule: faults for rule, faults in found.items() if faults}


@pytest.mark.parametrize(("sql", "rule"), BROKEN.items(), ids=list(BROKEN))
def test_it_is_found(sql, rule):
    assert list(rule(parsed(sql)))


@pytest.mark.parametrize("sql", KEPT)
def test_it_is_let_through(sql):
    assert not [fault for rule in portable.RULES for fault in rule(parsed(sql))]


def test_every_rule_is_seen_to_fail():
    assert set(BROKEN.values()) == set(portable.RULES)


@pytest.mark.parametrize("name", catalog.names())
def test_rows_come_in_one_order_only(name):
    ordered = tree(name).args["order"].find_all(exp.Column)
    assert set(catalog.load(name).grain) <= {column.name for column in ordered}


def shorthand(sql):
    return re.findall(SHORTHAND, re.sub("--.*", "", sql))


@pytest.mark.parametrize("name", catalog.names())
def test_the_shorthand_of_one_engine_stays_out(name):
    assert not shorthand(catalog.load(name).sql + catalog.macros())


@pytest.mark.parametrize(
    "sql", ["select len(a)", "from deal", "select * exclude (a)", "select a group by all"]
)
def test_shorthand_is_found(sql):
    assert shorthand(sql)


def without_an_alias(tree):
    calls = (node for node in tree.find_all(exp.Table) if isinstance(node.this, exp.Anonymous))
    return [call.sql("duckdb") for call in calls if not call.alias]


def test_a_table_macro_has_an_alias():
    texts = [*(catalog.load(name).sql for name in catalog.names()), catalog.macros()]
    for text in texts:
        for tree in sqlglot.parse(text, read="duckdb"):
            assert not tree or not without_an_alias(tree)
    assert without_an_alias(sqlglot.parse_one("select a from deals_at($day)", read="duckdb"))


def tables():
    schema = "".join(path.read_text() for path in MIGRATIONS.glob("*.sql"))
    return schema, set(re.findall(r"create table (\w+)", schema))


def in_the_place_of_a_table(tree):
    return {step.alias for step in tree.find_all(exp.CTE)} & tables()[1]


@pytest.mark.parametrize("name", NAMES)
def test_no_step_takes_the_place_of_a_table(name):
    """A macro called after `with quota as (…)` would read that, and not the table, anywhere."""
    assert not in_the_place_of_a_table(tree(name))
    assert in_the_place_of_a_table(parsed("with quota as (select 1) select 2"))


@pytest.mark.parametrize("macro", dialects.definitions())
def test_a_macro_parameter_is_no_column(macro):
    kinds = "varchar|date|boolean|integer|bigint|double|decimal|timestamp"
    columns = set(re.findall(rf"(\w+) (?:{kinds})", tables()[0]))
    names, body = dialects.definitions()[macro]
    if body.find(exp.From):
        assert not set(names) & columns
