"""The rule that joins what a page or a column edge cut, and how it knows that something is cut."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence, Set
from dataclasses import replace
from itertools import pairwise, zip_longest

from generator.language.dates import DATE
from generator.language.decimal_units import decimal_unit, is_decimal_heading
from generator.language.document_numbers import CUT_ABOVE, CUT_BELOW
from generator.language.document_types import document_type
from generator.language.ordinals import RANKS, Ordinal, parse_ordinal
from generator.language.organs import ORGAN, WHOLE_AGENCY, any_end
from generator.language.provisions import NUMERALS, PART_BEGIN
from generator.model import Block, Heading, Lines, Paragraph, Table, TextBlock
from generator.model.outline import decimal_units
from generator.stages.normalize.joint_organs import lists_units
from generator.stages.normalize.lists import NEVER_FIRST, whole_lines
from generator.stages.normalize.people import begins_with_label, is_appointment, is_member
from generator.stages.normalize.text_rules import HAS_CJK
from generator.stages.parse.body import FROM, stands_alone
from generator.stages.parse.lines import Line

OVER_ARTICLES = frozenset({"part", "chapter", "clause"})
PAIRS = {"（": "）", "(": ")", "《": "》", "〈": "〉", "“": "”", "‘": "’", "〔": "〕", "[": "]"}
OPENING, CLOSING = "".join(PAIRS), "".join(PAIRS.values())
STOPS = "。；：？！.;:?!"
LEAD_DASH = ("——", "—", "●", "■", "◆")
# a line of a formula, whose fraction bar is lost
FORMULA = re.compile(r"[=＝×÷]")
LONGEST_FORMULA = 120
SHORT_REST, LONGEST_REST = 8, 25  # characters
SHORTEST_LINE, SHORTEST_TITLE = 12, 15  # a line shorter than this is not cut at its end
# the last bracket of its kind opens: at a glance, for hardly any paragraph ends so; one class in
# front of all kinds lets the engine run to the brackets, which takes a third of the time
LEFT_OPEN = re.compile(
    r"[（(《“〔\[](?:(?<=[（(])[^（()）]*+|(?<=《)[^《》]*+|(?<=“)[^“”]*+|(?<=[〔\[])[^〔\[〕\]]*+)\Z"
)
REACH = 160  # characters round a join in which a bracket is looked for
RESPONSIBILITY = re.compile(
    r"(?:牵头|责任|负责|配合|参与|协办|主办|参加|实施|完成)(?:单位|部门|领导|人|时限)?[：:]"
)


def join_cut_paragraphs(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Join paragraphs that a page or column edge cut, also where the second part bears ``#``.

    A character printed on both sides of the edge is dropped once (seed, 268/270):
    ``改革 / 革，全面`` → ``改革，全面``

    给编辑：接合在页边、栏边断开的段落；两边重印的字只留一次。
    """
    joined: list[Block] = []
    run_in = _run_in_styles(blocks)
    whole = whole_lines(blocks)
    parts: list[TextBlock] = []  # of the paragraph that is being put together
    decimals = decimal_units(blocks)
    is_decimal_name = False  # whether the parts begin with a heading such as 2.1 响应
    for n, (block, following) in enumerate(zip_longest(blocks, blocks[1:])):
        if (
            parts
            and not isinstance(block, Table)
            and not (n in decimals or is_decimal_name)
            and (
                _belongs(parts, block, run_in, whole)
                or (parts[0].text[:1] == "第" and _ends_chapter(parts, block, following))
                or (isinstance(parts[0], Heading) and _ends_heading(parts, block, following))
            )
        ):
            parts.append(block)
            continue
        if parts:
            joined.append(_join(parts))
        parts = [] if isinstance(block, Table) else [block]
        is_decimal_name = n in decimals and isinstance(block, Heading)
        if isinstance(block, Table):
            joined.append(block)
    if parts:
        joined.append(_join(parts))
    return tuple(joined)


def _ends_chapter(parts: Sequence[TextBlock], block: TextBlock, following: Block | None) -> bool:
    """Whether a short line is the rest of a chapter's name: an article or a section follows it."""
    if (
        len(parts) > 1
        or isinstance(following, Table)
        or following is None
        or len(block.text) > LONGEST_REST
    ):
        return False
    chapter, below = parse_ordinal(parts[0].text), parse_ordinal(following.text)
    if chapter is None or below is None or chapter.style not in OVER_ARTICLES:
        return False
    if below.style not in ("clause", "article") or parse_ordinal(block.text):
        return False
    return block.text[-1] not in STOPS


# 市场监管和 · 职责与 · 生产安全的: no heading ends so, but for 总和, 参与, 涉及, 目的
DANGLING = re.compile(
    r"(?:(?<![总共缓调饱温谐])和|(?<![参赠授给])与|(?<![普涉波顾])及|(?<!目)的|或)\Z"
)


