"""Numerals, Chinese and Arabic: the numbers below 10,000, and the digits of a year."""

from __future__ import annotations

from generator.runtime.patterns import lazy_regex

# 〇 is printed with many characters: U+3007, U+25CB, U+25EF, U+FF2F, Latin O and o, Cyrillic О,
# Greek Ο, 0
ZEROS = "〇○◯ＯOoОΟ０0零"
DIGITS = {c: n for n, c in enumerate("〇一二三四五六七八九")} | {"两": 2} | dict.fromkeys(ZEROS, 0)
CHINESE_DIGITS = "零一二三四五六七八九"
SCALES = {"千": 1000, "百": 100, "十": 10}
FULL_WIDTH = lazy_regex("[０-９]")
FULL_WIDTH_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")
# characters that a scan takes for a digit, and that stand for no other: among the digits of a year
# or a serial O can only be 0, and l only 1; S (5 or 8) and Z (2 or 7) can be several
MISREAD_ZEROS, MISREAD_ONES = "OoОоΟοＯｏ〇○◯", "lI|｜ＩｌⅠ丨"
MISREAD_DIGITS = MISREAD_ZEROS + MISREAD_ONES
RESTORED_DIGITS = str.maketrans(
    dict.fromkeys(MISREAD_ZEROS, "0") | dict.fromkeys(MISREAD_ONES, "1")
)


def half_width(text: str) -> str:
    """Write full-width digits half as wide; most texts have none, which is cheaper to see."""
    return text.translate(FULL_WIDTH_DIGITS) if FULL_WIDTH.search(text) else text


def parse_numeral(text: str) -> int | None:
    """Read a whole number below 10,000 in Chinese or Arabic numerals.

    ``二十一`` → 21, ``一百零三`` → 103, ``一千零二`` → 1002, ``３`` → 3; None when it is no such
    number. Arabic numerals are read whatever their size.
    """
    if text.isdecimal():
        return int(text)
    total = current = 0
    for char in text:
        if char in SCALES:
            total, current = total + (current or 1) * SCALES[char], 0
        elif char in ("廿", "卅"):
            total += 20 if char == "廿" else 30
        elif char in ("零", "〇"):
            current = 0
        elif char in DIGITS:
            current = DIGITS[char]
        else:
            return None
    return total + current if text else None


def chinese_numeral(number: int) -> str:
    """Write a number from 1 to 9,999 in Chinese: 12 → 十二, 110 → 一百一十, 1002 → 一千零二."""
    written, is_gap = "", False
    for scale, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // scale % 10
        if digit:
            one = "" if (digit, scale, written) == (1, 10, "") else CHINESE_DIGITS[digit]
            written += ("零" if is_gap and written else "") + one + name
        is_gap = not digit
    return written


def parse_year(text: str) -> int:
    """Read the four digits of a year: ``二○一一`` → 2011, ``2011`` → 2011."""
    return int("".join(str(DIGITS.get(char, char)) for char in text if not char.isspace()))
