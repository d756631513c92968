"""Which SQL does every engine read alike? One rule a function, over a query with macros inlined."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from sqlglot import exp

Faults = Iterator[str]
TreeRule = Callable[[exp.Expr], Faults]
"""Takes a query's tree; says what in it another engine would answer otherwise."""

_WHOLE = (exp.DType.INT, exp.DType.BIGINT)
_SPREADS = (
    exp.Avg, exp.PercentileCont, exp.Stddev, exp.StddevPop, exp.StddevSamp, exp.Variance,
    exp.VariancePop,
)  # fmt: skip
_SHORTHAND = (
    exp.ApproxQuantile, exp.ArrayAgg, exp.DayOfWeek, exp.DayOfWeekIso, exp.GenerateSeries,
    exp.Lambda, exp.Median, exp.Mode, exp.PercentileDisc, exp.Pivot, exp.Quantile, exp.Round,
    exp.Unnest, exp.WithinGroup,
)  # fmt: skip
_NUMBERED = (exp.FirstValue, exp.Lag, exp.LastValue, exp.Lead, exp.NthValue, exp.RowNumber)
_WORDS = """
    all and anti any array as asc authorization between both case cast check collate column
    constraint create cross current_date current_time current_timestamp current_user default
    desc distinct else end escape except exists false fetch filter for foreign from full grant
    group having in inner intersect interval into is join lateral leading left like limit minus
    natural not null offset on only or order outer overlaps pivot primary qualify references right
    select semi session_user set some table then time to top trailing true union unique unknown
    unpivot user using when where window with within
"""
_RESERVED = frozenset(_WORDS.split())


def said(node: exp.Expr) -> str:
    return node.sql("duckdb")


def cast_to(node: exp.Expr | None, *kinds: exp.DType) -> bool:
    return isinstance(node, exp.Cast) and bool(node.to.is_type(*kinds))


def bare(node: exp.Expr) -> exp.Expr:
    return node.unnest()


def never_nothing(node: exp.Expr) -> bool:
    """A constant, or what is null instead of 0."""
    below = bare(node)
    if cast_to(below, exp.DType.DOUBLE):
        below = bare(below.this)
    return isinstance(below, exp.Nullif) or (isinstance(below, exp.Literal) and below.name != "0")


def of_a_double(node: exp.Expr) -> bool:
    """A double is counted with somewhere below the cast, other than to compare."""
    found = [node]
    while found:
        one = found.pop()
        if cast_to(one, exp.DType.DOUBLE) or isinstance(one, (exp.Div, *_SPREADS)):
            return True
        if not isinstance(one, exp.Predicate | exp.Subquery):
            found += one.iter_expressions()
    return False


def columns_of(nodes: list[exp.Expr]) -> list[str]:
    """The columns named first in each, last first."""
    named = [node.find(exp.Column) for node in nodes]
    return [column.name for column in reversed(named) if column]


def division_that_is_cut(tree: exp.Expr) -> Faults:
    for node in tree.find_all(exp.Div):
        parts = (bare(node.left), bare(node.right))
        parts = [bare(part.this) if isinstance(part, exp.Nullif) else part for part in parts]
        if not any(cast_to(part, exp.DType.DOUBLE) for part in parts):
            yield f"{said(node)}: use ratio()"


def division_by_nothing(tree: exp.Expr) -> Faults:
    for node in tree.find_all(exp.Div, exp.IntDiv, exp.Mod):
        if not never_nothing(node.right):
            yield f"{said(node)}: write nullif(…, 0) below"


def spread_of_no_doubles(tree: exp.Expr) -> Faults:
    for node in tree.find_all(*_SPREADS):
        if not cast_to(node.this, exp.DType.DOUBLE):
            yield f"{said(node)}: write x::double"


def sum_without_a_type(tree: exp.Expr) -> Faults:
    for node in tree.find_all(exp.Sum):
        if not said(node).lower().rstrip(")").endswith("_usd"):
            continue
        above = node.parent
        while isinstance(above, exp.Filter | exp.Coalesce | exp.Paren | exp.Window):
            above = above.parent
        if not cast_to(above, exp.DType.DECIMAL):
            yield f"{said(node)}: write ::decimal(18, 2)"


