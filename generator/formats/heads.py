"""The head of a page: labels for other programs, JSON-LD, citations, the running head for print.

The labels are read by Zotero, by government crawlers and by search engines.
Their names come from Google Scholar (citation_*), from Dublin Core (ISO 15836) and from the norm
for government sites (政府网站发展指引, 国办发〔2017〕47号). A label without a value is not written.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass

import jinja2

from generator.archive.mentions import beginning
from generator.archive.registers import issuers_of
from generator.formats.linked_data import linked_data
from generator.language.dates import valid_date
from generator.model import Document, Gazette, Issue, Links, Paragraph, document_url
from generator.model.addresses import address_of
from generator.model.provisions import provisions_of
from generator.render.citing import citation_formats, document_page
from generator.render.issue import ALL_PAGES, COVER, own_title
from generator.render.printed_pages import pages_of_anchors
from generator.runtime.data import Json

COLUMN = "政府公报"  # the name of the column, unless gazette.toml has another one
DESCRIPTION = 80  # characters
# a fixed one: all eight masks are readable, and trying them for the best takes four times as long
QR_MASK = 3


@dataclass(frozen=True, slots=True)
class Head:
    """The HTML that MkDocs adds to the Markdown of a page."""

    html: str  # in its <head>
    qr: str = ""  # an image of its public address; empty if it has none


def write_heads(
    issue: Issue,
    gazette: Gazette,
    links: Links,
    environment: jinja2.Environment,
    wanted: Container[object] = ALL_PAGES,
) -> dict[str, Head]:
    """Write the heads of an issue's pages, by the paths of their Markdown files.

    ``wanted`` has the names of the pages to write heads for: COVER, ids of documents.
    """
    title = own_title(issue)
    heads: dict[str, Head] = {}
    if COVER in wanted:
        heads[f"{COVER}.md"] = Head(_issue_head(issue, gazette, title, environment))
    for document in issue.documents:
        if document.id not in wanted:
            continue
        linked = linked_data(document, issue, gazette, links)
        html = _document_head(document, issue, gazette, title, environment, linked)
        address = address_of(gazette, document_url(issue.name, document.id))
        heads[f"{document.id}.md"] = Head(html, qr_code(address))
    moved = environment.get_template("moved.html.j2")
    for former in issue.formers:
        if former.to and former.id in wanted:
            address = address_of(gazette, document_url(issue.name, former.to))
            html = moved.render(address=address, to=f"{former.to}.html", anchors=former.anchors)
            heads[f"{former.id}.md"] = Head(html)
    return heads


def _document_head(
    document: Document,
    issue: Issue,
    gazette: Gazette,
    title: str,
    environment: jinja2.Environment,
    linked: Mapping[str, Json],
) -> str:
    """Write the head of a document; ``title`` is the issue's title: 2017年第1期（总第227期）."""
    number = str(document.number or "")
    address = address_of(gazette, document_url(issue.name, document.id))
    page = document.entry.page if document.entry else None
    masthead = issue.masthead
    day = valid_date(document.date)
    labels = [
        ("citation_title", document.title),
        *(("citation_author", name) for name in issuers_of(document.issuer)),
        # the year of the issue, as in every citation; the document's own date is DC.date
        ("citation_publication_date", masthead.year or day.replace("-", "/")),
        ("citation_journal_title", gazette.title),
        ("citation_issue", masthead.number),
        ("citation_firstpage", page),
        ("citation_language", "zh-CN"),
        ("citation_public_url", address),
        ("DC.title", document.title),
        ("DC.creator", document.issuer),
        ("DC.date", day),
        ("DC.identifier", number or address),
        ("DC.publisher", masthead.publisher or gazette.title),
        ("DC.type", document.type),
        ("DC.source", f"{gazette.title}{title}" + (f"第{page}页" if page else "")),
        ("DC.relation.isPartOf", address_of(gazette, f"{issue.name}/index.html")),
        *_site_labels(gazette),
        ("ArticleTitle", document.title),
        ("PubDate", day),
        ("ContentSource", f"{gazette.title}{title}"),
        ("Author", document.issuer),
        ("Keywords", ",".join(_keywords(document))),
        ("Description", _description(document)),
        ("Url", address),
    ]
    return environment.get_template("head.html.j2").render(
        labels=[(name, str(value)) for name, value in labels if value],
        address=address,
        id=document.id,
        running=_css_text("　".join(part for part in (gazette.title + title, number) if part)),
        cite={
            "formats": citation_formats(document, issue, gazette),
            "address": address,
            "places": _places(document),
            **_pages(document, issue),
        },
        linked=linked,
    )


def _issue_head(issue: Issue, gazette: Gazette, title: str, environment: jinja2.Environment) -> str:
    """Write the head of an issue's cover."""
    address = address_of(gazette, f"{issue.name}/index.html")
    dates = [valid_date(document.date) for document in issue.documents]
    labels = [
        *_site_labels(gazette),
        ("ArticleTitle", f"{gazette.title}{title}"),
        ("PubDate", max(dates, default="")),
        ("ContentSource", gazette.title),
        ("Url", address),
        ("DC.title", f"{gazette.title}{title}"),
        ("DC.publisher", issue.masthead.publisher or gazette.title),
    ]
    return environment.get_template("head.html.j2").render(
        labels=[(name, value) for name, value in labels if value],
        address=address,
        id="",
        running=_css_text(f"{gazette.title}{title}"),
        cite=None,
        linked=None,
    )


def qr_code(address: str) -> str:
    """Draw an address as a QR code (ISO/IEC 18004), for print; "" for an empty or too long one."""
    if not address:
        return ""
    import segno  # loaded here: a site without an address has no codes

    try:
        code = segno.make(address, error="m", micro=False, mask=QR_MASK, boost_error=False)
    except segno.DataOverflowError:
        return ""
    drawn: str = code.svg_inline(omitsize=True, border=2, svgclass="qr", lineclass=None)
    return drawn


def _site_labels(gazette: Gazette) -> Sequence[tuple[str, str]]:
    host = gazette.host
    return (
        ("SiteName", host.site or gazette.title),
        ("SiteDomain", host.domain),
        ("SiteIDCode", host.code),
        ("ColumnName", host.column or COLUMN),
        ("ColumnType", COLUMN),
    )


def _keywords(document: Document) -> list[str]:
    category = document.entry.category if document.entry else ""
    words = (str(document.number or ""), document.issuer, document.type, category)
    return [word for word in words if word]


def _description(document: Document) -> str:
    """Give the beginning of the text, which lists of search results show."""
    texts = (
        block.text
        for block in document.all_blocks()
        if isinstance(block, Paragraph) and block.kind == "paragraph"
    )
    return beginning(next(texts, ""), DESCRIPTION)


def _pages(document: Document, issue: Issue) -> dict[str, object]:
    """Give the printed page of the document, and of each anchor with which another one begins."""
    pages = pages_of_anchors(document, issue.paper)
    page = document_page(document, issue)
    return {"page": page, "pages": pages} if page and any(pages.values()) else {}


def _places(document: Document) -> dict[str, str]:
    """Give the words by which each block is cited, by its anchor: a3-p2 → 第三条第二款."""
    places = provisions_of(document).places
    return {anchor: place.label for anchor, place in places.items() if place.label}


def _css_text(text: str) -> str:
    """Escape a text for a string of CSS; no text can end the string, or the HTML element."""
    return "".join(
        char if char.isalnum() or char in "　（）〔〕" else f"\\{ord(char):x} " for char in text
    )
