"""The demo team on the screen: made at the first start, seen as one of it, left for own data."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field

import streamlit as st

from quarterdeck import clock, demo
from quarterdeck.commands.viewing import ViewedAs
from quarterdeck.commands.viewing import view_as as record_view
from quarterdeck.people import OWNER
from quarterdeck.refusal import Refused
from quarterdeck.ui import databases, sections, session, views
from quarterdeck.ui.cards import note, say
from quarterdeck.ui.plain import plain

WAIT_SECONDS = 0.15
_TO_OWN = "to own data"


@dataclass
class _Filling:
    """The one making of the demo in this process, whoever watches it."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    thread: threading.Thread | None = None
    share: float = 0.0
    line: str = ""
    refused: Refused | None = None

    def begin(self) -> None:
        """Start, unless another tab has: nobody's reload can stop it half-way."""
        with self.lock:
            if self.thread is None and not databases.demo_path().exists():
                self.refused = None
                self.thread = threading.Thread(target=self._run, name="inventing", daemon=True)
                self.thread.start()

    def is_busy(self) -> bool:
        return self.thread is not None and self.thread.is_alive()

    def _run(self) -> None:
        try:
            demo.make(databases.demo_path(), clock.today(demo.ZONE), told=self._told)
        except Refused as refused:
            self.refused = refused
        finally:
            self.thread = None

    def _told(self, share: float, line: str) -> None:
        self.share, self.line = share, line


@st.cache_resource(show_spinner=False)
def _filling() -> _Filling:
    return _Filling()


def make_ready() -> None:
    """Where the demo is to be shown and is not there yet, it is made before anybody's eyes."""
    if not databases.is_demo() or databases.demo_path().exists():
        return
    making = _filling()
    making.begin()
    # No headline(): until there is a team, nothing can be found in it.
    st.title(":gray[What is Quarterdeck?]", anchor=False)
    st.header("One moment: a sales team is being invented for you to try.", anchor=False)
    note("It has three directors, sixteen executives, 420 accounts and thirty months of deals.")
    bar = st.progress(0.0)
    while making.is_busy():
        bar.progress(making.share, making.line)
        time.sleep(WAIT_SECONDS)
    if making.refused:
        raise making.refused
    session.settle()
    st.rerun()


def view_as() -> None:
    """Says that this is the demo, as whom it is seen, and leads to own data; else nothing."""
    if not databases.is_demo():
        return
    word = f"Demo team · {views.label(views.view())}"
    with st.popover(word, type="tertiary", icon=":material/visibility:", key="demo"):
        say("Invented people, accounts and deals, to look around in.")
        names = list(views.VIEWS)
        st.radio(
            "View as",
            names,
            index=names.index(views.view()),
            format_func=lambda name: name.capitalize() if name == views.EVERYONE else name,
            captions=list(views.VIEWS.values()),
            key=f"view as {views.view()}",
            on_change=_view_changed,
            args=(f"view as {views.view()}",),
        )
        if st.button("Start with my own data", icon=":material/arrow_forward:", key=_TO_OWN):
            start_own()
            st.switch_page(sections.pages()["upload"])


def start_own() -> None:
    """Own data exists from now on, with nothing in it."""
    st.session_state[databases.WANTS_DEMO] = False
    with databases.own().transaction():
        pass


def notices(page: str) -> None:
    """What somebody should know who is about to drop a file, or has begun and has nothing yet."""
    if databases.named():
        return
    for repair in views.repairs():
        st.info(plain(repair), icon=":material/build:")
    if databases.is_demo() and page == "upload":
        st.info(
            "**This is the demo team.** A file you drop here starts your own data and is never "
            "mixed with the demo: once it is committed, Quarterdeck shows yours.",
            icon=":material/visibility:",
        )
    if not databases.is_demo() and not databases.own().data_version():
        with st.container(horizontal=True, vertical_alignment="center"):
            st.info("**Your own data is empty so far.**", icon=":material/inbox:")
            st.button(
                "Back to the demo team",
                icon=":material/undo:",
                key="back to demo",
                on_click=_back_to_demo,
            )


def _back_to_demo() -> None:
    st.session_state[databases.WANTS_DEMO] = True


def _view_changed(key: str) -> None:
    """Somebody looks with other eyes: kept, and put into the record."""
    chosen = st.session_state[key]
    views.keep(chosen)
    seen = views.scope(session.engine(), session.today())
    record_view(session.engine(), ViewedAs(seen.viewer_id, seen.role), scope=OWNER)
