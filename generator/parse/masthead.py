"""刊头: gazette, issue number, sponsor and address from the first lines."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.model import Lines, Masthead
from generator.parse.lines import Line

# 第 1 期 (总第 227 期) · 2015年第2期 · 第3-4期
NUMBER = re.compile(r"第(?P<number>\d{1,3})(?:[-—~－](?P<last>\d{1,3}))?[期号]")
TOTAL = re.compile(r"总第?(?P<total>\d{1,5})(?:[-—~－]\d{1,5})?[期号]")
YEAR = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)(?:年|$|(?=第))")
FREQUENCY = re.compile(r"[（(]?(?P<frequency>(?:双|半)?[年月周]刊|[旬季]刊|不定期)[）)]?")
# 主 管:攀枝花市人民政府
LABELLED = re.compile(r"(?P<label>[\u4e00-\u9fff][\u4e00-\u9fff\s]{0,8})[:：]\s*(?P<value>.+)")
FIELDS = {
    "主管": "sponsor",
    "主办": "sponsor",
    "主管主办": "sponsor",
    "编辑出版": "publisher",
    "编辑": "publisher",
    "出版": "publisher",
    "地址": "address",
    "邮编": "postcode",
    "邮政编码": "postcode",
    "电话": "phone",
    "联系电话": "phone",
}


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
        if labelled := LABELLED.fullmatch(line.text):
            label = re.sub(r"\s", "", labelled["label"])
            name = FIELDS.get(label)
            if name and name not in found:
                found[name] = labelled["value"].strip()
            else:
                other.append((label, labelled["value"].strip()))
            continue
        if (total := TOTAL.search(compact)) and "total" not in numbers:
            numbers["total"] = int(total["total"])
        if (number := NUMBER.search(TOTAL.sub("", compact))) and "number" not in numbers:
            numbers["number"] = int(number["number"])
        if (year := YEAR.search(compact)) and "year" not in numbers:
            numbers["year"] = int(year["year"])
        if (often := FREQUENCY.fullmatch(compact)) and not frequency:
            frequency = often["frequency"]
    title = next((line.compact for line in lines if "公报" in line.compact), lines[0].compact)
    return Masthead(
        title=title,
        year=numbers.get("year"),
        number=numbers.get("number"),
        total_number=numbers.get("total"),
        frequency=frequency,
        sponsor=found.get("sponsor", ""),
        publisher=found.get("publisher", ""),
        address=found.get("address", ""),
        postcode=found.get("postcode", ""),
        phone=found.get("phone", ""),
        other=tuple(other),
        lines=Lines(lines[0].number, lines[-1].number),
    )
