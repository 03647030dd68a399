"""Compose archives of any size from a few issues, to measure costs that grow with the archive.

A copy of an issue differs from the other copies as issues of different years do: in its number, in
all its years, and in the serials and titles of the documents that it contains and cites. These
change alike, so that citations still find their documents.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Sequence
from pathlib import Path

from generator.language.numerals import ZEROS, parse_year

EPOCH = 1950  # so that a gazette, and the older documents it cites, stays within 19xx and 20xx
OF_A_GAZETTE = 1_800  # issues
# characters with which no word in the title of an official document begins
MARKS = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥"
TYPES = re.compile(r"(?=(?:条例|办法|规定|细则|规则)(?!》的))|(?<=关于)")
SERIAL = re.compile(
    r"(?<=[〕\])）])(?P<serial>\d{1,4})(?=\s*号)|(?<=令第)(?P<decree>\d{1,4})(?=号)"
)
ISSUE = re.compile(r"第\s*\d+\s*期(?:\s*[（(]\s*总第\s*\d+\s*期\s*[）)])?")
# 2017 or 2017年, on a line of its own or before 第1期
YEAR = re.compile(
    r"^(?P<before>#*\s*)(?P<year>\d{4})\s*年?(?=[ \t]*(?:第\s*\d+\s*期|$))", re.MULTILINE
)
NUMERALS = "一二三四五六七八九"
# 2016年 · 二○一六年 · 2016~2020年
DATED = re.compile(
    rf"""
    (?P<before>(?<![\d{NUMERALS}{ZEROS}]))
    (?P<year>(?:19|20|１９|２０)\d\d | [一二][{NUMERALS}{ZEROS}]{{3}})
    (?=\s*年 | \s*[~～—－\-至到]{{1,2}}\s*(?:19|20)\d\d\s*年)
    """,
    re.VERBOSE,
)
# 〔2016〕 · [2016] · （2016）
BRACKETED = re.compile(
    r"(?P<before>[〔\[［（(【﹝]\s*)(?P<year>(?:19|20|１９|２０)\d\d)(?=\s*[〕\]］）)】﹞])"
)


def issue_folders(paths: Sequence[Path]) -> list[Path]:
    """List the issue folders among paths and below them."""
    found = (file.parent for path in paths for file in path.rglob("issue.md"))
    return sorted(set(found))


def shift_years(text: str, years: int) -> str:
    """Move every year of a text; each keeps its kind of digits.

    By 3 years: ``川府发〔2016〕55号`` → 川府发〔2019〕55号, ``二○一六年`` → 二○一九年
    """
    for pattern in (DATED, BRACKETED):
        text = pattern.sub(lambda found: found["before"] + _print_year(found["year"], years), text)
    return text


def _print_year(printed: str, years: int) -> str:
    year = f"{parse_year(printed) + years:04}"
    if len(year) != 4:
        return printed
    if printed[0] in NUMERALS:
        zero = next((char for char in printed if char in ZEROS), "〇")
        return "".join((zero + NUMERALS)[int(digit)] for digit in year)
    return year if printed.isascii() else "".join("０１２３４５６７８９"[int(d)] for d in year)


def perturb(text: str, copy: int, issue: int) -> str:
    """Make a copy of an issue's text; in copy 0 only the number and the years change."""
    year, number = EPOCH + issue // 12, issue % 12 + 1
    if printed := YEAR.search(text):
        text = shift_years(text, year - int(printed["year"]))
    text = YEAR.sub(rf"\g<before>{year}", text, count=1)
    text = ISSUE.sub(f"第{number}期（总第{issue + 1}期）", text, count=1)
    if not copy:
        return text
    # a serial has five digits at most; copies that share an offset have other years
    more = 400 * (copy % 200)
    text = SERIAL.sub(lambda m: str(int(m.group()) + more), text)
    return TYPES.sub(_mark(copy), text)


def _mark(copy: int) -> str:
    more, last = divmod(copy, len(MARKS))
    return MARKS[last] + (_mark(more) if more else "")


def compose(folders: Sequence[Path], count: int, content: Path, first: int = 0) -> None:
    """Write ``count`` issues into an archive, from issue number ``first`` on.

    They are of one gazette, of further ones when its years are full.
    """
    for issue in range(first, first + count):
        gazette, own = divmod(issue, OF_A_GAZETTE)
        name = f"{gazette + 1}" if gazette else ""
        home = content / f"bench{name}"
        if not home.exists():
            home.mkdir(parents=True)
            (home / "gazette.toml").write_text(f'title = "测量用公报{name}"\n', "utf-8")
        source = folders[issue % len(folders)]
        text = (source / "issue.md").read_text("utf-8", errors="replace")
        folder = home / f"{EPOCH + own // 12}-{own % 12 + 1:02}"
        folder.mkdir()
        (folder / "issue.md").write_text(perturb(text, issue // len(folders), own), "utf-8")


def clear(*folders: Path) -> None:
    """Remove the folders that an earlier round wrote."""
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)
