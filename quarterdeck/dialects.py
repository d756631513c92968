"""The same questions on another engine: macros inlined, differences mended, then transpiled."""

from __future__ import annotations

from functools import cache
from itertools import count

import sqlglot
from sqlglot import exp

from quarterdeck import catalog

_COMPOUND = (exp.Binary, exp.Unary, exp.Predicate)
Definitions = dict[str, tuple[tuple[str, ...], exp.Expr]]


class NotPortable(ValueError):
    """DuckDB text for which the other engine has no exact equal."""


@cache
def definitions() -> Definitions:
    """Every macro of the shared files: its parameter names and its body."""
    found = {}
    for statement in sqlglot.parse(catalog.macros(), read="duckdb"):
        if isinstance(statement, exp.Create) and statement.kind == "MACRO":
            signature = statement.this
            names = tuple(argument.name for argument in signature.expressions)
            found[signature.this.name] = (names, statement.expression)
    return found


@cache
def translate(sql: str, dialect: str) -> str:
    """DuckDB text in, `dialect` text out; $name becomes that dialect's named parameter."""
    tree = inline(sqlglot.parse_one(sql, read="duckdb"), definitions())
    if dialect in _MENDED:
        tree = tree.transform(_MENDED[dialect])
    return tree.sql(dialect=dialect, pretty=True, unsupported_level=sqlglot.ErrorLevel.RAISE)


def table_over(folder: str, table: str, database: str, dialect: str) -> tuple[str, ...]:
    """The steps that name a folder of Parquet files as a table of `database`, anew if need be."""
    name = exp.table_(table, db=database, quoted=True)
    about = [
        exp.FileFormatProperty(this=exp.var("parquet")),
        exp.LocationProperty(this=exp.Literal.string(folder)),
    ]
    schema = exp.Table(db=exp.to_identifier(database, quoted=True))
    steps = (
        exp.Create(this=schema, kind="SCHEMA", exists=True),
        exp.Drop(tables=[name], kind="TABLE", exists=True),
        exp.Create(this=name.copy(), kind="TABLE", properties=exp.Properties(expressions=about)),
    )
    return tuple(step.sql(dialect=dialect) for step in steps)


def inline(tree: exp.Expr, macros: Definitions) -> exp.Expr:
    """`tree` with each macro call replaced by the macro's body, until no call is left."""
    turns = count(1)
    while call := next((c for c in tree.find_all(exp.Anonymous) if c.name in macros), None):
        names, body = macros[call.name]
        filled = _fill(body, dict(zip(names, call.expressions, strict=True)))
        _rename_steps(filled, f"{call.name}_{next(turns)}_")
        if isinstance(call.parent, exp.Table):
            named = exp.TableAlias(this=exp.to_identifier(call.name))
            alias = call.parent.args.get("alias") or named
            call.parent.replace(exp.Subquery(this=filled, alias=alias))
        else:
            call.replace(exp.Paren(this=filled))
    return tree


def _fill(body: exp.Expr, values: dict[str, exp.Expr]) -> exp.Expr:
    """All parameters at once, and a sum stays a sum: twice(a + b) is (a + b) * 2."""

    def filled(leaf: exp.Expr) -> exp.Expr:
        if isinstance(leaf, exp.Column) and not leaf.table and leaf.name in values:
            value = values[leaf.name].copy()
            return exp.Paren(this=value) if isinstance(value, _COMPOUND) else value
        return leaf

    return body.copy().transform(filled)


def _rename_steps(body: exp.Expr, prefix: str) -> None:
    """Give the CTEs of a macro names of their own: translated they stand at the top, where those
    of two macros, or of the same one called for two days, would meet."""
    steps = {step.alias for step in body.find_all(exp.CTE)}
    for table in body.find_all(exp.Table):
        if table.name in steps:
            table.set("alias", table.args.get("alias") or exp.TableAlias(this=table.this.copy()))
            table.set("this", exp.to_identifier(prefix + table.name))
    for step in body.find_all(exp.CTE):
        step.set("alias", exp.TableAlias(this=exp.to_identifier(prefix + step.alias)))


def _for_spark(node: exp.Expr) -> exp.Expr:
    """Exact quantiles: sqlglot writes an approximate one, or one argument too many."""
    if isinstance(node, exp.PercentileCont):
        return exp.Anonymous(this="percentile", expressions=[node.this, node.expression])
    if isinstance(node, exp.WithinGroup):
        raise NotPortable("Write quantile_cont(x, 0.75) instead of percentile_cont … within group.")
    return node


_MENDED = {"spark": _for_spark, "databricks": _for_spark}
