"""Find what engines of text recognition and converters leave in a text: marks, tags, commands.

Such debris is printed on the page as it is. Nothing here repairs it: each place is reported, at its
line, and an editor decides. What official texts contain themselves ([2016], 1*2, a<b, 张**) is not
reported.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from generator.model import Block, Issue, Lines, Table
from generator.model.edits import line_at
from generator.runtime.patterns import lazy_regex
from generator.stages.check.audit import written_lines

HTML = (
    "a|abbr|article|aside|b|big|blockquote|body|br|caption|center|code|col|colgroup|dd|del|details"
    "|div|dl|dt|em|figcaption|figure|font|footer|h[1-6]|head|header|hr|html|i|iframe|img|input|ins"
    "|kbd|label|li|link|mark|math|meta|ol|p|page|pre|s|script|section|small|span|strike|strong"
    "|style|sub|summary|sup|svg|table|tbody|td|tfoot|th|thead|title|tr|tt|u|ul|var"
)
LATEX = (
    "alpha|approx|array|bar|begin|beta|bf|boldsymbol|bullet|cdot|cdots|check|circ|circled|cong|cup"
    "|degree|delta|Delta|dfrac|displaystyle|div|dots|end|eqno|equiv|eta|frac|gamma|ge|geq|geqslant"
    "|hat|hline|hspace|in|infty|int|it|label|lambda|ldots|le|left|leq|leqslant|lim|ln|log|mathbb"
    "|mathbf|mathcal|mathit|mathrm|mathsf|max|min|mu|multicolumn|multirow|ne|neq|omega|Omega|overline|parallel"
    "|partial|perp|phi|pi|pm|prime|prod|qquad|quad|rho|right|rightarrow|rm|scriptsize|sigma|Sigma|sim"
    "|sqrt|star|sum|tag|tan|tau|text|textbf|textcircled|textit|textmd|textrm|textsuperscript"
    "|textsubscript|theta|tilde|times|to|triangle|underline|underset|vec|vspace"
)


class Mark(NamedTuple):
    """A kind of debris: what it is, in words for editors, and how it looks."""

    name: str
    pattern: re.Pattern[str]
    example: str


def _mark(name: str, pattern: str, example: str) -> Mark:
    return Mark(name, lazy_regex(pattern), example)


HAN = r"\u3400-\u9fff"
# 张**和李**: the stars hide a part of a name
AFTER_MASK = "[和及与或等的同][^*]{1,6}\\*\\*|先生|女士"
# a row is tried after those above it; what one row found, a later one does not report again
MARKS = (
    _mark("注释", r"<!--|-->", "<!-- page 3 -->"),
    _mark(
        "网页标签",
        rf"(?i:</?(?:{HTML})(?:\s[^<>]{{0,300}})?/?>)"
        r"|</?[a-z][a-z0-9_-]{0,30}(?:\s[^<>]{0,300})?/?>",
        "<td>",
    ),
    _mark(
        "模型的记号",
        r"<\|[^<>|]{0,40}\|>|\[\[\d{1,4}(?:,\s*\d{1,4}){3}\]\]",
        "<|ref|>",
    ),
    _mark("网页的字符代码", r"&(?:[a-zA-Z]{2,8}|#\d{1,6}|#x[0-9a-fA-F]{1,6});", "&amp;"),
    _mark("图片的写法", r"!\[[^\]\n]{0,200}\]\(", "![](images/1.jpg)"),
    _mark(
        "链接的写法",
        r"\]\((?:#|\./|\.\./|https?:|mailto:|/)[^()\s]{0,500}\)"
        r"|\]\([^()\s]{1,200}\.(?:html?|md|pdf|docx?|png|jpe?g)\)",
        "[通知](#_Toc1)",
    ),
    _mark("脚注的写法", r"\[\^[^\]\s]{1,20}\]", "[^1]"),
    _mark(
        "属性的写法",
        r"\{\s{0,3}(?::\s|[.#][A-Za-z_][\w-]{0,60}|[A-Za-z_-]{1,20}=[^{}]{0,200}\})",
        "{: .title }",
    ),
    _mark(
        "公式的写法",
        rf"\\(?:{LATEX})(?![A-Za-z])|[\^_]\{{[^{{}}]{{0,80}}\}}"
        r"|\\[()\[\]](?=[^\\\n]{0,300}\\[()\[\]])",
        r"\frac{1}{2}",
    ),
    _mark("反斜线", r"\\[\\!-/:-@\[\]^-`{-~]", r"\*"),
    _mark("公式的记号", r"\$\$|\$[^$\n]{0,120}[\^_{}\\][^$\n]{0,120}\$", "$x_1$"),
    _mark("代码的记号", r"`{3}|^~{3}|`[^`\n]{1,200}`", "```"),
    _mark(
        "表格的写法",
        r"\|\s{0,3}:?-{3,}|(?<![:-]):?-{3,}+:?\s{0,3}\||\+[-=]{3,}\+?"
        rf"|^\s{{0,3}}\|(?:\s|(?=.{{0,300}}[{HAN}])[^|]{{0,300}}\|[^|]{{0,300}}\|)",
        "|---|",
    ),
    _mark(
        "加粗或斜体的记号",
        rf"\*\*(?=[^\s*，。、；：）)])(?!{AFTER_MASK})[^*\n]{{1,500}}(?<=[^\s*（(、，])\*\*(?!\*)"
        rf"|^\*\*(?=[{HAN}《“（])|(?<=[。：；！？）])\*\*$"
        rf"|(?<![\w_])__(?=[{HAN}])[^_\n]{{1,200}}__(?![\w_])",
        "**通知**",
    ),
    _mark("删除线的记号", r"~~(?=[^\s~])[^~\n]{1,300}~~", "~~废止~~"),
    _mark("标题的记号", r"^\s{0,3}#{1,6}\s+\S|^\s{0,3}#{2,6}\S", "## 总则"),
    _mark("分隔线", r"^(?:-{3,}|={3,}|\*{3,}|:{3,}.{0,40})$", "---"),
    _mark("勾选框的记号", r":(?:un)?selected:|^\s{0,3}[-*]\s\[[ xX]\]\s", ":selected:"),
)
# a text without any of these has no debris: a quick test for nearly all texts
ANY = lazy_regex(r"[<>&\\$`{^_~|]|\]\(|\*\*|^[#=:-]|[-=]{3}|\[\[|!\[|:(?:un)?sel|^\s{0,3}[-*]\s\[")
# the punctuation that rules widen
WIDTH = {0xFF01 + n: 0x21 + n for n in range(94)} | dict.fromkeys(map(ord, "“”"), '"')
LONGEST_SHOWN = 30  # characters of a place that a message repeats


class Debris(NamedTuple):
    """A place of a text that looks like markup."""

    name: str
    start: int
    shown: str


def find_markup(text: str) -> list[Debris]:
    """Find the debris in a text, in the order of the text; places do not overlap."""
    if not ANY.search(text):
        return []
    found: list[Debris] = []
    taken = bytearray(len(text))
    for mark in MARKS:
        for place in mark.pattern.finditer(text):
            if not any(taken[place.start() : place.end()]):
                taken[place.start() : place.end()] = b"\1" * len(place[0])
                found.append(Debris(mark.name, place.start(), place[0].strip()[:LONGEST_SHOWN]))
    return sorted(found, key=lambda debris: debris.start)


def markup_places(issue: Issue) -> Iterator[tuple[Lines, str]]:
    """Give each line of an issue whose text has debris on its page, with a message."""
    by_line: dict[int, dict[str, str]] = {}
    for number, debris in _debris(issue):
        by_line.setdefault(number, {}).setdefault(debris.name, debris.shown)
    for number, kinds in by_line.items():
        shown = "、".join(f"“{shown}”（{name}）" for name, shown in kinds.items())
        message = (
            f"有排版或识别软件留下的记号：{shown}，网页上会照样印出；"
            "请用 [[correction]] 改成公文原有的文字，原文就是这样的用 [[confirmed]] 注明"
        )
        yield Lines(number, number), message


def _debris(issue: Issue) -> Iterator[tuple[int, Debris]]:
    masthead = issue.masthead
    for name in (masthead.title, masthead.sponsor, masthead.publisher, masthead.address):
        yield from ((masthead.lines.first, debris) for debris in find_markup(name))
    for entry in issue.contents:
        for name in (entry.category, entry.title):
            yield from ((entry.lines.first, debris) for debris in find_markup(name))
    for document in issue.documents:
        for block in document.all_blocks():
            yield from _in_block(block)
    yield from _left_of_source(issue)


def _in_block(block: Block) -> Iterator[tuple[int, Debris]]:
    if isinstance(block, Table):
        for row, line in zip(block.rows, block.row_lines, strict=True):
            for cell in row:
                yield from ((line, debris) for debris in find_markup(cell))
    else:
        for debris in find_markup(block.text):
            yield line_at(block.breaks, debris.start), debris


def _left_of_source(issue: Issue) -> Iterator[tuple[int, Debris]]:
    """Give the debris of source lines that is on the page with other punctuation or blanks.

    ``{: .letters }`` may be ``{：.letters}`` there, which no pattern knows.
    """
    written = written_lines(issue.documents)
    for number, line in enumerate(issue.source.text.split("\n"), 1):
        if number in written and ANY.search(line):
            text = _fold("".join(written[number]))
            yield from (
                (number, debris) for debris in find_markup(line) if _fold(debris.shown) in text
            )


def _fold(text: str) -> str:
    return "".join(text.translate(WIDTH).split())
