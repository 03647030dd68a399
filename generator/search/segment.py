"""Entries → one segment: its lists of bigrams, its pieces of text, its tables.

The folded passages of all entries are one stream, separated by line ends. Each bigram has a list
of its offsets in the stream. So ⌈n/2⌉ lists find a phrase of n characters, exactly.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import msgspec

from generator.language.dates import first_day
from generator.language.document_numbers import DocumentNumber
from generator.runtime.packed import compress, encode
from generator.search.fold import fold, fold_lines
from generator.search.grams import make_lists
from generator.search.marked_words import marked_items, marked_sums, marked_words
from generator.search.part_files import (
    shard_size,
    text_bytes,
    write_part,
    write_table,
)
from generator.search.passages import Entry, Passage
from generator.search.readings import name_items, reading_items, syllables
from generator.search.varints import ascending, varint, varints

PIECE = 4_000  # characters of text in one file, for snippets
# in the table of numbers: a number typed without its year, and the documents of an issue
ANY_YEAR, OF_ISSUE = "-", "e"
EPOCH = date(1900, 1, 1).toordinal()
HASH = 10  # hexadecimal digits in a folder's name


@dataclass(slots=True)
class _Pieces:
    """Splits the texts into files of about 6,000 characters, with the facts of their documents."""

    folder: Path
    starts: list[int] = field(default_factory=list)
    parts: list[object] = field(default_factory=list)
    size: int = 0

    def add(self, entry: Entry, folded: list[str], offset: int) -> None:
        """Add the passages of a document; ``offset`` is the document's place in the stream."""
        facts = [entry.url, entry.title, entry.number, entry.date, entry.issuer, entry.type]
        unit = ""
        held = self._part(facts, unit, offset)
        for passage, text in zip(entry.passages, folded, strict=True):
            if self.size >= PIECE:
                self.flush()
                held = self._part(facts, unit, offset)
            held.append(_shown(passage))
            unit = passage.unit or unit
            self.size += len(passage.text) + 1
            offset += len(text) + 1

    def _part(self, facts: list[str], unit: str, offset: int) -> list[list[str]]:
        """Begin the part of a document in the open piece; give the list for its passages."""
        if not self.parts:
            self.starts.append(offset)
        held: list[list[str]] = []
        self.parts.append([facts, unit, held])
        return held

    def flush(self) -> None:
        """Write the open piece."""
        if self.parts:
            write_part(self.folder, f"t{len(self.starts) - 1}", compress(self.parts))
            self.parts, self.size = [], 0


def _shown(passage: Passage) -> list[str]:
    shown = [passage.anchor, passage.text]
    return [*shown, passage.unit] if passage.unit else shown


@dataclass(slots=True)
class _Names:
    """Names that many documents share; a document refers to them by number."""

    known: dict[str, int] = field(default_factory=dict)

    def number(self, name: str) -> int:
        return self.known.setdefault(name, len(self.known))


def write_segment(
    entries: Iterable[Entry], folder: Path, groups: Mapping[str, str] | None = None
) -> dict[str, object]:
    """Write the files of a segment into an empty folder; give its head.

    The head is all that a query must know of a segment before it reads a list. ``groups`` has the
    characters of each syllable, if they were read from a file.
    """
    pieces = _Pieces(folder)
    stream: list[str] = []
    starts: list[int] = []
    length = 0
    names = {kind: _Names() for kind in ("gazettes", "issues", "issuers", "types")}
    facts = bytearray()
    numbers: defaultdict[str, list[bytes]] = defaultdict(list)
    agencies: defaultdict[str, list[int]] = defaultdict(list)
    people: defaultdict[str, list[int]] = defaultdict(list)
    marked: set[tuple[str, str]] = set()
    labels: dict[str, str] = {}  # of the issues, in the order of their numbers
    for document, entry in enumerate(entries):
        folded = fold_lines("\n".join(p.text.replace("\n", " ") for p in entry.passages) + "\n")
        passages = folded.split("\n")[:-1]
        pieces.add(entry, passages, length)
        stream.append(folded)
        starts.append(length)
        length += len(folded)
        labels.setdefault(entry.issue, _issue_label(entry))
        shared = (entry.gazette, entry.issue, entry.issuer, entry.type)
        ids = (n.number(name) for n, name in zip(names.values(), shared, strict=True))
        facts += varints((len(passages[0]), _day(entry.date), int(entry.year or 0), *ids))
        if parsed := DocumentNumber.parse(entry.number):
            bearer = varint(document) + text_bytes(fold(parsed.code))
            numbers[f"{parsed.year or 0}.{parsed.serial}"].append(bearer)
            numbers[f"{ANY_YEAR}.{parsed.serial}"].append(bearer)
        for key in _issue_keys(entry):
            numbers[key].append(varint(document) + text_bytes(""))
        marked.update(marked_words(entry.title, (p.text for p in entry.passages), folded))
        for table, found in ((agencies, entry.agencies), (people, entry.people)):
            for name in dict.fromkeys(map(fold, found)):
                table[name].append(document)
    pieces.flush()
    lists = make_lists(stream)
    of_marked = marked_items(marked)
    by_syllable, by_letter = reading_items(lists, groups or syllables())
    tables: dict[str, Iterable[tuple[str, bytes]]] = {
        "g": zip(lists.keys, lists.values, strict=True),
        "n": ((key, b"".join(listed)) for key, listed in sorted(numbers.items())),
        "a": ((name, ascending(listed)) for name, listed in sorted(agencies.items())),
        "m": ((name, ascending(listed)) for name, listed in sorted(people.items())),
        "w": name_items(people),
        "q": of_marked,
        "y": by_syllable,
        "i": by_letter,
    }
    size = shard_size(3 * length)
    return {
        "documents": len(starts),
        "length": length,
        "starts": encode(ascending(starts)),
        "facts": encode(bytes(facts)),
        "names": {
            **{kind: list(listed.known) for kind, listed in names.items()},
            "labels": list(labels.values()),
        },
        "pieces": encode(ascending(pieces.starts)),
        "marked": encode(ascending(marked_sums(key for key, _ in of_marked))),
        "tables": {name: write_table(folder, name, items, size) for name, items in tables.items()},
    }


def _issue_keys(entry: Entry) -> Iterator[str]:
    """Give the keys under which the documents of an issue are found: 2017年第1期, 总第227期."""
    if entry.issue_year and entry.issue_number:
        yield f"{OF_ISSUE}.{entry.issue_year}.{entry.issue_number}"
    if entry.total_number:
        yield f"{OF_ISSUE}.{entry.total_number}"


def _issue_label(entry: Entry) -> str:
    """Name an issue as its hits show it; "" if the scan gives neither year nor number."""
    if entry.issue_year and entry.issue_number:
        return f"{entry.issue_year}年第{entry.issue_number}期"
    return f"总第{entry.total_number}期" if entry.total_number else ""


def _day(text: str) -> int:
    """Count the days since 1900-01-01; 0 for no date.

    A month alone, and a day that its month does not have, count as the first of that month.
    """
    if not text:
        return 0
    year, month, day = map(int, first_day(text).split("-"))
    try:
        return max(date(year, month, day).toordinal() - EPOCH, 0)
    except ValueError:
        return max(date(max(year, 1), month, 1).toordinal() - EPOCH, 0)


def name_of(folder: Path, head: Mapping[str, object]) -> str:
    """Name a segment after its contents, so that a name always means the same bytes."""
    digest = hashlib.sha256(msgspec.json.encode(head))
    for path in sorted(folder.iterdir()):
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:HASH]
