"""Lines that name people: members of a group with their posts, speakers, persons to contact.

Such a line is complete, however long it is; its blanks separate names and posts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate, pairwise

from generator.language.ideographs import HAN_OF_NAMES as CJK
from generator.language.person_names import DOTS, DOTTED, is_ideographs, is_long
from generator.model import Block, Heading, Paragraph, Table
from generator.model.edits import Edit, edited_at
from generator.runtime.patterns import lazy_regex

# the commonest surnames; a word between blanks that begins with one may be a name
SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖萧田董潘袁蔡蒋余于杜叶程魏"
    "苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付傅方邹熊白孟秦邱侯江尹薛闫阎雷龙黎史陶贺毛段郝顾龚"
    "邵万覃武钱戴严莫孔向常汤康易乔赖庞樊兰殷施洪翟安颜倪温芦俞葛季柯祝牛焦申耿关岳齐梅庄辛管柳左"
    "詹尚舒纪童欧甘裴柴阮古苗凌辜聂鲁路岑娄麦邢冉蓝游霍翁鲍单卓占喻路骆涂宁符路隆谷伍包滕边盛桂"
    "邬佟缪晏邝晁褚栾阚蔺闵冼裘瞿谌佘亓逄宓"
)
DOUBLE_SURNAMES = frozenset(
    ("欧阳", "司马", "诸葛", "上官", "夏侯", "皇甫", "尉迟", "司徒", "令狐", "慕容", "东方", "南宫")
)
# a line without any of these characters is never recognised by itself, only by its neighbours
IN_NAMES = SURNAMES.union(DOTS, *DOUBLE_SURNAMES)
# words that begin with a surname and are not names
NO_NAMES = frozenset((
    "常务", "任命", "任免", "任职", "时任", "安全", "方案", "方面", "金融", "高级", "高新区",
    "管理", "管委会", "江西", "江苏", "安徽", "宁夏", "万元", "常委", "单位", "关于", "白天",
    "党组", "党委", "党员", "高新", "高速", "高校", "金属", "石油", "项目", "施工", "任务", "常规",
))  # fmt: skip
POST = lazy_regex(
    r"(?:(?<![增延成生特专擅漫较超])长|主任|书记|主席|总理|委员|常委|成员|(?:科|调研|巡视|研究|督导|联络|指导|专|司令)员"
    r"|司令|政委|参谋|经理|董事|监事|教授|(?:工程|会计|经济|农艺|统计|医)师|干事|干部|代表|负责人|顾问"
    r"|秘书|助理|督学|总监|参事|律师|指挥)(?:[（(][^（()）]{1,20}[）)])?"
)
# the beginning or end of the name of a place or an organ, not of a person
NO_NAME = lazy_regex(r"^[省市县区州国镇乡全各本]|[省市县区州盟旗镇乡村局厅委办部科处室组院站所队]$")
NAME_NOTE = lazy_regex(r"[（(][^（()）]{1,12}[）)]$")
BLANKS = " \u3000\xa0\t"
# a word between blanks; 古丽 • 尼亚孜 is one
TOKEN = lazy_regex(rf"{DOTTED}(?=[{BLANKS}]|\Z)|[^{BLANKS}]+")
# 组 长：
LABEL = lazy_regex(rf"(?P<name>[{CJK}](?:[ \xa0\u3000]*+[{CJK}]){{1,5}})[ \xa0\u3000]*+[：:]")
# 统一社会信用代码：9132…, in a list of such lines
LONG_LABEL = lazy_regex(rf"[{CJK}][{CJK}（）()/／]{{6,12}}[：:](?=.)")
FIELD = lazy_regex(rf"[{CJK}][{CJK}（）()/／ ]{{1,14}}[：:][^，。；：,;:]+\Z")
LABEL_REACH = 16  # characters of a label with its colon, at most
PERSON = rf"(?:{DOTTED}|[{CJK}][{BLANKS}]{{1,4}}[{CJK}]{{1,2}}|[{CJK}]{{2,4}})"
# 李明、王强任市商务局副局长 · 免去张三的市体育局局长职务
APPOINTMENT = lazy_regex(
    rf"(?:任命|聘任|免去|解聘)?{PERSON}(?:[{BLANKS}]?、[{BLANKS}]?{PERSON}){{0,9}}(?:同志)?"
    rf"(?:(?:[担兼挂]?任|为|[{BLANKS}]{{1,4}})(?P<post>[^，。；：,;:]{{2,60}}?)"
    r"|的(?P<left>[^，。；：,;:]{2,60}?)职务)[。；;]?\Z"
)
# 何 俊、罗 敏  市卫生局副局长
SHARED_POST = lazy_regex(
    rf"(?P<names>{PERSON}(?:[{BLANKS}]?、[{BLANKS}]?{PERSON}){{1,9}})(?P<gap>[{BLANKS}]{{1,4}})"
    rf"(?P<post>[^，。；：,;:{BLANKS}]{{2,40}})\Z"
)
# roles of people, ways to reach them, and the greeting of a speaker
ROLE = lazy_regex(
    r".{0,4}(?:组长|组员|主任|主席|书记|秘书长|指挥长?|成员|委员|顾问|召集人|联系人|联络员|负责人"
    r"|主持人|电话|手机|传真|邮编|地址|邮箱|网址)|各位.{1,4}"
)
LEADS_ON = ("是", "为", "包括", "如下", "以下", "下列", "有")  # 范围|包括：固定资产
SENTENCE = frozenset("，。；：！？,;:!?“”《》")
LONGEST_MEMBER = 60  # characters of such a line


def begins_with_label(text: str, above: str) -> bool:
    """Whether a line begins with a label and a colon, and is not the rest of a sentence.

    A role such as ``副组长：李伟`` counts after any line. ``任务：…`` may be the rest of
    主要任务：…, so it counts only if it has blanks inside or the line above has no comma or full
    stop. ``如下：`` may be the rest of 通知如下： and never counts. A long label such as
    ``统一社会信用代码：…`` counts if the line above has a label too, and no punctuation after it.
    """
    start = text[:LABEL_REACH]
    if "：" not in start and ":" not in start:
        return False
    found = LABEL.match(start)
    if not found:
        return bool(LONG_LABEL.match(start) and FIELD.match(above))
    name = "".join(found["name"].split())
    if ROLE.fullmatch(name):
        return True
    if found.end() == len(text) or name.endswith(LEADS_ON):
        return False
    return len(name) < len(found["name"]) or not any(c in above for c in "，。,")


def is_member(text: str) -> bool:
    """Whether a line names people: names and posts, separated by blanks."""
    return bool(_gaps(text))


def is_appointment(text: str) -> bool:
    """Whether a line is a complete appointment or removal: names, 任 or 为, and a post."""
    found = APPOINTMENT.match(text)
    return found is not None and _ends_post(found["post"] or found["left"])


def vouched_members(blocks: Sequence[Block]) -> dict[int, tuple[Edit, ...]]:
    """Find the lines of members that only their neighbours show to be such; give their edits.

    ``宗 明 副市长`` begins with a rare surname, ``王建国 市公安局民警`` ends in no known post. Such
    a line counts if it has the form of a member, and so has every line between it and a line that
    certainly names people.
    """
    lines = _lines(blocks)
    return _vouched(blocks, lines, _known(lines)) if lines else {}


def _lines(blocks: Sequence[Block]) -> dict[int, str]:
    """Pick the lines that may name people: short, with blanks, and no stop at their end."""
    return {
        n: block.text
        for n, block in enumerate(blocks)
        if not isinstance(block, Table)
        # most lines are long or end in a stop: a quick test saves the others
        and (text := block.text)[-1:] not in SENTENCE
        and 0 < len(text) <= LONGEST_MEMBER
        and (" " in text or "\u3000" in text or "\xa0" in text)
    }


def _known(lines: Mapping[int, str]) -> dict[int, tuple[Edit, ...]]:
    return {n: gaps for n, text in lines.items() if (gaps := _gaps(text))}


def _vouched(
    blocks: Sequence[Block], lines: Mapping[int, str], known: Mapping[int, tuple[Edit, ...]]
) -> dict[int, tuple[Edit, ...]]:
    found: dict[int, tuple[Edit, ...]] = {}
    for step in (1, -1):  # from each known line down, and up
        for n in known:
            at = n + step
            while 0 <= at < len(blocks) and at not in known:
                if at not in found:
                    if gaps := _gaps_of_form(lines.get(at, "")):
                        found[at] = gaps
                    elif not _is_label(blocks[at]):  # 委 员： above its members
                        break
                at += step
    return found


def _is_label(block: Block) -> bool:
    if isinstance(block, Table) or len(block.text) > LABEL_REACH:
        return False
    return bool(LABEL.fullmatch(block.text))


def _gaps_of_form(text: str) -> tuple[Edit, ...]:
    """Give the edits for the blanks of a line in the form of a member: a name and a post."""
    found = LABEL.match(text[:LABEL_REACH])
    tokens = [*TOKEN.finditer(text, found.end() if found else 0)]
    if not 2 <= len(tokens) <= 3 or not SENTENCE.isdisjoint(text[tokens[0].start() :]):
        return ()
    words = [token[0] for token in tokens]
    name, post = "".join(words[:-1]), words[-1]
    spaced = len(words) == 3
    if spaced and not (len(words[0]) == 1 and len(words[1]) <= 2):
        return ()
    if not 2 <= len(name) <= 3 or not is_ideographs(name):
        return ()
    if name in NO_NAMES or NO_NAME.search(name) or POST.fullmatch(name) or len(post) < 2:
        return ()
    if name[0] not in SURNAMES and not _ends_post(post):
        return ()
    edits = [Edit(n, n + 1, "") for n in range(tokens[0].start()) if text[n] in BLANKS]
    for n, (left, right) in enumerate(pairwise(tokens), 1):
        edits.append(Edit(left.end(), right.start(), "\u3000" if n == len(words) - 1 else ""))
    return tuple(edits)


def part_members(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Keep one blank of full width between names and posts, and none inside a name.

    ``组 长：李 军 市长`` → ``组长：李军　市长``; ``王 军 李 伟 赵小强`` → ``王军　李伟　赵小强``

    给编辑：名单中姓名与职务、姓名与姓名之间保留一个全角空格，两字姓名中间的空格去掉。
    """
    lines = _lines(blocks)
    if not lines:
        return blocks
    known = _known(lines)
    found = {
        n: gaps
        for n, gaps in (known | _vouched(blocks, lines, known)).items()
        if isinstance(block := blocks[n], Heading)
        or (isinstance(block, Paragraph) and block.kind == "paragraph")
    }
    return edited_at(blocks, found) if found else blocks


