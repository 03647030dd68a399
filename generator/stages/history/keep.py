"""Keep published addresses: find each published document and paragraph in the present issue.

A correction or a better rule may give a document another id and a paragraph another anchor, split a
paragraph or join two. If the received text is still the one that was published, a paragraph is
found by its source line; otherwise by its words.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import count
from pathlib import Path

from generator.content import line_of
from generator.model import Block, Document, Former, Issue, Table
from generator.model.published import Published, PublishedDocument, Reading
from generator.runtime.alignment import align
from generator.runtime.errors import SourceError

SHARE = 3  # a document is recognised if a third (1 / SHARE) of its paragraphs is unchanged


@dataclass(frozen=True, slots=True)
class Spot:
    """The present place of a paragraph."""

    document: int  # in the order of the issue
    anchor: str
    text: str


def keep_addresses(issue: Issue) -> Issue:
    """Give documents and paragraphs the ids and anchors at which they were published.

    1. Ids are unique in the issue, anchors in their document.
    2. Each published id is the id of its document, or leads to it (``formers``).
    3. Each published anchor is the anchor of its paragraph or an alias of it; if the paragraph is
       gone, an alias of the paragraph before it. A row is found by its number in its table.
    4. Each published text that is different now is listed (``earlier``), unless issue.toml
       withholds it by any address that it ever had.
    5. No text is changed; an issue that was never published is returned unchanged.

    Raises SourceError if a published document is missing and issue.toml gives no reason, and if
    issue.toml withholds a paragraph that never existed.
    """
    published = issue.source.published
    if published is None:
        _refuse_unknown(issue, _Withheld(issue, Published(issue.name, "", {})))
        return issue
    homes = _Homes(issue, published)
    ids, _ = assign([d.id for d in issue.documents], homes.reserved())
    documents: list[Document] = []
    for place, (document, chosen) in enumerate(zip(issue.documents, ids, strict=True)):
        own = published.documents.get(chosen)
        kept = replace(document, id=chosen)
        if own and homes.of.get(chosen) == place:
            kept = _keep_anchors(kept, own, homes.matches[chosen], homes.current[place])
        documents.append(kept)
    kept_issue = replace(issue, documents=tuple(documents))
    now = _current_anchors(homes.current, documents)
    formers = tuple(_formers(published, homes, kept_issue, now))
    kept_issue = replace(kept_issue, formers=formers)
    withheld = _Withheld(kept_issue, published)
    _refuse_unknown(kept_issue, withheld)
    earlier = [*_earlier(published, homes, kept_issue, now, withheld)]
    for name, own in published.documents.items():
        earlier += _changed(name, own, homes, kept_issue, now)
    return replace(kept_issue, earlier=tuple(r for r in earlier if not withheld.holds(r)))


def withheld_places(issue: Issue) -> list[tuple[str, frozenset[str]]]:
    """Give the paragraphs that issue.toml withholds: present id of the document, names of each.

    The names are anchors, present and former ones; ``""`` stands for a paragraph that is gone.
    """
    published = issue.source.published or Published(issue.name, "", {})
    return _Withheld(issue, published).named


def places_of(document: Document) -> dict[str, tuple[int, str]]:
    """Map each anchor to its source line and its text, in the order of the page."""
    return {anchor: (line, text) for anchor, line, text in _places(document.all_blocks())}


def _places(blocks: Iterable[Block]) -> Iterator[tuple[str, int, str]]:
    for block in blocks:
        if not isinstance(block, Table):
            yield block.anchor, block.lines.first, block.text
            continue
        for n, (row, line) in enumerate(zip(block.rows, block.row_lines, strict=True)):
            if n == 0 and not block.header_rows:  # a form: its first row has an anchor too
                yield block.anchor, line, "\t".join(row)
            if n == 0 or n >= block.header_rows:
                yield block.row_anchor(n), line, "\t".join(row)


def assign(
    computed: Sequence[str], reserved: Mapping[str, int]
) -> tuple[list[str], dict[str, int]]:
    """Choose a unique name for each of several things (documents, blocks).

    ``computed`` are their names by the rules. ``reserved`` maps published names to the index of
    their thing. A thing keeps its computed name unless that is reserved for another thing; then it
    gets its own published name, or a new one (``…-b2``).
    Gives the names, and the aliases: published names that are not the name of their thing, each
    with the index of the thing.
    """
    own: dict[int, list[str]] = defaultdict(list)
    for name, index in reserved.items():
        own[index].append(name)
    names: list[str | None] = [
        name if reserved.get(name, index) == index else None for index, name in enumerate(computed)
    ]
    taken = {name for name in names if name} | reserved.keys()
    for index, wanted in enumerate(computed):
        if names[index] is None:
            free = (f"{wanted}-b{n}" for n in count(2))
            chosen = own[index][0] if own[index] else next(f for f in free if f not in taken)
            names[index] = chosen
            taken.add(chosen)
    final = [name or "" for name in names]
    return final, {name: index for name, index in reserved.items() if final[index] != name}


class _Homes:
    """The present document of each published document, and the present places of its paragraphs."""

    def __init__(self, issue: Issue, published: Published) -> None:
        self.issue, self.published = issue, published
        self.is_same_text = published.source == issue.source.sha256
        self.of: dict[str, int] = {}  # published id → place in the issue
        self.matches: dict[str, dict[str, Spot]] = {}  # published id → anchor → present place
        self.current = [places_of(d) for d in issue.documents]
        moved = published.moved
        self.withdrawn = {moved[n].to if n in moved else n for n in issue.source.withdrawn_ids}
        self._ids = {d.id: n for n, d in enumerate(issue.documents)}
        for name, document in published.documents.items():
            self._find(name, document)

    def reserved(self) -> dict[str, int]:
        """Map each published id, former ids too, to the place of its document in the issue."""
        own = dict(self.of)
        for name, moved in self.published.moved.items():
            if moved.to in own:
                own[name] = own[moved.to]
        return own

    @cached_property
    def _holders(self) -> dict[str, dict[int, None]]:
        """Map each present text to the documents that contain it, in their order."""
        holders: dict[str, dict[int, None]] = defaultdict(dict)
        for n, places in enumerate(self.current):
            for _, text in places.values():
                holders[text][n] = None
        return holders

    @cached_property
    def _spots(self) -> dict[int, list[Spot]]:
        """Map each source line to the present places of its text."""
        spots: dict[int, list[Spot]] = defaultdict(list)
        for n, document in enumerate(self.issue.documents):
            for block in document.all_blocks():
                if isinstance(block, Table):
                    for anchor, line, text in _places([block]):
                        spots[line].append(Spot(n, anchor, text))
                else:
                    spot = Spot(n, block.anchor, block.text)
                    for line in {block.lines.first, *(line for _, line in block.breaks)}:
                        spots[line].append(spot)
        return spots

    def _find(self, name: str, document: PublishedDocument) -> None:
        at = self._ids.get(name)
        if at is not None and self.current[at] == document.places:
            found = {a: Spot(at, a, text) for a, (_, text) in document.places.items()}
        elif self.is_same_text:
            found = self._by_lines(document, at)
        else:
            found = self._by_words(document, at)
        votes = Counter(spot.document for spot in found.values())
        home = max(votes, key=lambda n: (votes[n], n == at), default=None)
        if home is None or not self._is_known(document, home, found):
            if name in self.withdrawn:
                return
            where = self.issue.source.facts_path
            msg = (
                f"{where}:1: {name}《{document.title}》已经公布，本期文本里却没有了；"
                f'误删的请恢复，要撤下的请写三行：[[withdrawn]]、id = "{name}"、why = "理由"'
            )
            raise SourceError(msg)
        self.of[name] = home
        self.matches[name] = found

    def _is_known(self, document: PublishedDocument, home: int, found: Mapping[str, Spot]) -> bool:
        """Whether a document is the published one, and not only one with a few equal texts."""
        same = sum(
            s.text == document.places[anchor][1]
            for anchor, s in found.items()
            if s.document == home
        )
        is_titled = self.issue.documents[home].title == document.title
        return self.is_same_text or is_titled or same * SHARE >= len(document.places)

    def _by_lines(self, document: PublishedDocument, at: int | None) -> dict[str, Spot]:
        found: dict[str, Spot] = {}
        for anchor, (line, text) in document.places.items():
            if spots := self._spots.get(line):
                found[anchor] = max(
                    spots, key=lambda s: (s.document == at, s.text == text, s.anchor == anchor)
                )
        return found

    def _by_words(self, document: PublishedDocument, at: int | None) -> dict[str, Spot]:
        votes: Counter[int] = Counter()
        for text, times in Counter(text for _, text in document.places.values()).items():
            for n in self._holders.get(text, ()):
                votes[n] += times
        if not votes:
            return {}
        best = max(votes, key=lambda n: (votes[n], n == at))
        anchors, others = [*document.places], [*self.current[best].items()]
        pairs = align([text for _, text in document.places.values()], [o[1][1] for o in others])
        return {
            anchors[i]: Spot(best, anchor, text)
            for i, j in pairs.items()
            for anchor, (_, text) in [others[j]]
        }


def _keep_anchors(
    document: Document,
    own: PublishedDocument,
    found: Mapping[str, Spot],
    current: Mapping[str, tuple[int, str]],
) -> Document:
    """Give paragraphs the anchors at which they were published, as names or as aliases.

    ``current`` maps the computed anchors of the document to their lines and texts.
    """
    blocks = [*document.all_blocks()]
    order = [block.anchor for block in blocks]
    index = {anchor: n for n, anchor in enumerate(order)}
    rows = {anchor for anchor in current if anchor not in index}
    reserved: dict[str, int] = {}
    to_rows: dict[str, str] = {}
    gone: dict[str, int] = {}
    before = 0
    for anchor in own.places:
        spot = found.get(anchor)
        if spot is None or (spot.anchor not in index and spot.anchor not in rows):
            gone[anchor] = before
        elif spot.anchor in rows:
            to_rows[anchor] = spot.anchor
        else:
            before = reserved[anchor] = index[spot.anchor]
    for former, anchor in own.aliases.items():
        if anchor in reserved:
            reserved.setdefault(former, reserved[anchor])
        elif anchor in to_rows:
            to_rows.setdefault(former, to_rows[anchor])
        else:
            gone[former] = gone.get(anchor, 0)
    # rows have names by their numbers: no paragraph gets the name of a row, and no row another name
    names, aliases = assign(order, {n: at for n, at in reserved.items() if n not in rows})
    renamed = dict(zip(order, names, strict=True))
    changed = iter(
        [b if b.anchor == n else replace(b, anchor=n) for b, n in zip(blocks, names, strict=True)]
    )
    kept = document.map_blocks(lambda _: next(changed))
    shown = places_of(kept)
    all_aliases = {
        # published names of paragraphs that a row has now; once its table is renamed, no row does
        **{name: names[at] for name, at in reserved.items() if name in rows},
        **{name: names[at] for name, at in aliases.items()},
        **{name: _row_after(row, renamed) for name, row in to_rows.items()},
        **{name: names[at] for name, at in gone.items()},
    }
    ordered = {n: a for n, a in all_aliases.items() if n != a and n not in shown and a in shown}
    return replace(kept, aliases=ordered)


def _row_after(row: str, renamed: Mapping[str, str]) -> str:
    """Give the anchor of a row under the present name of its table."""
    table, _, number = row.rpartition("-r")
    return f"{renamed.get(table, table)}-r{number}"


def _current_anchors(
    computed: Sequence[Mapping[str, tuple[int, str]]], documents: Sequence[Document]
) -> dict[tuple[int, str], str]:
    """Map each document's place and computed anchor to the anchor that it was given."""
    return {
        (n, old): new
        for n, (places, document) in enumerate(zip(computed, documents, strict=True))
        for old, new in zip(places, places_of(document), strict=True)
    }


