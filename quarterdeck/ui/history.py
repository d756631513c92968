"""Which files are in, and which can be taken back?"""

from __future__ import annotations

from typing import Any

import streamlit as st

from quarterdeck.importing.templates import templates as empty_files
from quarterdeck.refusal import Refused
from quarterdeck.ui import imports
from quarterdeck.ui.cards import card, note, refusal, say
from quarterdeck.ui.days import day_words
from quarterdeck.ui.downloads import download, download_bytes
from quarterdeck.ui.empty import go
from quarterdeck.ui.plain import plain
from quarterdeck.ui.session import answer, filters, today
from quarterdeck.ui.words import counted

MOST = 8


def results() -> None:
    """What the last commits and undos came to."""
    found = imports.results()
    for refused in found:
        if isinstance(refused, Refused):
            refusal(refused)
    if said := [plain(result) for result in found if isinstance(result, str)]:
        st.success("\n\n".join(said), icon=":material/check:")
        go(
            "attainment",
            "See attainment",
            "flag",
            key="to attainment",
            is_action=not imports.drops(),
        )


def past_imports() -> None:
    """The imports, newest first; any one can be taken back."""
    listed = answer("imports")
    if listed.empty:
        return
    pages = -(-len(listed) // MOST)
    with card("What has been imported?"):
        rows = st.container(gap=None)
        page = st.pagination(pages, max_visible_pages=5, key="imports page") if pages > 1 else 1
        with rows:
            for row in listed.iloc[(page - 1) * MOST : page * MOST].to_dict("records"):
                _past_import({str(name): value for name, value in row.items()})
        if imports.may_undo():
            note("Any import can be undone: what the others said stays.")
        download(f"All {len(listed):,} as CSV", "imports", filters(), key="imports file")


def _past_import(row: dict[str, Any]) -> None:
    exported, imported = (
        day_words(row[name].date(), today()) for name in ("exported_on", "imported_on")
    )
    read = counted(row["rows_good"], row["entity"])
    moved = f"{row['new_rows']:,} new, {row['changed_rows']:,} changed"
    state = "; **taken back**" if row["is_undone"] else ""
    with st.container(horizontal=True, vertical_alignment="center", wrap=False):
        say(
            f"**{plain(row['file_name'])}** :gray[{read}, {moved}; exported {exported},"
            f" imported {imported}{state}]"
        )
        st.space("stretch")
        if row["can_undo"] and imports.may_undo():
            st.button(
                "Undo",
                icon=":material/undo:",
                type="tertiary",
                key=f"undo {row['batch_id']}",
                on_click=imports.undo,
                args=(row["batch_id"],),
            )


def templates() -> None:
    """An empty file for each kind, for whoever has no export yet."""
    with st.popover("Templates", icon=":material/download:", type="tertiary", key="templates"):
        say("Headers that are always understood; every column but the first few may be missing.")
        for name, file in empty_files().items():
            label = name.removesuffix(".csv").capitalize()
            download_bytes(label, file, name, key=f"template {name}")
