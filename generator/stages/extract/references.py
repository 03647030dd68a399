"""Find references inside a document: 本办法第三条第（二）项, 前款, 见附件2, short names (以下简称).

References are no citations. A provision that belongs to a citation (《…条例》第三条) is a pin of
that citation; one behind a short name (《条例》第三条) is a reference into the cited document.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from operator import itemgetter

from generator.language.provisions import NUMBER, Part, read_parts
from generator.language.reference_words import (
    ANNEX_BEGINS,
    ANNEX_HEAD,
    ANNEX_INTRODUCED,
    COUNTED,
    COUNTS,
    ENDED,
    FOLLOWED,
    HEAD,
    INTRODUCED,
    KINDS,
    NAMED_OTHER,
    QUOTE_BEGINS,
    TABLE_HEAD,
)
from generator.model import Citation, Document, Heading, Paragraph, Reference, Table, TextBlock
from generator.model.edits import line_at
from generator.model.provisions import Provisions
from generator.runtime.patterns import lazy_regex
from generator.stages.citations import short_names
from generator.stages.extract.annexes import Annexes
from generator.stages.extract.owners import UNKNOWN, Owner, Owners
from generator.stages.extract.reference_text import Found, Text

LONGEST_SENTENCE = 200  # characters before a provision that may name another document
REACH = 40  # characters before and behind in which 条 may count things
JOINED = lazy_regex(r"(?:中的?|的|之)?$")
SILENT = ("title", "label", "attachment_note", "history")
SCOPE = lazy_regex(r"(?:f\d+-)?")
IN_ARTICLE = lazy_regex(r"a(?P<article>\d+(?:-b\d+)?)(?:-p(?P<paragraph>\d+))?(?:-(?P<item>\d+))?")
# every text with a reference contains one of these, or a short name
HINTS = lazy_regex("[条款项章编附表称《]|部分")
PROVISION_WORDS = lazy_regex("[条款项章编]|部分")
# a short name without marks begins at a mark, or behind a word that cannot be a part of it
NAME_BEFORE = r"(?:(?<![\u4e00-\u9fff])|(?<=[照据按反用合和及]))"
TRANSMITTED = lazy_regex(rf"《(?P<kind>{KINDS})》")


def find_references(document: Document, tree: Provisions) -> tuple[Reference, ...]:
    """Find a document's references to its own provisions and annexes, and its short names.

    They are in the order of the text, and disjoint from each other and from the citations.
    """
    reader = _Reader(tree, Owners.of(document), Annexes.of(document, tree), _articles(tree))
    found: list[Reference] = []
    for block in document.all_blocks():
        match block:
            case Table():
                found += _in_cells(block, reader)
            case Paragraph() if block.kind in SILENT:
                continue
            case Heading() | Paragraph():
                reader.owners.begin(block)
                found += reader.read(block)
                reader.owners.pass_over(block)
    return tuple(found)


def _in_cells(table: Table, reader: _Reader) -> Iterator[Reference]:
    """Find the references of the cells below a table's header."""
    cited = {(cell.row, cell.column): cell.citations for cell in table.citations}
    breaks = table.breaks_of_cells()
    for row, column, text in table.cells():
        if row < table.header_rows or not text:
            continue
        place = row, column
        begins = breaks.get(place, ((0, table.row_lines[row]),))
        cell = Paragraph(
            text, table.lines, begins,
            anchor=table.row_anchor(row), citations=cited.get(place, ()),
        )  # fmt: skip
        for reference in reader.read(cell, is_cell=True):
            yield replace(reference, column=column)


@dataclass(frozen=True, slots=True)
class _Short:
    """A short name that the document has defined, with the anchor of its definition."""

    pattern: re.Pattern[str]
    anchor: str
    cited: Citation


