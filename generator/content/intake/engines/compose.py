"""The result of an engine → the text of issue.md, and layout.json for its lines."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from urllib.parse import quote

from generator.content.intake.engines.result import BlockKind, EngineResult, ReadBlock
from generator.content.intake.taken import (
    ISSUE_FILE,
    LOSS_KINDS,
    Loss,
    Place,
    ReadPage,
    Taken,
    layout_data,
)
from generator.content.intake.text import join_pieces
from generator.runtime.data import Json
from generator.runtime.patterns import lazy_regex

# what no text file may hold, and what would end a line at an odd place
UNFIT = lazy_regex(r"[\x00-\x08\x0e-\x1f\x7f\ufeff\ud800-\udfff]")
LINE_END = lazy_regex(r"\r\n?|[\n\x0b\x0c\x85\u2028\u2029]")
# what may stand around the HTML of a table
FRAME = lazy_regex(r"</?(?:html|body|div|center)(?:\s[^<>]*)?>", re.IGNORECASE)
HEADING_MARKS = lazy_regex(r"#{1,6}\s+")
ROW_END = lazy_regex(r"(?<=</tr>)", re.IGNORECASE)
# a longer table has a line for each row: a line has its limit
LONGEST_TABLE_LINE = 20_000
SENTENCE_ENDS = "。！？；：”）)!?;:"
PRINTED_NUMBER = lazy_regex(r"\d{1,5}|[IVXLivxl]{1,7}")
# 共40页, 12/40, 12 of 40: how many pages there are
OF_ALL = lazy_regex(r"共\s?\d{1,5}|(?:/|of)\s?\d{1,5}")
IN_CAPTION = str.maketrans({"[": "［", "]": "］"})
# what no page needs: Chinese names of the kinds of furniture, by how the engines' names end
FURNITURE: tuple[tuple[tuple[str, ...], str, str], ...] = (
    (("number", "page_num"), "page-number", "页码"),
    (("header", "header_image"), "running-head", "书眉"),
    (("footer", "footer_image"), "running-foot", "书脚"),
    (("aside_text",), "margin", "页边文字"),
    (("in_picture",), "in-picture", "图片里的文字"),
)
OTHER_FURNITURE = ("other", "页面附件")
# a running foot that is only a number: — 12 —, 第12页
PAGE_NUMBER = lazy_regex(r"[-–—―·•.~第 ]{0,9}(?:\d ?){1,5}[-–—―·•.~页 ]{0,9}")
# captions of a picture are on either side of it, and say that they are of a table
OF_A_TABLE = lazy_regex(r"\s*(?:附?表|单位[:：])")


@dataclass(frozen=True, slots=True)
class Composed:
    """The text of an issue as an engine read it."""

    text: str
    layout: dict[str, Json]
    pictures: tuple[str, ...]  # files that the text shows, relative to the result
    taken: tuple[tuple[str, int], ...]  # Chinese names of what was taken, counted
    left: tuple[tuple[str, int], ...]  # … of what was left out
    doubtful: tuple[str, ...]  # furniture that stands on one page only: it may be text


def furniture_kind(block: ReadBlock) -> tuple[str, str]:
    """Give the kind of what stands around the text of a page, and its Chinese name."""
    is_number = PAGE_NUMBER.fullmatch(OF_ALL.sub("", block.text).strip())
    label = "number" if is_number and block.label != "in_picture" else block.label
    for ends, kind, words in FURNITURE:
        if label.endswith(ends):
            return kind, words
    return OTHER_FURNITURE


def compose(result: EngineResult, find_picture: Callable[[str], str]) -> Composed:
    """Write the result of an engine as the text of issue.md, with the place of each line.

    ``find_picture`` gives the place of a picture's file in the issue's folder, "" if the result
    has no such file.

    1. Each block that is text is in the text once, in the order of the result.
    2. Each line that is not blank, page marks apart, has its place in the layout, if it has one.
    3. What is not in the text is in the layout, under ``losses`` or ``furniture``.
    """
    sheet = _Sheet(find_picture)
    blocks = join_captions(result.blocks)
    for block in blocks:
        sheet.add(block)
    sheet.flush()
    sheet.losses += _empty_pages(result.pages, blocks, sheet.places)
    text = "\n".join(sheet.lines).rstrip("\n") + "\n" if sheet.lines else ""
    furniture = [block for block in blocks if block.kind == "furniture"]
    taken = Taken(
        text,
        result.engine,
        tuple(number_pages(result.pages, furniture)),
        tuple(sheet.places),
        tuple(sheet.losses),
    )
    layout = layout_data(taken, result.source, ISSUE_FILE)
    layout["furniture"] = [
        {"page": block.page, "kind": furniture_kind(block)[0], "words": _one_line(block.text)}
        for block in furniture
    ]
    left = Counter(furniture_kind(block)[1] for block in furniture)
    left.update(LOSS_KINDS[loss.kind] for loss in sheet.losses)
    return Composed(
        text,
        layout,
        tuple(dict.fromkeys(sheet.pictures)),
        tuple((words, sheet.taken[kind]) for kind, words in KINDS if sheet.taken[kind]),
        tuple(sorted(left.items())),
        tuple(_doubtful(furniture)),
    )


KINDS: tuple[tuple[BlockKind, str], ...] = (
    ("title", "标题"),
    ("text", "正文"),
    ("table", "表格"),
    ("picture", "图片"),
    ("seal", "印章"),
    ("formula", "公式"),
    ("caption", "题注"),
    ("footnote", "脚注"),
)


@dataclass(slots=True)
class _Sheet:
    """The text as it grows."""

    find_picture: Callable[[str], str]
    lines: list[str] = field(default_factory=list)
    places: list[tuple[int, Place]] = field(default_factory=list)
    losses: list[Loss] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)
    taken: Counter[BlockKind] = field(default_factory=Counter)
    page: int = 0
    waiting: list[ReadBlock] = field(default_factory=list)  # footnotes, until a paragraph ends
    goes_on: bool = False  # the last paragraph does not end with a sentence

    def add(self, block: ReadBlock) -> None:
        if block.kind == "furniture":
            return
        if block.kind == "footnote":
            self.waiting.append(block)
            return
        if not self.goes_on or block.kind != "text":
            self.flush()
        self.turn_to(block.page)
        before = len(self.lines)
        if block.kind == "table":
            self.add_table(block)
        elif block.kind in ("picture", "seal"):
            self.add_picture(block)
        else:
            self.add_text(block)
        if len(self.lines) > before:
            self.taken[block.kind] += 1
            last = self.lines[-2] if len(self.lines) > 1 else ""
            self.goes_on = block.kind == "text" and not last.endswith(tuple(SENTENCE_ENDS))
        if self.waiting and self.waiting[0].page < block.page:
            self.flush()

    def flush(self) -> None:
        """Write the footnotes of a page: behind the paragraph that they would cut in two."""
        for note in self.waiting:
            self.add_text(note)
            self.taken[note.kind] += 1
        self.waiting.clear()

    def turn_to(self, page: int) -> None:
        if self.page and page > self.page:
            self.lines += [f"<!-- Page {page} -->", ""]
        self.page = max(self.page, page)

    def write(self, pieces: Sequence[str], places: Sequence[Place]) -> None:
        """Write lines that have one place, or each a place on both sides of a page's edge."""
        for piece in pieces:
            if not piece.strip():
                continue
            self.lines.append(piece)
            self.place(places)
        if pieces:
            self.lines.append("")

    def place(self, places: Sequence[Place]) -> None:
        """Note where the last line is; of a Word document engines know no page."""
        self.places += [(len(self.lines), place) for place in places if place.page]

    def lose(self, block: ReadBlock, kind: str) -> None:
        words = _one_line(block.text) or _one_line("".join(block.captions))
        self.losses.append(Loss(block.page, len(self.lines), kind, words))

    def add_text(self, block: ReadBlock) -> None:
        if block.kind == "title":
            head = _one_line(block.text)
            if not head:
                return
            head = HEADING_MARKS.sub("", head)
            self.write([f"{'#' * min(max(block.level, 1), 6)} {head}"], block.places)
            return
        if block.lines:
            pieces = [(_one_line(words), place) for words, place in block.lines]
            for words, place in pieces:
                if words:
                    self.lines.append(words)
                    self.place([place])
            self.lines.append("")
            return
        if block.kind == "formula":
            words = _one_line(block.text)
            if not words:
                self.lose(block, "formula")
                return
            self.write([words], block.places)
            return
        for words in block.captions:  # of a listing, which is a text here
            self.write([_one_line(words)], block.places)
        found = [line for line in map(str.strip, _lines(block.text)) if line]
        self.write(found, block.places)
        for words in block.notes:
            self.write([_one_line(words)], block.places)

    def add_table(self, block: ReadBlock) -> None:
        for words in block.captions:
            self.write([_one_line(words)], block.places)
        if "<t" in block.text.lower():
            self.write(table_lines(block.text), block.places)
        elif block.text.strip():
            self.write([line.rstrip() for line in _lines(block.text)], block.places)
        else:
            self.lose(block, "table")
            self.show(block, "")
        for words in block.notes:
            self.write([_one_line(words)], block.places)

    def add_picture(self, block: ReadBlock) -> None:
        words = [*block.captions, block.text] if block.kind == "seal" else [*block.captions]
        self.show(block, _one_line("".join(words)))
        if block.kind == "picture" and block.text.strip():  # the figures of a chart
            table = "<t" in block.text.lower()
            found = table_lines(block.text) if table else [*map(str.rstrip, _lines(block.text))]
            self.write(found, block.places)
        for note in block.notes:
            self.write([_one_line(note)], block.places)

    def show(self, block: ReadBlock, caption: str) -> None:
        place = self.find_picture(block.image) if block.image else ""
        if place:
            self.pictures.append(block.image)
        else:
            self.lose(block, "seal" if block.kind == "seal" else "picture")
        target = place or block.image
        if not target and not caption:
            return
        if not target and block.kind == "seal":
            return
        if target:
            # a file that is missing is named, so that the check says so at its line
            written = f"![{caption.translate(IN_CAPTION)}]({quote(target, safe=SAFE)})"
            self.write([written], block.places)
        else:
            self.write([caption], block.places)


