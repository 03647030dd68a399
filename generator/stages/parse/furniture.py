"""Parts of the printed page between the lines of a text (页码、书眉): found before documents are.

A running head may stand in a head, between a date and an attachment, in a sentence: so its line is
taken out before anything else is read, if it is certainly one. Named clues decide: those about the
line alone first, then those about the lines beside it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias

from generator.language.dates import YEAR
from generator.language.document_types import document_type
from generator.language.ordinals import parse_ordinal
from generator.model import LedgerEntry, Masthead, TocEntry
from generator.runtime.patterns import lazy_regex
from generator.stages.parse.body import closing_clue, is_signature
from generator.stages.parse.clues import Clue, deciding
from generator.stages.parse.headings import TERMINAL
from generator.stages.parse.lines import Line, fold_title

Verdict: TypeAlias = Literal["furniture", "text"]

LONGEST_FURNITURE = 60  # characters of such a line
# — 12 — · ·3· · －12－ · - 3 - · 第5页 · 第5页共48页 · 5/48, without blanks
PAGE_NUMBER = lazy_regex(
    r"(?:[—–―－-]{1,3}|[·•・])\d{1,4}(?:[—–―－-]{1,3}|[·•・])|第\d{1,4}页(?:[,，/]?共\d{1,4}页)?"
)
PAGE_OF = lazy_regex(r"[（(]?(?P<page>\d{1,4})[/／](?P<pages>\d{1,4})[)）]?")
# 某市人民政府公报2022年第5期, 2022.5某市人民政府公报, and the page number on the same line
GAZETTE = r"(?:(?![刊登载见于在的和与])[\u4e00-\u9fff]){2,20}(?:公报|政报)"
TOTAL = r"[（(]?总第?\d{1,5}期[）)]?"
ISSUE = lazy_regex(
    rf"(?:{YEAR}(?:年?第\d{{1,3}}期(?:{TOTAL})?|年?[.．/·]\d{{1,2}}(?:月)?|年\d{{1,2}}月)"
    rf"|第\d{{1,3}}期(?:{TOTAL})?|{TOTAL})"
)
# the same where no gazette is named: the year and the number of the issue
OWN_ISSUE = lazy_regex(
    rf"(?:(?P<year>{YEAR})年?)?第(?P<number>\d{{1,3}})期(?:[（(]?总第?(?P<total>\d{{1,5}})期[）)]?)?"
    r"|总第?(?P<only>\d{1,5})期"
)
MARKED = r"[·•・—–―－|-]{0,3}(?:\d{1,4})?[·•・—–―－|-]{0,3}"
BETWEEN = r"[·•・|]?"
FULL_ISSUE = rf"{YEAR}(?:年?第\d{{1,3}}期(?:[（(]?总第\d{{1,4}}期[）)]?)?|年?[.．/·]\d{{1,2}})"
RUNNING_HEAD = lazy_regex(
    rf"{MARKED}(?:{GAZETTE}{BETWEEN}{FULL_ISSUE}|{FULL_ISSUE}{BETWEEN}{GAZETTE}){MARKED}"
)
GAZETTE_NAME = lazy_regex(GAZETTE)
JOINTS = "·•・—–―－|/／,，、（）()-"
# what categories are called where the contents do not say it
CATEGORY = lazy_regex(
    r"(?:国务院|中央|上级|国家|省|市|区|县|州|盟|旗|自治[区州县])?"
    r"(?:委|人大|人民政府|政府|政府办公[厅室]|部门|办公[厅室])?(?:文件|规章|规范性文件|重要文件|令)"
    r"|(?:人事)?任免|人事(?:信息|工作)?|政务(?:动态|公开|信息|要闻)|(?:领导|重要)讲话|大事记|政策解读"
)
# …刊登于 | 示范市人民政府公报
REFERS = lazy_regex(r"(?:[刊登载见于在由向自从据照按查阅《“]|订阅|出版|发行|编辑|主办|办好|赠阅)\Z")
GOES_ON = lazy_regex(r"[》”上的]|编辑|刊[登载发]|是|编委|网站|杂志|发行")
ROUNDS = 3  # a running head has at most three lines: gazette, category, page
SHORTEST_CUT = 12  # characters of a line that a page edge may have cut
BETWEEN_PARTS = lazy_regex(rf"[\s{re.escape(JOINTS)}]+")
# 12 before a name or behind it, or alone
PAGE_BESIDE = lazy_regex(r"\A第?\d{1,4}页?|(?<=\D)第?\d{1,4}页?\Z")
TEXT_ENDS = frozenset("。；：，、;:,")
QUICK_ENDS = frozenset("0123456789期页—–―－-·•・)）/")


@dataclass(frozen=True, slots=True)
class RunningNames:
    """What the running heads of an issue may name (书眉)."""

    title: str = ""  # of the gazette, without blanks; empty if it is not known
    year: int | None = None
    number: int | None = None
    total: int | None = None
    categories: frozenset[str] = frozenset()
    titles: frozenset[str] = frozenset()  # of documents, folded: never running heads

    def is_own(self, issue: re.Match[str]) -> bool:
        """Whether a year and number are those of this issue; a part that is not printed fits."""
        printed = (
            (issue["year"], self.year),
            (issue["number"], self.number),
            (issue["total"] or issue["only"], self.total),
        )
        named = [(int(text), own) for text, own in printed if text]
        known = [(text, own) for text, own in named if own is not None]
        return bool(known) and all(text == own for text, own in known)


def running_names(masthead: Masthead, entries: Sequence[TocEntry]) -> RunningNames:
    """Collect the names from the masthead and the contents of an issue."""
    title = "".join(masthead.title.split())
    return RunningNames(
        title=title if GAZETTE_NAME.fullmatch(title) else "",
        year=masthead.year,
        number=masthead.number,
        total=masthead.total_number,
        categories=frozenset("".join(entry.category.split()) for entry in entries) - {""},
        titles=frozenset(fold_title(entry.title) for entry in entries),
    )


class Furnished(NamedTuple):
    """The features of a short line: what it names, and the lines beside it."""

    parts: frozenset[str]  # title, alike, gazette, issue, category, form, page; nothing else
    is_marked: bool  # with #
    is_general: bool  # any gazette with any issue, or a page number with its dashes
    is_page_of: bool  # 12/48
    is_own_issue: bool  # the year and the number of this issue
    above: str  # the nearest line above that is no furniture
    below: str
    is_cut: bool  # the line above is a sentence that goes on in the line below
    is_beside: bool  # the line above or below is furniture

    @property
    def is_referred_to(self) -> bool:
        """Whether the lines beside it speak of the gazette: …刊登于 | 示范市人民政府公报."""
        return bool(REFERS.search(self.above[-4:]) or GOES_ON.match(self.below))


# the order is the priority
CLUES: tuple[Clue[Furnished, Verdict], ...] = (
    # — 12 — · 某市人民政府公报 2022年第5期 · 8
    Clue("page-or-gazette-with-issue", "furniture", lambda f: f.is_general),
    # 12 / 48
    Clue("page-of-pages", "furniture", lambda f: f.is_page_of),
    Clue("referred-to", "text", lambda f: f.is_referred_to),
    # 示范市人民政府公报 · 示范市人民政府公报 12
    Clue("own-title", "furniture", lambda f: "title" in f.parts),
    # 2024年第3期（总第12期）
    Clue("own-issue", "furniture", lambda f: f.is_own_issue),
    # 市政府文件 12
    Clue("category-and-page", "furniture", lambda f: f.parts == {"category", "page"}),
    # 示范市人民政府公极 12
    Clue(
        "like-own-title",
        "furniture",
        lambda f: "alike" in f.parts and (len(f.parts) > 1 or f.is_cut or f.is_beside),
    ),
    # 示范市人民政府公报 | 市政府文件 · 示范市人民政府公报 | 12
    Clue("beside-furniture", "furniture", lambda f: f.is_beside and "alike" not in f.parts),
    # …根据国家有 | 市政府文件 | 关规定…
    Clue(
        "category-in-sentence",
        "furniture",
        lambda f: "category" in f.parts and f.is_cut and f.is_marked,
    ),
    Clue("no-evidence", "text", lambda _: True),
)


def find_furniture(lines: Sequence[Line], names: RunningNames) -> frozenset[int]:
    """Find the lines that are certainly page numbers or running heads: their indexes."""
    candidates = {
        n: found
        for n, line in enumerate(lines)
        if not line.decided and (found := _parts_of(line, names))
    }
    if not candidates:
        return frozenset()
    neighbours = _neighbours(lines, candidates)
    furniture: frozenset[int] = frozenset()
    for _ in range(ROUNDS):  # by the lines alone, then beside those that were found
        furniture |= {
            n
            for n, taken in candidates.items()
            if n not in furniture
            and deciding(
                CLUES, _features(lines[n], taken, names, neighbours[n], _is_beside(n, furniture))
            ).verdict
            == "furniture"
        }
    return furniture


def _is_beside(n: int, furniture: frozenset[int]) -> bool:
    return n - 1 in furniture or n + 1 in furniture


def _neighbours(
    lines: Sequence[Line], candidates: Mapping[int, object]
) -> dict[int, tuple[Line | None, Line | None]]:
    """Give for each candidate the nearest lines above and below that are none."""
    above: dict[int, Line | None] = {}
    found: dict[int, tuple[Line | None, Line | None]] = {}
    last: Line | None = None
    for n, line in enumerate(lines):
        if n in candidates:
            above[n] = last
        else:
            last = line
    last = None
    for n in range(len(lines) - 1, -1, -1):
        if n in candidates:
            found[n] = (above[n], last)
        else:
            last = lines[n]
    return found


def account_for(lines: Sequence[Line]) -> tuple[LedgerEntry, ...]:
    """Account for the lines that were taken out."""
    return tuple(LedgerEntry("drop_page_furniture", line.number, line.text, "") for line in lines)


def _parts_of(line: Line, names: RunningNames) -> tuple[frozenset[str], str] | None:
    """Take a line apart into what a running head may have; None if it has anything else."""
    text = line.text
    # most lines are text: a quick test saves them
    if (
        len(text) > LONGEST_FURNITURE
        or not line.is_text
        or line.marks
        or text[-1] in TEXT_ENDS
        or not (len(text) <= SHORTEST_CUT + 1 or "报" in text or text[-1] in QUICK_ENDS)
    ):
        return None
    compact = line.compact
    if _is_general(compact):
        return frozenset({"page"}), compact
    if names.titles and fold_title(compact) in names.titles:
        return None
    parts: set[str] = set()
    rest = compact
    if names.title and names.title in rest:
        rest = rest.replace(names.title, " ", 1)
        parts.add("title")
    if issue := ISSUE.search(rest):
        rest = f"{rest[: issue.start()]} {rest[issue.end() :]}"
        parts.add("issue")
    for piece in filter(None, BETWEEN_PARTS.split(rest)):
        name = PAGE_BESIDE.sub("", piece)
        if name != piece:
            parts.add("page")
        if kind := _kind_of(name, names):
            parts.add(kind)
        elif name:
            return None
    return frozenset(parts), compact


def _kind_of(name: str, names: RunningNames) -> str:
    """Give what a running head says by a name; empty for any other name."""
    if name in names.categories:
        return "category"
    if CATEGORY.fullmatch(name):
        return "form"
    if is_alike(name, names.title):
        return "alike"
    return "gazette" if GAZETTE_NAME.fullmatch(name) else ""


def _is_general(compact: str) -> bool:
    return bool(PAGE_NUMBER.fullmatch(compact) or RUNNING_HEAD.fullmatch(compact))


def _features(
    line: Line,
    taken: tuple[frozenset[str], str],
    names: RunningNames,
    beside: tuple[Line | None, Line | None],
    is_beside: bool,
) -> Furnished:
    parts, compact = taken
    above, below = beside
    of = PAGE_OF.fullmatch(compact)
    issue = OWN_ISSUE.search(compact) if parts <= {"issue", "page"} else None
    return Furnished(
        parts=parts,
        is_marked=bool(line.hashes),
        is_general=_is_general(compact),
        is_page_of=bool(of and 0 < int(of["page"]) <= int(of["pages"])),
        is_own_issue=bool(issue and names.is_own(issue)),
        above=above.text if above and above.is_text else "",
        below=below.text if below and below.is_text else "",
        is_cut=bool(above and below and _is_cut(above, below)),
        is_beside=is_beside,
    )


def _is_cut(above: Line, below: Line) -> bool:
    """Whether the text of a line may go on in another line: no sentence and no heading ends it."""
    if not above.is_text or not below.is_text or above.hashes or below.hashes:
        return False
    text = above.text
    if len(text) < SHORTEST_CUT or text[-1] in TERMINAL + "）)》”’":
        return False
    if closing_clue(above) or is_signature(above) or closing_clue(below):
        return False
    return parse_ordinal(below.text) is None


def is_alike(name: str, title: str) -> bool:
    """Whether a name is a title with a character or two misread; no type of document ends it."""
    if not title or abs(len(name) - len(title)) > 1 or name == title or len(name) < 6:
        return False
    if document_type(name):
        return False
    most = max(1, len(title) // 6)
    if len(name) == len(title):
        return sum(a != b for a, b in zip(name, title, strict=True)) <= most
    longer, shorter = (name, title) if len(name) > len(title) else (title, name)
    same = next((k for k, (a, b) in enumerate(zip(longer, shorter, strict=False)) if a != b), None)
    return same is None or longer[same + 1 :] == shorter[same:]
