"""Heads of documents (公文首部), found by what they are and not by the contents.

A head is a title with at least one witness beside it: the document's number, the note of its
history (题注), its addressees, the formula …如下：, or a letterhead. Named clues, the strongest
first, decide whether such a head begins a document of its own or belongs to the document before it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal, Protocol, TypeAlias

from generator.language.dates import is_whole_date
from generator.language.document_numbers import CODED_INSIDE, NUMBER_WITHIN, DocumentNumber
from generator.language.document_types import document_type
from generator.language.head_parts import read_number_line
from generator.language.numerals import half_width
from generator.language.ordinals import parse_ordinal
from generator.language.organs import ORGAN
from generator.runtime.patterns import lazy_regex
from generator.stages.parse.body import closing_clue
from generator.stages.parse.clues import Clue, deciding
from generator.stages.parse.head_lines import (
    addressee_lines,
    are_addressees,
    history_lines,
    is_label,
)
from generator.stages.parse.lines import ALIKE, Line, fold_title, likeness
from generator.stages.parse.number_lines import (
    head_above,
    is_letterhead,
    is_number_line,
    stands_beside,
)

Verdict: TypeAlias = Literal["document", "part"]
Witness: TypeAlias = Literal["number", "history", "addressees", "articles", "as-follows"]

TITLE_LINES = 8  # a title is printed on at most so many lines
LONGEST_LINE, LONGEST_TITLE, SHORTEST_TITLE = 90, 160, 6  # characters
NO_TITLE_ENDS = frozenset("。；：，、;:,.!?！？")
# what a title says after its issuer
MATTER = lazy_regex(r"关于|转发|批转|印发|公布|发布|修订|修改|废止")
ISSUER = lazy_regex(
    r"(?!关于|转发|批转|印发)[^，。《》]{2,60}?(?=关于|转发|批转|印发|公布|发布|修订|修改|废止)"
)
NUMBER_LINES = 5  # from a title to its number, a history note or a picture between them
MOST_SAID = 2  # of the beginning of a title: an organ
BESIDE_LINES = 8  # lines between a title and its number, on either side
CITED_NUMBER = lazy_regex(CODED_INSIDE)
OPENING = 3000  # characters of a document in which it names what it transmits
FIGURE_LABEL = lazy_regex(r"附\s*[图表]")  # what it labels is no text
# 现将有关事项通告如下： with which a document without number and addressees begins
AS_FOLLOWS = lazy_regex(r"(?:如下|如次)[:：]")
QUOTED = lazy_regex(r"《([^《》]{2,200}(?:《[^《》]{2,100}》[^《》]{0,60})?)》")


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
    articles_above: bool  # the document before is a regulation with articles of its own


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
    # 2016年5月1日 / 某市人民政府关于…的通告 / 为了…，现通告如下：
    Clue(
        "as-follows",
        "document",
        lambda head: head.witness == "as-follows" and head.has_issuer and head.after_close,
    ),
    # 任免名单 / 某府人〔2016〕1号, after the date of the document before
    Clue(
        "number-after-close",
        "document",
        lambda head: head.witness == "number" and head.after_close,
    ),
    # 某市停车管理办法 / 第一章　总则, below the articles of another regulation
    Clue(
        "articles-again",
        "document",
        lambda head: head.witness == "articles" and head.articles_above,
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
    article = -1  # the last line that begins an article after the first one
    for n in range(len(lines)):
        if _is_later_article(lines[n]):
            article = n
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
        head = replace(head, articles_above=article >= body)
        yield head
        free = max(head.end, n + 1)
        if judge(head).verdict == "document":
            body = head.end


def witness_at(lines: Sequence[Line], n: int) -> Witness | None:
    """Give what a line is that only heads of documents have; None for any other line."""
    line = lines[n]
    text = line.text
    if not line.is_text or not text:  # a line of marks alone has no text
        return None
    if ("号" in text or "號" in text) and (is_number_line(line) or _is_addressed_number(line)):
        return "number"
    # most lines: nothing that can be a title stands above, and no colon ends what follows
    if not n or lines[n - 1].cells:
        return None
    if not lines[n - 1].image and lines[n - 1].text[-1:] in NO_TITLE_ENDS:
        return None
    if line.text[0] == "第":
        return "articles" if _is_first_unit(line) else None
    if line.text[0] in "（(":
        return "history" if history_lines(lines[n : n + 6]) else None
    if AS_FOLLOWS.fullmatch(line.compact[-3:]):
        return "as-follows"
    return "addressees" if addressee_lines(lines[n : n + 5]) else None


def _is_first_unit(line: Line) -> bool:
    """Whether a line begins a regulation: 第一章　总则, or 第一条 of one without chapters."""
    ordinal = parse_ordinal(line.text)
    return ordinal is not None and ordinal.style in ("chapter", "article") and ordinal.number == 1


def _is_later_article(line: Line) -> bool:
    if line.text[:1] != "第" or not line.is_text:
        return False
    ordinal = parse_ordinal(line.text)
    return ordinal is not None and ordinal.style == "article" and ordinal.number > 1


def _is_addressed_number(line: Line) -> bool:
    """Whether a line is a number with its addressees: 某府发〔2016〕1号 各县人民政府：."""
    if not line.text.endswith((":", "：")) or not NUMBER_WITHIN.search(line.text):
        return False
    number, addressees = read_number_line(line.text)
    return number is not None and are_addressees(addressees)


def _title_above(lines: Sequence[Line], witness: int, free: int) -> tuple[int, int] | None:
    """Find the title that ends right above a line.

    Of several beginnings the one counts that says most: an organ, else what the title is about,
    else nothing but its type; of equals the nearest, for what stands above may be a table's name.
    """
    best: tuple[int, int] | None = None  # what the beginning says, the beginning
    joined = ""
    end = witness
    while end > max(free, witness - BESIDE_LINES) and _is_between(lines[end - 1]):
        end -= 1
    for start in range(end - 1, max(free, end - TITLE_LINES) - 1, -1):
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
    return (best[1], end) if best else None


def _title_below(lines: Sequence[Line], number: int) -> tuple[int, int] | None:
    """Find the title under a number, letterhead and pictures between them left aside."""
    start = number + 1
    while start < min(len(lines), number + BESIDE_LINES) and (
        _is_between(lines[start]) or is_letterhead(lines[start].compact)
    ):
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


def _is_between(line: Line) -> bool:
    """Whether a line may stand between a title and its number: a picture, 特急, 登记号：…."""
    return bool(line.image) or stands_beside(line)


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


def may_begin_document(line: Line) -> bool:
    """Whether no decision of an editor says that a line is something else than a title."""
    return line.decided in (None, "document", "title")


def _may_belong_to_title(line: Line) -> bool:
    if line.decided:
        return may_begin_document(line)
    text = line.text
    return (
        line.is_text
        and len(text) <= LONGEST_LINE
        and text[-1:] not in NO_TITLE_ENDS
        and not parse_ordinal(text)
        and not closing_clue(line)
        and not is_label(line)
        and not is_number_line(line)
        and not stands_beside(line)
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
    top, letterhead = head_above(lines, start, end, 0)
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
        under_letterhead=letterhead,
        is_labelled=bool(above and is_label(above) and not FIGURE_LABEL.match(above.text)),
        after_close=above is None or _closes(above),
        is_transmitted=_cites(said, number) if number else _quotes(said, title),
        articles_above=False,
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
    quoted = {fold_title(found) for found in QUOTED.findall(said)}
    names = [name for name in quoted if len(name) >= SHORTEST_TITLE]
    # a title with a misread character is quoted too
    return any(name in wanted or likeness(name, wanted) >= ALIKE for name in names)


def _cites(said: str, number: DocumentNumber) -> bool:
    """Whether a text cites a document's number: what it transmits has one of its own."""
    if str(number.serial) not in half_width(said):  # far cheaper than to look for all numbers
        return False
    printed = (DocumentNumber.parse(found[0]) for found in CITED_NUMBER.finditer(said))
    return any(other and str(other).endswith(str(number)) for other in printed)


def _closes(line: Line) -> bool:
    """Whether a line can be the last of a document: its date, a note, a footer, a picture."""
    text = line.compact
    return not line.is_text or is_whole_date(text) or text.endswith(("）", ")", "发"))
