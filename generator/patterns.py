"""What a citation looks like: one table of patterns, the specific before the general.

They read normalised text (〔〕, full-width brackets); the spans they give are those of that text.
To add one: a row in PATTERNS and tests/cases/citations/<kind>.md.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, TypeAlias

CitationKind: TypeAlias = Literal[
    "bare_title_and_number", "title_and_number", "title", "number", "decree"
]

# 川府发〔2016〕55号; the code's beginning is trimmed by CODE_LEAD
NUMBER = (
    r"(?P<code>[\u4e00-\u9fff]{1,16})\s*〔\s*(?P<year>(?:19|20)\d\d)\s*〕\s*第?\s*0*"
    r"(?P<serial>\d{1,5})\s*号"
)
# 《关于印发〈X〉的通知》; 《》 inside 《》 as some printers set it
TITLE = r"《(?P<title>[^《》\n]{2,200}(?:《[^《》\n]{2,120}》[^《》\n]{0,120})*)》"
# 关于加强重点项目管理的通知, without 《》: only where a number in brackets follows
BARE_TITLE = (
    r"(?:(?<=[。；：，、\s.．])|(?<=^))(?P<title>(?:[^，。；：、.．\s（）()《》〔]{2,30}"
    r"(?:（[^（）]{1,8}）[^，。；：、\s（）()《》〔]{0,24}){0,2})?"
    r"(?:关于|印发|转发|批转)(?:[^，。；\n《》（）]|《[^《》\n]{2,120}》|（[^（）\n]{1,12}）){2,160}?"
    r"的?(?:通知|通告|公告|意见|决定|批复|复函|函|通报|办法|规定|方案|条例|细则))"
)
# 国务院令第706号, 商务部令2018年第2号
DECREE = (
    r"(?P<organ>[\u4e00-\u9fff]{2,30}?(?:令|公告))\s*[（(]?(?:(?P<decree_year>(?:19|20)\d\d)年)?"
    r"第(?P<decree>\d{1,5})号[）)]?"
)


@dataclass(frozen=True, slots=True)
class Pattern:
    """A way of citing, and the sign without which a text holds none (a cheap first look)."""

    kind: CitationKind
    sign: str
    regex: re.Pattern[str]


PATTERNS: tuple[Pattern, ...] = (
    # 关于印发《…补充意见》的通知（闽岚综实管综〔2010〕6号), as lists of documents print it
    Pattern("bare_title_and_number", "〔", re.compile(rf"{BARE_TITLE}\s*[（(]\s*{NUMBER}")),
    # 《国务院关于加强农村留守儿童关爱保护工作的意见》（国发〔2016〕13号）
    Pattern("title_and_number", "《", re.compile(rf"{TITLE}\s*[（(]\s*(?:{NUMBER}|{DECREE})")),
    # 《四川省城乡规划督察办法》
    Pattern("title", "《", re.compile(TITLE)),
    # 川府发〔2016〕32号
    Pattern("number", "〔", re.compile(NUMBER)),
    # 国务院令第172号
    Pattern("decree", "号", re.compile(DECREE)),
)

INNER_TITLE = re.compile(r"[〈《](?P<title>[^〈〉《》]{2,120})[〉》]")

# what runs into a code and is no part of it: 根据国发〔2016〕13号
CODE_LEAD = re.compile(
    r".*(?:根据|按照|依据|依照|参照|参见|详见|执行|转发|印发|落实|贯彻|废止|以及|和|及|与|见|由|按|对|的|在)"
)

# 《营业执照》《……审批表》 are papers, not documents
PAPER = re.compile(
    r"(?:证|证书|执照|表|单|合同|协议|协议书|承诺书|申请书|登记簿|手册|清单|公约|日报|杂志|凭证|发票|台账"
    r"|责任书|通知单|告知书|鉴定书|报告书|报告单|标志|许可证|身份证|户口簿)$"
)
# what the title of a document ends with
DOCUMENT = re.compile(
    r"(?:决议|决定|命令|令|公报|公告|通告|意见|通知|通报|报告|请示|批复|议案|函|纪要|条例|规定|办法"
    r"|细则|规则|章程|准则|说明|规划|纲要|方案|计划|预案|目录|标准|规程|规范|法|法典|宪法|解释|指南|要点"
    r"|体系|行动|政策|措施|制度|框架|协定|宣言|总规|年\)|年）)$"
)
BRACKETED_TAIL = re.compile(r"[（(][^（()）]{1,16}[）)]$")


def is_document_title(title: str) -> bool:
    """Whether a title in 《》 names a document, and not a paper, a book or a system."""
    bare = BRACKETED_TAIL.sub("", title)
    if PAPER.search(bare):
        return False
    return bool(DOCUMENT.search(bare) or DOCUMENT.search(title) or "关于" in title[:24])


# （以下简称《规定》）: from there on 《规定》 names that document, inside this one only
SHORT_NAME = re.compile(r"以下(?:简称|称)[：:]?\s*(?:为)?[《“](?P<name>[^《》“”]{2,30})[》”]")
# 《规定》 alone is always such a name
BARE_TYPE = re.compile(
    r"(?:本|该|上述)?(?:实施|暂行|管理)?(?:通知|意见|规定|办法|方案|条例|决定|细则|纲要|规划|通告|批复)"
)
