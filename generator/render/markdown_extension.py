"""A small extension of Python-Markdown: six notations that official documents need.

- ``{: #s1-1 .run-in lead="7" depth="1" }``: a unit with heading and text in one paragraph. The
  first seven characters are shown like a heading; the page's table of contents lists the unit.
- ``{: #title lead="7" }``: a title in which the first seven characters name the issuer.
- ``{: #t1 header-rows="2" spans="0,0,2,1 0,2,1,3" }`` after a table: its id, from which its rows
  get theirs, the number of rows in its header (0: it has none), and its merged cells: first row
  and column, both from 0, count of rows and columns. The other cells that they cover are empty.
  ``rows="2"``: the only row below the first one is printed, and empty.
- ``{: #t1-caption .caption }``: a paragraph that is the caption of the table below it.
- ``{: #s1 pages="0:12 86:13" }``: the printed pages that begin in a block, each with its place: of
  a paragraph the character before which it begins, of a table the row. The style sheet shows them.
  ``86:13:pages/0003-large.webp`` leads to a picture of the page.
- ``{: #title breaks="7 12" }``: a title in which a line may end before these characters, from 0.
- ``{U+202E}``: the place of a removed invisible character; braces of official text are escaped.

Everything else is plain Markdown with attribute lists. A renderer without this extension shows
the same text and misses only the typography.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from html import unescape
from typing import Any, TypedDict
from xml.etree import ElementTree

from markdown import Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension
from markdown.extensions.attr_list import get_attrs
from markdown.extensions.tables import TableProcessor
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from generator.language.ordinals import parse_ordinal
from generator.language.unbroken import SIGNS, UNBROKEN
from generator.runtime.patterns import lazy_regex

ATTRIBUTES = lazy_regex(r"^\{:(?P<attributes>[^{}\n]*)\}$")
HEADING = lazy_regex(r"h[1-6]")
TOC_LENGTH = 40  # characters of a label in the table of contents
# the name of an article behind its ordinal: 【罚则】, （罚则）
ARTICLE_NAME = lazy_regex(r"[\s\u3000]*((?:【[^【】]{1,20}】|（[^（）]{1,20}）))")
# of tree processors; a higher one runs first. Before attr_list (8) there are no ids yet; after the
# table of contents it would be too late for the labels of tables
BLOCKS_PRIORITY, TOC_PRIORITY = 6, 4
ATTRIBUTED_PRIORITY = 110  # runs before all block processors of Markdown
ATTRIBUTED = lazy_regex(
    r"""(?:(?P<hashes>\#{1,6})[ ](?P<heading>[^\n]*?[^\n\#\\])[ ]
    |(?P<paragraph>(?:[^\W\d_]|\d+(?![\d.)])|[“‘（《〈【〔—…])[^\n]*)\n)
    \{:[ ](?P<attributes>(?:[\#.][\w.-]+[ ]|[\w-]+="[^"{}\n]*"[ ])+)\}$""",
    re.VERBOSE,
)
ATTRIBUTE = lazy_regex(r"\#([\w.-]+)|\.([\w.-]+)|([\w-]+)=\"([^\"]*)\"")
TABLE_NUMBER = lazy_regex(r"\bt(?P<number>\d+)(?:-b\d+)?$")
PAGE_BEGUN = lazy_regex(r"(\d+):([\w—–、·-]+)(?::(\S+))?")
SPAN = lazy_regex(r"\b(\d+),(\d+),(\d+),(\d+)\b")
# of the columns of a table with merged cells: the most characters of a text, and the class
WIDTHS = ((4, "narrow"), (24, "middle"))
# the same as in Markdown's tables extension
TABLE_PRIORITY, TABLES = 75, {"use_align_attribute": False}
# runs just before the inline patterns (20): each of them needs one of these characters, or \x02,
# with which a placeholder begins
PLAIN_PRIORITY = 21
INLINE = lazy_regex(r"[\\`*_\[!<&{\x02]|  \n")
# runs after links and before emphasis, so that emphasis may contain it
INVISIBLE_PRIORITY, INVISIBLE = 65, r"\{(U\+[0-9A-F]{4,6})\}"


# a placeholder of Markdown: of a character behind a backslash, or of an entity or a tag
STASHED = lazy_regex(r"\x02(?:(?P<code>\d+)|wzxhzdk:(?P<place>\d+))\x03")


class TocToken(TypedDict):
    """One entry of ``Markdown.toc_tokens``, in the shape of the toc extension."""

    level: int
    id: str
    name: str
    html: str
    children: list[TocToken]


class UnitsExtension(Extension):
    """The extension; the docstring of the module describes its notations."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the name Markdown calls
        """Register the processors of this module and remove those that they replace."""
        md.treeprocessors.deregister("toc", strict=False)  # TocProcessor replaces it
        if "table" in md.parser.blockprocessors:
            md.parser.blockprocessors.deregister("table")
            md.parser.blockprocessors.register(
                BarredTables(md.parser, TABLES), "table", TABLE_PRIORITY
            )
        md.parser.blockprocessors.register(
            AttributedBlocks(md.parser), "gazette_attributed", ATTRIBUTED_PRIORITY
        )
        md.inlinePatterns.register(
            InvisibleCharacters(INVISIBLE, md), "gazette_invisible", INVISIBLE_PRIORITY
        )
        md.treeprocessors.register(PlainProcessor(md), "gazette_plain", PLAIN_PRIORITY)
        md.treeprocessors.register(BlocksProcessor(md), "gazette_blocks", BLOCKS_PRIORITY)
        md.treeprocessors.register(TocProcessor(md), "gazette_toc", TOC_PRIORITY)


class AttributedBlocks(BlockProcessor):
    """Makes headings and paragraphs of one line with an attribute list: nearly all of a gazette.

    Markdown and attr_list make the same elements of them, but try a dozen patterns for each.
    """

    def test(self, parent: ElementTree.Element, block: str) -> bool:
        """Say whether a block is such a line, directly in the page and not in a list."""
        return parent is self.parser.root and ATTRIBUTED.match(block) is not None

    def run(self, parent: ElementTree.Element, blocks: list[str]) -> bool | None:
        """Make the element of the first block."""
        found = ATTRIBUTED.match(blocks[0])
        if found is None:
            return False
        hashes, text = found["hashes"], found["heading"] or found["paragraph"]
        element = ElementTree.SubElement(parent, f"h{len(hashes)}" if hashes else "p")
        element.text = text.strip()
        for name, kind, key, value in ATTRIBUTE.findall(found["attributes"]):
            if kind:
                above = element.get("class")
                element.set("class", f"{above} {kind}" if above else kind)
            else:
                element.set("id" if name else key, name or value)
        blocks.pop(0)
        return None


class BarredTables(TableProcessor):
    """Makes tables; a block without | is not tested any further, which saves time."""

    def test(self, parent: ElementTree.Element, block: str) -> bool:
        """Say whether a block is a table."""
        return "|" in block and super().test(parent, block)


class InvisibleCharacters(InlineProcessor):
    """Shows where an invisible character was removed: the style sheet draws a box with its name."""

    def handleMatch(  # type: ignore[override]  # noqa: N802 - the name Markdown calls
        self,
        m: re.Match[str],
        data: str,  # noqa: ARG002 - the library passes it
    ) -> tuple[ElementTree.Element, int, int]:
        """Make the element. It has no text, so that none is copied, found or read as official."""
        about = {"class": "added invisible-sign", "data-sign": m[1], "role": "img"}
        about["aria-label"] = f"此处有看不见的字符{m[1]}，已去掉"
        return ElementTree.Element("span", about), m.start(0), m.end(0)


class PlainProcessor(Treeprocessor):
    """Marks texts without inline notation as finished (``AtomicString``).

    Markdown then tries no inline pattern on them. They are most of a gazette, and this saves half
    of the time.
    """

    def run(self, root: ElementTree.Element) -> None:
        """Change the tree in place."""
        for element in root.iter():
            if element.text and not INLINE.search(element.text):
                element.text = AtomicString(element.text)


class BlocksProcessor(Treeprocessor):
    """Wraps the leads of run-in units and titles, and applies the attribute lines of tables."""

    def run(self, root: ElementTree.Element) -> None:
        """Change the tree in place."""
        self._restore(root)
        label = "title"  # the id that TocProcessor gives the first heading
        above: ElementTree.Element | None = None
        caption: ElementTree.Element | None = None  # of the table that follows
        for element in list(root):
            if HEADING.fullmatch(element.tag):
                label = element.get("id", label)
                self._set_lead(element, "issuer")
            elif element.tag == "table":
                element.set("aria-labelledby", label)
                if caption is not None:
                    root.remove(caption)
                    _set_caption(element, caption)
            elif element.tag == "p":
                if above is not None and above.tag == "table" and _is_attributes(element):
                    _describe_table(above, element.text or "")
                    root.remove(element)
                elif "run-in" in element.get("class", "").split():
                    self._set_lead(element, "lead")
            if listed := element.attrib.pop("pages", ""):
                for at, page, picture in PAGE_BEGUN.findall(listed):
                    self._insert(element, int(at), _page_begun(page, picture))
            for at in element.attrib.pop("breaks", "").split():
                self._insert(element, int(at), ElementTree.Element("wbr"))
            if element.tag == "p" and element.get("id"):
                _bind_numbers(element)
            if not STASHED.fullmatch(element.text or ""):  # a former address is no block
                caption = element if element.get("class") == "caption" else None
            above = element

    def _restore(self, root: ElementTree.Element) -> None:
        """Replace Markdown's placeholders by the characters, so that each counts as one character.

        The placeholders of & and of tags remain; a page shows no text for a tag.
        """
        for element in root.iter():
            if element.text and "\x02" in element.text:
                element.text = AtomicString(STASHED.sub(self._restored, element.text))
            if element.tail and "\x02" in element.tail:
                element.tail = AtomicString(STASHED.sub(self._restored, element.tail))

    def _restored(self, found: re.Match[str]) -> str:
        char = chr(int(found["code"])) if found["code"] else _shown(found, self.md)
        # Markdown would read & and the text after it as an entity again
        return found[0] if char in ("", "&") else char

    def _cut(self, text: str, length: int) -> int:
        """Give the offset after the first ``length`` shown characters; tags count as none.

        Closing tags at that place are before the offset.
        """
        at = 0
        while at < len(text):
            found = STASHED.match(text, at)
            shown = _shown(found, self.md) if found else text[at]
            if not (length or (found and _stashed(found, self.md).startswith("</"))):
                break
            at, length = found.end() if found else at + 1, length - len(shown)
        return at

    def _length(self, text: str) -> int:
        """Count the characters of a text that a page shows."""
        return len(STASHED.sub(lambda found: _shown(found, self.md), text))

    def _insert(self, element: ElementTree.Element, at: int, mark: ElementTree.Element) -> int:
        """Insert an empty element before the shown character with the number ``at``, from 0.

        Gives the count of characters that are still to be passed; below 0, if it was inserted.
        """
        text = element.text or ""
        if at < (length := self._length(text)) or at == 0:
            cut = self._cut(text, at)
            element.text, mark.tail = AtomicString(text[:cut]), AtomicString(text[cut:])
            element.insert(0, mark)
            return -1
        at -= length
        for child in list(element):
            if "added" not in child.get("class", "").split():
                at = self._insert(child, at, mark)
            if at < 0:
                return at
            text = child.tail or ""
            if at < (length := self._length(text)):
                cut = self._cut(text, at)
                child.tail, mark.tail = AtomicString(text[:cut]), AtomicString(text[cut:])
                element.insert(list(element).index(child) + 1, mark)
                return -1
            at -= length
        return at

    def _set_lead(self, paragraph: ElementTree.Element, name: str) -> None:
        """Wrap the lead of a paragraph, with the links in it, in a span of the class ``name``."""
        length = int(paragraph.attrib.pop("lead", "0"))
        if not length:
            return
        lead = ElementTree.Element("span", {"class": name})
        text = paragraph.text or ""
        at = self._cut(text, length)
        lead.text, paragraph.text = AtomicString(text[:at]), ""
        length -= self._length(lead.text)
        if not length:
            lead.tail = AtomicString(text[at:])
        while length and len(paragraph):
            child = paragraph[0]
            paragraph.remove(child)
            lead.append(child)
            length = max(length - self._length("".join(child.itertext())), 0)
            tail = child.tail or ""
            at = self._cut(tail, length)
            child.tail = AtomicString(tail[:at])
            if at < len(tail) or not length:
                lead.tail = AtomicString(tail[at:])
            length -= self._length(child.tail)
        paragraph.insert(0, lead)


def _bind_numbers(element: ElementTree.Element) -> None:
    """Put numbers with their units into spans that no line cuts; not those that a link cuts."""
    for child in list(element):
        if "added" in child.get("class", "").split():
            continue
        _bind_numbers(child)
    at = 0
    element.text, bound = _bound(element.text)
    for span in bound:
        element.insert(at, span)
        at += 1
    for child in list(element)[at:]:
        child.tail, bound = _bound(child.tail)
        at = list(element).index(child) + 1 if bound else at
        for span in bound:
            element.insert(at, span)
            at += 1


def _bound(text: str | None) -> tuple[str | None, list[ElementTree.Element]]:
    """Cut a text before its first number with a unit, into the rest and spans with their tails."""
    if not text or SIGNS.isdisjoint(text):
        return text, []
    spans: list[ElementTree.Element] = []
    first, end = len(text), 0
    for found in UNBROKEN.finditer(text):
        if spans:
            spans[-1].tail = AtomicString(text[end : found.start()])
        else:
            first = found.start()
        end = found.end()
        spans.append(_number(found))
    if spans:
        spans[-1].tail = AtomicString(text[end:])
    return AtomicString(text[:first]), spans


def _number(found: re.Match[str]) -> ElementTree.Element:
    span = ElementTree.Element("span", {"class": "n"})
    if not found["opening"]:
        span.text = AtomicString(found[0])
        return span
    for char, kind, tail in (
        (found["opening"], "o", found["year"]),
        (found["closing"], "c", found["serial"]),
    ):
        bracket = ElementTree.SubElement(span, "span", {"class": kind})
        bracket.text, bracket.tail = AtomicString(char), AtomicString(tail)
    return span


def _page_begun(page: str, picture: str = "") -> ElementTree.Element:
    """Make the place where a page begins. It has no text: none is copied, found or read back."""
    about = {"class": "added page-begun", "data-page": page}
    if picture:
        leads = {"href": picture, "aria-label": f"第{page}页：看原页图片"}
        return ElementTree.Element("a", {**about, **leads})
    return ElementTree.Element("span", {**about, "role": "separator", "aria-label": f"第{page}页"})


def _stashed(found: re.Match[str], md: Markdown) -> str:
    stashed = md.htmlStash.rawHtmlBlocks[int(found["place"])] if found["place"] else ""
    return stashed if isinstance(stashed, str) else ""


def _shown(found: re.Match[str], md: Markdown) -> str:
    """Give the character that an entity means; empty for a tag, which shows no text."""
    stashed = _stashed(found, md)
    return unescape(stashed) if stashed.startswith("&") else ""


def _is_attributes(element: ElementTree.Element) -> bool:
    return not len(element) and bool(ATTRIBUTES.match((element.text or "").strip()))


def _set_caption(table: ElementTree.Element, paragraph: ElementTree.Element) -> None:
    """Make a paragraph the caption of a table, which is named by it then."""
    caption = ElementTree.Element("caption", {"id": paragraph.get("id", "")})
    caption.text = paragraph.text
    caption.extend(list(paragraph))
    table.insert(0, caption)
    table.set("aria-labelledby", caption.get("id", ""))


def _describe_table(table: ElementTree.Element, text: str) -> None:
    found = ATTRIBUTES.match(text.strip())
    attributes = dict(get_attrs(found["attributes"])) if found else {}
    anchor = attributes.get("id", "")
    table.set("id", anchor)
    head, body = table.find("thead"), table.find("tbody")
    if head is None or body is None:
        return
    is_empty = len(body) == 1 and not any(len(cell) or cell.text for cell in body[0])
    if is_empty and "rows" not in attributes:
        body.remove(body[0])  # Python-Markdown adds an empty row to a table that has only a header
    header_rows = int(attributes.get("header-rows", "1"))
    if not header_rows:
        body[:0] = list(head)
        table.remove(head)
        for cell in body[0]:
            cell.tag = "td"
    for row in list(body)[: max(header_rows - 1, 0)]:
        body.remove(row)
        head.append(row)
        for cell in row:
            cell.tag = "th"
    if (found := TABLE_NUMBER.search(anchor)) and table.find("caption") is None:
        caption = ElementTree.Element("caption", {"class": "added"})
        caption.text = f"表{found['number']}"
        table.insert(0, caption)
    for cell in head.iter("th"):
        cell.set("scope", "col")
    for number, row in enumerate(body, 1):
        row.set("id", f"{anchor}-r{number}")
    rows = list(table.iter("tr"))
    for row_number, page, picture in PAGE_BEGUN.findall(attributes.get("pages", "")):
        _begin_row(rows[int(row_number)], page, picture)
    if spans := SPAN.findall(attributes.get("spans", "")):
        _merge_cells(table, [(int(a), int(b), int(c), int(d)) for a, b, c, d in spans])


def _begin_row(row: ElementTree.Element, page: str, picture: str) -> None:
    """Say in the first cell of a row that a page begins there."""
    mark = _page_begun(page, picture)
    mark.tail, row[0].text = row[0].text, ""
    row[0].insert(0, mark)


def _merge_cells(table: ElementTree.Element, spans: Sequence[tuple[int, int, int, int]]) -> None:
    """Merge cells of a table, and say which rows and columns a heading is for.

    A cell of the first column that was merged over rows is the heading of these rows.
    """
    rows = [list(row) for row in table.iter("tr")]
    width = len(rows[0])
    _set_widths(rows, spans)
    table.set("data-merged", "")
    parents = list(table.iter("tr"))
    groups = [1] * width  # of the columns; 0: in the group of one before
    first_row = spans[0][2] if spans[0][:2] == (0, 0) and spans[0][3] == width else 0
    for row, column, row_span, col_span in spans:
        cell = rows[row][column]
        for name, count in (("rowspan", row_span), ("colspan", col_span)):
            if count > 1:
                cell.set(name, str(count))
        if cell.tag == "td" and column == 0 and row_span > 1:
            cell.tag = "th"
            cell.set("scope", "row")
        elif cell.tag == "th" and col_span > 1 and row == first_row:
            cell.set("scope", "colgroup")
            groups[column : column + col_span] = [col_span, *([0] * (col_span - 1))]
        for n in range(row, row + row_span):
            for covered in rows[n][column : column + col_span]:
                if covered is not cell:
                    parents[n].remove(covered)
    if max(groups) > 1:  # else no heading is for a group of columns
        place = 1 if table.find("caption") is not None else 0
        for count in reversed([count for count in groups if count]):
            table.insert(place, ElementTree.Element("colgroup", {"span": str(count)}))


def _set_widths(
    rows: Sequence[Sequence[ElementTree.Element]], spans: Iterable[tuple[int, int, int, int]]
) -> None:
    """Class the cells of each column by its longest paragraph: CSS cannot count the columns."""
    wide = {(row, column) for row, column, _, col_span in spans if col_span > 1}
    for column in range(len(rows[0])):
        own = [row[column] for n, row in enumerate(rows) if (n, column) not in wide]
        longest = max(map(_longest_line, own), default=0)
        kind = next((name for most, name in WIDTHS if longest <= most), "wide")
        for cell in own:
            cell.set("class", kind)
    for row in rows:
        above = row[0].get("class")
        row[0].set("class", f"{above} leading" if above else "leading")


def _longest_line(cell: ElementTree.Element) -> int:
    """Count the characters of the longest paragraph of a cell; a stashed <br> ends one."""
    return max(map(len, STASHED.sub("\n", "".join(cell.itertext())).split("\n")))


class TocProcessor(Treeprocessor):
    """Replaces the table of contents by one that lists run-in units too."""

    def run(self, root: ElementTree.Element) -> None:
        """Set ``md.toc_tokens``, which MkDocs reads."""
        tokens: list[TocToken] = []
        path: list[TocToken] = []
        for level, element in self._units(root):
            if level == 1 and "id" not in element.attrib:
                element.set("id", "title")
            name = _name(element, self.md)
            token = TocToken(
                level=level, id=element.get("id", ""), name=name, html=name, children=[]
            )
            while path and path[-1]["level"] >= level:
                path.pop()
            (path[-1]["children"] if path else tokens).append(token)
            path.append(token)
        markdown: Any = self.md  # toc_tokens is no declared attribute of Markdown
        markdown.toc_tokens = tokens

    def _units(self, root: ElementTree.Element) -> Iterator[tuple[int, ElementTree.Element]]:
        for element in root.iter():
            if HEADING.fullmatch(element.tag):
                yield int(element.tag[1]), element
            elif element.tag == "p" and "depth" in element.attrib:
                yield 2 + int(element.attrib.pop("depth")), element


def _own_text(element: ElementTree.Element) -> Iterator[str]:
    """Give the text of an element without the text that the site adds to it (被2处引用)."""
    yield element.text or ""
    for child in element:
        if "added" not in child.get("class", "").split():
            yield from _own_text(child)
        yield child.tail or ""


def _name(element: ElementTree.Element, md: Markdown) -> str:
    """Give the name of a unit in the table of contents, cut to 40 characters.

    It is the text of the heading. Of a run-in unit it is the text up to the first 。, of an article
    its ordinal and the name in brackets behind it, if it has one.
    """
    text = STASHED.sub(lambda found: _shown(found, md), "".join(_own_text(element))).strip()
    if element.tag == "p":
        ordinal = parse_ordinal(text)
        if ordinal and ordinal.style == "article":
            return _article(text, ordinal.end)
        text = text.partition("。")[0]
    text = text.removesuffix("。")
    return _shown_name(text)


def _article(text: str, end: int) -> str:
    """Name an article in the table of contents: 第二十二条 【罚则】, or 第二十二条 alone."""
    found = ARTICLE_NAME.match(text, end)
    return _shown_name(text[:end].rstrip() + (f" {found[1]}" if found else ""))


def _shown_name(text: str) -> str:
    short = text if len(text) <= TOC_LENGTH else text[: TOC_LENGTH - 1] + "…"
    return short.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
