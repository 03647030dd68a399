"""A page saved from a government site (.html) → text: the document without the site around it.

- The text is found by the container of a known publishing system, or as the smallest element that
  holds most of the page's lines; if much is left outside, a note in the text says so.
- Paragraphs are lines, a table is HTML without styles, a picture is ``![alt](file)``.
- The lists of facts above the text (索引号, 发文机关, 文号, 成文日期) and the <meta> elements
  give the parts of the head that the text lacks, and nothing else.
- Nothing is fetched; scripts and hidden elements are not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any, TypeAlias
from urllib.parse import unquote

from generator.content.decoding import decode
from generator.content.intake import web_frame as frame
from generator.content.intake.taken import Taken
from generator.content.intake.text import HAN, finish, lifted
from generator.language.dates import parse_date, read_date_line
from generator.language.document_numbers import DocumentNumber
from generator.language.document_types import document_type
from generator.language.head_parts import read_head_line, read_number_line
from generator.model.intake_notes import write_note
from generator.runtime.errors import SourceError, reason_of
from generator.runtime.patterns import lazy_regex

Element: TypeAlias = Any  # lxml.html.HtmlElement, whose stubs lack most of what is used here

# bytes of a page, its elements, and how deep they lie in each other; pages of sites have some
# 100,000 bytes, 1,500 elements and a depth of 30
LARGEST_PAGE, MOST_ELEMENTS, DEEPEST = 16_000_000, 300_000, 120
MOST_ABOVE, LONGEST_TITLE = 8, 150  # lines above the text in which its title may be
FEWEST_HAN = 20  # of a text
MOST_OUTSIDE = 0.25  # of the text: sentences outside it that make its range doubtful
MOST_OF_TEXT = 0.6  # share of a page's lines by which an element is taken for its text
LONGEST_LINK = 60  # characters of the words of a link
LONGEST_FACT = 600  # characters of an element that holds facts
LONGEST_DATE_LINE = 40  # characters of a date with the signature before it
LONGEST_ROW = 20_000  # characters of a table in one line
PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".bmp", ".tif", ".tiff")
SMALLEST_PICTURE = 40  # pixels; smaller ones are icons
A_TAG = lazy_regex(r"<(?:!doctype|html|head|body|meta|div|p|td|h\d|span|br)[\s>/]", re.IGNORECASE)
HAN_CHARACTER = lazy_regex(r"[\u4e00-\u9fff]")
# a line break of the page's code between ideographs prints nothing
CODE_BREAK = lazy_regex(rf"(?<={HAN})[ \t\r]*\n\s*(?={HAN})")
SPACE = lazy_regex(r"[ \t\r\n\f]+")
NOT_A_WORD = lazy_regex(r"[\W_]+")
SENTENCE_END = ("。", "；", "！", "？", ";")
# 某某市人民政府关于…的通知_示范市人民政府门户网站
# 附件： and 附件：1. before a link; 2. or nothing before the next one
ANNEXES = lazy_regex(r"附\s*件\s*[:：]\s*(?:\d{1,2}[.．、]\s*)?")
ITEM = lazy_regex(r"(?:\d{1,2}[.．、]\s*)?")
DASH = lazy_regex(r"[_|｜\-—–]")
BLOCKS = frozenset(
    ("p", "div", "section", "article", "header", "main", "center", "blockquote", "pre", "h1", "h2",
     "h3", "h4", "h5", "h6", "ul", "ol", "dl", "dt", "dd", "li", "table", "tbody", "thead", "tfoot",
     "tr", "td", "th", "form", "fieldset", "figure", "figcaption", "address", "hr", "caption",
     "body", "html", "ucapcontent", "details", "summary")
)  # fmt: skip
WHOLE = frozenset(("p", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "li", "blockquote"))
ROWS, CELLS, MOST_SPAN = ("tr", "tbody", "thead", "tfoot"), ("td", "th"), 1000
ESCAPED = lazy_regex(r"[*_~$`|]|<(?!/?su[bp]>)|&(?=#?\w{1,8};)|^[#>+-](?=\s)")


def convert_html(path: Path) -> Taken:
    """Convert a saved page into the text of issue.md; SourceError when it cannot be told."""
    return Taken(_Page(path).text())


def pictures_of(path: Path) -> tuple[str, ...]:
    """List the pictures beside a page that its text shows, relative to the page's folder."""
    page = _Page(path)
    page.text()
    return tuple(dict.fromkeys(page.pictures))


