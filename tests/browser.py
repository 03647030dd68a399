"""A real browser for tests, with every other host refused."""

from __future__ import annotations

import contextlib
import functools
import gzip
import http.server
import re
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from playwright.sync_api import Browser, Error, Page, Request, Response

FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
# no host but this machine is there
SEALED = (*FLAGS, "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1")


def find_chromium() -> str | None:
    """Find the system's browser; None leaves the choice to Playwright."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return next((path for name in names if (path := shutil.which(name))), None)


Mode = Callable[[Page], object]
LARGE = """addEventListener("DOMContentLoaded", () => {
  document.documentElement.dataset.gazetteType = "large";
});"""

# how a page may be read: each prepares a page before it is opened
MODES: dict[str, Mode] = {
    "light": lambda page: page.emulate_media(color_scheme="light"),
    "dark": lambda page: page.emulate_media(color_scheme="dark"),
    "large": lambda page: page.add_init_script(LARGE),
}


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


class _Compressing(_Quiet):
    """Compresses texts, as hosts of static files do."""

    def do_GET(self) -> None:
        """Send a file."""
        path = Path(self.translate_path(self.path))
        kind = self.guess_type(path)
        if not path.is_file() or not re.match(r"text/|\S+(?:javascript|json|svg)", kind):
            super().do_GET()
            return
        data = gzip.compress(path.read_bytes(), 6)
        self.send_response(200)
        for name, value in (
            ("Content-Type", kind),
            ("Content-Encoding", "gzip"),
            ("Content-Length", f"{len(data)}"),
        ):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)


@contextlib.contextmanager
def serving(folder: Path, *, compressed: bool = False) -> Iterator[str]:
    """Serve a folder over http; gives its address."""
    server_class = _Compressing if compressed else _Quiet
    handler = functools.partial(server_class, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def search(page: Page, query: str) -> list[str]:
    """Type a query into Material's box; give the addresses of the pages it finds, best first."""
    page.click("input[name=query]")
    page.fill("input[name=query]", query)
    page.keyboard.press("End")  # the box listens to keys
    page.wait_for_selector(".md-search-result__item a", timeout=20_000)
    links = page.query_selector_all(".md-search-result__item > a")
    return [(link.get_attribute("href") or "").partition("?")[0] for link in links]


def until(page: Page, expression: str, seconds: float = 30) -> None:
    """Wait until an expression is true: Playwright's own way needs eval, which our pages forbid."""
    end = time.monotonic() + seconds
    while not page.evaluate(f"!!({expression})"):
        assert time.monotonic() < end, expression
        page.wait_for_timeout(50)


class Watch:
    """A page that may reach its own site only, with a record of its errors."""

    def __init__(
        self, browser: Browser, base: str, width: int = 1280, *, is_touch: bool = False
    ) -> None:
        self.faults: list[str] = []
        self.context = browser.new_context(
            viewport={"width": width, "height": 900}, has_touch=is_touch, is_mobile=is_touch
        )
        self.page: Page = self.context.new_page()
        self.base = base
        self.page.on("request", self._request)
        self.page.on("requestfailed", self._failed)
        self.page.on("pageerror", self._error)
        self.page.on("response", self._response)

    def _error(self, error: Error) -> None:
        self.faults.append(f"error {error}")

    def _response(self, response: Response) -> None:
        if response.status >= 400:
            self.faults.append(f"{response.status} {response.url}")

    def _request(self, request: Request) -> None:
        # seen, not routed: to route is to go without the browser's cache
        if not request.url.startswith((self.base, "data:", "blob:", "about:")):
            self.faults.append(f"outside {request.url}")

    def _failed(self, request: Request) -> None:
        # leaving a page ends what it was still loading
        if "ERR_ABORTED" not in (request.failure or ""):
            self.faults.append(f"failed {request.url}")

    def open(self, path: str) -> Page:
        """Open a page of the site."""
        self.page.goto(self.base + path)
        self.page.wait_for_load_state("load")
        return self.page
