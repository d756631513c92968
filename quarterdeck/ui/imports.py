"""A dropped file on its way: looked at, asked about, committed once, taken back."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

import streamlit as st

from quarterdeck.domain.calendar import day_label
from quarterdeck.importing.committing import commit_import, new_key
from quarterdeck.importing.fields import ENTITIES
from quarterdeck.importing.staging import Dropped, Staged, put_away, stage
from quarterdeck.importing.unanswered import QuestionsOpen
from quarterdeck.importing.undoing import undo_import
from quarterdeck.people import MAY_IMPORT
from quarterdeck.refusal import Refused
from quarterdeck.ui.session import engine, importer, own_engine, settle, today, viewer

Report = dict[str, Any]
Question = dict[str, Any]


def may_import() -> bool:
    """Whether the viewer may drop files; an executive or a director asks sales operations."""
    return importer().role in MAY_IMPORT


def may_undo() -> bool:
    """The same of what is shown: of the invented team, whoever they look as."""
    return viewer().role in MAY_IMPORT


@dataclass
class Drop:
    """One dropped file, what was said about it, and what came of it.

    Its key is made when it is first drawn, so that two clicks on Commit are one.
    """

    file_id: str
    name: str
    content: bytes
    key: str = field(default_factory=new_key)
    said: dict[str, Any] = field(default_factory=dict)
    asked: dict[str, Question] = field(default_factory=dict)
    answers: dict[str, str] = field(default_factory=dict)
    effects: dict[str, str] = field(default_factory=dict)
    staged: Staged | None = None
    refused: Refused | None = None
    stamp: object = None

    def look(self) -> None:
        """Read and compare, again when something was said or the data has moved since."""
        stamp = (own_engine().data_version(), dict(self.said), dict(self.answers))
        if stamp == self.stamp:
            return
        self.forget()
        try:
            self.staged = _staged(self, self.answers)
        except Refused as refused:
            self.refused = refused
        self.stamp = stamp
        for question in self.questions():
            self.asked.setdefault(question["id"], question)

    def questions(self) -> list[Question]:
        """Those without an answer; a file may need some before it can be read at all."""
        if isinstance(self.refused, QuestionsOpen):
            return self.refused.questions
        found: list[Question] = self.staged.report["questions"] if self.staged else []
        return found

    def say(self, name: str, value: object) -> None:
        """Keep what the file's owner knows better; emptied, it is read from the file again."""
        before = self._entity()
        self.said[name] = value
        self._ask_columns_again(before)
        if name == "entity":
            self.asked.pop("entity", None)

    def answer(self, question_id: str, choice: str | None) -> None:
        """Keep one answer, or forget it where it is emptied."""
        before = self._entity()
        if choice is None:
            self.answers.pop(question_id, None)
        else:
            self.answers[question_id] = choice
        self._ask_columns_again(before)

    def _entity(self) -> object:
        assumed = self.asked.get("entity", {}).get("assumed")
        return self.said.get("entity") or self.answers.get("entity") or assumed

    def _ask_columns_again(self, before: object) -> None:
        """What a row stands for decides what a column without a header may hold."""
        if before == self._entity():
            return
        for question_id in list(self.asked):
            if question_id.startswith("column:"):
                self.answers.pop(question_id, None)
            if question_id != "entity" and question_id not in self.answers:
                self.asked.pop(question_id)

    def open_questions(self) -> list[Question]:
        """Those whose answer changes a number and that nobody has answered."""
        return [question for question in self.questions() if question["changes_totals"]]

    def is_ready(self) -> bool:
        """Nothing stands between this file and its commit."""
        if not self.staged or self.staged.same_batch_id or self.open_questions():
            return False
        return bool(self.staged.report["rows"]["good"])

    def effect(self, question: Question, choice: str) -> str:
        """What the file would bring with this answer, read once for each choice."""
        name = f"{question['id']}={choice} {sorted(self.said.items(), key=str)}"
        if name not in self.effects:
            self.effects[name] = _effect(self, question, choice)
        return self.effects[name]

    def forget(self) -> None:
        if self.staged:
            put_away(self.staged)
        self.staged = self.refused = None


