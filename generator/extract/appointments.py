"""任免: X为Y（remark）；  X的Y职务（remark）；  with or without 任命, 免去 in the same sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.edits import line_at
from generator.model import Action, Appointment, Document, Heading, Paragraph, Table, TextBlock

CONCERNED = re.compile(r"任免|任职|免职|任命|免去|聘任|解聘|人事")
# titles of decisions about persons; elsewhere a clause must end with the name of a post
DECISION = re.compile(r"任免|任职的|免职的|任命|免去")
# 任命： · 决定任命： · 免去： · 二、免去
LEAD_IN = re.compile(
    r"^(?:.{0,60}?(?:决定|同意|批准|研究)[^，。；]{0,12})?(?:[一二三四五六七八九十]、)?"
    r"(?P<action>任命|聘任|免去|解聘)(?:下列同志|以下同志)?[：:]?$"
)
NAME = r"[\u4e00-\u9fff]{1,4}(?:·[\u4e00-\u9fff]{1,8})*|[\u4e00-\u9fff]\s[\u4e00-\u9fff]"
NAMES = rf"(?P<names>(?:{NAME})(?:同志)?(?:、(?:{NAME})(?:同志)?)*)"
# 牟刚林为攀枝花市人民政府办公室副主任（试用期一年） · 任命张三为… · 张三任…
APPOINTED = re.compile(
    rf"^(?:.{{0,60}}?(?:决定|同意|批准|研究|提名)?[^，。；]{{0,8}}?(?P<verb>任命|聘任))?{NAMES}"
    r"(?:担任|任|为)(?P<post>[^，。；]{2,60})$"
)
# 胡昱冰的攀枝花市投资促进局局长职务 · 免去张三的…职务
REMOVED = re.compile(
    rf"^(?:.{{0,60}}?(?P<verb>免去|解聘))?{NAMES}的(?P<post>[^，。；]{{2,60}}?)职务$"
)
REMARK = re.compile(r"[（(](?P<remark>[^（()）]{2,40})[）)]$")
# （民防局） and （副局长） belong to the post; （试用期一年） is a remark
REMARK_WORD = re.compile(r"试用|挂职|保留|兼|级|任期|待遇|时间|年|按|列|主持|不再")
# the last words of a post; what stands before them is the organisation
POST = re.compile(
    r"(?P<post>(?:(?:党组|党委|常务|第一|执行|名誉|首席|代理|代)?(?:副)?"
    r"(?:秘书长|主任委员|主任科员|调研员|巡视员|总工程师|总经济师|总规划师|总会计师|总农艺师|总畜牧师|总督学"
    r"|检查长|检察长|院长|局长|主任|部长|厅长|司长|处长|科长|所长|站长|馆长|校长|行长|社长|台长|署长|市长"
    r"|县长|区长|州长|省长|镇长|乡长|书记|组长|队长|支队长|总队长|政委|会长|理事长|董事长|总经理|经理|主席"
    r"|委员|专员|督学|督察|监事|秘书|参事|馆员|庭长|审判员|检察员|院士|总编辑|总监|顾问|教授|副职"
    r"|总师))(?:[（(][^（()）]{2,10}[）)])?(?:(?:、|兼)[^，。；]{2,30})?)$"
)


def find_appointments(document: Document) -> tuple[Appointment, ...]:
    """Read the appointments and removals of a document that is about them."""
    if not CONCERNED.search(document.title):
        return ()
    found: list[Appointment] = []
    surely = bool(DECISION.search(document.title))
    action: Action | None = None
    for block in document.all_blocks():
        match block:
            case Table():
                continue
            case Paragraph() if block.kind not in ("paragraph", "attachment_note"):
                continue
            case Heading() | Paragraph():
                if lead := LEAD_IN.match(block.text.strip()):
                    action = _action(lead["action"])
                    continue
                found += _read_block(block, action)
    return tuple(a for a in found if surely or a.organisation)


def _action(word: str) -> Action:
    return "任命" if word in ("任命", "聘任") else "免去"


def _read_block(block: TextBlock, action: Action | None) -> Iterator[Appointment]:
    offset = 0
    current = action
    for clause in re.split(r"[；;。，,：:\n]", block.text):
        text, remark = _split_remark(clause.strip())
        line = line_at(block.breaks, offset)
        offset += len(clause) + 1
        if lead := LEAD_IN.match(text):
            current = _action(lead["action"])
            continue
        if removed := REMOVED.match(text):
            yield from _appointments(removed, "免去", remark, line, block.anchor)
        elif (appointed := APPOINTED.match(text)) and (appointed["verb"] or current == "任命"):
            yield from _appointments(appointed, "任命", remark, line, block.anchor)


def _split_remark(text: str) -> tuple[str, str]:
    """Part a remark such as （试用期一年） from the end of a clause."""
    found = REMARK.search(text)
    if found and REMARK_WORD.search(found["remark"]):
        return text[: found.start()].strip(), found["remark"]
    return text, ""


def _appointments(
    found: re.Match[str], action: Action, remark: str, line: int, anchor: str
) -> Iterator[Appointment]:
    whole = found["post"]
    post = POST.search(whole)
    organisation = whole[: post.start()] if post else ""
    for name in found["names"].split("、"):
        yield Appointment(
            person=re.sub(r"\s|同志$", "", name),
            action=action,
            organisation=organisation,
            post=post["post"] if post else whole,
            remark=remark,
            line=line,
            anchor=anchor,
        )
