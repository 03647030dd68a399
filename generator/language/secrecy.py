"""Marks of secrecy and of restricted use (党政机关公文处理工作条例, 第九条; GB/T 9704-2012, 7.2.2).

They stop publication (diagnose). In the head of a document, parse recognises them, so that they do
not hide the other lines of the head.
"""

from __future__ import annotations

import re

from generator.language.unseen import INVISIBLE
from generator.runtime.patterns import lazy_regex

STARS = "★☆⋆⚝✡✦✧✩-✰⭐⭑⭒"
SIMILAR = "*＊﹡※"  # printed in place of a star, but also for footnotes and bold type
WORD = r"(?:绝密|机密|秘密)级?[】）)\]〕]?"  # 【机密】★10年
SPAN = r"(?:\d{1,4}|[一二三四五六七八九十]{1,3})(?:年|个?月|[天日])"
SERIAL = r"(?:(?:份号|编号|№|No)[:：]?)?\d{0,8}号?"
LEVEL = r"(?:密级[:：]?)?"
URGENCY = ("特急", "特提", "加急", "平急", "急件")
URGENT = rf"(?:(?:紧急程度[:：]?)?(?:{'|'.join(URGENCY)}))?"
# 机密★10年 某府发〔2024〕5号 · 秘密★公开发布后自行解密 · …的意见（机密*10年）: such a word with its
# star is a mark of secrecy anywhere in a line; 保守商业秘密★ without a period is none
STARRED = lazy_regex(
    rf"""
    {WORD}[{STARS}{SIMILAR}](?:{SPAN}|长期|永久|启封)
  | (?<!商业|国家|工作|技术|个人|保守|泄露){WORD}[{STARS}]
    """,
    re.VERBOSE,
)
# 机密 ★ 10年, with blanks: beside a document's number
BESIDE_NUMBER = rf"{LEVEL}\s*+{WORD}\s*+[{STARS}{SIMILAR}]\s*+(?:{SPAN}|长期|永久|启封)?"
# 标注“机密★10年”字样的文件: a sentence about marks of secrecy is not marked itself
MENTIONED = lazy_regex(
    rf"(?<=[\u4e00-\u9fff、])[“‘「『]{LEVEL}{WORD}[{STARS}{SIMILAR}][^”’」』]{{0,20}}[”’」』]"
    r"(?=[\u4e00-\u9fff、])"
)
# 秘密* alone: with a character like a star it is a mark only if the line holds nothing else
ALONE = lazy_regex(rf"{SERIAL}{LEVEL}{WORD}[{STARS}{SIMILAR}].{{0,8}}{URGENT}")
# 内部资料 注意保存 · （此件不宜公开） · 内部刊物，不得外传: a mark only if it is the whole line
RESTRICTIONS = (
    r"(?:仅?供)?内部(?:资料|文件|刊物|材料|使用|传阅)|仅供内部(?:参考|阅读)"
    r"|(?:请?注意|请?妥善)保[存管密]"
    r"|(?:此件|本件)?不[宜予得]?公开(?:发布)?|(?:不得|严禁|请勿)(?:外传|翻印|复制)"
)
RESTRICTED = lazy_regex(rf"(?:{RESTRICTIONS})+")
# 机密 10年 · 密级：秘密 期限：10年 · 机密·长期 · 内部参考: a text may have such lines too, so they
# are marks only near a title
BARE = lazy_regex(
    rf"{URGENT}{SERIAL}{URGENT}{LEVEL}(?:绝密|机密|秘密)级?[^\w]{{0,2}}"
    rf"(?:(?:保密)?期限[:：]?)?(?:{SPAN}|长期|永久)?{SERIAL}{URGENT}"
    rf"|(?:{RESTRICTIONS}|(?:仅?供)?内部(?:参考|公开|阅读))+"
)
WRITTEN = lazy_regex("[密部存管开開传傳印制製]")  # each mark has one of these characters
TRADITIONAL = str.maketrans(
    "機絕祕內資級開發傳閱長參僅複製啟號請嚴",
    "机绝秘内资级开发传阅长参仅复制启号请严",
)
# blanks, variation selectors of ideographs, and the characters of Markdown and HTML that may
# surround a mark: **机密**★10年, 机密\*10年
BLANKS = lazy_regex(r"[\s\\`#\U000e0100-\U000e01ef]|\*\*|__|</?[a-z]{1,6}>")
AROUND = lazy_regex(r"[，,。．.、；;（）()【】\[\]〔〕《》〈〉<>‹›«»“”‘’\"'「」『』|/\-–—－•]")
LONGEST_ALONE, LONGEST_BEARING = 40, 80  # characters of a mark alone; of a line that contains one
# in a longer line the mark must begin within so many characters: a scan may have joined all lines
# of a first page
OPENING = 20
LONGEST_BLANK = 1_000  # a longer line is a paragraph, however many blanks it has


def is_secrecy_mark(line: str, *, near_title: bool) -> bool:
    """Whether a line is a mark or contains one with a star; near a title the word is enough."""
    if not WRITTEN.search(line) or ("密" not in line and len(line) > LONGEST_BLANK):
        return False
    text = _compact(line)
    if _bears_star(text):
        return True
    text = AROUND.sub("", text)
    if len(text) > LONGEST_ALONE:
        return False
    bare = text.strip("*_~+…")
    return bool(
        ALONE.fullmatch(text) or RESTRICTED.fullmatch(bare) or (near_title and BARE.fullmatch(bare))
    )


def is_starred(cell: str) -> bool:
    """Whether a cell of a table contains a mark with its star.

    秘密 or 不公开 alone, in a column headed 密级 or 公开方式, does not concern the document itself.
    """
    return "密" in cell and _bears_star(_compact(cell))


def _compact(text: str) -> str:
    return BLANKS.sub("", INVISIBLE.sub("", text)).translate(TRADITIONAL)


def _bears_star(text: str) -> bool:
    # the rest of a long line, far behind its opening, is not searched
    head = text if len(text) <= LONGEST_BEARING else text[: OPENING + LONGEST_BEARING]
    found = STARRED.search(MENTIONED.sub("", head))
    return bool(found and (len(text) <= LONGEST_BEARING or found.start() <= OPENING))
