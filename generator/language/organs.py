"""Names that sign documents: organs of state, and offices with a person's name."""

from __future__ import annotations

import re

ORGAN = re.compile(
    r".*(?:政府|委员会|办公[厅室]|[厅局部委院署行会社司处办团]|中心|公司|集团|小组|总队|支队|大队"
    r"|调查队|法院|检察院|军区|军分区|党组|指挥部|管委会|人大常委会|联席会议|大学|学院|医院)(?:[（(].{1,10}[）)])?"
)
# 总理 李克强 · 市长　张三 · 省 长　尹 力 · 某某市市长王军 · 自治区主席 努尔·白克力
OFFICES = (
    "总理", "主席", "主任", "省长", "市长", "州长", "盟长", "区长", "县长", "旗长", "镇长", "乡长",
    "部长", "局长", "署长", "行长", "会长", "院长", "检察长",
)  # fmt: skip
BLANK = r"[\s\u3000]*+"
SPACED = re.compile(r"[\u4e00-\u9fff](?:[\s\u3000]++[\u4e00-\u9fff]){2,}")
PERSON = re.compile(
    r"(?:[\u4e00-\u9fff]{0,12}(?:省|自治区|[市县区州盟旗乡镇]))?"
    rf"(?P<office>(?:[代副]{BLANK})?(?:{'|'.join(BLANK.join(office) for office in OFFICES)}))"
    r"[\s\u3000：:]*[\u4e00-\u9fff·\s]{2,8}"
)
# 某某市水务局局长 郑海涛, below the title of a report
SPEAKER = re.compile(
    r"(?P<organ>[\u4e00-\u9fff]{1,30}?)(?P<office>(?:党组)?(?:[代副]|常务|第一){0,2}"
    r"(?:主任委员|秘书长|检察长|[省市州盟区县旗镇乡部厅局署行会院处组]长|主任|主席|书记|委员))"
    r"[\s\u3000]+(?P<name>[\u4e00-\u9fff·]{2,12}|[\u4e00-\u9fff][\s\u3000]+[\u4e00-\u9fff])"
)


def close_up_office(text: str) -> str:
    """Close the blanks inside an office, so that the one before the name is the first.

    ``省 长　尹 力`` → ``省长　尹 力``
    """
    found = PERSON.fullmatch(text)
    if not found:
        return text
    start, end = found.span("office")
    return text[:start] + "".join(found["office"].split()) + text[end:]


def close_up_spaced(text: str) -> str:
    """Close the blanks of a name that was set wide: ``某 某 市 人 民 政 府``."""
    return "".join(text.split()) if SPACED.fullmatch(text) else text
