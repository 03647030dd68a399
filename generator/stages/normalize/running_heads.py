"""Running heads and page numbers inside a sentence: a page edge was lost, the lines were glued.

They are removed where nothing else can be meant; where the words may speak of the gazette, they
stay, and a finding names them (check/marks.py).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple, TypeAlias

from generator.language.dates import YEAR
from generator.language.ideographs import HAN_OF_ANY_PRINT as CJK
from generator.model import Block, Paragraph, Table
from generator.model.edits import Edit, edited_at
from generator.runtime.patterns import lazy_regex
from generator.stages.parse.clues import Clue, deciding
from generator.stages.parse.furniture import OWN_ISSUE, RunningNames

Verdict: TypeAlias = Literal["furniture", "doubtful", "text"]

B = r"[ \xa0\u3000]"
ISSUE = (
    rf"(?:{YEAR}{B}*年?{B}*第{B}*\d{{1,3}}{B}*期|{YEAR}{B}*年?[.．/·]{B}*\d{{1,2}}(?!\d)|第{B}*\d{{1,3}}{B}*期)"
    rf"(?:{B}*[（(]?总{B}*第?{B}*\d{{1,5}}{B}*期[）)]?)?"
)
DASH = r"[—–―－·•・-]"
DASHES = frozenset("—–―－·•・-")
# 旅游业 — 12 — 发展 · 旅游业—12—发展 · 旅游业 第 12 页 共 48 页 发展
PAGE_INSIDE = lazy_regex(
    rf"(?<=[{CJK}，、；])(?:{B}+{DASH}{B}*\d{{1,4}}{B}*{DASH}{B}+|—{B}*\d{{1,4}}{B}*—(?!—)"
    rf"|{B}+第{B}*\d{{1,4}}{B}*页{B}*共{B}*\d{{1,4}}{B}*页{B}*)(?=[{CJK}])"
)
BEFORE_PAGE = lazy_regex(" [-–―－·•・第]")  # in a text with such a page: a quick test
# …刊登于《示范市人民政府公报》 · 见示范市人民政府公报2024年第3期
REFERS = lazy_regex(
    rf"(?:[刊登载见于在由自从据照按查阅向《“‘（(]|订阅|出版|发行|编辑|主办|办好|赠阅|参看|本期){B}*\Z"
)
MAY_REFER = lazy_regex(rf"(?:\A|[和与及或、，；：。对为是将把]){B}*\Z")
GOES_ON = lazy_regex(
    rf"{B}*(?:[》”’上的]|编辑|刊[登载发]|是|编委|网|杂志|发行|等|公[布开]|所[载刊登])"
)
ENDS = lazy_regex(rf"{B}*(?:[，。；、！？）)]|\Z)")
# a number before one of these is counted: 12 个项目
COUNTED = lazy_regex(
    rf"{B}*(?:[%％‰万亿千百个项家户名人件次元年月日号条款届期页]|公[里顷斤]|平方|[亩吨米倍])"
)
KINDS = frozenset({"paragraph", "addressees", "attachment_note"})  # a page edge cuts these


class Within(NamedTuple):
    """The features of a gazette's name inside a text."""

    has_issue: bool  # year and number are beside it, those of this issue
    has_other_issue: bool  # those of another
    has_page: bool  # a page number is beside it
    has_dashes: bool  # the page number has its dashes: — 12 —
    refers: bool  # the words before it speak of the gazette
    may_refer: bool  # the words before it may do so
    goes_on: bool  # the words behind it speak of the gazette
    is_last: bool  # a stop or the end of the text is behind it


# the order is the priority
CLUES: tuple[Clue[Within, Verdict], ...] = (
    # 刊登于示范市人民政府公报2024年第3期
    Clue("referred-to", "text", lambda w: w.refers),
    Clue("other-issue", "text", lambda w: w.has_other_issue),
    Clue("page-and-issue", "furniture", lambda w: w.has_issue and w.has_page and not w.goes_on),
    # 与示范市人民政府公报 — 12 — 型工业化
    Clue("page-in-dashes", "furniture", lambda w: w.has_dashes and not w.goes_on),
    # 和示范市人民政府公报的 · 示范市人民政府公报是
    Clue("speaks-of-it", "text", lambda w: w.may_refer and (w.goes_on or w.is_last)),
    # 推动旅游业与新示范市人民政府公报 2024年第1期型工业化
    Clue(
        "issue",
        "furniture",
        lambda w: w.has_issue and not (w.may_refer or w.goes_on or w.is_last),
    ),
    Clue(
        "page",
        "furniture",
        lambda w: w.has_page and not (w.may_refer or w.goes_on or w.is_last),
    ),
    Clue("no-evidence", "doubtful", lambda _: True),
)


