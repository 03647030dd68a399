"""标准: read the numbers of standards in any notation, and print them in one form.

GB/T 9704-2012, GB／T9704—2012 and GBT 9704－2012 all are GB/T 9704—2012. A number counts only if
its code is in the list below; other letters and figures (64GB, ZX-2012, the model of a machine) are
none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from generator.runtime.patterns import lazy_regex

# 国家标准, 国家职业卫生标准, 国家计量; also without a year, as GB 50016
NATIONAL = ("GB", "GBJ", "GBZ", "GSB", "JJG", "JJF", "TSG")
# 行业标准 by the list of 国家标准化管理委员会, 工程建设标准; only with a year or with their /T
INDUSTRIES = (
    *("AQ", "BB", "CB", "CECS", "CH", "CJ", "CJJ", "CY", "DA", "DL", "DZ", "EJ", "FZ", "GA", "GH"),
    *("GM", "GY", "HB", "HG", "HJ", "HS", "HY", "JB", "JC", "JG", "JGJ", "JR", "JT", "JTG", "JTJ"),
    *("JY", "LB", "LD", "LS", "LY", "MH", "MT", "MZ", "NB", "NY", "QB", "QC", "QJ", "QX", "RB"),
    *("SB", "SC", "SF", "SH", "SJ", "SL", "SN", "SW", "SY", "TB", "TD", "TY", "WB", "WH", "WJ"),
    *("WM", "WS", "WW", "XB", "YB", "YC", "YD", "YS", "YY", "YZ", "ZY"),
)
INTERNATIONAL = ("ISO/IEC", "ISO", "IEC")
INTERNATIONAL_MARK = ":"  # before the year, where Chinese standards have a dash
FULL_WIDTH = {n: n - 0xFEE0 for n in range(0xFF01, 0xFF5F)} | {ord("∕"): ord("/")}
YEAR = r"(?:19[5-9]|20[0-4])\d"
OLD_YEAR = r"[5-9]\d"  # GB 3838—88
DASH = r"\s{0,2}[-—–―−~]{1,2}\s{0,2}"


def _any(codes: Iterable[str]) -> str:
    return "|".join(sorted(codes, key=len, reverse=True))


NUMBER = lazy_regex(
    rf"""
    (?<![A-Za-z0-9/.-])
    (?:
        (?P<national>{_any(NATIONAL)})
      | (?P<local>DBJ?\s?\d\d(?:\d\d)?(?=\s?[/T\s—–-]))  # DB51/T 1234, DB5104/T 3, DBJ51/T 012
      | (?P<group>T/[A-Z]{{2,8}})                       # T/CECS 10001—2019
      | (?P<international>{_any(INTERNATIONAL)})
      | (?P<industry>{_any(INDUSTRIES)})
    )
    (?:\s?/?\s?(?P<kind>[TZ])(?![A-Za-z]))?             # recommended, guiding; scans lose the /
    [\s/—-]{{0,3}}
    (?P<serial>[A-Z]?\d{{1,6}}(?:\.\d{{1,3}}){{0,2}})      # 19001.1; JTG D20
    (?:{DASH}(?P<year>{YEAR}|{OLD_YEAR})|\s?:\s?(?P<colon>{YEAR}|{OLD_YEAR}))?
    (?![A-Za-z%‰℃]|\.?\d|{DASH}\d)
    """,
    re.VERBOSE,
)
HINT = lazy_regex(r"[A-ZＡ-Ｚ]{2}|T/")
# a word near the number of an industry's or an international standard; models of goods have none
WORDS = lazy_regex(r"标准|规范|规程|技术要求|导则|认证|体系|执行|符合|》")
NEAR = 30  # characters on each side
SHORTEST = 3  # figures of a number without a year
TITLE_BEFORE = lazy_regex(r"《(?P<title>[^《》\n]{2,60})》\s?[(]?\s?$")
TITLE_AFTER = lazy_regex(r"\s?《(?P<title>[^《》\n]{2,60})》")


@dataclass(frozen=True, slots=True)
class Standard:
    """The number of a standard inside a text; ``text[start:end]`` is as printed."""

    code: str  # GB/T
    serial: str  # 9704
    year: str  # 2012; empty if none is printed
    start: int
    end: int
    title: str = ""  # that stands beside it, in 《》

    @property
    def name(self) -> str:
        """Its number in one form: GB/T 9704—2012, ISO 9001:2015."""
        dash = INTERNATIONAL_MARK if self.code in INTERNATIONAL else "—"
        return f"{self.code} {self.serial}{dash if self.year else ''}{self.year}"

    @property
    def id(self) -> str:
        """Its number as an anchor: gb-t-9704-2012."""
        return re.sub(r"[^a-z0-9.]+", "-", self.name.lower())

    @property
    def family(self) -> str:
        """Its code without /T or /Z: GB, DB51; T and ISO of T/CECS and ISO/IEC."""
        return self.code.partition("/")[0]


def find_standards(text: str) -> Iterator[Standard]:
    """Find the numbers of standards in a text, in their order."""
    if not HINT.search(text):
        return
    plain = text.translate(FULL_WIDTH)
    for found in NUMBER.finditer(plain):
        if _is_standard(plain, found):
            yield _standard(plain, found)


def _is_standard(text: str, found: re.Match[str]) -> bool:
    """Whether letters and figures are the number of a standard."""
    start, end = found.span()
    if text[:start].rstrip()[-1:].isdigit():  # 64 GB 3200
        return False
    year = found["year"] or found["colon"]
    if found["national"]:
        return bool(year) or bool(found["kind"]) or len(found["serial"]) >= SHORTEST
    if found["local"]:
        return bool(year or found["kind"])
    if found["group"]:
        return bool(year)
    near = text[max(0, start - NEAR) : start] + text[end : end + NEAR]
    if not WORDS.search(near):
        return False
    return bool(year or found["international"] or (found["kind"] and "/" in found[0]))


def _standard(text: str, found: re.Match[str]) -> Standard:
    letters = next(filter(None, (found[group] for group in GROUPS)))
    kind = f"/{found['kind']}" if found["kind"] else ""
    year = found["year"] or found["colon"] or ""
    before = TITLE_BEFORE.search(text, max(0, found.start() - 70), found.start())
    title = before or TITLE_AFTER.match(text, found.end())
    return Standard(
        re.sub(r"\s", "", letters) + kind,
        found["serial"],
        f"19{year}" if len(year) == 2 else year,
        found.start(),
        found.end(),
        title["title"] if title else "",
    )


GROUPS = ("national", "local", "group", "international", "industry")
