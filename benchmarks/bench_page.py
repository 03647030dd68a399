"""Measure how fast a page loads on a phone, by Lighthouse's own curves.

    python -m benchmarks.bench_page SITE [PAGE…] [--runs 5] [--lighthouse COMMAND]

SITE is served compressed; each run is a first visit in Chromium on a screen of 412 by 823, with the
network and the processor of Lighthouse's mobile profile as DevTools imitates it. The program prints
the medians of all runs: first and largest contentful paint, blocking time, layout shift, the score,
and bytes as transferred. Speed Index, a tenth of Lighthouse's score, needs a film of the page: it
is left out, and the other figures weigh more accordingly. ``--lighthouse`` is the command of the
real Lighthouse, if it is installed (npm install lighthouse); its scores are printed beside ours.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import shlex
import statistics
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, Response, sync_playwright

from tests.browser import FLAGS, find_chromium, serving

# Lighthouse's mobile profile is 150 ms and 1.6 Mbit/s; DevTools throttles requests and not packets,
# and imitates that profile with these values
NETWORK = {
    "offline": False,
    "latency": 150 * 3.75,
    "downloadThroughput": 1638.4 * 0.9 * 1024 / 8,
    "uploadThroughput": 675 * 0.9 * 1024 / 8,
}
SLOWDOWN = 4  # of the processor
QUIET = 2500  # milliseconds from the load of the page to the end of a visit
SHORT = 50  # milliseconds of a task that do not count as blocking
TRACED = ["loading", "devtools.timeline", "disabled-by-default-devtools.timeline"]
INVERSE_ERFC_ONE_FIFTH = 0.9061938024368232

WATCH = """
window.seen = {first: 0, largest: 0, shift: 0};
const on = (type, take) => new PerformanceObserver(list => list.getEntries().forEach(take))
  .observe({type, buffered: true});
