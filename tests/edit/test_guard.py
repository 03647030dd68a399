"""Nobody but this computer's browser, with the token, from our own pages, is served."""

from __future__ import annotations

from http.cookiejar import CookieJar
from urllib.request import HTTPCookieProcessor, ProxyHandler, build_opener

import pytest

from generator.edit.server import Opened
from tests.edit.conftest import NAME, Client

ACT = f"/api/issue/{NAME}/act"


def test_the_printed_address_answers_to_a_plain_get_that_keeps_cookies(opened: Opened) -> None:
    client = Client(opened.guard.port)
    path = opened.address.partition(str(opened.guard.port))[2]
    answer = client.send("GET", path)
    assert (answer.status, answer.headers["location"]) == (303, "/")
    assert "HttpOnly" in answer.headers["set-cookie"]
    answer = client.send("GET", "/")
    assert answer.status == 200
    assert "校对台" in answer.body.decode()
    assert "default-src 'none'" in answer.headers["content-security-policy"]


def test_the_printed_address_opens_for_a_plain_client_that_keeps_cookies(opened: Opened) -> None:
    plain = build_opener(ProxyHandler({}), HTTPCookieProcessor(CookieJar()))
    with plain.open(opened.address, timeout=30) as answer:
        assert (answer.status, answer.url) == (200, f"{opened.guard.origin}/")
        assert "校对台" in answer.read().decode()
    with plain.open(f"{opened.guard.origin}/api/archive", timeout=30) as answer:
        assert answer.status == 200


@pytest.mark.parametrize(
    "path", ["/", f"/desk/{NAME}", f"/api/issue/{NAME}/source", "/assets/edit.css"]
)
def test_without_the_cookie_nothing_is_served(path: str, opened: Opened) -> None:
    stranger = Client(opened.guard.port)
    assert stranger.send("GET", path).status == 403
    assert stranger.send("GET", f"{path}?token=wrong").status == 403
    stranger.cookies[opened.guard.cookie] = "wrong"
    assert stranger.send("GET", path).status == 403


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "evil.example", "127.0.0.1:1"])
def test_another_host_is_refused_though_the_cookie_is_right(host: str, client: Client) -> None:
    assert client.send("GET", "/", Host=host).status == 421


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": ""},
        {"Origin": "null"},
        {"Origin": "http://evil.example"},
        {"Origin": "http://127.0.0.1:1"},
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
    ],
)
def test_what_writes_comes_from_our_own_pages(headers: dict[str, str], client: Client) -> None:
    body = {"type": "term", "word": "古树"}
    assert client.send("POST", ACT, {"act": body}, **headers).status == 403
    assert client.send("POST", ACT, {"act": body}).status == 200


def test_paths_do_not_leave_the_archive(client: Client) -> None:
    for name in ("../content", "%2e%2e/%2e%2e", "moumou/..%2f..", "moumou/2024-03", ".git/x"):
        answer = client.send("POST", f"/api/issue/{name}", {})
        assert answer.status in (404, 405, 422)
    assert client.send("GET", "/assets/../base.html").status == 404


def test_odd_requests_are_refused_and_the_server_lives_on(client: Client) -> None:
    assert client.send("POST", ACT, {"act": {"type": "burn"}}).status == 400
    assert (
        client.send("POST", ACT, {"act": {"type": "correct", "line": "x", "to": ""}}).status == 400
    )
    assert client.send("POST", ACT, {"act": {"type": "term", "word": "甲" * 600_000}}).status == 413
    assert client.send("GET", f"/sheet/{NAME}/1?width=x").status == 404
    assert client.send("GET", "/").status == 200