def _formers(
    published: Published, homes: _Homes, issue: Issue, now: Mapping[tuple[int, str], str]
) -> Iterator[Former]:
    """List the published ids whose document has another id now, with the anchors that changed."""
    for name, own in published.documents.items():
        at = homes.of.get(name)
        if at is not None and issue.documents[at].id != name:
            spots = homes.matches[name]
            anchors = {a: _anchor_now(spots.get(a), at, now) for a in own.places}
            anchors |= {old: anchors.get(a, "") for old, a in own.aliases.items()}
            yield _former(name, own.title, issue.documents[at], anchors)
    changed: dict[str, dict[str, str]] = {}  # by document, computed once for all its former ids
    for name, moved in published.moved.items():
        target = published.documents.get(moved.to)
        at = homes.of.get(moved.to)
        if target and at is not None and issue.documents[at].id != name:
            spots = homes.matches[moved.to]
            if moved.to not in changed:
                today = {a: _anchor_now(spots.get(a), at, now) for a in target.places}
                changed[moved.to] = {old: new for old, new in today.items() if old != new}
            own_anchors = {
                old: _anchor_now(spots.get(new), at, now) for old, new in moved.anchors.items()
            }
            yield _former(
                name, moved.title, issue.documents[at], {**changed[moved.to], **own_anchors}
            )


