"""Read responsibilities (责任分工), in the four forms that official documents use.

The agencies are in a column of a table (负责单位), in a bracket after their role (〔责任单位：…〕),
in a bracket before their role (…牵头，…配合), or in a line or sentence of their own (牵头单位：…).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator.language.organs import AGENCY, SEVERAL_GOVERNMENTS
from generator.model import CellSpan, Document, Paragraph, Responsibility, Table, TextBlock
from generator.model.edits import line_at
from generator.model.tables import printed_text
from generator.runtime.patterns import lazy_regex

ROLE = (
    r"(?:(?:牵头|主要|第一|配合|协同|共同)(?:责任|负责|实施|落实)"
    r"|牵头|责任|负责|配合|参与|协办|协助|主办|承办|参加|支持|实施|落实|完成)"
    r"(?:单位|部门|地区|处室|科室)"
)
# labels of persons and of deadlines: no agencies follow them, but a label of agencies may
OTHER_LABEL = r"(?:牵头|责任|分管|联系|包保|督办)(?:领导|人)|(?:完成|办结|整改)(?:时限|时间|期限)"
COLUMN = lazy_regex(rf"^(?:{ROLE}|责任分工|任务分工)(?:及[^、，]{{1,8}})?$")
HEADER_NOTE = lazy_regex(r"[（(][^（()）]{1,40}[）)]$")
DEADLINE = lazy_regex(r"时限|进度|完成时间|时间安排|时间节点|期限")
TASK = lazy_regex(r"任务|内容|事项|措施|项目|工作")
# a label at the beginning of a paragraph or of a sentence: 实施改造。责任单位：甲局、乙局。
SENTENCE = lazy_regex(
    rf"(?:^|(?<=[。；;！\n]))[（(〔\[【]?(?P<inside>(?:{ROLE}|{OTHER_LABEL})[：:][^。]++)"
)
# 〔责任单位：公安厅、省法院，各市（州）人民政府〕 · （市发展改革委牵头，相关部门配合）
BRACKET = lazy_regex(
    r"[〔（(\[【](?P<inside>(?:[^〔〕（()）\[\]【】]|[（(][^（()）]*+[）)])++)[〕）)\]】]"
)
# brackets, punctuation, blanks and colons: a label is the text between one of these and a colon
LABEL_PART = lazy_regex(r"[（(][^（()）]*+[）)]|[，,；;。、\s]|[：:]")
LABEL = lazy_regex(rf"(?P<role>{ROLE})$")
# 按职责分工 · 根据各自职责分别: how an agency acts; not a part of its name
MANNER = (
    r"(?:(?:按照?|根据|依据|依照|依)(?:各自|部门|工作|法定|相应|有关|相关)?的?"
    r"(?:职责|职能|职权|权限|分工)(?:[和与、]?(?:职责|职能|分工|权限|任务|范围|要求))?"
    r"|分别|共同|联合|具体|各自|分工|协同)"
)
ACT = (
    r"(?:牵头负责|牵头落实|牵头|负责落实|负责|配合|协助|协同|协办|参与|参加|支持|承办|主办|落实"
    r"|组织实施|实施)"
)
# the role after the names: 按职责分工负责 in 甲局、乙局按职责分工负责
LAST_WORD = lazy_regex(rf"{MANNER}{{0,3}}{ACT}$")
MARK_OR_BRACKET = lazy_regex(rf"(?P<series>{SEVERAL_GOVERNMENTS})|[、，,；;。]\s*+|[（()）]")
CLOSING, BRACKETS, COLONS = ("）", ")"), ("（", "(", "）", ")"), ("：", ":")
OPENED = lazy_regex(r"(?P<name>.+?)[（(](?P<remark>.+)[）)]$")
# a note that the first agency of a list leads: 排在第一位的为牵头单位，下同 · 列首位的是牵头部门
SCOPE_NOTE = lazy_regex(
    r"(?:(?:排名?|列)[在于]?(?:第一位?|首位)|第一个|首个|首位)的?(?:单位|部门)?的?[为是]"
    r"(?:牵头|主办|责任|负责)(?:责任)?(?:单位|部门)"
)
ONWARDS = lazy_regex(r"[下以]{1,2}同")
# who has such a role helps the agency that leads; in a role of two parts, either may be meant
HELPS = lazy_regex("配合|协同|参与|协办|协助|参加|支持|及")
LEADS = lazy_regex("牵头")
LONGEST_PART = 400  # characters of a name with its remark
REMARK = lazy_regex(r"牵头|负责|承担|配合")
NOT_AGENCY = lazy_regex(r"[。：！？…]|的|应当|必须|进行|以及|负责|牵头$|指|[位门府]要")


@dataclass(frozen=True, slots=True)
class _List:
    """A printed list of agencies that have one role."""

    role: str
    names: str
    offset: int  # in the block's text


def find_responsibilities(
    document: Document, known: Mapping[str, str]
) -> tuple[Responsibility, ...]:
    """Read the responsibilities of a document.

    ``known`` maps printed names of agencies to their names in gazette.toml. The result is in the
    order of the blocks, each block's in the order of its text.
    """
    found: list[Responsibility] = []
    task = ""
    first_leads = False
    leader_named = False  # 牵头单位：… in the same unit: the note is about units without it
    for block in document.all_blocks():
        if isinstance(block, Table):
            found += _read_table(block, known)
            continue
        if isinstance(block, Paragraph) and block.kind not in ("paragraph", "attachment_note"):
            continue
        if block.ordinal:
            task, leader_named = block.label, False
        note = SCOPE_NOTE.search(block.text)
        here = first_leads or note is not None
        # with 下同 the note holds for all later blocks too, without it only for its own block
        first_leads = first_leads or (note is not None and bool(ONWARDS.search(block.text)))
        lists = _lists(block)
        if not lists and not task:  # without ordinals, text ends what belongs together
            leader_named = False
        leader_named = leader_named or any(_leads(named.role) for named in lists)
        for named in lists:
            found += _responsibilities(named, block, task, here and not leader_named, known)
    return tuple(found)


def _leads(role: str) -> bool:
    """Whether a role says of every agency in its list that it leads: not 牵头及配合单位."""
    return bool(LEADS.search(role)) and not HELPS.search(role)


def _lists(block: TextBlock) -> list[_List]:
    text = block.text
    found: list[_List] = []
    taken: list[tuple[int, int]] = []  # spans of brackets with agencies; in order, disjoint
    start = 0
    while bracket := BRACKET.search(text, start):
        start = bracket.start() + 1  # a bracket inside this one may name agencies instead
        if lists := _in_bracket(bracket["inside"], bracket.start("inside")):
            taken.append(bracket.span())
            start = bracket.end()
            found += lists
    for sentence in SENTENCE.finditer(text):
        before = bisect_right(taken, (sentence.start("inside"), len(text)))
        if not before or sentence.start("inside") >= taken[before - 1][1]:
            found += _labelled(sentence["inside"], sentence.start("inside"))
    return sorted(found, key=lambda named: named.offset)


def _in_bracket(text: str, offset: int) -> list[_List]:
    return [*_labelled(text, offset)] or [*_parts(text, offset)]


def _labelled(text: str, offset: int) -> Iterator[_List]:
    """Read 牵头单位：甲；责任单位：乙、丙: the names of a role go on to the next label.

    Text after another label, such as 责任领导：王军, contains no agencies.
    """
    begin = 0  # of the text after the last punctuation; it may be a label
    role, names_from = "", 0
    for found in LABEL_PART.finditer(text):
        if found[0] not in COLONS:
            begin = found.end() if len(found[0]) == 1 else begin
            continue
        label = LABEL.search(text, begin, found.start())
        if role:
            names = text[names_from : label.start() if label else begin]
            yield _List(role, names, offset + names_from)
        role, names_from = label["role"] if label else "", found.end()
        begin = found.end()
    if role:
        yield _List(role, text[names_from:], offset + names_from)


def _parts(text: str, offset: int) -> Iterator[_List]:
    """Read 甲、乙牵头，丙、丁配合: each role follows its names."""
    text = SCOPE_NOTE.split(text)[0]
    names_from = 0
    for piece in re.finditer(r"[^，,；;。]++", text):
        if found := LAST_WORD.search(piece[0]):
            # the punctuation between pieces stays, because names are as printed
            yield _List(found[0], text[names_from : piece.start() + found.start()], offset)
            names_from = piece.end()


def _responsibilities(
    named: _List, block: TextBlock, task: str, first_leads: bool, known: Mapping[str, str]
) -> Iterator[Responsibility]:
    """Give the responsibilities of a list; ``first_leads`` as a note says of lists that act.

    A note such as 排在第一位的为牵头单位 is about 责任单位 and 负责, never about 参与 or 配合.
    """
    line = line_at(block.breaks, named.offset)
    first_leads = first_leads and not HELPS.search(named.role)
    for place, name in enumerate(split_agencies(named.names)):
        leads = _leads(named.role) or (first_leads and place == 0)
        yield Responsibility(
            agency=name,
            agency_id=known.get(name, name),
            role=named.role,
            lead=leads,
            task=task,
            deadline="",
            anchor=block.anchor,
            line=line,
        )


def _split_outside(names: str) -> list[str]:
    """Split a list of names at punctuation outside brackets.

    Punctuation is inside a bracket if the next bracket after it is a closing one.
    """
    parts: list[str] = []
    end, is_inside = len(names), False
    for found in reversed([*MARK_OR_BRACKET.finditer(names)]):
        if found[0] in BRACKETS:
            is_inside = found[0] in CLOSING
        elif not is_inside and not found["series"]:
            parts.append(names[found.end() : end])
            end = found.start()
    return [names[:end], *reversed(parts)]


def split_agencies(names: str) -> list[str]:
    """Split a list of agencies at punctuation outside brackets; drop remarks and 等.

    ``省国资委、省旅游发展委等`` → 省国资委, 省旅游发展委
    """
    names = SCOPE_NOTE.split(names)[0].rstrip(" \u3000（(")  # of 甲局、乙局（排在第一位的…）
    found: list[str] = []
    for part in _split_outside(names):
        if len(part) > LONGEST_PART:
            continue
        pieces = [_name(piece) for piece in part.split()]
        # 县教育局　县财政局 are two names; one name printed with a gap stays one
        apart = len(pieces) > 1 and all(_is_agency(piece) for piece in pieces)
        found += [name for name in (pieces if apart else [_name(part)]) if _is_agency(name)]
    return found


def _name(part: str) -> str:
    """Remove brackets, 等, 由 and remarks from one member of a list of agencies."""
    name = part.strip(
        " \u3000〕）)】]〔【[" if part.count("（") < part.count("）") else " \u3000〕】]"
    )
    name = re.sub(r"等(?:单位|部门|有关部门|相关部门)?$", "", name).strip()
    name = re.sub(r"^(?:(?:具体)?由|和|及|以及|会同)", "", name)
    # （负责资金保障） of 市财政局（负责资金保障） is a remark; 市发展改革委（市铁建办） is a name
    opened = name[-1:] in CLOSING and OPENED.match(name)
    if opened and (re.match("牵头|负责", remark := opened["remark"]) or not AGENCY.search(remark)):
        return opened["name"]
    return name


def _is_agency(name: str) -> bool:
    return 2 <= len(name) <= 40 and not NOT_AGENCY.search(name) and bool(AGENCY.search(name))


def _read_table(table: Table, known: Mapping[str, str]) -> Iterator[Responsibility]:
    """Read the columns of agencies; a merged cell holds for all rows that it covers."""
    spans = table.span_of_places()
    printed = _column_names(table, spans)
    header = [HEADER_NOTE.sub("", cell) for cell in printed]  # 责任单位（排第一位的为牵头单位）
    columns = [n for n, cell in enumerate(header) if COLUMN.match(cell)]
    deadline = next((n for n, cell in enumerate(header) if DEADLINE.search(cell)), None)
    task = next(
        (n for n, cell in enumerate(header) if TASK.search(cell) and n not in columns), None
    )
    for row in range(table.header_rows, len(table.rows)):
        for column in columns:
            first_leads = bool(SCOPE_NOTE.search(printed[column])) and not HELPS.search(
                header[column]
            )
            names = printed_text(table, row, column, spans)
            span = spans.get((row, column))
            if span and not set(range(span.column, span.end_column)) <= set(columns):
                continue  # the heading of a group of rows
            for place, name in enumerate(split_agencies(names)):
                agency = name.replace("\n", "")  # a line end inside a name
                yield Responsibility(
                    agency=agency,
                    agency_id=known.get(agency, agency),
                    role=header[column],
                    lead=_leads(header[column]) or (first_leads and place == 0),
                    task=_printed(table, row, task, spans),
                    deadline=_printed(table, row, deadline, spans),
                    anchor=table.row_anchor(row),
                    line=table.row_lines[row],
                )


def _column_names(table: Table, spans: Mapping[tuple[int, int], CellSpan]) -> list[str]:
    """Name the columns of a table: in a merged header by the lowest cell, or that of a role."""
    if not table.header_rows:
        return []
    width = len(table.rows[0])
    named: list[str] = []
    for column in range(width):
        names: list[str] = []
        for row in range(table.header_rows - 1 if spans else 0, -1, -1):
            span = spans.get((row, column))
            if not (span and span.col_span == width):  # no title over all columns
                text = table.rows[span.row][span.column] if span else table.rows[row][column]
                names.append(re.sub(r"\s", "", text))
        named.append(next(filter(COLUMN.match, names), next(filter(None, names), "")))
    return named


def _printed(
    table: Table, row: int, column: int | None, spans: Mapping[tuple[int, int], CellSpan]
) -> str:
    return "" if column is None else printed_text(table, row, column, spans)
