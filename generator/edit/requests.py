"""What the page asks for when an editor does something → an act with changes of files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal, TypeAlias

import msgspec

from generator.edit.acts import AddTerm, Append, Change, Conflict, Cut, Move
from generator.edit.desk import Desk
from generator.edit.journal import Act
from generator.language.unseen import INVISIBLE
from generator.model import Begins, Source
from generator.model.edits import pieces

SCAN, PRINT = "扫描误认", "原文印误"
LONGEST_LABEL = 60
SHORTEST_NAME = 16  # characters by which a place within a line is named


class Correct(msgspec.Struct, frozen=True, tag="correct"):
    """Another reading: of characters of a source line, or of the published text of that line."""

    line: int  # of the joined text
    to: str
    printed: str = ""  # as in the source line; empty if start and end are given
    start: int = 0  # in the published text of the line
    end: int = 0
    words: str = ""  # the published characters that the editor saw from start to end
    of: Literal["scan", "print"] = "scan"
    why: str = ""
    finding: str = ""


class Confirm(msgspec.Struct, frozen=True, tag="confirm"):
    """A finding that is right as printed (原文如此)."""

    finding: str
    why: str = ""


class Term(msgspec.Struct, frozen=True, tag="term"):
    """A word that is no error wherever it stands (不是错误)."""

    word: str
    finding: str = ""


class Decide(msgspec.Struct, frozen=True, tag="decide"):
    """What a line begins."""

    line: int
    begins: Begins
    text: str = ""  # within the line; the whole line if empty
    start: int = 0  # … or where it begins in the published text of the line
    end: int = 0
    words: str = ""  # the published characters that the editor saw from start to end
    why: str = ""
    finding: str = ""


Request: TypeAlias = Correct | Confirm | Term | Decide | Cut | Move


def act_of(request: Request, desk: Desk, finding_words: dict[str, tuple[str, int]]) -> Act:
    """Turn a request into an act.

    ``finding_words`` gives code and line of each finding by its id. Conflict says to the editor why
    the act cannot be.
    """
    match request:
        case Correct():
            return _correct(request, desk)
        case Confirm():
            return _confirm(request, desk.issue.source, finding_words)
        case Term():
            word = request.word.strip()
            if not word or "\n" in word or word.startswith("#"):
                raise Conflict("请先写出一个词")  # noqa: EM101
            return Act(f"不是错误：{word}", (AddTerm(word),), finding=request.finding)
        case Decide():
            return _decide(request, desk)
        case Cut() | Move():
            return entry_act(request)


def entry_act(change: Cut | Move) -> Act:
    """Take an entry back, or give it another line; the issue need not be readable for that."""
    what = "撤回" if isinstance(change, Cut) else f"改到第{change.line}行"
    return Act(f"{what}：{_shown(change.values)}", (change,))


def _correct(request: Correct, desk: Desk) -> Act:
    source = desk.issue.source
    line = _line(source, request.line)
    if request.printed:
        at = line.find(request.printed)
        end = at + len(request.printed)
    else:
        at, end = _place_chosen(desk, request)
    if at < 0 or at == end:
        raise Conflict(f"第{request.line}行里现在没有这几个字；没有改动任何文件")  # noqa: EM102
    to = INVISIBLE.sub("", "".join(request.to.splitlines()))  # what a paste brought along
    if request.printed == line:  # a line that was typed anew: what differs is the correction
        at, end, to = _differing(line, to)
    earlier = _earlier(desk, request.line, line, at, end)
    changes: list[Change] = []
    if earlier:  # a correction of a correction is one correction
        changes.append(Cut("correction", earlier.values))
        line, at, end, to = earlier.joined(line, at, end, to)
    printed, corrected = unique(line, at, end, to)
    if printed == corrected and not earlier:
        raise Conflict("改后与原来一样，没有改动任何文件")  # noqa: EM101
    if printed != corrected:
        why = request.why.strip() or (SCAN if request.of == "scan" else PRINT)
        entry = {**_place(source, request.line), "from": printed, "to": corrected, "why": why}
        if request.of == "print":
            entry["of"] = "print"
        changes.append(Append("correction", entry))
        changes += _carried(desk, request.line, printed, corrected)
    label = f"第{request.line}行：{printed} → {corrected}"
    return Act(label[:LONGEST_LABEL], tuple(changes), finding=request.finding)


def _place_chosen(desk: Desk, request: Correct | Decide) -> tuple[int, int]:
    """Find the characters of the source line that the editor chose in its published text."""
    published = published_text(desk, request.line)
    start, end = request.start, request.end
    if request.words and published[start:end] != request.words:
        # the page shows the cells of a row in another order: the words themselves decide
        start = published.find(request.words)
        if start < 0 or published.find(request.words, start + 1) >= 0:
            return -1, -1
        end = start + len(request.words)
    return place_in_line(_line(desk.issue.source, request.line), published, start, end)


def _differing(line: str, other: str) -> tuple[int, int, str]:
    """Give the part of a line, at least one character, that another text of it has otherwise."""
    shorter = min(len(line), len(other))
    start = next((n for n in range(shorter) if line[n] != other[n]), shorter)
    back = 0
    while back < shorter - start and line[-1 - back] == other[-1 - back]:
        back += 1
    end = len(line) - back
    if start == end:  # characters were put in: one that is there holds the place
        start, end = (start - 1, end) if start else (start, end + 1)
        back = len(line) - end
    return start, end, other[start : len(other) - back]


@dataclass(frozen=True, slots=True)
class _Earlier:
    """A correction that made a part of a line what it is now."""

    values: dict[str, str | int]
    at: int  # where its result stands
    printed: str
    corrected: str

    def joined(self, line: str, at: int, end: int, to: str) -> tuple[str, int, int, str]:
        """Take it back in a line, and give the line, the place and the text of both together."""
        stop = self.at + len(self.corrected)
        first, last = min(at, self.at), max(end, stop)
        wanted = line[first:at] + to + line[end:last]
        before = line[: self.at] + self.printed + line[stop:]
        return before, first, last - len(self.corrected) + len(self.printed), wanted


def _earlier(desk: Desk, number: int, line: str, at: int, end: int) -> _Earlier | None:
    """Find the last correction of a line whose result overlaps ``line[at:end]``."""
    place = _place(desk.issue.source, number)
    for key, values in reversed(desk.entries):
        if key != "correction" or any(values.get(name) != given for name, given in place.items()):
            continue
        corrected = str(values.get("to", ""))
        found = line.find(corrected) if line.count(corrected) == 1 else -1
        if found >= 0 and at < found + len(corrected) and found < end:
            kept = {name: one for name, one in values.items() if isinstance(one, str | int)}
            return _Earlier(kept, found, str(values.get("from", "")), corrected)
    return None


def _carried(desk: Desk, number: int, printed: str, corrected: str) -> Iterator[Change]:
    """Write the decisions about a line anew whose text has what is corrected there."""
    place = _place(desk.issue.source, number)
    for key, values in desk.entries:
        if key != "decision" or any(values.get(name) != given for name, given in place.items()):
            continue
        text = str(values.get("text", ""))
        now = text.replace(printed, corrected).strip()
        if text.count(printed) == 1 and now:
            kept = {name: one for name, one in values.items() if isinstance(one, str | int)}
            yield Cut("decision", kept)
            yield Append("decision", {**kept, "text": now})


def _confirm(request: Confirm, source: Source, finding_words: dict[str, tuple[str, int]]) -> Act:
    if request.finding not in finding_words:
        raise Conflict("这一处已经变了，请看新的列表；没有改动任何文件")  # noqa: EM101
    code, line = finding_words[request.finding]
    text = _line(source, line).strip()
    if not text:
        raise Conflict("这一处不在某一行上，不能这样放过")  # noqa: EM101
    why = request.why.strip() or "核对原件，原文如此"
    entry: dict[str, str | int] = {"code": code, **_place(source, line), "text": text, "why": why}
    label = f"第{line}行：原文如此（{code}）"
    return Act(label, (Append("confirmed", entry),), finding=request.finding)


def _decide(request: Decide, desk: Desk) -> Act:
    source = desk.issue.source
    line = _line(source, request.line)
    text = request.text.strip() or line.strip()
    if request.start or request.end:
        text = _text_at(line, *_place_chosen(desk, request), whole=request.begins == "furniture")
    if not text or line.count(text) != 1:
        raise Conflict(f"第{request.line}行里没有恰好一处“{text[:20]}”")  # noqa: EM102
    why = request.why.strip() or "核对原件"
    entry: dict[str, str | int] = {
        **_place(source, request.line), "text": text, "begins": request.begins, "why": why,
    }  # fmt: skip
    label = f"第{request.line}行：{DECIDED[request.begins]}"
    return Act(label, (Append("decision", entry),), finding=request.finding)


def _text_at(line: str, at: int, end: int, *, whole: bool) -> str:
    """Give the text by which a place in a line is named: as short as may be, but for furniture."""
    if at < 0:
        return ""
    if whole:
        return line[at:end].strip()
    end = min(at + SHORTEST_NAME, len(line))
    while end < len(line) and line.count(line[at:end]) > 1:
        end += 1
    return line[at:end].strip()


DECIDED: dict[Begins, str] = {
    "document": "这里开始一篇",
    "title": "这是标题",
    "attachment": "这里开始附件",
    "heading": "这是小标题",
    "paragraph": "这里另起一段",
    "row": "这里开始表格的一行",
    "cell": "这里开始表格的一格",
    "joined": "接上一行",
    "furniture": "书眉、页码，不是正文",
    "entry-without-document": "目录有，正文不印",
}


def _line(source: Source, line: int) -> str:
    lines = source.text.split("\n")
    return lines[line - 1] if 0 < line <= len(lines) else ""


def _place(source: Source, line: int) -> dict[str, str | int]:
    """Give the keys that name a line in issue.toml."""
    part, number = source.part_of(line), source.place_of(line)[1]
    return {"file": part.name, "line": number} if part else {"line": number}


def _shown(values: dict[str, str | int]) -> str:
    words = values.get("from") or values.get("text") or values.get("why") or ""
    return str(words)[:LONGEST_LABEL]


def published_text(desk: Desk, line: int) -> str:
    """Give what is published of a source line."""
    parts = [
        text
        for document in desk.issue.documents
        for block in document.all_blocks()
        if block.lines.first <= line <= block.lines.last
        for text, number in pieces(block)
        if number == line
    ]
    return "".join(parts)


def place_in_line(line: str, published: str, start: int, end: int) -> tuple[int, int]:
    """Find the characters of a source line that ``published[start:end]`` was made of.

    Gives (-1, -1) where nothing corresponds.
    """
    if not 0 <= start < end <= len(published):
        return -1, -1
    first = last = -1
    for tag, a, b, c, d in SequenceMatcher(None, published, line, autojunk=False).get_opcodes():
        if b <= start or a >= end or tag == "insert":
            continue
        if tag == "equal" or b - a == d - c:  # character by character
            begin, stop = c + max(start - a, 0), c + min(end, b) - a
        else:
            begin, stop = c, d
        first = begin if first < 0 else first
        last = stop
    return (first, last) if first < last else (-1, -1)


def unique(line: str, start: int, end: int, to: str) -> tuple[str, str]:
    """Widen ``line[start:end]`` until it stands once in its line, and what it becomes once too.

    Only then does the build find it, and can the page mark what was corrected. Gives the text that
    stands there and the text that it becomes.
    """
    first, last = start, end
    after = line[:start] + to + line[end:]
    while (first, last) != (0, len(line)):
        printed, corrected = line[first:last], line[first:start] + to + line[end:last]
        if _once(line, printed) and (not corrected or _once(after, corrected)):
            break
        if last < len(line):
            last += 1
        else:
            first -= 1
    return line[first:last], line[first:start] + to + line[end:last]


def _once(line: str, part: str) -> bool:
    return line.find(part) == line.rfind(part) >= 0
