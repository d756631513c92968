"""Which months does each row of a quota file mean? The periods are the organisation's own."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from quarterdeck import catalog
from quarterdeck.commands.quotas import calendar_known, phasing_known
from quarterdeck.domain.calendar import Calendar, PeriodUnknown
from quarterdeck.domain.quotas import weights_of
from quarterdeck.engine import Cursor, run
from quarterdeck.importing.rejecting import with_rejects
from quarterdeck.refusal import Refused

UNKNOWN = "period not known: write 2026, 2026-Q3, 2026-07 or July 2026"
NEGATIVE = "a quota cannot be below zero: write 0 for no target"


def months_named(cursor: Cursor, rows_path: str) -> dict[str, Any]:
    """The parameters of quota_compare: for each period word its months, in parallel lists."""
    names = ("words", "months", "before", "through", "whole")
    named: dict[str, list[Any]] = {name: [] for name in names}
    known, yearly = calendar_known(cursor), phasing_known(cursor)
    for word in sorted({word for _, word, _ in _words(cursor, rows_path) if word}):
        months = _months(known, word)
        for month_on, weight in zip(months, weights_of(known, months, yearly), strict=True):
            values = (word, month_on, weight.before, weight.through, weight.whole)
            for name, value in zip(names, values, strict=True):
                named[name].append(value)
    return dict(named)


def checked(cursor: Cursor, rows_path: str, report: dict[str, Any]) -> dict[str, Any]:
    """The report with the rows rejected whose period nobody knows, or whose quota is negative."""
    known, header = calendar_known(cursor), report["mapping"]
    rejects = []
    for line, word, below_zero in _words(cursor, rows_path):
        if not word or not _months(known, word):
            said = (header.get("period"), word, UNKNOWN)
        elif below_zero is not None:
            said = (header.get("quota"), str(below_zero), NEGATIVE)
        else:
            continue
        fault = dict(zip(("column", "value", "reason"), said, strict=True))
        rejects.append({"line": line, **fault, "harmless": False})
    return with_rejects(report, rejects)


def refuse_doubles(cursor: Cursor) -> None:
    """One person has one quota a month and line: two rows for it are refused, not added."""
    found = run(cursor, catalog.statements("quota_twice")).fetchall()
    if found:
        first, second, person, month_on = found[0]
        raise Refused(
            f"Two rows give {person} a quota for {month_on:%B %Y}.",
            f"lines {first} and {second}",
            "Keep the one that counts and drop the file again.",
        )


def levels(cursor: Cursor, day: date) -> tuple[str, ...]:
    """Where a file holds rows of teams and of people: that one is not added to the other."""
    about = {"exported_on": day}
    found = run(cursor, catalog.statements("quota_levels"), about).fetchall()
    if not found:
        return ()
    manager, own, below, reports = found[0]
    others = f" So do {len(found) - 1} more managers and theirs." if len(found) > 1 else ""
    people = "one report" if reports == 1 else f"{reports} reports"
    return (
        f"{manager} gets a quota of {own:,.2f}, and {people} of {manager} get {below:,.2f} "
        f"together.{others} A manager's quota stands for the team and is not added to theirs. "
        "Leave such rows out of the file if they are sums only.",
    )


def doubts(cursor: Cursor) -> tuple[str, ...]:
    """Rows for people nobody knows, or who left before, and rows without a quota."""
    says = []
    for doubt, first, number in run(cursor, catalog.statements("quota_doubts")).fetchall():
        more = f" and {number - 1} more" if number > 1 else ""
        if doubt == "unknown":
            says.append(
                f"Nobody is known yet by the name of {first}{more}: they become new people."
            )
        elif doubt == "left":
            says.append(f"There are quotas for months after somebody left: {first}{more}.")
        else:
            says.append(f"{number} rows have no quota, line {first} first: they set nothing.")
    return tuple(says)


def _words(cursor: Cursor, rows_path: str) -> list[tuple[int, str | None, Decimal | None]]:
    return run(cursor, catalog.statements("quota_words"), {"path": rows_path}).fetchall()


def _months(known: Calendar, word: str) -> list[date]:
    try:
        return [month.from_on for month in known.months_of(known.parse(word))]
    except PeriodUnknown:
        return []
