"""Chinese → Latin letters, for addresses and sort orders: tables of pypinyin, and our own."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from generator.language.document_numbers import DocumentNumber
from generator.language.file_names import fit_name
from generator.language.ideographs import HAN_OF_NAMES
from generator.language.pinyin_tables import character_readings, phrases, without_tone
from generator.runtime.patterns import lazy_regex

IDEOGRAPHS = lazy_regex(rf"([{HAN_OF_NAMES}]+)")
NO_LETTER = lazy_regex(r"[^0-9a-z]")

# Readings that the dictionary gets wrong or has several of.
# Addresses of documents are made with this table: an addition may move pages.
OVERRIDES = {
    "重庆": ("chóng", "qìng"),
    "六安": ("lù", "ān"),
    "六合区": ("lù", "hé", "qū"),
    "亳州": ("bó", "zhōu"),
    "蚌埠": ("bèng", "bù"),
    "台州": ("tāi", "zhōu"),
    "丽水": ("lí", "shuǐ"),
    "厦门": ("xià", "mén"),
    "厦漳": ("xià", "zhāng"),
    "长沙": ("cháng", "shā"),
    "长葛": ("cháng", "gě"),
    "长垣": ("cháng", "yuán"),
    "长治": ("cháng", "zhì"),
    "渑池": ("miǎn", "chí"),
    "乐山": ("lè", "shān"),
    "乐清": ("yuè", "qīng"),
    "乐亭": ("lào", "tíng"),
    "乐陵": ("lào", "líng"),
    "单县": ("shàn", "xiàn"),
    "解放": ("jiě", "fàng"),
    "解州": ("hài", "zhōu"),
    "浚县": ("xùn", "xiàn"),
    "大城县": ("dài", "chéng", "xiàn"),
    "会稽": ("kuài", "jī"),
    "筠连": ("jūn", "lián"),
    "洪洞县": ("hóng", "tóng", "xiàn"),
    "繁峙": ("fán", "shì"),
    "珲春": ("hún", "chūn"),
    "穆棱": ("mù", "líng"),
    "涡阳": ("guō", "yáng"),
    "什邡": ("shí", "fāng"),
    "宕昌": ("tàn", "chāng"),
    "栎阳": ("yuè", "yáng"),
    "丰都县": ("fēng", "dū", "xiàn"),
    "新都区": ("xīn", "dū", "qū"),
    "朝阳市": ("cháo", "yáng", "shì"),
    "朝阳县": ("cháo", "yáng", "xiàn"),
    "覃塘": ("qín", "táng"),
    "荥经": ("yíng", "jīng"),
}
OVERRIDE_PREFIXES = {name[:end] for name in OVERRIDES for end in range(1, len(name) + 1)}
# the characters that have a reading in the name of a place which they hardly have elsewhere: 乐 lào
PLACE_READINGS = tuple(
    (character, reading)
    for name, spelt in OVERRIDES.items()
    for character, reading in zip(name, spelt, strict=True)
)
# characters with another reading as a surname than as a word
SURNAMES = {
    "单": "shan", "解": "xie", "曾": "zeng", "仇": "qiu", "区": "ou", "查": "zha", "朴": "piao",
    "盖": "ge", "任": "ren", "华": "hua", "纪": "ji", "葛": "ge", "尉": "wei", "翟": "zhai",
    "燕": "yan", "宁": "ning", "那": "na", "乐": "yue", "缪": "miao", "召": "shao", "折": "she",
    "秘": "bi", "员": "yun", "覃": "qin", "洗": "xian", "冼": "xian", "晟": "cheng", "长": "chang",
    "重": "chong", "都": "du", "黑": "he", "车": "che", "万": "wan", "石": "shi", "牟": "mou",
    "阚": "kan", "种": "chong", "乜": "nie", "能": "nai", "繁": "po", "隗": "wei", "郇": "xun",
    "佴": "nai", "祭": "zhai", "卜": "bu", "薄": "bo", "角": "jue", "颉": "xie", "句": "gou",
    "炅": "gui", "逄": "pang", "哈": "ha", "宓": "mi", "莘": "shen", "曲": "qu", "谌": "chen",
    "郗": "xi", "行": "xing", "相": "xiang", "柏": "bai", "应": "ying", "合": "he",
}  # fmt: skip
DOUBLE_SURNAMES = {"尉迟": "yuchi", "万俟": "moqi", "单于": "chanyu", "长孙": "zhangsun"}


def split_phrases(text: str) -> list[str]:
    """Split a text into phrases and characters as pypinyin does, with our table beside its own."""
    words: list[str] = []
    for at, run in enumerate(IDEOGRAPHS.split(text)):
        words += _phrases(run) if at % 2 else (run,)
    return [word for word in words if word]


def _phrases(run: str) -> Iterator[str]:
    """Split Chinese characters into the longest phrases, from the left.

    Works like Seg.cut in pypinyin's seg/mmseg.py, which knows only its own phrases; a test compares
    the two.
    """
    known = phrases()
    while run:
        longest = end = 0
        while end < len(run) and _is_prefix(run[: end + 1]):
            end += 1
            if run[:end] in known or run[:end] in OVERRIDES:
                longest = end
        if end == len(run) and not longest:
            yield from run
            return
        longest = longest or 1
        yield run[:longest]
        run = run[longest:]


def _is_prefix(text: str) -> bool:
    return phrases().begin_with(text) or text in OVERRIDE_PREFIXES


def _spell(word: str) -> str:
    """Spell a phrase or a character; what has no reading stays as it is."""
    if word in OVERRIDES:
        return "".join(map(without_tone, OVERRIDES[word]))
    if len(word) > 1 and (syllables := phrases().reading(word)):
        return "".join(syllables)
    return "".join(character_readings().get(char, (char,))[0] for char in word)


@lru_cache(maxsize=8192)  # bounded, because all titles that an archive cites are spelt
def romanise(text: str) -> str:
    """Spell a text in pinyin without tones, in letters and digits only: 川府发 → chuanfufa."""
    return NO_LETTER.sub("", "".join(map(_spell, split_phrases(text))).lower())


def romanise_name(name: str) -> str:
    """Spell a person's name, with the surname's own reading: 单某 → shanmou."""
    if double := DOUBLE_SURNAMES.get(name[:2]):
        return double + romanise(name[2:])
    if surname := SURNAMES.get(name[:1]):
        return surname + romanise(name[1:])
    return romanise(name)


def initial(spelt: str) -> str:
    """Give the letter under which a register lists a spelt name; ``0`` if it begins with none."""
    return spelt[0] if spelt and spelt[0].isalpha() else "0"


def number_id(number: DocumentNumber) -> str:
    """Make the id of a document, the last part of its address, from its number.

    docs/data.md, "Addresses", shows such addresses.

    川府发〔2016〕55号 → ``chuanfufa-2016-55``, 国务院令第706号 → ``guowuyuanling-706``.
    """
    parts = [fit_name(romanise(number.code)), str(number.year or ""), str(number.serial)]
    return "-".join(part for part in parts if part)
