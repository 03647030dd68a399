"""Rules for markup within a line: each finds its places in a view and says what they print.

The order is the priority: what one rule has read, the next ones do not see.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from html.entities import html5

from generator.language.ordinals import parse_ordinal
from generator.runtime.patterns import lazy_regex
from generator.stages.read.emphasis import find_emphasis
from generator.stages.read.latex import find_latex
from generator.stages.read.sheet import MASK, Cut

InlineRule = Callable[[str], Iterator[Cut]]


def read_latex(view: str) -> Iterator[Cut]:
    r"""Write numbers, units and signs in LaTeX as they are printed.

    ``$50\%$`` → ``50%``; a formula stays as it is.

    给编辑：识别软件写成公式的数字、单位和符号，还原为所印的样子，例如 `$50\%$` 还原为“50%”。
    """
    for start, end, printed in find_latex(view):
        yield Cut(start, end, view[start:end] if printed is None else printed)


# <|ref|>text<|/ref|><|det|>[[88, 120, 910, 160]]<|/det|>
GROUNDING = lazy_regex(
    r"<\|ref\|>(?P<label>[A-Za-z_ ]{1,30})<\|/ref\|>"
    r"|<\|det\|>[\[\]\d\s,.]{0,2000}<\|/det\|>"
    r"|<\|/?[A-Za-z_]{1,40}\|>"
)


def drop_grounding(view: str) -> Iterator[Cut]:
    """Remove the places of blocks that an engine writes before their text.

    给编辑：去掉识别软件写的位置标签，例如 `<|det|>[[88,120,910,160]]<|/det|>`。
    """
    if "<|" in view:
        for found in GROUNDING.finditer(view):
            yield Cut(*found.span())


# \* \_ \~ \[ anywhere; \. and \) after the number that begins a line
ESCAPED = lazy_regex(
    r"\\(?P<sign>[*_~$`#+\-|<>\[\](){}!&^'\"@=%])|(?<=\.)\\(?P<point>\.)|\\(?P<points>\.(?=\\?\.))"
)
ESCAPED_ORDINAL = lazy_regex(r"\s*+(?:[-+]\s)?[#\s*_]*+\d{1,3}(?P<slash>\\)[.)、]")


def drop_backslashes(view: str) -> Iterator[Cut]:
    r"""Remove the backslashes with which engines protect signs from being markup.

    ``1\. 奖励5\~10万元`` → ``1. 奖励5~10万元``; ``写作1\.的`` and ``C:\附件`` stay.

    给编辑：去掉识别软件加在符号前的反斜线，例如 `5\~10` 还原为“5~10”。
    """
    if "\\" not in view:
        return
    head = ESCAPED_ORDINAL.match(view)
    if head:
        yield Cut(head.start("slash"), head.end("slash") + 1, view[head.end("slash")])
    for found in ESCAPED.finditer(view, head.end("slash") if head else 0):
        yield Cut(found.start(), found.end(), found[0][1:])
    # pandoc's hard break
    if view.endswith("\\") and not view.endswith("\\\\") and len(view.strip()) > 1:
        yield Cut(len(view) - 1, len(view))


# &amp; &#23433; &#x4e00; and, escaped twice, &amp;lt;
ENTITY = lazy_regex(
    r"&(?:amp;)*(?P<name>[A-Za-z][A-Za-z0-9]{1,31};|#[0-9]{1,7};|#[xX][0-9A-Fa-f]{1,6};)"
)
# what such an entity may print: not a control or an invisible character
NOT_PRINTED = frozenset(("Cc", "Cf", "Cs", "Co", "Cn"))


def read_entities(view: str) -> Iterator[Cut]:
    """Write HTML's names of characters as the characters.

    ``A&amp;B公司`` → ``A&B公司``

    给编辑：把 HTML 写法的字符还原，例如 `&amp;` 还原为“&”、`&nbsp;` 还原为空格。
    """
    if "&" not in view:
        return
    for found in ENTITY.finditer(view):
        printed = _character(found["name"])
        if printed is not None:
            yield Cut(found.start(), found.end(), printed)


def _character(name: str) -> str | None:
    if name[0] != "#":
        text = html5.get(name)
        if text is None:
            return None
    else:
        number = int(name[2:-1], 16) if name[1] in "xX" else int(name[1:-1])
        if not 0 < number < 0x110000:
            return None
        text = chr(number)
    if text.isspace():
        return " "
    if any(unicodedata.category(c) in NOT_PRINTED for c in text):
        return "" if name[0] != "#" else None
    return text


BREAK = lazy_regex(r"<br\s*/?>|</(?:p|div|li|h[1-6]|tr|center|section)\s*>", re.IGNORECASE)


def break_lines(view: str) -> Iterator[Cut]:
    """Break a line where HTML does; what follows is a line of its own.

    给编辑：`<br>` 处换行。
    """
    if "<" in view:
        for found in BREAK.finditer(view):
            yield Cut(found.start(), found.end(), "\n")


# tags that print nothing themselves; those of one letter only in pairs: a<b and c>d
TAG = lazy_regex(r"<(?P<close>/?)(?P<name>[A-Za-z][A-Za-z0-9_]*)(?P<rest>(?:\s[^<>\n]*)?/?)>")
KNOWN = frozenset(
    (
        *(
            "div",
            "p",
            "span",
            "font",
            "center",
            "strong",
            "em",
            "del",
            "ins",
            "mark",
            "small",
            "big",
        ),
        *("code", "pre", "kbd", "tt", "var", "cite", "abbr", "nobr", "wbr", "label"),
        *("article", "section", "main", "nav", "aside", "header", "footer", "figure"),
        *("figcaption", "blockquote", "ul", "ol", "li", "dl", "dt", "dd", "hr", "col", "colgroup"),
        *("h1", "h2", "h3", "h4", "h5", "h6", "html", "head", "body", "meta"),
        *("details", "summary", "page_number", "watermark"),
    )
)
SHORT = frozenset("abisuq")


def drop_tags(view: str) -> Iterator[Cut]:
    """Remove tags that only set text: ``<u>…</u>``, ``<span id="page-3-0">``, ``<font …>``.

    ``<sup>`` and ``<sub>`` are read with the line; a ``<`` in a formula stays.

    给编辑：去掉只管排版的 HTML 标签，例如 `<u>`、`<span>`、`<a id="…">`。
    """
    if "<" not in view:
        return
    tags = [*TAG.finditer(view)]
    names = [(tag["name"].lower(), bool(tag["close"])) for tag in tags]
    opened: dict[str, list[int]] = {}
    paired: set[int] = set()
    for n, (name, is_close) in enumerate(names):
        if not is_close:
            opened.setdefault(name, []).append(n)
        elif opened.get(name):
            paired |= {n, opened[name].pop()}
    for n, (tag, (name, _)) in enumerate(zip(tags, names, strict=True)):
        is_alone = not (view[: tag.start()] + view[tag.end() :]).replace(MASK, "").strip()
        has_value = "=" in tag["rest"]
        if name in KNOWN or (name in SHORT and (n in paired or is_alone or has_value)):
            yield Cut(*tag.span())


# [text](#_Toc1), [text](http://…), and one in another
LINK = lazy_regex(
    r"(?<!!)\[(?P<text>[^\[\]\n]*)\]\((?P<target>[^()\s<>]{1,500}|<[^<>\n]{1,500}>)"
    r"(?P<title>\s+\"[^\"\n]*\")?\)"
)
# #_Toc1, http://…, ./a.md, mailto:…; not （2016）(试行)
ADDRESS = lazy_regex(
    r"<?(?:#\S*|[A-Za-z][A-Za-z0-9+.-]*:\S+|www\.\S+|(?:\.{0,2}/)?[\w./%-]+\.\w{1,6}(?:#\S*)?)>?"
)
AUTOLINK = lazy_regex(r"<(?P<address>(?:https?://|mailto:)[^<>\s]{1,500})>")


# the page at the end of an entry of linked contents: [某某的通知 2](#_Toc1)
ENTRY_PAGE = lazy_regex(
    rf"(?<=[\u3400-\u9fff”》）)])(?P<gap>[ \u3000]{{1,4}}){MASK}?\d{{1,4}}{MASK}*\Z"
)


# 中华人民共和国水法》[1](#page-2-1)，: the mark of a footnote, which engines make a link
NOTE_MARK = lazy_regex(r"\d{1,2}|[①-⑳]")


def drop_links(view: str) -> Iterator[Cut]:
    """Keep the text of a link; remove its address.

    ``[市政府网站](http://example.cn/)`` → ``市政府网站``; ``[2016](试行)`` stays. In a link to a
    place in the text, a tab goes before the page at the end: it is an entry of contents; a small
    number within a sentence is the mark of a footnote.

    给编辑：链接只留文字，去掉地址。
    """
    cuts: list[Cut] = []
    if "](" in view:
        for _ in range(3):  # a link in a link
            found = [link for link in LINK.finditer(view) if ADDRESS.fullmatch(link["target"])]
            if not found:
                break
            for link in found:
                middle = link.end("text")
                before, after = ("<sup>", "</sup>") if _is_note_mark(view, link) else ("", "")
                cuts += [
                    Cut(link.start(), link.start() + 1, before),
                    Cut(middle, link.end(), after),
                ]
                if link["target"][0] == "#" and (page := ENTRY_PAGE.search(link["text"])):
                    gap = link.start("text") + page.start("gap")
                    cuts.append(Cut(gap, link.start("text") + page.end("gap"), "\t"))
                size = link.end() - middle
                masked = MASK + view[link.start() + 1 : middle] + MASK * size
                view = view[: link.start()] + masked + view[link.end() :]
    if "<" in view:
        for link in AUTOLINK.finditer(view):
            cuts += [Cut(link.start(), link.start() + 1), Cut(link.end() - 1, link.end())]
    yield from sorted(cuts)


def _is_note_mark(view: str, link: re.Match[str]) -> bool:
    """Whether a link is the mark of a footnote; at the end of an entry it is a page."""
    before, after = view[: link.start()][-1:], view[link.end() :].lstrip(f" {MASK}")
    return (
        link["target"][0] == "#"
        and NOTE_MARK.fullmatch(link["text"]) is not None
        and not before.isspace()
        and (before in "。；，" if not after else before not in ".…·" + MASK)
        and bool(before)
    )


# behind a heading {#section-1 .unnumbered}, a picture {width="1.6in"}, a span {.underline}
ATTRIBUTES = lazy_regex(r"(?P<gap>[ \t\u3000]{0,4})\{(?P<list>[^{}\n]{1,300})\}")
ATTRIBUTE = lazy_regex(r"[#.][^\s#.{}]+|-|[A-Za-z][\w-]*=\S+|[A-Za-z][\w-]*=\"[^\"]*\"")
BRACKETED_SPAN = lazy_regex(r"\[(?P<text>[^\[\]\n]*)\](?=\{[.#][A-Za-z])")


def drop_attributes(view: str) -> Iterator[Cut]:
    """Remove the attributes that pandoc writes behind headings, pictures and spans.

    ``# 总则 {#section-1}`` → ``# 总则``

    给编辑：去掉标题、图片后的属性，例如 `{#section-1}`。
    """
    if "{" not in view:
        return
    cuts: list[Cut] = []
    for found in ATTRIBUTES.finditer(view):
        listed = re.sub(r"\"[^\"\n]*\"", '""', found["list"]).split()
        if listed and all(map(ATTRIBUTE.fullmatch, listed)):
            cuts.append(Cut(*found.span()))
    starts = {cut.start for cut in cuts}
    for span in BRACKETED_SPAN.finditer(view):
        if span.end() in starts:
            cuts += [Cut(span.start(), span.start() + 1), Cut(span.end() - 1, span.end())]
    yield from sorted(cuts)


FOOTNOTE = lazy_regex(r"\[\^(?P<name>[^\[\]\s^]{1,20})\](?P<colon>:[ \t]*)?")


def read_footnotes(view: str) -> Iterator[Cut]:
    """Write the marks of footnotes as they are printed: ``见注[^1]`` → a raised [1].

    给编辑：脚注号 `[^1]` 还原为上标“[1]”。
    """
    if "[^" not in view:
        return
    for found in FOOTNOTE.finditer(view):
        heads = found["colon"] and not view[: found.start()].strip()
        if heads:
            yield Cut(found.start(), found.end(), f"[{found['name']}] ")
        else:
            end = found.end("name") + 1
            yield Cut(found.start(), end, f"<sup>[{found['name']}]</sup>")


def drop_emphasis(view: str) -> Iterator[Cut]:
    """Remove the marks of bold, italic and struck text.

    ``**（一）退还湖岸。**两年内拆除。`` → ``（一）退还湖岸。两年内拆除。``

    ``5*8``, ``王**、李**`` and ``____年__月`` stay.

    给编辑：去掉加粗、斜体的星号等记号，例如 `**一、总体要求**`。
    """
    for start, end in find_emphasis(view):
        yield Cut(start, end)


CODE = lazy_regex(r"(?<!`)`(?P<text>[^`\n]{1,300})`(?!`)")


def drop_code_marks(view: str) -> Iterator[Cut]:
    """Remove the marks around text that an engine took for code.

    给编辑：去掉误作代码的反引号。
    """
    if "`" in view:
        for found in CODE.finditer(view):
            yield Cut(found.start(), found.start() + 1)
            yield Cut(found.end() - 1, found.end())


BULLET = lazy_regex(rf"[\s{MASK}]*(?P<bullet>[-*+]\s+)(?=\S)")
QUOTE = lazy_regex(r"\s*(?P<marks>>(?:\s?>)*(?:\s+|$))")
ENTRY_ENDS = frozenset("0123456789)）.…·")


def drop_bullets(view: str) -> Iterator[Cut]:
    """Remove a bullet before a printed ordinal, and the marks of a quotation.

    ``- （一）退还湖岸。`` → ``（一）退还湖岸。``; ``- 第一项`` stays, and entries of contents do.

    给编辑：去掉编号前多余的列表符号，例如 `- （一）`，以及引用记号 `> `。
    """
    if found := QUOTE.match(view):
        yield Cut(*found.span("marks"))
    elif found := BULLET.match(view):
        rest = view[found.end() :].replace(MASK, "").strip()
        if rest and rest[-1] not in ENTRY_ENDS and parse_ordinal(rest):
            yield Cut(*found.span("bullet"))


RAISED = lazy_regex(r"<sup>(?P<figures>[0-9+\-−]{1,8})</sup>")
RAISED_FIGURES = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")


def raise_figures(view: str) -> Iterator[Cut]:
    """Write raised figures in a cell of a table, where no mark can be set.

    ``500m<sup>2</sup>`` → ``500m²``

    给编辑：表格单元里的上标数字写作“²”“³”。
    """
    for found in RAISED.finditer(view):
        yield Cut(*found.span(), raised_figures(found[0]))


def raised_figures(text: str) -> str:
    """Write the raised figures of a text as characters of their own."""
    if "<sup>" not in text:
        return text
    return RAISED.sub(lambda found: found["figures"].translate(RAISED_FIGURES), text)


# the order is the priority
INLINE_MARKUP: tuple[InlineRule, ...] = (
    read_latex,  # first: its backslashes and underscores are its own
    drop_grounding,
    drop_backslashes,  # before all that an escaped sign is not
    drop_code_marks,
    read_entities,  # before tags: &lt;b&gt; is text
    break_lines,
    drop_tags,
    drop_attributes,  # before links: pandoc writes {…} behind them
    drop_links,
    read_footnotes,
    drop_emphasis,
    drop_bullets,  # last: ordinals may be bold
)