@lru_cache(maxsize=4096)  # joins ask for the same lines again and again
def _gaps(text: str) -> tuple[Edit, ...]:
    """Give the edits for the blanks of a line of members; none if it is not such a line."""
    if (
        len(text) > LONGEST_MEMBER
        or text[-1:] in SENTENCE
        or not (" " in text or "\u3000" in text or "\xa0" in text)
        or text[0] == "第"  # 第一章 总则, most of the rest
        or IN_NAMES.isdisjoint(text)
    ):
        return ()
    if "、" in text and (shared := SHARED_POST.match(text)):
        return _gaps_of_shared(shared)
    found = LABEL.match(text[:LABEL_REACH])
    start = found.end() if found else 0
    tokens = [*TOKEN.finditer(text, start)]
    if not tokens or not SENTENCE.isdisjoint(text[start:]):
        return ()
    items = [*_items([token[0] for token in tokens])]
    names = sum(is_name for _, is_name in items)
    posts = len(items) - names
    spaced = sum(is_name and count > 1 for count, is_name in items)
    if not names or 0 in [count for count, _ in items]:
        return ()
    if not found and not posts and names < 3 and spaced < 2:
        return ()
    # blanks inside a label and directly after its colon are removed
    edits = [Edit(n, n + 1, "") for n in range(tokens[0].start()) if text[n] in BLANKS]
    begins = {*accumulate(count for count, _ in items)}
    for n, (left, right) in enumerate(pairwise(tokens), 1):
        edits.append(Edit(left.end(), right.start(), "\u3000" if n in begins else ""))
    return tuple(edits)


