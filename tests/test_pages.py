"""The pages, run without a browser."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Selectbox

from quarterdeck import catalog, clock, reads
from quarterdeck.engine import DuckDBEngine, run
from quarterdeck.filters import Filters
from quarterdeck.people import OWNER
from tests import invented
from tests.screen import plain_spaces

ROOT = Path(__file__).resolve().parent.parent
FRAME, UPLOAD = ROOT / "quarterdeck" / "ui" / "frame.py", ROOT / "pages" / "upload.py"
DEALS = (
    "Opportunity ID,Opportunity Name,Account Name,Owner,Stage,Amount,Close Date\n"
    "1,Alpha,Acme,Wren Tanaka,Closed Won,1234.56,2017-10-05\n"
    "2,Beta,Acme,Wren Tanaka,Proposal,999.00,2017-12-05\n"
)


def opened(page: Path | None = None, **asked: str | list[str]) -> AppTest:
    screen = AppTest.from_file(str(FRAME), default_timeout=60)
    for name, value in asked.items():
        screen.query_params[name] = value
    screen.run()
    return screen.switch_page(str(page)).run() if page else screen


def answer(screen: AppTest) -> str:
    assert not screen.exception, screen.exception[0].stack_trace
    return plain_spaces(screen.header[0].value).replace("\\", "")


def told(screen: AppTest) -> str:
    parts = [*screen.markdown, *screen.info, *screen.error, *screen.success, *screen.caption]
    return plain_spaces("\n".join(part.value for part in parts)).replace("\\", "")


def test_the_question_is_small_and_the_answer_large(filled: Path) -> None:
    screen = opened()
    assert "Who is on track for quota?" in screen.title[0].value
    assert "of the $3.88 M quota" in answer(screen)


def test_nothing_known_names_what_is_missing_and_where_to_bring_it(database: Path) -> None:
    screen = opened()
    assert answer(screen) == "Nobody can say yet: there are no deals."
    screen.button(key="to upload").click().run()
    assert answer(screen) == "Nothing is dropped yet."
    assert not database.exists()


def test_another_day_is_said_and_left_by_one_click(filled: Path) -> None:
    screen = opened(as_of="2017-11-01")
    assert "You are looking at Wed 1 Nov" in told(screen)
    screen.button(key="back to today").click().run()
    assert "You are looking at" not in told(screen)
    assert answer(screen)


def test_a_quarter_without_won_deals_gives_way_to_the_newest_that_has_some(
    filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(clock.VARIABLE, "2026-11-25")
    screen = opened()
    assert "Q4 2017 is the newest quarter with won deals" in told(screen)


def test_a_period_without_deals_says_so_and_leads_out(filled: Path) -> None:
    screen = opened(period="2016-Q1")
    assert answer(screen) == "No deal was won in Q1 2016."
    screen.button(key="show newest").click().run()
    assert "quota" in answer(screen)
    assert screen.query_params["period"] == "2017-Q4"


def test_a_person_without_deals_is_named_and_everyone_is_one_click_away(database: Path) -> None:
    engine = DuckDBEngine(database)
    invented.fill(engine, quotas=False)
    period = reads.calendar(engine).parse("2017-Q4")
    team = reads.answer(engine, OWNER, Filters(period, date(2017, 11, 20)), "attainment")
    idle = team.loc[(team["won_deals"] == 0) & (team["reports"] == 0), "person_name"].iloc[0]
    engine.close()
    screen = opened(period="2017-Q4", person=idle)
    assert answer(screen) == f"No deal of {idle} was won in Q4 2017."
    assert f"Q4 2017 has won deals, but none of {idle}." in told(screen)
    screen.button(key="show everyone").click().run()
    assert "booked in Q4 2017 by" in answer(screen)


def test_without_quotas_the_page_says_how_to_bring_them(database: Path) -> None:
    engine = DuckDBEngine(database)
    invented.fill(engine, quotas=False)
    engine.close()
    screen = opened()
    assert "booked in Q4 2017 by" in answer(screen)
    assert "No quotas are known for Q4 2017." in told(screen)


def test_a_small_team_needs_no_teams(database: Path) -> None:
    engine = DuckDBEngine(database)
    invented.fill(engine, people=7, teams=1)
    engine.close()
    screen = opened()
    assert "7 people add to" in told(screen)


def test_a_database_of_a_newer_version_is_refused_in_three_parts(database: Path) -> None:
    engine = DuckDBEngine(database)
    with engine.transaction() as cursor:
        newer = {"name": "9999_later", "at": clock.now()}
        run(cursor, catalog.statements("migration_record"), newer)
    engine.close()
    screen = opened()
    assert answer(screen) == "The database cannot be opened."
    assert "written by a newer version" in told(screen)
    assert "Update Quarterdeck" in told(screen)


def test_a_file_is_previewed_committed_and_taken_back(database: Path) -> None:
    screen = opened(UPLOAD)
    screen.file_uploader[0].upload("deals_2017-11-19.csv", DEALS.encode(), "text/csv").run()
    assert answer(screen) == "2 deals, 2 new."
    assert not database.exists()
    committing = next(b for b in screen.button if b.label.startswith("Commit"))
    committing.click().run()
    assert "deals_2017-11-19.csv is in: 2 new." in told(screen)
    next(b for b in screen.button if b.label == "Undo").click().run()
    assert "deals_2017-11-19.csv is taken back." in told(screen)


def test_quotas_from_a_file_give_the_page_its_answer(database: Path) -> None:
    screen = opened(UPLOAD)
    quotas = b"Person,Period,Quota\nWren Tanaka,2017-Q4,2000\n"
    for name, content in (("deals_2017-11-19.csv", DEALS.encode()), ("quotas.csv", quotas)):
        screen.file_uploader[0].upload(name, content, "text/csv").run()
        next(b for b in screen.button if b.label.startswith("Commit")).click().run()
    screen.button(key="to attainment").click().run()
    assert answer(screen) == "62 % of the $2.00 k quota, $120 ahead of pace."


def test_a_file_that_cannot_be_read_leaves_the_others_alone(database: Path) -> None:
    screen = opened(UPLOAD)
    files = [("deals.csv", DEALS.encode(), "text/csv"), ("photo.csv", b"\x89PNG\r\n\x1a\n" * 9, "")]
    for file in files:
        screen.file_uploader[0].upload(*file)
    screen.run()
    assert answer(screen) == "1 file read, 1 cannot be read: 2 deals, 2 new."
    assert "photo.csv" in told(screen)


def test_the_same_file_again_has_nothing_to_do(database: Path) -> None:
    screen = opened(UPLOAD)
    for _ in range(2):
        screen.file_uploader[0].upload("deals_2017-11-19.csv", DEALS.encode(), "text/csv").run()
        for button in [b for b in screen.button if b.label.startswith("Commit")]:
            button.click().run()
    assert "This file was already imported" in told(screen)
    assert not [b for b in screen.button if b.label.startswith("Commit")]


def test_a_fault_shows_a_number_and_nothing_of_its_inside() -> None:
    def script() -> None:
        from quarterdeck.ui import routes

        routes.say_error(ValueError("secret"))

    screen = AppTest.from_function(script).run()
    said = screen.error[0].value
    assert "Fault " in said
    assert "secret" not in said


def test_a_file_without_header_asks_for_its_columns_before_it_is_read(database: Path) -> None:
    screen = opened(UPLOAD)
    bare = b"1,Acme,Proposal,500.5,2017-10-05\n2,Birch,Discovery,70,2017-11-05\n"
    screen.file_uploader[0].upload("bare_2017-11-19.csv", bare, "text/csv").run()
    assert "must have a column" in told(screen)
    assert all(box.value is None for box in choosers(screen))
    choosers(screen)[0].select("deal").run()
    for at, field in enumerate(("deal_id", "account", "stage", "amount", "close_on"), 1):
        choosers(screen)[at].select(field).run()
    next(b for b in screen.button if b.label.startswith("Commit")).click().run()
    assert "bare_2017-11-19.csv is in: 2 new." in told(screen)


def test_another_kind_of_row_asks_for_the_columns_anew(database: Path) -> None:
    screen = opened(UPLOAD)
    bare = b"7,2017-10-01,300\n7,2018-01-01,60\n8,2017-10-01,90\n"
    screen.file_uploader[0].upload("bare_2017-11-19.csv", bare, "text/csv").run()
    choosers(screen)[1].select("person_id").run()
    assert choosers(screen)[1].value == "person_id"
    choosers(screen)[0].select("product").run()
    assert [box.value for box in choosers(screen)] == ["product", None, None, None]
    assert "List price" in choosers(screen)[1].options


def choosers(screen: AppTest) -> list[Selectbox]:
    return [box for box in screen.selectbox if "answer" in str(box.key)]
