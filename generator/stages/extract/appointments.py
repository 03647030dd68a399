"""Read appointments and removals (任免) from documents that decide them.

The forms are X为Y, X同志任Y（remark）; X的Y职务, 免去X同志Y职务, X不再担任Y职务（remark）, with or
without 任命, 免去 in the same sentence. 其 means the person named last, if it is one person: the
person appointed before it, or X after X同志退休.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from generator.language.document_types import any_of
from generator.language.ideographs import HAN_OF_NAMES
from generator.language.person_names import DOTTED, LONG, PERSON_NAME, is_by_sound, is_long
from generator.model import Action, Appointment, Document, Heading, Paragraph, Table, TextBlock
from generator.model.edits import line_at
from generator.runtime.patterns import lazy_regex
from generator.stages.normalize.people import NO_NAMES, SURNAMES

CONCERNED = lazy_regex(r"任免|任职|免职|任命|免去|聘任|续聘|解聘|人事|不再担任")
# titles of decisions about persons; under other titles an organisation must precede the post
DECISION = lazy_regex(r"任免|任职的|免职的|任命|免去|不再担任")
# titles of rules about appointments: these documents appoint no one
RULES = lazy_regex(any_of("rules"))
# 任命： · 决定任命： · 研究决定，任命： · 免去： · 二、免去
LEAD_IN = lazy_regex(
    r"^(?:.{0,60}?(?:决定|同意|批准|研究)[^，。；]{0,12}[，,]?)?(?:[一二三四五六七八九十]、)?"
    r"(?P<action>任命|聘任|续聘|聘请|免去|解聘)(?:下列同志|以下同志)?[：:]?$"
)
# 经研究，决定： the decision itself follows
DECIDED = lazy_regex(r"(?:决定|同意|批准|如下)$")
# a clause ends at punctuation outside brackets
CLAUSE = lazy_regex(r"(?:[^；;。，,：:\n（(]|[（(][^（()）]*+[）)]|[（(])++")
# （女，回族）
FACTS = r"[（(](?:[男女]|[\u4e00-\u9fff]{1,5}族)(?:[，,、][^（()）]{1,20})?[）)]"
# so that a list of people can be read in one way only, no name contains 同志, and facts come after
# the name or after 同志, not in two optional places in a row
PERSON = rf"(?:{PERSON_NAME})(?:{FACTS}){{0,2}}(?:同志(?:{FACTS})?)?"
NAMES = rf"(?P<names>{PERSON}(?:、{PERSON})*)"
ALSO = r"[（(]兼[）)]"
NOT_OF_NAMES = lazy_regex(rf"\s|{FACTS}|(?:同志)?(?:[兼担原现所]任)?$")
# 李四副市长: an office ends the words, not a name
OFFICE_END = r"(?:[省市州县区镇乡厅局处科部组院校所站队行会]长|书记|主任|委员|人员|干部|成员)$"
OFFICE = lazy_regex(OFFICE_END)
# words before 任 in a notice that are not a person's name: 由市长任…, 该局局长任…
NO_NAME = lazy_regex(
    rf"^(?:[由其该经不各本原现因拟并]|同时)|.[任的免职]|决定|同意|研究|{OFFICE_END}"
)
# 牟刚林为攀枝花市人民政府办公室副主任（试用期一年） · 任命张三为… · 张三任… ; not 现任, 主任
APPOINTED = lazy_regex(
    rf"^(?:.{{0,60}}?(?:决定|同意|批准|研究|提名)?[^，。；]{{0,8}}?(?P<verb>任命|聘任|续聘|聘请))?"
    rf"(?:决定|同意|批准)?{NAMES}"
    r"(?P<how>担任|兼任|挂任|挂职任|(?<![兼担挂职现原曾历拟继连离聘主责])任|为)(?P<post>[^，。；]{2,60})$"
)
ELSEWHEN = lazy_regex("[现原曾历拟继连离]任")
# 任…局长 at the end of a clause, whoever the words before it name
TAKES_POST = lazy_regex(
    r"^(?P<front>.{0,60}?)(?:担任|兼任|挂任|挂职任|(?<![兼担挂职现原曾历拟继连离聘主责])任)"
    r"(?P<post>[^，。；]{2,60})$"
)
# 胡昱冰的攀枝花市投资促进局局长职务 · 免去张三的…职务
REMOVED = lazy_regex(
    rf"^(?:.{{0,60}}?(?P<verb>免去|解聘))?{NAMES}(?:[兼担原现所]任|{ALSO})?的"
    r"(?P<post>[^，。；]{2,60}?)职务$"
)
# 免去其市审计局局长职务 · 同时免去其兼任的…职务
REMOVED_TOO = lazy_regex(
    r"^(?P<before>.{0,60}?)(?:免去|解聘)其(?:[兼担原现所]任)?的?(?P<post>[^，。；]{2,60}?)职务$"
)
# reasons for leaving a post
LEAVING = (
    "退休|离休|退养|另有任用|另有安排|调离|调出|调任|调往|调动|辞职|辞去|离职|到龄|达到|年满"
    "|病故|病逝|逝世|去世"
)
# 张三同志退休 · 李四因工作调动 · 同意王五辞去…: the following 其 means this person
LEAVES = lazy_regex(
    rf"^(?:因|鉴于|同意|接受)?(?P<names>(?:{PERSON_NAME})(?:{FACTS})?(?P<comrade>同志)(?:{FACTS})?"
    rf"|{DOTTED}|{LONG}|[{HAN_OF_NAMES}]{{2,4}}?)"
    r"(?:因[^，。；]{0,10}?|[现已即将]{1,2})?"
    rf"(?:提前|正式|申请|办理|工作)?(?:{LEAVING})[^，。；]{{0,60}}$"
)
# clauses that introduce no other person: 同时 · 经市政府研究决定 · 根据工作需要 · 试用期一年
ASIDE = lazy_regex(
    rf"^(?!.*(?:同志|请辞|{LEAVING}))"
    r"(?:(?:同时|并)?$|根据|按照?|因(?:工作|机构)[\u4e00-\u9fff]{2}$"
    r"|试用|聘期|任期|任职|挂职|保留|享受|时间|[自从]|[（(]"
    r"|[^，。；]{0,30}(?:决定|研究|讨论|通过|同意|批准)$)"
)
# 免去李四同志市审计局局长职务
REMOVED_COMRADE = lazy_regex(
    rf"^(?:.{{0,60}}?(?P<verb>免去|解聘))?{NAMES}(?:(?<=同志)|{ALSO})"
    r"(?P<post>[^，。；]{2,60}?)职务$"
)
# 免去李四市审计局副局长职务
REMOVED_CLOSE = lazy_regex(
    rf"^(?:.{{0,60}}?(?P<verb>免去|解聘))?(?P<rest>[{HAN_OF_NAMES}][^，。；]{{3,70}}?)职务$"
)
# 张三同志不再担任市财政局局长职务
NO_LONGER = lazy_regex(
    rf"^(?:同时|并)?(?:{NAMES})?不再(?:担任|兼任|任)(?P<post>[^，。；]{{2,60}}?)(?:的?职务)?$"
)
APPOINTS = ("任命", "聘任", "续聘", "聘请")
VERB = lazy_regex("任命|续聘|聘请")
REMOVES = lazy_regex(r"免去|解聘|不再")
NOBODY: tuple[tuple[str, ...], str] = ((), "")
LONGEST_NAME = 24  # characters of a name whose parts are joined by dots
# 某某市 of 某某市人民政府; a notice may call an organ of this place 市审计局
PLACE = lazy_regex(
    r"(?P<place>[\u4e00-\u9fff]{1,12}?(?P<level>自治区|[省市州县区盟旗]))人民(?:政府|代表)"
)
DOUBLE_SURNAME = lazy_regex(
    "欧阳|上官|司马|诸葛|夏侯|皇甫|尉迟|公孙|慕容|令狐|司徒|端木|长孙|宇文|申屠|南宫|独孤"
)
REMARK = lazy_regex(r"[（(](?P<remark>[^（()）]{2,40})[）)]$")
# （民防局） and （副局长） belong to the post; （试用期一年） is a remark
REMARK_WORD = lazy_regex(r"试用|挂职|保留|兼|级|任期|待遇|时间|年|按|列|主持|不再")
# the last words of a clause name the post; the words before them name the organisation
POST = lazy_regex(
    r"(?P<post>(?:[一二三四](?:[至到][一二三四])?级(?:高级)?)?"
    r"(?:(?:党组|党委|常务|第一|执行|名誉|首席|代理|代)?(?:副)?"
    r"(?:秘书长|主任委员|主任科员|调研员|巡视员|总督学"
    r"|总(?:工程|经济|规划|会计|统计|审计|农艺|畜牧|兽医|设计|建筑|地质|计量|药)师|法律顾问"
    r"|检查长|检察长|院长|局长|主任|部长|厅长|司长|处长|科长|所长|站长|馆长|校长|行长|社长|台长|署长|市长"
    r"|县长|区长|州长|省长|镇长|乡长|书记|组长|队长|支队长|总队长|政委|会长|理事长|董事长|总经理|经理|主席"
    r"|委员|专员|督学|督察|监事|秘书|参事|馆员|庭长|审判员|检察员|院士|总编辑|总监|顾问|教授|副职"
    r"|总师|法官|检察官|警长|警务专员))(?:[（(][^（()）]{2,10}[）)])?(?:(?:、|兼)[^，。；]{2,30})?)$"
)


@dataclass(frozen=True, slots=True)
class Unread:
    """A clause or a table that appoints or removes somebody, but does not say for certain whom."""

    text: str
    line: int


def find_appointments(document: Document) -> tuple[Appointment, ...]:
    """Read the appointments and removals of a document, if its title is about them."""
    return _read(document)[0]


def unread_appointments(document: Document) -> tuple[Unread, ...]:
    """Find what ``find_appointments`` leaves out because a name or a person is not certain."""
    return _read(document)[1]


def _read(document: Document) -> tuple[tuple[Appointment, ...], tuple[Unread, ...]]:
    if not CONCERNED.search(document.title):
        return (), ()
    surely = bool(DECISION.search(document.title))
    reader = _Reader(
        is_notice=not RULES.search(document.title),
        place=PLACE.match(document.issuer),
    )
    found: list[Appointment] = []
    for block in document.all_blocks():
        match block:
            case Table():
                reader.look_at(block)
            case Paragraph() if block.kind not in ("paragraph", "attachment_note"):
                continue
            case Heading() | Paragraph():
                found += reader.read(block)
    unread = tuple(reader.unread) if surely else ()
    return tuple(a for a in found if surely or a.organisation), unread


def _action(word: str) -> Action:
    return "任命" if word in APPOINTS else "免去"


@dataclass(slots=True)
class _Reader:
    """The state of reading one document: the action decided, and the people named last."""

    is_notice: bool
    place: re.Match[str] | None  # of the issuer
    action: Action | None = None
    is_decided: bool = False  # 经研究，决定： was read
    named: tuple[str, ...] = ()  # people that 其 may mean in the next clause
    unread: list[Unread] = field(default_factory=list)

    def read(self, block: TextBlock) -> Iterator[Appointment]:
        """Read the appointments and removals in one text, clause by clause."""
        if lead := LEAD_IN.match(block.text.strip()):
            self.action, self.named = _action(lead["action"]), ()
            return
        action = self.action
        for clause in CLAUSE.finditer(block.text):
            text, remark = _split_remark(clause[0].strip())
            if lead := LEAD_IN.match(text):
                action = _action(lead["action"])
                continue
            if block.text[clause.end() : clause.end() + 1] in ("：", ":"):
                self.is_decided = self.is_decided or bool(DECIDED.search(text))
            done, names, whole = self._read_clause(text, action)
            if not names or not all(map(_may_be_name, names)):
                self._note_subject(text)
                if self.is_notice and _is_about_post(text, action):
                    line = line_at(block.breaks, clause.start())
                    self.unread.append(Unread(clause[0].strip(), line))
                continue
            self.named = names
            line = line_at(block.breaks, clause.start())
            post = POST.search(whole)
            for name in names:
                yield Appointment(
                    person=name,
                    action=done,
                    organisation=whole[: post.start()] if post else "",
                    post=post["post"] if post else whole,
                    remark=remark,
                    line=line,
                    anchor=block.anchor,
                )

    def look_at(self, table: Table) -> None:
        """Note a table of names and posts: its columns may say anything, so it is not read."""
        header = "".join("".join(row) for row in table.rows[: table.header_rows])
        if "姓名" in "".join(header.split()) and "职务" in "".join(header.split()):
            self.unread.append(Unread("姓名、职务表", table.lines.first))

    def _read_clause(self, text: str, action: Action | None) -> tuple[Action, tuple[str, ...], str]:
        """Give the action, the people, and the post with its organisation.

        Most clauses appoint and remove no one; they give no people.
        """
        if too := REMOVED_TOO.match(text):
            self._note_subject(too["before"].strip())
            return "免去", self._the_one_named() if POST.search(too["post"]) else (), too["post"]
        if removed := REMOVED.match(text):
            return "免去", _names(removed["names"]), removed["post"]
        if self.is_notice and (action == "免去" or REMOVES.search(text)):
            return "免去", *self._read_removal(text, action)
        appointed = APPOINTED.match(text)
        if appointed and (appointed["verb"] or action == "任命" or self._is_clear(appointed)):
            names = _names(appointed["names"])
            # 任命其为…
            return "任命", self._the_one_named() if names == ("其",) else names, appointed["post"]
        return "任命", (), ""

    def _read_removal(self, text: str, action: Action | None) -> tuple[tuple[str, ...], str]:
        """Give the people removed and their post, in the forms without 的 between them."""
        if found := NO_LONGER.match(text):
            names = _names(found["names"]) if found["names"] else self._the_one_named()
            is_removal = _are_names(names) and POST.search(found["post"])
            return (names, found["post"]) if is_removal else NOBODY
        found = REMOVED_COMRADE.match(text)
        if found and (found["verb"] or action == "免去") and POST.search(found["post"]):
            return _names(found["names"]), found["post"]
        found = REMOVED_CLOSE.match(text)
        if found and (found["verb"] or action == "免去") and POST.search(found["rest"]):
            return self._split_close(found["rest"], has_verb=bool(found["verb"]))
        return NOBODY

    def _is_clear(self, appointed: re.Match[str]) -> bool:
        """Whether a clause of a notice appoints people without 任命: real names and a real post."""
        return (
            self.is_notice
            and (appointed["how"] != "为" or self.is_decided)
            and bool(POST.search(appointed["post"]))
            and _are_names(_names(appointed["names"]))
        )

    def _note_subject(self, text: str) -> None:
        """Note the person that 其 means after a clause that appoints and removes no one.

        If the clause cannot be read, 其 means no one.
        """
        if ASIDE.match(text):
            return
        found = LEAVES.match(text)
        names = _names(found["names"]) if found else ()
        is_read = found and (found["comrade"] or _has_surname(names[0])) and _are_names(names)
        self.named = names if is_read else ()

    def _the_one_named(self) -> tuple[str, ...]:
        return self.named if len(self.named) == 1 else ()

    def _split_close(self, text: str, *, has_verb: bool) -> tuple[tuple[str, ...], str]:
        """Split 李四、王五市审计局副局长 into the names and the post with its organisation.

        The organisation begins with the issuer's place or the level of that place (市). If the
        clause has the verb 免去 and the name a known surname, it may also begin with 省 or 市: no
        province or city has a name of one character, as counties have. In other cases the end of
        the name is unknown, and nothing is read.
        """
        own = self.place.group("place", "level") if self.place else ()
        others = tuple(level for level in ("省", "市") if has_verb and level not in own)
        pieces = text.split("、")
        for n, piece in enumerate(pieces):
            longest = 4 if DOUBLE_SURNAME.match(piece) else 3
            for start in own + others:
                ends = [
                    i
                    for i in range(2, LONGEST_NAME)
                    if piece.startswith(start, i) and (i <= longest or is_long(piece[:i]))
                ]
                if len(ends) != 1 or (start in others and not _has_surname(piece[: ends[0]])):
                    continue
                names, rest = (*pieces[:n], piece[: ends[0]]), piece[ends[0] :]
                # 李四副市长 names a post of the place itself, and no organisation
                if _are_names(names) and (post := POST.search(rest)) and post.start():
                    return names, "、".join([rest, *pieces[n + 1 :]])
        return NOBODY


def _has_surname(name: str) -> bool:
    """Whether a name begins with a known surname and is not a province such as 江西."""
    return name not in NO_NAMES and (
        name[0] in SURNAMES or bool(DOUBLE_SURNAME.match(name)) or is_long(name)
    )


def _names(names: str) -> tuple[str, ...]:
    # facts may contain 、, at which the names are split
    return tuple(NOT_OF_NAMES.sub("", name) for name in re.sub(FACTS, "", names).split("、"))


def _are_names(names: tuple[str, ...]) -> bool:
    return all(
        len(name) >= 2 and (len(name) <= 4 or is_long(name)) and not NO_NAME.search(name)
        for name in names
    )


def _may_be_name(name: str) -> bool:
    """Whether the text between 任命 and 为, or before 的…职务, can be one name.

    李四王五 may have been printed as two, with a blank between them.
    """
    if len(name) < 2 or OFFICE.search(name):
        return False
    is_two = len(name) == 4 and name[0] in SURNAMES and name[2] in SURNAMES
    return not is_two or is_by_sound(name) or DOUBLE_SURNAME.match(name) is not None


def _is_about_post(text: str, action: Action | None) -> bool:
    """Whether a clause appoints or removes somebody, whoever it is: it ends in a post."""
    if text.endswith("职务"):
        is_removal = action == "免去" or REMOVES.search(text)
        return bool(is_removal and POST.search(text.removesuffix("职务")))
    if not POST.search(text) or REMOVED_TOO.match(text):
        return False
    taken = TAKES_POST.match(text)
    if ELSEWHEN.search(text) or (taken and NO_NAME.search(taken["front"])):
        return bool(VERB.search(text))  # 由市长任组长 · 现任, 拟任
    return action is not None or taken is not None or VERB.search(text) is not None


def _split_remark(text: str) -> tuple[str, str]:
    """Split a remark such as （试用期一年） from the end of a clause."""
    found = REMARK.search(text)
    # a bracket after 职务 does not belong to the post: （离休）
    if found and (
        REMARK_WORD.search(found["remark"]) or text[: found.start()].rstrip().endswith("职务")
    ):
        return text[: found.start()].strip(), found["remark"]
    return text, ""
