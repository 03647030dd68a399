"""What a citation looks like: one table of patterns, the specific before the general.

They read normalised text (〔〕, full-width brackets); the spans they give are those of that text.
To add one: a row in PATTERNS and tests/cases/citations/<kind>.md.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, TypeAlias

from generator.language.document_types import any_of

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

# blanks are taken whole (*+): two runs side by side would try every way to share them
SERIAL = r"(?:[1-9]\d{0,4}|[一二三四五六七八九十百零〇]{1,7})"
OPENING, CLOSING = "〔\\[［【﹝（(", "〕\\]］】﹞）)"
# 川府发〔2016〕55号 in every print; what runs into the code is cut off by numbers.py
CODE_AND_YEAR = (
    rf"(?P<code>[\u4e00-\u9fff]{{1,20}})\s*+[{OPENING}]\s*+"
    rf"(?P<year>(?:19|20)\d\d|\d\d)\s*+[{CLOSING}]"
)
NUMBER = (
    rf"{CODE_AND_YEAR}\s*+[第号]?\s*+0*(?P<serial>[1-9]\d{{0,4}})"
    r"(?:\s*+号|(?=\s*+(?:[）)，。；》]|、(?!\d)|$|(?<=\s)(?!\d))))"
)
# 《关于印发〈X〉的通知》; 《》 inside 《》 as some printers set it
TITLE = r"《(?P<title>[^《》\n]{2,200}(?:《[^《》\n]{2,120}》[^《》\n]{0,120})*)》"
# 关于加强重点项目管理的通知, without 《》: only where a number in brackets follows
BARE_TITLE = (
    r"(?:(?<=[。；：，、\s.．])|(?<=^))(?P<title>(?:[^，。；：、.．\s（）()《》〔]{2,30}"
    r"(?:（[^（）]{1,8}）[^，。；：、\s（）()《》〔]{0,24}){0,2})?"
    r"(?:关于|印发|转发|批转)(?:[^，。；\n《》（）]|《[^《》\n]{2,120}》|（[^（）\n]{1,12}）){2,160}?"
    rf"的?{any_of('unquoted')})"
)
# 国务院令第706号, 商务部令2018年第2号, 海关总署公告（2019年第39号）, 财政部 税务总局公告2020年第6号
DECREE = (
    r"(?P<organ>[\u4e00-\u9fff]{1,30}?(?:[、\s][\u4e00-\u9fff]{2,16}?){0,4}(?P<series>令|公告|通告))"
    r"\s*+[（(〔\[]?\s*+(?:(?P<decree_year>(?:19|20)\d\d)\s*+[年〕\]]?\s*+)?"
    rf"第?\s*+0*(?P<decree>{SERIAL})\s*+号[）)]?"
)
# 第706号国务院令, 国务院第706号令, 海关总署2012年第26号公告
DECREE_TURNED = (
    r"(?:(?P<before>[\u4e00-\u9fff]{2,24}?(?:[、\s][\u4e00-\u9fff]{2,16}?){0,4})\s*+(?:(?P<decree_year>(?:19|20)\d\d)\s*+年\s*+"
    r"(?:\d{1,2}\s*+月\s*+\d{1,2}\s*+日\s*+)?)?)?"
    rf"第\s*+0*(?P<decree>{SERIAL})\s*+号\s*+"
    r"(?P<after>[\u4e00-\u9fff]{2,16}?)??(?P<series>令|公告|通告)"
)


@dataclass(frozen=True, slots=True)
class Pattern:
    """A way of citing, and a sign without which a text holds none."""

    kind: CitationKind
    sign: re.Pattern[str]  # a cheap first look: most texts have none
    regex: re.Pattern[str]


# the year in its bracket, before the serial
NUMBER_SIGN = re.compile(rf"\d\s*+[{CLOSING}]\s*+[第号]?\s*+\d")

PATTERNS: tuple[Pattern, ...] = (
    # 关于印发《…补充意见》的通知（闽岚综实管综〔2010〕6号), as lists of documents print it
    Pattern(
        "bare_title_and_number", NUMBER_SIGN, re.compile(rf"{BARE_TITLE}\s*+[（(]\s*+{NUMBER}")
    ),
    # 《国务院关于加强农村留守儿童关爱保护工作的意见》（国发〔2016〕13号）
    Pattern(
        "title_and_number",
        re.compile("》[（(]"),
        re.compile(rf"{TITLE}\s*+[（(]\s*+(?:{NUMBER}|{DECREE})"),
    ),
    # 《房屋登记办法》（建设部第168号令）, （建设部第168号令公布）; not （建设部第168号令修改）
    Pattern(
        "title_and_decree",
        re.compile(r"》[（(][^（()）]{0,60}号"),
        re.compile(rf"{TITLE}\s*+[（(]\s*+{DECREE_TURNED}(?=\s*+[）)，,、；;]|公布|发布|颁布)"),
    ),
    # 《四川省城乡规划督察办法》
    Pattern("title", re.compile("《"), re.compile(TITLE)),
    # 国发〔2014〕5、6号 · 财税〔2016〕36号、〔2017〕58号 · 国发〔2014〕5至8号: before single ones
    Pattern(
        "number_list",
        re.compile(r"\d\s*+号?\s*+(?:[、和及与至到~～—－-]|以及)\s*+[〔\[［【（(第\d]"),
        re.compile(
            rf"{CODE_AND_YEAR}\s*+第?\s*+(?P<serials>0*[1-9]\d{{0,4}}\s*+号?"
            rf"(?:\s*+(?:[、和及与至到~～—－-]|以及)\s*+"
            rf"(?:[{OPENING}](?:19|20)\d\d[{CLOSING}])?\s*+第?\s*+0*[1-9]\d{{0,4}}\s*+号?)+)"
            # 5号、3号楼 is no list
            r"(?<=号)(?![线楼院栋车井矿机门宗桥路台库厂馆点块段仓坝站塔令]|地块|公告|通告)"
        ),
    ),
    # 川府发〔2016〕32号
    Pattern("number", NUMBER_SIGN, re.compile(NUMBER)),
    # 〔1996〕武司字第82号 · （85）国函字49号: the year before the code, in old documents
    Pattern(
        "year_first",
        re.compile(r"字\s*+第?\s*+\d"),
        re.compile(
            rf"[{OPENING}]\s*+(?P<year>(?:19|20)?\d\d)\s*+[{CLOSING}]\s*+"
            r"(?P<code>[\u4e00-\u9fff]{1,8}字)\s*+第?\s*+0*(?P<serial>[1-9]\d{0,4})\s*+号"
        ),
    ),
    # 国务院令第172号
    Pattern("decree", re.compile("(?:令|公告|通告)[^。；，]{0,16}号"), re.compile(DECREE)),
    # 第706号国务院令 · 国务院第706号令 · 海关总署2012年第26号公告
    Pattern(
        "decree_turned",
        re.compile("号[^。；，]{0,20}(?:令|公告|通告)"),
        re.compile(DECREE_TURNED),
    ),
    # 国务院一九八〇年223号文件: the organ's own series, which needs no code
    Pattern(
        "unnamed_series",
        re.compile("号文"),
        re.compile(
            r"(?P<unnamed>中共中央办公厅、?国务院办公厅|中共中央、?国务院"
            r"|国务院办公厅|国务院|中共中央办公厅|中共中央)"
            rf"\s*+[{OPENING}]?(?P<spelt_year>(?:19|20)\d\d|[一二][一二三四五六七八九〇○零]{{3}})"
            rf"[{CLOSING}]?\s*+年?\s*+第?\s*+(?P<serial>[1-9]\d{{0,4}})\s*+号文"
        ),
    ),
)

INNER_TITLE = re.compile(r"[〈《](?P<title>[^〈〉《》]{2,120})[〉》]")

# （以下简称《规定》）, 以下简称“两规”, 以下统称: a name from there on, inside this document only
SHORT_NAME = re.compile(
    r"(?:以下|下)(?:简称|(?P<of_several>统称|合称)|称)[：:]?\s*+(?:为)?\s*+(?:新|原)?"
    r"(?P<open>[《“〈])《?(?P<name>[^《》“”〈〉]{1,30})》?[》”〉]"
)
# （2017年修订）, （2004年修正本）: which of several texts of one name is meant
EDITION = re.compile(
    r"[（(](?P<year>(?:19|20)\d\d)年?(?:修订|修正|版|本|修正本|修订版|公布|发布)[）)]"
)
