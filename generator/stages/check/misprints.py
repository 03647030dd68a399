"""Find characters that the scan probably misread, by comparing the words of the issue.

A character is suspect if it occurs once before (or after) certain characters, and another one of a
similar shape occurs there at least three times: 来成年人 once, 未成年人 often. Nothing is repaired:
only an editor's correction may do that.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import accumulate, chain

from generator.model import Diagnostic, Issue, Lines, Paragraph, Table, TextBlock
from generator.model.codes import diagnostic
from generator.model.edits import line_at
from generator.runtime.patterns import lazy_regex
from generator.stages.check.readings import LIKELY, reading_in

# characters that scans confuse; each string is one group
ALIKE = (
    "未末来", "己已巳", "人入八", "土士", "干千于", "日曰", "大太犬", "候侯", "戊戌戍",
    "天夫无元", "拔拨", "折拆析", "白自", "午牛", "刀力刃", "申甲由", "王玉主", "木本术",
    "贝见", "鸟乌", "今令", "兔免", "爪瓜", "儿几", "问间", "住往佳", "即既", "坏环", "板版",
    "账帐", "辨辩", "竟竞", "壮状", "历厉", "陪倍培", "侍待持", "悔诲", "慢漫", "密蜜", "设没",
    "毫豪", "塞赛", "徽微", "宜宣", "官宫", "治冶", "清请情", "祥详", "栽裁载", "暑署", "堤提",
    "渡度", "科料", "基墓", "动劝", "态志", "聚集", "拥佣", "理埋", "部都", "管菅", "责贵",
    "任住", "村材", "农衣", "各名", "会全", "合台", "区巨", "园圆", "场扬", "险检", "验险",
    "捡检", "准淮", "减咸", "建健", "键健", "康唐", "卫工", "王生", "开升", "并井", "旦且",
    "目且", "办为", "勿匆", "末木", "汇江", "洁浩", "沿治", "源原", "盲育", "肓盲",
)  # fmt: skip
CONTEXT = 3  # characters beside the suspect that must be the same
OFTEN = 3  # times that the better character occurs beside them
BEYOND = 2  # characters on the other side of the suspect, beside which the better one occurs too
BELONGS = 2 / 3  # share of the occurrences of words at which the better character is beside them
BEGINNING = "各于且即既为"  # they begin a phrase, so that the words before them prove nothing
HAN = lazy_regex(r"[\u4e00-\u9fff]+")

# 推动1重点旅游城市: a digit before four characters that occur elsewhere without a digit
STRAY_DIGIT = lazy_regex(r"(?<=[\u4e00-\u9fff])(?P<digit>\d)(?P<words>[\u4e00-\u9fff]{4})")
MEASURES = frozenset(
    "个名次项年月日号条款张份家所户人位件篇期级类种元万亿千百十倍套批座处点时分秒天周届轮台辆艘架"
    "吨米亩公平里岁班组队支条片块层间栋幢县市区镇乡村镇度本册页章节编卷集部场站线路口口小大多余至"
    "学季厘毫克升瓦伏两双对副根株棵头只匹股宗起例门课案步环维带轴心核园廊极圈城中主基网平星星"
)


def find_misprints(issue: Issue) -> Iterator[Diagnostic]:
    """Report each suspect character and each stray digit, with the likely reading."""
    blocks = [
        block
        for document in issue.documents
        for block in document.all_blocks()
        if not isinstance(block, Table)
    ]
    lines = issue.source.text.split("\n")
    yield from _misread(blocks, lines)
    yield from _stray_digits(blocks, issue, lines)


def _misread(blocks: Sequence[TextBlock], lines: Sequence[str]) -> Iterator[Diagnostic]:
    whole = "\n".join(block.text for block in blocks)
    starts = [0, *accumulate(len(block.text) + 1 for block in blocks)]
    for at, better in sorted(_suspects(whole).items()):
        char = whole[at]
        left = _matched(HAN.match(whole[max(at - CONTEXT, 0) : at][::-1]))[::-1]
        right = _matched(HAN.match(whole[at + 1 : at + 1 + CONTEXT]))
        # 名称, 设置: a word that occurs more than once is no misprint
        words = [left[-1:] + char] * bool(left) + [char + right[:1]] * bool(right)
        if any(len(re.findall(f"(?={word})", whole)) > 1 for word in words):
            continue
        block = bisect_right(starts, at) - 1
        line = line_at(blocks[block].breaks, at - starts[block])
        start = at - starts[block]
        for other in better:
            message = f"疑为误识：“{left}{char}{right}”，别处作“{left}{other}{right}”一类写法"
            reading = reading_in(blocks[block], start, start + 1, other, lines)
            yield diagnostic("misprint", Lines(line, line), message, reading, LIKELY / len(better))


def _suspects(whole: str) -> dict[int, list[str]]:
    """Map the offset of each suspect character to the characters that it may be misread from."""
    found: dict[int, list[str]] = {}
    for pattern, own in ((BEFORE_WORDS, 0), (AFTER_WORDS, CONTEXT)):
        counts = Counter(pattern.findall(whole))
        often: dict[str, set[str]] = defaultdict(set)  # words → characters often beside them
        for words in [words for words, count in counts.items() if count >= OFTEN]:
            often[words[:own] + words[own + 1 :]].add(words[own])
        once = [words for words, count in counts.items() if count == 1]
        beside = slice(1, None) if own == 0 else slice(None, own)
        for words in [words for words in once if words[beside] in often]:
            usual = often[words[beside]]
            at = whole.index(words) + own
            better = [
                other
                for other in OTHERS[words[own]]
                if other in usual and _fits(other, at, own, whole)
            ]
            if better:
                listed = found.setdefault(at, [])
                listed += [other for other in better if other not in listed]
    for at, better in found.items():
        better.sort(key=OTHERS[whole[at]].index)
    return found


def _fits(other: str, at: int, own: int, whole: str) -> bool:
    """Whether a character that often occurs beside certain words also fits at the offset ``at``.

    It fits if it occurs elsewhere beside the characters on the other side of the suspect.
    Otherwise the words must nearly always have it beside them, as 成年人 has 未. 县政府 does not
    always have 各 of 各部门 after it, so that 县政府名义 is not suspect.
    """
    if own:
        words, beyond = whole[at - own : at], whole[at + 1 : at + 1 + BEYOND]
        usual, both = words + other, other + beyond
    else:
        words, beyond = whole[at + 1 : at + 1 + CONTEXT], whole[max(at - BEYOND, 0) : at]
        usual, both = other + words, beyond + other
    if len(beyond) == BEYOND and both in whole:
        return True
    if own and other in BEGINNING:
        return False
    # 部 always follows 县政府各: a character that is inside one phrase everywhere else proves
    # nothing about a phrase that ends here
    neighbours = {
        whole[m.end() : m.end() + 1] if own else whole[max(m.start() - 1, 0) : m.start()]
        for m in re.finditer(usual, whole)
    }
    return len(neighbours) > 1 and whole.count(usual) >= BELONGS * (whole.count(words) - 1)


def _matched(found: re.Match[str] | None) -> str:
    return found.group() if found else ""


def _others() -> dict[str, str]:
    others: dict[str, str] = {}
    for group in ALIKE:
        for char in group:
            rest = others.get(char, "") + group.replace(char, "")
            others[char] = "".join(dict.fromkeys(rest))
    return others


OTHERS = _others()
# a character that can be misread, with the three characters after it, and with those before it
BEFORE_WORDS = lazy_regex(rf"(?=([{''.join(OTHERS)}][\u4e00-\u9fff]{{{CONTEXT}}}))")
AFTER_WORDS = lazy_regex(rf"(?=([\u4e00-\u9fff]{{{CONTEXT}}}[{''.join(OTHERS)}]))")


def _stray_digits(
    blocks: Sequence[TextBlock], issue: Issue, lines: Sequence[str]
) -> Iterator[Diagnostic]:
    # 表1任务分工表: the number of a table
    texts = (b for b in blocks if not isinstance(b, Paragraph) or b.kind != "caption")
    found = [(b, m) for b in texts for m in STRAY_DIGIT.finditer(b.text)]
    found = [(b, m) for b, m in found if m["words"][0] not in MEASURES]
    found = [(b, m) for b, m in found if not _is_raised(b, m.start("digit"))]  # of a footnote
    if not found:
        return
    cells = (
        cell
        for document in issue.documents
        for block in document.all_blocks()
        if isinstance(block, Table)
        for row in block.rows
        for cell in row
    )
    whole = "\n".join(chain((block.text for block in blocks), cells))
    for block, match in found:
        if _occurs_without_digit(match["words"], whole):
            line = line_at(block.breaks, match.start())
            around = block.text[max(match.start() - 4, 0) : match.end()]
            message = f"汉字之间疑有多余的数字“{match['digit']}”：“{around}”"
            reading = reading_in(block, *match.span("digit"), "", lines)
            yield diagnostic("misprint", Lines(line, line), message, reading, LIKELY)


def _is_raised(block: TextBlock, at: int) -> bool:
    return any(mark.kind == "sup" and mark.start <= at < mark.end for mark in block.marks)


def _occurs_without_digit(words: str, text: str) -> bool:
    """Whether words occur anywhere in a text with neither a digit nor 第 before them."""
    return bool(re.search(rf"(?<![\d第]){words}", text))
