"""Who changed what, and when?"""

from __future__ import annotations

import json
import re
from collections.abc import Hashable, Mapping
from datetime import datetime
from typing import Any

import pandas as pd
import streamlit as st

from quarterdeck.metrics import exact_money
from quarterdeck.ui import session
from quarterdeck.ui.cards import note, say
from quarterdeck.ui.days import day_words
from quarterdeck.ui.downloads import download
from quarterdeck.ui.explaining import local
from quarterdeck.ui.plain import plain
from quarterdeck.ui.words import counted

PAGE = 12
LONG = 64
"""A longer word of an entry is cut on the screen; the file has it whole."""
UNSAID = {"sha256"}
_SAYS = {
    "ImportFile": (
        "{file_name}: {new:,} new, {changed:,} changed, {gone:,} gone;"
        " exported {exported_on}; batch {batch_id}"
    ),
    "UndoImport": "{file_name}; batch {batch_id}",
    "ImportAgain": "{file_name}; batch {batch_id}",
}
_ENDINGS = {"id": 0, "name": 1, "usd": 3, "on": 4}
"""What a value is, by the end of its name, and in which order values are said."""
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


@st.fragment
def audit_trail() -> None:
    """The newest changes first, a page at a time; everyone's for whoever keeps the house."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        words = st.text_input(
            "Find a change",
            placeholder="A change, an id or a file’s name",
            icon=":material/search:",
            key="find change",
            width=360,
        )
        st.space("stretch")
        file = st.container(width="content")
    search = sought(words)
    first = session.answer("audit", search=search, rows_shown=PAGE, rows_before=0)
    if first.empty:
        say("No change is called that." if search else _nothing())
        return
    entries = int(first["entries_in_all"].iloc[0])
    with file:
        download(
            f"All {entries:,} as CSV", "audit", session.filters(), key="audit file", search=search
        )
    place = st.container(gap="small")
    pages = -(-entries // PAGE)
    page = 1
    if pages > 1:
        page = st.pagination(pages, max_visible_pages=5, key=f"audit page {search}")
    before = (page - 1) * PAGE
    rows = session.answer("audit", search=search, rows_shown=PAGE, rows_before=before)
    with place:
        seen = f"{before + 1:,}–{before + len(rows):,} of {counted(entries, 'change')}"
        _lines(rows)
        note(f"{seen}, newest first. {_whose()}")


def sought(words: str) -> str:
    """As the log writes it: a letter beyond ASCII is spelled out."""
    return json.dumps(words.strip())[1:-1]


def said(command: str, payload: str, names: Mapping[str, str]) -> str:
    """A change in words, its ids and values behind it; whatever they hold is shown as text."""
    name = _HUMP.sub(" ", command).capitalize()
    details = _details(command, payload, names)
    return f"**{plain(name)}**" + (f" :gray[{plain(details)}]" if details else "")


def _details(command: str, payload: str, names: Mapping[str, str]) -> str:
    """`names` says what an id stands for: a person's name, the file of an import."""
    values = json.loads(payload)
    if not isinstance(values, dict):
        return _short(values)
    known = {"file_name": names.get(str(values.get("batch_id")), "a file"), **values}
    try:
        return _SAYS[command].format_map(known)
    except (KeyError, ValueError):
        kept = [name for name, value in values.items() if value and name not in UNSAID]
        return "; ".join(_value(name, values[name], names) for name in sorted(kept, key=_order))


def _order(name: str) -> int:
    return _ENDINGS.get(name.rpartition("_")[2], 2)


def _value(name: str, value: Any, names: Mapping[str, str]) -> str:
    """`quota_usd: 1000` as "quota $1,000.00", `person_id: p01` as "person Alma (p01)"."""
    noun, _, ending = name.rpartition("_")
    if ending not in _ENDINGS or not noun:
        return f"{name.replace('_', ' ')} {_short(value)}"
    noun = noun.replace("_", " ")
    if ending == "usd":
        return f"{noun} {_money(value)}"
    called = f"{names[value]} ({value})" if ending == "id" and value in names else _short(value)
    return f"{noun} {called}"


def _money(value: Any) -> str:
    try:
        return exact_money(float(value))
    except (TypeError, ValueError):
        return _short(value)


def _short(value: Any) -> str:
    text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return text if len(text) <= LONG else f"{text[:LONG]}…"


def _lines(rows: pd.DataFrame) -> None:
    """One line a change: when and by whom, then what; a phone shows them one below the other."""
    names = _names()
    for row in rows.to_dict("records"):
        when, what = st.columns([1, 3], gap="xxsmall")
        when.markdown(_when(row, names))
        what.markdown(said(row["command"], row["payload"], names))


def _names() -> dict[str, str]:
    """What the ids in sight stand for: people, and the files of imports."""
    team, imports = session.team(), session.answer("imports")
    files = dict(zip(imports["batch_id"], imports["file_name"], strict=True))
    return files | dict(zip(team["person_id"], team["person_name"], strict=True))


def _when(row: dict[Hashable, Any], names: Mapping[str, str]) -> str:
    at = local(datetime.fromisoformat(row["happened_utc"]))
    who = names.get(row["actor"], row["actor"].replace("_", " ").capitalize())
    day = day_words(at.date(), session.today())
    return f"**{day}, {at:%H:%M}** :gray[{plain(who)}]"


def _whose() -> str:
    sees_all = session.viewer().role in ("owner", "operations")
    return "Times are local." if sees_all else "Times are local. You see your own changes."


def _nothing() -> str:
    return "**Nothing has been changed yet.** Every import, undo and setting will stand here."
