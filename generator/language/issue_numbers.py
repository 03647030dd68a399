"""Numbers of joint issues (合刊) and supplements (增刊), as a masthead prints them."""

from __future__ import annotations

from generator.language.numerals import parse_numeral
from generator.runtime.patterns import lazy_regex

NUMERAL = r"[0-9０-９〇○零一二三四五六七八九十百]{1,4}"
# 第3-4期, 第三、四期（合刊）, 第3期、第4期合刊
JOINT = lazy_regex(
    rf"第?\s*(?P<first>{NUMERAL})\s*期?\s*[-－—–~～至、/·]\s*第?\s*(?P<last>{NUMERAL})\s*期"
)
# 增刊第1期, 增刊1, 增刊（一）
EXTRA = lazy_regex(rf"增刊\s*[（(第]?\s*(?P<number>{NUMERAL})")
NAMED = lazy_regex(r"合\s*刊|增\s*刊")


def special_number(masthead: str) -> str | None:
    """Give the number of a joint issue or a supplement, as its folder is named: 03-04, z1.

    None for an ordinary issue; "" for a special one whose number is not printed plainly.
    """
    if extra := EXTRA.search(masthead):
        number = parse_numeral(extra["number"])
        return f"z{number}" if number else ""
    joint = JOINT.search(masthead)
    first, last = (parse_numeral(joint[key]) for key in ("first", "last")) if joint else (0, 0)
    if first and last and last == first + 1:
        return f"{first:02}-{last:02}"
    return "" if joint or NAMED.search(masthead) else None
