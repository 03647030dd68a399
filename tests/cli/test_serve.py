"""``gazette serve`` in a browser: the fault of the last build is said on the page itself."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser import lent_page
from tests.conftest import ROOT, SMALL, ArchiveMaker

pytestmark = pytest.mark.slow


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
        return port


BANNER = "#gazette-fault"


@contextmanager
def serving(content: Path) -> Iterator[str]:
    """Serve an archive; gives its address when it answers."""
    port, beside = free_port(), content.with_name
    command = [
        sys.executable, "-c", "from generator.cli import main; main()", "serve",
        "--content", str(content), "--site", str(beside("site")), "--build", str(beside("build")),
        "--address", f"127.0.0.1:{port}",
    ]  # fmt: skip
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as p:
        try:
            yield f"http://127.0.0.1:{port}/"
        finally:
            p.terminate()


def answer(address: str, seconds: float = 90) -> tuple[int, str]:
    end = time.monotonic() + seconds
    while True:
        try:
            with urllib.request.urlopen(address) as found:
                return found.status, found.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()
        except OSError:
            assert time.monotonic() < end
            time.sleep(0.2)


def test_a_banner_says_why_the_last_build_failed_and_goes_with_the_next(
    make_archive: ArchiveMaker, browser: Browser
) -> None:
    content = make_archive({"2020-03": SMALL})
    facts = content / "moumou" / "2020-03" / "issue.toml"
    with serving(content) as address, lent_page(browser) as page:
        assert answer(address)[0] == 200
        page.goto(f"{address}moumou/2020-03/index.html")
        assert page.locator(BANNER).count() == 0
        facts.write_text("draft ＝ true\n", "utf-8")
        page.wait_for_selector(BANNER, timeout=60_000)  # the page opens again by itself
        said = page.locator(BANNER).inner_text()
        assert "上一次生成没有成功" in said
        assert re.search(r"issue\.toml:1: .*可改为 draft = true", said)
        assert page.locator("h1").first.is_visible()  # the last good site stays
        facts.write_text("", "utf-8")
        page.wait_for_selector(BANNER, state="detached", timeout=60_000)
        status, text = answer(f"{address}moumou/2020-03/none.html")
        assert status == 404
        assert "找不到这一页" in text


def test_an_archive_that_was_never_built_says_what_to_mend(
    make_archive: ArchiveMaker, browser: Browser
) -> None:
    content = make_archive({"2020-03": ""})
    text = content / "moumou" / "2020-03" / "issue.md"
    with serving(content) as address, lent_page(browser) as page:
        assert answer(address)[0] == 404
        page.goto(address)
        assert "还没有网站" in page.locator("h1").inner_text()
        assert "issue.md:1: 文件是空的" in page.locator(BANNER).inner_text()
        text.write_text(SMALL, "utf-8")
        page.wait_for_selector("header.md-header", timeout=90_000)  # it opens by itself
        assert page.locator(BANNER).count() == 0
