"""Facts → the meta of an Akoma Ntoso document: identification, publication, references."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import quote

from generator.archive.registers import issuers_of
from generator.archive.summary import citations_of
from generator.formats.akoma_ntoso.inline import attribute
from generator.language.dates import valid_date
from generator.model import Document, Gazette, Issue, Links, Resolved, document_url
from generator.model.addresses import address_of
from generator.render.issue import own_title
from generator.render.link_writer import LinkWriter, url_from_issue
from generator.runtime.patterns import lazy_regex

NOT_IN_IRI = lazy_regex(r"[^\w.~（）-]+")
UNKNOWN = "未详"  # the schema requires an author
# not authoritative, because only the printed text is
EXPRESSION = '<FRBRauthoritative value="false"/><FRBRlanguage language="zho"/>'
MODIFIES = ("repeals", "amends")


@dataclass(frozen=True)
class MetaWriter:
    """Writes the meta of one document and of its attachments."""

    document: Document
    issue: Issue
    gazette: Gazette
    links: Links
    writer: LinkWriter
    element: str  # act or doc

    def main(self) -> str:
        """Write the meta of the document itself."""
        own = self._identification("main", self.document.title)
        parts = (*self._publication(), *self._analysis(), *self._references())
        return "\n".join(["<meta>", own, *parts, "</meta>"])

    def component(self, name: str, title: str) -> str:
        """Write the meta of an attachment; ``name`` is its anchor on the page: f1."""
        return f"<meta>\n{self._identification(name, title)}\n</meta>"

    def _identification(self, component: str, title: str) -> str:
        document, is_main = self.document, component == "main"
        uri = attribute(f"/akn/cn/{self.element}/{self.issue.name}/{document.id}")
        named = {
            "country": "cn",
            "subtype": document.type if is_main else "",
            "number": str(document.number or "") if is_main else "",
            "name": title,
        }
        about = "".join(
            f'<FRBR{key} value="{attribute(value)}"/>' for key, value in named.items() if value
        )
        levels = (
            ("Work", "", "", about),
            ("Expression", "/zho@", "", EXPRESSION),
            ("Manifestation", "/zho@", ".xml", '<FRBRformat value="application/akn+xml"/>'),
        )
        written = (
            f'<FRBR{level}><FRBRthis value="{uri}{version}/!{component}{suffix}"/>'
            f'<FRBRuri value="{uri}{version}{suffix}"/>'
            f"{self._page(component) if level == 'Work' else ''}"
            f"{self._date_and_authors}{rest}</FRBR{level}>"
            for level, version, suffix, rest in levels
        )
        return "\n".join(['<identification source="#org_gazette">', *written, "</identification>"])

    def _page(self, component: str) -> str:
        """Write the public address of the page; empty if the site has none."""
        url = document_url(self.issue.name, self.document.id)
        anchor = "" if component == "main" else f"#{component}"
        page = address_of(self.gazette, f"{url}{anchor}")
        return f'<FRBRalias value="{attribute(page)}" name="page"/>' if page else ""

    @cached_property
    def _date_and_authors(self) -> str:
        """Write the date and the authors.

        The schema requires a date: the document's, else the first day of the issue's year, else
        0001-01-01.
        """
        dates = {
            "issued": valid_date(self.document.date),
            "yearOfIssue": self._first_day,
            "unknown": "0001-01-01",
        }
        name, date = next((name, date) for name, date in dates.items() if date)
        authors = (f"#{self._organ_ids[organ]}" for organ in self._issuers)
        return f'<FRBRdate date="{date}" name="{name}"/>' + "".join(
            f'<FRBRauthor href="{author}" as="#role_author"/>' for author in authors
        )

    @property
    def _first_day(self) -> str:
        year = self.issue.masthead.year
        return valid_date(f"{year:04}-01-01") if year else ""

    def _publication(self) -> Iterator[str]:
        """Name the issue that printed the document, if its year is known.

        Its day is unknown. The first possible one is given: the first day of the year, or the
        document's date if that is later.
        """
        if self._first_day:
            name = attribute(self.gazette.title)
            date = max(self._first_day, valid_date(self.document.date))
            yield (
                f'<publication date="{date}" name="{name}" showAs="{name}" '
                f'number="{attribute(own_title(self.issue))}"/>'
            )

    @cached_property
    def _issuers(self) -> list[str]:
        return issuers_of(self.document.issuer) or [UNKNOWN]

    @cached_property
    def _organ_ids(self) -> dict[str, str]:
        """Give the ids of the issuers, then of the agencies that have a task."""
        agencies = (r.agency_id for r in self.document.responsibilities)
        names = dict.fromkeys([*self._issuers, *agencies])
        return {name: f"org_{number}" for number, name in enumerate(names, 1)}

    def _analysis(self) -> Iterator[str]:
        """Write the changes that the document makes in held ones, and those made in it."""
        key = (self.issue.name, self.document.id)
        active = [
            (one.kind, f"#{one.anchor}", self.writer.address(target))
            for one, target in zip(
                self.document.amendments, self.links.amends.get(key, ()), strict=False
            )
            if target
        ]
        passive = [
            (one.kind, f"{url_from_issue(decision.url)}#{one.anchor}", f"#{anchor}")
            for decision in self.links.amended.get(key, ())
            for one, anchor in decision.operations
            if anchor
        ]
        if not active and not passive:
            return
        yield '<analysis source="#org_gazette">'
        number = 0
        for name, changes in (("activeModifications", active), ("passiveModifications", passive)):
            if not changes:
                continue
            yield f"<{name}>"
            for kind, source, destination in changes:
                number += 1
                yield (
                    f'<textualMod eId="mod_{number}" type="{kind}">'
                    f'<source href="{attribute(source)}"/>'
                    f'<destination href="{attribute(destination)}"/></textualMod>'
                )
            yield f"</{name}>"
        yield "</analysis>"

    def _references(self) -> Iterator[str]:
        yield '<references source="#org_gazette">'
        yield from self._modified()
        yield _organ("org_gazette", self.gazette.title)
        yield from (_organ(number, name) for name, number in self._organ_ids.items())
        yield ('<TLCRole eId="role_author" href="/akn/ontology/role/author" showAs="发文机关"/>')
        for found, name in self._works().values():
            href = attribute(url_from_issue(found.entry))
            yield (
                f'<TLCReference eId="work_{found.work}" name="work" href="{href}" '
                f'showAs="{attribute(name)}"/>'
            )
        yield "</references>"

    def _modified(self) -> Iterator[str]:
        """Name the held documents that this one repeals or amends, and those that do so to it."""
        key = (self.issue.name, self.document.id)
        active: dict[str, str] = {}
        for place in citations_of(self.document):
            target = self.links.lookup(*key, place.citation).target
            is_own = target and (target.issue, target.document) == key
            if target and not is_own and place.citation.relation in MODIFIES:
                active[self.writer.address(target)] = target.number or target.title
        passive = {
            url_from_issue(place.url): place.number or place.title
            for place in self.links.cited_by.get(key, ())
            if place.relation in MODIFIES
        }
        for name, found in (("activeRef", active), ("passiveRef", passive)):
            for href, shown in found.items():
                yield f'<{name} href="{attribute(href)}" showAs="{attribute(shown)}"/>'

    def _works(self) -> dict[str, tuple[Resolved, str]]:
        """List the cited works, each with a name: those of citations, then those of short names."""
        cited = [f.citation for f in citations_of(self.document) if not f.citation.nested]
        cited += [r.cited for r in self.document.references if r.cited and not r.by_name]
        works: dict[str, tuple[Resolved, str]] = {}
        for citation in cited:
            found = self.links.lookup(self.issue.name, self.document.id, citation)
            works.setdefault(found.work, (found, found.number or f"《{citation.title}》"))
        return works


def _organ(number: str, name: str) -> str:
    iri = NOT_IN_IRI.sub(lambda found: quote(found.group(), errors="replace"), name)
    return (
        f'<TLCOrganization eId="{number}" href="/akn/ontology/organization/cn/{iri}" '
        f'showAs="{attribute(name)}"/>'
    )
