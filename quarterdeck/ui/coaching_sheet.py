"""What of a team fits on one page of paper, for the director's own use?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from quarterdeck.domain.coaching import MEASURES, SKILLS
from quarterdeck.domain.selling import first_measure
from quarterdeck.domain.shrinkage import BELOW_PEERS
from quarterdeck.exports.one_page import Sheet, one_page
from quarterdeck.ui import session
from quarterdeck.ui.coaching import Row, Selling, fresh
from quarterdeck.ui.coaching_skills import evidence_words, verdict
from quarterdeck.ui.days import day_of
from quarterdeck.ui.downloads import download_bytes
from quarterdeck.ui.words import counted, records

HEADING = (
    ("Who", 15),
    *((skill.capitalize(), 15) for skill in SKILLS),
    ("Last 1:1", 7), ("Next", 7), ("13 weeks", 5), ("Open", 6),
)  # fmt: skip
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
NOTE = "For the director’s own use. A word is no ranking; too few deals say nothing."


def offer(manager: str, title: str, finding: str, team: Selling, board: Sequence[Row]) -> None:
    """One team as a file for paper, made at the click."""
    on = session.filters().as_of
    known = {str(one["person_id"]): one for one in board if str(one["person_id"]) in team.rows}
    if not known:
        return
    plans, learning = _plans(known), _learning(known)

    def file() -> bytes:
        rows = [_row(team, person_id, one) for person_id, one in _by_name(known)]
        lists = (("Plans", plans), ("Being learned", learning))
        said = f"{title} As of {day_of(on, on)} {on.year}"
        return one_page(Sheet(finding, said, HEADING, rows, lists, NOTE))

    name = f"coaching_{on}.docx"
    download_bytes("One page to print", file, name, key=f"one page {manager}", mime=WORD)


def _by_name(known: dict[str, Row]) -> list[tuple[str, Row]]:
    return sorted(known.items(), key=lambda item: str(item[1]["person_name"]))


def _row(team: Selling, person_id: str, one: Row) -> list[str]:
    late = int(one["overdue_actions"]) + int(one["overdue_learning"])
    still = int(one["open_actions"]) + int(one["open_learning"])
    return [
        str(one["person_name"]),
        *(_skill(team, skill, person_id) for skill in SKILLS),
        _day(one["last_on"], "none yet"),
        _day(one["next_on"], "–"),
        f"{int(one['minutes']) / 60:.1f} h",
        f"{still}, {late} late" if late else str(still),
    ]


def _skill(team: Selling, skill: str, person_id: str) -> str:
    name = first_measure(skill)
    found = team.evidence[name][person_id]
    sign = "▼ " if found.verdict == BELOW_PEERS else ""
    return f"{sign}{verdict(found)} ({evidence_words(found, MEASURES[name])})"


def _day(on: Any, nothing: str) -> str:
    return nothing if on is None else day_of(on.date(), session.today())


def _plans(known: dict[str, Row]) -> list[str]:
    return [
        f"{one['person_name']}: {one['goal']}, {one['status']}, review "
        f"{day_of(one['review_on'].date(), session.today())}"
        for one in records(fresh("coaching_plans"))
        if one["status"] != "closed" and str(one["person_id"]) in known
    ] or ["None runs."]


def _learning(known: dict[str, Row]) -> list[str]:
    return [
        f"{one['person_name']}: {one['title']}, {one['standing']}"
        for one in records(fresh("learning_items"))
        if one["standing"] != "done" and str(one["person_id"]) in known
    ] or [f"Nothing is open for {counted(len(known), 'person')}."]
