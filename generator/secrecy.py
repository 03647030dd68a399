"""Marks of secrecy and of restricted use (党政机关公文处理工作条例, 第九条; GB/T 9704-2012, 7.2.2).

They stop publication (diagnose); in a document's head they hide nothing of the rest (parse).
"""

from __future__ import annotations

import re

from generator.invisible import INVISIBLE

# 机密★1年 · 000001 绝密★长期 特急 · 密级：秘密★: with a star it is a mark wherever it stands
STARS = "★☆✩✭⭐*＊"
URGENT = "(?:特急|特提|加急|急件|平急)?"
STARRED = re.compile(rf"\d{{0,8}}(?:密级[:：]?)?(?:绝密|机密|秘密)[{STARS}].{{0,8}}{URGENT}")
# 内部资料 注意保存 · （此件不宜公开） · 内部刊物，不得外传: so do these, and nothing but these
RESTRICTED = re.compile(
    r"(?:内部(?:资料|文件|刊物|材料|使用|传阅)|(?:请?注意|请?妥善)保[存管密]"
    r"|(?:此件|本件)?不[宜予得]?公开(?:发布)?|(?:不得|严禁|请勿)(?:外传|翻印|复制))+"
)
RESTRICTING = re.compile(r"内\s*部|保\s*[存管]|公\s*开|外\s*传|翻\s*印|复\s*制")
# 秘密 alone may be a line of a text: a mark is near a title
BARE = re.compile(rf"\d{{0,8}}(?:密级[:：]?)?(?:绝密|机密|秘密){URGENT}")
AROUND = re.compile(r"[\s#，,。．.、；;（）()【】\[\]〔〕《》]")
LONGEST = 40  # characters


def is_secrecy_mark(line: str, *, near_title: bool) -> bool:
    """Whether a line is a mark and nothing else; near a title the bare word is one too."""
    if len(line) > LONGEST or ("密" not in line and not RESTRICTING.search(line)):
        return False
    text = AROUND.sub("", INVISIBLE.sub("", line))
    if STARRED.fullmatch(text) or RESTRICTED.fullmatch(text):
        return True
    return near_title and bool(BARE.fullmatch(text))