def companion_folders(path: Path) -> tuple[Path, ...]:
    """Give the folders in which a browser stores what belongs to a page: page_files/."""
    names = (f"{path.stem}_files", f"{path.stem}.files", f"{path.stem}_file")
    return tuple(path.with_name(name) for name in names)


def _parse(path: Path) -> Element:
    import lxml.html
    from lxml import etree

    try:
        size = path.stat().st_size
        data = path.read_bytes() if size <= LARGEST_PAGE else b""
    except OSError as error:
        msg = f"{path}:1: 读不出（{reason_of(error)}）；请检查这个文件"
        raise SourceError(msg) from error
    if size > LARGEST_PAGE:
        msg = f"{path}:1: 有 {size:,} 字节，网页最多读 {LARGEST_PAGE:,} 字节；请核对是否放错了文件"
        raise SourceError(msg)
    text, _ = decode(data, path)
    if not A_TAG.search(text):
        msg = f"{path}:1: 不是能读的 HTML 网页，里面没有网页的标签；请核对是否放错了文件"
        raise SourceError(msg)
    parser = lxml.html.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True
    )
    # a declaration of another encoding must not be followed: the text is decoded already
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.LxmlError, ValueError, RecursionError) as error:
        msg = f"{path}:1: 不是能读的 HTML 网页；请用浏览器另存为“网页，仅 HTML”"
        raise SourceError(msg) from error
    if root is None:
        msg = f"{path}:1: 不是能读的 HTML 网页；请用浏览器另存为“网页，仅 HTML”"
        raise SourceError(msg)
    depth = count = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        count += event == "start"
        if depth > DEEPEST or count > MOST_ELEMENTS:
            msg = (
                f"{path}:1: 网页太大或套得太深，最多读 {MOST_ELEMENTS:,} 个元素、{DEEPEST} 层；"
                "请把正文另存为 .docx 或 .txt 再放入"
            )
            raise SourceError(msg)
    return root


def _plain(text: str) -> str:
    """Give a text as a browser prints it: white space is one blank, or nothing."""
    return SPACE.sub(" ", CODE_BREAK.sub("", text))


def _fold(text: str) -> str:
    return NOT_A_WORD.sub("", text)


def _escape(text: str) -> str:
    """Protect characters that the text would otherwise be read as markup for."""
    return ESCAPED.sub(r"\\\g<0>", text)


def _words(element: Element) -> str:
    return _plain("".join(element.itertext())).strip(" \u3000\xa0")


