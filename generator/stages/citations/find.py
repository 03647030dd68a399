"""Find citations in texts: match patterns, drop false matches, then add relations and pins."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from generator.language.dates import WRITTEN_YEAR, YEAR
from generator.language.document_numbers import BEHIND_TITLE, PLAIN, DocumentNumber
from generator.language.document_types import is_document_title, words
from generator.language.numerals import parse_year
from generator.language.organs import CITES, STATE
from generator.language.pinyin import number_id
from generator.language.provisions import BRIDGE, read_parts
from generator.model import (
    Block,
    CellCitations,
    Citation,
    Document,
    Heading,
    Issue,
    Paragraph,
    Pin,
    Relation,
    Table,
    TextBlock,
)
from generator.runtime.patterns import lazy_regex
from generator.stages.citations.cited_numbers import code_start, read_numbers
from generator.stages.citations.names import is_name, title_id
from generator.stages.citations.patterns import (
    EDITION,
    INNER_TITLE,
    PATTERNS,
    SHORT_NAME,
    CitationKind,
)
from generator.stages.citations.relation import DECIDES, relate, title_relation
from generator.stages.parse.number_lines import part_number

# kinds of blocks that name the document itself or do not belong to its text
SILENT = frozenset({"title", "number", "signature", "date", "footer", "label"})
HINT = lazy_regex(r"[《〔号\[【]")  # a text without any of these contains no citation
OTHER_NUMBER = lazy_regex(r"(?:文件?)?(?:批准|批复|同意|制定|转发|批转|授权)")
CLOSING = lazy_regex(r"[^（(）)]{0,40}[）)]")
LISTED_BEFORE = lazy_regex(r"》[、和与及]?$")
# 《…的通知国办发〔2015〕3号》, 《国办发〔2015〕3号国务院办公厅关于…的通知》: without a blank
TYPE_OF_TWO = "|".join(word for word in words("unquoted") if len(word) == 2)
NUMBER_TOUCHES = lazy_regex(rf"(?<={TYPE_OF_TWO})(?P<number>{PLAIN})$")
NUMBER_AHEAD = lazy_regex(rf"(?P<number>{PLAIN})(?=[\u4e00-\u9fff])")
SERIALS = next(pattern.regex for pattern in PATTERNS if pattern.kind == "number_list")
# （国发〔2016〕1号|、2号）: the rest of a bracket that contains further numbers
MORE_NUMBERS = lazy_regex(r"[、，,][^（(）)《》]{0,80}?\d号[^（(）)]{0,40}[）)]")
# 1998年6月1日市人民政府发布的《…》, 《…》（2008年发布）: the year of the cited text
DATED = lazy_regex(
    rf"(?P<year>{YEAR}|{WRITTEN_YEAR})\s*年[^。；《》]{{0,40}}"
    r"(?:发布|公布|印发|颁布|颁发|制定|批准|批转|转发|通过|所发|实施|施行)[^《》。；，]{0,10}的?$"
)
DATED_BEHIND = lazy_regex(
    rf"（(?P<year>{YEAR})年[^（）]{{0,20}}(?:令|发布|公布|印发|颁布)[^（）]{{0,10}}）"
)
ASIDE = lazy_regex(r"（[^（）]{0,60}）(?=的?第)")  # 《…》（以下简称《规定》）第三条
BESIDE = lazy_regex(r"[）)]*\s*+[（(，,]?\s*+")  # between a citation and its short name
# a heading inside a list that groups its items: 一、市政府发布（共5件）
PARTING = lazy_regex(
    r"^(?!.*(?:废止|失效|修改|修订|保留|有效|拟|建议)).*(?:发布|制定|印发|共[\d一二三四五六七八九十]+件)"
)
GROUNDS = lazy_regex(r"根据|依据|依照|按照")
# a list of proposals: nothing is repealed or amended yet
PLANNED = lazy_regex(r"拟|建议|计划|适时|需要?|列入|不予")
LISTED = lazy_regex(r"目录|清单|名单|下列|以下|如下|一览|文件[：:]?$|件[）)]?[：:]?$")
LISTS: tuple[tuple[re.Pattern[str], Relation], ...] = (
    (lazy_regex(r"废止|失效|停止执行"), "repeals"),
    (lazy_regex(r"修改|修订"), "amends"),
)


@dataclass(slots=True)
class _Reader:
    """The state of reading one document: its short names, and the relation of the present list."""

    document: Document
    names: set[str] = field(default_factory=set)
    context: Relation | None = None

    def read(self, block: Block) -> Block:
        """Find the citations of a block."""
        match block:
            case Table():
                return self._table(block)
            case Heading():
                # 一、市政府发布（共5件） groups the items of a list; the relation goes on
                if not PARTING.search(block.text):
                    self.context = list_relation(block.text)
                return self._text(block)
            case Paragraph():
                if block.kind in ("title", "label"):
                    self.context = list_relation(block.text)
                return block if block.kind in SILENT else self._text(block)

    def _text(self, block: TextBlock) -> TextBlock:
        found = self._find(block.text)
        if block.text.endswith("："):
            lead = list_relation(block.text)
            self.context = lead if lead or GROUNDS.search(block.text) else self.context
        return replace(block, citations=found) if found else block

    def _table(self, table: Table) -> Table:
        cells = [
            CellCitations(row, column, found)
            for row, cells in enumerate(table.rows)
            for column, text in enumerate(cells)
            if row >= table.header_rows and (found := self._find(text))
        ]
        return replace(table, citations=tuple(cells)) if cells else table

    def _find(self, text: str) -> tuple[Citation, ...]:
        if not HINT.search(text):
            return ()
        found = find_in_text(text, self.context, decides=bool(DECIDES.search(self.document.title)))
        if "称" in text:
            self.names |= {name for _, name, _ in short_names(text, found)}
        own = self.document.number
        return tuple(
            c
            for c in found
            if (c.number or c.title not in self.names) and (c.number is None or c.number != own)
        )


def find_citations(issue: Issue) -> Issue:
    """Add to each text of an issue the citations in it.

    1. Texts are unchanged; ``text[start:end]`` is the citation as printed.
    2. Spans are in order, and disjoint or properly nested.
    3. A document's own number and title are no citations.
    """
    return replace(issue, documents=tuple(_find_in_document(d) for d in issue.documents))


def _find_in_document(document: Document) -> Document:
    reader = _Reader(document, context=list_relation(document.title))
    return document.map_blocks(reader.read)


def list_relation(title: str) -> Relation | None:
    """Give the relation that a list's heading states for its items; None if it states none.

    ``废止的文件目录`` → repeals
    """
    if PLANNED.search(title) or "继续有效" in title or not LISTED.search(title):
        return None
    said = [relation for pattern, relation in LISTS if pattern.search(title)]
    return said[0] if len(said) == 1 else None


def short_names(
    text: str, citations: Iterable[Citation]
) -> Iterator[tuple[int, str, Citation | None]]:
    """Find the short names that a text defines.

    Gives for each the offset at which its definition ends, the name, and the citation that it
    abbreviates; None if that citation is unknown.
    """
    outer = [citation for citation in citations if not citation.nested]
    titles = {citation.title for citation in outer}
    for match in SHORT_NAME.finditer(text):
        name = match["name"] or match["bare"]
        if STATE + name in titles:
            continue  # 《某法》 is already a name of 《中华人民共和国某法》
        near = [c for c in outer if c.start < match.start()]
        gap = text[near[-1].end : match.start()] if near else ""
        while len(near) > 1 and not near[-1].title and _opens_list(text, near[-2], near[-1]):
            near.pop()
        referent = near[-1] if near else None
        if referent and (not BESIDE.fullmatch(gap) or referent.title == name):
            referent = None
        if match["of_several"]:
            referent = None
        if referent or (match["open"] or "“") in "《〈":
            yield match.end(), name, referent


def _opens_list(text: str, above: Citation, below: Citation) -> bool:
    """Whether the number ``below`` is printed in the same bracket as that of ``above``."""
    more = MORE_NUMBERS.match(text, above.end) if above.number else None
    return more is not None and below.end <= more.end()


def find_in_text(
    text: str, context: Relation | None = None, *, decides: bool = False
) -> tuple[Citation, ...]:
    """Find the citations in one normalised text, in order.

    ``context`` is the relation that the heading of a list states for its items; ``decides`` says
    whether the text is that of a decision.
    """
    found: list[Citation] = []
    taken = bytearray(len(text))
    for pattern in PATTERNS:
        if not pattern.hint.search(text):
            continue
        for match in pattern.regex.finditer(text):
            # 5至8号: 6 and 7 have the same span, the word between 5 and 8
            free = [c for c in _read(pattern.kind, match) if 1 not in taken[c.start : c.end]]
            for citation in free:
                taken[citation.start : citation.end] = b"\x01" * (citation.end - citation.start)
                found.append(citation)
                if citation.title:
                    at = match.start("title") + match["title"].find(citation.title)
                    found += _inner_citations(at, citation.title)
    ordered = sorted(found, key=lambda c: (c.start, -c.end))
    pinned = [_pinned(text, citation) for citation in ordered]
    return relate(text, pinned, context, decides=decides)


def _read(kind: CitationKind, match: re.Match[str]) -> Iterator[Citation]:
    """Read the citations in one match of a pattern; none if the match is a false one."""
    groups: Mapping[str, str | None] = match.groupdict()
    title = groups.get("title") or ""
    numbers = read_numbers(match)
    if title and kind != "bare_title_and_number" and (within := _number_within(title)):
        bare, number = within
        end = match.end("title") + 1
        # the bracket behind 》 repeats the number; another one there is a citation of its own
        closing = CLOSING.match(match.string, end + 1)
        if closing and numbers and numbers[0].number == number:
            end = closing.end()
        yield _citation(match.start(), end, bare, number)
        return
    if title:
        end = match.end()
        more = MORE_NUMBERS.match(match.string, end)
        if numbers and _is_of_title(match) and not (more and _is_listed(match)):
            closing = CLOSING.match(match.string, end)
            # （国发〔2004〕20号，以下简称《决定》）
            if closing and not more and match.string[end - 1] not in "）)":
                end = closing.end()
            yield _citation(match.start(), end, title, numbers[0].number)
            if more and groups.get("code"):
                yield from _further_numbers(match)
        elif kind != "bare_title_and_number" and is_document_title(title) and is_name(title):
            yield _citation(match.start(), match.end("title") + 1, title, None)
        return
    for named in numbers:
        yield _citation(named.start, named.end, "", named.number)


def _number_within(title: str) -> tuple[str, DocumentNumber] | None:
    """Split a title from the number that is printed with it inside 《》; None without one.

    ``某通知（国办发〔2015〕3号）`` → 某通知, 国办发〔2015〕3号
    """
    if "号" not in title:
        return None
    behind = BEHIND_TITLE.search(title) or NUMBER_TOUCHES.search(title)
    ahead = None if behind else NUMBER_AHEAD.match(title)
    if ahead and code_start(ahead["number"].partition("〔")[0]):
        ahead = None  # 关于转发国办发〔2015〕3号文件的通知
    if behind:
        bare, printed = title[: behind.start()], behind["number"]
    elif ahead:
        bare, printed = title[ahead.end() :], ahead["number"]
    else:
        bare, printed = part_number(title)
    number = DocumentNumber.parse(printed)
    if number is None or not bare.strip():
        return None
    return bare.strip(), replace(number, code=number.code[code_start(number.code) :])


def _further_numbers(match: re.Match[str]) -> Iterator[Citation]:
    """Read further numbers with the same code in a title's bracket: （国发〔2016〕1号、2号）.

    Another pattern finds a number that has its own code.
    """
    if listed := SERIALS.match(match.string, match.start("code")):
        for named in read_numbers(listed)[1:]:
            yield _citation(named.start, named.end, "", named.number)


def _is_listed(match: re.Match[str]) -> bool:
    """Whether another title directly precedes this one.

    Then it is unknown which of the numbers belongs to which title.
    """
    return bool(LISTED_BEFORE.search(match.string[max(0, match.start() - 2) : match.start()]))


def _is_of_title(match: re.Match[str]) -> bool:
    """Whether the number after a title is the number of that title's document.

    It is not in （根据…号制定） and （…号批准）.
    """
    code = match.groupdict().get("code")
    return not (code and code_start(code)) and not OTHER_NUMBER.match(match.string, match.end())


def _citation(start: int, end: int, title: str, number: DocumentNumber | None) -> Citation:
    return Citation(
        start=start,
        end=end,
        title=title,
        number=number,
        relation="mentions",
        work=number_id(number) if number else title_id(title),
    )


def _inner_citations(start: int, title: str) -> list[Citation]:
    """Find the titles inside a title; the words before them in the title decide the relation."""
    found = []
    for m in INNER_TITLE.finditer(title):
        bare, number = _number_within(m["title"]) or (m["title"], None)
        if number or (is_document_title(bare) and is_name(bare)):
            inner = replace(
                _citation(start + m.start(), start + m.end(), bare, number),
                relation=title_relation(title, m.start()),
                nested=True,
            )
            found.append(inner)
    return found


def _pinned(text: str, citation: Citation) -> Citation:
    """Add the pins and the edition that follow a citation, and its issuer and year.

    The issuer (国务院《…》) and the year of publication (2008年发布的《…》) are printed beside it.
    """
    if citation.nested:
        return citation
    at, edition = citation.end, ""
    if found := EDITION.match(text, at):
        at, edition = found.end(), found["year"]
    elif tail := EDITION.search(citation.title):
        edition = tail["year"]
    if aside := ASIDE.match(text, at):
        at = aside.end()
    elif citation.title and citation.number and (more := MORE_NUMBERS.match(text, at)):
        at = more.end()
    if bridge := BRIDGE.match(text, at):
        at = bridge.end()
    issuer = CITES.search(text[max(0, citation.start - 16) : citation.start])
    if citation.title and issuer:
        citation = replace(citation, issuer=issuer["organ"])
    if not edition and (dated := DATED.search(text[max(0, citation.start - 60) : citation.start])):
        citation = replace(citation, dated=str(parse_year(dated["year"])))
    elif dated := DATED_BEHIND.match(text, citation.end):
        citation = replace(citation, dated=dated["year"])
    pins = tuple(Pin(p.start, p.end, p.anchors) for p in read_parts(text, at))
    return replace(citation, pins=pins, edition=edition) if pins or edition else citation