def _gaps_of_shared(found: re.Match[str]) -> tuple[Edit, ...]:
    """Give the edits for the blanks of a line in which several people have one post."""
    names = "".join(found["names"].split()).split("、")
    if not _ends_post(found["post"]) or not all(_name_length([name], 0) for name in names):
        return ()
    inside = [Edit(n, n + 1, "") for n in range(found.start("gap")) if found.string[n] in BLANKS]
    return (*inside, Edit(*found.span("gap"), "\u3000"))


def _items(tokens: list[str]) -> Iterator[tuple[int, bool]]:
    """Give for each name and post its number of words, and whether it is a name.

    (0, False) is a word that belongs to neither; it ends the reading.
    """
    n = 0
    while n < len(tokens):
        if taken := _name_length(tokens, n):
            yield taken, True
        else:
            # 市人大 常委会 副主任: up to the word that ends a post
            taken = next((k + 1 for k in range(len(tokens) - n) if _ends_post(tokens[n + k])), 0)
            yield taken, False
            if not taken:
                return
        n += taken


def _ends_post(token: str) -> bool:
    found = [*POST.finditer(token)]
    return bool(found) and found[-1].end() == len(token)


def _name_length(tokens: list[str], n: int) -> int:
    """Count the words of the name at ``n``: 1 for 赵小强, 2 for 李 军, 0 if there is no name."""
    name = NAME_NOTE.sub("", tokens[n])  # 李军（女）
    if not name:
        return 0
    if len(name) == 1:
        given = NAME_NOTE.sub("", tokens[n + 1]) if n + 1 < len(tokens) else ""
        return 2 if name in SURNAMES and name == tokens[n] and _is_given(given) else 0
    if is_long(name):
        return 1
    if name in NO_NAMES or POST.fullmatch(name) or not is_ideographs(name):
        return 0
    known = name[0] in SURNAMES and len(name) <= 3
    return 1 if known or (name[:2] in DOUBLE_SURNAMES and 3 <= len(name) <= 4) else 0


def _is_given(name: str) -> bool:
    """Whether a word may be a given name after a surname: 军, or 建国, which is no full name."""
    if not name or len(name) > 2 or (len(name) == 2 and name[0] in SURNAMES):
        return False
    return is_ideographs(name) and not POST.fullmatch(name)
