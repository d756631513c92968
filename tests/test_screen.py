"""The dashboard as a person meets it, in a real browser."""

from __future__ import annotations

import csv
import http.client
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from decimal import Decimal
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from quarterdeck import reads
from quarterdeck.engine import DuckDBEngine
from quarterdeck.filters import Filters
from quarterdeck.metrics import exact_money
from quarterdeck.people import OWNER
from tests import invented, screen
from tests.exam.figures import spread
from tests.kept import kept
from tests.screen import PHONE, Seen, looking, serving

pytestmark = screen.IN_BROWSER

Booked = tuple[Path, dict[str, Decimal]]
Visit = Callable[..., AbstractContextManager[Seen]]
DEALS = (
    "Opportunity ID,Opportunity Name,Account Name,Owner,Stage,Amount,Close Date\n"
    "1,Alpha,Acme,Wren Tanaka,Closed Won,1234.56,03/04/2017\n"
    "2,![x](http://evil.example/a.png),Acme,Wren Tanaka,Proposal,999.00,05/06/2017\n"
    "3,Gamma,Bolt,=June Park,Closed Lost,soon,07/08/2017\n"
    ",,,,,,\n"
    "Grand Totals,,,,,2233.56,\n"
)


@pytest.fixture(scope="module")
def booked(tmp_path_factory: pytest.TempPathFactory) -> Booked:
    """An organisation, and what each of its people booked in Q4 2017, to the cent."""
    path = tmp_path_factory.mktemp("screen") / "quarterdeck.duckdb"
    engine = DuckDBEngine(path)
    kept(engine, invented.fill)
    period = reads.calendar(engine).parse("2017-Q4")
    asked = Filters(period, period.to_on.replace(month=11, day=20))
    found = reads.exact(engine, OWNER, asked, "attainment")
    titles = [column.name for column in found.columns]
    rows = [dict(zip(titles, row, strict=True)) for row in found.rows]
    engine.close()
    return path, {row["person_name"]: row["booked_usd"] for row in rows}


@pytest.fixture(scope="module")
def home(booked: Booked) -> Iterator[str]:
    with serving(booked[0]) as address:
        yield address


@pytest.fixture
def visit(chromium: Browser, home: str) -> Visit:
    return lambda **said: looking(chromium, home, **said)


def answered(home: str, path: str) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection(home.removeprefix("http://"), timeout=10)
    connection.request("GET", path)
    return connection.getresponse()


def test_the_first_address_leads_to_attainment_and_keeps_the_query(home: str) -> None:
    answer = answered(home, "/?period=2017-Q3&person=Dana+Whitcomb")
    assert answer.status == 307
    assert answer.headers["location"] == "/attainment?period=2017-Q3&person=Dana+Whitcomb"


