"""What does this number mean, and what would others call by its name?"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, TypedDict
from zoneinfo import ZoneInfo

import pandas as pd
import streamlit as st

from quarterdeck import catalog, clock, glossary, reads
from quarterdeck.filters import AS_IS
from quarterdeck.metrics import EMPTY, Metric, Rival, metrics
from quarterdeck.ui import session
from quarterdeck.ui.days import day_words
from quarterdeck.ui.downloads import download
from quarterdeck.ui.plain import tidy

OTHERS = "other_definitions"
Given = Mapping[Any, Any]
"""What other definitions give now, by name: a number, a text already written, or None."""


class Behind(TypedDict, total=False):
    """What a page knows behind a number: its rivals' values now, and the query of its rows."""

    rivals: Given
    rows: str
    rows_with: Mapping[str, Any]


def explanation(name: str, value: str, behind: Behind, *, key: str) -> None:
    """Meaning, formula, what others would give now, how fresh it is, and the rows behind it."""
    metric = metrics()[name]
    st.markdown(f"**{tidy(metric.label)}: {tidy(metric.meaning)}**")
    formula(metric)
    given = {**behind.get("rivals", {})} | ({name: value} if value else {})
    given = _also_answered(metric, given)
    _listed(metric, _compared(metric, given))
    st.caption(tidy(_moment()))
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        _file(name, behind, key)
        # Beside the file: the SQL, and the walk to the rows.


def _also_answered(metric: Metric, given: Given) -> dict[Any, Any]:
    """What the page gave; the rest from the answers that hold it, under the page's filters."""
    found = {each: value for each, value in given.items() if value is not None}
    for query in filter(None, (glossary.answering(metric.name), OTHERS)):
        lacking = {metric.name, *(rival.name for rival in metric.rivals)} - found.keys()
        promised = {column.name for column in catalog.load(query).columns}
        if lacking & promised and _can_be_asked(query, {}):
            found = _whole(query) | found
    return found


def _whole(query: str) -> dict[Any, Any]:
    """The one row that stands for everything in sight: the only one, or the one called all.

    What comes in pages is a list: nothing in it stands for the whole.
    """
    if "rows_shown" in catalog.load(query).parameters:
        return {}
    rows = session.answer(query)
    if len(rows) > 1:
        rows = rows[rows[catalog.load(query).grain[0]] == "all"]
    return rows.iloc[0].to_dict() if len(rows) == 1 else {}


def _can_be_asked(query: str, more: Mapping[str, Any]) -> bool:
    """Filters, viewer and page give every parameter it takes."""
    known = {*session.filters().parameters(), *reads.EVERY_ROW, "viewer_id", "viewer_role", *more}
    return catalog.load(query).parameters <= known


def definition(metric: Metric) -> None:
    """The same where no value stands beside it."""
    formula(metric)
    _listed(metric, pd.DataFrame({"Others mean": [_said(rival) for rival in metric.rivals]}))


def formula(metric: Metric) -> None:
    st.code(glossary.formulas(metric.name), language="sql", wrap_lines=True)
    st.caption(metric.kind)


def _listed(metric: Metric, rows: pd.DataFrame) -> None:
    alt = f"What others mean by {metric.label}"
    st.table(rows, border="horizontal", hide_index=True, alt=alt)


def _compared(metric: Metric, given: Given) -> pd.DataFrame:
    """One row a definition: ours first, where its value is known."""
    own = _written(metric, given.get(metric.name))
    rows = [("**as defined here**", f"**{tidy(own)}**")] if own != EMPTY else []
    rows += [(_said(rival, given), _now(rival, metric, given)) for rival in metric.rivals]
    return pd.DataFrame(rows, columns=["Definition", "Now"])


def _said(rival: Rival, given: Given | None = None) -> str:
    """The rival in words; in grey why it has no number, where it has none."""
    why = f"needs {rival.needs}" if rival.needs else ""
    if rival.name and given is not None and rival.name not in given:
        why = "not counted on this page"
    return tidy(f"{rival.words} :gray[{why}]" if why else rival.words)


def _now(rival: Rival, metric: Metric, given: Given) -> str:
    return tidy(_written(metrics().get(rival.name, metric), given.get(rival.name)))


def _written(metric: Metric, value: Any) -> str:
    if isinstance(value, str):
        return value or EMPTY
    return EMPTY if value is None or pd.isna(value) else metric.show(float(value))


def _moment() -> str:
    """As of which day, from which export, asked when."""
    today, as_of = session.today(), session.filters().as_of
    day = ("today, " if as_of == today else "") + day_words(as_of, today)
    day += f", {AS_IS}" if session.filters().assignments == "as_is" else ""
    exported_on = session.span()["exported_on"]
    export = (
        ""
        if pd.isna(exported_on)
        else f", from the export of {exported_on.day} {exported_on:%b %Y}"
    )
    return f"As of {day}{export}; asked at {local(clock.now()):%H:%M}."


def local(moment: datetime) -> datetime:
    """A moment in UTC, as the clock on the organisation's wall shows it."""
    zone = ZoneInfo(session.settings()["time_zone"])
    return moment.replace(tzinfo=UTC).astimezone(zone)


def _file(name: str, behind: Behind, key: str) -> None:
    """The rows behind the number, else the answer it stands in: asked for at the click."""
    more, query = behind.get("rows_with", {}), behind.get("rows") or glossary.answering(name)
    if query and _can_be_asked(query, more):
        label = "Rows as CSV" if "rows" in behind else "Numbers as CSV"
        download(label, query, session.filters(), key=f"{key} file", **more)