def _ends_heading(parts: Sequence[TextBlock], block: TextBlock, following: Block | None) -> bool:
    """Whether a short line is the rest of a numbered heading that stood on two lines.

    The heading ends in a word that none can end in, or both lines bear the same mark or none and
    a unit under or beside the heading follows.
    """
    first = parts[0]
    if not isinstance(first, Heading) or len(parts) > 1 or len(first.breaks) > 1:
        return False  # a heading of two lines is whole
    if isinstance(block, Paragraph) and block.kind != "paragraph":
        return False
    text = block.text
    if len(text) > LONGEST_REST or text[-1] in STOPS or text[0] in OPENING or parse_ordinal(text):
        return False
    ordinal = parse_ordinal(first.text)
    if ordinal is None or first.text[-1] in STOPS or _stands_apart(first.text, text):
        return False
    if DANGLING.search(first.text):
        return True
    below = ordinal_of(following)
    if below is None or RANKS[below.style] < RANKS[ordinal.style] or ORGAN.fullmatch(text):
        return False
    shortest = SHORTEST_LINE if first.hashes else SHORTEST_TITLE
    return block.hashes == first.hashes and len(first.text) >= shortest


LAST_WORD = re.compile(r".{1,2}[。；;]")
GRADE = re.compile(r"(?:特|[一二三四]|优秀|优胜|鼓励|入围)等?奖[：:]?")
# 各县人民政府主要负责同志 / 领导小组下设办公室，…: the last members, and what is said of the group
GROUP_END = re.compile(r"[^，。；：,;:]*(?:负责同志|负责人|分管领导|分管同志)")
GROUP_BEGIN = re.compile(rf"{any_end('group')}[^，。；]{{0,8}}(?:下设|设在|不作为|实行|主要职责)")


def _stands_apart(above: str, below: str) -> bool:
    """Whether one of two lines is whole by its form: a decimal unit, a label, names and posts."""
    if decimal_unit(below) or begins_with_label(below, above) or is_member(below):
        return True
    if lists_units(above) or lists_units(below) or GRADE.fullmatch(below):
        return True
    if GROUP_END.fullmatch(above) and GROUP_BEGIN.match(below):
        return True
    if is_appointment(below) and is_appointment(above):
        return True
    return is_member(above) or (is_decimal_heading(above) and not LAST_WORD.fullmatch(below))


def _belongs(
    parts: Sequence[TextBlock], block: TextBlock, run_in: Set[str], whole: Set[int]
) -> bool:
    """Whether a block goes on with what was put together so far."""
    first = parts[0]
    if block.lines.first in whole or first.lines.first in whole:
        return False
    if isinstance(first, Heading):
        if len(parts) == 1 and (_is_short_rest(first, block) or _is_cut_inside(first, block)):
            return True
        if len(parts) > 1 or _is_cut_lead(first, block, run_in):
            first = as_paragraph(first)
        else:
            return False
    if len(parts) == 1:
        return is_cut(first, block)
    return is_cut(replace(first, text=_edges(parts)), block)


def _edges(parts: Sequence[TextBlock]) -> str:
    """Give the beginning and the end of what is put together: they say all.

    A paragraph of many parts is not copied for each of them.
    """
    tail = ""
    for part in reversed(parts):
        tail = part.text[-(REACH - len(tail)) :] + tail
        if len(tail) >= REACH:
            return parts[0].text[:REACH] + tail
    return tail


def is_cut(above: Paragraph, below: TextBlock) -> bool:
    """Whether two blocks are the parts of one paragraph."""
    if above.kind not in ("paragraph", "attachment_note"):
        return False
    if isinstance(below, Paragraph) and below.kind != "paragraph":
        return False
    # what was joined to its first line says nothing about that line
    head = below.text[: below.breaks[1][0]] if len(below.breaks) > 1 else below.text
    if not above.text or not head:
        return False
    if len(above.text) + len(head) <= LONGEST_FORMULA and _is_formula(above.text + head):
        return False
    if head[-1] in "：:" and document_type(above.text[-REACH:]):
        return False  # the end of a title before the addressees
    if head[0] in NEVER_FIRST:
        return True
    last = above.text[-1]
    if last in OPENING or (head[0] in "第（(" and _refers(above.text, head)):
        return True
    if last in "、，,":
        return not below.text.startswith(LEAD_DASH) and parse_ordinal(below.text) is None
    if _is_open(above.text, head) and parse_ordinal(below.text) is None:
        return True
    if last in STOPS or last in CLOSING:
        if _is_number_cut(above.text, head):
            return True
        quoted = last in "》”" and _goes_on_after_quote(above.text, below)
        return quoted and parse_ordinal(below.text) is None
    if below.text.startswith(LEAD_DASH) or RESPONSIBILITY.match(below.text):
        return False
    if parse_ordinal(below.text):
        return False
    if isinstance(below, Heading) and len(below.text) > 20:
        return False
    if RESPONSIBILITY.match(above.text):
        names = re.split(r"[、，,：:]", above.text)
        return not WHOLE_AGENCY.fullmatch(names[-1].strip())
    if above.kind != "paragraph":
        return False
    if len(above.text) < SHORTEST_LINE:
        return _is_cut_at_date(above.text, head)
    return not _stands_apart(above.text, below.text) and not SPOKEN_AT.match(above.text)


