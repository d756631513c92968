"""How long is what was coached kept?"""

from __future__ import annotations

import streamlit as st

from quarterdeck.commands import retaining
from quarterdeck.commands.checking import MAY_SETTLE
from quarterdeck.commands.settings import ChangeSetting, change_setting
from quarterdeck.domain.thresholds import KEPT, Threshold
from quarterdeck.ui import session, team, thresholds_tab
from quarterdeck.ui.cards import action, card, note, say
from quarterdeck.ui.settled import settings
from quarterdeck.ui.words import counted


def show() -> None:
    """Months by kind, what a change would remove now, and one click that says it is meant."""
    held, seen = settings(), team.seen("retention")
    with card("How long is what was coached kept?"):
        note("In months; 0 keeps it for good. Numbers, deals and activities are never removed.")
        typed = {each: thresholds_tab.line(each, str(each.held(held))) for each in KEPT}
        changed = {each: text for each, text in typed.items() if each.read(text) != each.held(held)}
        if session.viewer().role not in MAY_SETTLE:
            note("Sales operations or an area director change this.")
            return
        gone = _gone(typed) if changed else 0
        is_meant = True
        if gone:
            say(f":orange[▼ **{counted(gone, 'entry')}** would go now, for good.]")
            is_meant = st.checkbox("Remove them", key=f"retention meant {team.turn()}")
        if action("Save", icon="check", key="save retention", disabled=not (changed and is_meant)):
            commands = [ChangeSetting(each.name, text, seen) for each, text in changed.items()]
            team.perform(change_setting, *commands)
        note(
            "What is older goes on its day, in all its versions. Backups hold it until ten newer "
            "ones have taken their place. About one person: erase, on the command line."
        )


def _gone(typed: dict[Threshold, str]) -> int:
    """How many entries are past what is typed; what cannot be read removes nothing."""
    numbers = {each.name: text for each, text in typed.items() if each.read(text) is not None}
    ends = retaining.last_days(session.today(), numbers)
    return sum(retaining.due(session.engine(), ends).values()) if any(ends.values()) else 0
