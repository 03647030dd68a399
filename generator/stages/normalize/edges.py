"""Decide whether two blocks are parts of one cut paragraph: the features of an edge, and clues.

An edge is the end of one block and the beginning of the next. Its features are computed once; the
first clue of ``CLUES`` that holds decides whether the two blocks are joined.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple, TypeAlias

from generator.language.dates import DATE
from generator.language.decimal_units import decimal_unit, is_decimal_heading
from generator.language.document_numbers import CUT_ABOVE, CUT_BELOW
from generator.language.document_types import document_type
from generator.language.ordinals import FIRST, Ordinal, parse_ordinal
from generator.language.organs import WHOLE_AGENCY, any_end
from generator.language.provisions import NUMERALS, PART_BEGIN
from generator.model import Heading, Paragraph, TextBlock
from generator.runtime.patterns import lazy_regex
from generator.stages.normalize.joint_organs import lists_units
from generator.stages.normalize.lists import NEVER_FIRST
from generator.stages.normalize.people import begins_with_label, is_appointment, is_member
from generator.stages.parse.body import FROM
from generator.stages.parse.clues import Clue, deciding

Verdict: TypeAlias = Literal["join", "keep"]

PAIRS = {"（": "）", "(": ")", "《": "》", "〈": "〉", "“": "”", "‘": "’", "〔": "〕", "[": "]"}
OPENING, CLOSING = "".join(PAIRS), "".join(PAIRS.values())
STOPS = "。；：？！.;:?!"
PLAIN_STOPS = "。；：？！;:?!"  # no figure goes on behind one of these
LEAD_DASH = ("——", "—")
# printed before the items of a list; ○ and · only with a blank behind, for 二○一一年, 买买提·艾力
PRINTED_MARKS = lazy_regex(
    r"[●■◆•▪▫◇▲△►▶➢➤✓√★☆※①-⑳⑴-⒇⒈-⒛❶-❿]|[○□·・*+-][ \t\xa0\u3000]+(?!\d[\d.．]*\s?[-—–%％‰])"
)
# in a line of a formula, which lost its fraction bar
FORMULA = lazy_regex(r"[=＝×÷]")
LONGEST_FORMULA = 120
SHORTEST_LINE, SHORTEST_TITLE = 12, 15  # a line shorter than this is not cut at its end
# the last bracket of its kind is an opening one: a quick test, because few paragraphs end like
# this; one class of all brackets in front lets the engine skip to them, in a third of the time
LEFT_OPEN = lazy_regex(
    r"[（(《“〔\[](?:(?<=[（(])[^（()）]*+|(?<=《)[^《》]*+|(?<=“)[^“”]*+|(?<=[〔\[])[^〔\[〕\]]*+)\Z"
)
OPENS = lazy_regex(r"[（(《“〔\[]")  # most texts have none: a quick test
# the new text of a provision, or a paragraph that opens with it, is still open at a sentence's end
QUOTED_PROVISION = lazy_regex(
    r"(?:^|(?:(?:修改|改|修正|调整|作)为|规定|增加)[^“”：:。；]{0,30}[：:])“[^“”]*\Z"
)
REACH = 160  # characters before and after an edge in which a bracket is looked for
RESPONSIBILITY = lazy_regex(
    r"(?:牵头|责任|负责|配合|参与|协办|主办|参加|实施|完成)(?:单位|部门|领导|人|时限)?[：:]"
)
LAST_WORD = lazy_regex(r".{1,2}[。；;]")
GRADE = lazy_regex(r"(?:特|[一二三四]|优秀|优胜|鼓励|入围)等?奖[：:]?")
# 各县人民政府主要负责同志 / 领导小组下设办公室，…: the last members, and a sentence about the group
GROUP_END = lazy_regex(r"[^，。；：,;:]*(?:负责同志|负责人|分管领导|分管同志)")
GROUP_BEGIN = lazy_regex(rf"{any_end('group')}[^，。；]{{0,8}}(?:下设|设在|不作为|实行|主要职责)")
BEFORE_DATE = lazy_regex(r"[从自于至在]\Z")
# 依照合同第八条、第九条 | 第十条约定履行 · 与本细则 | 第二条不一致的
REFERS = lazy_regex(
    rf"(?:第[{NUMERALS}]+[条款项][、，,和及与或至]?|本(?:法|条例|办法|细则|规定|规则|合同))\Z"
)
# ——2017年1月5日在某市第十届人民代表大会第一次会议上
SPOKEN_AT = lazy_regex(r"[—-]{1,2}\s*+\d{4}年.{4,80}(?:会|会议)上\Z")
# 自2016年5月1日 | 起施行
DAY_END, FROM_DAY = lazy_regex(r"[年月日]\Z"), lazy_regex(FROM)


class Edge(NamedTuple):
    """Two adjacent blocks, and the features of the end of one and the beginning of the other.

    ``above`` may be joined from several blocks; then its text is only their beginning and end.
    """

    above: Paragraph
    below: TextBlock
    text: str  # above
    head: str  # the first source line below; lines joined to it do not matter here
    last: str  # the last character above
    is_between_texts: bool  # both blocks are of a kind that a page edge can cut
    is_whole: bool  # a stop, a closing bracket or a closing quotation mark ends the text above

    @property
    def ordinal(self) -> Ordinal | None:
        """The ordinal with which the block below begins."""
        return parse_ordinal(self.below.text)

    @property
    def is_plain_end(self) -> bool:
        """Whether a sentence ends above and another begins below; see is_plain_end."""
        return is_plain_end(self.above, self.below)

    @property
    def begins_item(self) -> bool:
        """Whether the mark of a list is before the text below, or was."""
        if isinstance(self.below, Paragraph) and self.below.is_item:
            return True
        return not "\u3400" <= self.head[0] <= "\u9fff" and bool(PRINTED_MARKS.match(self.head))

    @property
    def goes_on_after_quote(self) -> bool:
        """Whether a sentence may go on after 》 or ”: the quotation does not end in a stop."""
        if self.last not in "》”" or isinstance(self.below, Heading) or self.text[-2:-1] in STOPS:
            return False
        sentence = self.text[-REACH:]
        return self.below.text[0] in "（(和等的及与、" or "，" in sentence or "," in sentence

    @property
    def is_cut_agency(self) -> bool:
        """Whether the last name of a list of agencies is incomplete: 市旅 | 游局."""
        names = re.split(r"[、，,：:]", self.text)
        return not WHOLE_AGENCY.fullmatch(names[-1].strip())


PLAIN_END: Clue[Edge, Verdict] = Clue("sentence-end", "keep", lambda e: e.is_plain_end)
# the order is the priority
CLUES: tuple[Clue[Edge, Verdict], ...] = (
    # most edges: the clues down to the second row of this name hold for none of them
    PLAIN_END,
    # a title, a signature, a date is never part of a sentence
    Clue("other-kind", "keep", lambda e: not e.is_between_texts),
    Clue("empty", "keep", lambda e: not e.text or not e.head),
    # S = a + b | n: lines of a formula
    Clue(
        "formula",
        "keep",
        lambda e: len(e.text) + len(e.head) <= LONGEST_FORMULA and _is_formula(e.text + e.head),
    ),
    # 按下式计算 | $$\frac{a}{b}$$ | 请各区执行
    Clue("displayed-formula", "keep", lambda e: "$$" in (e.text[-2:], e.head[:2])),
    # S = a + b | 式中：S为面积。
    Clue(
        "legend-of-formula",
        "keep",
        lambda e: e.head.startswith("式中") and bool(FORMULA.search(e.text)),
    ),
    # …的通知 | 各区人民政府：
    Clue(
        "title-over-addressees",
        "keep",
        lambda e: e.head[-1] in "：:" and bool(document_type(e.text[-REACH:])),
    ),
    # …工作 | ，并报送
    Clue("never-first", "join", lambda e: e.head[0] in NEVER_FIRST),
    # …（ | 一）
    Clue("opening-mark", "join", lambda e: e.last in OPENING),
    # 依照本办法 | 第十条
    Clue("reference", "join", lambda e: e.head[0] in "第（(" and refers(e.text, e.head)),
    # ● 各县人民政府 · - 各县人民政府
    Clue("list-item", "keep", lambda e: e.begins_item),
    # 省财政厅、 | 省民政厅
    Clue(
        "comma",
        "join",
        lambda e: (
            e.last in "、，," and not e.below.text.startswith(LEAD_DASH) and e.ordinal is None
        ),
    ),
    # 包括下列各项， | （一）…
    Clue("comma-before-item", "keep", lambda e: e.last in "、，,"),
    # 第五条修改为：“…。 | …。”: the new text has several paragraphs
    Clue(
        "quoted-provision",
        "keep",
        lambda e: (
            e.last in "。；：;:"
            and not (isinstance(e.below, Paragraph) and e.below.opens_page)
            and bool(QUOTED_PROVISION.search(e.text))
        ),
    ),
    # …（以下简称 | 领导小组）
    Clue("open-bracket", "join", lambda e: _is_open(e.text, e.head) and e.ordinal is None),
    # 国办发〔2016〕 | 13号 · 55. | 3万张
    Clue("cut-number", "join", lambda e: e.is_whole and _is_number_cut(e.text, e.head)),
    # 根据《某办法》 | 等规定
    Clue(
        "after-quotation",
        "join",
        lambda e: e.is_whole and e.goes_on_after_quote and e.ordinal is None,
    ),
    Clue("sentence-end", "keep", lambda e: e.is_whole),
    # ——加强领导
    Clue("dash", "keep", lambda e: e.below.text.startswith(LEAD_DASH)),
    # 责任单位：…
    Clue("responsibility", "keep", lambda e: bool(RESPONSIBILITY.match(e.below.text))),
    Clue("ordinal", "keep", lambda e: e.ordinal is not None),
    Clue("long-heading", "keep", lambda e: isinstance(e.below, Heading) and len(e.below.text) > 20),
    # 责任单位：市旅 | 游局
    Clue(
        "cut-agency",
        "join",
        lambda e: bool(RESPONSIBILITY.match(e.text)) and e.is_cut_agency,
    ),
    Clue("list-of-agencies", "keep", lambda e: bool(RESPONSIBILITY.match(e.text))),
    # 附件：1.任务分工表 | …; 注：数据截至2023年底 | …
    Clue("attachment-note", "keep", lambda e: e.above.kind != "paragraph"),
    # 从 | 2016年1月1日 | 起执行
    Clue(
        "cut-date",
        "join",
        lambda e: len(e.text) < SHORTEST_LINE and _is_cut_at_date(e.text, e.head),
    ),
    # 第二段在此被切 | {12}------ | 断，应当接上。
    Clue("page-edge", "join", lambda e: isinstance(e.below, Paragraph) and e.below.opens_page),
    Clue("short-line", "keep", lambda e: len(e.text) < SHORTEST_LINE),
    Clue("whole-by-form", "keep", lambda e: stands_apart(e.text, e.below.text)),
    # ——2017年1月5日在某市第十届人民代表大会第一次会议上
    Clue("spoken-at", "keep", lambda e: bool(SPOKEN_AT.match(e.text))),
    # a line that ends without punctuation
    Clue("no-end", "join", lambda _: True),
)


def is_kept_at_once(above: TextBlock, below: TextBlock) -> bool:
    """Whether the first clue tells that two blocks are not joined, as at most edges."""
    return CLUES[0] is PLAIN_END and is_plain_end(above, below)


def is_plain_end(above: TextBlock, below: TextBlock) -> bool:
    """Whether a sentence ends above and another begins below, as at most edges.

    None of the clues between the two rows ``sentence-end`` holds for such an edge.
    """
    text, under = above.text, below.text
    if not (
        text[-1:] in PLAIN_STOPS
        and ("\u3400" <= under[:1] <= "\u9fff" or under[:1] in FIRST)
        and under[0] != "式"
        and is_between_texts(above, below)
        and not (isinstance(below, Paragraph) and below.is_item)
    ):
        return False
    if len(text) <= LONGEST_FORMULA and FORMULA.search(text + under[:LONGEST_FORMULA]):
        return False
    return not (OPENS.search(text) and _is_left_open(text))


def _is_left_open(text: str) -> bool:
    """Whether a quotation has no end in a text, or a bracket none near its end."""
    is_quotation = text.rfind("“") > text.rfind("”")
    return is_quotation or LEFT_OPEN.search(text, len(text) - REACH) is not None


def is_between_texts(above: TextBlock, below: TextBlock) -> bool:
    """Whether both blocks are of a kind that a page edge can cut."""
    return (
        isinstance(above, Paragraph)
        and above.kind in ("paragraph", "attachment_note", "table_note")
        and (isinstance(below, Heading) or below.kind == "paragraph")
    )


def first_line(block: TextBlock) -> str:
    """Give the text of a block on its first source line."""
    return block.text[: block.breaks[1][0]] if len(block.breaks) > 1 else block.text


def edge_between(above: Paragraph, below: TextBlock) -> Edge:
    """Compute the features of the edge between two blocks, once for all clues."""
    text, last = above.text, above.text[-1:]
    return Edge(
        above=above,
        below=below,
        text=text,
        head=first_line(below),
        last=last,
        is_between_texts=is_between_texts(above, below),
        is_whole=last in STOPS or last in CLOSING,
    )


def judge(above: Paragraph, below: TextBlock) -> Clue[Edge, Verdict]:
    """Give the first clue that holds; it decides whether two blocks are parts of one paragraph."""
    return deciding(CLUES, edge_between(above, below))


def stands_apart(above: str, below: str) -> bool:
    """Whether the form of two lines shows that they are not parts of one paragraph.

    Such forms are a decimal unit, a label, a list of units, names and posts.
    """
    if decimal_unit(below) or begins_with_label(below, above) or is_member(below):
        return True
    if lists_units(above) or lists_units(below) or GRADE.fullmatch(below):
        return True
    if GROUP_END.fullmatch(above) and GROUP_BEGIN.match(below):
        return True
    if is_appointment(below) and is_appointment(above):
        return True
    return is_member(above) or (is_decimal_heading(above) and not LAST_WORD.fullmatch(below))


def _is_cut_at_date(above: str, below: str) -> bool:
    """Whether a sentence is cut before or after a date: 从 | 2016年1月1日 | 起执行."""
    if FROM_DAY.match(below):
        return bool(DAY_END.search(above))
    found = DATE.match(below)
    return found is not None and bool(BEFORE_DATE.search(above))


def refers(above: str, below: str) -> bool:
    """Whether a line ends in a law or a provision, and the next begins with a provision."""
    found = PART_BEGIN.match(below)
    if not found:
        return False
    if above[-1] == "》":  # 《水法》 | 第七十七条所称的; but a title above 第一条 is whole
        return parse_ordinal(below) is None
    return bool(REFERS.search(above[-12:]))


def _is_number_cut(above: str, below: str) -> bool:
    """Whether a number is cut after its year or its point: 国办发〔2016〕|13号, 55.|3万张."""
    if above[-1] in ".．":
        # 3. alone is an ordinal, not the beginning of 3.5
        is_decimal = below[0].isdecimal() and above[-2:-1].isdecimal()
        whole = parse_ordinal(below) is not None or decimal_unit(below)
        return is_decimal and not whole and not above[:-1].isdecimal()
    return bool(CUT_ABOVE.search(above[-6:]) and CUT_BELOW.match(below))


def _is_formula(both: str) -> bool:
    return bool(FORMULA.search(both)) and not any(stop in both for stop in "。；;")


def _is_open(above: str, below: str) -> bool:
    """Whether a bracket or quotation mark opens above and closes below."""
    tail, head = above[-REACH:], below[:REACH]
    if not LEFT_OPEN.search(tail):
        return False
    for opening, closing in (("（(", "）)"), ("《", "》"), ("“", "”"), ("〔[", "〕]")):
        opened = max(tail.rfind(c) for c in opening)
        closed = max(tail.rfind(c) for c in closing)
        if opened > closed:
            ends = [n for c in closing if (n := head.find(c)) >= 0]
            begins = [n for c in opening if (n := head.find(c)) >= 0]
            if ends and (not begins or min(ends) < min(begins)):
                return True
    return False
