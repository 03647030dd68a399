"""Read finished pages from disk; no manifest of the build is trusted."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from generator.runtime.digests import digest
from generator.runtime.parallel import Alone
from generator.search import build_search, plan_search
from generator.site.html_page import HtmlPage
from generator.site.link_check import DeadLink, dead_links, page_facts
from generator.site.page_keys import TEMPLATE
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


def inodes(site: Path) -> dict[str, int]:
    """Give the inodes of all files: a kept file has the same one, because it is a hard link."""
    return {name: (site / name).stat().st_ino for name in scan(site)}


def unexplained(
    why: Mapping[str, tuple[str, ...]], before: Mapping[str, bytes], after: Mapping[str, bytes]
) -> list[str]:
    """Name what a build changed, but gives no reason for, and what it built without need.

    ``why`` names the pages that were built, and folders of issues of which all were (Built.why).
    A page with reasons must differ, or one of the files beside it; another template may say the
    same of it.
    """
    files = before.keys() | after.keys()
    changed = {name for name in files if before.get(name) != after.get(name) and name in after}
    pages = {name: _page_of(name) for name in changed if _is_explained(name)}
    found = [name for name, page in pages.items() if not _reasons_for(name, page) & {*why}]
    shown = {*pages, *pages.values()}
    idle = [
        page
        for page, reasons in why.items()
        if not page.endswith("/") and page not in shown and TEMPLATE not in reasons
    ]
    return sorted([*found, *(page for page in idle if page in before and _is_of_issue(page))])


def _is_of_issue(name: str) -> bool:
    return name.count("/") == 2 and "-" in name.split("/")[1]


def _is_explained(name: str) -> bool:
    """Whether a build gives reasons for a file: those of issues, and pages of the home site."""
    if _is_of_issue(name):
        return not name.startswith("manifests/")
    return name.endswith(".html") and name != "404.html"


def _page_of(name: str) -> str:
    """Name the page that a file is beside: guofa-2016-13.json, guofa-2016-13.2021-06-09.html."""
    folder, _, file = name.rpartition("/")
    return f"{folder}/{file.partition('.')[0]}.html".lstrip("/")


def _reasons_for(name: str, page: str) -> set[str]:
    """List what may have the reasons for a file; a former address has data, but an own page."""
    folder = f"{name.rpartition('/')[0]}/"
    return {name, page, page.replace(".html", ".json"), folder}


def document_data(site: Path, name: str) -> dict[str, Any]:
    """Read what the data beside a page say of its document."""
    found: dict[str, Any] = json.loads((site / f"{name}.json").read_bytes())["document"]
    return found


def page_text(site: Path, name: str) -> str:
    """Read the HTML of a page."""
    return (site / f"{name}.html").read_text("utf-8")


def part_data(site: Path, name: str) -> Any:
    """Read the value that a script of the index gives to the page."""
    text = (site / f"{name}.js").read_text("ascii")
    return json.loads(text[text.index(",") + 1 : text.rindex(")")])