@dataclass(slots=True)
class _Page:
    """Reads one page."""

    path: Path
    pictures: list[str] = field(default_factory=list)
    facts: dict[str, str] = field(default_factory=dict)
    titles: list[str] = field(default_factory=list)  # the surest first
    headings: list[str] = field(default_factory=list)  # titles that the page prints by itself
    notes: list[str] = field(default_factory=list)
    attached: dict[str, str] = field(default_factory=dict)  # by file name

    def text(self) -> str:
        root = _parse(self.path)
        if root.find(".//*[@class='ocr_page']") is not None:
            msg = (
                f"{self.path}:1: 不是网站的网页，是文字识别（OCR）的结果（hOCR）；"
                "请用 gazette new 整个放入，或放入识别所得的文本"
            )
            raise SourceError(msg)
        self.read_head(root)
        body = root  # a damaged page may have text beside its <body>
        _drop(e for e in body.iter() if _is_unseen(e))
        self.read_facts(body)
        main, outside = self.main_of(body)
        kept = self.lines_of(main)
        if sum(len(HAN_CHARACTER.findall(line)) for line in kept) < FEWEST_HAN:
            msg = (
                f"{self.path}:1: 网页里认不出公文的正文；可能正文由脚本载入，或只有附件和图片；"
                "请打开网页，把正文存为 .docx 或 .txt 再放入"
            )
            raise SourceError(msg)
        self.judge_range(kept, outside)
        for link in body.iter("a"):  # below or beside the text
            self.keep_attached(link)
        lines = self.with_head(kept)
        notes = [write_note("网页附件", f"{a}，没有转入；请下载后放入，或核对原件")
                 for a in self.attached.values()]  # fmt: skip
        return finish([*self.notes, *lines, *notes], self.path)

    # ---- facts about the document

    def read_head(self, root: Element) -> None:
        """Read the <meta> elements, the main heading and the title of the page."""
        for meta in root.iter("meta"):
            kind = frame.META.get((meta.get("name") or meta.get("property") or "").lower())
            if kind and (value := _plain(meta.get("content") or "").strip()):
                self.take_fact(kind, value)
        heads = [_words(e) for e in root.iter("h1")]
        self.headings = [title for title in heads if len(heads) == 1 and document_type(title)]
        if (title := root.find(".//title")) is not None:
            words = _words(title)
            # the longest beginning that is a title: behind it is the name of the site
            ends = [len(words), *(found.start() for found in reversed(list(DASH.finditer(words))))]
            heads = [words[:end].strip() for end in ends]
            self.titles.append(next(filter(document_type, heads), words))

    def take_fact(self, kind: str, value: str) -> None:
        value = value.strip(" \u3000\xa0")
        if not value:
            return
        if kind == frame.TITLE:
            self.titles.insert(0, value)
        elif kind:
            self.facts.setdefault(kind, value)

    def read_facts(self, body: Element) -> None:
        """Read the lists of facts above or beside the text, and take them out of the page."""
        found: list[tuple[Element, Element | None, list[tuple[str, str]]]] = []
        sizes = _sizes(body)
        used: set[Element] = set()
        around_blocks = {e.getparent() for e in body.iter() if e.tag in BLOCKS or e.tag == "br"}
        for element in body.iter():
            if element in used or sizes[element] > LONGEST_FACT or element in around_blocks:
                continue
            text = _words(element)
            after = element.getnext()
            after = after if after in sizes else None
            if frame.label_of(text):
                value = _words(after) if after is not None and sizes[after] <= 300 else ""
                # the head of a table lists labels without values
                if after is not None and after.tag != "br" and not frame.label_of(value):
                    found.append((element, after, [(frame.label_of(text), value)]))
                    used.update((*element.iter(), *after.iter()))
            elif facts := frame.facts_in(text):
                found.append((element, None, facts))
                used.update(element.iter())
        counts: dict[Element, int] = {}
        for element, _, facts in found:
            for above in [element, *element.iterancestors()][:5]:
                counts[above] = counts.get(above, 0) + len(facts)
        for element, after, facts in found:
            around = [element, *element.iterancestors()][:5]
            if max(counts[above] for above in around) < frame.FEWEST_FACTS:
                continue
            for label, value in facts:
                self.take_fact(frame.LABELS[label], value)
            _drop(each for each in (element, after) if each is not None)

    # ---- where the text is

    def main_of(self, body: Element) -> tuple[Element, list[str]]:
        """Find the element with the text; give it, and the sentences outside it."""
        main = _container(body)
        if main is None:
            main = self.descend(body)
        inside = set(main.iter())
        above = [line for line, at in _flat_lines(body, main) if not _in_frame(at)]
        self.headings += [
            line for line in reversed(above[-MOST_ABOVE:])
            if document_type(line) and 8 <= len(line) <= LONGEST_TITLE
        ]  # fmt: skip
        outside = [
            line
            for line, at in _flat_lines(body)
            if at not in inside and line.endswith(SENTENCE_END) and not _in_frame(at)
        ]
        return main, outside

    def descend(self, body: Element) -> Element:
        """Find the smallest element that holds most lines which are no links and no frame."""
        sizes: dict[Element, int] = {}
        telling: dict[Element, int] = {}  # dates and numbers below an element
        for line, at in _flat_lines(body):
            if frame.is_frame_line(line) or _in_frame(at):
                continue
            is_told = _is_date(line) or bool(read_number_line(line)[0])
            for above in (at, *at.iterancestors()):
                sizes[above] = sizes.get(above, 0) + len(line)
                telling[above] = telling.get(above, 0) + is_told
        node = body
        while node.tag not in WHOLE:
            best = max(node, key=lambda child: sizes.get(child, 0), default=None)
            if best is None or sizes.get(best, 0) < MOST_OF_TEXT * sizes.get(node, 1):
                break
            if best.tag in WHOLE or telling.get(best, 0) < telling.get(node, 0):
                break
            if best.tag == "table" and _is_table(best):
                break
            node = best
        return node

    def judge_range(self, kept: Sequence[str], outside: Sequence[str]) -> None:
        """Say it when the range of the text is doubtful."""
        if sum(map(len, outside)) > MOST_OUTSIDE * sum(map(len, kept)):
            message = (
                f"网页上正文之外还有成段的文字（“{outside[0][:30]}…”等{len(outside)}段），"
                "没有转入；请打开网页核对正文是否完整"
            )
            self.notes.append(write_note("网页正文", message))
        elif outside:
            message = f"网页上正文之外的文字没有转入：“{outside[0][:60]}”等{len(outside)}段"
            self.notes.append(write_note("网页信息", message))

    # ---- lines

    def lines_of(self, main: Element) -> list[str]:
        """Give the lines of the text, without those of the site."""
        for element in list(main.iter()):
            if element is not main and _names_frame(element) and _is_of_links(element):
                _drop([element])
        writer = _Lines(self)
        writer.block(main)
        lines = [line for line in writer.lines if line.strip()]
        own = [n for n, line in enumerate(lines) if not frame.is_frame_line(line)]
        first = next((n for n in own if _is_body(lines[n])), len(lines))
        ends = [n for n in own if _is_body(lines[n]) or _is_date(lines[n])]
        last = max(ends, default=len(lines))
        kept: list[str] = []
        for n, line in enumerate(lines):
            if frame.is_of_buttons(line):
                continue
            if frame.is_frame_line(line) and not first < n <= last:
                continue
            if frame.is_related(line):
                if any(_is_body(below) for below in lines[n + 1 :]):
                    words = f"“{line}”以下还有成段的文字，可能不属于这篇公文，不属于的请删去"
                    kept.append(write_note("网页正文", words))
                continue
            kept.append(line)
        return kept

    def keep_attached(self, link: Element) -> str:
        """Keep a link to a file that can be downloaded; give its words, "" for other links."""
        address = (link.get("href") or "").strip()
        if not frame.DOWNLOAD.search(address) or address.lower().startswith("javascript:"):
            return ""
        name = PurePosixPath(unquote(address.split("?")[0].split("#")[0])).name
        words = _words(link) or (link.get("title") or "").strip() or name
        shown = f"{words}（{name}）" if name and name not in words else words
        self.attached.setdefault(name or words, shown)
        return words

    def picture(self, image: Element) -> str:
        """Give the line of a picture; "" for an icon."""
        source = (image.get("src") or "").strip()
        sizes = [image.get(name, "").removesuffix("px") for name in ("width", "height")]
        if any(size.isdecimal() and int(size) < SMALLEST_PICTURE for size in sizes):
            return ""
        if not source or frame.ICON.search(PurePosixPath(source.split("?")[0]).name[:60]):
            return ""
        alt = re.sub(r"[\[\]\n]", "", _plain(image.get("alt") or "")).strip()
        if alt.lower().endswith(PICTURES):
            alt = ""
        if source.lower().startswith("data:"):
            return f"![{alt}](data:)"
        target = source if "//" in source else self.beside(source)
        return f"![{alt}](<{target}>)" if re.search(r"[\s()]", target) else f"![{alt}]({target})"

    def beside(self, source: str) -> str:
        """Give the path of a picture below the page's folder, and note it if it is there."""
        place = PurePosixPath(unquote(source.split("?")[0]).replace("\\", "/"))
        parts = [part for part in place.parts if part not in (".", "/")]
        target = "/".join(parts)
        if ".." not in parts and len(parts) <= 2 and place.suffix.lower() in PICTURES:
            file = self.path.parent / target
            root = self.path.parent.resolve()
            if file.is_file() and file.resolve().is_relative_to(root):
                self.pictures.append(target)
        return target

    # ---- the head

    def with_head(self, lines: list[str]) -> list[str]:
        """Add what the text lacks of its head: title, number, date, issuer; and say so."""
        head = lines[:12]
        taken: list[str] = []
        title = next((t for t in (*self.headings, *self.titles) if document_type(t)), "")
        first, end = _find_title(head, title)
        if end:
            marked = [f"# {line}" for line in lines[first:end]]
            lines = [*lines[:first], *marked, *lines[end:]]
        elif title:
            lines = [f"# {_escape(title)}", *lines]
            first, end = 0, 1
            if title not in self.headings:
                taken.append("标题")
        elif not any(document_type(line) for line in head):
            self.notes.append(
                write_note("网页正文", "网页里认不出公文的标题；请在正文之前补上一行")
            )
        issuer = self.facts.get(frame.ISSUER, "")
        dated = any(map(_is_date, lines))
        number = self.facts.get(frame.NUMBER, "")
        at = next((n for n, line in enumerate(lines[:15]) if read_number_line(line)[0]), -1)
        own = read_number_line(lines[at])[0] if at >= 0 else None
        told = DocumentNumber.parse(number)
        if own and told and own != told:
            self.notes.append(
                write_note(
                    "网页正文", f"网页信息栏的文号是“{number}”，正文作“{own}”；以正文为准，请核对"
                )
            )
        if own is None and told:
            lines.insert(end, number)
            at = end
            taken.append("发文字号")
        date = _day(self.facts.get(frame.DATE, ""))
        if not dated and date:
            if at >= 0:
                lines[at] = f"{date}\u3000{lines[at]}"
            else:
                lines.insert(end, f"（{date}）")
            taken.append("成文日期")
        elif not dated and (published := self.facts.get(frame.PUBLISHED)):
            self.notes.append(
                write_note("网页正文", f"正文没有成文日期；网页的发布日期是“{published[:20]}”，"
                           "与成文日期未必相同，没有采用，请核对后补上")
            )  # fmt: skip
        if end and lines[first].startswith("# 关于") and not dated and 1 < len(issuer) <= 40:
            lines.insert(first, f"# {_escape(issuer)}")
            taken.append("发文机关")
        if taken:
            self.notes.append(
                write_note("网页信息", f"{'、'.join(taken)}取自网页的信息栏，正文里没有；请核对")
            )
        return lines