# what need not be escaped in the address of a picture
SAFE = "/-_.~" + "".join(map(chr, range(0x4E00, 0x9FFF)))


def _lines(text: str) -> list[str]:
    return LINE_END.split(UNFIT.sub("", text))


def _one_line(text: str) -> str:
    """Join the lines of a title, a caption or a cell."""
    joined = ""
    for line in _lines(text):
        joined = join_pieces(joined, line.strip())
    return joined


def table_lines(html: str) -> list[str]:
    """Write a table as one line of HTML; a very long one with a line for each row."""
    flat = ""
    for line in filter(None, map(str.strip, _lines(FRAME.sub("", html)))):
        # a line ends within the text of a cell, or between tags
        is_within = flat and not flat.endswith(">") and not line.startswith("<")
        flat += f"<br>{line}" if is_within else line
    if len(flat) <= LONGEST_TABLE_LINE:
        return [flat] if flat else []
    return [row for row in ROW_END.split(flat) if row.strip()]


def join_captions(blocks: Sequence[ReadBlock]) -> list[ReadBlock]:
    """Give a picture the caption beside it, below before above; one of a table stays a line."""
    joined: list[ReadBlock] = []
    above: ReadBlock | None = None  # a caption that may belong to a picture below it
    for block in blocks:
        last = joined[-1] if joined else None
        if block.kind == "caption" and not OF_A_TABLE.match(block.text):
            if last and last.kind == "picture" and not last.captions and last.page == block.page:
                joined[-1] = replace(last, captions=(block.text,))
                continue
            joined.append(block)
            above = block
            continue
        if block.kind == "picture" and not block.captions and above is not None and last is above:
            joined[-1] = replace(block, captions=(above.text,))
        else:
            joined.append(block)
        above = None
    return joined


