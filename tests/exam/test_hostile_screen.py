"""Whatever a file says, in whichever field: on the screen it is text and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, FilePayload, Locator

from quarterdeck import clock
from quarterdeck.engine import DuckDBEngine
from quarterdeck.ui.sections import SAYS
from tests import hostile, screen
from tests.conftest import TODAY
from tests.exam.figures import record, sized
from tests.screen import Seen, looking, serving

pytestmark = [pytest.mark.exam, *screen.IN_BROWSER]

PARTS = 8
EVERY = 12
"""Of the many popovers and lists of a page each so-many-th is opened, others for each part."""
NOTICE = """
window.ran = [];
for (const name of ['alert', 'confirm', 'prompt']) window[name] = words => window.ran.push(words);
"""
ALIVE = """() => [...document.querySelectorAll(
    '[src*="evil"], [href*="evil"], [action*="evil"], [data*="evil"], [href^="javascript" i],'
    + '[href^="vbscript" i], [href^="data:text" i], [onerror], [onload], [ontoggle], [onfocus],'
    + '.katex, main script, main iframe, main object, main embed, main form[action],'
    + '[data-testid="stMain"] img, [data-testid="stMain"] video, [data-testid="stMain"] audio')]
    .filter(one => !one.closest('[data-testid="stForm"]')).map(one => one.outerHTML.slice(0, 300))
    .concat(window.ran)"""
SHOWN = """() => [document.body.innerText,
    ...[...document.querySelectorAll('[aria-label]')].map(one => one.getAttribute('aria-label')),
    ...[...document.querySelectorAll('canvas')].map(one => one.textContent)].join('\\n')"""
POPOVERS = '[data-testid="stPopover"] button, [data-testid="stPopoverButton"]'
LISTS = '[data-testid="stMain"] [role="combobox"]'
EXPANDERS = '[data-testid="stExpander"] summary'


class Look:
    """One visit to every page, and all that stood there."""

    def __init__(self, seen: Seen, part: int) -> None:
        self.seen, self.page, self.part = seen, seen.page, part
        self.texts: list[str] = []
        self.openings = 0
        self.page.add_init_script(NOTICE)

    def take_in(self) -> None:
        alive = self.page.evaluate(ALIVE)
        assert not alive, (self.page.url, alive)
        shown = hostile.as_read(self.page.evaluate(SHOWN))
        assert "Something went wrong" not in shown, self.page.url
        self.texts.append(shown)

    def visit(self, name: str) -> None:
        """The page with each of its tabs, and what opens there."""
        self.seen.open(f"/{name}?period=2026-Q4")
        self.page.wait_for_timeout(600)
        self.take_in()
        self.open_all()
        visited: set[str] = set()
        while tab := self.unseen_tab(visited):
            tab.click()
            self.seen.settled()
            self.take_in()
            self.open_all()

    def unseen_tab(self, visited: set[str]) -> Locator | None:
        """The last tab that nobody looked at: those within a tab come before the next one."""
        tabs = [one for one in self.page.get_by_role("tab").all() if one.is_visible()]
        visited |= {
            one.inner_text() for one in tabs if one.get_attribute("aria-selected") == "true"
        }
        left = [one for one in tabs if one.inner_text() not in visited]
        visited |= {one.inner_text() for one in left[-1:]}
        return left[-1] if left else None

    def open_all(self) -> None:
        for kind in (EXPANDERS, POPOVERS, LISTS):
            for one in list(self.reachable(kind))[self.part % EVERY :: EVERY]:
                self.open(one)

    def reachable(self, kind: str) -> Iterator[Locator]:
        return (one for one in self.page.locator(kind).all() if one.is_visible())

    def open(self, one: Locator) -> None:
        """A click on what may have been drawn anew since; then it is closed again."""
        try:
            one.click(timeout=1500)
        except Error:
            return
        self.openings += 1
        self.seen.settled()
        self.take_in()
        self.page.keyboard.press("Escape")

    def drop(self, words: tuple[str, ...]) -> None:
        """A file whose every amount is one of the words: each is shown as it cannot be read."""
        lines = [f"{at},{_quoted(word)},Acme,Ana,Proposal,{_quoted(word)},2026-12-10"
                 for at, word in enumerate(words)]  # fmt: skip
        text = "\n".join(("Deal ID,Deal name,Account,Owner,Stage,Amount,Close date", *lines))
        file: FilePayload = {
            "name": "<b>deals & `more`.csv", "mimeType": "text/csv", "buffer": text.encode()
        }  # fmt: skip
        self.page.locator('input[type="file"]').set_input_files(file)
        self.page.get_by_text("What is refused, and why").wait_for(timeout=30_000)
        self.seen.settled()
        self.take_in()


def _quoted(word: str) -> str:
    return '"' + word.replace('"', '""') + '"'


def visited(chromium: Browser, path: Path, words: tuple[str, ...], part: int) -> Look:
    with (
        serving(path, str(TODAY)) as home,
        looking(chromium, home) as seen,
    ):
        look = Look(seen, part)
        for name in SAYS:
            look.visit(name)
        look.seen.open("/upload")
        look.drop(words)
        return look


def test_two_hundred_hostile_texts_are_read_on_every_page_and_do_nothing(
    chromium: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(clock.VARIABLE, str(TODAY))
    parts = sized(1, PARTS)
    openings = texts = 0
    for part in range(parts):
        path = tmp_path / str(part) / "quarterdeck.duckdb"
        path.parent.mkdir()
        engine = DuckDBEngine(path)
        book = hostile.book(engine, hostile.ALL[part::PARTS])
        engine.close()
        look = visited(chromium, path, book.words, part)
        shown = "\n".join(look.texts)
        hidden = [word for word in book.words if hostile.as_read(word) not in shown]
        assert not hidden, hidden
        openings, texts = openings + look.openings, texts + len(book.words)
    record(
        "Hostile texts on the screen",
        f"{texts} texts in every field, {len(SAYS)} pages, {openings:,} things opened: none runs, "
        "none is fetched, each is read as it was written",
    )