def _anchor_now(spot: Spot | None, at: int, now: Mapping[tuple[int, str], str]) -> str:
    """Give the present anchor of a paragraph; empty if it is not in the document ``at``."""
    return now.get((at, spot.anchor), "") if spot and spot.document == at else ""


def _former(name: str, title: str, target: Document, anchors: Mapping[str, str]) -> Former:
    changed = {old: new for old, new in anchors.items() if old != new}
    return Former(id=name, title=title, to=target.id, anchors=changed)


def _changed(
    name: str,
    own: PublishedDocument,
    homes: _Homes,
    issue: Issue,
    now: Mapping[tuple[int, str], str],
) -> Iterator[Reading]:
    """List the readings of a published document whose paragraph has another text now, or none."""
    at = homes.of.get(name)
    if at is None:
        return
    for anchor, (_, text) in own.places.items():
        spot = homes.matches[name].get(anchor)
        if spot is None or spot.text != text:
            reading = Reading(name, anchor, text)
            yield _readdressed(reading, issue.documents[at].id, _anchor_now(spot, at, now))


def _earlier(
    published: Published,
    homes: _Homes,
    issue: Issue,
    now: Mapping[tuple[int, str], str],
    withheld: _Withheld,
) -> Iterator[Reading]:
    """Give the readings that earlier builds recorded, with their present addresses."""
    for reading in published.earlier:
        at = homes.of.get(reading.document)
        if at is None or withheld.holds(reading):  # its document is withdrawn
            continue
        spot = homes.matches[reading.document].get(reading.anchor)
        yield _readdressed(reading, issue.documents[at].id, _anchor_now(spot, at, now))


