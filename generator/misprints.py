"""Characters that a scan probably misread, told from the issue's own words.

A character is suspect when it stands once before (or after) certain words, where another one of
the same shape stands at least three times: 来成年人 once, 未成年人 often. Nothing is repaired:
only an editor's correction may do that.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain

from generator.edits import line_at
from generator.model import Issue, Lines, Table, TextBlock

# characters that scans take for each other; each word is one group
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
CONTEXT = 3  # characters beside the suspect that must agree
OFTEN = 3
HAN = re.compile(r"[\u4e00-\u9fff]+")

# 推动1重点旅游城市: a digit between words that elsewhere follow each other without it
STRAY_DIGIT = re.compile(r"(?<=[\u4e00-\u9fff])(?P<digit>\d)(?P<words>[\u4e00-\u9fff]{4})")
MEASURES = frozenset(
    "个名次项年月日号条款张份家所户人位件篇期级类种元万亿千百十倍套批座处点时分秒天周届轮台辆艘架"
    "吨米亩公平里岁班组队支条片块层间栋幢县市区镇乡村镇度本册页章节编卷集部场站线路口口小大多余至"
    "学季厘毫克升瓦伏两双对副根株棵头只匹股宗起例门课案步环维带轴心核园廊极圈城中主基网平星星"
)


def find_misprints(issue: Issue) -> Iterator[tuple[Lines, str]]:
    """Give the lines of suspect characters, each with what to say of it."""
    blocks = [
        block
        for document in issue.documents
        for block in document.all_blocks()
        if not isinstance(block, Table)
    ]
    yield from _misread(blocks)
    yield from _stray_digits(blocks, issue)


def _misread(blocks: Sequence[TextBlock]) -> Iterator[tuple[Lines, str]]:
    others = _others()
    before, after = _contexts(blocks, others)
    pairs = Counter(pair for block in blocks for pair in _pairs(block.text))
    for block in blocks:
        for run in HAN.finditer(block.text):
            words = run.group()
            for at, char in enumerate(words):
                if char not in others:
                    continue
                right = words[at + 1 : at + 1 + CONTEXT]
                left = words[max(at - CONTEXT, 0) : at]
                # 名称, 设置: a word that stands elsewhere too is no misprint
                if any(pairs[pair] > 1 for pair in (left[-1:] + char, char + right[:1])):
                    continue
                for other in others[char]:
                    if _suspect(before, char, other, right) or _suspect(after, char, other, left):
                        line = line_at(block.breaks, run.start() + at)
                        shown = f"{left}{char}{right}"
                        better = f"{left}{other}{right}"
                        message = f"疑为误识：“{shown}”，别处作“{better}”一类写法"
                        yield Lines(line, line), message


def _pairs(text: str) -> Iterator[str]:
    for run in HAN.findall(text):
        yield from (run[n : n + 2] for n in range(len(run) - 1))


def _others() -> dict[str, str]:
    others: dict[str, str] = {}
    for group in ALIKE:
        for char in group:
            rest = others.get(char, "") + group.replace(char, "")
            others[char] = "".join(dict.fromkeys(rest))
    return others


def _contexts(
    blocks: Sequence[TextBlock], others: dict[str, str]
) -> tuple[Counter[tuple[str, str]], Counter[tuple[str, str]]]:
    """Count which words stand after, and which before, each character that can be misread."""
    before: Counter[tuple[str, str]] = Counter()
    after: Counter[tuple[str, str]] = Counter()
    for block in blocks:
        for run in HAN.findall(block.text):
            for at, char in enumerate(run):
                if char in others:
                    before[char, run[at + 1 : at + 1 + CONTEXT]] += 1
                    after[char, run[max(at - CONTEXT, 0) : at]] += 1
    return before, after


def _suspect(counts: Counter[tuple[str, str]], char: str, other: str, context: str) -> bool:
    if len(context) < CONTEXT:
        return False
    return counts[char, context] == 1 and counts[other, context] >= OFTEN


def _stray_digits(blocks: Sequence[TextBlock], issue: Issue) -> Iterator[tuple[Lines, str]]:
    found = [(b, m) for b in blocks for m in STRAY_DIGIT.finditer(b.text)]
    found = [(b, m) for b, m in found if m["words"][0] not in MEASURES]
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
    wanted = frozenset(match["words"] for _, match in found)
    whole = chain((block.text for block in blocks), cells)
    elsewhere = Counter(words for text in whole for words in _without_digit(text, wanted))
    for block, match in found:
        if elsewhere[match["words"]]:
            line = line_at(block.breaks, match.start())
            around = block.text[max(match.start() - 4, 0) : match.end()]
            yield Lines(line, line), f"汉字之间疑有多余的数字“{match['digit']}”：“{around}”"


def _without_digit(text: str, wanted: frozenset[str]) -> Iterator[str]:
    """Give the wanted words of a text that no digit stands before."""
    for run in HAN.finditer(text):
        words = run.group()
        numbered = text[run.start() - 1 : run.start()].isdecimal()
        for at in range(1 if numbered else 0, len(words) - 3):
            if words[at : at + 4] in wanted and words[at - 1 : at] != "第":
                yield words[at : at + 4]
