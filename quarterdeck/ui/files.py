"""One card for each dropped file: what it is, what it asks, what it changes, and the commit."""

from __future__ import annotations

from datetime import date
from typing import Any

import streamlit as st

from quarterdeck.importing.fields import ENTITIES
from quarterdeck.ui import preview
from quarterdeck.ui.cards import action, card, refusal, say
from quarterdeck.ui.days import day_words
from quarterdeck.ui.imports import Drop, Report, commit, commit_all, put_file_away, ready
from quarterdeck.ui.plain import plain
from quarterdeck.ui.session import answer, today
from quarterdeck.ui.words import counted, many

FIRST_DAY = date(1990, 1, 1)
MOST_IN_SIGHT = 4
"""More choices than these stand in a list to open."""
EXTENTS = {"full": "all there are", "partial": "only some of them"}


def file_cards(drops: list[Drop]) -> None:
    """Each file by itself; where several can be committed, one click commits them in order."""
    able = ready()
    if len(able) > 1:
        with st.container(horizontal=True, vertical_alignment="center"):
            clicked = action(f"Commit all {len(able)} files", icon="check", key="commit all")
            say(f":gray[{_left_out(sum(map(_harmful, able)))}Or each by itself, below.]")
        if clicked:
            with st.spinner(f"Writing {len(able)} files"):
                commit_all()
            st.rerun()
    for drop in drops:
        file_card(drop, is_alone=len(drops) == 1)


def file_card(drop: Drop, *, is_alone: bool) -> None:
    """A file that could not be read says why; the others are not touched by it."""
    if drop.refused:
        refusal(drop.refused, drop.name)
    if not drop.staged:
        _questions(drop)
        with st.container(horizontal=True, vertical_alignment="center"):
            _away(drop)
            _correct(drop)
        return
    with st.container(border=True, gap="xsmall"):
        _what_it_is(drop)
        if said := _known_already(drop):
            say(f"**{said}**")
            _away(drop)
            return
        is_open = is_alone or st.toggle(
            f"Show what it changes: {preview.finding(drop.staged.report)}",
            key=f"details {drop.file_id}",
        )
        if not is_open and not drop.asked:
            _commit(drop, is_alone=is_alone)
            return
    _questions(drop)
    if is_open:
        _details(drop)
    _commit(drop, is_alone=is_alone)


def _details(drop: Drop) -> None:
    preview.before_and_after(drop)
    left, right = st.columns([3, 2], gap="medium")
    with left:
        preview.cell_by_cell(drop)
    with right:
        preview.refused_rows(drop)
    preview.columns_read(drop)


def _away(drop: Drop) -> None:
    key = f"away {drop.file_id}"
    st.button("Put the file away", key=key, on_click=put_file_away, args=(drop,))


def _correct(drop: Drop) -> None:
    """What the file's owner may know better than the file says."""
    with st.popover("Say what it is", type="tertiary", key=f"correct {drop.file_id}"):
        _choose_entity(drop, drop.said.get("entity"))
        _choose_day(drop, drop.said.get("exported_on"))


# The value is part of the key: a closed popover does not hear of values that the server sets.
def _choose_entity(drop: Drop, now: str | None) -> None:
    key, entities = f"entity {drop.file_id} {now}", list(ENTITIES)
    st.selectbox(
        "What does a row stand for?",
        entities,
        index=entities.index(now) if now else None,
        format_func=many,
        key=key,
        on_change=_say,
        args=(drop, "entity", key),
    )


def _choose_day(drop: Drop, now: date | None) -> None:
    key = f"day {drop.file_id} {now}"
    st.date_input(
        "Exported on",
        value=now,
        min_value=min(FIRST_DAY, now or FIRST_DAY),
        max_value=today(),
        key=key,
        on_change=_say,
        args=(drop, "exported_on", key),
    )


def _what_it_is(drop: Drop) -> None:
    assert drop.staged
    report = drop.staged.report
    rows = report["rows"]
    with st.container(horizontal=True, vertical_alignment="center"):
        size = f"{max(1, report['file']['bytes'] // 1000):,} kB"
        say(f":material/description: **{plain(drop.name)}** :gray[{size}]")
        st.badge(
            f"{rows['in_file']:,} rows = {rows['good']:,} good + {rows['rejected']:,} rejected"
            f" + {rows['blank']:,} blank",
            color="gray",
        )
    with st.container(horizontal=True, vertical_alignment="center", gap="xxsmall"):
        st.markdown(":gray[:small[Read as]]", width="content")
        _said_entity(drop, report)
        st.markdown(":gray[:small[exported on]]", width="content")
        _said_day(drop, report)
        st.markdown(":gray[:small[holding]]", width="content")
        _said_extent(drop, report)


def _assumed(report: Report, name: str, text: str) -> str:
    return f"**{text}**" + (" :gray[(assumed)]" if name in report["assumed"] else "")


