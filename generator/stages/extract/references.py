"""Find references inside a document: 本办法第三条第（二）项, 前款, 见附件2, short names (以下简称).

References are no citations. A provision that belongs to a citation (《…条例》第三条) is a pin of
that citation and not a reference.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from generator.language.document_types import any_of
from generator.language.provisions import (
    ANNEX_LABEL,
    BARE,
    BEFORE,
    COUNTS,
    OWN_ITEM,
    Anchors,
    Part,
    read_annex_number,
    read_parts,
)
from generator.model import Citation, Document, Heading, Paragraph, Reference, Table, TextBlock
from generator.model.edits import line_at
from generator.model.provisions import Provisions
from generator.stages.citations import short_names

KINDS, OTHER_KINDS = any_of("own"), any_of("other")
# 本办法第三条 · 本规定第十、十八条 · 本实施细则第二章
OWN = re.compile(rf"(?<![基根样日成资])本(?:实施|暂行|管理)?(?:{KINDS})(?=第)")
OTHERS = re.compile(rf"(?:{KINDS}|[》）〉”])(?:的)?$|(?:[法例定]|{OTHER_KINDS})$")
# 依照刑法第一条、第二条: the provisions of another document, named without 《》
UNMARKED = re.compile(rf"(?<!本)(?<!本实施)(?:{KINDS}|{OTHER_KINDS})第[^，。；]{{1,12}}条")
# 见附件2 · （附件一） · 详见附件; 附件 without a number means the only annex
OWN_ANNEX = re.compile(
    r"(?:见|按|详见|填写|参见|按照|根据|（|\()本?(?:通知|意见|办法|方案)?(?P<annex>附件\s*"
    r"(?P<number>\d{1,2}(?:[-－–—]\d{1,2}(?!\d))?|[一二三四五六七八九十]{1,2})?)"
)
ARTICLE = re.compile(r"(?P<scope>(?:f\d+-)?)a(?P<number>\d+(?:-b\d+)?)(?:-p(?P<paragraph>\d+))?")


def find_references(document: Document, tree: Provisions) -> tuple[Reference, ...]:
    """Find a document's references to its own provisions and annexes, and its short names.

    They are in the order of the text, and disjoint from each other and from the citations.
    """
    reader = _Reader(
        anchors=tree.anchors,
        annexes=_annexes_by_number(document),
    )
    found: list[Reference] = []
    for block in document.all_blocks():
        match block:
            case Table():
                continue
            case Paragraph() if block.kind in ("title", "label", "attachment_note", "history"):
                continue
            case Heading() | Paragraph():
                found += reader.read(block)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Short:
    """A short name that the document has defined, with the anchor of its definition."""

    pattern: re.Pattern[str]
    anchor: str
    cited: Citation | None


@dataclass(slots=True)
class _Reader:
    """The state of reading one document: its anchors, and the short names defined so far."""

    anchors: Anchors
    annexes: Mapping[str, str]  # number as printed → anchor
    names: dict[str, _Short] = field(default_factory=dict)

    def read(self, block: TextBlock) -> list[Reference]:
        """Find the references of one text."""
        text = block.text
        taken = bytearray(len(text))  # 1 for each character of a citation, pin or reference
        spans = [(c.start, c.end) for c in block.citations]
        spans += [(pin.start, pin.end) for c in block.citations for pin in c.pins]
        for start, end in spans:
            taken[start:end] = b"\1" * (end - start)
        found: list[Reference] = []

        def add(start: int, end: int, target: str, cited: Citation | None = None) -> None:
            if 1 not in taken[start:end]:
                taken[start:end] = b"\1" * (end - start)
                line = line_at(block.breaks, start)
                found.append(
                    Reference(text[start:end], block.anchor, line, target, start, end, cited)
                )

        for start, end, short in self._short_names(block):
            add(start, end, short.anchor, short.cited)
        if "条" in text or "款" in text or "项" in text:
            for start, end, target in self._parts(block):
                add(start, end, target)
        if "附件" in text:
            for start, end, target in self._annexes(text):
                add(start, end, target)
        return sorted(found, key=lambda r: r.start)

    def _short_names(self, block: TextBlock) -> Iterator[tuple[int, int, _Short]]:
        """Find uses of short names; a name counts from its definition to the document's end."""
        for short in self.names.values():
            for match in short.pattern.finditer(block.text):
                yield match.start(), match.end(), short
        if "称" not in block.text:
            return
        for at, name, cited in short_names(block.text, block.citations):
            if cited is None:
                continue
            opened = re.escape(name)
            short = _Short(re.compile(rf"[《〈“]{opened}[》〉”]"), block.anchor, cited)
            self.names[name] = short
            for match in short.pattern.finditer(block.text, at):
                yield match.start(), match.end(), short

    def _parts(self, block: TextBlock) -> Iterator[tuple[int, int, str]]:
        text = block.text
        here = ARTICLE.match(block.anchor)
        scope = re.match(r"(?:f\d+-)?", block.anchor)
        prefix = scope[0] if scope else ""
        for match in OWN.finditer(text):
            for n, part in enumerate(read_parts(text, match.end())):
                start = match.start() if n == 0 else part.start
                yield start, part.end, self._held(prefix, part)
        if here is None:
            return
        article = here["number"]
        for match in BEFORE.finditer(text):
            yield from self._before(match, block, here)
        read = 0  # end of the last series of provisions: none inside it begins a series again
        for match in BARE.finditer(text, len(block.ordinal)):
            if match.start() >= read and self._is_own(match.start(), block):
                for part in read_parts(text, match.start()):
                    read = part.end
                    yield part.start, part.end, self._held(prefix, part)
        for match in OWN_ITEM.finditer(text, len(block.ordinal)):
            if self._is_own(match.start(), block):
                for part in read_parts(text, match.start(), article):
                    yield part.start, part.end, self._held(prefix, part)

    @staticmethod
    def _is_own(start: int, block: TextBlock) -> bool:
        """Whether 第四条 without a document's name can only mean this document's article."""
        sentence = max(block.text.rfind(end_mark, 0, start) for end_mark in "。；") + 1
        before = block.text[sentence:start]
        # in 《宪法》第六条和第十一条 the second article may be of either document
        others = any(sentence <= c.start < start for c in block.citations)
        others = others or bool(UNMARKED.search(before))
        return not others and not OTHERS.search(before[-12:]) and not before.endswith("本条")

    def _before(
        self, match: re.Match[str], block: TextBlock, here: re.Match[str]
    ) -> Iterator[tuple[int, int, str]]:
        """Read 前款, 前条, 本条第二款: the provision before this one, or this article."""
        scope, article = here["scope"], here["number"]
        back = 0 if match["which"] == "本" else COUNTS.get(match["count"] or "一", 1)
        if match["unit"] == "条":
            if match["which"] == "本" and not match["part"]:
                return  # 本条 alone would lead to the article that the reader is in
            number, _, inserted = article.partition("-")
            article = number if back and inserted else str(int(number) - back)
            target = self.anchors.find((f"a{article}",), scope)
        elif match["which"] == "本" and not match["part"]:
            return
        else:
            target = self._paragraph_before(block.anchor, f"{scope}a{article}", back)
        start = match.start()
        parts = read_parts(block.text, match.end(), article) if match["part"] else ()
        if not parts:
            yield start, match.end("unit"), target
            return
        for n, part in enumerate(parts):
            yield (start if n == 0 else part.start), part.end, self._held(scope, part)

    def _paragraph_before(self, anchor: str, article: str, back: int) -> str:
        """Give the anchor of the 款 of an article that is ``back`` 款 before this text.

        Empty if the article has no such 款.
        """
        own = self.anchors.paragraphs(article)
        here = self.anchors.order[anchor]
        before = sum(self.anchors.order[a] < here for a in own)
        # an item (项) belongs to the 款 above it, so that 前款 in an item means the 款 before that
        place = before - back - (anchor not in own)
        return own[place] if place >= 0 else ""

    def _held(self, scope: str, part: Part) -> str:
        return self.anchors.find(part.anchors, scope)

    def _annexes(self, text: str) -> Iterator[tuple[int, int, str]]:
        alone = next(iter(self.annexes.values())) if len(self.annexes) == 1 else ""
        for match in OWN_ANNEX.finditer(text):
            number = read_annex_number(match["number"]) if match["number"] else ""
            target = self.annexes.get(number, "") if number else alone
            yield match.start("annex"), match.end("annex"), target


def _annexes_by_number(document: Document) -> dict[str, str]:
    """Map the numbers of annexes to their anchors; an annex without a number counts by its place.

    附件2 means the first of 附件2-1, 附件2-2 if no annex has the number 2 alone.
    """
    labels = [a.blocks[0] for a in document.attachments if a.kind == "annex"]
    found: dict[str, str] = {}
    for place, label in enumerate(labels, 1):
        printed = None if isinstance(label, Table) else ANNEX_LABEL.match(label.text)
        number = read_annex_number(printed["number"]) if printed else str(place)
        found.setdefault(number, label.anchor)
    for number, anchor in [*found.items()]:
        found.setdefault(number.partition("-")[0], anchor)
    return found
