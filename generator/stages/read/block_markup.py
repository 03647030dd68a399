"""Rules for markup that takes whole lines, or several: comments, fences, page marks, pictures.

What such a rule removes leaves nothing behind, so that the halves of a sentence that it stands
between are next to each other.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence

from generator.language.picture_lines import read_picture
from generator.model.intake_notes import read_note
from generator.runtime.patterns import lazy_regex
from generator.stages.read.displayed_formulas import read_displayed_formulas
from generator.stages.read.html_tables import read_html_tables
from generator.stages.read.page_marks import COMMENTS, PAGE_PATTERNS, read_page
from generator.stages.read.ruled_tables import read_ruled_tables
from generator.stages.read.sheet import MASK, Cut, Sheet
from generator.stages.read.text_tables import read_grid_tables, read_pipe_tables

BlockRule = Callable[[Sheet], None]

COMMENT_BEGIN, COMMENT_END = "<!--", "-->"
# what engines write in place of a picture or a formula
LEFT_OUT = lazy_regex(r"\s*(?:image|picture|figure|formula-not-decoded|chart)\s*", re.IGNORECASE)
LONGEST_COMMENT = 500  # lines


def drop_comments(sheet: Sheet) -> None:
    """Remove comments; learn pages from those that name one.

    给编辑：去掉 HTML 注释，例如 `<!-- Page 12 -->`；注明页码的，记下页码。
    """
    read_to = 0  # comments of several lines end here
    ends: list[int] | None = None  # lines in which such a comment may end
    for index in sheet.marked:
        if index < read_to or COMMENT_BEGIN not in sheet.lines[index]:
            continue
        cuts: list[Cut] = []
        view = sheet.view(index)
        at = view.find(COMMENT_BEGIN)
        while at >= 0:
            end = view.find(COMMENT_END, at + 2)
            if end < 0:
                if ends is None:
                    ends = [n for n, line in enumerate(sheet.lines) if COMMENT_END in line]
                read_to = _drop_long_comment(sheet, (index, at), ends, cuts)
                break
            end += len(COMMENT_END)
            _learn(sheet, index, view[at + 4 : end - 3].strip())
            cuts.append(Cut(at, end))
            at = view.find(COMMENT_BEGIN, end)
        sheet.draft(index).cut("drop_comments", cuts)


def _drop_long_comment(
    sheet: Sheet, begin: tuple[int, int], ends: Sequence[int], cuts: list[Cut]
) -> int:
    """Remove a comment that ends on another line; give that line, or the next if it has no end."""
    first, at = begin
    place = bisect_right(ends, first)
    if place == len(ends) or ends[place] - first > LONGEST_COMMENT:
        return first + 1
    last = ends[place]
    cuts.append(Cut(at, len(sheet.lines[first])))
    for inner in range(first + 1, last):
        sheet.draft(inner).cut_all("drop_comments")
    end = sheet.view(last).find(COMMENT_END) + len(COMMENT_END)
    sheet.draft(last).cut("drop_comments", [Cut(0, end)])
    return last


def _learn(sheet: Sheet, index: int, comment: str) -> None:
    page = read_page(comment, COMMENTS)
    if note := read_note(comment):  # of the intake
        sheet.report(note[0], index, note[1])
    elif page:
        sheet.mark_page(index, *page)
    elif comment.startswith("Meanless:"):  # a running head
        sheet.edges.add(index)
    elif LEFT_OUT.fullmatch(comment):
        message = f"识别软件在此略去了一处（{comment}），例如图片或公式，请核对原件"
        sheet.report("picture-missing", index, message)


YAML_LINE = lazy_regex(r"[A-Za-z_][\w-]{0,40}:(?:\s.*)?|\s+\S.*|-\s.*")
LONGEST_YAML = 60


def drop_yaml_heads(sheet: Sheet) -> None:
    """Remove the YAML head of a file or a page.

    给编辑：去掉文件或每页开头的 YAML 属性（两行 `---` 之间）。
    """
    for index in sheet.marked:
        if sheet.view(index).strip() != "---":
            continue
        for end in range(index + 1, min(index + LONGEST_YAML, len(sheet.lines))):
            line = sheet.view(end).rstrip()
            if line == "---":
                if end > index + 1:
                    for inner in range(index, end + 1):
                        sheet.draft(inner).cut_all("drop_yaml_heads")
                break
            if not YAML_LINE.fullmatch(line) or (end == index + 1 and not line[0].isalpha()):
                break


FENCE = lazy_regex(r"(?:`{3,}|~{3})\s?[A-Za-z]{0,12}")


def drop_code_fences(sheet: Sheet) -> None:
    """Remove the lines around text that an engine took for code.

    给编辑：去掉单独成行的代码记号，例如三个反引号加 markdown。
    """
    for index in sheet.marked:
        shown = sheet.shown(index)
        if shown[:3] in ("```", "~~~") and FENCE.fullmatch(shown):
            sheet.draft(index).cut_all("drop_code_fences")


def drop_page_marks(sheet: Sheet) -> None:
    """Remove lines that only say where a page ends; learn the pages.

    给编辑：去掉识别软件写的分页标记，例如 `{12}------`、`<--- Page Split --->`，并记下页码。
    """
    for index in sheet.marked:
        shown = sheet.shown(index)
        if len(shown) <= 200 and (page := read_page(shown, PAGE_PATTERNS)):
            sheet.mark_page(index, *page)
            sheet.draft(index).cut_all("drop_page_marks")


RULER = lazy_regex(r"(?:-\s?){3,200}|(?:\*\s?){3,200}|___|={3,200}")


def drop_rulers(sheet: Sheet) -> None:
    """Remove horizontal lines: ``---``, ``***``; a blank to fill in (``________``) stays.

    给编辑：去掉 `---` 等横线。
    """
    for index in sheet.marked:
        shown = sheet.shown(index)
        if len(shown) >= 3 and shown[0] in "-*_=" and RULER.fullmatch(shown):
            sheet.draft(index).cut_all("drop_rulers")
            # some engines write it at the end of a page; right under a text it makes a title
            if index == 0 or (shown[0] != "=" and not sheet.shown(index - 1)):
                sheet.edges.add(index)


DETAILS = lazy_regex(r"<details(?:\s[^<>]*)?>", re.IGNORECASE)
DETAILS_END = lazy_regex(r"</details\s*>", re.IGNORECASE)
SUMMARY = lazy_regex(r"<summary(?:\s[^<>]*)?>(?P<words>[^<>]*)</summary\s*>", re.IGNORECASE)
SEAL = frozenset({"seal", "stamp", "印章", "公章"})
LONGEST_DETAILS = 2_000
PICTURE_BEGIN = ("![", "<img")


def read_details(sheet: Sheet) -> None:
    """Open what an engine folded away: the words of a seal, the figures of a chart.

    The words of a seal become the caption of its picture; without a picture they are dropped.

    给编辑：印章的文字作为印章图片的说明，图表的数据作为表格；`<details>` 等标签去掉。
    """
    tagged = [index for index in sheet.marked if "<" in sheet.view(index)]
    begun = [index for index in tagged if DETAILS.search(sheet.view(index))]
    ends = [index for index in tagged if DETAILS_END.search(sheet.view(index))] if begun else []
    end = 0
    for index in begun:
        place = bisect_left(ends, index)
        if index >= end and place < len(ends) and ends[place] <= index + LONGEST_DETAILS:
            _read_details(sheet, index, ends[place])
            end = ends[place] + 1


def _read_details(sheet: Sheet, first: int, last: int) -> None:
    kind = ""
    for index in range(first, last + 1):
        view = sheet.view(index)
        opening = DETAILS.search(view) if index == first else None
        tags = [Cut(*opening.span())] if opening else []
        if summary := SUMMARY.search(view):
            kind = kind or summary["words"].strip().lower()
            tags.append(Cut(*summary.span()))
        if index == last and (closing := DETAILS_END.search(view)):
            tags.append(Cut(*closing.span()))
        if tags:
            sheet.draft(index).cut("read_details", tags)
    if kind in SEAL:
        words = [n for n in range(first, last + 1) if sheet.shown(n)]
        above = first - 1
        while above >= 0 and not sheet.shown(above):
            above -= 1
        if above >= 0 and sheet.shown(above).startswith(PICTURE_BEGIN):
            sheet.captions.update(words)
        else:
            for index in words:
                sheet.draft(index).cut_all("read_details")


CENTRED = lazy_regex(
    r"\s*<(?:div|p|center)[^<>]*>\s*(?P<text>图[^<>]{0,80})</(?:div|p|center)\s*>\s*", re.IGNORECASE
)
IMAGE = lazy_regex(
    r"!\[(?P<alt>[^\]\n]{0,500})\]\((?P<target>data:[^)\n]*|[^()\n]*)\)(?P<attributes>\{[^{}\n]{1,200}\})?"
    r"|<img\s(?P<rest>[^<>\n]*)/?>(?:\s*</img>)?",
    re.IGNORECASE,
)
SOURCE = lazy_regex(r"\b(?P<name>src|alt)\s*=\s*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)')")
# words that engines write for want of a caption
NO_CAPTION = lazy_regex(
    r"image|img|picture|figure|图片|图像|alt text|(?:.*/)?[\w-]+\.(?:png|jpe?g|gif|webp)",
    re.IGNORECASE,
)


def read_pictures(sheet: Sheet) -> None:
    """Read pictures, however an engine writes them: each on a line of its own, with its caption.

    ``<img src="imgs/a.jpg" alt="Image"/>`` → ``![](imgs/a.jpg)``. A picture within the text
    (base64) is left out, and said.

    给编辑：图片标签统一；写在文本里的图片（base64）不取，并给出提示。
    """
    for index in sheet.marked:
        view = sheet.view(index)
        if "![" not in view and "<img" not in view.lower():
            if index and CENTRED.fullmatch(view) and _is_picture_above(sheet, index):
                sheet.captions.add(index)
            continue
        cuts = [_picture(sheet, index, found) for found in IMAGE.finditer(view)]
        if cuts:
            sheet.draft(index).cut("read_pictures", cuts)


def _is_picture_above(sheet: Sheet, index: int) -> bool:
    """Whether the line above, blank ones aside, is a picture without a caption."""
    above = index - 1
    while above > 0 and not sheet.lines[above].strip():
        above -= 1
    return bool(IMAGE.search(sheet.lines[above]))


def _picture(sheet: Sheet, index: int, found: re.Match[str]) -> Cut:
    if found["rest"] is not None:
        named = {
            m["name"]: m["double"] or m["single"] or "" for m in SOURCE.finditer(found["rest"])
        }
        alt, target = named.get("alt", ""), named.get("src", "")
    else:
        alt, target = found["alt"], found["target"].strip()
    caption = "" if NO_CAPTION.fullmatch(alt.strip()) else alt
    written = f"![{caption}]({target})"
    picture = read_picture(written)
    in_cell = any(a <= found.start() < b for a, b in sheet.draft(index).areas)
    is_code = target.startswith("data:")
    if is_code and not in_cell:  # the picture itself is left out, and its place is kept
        written = f"![{caption}](data:)"
    elif picture is None or in_cell:
        where = "表格单元里有一幅图片" if in_cell else "此处有一幅图片"
        kept = "，以编码写在文本中" if is_code else ""
        message = f"{where}{kept}，没有取出；请把图片存为文件并引用，或核对原件"
        sheet.report("picture-missing", index, message)
        return Cut(*found.span())
    line = sheet.view(index)
    before, after = line[: found.start()], line[found.end() :]
    # a picture is a line of its own; tags around it are none
    alone = not re.sub(r"<[^<>]*>", "", before + after).replace(MASK, "").strip()
    return Cut(*found.span(), written if alone else f"\n{written}\n")


# the order is the priority
DIV = lazy_regex(r"(?P<fence>:{3,})(?P<opens>\s*(?:\{[^{}]{0,200}\}|[A-Za-z][\w-]{0,40})\s*:*)?")


def drop_divs(sheet: Sheet) -> None:
    """Remove the lines around a block that pandoc marks as a div; one that opens nothing stays.

    给编辑：去掉 pandoc 的分块记号，例如 `::: {.center}` 与 `:::`。
    """
    opened = 0
    for index in sheet.marked:
        shown = sheet.shown(index)
        found = DIV.fullmatch(shown) if shown.startswith(":::") else None
        if not found or not (found["opens"] or opened):
            continue
        opened += 1 if found["opens"] else -1
        sheet.draft(index).cut_all("drop_divs")


BLOCK_MARKUP: tuple[BlockRule, ...] = (
    drop_comments,  # first: anything may stand in a comment
    drop_yaml_heads,  # before rulers, which are its first and last line
    drop_code_fences,
    drop_divs,
    drop_page_marks,
    read_displayed_formulas,  # before tables and rulers: its columns are parted by & and |
    read_ruled_tables,  # before rulers, which are parts of it
    drop_rulers,
    read_details,  # before tables and pictures, which it may hold
    read_html_tables,
    read_grid_tables,  # before pipe tables: its rows have pipes too
    read_pipe_tables,
    read_pictures,  # after tables: a cell holds none
)
