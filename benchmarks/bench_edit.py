"""Measure ``gazette edit`` over a content folder: its memory, and the time of its pages.

    python -m benchmarks.bench_edit --content FOLDER [--desks 5]

Starts the command as an editor does, asks for the archive page (cold and warm), opens some desks
one after another and comes back to the first. Prints seconds of each answer and the memory of the
process (resident set, and its peak over the whole life).
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.cookiejar import CookieJar
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.request import HTTPCookieProcessor, OpenerDirector, ProxyHandler, Request, build_opener

from benchmarks.measure import kilobytes

COMMAND = "from generator.cli import main; main()"
SETTLES = 20.0  # seconds in which misreadings are looked for after a desk was opened
MEGABYTE = 1024  # kilobytes


class Desk:
    """A server that is measured, and its client."""

    def __init__(self, process: subprocess.Popen[str], address: str) -> None:
        self.process = process
        self.address = address
        self.base = address.partition("/?")[0]
        cookies = HTTPCookieProcessor(CookieJar())
        self.opener: OpenerDirector = build_opener(ProxyHandler({}), cookies)

    def get(self, path: str, body: bytes | None = None) -> tuple[float, bytes]:
        """Ask for a page; give the seconds that its answer took, and the answer."""
        begun = time.perf_counter()
        headers = {} if body is None else {"Origin": self.base}
        with self.opener.open(Request(self.base + path, body, headers), timeout=120) as answer:
            data: bytes = answer.read()
        return time.perf_counter() - begun, data

    def memory(self, key: str = "VmRSS") -> float:
        """Give the memory of the process in MB; VmHWM is the most of its life."""
        held = kilobytes(key, self.process.pid)
        assert held is not None, "only Linux tells it"
        return held / MEGABYTE


@contextmanager
def started(content: Path, beside: Path) -> Iterator[Desk]:
    """Start the command over a content folder; its site and build folder are ``beside``."""
    command = [
        sys.executable, "-c", COMMAND, "edit", "--no-browser", "--content", str(content),
        "--site", str(beside / "site"), "--build", str(beside / "build"),
    ]  # fmt: skip
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        desk = Desk(process, process.stdout.readline().strip())
        try:
            desk.get(desk.address.removeprefix(desk.base))
            yield desk
        finally:
            process.terminate()


def measure(content: Path, desks: int, settles: float = SETTLES) -> dict[str, float]:
    """Give the figures: seconds and MB."""
    figures: dict[str, float] = {}
    with TemporaryDirectory() as scratch:
        for run in ("cold", "warm"):  # the second start finds what the first one left
            with started(content, Path(scratch)) as desk:
                figures[f"start, {run}: MB"] = desk.memory()
                seconds, listed = desk.get("/api/archive")
                figures[f"archive page, {run} start: s"] = seconds
                figures[f"archive page again, {run} start: s"] = desk.get("/api/archive")[0]
                figures[f"after the archive page, {run}: MB"] = desk.memory()
                if run == "cold":
                    continue
                names = [
                    issue["name"] for g in json.loads(listed)["gazettes"] for issue in g["issues"]
                ]
                figures["issues"] = len(names)
                step = max(len(names) // max(desks, 1), 1)
                for nth, name in enumerate(names[::step][:desks], 1):
                    seconds, _ = desk.get(f"/api/issue/{name}", b"{}")
                    time.sleep(settles)
                    figures[f"desk {nth} ({name}): s"] = seconds
                    figures[f"after desk {nth}: MB"] = desk.memory()
                figures["the most of its life: MB"] = desk.memory("VmHWM")
    return figures


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--content", type=Path, default=Path("content"))
    parser.add_argument("--desks", type=int, default=5)
    parser.add_argument("--settles", type=float, default=SETTLES)
    options = parser.parse_args()
    figures = measure(options.content.resolve(), options.desks, options.settles)
    for name, figure in figures.items():
        print(f"{name:<50} {figure:8.2f}")  # noqa: T201 - the command's output


if __name__ == "__main__":
    main()
