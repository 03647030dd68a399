"""Issue → Issue with the amendments of its decisions (关于修改《…》的决定, 修正案)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from generator.language.amending import AMENDING_TITLE, Context, read_clauses
from generator.language.amending_tokens import Title, Token, read_tokens
from generator.language.ordinals import Ordinal, Rank
from generator.language.organs import STATE
from generator.language.quotations import CLOSING, OPENING, QUOTED, Origin, Outline, outline_of
from generator.model import (
    Amendment,
    Block,
    Citation,
    Diagnostic,
    Document,
    Heading,
    Issue,
    Lines,
    Paragraph,
    TextBlock,
)
from generator.model.amendments import AmendedWork
from generator.model.codes import diagnostic
from generator.model.edits import line_at
from generator.model.outline import printed_ordinal
from generator.runtime.patterns import lazy_regex
from generator.stages.amend.operations import Place, read_operations
from generator.stages.citations import short_names

# a document whose title does not say so: it is looked for in its first paragraphs
AMENDS_BELOW = lazy_regex(
    r"(?:作|做|予以)?(?:出)?(?:如下|以下)(?:补充)?(?:修改|修订)|(?:修改|修订)如下[:：]"
)
LAW_AMENDED = lazy_regex(rf"^(?:{STATE})?(?P<law>[\u4e00-\u9fff]{{1,24}}?法)修正案")
FIRST_PARAGRAPHS = 6
BLANK = lazy_regex(r"[ \u3000]|$")
CHANGES = lazy_regex(r"修改|修正案|修订的|决定")  # the title of an attachment that lists changes
# an item of a decision's own numbering that begins an operation, whatever quotation is still open
INSTRUCTS = lazy_regex(r"^(?![“])[^“]{0,80}?(?:修改为|改为|删去|删除|增加|作为|中的“|作如下修改)")
# 内容如下： above new provisions that are printed without quotation marks
UNQUOTED = lazy_regex(r"内容(?:分别)?(?:为|如下)[：:]\s*$")
GOES_ON = lazy_regex(
    r"^(?:原?第[^，。“]{1,40}?(?:相应)?(?:改为|作为|调整为)|将|把|删去|删除|本(?:决定|修正案)|此外)"
)


def find_amendments(issue: Issue) -> Issue:
    """Add the amendments to the documents of an issue, and a diagnostic for what is not read.

    1. Texts are unchanged; each amendment names the paragraph and the line that it comes from.
    2. A sentence of which one word is not understood gives no amendment but a diagnostic.
    3. A document whose title and first paragraphs speak of no change is not read.
    """
    found: dict[int, Document] = {}
    unread: list[Diagnostic] = []
    for number, document in enumerate(issue.documents):
        if not is_amending(document):
            continue
        amendments, diagnostics = _read(document)
        unread += diagnostics
        if amendments:
            found[number] = replace(
                document, amendments=amendments, unread_amendments=len(diagnostics)
            )
    if not found and not unread:
        return issue
    documents = tuple(found.get(n, document) for n, document in enumerate(issue.documents))
    return replace(issue, documents=documents, diagnostics=(*issue.diagnostics, *unread))


def is_amending(document: Document) -> bool:
    """Whether a document may be a decision that changes others: a cheap look at its beginning."""
    # a decree publishes the decision, which is an attachment of it
    titles = (document.title, *(attachment.title for attachment in document.attachments))
    if any(map(AMENDING_TITLE.search, titles)):
        return True
    texts = (b.text for b in document.blocks if isinstance(b, Paragraph) and b.kind == "paragraph")
    return any(AMENDS_BELOW.search(text) for text in islice(texts, FIRST_PARAGRAPHS))


@dataclass(frozen=True, slots=True)
class _Part:
    """The text of a decision, or of an attachment that lists changes."""

    blocks: tuple[TextBlock, ...]
    ordinals: tuple[Ordinal | None, ...]
    texts: tuple[str, ...]  # of the blocks, with marks around new text that has none
    outline: Outline
    titles: tuple[Title, ...]


def _read(document: Document) -> tuple[tuple[Amendment, ...], list[Diagnostic]]:
    reader = _Reader(document)
    amendments: list[Amendment] = []
    unread: list[Diagnostic] = []
    for blocks in _parts(document):
        found, missed = reader.read(blocks)
        amendments += found
        unread += missed
    return tuple(amendments), unread


def _parts(document: Document) -> Iterator[tuple[TextBlock, ...]]:
    """Give the texts of a document that may have operations: its body, and lists of changes."""
    yield _texts(document.blocks)
    for attachment in document.attachments:
        if CHANGES.search(attachment.title):
            yield _texts(attachment.blocks)


def _texts(blocks: Sequence[Block]) -> tuple[TextBlock, ...]:
    return tuple(
        block
        for block in blocks
        if isinstance(block, Heading)
        or (isinstance(block, Paragraph) and block.kind == "paragraph")
    )


class _Reader:
    """Reads the parts of one decision; it knows the documents that the decision names."""

    def __init__(self, document: Document) -> None:
        self.works: list[AmendedWork] = []
        self.short: dict[str, int] = {}
        self.bare: re.Pattern[str] | None = None
        named = [
            self._work(citation)
            for block in document.all_blocks()
            if isinstance(block, Paragraph) and block.kind == "title"
            for citation in block.citations
            if citation.relation == "amends"
        ]
        if law := LAW_AMENDED.match(document.title):
            named = [self._add(AmendedWork(f"{STATE}{law['law']}"))]
            self.short |= {law["law"]: named[0], STATE + law["law"]: named[0]}
            self.bare = re.compile(rf"(?<!本)(?:{STATE})?{law['law']}(?!律)")
        if not named:
            named = [
                self._work(citation)
                for block in document.all_blocks()
                if isinstance(block, (Heading, Paragraph))
                for citation in block.citations
                if citation.relation == "amends" and not citation.nested
            ]
        several = re.search(r"等[\u4e00-\u9fff\d]{0,10}[件部项]|部分|一批", document.title)
        distinct = set(named)
        self.only = named[0] if len(distinct) == 1 and not several else None

    def _add(self, work: AmendedWork) -> int:
        for n, known in enumerate(self.works):
            if known.title == work.title and (not work.number or known.number in ("", work.number)):
                if work.number and not known.number:
                    self.works[n] = work
                return n
        self.works.append(work)
        return len(self.works) - 1

    def _work(self, citation: Citation) -> int:
        number = str(citation.number or "")
        return self._add(AmendedWork(citation.title, number, citation.edition, citation.issuer))

    def read(self, blocks: tuple[TextBlock, ...]) -> tuple[list[Amendment], list[Diagnostic]]:
        """Read the operations of one part, in the order of the text."""
        part = self._part(blocks)
        amendments: list[Amendment] = []
        unread: list[Diagnostic] = []
        contexts: list[tuple[Rank | None, Context]] = [(None, Context(self.only))]
        quotations = 0
        for first, start, end in _items(part):
            ordinal = part.ordinals[first]
            if ordinal:
                while contexts[-1][0] is not None and contexts[-1][0] >= ordinal.rank:
                    contexts.pop()
                contexts.append((ordinal.rank, contexts[-1][1].copy()))
            context = contexts[-1][1]
            tokens = read_tokens(part.outline.text, start, end, part.titles, quotations)
            quotations += part.outline.text.count(QUOTED, start, end)
            clauses, missed = read_clauses(tokens)
            place = _place_of(part)
            for clause in clauses:
                found = read_operations(clause, context, part.outline, self.works, place)
                if found is None:
                    missed.append(clause.tokens[0])
                else:
                    amendments += found
            if not clauses:
                _note_title(tokens, context)
            unread += (_unread(part, token) for token in missed)
        return amendments, unread

    def _part(self, blocks: tuple[TextBlock, ...]) -> _Part:
        ordinals = tuple(map(_own_ordinal, blocks))
        texts = _marked(blocks, ordinals)
        outline = outline_of(texts, _restarts(blocks, ordinals))
        titles = []
        position = {origin: n for n, origin in enumerate(outline.origins)}
        for number, block in enumerate(blocks):
            for _, name, cited in short_names(block.text, block.citations):
                if cited is not None:
                    self.short[name] = self._work(cited)
            for citation in block.citations:
                at = position.get(Origin(number, citation.start))
                if at is None or citation.nested or not citation.title:
                    continue
                known = self.short.get(citation.title)
                work = self._work(citation) if known is None else known
                titles.append(Title(at, at + citation.end - citation.start, work))
        known_starts = {title.start for title in titles}
        titles += (t for t in self._named(outline) if t.start not in known_starts)
        return _Part(blocks, ordinals, texts, outline, tuple(sorted(titles, key=lambda t: t.start)))

    def _named(self, outline: Outline) -> Iterator[Title]:
        """Find short names, with and without marks: 《解释》, 刑法."""
        for found in re.finditer(r"《(?P<name>[^《》]{1,30})》", outline.text):
            if (work := self.short.get(found["name"])) is not None:
                yield Title(found.start(), found.end(), work)
        if self.bare:
            for found in self.bare.finditer(outline.text):
                yield Title(found.start(), found.end(), self.short[found.group()])


def _own_ordinal(block: TextBlock) -> Ordinal | None:
    """Give the ordinal of an item of the decision; 第五条修改为 names a provision of another."""
    ordinal = printed_ordinal(block)
    if ordinal and ordinal.text.startswith("第") and not BLANK.match(block.text, ordinal.end):
        return None
    return ordinal


def _restarts(blocks: Sequence[TextBlock], ordinals: Sequence[Ordinal | None]) -> list[bool]:
    """Say which paragraphs begin a new item of the decision, by the order of their numbers."""
    found = [False] * len(blocks)
    last: dict[str, int] = {}
    for n, (block, ordinal) in enumerate(zip(blocks, ordinals, strict=True)):
        if ordinal and INSTRUCTS.match(block.text[ordinal.end :]):
            expected = last.get(ordinal.style, 0) + 1
            found[n] = ordinal.number == expected and ordinal.style != "item"
            last[ordinal.style] = ordinal.number
    return found


def _marked(blocks: Sequence[TextBlock], ordinals: Sequence[Ordinal | None]) -> tuple[str, ...]:
    """Put marks around new provisions that are printed without: those that follow 内容如下."""
    texts = [block.text for block in blocks]
    own = next((o.style for o in ordinals if o), "")
    at = 0
    while at < len(texts):
        if UNQUOTED.search(texts[at]) and at + 1 < len(texts) and OPENING not in texts[at + 1][:2]:
            last = at
            above = ordinals[at]
            number = above.number if above else 0
            while last + 1 < len(texts) and not GOES_ON.match(texts[last + 1]):
                ordinal = ordinals[last + 1]
                if ordinal and ordinal.style == own and ordinal.number == number + 1:
                    break
                last += 1
            if last > at:
                texts[at + 1] = OPENING + texts[at + 1]
                texts[last] += CLOSING
                at = last
        at += 1
    return tuple(texts)


def _items(part: _Part) -> Iterator[tuple[int, int, int]]:
    """Split the outline into items: the first paragraph, the range behind its ordinal.

    A paragraph without ordinal belongs to the item above.
    """
    begins: list[tuple[int, int]] = []  # paragraph, offset in the outline
    seen = -1
    for at, origin in enumerate(part.outline.origins):
        if origin.paragraph == seen or part.outline.text[at] == "\n":
            continue
        seen = origin.paragraph
        # a paragraph that only goes on behind a quotation begins no item
        if part.outline.text[at] == QUOTED or origin.offset:
            continue
        if not begins or part.ordinals[seen]:
            begins.append((seen, at))
    for n, (paragraph, at) in enumerate(begins):
        end = begins[n + 1][1] if n + 1 < len(begins) else len(part.outline.text)
        ordinal = part.ordinals[paragraph]
        skip = ordinal.end if ordinal else 0
        yield paragraph, min(at + skip, end), end


def _note_title(tokens: Sequence[Token], context: Context) -> None:
    """Remember the one document that a sentence without operation names: 对《甲办法》作如下修改."""
    works = {token.work for token in tokens if token.letter == "W"}
    if len(works) == 1:
        context.work = works.pop()


def _place_of(part: _Part) -> Callable[[int], Place]:
    def place(offset: int) -> Place:
        paragraph, at = part.outline.origins[offset]
        block = part.blocks[paragraph]
        return Place(block.anchor, line_at(block.breaks, min(at, len(block.text))))

    return place


def _unread(part: _Part, token: Token) -> Diagnostic:
    paragraph, at = part.outline.origins[token.start]
    block = part.blocks[paragraph]
    line = line_at(block.breaks, min(at, len(block.text)))
    said = _sentence(part.outline.text, token.start).replace(QUOTED, "“…”")
    message = f"没有读懂这处修改：“{said}”，修改情况中不列；请核对原文有无误识"
    return diagnostic("amendment-unread", Lines(line, line), message)


def _sentence(text: str, at: int) -> str:
    ends = [n for n in (text.find(c, at) for c in "；;。\n") if n >= 0]
    end = min(ends, default=len(text))
    return text[at:end].strip()[:80]
