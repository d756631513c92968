"""Which numbers are there, how is each counted, and where does it stand?"""

from __future__ import annotations

import streamlit as st

from quarterdeck import glossary
from quarterdeck.metrics import GOOD, UNITS, Metric, metrics
from quarterdeck.ui import sections
from quarterdeck.ui.cards import note, say, tidy
from quarterdeck.ui.downloads import csv_bytes, download_bytes
from quarterdeck.ui.explaining import definition
from quarterdeck.ui.words import counted

GROUPS = {"usd": "Amounts", "ratio": "Ratios", "count": "Counts", "days": "Times"}
HEADER = (
    "name", "label", "unit", "direction", "meaning", "call", "formula", "rivals", "queries",
    "pages",
)  # fmt: skip


def finding() -> str:
    return f"{counted(len(metrics()), 'number')}, each defined once."


@st.fragment
def numbers() -> None:
    """Every definition whose words match, by kind; a formula is sent when it is opened."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        words = st.text_input(
            "Find a number",
            placeholder="A name or a word of its meaning",
            icon=":material/search:",
            key="find number",
            width=360,
        )
        st.space("stretch")
        download_bytes(
            f"All {len(metrics())} as CSV", everything, "definitions.csv", key="definitions file"
        )
    found = [metric for metric in metrics().values() if glossary.found_in(metric, words)]
    if not found:
        say("No number is called that. A shorter word finds more.")
    for unit, heading in GROUPS.items():
        if of_kind := [metric for metric in found if metric.unit == unit]:
            note(f"{heading}: {len(of_kind)}")
            with st.grid(2, min_column_width=300):
                for metric in of_kind:
                    _defined(metric)


@st.fragment
def _defined(metric: Metric) -> None:
    """One quiet card: what it is called, what it means, where it stands; the rest folded."""
    with st.container(border=True, height="stretch", gap="xsmall"):
        st.subheader(tidy(metric.label), anchor=False)
        say(metric.meaning[:1].upper() + metric.meaning[1:] + ".")
        note(_where(metric))
        label = "Formula, and what others mean"
        with st.expander(label, key=f"defined {metric.name}", on_change="rerun") as opened:
            if opened.open:
                definition(metric)


def _where(metric: Metric) -> str:
    """The pages it stands on, by the names of the menu; else whose name others give it."""
    titles = [page.title for name, page in sections.pages().items() if name in _pages(metric)]
    if titles:
        return f"Stands on {', '.join(titles)}."
    same = [other.label for other in metrics().values() if metric.name in _called_alike(other)]
    return f"What others may mean by {' or '.join(same)}." if same else "Stands on no page yet."


def _called_alike(metric: Metric) -> set[str]:
    return {rival.name for rival in metric.rivals}


def _pages(metric: Metric) -> tuple[str, ...]:
    return glossary.uses()[metric.name].pages


def everything() -> bytes:
    """All definitions as a file, for whoever wants to argue about them."""
    rows = [
        (
            metric.name, metric.label, UNITS[metric.unit], GOOD[metric.good], metric.meaning,
            metric.call, metric.formula, "; ".join(rival.words for rival in metric.rivals),
            ", ".join(glossary.uses()[metric.name].queries), ", ".join(_pages(metric)),
        )
        for metric in metrics().values()
    ]  # fmt: skip
    return csv_bytes(HEADER, rows)
