"""sitemap.xml: the pages of an archive with the dates of their documents, never of a build.

A gazette without a public address in gazette.toml (homepage) has no sitemap, because the protocol
knows no relative addresses. Each gazette and year has a file of its own, because the protocol
limits a file to 50,000 pages.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from html import escape

from generator.language.dates import valid_date
from generator.model import Gazette, Summary, document_url
from generator.model.addresses import issue_path, site_address

INDEX = "sitemap.xml"
SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"  # an XML name, never loaded
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


def sitemaps(gazettes: Sequence[Gazette], summaries: Iterable[Summary]) -> dict[str, str]:
    """Write the sitemaps of the gazettes that have a public address, by their paths."""
    homepages = {g.id: site for g in gazettes if (site := site_address(g))}
    years: dict[tuple[str, str], list[Summary]] = defaultdict(list)
    for summary in summaries:
        gazette, _, folder = summary.name.partition("/")
        if gazette in homepages:
            years[gazette, folder[:4]].append(summary)
    files: dict[str, str] = {}
    newest: dict[str, str] = {}
    for (gazette, year), issues in sorted(years.items()):
        name = f"sitemaps/{gazette}-{year}.xml"
        site = homepages[gazette]
        pages = {path: date for issue in issues for path, date in _pages(issue).items()}
        files[name] = _write("urlset", "url", {f"{site}{p}": d for p, d in pages.items()})
        newest[f"{site}{issue_path(name)}"] = max(pages.values(), default="")
    if files:
        files[INDEX] = _write("sitemapindex", "sitemap", newest)
    return files


def _pages(issue: Summary) -> dict[str, str]:
    """Give an issue's pages with their dates; the cover has the date of the newest document."""
    name = issue_path(issue.name)
    pages = {document_url(name, d.id): valid_date(d.date) for d in issue.documents}
    return {f"{name}/index.html": max(pages.values(), default=""), **pages}


def _write(root: str, entry: str, pages: Mapping[str, str]) -> str:
    lines = (
        f"<{entry}><loc>{escape(address)}</loc>"
        f"{f'<lastmod>{date}</lastmod>' if date else ''}</{entry}>\n"
        for address, date in pages.items()
    )
    return f'{HEAD}<{root} xmlns="{SPACE}">\n{"".join(lines)}</{root}>\n'
