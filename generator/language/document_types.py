"""文种 and the other words that titles end with: one table, which says how each word is used."""

from __future__ import annotations

import re
from typing import Literal, TypeAlias

from generator.runtime.patterns import lazy_regex

Use: TypeAlias = Literal[
    "type",  # 文种 of a title that ends with it; a title cited in 《》 may end with it too
    "cited",  # a title cited in 《》 that ends with it is a document's, but it is no 文种
    "unquoted",  # ends a title without 《》: 关于某事的通知（某府发〔2016〕5号）
    "bare",  # alone in 《》 it can only mean a document inside another one: 《规定》, 《实施方案》
    "own",  # with 本 it means the text itself: 本办法第三条 is a provision of the same document
    "other",  # it means another document even without 《》: 某某协定第三条
    "rules",  # a text of this type about appointing appoints nobody
    "series",  # numbered in a series of its own: 国务院令第706号, 商务部公告2018年第2号
    "carries",  # type of a document that makes another one public: 公布《某办法》的令
    "notice",  # a title that ends with it may name its organ without 关于: 某某局征地公告
    "leads",  # ends the sentence in front of a list: 现就有关事项通告：
    "paper",  # a name in 《》 that ends with it means no document
    "attached",  # ends the title of an attachment
]
# 文种 of 《党政机关公文处理工作条例》第八条, and the kinds of rules that gazettes print
WORDS: dict[str, str] = {
    "决议": "type other",
    "决定": "type unquoted bare own carries leads",
    "命令": "type",
    "令": "type series carries",
    "公报": "type",
    "公告": "type unquoted bare own series carries notice leads",
    "通告": "type unquoted bare own series notice leads",
    "意见": "type unquoted bare own rules leads",
    "通知": "type unquoted bare own carries notice leads",
    "通报": "type unquoted",
    "报告": "type",
    "请示": "type",
    "批复": "type unquoted bare other",
    "议案": "type",
    "函": "type unquoted",
    "纪要": "type other",
    "条例": "type unquoted bare own rules",
    "规定": "type unquoted bare own rules leads",
    "办法": "type unquoted bare own rules",
    "细则": "type unquoted bare own rules",
    "规则": "type bare own rules",
    "章程": "type bare own",
    "准则": "type",
    "说明": "type leads",
    "规划": "type bare own",
    "纲要": "type bare own",
    "方案": "type unquoted bare own rules",
    "计划": "type bare own",
    "预案": "type bare own",
    "目录": "type bare",  # 《目录》 has entries, and no provisions
    "标准": "type own",
    "规程": "type own rules",
    "规范": "type",
    "法": "cited own",  # 本法; 《法》 alone is no name of anything
    "法典": "cited",
    "制度": "cited own rules",
    "程序": "rules",
    "协定": "cited other",
    "通则": "cited other",
    "公约": "paper other",  # no gazette prints a 《居民公约》
    "合同": "paper other",
    "协议": "paper other",
    "解释": "cited",
    "指南": "cited",
    "要点": "cited attached",
    "大纲": "cited",
    "体系": "cited",
    "行动": "cited",
    "政策": "cited",
    "措施": "cited attached",
    "框架": "cited",
    "宣言": "cited",
    "总规": "cited",
    "声明": "cited",
    "指示": "cited",
    "证": "paper",
    "书": "attached",
    "证书": "paper",
    "协议书": "paper",
    "承诺书": "paper",
    "申请书": "paper",
    "责任书": "paper",
    "告知书": "paper",
    "鉴定书": "paper",
    "报告书": "paper",
    "执照": "paper",
    "表": "paper attached",
    "单": "paper",
    "登记簿": "paper",
    "户口簿": "paper",
    "手册": "paper",
    "日报": "paper",
    "杂志": "paper",
    "发票": "paper",
    "台账": "paper",
    "标志": "paper",
    "名单": "attached",
    "清单": "attached",
    "一览": "attached",
    "任务": "attached",
    "分工": "attached",
    "图": "attached",
    "样式": "attached",
    "格式": "attached",
    "条件": "attached",
    "要求": "attached",
}


def words(*uses: Use) -> tuple[str, ...]:
    """List the words that have any of these uses, in the order of the table."""
    return tuple(word for word, row in WORDS.items() if not {*uses}.isdisjoint(row.split()))


def any_of(*uses: Use) -> str:
    """Give a regular expression for the words that have any of these uses."""
    return f"(?:{'|'.join(words(*uses))})"


SERIES = words("series")
# （试行）, （2016年修订） behind a title. The number of a cited document is longer, so that an item
# 1.关于某事的通知（某某综管综〔2010〕6号） of a list is not taken for the title of a document
TAIL = r"[（(][^（()）]{1,12}[）)]"
AT_END = lazy_regex(rf"{TAIL}$")
CITED_TAIL = lazy_regex(r"[（(][^（()）]{1,16}[）)]$")  # longer: in 《》 it is a title anyway
# 命令 before 令: the whole word is the type
TYPES = tuple(sorted(words("type"), key=len, reverse=True))
PAPER = lazy_regex(rf"{any_of('paper')}$")
# also 某规划（2016—2020年）, where the years follow the type
CITED = lazy_regex(rf"(?:{any_of('type', 'cited')}|年[)）])$")
# 《规定》 alone is always a name inside a document
BARE = lazy_regex(
    r"(?:本|该|上述)?(?:(?:实施|暂行|管理|工作|行动|试行|补充|总体|专项|若干|指导|具体)){0,3}"
    + any_of("bare")
)
ATTACHED = lazy_regex(rf"{any_of('attached')}(?:{TAIL})?$")


def document_type(title: str) -> str:
    """Give the type (文种): the last word of a title before its brackets, or empty if unknown."""
    title = re.sub(r"\s+", "", title)
    while title != (title := AT_END.sub("", title)):
        pass
    title = title.rstrip("》〉”\"'")
    return next((word for word in TYPES if title.endswith(word)), "")


def is_document_title(title: str) -> bool:
    """Whether a title in 《》 names a document, and not a paper, a book or a system."""
    bare = CITED_TAIL.sub("", title)
    if PAPER.search(bare):
        return False
    return bool(CITED.search(bare) or CITED.search(title) or "关于" in title[:24])
