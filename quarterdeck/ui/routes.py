"""What happens around the pages: the first address, the headers, and errors nobody foresaw."""

from __future__ import annotations

import os
import secrets
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import streamlit as st
from starlette.datastructures import Headers as Said
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from quarterdeck import journal
from quarterdeck.refusal import Refused
from quarterdeck.ui import doors, session
from quarterdeck.ui.cards import refusal

FIRST = "/attainment"
POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline'",
        "style-src 'self' 'unsafe-inline'",
        "font-src 'self' data:",
        "img-src 'self' data: blob:",
        "connect-src 'self' ws: wss:",
        "worker-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
}


class FirstPage:
    """Sends `/` to the page that was wanted before a sign-in, else to the first, query kept: the
    page that is the default has no address."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_root = scope["type"] == "http" and scope["path"] == "/"
        if is_root and scope["method"] in ("GET", "HEAD"):
            query = scope["query_string"].decode("latin-1")
            usual = f"{FIRST}?{query}" if query else FIRST
            await doors.landing(Said(scope=scope), usual)(scope, receive, send)
        else:
            await self.app(scope, receive, send)


class Headers:
    """Says on every answer that this page loads nothing from elsewhere and stands in no frame, and
    that nobody on the way keeps what is somebody's."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                said = MutableHeaders(scope=message)
                said.update(HEADERS)
                if not scope["path"].startswith(doors.LASTING):
                    said["cache-control"] = "no-store"
            await send(message)

        await self.app(scope, receive, sent if scope["type"] == "http" else send)


MIDDLEWARE = (Middleware(Headers), Middleware(doors.Doors), Middleware(FirstPage))


@asynccontextmanager
async def settled(_app: object) -> AsyncIterator[dict[str, Any] | None]:
    """What start-up made lives as long as the server."""
    journal.listen()
    try:
        doors.check_start()
    except Refused as refused:
        # Nothing is open yet; the reason shall be the last line, not the middle of a traceback.
        sys.stderr.write(f"\nQuarterdeck does not start. {refused}\n")
        sys.stderr.flush()
        os._exit(2)
    session.settle()
    yield None


def say_error(error: Exception) -> bool:
    """A refusal in its three parts; of anything else a number to ask for, details in the log."""
    if isinstance(error, Refused):
        refusal(error)
        return True
    number = secrets.token_hex(3)
    journal.note("fault", number=number, kind=type(error).__name__)
    journal.LOGGER.error("Fault %s", number, exc_info=error)
    st.error(
        f"**Something went wrong here, and it is not your doing.**\n\nFault {number}.\n\n"
        "Load the page again. If it comes back, send this number with the server's log.",
        icon=":material/report:",
    )
    return True
