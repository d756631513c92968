"""Do the pages and the command line say the same of the invented area, whatever is asked?"""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest
import streamlit as st

from quarterdeck import cli, clock
from quarterdeck.inventing.people import COLIN, DANA, NOOR, RAY
from quarterdeck.metrics import exact_money, money, share
from quarterdeck.ui.sections import PAGES
from tests.conftest import TODAY
from tests.screen import plain_spaces
from tests.test_pages import answer, opened, told

CHOSEN = [{}, {"product_line": "Cloud"}, {"channel": "Agent"}, {"strategic": "yes"}]
CHOSEN += [{"person": NOOR}, {"period": "2026-11"}, {"period": "2026"}, {"basis": "tcv"}]


@pytest.fixture
def ask(made: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    """One question on the command line, as Ray; the pages look at the same file."""
    monkeypatch.setenv("QUARTERDECK_DB", str(made))
    monkeypatch.setenv(clock.VARIABLE, str(TODAY))

    def asked(query: str, chosen: dict[str, str]):
        st.cache_resource.clear()
        said = [f"--set={name}={value}" for name, value in chosen.items()]
        status = cli.main(
            ["--db", str(made), "--today", str(TODAY), "answer", query, "--person", RAY, *said]
            + ["--json"]
        )
        assert status == 0
        document = json.loads(capsys.readouterr().out)
        names = [column["name"] for column in document["columns"]]
        return [dict(zip(names, row, strict=True)) for row in document["rows"]]

    yield asked
    st.cache_resource.clear()


def usd(row, name):
    return None if row[name] is None else Decimal(row[name])


@pytest.mark.parametrize("chosen", CHOSEN, ids=lambda chosen: "-".join(chosen.values()) or "all")
def test_attainment_area_and_funnel_say_what_answer_says(ask, chosen):
    team = {row["person_name"]: row for row in ask("attainment", chosen)}
    behind = {row["person_id"]: row for row in ask("area", chosen)}
    stages = ask("funnel", chosen)
    seen = {"view": "Ray Calloway", **chosen}
    everyone = team["All"]

    screen = opened(PAGES / "attainment.py", **seen)
    attainment = plain_spaces(f"{answer(screen)}\n{told(screen)}")
    assert f"{exact_money(usd(everyone, 'booked_usd'))} to the cent" in attainment

    screen = opened(PAGES / "area.py", **seen)
    cells = [str(cell) for each in screen.table for cell in each.value.to_numpy().ravel()]
    area = plain_spaces("\n".join([told(screen), *cells]))
    assert plain_spaces(f"{money(float(everyone['due_usd']))} due") in area
    led = {name: row for name, row in team.items() if row["person_id"] in behind}
    for name in (DANA, NOOR, COLIN):
        if name in led:
            row = behind[led[name]["person_id"]]
            assert plain_spaces(f"{money(float(row['created_usd']))} created") in area

    funnel = answer(opened(PAGES / "funnel.py", **seen))
    whole = sum((usd(stage, "open_usd") for stage in stages), Decimal(0))
    assert whole == usd(behind["all"], "open_usd")
    assert plain_spaces(money(float(whole))) in funnel
    if everyone["attainment"] is not None and not everyone["gap_usd"].startswith("0.00"):
        assert plain_spaces(share(float(everyone["attainment"]))) in attainment
