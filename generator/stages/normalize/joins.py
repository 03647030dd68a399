"""The rule that joins paragraphs that a page or column edge cut, and its tests for cuts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence, Set
from dataclasses import replace
from functools import cached_property
from itertools import pairwise

from generator.language.ordinals import RANKS, Ordinal, parse_ordinal
from generator.language.organs import ORGAN
from generator.model import Block, Heading, Lines, Paragraph, Table, TextBlock
from generator.model.outline import decimal_units
from generator.runtime.patterns import lazy_regex
from generator.stages.normalize.edges import (
    CLOSING,
    DAY_END,
    FROM_DAY,
    OPENING,
    REACH,
    SHORTEST_LINE,
    SHORTEST_TITLE,
    STOPS,
    is_kept_at_once,
    judge,
    refers,
    stands_apart,
)
from generator.stages.normalize.lists import whole_lines
from generator.stages.normalize.text_rules import HAS_CJK
from generator.stages.parse.headings import stands_alone
from generator.stages.parse.lines import Line

OVER_ARTICLES = frozenset({"part", "chapter", "clause"})
SHORT_REST, LONGEST_REST = 8, 25  # characters


def join_cut_paragraphs(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Join paragraphs that a page or column edge cut, even if the second part begins with ``#``.

    A character printed on both sides of the edge is kept once (seed, 268/270):
    ``改革 / 革，全面`` → ``改革，全面``

    A picture between the two parts of a sentence comes after the paragraph, with its caption.

    给编辑：接合在页边、栏边断开的段落；两边重印的字只留一次；夹在句中的图片连同图题移到段后。
    """
    joined: list[Block] = []
    around = _Around(blocks)
    parts: list[TextBlock] = []  # of the paragraph that is being joined
    clues: list[str] = []  # that joined all parts but the first
    decimals = decimal_units(blocks)
    is_decimal_name = False  # whether the parts begin with a heading such as 2.1 响应
    pictures: list[Block] = []  # below the parts: a sentence may go on below them
    for n, block in enumerate(blocks):
        is_picture = not isinstance(block, Table) and _is_picture(block)
        if parts and not isinstance(block, Table):
            if is_picture and _may_go_on(parts[-1]):
                pictures.append(block)
                continue
            if block.evidence.decided:
                clue = "decision" if block.evidence.decided == "joined" else ""
            elif (
                n in decimals
                or is_decimal_name
                or is_picture
                or (pictures and _is_on_line_of_words(pictures[-1], block))
            ):
                clue = ""
            elif pictures:
                clue = _belongs(parts, block, around) if _ends_sentence(block) else ""
            else:
                clue = _belongs(parts, block, around)
                if not clue and len(block.text) <= LONGEST_REST:  # few lines
                    clue = _ends_name(parts, block, blocks[n + 1] if n + 1 < len(blocks) else None)
            if clue:
                parts.append(block)
                clues.append(clue)
                continue
        if parts:
            joined.append(_join(parts, clues) if clues else parts[0])
            joined += pictures
            pictures = []
        parts, clues = [] if isinstance(block, Table) else [block], []
        is_decimal_name = n in decimals and isinstance(block, Heading)
        if isinstance(block, Table):
            joined.append(block)
    if parts:
        joined += [_join(parts, clues), *pictures]
    return tuple(joined)


