"""One document's lines → Document: head, body, close, attachments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from generator.language.document_numbers import (
    SERIAL_ALONE,
)
from generator.model import (
    Attachment,
    Block,
    Document,
    Lines,
    ParagraphKind,
)
from generator.stages.parse.attachments import (
    expected_titles,
    noted_titles,
    read_attachment,
    split_attachments,
)
from generator.stages.parse.body import (
    closing_kinds,
    read_blocks,
)
from generator.stages.parse.head_lines import join_lines, join_title, read_head
from generator.stages.parse.identity import identify
from generator.stages.parse.lines import Line
from generator.stages.parse.number_lines import (
    is_number_line,
    is_registration,
)
from generator.stages.parse.segments import Segment


def read_document(segment: Segment) -> Document:
    """Read the lines of one document: preface, title, head, body, attachments."""
    lines = segment.lines
    preface = _read_preface(lines[: segment.preface])
    titled = lines[segment.preface :]
    title = join_title(titled[: segment.title_lines])
    rest = titled[segment.title_lines :]
    head, body = read_head(rest)
    closing = closing_kinds(body)
    own, attached = split_attachments(body, closing)
    own_closing = closing if not attached else closing_kinds(own)
    blocks: tuple[Block, ...] = (*preface, title, *head, *read_blocks(own, own_closing))
    expected = expected_titles(blocks, title.text) if attached else frozenset()
    attachments: list[Attachment] = []
    for part in attached:
        attachments.append(read_attachment(part, expected))
        # a plan may list its own attachments: 附件：任务分工
        expected |= noted_titles(attachments[-1].blocks)
    return identify(
        Document(
            id="",
            entry=segment.entry,
            title="",
            number=None,
            issuer="",
            type="",
            date="",
            lines=Lines(lines[0].number, lines[-1].number),
            blocks=blocks,
            attachments=tuple(attachments),
        )
    )


def _read_preface(lines: Sequence[Line]) -> tuple[Block, ...]:
    """Read the lines above a title: letterhead and number, or a decree.

    国务院令 and 第706号 on two lines are one number.
    """
    if not lines:
        return ()
    last = next((line for line in reversed(lines) if not line.image), lines[-1])
    if is_number_line(last) or any(map(is_registration, lines)):
        return tuple(line.paragraph(_preface_kind(line)) for line in lines)
    taken = 2 if len(lines) > 1 and SERIAL_ALONE.fullmatch(lines[1].compact) else 1
    number = replace(join_lines(lines[:taken]), kind="number")
    return (number, *read_blocks(lines[taken:]))


def _preface_kind(line: Line) -> ParagraphKind:
    if line.image:
        return "picture"
    if is_registration(line):
        return "note"
    return "number" if is_number_line(line) else "label"
