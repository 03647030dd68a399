"""Decide what the pictures of an issue's sheets must not show: what its pages do not show.

The text of a page can be left out or covered line by line; its picture shows all of it. So the
places of these lines are painted over in the pictures. Where a place is not known, the sheets that
it may be on have no picture.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from math import inf

from generator.language.personal_numbers import COVERED
from generator.model import Box, Document, Issue, Lines, Table, lines_of
from generator.model.codes import diagnostic
from generator.model.sheets import Frame, Sheet, SheetKey, frames_of, inside
from generator.stages.history.keep import withheld_places

# a mask is larger than the boxes below it, by shares of the sheet: engines measure them closely
PADDING = (0.008, 0.006)


@dataclass(slots=True)
class _Hidden:
    """What is found so far."""

    masks: dict[SheetKey, list[Box]] = field(default_factory=lambda: defaultdict(list))
    unplaced: set[SheetKey] = field(default_factory=set)  # sheets with a text of unknown place
    withheld: set[SheetKey] = field(default_factory=set)  # these, and sheets of nothing else


def cover_sheets(issue: Issue, whole: Issue) -> Issue:
    """Add the sheets of an issue, with the masks of their pictures; remove scans that show more.

    ``whole`` is the issue before the withdrawn documents were removed from it.

    1. Each line of a withdrawn document, of a withheld paragraph or of a covered text lies below a
       mask, or its sheet has no picture.
    2. A sheet with nothing on it but withdrawn documents has no picture.
    3. Sheets of unknown lines have no picture; without a known sheet none of the issue has one.
    """
    pictures = tuple(Sheet(picture) for picture in issue.source.sheets)
    issue = replace(issue, sheets=pictures)
    kept = {document.id for document in issue.documents}
    withdrawn = [document for document in whole.documents if document.id not in kept]
    seeker = _Seeker(issue)
    edited = {sheet.key[0] for sheet in pictures if sheet.picture.is_edited}
    for document in withdrawn:
        seeker.hide(_texts_of(document), inf)
        seeker.hide_others(document.lines)
        if seeker.part_of(document.lines.first) in edited:
            # what was taken out of the text is still on paper
            seeker.withhold(_texts_of(document))
    if is_lost := _has_lost_documents(issue, whole):
        seeker.found.unplaced |= {sheet.key for sheet in pictures}
    withheld = withheld_places(issue)
    covered_by_hand = [*_covered_by_hand(issue, seeker, edited)]
    if not (withdrawn or withheld or issue.source.covered or covered_by_hand or is_lost):
        return issue
    for document_id, names in withheld:
        own = next((d for d in issue.documents if d.id == document_id), None)
        if lines := _named(own, names) if own else []:
            seeker.hide(lines)
        elif own:
            seeker.withhold(_texts_of(own))
        elif document_id not in {d.id for d in withdrawn}:
            seeker.found.unplaced |= {sheet.key for sheet in pictures}
    for line in [*issue.source.covered, *covered_by_hand]:
        seeker.hide([line])
    return _covered(issue, seeker, [document.lines for document in withdrawn])


def _covered_by_hand(issue: Issue, seeker: _Seeker, edited: set[int]) -> Iterator[int]:
    """Find the lines in which a number is covered, in a text that was changed after its intake.

    In a text as received, the number is printed so.
    """
    for line, text in enumerate(issue.source.text.split("\n"), 1) if edited else ():
        if COVERED.search(text) and seeker.part_of(line) in edited:
            yield line


def _texts_of(document: Document) -> list[int]:
    return sorted({line for block in document.all_blocks() for line in lines_of(block)})


def _named(document: Document, names: frozenset[str]) -> list[int]:
    """Give the lines of a paragraph, or of a row, by any of its anchors."""
    names |= {document.aliases[name] for name in names if name in document.aliases}
    lines: list[int] = []
    for block in document.all_blocks():
        if block.anchor in names:
            lines += lines_of(block)
        elif isinstance(block, Table):
            rows = range(len(block.rows))
            lines += [block.row_lines[row] for row in rows if block.row_anchor(row) in names]
    return lines


def _has_lost_documents(issue: Issue, whole: Issue) -> bool:
    """Whether a document is withdrawn that is not in the text any more, but may be on paper."""
    here = {document.id for document in whole.documents}
    here |= {former.id for former in whole.formers if former.to in here}
    published = issue.source.published
    here |= {name for name, m in (published.moved if published else {}).items() if m.to in here}
    return any(former.why and former.id not in here for former in issue.formers)


class _Seeker:
    """Finds the places of lines on the sheets of an issue."""

    def __init__(self, issue: Issue) -> None:
        self.issue = issue
        self.found = _Hidden()
        self._placed = sorted({place.lines.first for place in issue.paper.places})

    def hide(self, lines: Sequence[int], gap: float | None = None) -> None:
        """Mask some lines that follow each other; withhold the sheets of those without a place."""
        frames: list[Frame] = []
        for line in lines:
            if own := [*self._frames(line)]:
                frames += own
            else:
                self.withhold([line])
        for frame in frames_of(frames, gap) if gap is not None else frames_of(frames):
            self.found.masks[frame.key].append(_padded(frame.box))

    def hide_others(self, lines: Lines) -> None:
        """Mask what else is on paper between two lines: a page number, a line of dots."""
        for line in range(lines.first, lines.last + 1):
            for place in self.issue.paper.places_of((line,)):
                key = self.issue.sheet_of(line, place.page)
                if key and place.box and (box := inside(place.box)):
                    self.found.masks[key].append(_padded(box))

    def withhold(self, lines: Iterable[int]) -> None:
        """Withhold the sheets that some lines are on, or may be on."""
        for line in lines:
            self.found.unplaced.update(self._around(line))

    def part_of(self, line: int) -> int:
        """Give the number of the file that a line is from; 0 if there is only one."""
        own = self.issue.source.part_of(line)
        return self.issue.source.parts.index(own) + 1 if own else 0

    def sheets_of(self, line: int) -> list[SheetKey]:
        """List the sheets that a line is on, as far as they are known."""
        keys = (self.issue.sheet_of(line, p.page) for p in self.issue.paper.places_of((line,)))
        return [key for key in keys if key]

    def _frames(self, line: int) -> Iterator[Frame]:
        """Give the boxes of a line; none if one of its places has no box."""
        frames: list[Frame] = []
        for place in self.issue.paper.places_of((line,)):
            key = self.issue.sheet_of(line, place.page)
            box = inside(place.box) if place.box else None
            if key is None or box is None:
                return
            frames.append(Frame(key, box))
        yield from frames

    def _around(self, line: int) -> Iterator[SheetKey]:
        """Give the sheets of a line; if they are not known, those that it may be on."""
        if keys := self.sheets_of(line):
            yield from keys
            return
        number = self.part_of(line)
        at = bisect_left(self._placed, line)
        above = [key for n in reversed(self._placed[:at][-50:]) for key in self.sheets_of(n)]
        below = [key for n in self._placed[at:][:50] for key in self.sheets_of(n)]
        first = next((key for key in above if key[0] == number), (number, 0))
        last = next((key for key in below if key[0] == number), (number, inf))
        for sheet in self.issue.sheets:
            if first <= sheet.key <= last:
                yield sheet.key


def _padded(box: Box) -> Box:
    across, down = PADDING
    wider = (box[0] - across, box[1] - down, box[2] + across, box[3] + down)
    return inside(wider) or box


def _covered(issue: Issue, seeker: _Seeker, withdrawn: Sequence[Lines]) -> Issue:
    """Give the issue with the masks; nothing else may show what they cover."""
    found = seeker.found
    shown = {key for line in _shown_lines(issue) for key in seeker.sheets_of(line)}
    found.withheld = {key for key in found.masks if key not in shown} | found.unplaced
    for sheet in issue.sheets:
        # a picture, a seal: what the text lacks is nowhere measured
        if sheet.key in found.masks and any(
            not line or any(one.first <= line <= one.last for one in withdrawn)
            for line in sheet.picture.lost
        ):
            found.withheld.add(sheet.key)
            found.unplaced.add(sheet.key)
    sheets = tuple(
        replace(sheet, is_withheld=True)
        if sheet.key in found.withheld
        else replace(sheet, masks=tuple(sorted(set(found.masks.get(sheet.key, ())))))
        for sheet in issue.sheets
    )
    told = [
        diagnostic(
            "sheet-withheld",
            Lines(1, 1),
            f"原页{sheet.label}不登图片：这一页有撤下、不再显示或遮盖的文字，而不知道它在页面上的"
            "位置，不能只遮住它；要登图片的，请重新转换，补上 layout.json",
        )
        for sheet in sheets
        if sheet.key in found.unplaced
    ]
    return replace(
        issue,
        # a scan that is published as it is would show everything
        source=replace(issue.source, scan=None),
        sheets=sheets,
        diagnostics=(*issue.diagnostics, *told),
    )


def _shown_lines(issue: Issue) -> Iterator[int]:
    """Give the lines that the pages of an issue show."""
    first, last = issue.masthead.lines.first, issue.masthead.lines.last
    yield from range(first, last + 1)
    for entry in () if issue.contents_made else issue.contents:
        yield from range(entry.lines.first, entry.lines.last + 1)
    for document in issue.documents:
        yield from _texts_of(document)
