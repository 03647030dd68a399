"""A better reading of one sheet of an issue: its lines are exchanged, all others stay.

layout.json says which lines are on which sheet. Where it leaves a doubt, the sheet is refused: a
text that is put in a wrong place would be published as if it had been printed there.
"""

from __future__ import annotations

import shutil
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.content.decoding import read_text
from generator.content.documents import has_documents
from generator.content.intake import PAGES, SCANS, SOURCES, page_files
from generator.content.intake.taken import ISSUE_FILE, LAYOUT_FILE
from generator.content.layout_of_sheets import (
    Cut,
    Exchanged,
    LayoutData,
    listed,
    number,
    present_layout,
    raw_layout,
    sheets_of_lines,
)
from generator.runtime.alignment import align
from generator.runtime.data import dump
from generator.runtime.errors import UsageError

# least share of characters that two readings of one sheet have in common: a bad scan has more
LEAST_LIKE = 0.3
NOT_TEXT = ("<!--", "---", "***", "___")  # begins of lines that an engine writes between sheets


@dataclass(frozen=True, slots=True)
class NewSheet:
    """The text with a sheet exchanged, and what became of its old lines."""

    text: str
    layout: LayoutData
    became: dict[int, int]  # old line → new line, of lines that hold the same or a similar text
    replaced: str  # the picture that the new one takes the place of, in the issue's folder
    picture: str  # the place of the new picture; "" if what was handed in is none
    source: Path | None  # the new picture

    def write(self, folder: Path) -> None:
        """Write the files that are new into a folder."""
        folder.mkdir(parents=True)
        (folder / ISSUE_FILE).write_text(self.text, "utf-8", newline="\n")
        (folder / LAYOUT_FILE).write_text(dump(self.layout), "utf-8", newline="\n")
        if self.source:
            target = folder / self.picture
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(self.source, target)


def exchange_sheet(folder: Path, sheet: int, new: Path) -> NewSheet:
    """Put a new reading of a sheet into the text of an issue.

    ``new`` is a folder with the reading: issue.md, and layout.json if there is one.

    1. No line of another sheet changes.
    2. UsageError, which says why, if layout.json does not tell which lines are the sheet's, if the
       reading is of more than one sheet, or if it is not like the sheet that it replaces.
    """
    if has_documents(folder):
        msg = f"{folder}: 这一期一篇一个文件，不能只换一张；请换那一期的全部文件"
        raise UsageError(msg)
    text = folder / ISSUE_FILE
    lines = read_text(text).split("\n")
    layout = present_layout(_layout(folder, sheet), lines)
    places = sheets_of_lines(layout)
    sheets = {page for pages in places.values() for page in pages}
    sheets |= {number(page, "page") for page in listed(layout, "pages")}
    if sheet not in sheets:
        most = max(sheets, default=0)
        msg = f"{folder}: layout.json 里没有第 {sheet} 张，只有第 1 至 {most} 张；请核对张次"
        raise UsageError(msg)
    cut = _cut(folder, lines, places, sheet)
    reading = read_text(new / ISSUE_FILE).strip("\n").split("\n")
    own = raw_layout(new / LAYOUT_FILE)
    _refuse_other_sheet(sheet, reading, own, lines, places)
    gap = [] if cut.first <= cut.last else [""]
    block = [*gap, *reading] if cut.first > 1 else [*reading, *gap]
    lead = len(gap) if cut.first > 1 else 0  # blank lines above the first one of the reading
    text_now = [*lines[: cut.first - 1], *block, *lines[cut.last :]]
    delta = len(block) - (cut.last - cut.first + 1)
    old = lines[cut.first - 1 : cut.last]
    alike = align(["".join(one.split()) for one in old], ["".join(one.split()) for one in block])
    became = {n: n if n < cut.first else n + delta for n in range(1, len(lines) + 1)
              if not cut.first <= n <= cut.last}  # fmt: skip
    became |= {cut.first + i: cut.first + j for i, j in alike.items() if old[i].strip()}
    source = _picture_of(new)
    replaced, picture = _places_of_picture(folder, layout, sheet, source)
    moved = Exchanged(layout, own, sheet, cut, delta, cut.first - 1 + lead, len(reading))
    return NewSheet(
        "\n".join(text_now),
        moved.data(text_now, picture),
        became,
        replaced,
        picture,
        source,
    )


def _layout(folder: Path, sheet: int) -> LayoutData:
    found = raw_layout(folder / LAYOUT_FILE)
    if not found:
        msg = (
            f"{folder}: 没有 layout.json，不知道第 {sheet} 张上有哪几行，不能只换一张；"
            "请换整期（gazette retake，不写 --sheet）"
        )
        raise UsageError(msg)
    return found


