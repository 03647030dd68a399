"""Find what the scan probably misread, by what official Chinese and the issue itself make likely.

These findings take longer than all stages together and never reach a page, so no build looks for
them: `gazette check` asks for them. Nothing is ever changed by them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from generator.language.ideographs import HAN
from generator.language.likelier import likeliest_here
from generator.language.noisy_channel import Suspect, suspects
from generator.model import Diagnostic, Issue, Lines, Table
from generator.model.codes import diagnostic
from generator.model.edits import line_at
from generator.runtime.patterns import lazy_regex
from generator.stages.check.readings import UNKNOWN, Reading, reading_at

BESIDE = 8  # characters on each side by which a place is found in its line
SHOWN = 5  # characters on each side that a message repeats
IDEOGRAPH, OTHERS = lazy_regex(f"[{HAN}]"), lazy_regex(f"[^{HAN}]")
# what a line may have between two ideographs of a text, where one character stands for all others:
# a class of characters in each of the many places of a pattern takes long to compile
OTHER = "\0"
BETWEEN = rf"{OTHER}{{0,12}}"
SAID = {
    "look-alike": "疑为形近字误识",
    "changed-over": "两字疑为颠倒",
    "doubled": "疑为重复",
    "lost": "疑有脱字",
}


class Text(NamedTuple):
    """A text of an issue, and the source lines that it came from."""

    text: str
    breaks: tuple[tuple[int, int], ...]


def find_misreadings(
    issue: Issue, learned: Mapping[str, int] | None = None
) -> tuple[Diagnostic, ...]:
    """Report each place that is probably misread, with the likely reading, in the order of lines.

    ``learned`` are counts of the gazette's own text (`gazette learn`). Left out are names of
    people, what is reported already, and what an editor has confirmed.
    """
    texts = list(texts_of(issue))
    lines = issue.source.text.split("\n")
    names = _names(issue)
    found = [
        _finding(texts[one.text], one, lines)
        for one in suspects([text.text for text in texts], learned)
        if not _is_name(texts[one.text].text, one, names)
    ]
    found += _foreign(lines)
    found += _letters_in_numbers(lines)
    confirmed = {(c.code, c.line) for c in issue.source.confirmed}
    known = {_corrected(one, lines) for one in issue.diagnostics if one.before}
    return tuple(
        sorted(
            (
                one
                for one in set(found)
                if (one.code, one.lines.first) not in confirmed
                and not (one.before and _corrected(one, lines) in known)
            ),
            key=lambda one: (one.lines.first, one.code, one.message),
        )
    )


def _corrected(one: Diagnostic, lines: Sequence[str]) -> tuple[int, str]:
    line = lines[one.lines.first - 1] if one.lines.first <= len(lines) else ""
    return one.lines.first, line.replace(one.before, one.after, 1)


def texts_of(issue: Issue) -> Iterator[Text]:
    """Give the texts of an issue that are read: its blocks, and the cells of its tables."""
    for document in issue.documents:
        for block in document.all_blocks():
            if isinstance(block, Table):
                breaks = block.breaks_of_cells()
                for row, column, text in block.cells():
                    if text:
                        own = ((0, block.row_lines[row]),)
                        yield Text(text, breaks.get((row, column), own))
            else:
                yield Text(block.text, block.breaks)


def _names(issue: Issue) -> re.Pattern[str] | None:
    """Give the names of people that the issue tells, as one pattern."""
    people = {a.person for document in issue.documents for a in document.appointments}
    listed = sorted((re.escape(name) for name in people if len(name) > 1), reverse=True)
    return re.compile("|".join(listed)) if listed else None


def _is_name(text: str, one: Suspect, names: re.Pattern[str] | None) -> bool:
    """Whether a name, or its edge, is what the suspect would change."""
    if names is None:
        return False
    start = max(one.start - BESIDE, 0)
    around = text[start : one.end + BESIDE]
    return any(
        start + name.start() - 1 < one.end and one.start < start + name.end() + 1
        for name in names.finditer(around)
    )


def _finding(text: Text, one: Suspect, lines: Sequence[str]) -> Diagnostic:
    number = line_at(text.breaks, one.start)
    printed = text.text[one.start : one.end]
    left = text.text[max(one.start - SHOWN, 0) : one.start]
    right = text.text[one.end : one.end + SHOWN]
    message = (
        f"{SAID[one.kind]}：“{left}{printed}{right}”，疑应作“{left}{one.reading}{right}”"
        f"（把握约{one.confidence:.0%}），请核对原件"
    )
    reading = _in_line(text, one, number, lines)
    return diagnostic("misreading", Lines(number, number), message, reading, one.confidence)


def _in_line(text: Text, one: Suspect, number: int, lines: Sequence[str]) -> Reading:
    """Give the reading of a place in its source line, found by the characters around it.

    A line has blanks, marks and half-width punctuation that the text lacks.
    """
    if number > len(lines):
        return UNKNOWN
    line = lines[number - 1]
    first = max((offset for offset, _ in text.breaks if offset <= one.start), default=0)
    last = min((offset for offset, _ in text.breaks if offset > one.start), default=len(text.text))
    start, end = max(one.start - BESIDE, first), min(one.end + BESIDE, last)
    before, within, behind = (
        BETWEEN.join(IDEOGRAPH.findall(part))
        for part in (text.text[start : one.start], text.text[one.start : one.end],
                     text.text[one.end : end])
    )  # fmt: skip
    parts = [f"(?:{before}){BETWEEN}"] * bool(before) + [f"(?P<at>{within})"]
    parts += [f"{BETWEEN}(?:{behind})"] * bool(behind)
    places = list(re.finditer("".join(parts), OTHERS.sub(OTHER, line)))
    if not places:
        return UNKNOWN
    nth = 0
    if len(places) > 1:  # by its count among the same words of the text
        above = OTHERS.sub(OTHER, text.text[first : one.start])
        nth = len(re.findall("".join(parts), above))
    place = places[min(nth, len(places) - 1)]
    return reading_at(line, place.start("at"), place.end("at"), one.reading)


# a character that stands where only an ideograph can, and says nothing: � □ ■
UNREAD = lazy_regex(rf"(?P<before>[{HAN}]*)(?P<unread>[\ufffd□■▇▢])(?P<behind>[{HAN}]*)")
# a full stop read as a letter or a figure: 会议o全市, 会议6全市
STOP = lazy_regex(rf"(?<=[{HAN}])(?P<stop>[oOｏＯ°6６])(?=[{HAN}])")
FIGURES = "6６"
BLOOD = "型"  # O型
MEASURED = frozenset(
    "个名次项年月日号条款张份家所户人位件篇期级类种元万亿千百十倍套批座处点时分秒天周届轮台辆艘架吨米"
    "亩公平里岁班组队支片块层间栋幢县市区镇乡村度本册页章节编卷集部场站线路口大小多余至学季厘毫克升"
    "双对副根株棵头只匹股宗起例门课环维带核园省校厅局委院座寸英海立方颗粒成两瓶箱包袋笔道眼"
)
LEAST_STOP = 0.7  # confidence


def _foreign(lines: Sequence[str]) -> Iterator[Diagnostic]:
    """Report characters that cannot be meant between ideographs, with the likeliest reading."""
    for number, line in enumerate(lines, 1):
        if "\ufffd" in line or "□" in line or "■" in line or "▇" in line or "▢" in line:
            for found in UNREAD.finditer(line):
                if not found["before"] and not found["behind"]:
                    continue  # a box to tick, a space to fill in
                yield _unread(number, line, found)
        for found in STOP.finditer(line):
            if found["stop"] not in FIGURES and line[found.end()] == BLOOD:
                continue
            if found["stop"] in FIGURES and (
                line[found.end()] in MEASURED or line[found.start() - 1] in "第表图附件注"
            ):
                continue
            yield _stop(number, line, found)


def _unread(number: int, line: str, found: re.Match[str]) -> Diagnostic:
    likely, confidence = likeliest_here(found["before"][-BESIDE:], found["behind"][:BESIDE])
    start, end = found.span("unread")
    around = line[max(start - SHOWN, 0) : end + SHOWN]
    message = f"“{around}”中有没有识别出的字“{found['unread']}”"
    message += f"，疑应作“{likely}”，请核对原件" if likely else "，请核对原件"
    reading = reading_at(line, start, end, likely) if likely else UNKNOWN
    return diagnostic("misreading", Lines(number, number), message, reading, confidence or None)


def _stop(number: int, line: str, found: re.Match[str]) -> Diagnostic:
    start, end = found.span("stop")
    around = line[max(start - SHOWN, 0) : end + SHOWN]
    message = f"汉字之间的“{found['stop']}”疑为句号误识：“{around}”，请核对原件"
    reading = reading_at(line, start, end, "。")
    return diagnostic("misreading", Lines(number, number), message, reading, LEAST_STOP)


# 20l6, 1O%, G42l6: letters that look like 0 and 1 among figures, and no other letters beside them;
# the letter of a road stands before its number
LETTERS = {"O": "0", "o": "0", "l": "1", "I": "1", "О": "0", "Ｏ": "0"}
MIXED = lazy_regex(
    r"""
    (?<![A-Za-z0-9])
    (?: [GSXYZ] (?=[0-9]) )?
    (?P<number>
        [0-9]+ [OolIОＯ] [0-9OolIОＯ]*
      | [OolIОＯ]+ [0-9] [0-9OolIОＯ]*
    )
    (?![A-Za-z0-9])
    """,
    re.VERBOSE,
)
ADDRESS = lazy_regex(r"[A-Za-z]{2}|[@_\\]|://")
SURE_NUMBER = 0.9


def _letters_in_numbers(lines: Sequence[str]) -> Iterator[Diagnostic]:
    """Report letters that stand for figures in a number, a percentage, a year."""
    for number, line in enumerate(lines, 1):
        for found in MIXED.finditer(line):
            printed = found["number"]
            read = "".join(LETTERS.get(c, c) for c in printed)
            if _is_address(line, found):
                continue
            message = f"数字“{printed}”中有形似数字的字母，疑应作“{read}”，请核对原件"
            reading = reading_at(line, *found.span("number"), read)
            yield diagnostic("misreading", Lines(number, number), message, reading, SURE_NUMBER)


def _is_address(line: str, found: re.Match[str]) -> bool:
    """Whether a number is part of an address on the web."""
    around = line[max(found.start() - 40, 0) : found.end() + 40]
    words = re.split(r"[\s\u4e00-\u9fff，。（）]", around)
    word = next((word for word in words if found[0] in word), "")
    return bool(ADDRESS.search(word.replace(found[0], "0")))
