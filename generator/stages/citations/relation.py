"""Decide the relation of a document to each document that it cites: basis, repeals, amends, ….

A relation is an act of this document, as the sentence states it; an act of others
(国务院发布的《…》, 新修订的《…》) makes a mention. All citations of a list 《甲》、《乙》和《丙》
get one relation, from the words before and after the list.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from generator.language.dates import YEAR
from generator.language.organs import DECIDED
from generator.language.provisions import PARTS
from generator.model import Citation, Manner, Relation
from generator.runtime.patterns import lazy_regex

SENTENCE = "。；！？\n"
REACH = 120  # characters of the sentence that are read on each side
# between the members of a list: punctuation, issuer and date of the next member
LISTED = lazy_regex(
    # 某府发〔2001〕2号文件、 · 《甲法》第三条第二款、 · 《甲法》及其实施条例、
    rf"[）)]?(?:文件?)?(?P<part>的?{PARTS})?(?:及其[\u4e00-\u9fff]{{2,12}})?"
    r"\s*+(?P<joined>[、，,和及与或]|以及|和本院)\s*+"
    r"(?:(?![^《]*(?:施行|实施|执行|起[，,]))[\u4e00-\u9fff、，\s\d○]{0,60}?的?)?"
    r"|[）)]?\s*+"
)
# 自本办法施行之日起, 从2010年1月1日起, 自公布之日
SINCE = r"[，,]?(?:[自从]?[^。；，《》]{2,24}(?:之日|日)?起[，,]?)?"
ADVERB = (
    r"(?:都|均|也|亦|将|应|应当|现|一律|全部|同时|即行|一并|相应|随之|立即|予以|宣布|自行|自动)*"
)
# nothing may follow the verb: in 撤销行政许可, 停止执行收费政策 it has an object of its own
VOID = (
    r"(?:废止|停止执行|不再执行|终止执行|停止施行|停止使用|停止实施|失效|作废|撤销)"
    r"(?=[。；，、：）)！”]|$)"
)
REPEALED = lazy_regex(
    r"^(?:[）)]|（[^（）]{1,30}）)?(?:文件?|等[\u4e00-\u9fff\d]{0,12}(?:文件|规定|办法|通知|件)?)?"
    rf"{SINCE}{ADVERB}{VOID}"
)
PARTLY = lazy_regex(
    rf"^[）)]?(?:文件?)?(?:{PARTS}|中?的?(?:有关|关于)[^。；，《》]{{1,30}}|中[^。；，《》]{{1,30}})[，,]?"
    rf"{SINCE}{ADVERB}{VOID}"
)
REPEALS = lazy_regex(
    r"(?:决定[，：]?|现|予以|同时|一并|[》）])(?:废止|停止执行|停止施行|终止执行|不再执行)"
    r"(?:下列[^。《]{0,20}[：:]|了)?$"
)
# 一、废止《…》 is an act of a decision, and a task of a plan
REPEALS_ALONE = lazy_regex(
    r"^(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)、．.]+)?(?:废止|停止执行)$"
)
DECIDES = lazy_regex(r"决定|废止|命令|令$")
# 废止《…》第三条, 废止《…》中有关…的规定: some provisions alone
OF_PARTS = lazy_regex(
    rf"^[）)]?(?:（[^（）]{{1,30}}）)?(?:文件?)?的?(?:{PARTS}|中(?!止)|有关|部分|相关)"
)
# of the whole document, for a time: 暂停执行, 暂缓施行
PAUSE = r"(?:暂停|暂时停止|暂缓|中止)(?:执行|施行|实施|使用)"
SUSPENDED = lazy_regex(
    rf"^(?:[）)]|（[^（）]{{1,30}}）)?(?:文件?)?{SINCE}{ADVERB}{PAUSE}(?=[。；，、：）)！”]|至|$)"
)
EXTENDED = lazy_regex(
    r"^[）)]?(?:（[^（）]{1,30}）)?(?:文件?)?的?(?:(?:有效|施行|试行|执行|实施|适用)期限?"
    r"[^。；，《》]{0,8}(?:延长|延续|延期|顺延)|(?:延期|延长|继续)(?:有效|执行|施行|实施))"
)
SUSPENDS = lazy_regex(rf"(?:决定|现|予以|同时|一并|起|起，){PAUSE}$")
# 废止《…》 at the beginning of a clause is an act of this document if the sentence names a ground
REPEALS_ON_GROUND = lazy_regex(
    r"(?:根据|依据|按照|依照|经[^。]{0,20}(?:研究|批准|同意|通过)).*[，：]废止$"
)
UNQUOTED_ITEM = lazy_regex(r"^[（(]?[一二三四五六七八九十\d]{1,3}[）)、．.]+[^。；：]{4,80}[（(]$")
CHANGE = r"(?:修改|修订|修正|补充修改|调整|补充)"
AMENDED = lazy_regex(
    rf"^[）)]?(?:作|做|进行|作出|做出)(?:出)?(?:如下|以下)(?:补充|部分)?{CHANGE}"
    rf"|^[）)]?的?{PARTS}[^。；，《》]{{0,40}}(?:修改为|修正为|改为|予以修改|予以删除)"
    r"|^[）)]?中[^。；，《》]{0,40}(?:修改为|修正为|予以删除|删去)"
    rf"|^[）)]?予以{CHANGE}"
    rf"|^[）)]?(?:等[\u4e00-\u9fff\d]{{0,12}})?(?:的部分条款)?(?:作|进行)(?:了)?(?:部分)?(?:如下|以下){CHANGE}"
)
# 对《…》作出修改，将第一条…: in a decision; in a plan it is a task
AMENDED_THERE = lazy_regex(
    rf"^[）)]?(?:作出?|做出?|进行)(?:部分|必要的?|相应)?{CHANGE}(?=[，。；：]|$)"
)
AMENDS = lazy_regex(r"(?:决定|现|予以|现决定)对?(?:修改|修订|修正)$")
TRANSMITTED = lazy_regex(
    r"^[^。；《》]{0,40}?(?:现|予以|一并|决定)(?:予以|予)?(?:重新)?(?:印发|转发|批转|下发|公布|发布|颁布)"
    r"|^[^。；《》，]{0,6}(?:印发|转发|批转|下发)(?:给|你们|各)"
    r"|^[^。；《》]{0,40}。现(?:予以|予)?(?:印发|转发|批转|下发|公布|发布)"
)
TRANSMITS = lazy_regex(
    r"(?:现将[^。；《》，]{0,30}|(?:^|[，。；：]|决定|同意|现)(?:关于)?(?:印发|转发|批转|公布|发布|下发))$"
)
BASIS = lazy_regex(
    r"(?:根据|依据|按照|按|依照|遵照|贯彻|落实|执行|结合|参照|遵循|符合)"
    r"[^。；，《》（）]{0,40}$"
)
# a citation that is the ground of an act, or part of a report, is not repealed or amended
GROUND = lazy_regex(
    r"(?:根据|依据|依照|按照|遵照|参照|违反|落实|(?:^|[，：])执行|(?:^|[，。；])按)[^。；，《》（）]{0,40}$"
)
REPORT = lazy_regex(
    r"(?:鉴于|因|由于|现行)[^。；，《》]{0,20}$"
    rf"|{YEAR}年[^。；]{{0,40}}{DECIDED}(?:废止|修改|修订)$"
)


def relate(
    text: str, citations: Sequence[Citation], context: Relation | None, *, decides: bool = False
) -> tuple[Citation, ...]:
    """Give each citation its relation; their order stays.

    ``context`` is the relation that a list's heading states for its items (废止的文件目录).
    ``decides`` says whether the document is a decision.
    """
    outer = _outermost(citations)
    relations: dict[int, tuple[Relation, Manner]] = {}
    for group in _groups(text, outer):
        relation, manner = _relation(text, group[0].start, group[-1].end, decides=decides)
        if relation == "mentions" and not manner and context and _is_item(text, group):
            relation = context
        relations |= {citation.start: (relation, manner) for citation in group}
    related: list[Citation] = []
    above = outer[0] if outer else None
    for citation in citations:
        if citation.nested and above:
            # 《关于修改〈…〉的决定》: the cited document amends, not this one, unless this one
            # transmits it
            handed_on = relations[above.start][0] == "transmits"
            related.append(citation if handed_on else replace(citation, relation="mentions"))
        else:
            above = citation
            relation, manner = relations[citation.start]
            changed = relation != citation.relation or manner
            said = replace(citation, relation=relation, manner=manner) if changed else citation
            related.append(said)
    return tuple(related)


def _outermost(citations: Sequence[Citation]) -> list[Citation]:
    return [citation for citation in citations if not citation.nested]


def _groups(text: str, citations: Sequence[Citation]) -> list[list[Citation]]:
    """Split citations into groups; each group is one list in one sentence."""
    groups: list[list[Citation]] = []
    for citation in citations:
        gap = text[groups[-1][-1].end : citation.start] if groups else ""
        if groups and _goes_on(text, groups[-1][0].start, groups[-1][-1].end, gap):
            groups[-1].append(citation)
        else:
            groups.append([citation])
    return groups


def _goes_on(text: str, start: int, end: int, gap: str) -> bool:
    """Whether a list from ``start`` to ``end`` continues after a gap."""
    if len(gap) > REACH or not (listed := LISTED.fullmatch(gap)):
        return False
    is_clause = listed["joined"] in ("，", ",")
    # 《甲》（某府发〔2016〕1号，某财发〔2016〕2号）
    if is_clause and text.count("（", start, end) > text.count("）", start, end):
        return True
    if not is_clause and not listed["part"]:
        return True
    on_ground = GROUND.search(text[max(0, start - REACH) : start])
    # 根据《甲》，《乙》予以废止: the ground 《甲》 ends with its clause;
    # 《甲》第三条和《乙》废止: only 《乙》 is repealed as a whole
    return not on_ground if is_clause and not listed["part"] else bool(on_ground) and not is_clause


def _relation(text: str, start: int, end: int, *, decides: bool) -> tuple[Relation, Manner]:
    before = text[max(0, start - REACH) : start]
    before = before[max((before.rfind(end_mark) for end_mark in SENTENCE), default=-1) + 1 :]
    after = text[end : end + REACH]
    if REPORT.search(before):
        return "mentions", ""
    is_of_parts = OF_PARTS.match(after) is not None
    alone = decides and REPEALS_ALONE.search(before)
    if alone or REPEALS.search(before) or REPEALS_ON_GROUND.search(before):
        return ("amends", "partly") if is_of_parts else ("repeals", "")
    if AMENDS.search(before):
        return "amends", ""
    if SUSPENDS.search(before) and not is_of_parts:
        return "mentions", "suspended"
    if not GROUND.search(before):
        # first: in 第二条自2018年1月1日起废止 the provision could be read as part of the day
        if EXTENDED.match(after):
            return "mentions", "extended"
        if PARTLY.match(after):
            return "amends", "partly"
        if REPEALED.match(after):
            return "repeals", ""
        if SUSPENDED.match(after) and not is_of_parts:
            return "mentions", "suspended"
        if AMENDED.match(after) or (decides and AMENDED_THERE.match(after)):
            return "amends", ""
        if TRANSMITTED.match(after):
            return "transmits", ""
    if TRANSMITS.search(before):
        return "transmits", ""
    return ("basis" if BASIS.search(before) else "mentions"), ""


def title_relation(title: str, start: int) -> Relation:
    """Give the relation of a title to another title inside it: 关于修改〈…〉的决定 → amends."""
    before = title[:start]
    if re.search(r"废止$", before):
        return "repeals"
    if re.search(r"(?:修改|修订|修正)$", before):
        return "amends"
    if re.search(r"(?:印发|转发|批转|公布|发布|发布实施)$", before):
        return "transmits"
    return "basis" if re.search(r"(?:贯彻|落实|实施|执行|根据)$", before) else "mentions"


def _is_item(text: str, group: Sequence[Citation]) -> bool:
    """Whether a text is an item of a list: only an ordinal, and titles with their numbers.

    A title without 《》 is one too, in front of its number in brackets.
    """
    before, after = text[: group[0].start], text[group[-1].end :]
    if UNQUOTED_ITEM.match(before) and re.fullmatch(r"[）)][；;。、]?", after):
        return True
    rest = before + after
    return not re.sub(r"[\d一二三四五六七八九十第、．.（）()\s，；。条]", "", rest)
