"""The link check: every link of the finished site leads to an existing file and anchor.

It covers links within and across the sites of an archive. A page is read once, when it is built;
its ids and its links stay in a manifest. So every build checks all links, but reads few pages.
"""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from pathlib import Path
from urllib.parse import unquote

from generator.runtime.errors import SiteError
from generator.runtime.patterns import lazy_regex
from generator.site.html_page import HtmlPage, PlainPage
from generator.site.manifest import (
    HomeEntry,
    IssueLinks,
    PageFacts,
    links_manifest,
    share_texts,
)
from generator.site.records import read

OUTSIDE = lazy_regex(r"[A-Za-z][A-Za-z0-9+.-]*:|//")  # a scheme, or another host
# texts make no such links, so it is a template or the program itself
REMEDY = "请检查 templates/ 里的改动；没有改动的，请报告程序的错误"


@dataclass(frozen=True, slots=True)
class DeadLink:
    """A link that leads nowhere."""

    page: str  # relative to the site's root
    target: str
    reason: str

    def __str__(self) -> str:
        return f"{self.page}: 链接 {self.target} 无效：{self.reason}；{REMEDY}"


def page_facts(name: str, page: HtmlPage | PlainPage) -> PageFacts:
    """Give the ids and the links of a page; ``name`` is its path below the archive's root.

    Raises SiteError for a link that breaks below a sub-path, and for a file that the page loads
    from another host.
    """
    wanted: dict[str, dict[str, None]] = {}
    folder = posixpath.dirname(name)
    for address in page.loads:
        if OUTSIDE.match(address) and not address.startswith("data:"):
            raise SiteError(str(DeadLink(name, address, "要从别的网站加载")))
    for address in dict.fromkeys([*page.loads, *page.links]):
        if not address or OUTSIDE.match(address):
            continue  # a link to another host: readers choose whether to follow it
        if address[0] == "/":
            reason = "以 / 开头，网站放在子文件夹里时会失效"
            raise SiteError(str(DeadLink(name, address, reason)))
        path, _, fragment = address.partition("#")
        anchors = wanted.setdefault(_target(folder, path) if path else name, {})
        # Material's own switches begin with __
        if fragment and fragment[:2] != "__":
            anchors[unquote(fragment) if "%" in fragment else fragment] = None
    return PageFacts(tuple(page.anchors), {to: tuple(ids) for to, ids in wanted.items()})


@lru_cache(10_000)
def _target(folder: str, path: str) -> str:
    """Give the file that a path leads to from a folder.

    It is cached, because the pages of a site have many links in common.
    """
    return posixpath.normpath(posixpath.join(folder, unquote(path.partition("?")[0])))


def dead_links(
    pages: Mapping[str, PageFacts],
    anchors: Mapping[str, Sequence[str]],
    files: Container[str],
) -> Iterator[DeadLink]:
    """Find the dead links of pages, in their order.

    ``anchors`` holds the ids of the site's pages, ``files`` the paths of all its files.
    """
    for name, facts in pages.items():
        for target, wanted in facts.links.items():
            if target not in files:
                yield DeadLink(name, target, "没有这个文件")
            elif wanted and target in anchors:
                missing = set(wanted).difference(anchors[target])
                for anchor in wanted if missing else ():
                    if anchor in missing:
                        yield DeadLink(name, f"{target}#{anchor}", "网页里没有这个位置")


def issue_links(pages: Mapping[str, PageFacts], folder: str) -> IssueLinks:
    """Gather the ids of an issue's pages, and their links to files outside its folder."""
    wanted: dict[str, dict[str, None]] = {}
    for facts in pages.values():
        for target, anchors in facts.links.items():
            if not target.startswith(f"{folder}/"):
                wanted.setdefault(target, {}).update(dict.fromkeys(anchors))
    links = {target: tuple(anchors) for target, anchors in sorted(wanted.items())}
    return IssueLinks({name: facts.anchors for name, facts in pages.items()}, links)


def refuse_dead_links(
    staged: Path,
    files: Container[str],
    pages: Mapping[str, HomeEntry],
    issues: Sequence[str],
    renewed: Collection[str],
) -> None:
    """Refuse to publish a site with a dead link, on any page, built now or kept.

    ``files`` are all files of the site, ``pages`` the pages of the home site; the facts of the
    issues' pages are in manifests. ``renewed`` names the issues and the pages of the home site that
    were built now. The anchors in a link from a kept page to a kept page are not checked again:
    they were checked when the later one of the two was built.
    """
    anchors = share_texts({name: entry.facts.anchors for name, entry in pages.items()})
    new = {name: offered for name, offered in anchors.items() if name in renewed}
    for issue in issues:
        if links := read(staged / links_manifest(issue), IssueLinks):
            offered = share_texts(links.anchors)
            anchors |= offered
            new |= offered if issue in renewed else {}
    # the links of a page are read when it is checked: only the ids of all pages are in memory
    for name, entry in pages.items():
        refuse(dead_links({name: entry.facts}, anchors if name in renewed else new, files))
    for issue in issues:
        links = read(staged / links_manifest(issue), IssueLinks)
        checked = anchors if issue in renewed else new
        if links and any(dead_links({issue: PageFacts((), links.links)}, checked, files)):
            # the manifest does not say which page has the link, so the pages are read after all
            paths = sorted((staged / issue).rglob("*.html"))
            named = {path.relative_to(staged).as_posix(): path.read_bytes() for path in paths}
            own = {name: page_facts(name, HtmlPage(data)) for name, data in named.items()}
            refuse(dead_links(own, checked, files))


def refuse(links: Iterable[DeadLink]) -> None:
    """Raise SiteError for dead links, naming the first of them."""
    if found := list(islice(links, 20)):
        raise SiteError("\n".join(map(str, found)))
