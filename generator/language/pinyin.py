"""Chinese → Latin letters, for addresses and sort orders (pypinyin, with our overrides)."""

from __future__ import annotations

import re
from functools import cache

from pypinyin import Style, lazy_pinyin
from pypinyin.constants import PHRASES_DICT
from pypinyin.seg.mmseg import seg

from generator.language.document_numbers import DocumentNumber
from generator.language.file_names import fit_name

# Readings that the dictionary gets wrong or leaves to chance: places, and surnames before 某.
# The table belongs to the addresses of documents: adding to it may move pages.
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
# what load_phrases_dict does, without learning the other 47,000 phrases again
PHRASES_DICT.update(OVERRIDES)
seg.train(iter(OVERRIDES))
# surnames that are read otherwise than the word they are written like
SURNAMES = {
    "单": "shan", "解": "xie", "曾": "zeng", "仇": "qiu", "区": "ou", "查": "zha", "朴": "piao",
    "盖": "ge", "任": "ren", "华": "hua", "纪": "ji", "葛": "ge", "尉": "wei", "翟": "zhai",
    "燕": "yan", "宁": "ning", "那": "na", "乐": "yue", "缪": "miao", "召": "shao", "折": "she",
    "秘": "bi", "员": "yun", "覃": "qin", "洗": "xian", "冼": "xian", "晟": "cheng", "长": "chang",
    "重": "chong", "都": "du", "黑": "he", "车": "che", "万": "wan", "石": "shi", "牟": "mou",
}  # fmt: skip
DOUBLE_SURNAMES = {"尉迟": "yuchi", "万俟": "moqi", "单于": "chanyu", "长孙": "zhangsun"}


@cache
def romanise(text: str) -> str:
    """Spell a text in pinyin without tones, letters and digits only: 川府发 → chuanfufa."""
    spelt = "".join(lazy_pinyin(text, style=Style.NORMAL))
    return re.sub(r"[^0-9a-z]", "", spelt.lower())


def romanise_name(name: str) -> str:
    """Spell a person's name, the surname as surnames are read: 单某 → shanmou."""
    if double := DOUBLE_SURNAMES.get(name[:2]):
        return double + romanise(name[2:])
    if surname := SURNAMES.get(name[:1]):
        return surname + romanise(name[1:])
    return romanise(name)


def initial(spelt: str) -> str:
    """Give the letter that a spelt name stands under in a register; ``0`` when it has none."""
    return spelt[0] if spelt and spelt[0].isalpha() else "0"


def number_id(number: DocumentNumber) -> str:
    """Address of a document by its number (DESIGN.md, Addresses).

    川府发〔2016〕55号 → ``chuanfufa-2016-55``, 国务院令第706号 → ``guowuyuanling-706``.
    """
    parts = [fit_name(romanise(number.code)), str(number.year or ""), str(number.serial)]
    return "-".join(part for part in parts if part)