def _day(value: str) -> str:
    """Give a date in any notation as 2024年3月5日; "" if it is none."""
    iso = parse_date(value) or read_date_line(value.split()[0] if value.split() else "")
    parts = iso.split("-")
    return "{}年{}月{}日".format(*(int(part) for part in parts)) if len(parts) == 3 else ""


def _find_title(lines: Sequence[str], title: str) -> tuple[int, int]:
    """Find the lines in which a text prints its title; (0, 0) if it does not."""
    whole = _fold(title)
    for first in range(min(len(lines), 8)):
        if read_head_line(lines[first]) or not _fold(lines[first]):
            continue
        for end in range(first + 1, min(first + 6, len(lines)) + 1):
            joined = _fold("".join(lines[first:end]))
            if len(joined) > len(whole) + 60 or _is_body(lines[end - 1]):
                break
            # the page's title may lack the issuer, and the text's may be the shorter one
            same = joined == whole or (whole and joined.endswith(whole))
            if same or (whole.endswith(joined) and len(joined) > 8 and document_type(joined)):
                return first, end
            if not whole.startswith(joined) and document_type("".join(lines[first:end])):
                break
    return 0, 0


def _is_body(line: str) -> bool:
    return line.rstrip().endswith((*SENTENCE_END, "：", ":")) or line.startswith("<table")


