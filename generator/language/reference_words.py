"""The words around a provision that say whose it is: 本办法第三条, 该办法第一条, 前款, 同条第二款.

provisions.py reads the provision itself.
"""

from __future__ import annotations

from generator.language.document_types import any_of
from generator.language.provisions import ANNEX_NUMBER, NUMERAL
from generator.runtime.patterns import lazy_regex

KINDS, OTHER_KINDS = any_of("own"), any_of("other")
TYPED = rf"(?:{KINDS}|法典|{OTHER_KINDS})"
JOINT = r"(?:中的?|的|之)?$"  # 《办法》中第二条
# 第三条 · 第（五）项 · 前款 · 前两条 · 同条 · 该条
HEAD = lazy_regex(
    rf"(?P<number>第\s*[（(]?{NUMERAL})"
    r"|(?P<which>[前上本同该])(?P<count>[一两二三])?(?P<unit>[条款项])(?![件例目约])"
    r"(?:规定的?|所列|所称|中的?|的)?(?=(?P<part>第|[（(])?)"
)
COUNTS = {"一": 1, "两": 2, "二": 2, "三": 3}  # of 前两款

# what stands directly before 第三条
# 本办法 · 本实施细则; not 根本办法, 基本法
OWN = lazy_regex(rf"(?<![基根样日成资])本(?:实施|暂行|管理|试行)?(?P<kind>{KINDS}){JOINT}")
THAT = lazy_regex(rf"(?:该|此|上述|前述|上款)(?:实施|暂行|管理|试行)?(?P<kind>{TYPED}){JOINT}")
MARKED = lazy_regex(rf"[》〉”）](?:{JOINT})")
# 该文第三条: the one document that the text names above
THAT_ONE = lazy_regex(rf"(?:[该此]文件?|上述文件|前述文件){JOINT}")
TYPE_BEFORE = lazy_regex(rf"{TYPED}(?:（[^（）]{{1,16}}）)?(?:中的?|的)?$")
# 依照治安管理处罚法第四十二条: a name without 《》, from the last verb or mark on
UNMARKED = lazy_regex(
    rf"(?P<run>[\u4e00-\u9fff]{{0,40}}{TYPED})(?:（[^（）]{{1,16}}）)?(?:中的?|的)?$"
)
# the last of these words ends before the name begins
NAME_BEGINS = lazy_regex(
    r".*(?:依照|按照|根据|依据|违反|遵守|执行|适用|参照|符合|触犯|以及|或者|不服|所称|涉及|援引|引用"
    r"|[条款项目][和及或与]|落实|贯彻|履行|修改|废止|对照|规定的|规定和|由于|属于|不得|应当|可以|并按|并依|除|将|把)"
)
NAME_LEADS = lazy_regex(r"[依按照由和与及或即如新现]")
# the same provision named inside a sentence, of whatever text
NAMED_OTHER = lazy_regex(
    rf"(?<!本)(?<!本实施)(?<!本暂行)(?<!本管理)(?:{TYPED})(?:（[^（）]{{1,16}}）)?第[^，。；]{{1,12}}[条章编]"
)

# what follows a provision and nothing that is counted with 条: 第二条规定的, not 第二条高速公路
FOLLOWED = lazy_regex(
    r"的?规定|所[列称述指规]|的(?:情形|要求|条件|内容|程序|行为|期限|标准|范围)|第|之|前段|后段|但书|本文"
    r"|修改|修正|改为|增加|删|作为|废止|执行|办理|处罚|处理|处以|给予|予以|不?适用|不受|以外|除外|追究|情形"
    r"|[前后](?:增加|加)|中的?[“‘\"《]|[“‘]|合并|分为|调整为|移|不作|重新编号|顺序"
    r"|实施(?!单位)|另有|各项|各款|关于|[中内](?:列举|规定|所|有关|关于)|列举"
)
# what may follow either; then the provision needs a word that introduces it
ENDED = lazy_regex(
    r"[（(，。；：、）)”’》〉？！,;:]|$|[和与及或并至到中内的外应可不对已未自由在为是有关要进行使承担]"
)
INTRODUCED = lazy_regex(
    r"(?:依照|按照|根据|依据|违反|遵守|执行|适用|参照|符合|不受|触犯|属于|具有|删去|删除|下列|所列|规定"
    r"|[除按依见如将把对])$"
)
# 第三条路 · 两条高速公路: a 条 that counts things, in the same sentence
COUNTED = lazy_regex(
    r"(?:第[一二三四五六七八九十\d]{1,3}条"
    r"|(?<![第一二三四五六七八九十百\d])[一二三四五六七八九十百几数多两\d]{1,3}条"
    r"[^，。；第\s]{0,6}?)(?:高速|公?路|线|街|巷|河|沟渠|船|桥|隧道|管道|规律|经验|意见|建议|生产)"
)

# 见附件2 · （附件一） · 详见附件; without a number it means the only annex
# not 附件名称： which heads a line; a head has no more characters than that
ANNEX_HEAD = lazy_regex(
    rf"附\s*[件表录图](?:\s*之?(?P<number>{ANNEX_NUMBER}))?(?!\w{{0,60}}+[：:])"
)
ANNEX_INTRODUCED = lazy_regex(
    r"(?:见|按|填写|填报|参照|参见|按照|根据|依据|依照|（|\()(?:本?(?:通知|意见|办法|方案|规定|规划|细则))?(?:的|所附)?$"
)
ANNEX_BEGINS = lazy_regex(
    r"(?:^|[，。；：、“‘\s及与和或在将把由对以用至])(?:本?(?:通知|意见|办法|方案|规定|规划|细则))?(?:的|所附)?$"
)
TABLE_HEAD = lazy_regex(
    rf"(?<![\u4e00-\u9fff])表\s*{ANNEX_NUMBER}|(?<=[见按照据填写])表\s*{ANNEX_NUMBER}"
)
# a decision that changes a text says so before it lists the changes
CHANGES = lazy_regex(
    r"(?:作|做)(?:出|了)?(?:如下|以下|下列)修[改订正]|修[改订正]如下|予以修[改订正]|作出修[改订正]"
)
CHANGING_TITLE = lazy_regex(r"修[改订正].*(?:决定|令|公告|通告|通知|解释|批复)|修正案")
# 一、修改《…》 · （二）对《…》作出修改 · 三、《…》: the head of the changes of one document
HEADS_LIST = lazy_regex(r"\s*(?:关于)?(?:修[改订正]|对|将)?")
ENDS_LIST_HEAD = lazy_regex(
    r"[）)]?(?:（[^（）]*）)?(?:[作做]出?)?(?:如下|以下)?(?:修[改订正])?[：:。]?\s*"
)
QUOTE_BEGINS = lazy_regex(r"[“‘\"]\s*$")
