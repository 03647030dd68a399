"""Full stops that a scan misread: . for 。, and o, 6 or 0 for 。 at the end of a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from generator.language.ideographs import HAN_OF_ANY_PRINT as CJK
from generator.language.ordinals import FIRST, parse_ordinal
from generator.model import Block, Heading, Paragraph, Table
from generator.model.edits import Edit, edited_at
from generator.runtime.patterns import lazy_regex

CLOSING = "）)》”’\"'"
# 遵照执行. · 遵照执行." · …（见方案）.请…
POINT = lazy_regex(
    rf"[.．](?<=[{CJK}{CLOSING}].)(?=(?P<end>[{CLOSING}]?\Z)|(?P<quoted>[”’\"])|[{CJK}“《‘\"])"
)
# a sentence begins like this, and no part of a name does: not 买买提.艾力
OPENS = lazy_regex(
    r"请|各[市县区级地单部有]|凡|对于?[\u4e00-\u9fff]|要[\u4e00-\u9fff]|本[办规条决细方通意]|根据|按照|依照|为了"
    r"|由[\u4e00-\u9fff]{2}|同时|特此|现将|其中|具体|附件|未经|违反|此[前后外件]|自[本公发印\d]|我[市省县区]|全[市省县区]"
)
NUMERALS = frozenset("一二三四五六七八九十百千零〇两甲乙丙丁戊己庚辛壬癸")
ROUND = frozenset("oｏO0６6Ｏ０〇○")  # what 。 is misread as
HAN = lazy_regex(rf"[{CJK}]")
LATIN = lazy_regex(r"[A-Za-z]")
# the last words of a sentence: no number, letter or unit follows them
LAST_WORDS = (
    *(
        "执行",
        "施行",
        "实施",
        "落实",
        "办理",
        "负责",
        "遵照",
        "报告",
        "告知",
        "通知",
        "规定",
        "有关规定",
    ),
    *(
        "要求",
        "处理",
        "处罚",
        "责任",
        "工作",
        "意见",
        "备案",
        "批准",
        "审批",
        "同意",
        "为准",
        "除外",
    ),
    *("解释", "废止", "停止执行", "如下", "情况", "措施", "制度", "机制", "管理", "监督", "发展"),
    *("建设", "服务", "安全", "保障", "支持", "配合", "完成", "到位", "有效", "义务", "刑事责任"),
)
# 见附件6, 表6, 减为0: a number may stand here
BEFORE_NUMBER = lazy_regex(
    r"(?:[件表图第共为至到和、是达约之近超过每前后比分不足于等零型号版卷期页条款项章节]|[A-Za-z0-9])\Z"
)
SHORTEST = 4  # characters of a sentence with a misread stop
CLAUSE = frozenset("，,；;：:、。")
STARTS_SENTENCE = frozenset("第一二三四五六七八九十（(“《")


def restore_stops(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Put 。 where a scan read . at the end of a Chinese sentence, or o, 6, 0 at its very end.

    ``请遵照执行.`` → ``请遵照执行。``, ``请遵照执行o`` → ``请遵照执行。``; ``见附件6`` stays.

    给编辑：句末误认成 . 或 o、6、0 的句号改为“。”；拿不准的不改，并提示。
    """
    found: dict[int, Sequence[Edit]] = {}
    for n, block in enumerate(blocks):
        # most lines have neither: a quick test saves the others
        if isinstance(block, Table) or not (
            "." in (text := block.text) or "．" in text or text[-1:] in ROUND
        ):
            continue
        if isinstance(block, Paragraph) and block.kind not in ("paragraph", "note"):
            continue
        edits = [Edit(at, at + 1, "。") for at in _points(text)]
        if text[-1] in ".．" and _ends_in_figure(text, blocks[n + 1 : n + 2]):
            edits.append(Edit(len(text) - 1, len(text), "。"))
        if text[-1] in ROUND and is_misread_stop(text, blocks[n + 1 : n + 2]):
            edits.append(Edit(len(text) - 1, len(text), "。"))
        if edits:
            found[n] = edits
    return edited_at(blocks, found) if found else blocks


def _ends_in_figure(text: str, following: Sequence[Block]) -> bool:
    """Whether a sentence ends in a figure and a point: not 55. | 3万张, cut at its point."""
    if text[-2:-1] in ("%", "％", "‰", "℃"):
        return bool(HAN.search(text))
    return ends_in_point(text) and _ends_here(following)


def _points(text: str) -> Iterable[int]:
    """Give the places of each point that is certainly a full stop."""
    ordinal = parse_ordinal(text) if text[0] in FIRST else None
    begins = ordinal.end if ordinal else 0
    for found in POINT.finditer(text, max(begins, 1)):
        at = found.start()
        if at < SHORTEST - 1 and (found["end"] is None or at < 2):
            continue
        if found["end"] is not None or found["quoted"]:
            if text[at - 1] not in NUMERALS or at >= 2 * SHORTEST:
                yield at
        elif text[at - 1] not in NUMERALS and OPENS.match(text, at + 1):
            yield at


# a point between two clauses, each of so many characters, may be a full stop
DOUBTFUL_POINT = lazy_regex(
    rf"(?<=[{CJK}]{{8}})[.．](?=[{CJK}]{{4}})(?![^，。；]{{0,30}}(?:任命|职务|同志|委员|主任|[局厅市区县]长))"
)


def may_be_stops(text: str) -> Iterable[int]:
    """Give the places of points that may be full stops, and may be part of a name."""
    if not ("." in text or "．" in text):
        return ()
    return (
        found.start()
        for found in DOUBTFUL_POINT.finditer(text)
        if text[found.start() - 1] not in NUMERALS
    )


def ends_in_point(text: str) -> bool:
    """Whether a text ends in a figure and a point that may be its full stop: …上午9:30."""
    if len(text) < 2 * SHORTEST or text[-1] not in ".．" or not text[-2].isdecimal():
        return False
    return bool(HAN.search(text)) and parse_ordinal(text[-5:]) is None


def may_be_misread_stop(text: str) -> bool:
    """Whether a text ends in o, 6 or 0 right after an ideograph, where 。 is to be expected."""
    if len(text) < SHORTEST or text[-1] not in ROUND or not re.match(rf"[{CJK}）》”]", text[-2]):
        return False
    return not BEFORE_NUMBER.search(text[:-1])


def is_misread_stop(text: str, following: Sequence[Block]) -> bool:
    """Whether the last character of a text is certainly a misread 。."""
    if not may_be_misread_stop(text) or text[-1] in "〇○":
        return False
    if text[-1] in "oｏ":
        is_sentence = len(text) >= 2 * SHORTEST or text[:-1].endswith(LAST_WORDS)
        return is_sentence and not LATIN.search(text[:-1])
    return text[:-1].endswith(LAST_WORDS) and _ends_here(following)


def _ends_here(following: Sequence[Block]) -> bool:
    """Whether what follows is no rest of a sentence that a page edge cut: 实施6 | 个项目."""
    if not following:
        return True
    block = following[0]
    if isinstance(block, Table | Heading) or block.kind != "paragraph":
        return True
    return parse_ordinal(block.text) is not None or block.text[:1] in STARTS_SENTENCE