def _is_date(line: str) -> bool:
    """Whether a line is the date of a document, a signature or a number beside it."""
    is_short = len(line) <= LONGEST_DATE_LINE and not line.endswith(SENTENCE_END)
    return is_short and bool(read_date_line(line))


def _drop(elements: Iterable[Element]) -> None:
    """Take elements out of the page; the text behind them stays."""
    for element in list(elements):
        parent = element.getparent()
        if parent is None:
            continue
        if element.tail:
            before = element.getprevious()
            if before is None:
                parent.text = (parent.text or "") + element.tail
            else:
                before.tail = (before.tail or "") + element.tail
        parent.remove(element)


def _is_unseen(element: Element) -> bool:
    if not isinstance(element.tag, str) or element.tag in frame.NO_TEXT:
        return True
    return element.get("hidden") is not None or bool(
        frame.HIDDEN.search(element.get("style") or "")
    )


def _sizes(body: Element) -> dict[Element, int]:
    """Give the count of characters in each element."""
    sizes: dict[Element, int] = {}
    for element in reversed(list(body.iter())):
        own = len(element.text or "") + sum(len(child.tail or "") for child in element)
        sizes[element] = own + sum(sizes[child] for child in element)
    return sizes


def _flat_lines(body: Element, end: Element = None) -> Iterator[tuple[str, Element]]:
    """Give the lines outside links, each with the block that it stands in, up to an element."""
    pieces: list[str] = []
    stack: list[tuple[Element, bool]] = [(body, False)]
    at = body

    def flush() -> Iterator[tuple[str, Element]]:
        if line := _plain("".join(pieces)).strip(" \u3000\xa0"):
            yield line, at
        pieces.clear()

    while stack:
        element, is_end = stack.pop()
        if element is end:
            break
        is_block = element.tag in BLOCKS or element.tag == "br"
        if is_block:
            yield from flush()
            around = element.getparent() if is_end or element.tag == "br" else element
            at = around if around is not None else body
        if is_end:
            pieces.append(element.tail or "" if element is not body else "")
            continue
        stack.append((element, True))
        if element.tag == "a" and _is_plain_link(element):
            continue
        pieces.append(element.text or "")
        stack += [(child, False) for child in reversed(element)]
    yield from flush()