def _readdressed(reading: Reading, document: str, anchor: str) -> Reading:
    """Give a reading its present address, and note the address of its publication if different."""
    was_in = reading.published_in or reading.document
    was_at = reading.published_at or reading.anchor
    return Reading(
        document,
        anchor,
        reading.text,
        reading.until,
        published_in=was_in if was_in != document else "",
        published_at=was_at if was_at != anchor else "",
    )


class _Withheld:
    """The earlier readings that issue.toml withholds, by all present and former addresses."""

    def __init__(self, issue: Issue, published: Published) -> None:
        self._places: set[tuple[str, str]] = set()
        self.unknown: list[int] = []  # entries of issue.toml, from 0, with an unknown address
        self.named: list[tuple[str, frozenset[str]]] = []  # document and anchors of each entry
        if not issue.source.withheld:
            return
        self._published = published
        self._formers = {former.id: former for former in issue.formers}
        self._here = {d.id: {"", *places_of(d), *d.aliases} for d in issue.documents}
        self._earlier = {place for r in published.earlier for place in self._places_of(r)}
        for nth, (document, anchor) in enumerate(issue.source.withheld):
            if not self._was(document, anchor):
                self.unknown.append(nth)
            self.named.append((self._today(document), frozenset(self._anchors(document, anchor))))
            self._places |= {(self._today(document), a) for a in self._anchors(document, anchor)}
        self._documents = {document for document, _ in self._places}

    def holds(self, reading: Reading) -> bool:
        """Whether a reading is withheld: it is neither shown nor kept."""
        if not self._places:
            return False
        if not reading.anchor and not reading.published_at:  # its place was not recorded
            return self._today(reading.document) in self._documents
        return not self._places.isdisjoint(self._places_of(reading))

    def _places_of(self, reading: Reading) -> set[tuple[str, str]]:
        """Give the addresses of a reading: the present one and that of its publication."""
        return {
            (self._today(reading.document), reading.anchor),
            (
                self._today(reading.published_in or reading.document),
                reading.published_at or reading.anchor,
            ),
        }

    def _today(self, document: str) -> str:
        former = self._formers.get(document)
        return former.to if former else document

    def _anchors(self, document: str, anchor: str) -> set[str]:
        """Give the former and present anchors that belong to an anchor of a document."""
        found = {anchor}
        if former := self._formers.get(document):
            found.add(former.anchors.get(anchor, anchor))
        if moved := self._published.moved.get(document):
            document, anchor = moved.to, moved.anchors.get(anchor, anchor)
        if own := self._published.documents.get(document):
            found.add(own.aliases.get(anchor, anchor))
        # a paragraph that is gone counts as the page itself, as in other readings
        return {name for name in found if name} or {""}

    def _was(self, document: str, anchor: str) -> bool:
        """Whether an address exists now, or did when something was published."""
        own, moved = self._published.documents.get(document), self._published.moved.get(document)
        former, today = self._formers.get(document), self._today(document)
        return (
            document in self._published.withdrawn  # its anchors are not kept
            or any(name in self._here.get(today, ()) for name in self._anchors(document, anchor))
            or (today, anchor) in self._earlier
            or bool(own and (anchor in own.places or anchor in own.aliases))
            or bool(moved and anchor in moved.anchors)
            or bool(former and anchor in former.anchors)
        )


def _refuse_unknown(issue: Issue, withheld: _Withheld) -> None:
    """Raise SourceError for the first withheld address at which nothing was ever published."""
    if not withheld.unknown:
        return
    nth = withheld.unknown[0]
    path, entries = Path(issue.source.facts_path), issue.source.withheld
    line = line_of(path, ("withheld", nth, "document"))
    document, anchor = entries[nth]
    msg = (
        f"{path}:{line}: {document}#{anchor} 从未登载过文字；请照网址更正："
        "网址的最后一段是 <document>.html#<anchor>"
    )
    raise SourceError(msg)
