"""Who may ask this server for anything at all, before any page is drawn?"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Mapping
from urllib.parse import quote, unquote, urlsplit

import streamlit as st
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value

from quarterdeck.refusal import Refused
from quarterdeck.ui import sections, signing

USER_COOKIE, TARGET = "_streamlit_user", "quarterdeck_target"
LOOPBACK = ("localhost", "127.0.0.1", "::1")
CLOSED = ("/_stcore/metrics", "/_stcore/agent", "/_stcore/script-health-check")
"""What Streamlit serves and nobody of ours needs: counters, an interface for programs."""
OF_SOMEBODY = ("/media/", "/_stcore/upload_file/")
PICTURES = (".png", ".svg")
"""Of media only our sign and the page's icon are pictures: they stand beside the sign-in, too."""
LASTING = ("/static/", "/app/static/")
SAMPLES = ("xxx", "change", "secret", "example", "random")
SHORTEST_SECRET = 32
TARGET_SECONDS = 600
_LONGEST_TARGET = 2000


def hosts() -> set[str]:
    """By which names this server may be called: its own, and where people are sent back to."""
    named = {str(each).casefold() for each in st.get_option("server.allowedHosts") or ()}
    back = urlsplit(str(signing.settings().get("redirect_uri", ""))).hostname
    address = str(st.get_option("server.address") or "")
    return {*LOOPBACK, *named, *filter(None, (back, address))}


def is_called(host: str, known: set[str]) -> bool:
    """Whether a Host header names us; another name that leads here is somebody's trick."""
    name = urlsplit(f"//{host}").hostname or ""
    return name in known or any(one.startswith("*.") and name.endswith(one[1:]) for one in known)


def target(path: str, query: str) -> str:
    """The page that somebody wanted, as an address on this server; '' for none of ours."""
    page = path.strip("/")
    wanted = f"/{page}?{query}" if query else f"/{page}"
    is_plain = len(wanted) <= _LONGEST_TARGET and re.fullmatch(r"[!-~]+", wanted) is not None
    return wanted if page in sections.SAYS and is_plain and "\\" not in wanted else ""


def is_signed(cookies: Mapping[str, str]) -> bool:
    """Whether the cookie was made by this server; who it is, is looked up at each click."""
    value = cookies.get(USER_COOKIE, "")
    try:
        signed = value.encode("latin-1")
    except UnicodeEncodeError:
        return False
    return bool(value) and decode_signed_value(get_cookie_secret(), USER_COOKIE, signed) is not None


def _is_ours_to_all(path: str) -> bool:
    return path.startswith("/media/") and path.endswith(PICTURES)


def check_start() -> None:
    """Before the first answer: is it safe to serve here? Raises Refused and says why not."""
    address = str(st.get_option("server.address") or "0.0.0.0")
    said = signing.settings()
    if not said:
        if not _is_loopback(address):
            raise Refused(
                f"On {address} others could open this without signing in.",
                "server.address",
                "Serve on 127.0.0.1, or set up sign-in: SECURITY.md says how.",
            )
        return
    secret = str(said.get("cookie_secret", ""))
    is_weak = len(secret) < SHORTEST_SECRET or len(set(secret)) < 10
    if is_weak or any(one in secret.casefold() for one in SAMPLES):
        raise Refused(
            "The secret that signs cookies is a sample or too short.",
            "secrets.toml: cookie_secret",
            'Write what this prints: python -c "import secrets; print(secrets.token_urlsafe(48))"',
        )
    back = urlsplit(str(said.get("redirect_uri", "")))
    if back.scheme != "https" and not _is_loopback(back.hostname or ""):
        raise Refused(
            "People would be sent back over a line that anybody can read.",
            "secrets.toml: redirect_uri",
            "Give an address that begins with https://.",
        )


def _is_loopback(address: str) -> bool:
    if address == "localhost":
        return True
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


