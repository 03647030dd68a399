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
from urllib.parse import urlsplit

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


_KEPT: dict[tuple[Browser, bool], Page] = {}


@contextlib.contextmanager
def lent_page(browser: Browser, width: int = 1280, *, is_touch: bool = False) -> Iterator[Page]:
    """Lend a page that remembers nothing, one at a time.

    Pages are kept for the next who asks: a new context costs a second of processor time, another
    address in an open page a fifth of that.
    """
    page = _KEPT.pop((browser, is_touch), None)
    if page is None:
        page = browser.new_context(has_touch=is_touch, is_mobile=is_touch).new_page()
    page.set_viewport_size({"width": width, "height": 900})
    yield page
    for other in page.context.pages:
        if other is not page:
            other.close()
    page.unroute_all(behavior="ignoreErrors")
    page.emulate_media(
        media="null", color_scheme="null", forced_colors="null", reduced_motion="null"
    )
    forget(page)
    _KEPT[browser, is_touch] = page


def forget(page: Page) -> None:
    """Leave a page, and forget what it stored: after it is left, for it may store until then."""
    parts = urlsplit(page.url)
    with contextlib.suppress(Error):  # a page without an origin has no storage
        page.evaluate("sessionStorage.clear()")
    page.goto("about:blank")
    session = page.context.new_cdp_session(page)
    origin = f"{parts.scheme}://{parts.netloc}"
    session.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": "local_storage"})
    session.detach()


class Watch:
    """A page that may reach its own site only, with a record of its errors."""

    def __init__(self, page: Page, base: str) -> None:
        self.faults: list[str] = []
        self.page = page
        self.base = base

    @classmethod
    @contextlib.contextmanager
    def over(
        cls, browser: Browser, base: str, width: int = 1280, *, is_touch: bool = False
    ) -> Iterator[Watch]:
        """Watch a page until it is given back; whatever went wrong fails the test."""
        with lent_page(browser, width, is_touch=is_touch) as page:
            watch = cls(page, base)
            page.on("request", watch._request)
            page.on("requestfailed", watch._failed)
            page.on("pageerror", watch._error)
            page.on("response", watch._response)
            yield watch
            page.remove_listener("request", watch._request)
            page.remove_listener("requestfailed", watch._failed)
            page.remove_listener("pageerror", watch._error)
            page.remove_listener("response", watch._response)
        assert watch.faults == []

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
