"""Attachments, after a document's signature and date: annexes (附件) and transmitted plans."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import replace

from generator.language.document_types import ATTACHED, document_type
from generator.model import (
    Attachment,
    AttachmentKind,
    Block,
    Lines,
    Paragraph,
)
from generator.runtime.patterns import lazy_regex
from generator.stages.parse.body import (
    ATTACHMENT_NOTE,
    LABEL_WITH_TITLE,
    Closing,
    read_blocks,
)
from generator.stages.parse.head_lines import is_label, join_title, may_be_title, read_head
from generator.stages.parse.headings import SENTENCE_MARKS
from generator.stages.parse.heads import QUOTED as ANY_QUOTED
from generator.stages.parse.lines import ALIKE, Line, fold_title, likeness

QUOTED = lazy_regex(r"《([^《》]{2,100}+)》")
TITLE_LINES, LONGEST_TITLE = 4, 100  # lines and characters of a title that is looked for
# what a notice transmits: 现将《甲》和《乙》印发给你们
TRANSMITTED = lazy_regex(
    r"现将([^。；]{2,400}?)(?:印发|转发|批转|公布|发布|颁[布发]|下发|印送|通知|报告)"
)
TRANSMITTED_IN_TITLE = lazy_regex(
    r"(?:印发|转发|批转|公布|发布|颁[布发])(.{2,300})的(?:通知|公告|决定|通告)"
)
SHORTEST_NAMED, LONGEST_NAMED = 6, 120  # characters of such a title
OPENING_LINES = 30
OPENING = 1500  # characters at the beginning of a text in which transmitted titles are looked for


def split_attachments(
    lines: Sequence[Line],
    closing: Mapping[int, Closing],
    named: Mapping[int, int] | None = None,
) -> tuple[Sequence[Line], list[Sequence[Line]]]:
    """Split the lines into the document proper and the lines of each attachment.

    ``closing`` has the clue of each closing line, by its place in ``lines`` (closing_clues), and
    ``named`` the titles of what is transmitted (named_titles).
    """
    kinds = {n: clue.verdict for n, clue in closing.items()}
    # a date directly under the title does not end the document
    closed = next((n for n in sorted(kinds) if kinds[n] == "date" and n), None)
    decided = {n for n, line in enumerate(lines) if line.decided == "attachment" and n > 0}
    starts = [n for n, line in enumerate(lines) if is_label(line) and n > 0]
    if closed is not None:
        after = closed + 1
        while after < len(lines) and kinds.get(after) in ("note", "footer", "date", "signature"):
            after += 1
        starts = [n for n in starts if n >= after]
        transmitted = after < len(lines) and after not in starts
        if transmitted and _has_matter(lines[after:]):
            starts.insert(0, after)
        starts = sorted({*starts, *(n for n in named or () if n >= after)})
    elif named and not starts:
        starts = sorted(named)
    elif "signature" not in kinds.values():
        starts = [n for n in starts if not ATTACHMENT_NOTE.match(lines[n].text)]
    starts = sorted(decided.union(starts))
    if not starts:
        return lines, []
    ends = [*starts[1:], len(lines)]
    parts = [lines[a:b] for a, b in zip(starts, ends, strict=True)]
    return lines[: starts[0]], parts


def named_titles(lines: Sequence[Line], title: str) -> dict[int, int]:
    """Find the lines that are the title of what a notice transmits, however long they are.

    The notice names it: 现将《某方案》印发给你们, or 关于印发《某方案》的通知. The result has the
    index of each first line, and how many lines the title has. Titles one below the other are a
    list.
    """
    said = "".join([line.compact for line in lines[:OPENING_LINES]])[:OPENING]
    names = {
        fold_title(quoted)
        for text in (*TRANSMITTED.findall(said), *TRANSMITTED_IN_TITLE.findall(title))
        for quoted in ANY_QUOTED.findall(text)  # also with a title inside: 《某市贯彻〈乙〉的意见》
    }
    names = {name for name in names if len(name) >= SHORTEST_NAMED}
    if not names:
        return {}
    found: dict[int, int] = {}
    for n in range(1, len(lines)):
        if taken := _named_lines(lines[n : n + TITLE_LINES], names):
            found[n] = taken
    return {
        n: taken
        for n, taken in found.items()
        if n + taken not in found
        and n - 1 not in found
        and _has_matter(lines[n + taken : n + taken + OPENING_LINES])
    }


def _named_lines(lines: Sequence[Line], names: Set[str]) -> int:
    """Count the lines that together are one of some folded titles; 0 for none."""
    joined = ""
    for taken, line in enumerate(lines, 1):
        if not line.is_text or len(line.text) > LONGEST_NAMED or line.text[-1] in "。；：":
            return 0
        joined += fold_title(line.text)
        if joined in names:
            return taken
        if not any(name.startswith(joined) for name in names):
            return 0
    return 0


def _has_matter(lines: Sequence[Line]) -> bool:
    """Whether the lines are enough text for an attachment, and not a stray line or two."""
    return sum(len(line.text) for line in lines) > 40


def expected_titles(blocks: Sequence[Block], title: str) -> frozenset[str]:
    """Collect the folded titles of transmitted documents and of the attachment note (附件：…)."""
    expected = set()
    for quoted in re.findall(r"《([^》]+(?:〈[^〉]*〉[^》]*)?)》", title):
        expected.add(fold_title(quoted))
    if found := re.search(r"(?:印发|转发|批转|公布|发布|修订)(?P<plan>[^《》]{4,})的", title):
        expected.add(fold_title(found["plan"]))
    # 现将《某方案》印发给你们: the text may give the name that the title of the notice does not
    texts = [b.text for b in blocks if isinstance(b, Paragraph) and b.kind == "paragraph"]
    for quoted in QUOTED.findall("".join(texts[:30])[:OPENING]):
        expected.add(fold_title(quoted))
    return frozenset(expected - {""}) | noted_titles(blocks)


def noted_titles(blocks: Sequence[Block]) -> frozenset[str]:
    """Collect the folded titles that the attachment note (附件：…) lists."""
    noted = set()
    for block in blocks:
        if isinstance(block, Paragraph) and block.kind == "attachment_note":
            name = re.sub(r"^附[件表]\s*[:：]", "", block.text).strip()
            noted.add(fold_title(re.sub(r"^\d{1,2}\s*[.．、]", "", name).strip()))
    return frozenset(noted - {""})


def read_attachment(lines: Sequence[Line], expected: frozenset[str]) -> Attachment:
    """Read an attachment: its label, if it has one, its title and its body."""
    blocks: list[Block] = []
    rest = lines
    title = ""
    kind: AttachmentKind = "transmitted"
    if is_label(lines[0]):
        kind = "annex"
        if found := LABEL_WITH_TITLE.match(lines[0].text):
            title = lines[0].text[len(found["label"]) :].lstrip(" \u3000:：、.．")
        blocks.append(lines[0].paragraph("label"))
        rest = lines[1:]
    if not title and (taken := _title_lines(rest, expected)):
        paragraph = replace(join_title(rest[:taken]), evidence=rest[0].evidence(""))
        title = paragraph.text
        blocks.append(paragraph)
        rest = rest[taken:]
    return Attachment(
        kind=kind,
        title=title,
        lines=Lines(lines[0].number, lines[-1].number),
        blocks=(*blocks, *_inner_blocks(rest)),
    )


def _inner_blocks(lines: Sequence[Line]) -> tuple[Block, ...]:
    """Read the lines after an attachment's title; a forwarded report begins with its own head."""
    head, body = read_head(lines)
    return (*head, *read_blocks(body))


