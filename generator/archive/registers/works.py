"""引用文献: an entry for every cited document, held or not, with the places that cite it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from generator.language.document_numbers import DocumentNumber
from generator.model import (
    Backlink,
    CitationFact,
    DocumentFact,
    Elsewhere,
    Links,
    Quote,
    Resolved,
    Summary,
    Target,
)


@dataclass(frozen=True, slots=True)
class Work:
    """A cited work: its names and number, its document if known, the places that cite it."""

    id: str  # guofa-2016-13, the anchor on its page
    page: str  # guofa, or title-g for works known by title alone
    group: str  # 国发, or the letter of the title: G
    number: str
    year: str  # of its number; empty if there is none
    names: tuple[str, ...]
    held: Target | None
    elsewhere: Elsewhere | None
    places: tuple[Backlink, ...]

    @property
    def name(self) -> str:
        """The name to show: its number, else its title."""
        return self.number or f"《{self.names[0]}》"

    @property
    def url(self) -> str:
        """Address of its entry, relative to the site's root."""
        return f"works/{self.page}.html#{self.id}"

    @property
    def citing(self) -> int:
        """Number of documents that cite it."""
        return len({(place.issue, place.document) for place in self.places})


Cited = tuple[str, DocumentFact, CitationFact, Quote, Resolved]


def collect_works(summaries: Sequence[Summary], links: Links) -> tuple[Work, ...]:
    """Collect the works that the issues cite, grouped by page, in the order of number or pinyin."""
    cited: dict[str, list[Cited]] = defaultdict(list)
    for summary in summaries:
        documents = {d.id: d for d in summary.documents}
        quotes = tuple(summary.quotes)
        for citation in summary.citations:
            found = links.lookup(summary.name, citation.document, citation)
            quote = quotes[citation.quote]
            place = (summary.name, documents[citation.document], citation, quote, found)
            cited[found.work].append(place)
    return tuple(sorted((_work(work, places) for work, places in cited.items()), key=_order))


def _work(work: str, listed: Iterable[Cited]) -> Work:
    places = list(listed)
    all_found = [found for *_, found in places]
    number = next((f.number for f in all_found if f.number), "")
    held = next((f.target for f in all_found if f.target), None)
    elsewhere = next((f.elsewhere for f in all_found if f.elsewhere), None)
    page = all_found[0].page
    parsed = DocumentNumber.parse(number)
    # a title that disagrees with the number is not a name of the work
    names = [c.title for _, _, c, _, f in places if c.title and not f.differs]
    names += [known.title for known in (held, elsewhere) if known and known.title]
    return Work(
        id=work,
        page=page,
        group=parsed.code if parsed else page.removeprefix("title-").upper(),
        number=number,
        year=str(parsed.year or "") if parsed else "",
        names=tuple(dict.fromkeys(names)),
        held=held,
        elsewhere=elsewhere,
        places=tuple(Backlink.of(issue, d, c, quote) for issue, d, c, quote, _ in places),
    )


def most_cited(works: Iterable[Work], count: int) -> list[Work]:
    """Pick the works that most documents cite; equal ones in the order of the register."""
    ranked = sorted(works, key=lambda work: -work.citing)
    return [work for work in ranked[:count] if work.citing > 1]


def _order(work: Work) -> tuple[str, int, int, str]:
    parsed = DocumentNumber.parse(work.number)
    year, serial = (parsed.year or 0, parsed.serial) if parsed else (0, 0)
    return work.page, year, serial, work.id
