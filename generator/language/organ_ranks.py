"""The level of an organ (中央, 省, 市, 县, 乡镇), and its name without its place.

Registers list organs by level and by the pinyin of the name proper: 市财政局 stands with 财政局
under C, and not with a hundred other organs under S for 市.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from generator.language.ideographs import HAN
from generator.language.pinyin import initial, romanise
from generator.runtime.patterns import lazy_regex

LEVELS = ("中央", "省级", "市级", "县级", "乡镇", "其他")
OTHER = len(LEVELS) - 1
MUNICIPALITIES = "北京|上海|天津|重庆"  # their 市 is of the level of a province

# the places that begin a name, from the highest level on; the first row that fits decides. A place
# is the word alone (市财政局) or a name with it (攀枝花市财政局).
WHICH = "(?:各|相关|有关)?"
PLACES: tuple[tuple[int, re.Pattern[str]], ...] = (
    # 省政府办公厅, 四川省人民政府, 广西壮族自治区, 各省; 北京市
    (
        1,
        lazy_regex(rf"{WHICH}(?:[{HAN}]{{2,7}}?(?:省|自治区)|省|(?:{MUNICIPALITIES})市)"),
    ),
    # 市财政局, 各市（州）, 攀枝花市, 凉山彝族自治州, 阿里地区, 锡林郭勒盟; but not 市场监管局, 市区
    (
        2,
        lazy_regex(
            rf"{WHICH}(?:[{HAN}]{{2,9}}?(?:自治州|地区)"
            rf"|[{HAN}]{{1,5}}?[市州盟](?![场区])|[市州盟](?!场))"
        ),
    ),
    # 各县（区）, 县（市、区）, 米易县, 东区, 鄂温克族自治旗; but not 区域合作办
    (
        3,
        lazy_regex(
            rf"{WHICH}(?:[{HAN}]{{2,9}}?自治[县旗]|[{HAN}]{{1,5}}?[县旗区](?!域)|[县区旗](?!域))"
        ),
    ),
    # 各乡镇, 某某镇人民政府
    (4, lazy_regex(rf"{WHICH}(?:[{HAN}]{{1,5}}?[乡镇]|[乡镇])")),
)
# zones that are named like places: 高新区管委会, 试验区; their level is not in the name
ZONE = lazy_regex(rf"[{HAN}]*?(?:高新|新|开发|试验|实验|保税|景|园|产业)区")
# places behind the place: 市（州）, （市、区）, 、区
MORE_PLACES = lazy_regex(r"[（(][省市州县区盟旗乡镇、]+[）)]|、[省市州县区盟旗乡镇](?![委局])")
# of the state; but 国家税务总局某某市税务局 and 中国农业银行某某分行 are not central
STATE = lazy_regex(
    rf"""
    (?: 国务院 | 政务院 | 中共中央 | 中央军委 | 中央人民政府 | 中华人民共和国 | 最高人民
      | 全国人民代表大会
      | 国家(?!税务总局.) [{HAN}]*+ (?<! 队 )
      | 中国 (?: 人民银行 | [{HAN}]{{2,10}} (?: 局 | 监督管理委员会 | 科学院 | 工程院 ) ) $
      | [{HAN}]{{2,6}} 总 [局署] (?: 办公厅 )? $ )
    """,
    re.VERBOSE,
)
LEAGUE = lazy_regex(r"团(?P<place>[省市州县区])委")  # 团市委: 共青团某某市委员会
LEAGUE_LEVELS = {"省": 1, "市": 2, "州": 2, "县": 3, "区": 3}
# organs of a province without their place are called 厅: 财政厅
PROVINCIAL = lazy_regex(rf"[{HAN}]+厅")
# ministries without a place: 铁道部, 对外经济贸易部; but 组织部, 宣传部 are of a party committee
MINISTRY = lazy_regex(rf"[{HAN}]*(?<!组织)(?<!宣传)(?<!统战)(?<!武装)[部署](?:办公厅)?")
GOVERNMENT = lazy_regex(r"(?:人民)?政府|人民代表大会|人大|常务委员会")


class OrganRank(NamedTuple):
    """The place of an organ in a list: the level, then the letter, then the spelling."""

    level: int  # index into LEVELS
    letter: str  # under which it stands: c for 市财政局; 0 for none
    spelt: tuple[str, ...]  # sort key within the level


@lru_cache(20_000)
def organ_rank(name: str) -> OrganRank:
    """Find the level of an organ and the letter of its name proper.

    The government of a named place stands under the letter of the place, before its departments:
    攀枝花市人民政府, 攀枝花市人民政府办公室, 攀枝花市财政局 under P, and 市财政局 under C.
    """
    level, place, own = _split(name)
    spelt = romanise(own or name)
    if place:
        spelt_place = romanise(place)
        order = (spelt_place, "" if GOVERNMENT.match(own) else "~", spelt)
        return OrganRank(level, initial(spelt_place), order)
    return OrganRank(level, initial(spelt), (spelt, "", ""))


def _split(name: str) -> tuple[int, str, str]:
    """Give level, place (empty if it is the word alone), and the rest of the name."""
    if STATE.match(name):
        return 0, "", name
    if PROVINCIAL.fullmatch(name) and not any(pattern.match(name) for _, pattern in PLACES):
        return 1, "", name
    if found := LEAGUE.match(name):
        return LEAGUE_LEVELS[found["place"]], "", name
    if ZONE.match(name):
        return OTHER, "", name
    for level, pattern in PLACES:
        if found := pattern.match(name):
            place = found[0]
            rest = MORE_PLACES.sub("", name[found.end() :], count=2).removeprefix("级")
            word = re.sub(r"^(?:各|相关|有关)", "", place)
            return level, (place if len(word) > 1 else ""), rest or name
    return (0 if MINISTRY.fullmatch(name) else OTHER), "", name
