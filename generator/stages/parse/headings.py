"""Decide whether a line of text is a heading of its own: the features of a line, and the clues.

The level of a unit never comes from ``#`` (317 units of the seed issue have any number of them, or
none); a ``#`` only helps to distinguish a heading from a sentence that a page edge cut.
"""

from __future__ import annotations

from typing import Literal, NamedTuple, TypeAlias

from generator.language.decimal_units import is_unit_name
from generator.language.ordinals import Ordinal, OrdinalStyle
from generator.model import Begins
from generator.runtime.patterns import lazy_regex
from generator.stages.parse.clues import Clue, deciding, is_among
from generator.stages.parse.lines import Line

Verdict: TypeAlias = Literal["heading", "text"]

TERMINAL = "。；：！？.;:!?"
CHAPTER_NAMES = frozenset({"总则", "附则", "罚则", "法律责任", "奖励与处罚", "奖惩"})
PAIRS = (("“", "”"), ("《", "》"), ("（", "）"), ("(", ")"))
COMMAS = lazy_regex(r"[,，；;]")
SENTENCE_MARKS = frozenset("。；，、;,")
GOES_ON = "；;：:、，,！!"  # a heading never ends in one of these
# the styles of which no clue above TEXT_FOLLOWS speaks, if text follows
RUN_IN: frozenset[OrdinalStyle] = frozenset(
    ("article", "stem", "section", "item", "point", "subpoint")
)
LONGEST_NAME, LONGEST_PLAIN, LONGEST_LABEL, LONGEST_SENTENCE = 80, 60, 40, 25  # characters
MOST_COMMAS = 4  # of a heading that has # in the source


class Numbered(NamedTuple):
    """The features of a line, split at the ordinal that it begins with."""

    rest: str  # the text after the ordinal; the whole text if there is none
    style: str  # of the ordinal; empty if there is none
    is_decimal: bool  # 2.1, 2.1.1
    label: str  # the text up to the first full stop
    has_stop: bool
    goes_on: bool  # text follows the first full stop, or the line ends as no heading does
    is_marked: bool  # the source marks the line with ``#``
    decided: Begins | None  # by an editor

    @property
    def is_open(self) -> bool:
        """Whether the line ends inside a quotation or a bracket."""
        rest = self.rest
        for opening, closing in PAIRS:
            if opening in rest and rest.count(opening) > rest.count(closing):
                return True
        return False

    @property
    def commas(self) -> int:
        """How many commas and semicolons the label has."""
        return len(COMMAS.findall(self.label))

    @property
    def cites(self) -> bool:
        """Whether an item of a list names a document: 4.关于…的通告（闽岚综实管综〔2011〕16号）."""
        return self.rest[-1] in "）)" and "号" in self.rest[-4:]