def _cut(folder: Path, lines: Sequence[str], places: Mapping[int, set[int]], sheet: int) -> Cut:
    """Find the lines of a sheet; UsageError if they cannot be parted from others."""
    above = [n for n, pages in places.items() if min(pages) < sheet]
    below = [n for n, pages in places.items() if max(pages) > sheet]
    own = [n for n, pages in places.items() if sheet in pages]
    last_above, first_below = max(above, default=0), min(below, default=len(lines) + 1)
    both = [n for n in own if len(places[n]) > 1]
    if both:
        msg = (
            f"{folder / ISSUE_FILE}:{both[0]}: 这一行有一部分在第 {sheet} 张，"
            "一部分在相邻的一张，分不开；请换整期（不写 --sheet）"
        )
        raise UsageError(msg)
    is_mixed = own and not last_above < min(own) <= max(own) < first_below
    if is_mixed or (not own and last_above >= first_below):
        msg = (
            f"{folder / ISSUE_FILE}: 第 {sheet} 张的文字与别的张交错，分不开；"
            "请换整期（不写 --sheet）"
        )
        raise UsageError(msg)
    for n in range(last_above + 1, first_below):
        between = not own or not min(own) <= n <= max(own)
        written = lines[n - 1].strip()
        if between and written and not written.startswith(NOT_TEXT):
            msg = (
                f"{folder / ISSUE_FILE}:{n}: layout.json 没有说这一行在哪一张，"
                f"不知道是不是第 {sheet} 张的；请换整期（不写 --sheet）"
            )
            raise UsageError(msg)
    return Cut(min(own), max(own)) if own else Cut(last_above + 1, last_above)


def _refuse_other_sheet(
    sheet: int,
    reading: Sequence[str],
    own: LayoutData,
    lines: Sequence[str],
    places: Mapping[int, set[int]],
) -> None:
    """Refuse what is no reading of this sheet."""
    from rapidfuzz.distance import Indel

    count = len(listed(own, "pages"))
    if count > 1:
        msg = f"放入的有 {count} 张，只换第 {sheet} 张；请只放入这一张"
        raise UsageError(msg)
    words = "".join("".join(reading).split())
    if not words:
        msg = f"放入的这一张没有认出文字；第 {sheet} 张没有改动，请放入更清楚的扫描"
        raise UsageError(msg)
    texts: dict[int, str] = defaultdict(str)
    for n, pages in sorted(places.items()):
        for page in pages:
            texts[page] += "".join(lines[n - 1].split())
    like = {page: Indel.normalized_similarity(words, text) for page, text in texts.items()}
    likest = max(like, key=lambda page: (like[page], page == sheet), default=sheet)
    if likest != sheet and like[likest] >= max(LEAST_LIKE, like.get(sheet, 0.0)):
        msg = f"放入的这一张更像第 {likest} 张，不像第 {sheet} 张；请核对张次"
        raise UsageError(msg)
    if sheet in like and like[sheet] < LEAST_LIKE:
        msg = (
            f"放入的这一张与第 {sheet} 张的文字相差太多（相同的字 {like[sheet]:.0%}），"
            "拿不准是同一张；请核对张次，确是同一张的请换整期（不写 --sheet）"
        )
        raise UsageError(msg)


def _picture_of(new: Path) -> Path | None:
    """Give the scan or PDF that the new reading was made from, if it is one."""
    if pages := page_files(new):
        return pages[0]
    whole = [new / name for name in SOURCES if Path(name).suffix in (*SCANS, ".pdf")]
    return next((path for path in whole if path.is_file()), None)


def _places_of_picture(
    folder: Path, layout: LayoutData, sheet: int, source: Path | None
) -> tuple[str, str]:
    """Give the picture that is replaced, "" if it is a part of a file, and the place of the new."""
    if source is None:
        return "", ""
    shown = {number(page, "page"): str(page.get("image") or "") for page in listed(layout, "pages")}
    if layout.get("source") == PAGES and not any(shown.values()):
        msg = f"{folder}: {PAGES}/ 里一个文件有几张，不能只换第 {sheet} 张；请换整期"
        raise UsageError(msg)
    old = shown.get(sheet, "")
    replaced = old if old.startswith(f"{PAGES}/") else ""
    stem = Path(replaced).stem if replaced else f"{sheet:04}"
    picture = f"{PAGES}/{stem}{source.suffix.lower()}"
    if not replaced and (folder / picture).is_file():
        replaced = picture
    return replaced, picture