def _said_entity(drop: Drop, report: Report) -> None:
    name = f"**{many(report['entity'])}**"
    with st.popover(name, type="tertiary", key=f"what {drop.file_id}"):
        _choose_entity(drop, report["entity"])


def _said_day(drop: Drop, report: Report) -> None:
    day = date.fromisoformat(report["exported_on"])
    label = _assumed(report, "exported_on", day_words(day, today()))
    with st.popover(label, type="tertiary", key=f"when {drop.file_id}"):
        _choose_day(drop, day)


def _said_extent(drop: Drop, report: Report) -> None:
    key, extents = f"extent {drop.file_id} {report['extent']}", list(EXTENTS)
    label = _assumed(report, "extent", EXTENTS[report["extent"]])
    with st.popover(label, type="tertiary", key=f"how much {drop.file_id}"):
        st.radio(
            f"Which {many(report['entity'])} does the file hold?",
            extents,
            index=extents.index(report["extent"]),
            format_func=lambda extent: EXTENTS[extent].capitalize(),
            captions=["What is missing in it is gone", "What is missing in it stays as it is"],
            key=key,
            on_change=_say,
            args=(drop, "extent", key),
        )


def _say(drop: Drop, name: str, key: str) -> None:
    drop.say(name, st.session_state[key])


def _known_already(drop: Drop) -> str:
    assert drop.staged
    if drop.staged.same_batch_id is None:
        return ""
    known = answer("imports")
    same = known[known["batch_id"] == drop.staged.same_batch_id]
    on = f" on {day_words(same['imported_on'].iloc[0].date(), today())}" if len(same) else ""
    return f"This file was already imported{on}: nothing to do."


def _questions(drop: Drop) -> None:
    """Nothing is chosen beforehand; each choice says what it would bring."""
    if not drop.asked:
        return
    left = len(drop.open_questions())
    with card("What only you can know"):
        if left:
            st.badge("Blocks the commit", icon=":material/help:", color="orange")
        for question in drop.asked.values():
            say(f"**{plain(question['ask'])}**")
            _ask(drop, question)


def _ask(drop: Drop, question: dict[str, Any]) -> None:
    key = f"answer {drop.file_id} {question['id']}"
    choices: list[str] = question["choices"]
    if len(choices) > MOST_IN_SIGHT:
        _choose(drop, question, f"{key} {len(choices)}")
        return
    st.radio(
        plain(question["ask"]),
        choices,
        index=None,
        format_func=lambda choice: plain(choice[:1].upper() + choice[1:]),
        captions=[plain(drop.effect(question, choice)) for choice in choices],
        key=key,
        label_visibility="collapsed",
        on_change=_answer,
        args=(drop, question["id"], key),
    )


def _choose(drop: Drop, question: dict[str, Any], key: str) -> None:
    st.selectbox(
        plain(question["ask"]),
        question["choices"],
        index=None,
        format_func=_in_words,
        placeholder=f"Assumed meanwhile: {_in_words(question['assumed']).lower()}",
        key=key,
        label_visibility="collapsed",
        on_change=_answer,
        args=(drop, question["id"], key),
    )


def _in_words(choice: str) -> str:
    words = choice.replace("_", " ")
    return words[:1].upper() + words[1:]


def _answer(drop: Drop, question_id: str, key: str) -> None:
    drop.answer(question_id, st.session_state[key])


def _commit(drop: Drop, *, is_alone: bool) -> None:
    assert drop.staged
    report, left = drop.staged.report, drop.open_questions()
    harmful = _harmful(drop)
    good = counted(report["rows"]["good"], f"{'good ' if harmful else ''}{report['entity']}")
    with st.container(horizontal=True, vertical_alignment="center"):
        label, key, cannot = f"Commit {good}", f"commit {drop.file_id}", not drop.is_ready()
        if is_alone:
            clicked = action(label, icon="check", key=key, disabled=cannot)
        else:
            clicked = st.button(label, icon=":material/check:", key=key, disabled=cannot)
        _away(drop)
        say(_beside(len(left), harmful, report["rows"]["good"]))
    if clicked:
        with st.spinner(f"Writing {good}"):
            commit(drop)
        st.rerun()


def _beside(left: int, harmful: int, good: int) -> str:
    if left:
        return f":orange[Answer the {'question' if left == 1 else f'{left} questions'} first.]"
    if not good:
        return ":orange[No row can be imported.]"
    return f":gray[{_left_out(harmful)}One click takes it back later.]"


def _harmful(drop: Drop) -> int:
    """Rejected rows that are no totals, repeated headers or the like."""
    rejects = drop.staged.report["rejects"] if drop.staged else []
    return sum(not one.get("harmless") for one in rejects)


def _left_out(harmful: int) -> str:
    return f"{counted(harmful, 'row')} will be left out. " if harmful else ""
