"""As people sign in: everyone sees exactly their own, and is out when they should be."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests import screen
from tests.provider import CLOSED, Provided, keep_out, signing_in
from tests.screen import DESK, Seen, faults_of, free_port

pytestmark = screen.IN_BROWSER
DAY = "2026-11-25"


@pytest.fixture(scope="module")
def deck(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Provided]:
    path = tmp_path_factory.mktemp("signing in") / "quarterdeck.duckdb"
    shutil.copy(made, path)
    keep_out(path)
    with signing_in(path, DAY) as provided:
        yield provided


@contextmanager
def somebody(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport=DESK)
    try:
        yield context
    finally:
        context.close()


def come(context: BrowserContext, deck: Provided, name: str, address: str = "/attainment") -> Seen:
    """Open the address, sign in, and be where one wanted to go."""
    seen = Seen(context.new_page(), deck.home)
    seen.open(address)
    assert seen.answer == "Sign in to see what is yours."
    seen.page.get_by_role("button", name="Sign in").click()
    seen.page.get_by_role("button", name=name).click()
    seen.page.wait_for_url(f"{deck.home}/**")
    return seen.settled()


def sign_out(seen: Seen, name: str) -> None:
    seen.page.get_by_role("button", name=name).click()
    seen.page.get_by_role("button", name="Sign out").click()


def is_shut(page: Page) -> None:
    expect(page.get_by_role("heading", name="Sign in to see what is yours.")).to_be_visible(
        timeout=30_000
    )
    expect(page.get_by_role("link", name="Attainment")).to_have_count(0)


def test_the_area_director_comes_from_a_deep_link_sees_three_teams_drills_and_prints(
    chromium: Browser, deck: Provided
) -> None:
    with somebody(chromium) as context:
        seen = come(context, deck, "Ray Calloway", "/area?period=2026-Q4")
        assert (seen.path, seen.asked["period"]) == ("/area", ["2026-Q4"])
        for name in ("Dana", "Colin", "Noor"):
            assert name in seen.text
        assert not faults_of(seen.page)
        seen.page.emulate_media(media="print")
        assert seen.page.pdf().startswith(b"%PDF")
        seen.page.emulate_media(media="screen")
        seen.open("/attainment?period=2026-Q4&person=Colin%20Brandt")
        assert "Imani" in seen.text
        assert "Wren" not in seen.text


def test_an_executive_sees_only_their_own_whatever_the_address_says(
    chromium: Browser, deck: Provided
) -> None:
    with somebody(chromium) as context:
        seen = come(context, deck, "Wren Tanaka")
        for address in (
            "/attainment?person=June%20Park", "/attainment?person=all&view=Ray%20Calloway",
            "/funnel?view=everyone", "/territory?person=june-park", "/quotas", "/settings",
        ):  # fmt: skip
            seen.open(address)
            assert "Wren" in seen.text or "Sign in" not in seen.text
            for stranger in ("June Park", "Alma Reyes", "Colin", "Leif"):
                assert stranger not in seen.text.replace("“June Park”", ""), (address, stranger)


def test_signing_out_in_one_tab_ends_the_other(chromium: Browser, deck: Provided) -> None:
    with somebody(chromium) as context:
        first = come(context, deck, "Dana Whitlock")
        second = Seen(context.new_page(), deck.home).open("/funnel")
        still = Seen(context.new_page(), deck.home).open("/territory")
        sign_out(first, "Dana Whitlock")
        first.page.wait_for_url("**/oauth2/end_session**")
        second.page.get_by_role("link", name="Attainment").click()
        is_shut(second.page)
        expect(second.page.get_by_text("You are signed out.")).to_be_visible()
        is_shut(still.page)


def test_whoever_is_kept_out_is_out_at_the_next_click(chromium: Browser, deck: Provided) -> None:
    with somebody(chromium) as theirs, somebody(chromium) as ours:
        seen = come(theirs, deck, "Leif Arnesen")
        owner = come(ours, deck, "Sales Ops", "/settings")
        owner.page.get_by_role("tab", name="Sign-in").click()
        owner.settled()
        assert not faults_of(owner.page)
        owner.page.get_by_role("combobox", name="Who", exact=True).click()
        owner.page.keyboard.type("Leif")
        owner.page.keyboard.press("Enter")
        owner.settled()
        owner.page.get_by_role("button", name="Keep out").click()
        expect(owner.page.get_by_role("button", name="Let in")).to_be_visible(timeout=20_000)
        seen.page.get_by_role("link", name="Funnel").click()
        is_shut(seen.page)
        expect(seen.page.get_by_text("Your access is closed.")).to_be_visible()


@pytest.mark.parametrize(
    ("name", "says"),
    [(CLOSED, "Your access is closed."), ("Some Stranger", "Nobody here has your e-mail address.")],
)
def test_whom_nobody_lets_in_reads_why_and_what_to_do(
    chromium: Browser, deck: Provided, name: str, says: str
) -> None:
    with somebody(chromium) as context:
        seen = come(context, deck, name)
        is_shut(seen.page)
        expect(seen.page.get_by_text(says)).to_be_visible()
        assert not faults_of(seen.page)
        assert "Traceback" not in seen.text


def test_whoever_thinks_better_of_it_at_the_provider_may_try_again(
    chromium: Browser, deck: Provided
) -> None:
    with somebody(chromium) as context:
        seen = Seen(context.new_page(), deck.home).open("/attainment")
        seen.page.get_by_role("button", name="Sign in").click()
        seen.page.get_by_role("button", name="Deny").click()
        seen.page.wait_for_url(f"{deck.home}/**")
        is_shut(seen.page)
        expect(seen.page.get_by_text("The sign-in did not succeed.")).to_be_visible()


def test_a_forged_or_stale_cookie_opens_nothing(chromium: Browser, deck: Provided) -> None:
    with somebody(chromium) as context:
        context.add_cookies(
            [{"name": "_streamlit_user", "value": "eyJzdWIiOiAiMSJ9.forged", "url": deck.home}]
        )
        seen = Seen(context.new_page(), deck.home).open("/attainment")
        is_shut(seen.page)
        assert "Traceback" not in seen.text


def test_nobody_uploads_for_a_page_without_its_token_or_without_signing_in(
    chromium: Browser, deck: Provided
) -> None:
    where = f"{deck.home}/_stcore/upload_file/any-session/any-file"
    with somebody(chromium) as context:
        assert context.request.put(where, data="x").status == 401
        come(context, deck, "Dana Whitlock")
        assert context.request.put(where, data="x").status == 403
        assert context.request.get(f"{deck.home}/_stcore/metrics").status == 404
        told = context.request.get(f"{deck.home}/_stcore/health", headers={"host": "evil.example"})
        assert told.status == 421


def test_a_second_role_is_chosen_beside_the_name(chromium: Browser, deck: Provided) -> None:
    with somebody(chromium) as theirs, somebody(chromium) as ours:
        owner = come(ours, deck, "Sales Ops", "/settings")
        owner.page.get_by_role("tab", name="Sign-in").click()
        owner.settled()
        owner.page.get_by_role("combobox", name="Who", exact=True).click()
        owner.page.keyboard.type("Colin")
        owner.page.keyboard.press("Enter")
        owner.settled()
        owner.page.get_by_role("combobox", name="Second role").click()
        owner.page.keyboard.type("Operations")
        owner.page.keyboard.press("Enter")
        owner.settled()
        owner.page.get_by_role("button", name="Set it").click()
        owner.settled()
        seen = come(theirs, deck, "Colin Brandt", "/attainment")
        assert "Alma" not in seen.text
        seen.page.get_by_role("button", name="Colin Brandt").click()
        seen.page.get_by_text("Operations", exact=True).click()
        seen.settled()
        expect(seen.page.get_by_text("Alma").first).to_be_visible(timeout=20_000)


def test_an_account_is_known_when_the_trial_is_started_again(
    chromium: Browser, made: Path, tmp_path: Path
) -> None:
    path, port = tmp_path / "quarterdeck.duckdb", free_port()
    shutil.copy(made, path)
    for _ in range(2):
        with signing_in(path, DAY, port) as deck, somebody(chromium) as context:
            assert come(context, deck, "Dana Whitlock").answer != "Sign in to see what is yours."
