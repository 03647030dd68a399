"""引用文献: an entry for every cited document, held or not, with the places that cite it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from generator.archive.registers.page_pieces import in_pieces
from generator.language.document_numbers import DocumentNumber
from generator.model import (
    Backlink,
    Elsewhere,
    Links,
    Resolved,
    Summary,
    Target,
)

LARGEST = 300  # lines of one page of cited works
LINE = 60  # characters of a line of a place


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
    citing: int  # number of documents that cite it

    @property
    def name(self) -> str:
        """The name to show: its number, else its title."""
        return self.number or f"《{self.names[0]}》"

    @property
    def url(self) -> str:
        """Address of its entry, relative to the site's root."""
        return f"works/{self.page}.html#{self.id}"

    @property
    def lines(self) -> int:
        """Number of lines that its entry has on a page, roughly."""
        return 3 + sum(2 + (len(p.title) + len(p.sentence)) // LINE for p in self.places)


@dataclass(frozen=True, slots=True)
class WorkGroup:
    """The works of an issuer code, or of a letter: on one page, or on one page for each part."""

    page: str  # guofa; title-g
    name: str  # 国发; G
    works: tuple[Work, ...]
    parts: tuple[WorkPart, ...]  # none if all fit on one page

    @property
    def has_titles_only(self) -> bool:
        """Whether the works are known by their titles alone."""
        return self.page.startswith("title-")


@dataclass(frozen=True, slots=True)
class WorkPart:
    """A page with a part of a group: the works of a year, or those whose ids begin alike."""

    page: str
    name: str  # 2016年; the first title — the last title
    works: tuple[Work, ...]
    first: str  # the page on which the works of the year or of the letters begin


Cited = tuple[Backlink, str, Resolved]  # a place, and the title that it cites


def collect_works(summaries: Sequence[Summary], links: Links) -> tuple[Work, ...]:
    """Collect the works that the issues cite, grouped by page, in the order of number or pinyin."""
    cited: dict[str, list[Cited]] = defaultdict(list)
    for summary in summaries:
        documents = {d.id: d for d in summary.documents}
        quotes = tuple(summary.quotes)
        for citation in summary.citations:
            found = links.lookup(summary.name, citation.document, citation)
            document, quote = documents[citation.document], quotes[citation.quote]
            place = Backlink.of(summary.name, document, citation, quote)
            cited[found.work].append((place, citation.title, found))
    # what is a work now is let go, since an archive has thirty places in each issue
    works = [_work(work, cited.pop(work)) for work in [*cited]]
    return tuple(sorted(works, key=_order))


def _work(work: str, listed: Sequence[Cited]) -> Work:
    all_found = [found for *_, found in listed]
    number = next((f.number for f in all_found if f.number), "")
    held = next((f.target for f in all_found if f.target), None)
    elsewhere = next((f.elsewhere for f in all_found if f.elsewhere), None)
    page = all_found[0].page
    parsed = DocumentNumber.parse(number)
    # a title that disagrees with the number is not a name of the work
    names = [title for _, title, f in listed if title and not f.differs]
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
        places=tuple(place for place, _, _ in listed),
        citing=len({(place.issue, place.document) for place, _, _ in listed}),
    )


def most_cited(works: Iterable[Work], count: int) -> list[Work]:
    """Pick the works that most documents cite; equal ones in the order of the register."""
    ranked = sorted(works, key=lambda work: -work.citing)
    return [work for work in ranked[:count] if work.citing > 1]


def _order(work: Work) -> tuple[str, int, int, str]:
    parsed = DocumentNumber.parse(work.number)
    year, serial = (parsed.year or 0, parsed.serial) if parsed else (0, 0)
    return work.page, year, serial, work.id


def split_works(works: Iterable[Work]) -> tuple[WorkGroup, ...]:
    """Group sorted works by page, and split groups that are too long for one page.

    Works with a number are split by year, the others by the letters with which their ids begin, so
    that a part does not depend on the others. A work that many documents cite has pages of its own.
    """
    groups = []
    for page, group in groupby(works, key=lambda work: work.page):
        listed = tuple(group)
        is_large = sum(work.lines for work in listed) > LARGEST
        parts = tuple(_split(page, listed)) if is_large else ()
        groups.append(WorkGroup(page, listed[0].group, listed, parts))
    return tuple(groups)


def _split(page: str, works: Sequence[Work]) -> Iterator[WorkPart]:
    if page.startswith("title-"):
        yield from _by_prefix("title-", page.removeprefix("title-"), works)
        return
    for year, group in groupby(works, key=lambda work: work.year):
        listed = tuple(group)
        # a part is never at the address of its group
        name = f"{year}年" if year else "没有年份"
        yield from _fitted(f"{page}-{year or '0'}", name, listed)


def _by_prefix(folder: str, prefix: str, works: Sequence[Work]) -> Iterator[WorkPart]:
    """Split works by one more letter of their ids, again and again until they fit."""
    size = len(prefix) + 1
    for key, group in groupby(sorted(works, key=lambda work: work.id), key=lambda w: w.id[:size]):
        listed = tuple(group)
        is_large = sum(work.lines for work in listed) > LARGEST
        if is_large and len(listed) > 1 and len(key) == size:
            yield from _by_prefix(folder, key, listed)
            continue
        ends = dict.fromkeys((listed[0].name, listed[-1].name))
        yield from _fitted(f"{folder}{key}", " — ".join(ends), listed)


def _fitted(page: str, name: str, works: tuple[Work, ...]) -> Iterator[WorkPart]:
    """Give works as pages that are short enough; the first ones stay as they are when more come."""
    cut = (piece for one in works for piece in _cut(one))
    pieces = in_pieces(cut, lambda work: work.lines, LARGEST)
    for nth, piece in enumerate(pieces, 1):
        is_first = nth == 1
        title = name if len(pieces) == 1 else f"{name}（{nth}）"
        yield WorkPart(page if is_first else f"{page}-p{nth}", title, tuple(piece), page)


def _cut(work: Work) -> Iterator[Work]:
    """Cut the places of a work that is cited too often for one page."""
    if work.lines <= LARGEST:
        yield work
        return
    taken: list[Backlink] = []
    room = LARGEST
    for place in work.places:
        lines = 2 + (len(place.title) + len(place.sentence)) // LINE
        if taken and lines > room:
            yield replace(work, places=tuple(taken))
            taken, room = [], LARGEST
        taken.append(place)
        room -= lines
    yield replace(work, places=tuple(taken))
