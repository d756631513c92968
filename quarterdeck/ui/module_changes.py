"""What should change about the modules, from when on, and what would that do?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from quarterdeck.commands.module_rules import LONGEST
from quarterdeck.commands.modules import (
    CreateModule,
    MergeModules,
    MoveAccounts,
    RenameModule,
    SetModuleOwner,
    SplitModule,
    create_module,
    merge_modules,
    move_accounts,
    rename_module,
    set_module_owner,
    split_module,
)
from quarterdeck.filters import Filters
from quarterdeck.metrics import money
from quarterdeck.ui import module_outcome, session, team
from quarterdeck.ui.address import unique_labels
from quarterdeck.ui.cards import action, note, say
from quarterdeck.ui.days import day_words
from quarterdeck.ui.module_picking import Picked, accounts
from quarterdeck.ui.plain import plain
from quarterdeck.ui.planning import first_of_next_month
from quarterdeck.ui.settled import asked as everyone_today
from quarterdeck.ui.words import counted

NOBODY, NOWHERE = "Nobody", "No module"


@dataclass(frozen=True)
class Form:
    """What every kind of change is asked with: names by id, the day, and what was seen."""

    modules: dict[str, str]
    people: dict[str, str]
    on: date
    seen: int

    @property
    def asked(self) -> Filters:
        """Everything in sight as it will be on the day."""
        return Filters(session.calendar().quarter_of(self.on), self.on)

    @property
    def day(self) -> str:
        return day_words(self.on, session.today())


@dataclass(frozen=True)
class Ready:
    """One change with the sentence that says what it will do; without a command something lacks."""

    says: str
    act: Callable[..., Any] | None = None
    command: Any = None


@st.fragment
def show(modules: pd.DataFrame) -> None:
    """Choose, see what it would do, and do it."""
    kinds = KINDS if len(modules) else {"create": KINDS["create"]}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        kind = str(
            st.selectbox(
                "What to do",
                list(kinds),
                format_func=lambda each: kinds[each][0],
                key=f"module change {len(kinds)}",
                width=260,
            )
        )
        on = _day() if kind != "rename" else session.today()
    form = Form(_names(modules), _people(on), on, team.seen("modules"))
    ready = kinds[kind][1](form)
    if ready.says:
        say(ready.says)
    if kind != "rename" and on < session.today():
        say(
            f":orange[▼ {day_words(on, session.today())} is over:] what this quarter’s pages show "
            "of the days since then changes too."
        )
    label, icon = kinds[kind][0], "check"
    if action(label, icon=icon, key="change modules", disabled=ready.act is None) and ready.act:
        module_outcome.keep(ready.act, ready.command)


def _day() -> date:
    """Of a closed quarter nothing changes."""
    today = session.today()
    day: date = st.date_input(
        "Holds from",
        first_of_next_month(today),
        min_value=session.calendar().quarter_of(today).from_on,
        format="YYYY-MM-DD",
        key=f"module day {team.turn()}",
        width=180,
    )
    return day


def _names(modules: pd.DataFrame) -> dict[str, str]:
    there = modules[~modules["is_over"]]
    return unique_labels(dict(zip(there["module_id"], there["module_name"], strict=True)))


def _people(on: date) -> dict[str, str]:
    """Everyone in sight who is there on the day."""
    rows = session.answer("people", everyone_today())
    here = rows[~(rows["left_on"] < pd.Timestamp(on))]
    return unique_labels(dict(zip(here["person_id"], here["person_name"], strict=True)))


def _create(form: Form) -> Ready:
    name = _name("Name of the new module")
    owner = _owner(form, "Whose it is")
    picked = accounts(form.asked, "module create")
    if not name or owner is None:
        return Ready("Type a name, and say whose it is.")
    lying = f", with {_amount(picked)}" if picked.ids else ""
    says = f"**{plain(name)} is a module of {_called(form, owner)} from {form.day}**{lying}."
    return Ready(says, create_module, CreateModule(name, owner, form.on, picked.ids))


def _rename(form: Form) -> Ready:
    module = _module(form, "Module", "rename")
    name = _name("Its new name")
    if not name or module is None:
        return Ready("Choose a module, and type its new name.")
    says = f"**{_of(form, module)} is called {plain(name)}**, for all days."
    note("A file that uses the old name still finds it, and calls it so again.")
    return Ready(says, rename_module, RenameModule(module, name, form.seen))


def _move(form: Form) -> Ready:
    picked = accounts(form.asked, "module move")
    target = _one("To", {**form.modules, "": NOWHERE}, "move to")
    if not picked.ids or target is None:
        return Ready("Choose the accounts that go, and where to.")
    owner = _owned_by(form, target) if target else "whoever owns each of them"
    go = "goes" if picked.accounts == 1 else "go"
    says = f"**{_amount(picked)}, {go} from {picked.holders} to {owner} from {form.day}**"
    lie = f", into {_of(form, target)}" if target else ", out of every module"
    command = MoveAccounts(picked.ids, target, form.on)
    return Ready(f"{says}{lie}.", move_accounts, command)


def _give(form: Form) -> Ready:
    module = _module(form, "Module", "give")
    owner = _owner(form, "To whom")
    if module is None or owner is None:
        return Ready("Choose a module, and who gets it.")
    inside = accounts(form.asked, "module give", module, is_asked=False)
    was = _owned_by(form, module)
    says = (
        f"**{_of(form, module)}, {_amount(inside)}, goes from {was} to {_called(form, owner)} "
        f"from {form.day}.**"
    )
    return Ready(says, set_module_owner, SetModuleOwner(module, owner, form.on, form.seen))


def _split(form: Form) -> Ready:
    module = _module(form, "Module", "split")
    if module is None:
        return Ready("Choose the module that is split.")
    picked = accounts(form.asked, "module split", module)
    name = _name("Name of the new module")
    owner = _owner(form, "Whose it is")
    if not picked.ids or not name or owner is None:
        return Ready("Choose the accounts that go, type a name for where to, and say whose it is.")
    says = (
        f"**{_amount(picked)}, of {_of(form, module)} {_lie(picked)} in {plain(name)} of "
        f"{_called(form, owner)} from {form.day}.**"
    )
    command = SplitModule(module, name, picked.ids, owner, form.on)
    return Ready(says, split_module, command)


def _merge(form: Form) -> Ready:
    first = _module(form, "Module that stays", "merge first")
    rest = {each: name for each, name in form.modules.items() if each != first}
    second = _one("Module that becomes part of it", rest, "merge second")
    if first is None or second is None:
        return Ready("Choose two modules.")
    inside = accounts(form.asked, "module merge", second, is_asked=False)
    says = (
        f"**{_amount(inside)}, of {_of(form, second)} {_lie(inside)} in {_of(form, first)} of "
        f"{_owned_by(form, first)} from {form.day}.** Nothing lies in {_of(form, second)} from "
        "then on, and nobody owns it; its past stays."
    )
    return Ready(says, merge_modules, MergeModules(first, second, form.on))


KINDS: dict[str, tuple[str, Callable[[Form], Ready]]] = {
    "move": ("Move accounts", _move),
    "give": ("Give a module to somebody", _give),
    "create": ("Create a module", _create),
    "split": ("Split a module", _split),
    "merge": ("Merge two modules", _merge),
    "rename": ("Rename a module", _rename),
}
"""What can be done, as it is called, and what asks for it."""


def _one(label: str, options: dict[str, str], key: str) -> str | None:
    chosen: str | None = st.selectbox(
        label,
        list(options),
        index=None,
        placeholder="Choose one",
        format_func=lambda each: options.get(each, each),
        key=f"module {key} {team.turn()}",
        width=320,
    )
    return chosen


def _module(form: Form, label: str, key: str) -> str | None:
    return _one(label, form.modules, key)


def _owner(form: Form, label: str) -> str | None:
    return _one(label, {**form.people, "": NOBODY}, f"owner {label}")


def _name(label: str) -> str:
    return st.text_input(
        label, max_chars=LONGEST, key=f"module name {label} {team.turn()}", width=320
    ).strip()


def _of(form: Form, module_id: str) -> str:
    return plain(form.modules.get(module_id, module_id))


def _called(form: Form, person_id: str) -> str:
    return plain(form.people.get(person_id, person_id)) if person_id else "nobody"


def _owned_by(form: Form, module_id: str) -> str:
    """Who owns a module on the day."""
    asked = Filters(form.asked.period, form.on, module_ids=(module_id,))
    rows = session.answer("module_history", asked, rows_shown=20, rows_before=0)
    now = rows[(rows["kind"] == "owner") & rows["is_now"]]
    return plain(now["thing_name"].iloc[0]) if len(now) else "nobody"


def _amount(picked: Picked) -> str:
    """18 accounts, $2.40 M potential."""
    return f"{counted(picked.accounts, 'account')}, {money(picked.potential_usd)} potential"


def _lie(picked: Picked) -> str:
    return "lies" if picked.accounts == 1 else "lie"
