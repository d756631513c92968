"""Signed in for real, every page in a browser: what comes over the line, in files, in the log?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from oidc_provider_mock import User
from playwright.sync_api import Browser, BrowserContext, Download, Page, WebSocket

from quarterdeck import clock
from quarterdeck.engine import DuckDBEngine
from quarterdeck.ui import sections
from tests import screen
from tests.canaries import BEFORE, CLOSED, MOVER, NOW, PEOPLE, SEAT, WAS, email_of, fill
from tests.conftest import TODAY, Once
from tests.exam.figures import IS_FULL, recorded, spread
from tests.matrix import plans_seen
from tests.provider import Provided, signing_in
from tests.roles import ROLES, Moment, may_read, seen, words_of
from tests.screen import DESK, Seen

pytestmark = [pytest.mark.exam, *screen.IN_BROWSER]
WHO = ("executive", "director", "other area director", "moved")
FORGED = (
    "?person=Noowexo&person=Hanvopt&person=Anapluz", "?module=ovyknre-book&module=izyhloc-book",
    "?view=everyone&role=owner&viewer=rayzumo", f"?as_of={BEFORE}&assignments=as_is",
    f"?compare_on={BEFORE}&period=2026-Q4", "?scenario=anything&period=2026",
)  # fmt: skip
ECHOED = {"noowexo", "hanvopt", "anapluz", "ovyknre", "izyhloc"}
"""Who asks for somebody by name reads the name again: “nobody here is called so”."""
FEW_FILES = 6


@dataclass
class Heard:
    """Everything that reached one browser."""

    frames: list[bytes] = field(default_factory=list)
    files: list[bytes] = field(default_factory=list)

    def listen(self, page: Page) -> None:
        page.on("websocket", self._listen_to)

    def _listen_to(self, socket: WebSocket) -> None:
        socket.on(
            "framereceived",
            lambda said: self.frames.append(said if isinstance(said, bytes) else said.encode()),
        )

    def take(self, file: Download) -> None:
        self.files.append(Path(file.path()).read_bytes())

    @property
    def text(self) -> str:
        return b"\n".join([*self.frames, *self.files]).decode("latin-1").casefold()


@pytest.fixture(scope="module")
def deck(once: Once, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Provided]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(clock.VARIABLE, str(TODAY))
        path = tmp_path_factory.mktemp("crawl") / "quarterdeck.duckdb"
        engine = DuckDBEngine(path)
        once(engine, fill)
        engine.close()
    known = [
        User(sub=each, claims={"email": email_of(each), "email_verified": True, "name": each})
        for each in PEOPLE
        if each != SEAT
    ]
    with signing_in(path, str(TODAY), people=known) as provided:
        yield provided


def come(context: BrowserContext, deck: Provided, person_id: str) -> tuple[Seen, Heard]:
    heard, page = Heard(), context.new_page()
    heard.listen(page)
    found = Seen(page, deck.home)
    found.open("/attainment")
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("button", name=person_id).click()
    page.wait_for_url(f"{deck.home}/**")
    return found.settled(), heard


def open_all(found: Seen, heard: Heard) -> None:
    """Every tab of the page, what folds, and the first files that it gives."""
    for tab in found.page.get_by_role("tab").all():
        if tab.is_visible():
            tab.click()
            found.settled()
    for button in found.page.locator('[data-testid="stDownloadButton"] button').all()[:FEW_FILES]:
        if button.is_visible() and button.is_enabled():
            with found.page.expect_download(timeout=20_000) as coming:
                button.click()
            heard.take(coming.value)


def allowed(role: str) -> frozenset[str]:
    """What may come on one of the days that the addresses ask for, the past of a mover too."""
    scope = ROLES[role]
    words = set(plans_seen(scope)) | ECHOED
    for moment in (Moment(TODAY), Moment(BEFORE), Moment(TODAY, is_as_was=False)):
        words |= may_read(scope, moment)
    if any(MOVER in seen(scope, day) for day in (BEFORE, TODAY)):
        words |= {MOVER, NOW, WAS}
    return frozenset(words)


@pytest.mark.parametrize("role", WHO if IS_FULL else WHO[:1])
def test_nothing_of_somebody_out_of_sight_comes_over_the_line(
    chromium: Browser, deck: Provided, role: str
) -> None:
    context = chromium.new_context(viewport=DESK, accept_downloads=True)
    found, heard = come(context, deck, ROLES[role].viewer_id)
    for page in sections.SAYS:
        for address in ("", *spread(list(FORGED), len(FORGED))):
            found.open(f"/{page}{address}")
            if not address:
                open_all(found, heard)
    context.close()
    assert ROLES[role].viewer_id in heard.text
    assert len(heard.frames) > 100
    assert not words_of(heard.text) - allowed(role)


def test_who_is_kept_out_hears_nothing_of_anybody(chromium: Browser, deck: Provided) -> None:
    context = chromium.new_context(viewport=DESK)
    found, heard = come(context, deck, CLOSED)
    for page in sections.SAYS:
        found.open(f"/{page}")
    context.close()
    assert not words_of(heard.text) - {CLOSED}


@recorded("Everyone sees exactly their own", "4 roles, 8 pages, 7 addresses each: 0 foreign words")
def test_the_log_names_nobody_s_rows(deck: Provided) -> None:
    said = deck.log.read_text(encoding="utf-8", errors="replace").casefold()
    assert "traceback" not in said
    assert not words_of(said) - set(PEOPLE)
