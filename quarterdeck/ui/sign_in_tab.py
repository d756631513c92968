"""Who may sign in, who is kept out, and who has a second role?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from quarterdeck.commands.checking import MAY_SETTLE
from quarterdeck.commands.identities import (
    MAY_LET_IN,
    SetAccess,
    SetSecondRole,
    UnlinkIdentity,
    set_access,
    set_second_role,
    unlink_identity,
)
from quarterdeck.ui import session, signing, team
from quarterdeck.ui.account import role_word
from quarterdeck.ui.cards import card, note, say, table
from quarterdeck.ui.days import day_words
from quarterdeck.ui.plain import plain
from quarterdeck.ui.settled import asked
from quarterdeck.ui.words import counted, records

MOST = 12
NONE = "none"


def show() -> None:
    """Everyone with what stands in their way, then what may be changed for one of them."""
    rows = session.answer("sign_ins", asked())
    with card("Who may sign in?"):
        if not signing.is_on():
            say(
                "**Nobody signs in here:** whoever opens this address on this machine sees "
                "everything. SECURITY.md says how to set sign-in up."
            )
        if rows.empty:
            say("Nobody is known yet.")
            return
        _listed(rows)
    if session.viewer().role in MAY_LET_IN:
        with card("What about one of them?"):
            _one(rows)


def _listed(rows: pd.DataFrame) -> None:
    known = records(rows)
    states = [_state(one) for one in known]
    hindered = sum(is_hindered for is_hindered, _ in states)
    linked = sum(one["linked_on"] is not None for one in known)
    whole = counted(len(known), "person")
    said = f"**{whole}**" if not hindered else f"**{hindered:,} of {whole} cannot sign in**"
    say(f"{said}; {linked:,} {'has' if linked == 1 else 'have'} signed in before.")
    # Who cannot comes first: that is what somebody has to do something about.
    found = [
        (
            f"**{plain(one['person_name'])}**  \n:gray[{plain(one['email']) or 'no address'}]",
            f"{f':orange[▼ {words}]' if is_hindered else words}  \n:gray[{_roles(one)}]",
        )
        for (is_hindered, words), one in sorted(
            zip(states, known, strict=True), key=lambda each: not each[0][0]
        )
    ]
    frame = pd.DataFrame(found[:MOST], columns=["Who", "Signed in"])
    table(frame, alt=f"{whole} and whether they may sign in")
    if len(found) > MOST:
        note(f"{len(found) - MOST:,} more can all be chosen below.")


def _state(one: Mapping[Any, Any]) -> tuple[bool, str]:
    if not one["is_open"]:
        return True, "kept out"
    if one["has_left"]:
        return True, "has left"
    if not one["email"]:
        return True, "has no address"
    if one["people"] > 1:
        return True, "shares the address with somebody"
    if not one["role"] and not one["second_role"]:
        return True, "has no role"
    if one["linked_on"] is None:
        return False, "not yet"
    return False, f"since {day_words(one['linked_on'].date(), session.today())}"


def _roles(one: Mapping[Any, Any]) -> str:
    return (
        ", ".join(role_word(each) for each in (one["role"], one["second_role"]) if each)
        or "no role"
    )


def _one(rows: pd.DataFrame) -> None:
    known = {str(one["person_id"]): one for one in records(rows)}
    turn = team.turn()
    chosen = st.selectbox(
        "Who",
        list(known),
        format_func=lambda each: str(known[each]["person_name"]),
        key="sign-in who",
        width=320,
    )
    one = known[str(chosen)]
    person_id, may_settle = str(chosen), session.viewer().role in MAY_SETTLE
    is_self = person_id == session.viewer().viewer_id
    with st.container(horizontal=True, vertical_alignment="bottom"):
        is_open = bool(one["is_open"])
        if st.button(
            "Keep out" if is_open else "Let in",
            icon=":material/block:" if is_open else ":material/check:",
            key="sign-in access",
            disabled=is_self,
        ):
            team.perform(set_access, SetAccess(person_id, not is_open))
        if st.button(
            "Unlink the account",
            icon=":material/link_off:",
            key="sign-in unlink",
            disabled=is_self or one["linked_on"] is None,
        ):
            team.perform(unlink_identity, UnlinkIdentity(person_id))
        held = str(one["second_role"] or NONE)
        options = [NONE, *(each for each in team.ROLES if each != one["role"])]
        second = st.selectbox(
            "Second role",
            options,
            index=options.index(held) if held in options else 0,
            format_func=lambda each: each if each == NONE else role_word(each),
            key=f"sign-in second {person_id} {turn}",
            width=200,
            disabled=is_self or not may_settle,
        )
        if second != held and st.button("Set it", icon=":material/check:", key="sign-in role"):
            role = None if second == NONE else str(second)
            team.perform(set_second_role, SetSecondRole(person_id, role))
    note(
        "Kept out, somebody is out at the next click. Of two roles the stricter one counts until "
        "the other is chosen beside the name. Unlink where an account was made anew."
    )