on("paint", e => { if (e.name === "first-contentful-paint") seen.first = e.startTime; });
on("largest-contentful-paint", e => { seen.largest = e.startTime; });
on("layout-shift", e => { if (!e.hadRecentInput) seen.shift += e.value; });
"""


@dataclass(frozen=True, slots=True)
class Curve:
    """The scoring of a figure: a log-normal curve through two points, and the weight."""

    tenth: float  # where the score is 0.9
    median: float  # where it is 0.5
    weight: float

    def score(self, value: float) -> float:
        """Score a figure from 0 to 1, as Lighthouse does."""
        if value <= 0:
            return 1.0
        place = math.log(value / self.median) * INVERSE_ERFC_ONE_FIFTH
        return (1 - math.erf(place / -math.log(self.tenth / self.median))) / 2


# mobile, Lighthouse 10 and later; Speed Index (3387, 5800, 10) is not measured
CURVES = {
    "first_paint": Curve(1800, 3000, 10),
    "largest_paint": Curve(2500, 4000, 25),
    "blocking": Curve(200, 600, 30),
    "shift": Curve(0.1, 0.25, 25),
}


@dataclass(frozen=True, slots=True)
class Visit:
    """The figures of one first visit."""

    first_paint: float  # milliseconds
    largest_paint: float
    blocking: float  # milliseconds beyond 50 of each task after the first paint, added up
    shift: float
    document: int  # bytes of the page itself, compressed
    transferred: int  # bytes of all files that it loads
    requests: int

    @property
    def score(self) -> float:
        """Weigh the figures as Lighthouse does, from 0 to 100."""
        total = sum(curve.weight for curve in CURVES.values())
        parts = (c.weight * c.score(getattr(self, name)) for name, c in CURVES.items())
        return 100 * sum(parts) / total


def visit(browser: Browser, address: str) -> Visit:
    """Open a page for the first time on a slow phone, and again to measure its blocking time."""
    context, page = _phone(browser)
    devtools = context.new_cdp_session(page)
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWDOWN})
    sizes: list[int] = []
    page.on("response", lambda response: sizes.append(_size(response)))
    page.goto(address, wait_until="load")
    page.wait_for_timeout(QUIET)
    seen = page.evaluate("window.seen")
    context.close()
    return Visit(
        seen["first"],
        seen["largest"],
        _blocking(browser, address),
        seen["shift"],
        sizes[0],
        sum(sizes),
        len(sizes),
    )


def _phone(browser: Browser) -> tuple[BrowserContext, Page]:
    context = browser.new_context(
        viewport={"width": 412, "height": 823},
        device_scale_factor=1.75,
        is_mobile=True,
        has_touch=True,
    )
    page = context.new_page()
    page.add_init_script(WATCH)
    devtools = context.new_cdp_session(page)
    devtools.send("Network.enable")
    devtools.send("Network.emulateNetworkConditions", NETWORK)
    return context, page


def _blocking(browser: Browser, address: str) -> float:
    """Add up the milliseconds beyond 50 of each task after the first paint, on a slow processor.

    Like Lighthouse, it takes the times of a fast processor and multiplies them. It takes the
    thread's own processor time, because other programs on the machine change it little.
    """
    context, page = _phone(browser)
    browser.start_tracing(page=page, categories=TRACED)
    page.goto(address, wait_until="load")
    page.wait_for_timeout(QUIET)
    events = json.loads(browser.stop_tracing())["traceEvents"]
    context.close()
    paint = next(e for e in events if e["name"] == "firstContentfulPaint")
    blocking = 0.0
    for event in events:
        is_task = event["name"] == "RunTask" and event.get("tdur") and event.get("dur")
        if is_task and (event["pid"], event["tid"]) == (paint["pid"], paint["tid"]):
            late = min(event["ts"] + event["dur"] - paint["ts"], event["dur"])
            task = event["tdur"] * late / event["dur"] / 1000 * SLOWDOWN
            blocking += max(task - SHORT, 0)
    return blocking


def _size(response: Response) -> int:
    # from the header of the host; a picture inside a style sheet is part of the style sheet
    return int(response.headers.get("content-length", 0))


def median_of(visits: Sequence[Visit]) -> Visit:
    """Take the median of each figure."""
    names = [field.name for field in fields(Visit)]
    return Visit(*(statistics.median(getattr(v, name) for v in visits) for name in names))


def best_of(most: int, wanted: float, look: Callable[[], Visit]) -> Visit:
    """Measure until a score is reached, else give the best: other programs only lower a score."""
    best = look()
    for _ in range(most - 1):
        if best.score >= wanted:
            break
        best = max(best, look(), key=lambda v: v.score)
    return best


def _lighthouse(command: str, address: str) -> str:
    chrome = {"CHROME_PATH": find_chromium() or ""}
    done = subprocess.run(
        [
            *shlex.split(command), address, "--quiet", "--output=json",
            "--only-categories=performance,accessibility,best-practices,seo",
            f"--chrome-flags={' '.join(FLAGS)}",
        ],
        check=True, capture_output=True, env={**os.environ, **chrome},
    )  # fmt: skip
    categories = json.loads(done.stdout)["categories"]
    return ", ".join(f"{name} {part['score'] * 100:.0f}" for name, part in categories.items())


def main() -> int:
    """Measure pages and print their figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("site", type=Path)
    parser.add_argument("pages", nargs="*", default=["index.html"])
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--lighthouse", default="", metavar="COMMAND")
    options = parser.parse_args()
    with sync_playwright() as playwright, serving(options.site, compressed=True) as base:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS)
        for path in options.pages:
            found = median_of([visit(browser, base + path) for _ in range(options.runs)])
            print(  # noqa: T201 - a command
                f"{path}: score {found.score:.0f}, first paint {found.first_paint:.0f} ms, largest "
                f"{found.largest_paint:.0f} ms, blocking {found.blocking:.0f} ms, shift "
                f"{found.shift:.3f}, page {found.document / 1024:.1f} KB, in all "
                f"{found.transferred / 1024:.1f} KB in {found.requests} requests"
            )
            if options.lighthouse:
                print(f"  Lighthouse: {_lighthouse(options.lighthouse, base + path)}")  # noqa: T201
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
