"""刊头: read gazette, issue number, sponsor and address from the first lines of an issue."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from generator.language.dates import WRITTEN_YEAR, YEAR
from generator.language.numerals import ZEROS, parse_numeral, parse_year
from generator.language.organs import BLANK, ORGAN
from generator.model import Lines, Masthead
from generator.runtime.patterns import lazy_regex
from generator.stages.parse.lines import Line

DIGIT = f"一二三四五六七八九零{ZEROS}"
NUMERAL = f"{DIGIT}十百"
# 第 1 期 (总第 227 期) · 2015年第2期 · 第3-4期 · 第四期
ISSUE_NUMBER = lazy_regex(
    rf"第(?P<number>\d{{1,3}}|[{NUMERAL}]{{1,6}})(?:[-—~－](?P<last>\d{{1,3}}))?[期号]"
)
# 总第227期 · 总第四十二期 · 总号：1661
TOTAL = lazy_regex(
    rf"总第?(?P<total>\d{{1,5}}|[{NUMERAL}]{{1,6}})(?:[-—~－]\d{{1,5}})?[期号]"
    r"|总(?:期|编)?号[:：]?(?P<serial>\d{1,5})"
)
PRINTED_YEAR = lazy_regex(rf"(?<!\d)(?P<year>{YEAR})(?:年|$|(?=第))|(?P<written>{WRITTEN_YEAR})年")
FREQUENCY = lazy_regex(r"[（(]?(?P<frequency>(?:双|半)?[年月周]刊|[旬季]刊|不定期)[）)]?")
# on the line of a number: （半月刊 总第463期） · 第1期（季刊）
OFTEN = lazy_regex(
    r"(?:^|[（(\s，,·])(?P<frequency>(?:双|半)?[年月周]刊|[旬季]刊|不定期)(?=$|[）)\s，,·]|总|第)"
)
# 主 管:攀枝花市人民政府 · 主管、主办：某某市人民政府
LABELLED = lazy_regex(r"(?P<label>[\u4e00-\u9fff][\u4e00-\u9fff\s、]{0,8})[:：]\s*(?P<value>.+)")
# 某某市人民政府办公室主办 · 某某市人民政府办公室编印
LABEL_BEHIND = lazy_regex(r"(?P<value>.{4,40}?)(?P<label>主管主办|主管|主办|编辑出版|编辑|编印|编)")
COLON = lazy_regex(r"[:：]")
FIELDS = {
    "主管": "sponsor",
    "主办": "sponsor",
    "主管主办": "sponsor",
    "主管单位": "sponsor",
    "主办单位": "sponsor",
    "编辑出版": "publisher",
    "编辑": "publisher",
    "编印": "publisher",
    "编": "publisher",
    "出版": "publisher",
    "编辑单位": "publisher",
    "出版单位": "publisher",
    "编辑出版单位": "publisher",
    "地址": "address",
    "邮编": "postcode",
    "邮政编码": "postcode",
    "电话": "phone",
    "联系电话": "phone",
}
# 地 址：… 邮 编：… 电 话：… on one line; longest label first, because 联系电话 contains 电话
FIELD = lazy_regex(
    rf"(?<![^\s])(?:{'|'.join(BLANK.join(name) for name in sorted(FIELDS, key=len, reverse=True))})"
    rf"{BLANK}[:：]"
)


def read_masthead(lines: Sequence[Line]) -> Masthead:
    """Read the masthead from the lines before the contents."""
    if not lines:
        return Masthead()
    found: dict[str, str] = {}
    other: list[tuple[str, str]] = []
    numbers: dict[str, int] = {}
    frequency = ""
    for line in lines:
        compact = line.compact
        if not TOTAL.match(compact) and LABELLED.fullmatch(line.text):
            for part in _fields(line.text):
                _read_field(part, found, other)
            continue
        read = [*_numbers(compact)]
        for name, value in read:
            numbers.setdefault(name, value)
        often = FREQUENCY.fullmatch(compact) or (OFTEN.search(line.text) if read else None)
        if often and not frequency:
            frequency = often["frequency"]
        for part in line.text.split():
            _read_label_behind(part, found)
    return Masthead(
        title=_title(lines),
        year=numbers.get("year"),
        number=numbers.get("number"),
        total_number=numbers.get("total"),
        frequency=frequency,
        sponsor=found.get("sponsor", ""),
        sponsor_label=found.get("sponsor label", ""),
        publisher=found.get("publisher", ""),
        publisher_label=found.get("publisher label", ""),
        address=found.get("address", ""),
        postcode=found.get("postcode", ""),
        phone=found.get("phone", ""),
        other=tuple(other),
        lines=Lines(lines[0].number, lines[-1].number),
    )


def _title(lines: Sequence[Line]) -> str:
    """Give the name of the gazette; a mere 公报 is joined to the organ in the line above."""
    texts = [line.compact for line in lines]
    place = next((n for n, text in enumerate(texts) if "公报" in text), 0)
    organ = texts[place - 1] if place and texts[place] == "公报" else ""
    return organ + texts[place] if ORGAN.fullmatch(organ) else texts[place]


def _read_label_behind(text: str, found: dict[str, str]) -> None:
    """Read an organ with its function after the name: 某某市人民政府办公室主办."""
    labelled = LABEL_BEHIND.fullmatch(text)
    if labelled and ORGAN.fullmatch(labelled["value"]):
        name = FIELDS[labelled["label"]]
        if found.setdefault(name, labelled["value"]) == labelled["value"]:
            found.setdefault(f"{name} label", labelled["label"])


def _fields(text: str) -> Iterator[str]:
    """Split a line before each label that follows the value of another label."""
    begun = 0
    for found in FIELD.finditer(text):
        if COLON.search(text, begun, found.start()):
            yield text[begun : found.start()].strip()
            begun = found.start()
    yield text[begun:]


def _read_field(text: str, found: dict[str, str], other: list[tuple[str, str]]) -> None:
    """Put a value into ``found`` under the field of its label, or with the label into ``other``."""
    if not (labelled := LABELLED.fullmatch(text)):
        return
    label, value = re.sub(r"\s", "", labelled["label"]), labelled["value"].strip()
    name = FIELDS.get(label.replace("、", ""))
    if name and name not in found:
        found[name], found[f"{name} label"] = value, label
    else:
        other.append((label, value))


def _numbers(text: str) -> Iterator[tuple[str, int]]:
    """Give the total number, the number and the year in a line without blanks."""
    if total := TOTAL.search(text):
        yield "total", _value(total["total"] or total["serial"])
    if number := ISSUE_NUMBER.search(TOTAL.sub("", text)):
        yield "number", _value(number["number"])
    if year := PRINTED_YEAR.search(text):
        yield "year", _value(year["year"] or year["written"])


def _value(text: str) -> int:
    """Read a number in digits of either kind: 42, 四十二, 四二; 二○○五."""
    if "十" in text or "百" in text:
        return parse_numeral(text) or 0
    return parse_year(text.replace("零", "〇"))
