"""Issues of several files: each file is at least one document, and begins with one."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from generator.language.dates import is_whole_date
from generator.language.document_numbers import DECREE_HEAD
from generator.model import Diagnostic, Lines
from generator.model.codes import diagnostic
from generator.stages.parse.heads import Head, Titled, find_heads, title_end
from generator.stages.parse.lines import Line, fold_title
from generator.stages.parse.number_lines import head_kind, is_letterhead

DECREE_LINES = 14  # a decree is short
MOST_OPENING, LONGEST_OPENING = 8, 40  # lines above the title in a file, characters of one
TEXT_ENDS = frozenset("。；：，、;:,.!?！？")


@dataclass(frozen=True, slots=True)
class FileLines:
    """The source lines of one of several files, each of which is at least one document."""

    name: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class FileTop:
    """Lines [start, end) are the title of the document with which a file begins."""

    start: int
    end: int


def spans_of(lines: Sequence[Line], files: Sequence[FileLines]) -> list[range]:
    """Give the lines of each file, by index; an issue of one file is one span."""
    if not files:
        return [range(len(lines))]
    numbers = [line.number for line in lines]
    return [
        range(bisect_left(numbers, file.first), bisect_left(numbers, file.last + 1))
        for file in files
    ]


def heads_in(lines: Sequence[Line], span: range) -> Iterator[Head]:
    """Find the heads in a file: a title does not begin in one file and end in another."""
    return (
        replace(head, start=head.start + span.start, end=head.end + span.start)
        for head in find_heads(lines[span.start : span.stop])
    )


def settle_files(
    lines: Sequence[Line],
    heads: Sequence[Head],
    spans: Sequence[range],
    files: Sequence[FileLines],
    places: Sequence[Titled],
) -> tuple[list[FileTop], list[Diagnostic]]:
    """Give each file without a document at its top one; report what an editor should check."""
    tops: list[FileTop] = []
    diagnostics: list[Diagnostic] = []
    for span, file in zip(spans, files, strict=True):
        if not span:
            continue
        own = sorted((p for p in places if p.start in span), key=lambda place: place.start)
        if own and _opens(lines[span.start : own[0].start]):
            below = own[1:]
        elif made_public := _after_decree(lines, span):
            tops.append(made_public)
            below = [place for place in own if place.start >= made_public.end]
        else:
            head = next((head for head in heads if head.start in span), None)
            if head and _opens(lines[span.start : head.start]):
                top = FileTop(head.start, head.end)
            else:
                top = _top_of_file(lines, span)
                diagnostics.append(_file_without_head(lines, top, file))
            tops.append(top)
            below = [place for place in own if place.start >= top.end]
        diagnostics += [
            _more_in_file(lines, place, file)
            for place in below
            if lines[place.start].decided != "document"
        ]
    return tops, diagnostics


def _opens(above: Sequence[Line]) -> bool:
    """Whether lines can stand above a title: a letterhead, a number, a picture; or a decree."""
    if above and DECREE_HEAD.fullmatch(above[0].compact):
        return len(above) <= DECREE_LINES
    return len(above) <= MOST_OPENING and all(map(_may_open, above))


def _may_open(line: Line) -> bool:
    if line.image:
        return True
    return line.is_text and len(line.text) <= LONGEST_OPENING and line.text[-1] not in TEXT_ENDS


def _after_decree(lines: Sequence[Line], span: range) -> FileTop | None:
    """Find the title of what the decree at the top of a file makes public: it names it in 《》."""
    if not DECREE_HEAD.fullmatch(lines[span.start].compact):
        return None
    for n in range(span.start + 1, min(span.start + DECREE_LINES, span.stop - 1)):
        if is_whole_date(lines[n].text):
            place = FileTop(n + 1, min(title_end(lines, n + 1), span.stop))
            title = fold_title("".join(line.text for line in lines[place.start : place.end]))
            said = fold_title("".join(line.text for line in lines[span.start : n]))
            return place if title and title in said else None
    return None


def _top_of_file(lines: Sequence[Line], span: range) -> FileTop:
    """Take the first lines of a file that look like a title for its title."""
    start = span.start
    while start + 1 < span.stop and (
        lines[start].image or head_kind(lines[start]) or is_letterhead(lines[start].compact)
    ):
        start += 1
    return FileTop(start, min(title_end(lines, start), span.stop))


def _file_without_head(lines: Sequence[Line], place: Titled, file: FileLines) -> Diagnostic:
    title = "".join(line.text for line in lines[place.start : place.end])
    message = (
        f"{file.name} 开头没有认出公文的首部（标题，旁边有发文字号、题注或主送机关），"
        f"暂以“{title[:60]}”为标题，请核对；是上一篇的附件的，请并入上一篇的文件；"
        "有错字的，用 [[correction]] 改正；"
        '标题不错的，用 [[decision]] 注明（begins = "document"）'
    )
    where = Lines(lines[place.start].number, lines[place.end - 1].number)
    return diagnostic("file-without-head", where, message)


def _more_in_file(lines: Sequence[Line], place: Titled, file: FileLines) -> Diagnostic:
    title = "".join(line.text for line in lines[place.start : place.end])
    message = (
        f"{file.name} 里还有一处像公文的开头“{title[:60]}”，已另作一篇；确是另一篇的，"
        '请分成两个文件，或用 [[decision]] 注明（begins = "document"）；'
        '是前一篇的附件的，用 [[decision]] 注明（begins = "paragraph"）'
    )
    where = Lines(lines[place.start].number, lines[place.end - 1].number)
    return diagnostic("several-in-file", where, message)