class _Around:
    """What few edges ask of all blocks; each is found when the first edge asks for it."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self._blocks = blocks

    @cached_property
    def run_in(self) -> Set[str]:
        """The styles of ordinals that have more run-in units than headings."""
        balance: Counter[str] = Counter()
        for block in self._blocks:
            if ordinal := ordinal_of(block):
                balance[ordinal.style] += 1 if isinstance(block, Paragraph) else -1
        return frozenset(style for style, count in balance.items() if count > 0)

    @cached_property
    def whole(self) -> Set[int]:
        """The first source line of each block that is complete by what is around it."""
        return whole_lines(self._blocks)


# 图1 停车场分布 · 照片：某某摄 · 注：…: words about a picture
ABOUT_PICTURE = lazy_regex(r"[（(]?(?:附?图|照片|注|来源|摄影|说明)")


# 停车场布局如下 · 见图1
LEADS_TO_PICTURE = lazy_regex(r"(?:如下|所示|下[图表]|示意图|[图表][ \u3000]?\d{0,3})\Z")


def _is_on_line_of_words(picture: Block, below: Block) -> bool:
    """Whether a picture with a caption and the text behind it are on one line of the source.

    The caption would change its place within that line.
    """
    return (
        isinstance(picture, Paragraph)
        and bool(picture.text.strip())
        and (picture.lines.last == below.lines.first)
    )


def _is_picture(block: TextBlock) -> bool:
    """Whether a block is a picture on which no editor has decided."""
    is_picture = isinstance(block, Paragraph) and block.kind == "picture"
    return is_picture and not block.evidence.decided


def _may_go_on(above: TextBlock) -> bool:
    """Whether a picture may stand inside the sentence of a block: it is long, and has no end."""
    return (
        isinstance(above, Paragraph)
        and above.kind == "paragraph"
        and len(above.text) >= SHORTEST_LINE
        and above.text[-1] not in STOPS + CLOSING
        and any(mark in above.text for mark in "，,、。；;")  # a title has none
        and LEADS_TO_PICTURE.search(above.text) is None
    )


def _ends_sentence(below: TextBlock) -> bool:
    """Whether a block below a picture is the rest of a sentence, and no words about the picture."""
    return (
        isinstance(below, Paragraph)
        and below.text[-1] in STOPS + CLOSING
        and ABOUT_PICTURE.match(below.text) is None
    )


def _ends_name(parts: Sequence[TextBlock], block: TextBlock, following: Block | None) -> str:
    """Name the clue if a short line is the rest of a name printed on two lines; empty if not.

    A chapter's name has a section or article under it. A heading with a number either ends in a
    word in which no heading can end, or both lines have the same number of ``#`` and a unit of the
    heading's rank or below follows.
    """
    if len(parts) > 1:
        return ""
    if _is_rest_of_chapter(parts[0], block, following):
        return "rest-of-chapter-name"
    return "rest-of-heading" if _is_rest_of_heading(parts[0], block, following) else ""


def _is_rest_of_chapter(first: TextBlock, block: TextBlock, following: Block | None) -> bool:
    if first.text[:1] != "第" or isinstance(following, Table) or following is None:
        return False
    chapter, below = parse_ordinal(first.text), parse_ordinal(following.text)
    if chapter is None or below is None or chapter.style not in OVER_ARTICLES:
        return False
    if below.style not in ("clause", "article") or parse_ordinal(block.text):
        return False
    return block.text[-1] not in STOPS


# 市场监管和 · 职责与 · 生产安全的: no heading ends like this, except in 总和, 参与, 涉及, 目的
DANGLING = lazy_regex(
    r"(?:(?<![总共缓调饱温谐])和|(?<![参赠授给])与|(?<![普涉波顾])及|(?<!目)的|或)\Z"
)


def _is_rest_of_heading(first: TextBlock, block: TextBlock, following: Block | None) -> bool:
    if not isinstance(first, Heading) or len(first.breaks) > 1:
        return False  # a heading of two lines is whole
    if isinstance(block, Paragraph) and block.kind != "paragraph":
        return False
    text = block.text
    if not text or text[-1] in STOPS or text[0] in OPENING or parse_ordinal(text):
        return False
    ordinal = parse_ordinal(first.text)
    if ordinal is None or first.text[-1] in STOPS or stands_apart(first.text, text):
        return False
    if DANGLING.search(first.text):
        return True
    below = ordinal_of(following)
    if below is None or RANKS[below.style] < RANKS[ordinal.style] or ORGAN.fullmatch(text):
        return False
    shortest = SHORTEST_LINE if first.hashes else SHORTEST_TITLE
    return block.hashes == first.hashes and len(first.text) >= shortest


def _belongs(parts: Sequence[TextBlock], block: TextBlock, around: _Around) -> str:
    """Name the clue by which a block continues the parts joined so far; empty if it does not."""
    if len(parts) == 1 and is_kept_at_once(parts[0], block):
        return ""  # most edges
    if isinstance(block, Paragraph) and block.is_item:
        return ""
    clue = _clue_of_rest(parts, block, around)
    if clue and (block.lines.first in around.whole or parts[0].lines.first in around.whole):
        return ""
    return clue


def _clue_of_rest(parts: Sequence[TextBlock], block: TextBlock, around: _Around) -> str:
    first = parts[0]
    if isinstance(first, Heading):
        if len(parts) == 1 and _is_short_rest(first, block):
            return "rest-of-sentence"
        if len(parts) == 1 and _is_cut_inside(first, block):
            return "no-heading-ends-so"
        if len(parts) > 1 or _is_cut_lead(first, block, around):
            first = as_paragraph(first)
        else:
            return ""
    if len(parts) > 1:
        first = replace(first, text=_edges(parts))
    clue = judge(first, block)
    return clue.name if clue.verdict == "join" else ""


def _edges(parts: Sequence[TextBlock]) -> str:
    """Give the beginning and the end of joined parts, which is enough for all clues.

    So a paragraph of many parts is not copied for each of them.
    """
    tail = ""
    for part in reversed(parts):
        tail = part.text[-(REACH - len(tail)) :] + tail
        if len(tail) >= REACH:
            return parts[0].text[:REACH] + tail
    return tail


def _is_cut_lead(above: Heading, below: Block, around: _Around) -> bool:
    """Whether a numbered line that looks like a heading is text cut in its first sentence.

    This holds if the line has no ``#``, most units of its style are run-in, and plain text follows:
    （三）区地税局对台湾居民提交的申请表、个人所|得税缴纳完税凭证… (pingtan/2015-02, 296/298).
    """
    ordinal = parse_ordinal(above.text)
    if ordinal is None or above.hashes or above.text[-1] in STOPS:
        return False
    if ordinal.style not in around.run_in:
        return False
    if isinstance(below, Table) or (isinstance(below, Paragraph) and below.kind != "paragraph"):
        return False
    if below.hashes:  # the last characters of a cut line, to which the scan added #
        return len(below.text) <= SHORT_REST and below.text[-1] in "；。;"
    return isinstance(below, Paragraph)


# complete answers under a heading: 收费标准 / 不收费。
ANSWER = lazy_regex(
    r"(?:无|暂无|没有|略|同上|见附[件表]?\d{0,2}|不?收费|免费|不限|是|否|有|长期|永久)[。；;]"
)


def _is_short_rest(above: Heading, below: Block) -> bool:
    """Whether a block is only the last characters of the numbered sentence above it.

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
    if any(c in label for c in "，,"):
        return True
    if first.isdecimal():
        return False  # 办理时限 / 7个工作日。
    return len(label) >= 6 if len(below.text) <= 3 else len(above.text) >= SHORTEST_TITLE