def _title_lines(lines: Sequence[Line], expected: frozenset[str]) -> int:
    """Count the lines of an attachment's title; 0 if it has none."""
    if told := _decided_title_lines(lines):
        return told
    joined = ""
    for taken, line in enumerate(lines[:6], 1):
        joined += fold_title(line.text)
        if joined in expected:
            return taken
    if taken := _alike_lines(lines, expected):
        return taken
    if not lines or not may_be_title(lines[0]):
        return 0
    taken = 1
    while taken < min(len(lines), 4):
        # the title goes on if its 《 is not closed or its last word is not a type of document
        above, line = lines[taken - 1], lines[taken]
        is_open = above.text.count("《") > above.text.count("》")
        if not may_be_title(line) or (document_type(above.text) and not is_open):
            break
        if not is_open and not (document_type(line.text) or ATTACHED.search(line.text)):
            break
        taken += 1
    return taken


def _alike_lines(lines: Sequence[Line], expected: frozenset[str]) -> int:
    """Count the lines of a title that the document announces, misread here or there; 0 if none."""
    best = (ALIKE, 0)
    joined = ""
    for taken, line in enumerate(lines[:TITLE_LINES], 1):
        joined += fold_title(line.text)
        if not line.is_text or line.text[-1] in SENTENCE_MARKS or len(joined) > LONGEST_TITLE:
            break
        best = max([best, *((likeness(joined, name), taken) for name in expected)])
    return best[1]


def _decided_title_lines(lines: Sequence[Line]) -> int:
    """Count the lines at the beginning that are a title by an editor's decision."""
    return next((n for n, line in enumerate(lines) if line.decided != "title"), len(lines))