def _is_plain_link(link: Element) -> bool:
    """Whether a link leads to another page, and is no paragraph of the text that a site linked."""
    return not frame.DOWNLOAD.search(link.get("href") or "") and len(_words(link)) < LONGEST_LINK


def _container(body: Element) -> Element | None:
    """Find the container of a known publishing system that holds the most text."""
    sizes = _sizes(body)
    found: dict[str, list[Element]] = {}
    for element in body.iter():
        name = frame.container_of(element.get("id") or "", element.get("class") or "")
        if name and sizes[element] >= FEWEST_HAN:
            found.setdefault(name, []).append(element)
    for container in frame.CONTAINERS:
        if container.name in found:
            best: Element = max(found[container.name], key=lambda each: sizes[each])
            return best
    return None


def _names_frame(element: Element) -> bool:
    names = f"{element.get('id') or ''} {element.get('class') or ''}"
    return frame.has_frame_name(names)


def _in_frame(element: Element) -> bool:
    """Whether a block belongs to the site's frame by a name on the way up."""
    return any(_names_frame(e) for e in (element, *element.iterancestors()) if e.tag != "body")


def _is_of_links(element: Element) -> bool:
    """Whether an element holds hardly anything but links and lines of the site."""
    lines = [line for line, _ in _flat_lines(element)]
    return all(frame.is_frame_line(line) or len(line) < 8 for line in lines)


def _rows(table: Element) -> list[Element]:
    """Give the rows of a table, without those of tables in it."""
    inner = [[part] if part.tag == "tr" else part for part in table if part.tag in ROWS]
    return [row for part in inner for row in part if row.tag == "tr"]


def _is_table(table: Element) -> bool:
    """Whether a table holds data: several columns, and no text set in it for its place."""
    rows = [[cell for cell in row if cell.tag in CELLS] for row in _rows(table)]
    if max(map(len, rows), default=0) < 2 or table.find(".//table") is not None:
        return False
    longest = max((len(_words(cell)) for row in rows for cell in row), default=0)
    return len(rows) > 2 or longest <= 400


def _span(cell: Element, name: str) -> str:
    value = (cell.get(name) or "").strip()
    if value.isdecimal() and len(value) < 5 and 1 < int(value) <= MOST_SPAN:
        return f' {name}="{int(value)}"'
    return ""