# words in which no heading ends: 间距不大于 | 2.5公里; not 办理时限 / 7个工作日
BEFORE_FIGURE = lazy_regex(
    r"(?:不[大小少低高多]于|不超过|[大小少低高多]于|达到?|超过|每|每隔|至少|增至|减至|增加到|提高到|降至"
    r"|(?<![存内实潜所])在|约|近|逾)\Z"
)
# the same before words; or an article with its verb, which is a sentence:
# 第一条　申请人应当向民政部门 | 提出…
BEFORE_WORDS = lazy_regex(
    r"(?:应当|可以|不得|必须|给予|予以|位于|用于|属于|由于|以及|或|将|把|被)\Z"
    r"|\A第[^\s\u3000]{1,8}条[\s\u3000][^的（(]{2,}(?:应当|可以|不得|必须)[^的]*\Z"
)


def _is_cut_inside(above: Heading, below: Block) -> bool:
    """Whether a numbered line ends where no heading ends: before a figure, inside a date."""
    if not isinstance(below, Paragraph) or below.kind != "paragraph":
        return False
    if refers(above.text, below.text):
        return True
    if parse_ordinal(below.text) is not None:
        return False
    if below.text[:1].isdecimal():
        return bool(BEFORE_FIGURE.search(above.text) or BEFORE_WORDS.search(above.text))
    if FROM_DAY.match(below.text):
        return bool(DAY_END.search(above.text))
    return bool(BEFORE_WORDS.search(above.text))


def as_paragraph(heading: Heading, clue: str = "") -> Paragraph:
    """Make a paragraph of a heading, with the same text; the clue is why it is none."""
    return Paragraph(
        heading.text,
        heading.lines,
        heading.breaks,
        marks=heading.marks,
        hashes=heading.hashes,
        evidence=replace(heading.evidence, clue=clue or heading.evidence.clue),
    )


def as_heading(paragraph: Paragraph, clue: str) -> Heading:
    """Make a heading of a paragraph, with the same text; the clue is why it is one."""
    return Heading(
        paragraph.text,
        paragraph.lines,
        paragraph.breaks,
        marks=paragraph.marks,
        hashes=paragraph.hashes,
        evidence=replace(paragraph.evidence, clue=clue),
    )


def _join(parts: Sequence[TextBlock], clues: Sequence[str]) -> TextBlock:
    """Join the parts of a paragraph; characters printed twice at an edge are kept once.

    ``clues`` name why each part but the first belongs to it.
    """
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
        paragraph = as_paragraph(first, "cut-text")
    joins = [*first.evidence.joins]
    for part, clue in zip(parts[1:], clues, strict=True):
        joins += [(part.lines.first, clue), *part.evidence.joins]
    return replace(
        paragraph,
        text=text,
        evidence=replace(paragraph.evidence, joins=tuple(joins)),
        lines=Lines(first.lines.first, parts[-1].lines.last),
        breaks=tuple(breaks),
        marks=tuple(marks),
    )


def _stays_heading(first: Heading, text: str) -> bool:
    """Whether a joined heading, with its whole text, is still a heading."""
    ordinal = parse_ordinal(first.text)
    if ordinal is None or ordinal.style in OVER_ARTICLES:
        return ordinal is not None
    return stands_alone(Line(first.lines.first, text, first.hashes), ordinal)


def _doubled(above: str, below: str) -> int:
    """Count the characters that were printed on both sides of an edge.

    Below the edge, punctuation follows them: ``改革 / 革，全面``.
    """
    for count in range(1, 5):
        if len(below) > count and below[count] in "，。、；：,;:" and above.endswith(below[:count]):
            return count if HAS_CJK.search(below[:count]) else 0
    return 0


def ordinal_of(block: Block | None) -> Ordinal | None:
    """Give the ordinal that a block of text begins with."""
    return None if block is None or isinstance(block, Table) else parse_ordinal(block.text)