@dataclass(slots=True)
class _Reader:
    """The state of reading one document: its provisions, and the short names defined so far."""

    tree: Provisions
    owners: Owners
    annexes: Annexes
    articles: dict[str, list[str]]  # the numbers of each scope, as printed: 3, 3-b2
    names: dict[str, _Short] = field(default_factory=dict)

    def read(self, block: TextBlock, *, is_cell: bool = False) -> list[Reference]:
        """Find the references of one text; a cell is a paragraph with the anchor of its row."""
        if not (self.names or HINTS.search(block.text)):
            return []
        scope = SCOPE.match(block.anchor)
        text = Text(
            block, scope[0] if scope else "", self.tree.places.get(block.anchor),
            bytearray(len(block.text)), [],
            [(c.start, c) for c in block.citations if not c.nested],
            is_cell=is_cell,
        )  # fmt: skip
        for citation in block.citations:
            for start, end in [
                (citation.start, citation.end),
                *((p.start, p.end) for p in citation.pins),
            ]:
                text.taken[start:end] = b"\1" * (end - start)
        for start, end, short in self._short_names(block):
            text.add(Found(start, end, short.anchor, short.cited))
        if PROVISION_WORDS.search(block.text):
            self._provisions(text)
        if "附" in block.text or "表" in block.text:
            self._annexes(text)
        return [
            Reference(
                block.text[f.start : f.end], block.anchor, line_at(block.breaks, f.start), f.target,
                f.start, f.end, f.cited, f.named, f.is_name,
            )
            for f in sorted(text.found, key=lambda f: f.start)
        ]  # fmt: skip

    def _short_names(self, block: TextBlock) -> Iterator[tuple[int, int, _Short]]:
        """Find uses of short names; a name counts from its definition to the document's end."""
        for found in TRANSMITTED.finditer(block.text) if "《" in block.text else ():
            kind = found["kind"]
            cited = None if kind in self.names else self.owners.transmitted(kind)
            here = (c for c in block.citations if c.end <= found.start())
            if cited and (cited in self.owners.seen or cited in here):
                self._define(kind, block.anchor, cited)
        for short in self.names.values():
            for match in short.pattern.finditer(block.text):
                yield match.start(), match.end(), short
        if "称" not in block.text:
            return
        for at, name, cited in short_names(block.text, block.citations):
            if cited is None:
                continue
            short = self._define(name, block.anchor, cited)
            for match in short.pattern.finditer(block.text, at):
                yield match.start(), match.end(), short

    def _define(self, name: str, anchor: str, cited: Citation) -> _Short:
        """Add a short name; without marks it counts only where a provision or annex follows."""
        opened = re.escape(name)
        bare = opened if name.startswith("本") else rf"{NAME_BEFORE}{opened}(?=第|附件)"
        short = _Short(re.compile(rf"[《〈“]{opened}[》〉”]|{bare}"), anchor, cited)
        self.names[name] = short
        return short

    def _provisions(self, text: Text) -> None:
        read = 0  # end of the last series of provisions: none inside it begins a series again
        for head in HEAD.finditer(text.text, len(text.block.ordinal)):
            start = head.start()
            if start < read or text.taken[start]:
                continue
            if head["which"]:
                read = max(read, self._relative(text, head))
                continue
            read = max(read, self._absolute(text, start))

    def _absolute(self, text: Text, start: int) -> int:
        """Read 第三条 and what goes on behind it; gives the end of it, 0 if it is no reference."""
        owner = self._owner(text, start)
        if owner is UNKNOWN:
            return 0
        if owner:
            parts = read_parts(text.text, start)
            return self._put(text, owner, owner.start if owner.start >= 0 else start, parts)
        parts = self._bare(text, start)
        if not parts:
            return 0
        end = parts[-1].end
        # 第三条 alone in a cell is of the document that the table's head, or another cell, names
        if text.is_cell or not self._is_plausible(text, start, end):
            return end
        if not (text.place and text.place.article):
            cited = self._changed(text, start)
            behind = text.text[parts[0].end : parts[0].end + 1]
            # “第五条　…” is the new text of the article
            is_new = QUOTE_BEGINS.search(text.text[max(0, start - 2) : start]) and behind.isspace()
            if cited is None or is_new:
                return end
            return self._put(text, Owner(start, cited=cited), start, parts)
        held = [part for part in parts if self._held(text.scope, part)]
        if "条" not in text.text[start:end]:  # 第二款 of this article itself, or of none
            held = [part for part in parts if self.tree.anchors.find(part.anchors[:1], text.scope)]
        return self._put(text, Owner(start, text.scope), start, held) if held else end

    def _owner(self, text: Text, start: int) -> Owner | None:
        """Find whose provision begins at an offset; None if nothing is named before it."""
        joint = JOINED.search(text.text[max(0, start - 2) : start])
        end = start - (len(joint[0]) if joint else 0)
        if short := text.short_ends.get(end):
            return Owner(-1, cited=short)
        here = [cited for _, cited in text.between(0, start)]
        owner = self.owners.before(text.text, start, text.scope, here)
        if owner and owner is not UNKNOWN and 1 in text.taken[owner.start : start]:
            return UNKNOWN
        return owner

    def _is_plausible(self, text: Text, start: int, end: int) -> bool:
        """Whether 第四条 with no document named can only be a provision of this document."""
        whole = text.text
        low = max(0, start - LONGEST_SENTENCE)
        sentence = max(low, *(whole.rfind(mark, low, start) + 1 for mark in "。；"))
        before = whole[sentence:start]
        # in 《宪法》第六条和第十一条 the second article may be of either document
        others = text.between(sentence, start)
        if others:
            amended = None if text.place and text.place.article else self._changed(text, start)
            if amended is None or any(c.work != amended.work for _, c in others):
                return False
        if NAMED_OTHER.search(before) or before.endswith("本条"):
            return False
        printed = whole[start:end]
        if "款" in printed or "项" in printed or "目" in printed:
            return True
        behind = whole[end : end + REACH].partition("。")[0]
        if COUNTED.search(before[-REACH:] + printed + behind):
            return False
        if FOLLOWED.match(whole, end):
            return True
        return bool(ENDED.match(whole, end)) and bool(INTRODUCED.search(before) or not before)

    def _put(self, text: Text, owner: Owner, start: int, parts: Sequence[Part]) -> int:
        """Add the references of a series; gives its end, 0 if there is none."""
        also: list[tuple[str, ...]] = []  # 第五条至第七条: 6, if several have the one word between
        spans = Counter((part.start, part.end) for part in parts)
        for n, part in enumerate(parts):
            if spans[part.start, part.end] > 1:
                also.append(part.anchors)
                continue
            begin = min(start, part.start) if n == 0 else part.start
            is_word = not NUMBER.search(text.text, part.start, part.end)
            if is_word and not owner.cited and not self._held(owner.scope, part):
                continue  # 至, where the article between does not exist
            if owner.cited:
                named = (part.anchors, *also)
                text.add(Found(begin, part.end, "", owner.cited, named, owner.is_name))
            else:
                text.add(Found(begin, part.end, self._held(owner.scope, part)))
            also = []
        if not parts:
            return 0
        articles = [name for part in parts for name in part.anchors if IN_ARTICLE.fullmatch(name)]
        if articles and (found := IN_ARTICLE.match(articles[-1])):
            text.last = parts[-1].end, owner, found["article"]
        return parts[-1].end

    def _relative(self, text: Text, head: re.Match[str]) -> int:
        """Read 前款, 前条, 本条第二款, 同条: the provision before this one, or this article."""
        which, unit = head["which"], head["unit"]
        if which in "同该" or (which == "本" and unit != "条" and not text.place):
            return self._same(text, head)
        place = text.place
        if not (place and place.article) or (which == "本" and not head["part"]):
            return 0  # 本条 alone would lead to the article that the reader is in
        back = 0 if which == "本" else COUNTS.get(head["count"] or "一", 1)
        within = self._before(text, unit, back)
        parts = read_parts(text.text, head.end(), within) if head["part"] and within else ()
        start = head.start()
        if parts:
            return self._put(text, Owner(start, text.scope), start, parts)
        # the first 款 goes by the name of its article
        named = (f"a{within}".removesuffix("-p1"),) if within else ()
        target = self.tree.anchors.find(named, text.scope)
        text.add(Found(start, head.end("unit"), target))
        if within:
            article = within.partition("-p")[0]
            text.last = head.end("unit"), Owner(start, text.scope), article
        return head.end("unit")

    def _before(self, text: Text, unit: str, back: int) -> str:
        """Name the provision ``back`` units before a text, as read_parts takes it; else empty."""
        own, count, item = self._here(text)
        if unit == "条":
            return own if not back else self._article_before(text, back)
        if unit == "款":
            count -= back
            return f"{own}-p{count}" if count > 0 else ""
        if not item or item <= back:
            return ""
        return f"{own}-p{count}-{item - back}"

    def _here(self, text: Text) -> tuple[str, int, int]:
        """Give the article, the 款 and the item that a text stands in, each 0 if it is in none."""
        place = text.place
        if place is None or not place.article:
            return "", 0, 0
        article = self.tree.places[place.article].name.removeprefix(f"{text.scope}a")
        name = place.name.removeprefix(text.scope)
        found = IN_ARTICLE.match(name) if place.rank in ("项", "目") else None
        return article, place.paragraph, int(found["item"]) if found and found["item"] else 0

    def _article_before(self, text: Text, back: int) -> str:
        """Name the article before this one, if no number is missing in between."""
        place = text.place
        if place is None:
            return ""
        articles = self.articles.get(text.scope, [])
        own = self._here(text)[0]
        at = articles.index(own) - back if articles.count(own) == 1 else -1
        if at < 0:
            return ""
        numbers = [int(name.partition("-")[0]) for name in articles[at : at + back + 1]]
        return articles[at] if all(b - a in (0, 1) for a, b in pairwise(numbers)) else ""

    def _same(self, text: Text, head: re.Match[str]) -> int:
        """Read 同条第二款, 该条: of the article that this text has named last."""
        pins = [
            (pin.end, Owner(-1, cited=citation), found["article"])
            for _, citation in text.between(0, head.start())
            for pin in citation.pins[-1:]
            if pin.end <= head.start() and (found := IN_ARTICLE.fullmatch(pin.anchors[-1]))
        ]
        named = [*pins, text.last] if text.last else pins
        if not named or head["unit"] != "条" or not head["part"]:
            return 0
        _, owner, article = max(named, key=itemgetter(0))
        parts = read_parts(text.text, head.end(), article)
        return self._put(text, owner, head.start(), parts)

    def _bare(self, text: Text, start: int) -> tuple[Part, ...]:
        """Read a provision with no name before it; 第二款 and 第（二）项 belong to this article."""
        article, count, _ = self._here(text)
        parts = read_parts(
            text.text, start, f"{article}-p{count}" if article and count else article
        )
        exact = (self.tree.anchors.find(part.anchors[:1], text.scope) for part in parts)
        return parts if not article or any(exact) else read_parts(text.text, start, article)

    def _changed(self, text: Text, start: int) -> Citation | None:
        """Give the document that a list of changes is about, around a text or in it."""
        changed = {c.work: c for _, c in text.between(0, start) if c.relation == "amends"}
        return next(iter(changed.values())) if len(changed) == 1 else self.owners.amended

    def _held(self, scope: str, part: Part) -> str:
        return self.tree.anchors.find(part.anchors, scope)

    def _annexes(self, text: Text) -> None:
        """Read 见附件2, 附件1、附件2, 附表3, 表3."""
        read = 0
        for head in ANNEX_HEAD.finditer(text.text):
            start = head.start()
            if start < read or text.taken[start]:
                continue
            before = text.text[max(0, start - 12) : start]
            is_introduced = bool(ANNEX_INTRODUCED.search(before))
            owner = self._owner(text, start)
            if not head["number"]:
                if is_introduced:
                    text.add(Found(start, head.end(), self.annexes.alone))
                continue
            parts = read_parts(text.text, start)
            if owner and owner.cited:
                read = self._put(text, owner, owner.start if owner.start >= 0 else start, parts)
            elif is_introduced or ANNEX_BEGINS.search(before):
                for part in parts:
                    target = self.annexes.find(text.scope, part)
                    if target or is_introduced:
                        text.add(Found(part.start, part.end, target))
                    read = part.end
        for head in TABLE_HEAD.finditer(text.text):
            for part in read_parts(text.text, head.start()):
                if target := self.annexes.find(text.scope, part):
                    text.add(Found(part.start, part.end, target))


def _articles(tree: Provisions) -> dict[str, list[str]]:
    """List the numbers of the articles of each scope, in their order."""
    numbers: dict[str, list[str]] = {}
    for place in tree.places.values():
        if place.rank == "条":
            scope, _, number = place.name.rpartition("a")
            numbers.setdefault(scope, []).append(number)
    return numbers
