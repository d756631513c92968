"""What would one dropped file change?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pandas as pd
import streamlit as st

from quarterdeck.metrics import money, signed
from quarterdeck.ui.cards import card, note, say, table, total_figure
from quarterdeck.ui.downloads import csv_bytes, download_bytes
from quarterdeck.ui.imports import Drop, Report, label_of, results
from quarterdeck.ui.plain import plain
from quarterdeck.ui.words import counted, many

MOST = 8
KINDS = {
    "changed": "changed", "new": "new", "reopened": "reopened", "gone": "gone", "unchanged": "same",
}  # fmt: skip


def summary(drops: list[Drop]) -> str:
    """The answer to the page's question, over all dropped files."""
    if not drops:
        return "Nothing is left to commit." if results() else "Nothing is dropped yet."
    questions = sum(len(drop.open_questions()) for drop in drops)
    asked = {0: "", 1: " One question before it counts."}
    last = asked.get(questions, f" {questions} questions before they count.")
    read = [drop.staged.report for drop in drops if drop.staged]
    refused = len(drops) - len(read)
    if len(drops) == 1:
        return f"{finding(read[0])}.{last}" if read else "Nothing: it cannot be read."
    cannot = f", {refused} cannot be read" if refused else ""
    return f"{counted(len(read), 'file')} read{cannot}: {'; '.join(map(finding, read))}.{last}"


def finding(report: Report) -> str:
    """412 deals, 6 new, 31 changed, 2 gone."""
    moved = [
        f"{number:,} {KINDS[kind]}"
        for kind, number in sorted(report["changes"].items(), key=lambda one: one[0] != "new")
        if number and kind != "unchanged"
    ]
    read = counted(report["rows"]["good"], report["entity"])
    return f"{read}, {', '.join(moved) or 'nothing new'}"


def before_and_after(drop: Drop) -> None:
    """Won, lost and open of all data as they are and as they would be, and the rows that move."""
    assert drop.staged
    report, before, after = drop.staged.report, drop.staged.before, drop.staged.after
    changes = report["changes"]
    changed = changes["changed"] + changes["reopened"]
    with st.grid(4, min_column_width=150):
        for outcome in ("won", "lost", "open") if after else ():
            was, becomes = before[outcome], after[outcome]
            total_figure(
                f"{outcome.capitalize()} in all",
                money(float(becomes["amount"])),
                change=_moved(Decimal(was["amount"]), Decimal(becomes["amount"])),
                reason=f"{counted(becomes['count'], 'deal')}, {was['count']:,} before",
            )
        total_figure(
            many(report["entity"]).capitalize(),
            f"{changes['new']:,} new",
            change=f"{changed:,} changed, {changes['gone']:,} gone",
            reason=f"{changes['unchanged']:,} the same",
        )


def _moved(was: Decimal, becomes: Decimal) -> str:
    if was == becomes:
        return "as before"
    return f"was {money(float(was))}, {signed(money(float(becomes - was)))}"


def cell_by_cell(drop: Drop) -> None:
    """Old and new of the changed cells, largest first."""
    assert drop.staged
    entity, changes = drop.staged.report["entity"], drop.staged.report["changes"]
    present = [kind for kind in KINDS if changes[kind]] or ["unchanged"]
    with card("What changes, cell by cell", stretch=True):
        kind = st.segmented_control(
            "Kind",
            present,
            format_func=lambda each: f"{changes[each]:,} {KINDS[each]}",
            default=present[0],
            required=True,
            key=f"kind {drop.file_id}",
            label_visibility="collapsed",
        )
        listed = [change for change in drop.staged.examples if change.kind == kind][:MOST]
        if not listed:
            note(_unlisted(str(kind), changes[kind]))
            return
        rows = [
            (f"**{plain(c.label)}**", label_of(entity, c.field), _old_to_new(c.old, c.new))
            for c in listed
        ]
        table(
            pd.DataFrame(rows, columns=[_about(entity), "Field", "Old → new"]),
            alt=f"{len(rows)} cells of what is {KINDS[str(kind)]}, old and new",
        )
        note(f"{len(rows)} cells shown; {changes[kind]:,} {KINDS[str(kind)]} in all.")


def _about(entity: str) -> str:
    named = {"module": "Account or module", "deal_credit": "Deal", "stage_history": "Deal"}
    return named.get(entity) or label_of(entity, entity)


def _unlisted(kind: str, number: int) -> str:
    if kind == "unchanged":
        return f"{number:,} rows say what is known already."
    return f"{number:,} {KINDS[kind]}; there is no example to show."


def _old_to_new(old: str | None, new: str | None) -> str:
    if old is None:
        return f"**{plain(new) or '–'}**"
    return f":gray[{plain(old)}] → **{plain(new) or 'nothing'}**"


def refused_rows(drop: Drop) -> None:
    """Rows left out and cells left empty, by reason; all of them as a file."""
    assert drop.staged
    report = drop.staged.report
    rows = [(one["line"], one["column"], one["value"], one["reason"]) for one in report["rejects"]]
    cells = [(one["line"], one["column"], one["value"], one["reason"]) for one in report["cells"]]
    with card("What is refused, and why", stretch=True):
        if not rows and not cells:
            say("Nothing: every row and every cell can be read.")
        else:
            found = [("row", *one) for one in rows] + [("cell", *one) for one in cells]
            _by_reason(found)
            header = ("kind", "line", "column", "value", "reason")
            download_bytes(
                f"Download all {len(found):,} with reasons",
                csv_bytes(header, found),
                "refused.csv",
                key=f"refused {drop.file_id}",
            )
            note("Rows are left out, cells stay empty. Correct them and drop the file again.")
        for warning in report["warnings"][:MOST]:
            say(f":gray[Imported all the same:] {plain(warning['say'])}")


def _by_reason(found: list[tuple[Any, ...]]) -> None:
    reasons = Counter((kind, reason) for kind, *_, reason in found)
    first = {(kind, reason): (line, value) for kind, line, _, value, reason in reversed(found)}
    rows = [
        (
            counted(number, kind),
            plain(reason),
            f"line {first[kind, reason][0]} :gray[{plain(first[kind, reason][1])}]",
        )
        for (kind, reason), number in reasons.most_common(MOST)
    ]
    table(
        pd.DataFrame(rows, columns=["How many", "Reason", "First"]), alt="What is refused by reason"
    )
    if len(reasons) > MOST:
        note(f"{len(reasons) - MOST} more reasons are in the file.")


def columns_read(drop: Drop) -> None:
    """Which header was taken for which field; what found no field is named."""
    assert drop.staged
    report = drop.staged.report
    mapping: Mapping[str, str] = report["mapping"]
    with st.expander(
        f"How the columns were read: {len(mapping)} of them", key=f"map {drop.file_id}"
    ):
        rows = [(label_of(report["entity"], name), plain(head)) for name, head in mapping.items()]
        table(pd.DataFrame(rows, columns=["Field", "Header"]), alt="Fields and their headers")
        unread = ", ".join(plain(header) for header in report["unmapped"])
        note(f"Not used: {unread}." if unread else "Every column is used.")
