"""Rules for one text, ``str → str``: width, blanks, the brackets of numbers."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from generator.language import dates, document_numbers
from generator.language.dates import DATE
from generator.language.document_numbers import SPACED, UNSETTLED
from generator.language.figures import close_up_colons
from generator.language.figures import close_up_figures as close_up
from generator.language.ideographs import HAN_OF_ANY_PRINT as CJK
from generator.language.numerals import MISREAD_DIGITS
from generator.language.ordinals import (
    FIRST,
    ORDINAL_AND_GAP,
    POINT_BEFORE_FIGURE,
    QUOTED_AND_GAP,
    WORD_AND_GAP,
)
from generator.language.unseen import INVISIBLE, UNSEEN
from generator.model.edits import Replaced
from generator.runtime.patterns import lazy_regex
from generator.stages.normalize.joint_organs import part_cited_organs

FULL = rf"{CJK}，。、；：？！“”‘’（）《》〈〉〔〕【】—…％℃·～"
HAS_CJK = lazy_regex(rf"[{CJK}]")


def drop_invisible_characters(text: str) -> str:
    """Drop characters that a reader cannot see.

    ``川府\u200b发`` → ``川府发``

    给编辑：去掉零宽等看不见的字符。
    """
    return INVISIBLE.sub("", text)


# a blank beside the point, the comma or the colon of a figure: a quick test
BESIDE_POINT = lazy_regex(r"[.．,](?:[ \xa0\u3000]++(?=[0-9０-９])|(?<=[ \xa0\u3000].)[0-9０-９])")
BESIDE_COLON = lazy_regex(r"[:：](?:[ \xa0\u3000]++(?=[0-9０-９])|(?<=[ \xa0\u3000].)[0-9０-９])")


def close_up_figures(text: str) -> str:
    """Drop the blanks inside decimals and thousands, where no ordinal can be meant.

    ``增长12. 5%`` → ``增长12.5%``, ``1, 234. 5万元`` → ``1,234.5万元``; ``1. 5月底前`` stays.

    给编辑：去掉小数、千分位数字里的空格；“1. 5月底前”这样的序号不动。
    """
    if not (" " in text or "\u3000" in text or "\xa0" in text):
        return text
    return close_up(text) if BESIDE_POINT.search(text) else text


def close_up_times(text: str) -> str:
    """Drop the blanks inside times of the day and ratios.

    ``上午9 : 30`` → ``上午9:30``, ``比例1 : 500`` → ``比例1:500``; ``附件1: 20项`` stays.

    给编辑：去掉时刻、比例里冒号两边的空格。
    """
    if not (" " in text or "\u3000" in text or "\xa0" in text):
        return text
    return close_up_colons(text) if BESIDE_COLON.search(text) else text


# , ; : ? ! unless letters or digits are on both sides (1,300 · 8:30); not the : of http://
HALF_MARK = lazy_regex(r"[,;:?!](?!//)(?:(?<![0-9A-Za-z].)|(?![0-9A-Za-z]))")
HALF_BRACKET = lazy_regex(r"(?<=[0-9A-Za-z])\([ -'*-~]*\)(?=[0-9A-Za-z])|[()]")
# punctuation that may have to keep its half width; a text without any is widened at once
HALF_KEPT = lazy_regex(
    r"[,;:?!(/](?:(?<=//)|(?<=[0-9A-Za-z][,;:?!])(?=[0-9A-Za-z])"
    r"|(?<=[0-9A-Za-z]\()[^()]*\)(?=[0-9A-Za-z]))"
)
HALF = lazy_regex(r"[,;:?!()]")
WIDTHS = tuple(zip(",;:?!()", "，；：？！（）", strict=True))
WIDE = str.maketrans(dict(WIDTHS))


def widen_punctuation(text: str) -> str:
    """Replace half-width punctuation in Chinese text by full-width punctuation.

    ``前景广阔,必须坚持`` → ``前景广阔，必须坚持``

    给编辑：中文里的半角标点改为全角。
    """
    if not (HALF.search(text) and HAS_CJK.search(text)):
        return text
    if not HALF_KEPT.search(text):
        for half, wide in WIDTHS:  # four times faster than translate
            text = text.replace(half, wide)
        return text
    text = HALF_MARK.sub(lambda found: found[0].translate(WIDE), text)
    return HALF_BRACKET.sub(
        lambda found: found[0].translate(WIDE) if len(found[0]) == 1 else found[0], text
    )


def restore_numbers(text: str) -> str:
    """Restore the digits of a document number that a scan misread.

    ``某府发〔2O24〕l号`` → ``某府发〔2024〕1号``

    给编辑：发文字号里误识作字母O、l、I的数字0、1，只有一种读法的，改回数字并提醒。
    """
    return document_numbers.restore_numbers(text)


MOST_BLANKS = 12  # beside a quotation mark
QUOTES = (
    (lazy_regex('["＂“”]'), "“", "”"),
    (lazy_regex("(?<![A-Za-z])['＇‘’]|['＇‘’](?![A-Za-z])"), "‘", "’"),
)
CHINESE = lazy_regex(rf"[{CJK}，。、；：？！（）《》“”‘’]")


def pair_quotes(text: str) -> str:
    """Replace straight quotation marks in pairs by “ ” and ‘ ’.

    ``推进"两个机制"建设`` → ``推进“两个机制”建设``; marks without a partner stay.

    给编辑：成对的直引号改为“ ”、‘ ’；不成对的不动，并提示。
    """
    if not ('"' in text or "'" in text or "＂" in text or "＇" in text) or not HAS_CJK.search(text):
        return text
    for marks, opening, closing in QUOTES:
        text = _paired(text, marks, opening, closing)
    return text


def _paired(text: str, marks: re.Pattern[str], opening: str, closing: str) -> str:
    """Pair the marks of one kind in turn; the text as it is unless all fit together."""
    parts: list[str] = []
    end = begun = 0
    is_open = False
    for found in marks.finditer(text):
        at, mark = found.start(), found[0]
        if mark == (opening if is_open else closing) or (
            not is_open and mark not in (opening, closing) and text[at - 1 : at].isdecimal()
        ):
            return text  # a pair inside a pair, or 12" for inches
        if is_open:
            # blanks beside the marks are closed up by another rule
            before = text[max(begun - MOST_BLANKS, 0) : begun].rstrip()[-1:]
            after = text[at + 1 : at + 1 + MOST_BLANKS].lstrip()[:1]
            around = before + text[begun + 1 : at] + after
            if at == begun + 1 or not CHINESE.search(around):
                return text
        parts += [text[end:at], closing if is_open else opening]
        begun, end, is_open = at, at + 1, not is_open
    return text if is_open else "".join([*parts, text[end:]])


# 川府发[2016]55号 · 闽岚综实管综﹝2010﹞6号 · 国办发（1985)49号
NUMBER_BRACKETS = lazy_regex(rf"(?<=[{CJK}]){UNSETTLED}")


def unify_number_brackets(text: str) -> str:
    """Put the year of a document number in 〔〕 (GB/T 9704-2012, 7.2.5).

    ``攀办发[2016]71号`` → ``攀办发〔2016〕71号``

    给编辑：发文字号的年份用六角括号。
    """
    if not document_numbers.may_hold_number(text):
        return text
    return NUMBER_BRACKETS.sub(r"\g<before>〔\g<year>〕", text)


NUMBER_WITH_GAPS = lazy_regex(rf"(?<=[{CJK}]){SPACED}")


def close_up_numbers(text: str) -> str:
    """Drop the blanks inside a document number.

    ``攀府人〔2016〕23 号`` → ``攀府人〔2016〕23号``

    给编辑：去掉发文字号中的空格。
    """
    if "〔" not in text:
        return text
    return NUMBER_WITH_GAPS.sub(r"〔\g<year>〕\g<di>\g<serial>\g<end>", text)


def restore_dates(text: str) -> str:
    """Restore the digits and the 日 of a date that a scan misread.

    ``2O24年l月6曰`` → ``2024年1月6日``

    给编辑：日期里误识作字母O、l、I的数字0、1和误识作“曰”的“日”，只有一种读法的，改回并提醒。
    """
    return dates.restore_dates(text)


GAP = lazy_regex(r"[ \t\xa0\u3000]")


def close_up_dates(text: str) -> str:
    """Drop the blanks inside a date.

    ``2016 年1 2月5日`` → ``2016年12月5日``

    给编辑：去掉日期中的空格。
    """
    if "年" not in text or not GAP.search(text):
        return text
    return DATE.sub(lambda date: "".join(date[0].split()), text)


# 6 月 月底前: the character was read twice, once at the end of a line in a table's cell
DOUBLED_MONTH = lazy_regex(r"(?<=\d)(?P<gap>\s*+)月\s+(?=月[底初末])")


def drop_doubled_month(text: str) -> str:
    """Drop the 月 that a cell's line break doubled.

    ``2017 年 6 月 月底前`` → ``2017 年 6 月底前``

    给编辑：去掉换行处重复的“月”。
    """
    return DOUBLED_MONTH.sub(r"\g<gap>", text) if "月" in text else text


def close_up_ordinals(text: str) -> str:
    """Drop the blank after an ordinal; after 第一条 keep one of full width, in a quotation too.

    ``（一） 指导思想`` → ``（一）指导思想``, ``“第五条 违反本法的`` → ``“第五条　违反本法的``

    给编辑：去掉序数后的空格；“第一条”后留一个全角空格，引用的条文也是。
    """
    if not (" " in text or "\u3000" in text or "\xa0" in text):
        return text
    if "“第" in text or '"第' in text or "‘第" in text:
        text = QUOTED_AND_GAP.sub("\\g<1>\u3000", text)
    if not text or text[0] not in FIRST:
        return text
    if found := WORD_AND_GAP.match(text):
        return f"{found[1]}\u3000{text[found.end() :]}"
    if found := POINT_BEFORE_FIGURE.match(text):  # 1. 5月底前: without a blank it would be 1.5
        return f"{found[1]}\u3000{text[found.end() :]}"
    # （二） 、 may have a blank on either side of 、
    while found := ORDINAL_AND_GAP.match(text):
        text = f"{found[1]}{text[found.end() :]}"
    return text


# a run of blanks is matched as a whole, and not tried again from each of its blanks; its first
# blank leads the pattern, so that the engine skips to it
BLANK = lazy_regex(
    r"[ \t\xa0](?:"
    rf"(?<=[{FULL}].)[ \t\xa0]*+(?=[{FULL}0-9０-９])"  # between Chinese ones, before a digit
    rf"|(?<=[0-9０-９%].)[ \t\xa0]*+(?=[{FULL}])"  # after a digit
    r"|(?<=[0-9０-９].)[ \t\xa0]*+(?=[%‰])"
    r"|(?<=[，。、；：？！（《〈“‘〔].)[ \t\xa0]*+"
    r"|(?<![ \t\xa0].)[ \t\xa0]*+(?=[，。、；：？！）》〉”’〕])"
    r")"
)


def close_up_blanks(text: str) -> str:
    """Drop the blanks that scanning put between Chinese characters, digits and punctuation.

    ``超过 2000 家`` → ``超过2000家``

    给编辑：去掉汉字、数字、标点之间的空格。
    """
    return BLANK.sub("", text) if " " in text or "\xa0" in text or "\t" in text else text


TEXT_RULES: tuple[Callable[[str], str], ...] = (
    drop_invisible_characters,  # first: they hide neighbours from every other rule
    drop_doubled_month,  # before close_up_blanks: the blank proves the doubling
    close_up_figures,  # before widen_punctuation, which would make ， of the comma in 1, 234
    close_up_times,  # the same for the colon of 12 : 30
    widen_punctuation,
    pair_quotes,
    restore_numbers,  # before the rules that look for the digits of a year
    unify_number_brackets,  # after widening, which would make （2016） of (2016)
    close_up_numbers,
    restore_dates,
    close_up_dates,
    close_up_ordinals,  # before close_up_blanks: 第一条 keeps one
    part_cited_organs,  # the same
    close_up_blanks,
)
# what a text must have for a rule to change it; most texts have little of it
BLANKED = lazy_regex(r"\s")
BLANKED_RULES = frozenset(
    (drop_doubled_month, close_up_figures, close_up_times, close_up_numbers, close_up_dates,
     close_up_ordinals, part_cited_organs, close_up_blanks)
)  # fmt: skip
# an invisible character, a straight quotation mark, the end of a number, a misread digit
RARE = lazy_regex(rf"[{UNSEEN}\"'＂＇号號曰{MISREAD_DIGITS}]")
RARE_RULES = frozenset(
    (drop_invisible_characters, pair_quotes, restore_numbers, unify_number_brackets, restore_dates)
)
# a rule that replaces some characters, each always by the same one, and nothing else
REPLACED: dict[Callable[[str], str], Replaced] = {widen_punctuation: Replaced(HALF, WIDE)}


def rules_for(
    rules: tuple[Callable[[str], str], ...], text: str
) -> tuple[Callable[[str], str], ...]:
    """Give those of the rules that may change a text, in their order.

    All others would leave it alone, and go on to do so: no rule puts in what they need.
    """
    if len(rules) == 1:
        return rules
    is_blanked = " " in text or BLANKED.search(text) is not None
    return _those_for(rules, is_blanked, RARE.search(text) is not None)


@lru_cache(maxsize=8)
def _those_for(
    rules: tuple[Callable[[str], str], ...], is_blanked: bool, is_rare: bool
) -> tuple[Callable[[str], str], ...]:
    idle = (frozenset() if is_blanked else BLANKED_RULES) | (frozenset() if is_rare else RARE_RULES)
    return tuple(rule for rule in rules if rule not in idle)