BEFORE_DATE = re.compile(r"[从自于至在]\Z")


def _is_cut_at_date(above: str, below: str) -> bool:
    """Whether a date is cut off its sentence, before or behind it: 从 | 2016年1月1日 | 起执行."""
    if FROM_DAY.match(below):
        return bool(DAY_END.search(above))
    found = DATE.match(below)
    return found is not None and bool(BEFORE_DATE.search(above))


# 依照合同第八条、第九条 | 第十条约定履行 · 与本细则 | 第二条不一致的
REFERS = re.compile(
    rf"(?:第[{NUMERALS}]+[条款项][、，,和及与或至]?|本(?:法|条例|办法|细则|规定|规则|合同))\Z"
)


def _refers(above: str, below: str) -> bool:
    """Whether a line names a law or its articles and the next goes on with one of them."""
    found = PART_BEGIN.match(below)
    if not found:
        return False
    if above[-1] == "》":  # 《水法》 | 第七十七条所称的; a title may stand over 第一条 too
        return parse_ordinal(below) is None
    return bool(REFERS.search(above[-12:]))


# ——2017年1月5日在某市第十届人民代表大会第一次会议上
SPOKEN_AT = re.compile(r"[—-]{1,2}\s*+\d{4}年.{4,80}(?:会|会议)上\Z")


def _is_number_cut(above: str, below: str) -> bool:
    """Whether a number is cut behind its year or its point: 国办发〔2016〕|13号, 55.|3万张."""
    if above[-1] in ".．":
        # 3. alone is an ordinal, not the beginning of 3.5
        is_decimal = below[0].isdecimal() and above[-2:-1].isdecimal()
        whole = parse_ordinal(below) is not None or decimal_unit(below)
        return is_decimal and not whole and not above[:-1].isdecimal()
    return bool(CUT_ABOVE.search(above[-6:]) and CUT_BELOW.match(below))


def _is_formula(both: str) -> bool:
    return bool(FORMULA.search(both)) and not any(stop in both for stop in "。；;")


def _run_in_styles(blocks: Sequence[Block]) -> frozenset[str]:
    """Styles of ordinals whose units mostly run on in their own line."""
    balance: Counter[str] = Counter()
    for block in blocks:
        if ordinal := ordinal_of(block):
            balance[ordinal.style] += 1 if isinstance(block, Paragraph) else -1
    return frozenset(style for style, count in balance.items() if count > 0)


def _is_cut_lead(above: Heading, below: Block, run_in: Set[str]) -> bool:
    """Whether a numbered line that looks like a heading is text cut in its first sentence.

    So it is when it bears no mark, its sisters run on, and plain text follows
    （三）区地税局对台湾居民提交的申请表、个人所|得税缴纳完税凭证… (pingtan/2015-02, 296/298).
    """
    ordinal = parse_ordinal(above.text)
    if ordinal is None or above.hashes or ordinal.style not in run_in or above.text[-1] in STOPS:
        return False
    if isinstance(below, Table) or (isinstance(below, Paragraph) and below.kind != "paragraph"):
        return False
    if below.hashes:  # the last characters of a cut line, which the scan marked
        return len(below.text) <= SHORT_REST and below.text[-1] in "；。;"
    return isinstance(below, Paragraph)


# whole answers under a heading: 收费标准 / 不收费。
ANSWER = re.compile(
    r"(?:无|暂无|没有|略|同上|见附[件表]?\d{0,2}|不?收费|免费|不限|是|否|有|长期|永久)[。；;]"
)


def _is_short_rest(above: Heading, below: Block) -> bool:
    """Whether the last characters of a numbered sentence stand below it.

    1.项目资金实行专账管理，确保专款专|用。 and （二）建立信息通报制|度。
    """
    if isinstance(below, Table) or len(below.text) > SHORT_REST:
        return False
    if isinstance(below, Paragraph) and below.kind != "paragraph":
        return False
    if below.text[-1] not in "。；;":
        return False
    ordinal = parse_ordinal(above.text)
    if ordinal is None or ordinal.style in OVER_ARTICLES or above.text[-1] in STOPS + CLOSING:
        return False
    first = below.text[0]
    if first in OPENING + "—" or parse_ordinal(below.text) or ANSWER.fullmatch(below.text):
        return False
    label = above.text[ordinal.end :]
    if any(mark in label for mark in "，,"):
        return True
    if first.isdecimal():
        return False  # 办理时限 / 7个工作日。
    return len(label) >= 6 if len(below.text) <= 3 else len(above.text) >= SHORTEST_TITLE


