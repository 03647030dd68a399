"""Two readings of one issue → what is different: facts, documents, the paragraphs of each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from generator.model import Block, Document, Issue, Paragraph, Table
from generator.runtime.alignment import align

State: TypeAlias = Literal["added", "gone", "changed", "same"]


@dataclass(frozen=True, slots=True)
class ChangedFact:
    """A fact of the masthead or of a document that was read in another way."""

    name: str  # for the editor
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ChangedText:
    """A paragraph or a table that is different; one side is empty where it is new or gone."""

    before: str
    after: str
    line: int  # of the new text; of the old one where the paragraph is gone


@dataclass(frozen=True, slots=True)
class ComparedDocument:
    """A document of the one reading beside that of the other."""

    state: State
    title: str
    number: str
    facts: tuple[ChangedFact, ...] = ()
    texts: tuple[ChangedText, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """What is different between two readings of an issue."""

    facts: tuple[ChangedFact, ...]
    documents: tuple[ComparedDocument, ...]

    @property
    def is_none(self) -> bool:
        """Whether both are published the same."""
        return not self.facts and all(one.state == "same" for one in self.documents)


def compare_readings(before: Issue, after: Issue) -> Difference:
    """Compare two readings of an issue, as they are published.

    1. Each document of both is named once: the new ones and those of both in the order of the new
       reading, then those that are gone.
    2. Documents are pairs if they have the same number and title, else the same number, else the
       same title, else texts that are alike; two of one key are paired in their order.
    3. Texts are compared as they are published, so that another break of lines is no difference.
    """
    pairs = _pairs(before.documents, after.documents)
    compared = [
        _compared(before.documents[pairs[j]], document) if j in pairs else _alone("added", document)
        for j, document in enumerate(after.documents)
    ]
    kept = set(pairs.values())
    gone = [_alone("gone", one) for i, one in enumerate(before.documents) if i not in kept]
    return Difference(tuple(_facts_of_issue(before, after)), (*compared, *gone))


def _pairs(before: Sequence[Document], after: Sequence[Document]) -> dict[int, int]:
    """Map the places of new documents to those of old ones."""
    found: dict[int, int] = {}
    left = dict(enumerate(before))
    for key in (
        lambda d: (str(d.number), d.title) if d.number else None,
        lambda d: str(d.number) if d.number else None,
        lambda d: d.title or None,
    ):
        waiting: dict[object, list[int]] = {}
        for i, one in left.items():
            waiting.setdefault(key(one), []).append(i)
        for j, other in enumerate(after):
            if j not in found and (k := key(other)) is not None and waiting.get(k):
                found[j] = waiting[k].pop(0)
                del left[found[j]]
    rest = [j for j in range(len(after)) if j not in found]
    old = list(left)
    alike = align([_all_text(before[i]) for i in old], [_all_text(after[j]) for j in rest])
    return found | {rest[there]: old[here] for here, there in alike.items()}


def _all_text(document: Document) -> str:
    return "".join(map(_text, document.all_blocks()))


def _facts_of_issue(before: Issue, after: Issue) -> Iterator[ChangedFact]:
    one, other = before.masthead, after.masthead
    for name, old, new in (
        ("刊名", one.title, other.title),
        ("年份", one.year, other.year),
        ("期号", one.number, other.number),
        ("总期号", one.total_number, other.total_number),
    ):
        if old != new:
            yield ChangedFact(name, str(old or ""), str(new or ""))


def _alone(state: State, document: Document) -> ComparedDocument:
    return ComparedDocument(state, document.title, str(document.number or ""))


def _compared(before: Document, after: Document) -> ComparedDocument:
    facts = tuple(
        ChangedFact(name, old, new)
        for name, old, new in (
            ("标题", before.title, after.title),
            ("文号", str(before.number or ""), str(after.number or "")),
            ("日期", before.date, after.date),
            ("发文机关", before.issuer, after.issuer),
        )
        if old != new
    )
    texts = tuple(_texts(before, after))
    state: State = "changed" if facts or texts else "same"
    return ComparedDocument(state, after.title, str(after.number or ""), facts, texts)


def _texts(before: Document, after: Document) -> Iterator[ChangedText]:
    old, new = list(_compared_blocks(before)), list(_compared_blocks(after))
    one, other = [_text(block) for block in old], [_text(block) for block in new]
    pairs = {j: i for i, j in align(one, other).items()}
    kept = set(pairs.values())
    at = 0
    for j, block in enumerate(new):
        i = pairs.get(j)
        for here in range(at, i if i is not None else at):
            if here not in kept:
                yield ChangedText(one[here], "", old[here].lines.first)
        at = max(at, i + 1) if i is not None else at
        if i is None or one[i] != other[j]:
            yield ChangedText(one[i] if i is not None else "", other[j], block.lines.first)
    for here in range(at, len(old)):
        if here not in kept:
            yield ChangedText(one[here], "", old[here].lines.first)


def _compared_blocks(document: Document) -> Iterator[Block]:
    """Yield the blocks but title and number, which are facts of the document."""
    for block in document.blocks:
        if not isinstance(block, Paragraph) or block.kind not in ("title", "number"):
            yield block
    for attachment in document.attachments:
        yield from attachment.blocks


def _text(block: Block) -> str:
    """Give the text of a block; the rows of a table are lines of it."""
    if isinstance(block, Table):
        return "\n".join("｜".join(row) for row in block.rows)
    return block.text