def drops() -> dict[str, Drop]:
    """The files on the page, by the id of their upload."""
    found: dict[str, Drop] = st.session_state.setdefault("drops", {})
    return found


def uploader_key() -> str:
    """Another one each time that all files are dealt with: that empties the drop zone."""
    if st.session_state.get("handled") and not drops():
        st.session_state["handled"] = set()
        st.session_state["round"] = st.session_state.get("round", 0) + 1
    return f"files {st.session_state.get('round', 0)}"


def take_in(files: list[Any]) -> list[Drop]:
    """The dropped files in their order, but for those committed or put away."""
    held, handled = drops(), st.session_state.setdefault("handled", set())
    for gone in held.keys() - {file.file_id for file in files}:
        held.pop(gone).forget()
    for file in files:
        if file.file_id not in held and file.file_id not in handled:
            held[file.file_id] = Drop(file.file_id, file.name, file.getvalue())
            results().clear()
    return list(held.values())


def put_file_away(drop: Drop) -> None:
    drop.forget()
    drops().pop(drop.file_id, None)
    st.session_state.setdefault("handled", set()).add(drop.file_id)


def commit(drop: Drop) -> None:
    """Make the file true; what came of it is said above the next drawing."""
    assert drop.staged
    try:
        report = commit_import(
            own_engine(), drop.staged, scope=importer(), key=drop.key, only_good=True
        )
    except Refused as refused:
        results().append(refused)
        return
    results().append(_done(report))
    settle()
    drop.staged = None
    put_file_away(drop)


def ready() -> list[Drop]:
    """Files that a commit would take, oldest export first."""
    able = [drop for drop in drops().values() if drop.is_ready()]
    return sorted(able, key=lambda drop: drop.staged.report["exported_on"] if drop.staged else "")


def commit_all() -> None:
    """One after the other; each is compared anew with what the one before changed."""
    for drop in ready():
        drop.look()
        if drop.is_ready():
            commit(drop)


def undo(batch_id: str) -> None:
    """Take an import back, and say so; a refusal is said in the same place."""
    try:
        undone = undo_import(engine(), batch_id, scope=viewer())
    except Refused as refused:
        results().append(refused)
        return
    kept = f" These stay, since other imports use them: {', '.join(undone.kept)}."
    results().append(f"{undone.file_name} is taken back.{kept if undone.kept else ''}")


def results() -> list[str | Refused]:
    """What commits and undos came to since the last drop."""
    found: list[str | Refused] = st.session_state.setdefault("results", [])
    return found


def label_of(entity: str, name: str) -> str:
    """The field as its template calls it."""
    labels = {each.name: each.label for each in ENTITIES[entity].fields}
    return labels.get(name, name.capitalize())


def _staged(drop: Drop, answers: dict[str, str]) -> Staged:
    dropped = Dropped(drop.name, drop.content, answers, **drop.said)
    return stage(own_engine(), dropped, scope=importer(), today=today())


def _effect(drop: Drop, question: Question, choice: str) -> str:
    try:
        tried = _staged(drop, {**drop.answers, question["id"]: choice})
    except Refused as refused:
        return refused.what
    put_away(tried)
    column = tried.report["columns"].get(question["id"].partition(":")[2], {})
    if column.get("min") and question["id"].startswith("date_order"):
        unread = f", {column['unreadable']} unreadable" if column.get("unreadable") else ""
        return f"Then the dates run from {_day(column['min'])} to {_day(column['max'])}{unread}."
    counted = [
        f"{outcome} {total['count']:,} for {Decimal(total['amount']):,}"
        for outcome, total in (tried.report["totals"] or {}).items()
    ]
    return f"Then the file holds {', '.join(counted)}." if counted else ""


def _day(text: str) -> str:
    return day_label(date.fromisoformat(text[:10]))


def _done(report: Report) -> str:
    changes = report["changes"]
    parts = [f"{changes[kind]:,} {kind}" for kind in ("new", "changed", "reopened", "gone")]
    said = ", ".join(part for part in parts if not part.startswith("0 ")) or "nothing new"
    return f"{report['file']['name']} is in: {said}."
