"""Whatever can be clicked in a picture can be chosen from a list, in words and by keyboard."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Radio

from quarterdeck.charts import attainment, funnel, house, progress
from quarterdeck.ui import by_name
from tests.screen import plain_spaces
from tests.test_pages import ROOT, opened

FUNNEL, ATTAINMENT = ROOT / "pages" / "funnel.py", ROOT / "pages" / "attainment.py"
PICTURES = [
    (FUNNEL, "funnel", "Open deals"),
    (FUNNEL, "funnel_by person", "Open deals"),
    (ATTAINMENT, "attainment Teams", "Deals behind"),
]
BEHIND = {"Open deals": "Open deals:", "Deals behind": "Deals behind the total:"}


def listed(page: Path, picture: str) -> AppTest:
    """The page with that picture's list open."""
    screen = opened(page, period="2017-Q4")
    screen.session_state[f"list {picture}"] = True
    screen.run()
    assert not screen.exception, screen.exception[0].stack_trace
    return screen


def names(screen: AppTest) -> Radio[int]:
    (found,) = [each for each in screen.radio if each.label == "Show the deals of"]
    return found


def title(screen: AppTest, begins: str) -> str:
    (found,) = [each.value for each in screen.subheader if each.value.startswith(begins)]
    return plain_spaces(found).replace("\\", "")


@pytest.mark.parametrize(("page", "picture", "begins"), PICTURES)
def test_a_name_from_the_list_is_a_click_on_its_bar(
    filled: Path, page: Path, picture: str, begins: str
) -> None:
    screen = listed(page, picture)
    assert title(screen, begins).startswith(BEHIND[begins])
    name = names(screen).options[1].split(":")[0]
    names(screen).set_value(1).run()
    assert name.replace("\\", "") in title(screen, begins)
    assert names(screen).value == 1
    names(screen).set_value(0).run()
    assert title(screen, begins).startswith(BEHIND[begins])


def test_a_closed_list_sends_nothing(filled: Path) -> None:
    screen = opened(FUNNEL, period="2017-Q4")
    assert not [each for each in screen.radio if each.label == "Show the deals of"]


@pytest.mark.parametrize("picture", ["due", "loss_reasons"])
def test_a_picture_that_leads_nowhere_is_a_list_of_words(filled: Path, picture: str) -> None:
    screen = listed(FUNNEL, picture)
    (said,) = [each.value for each in screen.markdown if each.value.startswith("- ")]
    assert "deal" in said
    assert not [each for each in screen.radio if each.label == "Show the deals of"]


def test_what_is_no_longer_drawn_is_no_longer_picked(monkeypatch: pytest.MonkeyPatch) -> None:
    chosen = {"funnel": {"stage": "Proposal"}}
    monkeypatch.setattr(st, "session_state", {"picked by name": chosen})
    rows, clicked = pd.DataFrame({"stage": ["Proposal", "Won"]}), [{"stage": "Won"}]
    assert by_name.picked(rows, ["stage"], clicked, key="funnel") == [{"stage": "Proposal"}]
    assert by_name.picked(rows.tail(1), ["stage"], clicked, key="funnel") == []
    by_name.forget("funnel")
    assert by_name.picked(rows, ["stage"], clicked, key="funnel") == clicked


def test_a_name_of_many_lines_hides_no_other() -> None:
    assert by_name._short(f"{'A' * 4000}: 3 deals, $1.00") == f"{'A' * 59}…: 3 deals, $1.00"
    assert by_name._short("Ana: 3 deals, $1.00") == "Ana: 3 deals, $1.00"


def test_names_from_files_are_shown_letter_for_letter(filled: Path) -> None:
    screen = listed(FUNNEL, "funnel_by person")
    said = " ".join(names(screen).options)
    assert "![x](" not in said


@pytest.mark.parametrize(
    ("chart", "pick", "fields"),
    [
        (funnel.stage_bars, funnel.STAGE, ["stage"]),
        (funnel.part_bars, funnel.PART, ["part_id"]),
        (attainment.heat, attainment.PICK, ["person_id", "product_line"]),
        (progress.quota_bars, progress.PICK, ["bar_id"]),
        (funnel.plain_bars, "", []),
    ],
)
def test_the_fields_to_pick_by_are_those_of_the_picture(chart, pick, fields):
    assert house.fields_of(house.constant(chart, "light"), pick) == fields
