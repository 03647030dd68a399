"""Chinese → Latin letters, for addresses and sort orders (pypinyin, with our overrides)."""

from __future__ import annotations

import re
from functools import cache

from pypinyin import Style, lazy_pinyin, load_phrases_dict

from generator.numbering import DocumentNumber

# Readings that the dictionary gets wrong or leaves to chance: places, and surnames before 某.
# The table belongs to the addresses of documents: adding to it may move pages (docs/addresses.md).
OVERRIDES = {
    "重庆": [["chóng"], ["qìng"]],
    "六安": [["lù"], ["ān"]],
    "亳州": [["bó"], ["zhōu"]],
    "蚌埠": [["bèng"], ["bù"]],
    "台州": [["tāi"], ["zhōu"]],
    "丽水": [["lí"], ["shuǐ"]],
    "厦门": [["xià"], ["mén"]],
    "长沙": [["cháng"], ["shā"]],
    "渑池": [["miǎn"], ["chí"]],
    "乐山": [["lè"], ["shān"]],
    "乐清": [["yuè"], ["qīng"]],
    "单县": [["shàn"], ["xiàn"]],
    "解放": [["jiě"], ["fàng"]],
}
load_phrases_dict(OVERRIDES)


@cache
def romanise(text: str) -> str:
    """Spell a text in pinyin without tones, letters and digits only: 川府发 → chuanfufa."""
    spelt = "".join(lazy_pinyin(text, style=Style.NORMAL))
    return re.sub(r"[^0-9a-z]", "", spelt.lower())


def number_id(number: DocumentNumber) -> str:
    """Address of a document by its number (DESIGN.md, Addresses).

    川府发〔2016〕55号 → ``chuanfufa-2016-55``, 国务院令第706号 → ``guowuyuanling-706``.
    """
    parts = [romanise(number.code), str(number.year or ""), str(number.serial)]
    return "-".join(part for part in parts if part)
