"""One document, many places: which documents of the archive are printings of one work.

It takes summaries alone: the fingerprints of the texts decide, with number, title and date as
witnesses. A title by itself makes no work: every year has its notice on appointments.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from generator.archive.fingerprints import Print, compare, history_of, read_prints
from generator.archive.registers.holdings import newest_day
from generator.language.document_numbers import DocumentNumber
from generator.language.file_names import fit_name
from generator.language.pinyin import number_id
from generator.model import DocumentFact, Summary
from generator.model.printings import Difference, Printing, Printings
from generator.stages.citations.names import fold_name, title_id

# shares of a text that two printings must have in common, as whole paragraphs
NUMBERED = 0.5  # of the shorter text, where number and title agree: a gazette may leave out annexes
MISREAD_TITLE = 0.9  # where only the number agrees
UNNUMBERED = 0.9  # of the longer text, where title and date agree and a number is missing
UNDATED = 200  # characters in common where a date is missing, too
SHORTEST = 30  # characters in common
MOST = 60  # candidates of one number or title that are compared with each other


class _Held(NamedTuple):
    """A document of the archive, with its issue and its fingerprint."""

    summary: Summary
    document: DocumentFact

    @property
    def place(self) -> tuple[str, str]:
        return self.summary.name, self.document.id


def find_printings(summaries: Sequence[Summary]) -> dict[tuple[str, str], Printings]:
    """Find the documents that are printed several times, each with its other printings.

    1. The same number and title, and half of the shorter text; or the same number and nearly all
       of the text; or, where a number is missing, the same title and date and nearly all of it.
    2. Two numbers, two dates or two histories (题注) are two documents, or versions of one.
    3. What is a printing of a printing is one, too. That of the oldest issue stands for all.
    """
    compared = _Compared()
    works: dict[tuple[str, str], list[_Held]] = {}
    for group in _candidates(summaries):
        for n, one in enumerate(group):
            for other in group[:n]:
                if works.get(one.place) is not works.get(other.place, ()) and _is_one(
                    one, other, compared
                ):
                    joined = [*works.get(other.place, [other]), *works.get(one.place, [one])]
                    works |= {held.place: joined for held in joined}
    listed = {id(held): held for held in works.values()}.values()
    sorted_ = [sorted(held, key=_age) for held in listed]
    found: dict[tuple[str, str], Printings] = {}
    for work, held in _named(sorted_):
        for one in held:
            others = tuple(_printing(one, other, compared) for other in held if other is not one)
            found[one.place] = Printings(work, others, held[0].place)
    return found


def _age(held: _Held) -> tuple[int, str, int, tuple[str, str]]:
    summary = held.summary
    return summary.year or 9999, newest_day(summary), summary.number or 0, held.place


def _candidates(summaries: Iterable[Summary]) -> Iterator[list[_Held]]:
    """Group the documents that may be one: of one number; of one title where one has no number."""
    numbers: dict[str, list[_Held]] = defaultdict(list)
    titles: dict[str, list[_Held]] = defaultdict(list)
    for summary in summaries:
        for document in summary.documents:
            held = _Held(summary, document)
            if document.text and document.number:
                numbers[document.number].append(held)
            if document.text:
                titles[fold_name(document.title)].append(held)
    yield from (group for group in numbers.values() if 1 < len(group) <= MOST)
    for group in titles.values():
        if len(group) == 1 or all(held.document.number for held in group):
            continue
        days: dict[str, list[_Held]] = defaultdict(list)
        for held in group:
            days[held.document.date].append(held)
        # 人事任免 has a hundred texts, each of its own day
        undated = days.pop("", [])
        for of_day in days.values():
            if 1 < len(of_day) + len(undated) <= MOST:
                yield of_day + undated
        if not days and len(undated) <= MOST:
            yield undated


class _Compared:
    """The comparisons that were made, each once."""

    def __init__(self) -> None:
        self.prints: dict[str, list[Print]] = {}
        self.known: dict[tuple[str, str], tuple[int, tuple[Difference, ...]]] = {}

    def of(self, one: DocumentFact, other: DocumentFact) -> tuple[int, tuple[Difference, ...]]:
        """Give the number of characters in common, and the differences."""
        key = one.text, other.text
        if key not in self.known:
            self.known[key] = compare(self._read(one.text), self._read(other.text))
        return self.known[key]

    def length(self, document: DocumentFact) -> int:
        """Give the number of characters that count."""
        return sum(one.length for one in self._read(document.text))

    def _read(self, text: str) -> list[Print]:
        if text not in self.prints:
            self.prints[text] = read_prints(text)
        return self.prints[text]


def _is_one(one: _Held, other: _Held, compared: _Compared) -> bool:
    """Whether two documents are printings of one work."""
    a, b = one.document, other.document
    if one.summary.name == other.summary.name or history_of(a.text) != history_of(b.text):
        return False
    if (a.date and b.date and a.date != b.date) or (a.number and b.number and a.number != b.number):
        return False
    lengths = compared.length(a), compared.length(b)
    same, _ = compared.of(a, b)
    if same < SHORTEST and same < max(lengths):
        return False
    titles = {fold_name(a.title), *a.names} & {fold_name(b.title), *b.names}
    if a.number and b.number:
        return same >= (NUMBERED if titles else MISREAD_TITLE) * min(lengths)
    if not titles or (a.issuer and b.issuer and not _agree(a.issuer, b.issuer)):
        return False
    is_long = bool(a.date and b.date) or same >= UNDATED
    return is_long and same >= UNNUMBERED * max(lengths)


def _agree(one: str, other: str) -> bool:
    return one.endswith(other) or other.endswith(one)


def _named(works: Iterable[list[_Held]]) -> Iterator[tuple[str, list[_Held]]]:
    """Give each work its id: by its number, else by its title and date."""
    ids: dict[str, list[list[_Held]]] = defaultdict(list)
    for held in works:
        number = next((h.document.number for h in held if h.document.number), "")
        parsed = DocumentNumber.parse(number)
        date = next((h.document.date for h in held if h.document.date), "")
        name = number_id(parsed) if parsed else title_id(held[0].document.title)
        ids[name if parsed and parsed.year else "-".join(filter(None, (name, date)))].append(held)
    for name, alike in ids.items():
        for held in alike:
            # organs of different places may have one code (政发), so that two works have one number
            title = fold_name(held[0].document.title).encode()
            more = f"-{hashlib.sha256(title).hexdigest()[:4]}" if len(alike) > 1 else ""
            yield fit_name(f"{name}{more}"), held


def _printing(one: _Held, other: _Held, compared: _Compared) -> Printing:
    summary, document = other.summary, other.document
    return Printing(
        summary.name, document.id, document.title, document.number, document.date, document.page,
        summary.gazette, summary.year, summary.number, summary.total_number,
        compared.of(one.document, document)[1],
    )  # fmt: skip
