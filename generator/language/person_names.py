"""Names of people as they are printed: with two to four ideographs, or parts joined by dots.

Names of Uyghurs, Kazakhs, Mongols, Tibetans and others are written by sound. Their parts are joined
by a dot, of which printers and text recognition know many forms (阿不都热合曼・买买提), or stand
without a dot (买买提艾力).
"""

from __future__ import annotations

from generator.language.ideographs import HAN_OF_NAMES
from generator.runtime.patterns import lazy_regex

# the dots between the parts of a name: GB/T 15834 prints ·
DOTS = "·・•．‧∙･⋅"
# the characters by which names are written by sound. A name of more than four of them in a row is
# certain where a name must stand; with any other character it may be a name with an office
BY_SOUND = (
    "丁不丑丙东丹丽乃久么义之乌乎乐乔也买云亚什仁仓仙代以伊伦伯佩依俄保克公兰其再农凯列则利别"
    "力加努勃勒包华卓博卜卡卫友古可叶司合吉吐吾呷呼命和哈哲喀嘉嘎嘠噶因图土地坎坚坦塔夏外多太"
    "夫央奇奴如妥妮姆威娃娅娜孜孟宁安完宗宝实宾密尔尕尚尤尼居山巴布希帕帖平库康廷弗彦得德恩恰"
    "才扎托扬拉拜拥拿排措提撒敏敖敦斯日旦旺昂明普景曲曼朗朝木札朵杜来杰松林查柯根格桑梅森楚次"
    "武比毕毛永汉汗江汤沁沃沙波泰泽洛济浑浩海涛潘烈热照爱牙特玉玛珊珍珠班琪琼瓦甫登白皮益盖睦"
    "祖秋科穆策米素索纳绒维罕罗美翁翰耳耶肉肖肯胡腊色艾花苏若英茂茨茹荣荪莎莫莱菲萨蒂蒙衣西觉"
    "诺贝贡贺赛赞赤赫达迈迪逊邓那郎都鄂酷里金钦铁锡阔阿陶隆雅雪雷霍青音顺顿额饶马高鲁麦默齐龙"
)
_LETTER = rf"(?:(?!同志)[{HAN_OF_NAMES}])"
_SOUND = f"[{BY_SOUND}]"
_PART = rf"(?:{_SOUND}{{5,12}}|{_LETTER}{{1,4}})"
_DOT = rf"[ \u3000\xa0]{{0,2}}[{DOTS}][ \u3000\xa0]{{0,2}}"
# 阿不都热合曼·买买提 · 古丽 • 尼亚孜; text recognition also gives 买买提.艾力
DOTTED = rf"(?:{_PART}(?:{_DOT}{_PART}){{1,4}}|{_SOUND}{{1,12}}(?:\.{_SOUND}{{1,12}}){{1,4}})"
# 买买提艾力, 阿不都热合曼
LONG = rf"{_SOUND}{{5,14}}"
# 张三, 李㛃, 扎西次仁; 王  刚
SHORT = rf"(?:{_LETTER}{{1,4}}|[{HAN_OF_NAMES}]\s{{1,4}}[{HAN_OF_NAMES}])"
# a name in a place where a name must stand: the grammar of the sentence shows both its ends
PERSON_NAME = rf"(?:{DOTTED}|{LONG}|{SHORT})"

_BY_DOTS = lazy_regex(DOTTED)
_LONG = lazy_regex(LONG)
_IDEOGRAPHS = lazy_regex(rf"[{HAN_OF_NAMES}]+")
_ANY_DOT = lazy_regex(rf"\s*[{DOTS}.]\s*")


def is_dotted(name: str) -> bool:
    """Whether a text is a name whose parts are joined by dots."""
    return _BY_DOTS.fullmatch(name) is not None


def is_long(name: str) -> bool:
    """Whether a text is a name of more than four ideographs that is certain to be one."""
    return is_dotted(name) or _LONG.fullmatch(name) is not None


def is_by_sound(name: str) -> bool:
    """Whether every character of a name is one by which names are written by sound."""
    return all(character in BY_SOUND for character in name)


def is_ideographs(text: str) -> bool:
    """Whether a text has ideographs alone, rare ones included: 𬭸, 㛃, 〇."""
    return _IDEOGRAPHS.fullmatch(text) is not None


def with_one_dot(name: str) -> str:
    """Write a name with the standard dot: registers list a person once, however it is printed."""
    return _ANY_DOT.sub("·", name) if is_dotted(name) else name
