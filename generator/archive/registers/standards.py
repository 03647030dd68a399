"""标准: the standards that the documents of an archive cite, with the places that cite them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from generator.archive.registers.page_pieces import in_pieces
from generator.archive.registers.works import LARGEST, LINE
from generator.language.file_names import fit_name
from generator.language.pinyin import romanise
from generator.model import StandardFact, Summary, document_url


@dataclass(frozen=True, slots=True)
class StandardPlace:
    """A place that cites a standard."""

    url: str  # of the document, relative to the site's root
    anchor: str
    title: str  # of the citing document
    number: str
    date: str
    sentence: str


@dataclass(frozen=True, slots=True)
class CitedStandard:
    """A standard with the places that cite it."""

    id: str
    name: str
    family: str
    titles: tuple[str, ...]  # as printed beside its number, the most frequent first
    places: tuple[StandardPlace, ...]

    @property
    def page(self) -> str:
        """Name of the page of its family: gb, db51."""
        return standard_page(self.family)

    @property
    def lines(self) -> int:
        """Number of lines that its entry has on a page, roughly."""
        return 3 + sum(2 + (len(p.title) + len(p.sentence)) // LINE for p in self.places)

    @property
    def thousand(self) -> int:
        """Thousands of its number: 9 of GB/T 9704."""
        return next(iter(_figures(self.name)), 0) // 1000

    @property
    def citing(self) -> int:
        """Number of documents that cite it."""
        return len({place.url for place in self.places})


@dataclass(frozen=True, slots=True)
class StandardPart:
    """A page with standards of a code whose numbers have the same thousands."""

    page: str
    name: str  # GB 9000—9999
    standards: tuple[CitedStandard, ...]


def split_standards(page: str, standards: Sequence[CitedStandard]) -> tuple[StandardPart, ...]:
    """Split the standards of a code by the thousands of their numbers, if they need several pages.

    The parts do not depend on each other, so that a new issue leaves most of them as they are.
    """
    family = standards[0].family
    if sum(one.lines for one in standards) <= LARGEST:
        return (StandardPart(page, family, tuple(standards)),)
    parts: list[StandardPart] = []
    for thousand, group in groupby(standards, key=lambda one: one.thousand):
        pieces = in_pieces(group, lambda one: one.lines, LARGEST)
        name = f"{family} {thousand}000—{thousand}999" if thousand else f"{family} 1—999"
        for nth, piece in enumerate(pieces, 1):
            suffix, note = (f"-p{nth}", f"（{nth}）") if nth > 1 else ("", "")
            parts.append(StandardPart(f"{page}-{thousand}{suffix}", f"{name}{note}", tuple(piece)))
    return tuple(parts)


def standard_page(family: str) -> str:
    """Name the page of the standards of one code."""
    return fit_name(romanise(family))


def cited_standards(summaries: Iterable[Summary]) -> tuple[CitedStandard, ...]:
    """Collect the standards that the issues cite, by code, then by number and year."""
    places: dict[str, list[StandardPlace]] = defaultdict(list)
    facts: dict[str, StandardFact] = {}
    titles: dict[str, Counter[str]] = defaultdict(Counter)
    for summary in summaries:
        documents = {d.id: d for d in summary.documents}
        for fact in summary.standards:
            d = documents[fact.document]
            facts.setdefault(fact.id, fact)
            if fact.title:
                titles[fact.id][fact.title] += 1
            url = document_url(summary.name, d.id)
            places[fact.id].append(
                StandardPlace(url, fact.anchor, d.title, d.number, d.date, fact.sentence)
            )
    found = (
        CitedStandard(
            key, fact.name, fact.family, tuple(title for title, _ in titles[key].most_common()),
            tuple(places[key]),
        )
        for key, fact in facts.items()
    )  # fmt: skip
    return tuple(sorted(found, key=lambda s: (s.family, _figures(s.name), s.name)))


def _figures(name: str) -> tuple[int, ...]:
    figures = "".join(c if c.isascii() and c.isdigit() else " " for c in name.partition(" ")[2])
    return tuple(map(int, figures.split()))
