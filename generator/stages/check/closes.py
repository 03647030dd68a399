"""Report text behind the signature and date of a document: it may be a document of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from generator.model import Block, Diagnostic, Document, Lines, Paragraph, Table
from generator.model.codes import diagnostic
from generator.runtime.patterns import lazy_regex
from generator.stages.parse.attachments import expected_titles
from generator.stages.parse.lines import fold_title, likeness

# the kinds of paragraphs that may stand above the text or below its date
BESIDE_TEXT = frozenset(
    {"title", "number", "history", "addressees", "attachment_note", "signature", "date", "note",
     "footer", "label", "picture"}
)  # fmt: skip
# a document that says so has a text of its own behind its signature and date
TRANSMITS = lazy_regex(r"印发|转发|批转|公布|发布|颁布|修订|附后|现将")
BRIEF = 40  # characters: less is a stray line, and no document
CALLED_ANNEX = lazy_regex(r"附[件表图录]")  # though more stands on the line than a label
ALIKE = 0.6  # share of characters that a damaged title has in common with the announced one


def check_announced(document: Document) -> Iterator[Diagnostic]:
    """Report a text behind the signature and date that the document does not announce.

    It may be a document of its own whose head was not recognised.
    """
    for attachment in document.attachments:
        first = attachment.blocks[0] if attachment.blocks else None
        if attachment.kind != "transmitted" or _is_decided(first):
            continue
        title = attachment.title or _shown(attachment.blocks[:1])
        if CALLED_ANNEX.match(title) or TRANSMITS.search(document.title):
            continue
        if _names(document, fold_title(title)):
            continue
        line = attachment.lines.first
        if _is_imprint(attachment.blocks):
            yield _after_close(line, title)
            continue
        message = (
            f"“{title[:40]}”在落款之后，前文却没有说要印发、转发或附上它，"
            "可能是另一篇公文；是另一篇的，用 [[decision]] 注明 begins = “document”，"
            "是附件的，注明 begins = “attachment”"
        )
        yield diagnostic("attachment-unannounced", Lines(line, line), message)


# the lines of an imprint, on the last page of an issue: 责任编辑：…, 印刷：…
IMPRINT = lazy_regex(
    r"(?:主管|主办|承办|编辑|编印|编校|责任编辑|责编|总编|校对|出版|承印|印刷|印数|发行|地址|邮编|邮政编码|电话|传真"
    r"|网址|电子邮箱|准印证?|刊号|国内统一|定价|工本费|内部资料)"
)


def _is_imprint(blocks: Sequence[Block]) -> bool:
    """Whether blocks are nothing but the imprint of the issue."""
    return all(
        not isinstance(b, Table) and IMPRINT.match(re.sub(r"\s", "", b.text)) for b in blocks
    )


def _shown(blocks: Sequence[Block]) -> str:
    return "".join(block.text for block in blocks if not isinstance(block, Table))


def _is_decided(block: Block | None) -> bool:
    return not (block is None or isinstance(block, Table)) and block.evidence.decided is not None


def _names(document: Document, title: str) -> bool:
    """Whether a document names a text that it transmits, perhaps with a misread character."""
    expected = expected_titles(document.blocks, document.title)
    return any(name in title or likeness(name, title) >= ALIKE for name in expected)


def check_closes(document: Document) -> Iterator[Diagnostic]:
    """Report text behind a date that closes a document or an attachment."""
    for blocks in (document.blocks, *(a.blocks for a in document.attachments)):
        place = _behind_close(blocks)
        rest = [b for b in blocks[place:] if not _stands_beside(b)]
        if not rest or _is_decided(rest[0]):
            continue
        line = rest[0].lines.first
        is_brief = all(isinstance(b, Paragraph) for b in rest) and len(_shown(rest)) <= BRIEF
        if is_brief or _is_imprint(rest):
            yield _after_close(line, _shown(rest))
            continue
        message = (
            "落款日期之后还有正文，可能是另一篇公文或附件；请在 issue.toml "
            "用 [[decision]] 注明这一行是什么（document、attachment 或 paragraph）"
        )
        yield diagnostic("text-after-close", Lines(line, line), message)


def _behind_close(blocks: Sequence[Block]) -> int:
    """Give the place behind the first date that closes a text; behind all blocks if none does."""
    has_text = False
    for n, block in enumerate(blocks):
        if isinstance(block, Paragraph) and block.kind == "title":
            has_text = False  # what stands above is a decree
        elif isinstance(block, Paragraph) and block.kind == "date" and has_text:
            if not any(isinstance(b, Paragraph) and b.kind == "title" for b in blocks[n:]):
                return n + 1
        elif not _stands_beside(block):
            has_text = True
    return len(blocks)


def _stands_beside(block: Block) -> bool:
    return isinstance(block, Paragraph) and block.kind in BESIDE_TEXT


def _after_close(line: int, text: str) -> Diagnostic:
    message = (
        f"落款之后还有“{text[:40]}”，请核对它属于哪一篇；是书眉、版权页的，"
        "用 [[decision]] 注明 begins = “furniture”"
    )
    return diagnostic("line-after-close", Lines(line, line), message)
