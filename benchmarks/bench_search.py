"""Measure the search index: its build, its size on disk, and queries in the browser.

    python -m benchmarks.bench_search FOLDER… [--issues 300] [--material 60]

FOLDERs are issue folders, or folders of them; the archive is composed of copies of them. The
program prints CPU seconds per million characters, peak memory, and bytes on disk per character;
then in Chromium, from a host that compresses: bytes and requests of a first query without cache,
milliseconds of new and repeated queries. ``--material N`` also builds N issues as one stock site of
MkDocs-Material, with its search (and jieba, if installed) and without, and compares the time that
this search adds with the time of ours.
"""

from __future__ import annotations

import argparse
import gzip
import http.server
import json
import random
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Response, sync_playwright

from benchmarks.archive import compose, issue_folders
from benchmarks.measure import own_peak
from generator.archive.resolve import resolve_citations
from generator.archive.summary import summarise
from generator.content import read_gazette
from generator.formats.issue_json import issue_data
from generator.render import render, template_environment
from generator.runtime.data import dump
from generator.runtime.parallel import Alone
from generator.runtime.places import ROOT, Places
from generator.search import build_search, in_order, plan_search, read_entries
from generator.site.mkdocs import copy_assets
from generator.stages.pipeline import convert
from tests.browser import FLAGS, find_chromium

PAGE = """<!doctype html><meta charset="utf-8"><body>
<script src="../assets/gazette/search/load.js"></script>
<script src="../assets/gazette/search/engine.js"></script>
<script src="../assets/gazette/search/page.js"></script>
"""
ASK = """async ([query, limit]) => {
  const begun = performance.now();
  const found = await gazette.search(query, {limit});
  return [performance.now() - begun, found.total];
}"""
CONFIG = """site_name: stock
docs_dir: {docs}
site_dir: {site}
theme: {{name: material, language: zh, features: [navigation.prune]}}
plugins: {plugins}
markdown_extensions: [attr_list, tables, {{toc: {{permalink: false}}}}]
validation: {{links: {{not_found: ignore, unrecognized_links: ignore}}}}
"""


def publish_data(folder: Path, site: Path, docs: Path | None) -> str:
    """Write issue.json of one issue and, if ``docs`` is given, its Markdown; give its name."""
    issue = convert(folder)
    links = resolve_citations([summarise(issue)])
    target = site / issue.name
    target.mkdir(parents=True, exist_ok=True)
    (target / "issue.json").write_text(dump(issue_data(issue, links)), "utf-8")
    if docs:
        environment = template_environment(ROOT / "templates")
        pages = render(issue, read_gazette(folder.parent), links, environment)
        for path, text in pages.items():
            place = docs / issue.name / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text, "utf-8")
    return issue.name


def all_cpu() -> float:
    """Give the CPU seconds of this process and its finished children, which write full segments."""
    return time.process_time() + children_cpu()


def children_cpu() -> float:
    """Give the CPU seconds of finished child processes."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def build_stock(docs: Path, where: Path, plugins: str) -> float:
    """Build one stock site of all issues; give its CPU seconds."""
    config = where / "mkdocs.yml"
    config.write_text(CONFIG.format(docs=docs, site=where / "stock", plugins=plugins), "utf-8")
    begun = children_cpu()
    command = [sys.executable, "-m", "mkdocs", "build", "-q", "-f", str(config)]
    subprocess.run(command, check=True, capture_output=True)
    return children_cpu() - begun


class _Compressing(http.server.SimpleHTTPRequestHandler):
    """A server that compresses its files, as hosts do."""

    def log_message(self, *_: object) -> None:
        """Log nothing."""

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        if not path.is_file():
            self.send_error(404)
            return
        data = gzip.compress(path.read_bytes(), 6)
        self.send_response(200)
        kind = "text/html" if path.suffix == ".html" else "text/javascript"
        for name, value in (
            ("Content-Type", kind), ("Content-Encoding", "gzip"),
            ("Content-Length", str(len(data))), ("Cache-Control", "max-age=600"),
        ):  # fmt: skip
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)


@contextmanager
def serving(site: Path) -> Iterator[str]:
    """Serve the compressed files of a folder."""

    def handler(*args: object) -> _Compressing:
        return _Compressing(*args, directory=str(site))  # type: ignore[arg-type] # as socketserver does

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/"
    server.shutdown()


def cold(browser: Browser, root: str, query: str) -> tuple[int, int, float]:
    """Run a query on a fresh page; give bytes, requests and milliseconds."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{root}search/index.html")
    sizes: list[int] = []

    def count(response: Response) -> None:
        sizes.append(int(response.headers.get("content-length", "0")))

    page.on("response", count)
    took, _ = page.evaluate(ASK, [query, 8])
    context.close()
    return sum(sizes), len(sizes), took


