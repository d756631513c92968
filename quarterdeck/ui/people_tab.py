"""What is known about each person, who is missing, and which two are one?"""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from quarterdeck.commands.people import AddPerson, add_person
from quarterdeck.commands.persons import ChangePerson, MergePeople, change_person, merge_people
from quarterdeck.ui import choosing, session, team
from quarterdeck.ui.cards import action, card, note, say
from quarterdeck.ui.downloads import download
from quarterdeck.ui.plain import plain
from quarterdeck.ui.settled import asked
from quarterdeck.ui.words import counted

KINDS = {"person": "Person", "seat": "Vacant seat"}
COUNTED = {
    "deals": "deal",
    "accounts": "account",
    "quotas": "monthly quota",
    "reports": "report",
    "activities": "activity",
    "modules": "module",
    "names": "name or id in files",
}


def show() -> None:
    """Everyone in a table, then one person's details, a new one, and two who are one."""
    people = session.answer("people", asked())
    labels = choosing.labels(session.today())
    if not people.empty:
        with card("Who is known?"):
            _table(people)
        with card("What is known about one of them?"):
            _details(people, labels)
    with card("Is somebody missing?"):
        _newcomer(is_action=people.empty)
    if len(people) > 1:
        with card("Are two of them one person?"):
            _twins(labels)


def _table(people: pd.DataFrame) -> None:
    shown = people.assign(kind=people["kind"].map(KINDS), role=people["role"].map(team.ROLES)).drop(
        columns=["person_id", "manager_id"]
    )
    titles = {
        "person_name": "Name", "kind": "Kind", "role": "Role", "email": "E-mail",
        "region": "Region", "base_zip": "Base ZIP",
    }  # fmt: skip
    days = {"hired_on": "Hired on", "left_on": "Left on"}
    st.dataframe(
        shown[[*titles, *days]],
        hide_index=True,
        placeholder="–",
        height=min(38 + 35 * len(shown), 318),
        column_config=titles
        | {name: st.column_config.DateColumn(day) for name, day in days.items()},
        key="people table",
        alt=f"Name, kind, role and details of {len(people)} people",
    )
    with st.container(horizontal=True):
        download(f"All {len(people):,} as CSV", "people", asked(), key="people file")


def _details(people: pd.DataFrame, labels: dict[str, str]) -> None:
    person_id = st.selectbox(
        "Person", list(people["person_id"]), format_func=lambda each: labels.get(each, each),
        key="whose details", width=320,
    )  # fmt: skip
    known = people.set_index("person_id").loc[person_id]
    key = f"{person_id} {team.turn()}"
    seen = team.seen(f"details {person_id}")
    with st.grid(3, min_column_width=220):
        name = st.text_input("Name", known["person_name"], key=f"name {key}")
        email = st.text_input("E-mail", _text(known["email"]), key=f"email {key}")
        region = st.text_input("Region", _text(known["region"]), key=f"region {key}")
        base_zip = st.text_input("Base ZIP", _text(known["base_zip"]), key=f"zip {key}")
        hired_on = _day("Hired on", known["hired_on"], f"hired {key}")
        left_on = _day("Left on", known["left_on"], f"left {key}")
    is_seat = st.checkbox(
        "A vacant seat: nobody holds this place yet", known["kind"] == "seat", key=f"seat {key}"
    )
    note("Files that use an old name or e-mail still find the person.")
    if action("Save the details", icon="check", key="save person"):
        kind = "seat" if is_seat else "person"
        command = ChangePerson(
            person_id, name, kind, email, region, hired_on, left_on, base_zip, seen
        )
        team.perform(change_person, command)


def _newcomer(*, is_action: bool) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        name = st.text_input("Name", key=f"new name {team.turn()}", width=260)
        email = st.text_input("E-mail, if there is one", key=f"new mail {team.turn()}", width=260)
        kind = st.selectbox(
            "Kind", list(KINDS), format_func=KINDS.__getitem__, key="new kind", width=160
        )
        label, sign = "Add to the team", "person_add"
        clicked = (
            action(label, icon=sign, key="add person")
            if is_action
            else st.button(label, icon=f":material/{sign}:", key="add person")
        )
    if clicked:
        team.perform(add_person, AddPerson(name, email, kind))


def _twins(labels: dict[str, str]) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        first = _one("Stays", labels, "first twin")
        second = _one("Is the same person", labels, "second twin")
    if not first or not second or first == second:
        note("Choose two people: nothing happens before you have read what moves.")
        return
    seen = team.seen(f"twins {first} {second}")
    uses = session.answer("person_uses", asked(), words=second)
    uses = uses[uses["person_id"] == second]
    moving = [
        counted(int(n), COUNTED[kind]) for kind, n in zip(uses["kind"], uses["uses"], strict=True)
    ]
    one, other = plain(labels[first]), plain(labels[second])
    say(f"**From {other} to {one}:** {', '.join(moving) or 'nothing'}; {other} is gone after that.")
    note(
        "What both hold for the same days (quota, manager, role, module) stays as the first "
        "has it. History keeps an undo."
    )
    if st.button("Make them one person", icon=":material/merge:", key="merge people"):
        team.perform(merge_people, MergePeople(first, second, seen))


def _one(label: str, labels: dict[str, str], key: str) -> str | None:
    return st.selectbox(
        label,
        list(labels),
        index=None,
        format_func=lambda each: labels.get(each, each),
        placeholder="Choose a person",
        key=f"{key} {team.turn()}",
        width=260,
    )


def _text(cell: Any) -> str:
    return "" if pd.isna(cell) else str(cell)


def _day(label: str, known: pd.Timestamp, key: str) -> date | None:
    value = None if pd.isna(known) else known.date()
    day: date | None = st.date_input(
        label, value, min_value=date(1950, 1, 1), max_value=date(2100, 1, 1), key=key
    )
    return day
