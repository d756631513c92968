"""Who gets a letter, and what does the next holder of each account get?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, TypeVar

import pandas as pd
import streamlit as st

from quarterdeck.commands.plan_checks import PUBLISHED
from quarterdeck.commands.templates import kept_template
from quarterdeck.exports.packing import packed, safe_name
from quarterdeck.filters import Filters
from quarterdeck.metrics import EMPTY, money
from quarterdeck.ui import session
from quarterdeck.ui.cards import note, refusal, say, table
from quarterdeck.ui.days import day_words
from quarterdeck.ui.downloads import download_bytes
from quarterdeck.ui.handing_over import Told, everything, handovers, letters
from quarterdeck.ui.letter_words import UNSIGNED, Handing, Turn, quota_after, turned
from quarterdeck.ui.plain import plain
from quarterdeck.ui.restyling import DOCX, LETTER, fault_of, restyle
from quarterdeck.ui.words import counted, records

T = TypeVar("T")
FEW = 8
MOST_SHEETS = 200
"""In one file: a longer one is slow to open."""
ZIP = "application/zip"


def show(plan: pd.Series, asked: Filters) -> None:
    """Everyone whom it touches, their letters, the sheets of the accounts, and their style; of a
    draft to be read before it is published."""
    scenario_id, about = str(plan["scenario_id"]), everything(asked, session.today())
    moves = session.planned("scenario_moves", scenario_id, about)
    if moves.empty:
        say("**Nothing changes hands, so nobody needs a letter.**")
        return
    people = session.planned("scenario_letters", scenario_id, about)
    told = Told(session.engine(), session.viewer(), about, _handing(plan))
    if told.handing.is_draft:
        say(":orange[**▼ Draft: nothing of this is decided.**] Read the letters, and send none.")
    say(_sentence(told.handing, len(people), len(moves)))
    if about != replace(asked, compare_on=None, compare_period=None):
        note("Letters tell everything as it stands today, whatever is chosen above.")
    own = kept_template(told.engine, LETTER)
    fault = fault_of(own) if own else None
    if fault:
        refusal(fault, "Letters use the built-in template, your own is spoilt")
    if not people.empty:
        _executives(people, told.handing, _turn(told.handing, about))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if not people.empty:
            _letters(told, _labels(people), is_own=fault is None)
        _sheets(told, len(moves))
        restyle(own)
    if len(moves) > MOST_SHEETS:
        note(f"The sheets come in files of at most {MOST_SHEETS}, all in one .zip.")


def _handing(plan: pd.Series) -> Handing:
    until = plan["split_until_on"]
    return Handing(
        scenario_id=str(plan["scenario_id"]),
        effective_on=plan["effective_on"].date(),
        credit_rule=str(plan["credit_rule"]),
        until_on=None if pd.isna(until) else until.date(),
        is_rebased=plan["quota_rule"] == "rebased",
        is_draft=plan["status"] != PUBLISHED,
        signed=_signed(plan),
    )


def _signed(plan: pd.Series) -> str:
    """The director whose plan it is, else whoever looks."""
    if isinstance(plan["director_name"], str) and plan["director_name"]:
        return str(plan["director_name"])
    team = session.team(session.today())
    own = team.loc[team["person_id"] == session.viewer().viewer_id, "person_name"]
    return str(own.iloc[0]) if len(own) else UNSIGNED


def _turn(handing: Handing, about: Filters) -> Turn:
    """What becomes of quotas, of a draft that re-bases them."""
    if not (handing.is_draft and handing.is_rebased):
        return Turn()
    quotas, flows = (
        records(session.planned(name, handing.scenario_id, about))
        for name in ("scenario_quotas", "scenario_flows")
    )
    return turned(quotas, flows)


def _sentence(handing: Handing, people: int, moves: int) -> str:
    day = day_words(handing.effective_on, session.today())
    hands = f"{counted(moves, 'account')} {'changes' if moves == 1 else 'change'} hands from {day}"
    if not people:
        return f"**{hands}, and nobody in your sight is touched.**"
    get = "gets" if people == 1 else "get"
    return f"**{counted(people, 'executive')} {get} a letter:** {hands}."


def _executives(people: pd.DataFrame, handing: Handing, turn: Turn) -> None:
    are_of_several = people["manager_name"].nunique() > 1
    found = [
        (
            f"**{plain(one['person_name'])}**"
            + (f"  \n:gray[{_team(one)}]" if are_of_several else ""),
            one["accounts_in"],
            one["accounts_out"],
            _quota(handing, one, turn),
        )
        for one in records(people.head(FEW))
    ]
    columns = ["Who", "Gets", "Gives", "Quota of the months after"]
    table(pd.DataFrame(found, columns=columns), alt="The executives whom it touches most")
    if len(people) > FEW:
        note(f"And {len(people) - FEW:,} more: the file has a letter for each.")


def _team(person: Mapping[Any, Any]) -> str:
    leader = person["manager_name"]
    return f"{plain(leader)}’s team" if leader else "in no team"


def _quota(handing: Handing, person: Mapping[Any, Any], turn: Turn) -> str:
    before, after = person["quota_before_usd"], quota_after(handing, person, turn)
    was, then = (EMPTY if usd is None else money(float(usd)) for usd in (before, after))
    return was if was == then else f"{was} → {then}"


def _labels(people: pd.DataFrame) -> dict[str, str]:
    """Person id → the name, with the id where two are called alike."""
    twice = people["person_name"].duplicated(keep=False)
    names = people["person_name"].where(
        ~twice, people["person_name"] + " (" + people["person_id"] + ")"
    )
    return dict(zip(people["person_id"], names, strict=True))


def _letters(told: Told, labels: dict[str, str], *, is_own: bool) -> None:
    """All of them, and one; each made at the click."""
    download_bytes(
        f"All letters ({len(labels):,})",
        partial(_all_letters, told, labels, is_own=is_own),
        _file_name(told.handing, "letters", "zip"),
        key="plan all letters",
        mime=ZIP,
    )
    chosen = str(
        st.selectbox(
            "Letter to",
            list(labels),
            format_func=lambda one: labels.get(one, one),
            key=f"plan letter {told.handing.scenario_id}",
            width=220,
        )
    )
    download_bytes(
        "This letter",
        partial(_one_letter, told, chosen, is_own=is_own),
        _file_name(told.handing, f"letter to {labels[chosen]}", "docx"),
        key="plan one letter",
        mime=DOCX,
    )


def _all_letters(told: Told, labels: dict[str, str], *, is_own: bool) -> bytes:
    from quarterdeck.exports.letters import letter  # slow to import, and seldom

    style = kept_template(told.engine, LETTER) if is_own else None
    return packed(
        {
            _file_name(told.handing, f"letter to {labels.get(person_id, person_id)}", "docx"): (
                letter(one, style)
            )
            for person_id, one in letters(told).items()
        }
    )


def _one_letter(told: Told, person_id: str, *, is_own: bool) -> bytes:
    from quarterdeck.exports.letters import letter

    style = kept_template(told.engine, LETTER) if is_own else None
    return letter(letters(told)[person_id], style)


def _sheets(told: Told, accounts: int) -> None:
    in_parts = accounts > MOST_SHEETS
    download_bytes(
        f"Handover sheets ({counted(accounts, 'account')})",
        partial(_all_sheets, told, in_parts=in_parts),
        _file_name(told.handing, "handover sheets", "zip" if in_parts else "docx"),
        key="plan sheets",
        mime=ZIP if in_parts else DOCX,
    )


def _all_sheets(told: Told, *, in_parts: bool) -> bytes:
    from quarterdeck.exports import letters as exports

    sheets = handovers(told)
    if not in_parts:
        return exports.handovers(sheets)
    parts = list(_parts(sheets, MOST_SHEETS))
    return packed(
        {
            _file_name(told.handing, f"handover sheets {number:02d} of {len(parts):02d}", "docx"): (
                exports.handovers(part)
            )
            for number, part in enumerate(parts, 1)
        }
    )


def _parts(whole: Sequence[T], most: int) -> Iterator[Sequence[T]]:
    for first in range(0, len(whole), most):
        yield whole[first : first + most]


def _file_name(handing: Handing, what: str, ending: str) -> str:
    """Draft letters 2026-12-01.zip."""
    said = f"draft {what}" if handing.is_draft else what
    return safe_name(f"{said[:1].upper()}{said[1:]} {handing.effective_on}.{ending}")
