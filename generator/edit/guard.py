"""Who may speak with the editor's server: this computer's browser, with the token, from its pages.

A page of any website can send requests to 127.0.0.1, and a name of its own can be made to point
there. So each request must name the exact host and port, each one but the first bear the cookie
that the token bought, and each that writes come from a page of this server.
"""

from __future__ import annotations

import secrets
from collections.abc import MutableMapping
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs, urlsplit

from starlette.types import ASGIApp, Message, Receive, Scope, Send

HOST = "127.0.0.1"
READS = frozenset({"GET", "HEAD"})
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
HEADERS: tuple[tuple[bytes, bytes], ...] = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"cache-control", b"no-store"),
)
REFUSED = "这个地址只供本机的校对台使用。请用启动 gazette edit 时打印的地址打开。"


@dataclass(frozen=True, slots=True)
class Guard:
    """Lets requests through to an application, or refuses them."""

    app: ASGIApp
    port: int
    token: str = field(default_factory=lambda: secrets.token_urlsafe(24), repr=False)

    @property
    def origin(self) -> str:
        """The address of this server."""
        return f"http://{HOST}:{self.port}"

    @property
    def first_address(self) -> str:
        """The address that buys the cookie."""
        return f"{self.origin}/?token={self.token}"

    @property
    def cookie(self) -> str:
        """The cookie's name: browsers share cookies among the ports of a host."""
        return f"gazette-edit-{self.port}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request of ASGI."""
        if scope["type"] != "http":
            return
        headers = _headers(scope)
        if headers.get("host") != f"{HOST}:{self.port}":
            await _refuse(send, 421)
        elif bought := self._bought(scope):
            await _answer(send, 303, b"", bought)
        elif not self._may_pass(scope["method"], headers):
            await _refuse(send, 403)
        else:
            await self.app(scope, receive, _with_headers(send))

    def _bought(self, scope: Scope) -> list[tuple[bytes, bytes]] | None:
        """Give the headers that set the cookie and lead on, if the address has the token."""
        if scope["method"] not in READS or b"token=" not in scope["query_string"]:
            return None
        token = parse_qs(scope["query_string"].decode("latin-1")).get("token", [""])[0]
        if not secrets.compare_digest(token.encode(), self.token.encode()):
            return None
        cookie = f"{self.cookie}={self.token}; Path=/; HttpOnly; SameSite=Lax"
        place = scope["path"] if scope["path"].startswith("/") else "/"
        if place.startswith("//"):
            place = "/"
        return [(b"set-cookie", cookie.encode()), (b"location", place.encode())]

    def _is_known(self, cookies: str) -> bool:
        try:
            held = SimpleCookie(cookies).get(self.cookie)
        except CookieError:
            return False
        return bool(held and secrets.compare_digest(held.value.encode(), self.token.encode()))

    def _may_pass(self, method: str, headers: MutableMapping[str, str]) -> bool:
        known = self._is_known(headers.get("cookie", ""))
        return known and (method in READS or self._is_own(headers))

    def _is_own(self, headers: MutableMapping[str, str]) -> bool:
        """Whether a page of this server sends a request that writes."""
        site = headers.get("sec-fetch-site", "same-origin")
        origin = headers.get("origin", "")
        parts = urlsplit(origin)
        return (
            site == "same-origin"
            and origin == self.origin
            and not (parts.path or parts.query or parts.fragment)
        )


def _headers(scope: Scope) -> dict[str, str]:
    """Give the headers by name; of a header that is there twice nothing is believed."""
    found: dict[str, str] = {}
    for name, value in scope["headers"]:
        key = name.decode("latin-1").lower()
        found[key] = "" if key in found else value.decode("latin-1")
    return found


async def _refuse(send: Send, status: int) -> None:
    kind = [(b"content-type", b"text/plain; charset=utf-8")]
    await _answer(send, status, f"{REFUSED}\n".encode(), kind)


async def _answer(send: Send, status: int, body: bytes, headers: list[tuple[bytes, bytes]]) -> None:
    length = [(b"content-length", b"%d" % len(body))]
    start = {"type": "http.response.start", "status": status}
    await send({**start, "headers": [*headers, *length, *HEADERS]})
    await send({"type": "http.response.body", "body": body})


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            own = {name for name, _ in message.get("headers", ())}
            more = [(name, value) for name, value in HEADERS if name not in own]
            message["headers"] = [*message.get("headers", ()), *more]
        await send(message)

    return sending
