"""The running dashboard in a real browser: what the screen tests share."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import tomllib
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal
from urllib.parse import parse_qs, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, ViewportSize, expect

ROOT = Path(__file__).resolve().parent.parent
NOISE = tomllib.loads((ROOT / "tests" / "streamlit_noise.toml").read_text(encoding="utf-8"))
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CHROMIUM = os.environ.get("QUARTERDECK_CHROMIUM") or next(
    filter(None, map(shutil.which, NAMES)), ""
)
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
NEEDS_CHROMIUM = pytest.mark.skipif(
    not CHROMIUM and not os.environ.get("CI"),
    reason="no Chromium is installed: the browser tests are skipped",
)
"""On a developer's machine only: where CI lacks a browser, the tests fail."""
IN_BROWSER = [pytest.mark.browser, NEEDS_CHROMIUM]
DESK: ViewportSize = {"width": 1440, "height": 1000}
PHONE: ViewportSize = {"width": 390, "height": 844}
TODAY = "2017-11-20"
RUNNING = '[data-test-script-state="running"]'
expect.set_options(timeout=20_000)  # a machine that does other things besides is slow, not wrong


@dataclass
class Seen:
    """A page, and all that it asked for and said."""

    page: Page
    home: str
    requests: list[str] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)

    def open(self, address: str) -> Seen:
        self.page.goto(f"{self.home}{address}")
        return self.settled()

    def settled(self) -> Seen:
        """The script has run to its end and the page shows its answer."""
        expect(self.page.locator("h2").first).to_be_visible(timeout=20_000)
        app = self.page.locator('[data-testid="stApp"]')
        self.page.wait_for_timeout(150)
        expect(app).to_have_attribute("data-test-script-state", "notRunning", timeout=20_000)
        expect(self.page.locator('[data-testid="stSkeleton"]')).to_have_count(0)
        return self

    def still(self) -> Seen:
        """Nothing moves any more: where something is seen, there it can be clicked."""
        moving = "() => document.getAnimations().filter(one => one.playState == 'running').length"
        end = time.monotonic() + 20
        while self.page.evaluate(moving) and time.monotonic() < end:
            self.page.wait_for_timeout(50)
        return self

    @property
    def answer(self) -> str:
        return plain_spaces(self.page.locator("h2").first.inner_text())

    @property
    def text(self) -> str:
        return plain_spaces(self.page.locator('[data-testid="stMain"]').inner_text())

    @property
    def asked(self) -> dict[str, list[str]]:
        return parse_qs(urlsplit(self.page.url).query)

    @property
    def path(self) -> str:
        return urlsplit(self.page.url).path

    def question(self, text: str) -> Locator:
        return self.page.locator("h1", has_text=text)

    def click(self, name: str, role: Literal["button", "link"] = "button") -> Seen:
        self.page.get_by_role(role, name=name, exact=True).first.click()
        return self.settled()

    def bars(self) -> dict[str, str]:
        """Name and amount of each bar, as they are said to who cannot see them."""
        marks = self.page.locator('path[aria-roledescription="bar"]')
        expect(marks.first).to_be_attached(timeout=10_000)
        said = [mark.get_attribute("aria-label") or "" for mark in marks.all()]
        parts = (label.rpartition(": booked ") for label in said)
        return {name: amount for name, _, amount in parts}


def faults_of(page: Page) -> list[tuple[str, str]]:
    """What axe finds that is ours: the rule, and the element that breaks it."""
    found = Axe().run(page).response["violations"]
    return [
        (fault["id"], node["html"])
        for fault in found
        for node in fault["nodes"]
        if not any(
            known["rule"] == fault["id"] and known["where"] in node["html"]
            for known in NOISE["axe"]
        )
    ]


def plain_spaces(text: str) -> str:
    return text.replace("\u202f", " ").replace("\u00a0", " ").replace("\u2060", "")


def is_noise(message: ConsoleMessage) -> bool:
    where = message.location.get("url", "")
    return any(
        known["says"] in message.text and known.get("where", "") in where
        for known in NOISE["console"]
    )


@contextmanager
def looking(
    browser: Browser,
    home: str,
    viewport: ViewportSize = DESK,
    scheme: Literal["light", "dark"] = "light",
    *,
    is_patient: bool = True,
) -> Iterator[Seen]:
    """A fresh visitor. At the end: no other host was asked, and nothing unforeseen was said.

    Who is patient waits, before each click and each look, until the page has done what it was told.
    """
    context = browser.new_context(viewport=viewport, color_scheme=scheme)
    seen = Seen(context.new_page(), home)
    if is_patient:
        seen.page.add_locator_handler(seen.page.locator(RUNNING), lambda: None)
    seen.page.on("request", lambda request: seen.requests.append(request.url))
    seen.page.on("pageerror", lambda error: seen.messages.append(str(error)))
    seen.page.on(
        "console",
        lambda message: None if is_noise(message) else seen.messages.append(message.text),
    )
    try:
        yield seen
    finally:
        context.close()
    elsewhere = [url for url in seen.requests if not url.startswith((home, "data:", "blob:"))]
    assert not elsewhere, elsewhere
    assert not seen.messages, seen.messages


@contextmanager
def serving(database: Path, today: str = TODAY) -> Iterator[str]:
    """The dashboard on a port of its own, on this database, on a day of its own."""
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", "app.py"]
    where = ["--server.address", "127.0.0.1", "--server.port", str(port)]
    told = {"QUARTERDECK_DB": str(database), "QUARTERDECK_TODAY": today}
    with (database.parent / "server.log").open("wb") as log:
        server = subprocess.Popen(
            [*command, *where], cwd=ROOT, env=os.environ | told, stdout=log, stderr=log
        )
        try:
            wait_for(f"http://127.0.0.1:{port}/_stcore/health")
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(timeout=20)


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def wait_for(address: str, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    raise TimeoutError(f"{address} did not answer within {seconds} seconds")
