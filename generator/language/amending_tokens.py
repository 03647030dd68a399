"""The words of amending sentences: places, quotations, verbs, each a token with a letter.

A word that is no token leaves a ``?`` behind, so that a sentence with anything else in it matches
no pattern of amending.py: it is reported and never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from generator.language.amended_places import UNIT_NAMES, AmendedPlace, read_places
from generator.language.document_types import any_of
from generator.language.quotations import BREAK, QUOTED
from generator.runtime.patterns import lazy_regex


@dataclass(frozen=True, slots=True)
class TokenForm:
    """A kind of token: its letter, its pattern, an example."""

    letter: str
    pattern: re.Pattern[str]
    example: str


def _form(letter: str, pattern: str, example: str) -> TokenForm:
    return TokenForm(letter, lazy_regex(pattern), example)


def _any(words: str) -> str:
    """Make a pattern of words that are separated by blanks."""
    return f"(?:{'|'.join(words.split())})"


KINDS, OTHER_KINDS = any_of("own"), any_of("other")
COUNT = r"[一两二三四五六七八九十]{1,3}"
DELETED = f"{_any('分别 予以 相应 均 一并 直接')}*{_any('删去 删除 删掉 废止 废除 取消 去掉')}了?"
ADDED = (
    f"{_any('分别 相应 再')}*{_any('增加 增写 新增 增设 增补 补充 加上 插入 增列')}(?:规定|写)?为?"
)
ADVERBS = _any("相应地? 全部 一并 分别 统一 依次 均 都 一律 对应 顺序 重新")
INSTEAD = f"{ADVERBS}*{_any('修改 改 修正 修订 更改 变更 调整 替换 改写 表述 更名 顺延')}[为成]"
MEMBERS = "(?:条文|条款项?|条序|章节|[编章节条款项]|条、款、项)(?:和条文|及条文|、章节|、条文)?"
NUMBERS = _any("序号 顺序 序数 编号 次序 条序")
FOLLOWING = _any("其他 其余 其后 此后 以后 以下 之后 后面")
# 此外，对条文顺序作相应调整 · 以下各条序号依次顺延
ORDER = (
    f"(?:此外[，,]?)?{_any('对 将 其 有关 相关 相应的?')}*(?:本?(?:{KINDS}))?的?"
    f"{FOLLOWING}?各?{MEMBERS}"
    rf"的?{NUMBERS}?的?(?:和[\u4e00-\u9fff]{{2,6}})?"
    f"{_any('作 做 也 应 均 予以 依次 相应 随之 进行 一并 顺序')}*[出了]?(?:相应|依次|顺序)?[地的]?"
    "(?:调整|顺延|变动|重新排列|重新编排)(?!为)"
)
CHANGED = _any("修改 修订 补充修改 补充")
# 作如下修改 · 修改如下 · 作出修改
ABOUT = (
    f"(?:作|做|进行|予以)?[出了]?(?:如下|以下|下列|相应)的?(?:部分)?{CHANGED}(?:和补充|、补充|补充)?"
    f"(?![为成])|{CHANGED}如下|作如下调整|(?:作出?|进行|予以)(?:部分)?(?:修改|修正|修订)(?![为成])"
)
# 为了加强管理，根据…，决定将…
GROUND = lazy_regex(
    f"[^。；：，{QUOTED}]{{0,80}}?{_any('为了? 根据 按照 依据 鉴于 经')}[^。；：{QUOTED}]{{4,400}}?"
    f"[，,](?={_any('现 特 决定')}*[将把在对删])"
)
WORD_CALLED = "(?:一词|一句|字样|二字|的)?"
NOUNS = _any("规定 内容为? 表述 文字 字样 一词 两词 字 词 句子 处 一处 两处 序号 序数 条序")
ADVERBIALS = _any(
    "其中 同时 并且? 且 此外 另外 现 拟 原 相应地? 地 均 都 也 统一 分别 依次 顺序 予以 了"
    " 删去后 删除后 经修改后 各 以及 和 及 与 或者? 其 为 是 将 把 对 在 于"
)
# tried in this order where the text names no place; a form without a letter is left out
TOKENS = (
    _form("Q", QUOTED, "“…”"),
    _form(";", rf"[；;。{BREAK}]", "。"),
    _form("", r"[，,、：:\s]+", "，"),
    _form("K", "(?:具体)?内容(?:分别)?(?:为|如下)?(?=[：:])", "内容如下："),
    _form("O", ORDER, "条文顺序作相应调整"),
    _form("H", ABOUT, "作如下修改"),
    _form("J", "合并(?:(?:修改|调整)?为(?:一[条款项])?|修改)?", "合并修改为"),
    _form("C", f"(?:分|拆分|拆)[为成]{COUNT}[条款项]", "分为两款"),
    _form("C", f"(?:修改|改|调整)[为成]{COUNT}[条款项](?!之)", "改为两款"),
    _form("M", INSTEAD, "修改为"),
    _form("Z", f"{ADVERBS}*(?:作为|列为|成为)(?:修改后的?)?", "作为"),
    _form("d", rf"{DELETED}(?=[，,；;。{BREAK}]|$)", "第八条删去"),
    _form("D", DELETED, "删去第八条"),
    _form("A", ADDED, "增加"),
    _form("N", f"{COUNT}(?:{UNIT_NAMES})(?:规定|内容)?(?!之)", "一条"),
    _form("T", "[该此这本同]一?(?P<unit>条|款|项|自然段|段|章|节|目)(?:原文)?", "该条"),
    _form(
        "X",
        rf"[本该原]?(?:实施|暂行|管理)?(?:{KINDS}|{OTHER_KINDS})[中内]的?(?=[^。；]*?{QUOTED})"
        "|(?:全文|文中|通篇|条文|各条|文件)[中内]?的?",
        "全文中的",
    ),
    _form(
        "L",
        r"(?:下列|以下|下述)[\u4e00-\u9fff、\d]{0,12}?(?:规章|文件|条例|法规|办法|规定|解释|法律)中?的?",
        "下列规章中的",
    ),
    _form("E", f"的?{_any('末尾 最后 结尾 句末 文末 尾部 之末')}(?:部分)?处?的?", "末尾"),
    _form(
        "S",
        f"的?{_any('条首 开始 开头 首 起始 前言?')}部分的?|的?{_any('开头 句首 条首 段首')}处?的?",
        "开始部分",
    ),
    _form("B", f"{WORD_CALLED}{_any('之后 以后 后面 其后 后')}", "后"),
    _form("F", f"{WORD_CALLED}{_any('之前 以前 前面 前')}", "前"),
    _form("I", "(?:当中|之中|中|里)的?|规定的|所列的|的", "中的"),
    _form("", "(?:修改|修订|修正)后的?", "修改后"),
    _form("V", "(?:决定)?(?:修改|修订|修正)", "修改"),
    _form("", f"{NOUNS}|{ADVERBIALS}", "将"),
    _form("", "[（(][^（）()]{0,120}[）)]", "（2010年5月1日示府令第1号公布）"),
)


@dataclass(slots=True)
class Token:
    """A token of an amending sentence, ``text[start:end]`` of the outline."""

    letter: str
    start: int
    end: int
    places: tuple[AmendedPlace, ...] = ()
    work: int | None = None  # of the titles that the caller found
    quotation: int = -1  # of the outline's quotations
    unit: str = ""  # of 该条


@dataclass(frozen=True, slots=True)
class Title:
    """A title or short name of a document in an outline: 《甲条例》, 刑法."""

    start: int
    end: int
    work: int  # an index of the caller


def _is_wide(place: AmendedPlace) -> bool:
    """Whether a place without 第 is none of 一款, 两款: 引言, 十一条."""
    return bool(place.units) and place.units[0][0] != "款"


COUNTED = lazy_regex(rf"{COUNT}(?:{UNIT_NAMES})(?!之)")


def _is_count(text: str, at: int) -> bool:
    return bool(COUNTED.match(text, at))


def read_tokens(
    text: str, start: int, end: int, titles: Sequence[Title], quotations_before: int
) -> list[Token]:
    """Read a range of an outline as tokens; what is none becomes ``?``.

    ``quotations_before`` is the count of quotations before the range.
    """
    by_start = {title.start: title for title in titles if start <= title.start < end}
    tokens: list[Token] = []
    ground = GROUND.match(text, start, end)
    at, quotation = ground.end() if ground else start, quotations_before
    while at < end:
        if title := by_start.get(at):
            tokens.append(Token("W", at, title.end, work=title.work))
            at = title.end
            continue
        after_verb = bool(tokens) and tokens[-1].letter in "AM" and tokens[-1].end == at
        places, behind = ((), at) if after_verb and _is_count(text, at) else read_places(text, at)
        if places and behind <= end and (text[at] in "第（(原" or _is_wide(places[0])):
            if tokens and tokens[-1].letter == "T" and tokens[-1].end == at:
                tokens.pop()  # 该条第二款 is 第二款 of the article named before
            tokens.append(Token("P", at, behind, places=places))
            at = behind
            continue
        for form in TOKENS:
            found = form.pattern.match(text, at, end)
            if not found or found.end() == at:
                continue
            if form.letter:
                token = Token(form.letter, at, found.end())
                if form.letter == "Q":
                    token.quotation, quotation = quotation, quotation + 1
                if form.letter == "T":
                    token.unit = found["unit"]
                tokens.append(token)
            at = found.end()
            break
        else:
            if not tokens or tokens[-1].letter != "?":
                tokens.append(Token("?", at, at))
            tokens[-1].end = at = at + 1
    return tokens