class _Lines:
    """Writes the lines of a text: paragraphs, tables, pictures."""

    def __init__(self, page: _Page) -> None:
        self.page = page
        self.lines: list[str] = []
        self.pieces: list[tuple[str, str]] = []  # with sub, sup or ""
        self.annex = -1  # the last line that names an annex by a link to its file
        self.items: dict[Element, int] = {}  # how many items of a numbered list were written

    def end_line(self) -> None:
        text = _plain(lifted(self.pieces)).strip(" \u3000\xa0")
        self.pieces = []
        if text:
            self.lines.append(_escape(text))

    def block(self, element: Element) -> None:
        self.end_line()
        if element.tag == "pre":  # its line breaks are printed
            for line in "".join(element.itertext()).splitlines():
                self.pieces.append((line, ""))
                self.end_line()
            return
        if element.tag == "table" and _is_table(element):
            self.lines.append(self.table(element))
            return
        if element.tag == "li":
            self.pieces.append((self.item_number(element), ""))
        self.inside(element, "")
        self.end_line()

    def inside(self, element: Element, lift: str) -> None:
        self.pieces.append((element.text or "", lift))
        for child in element:
            self.child(child, lift)
            self.pieces.append((child.tail or "", lift))

    def child(self, child: Element, lift: str) -> None:
        tag = child.tag
        if tag == "br" or tag == "hr":
            self.end_line()
        elif tag == "img":
            if line := self.page.picture(child):
                self.end_line()
                self.lines.append(line)
        elif tag in BLOCKS:
            self.block(child)
        elif tag == "a" and self.is_dropped(child):
            if self.is_annex():
                self.pieces.append((frame.FILE_NAME.sub("", _words(child)), lift))
        else:
            self.inside(child, tag if tag in ("sub", "sup") else lift)

    def is_annex(self) -> bool:
        """Whether a link is part of the list of annexes (附件说明), which a site may link."""
        begun = "".join(piece for piece, _ in self.pieces).strip()
        above = self.lines[-1] if self.lines else ""
        is_list = begun or self.annex == len(self.lines) - 1 >= 0
        if ANNEXES.fullmatch(begun or above) or (is_list and ITEM.fullmatch(begun)):
            self.annex = len(self.lines)
            return True
        return False

    def is_dropped(self, link: Element) -> bool:
        """Whether a link is no text: a file to download, an explanation of the document."""
        words = _words(link)
        around = link.getparent()
        line = _words(around) if around is not None and around.tag in BLOCKS else ""
        if frame.DOWNLOAD.search(link.get("href") or ""):
            return bool(frame.FILE_NAME.search(words)) or line == words == "下载"
        return bool(line == words and frame.EXPLAINS.search(words) and len(words) > 3)

    def item_number(self, item: Element) -> str:
        """Give the number that a browser prints before an item of a list; "" for none."""
        around = item.getparent()
        if around is None or around.tag != "ol":
            return ""
        self.items[around] = self.items.get(around, 0) + 1
        if "none" in (around.get("style") or "") + (item.get("style") or ""):
            return ""
        begin = around.get("start") or "1"
        first = int(begin) if begin.isdecimal() and len(begin) < 6 else 1
        return f"{first + self.items[around] - 1}. "

    def table(self, table: Element) -> str:
        """Write a table in one line of HTML, in several if it is very long."""
        rows: list[str] = []
        for row in _rows(table):
            cells = []
            for cell in row:
                if cell.tag in CELLS:
                    spans = _span(cell, "rowspan") + _span(cell, "colspan")
                    cells.append(f"<{cell.tag}{spans}>{self.cell(cell)}</{cell.tag}>")
            if cells:
                is_head = row.getparent().tag == "thead"
                line = f"<tr>{''.join(cells)}</tr>"
                rows.append(f"<thead>{line}</thead>" if is_head else line)
        caption = table.find("caption")
        if caption is not None and (words := _words(caption)):
            self.lines.append(_escape(words))
        text = f"<table>{''.join(rows)}</table>".replace("</thead><thead>", "")
        return text if len(text) <= LONGEST_ROW else "<table>\n" + "\n".join(rows) + "\n</table>"

    def cell(self, cell: Element) -> str:
        inner = _Lines(self.page)
        inner.inside(cell, "")
        inner.end_line()
        return "<br>".join(inner.lines)