DECIDED: tuple[Clue[Numbered, Verdict], ...] = (
    Clue("decided-heading", "heading", lambda n: n.decided == "heading"),
    Clue("decided-text", "text", lambda n: n.decided is not None),
)
# lines without an ordinal; the order is the priority
PLAIN_CLUES: tuple[Clue[Numbered, Verdict], ...] = (
    *DECIDED,
    # 总则 without its number, which was lost
    Clue("chapter-name", "heading", lambda n: n.rest in CHAPTER_NAMES),
    # introductions (任命：) and sentences are no headings, even with # in the source
    Clue(
        "marked",
        "heading",
        lambda n: (
            n.is_marked and len(n.rest) <= LONGEST_PLAIN and n.rest[-1] not in TERMINAL + "，、,"
        ),
    ),
    Clue("unmarked", "text", lambda _: True),
)
TEXT_FOLLOWS: Clue[Numbered, Verdict] = Clue("text-follows", "text", lambda n: n.goes_on)
# lines with an ordinal
NUMBERED_CLUES: tuple[Clue[Numbered, Verdict], ...] = (
    *DECIDED,
    # 第一部分 为基础工资。
    Clue("part-of-sentence", "text", lambda n: n.style == "part" and n.rest[-1:] in SENTENCE_MARKS),
    # 第一章 总则 · 第三条 alone on its line
    Clue(
        "name",
        "heading",
        lambda n: (
            (not n.rest or n.style in ("part", "chapter", "clause")) and len(n.rest) <= LONGEST_NAME
        ),
    ),
    Clue("long-name", "text", lambda n: n.style in ("part", "chapter", "clause")),
    # 2.1 响应分级
    Clue(
        "decimal-name",
        "heading",
        lambda n: n.is_decimal and is_unit_name(n.rest),
    ),
    Clue("decimal-text", "text", lambda n: n.is_decimal),
    # （一）总体要求。四川旅游…
    TEXT_FOLLOWS,
    Clue("open-bracket", "text", lambda n: n.is_open),
    # a heading with 一、 has no 。; a sentence of a list has one
    Clue(
        "section-sentence",
        "text",
        lambda n: n.style == "section" and n.has_stop and not n.is_marked,
    ),
    # 第三条　申请条件
    Clue(
        "article-name",
        "heading",
        lambda n: (
            n.style == "article"
            and not n.has_stop
            and not n.commas
            and len(n.label) <= LONGEST_LABEL
        ),
    ),
    Clue("article-text", "text", lambda n: n.style == "article"),
    Clue(
        "marked-unit",
        "heading",
        lambda n: (
            n.is_marked
            and len(n.label) <= LONGEST_NAME
            and n.commas <= MOST_COMMAS
            and not (n.has_stop and n.commas > 1)
        ),
    ),
    Clue("marked-text", "text", lambda n: n.is_marked),
    Clue("citation", "text", lambda n: n.cites),
    Clue(
        "short-unit",
        "heading",
        lambda n: (
            len(n.label) <= (LONGEST_SENTENCE if n.has_stop else LONGEST_LABEL) and n.commas <= 1
        ),
    ),
    Clue("long-unit", "text", lambda _: True),
)


def features_of(line: Line, ordinal: Ordinal | None) -> Numbered:
    """Compute the features of a line, once for all clues."""
    rest = line.text[ordinal.end :].strip() if ordinal else line.text
    label, stop, following = rest.partition("。")
    return Numbered(
        rest=rest,
        style=ordinal.style if ordinal else "",
        is_decimal=bool(ordinal and ordinal.path),
        label=label,
        has_stop=bool(stop),
        goes_on=bool(following.strip()) or rest[-1:] in GOES_ON,
        is_marked=bool(line.hashes),
        decided=line.decided,
    )


def judge(line: Line, ordinal: Ordinal | None) -> Clue[Numbered, Verdict]:
    """Give the first clue that holds; it decides whether a line is a heading of its own."""
    clues = PLAIN_CLUES if ordinal is None else NUMBERED_CLUES
    return deciding(clues, features_of(line, ordinal))


def heading_clue(line: Line, ordinal: Ordinal | None) -> Clue[Numbered, Verdict]:
    """Give the clue that decides whether a line is a heading of its own, or text."""
    # most lines: a quick test saves the clues
    if ordinal is None:
        if not (line.hashes or line.decided) and line.text not in CHAPTER_NAMES:
            return PLAIN_CLUES[-1]
    elif ordinal.style in RUN_IN and not (ordinal.path or line.decided):
        text = line.text
        goes_on = text[-1] in GOES_ON or 0 <= text.find("。", ordinal.end) < len(text) - 1
        if goes_on and len(text) > ordinal.end and is_among(TEXT_FOLLOWS, NUMBERED_CLUES):
            return TEXT_FOLLOWS
    return judge(line, ordinal)


def stands_alone(line: Line, ordinal: Ordinal | None) -> bool:
    """Whether a line is a heading of its own, and not text or a run-in unit."""
    return heading_clue(line, ordinal).verdict == "heading"
