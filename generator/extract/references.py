"""References to a document's own parts: 本办法第三条第（二）项, 见附件2. They are no citations."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from generator.edits import line_at
from generator.model import Document, Heading, Paragraph, Reference, Table, TextBlock
from generator.numbering import parse_numeral

# 本办法第三条 · 本条例第十二条第一款第（二）项
OWN_ARTICLE = re.compile(
    r"本(?:办法|规定|条例|细则|规则|章程|决定|意见|通知|方案)"
    r"第(?P<article>[一二三四五六七八九十百零]+)条"
    r"(?:第[一二三四五六七八九十]+款)?(?:第?[（(](?P<item>[一二三四五六七八九十]+)[）)]项?)?"
)
# 见附件2 · （附件一）; a bare 附件 is the only one
OWN_ANNEX = re.compile(
    r"(?:见|按|详见|填写|（)附件\s*(?P<annex>\d{1,2}|[一二三四五六七八九十]{1,2})?"
)


def find_references(document: Document) -> tuple[Reference, ...]:
    """Find references to a document's own articles and attachments, in the order of the text."""
    anchors = {block.anchor for block in document.all_blocks()}
    annexes = [a.blocks[0].anchor for a in document.attachments if a.kind == "annex"]
    found: list[Reference] = []
    for block in document.all_blocks():
        match block:
            case Table():
                continue
            case Paragraph() if block.kind in ("title", "label", "attachment_note"):
                continue
            case Heading() | Paragraph():
                found += _articles(block, anchors)
                found += _annexes(block, annexes)
    return tuple(found)


def _articles(block: TextBlock, anchors: set[str]) -> Iterator[Reference]:
    # inside an attachment its own articles are meant
    prefix = re.match(r"(?:f\d+-)?", block.anchor)
    scope = prefix[0] if prefix else ""
    for match in OWN_ARTICLE.finditer(block.text):
        article = f"{scope}a{parse_numeral(match['article'])}"
        item = f"{article}-{parse_numeral(match['item'])}" if match["item"] else ""
        target = next((a for a in (item, article) if a in anchors), "")
        yield _reference(block, match, target)


def _annexes(block: TextBlock, annexes: Sequence[str]) -> Iterator[Reference]:
    alone = 1 if len(annexes) == 1 else None
    for match in OWN_ANNEX.finditer(block.text):
        number = parse_numeral(match["annex"]) if match["annex"] else alone
        target = annexes[number - 1] if number and number <= len(annexes) else ""
        yield _reference(block, match, target)


def _reference(block: TextBlock, match: re.Match[str], target: str) -> Reference:
    text = match.group().lstrip("（")
    return Reference(text, block.anchor, line_at(block.breaks, match.start()), target)