def money_from_a_double(tree: exp.Expr) -> Faults:
    for node in tree.find_all(exp.Cast):
        if cast_to(node, exp.DType.DECIMAL, *_WHOLE) and of_a_double(node.this):
            yield f"{said(node)}: count in decimals or whole cents"


def anything_but_days(tree: exp.Expr) -> Faults:
    for node in tree.find_all(exp.DateDiff):
        if node.text("unit").lower() != "day":
            yield f"{said(node)}: count days only"
    for node in tree.find_all(exp.Sub):
        parts = (node.left, node.right)
        if all(isinstance(part, exp.Column) and part.name.endswith("_on") for part in parts):
            yield f"{said(node)}: write date_diff('day', …)"


def date_without_a_cast(tree: exp.Expr) -> Faults:
    for node in tree.find_all(exp.DateTrunc, exp.TimestampTrunc):
        if not cast_to(node.parent, exp.DType.DATE):
            yield f"{said(node)}: write ::date"
    for node in tree.find_all(exp.Interval):
        above = node.parent
        while isinstance(above, exp.Add | exp.Sub | exp.Paren):
            above = above.parent
        if not cast_to(above, exp.DType.DATE):
            yield f"{said(node)}: write (… + {said(node)})::date"


def list_without_a_cast(tree: exp.Expr) -> Faults:
    for node in tree.find_all(exp.ArrayContains, exp.ArraySize):
        if not cast_to(node.this, exp.DType.ARRAY):
            yield f"{said(node)}: write ids::varchar[]"
    for node in tree.find_all(exp.Is):
        if isinstance(node.this, exp.Placeholder | exp.Parameter):
            yield f"{said(node)}: an empty list means everyone, never null"


def reserved_alias(tree: exp.Expr) -> Faults:
    for node in tree.find_all(exp.Alias, exp.TableAlias):
        name = node.alias if isinstance(node, exp.Alias) else node.name
        if name.lower() in _RESERVED:
            yield f"{said(node)}: take another name"


def window_in_any_order(tree: exp.Expr) -> Faults:
    """Visible is only this: what numbers or looks back needs a key to order within."""
    for node in tree.find_all(exp.Window):
        if not isinstance(bare(node.this), _NUMBERED):
            continue
        order = node.args.get("order")
        ordered = columns_of(order.expressions if order else [])
        within = columns_of(node.args.get("partition_by") or [])
        dated = ordered[:1] and re.search(r"_(on|at|from|id)$", ordered[0])
        if not any(name.endswith("_id") for name in ordered) and not (
            dated and any(name.endswith("_id") for name in within)
        ):
            yield f"{said(node)}: end the order with an id"


def filter_in_a_window(tree: exp.Expr) -> Faults:
    for node in tree.find_all(exp.Window):
        if isinstance(node.this, exp.Filter):
            yield f"{said(node)}: write case when … end inside"


def limit_without_order(tree: exp.Expr) -> Faults:
    for select in tree.find_all(exp.Select):
        if select.args.get("limit") and not select.args.get("order"):
            yield f"{said(select)}: order it first"


def texts_in_any_order(tree: exp.Expr) -> Faults:
    for node in tree.find_all(exp.GroupConcat):
        if not isinstance(node.this, exp.Order):
            yield f"{said(node)}: write string_agg(x, ', ' order by x)"


def text_read_otherwise(tree: exp.Expr) -> Faults:
    for node in tree.find_all(exp.Lower, exp.Upper):
        if any(column.name.endswith("_name") for column in node.find_all(exp.Column)):
            yield f"{said(node)}: compare by a stored key"
    for node in tree.find_all(exp.Substring):
        if said(node.args["start"]) == "0":
            yield f"{said(node)}: places count from 1"


def shorthand_of_one_engine(tree: exp.Expr) -> Faults:
    yield from (f"{said(node)}: only one engine knows it" for node in tree.find_all(*_SHORTHAND))
    for node in tree.find_all(exp.Extract):
        if "dow" in node.name.lower():
            yield f"{said(node)}: write date_trunc('week', d)::date"


RULES: tuple[TreeRule, ...] = (
    division_that_is_cut, division_by_nothing, spread_of_no_doubles, sum_without_a_type,
    money_from_a_double, anything_but_days, date_without_a_cast, list_without_a_cast,
    reserved_alias, window_in_any_order, filter_in_a_window, limit_without_order,
    texts_in_any_order, text_read_otherwise, shorthand_of_one_engine,
)  # fmt: skip