@pytest.mark.parametrize("path", ["/", "/attainment", "/upload", "/_stcore/health"])
def test_every_answer_says_that_nothing_comes_from_elsewhere(home: str, path: str) -> None:
    headers = answered(home, path).headers
    assert "default-src 'self'" in headers["content-security-policy"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"


def test_the_number_on_the_page_is_the_exact_sum(visit: Visit, booked: Booked) -> None:
    total = exact_money(float(booked[1]["All"]))
    with visit() as seen:
        seen.open("/")
        assert seen.path == "/attainment"
        assert seen.asked == {"period": ["2017-Q4"]}
        assert f"{total} to the cent" in seen.text
        assert f"6 teams add to {total}; difference 0.00." in seen.text


def test_each_bar_says_its_amount_to_the_cent(visit: Visit, booked: Booked) -> None:
    with visit() as seen:
        teams = seen.open("/attainment").bars()
        assert teams == {name: exact_money(float(booked[1][name])) for name in invented.MANAGERS}
        seen.click("Executives", "radio")
        seen.page.get_by_text("Show all 35").click()
        everyone = seen.settled().bars()
        assert len(everyone) == 35
        assert all(exact_money(float(booked[1][name])) == said for name, said in everyone.items())


def test_a_click_on_a_bar_shows_its_deals_and_a_second_one_all_again(
    visit: Visit, booked: Booked
) -> None:
    team = exact_money(float(booked[1]["Petra Lind"]))
    with visit() as seen:
        seen.open("/attainment").bars()
        bar = seen.page.locator('path[aria-label^="Petra Lind: booked"]')
        bar.click()
        expect(seen.page.get_by_text("Deals behind Petra Lind")).to_contain_text(team)
        seen.settled()
        bar.click()
        expect(seen.page.get_by_text("Deals behind the total")).to_be_visible()


def test_an_address_is_restored_and_survives_a_reload(visit: Visit) -> None:
    address = (
        "/attainment?period=2017-Q2&as_of=2017-11-01&person=Dana+Whitcomb"
        "&compare_on=last-quarter&assignments=as_is"
    )
    with visit() as seen:
        seen.open(address)
        first = seen.answer
        assert "Q2 2017" in seen.text
        assert "You are looking at Wed 1 Nov with today’s assignments" in seen.text
        assert "Against Fri 31 Mar, the last day of Q1 2017" in seen.text
        assert "Dana Whitcomb’s team" in seen.text
        seen.page.reload()
        assert seen.settled().answer == first
        assert seen.asked == {
            "period": ["2017-Q2"], "as_of": ["2017-11-01"], "person": ["Dana Whitcomb"],
            "compare_on": ["last-quarter"], "assignments": ["as_is"],
        }  # fmt: skip


def test_another_page_and_the_way_back_keep_what_was_chosen(visit: Visit) -> None:
    with visit() as seen:
        seen.open("/attainment?period=2017-Q3&person=Petra+Lind&compare_on=2017-09-01")
        first = seen.answer
        seen.click("Upload", "link")
        expect(seen.question("What would this file change?")).to_be_visible()
        seen.settled()
        assert seen.asked == {
            "period": ["2017-Q3"], "person": ["Petra Lind"], "compare_on": ["2017-09-01"],
        }  # fmt: skip
        seen.click("Attainment", "link")
        expect(seen.question("Who is on track for quota?")).to_be_visible()
        assert seen.settled().answer == first


def test_back_takes_back_one_choice(visit: Visit) -> None:
    with visit() as seen:
        seen.open("/attainment?period=2017-Q3")
        first = seen.answer
        seen.page.get_by_role("button", name="Q3 2017").click()
        seen.page.get_by_role("radio", name="Year").click()
        expect(seen.page).to_have_url(f"{seen.home}/attainment?period=2017")
        assert seen.settled().answer != first
        seen.page.go_back()
        expect(seen.page.get_by_role("button", name="Q3 2017")).to_be_visible()
        assert seen.settled().answer == first


def test_a_value_set_by_reset_is_not_undone_by_a_closed_popover(visit: Visit) -> None:
    with visit() as seen:
        seen.open("/attainment?period=2017-Q3")
        seen.page.get_by_role("button", name="Q3 2017").click()
        seen.page.get_by_role("radio", name="Dates").click()
        expect(seen.page).to_have_url(f"{seen.home}/attainment?period=2017-07-01..2017-09-30")
        seen.settled().page.keyboard.press("Escape")
        seen.click("Reset")
        expect(seen.page).to_have_url(f"{seen.home}/attainment?period=2017-Q4")
        seen.settled().bars()
        seen.page.locator('path[aria-label^="Petra Lind: booked"]').click()
        expect(seen.page.get_by_text("Deals behind Petra Lind")).to_be_visible()
        assert seen.settled().asked == {"period": ["2017-Q4"]}


@pytest.mark.parametrize(
    ("address", "said", "becomes"),
    [
        ("period=2017-12-31..2017-10-01", "the wrong way round", "2017-10-01..2017-12-31"),
        ("period=2017-10-01..", "names no period", "2017-Q4"),
        ("period=soon&as_of=2017-02-30", "is no day", "2017-Q4"),
        ("period=2017-Q3&as_of=2031-01-01", "has not come yet", "2017-Q3"),
        ("period=2017-Q3&person=![x](http://evil.example)", "Nobody here is called", "2017-Q3"),
    ],
)
def test_a_bad_value_in_the_address_is_repaired_and_said(
    visit: Visit, address: str, said: str, becomes: str
) -> None:
    with visit() as seen:
        seen.open(f"/attainment?{address}")
        assert said in seen.text
        assert seen.asked == {"period": [becomes]}


def test_hostile_names_are_text_and_nothing_else(visit: Visit) -> None:
    with visit() as seen:
        seen.open("/attainment?person=p34&period=2017")
        main = seen.page.locator('[data-testid="stMain"]')
        assert invented.HOSTILE in seen.text
        assert main.locator("img").count() == 0
        assert main.locator('a[href*="evil"]').count() == 0
        assert main.locator(".katex").count() == 0
        seen.page.locator('path[aria-label^="![x]"]').hover()
        expect(seen.page.locator("#vg-tooltip-element")).to_contain_text("<b>=1+1</b>")
        seen.page.get_by_role("button", name="evil").first.click()
        seen.page.get_by_role("combobox").last.fill("evil")
        seen.page.wait_for_timeout(300)
        assert seen.page.locator("img[src*=evil], a[href*=evil]").count() == 0


def test_the_file_of_the_deals_holds_them_all_and_no_formula(visit: Visit, booked: Booked) -> None:
    with visit() as seen:
        seen.open("/attainment")
        button = seen.page.get_by_role("button", name="as CSV").first
        with seen.page.expect_download() as coming:
            button.click()
        text = Path(coming.value.path()).read_text(encoding="utf-8-sig")
        rows = list(csv.DictReader(text.splitlines()))
        assert sum(Decimal(row["credit_usd"]) for row in rows) == booked[1]["All"]
        assert {row["deal_name"][0] for row in rows} == {"R", "'"}


def test_a_number_explains_itself(visit: Visit) -> None:
    with visit() as seen:
        seen.open("/attainment")
        assert "by signature date" not in seen.text
        seen.click("Booked")
        expect(seen.page.get_by_text("by signature date")).to_be_visible()


def test_everyone_is_sent_only_when_opened(visit: Visit) -> None:
    with visit() as seen:
        seen.open("/attainment")
        assert seen.page.locator('[data-testid="stDataFrame"]').count() == 0
        seen.page.get_by_text("Everyone, to the cent").click()
        expect(seen.page.locator('[data-testid="stDataFrame"]')).to_be_visible()


@pytest.mark.parametrize(
    "address",
    [
        "/attainment?as_of=2017-11-01&compare_on=2017-10-09&assignments=as_is",
        *("/funnel?compare_on=last-quarter", "/territory", "/upload", "/definitions", "/settings"),
        *("/activity", "/coaching"),
    ],
)
def test_a_phone_needs_no_scrolling_to_the_side(visit: Visit, address: str) -> None:
    with visit(viewport=PHONE) as seen:
        seen.open(address)
        wide = seen.page.evaluate(
            "() => [...document.querySelectorAll('[data-testid=stMain], [data-testid=stTable]')]"
            ".map(box => box.scrollWidth - box.clientWidth)"
        )
        assert max(wide) <= 0


# Each page in one of its colours here, in both of them in CI.
ADDRESSES = (
    *("/attainment", "/attainment?as_of=2017-10-09&assignments=as_is"),
    "/funnel?compare_on=last-quarter",
    *("/area", "/territory", "/quotas?period=2017", "/upload", "/definitions", "/settings"),
    *("/activity", "/coaching"),
)
SHOWN = [
    (address, scheme)
    for place, address in enumerate(ADDRESSES)
    for scheme in (("light", "dark") if place % 2 else ("dark", "light"))
]


@pytest.mark.parametrize(("address", "scheme"), spread(SHOWN, 2))
def test_nothing_of_ours_is_out_of_reach(visit: Visit, address: str, scheme: str) -> None:
    with visit(scheme=scheme) as seen:
        seen.open(address)
        seen.page.wait_for_timeout(600)
        assert not screen.faults_of(seen.page)


def test_a_bookmark_to_upload_is_the_first_thing_asked_and_a_file_goes_all_the_way(
    chromium: Browser, tmp_path: Path
) -> None:
    dropped = tmp_path / "deals_2017-11-19.csv"
    dropped.write_text(DEALS, encoding="utf-8")
    with serving(tmp_path / "own.duckdb") as home, looking(chromium, home) as seen:
        seen.open("/upload")
        assert seen.answer == "Nothing is dropped yet."
        seen.page.locator('input[type="file"]').set_input_files(dropped)
        expect(seen.page.get_by_text("One question before it counts")).to_be_visible(timeout=20_000)
        seen.settled()
        assert "5 rows = 3 good + 1 rejected + 1 blank" in seen.text
        assert "![x](http://evil.example/a.png)" in seen.text
        commit = seen.page.get_by_role("button", name="Commit 3")
        expect(commit).to_be_disabled()
        assert "Answer the question first." in seen.text
        seen.page.get_by_text("Month first").click()
        expect(commit).to_be_enabled()
        commit.click(click_count=2)
        expect(seen.page.get_by_text("is in: 3 new.")).to_be_visible(timeout=20_000)
        seen.settled().click("See attainment")
        expect(seen.question("Who is on track for quota?")).to_be_visible()
        assert seen.settled().answer.startswith("$1.23 k booked in Q1 2017")
        seen.click("Upload", "link")
        seen.settled().click("Undo")
        expect(seen.page.get_by_text("deals_2017-11-19.csv is taken back.")).to_be_visible()
        seen.settled().click("Attainment", "link")
        expect(seen.page.get_by_text("there are no deals")).to_be_visible()


def test_a_deals_file_alone_leads_to_attainment_per_person(
    chromium: Browser, tmp_path: Path
) -> None:
    """No team and no quota in any file: all the rest is typed in, in the page."""
    dropped = tmp_path / "deals_2017-11-19.csv"
    dropped.write_text(
        "Opportunity ID,Account Name,Owner,Stage,Amount,Close Date\n"
        "1,Acme,Wren Tanaka,Closed Won,300.00,2017-10-14\n"
        "2,Bolt,June Park,Closed Won,100.00,2017-11-02\n",
        encoding="utf-8",
    )
    with serving(tmp_path / "own.duckdb") as home, looking(chromium, home) as seen:
        seen.open("/upload")
        seen.page.locator('input[type="file"]').set_input_files(dropped)
        seen.page.get_by_role("button", name="Commit 2 deals").click(timeout=20_000)
        expect(seen.page.get_by_text("is in: 2 new.")).to_be_visible(timeout=20_000)
        seen.settled().click("See attainment")
        seen.settled().click("Type the quotas")
        assert seen.settled().answer == (
            "2 people known; 2 of 2 executives have no quota for Q4 2017."
        )
        seen.page.get_by_role("combobox", name="Your name").fill("Dana Whitlock")
        seen.page.keyboard.press("Enter")
        seen.click("This is my team")
        expect(seen.page.get_by_text("4 changes saved.")).to_be_visible(timeout=20_000)
        seen.settled()
        for row, quota in ((1, "400"), (2, "400")):
            # Dana is first by name; then June and Wren. The quota is the second column.
            grid = seen.page.get_by_test_id("stDataFrame").bounding_box()
            assert grid
            seen.page.mouse.click(grid["x"] + 0.35 * grid["width"], grid["y"] + 35 * (row + 1) + 17)
            # The editor opens with the first letter and takes a moment to listen.
            seen.page.wait_for_timeout(400)
            seen.page.keyboard.type(quota, delay=150)
            seen.page.wait_for_timeout(400)
            seen.page.keyboard.press("Enter")
            seen.settled()
        seen.settled().click("Save the team")
        expect(seen.page.get_by_text("2 changes saved.")).to_be_visible(timeout=20_000)
        seen.settled().click("Attainment", "link")
        assert seen.settled().answer.startswith("50 % of the $800 quota")
        assert seen.bars() == {"June Park": "$100.00", "Wren Tanaka": "$300.00"}
