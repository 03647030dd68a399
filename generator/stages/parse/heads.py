"""Heads of documents (公文首部), found by what they are and not by the contents.

A head is a title with at least one witness beside it: the document's number, the note of its
history (题注), its addressees, or a letterhead. Named clues, the strongest first, decide whether
such a head begins a document of its own or belongs to the document before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, TypeAlias

from generator.language.dates import parse_whole_date
from generator.language.document_numbers import CODED_INSIDE, DocumentNumber, read_number_line
from generator.language.document_types import document_type
from generator.language.ordinals import parse_ordinal
from generator.language.organs import ORGAN
from generator.stages.parse.body import closing_kind
from generator.stages.parse.clues import Clue, deciding
from generator.stages.parse.head_lines import addressee_lines, history_lines, is_label
from generator.stages.parse.lines import Line, fold_title
from generator.stages.parse.number_lines import (
    is_letterhead,
    is_number_line,
    is_registration,
)

Verdict: TypeAlias = Literal["document", "part"]
Witness: TypeAlias = Literal["number", "history", "addressees"]

TITLE_LINES = 8  # a title is printed on at most so many lines
LONGEST_LINE, LONGEST_TITLE, SHORTEST_TITLE = 90, 160, 6  # characters
NO_TITLE_ENDS = frozenset("。；：，、;:,.!?！？")
# what a title says after its issuer
MATTER = re.compile(r"关于|转发|批转|印发|公布|发布|修订|修改|废止")
ISSUER = re.compile(
    r"(?!关于|转发|批转|印发)[^，。《》]{2,60}?(?=关于|转发|批转|印发|公布|发布|修订|修改|废止)"
)
NUMBER_LINES = 5  # from a title to its number, a history note or a picture between them
MOST_SAID = 2  # of the beginning of a title: an organ
BELOW_NUMBER = 3  # lines from a number to the title under it, pictures aside
CITED_NUMBER = re.compile(CODED_INSIDE)
OPENING = 3000  # characters of a document in which it names what it transmits
QUOTED = re.compile(r"《([^《》]{2,200}(?:《[^《》]{2,100}》[^《》]{0,60})?)》")


class Titled(Protocol):
    """Lines [start, end) that are a title."""

    @property
    def start(self) -> int:
        """Index of its first line."""

    @property
    def end(self) -> int:
        """Index of the first line behind it."""


@dataclass(frozen=True, slots=True)
class Head:
    """A title, the witness beside it, and the features that the clues look at.

    ``lines[start:end]`` is the title.
    """

    start: int
    end: int
    title: str  # without blanks
    witness: Witness
    has_issuer: bool  # an organ opens the title
    has_matter: bool  # 关于, 印发 … stand in it
    under_letterhead: bool  # 某某人民政府文件 above
    is_labelled: bool  # 附件 stands right above
    after_close: bool  # a date, a note, a footer or nothing above
    is_transmitted: bool  # the document before names it


# the order is the priority
CLUES: tuple[Clue[Head, Verdict], ...] = (
    # 附件1 / 某市停车管理办法 / （2016年5月1日公布）
    Clue("labelled", "part", lambda head: head.is_labelled),
    # …现将《关于清理整顿社会团体的意见》转发给你们 … / 关于清理整顿社会团体的意见
    Clue("transmitted", "part", lambda head: head.is_transmitted),
    # 某市人民政府文件 / 某府发〔2016〕1号
    Clue("letterhead", "document", lambda head: head.under_letterhead),
    # 某市人民政府关于…的通知 / 某府发〔2016〕1号
    Clue(
        "number",
        "document",
        lambda head: head.witness == "number" and (head.has_issuer or head.has_matter),
    ),
    # 某市停车管理办法 / （2016年5月1日某市人民政府令第1号公布）
    Clue("history", "document", lambda head: head.witness == "history"),
    # 2016年5月1日 / 某市人民政府关于…的通知 / 各区人民政府：
    Clue(
        "addressees",
        "document",
        lambda head: head.witness == "addressees" and head.has_issuer and head.after_close,
    ),
    # 任免名单 / 某府人〔2016〕1号, after the date of the document before
    Clue(
        "number-after-close",
        "document",
        lambda head: head.witness == "number" and head.after_close,
    ),
    Clue("no-evidence", "part", lambda _: True),
)


def find_astray(lines: Sequence[Line], titles: Sequence[Titled]) -> Iterator[int]:
    """Find the lines that are a document's number and stand by no title."""
    near = {
        n for title in titles for n in range(title.start - NUMBER_LINES, title.end + NUMBER_LINES)
    }
    return (n for n, line in enumerate(lines) if n not in near and is_number_line(line))


def judge(head: Head) -> Clue[Head, Verdict]:
    """Give the clue that decides whether a head begins a document of its own."""
    return deciding(CLUES, head)


def find_heads(lines: Sequence[Line]) -> Iterator[Head]:
    """Find the heads in a text, in order; heads do not overlap."""
    free = 0  # first line that belongs to no head yet
    body = 0  # first line below the title of the document before
    for n in range(len(lines)):
        if n < free:
            continue
        witness = witness_at(lines, n)
        if witness is None:
            continue
        place = _title_above(lines, n, free)
        if place is None and witness == "number":
            place = _title_below(lines, n)
        if place is None:
            continue
        head = _head(lines, place, n, witness, body)
        yield head
        free = max(head.end, n + 1)
        if judge(head).verdict == "document":
            body = head.end


