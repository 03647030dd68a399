"""The patterns of citations: one table, specific patterns before general ones.

They match normalised text (〔〕, full-width brackets); their spans are offsets in that text.
language/document_numbers.py defines the forms of numbers. To add a pattern, add a row to PATTERNS
and a file tests/cases/citations/<kind>.md.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, TypeAlias

from generator.language.dates import YEAR
from generator.language.document_numbers import (
    CODED_INSIDE,
    DECREE_INSIDE,
    LIST_INSIDE,
    LIST_SIGN,
    SERIES_KIND,
    TURNED_DECREE_INSIDE,
    UNNAMED_INSIDE,
    YEAR_BEFORE_SERIAL,
    YEAR_FIRST_INSIDE,
)
from generator.language.document_types import any_of
from generator.runtime.patterns import lazy_regex

CitationKind: TypeAlias = Literal[
    "bare_title_and_number",
    "title_and_number",
    "title_and_decree",
    "title",
    "number_list",
    "number",
    "year_first",
    "decree",
    "decree_turned",
    "unnamed_series",
]

# 《关于印发〈X〉的通知》; some printers set 《》 inside 《》
TITLE = r"《(?P<title>[^《》\n]{2,200}(?:《[^《》\n]{2,120}》[^《》\n]{0,120})*)》"
# 关于加强重点项目管理的通知, without 《》: a citation only if a number in brackets follows
BARE_TITLE = (
    r"(?:(?<=[。；：，、\s.．])|(?<=^))(?P<title>(?:[^，。；：、.．\s（）()《》〔]{2,30}"
    r"(?:（[^（）]{1,8}）[^，。；：、\s（）()《》〔]{0,24}){0,2})?"
    r"(?:关于|印发|转发|批转)(?:[^，。；\n《》（）]|《[^《》\n]{2,120}》|（[^（）\n]{1,12}）){2,160}?"
    rf"的?{any_of('unquoted')})"
)


@dataclass(frozen=True, slots=True)
class Pattern:
    """One form of citation, and a hint that every text with such a citation contains."""

    kind: CitationKind
    hint: re.Pattern[str]  # cheap; ``regex`` runs only on texts that contain it, and most do not
    regex: re.Pattern[str]


PATTERNS: tuple[Pattern, ...] = (
    # 关于印发《…补充意见》的通知（闽岚综实管综〔2010〕6号), as lists of documents print it
    Pattern(
        "bare_title_and_number",
        YEAR_BEFORE_SERIAL,
        lazy_regex(rf"{BARE_TITLE}\s*+[（(]\s*+{CODED_INSIDE}"),
    ),
    # 《国务院关于加强农村留守儿童关爱保护工作的意见》（国发〔2016〕13号）
    Pattern(
        "title_and_number",
        lazy_regex("》[（(]"),
        lazy_regex(rf"{TITLE}\s*+[（(]\s*+(?:{CODED_INSIDE}|{DECREE_INSIDE})"),
    ),
    # 《房屋登记办法》（建设部第168号令）, （建设部第168号令公布）; not （建设部第168号令修改）
    Pattern(
        "title_and_decree",
        lazy_regex(r"》[（(][^（()）]{0,60}号"),
        lazy_regex(
            rf"{TITLE}\s*+[（(]\s*+{TURNED_DECREE_INSIDE}(?=\s*+[）)，,、；;]|公布|发布|颁布)"
        ),
    ),
    # 《四川省城乡规划督察办法》
    Pattern("title", lazy_regex("《"), lazy_regex(TITLE)),
    # 国发〔2014〕5、6号 · 国发〔2014〕5至8号: tried before the pattern of single numbers
    Pattern("number_list", LIST_SIGN, lazy_regex(LIST_INSIDE)),
    # 川府发〔2016〕32号
    Pattern("number", YEAR_BEFORE_SERIAL, lazy_regex(CODED_INSIDE)),
    # 〔1996〕武司字第82号 · （85）国函字49号: in old documents
    Pattern("year_first", lazy_regex(r"字\s*+第?\s*+\d"), lazy_regex(YEAR_FIRST_INSIDE)),
    # 国务院令第172号
    Pattern("decree", lazy_regex(rf"{SERIES_KIND}[^。；，]{{0,16}}号"), lazy_regex(DECREE_INSIDE)),
    # 第706号国务院令 · 国务院第706号令 · 海关总署2012年第26号公告
    Pattern(
        "decree_turned",
        lazy_regex(rf"号[^。；，]{{0,20}}{SERIES_KIND}"),
        lazy_regex(TURNED_DECREE_INSIDE),
    ),
    # 国务院一九八〇年223号文件
    Pattern("unnamed_series", lazy_regex("号文"), lazy_regex(UNNAMED_INSIDE)),
)

INNER_TITLE = lazy_regex(r"[〈《](?P<title>[^〈〉《》]{2,120})[〉》]")

# （以下简称《规定》）, 以下简称“两规”, 以下统称: a name for the rest of this document only
SHORT_NAME = lazy_regex(
    r"(?:(?:以下|下)(?:简称|(?P<of_several>统称|合称)|称)|(?<=[（(，,])简称)[：:]?\s*+(?:为)?\s*+(?:新|原)?"
    r"(?:(?P<open>[《“〈])《?(?P<name>[^《》“”〈〉]{1,30})》?[》”〉]"
    # （以下简称本条例）, without marks, only beside a citation
    r"|(?P<bare>[\u4e00-\u9fff]{2,12})(?=[）)，,；;。]))"
)
# （2017年修订）, （2004年修正本）: the edition, where several texts have one name
EDITION = lazy_regex(rf"[（(](?P<year>{YEAR})年?(?:修订|修正|版|本|修正本|修订版|公布|发布)[）)]")