class Doors:
    """Turns away strangers' names, what is closed, and files for whoever is not signed in; keeps in
    mind which page somebody wanted before they signed in."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        if not is_called(headers.get("host", ""), hosts()):
            await _refuse(scope, receive, send, 421, "This server has another name.")
            return
        path = "/" + scope["path"].lstrip("/")
        if any(path == one or path.startswith(f"{one}/") for one in CLOSED):
            await _refuse(scope, receive, send, 404, "Nothing is here.")
            return
        cookies = cookie_parser(headers.get("cookie", "")) if signing.is_on() else {}
        if (
            signing.is_on()
            and path.startswith(OF_SOMEBODY)
            and not (_is_ours_to_all(path) or is_signed(cookies))
        ):
            await _refuse(scope, receive, send, 401, "Sign in first.")
            return
        if signing.is_on() and scope["type"] == "http" and scope["method"] == "GET":
            send = _minding(scope, send, path, cookies)
        await self.app(scope, receive, send)


def _minding(scope: Scope, send: Send, path: str, cookies: Mapping[str, str]) -> Send:
    """Says in a cookie which page was wanted, and whether the provider let somebody in."""
    if path == "/auth/login":
        return _or_back(send)
    wanted = "" if USER_COOKIE in cookies else target(path, scope["query_string"].decode("latin-1"))

    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            if wanted:
                kept = _cookie(TARGET, quote(wanted, safe=""), TARGET_SECONDS)
                headers.append("set-cookie", kept)
            if path == "/oauth2callback":
                headers.append("set-cookie", _failed(is_so=not _lets_in(headers)))
            _only_over_tls(headers)
        await send(message)

    return sent


def _or_back(send: Send) -> Send:
    """A provider that does not answer is said on our own page, not on a blank one."""
    is_replaced = False

    async def sent(message: Message) -> None:
        nonlocal is_replaced
        if message["type"] == "http.response.start" and message["status"] >= 400:
            is_replaced = True
            headers = [(b"location", b"/"), (b"set-cookie", _failed(is_so=True).encode())]
            await send({"type": "http.response.start", "status": 302, "headers": headers})
            await send({"type": "http.response.body", "body": b""})
        elif not is_replaced:
            await send(message)

    return sent


def _only_over_tls(headers: MutableHeaders) -> None:
    """Where people come over https, no cookie of theirs goes over an open line."""
    cookies = headers.getlist("set-cookie")
    if not cookies or urlsplit(str(signing.settings().get("redirect_uri", ""))).scheme != "https":
        return
    del headers["set-cookie"]
    for each in cookies:
        is_marked = any(part.strip().casefold() == "secure" for part in each.split(";"))
        headers.append("set-cookie", each if is_marked else f"{each}; Secure")


def _lets_in(headers: MutableHeaders) -> bool:
    said = (each for each in headers.getlist("set-cookie") if each.startswith(f"{USER_COOKIE}="))
    return any("Max-Age=0" not in each for each in said)


def _failed(*, is_so: bool) -> str:
    return _cookie(signing.FAILED, "1" if is_so else "", 60 if is_so else 0)


def _cookie(name: str, value: str, seconds: int) -> str:
    return f"{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax"


async def _refuse(scope: Scope, receive: Receive, send: Send, status: int, words: str) -> None:
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.close", "code": 1008})
        return
    await PlainTextResponse(words, status)(scope, receive, send)


def landing(headers: Headers, usual: str) -> RedirectResponse:
    """From `/` to the page that was wanted before the sign-in, else to the usual one."""
    cookies = cookie_parser(headers.get("cookie", ""))
    kept = urlsplit(unquote(cookies.get(TARGET, "")))
    wanted = "" if kept.scheme or kept.netloc else target(kept.path, kept.query)
    is_wanted = signing.is_on() and USER_COOKIE in cookies and bool(wanted)
    answer = RedirectResponse(wanted if is_wanted else usual)
    if is_wanted:
        answer.headers.append("set-cookie", _cookie(TARGET, "", 0))
    return answer