def number_pages(pages: Sequence[ReadPage], furniture: Sequence[ReadBlock]) -> Iterator[ReadPage]:
    """Give pages the number printed on them; a spread has two."""
    printed: dict[int, list[str]] = {}
    for block in furniture:
        if furniture_kind(block)[0] == "page-number":
            found = printed.setdefault(block.page, [])
            found += [
                n for n in PRINTED_NUMBER.findall(OF_ALL.sub("", block.text)) if n not in found
            ]
    for page in pages:
        numbers = printed.get(page.page, [])
        yield replace(page, printed="-".join(numbers)) if len(numbers) in (1, 2) else page


def _empty_pages(
    pages: Sequence[ReadPage], blocks: Sequence[ReadBlock], places: Sequence[tuple[int, Place]]
) -> Iterator[Loss]:
    """Give the pages of which an engine read nothing, behind the last line before them."""
    read = {block.page for block in blocks if block.kind != "furniture"}
    if not read:
        return
    lines = sorted((place.page, line) for line, place in places)
    for page in pages:
        if page.page not in read:
            above = bisect_left(lines, (page.page, 0))
            yield Loss(page.page, lines[above - 1][1] if above else 0, "page")


def _doubtful(furniture: Sequence[ReadBlock]) -> Iterator[str]:
    """List running heads with words that no other page has: an engine may have misjudged a text."""
    kept = [b for b in furniture if furniture_kind(b)[0] != "page-number"]
    bare = [re.sub(r"[\d\s]", "", block.text) for block in kept]
    counts = Counter(bare)
    for block, words in zip(kept, bare, strict=True):
        if counts[words] == 1 and len(words) > 3:
            where = f"第{block.page}张：" if block.page else ""
            yield f"{where}{_one_line(block.text)[:60]}"


def picture_name(path: str) -> str:
    """Give the place of a picture in the issue's folder: its own place in the result."""
    parts = [part for part in PurePosixPath(path.replace("\\", "/")).parts if part != "."]
    return "/".join(parts)
