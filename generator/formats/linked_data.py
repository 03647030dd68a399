"""Document → JSON-LD in the terms of schema.org/Legislation, which the ELI task force added.

schema.org has no legislationCites. A document that is neither changed nor repealed is therefore
listed under the terms of any work: ``isBasedOn`` for a basis, else ``citation``.
"""

from __future__ import annotations

from urllib.parse import urljoin

from generator.archive.registers import issuers_of
from generator.archive.summary import citations_of
from generator.language.dates import valid_date
from generator.model import (
    Citation,
    Document,
    Gazette,
    Issue,
    Links,
    Relation,
    Resolved,
    StateKind,
)
from generator.model.addresses import address_of
from generator.render.issue import own_title
from generator.render.link_writer import LinkWriter
from generator.runtime.data import Json
from generator.runtime.patterns import lazy_regex

CITES: dict[Relation, str] = {
    "repeals": "legislationRepeals",
    "amends": "legislationChanges",
    "basis": "isBasedOn",
    "transmits": "citation",
    "mentions": "citation",
}
# the kinds of notes that decide the legal force, the stronger first
FORCE: dict[StateKind, str] = {"repealed": "NotInForce", "partly-repealed": "PartiallyInForce"}
# 攀枝花市 of 攀枝花市人民政府办公室
SEAT = lazy_regex(r"(?P<place>.+[省市州盟县区旗乡镇])人民政府")
# the files beside a page; OASIS registered application/akn+xml for Akoma Ntoso
ENCODINGS = {
    ".json": "application/json",
    ".xml": "application/akn+xml",
    ".md": "text/markdown",
}


def linked_data(
    document: Document, issue: Issue, gazette: Gazette, links: Links
) -> dict[str, Json]:
    """Describe a document for search engines; unknown facts are left out.

    Addresses are relative to the page; they are absolute if gazette.toml names a public address.
    """
    base = address_of(gazette, f"{issue.name}/")
    about: dict[str, Json] = {
        "@context": "https://schema.org",
        "@type": "Legislation",
        "@id": urljoin(base, f"{document.id}.html"),
        "url": urljoin(base, f"{document.id}.html"),
        "name": document.title,
        "legislationIdentifier": str(document.number or ""),
        "legislationType": document.type,
        "legislationDate": valid_date(document.date),
        "legislationPassedBy": [_organ(name) for name in issuers_of(document.issuer)],
        "legislationJurisdiction": _jurisdiction(document, gazette),
        "inLanguage": "zh-CN",
        "isPartOf": _issue(issue, gazette, base),
        "encoding": [
            {
                "@type": "LegislationObject",
                "encodingFormat": kind,
                "contentUrl": urljoin(base, f"{document.id}{suffix}"),
            }
            for suffix, kind in ENCODINGS.items()
        ],
        **_cited(document, issue.name, links, base),
        **_force(document, issue.name, links),
        **_work_of(document, issue.name, links, base),
    }
    return {key: value for key, value in about.items() if value not in ("", [])}


def _force(document: Document, issue: str, links: Links) -> dict[str, Json]:
    """Give the legal force where a repeal was in force when it was made public; and the last day.

    A repeal of a later day, and a document that nobody repealed, leave the force open: no clock
    and no silence decides it.
    """
    state = links.states.get((issue, document.id))
    if state is None:
        return {}
    decided = {note.kind for note in state.notes if note.day and note.day <= note.date}
    force = next((FORCE[kind] for kind in FORCE if kind in decided), "")
    return {
        "legislationLegalForce": f"https://schema.org/{force}" if force else "",
        "expires": state.ends,
    }


def _work_of(document: Document, issue: str, links: Links, base: str) -> dict[str, Json]:
    """Name the work that a document is one of several printings of, and its other printings."""
    work = links.printings.get((issue, document.id))
    if work is None:
        return {}
    others: list[Json] = [
        {"@type": "Legislation", "url": urljoin(base, f"../../{other.url}")}
        for other in work.others
    ]
    about: dict[str, Json] = {
        "@type": "Legislation",
        "@id": urljoin(base, f"../../{work.path}.html"),
        "name": document.title,
        "legislationIdentifier": str(document.number or ""),
        "workExample": others,
    }
    return {"exampleOfWork": {key: value for key, value in about.items() if value}}


def _jurisdiction(document: Document, gazette: Gazette) -> str:
    """Give the gazette's place if its own government is an issuer; other places are unknown."""
    places = [found["place"] for n in issuers_of(document.issuer) if (found := SEAT.match(n))]
    return gazette.place if any(map(gazette.place.endswith, places)) else ""


def _organ(name: str) -> Json:
    return {"@type": "GovernmentOrganization", "name": name}


def _issue(issue: Issue, gazette: Gazette, base: str) -> Json:
    masthead = issue.masthead
    about: dict[str, Json] = {
        "@type": "PublicationIssue",
        "name": own_title(issue),
        "issueNumber": masthead.number,
        "datePublished": f"{masthead.year:04}" if masthead.year else None,
        "url": urljoin(base, "index.html"),
        "isPartOf": {
            "@type": "Periodical",
            "name": gazette.title,
            "url": urljoin(base, "../index.html"),
        },
    }
    return {key: value for key, value in about.items() if value is not None}


def _cited(document: Document, issue: str, links: Links, base: str) -> dict[str, Json]:
    """List the works that a document cites by the terms for the relations, each once per term."""
    listed: dict[str, dict[str, Json]] = {}
    writer = LinkWriter(issue, document, links, ".html")
    for place in citations_of(document):
        citation = place.citation
        found = links.lookup(issue, document.id, citation)
        target = found.target
        if citation.nested or (target and (target.issue, target.document) == (issue, document.id)):
            continue
        if term := CITES.get(citation.relation):
            listed.setdefault(term, {}).setdefault(found.work, _work(citation, found, writer, base))
    return {term: list(works.values()) for term, works in listed.items()}


def _work(citation: Citation, found: Resolved, writer: LinkWriter, base: str) -> Json:
    """Describe a cited work: name, number, and the address if this or another site has its text."""
    target, outside = found.target, found.elsewhere
    url = writer.address(target, target.anchor) if target else outside.url if outside else ""
    about: dict[str, Json] = {
        "@type": "Legislation",
        "name": target.title if target else outside.title if outside else citation.title,
        "legislationIdentifier": found.number or str(citation.number or ""),
        "url": urljoin(base, url) if url else "",
    }
    return {key: value for key, value in about.items() if value}
