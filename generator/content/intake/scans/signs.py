"""Settle punctuation that recognition mixes up, where what is printed around it leaves no doubt."""

from __future__ import annotations

import re
import statistics
from collections.abc import Callable, Sequence
from itertools import pairwise

import msgspec

from generator.content.intake.scans.values import ScannedLine
from generator.content.intake.sheets.page import is_wide

# 〔2016] · [2016〕: the two brackets of a year are of one kind, and 〔 is read for no other; a pair
# [2016] is left for normalize, for some gazettes print it
YEAR = re.compile(r"(?P<opens>[〔\[［【])(?P<year>\d{4})(?P<closes>[〕\]］】])")
ROUND = "〔〕"
# 《关于印发〈规划>的通知》: between ideographs, in a line with titles
INNER = re.compile(
    r"<(?=[\u4e00-\u9fff\d“])|(?<=[\u4e00-\u9fff”）)])>(?=[\u4e00-\u9fff》〉，。、；（(])"
)
TITLE = re.compile(r"[《》〈〉]")
INNER_OF = {"<": "〈", ">": "〉"}
# 16一5: no ideograph stands between two digits
DASH = re.compile(r"(?<=[0-9])一(?=[0-9])")
# 3.城镇: the point of an item
ITEM = re.compile(r"(?<=[0-9])\.(?=(?P<blank>\s?)[\u4e00-\u9fff])")
WIDE_POINT = 1.6  # sizes from the digit before a point of full width to the ideograph after it


def settled(line: ScannedLine) -> ScannedLine:
    """Give a line with its punctuation settled; each character keeps its place."""
    text = line.text
    for rule in RULES:
        text = rule(text, line.centres)
    return msgspec.structs.replace(line, text=text) if text != line.text else line


def pair_brackets(text: str, _centres: Sequence[float]) -> str:
    """Make both brackets of a year 〔〕 where one of them was read so: 〔2016] → 〔2016〕."""

    def paired(found: re.Match[str]) -> str:
        if found["opens"] != ROUND[0] and found["closes"] != ROUND[1]:
            return found[0]
        return f"{ROUND[0]}{found['year']}{ROUND[1]}"

    return YEAR.sub(paired, text)


def make_inner_title_marks(text: str, _centres: Sequence[float]) -> str:
    """Make < and > the marks of an inner title: 《关于〈规划>的通知》 → 《关于〈规划〉的通知》."""
    if not TITLE.search(text):
        return text
    return INNER.sub(lambda found: INNER_OF[found[0]], text)


def make_dashes(text: str, _centres: Sequence[float]) -> str:
    """Make 一 between two digits a dash: 16一5 → 16—5."""
    return DASH.sub("—", text)


def widen_points(text: str, centres: Sequence[float]) -> str:
    """Make the point of an item full-width where it takes the place of a character: 3．城镇."""
    steps = [
        after - before
        for (a, before), (b, after) in pairwise(zip(text, centres, strict=True))
        if is_wide(a) and is_wide(b)
    ]
    if not steps:
        return text
    usual = statistics.median(steps)
    size = statistics.fmean(step for step in steps if step < usual * WIDE_POINT)

    def widened(found: re.Match[str]) -> str:
        room = centres[found.end("blank")] - centres[found.start() - 1]
        return "．" if room > WIDE_POINT * size else found[0]

    return ITEM.sub(widened, text)


# each keeps the count of characters; the order does not matter
RULES: tuple[Callable[[str, Sequence[float]], str], ...] = (
    pair_brackets,
    make_inner_title_marks,
    make_dashes,
    widen_points,
)