def witness_at(lines: Sequence[Line], n: int) -> Witness | None:
    """Give what a line is that only heads of documents have; None for any other line."""
    line = lines[n]
    if not line.is_text:
        return None
    if is_number_line(line):
        return "number"
    # most lines: nothing that can be a title stands above, and no colon ends what follows
    if not n or not lines[n - 1].is_text or lines[n - 1].text[-1] in NO_TITLE_ENDS:
        return None
    if line.text[0] in "（(":
        return "history" if history_lines(lines[n : n + 6]) else None
    return "addressees" if addressee_lines(lines[n : n + 5]) else None


def _title_above(lines: Sequence[Line], witness: int, free: int) -> tuple[int, int] | None:
    """Find the title that ends right above a line.

    Of several beginnings the one counts that says most: an organ, else what the title is about,
    else nothing but its type; of equals the nearest, for what stands above may be a table's name.
    """
    best: tuple[int, int] | None = None  # what the beginning says, the beginning
    joined = ""
    for start in range(witness - 1, max(free, witness - TITLE_LINES) - 1, -1):
        if not _may_belong_to_title(lines[start]):
            break
        joined = lines[start].compact + joined
        if len(joined) > LONGEST_TITLE:
            break
        if is_full_title(joined):
            says = 2 if opens_with_issuer(joined) else 1 if MATTER.search(joined) else 0
            if best is None or says > best[0]:
                best = (says, start)
            if says == MOST_SAID:
                break
    return (best[1], witness) if best else None


def _title_below(lines: Sequence[Line], number: int) -> tuple[int, int] | None:
    """Find the title under a number that stands above it, pictures between them left aside."""
    start = number + 1
    while start < len(lines) and lines[start].image and start <= number + BELOW_NUMBER:
        start += 1
    joined = ""
    for end in range(start, min(start + TITLE_LINES, len(lines))):
        if not _may_belong_to_title(lines[end]):
            break
        joined += lines[end].compact
        if len(joined) > LONGEST_TITLE:
            break
        if is_full_title(joined) and MATTER.search(joined):
            return start, end + 1
    return None


def title_end(lines: Sequence[Line], start: int) -> int:
    """Give the index behind a title that begins at a line: it reaches down to its last word."""
    joined = ""
    for end in range(start, min(start + TITLE_LINES, len(lines))):
        if not _may_belong_to_title(lines[end]):
            break
        joined += lines[end].compact
        if is_full_title(joined):
            return end + 1
    return start + 1


def _may_belong_to_title(line: Line) -> bool:
    text = line.text
    return (
        line.is_text
        and len(text) <= LONGEST_LINE
        and text[-1] not in NO_TITLE_ENDS
        and not parse_ordinal(text)
        and not closing_kind(line)
        and not is_label(line)
        and not is_number_line(line)
        and not is_registration(line)
    )


def is_full_title(text: str) -> bool:
    """Whether a text without blanks reads like a whole title: its last word is a 文种."""
    return SHORTEST_TITLE <= len(text) <= LONGEST_TITLE and bool(document_type(text))


def opens_with_issuer(text: str) -> bool:
    """Whether a title without blanks begins with the organ that issued it."""
    found = ISSUER.match(text)
    return bool(found and ORGAN.fullmatch(found.group().rstrip("、")))


def _head(
    lines: Sequence[Line], place: tuple[int, int], witness: int, kind: Witness, body: int
) -> Head:
    """Compute the features of a head; the document before it has its body from ``body`` on."""
    start, end = place
    top = min(start, witness)
    title = "".join(line.compact for line in lines[start:end])
    above = lines[top - 1] if top else None
    said = _beginning(lines, range(body, top))
    number = read_number_line(lines[witness].text)[0] if kind == "number" else None
    return Head(
        start=start,
        end=end,
        title=title,
        witness=kind,
        has_issuer=opens_with_issuer(title),
        has_matter=bool(MATTER.search(title)),
        under_letterhead=bool(above and is_letterhead(above.compact)),
        is_labelled=bool(above and is_label(above)),
        after_close=above is None or _closes(above),
        is_transmitted=_cites(said, number) if number else _quotes(said, title),
    )


def _beginning(lines: Sequence[Line], body: range) -> str:
    """Give the beginning of a document's body, in which it names what it transmits."""
    said: list[str] = []
    length = 0
    for n in body:
        said.append(lines[n].compact)
        length += len(said[-1])
        if length > OPENING:
            break
    return "".join(said)


def _quotes(said: str, title: str) -> bool:
    """Whether a text quotes a title in 《》, with its issuer or without."""
    wanted = fold_title(title)
    quoted = (fold_title(found) for found in QUOTED.findall(said))
    return any(name in wanted for name in quoted if len(name) >= SHORTEST_TITLE)


def _cites(said: str, number: DocumentNumber) -> bool:
    """Whether a text cites a document's number: what it transmits has one of its own."""
    printed = (DocumentNumber.parse(found[0]) for found in CITED_NUMBER.finditer(said))
    return any(other and str(other).endswith(str(number)) for other in printed)


def _closes(line: Line) -> bool:
    """Whether a line can be the last of a document: its date, a note, a footer, a picture."""
    text = line.compact
    return not line.is_text or bool(parse_whole_date(text)) or text[-1] in "）)发"
