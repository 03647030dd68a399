"""Names of organs of state, offices and agencies: one table of their endings, and patterns from it.

An organ is recognised by the end of its name: 某某市水务局. The place in the text decides which
endings count: on a line of its own any of them does, in a sentence only those that no other word
has.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

from generator.language.ideographs import HAN, HAN_OF_NAMES
from generator.language.person_names import DOTS, DOTTED
from generator.runtime.patterns import lazy_regex

Use: TypeAlias = Literal[
    "signs",  # ends the name of an organ that signs, prints or issues, alone on a line or in a cell
    "branch",  # ends the name of a part of the organ on the line above
    "listed",  # ends the name of a unit that lists name beside organs, as lists of honours do
    "opens",  # ends the organ that opens a title without 关于
    "decrees",  # ends a word in front of 令 or 公告, in a sentence
    "cites",  # ends the issuer in front of 《…》 in a sentence, as 政府 does
    "spelt",  # ends an organ that is spelt out in front of its own code: 教育部|教基
    "joint",  # ends one of several organs in a row: 财政部 税务总局公告
    "decides",  # ends the organ in a sentence that reports its decision
    "group",  # ends the name of a group that a document sets up
    "acts",  # is anywhere in the name of an agency that receives a task
    "acts-last",  # the same, only at the end of the name
    "addressed",  # is anywhere in the name of an addressee
    "addressed-last",  # the same, only at the end of the name
    "whole",  # ends a line of agencies that was not cut inside a word
]
ENDINGS: dict[str, str] = {
    "厅": "signs decrees cites spelt joint acts-last addressed",
    "局": "signs decrees cites spelt joint acts-last addressed",
    "部": "signs decrees cites spelt joint decides acts-last addressed",
    "委": "signs decrees cites spelt joint decides acts-last addressed",
    "院": "signs decrees cites spelt joint acts-last addressed",
    "署": "signs decrees cites spelt joint acts-last addressed",
    "会": "signs decrees cites spelt joint acts-last addressed",
    "行": "signs joint acts-last addressed",
    "社": "signs listed acts-last addressed",
    "司": "signs acts-last addressed",
    "处": "signs branch acts-last addressed",
    "办": "signs cites acts-last addressed",
    "团": "signs addressed",
    "府": "spelt",
    "室": "spelt",
    "政府": "signs opens decrees decides acts addressed",
    "委员会": "opens group",
    "管委会": "opens acts",
    "常委会": "decides",
    "大会": "decides",
    "国务院": "decides",
    "办公厅": "opens",
    "办公室": "signs opens decrees",
    "指挥部": "opens group acts",
    "法院": "opens acts",
    "检察院": "opens",
    "检察": "acts",
    "中心": "signs branch decrees acts addressed-last",
    "公司": "signs acts",
    "总公司": "decrees",
    "集团": "signs acts addressed-last",
    "小组": "signs branch acts",
    "领导小组": "group",
    "工作组": "group",
    "专班": "group",
    "联席会议": "signs group",
    "党组": "signs",
    "总队": "signs branch decrees acts",
    "支队": "signs branch decrees acts",
    "大队": "signs branch",
    "调查队": "signs",
    "军区": "signs",
    "军分区": "signs acts",
    "军委": "decrees",
    "分行": "branch",
    "支行": "branch",
    "分局": "branch",
    "大学": "signs acts addressed-last",
    "学院": "acts",
    "医院": "acts",
    "银行": "decrees acts",
    "海关": "decrees acts",
    "税务": "decrees",
    "公安": "decrees",
    "主席": "decrees",
    "总社": "decrees",
    # a place means its government: 某某省令; 沪府令 has the place's name of one character
    "省": "decrees addressed",
    "市": "decrees addressed whole",
    "州": "decrees addressed whole",
    "县": "decrees addressed whole",
    "区": "decrees addressed whole",
    "乡": "addressed whole",
    "镇": "addressed whole",
    "部门": "acts addressed",
    "单位": "acts addressed",
    "机构": "acts addressed",
    "企业": "acts addressed",
    "机关": "acts",
    "协会": "acts",
    "联盟": "acts",
    "电视台": "acts",
    "团省委": "acts",
    "团市委": "acts",
    "武警": "acts",
    "消防": "acts",
    "供电": "acts",
    "电信": "acts",
    "移动": "acts",
    "联通": "acts",
    "残联": "acts",
    "妇联": "acts",
    "工会": "acts",
    "联": "acts-last whole",
    "队": "listed addressed",
    "组": "addressed",
    "同志": "addressed",
    "人民": "addressed",
    "各位": "addressed",
    "研究所": "addressed-last",
    "代表": "addressed-last",
    "小学": "listed",
    "中学": "listed",
    "学校": "listed addressed",
    "校": "acts-last whole",
    "幼儿园": "listed",
    "馆": "listed",
    "站": "listed acts-last whole",
    "所": "listed acts-last whole",
    "厂": "listed",
    "店": "listed",
    "场": "listed",
    "段": "listed",
    "村": "listed",
    "社区": "listed",
    "街道": "listed",
    "基地": "listed",
    # 等, 人, 员: the last word of 市财政局等, 联系人, 成员
    "等": "whole",
    "人": "whole",
    "员": "whole",
    "协": "whole",
    "企": "whole",
}


def endings(*uses: Use) -> tuple[str, ...]:
    """List the endings that have any of these uses, in the order of the table."""
    return tuple(word for word, row in ENDINGS.items() if not {*uses}.isdisjoint(row.split()))


def any_end(*uses: Use) -> str:
    """Give a regular expression for the endings that have any of these uses."""
    listed = endings(*uses)
    single = "".join(word for word in listed if len(word) == 1)
    longer = [word for word in listed if len(word) > 1 and word[-1] not in single]
    return f"(?:{'|'.join([f'[{single}]'] * bool(single) + longer)})"


def last_characters(*uses: Use) -> frozenset[str]:
    """Give the last characters of the endings that have any of these uses."""
    return frozenset(word[-1] for word in endings(*uses))


STATE = "中华人民共和国"
OFFICE = "办公[厅室]"
OFFICES_OF_ORGANS = frozenset({"办公厅", "办公室"})
PLACE_LEVELS = "省市县区州盟旗乡镇"
NOTE = r"[（(].{1,10}[）)]"  # 某某局（某某办公室）

# --- a line or a cell of its own

ORGAN = lazy_regex(rf".*{any_end('signs')}(?:{NOTE})?")
BRANCH = lazy_regex(rf"{OFFICE}|.*{any_end('branch')}")
UNIT = lazy_regex(rf"{ORGAN.pattern}|.*{any_end('listed')}")
# 市旅|游局: a line of agencies with another end was cut inside a word
WHOLE_AGENCY = lazy_regex(rf"{ORGAN.pattern}|.*{any_end('whole')}")
# the last characters of such names, and that of 中共中央: a cheap test that most lines fail
ORGAN_ENDS = last_characters("signs") | {"央"}
UNIT_ENDS = ORGAN_ENDS | last_characters("listed") | {"）", ")"}

# --- in a title

# 某某管委会征地公告; but 全局工作, 大局意识, 格局, 布局, and 局长, 局部
OPENS_TITLE = lazy_regex(
    rf"(?:国务院|.{{2,30}}?(?:{any_end('opens')}|[厅局](?![长势部面域限级])"
    rf"(?<!全局)(?<!大局)(?<![格布]局)))(?:{OFFICE})?"
)
# two joint organs of one place or of the state without a blank between: 中共中央办公厅国务院办公厅
PARTY_BEFORE_STATE = lazy_regex(
    r"(?P<party>中共中央(?:办公厅)?)(?=国务院)"
    rf"|(?P<committee>中共(?P<place>[{HAN}]{{2,12}}?)委(?:员会)?(?:{OFFICE})?)(?=(?P=place)人民政府)"
)
# a blank that may separate two organs
GAP = lazy_regex(rf"[{''.join(sorted(ORGAN_ENDS))}][ \t\xa0\u3000]++[{HAN_OF_NAMES}]")
# 国家发展和改革委员会 国家质量监督检验检疫总局令第35号: the blanks in front of the last organs of a
# decree, each by itself; but 某某部 办公厅 is one organ
JOINT_GAP = rf"(?<={any_end('joint')})[ \t\xa0]++(?!{OFFICE})"
JOINT_ORGANS = (
    rf"(?:[{HAN_OF_NAMES}]{{2,20}}[ \t\xa0\u3000]++){{0,3}}"
    rf"[{HAN_OF_NAMES}]{{1,20}}(?:{any_end('joint')}|府)"
)

# --- in a sentence

# 沪府令57号: the one-character name of a place means its government
DECREES = lazy_regex(rf"[{HAN}]府|[{HAN}]{{0,24}}{any_end('decrees')}")
# 省政府《关于…的意见》
CITES = lazy_regex(
    rf"(?P<organ>国务院办公厅|国务院|中共中央"
    rf"|[{HAN}]{{1,12}}?(?:(?:人民)?政府(?:{OFFICE})?|{any_end('cites')}))$"
)
SPELT = lazy_regex(any_end("spelt"))
LOCAL = lazy_regex(rf"[省市县区州](?:委|政府|人民政府)(?:{OFFICE})?")  # 省政府|川府发〔2016〕13号
# 1998年某某政府决定废止
DECIDED = rf"{any_end('decides')}[^。；，]{{0,6}}决定"
# beginnings of central organs: they show where a second organ begins, even if the scan or a repair
# removed the blank in front of it: 财政部税务总局公告
CENTRAL = (
    "国家(?!标准)", "财政部", "税务总局", "海关总署", "商务部", "工业和信息化部", "人力资源",
    "农业农村部", "中国", "生态环境部", "自然资源部", "教育部", "公安部", "民政部", "司法部",
    "审计署", "应急管理部", "住房", "市场监管", "交通运输部", "文化", "科学技术部", "科技部",
    "卫生", "发展改革委", "国务院", "中央军委", "中共中央", "最高人民",
)  # fmt: skip
JOINT = lazy_regex(rf"(?<={any_end('joint')})(?=[和及与]?(?:{'|'.join(CENTRAL)}))")
# 和 inside a name: 发展和改革委员会, 卫生和计划生育委员会
AND_IN_NAMES = (
    "改革|城乡|信息化|社会保障|计划生育|旅游|自然资源|国土|房屋|规划|房产|电视|体育|教育|改造"
)
# names without their place, which only the gazette itself shows; empty because the place is unknown
SHORT_NAMES = {"国": "国务院", "省": "", "市": "", "县": "", "区": "", "州": ""}
CONTINUOUS = frozenset({"国务院"})  # organs that number their decrees on through all years

# --- agencies that must act, and addressees

AGENCY = lazy_regex(
    rf"{any_end('acts')}|[市县区州镇乡](?:[（(][市县区州旗、]{{1,5}}[）)])?$|{any_end('acts-last')}(?:[（(].*[）)])?$"
)
# 市财政局, 省发展改革委, in running text; its beginning is not certain: 城市建设局 gives 市建设局
NAMED = lazy_regex(
    rf"[{PLACE_LEVELS}](?:[{HAN}]{{2,12}}?(?:局|委员会|[发改工农]委|厅|办公室|管委会|指挥部|中心|检察院|法院))"
    r"(?![长员处])"
)
# 个中心, 为中心 are no addressees: 一个中心, 以某事为中心
ADDRESSEE = lazy_regex(
    rf"{any_end('addressed')}|(?<![个为]){any_end('addressed-last')}(?:[（(].{{1,20}}[）)])?$"
)
# 各市（州）、县（市、区）人民政府: one name for the governments of several levels
LEVEL = (
    r"(?:自治[州县区]|设区的?市|县级市|乡镇|街道|[市州县区盟旗镇乡])(?:[（(][^（()）]{1,20}[）)])?"
)
SEVERAL_GOVERNMENTS = (
    rf"(?<![{HAN}])(?:各|相关|有关)?(?:省、)?{LEVEL}(?:、{LEVEL}){{1,4}}+(?:人民)?政府"
)

# --- a person that signs for an organ

# 总理 李克强 · 市长　张三 · 省 长　尹 力 · 某某市市长王军 · 自治区主席 努尔·白克力
OFFICES = (
    "总理", "主席", "主任", "省长", "市长", "州长", "盟长", "区长", "县长", "旗长", "镇长", "乡长",
    "部长", "局长", "署长", "行长", "会长", "院长", "检察长",
)  # fmt: skip
BLANK = r"[\s\u3000]*+"
SPACED = lazy_regex(r"[\u4e00-\u9fff](?:[\s\u3000]++[\u4e00-\u9fff]){2,}")
PERSON = lazy_regex(
    rf"(?:[{HAN}]{{0,14}}[{PLACE_LEVELS}])?"
    rf"(?P<office>(?:[代副]{BLANK})?(?:{'|'.join(BLANK.join(office) for office in OFFICES)}))"
    rf"[\s\u3000：:]*(?:{DOTTED}|[{HAN_OF_NAMES}{DOTS}\s]{{2,8}})"
)
# 某某市水务局局长 郑海涛, below the title of a report
SPEAKER = lazy_regex(
    r"(?P<organ>[\u4e00-\u9fff]{1,30}?)(?P<office>(?:党组)?(?:[代副]|常务|第一){0,2}"
    r"(?:主任委员|秘书长|检察长|[省市州盟区县旗镇乡部厅局署行会院处组]长|主任|主席|书记|委员))"
    rf"[\s\u3000]+(?P<name>{DOTTED}|[{HAN_OF_NAMES}{DOTS}]{{2,12}}"
    rf"|[{HAN_OF_NAMES}][\s\u3000]+[{HAN_OF_NAMES}])"
)


def close_up_office(text: str) -> str:
    """Remove the blanks inside an office, so that the first blank is the one before the name.

    ``省 长　尹 力`` → ``省长　尹 力``; a text without an office and a name stays as it is.
    """
    found = PERSON.fullmatch(text)
    if not found:
        return text
    start, end = found.span("office")
    return text[:start] + "".join(found["office"].split()) + text[end:]


def close_up_spaced(text: str) -> str:
    """Remove the blanks of a widely spaced name: ``某 某 市 人 民 政 府`` → ``某某市人民政府``."""
    return "".join(text.split()) if SPACED.fullmatch(text) else text
