"""The new texts of provisions: how they are shared among several, and the names of provisions."""

from __future__ import annotations

from generator.language.amended_places import AmendedPlace, read_places
from generator.language.numerals import chinese_numeral
from generator.language.ordinals import parse_ordinal
from generator.model.amendments import Provision
from generator.runtime.patterns import lazy_regex

ARTICLE_HEAD = lazy_regex(
    r"^第[一二三四五六七八九十百千零〇\d]+[编章节条](?:之[一二三四五六七八九十]+)?(?=[\s\u3000]|$)"
)
ITEM_HEAD = lazy_regex(r"^[（(][一二三四五六七八九十]{1,3}[）)]")


def provision_of(place: AmendedPlace) -> Provision:
    """Make the model's provision of a place."""
    return Provision(name_of(place), place.units, place.anchors())


def name_of(place: AmendedPlace) -> str:
    """Name a place in full: 第五条第二款, also if the sentence says 第二款."""
    if not place.units:
        return "全文"
    names = []
    for unit, number in place.units:
        if not number:
            names.append(unit)
            continue
        printed, _, inserted = number.partition("-b")
        numeral = chinese_numeral(int(printed))
        if unit == "项":
            numeral = f"（{numeral}）"
        after = f"之{chinese_numeral(int(inserted) - 1)}" if inserted else ""
        names.append(f"{unit}{numeral}" if unit == "附件" else f"第{numeral}{unit}{after}")
    return "".join(names) + ("标题" if place.heading else "") + place.sentence


def head_of(text: str) -> str:
    """Give the number of the article or chapter that a text begins with; empty without one."""
    head = ARTICLE_HEAD.match(text)
    places, _ = read_places(text, 0) if head else ((), 0)
    return places[0].units[-1][1] if places else ""


def without_head(new: tuple[str, ...], place: AmendedPlace) -> tuple[str, ...]:
    """Remove 第五条 from the new text of article 5, and （三） stays in that of an item."""
    if new and place.narrowest == "条" and (head := ARTICLE_HEAD.match(new[0])):
        rest = new[0][head.end() :].strip(" \u3000")
        return (rest, *new[1:]) if rest else new[1:]
    return new


def by_heads(new: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Group paragraphs by the articles whose numbers they begin with."""
    parts: list[list[str]] = []
    for text in new:
        ordinal = parse_ordinal(text)
        if ARTICLE_HEAD.match(text) and ordinal and ordinal.style == "article":
            parts.append([])
        elif not parts:
            continue  # 第七节 above its articles
        parts[-1].append(text)
    return [tuple(part) for part in parts]


def by_items(new: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Group paragraphs: items （一） belong to the paragraph above."""
    parts: list[list[str]] = []
    for text in new:
        if parts and ITEM_HEAD.match(text):
            parts[-1].append(text)
        else:
            parts.append([text])
    return [tuple(part) for part in parts]
