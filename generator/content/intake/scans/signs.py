"""Settle punctuation that recognition mixes up, where what is printed around it leaves no doubt."""

from __future__ import annotations

import re
import statistics
from collections.abc import Callable, Sequence
from itertools import pairwise

import msgspec

from generator.content.intake.scans.values import ScannedLine
from generator.content.intake.sheets.page import is_wide
from generator.runtime.patterns import lazy_regex

# brackets that are taken for one another: 〔2016] · （试行)
PAIRS = {"〔": "〕", "[": "]", "［": "］", "（": "）", "(": ")"}
KINDS = {"〔": "square", "[": "square", "［": "square", "（": "round", "(": "round"}
KINDS |= {PAIRS[opening]: kind for opening, kind in KINDS.items()}
# of a pair that was read in two ways, the one that is read for no other
SURER = {"square": "〔", "round": "（"}
# 〔〔2016〕: one bracket that was read twice
TWICE = lazy_regex(r"(?P<bracket>[〔\[])[〔\[](?=\d{4}[〕\]])")
# 《关于印发〈规划>的通知》: between ideographs, in a line with titles
INNER = lazy_regex(
    r"<(?=[\u4e00-\u9fff\d“])|(?<=[\u4e00-\u9fff”）)])>(?=[\u4e00-\u9fff》〉，。、；（(])"
)
TITLE = lazy_regex(r"[《》〈〉]")
INNER_OF = {"<": "〈", ">": "〉"}
# 16一5: no ideograph stands between two digits
DASH = lazy_regex(r"(?<=[0-9])一(?=[0-9])")
# 3.城镇: the point of an item
ITEM = lazy_regex(r"(?<=[0-9])\.(?=(?P<blank>\s?)[\u4e00-\u9fff])")
WIDE_POINT = 1.6  # sizes from the digit before a point of full width to the ideograph after it


def settled(line: ScannedLine) -> ScannedLine:
    """Give a line with its punctuation settled; each character keeps its place."""
    while twice := TWICE.search(line.text):
        line = _without(line, twice.start())
    text = line.text
    for rule in RULES:
        text = rule(text, line.centres)
    return msgspec.structs.replace(line, text=text) if text != line.text else line


def _without(line: ScannedLine, n: int) -> ScannedLine:
    """Give a line without one of its characters."""
    return msgspec.structs.replace(
        line,
        text=line.text[:n] + line.text[n + 1 :],
        centres=line.centres[:n] + line.centres[n + 1 :],
        certain=line.certain[:n] + line.certain[n + 1 :],
    )


def pair_brackets(text: str) -> str:
    """Make both brackets of a pair the same: 〔2016] → 〔2016〕; both [2016] stay as they are.

    A paragraph is looked at in whole, because its lines break between the brackets of a pair.
    """
    paired = list(text)
    open_ones: list[int] = []
    for n, each in enumerate(text):
        kind = KINDS.get(each)
        if kind is None:
            continue
        if each in PAIRS:
            open_ones.append(n)
        elif open_ones and KINDS[text[open_ones[-1]]] == kind:
            first = open_ones.pop()
            if PAIRS[text[first]] != each:
                paired[first], paired[n] = SURER[kind], PAIRS[SURER[kind]]
    return "".join(paired)


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
    make_inner_title_marks,
    make_dashes,
    widen_points,
)
