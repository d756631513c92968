"""The words of the sentence that narrow: whose, of what, by which amount."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from quarterdeck.filters import BASES
from quarterdeck.ui import choosing, session
from quarterdeck.ui.plain import plain
from quarterdeck.ui.words import bold

AMOUNTS = {
    "amount": ("amount", "Amount", "As the file has it, else the total contract value"),
    "tcv": ("TCV", "TCV", "Total contract value: monthly charge × term + one-time charge"),
    "mrr": ("MRR", "MRR", "Monthly recurring revenue"),
    "acv": ("ACV", "ACV", "Annual contract value: monthly charge × 12"),
}
"""How a basis is called in the sentence and in its list, and what it is."""


def who() -> None:
    """Whose numbers: people, teams and modules of accounts."""
    known, now = choosing.choices(), session.filters()
    team = session.team()
    managers = set(team.loc[team["is_manager"], "person_id"])
    names = [
        *(_whose(known.people[each], is_team=each in managers) for each in now.person_ids),
        *(known.modules[each] for each in now.module_ids),
    ]
    several = " and ".join(names) if len(names) < 3 else f"{len(names)} people and modules"
    label = bold(plain(several) or "everyone", is_usual=not names)
    with st.popover(label, type="tertiary", key="who"):
        st.multiselect(
            "People and teams",
            sorted(known.people, key=lambda each: (each not in managers, known.people[each])),
            default=list(now.person_ids),
            format_func=lambda each: _whose(known.people[each], is_team=each in managers),
            placeholder="Everyone",
            select_all=False,
            key=choosing.key("people"),
            on_change=_who_changed,
        )
        if known.modules:
            _several("Modules of accounts", known.modules, now.module_ids, "module_ids")


def _whose(name: str, *, is_team: bool) -> str:
    return f"{name}’s team" if is_team else name


def _who_changed() -> None:
    choosing.choose(person_ids=tuple(st.session_state[choosing.key("people")]))


def what() -> None:
    """Of what: product lines, channels, strategic accounts."""
    known, now = choosing.choices(), session.filters()
    is_usual = not now.what()
    label = bold(plain(now.what()) or "all lines and channels", is_usual=is_usual)
    with st.popover(label, type="tertiary", key="what"):
        if known.lines:
            _several("Product lines", known.lines, now.product_lines, "product_lines")
        if known.channels:
            _several("Channels", known.channels, now.channels, "channels")
        st.toggle(
            "Strategic accounts only",
            now.strategic_only,
            key=choosing.key("strategic"),
            on_change=_strategic_changed,
        )


def _several(label: str, labels: Mapping[str, str], chosen: tuple[str, ...], field: str) -> None:
    st.multiselect(
        label,
        list(labels),
        default=list(chosen),
        format_func=lambda each: labels[each],
        placeholder="All",
        select_all=False,
        key=choosing.key(field),
        on_change=_several_changed,
        args=(field,),
    )


def _several_changed(field: str) -> None:
    choosing.choose(**{field: tuple(st.session_state[choosing.key(field)])})


def _strategic_changed() -> None:
    choosing.choose(strategic_only=bool(st.session_state[choosing.key("strategic")]))


def basis() -> None:
    """By which amount."""
    now = session.filters()
    label = bold(AMOUNTS[now.basis][0], is_usual=now.basis == "amount")
    with st.popover(label, type="tertiary", key="basis"):
        st.radio(
            "Which amount of a deal counts",
            BASES,
            index=BASES.index(now.basis),
            format_func=lambda each: AMOUNTS[each][1],
            captions=[AMOUNTS[each][2] for each in BASES],
            key=choosing.key("basis"),
            on_change=_basis_changed,
        )


def _basis_changed() -> None:
    choosing.choose(basis=st.session_state[choosing.key("basis")])
