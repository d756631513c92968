"""Which pages are there, under which name, sign and group?"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import streamlit as st

FEW_PAGES = 10
SAYS = {
    "attainment": "Who is on track for quota?",
    "funnel": "What is open, and where does it stand?",
    "territory": "Is the territory fair?",
    "quotas": "What is each quota, and do they add up?",
    "activity": "What is the team doing, and whom has nobody spoken to?",
    "coaching": "What does each executive need next, and did it work?",
    "area": "Which team is in trouble?",
    "upload": "Drop a file, see what it would change",
    "definitions": "What does each number mean?",
    "settings": "Who is on the team, and what holds for everyone?",
}
"""What each page answers: shown beside its name, and found by it."""
PAGES = Path(__file__).resolve().parents[2] / "pages"


def _page(name: str, icon: str) -> st.Page:
    path = PAGES / f"{name}.py"
    sign = f":material/{icon}:"
    return st.Page(path, title=name.capitalize(), icon=sign, url_path=name, help=SAYS[name])


def _first() -> None:
    """The default page has no address of its own, so none of ours is the default."""
    st.switch_page(pages()["attainment"])


def pages() -> dict[str, st.Page]:
    return {page.url_path: page for group in groups().values() for page in group}


def groups() -> dict[str, list[st.Page]]:
    return {
        "Run": [
            _page("attainment", "flag"),
            _page("funnel", "filter_alt"),
        ],
        "Plan": [
            _page("territory", "map"),
            _page("quotas", "target"),
        ],
        "People": [
            _page("activity", "directions_run"),
            _page("coaching", "explore"),
        ],
        "Review": [
            _page("area", "layers"),
        ],
        "Data": [
            _page("upload", "upload_file"),
            _page("definitions", "menu_book"),
            _page("settings", "tune"),
        ],
    }


def menu() -> Mapping[str, list[st.Page]]:
    """A few pages stand in the menu by themselves; more of them fold into their groups.

    A group of one page is no group.
    """
    hidden = st.Page(_first, title="Quarterdeck", default=True, visibility="hidden")
    known = groups()
    are_few = sum(map(len, known.values())) <= FEW_PAGES
    folded = {} if are_few else {name: group for name, group in known.items() if len(group) > 1}
    alone = [page for name, group in known.items() if name not in folded for page in group]
    return {"": [hidden, *alone]} | folded