def queries_of(site: Path, names: Sequence[str], count: int, lengths: range) -> list[str]:
    """Cut queries out of texts, as readers type them."""
    chooser = random.Random(3)
    texts = [p.text for e in read_entries(site, names) for p in e.passages if len(p.text) > 20]
    found: list[str] = []
    while len(found) < count:
        text = chooser.choice(texts)
        at, length = chooser.randrange(len(text)), chooser.choice(lengths)
        piece = text[at : at + length]
        if len(piece) == length and piece.isalpha():
            found.append(piece)
    return found


def measure_browser(site: Path, names: Sequence[str]) -> None:
    """Print the bytes, requests and milliseconds of queries in the browser."""
    with serving(site) as root, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS)
        for query in ("政府", "人民政府", *queries_of(site, names[:20], 6, range(2, 13))):
            size, requests, took = cold(browser, root, query)
            sys.stdout.write(
                f"cold {query}: {size / 1000:.0f} KB, {requests} requests, {took:.0f} ms\n"
            )
        page = browser.new_page()
        page.goto(f"{root}search/index.html")
        asked = queries_of(site, names, 100, range(2, 9))
        new = [page.evaluate(ASK, [query, 8])[0] for query in asked]
        again = [page.evaluate(ASK, [query, 8])[0] for query in asked]
        for kind, times in (("new", new), ("repeated", again)):
            ranked = statistics.quantiles(times, n=20)
            sys.stdout.write(f"{kind} query: median {ranked[9]:.0f} ms, 95 % {ranked[18]:.0f} ms\n")
        browser.close()


def main(arguments: Sequence[str] | None = None) -> int:
    """Compose an archive, build its index, and print the measurements."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--issues", type=int, default=300)
    parser.add_argument("--material", type=int, default=0)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        where = Path(folder)
        compose(issue_folders(options.folders), options.issues, where / "content")
        folders = sorted((where / "content" / "bench").glob("*-*"))
        site = where / "site"
        with ProcessPoolExecutor(2) as executor:
            docs = [where / "docs" if n < options.material else None for n in range(len(folders))]
            names = list(executor.map(publish_data, folders, [site] * len(folders), docs))
        names = in_order(names)
        characters = sum(len(p.text) for e in read_entries(site, names) for p in e.passages)
        before = own_peak()
        begun = all_cpu()
        build_search(site, plan_search(site, "", dict.fromkeys(names, "")), {}, Alone())
        took = all_cpu() - begun
        peak = own_peak()
        size = sum(p.stat().st_size for p in (site / "search").rglob("*") if p.is_file())
        sys.stdout.write(
            f"{len(names)} issues, {characters / 1e6:.2f} M characters: {took:.1f} s of CPU, "
            f"{took / characters * 1e6:.2f} a million; {size / characters:.2f} bytes a character; "
            f"peak memory {peak:.0f} MB ({before:.0f} before)\n"
        )
        if options.material:
            part = where / "part"
            for name in names[: options.material]:
                shutil.copytree(site / name, part / name)
            begun = time.process_time()
            own = dict.fromkeys(names[: options.material], "")
            build_search(part, plan_search(part, "", own), {}, Alone())
            ours = time.process_time() - begun
            bare = build_stock(where / "docs", where, "[]")
            searched = build_stock(where / "docs", where, "[search: {lang: [zh]}]")
            index = where / "stock" / "search" / "search_index.json"
            has_words = "\u200b" in json.dumps(
                json.loads(index.read_text("utf-8"))["docs"][:50], ensure_ascii=False
            )
            sys.stdout.write(
                f"{options.material} issues: ours {ours:.1f} s, Material's search adds "
                f"{searched - bare:.1f} s ({'with' if has_words else 'without'} jieba): "
                f"{ours / (searched - bare):.2f}\n"
            )
        copy_assets(site, Places(where, site, where))
        (site / "search" / "index.html").write_text(PAGE, "utf-8")
        measure_browser(site, names)
    return 0


if __name__ == "__main__":
    sys.exit(main())