# 间距不大于 | 2.5公里; not 办理时限 / 7个工作日: what no heading ends with
BEFORE_FIGURE = re.compile(
    r"(?:不[大小少低高多]于|不超过|[大小少低高多]于|达到?|超过|每|每隔|至少|增至|减至|增加到|提高到|降至"
    r"|(?<![存内实潜所])在|约|近|逾)\Z"
)
# the same before words; an article says what is to be done: 第一条　申请人应当向民政部门 | 提出…
BEFORE_WORDS = re.compile(
    r"(?:应当|可以|不得|必须|给予|予以|位于|用于|属于|由于|以及|或|将|把|被)\Z"
    r"|\A第[^\s\u3000]{1,8}条[\s\u3000][^的（(]{2,}(?:应当|可以|不得|必须)[^的]*\Z"
)
# 自2016年5月1日 | 起施行
DAY_END, FROM_DAY = re.compile(r"[年月日]\Z"), re.compile(FROM)


def _is_cut_inside(above: Heading, below: Block) -> bool:
    """Whether a numbered line ends where no heading does: before a figure, within a date."""
    if not isinstance(below, Paragraph) or below.kind != "paragraph":
        return False
    if _refers(above.text, below.text):
        return True
    if parse_ordinal(below.text) is not None:
        return False
    if below.text[:1].isdecimal():
        return bool(BEFORE_FIGURE.search(above.text) or BEFORE_WORDS.search(above.text))
    if FROM_DAY.match(below.text):
        return bool(DAY_END.search(above.text))
    return bool(BEFORE_WORDS.search(above.text))


def as_paragraph(heading: Heading) -> Paragraph:
    """Take a heading for a paragraph of the same text."""
    return Paragraph(
        heading.text, heading.lines, heading.breaks, marks=heading.marks, hashes=heading.hashes
    )


def as_heading(paragraph: Paragraph) -> Heading:
    """Take a paragraph for a heading of the same text."""
    return Heading(
        paragraph.text,
        paragraph.lines,
        paragraph.breaks,
        marks=paragraph.marks,
        hashes=paragraph.hashes,
    )


def _goes_on_after_quote(above: str, below: TextBlock) -> bool:
    """After 》 or ”: the sentence goes on unless a full stop stands inside the quotation."""
    if isinstance(below, Heading) or above[-2:-1] in STOPS:
        return False
    sentence = above[-REACH:]
    return below.text[0] in "（(和等的及与、" or "，" in sentence or "," in sentence


def _is_open(above: str, below: str) -> bool:
    """Whether a bracket or quotation mark is left open above and closed below."""
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


def _join(parts: Sequence[TextBlock]) -> TextBlock:
    """Put the parts of a paragraph together, doubled characters once."""
    first = parts[0]
    if len(parts) == 1:
        return first
    texts: list[str] = [first.text]
    breaks = [*first.breaks]
    marks = [*first.marks]
    length = len(first.text)
    for above, part in pairwise(parts):
        doubled = _doubled(above.text, part.text)
        shift = length - doubled
        breaks += [(max(offset + shift, length), line) for offset, line in part.breaks]
        moved = (replace(m, start=m.start + shift, end=m.end + shift) for m in part.marks)
        marks += [m for m in moved if m.start >= length]
        texts.append(part.text[doubled:])
        length += len(part.text) - doubled
    text = "".join(texts)
    paragraph = first
    if isinstance(first, Heading) and not _stays_heading(first, text):
        paragraph = as_paragraph(first)
    return replace(
        paragraph,
        text=text,
        lines=Lines(first.lines.first, parts[-1].lines.last),
        breaks=tuple(breaks),
        marks=tuple(marks),
    )


def _stays_heading(first: Heading, text: str) -> bool:
    """Whether a heading that was cut is one as a whole too."""
    ordinal = parse_ordinal(first.text)
    if ordinal is None or ordinal.style in OVER_ARTICLES:
        return ordinal is not None
    return stands_alone(Line(first.lines.first, text, first.hashes), ordinal)


def _doubled(above: str, below: str) -> int:
    """How many characters at the edge were printed twice: all that stands before a mark."""
    for count in range(1, 5):
        if len(below) > count and below[count] in "，。、；：,;:" and above.endswith(below[:count]):
            return count if HAS_CJK.search(below[:count]) else 0
    return 0


def ordinal_of(block: Block | None) -> Ordinal | None:
    """Give the ordinal that a block of text begins with."""
    return None if block is None or isinstance(block, Table) else parse_ordinal(block.text)
