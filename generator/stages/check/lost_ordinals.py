"""Report paragraphs that have probably lost their number: units at the end of a series.

A number lost inside a series is seen by the next one (number-gap). The last one leaves no gap, but
it looks like its siblings: a short label up to the first 。, or a line of its own over 1. and 2.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from generator.model import Block, Diagnostic, Document, Heading, Lines, Paragraph, Table
from generator.model.codes import diagnostic
from generator.model.outline import printed_ordinal

LIKELY = 0.6  # confidence
LONGEST_LABEL, SHORTEST_TEXT = 16, 15  # characters of a label, and of the text behind it
FEWEST = 4  # units of a style with such labels
SHARE = 0.8  # of the units of a style that have such labels
LONGEST_LINE = 30  # characters of a unit on a line of its own
NO_LABEL = frozenset("，：；、“《（")


def check_lost_ordinals(document: Document) -> Iterator[Diagnostic]:
    """Report each paragraph that looks like the units around it, but has no number."""
    for blocks in (document.blocks, *(a.blocks for a in document.attachments)):
        yield from _check(blocks)


def _check(blocks: Sequence[Block]) -> Iterator[Diagnostic]:
    styles = _labelled_styles(blocks)
    style, number = "", 0  # of the unit above
    for n, block in enumerate(blocks):
        if isinstance(block, Table):
            continue
        if ordinal := printed_ordinal(block) if block.ordinal else None:
            style, number = ordinal.style, ordinal.number
            continue
        if not isinstance(block, Paragraph) or block.kind != "paragraph" or not style:
            continue
        label = _label(block.text)
        following = blocks[n + 1] if n + 1 < len(blocks) else None
        if label and style in styles:
            message = (
                f"“{label}”像一个编号的段落（上面是第{number}），却没有序号，可能漏了序号，请核对"
            )
        elif _is_line(block.text) and _begins_list(following) and _ends(blocks[n - 1]):
            message = f"“{block.text}”下面从1编起，像一个小标题，却没有序号，可能漏了序号，请核对"
        else:
            continue
        yield diagnostic("ordinal-lost", Lines(block.lines.first, block.lines.first), message,
                         confidence=LIKELY)  # fmt: skip


def _labelled_styles(blocks: Sequence[Block]) -> frozenset[str]:
    """Find the styles of ordinals whose units nearly all begin with a short label."""
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for block in blocks:
        if isinstance(block, Table) or not block.ordinal:
            continue
        if ordinal := printed_ordinal(block):
            counts[ordinal.style][0] += 1
            counts[ordinal.style][1] += bool(_label(block.text[len(block.ordinal) :].lstrip()))
    return frozenset(
        style for style, (units, own) in counts.items() if own >= FEWEST and own >= SHARE * units
    )


def _label(text: str) -> str:
    """Give the short label up to the first 。 of a paragraph, without any other punctuation."""
    end = text.find("。", 0, LONGEST_LABEL + 1)
    label = text[: end + 1]
    is_label = end > 1 and len(text) - end > SHORTEST_TEXT and not NO_LABEL & {*label}
    return label if is_label else ""


def _is_line(text: str) -> bool:
    return 4 < len(text) <= LONGEST_LINE and text[-1] not in "：:；，" and not NO_LABEL & {*text}


def _begins_list(block: Block | None) -> bool:
    if block is None or isinstance(block, Table) or not block.ordinal:
        return False
    ordinal = printed_ordinal(block)
    return bool(ordinal and ordinal.number == 1)


def _ends(block: Block) -> bool:
    """Whether a block is a paragraph that ends."""
    return isinstance(block, Heading) or (
        isinstance(block, Paragraph) and block.text[-1:] in "。）"
    )
