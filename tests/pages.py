"""Read finished pages from disk; no manifest of the build is trusted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from generator.runtime.digests import digest
from generator.runtime.parallel import Alone
from generator.search import build_search, plan_search
from generator.site.html_page import HtmlPage
from generator.site.link_check import DeadLink, dead_links, page_facts
from generator.site.swap import scan


def read_page(path: Path) -> HtmlPage:
    """Read a page."""
    return HtmlPage(path.read_bytes())


def read_tree(folder: Path) -> dict[str, bytes]:
    """Read every file below a folder, by its path in it."""
    return {name: (folder / name).read_bytes() for name in scan(folder)}


def check_links(site: Path) -> list[DeadLink]:
    """Find the dead links of a site; 404.html is served at any address."""
    names = sorted(name for name in scan(site) if name.endswith(".html") and name != "404.html")
    facts = {name: page_facts(name, read_page(site / name)) for name in names}
    return list(dead_links(facts, {name: f.anchors for name, f in facts.items()}, scan(site)))


def index_site(site: Path, issues: Iterable[str], names: Iterable[Sequence[str]] = ()) -> None:
    """Build the search index of the issues in a site; ``names`` are groups of names of agencies."""
    keys = {name: digest((site / name / "issue.json").read_bytes()) for name in issues}
    build_search(site, plan_search(site, "", keys), {}, Alone(), names)
