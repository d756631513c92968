"""Who may ask the server for anything at all, before any page is drawn?"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
import streamlit as st
from hypothesis import given
from hypothesis import strategies as st_
from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient, WebSocketDenialResponse
from starlette.websockets import WebSocket, WebSocketDisconnect
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

from quarterdeck.refusal import Refused
from quarterdeck.ui import databases, doors, routes, signing
from tests.screen import ROOT, free_port

SECRET = "q7Zk-3vN0sT9xWb2LmYc8RdHf5JgUe1PaQo6iXtEnKs4"
AUTH = {
    "redirect_uri": "https://deck.example/oauth2callback",
    "cookie_secret": SECRET,
    "client_id": "quarterdeck",
    "client_secret": "of the provider",
    "server_metadata_url": "https://sso.example/.well-known/openid-configuration",
}


async def said(request: Request) -> Response:
    status = 400 if request.query_params.get("fails") else 200
    answer = PlainTextResponse(request.url.path, status)
    if request.query_params.get("lets_in"):
        answer.set_cookie(doors.USER_COOKIE, "signed")
    return answer


async def talked(socket: WebSocket) -> None:
    await socket.accept()
    await socket.send_text("hello")
    await socket.close()


@pytest.fixture
def deck() -> Iterator[TestClient]:
    inside = Starlette(
        routes=[WebSocketRoute("/_stcore/stream", talked), Route("/{rest:path}", said)]
    )
    app: Any = inside
    for wrapped in reversed(routes.MIDDLEWARE):
        app = wrapped.cls(app)
    with TestClient(app, base_url="http://127.0.0.1:8501", follow_redirects=False) as client:
        yield client


@pytest.fixture
def signing_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signing, "settings", lambda: AUTH)
    monkeypatch.setattr(databases, "signs_in", lambda: True)
    monkeypatch.setattr(doors, "get_cookie_secret", lambda: SECRET)


def cookie(secret: str = SECRET, name: str = doors.USER_COOKIE) -> dict[str, str]:
    value = create_signed_value(secret, name, json.dumps({"sub": "1"}))
    return {doors.USER_COOKIE: value.decode()}


OURS = ("127.0.0.1:8501", "localhost", "LOCALHOST:1", "[::1]:8501")
THEIRS = ("evil.example", "127.0.0.1.evil.example", "localhost.evil", "169.254.169.254", "", "a b")


@pytest.mark.parametrize("host", OURS)
def test_under_its_own_names_the_server_answers(deck: TestClient, host: str) -> None:
    assert deck.get("/attainment", headers={"host": host}).status_code == 200


@pytest.mark.parametrize("host", THEIRS)
def test_under_another_name_nobody_gets_a_page_nor_a_socket(deck: TestClient, host: str) -> None:
    assert deck.get("/attainment", headers={"host": host}).status_code == 421
    with (
        pytest.raises((WebSocketDisconnect, WebSocketDenialResponse)),
        deck.websocket_connect("/_stcore/stream", headers={"host": host}),
    ):
        pass


def test_where_people_sign_in_its_public_name_is_its_own_too(
    deck: TestClient, signing_in: None
) -> None:
    assert deck.get("/attainment", headers={"host": "deck.example"}).status_code == 200
    assert deck.get("/attainment", headers={"host": "other.example"}).status_code == 421


@pytest.mark.parametrize(
    "path",
    ["/_stcore/metrics", "/_stcore/agent/interact", "/_stcore/agent/mcp",
     "/_stcore/agent", "/_stcore/script-health-check", "/_stcore/metrics/"],
)  # fmt: skip
def test_what_nobody_needs_is_closed(deck: TestClient, path: str) -> None:
    answer = deck.get(path)
    assert (answer.status_code, answer.text) == (404, "Nothing is here.")


@pytest.mark.parametrize("path", ["/media/1.csv", "/_stcore/upload_file/session/file"])
def test_files_are_for_who_is_signed_in(deck: TestClient, signing_in: None, path: str) -> None:
    assert deck.get(path).status_code == 401
    for forged in (cookie("another secret of forty letters, all made up"), cookie(name="other")):
        assert deck.get(path, cookies=forged).status_code == 401
    for odd in ("", "x", "2|1:0|é", "a" * 5000):
        headers = {"cookie": f"{doors.USER_COOKIE}={quote(odd)}"}
        assert deck.get(path, headers=headers).status_code == 401
    assert deck.get(path, cookies=cookie()).status_code == 200
    assert deck.put(path).status_code == 401


def test_on_one_s_own_machine_files_need_no_sign_in(deck: TestClient) -> None:
    assert deck.get("/media/1.csv").status_code == 200


def test_the_sign_beside_the_sign_in_is_for_everybody(deck: TestClient, signing_in: None) -> None:
    assert deck.get("/media/sign.svg").status_code == 200
    assert deck.put("/_stcore/upload_file/session/file.svg").status_code == 401


def test_the_page_that_was_wanted_is_kept_in_mind_and_shown_once(
    deck: TestClient, signing_in: None
) -> None:
    deck.base_url = "https://127.0.0.1:8501"
    deck.get("/territory?period=2026-Q3&person=Ana")
    assert deck.cookies[doors.TARGET]
    before = deck.get("/")
    assert before.headers["location"] == "/attainment"
    deck.cookies.update(cookie())
    after = deck.get("/")
    assert after.headers["location"] == "/territory?period=2026-Q3&person=Ana"
    assert deck.get("/").headers["location"] == "/attainment"


HOSTILE = (
    "//evil.example", "https://evil.example/territory", "/\\evil.example", "\\\\evil.example",
    "/territory/../../evil", "javascript:alert(1)", "/territory\r\nset-cookie: a=b", "/nowhere",
    "/_stcore/health", "///territory", "/territory@evil.example", "/territory#\u2028", "", "/",
    "/territory?" + "a" * 3000, "http:territory", "/%2f%2fevil.example",
)  # fmt: skip


@pytest.mark.parametrize("wanted", HOSTILE)
def test_a_forged_target_leads_nowhere_else(
    deck: TestClient, signing_in: None, wanted: str
) -> None:
    kept = quote(wanted, safe="")
    headers = {"cookie": f"{doors.TARGET}={kept}; {doors.USER_COOKIE}=any"}
    assert deck.get("/", headers=headers).headers["location"] in ("/attainment", "/territory")


@given(path=st_.text(max_size=40), query=st_.text(max_size=40))
def test_whatever_is_wanted_it_stays_on_this_server(path: str, query: str) -> None:
    found = doors.target(path, query)
    assert not found or (found.startswith("/") and not found.startswith(("//", "/\\")))
    assert not set(found) & set("\r\n\\ ")


def test_a_sign_in_that_did_not_succeed_is_said_and_then_forgotten(
    deck: TestClient, signing_in: None
) -> None:
    deck.base_url = "https://127.0.0.1:8501"
    deck.get("/oauth2callback?error=access_denied")
    assert deck.cookies[signing.FAILED] == "1"
    deck.get("/oauth2callback?lets_in=1")
    assert signing.FAILED not in deck.cookies


def test_a_provider_that_does_not_answer_is_said_on_our_own_page(
    deck: TestClient, signing_in: None
) -> None:
    deck.base_url = "https://127.0.0.1:8501"
    answer = deck.get("/auth/login?fails=1")
    assert (answer.status_code, answer.headers["location"]) == (302, "/")
    assert deck.cookies[signing.FAILED] == "1"
    assert "no-store" in answer.headers["cache-control"]
    assert deck.get("/auth/login").text == "/auth/login"


def test_where_people_come_over_tls_no_cookie_goes_over_an_open_line(
    deck: TestClient, signing_in: None
) -> None:
    for address in ("/territory", "/oauth2callback?lets_in=1"):
        cookies = deck.get(address).headers.get_list("set-cookie")
        assert cookies
        assert all(each.endswith("; Secure") and each.count("Secure") == 1 for each in cookies)
        assert all("samesite=lax" in each.casefold() for each in cookies)


def test_nobody_on_the_way_keeps_an_answer_but_what_everybody_gets_alike(deck: TestClient) -> None:
    assert deck.get("/attainment").headers["cache-control"] == "no-store"
    assert deck.get("/media/1.csv").headers["cache-control"] == "no-store"
    assert "cache-control" not in deck.get("/static/js/index.js").headers
    assert deck.get("/_stcore/metrics").headers["x-content-type-options"] == "nosniff"
    assert "frame-ancestors 'none'" in deck.get("/x").headers["content-security-policy"]


def start(monkeypatch: pytest.MonkeyPatch, address: str | None, auth: dict[str, Any]) -> None:
    monkeypatch.setattr(signing, "settings", lambda: auth)
    usual = st.get_option
    monkeypatch.setattr(
        st, "get_option", lambda name: address if name == "server.address" else usual(name)
    )
    doors.check_start()


@pytest.mark.parametrize("address", ["127.0.0.1", "localhost", "::1", "127.0.0.9"])
def test_on_the_own_machine_it_serves_without_sign_in(
    monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    start(monkeypatch, address, {})


@pytest.mark.parametrize("address", [None, "", "0.0.0.0", "::", "192.168.1.7", "deck.example"])
def test_for_others_it_does_not(monkeypatch: pytest.MonkeyPatch, address: str | None) -> None:
    with pytest.raises(Refused, match="without signing in") as refused:
        start(monkeypatch, address, {})
    assert "SECURITY.md" in refused.value.do


def test_started_for_others_it_ends_with_the_reason() -> None:
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.address", "0.0.0.0"]
    ended = subprocess.run(
        [*command, "--server.port", str(free_port())],
        cwd=ROOT, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert ended.returncode == 2
    assert (
        ended.stderr.strip().splitlines()[-1].startswith("Quarterdeck does not start. On 0.0.0.0")
    )
    assert "Traceback" not in ended.stderr


def test_with_sign_in_it_serves_everybody(monkeypatch: pytest.MonkeyPatch) -> None:
    start(monkeypatch, "0.0.0.0", AUTH)


@pytest.mark.parametrize(
    "secret",
    ["", "xxx", "change_me_change_me_change_me_change_me", "a" * 60, "ab" * 30, SECRET[:31]],
)
def test_with_a_sample_of_a_secret_it_serves_nobody(
    monkeypatch: pytest.MonkeyPatch, secret: str
) -> None:
    for address in ("127.0.0.1", "0.0.0.0"):
        with pytest.raises(Refused, match="secret"):
            start(monkeypatch, address, AUTH | {"cookie_secret": secret})


def test_nobody_is_sent_back_over_an_open_line(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Refused, match="anybody can read"):
        start(monkeypatch, "0.0.0.0", AUTH | {"redirect_uri": "http://deck.example/x"})
    start(monkeypatch, "127.0.0.1", AUTH | {"redirect_uri": "http://127.0.0.1:8501/x"})


def test_a_name_with_a_star_stands_for_what_lies_below_it() -> None:
    assert doors.is_called("a.deck.example:443", {"*.deck.example"})
    assert not doors.is_called("deck.example.evil", {"*.deck.example"})
    assert not doors.is_called("adeck.example", {"*.deck.example"})


def test_headers_without_cookies_are_no_fault() -> None:
    assert doors.landing(Headers({}), "/attainment").headers["location"] == "/attainment"