class Place(NamedTuple):
    """A running head inside a text, or what may be one."""

    start: int
    end: int
    verdict: Verdict


def drop_running_heads(blocks: tuple[Block, ...], names: RunningNames) -> tuple[Block, ...]:
    """Remove running heads and page numbers that were glued into a sentence.

    ``与新示范市人民政府公报 2024年第1期 型工业化`` → ``与新型工业化``

    给编辑：去掉混进句子里的书眉（公报名和本期期号）、页码（— 12 —）；可能是正文的不动，并提示。
    """
    found: dict[int, Sequence[Edit]] = {}
    ends = _ends_of(names.title) or ("—", "—")
    for n, block in enumerate(blocks):
        if isinstance(block, Table):
            continue
        text = block.text
        # most texts have neither: a quick test saves the others
        if not (
            "—" in text
            or ends[0] in text
            or ends[1] in text
            or (" " in text and BEFORE_PAGE.search(text))
        ):
            continue
        if isinstance(block, Paragraph) and block.kind not in KINDS:
            continue
        places = [
            (place.start, place.end)
            for place in running_heads(text, names)
            if place.verdict == "furniture"
        ]
        places += [page.span() for page in PAGE_INSIDE.finditer(text)]
        if places:
            found[n] = [Edit(start, end, "") for start, end in _apart(places)]
    return edited_at(blocks, found) if found else blocks


def running_heads(text: str, names: RunningNames) -> Iterator[Place]:
    """Find the gazette's own name inside a text, with what is printed beside it."""
    if not any(end in text for end in _ends_of(names.title)):
        return
    for found in _pattern(names.title).finditer(text):
        start, end = found.span()
        pages = [side for side in ("before", "after") if found[side]]
        if pages and COUNTED.match(text, end):  # the number belongs to the text: 12 | 亿元
            start = found.end("before") if found["before"] else start
            end = found.start("after") if found["after"] else end
            pages = []
        issue = found["ahead"] or found["behind"] or ""
        read = OWN_ISSUE.search("".join(issue.split()))
        before, after = text[max(start - 4, 0) : start], text[end : end + 4]
        within = Within(
            has_issue=bool(issue) and (read is None or names.is_own(read)),
            has_other_issue=bool(read and not names.is_own(read)),
            has_page=bool(pages),
            has_dashes=any(found[side].strip()[0] in DASHES for side in pages),
            refers=bool(REFERS.search(before)),
            may_refer=bool(MAY_REFER.search(before)),
            goes_on=bool(GOES_ON.match(after)),
            is_last=bool(ENDS.match(text, end)),
        )
        if (start, end) != (0, len(text)):
            yield Place(start, end, deciding(CLUES, within).verdict)


def _ends_of(title: str) -> tuple[str, ...]:
    """Give what a text with a gazette's name has in it: 公报, or 公 报."""
    return (title[-2:], f"{title[-2]} {title[-1]}") if title else ()


def _apart(places: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Give places in order, without those that overlap an earlier one."""
    last = 0
    for start, end in sorted(places):
        if start >= last:
            yield start, end
            last = end


@lru_cache(maxsize=64)
def _pattern(title: str) -> re.Pattern[str]:
    """Write the pattern of a gazette's name, with issue and page on either side."""
    name = f"{B}?".join(map(re.escape, title))
    page = rf"(?:{DASH}{B}*)?\d{{1,4}}(?:{B}*{DASH})?"
    return re.compile(
        rf"(?P<before>{B}+{page}{B}+)?"
        rf"(?P<core>(?P<ahead>{B}*{ISSUE}{B}*)?{B}*{name}(?P<behind>{B}*{ISSUE})?)"
        rf"(?P<after>{B}+{page}(?={B}|[{CJK}]))?{B}*"
    )


ISSUE_RULES: tuple[Callable[[tuple[Block, ...], RunningNames], tuple[Block, ...]], ...] = (
    drop_running_heads,
)
