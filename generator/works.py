"""引用文献: every document that is cited has a place, held or not, with who cites it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from generator.model import Backlink, CitationFact, DocumentFact, Links, Summary, Target
from generator.numbering import DocumentNumber
from generator.pinyin import number_id, romanise


@dataclass(frozen=True, slots=True)
class Work:
    """A cited work: its names and number, the document that is it, the places that cite it."""

    id: str  # guofa-2016-13, the anchor on its page
    page: str  # guofa, or title-g for works known by title alone
    group: str  # 国发, or 《》 and a letter
    number: str
    names: tuple[str, ...]
    held: Target | None
    places: tuple[Backlink, ...]

    @property
    def name(self) -> str:
        """What to call it: its number, else its title."""
        return self.number or f"《{self.names[0]}》"


def page_of(work: str, number: str) -> str:
    """Name the page under works/ that a work stands on (DESIGN.md, Addresses)."""
    parsed = DocumentNumber.parse(number)
    if parsed:
        return romanise(parsed.code) or "0"
    return f"title-{work[0] if work[:1].isalpha() else '0'}"


def collect_works(summaries: Sequence[Summary], links: Links) -> tuple[Work, ...]:
    """Collect the works that the issues cite, grouped by page, in the order of number or pinyin."""
    cited: dict[str, list[tuple[str, DocumentFact, CitationFact]]] = defaultdict(list)
    for summary in summaries:
        documents = {d.id: d for d in summary.documents}
        for citation in summary.citations:
            work = links.work(citation.work)
            cited[work].append((summary.name, documents[citation.document], citation))
    works = (_work(work, places, links) for work, places in cited.items())
    return tuple(sorted(works, key=_order))


def _work(
    work: str, places: Iterable[tuple[str, DocumentFact, CitationFact]], links: Links
) -> Work:
    listed = list(places)
    numbers = [c.number for _, _, c in listed if c.number and _id(c.number) == work]
    number = numbers[0] if numbers else links.numbers.get(work, "")
    held = next((t for issue, _, c in listed if (t := links.targets.get((issue, c.work)))), None)
    parsed = DocumentNumber.parse(number)
    page = page_of(work, number)
    return Work(
        id=work,
        page=page,
        group=parsed.code if parsed else page.removeprefix("title-").upper(),
        number=number,
        names=tuple(dict.fromkeys(c.title for _, _, c in listed if c.title)),
        held=held,
        places=tuple(
            Backlink(issue, d.id, d.title, d.number, c.anchor, c.text, c.sentence, c.relation)
            for issue, d, c in listed
        ),
    )


def _id(number: str) -> str:
    parsed = DocumentNumber.parse(number)
    return number_id(parsed) if parsed else ""


def _order(work: Work) -> tuple[str, int, int, str]:
    parsed = DocumentNumber.parse(work.number)
    year, serial = (parsed.year or 0, parsed.serial) if parsed else (0, 0)
    return work.page, year, serial, work.id
