"""The collation pages (校勘): received lines beside the edited text, each change with its rule."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from pathlib import PurePosixPath
from typing import TypeAlias

import jinja2

from generator.model import Document, Issue, LedgerEntry, Source
from generator.model.edits import whole_edit
from generator.stages.check.audit import written_lines
from generator.stages.check.explain import explain

COLLATION = ".collation.html"  # the end of the page's address
NAMES = {
    "correction": "勘误",
    "decided_furniture": "判定为书眉页码",
    "drop_comments": "去注释",
    "drop_yaml_heads": "去文件属性",
    "drop_code_fences": "去代码记号",
    "drop_divs": "去分块记号",
    "drop_page_marks": "去分页标记",
    "drop_rulers": "去横线",
    "read_details": "印章图表",
    "read_html_tables": "读表格标签",
    "read_grid_tables": "读网格表",
    "read_ruled_tables": "读横线分栏表",
    "read_pipe_tables": "读竖线表",
    "read_pictures": "读图片标签",
    "read_latex": "还原公式写法",
    "read_displayed_formulas": "合并分行的公式",
    "drop_code_marks": "去代码记号",
    "drop_grounding": "去位置标签",
    "drop_backslashes": "去反斜线",
    "read_entities": "还原字符",
    "break_lines": "换行",
    "drop_tags": "去排版标签",
    "drop_attributes": "去属性",
    "drop_links": "去链接",
    "read_footnotes": "脚注号",
    "drop_emphasis": "去加粗记号",
    "drop_bullets": "去列表符号",
    "raise_figures": "上标数字",
    "lift_marks": "上标下标",
    "show_picture": "图片",
    "drop_serials": "去目录序号",
    "drop_contents_marks": "去目录标记",
    "drop_page_mark": "去页码标记",
    "read_page": "误认的页码",
    "drop_page_furniture": "去页码书眉",
    "drop_running_heads": "去句中书眉",
    "drop_list_marks": "去列表符号",
    "close_up_first_figures": "数字空格",
    "restore_stops": "句号",
    "merge_table_pieces": "合并表格",
    "place_header_rows": "表头归位",
    "part_joint_organs": "联合署名",
    "part_number_lines": "文号空格",
    "part_subject_words": "主题词",
    "part_days": "大事记日期",
    "part_table_titles": "表题空格",
    "part_decimal_units": "章节序号",
    "settle_headings": "条目",
    "join_cut_paragraphs": "接合断行",
    "part_members": "名单空格",
    "drop_invisible_characters": "去隐形字符",
    "drop_doubled_month": "去重字",
    "close_up_figures": "数字空格",
    "close_up_times": "时刻空格",
    "widen_punctuation": "全角标点",
    "pair_quotes": "成对引号",
    "unify_number_brackets": "六角括号",
    "close_up_numbers": "文号空格",
    "close_up_dates": "日期空格",
    "restore_numbers": "误认的文号",
    "restore_dates": "误认的日期",
    "close_up_ordinals": "序数空格",
    "part_cited_organs": "联合机关",
    "close_up_blanks": "去空格",
}


# characters of a line between its first and its last change: comparing takes their square, and no
# printed line has so many; of longer ones all between these two counts as changed
LONGEST_COMPARED = 2000
# a text in parts, each with whether it was changed
Parts: TypeAlias = tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One source line: as received, as edited on the page, how it was read, and its changes."""

    number: int
    shown: int  # the number in its own file, where the issue came in several
    received: str
    edited: str
    read_as: str  # its class, and the clues that decided: 接上行（上行末没有标点）
    changes: tuple[LedgerEntry, ...]
    received_parts: Parts = ()
    edited_parts: Parts = ()


def collate(issue: Issue) -> dict[str, tuple[Row, ...]]:
    """Give the rows of each document, by its id: one for each source line that is not blank."""
    changes: dict[int, list[LedgerEntry]] = defaultdict(list)
    for entry in issue.ledger:
        changes[entry.line].append(entry)
    source = issue.source.original.split("\n")
    read = {line: told.words for line, told in explain(issue).items()}
    return {
        document.id: tuple(_rows(document, issue.source, source, changes, read))
        for document in issue.documents
    }


def _rows(
    document: Document,
    source: Source,
    lines: Sequence[str],
    changes: Mapping[int, Sequence[LedgerEntry]],
    read: Mapping[int, str],
) -> Iterator[Row]:
    edited = written_lines([document])
    part = source.part_of(document.lines.first)
    above = part.first - 1 if part else 0
    for n in range(document.lines.first, document.lines.last + 1):
        if lines[n - 1].strip():
            text = "".join(edited.get(n, ()))
            own = tuple(changes.get(n, ()))
            parts = _compared(lines[n - 1], text)
            yield Row(n, n - above, lines[n - 1], text, read.get(n, ""), own, *parts)


def _compared(received: str, edited: str) -> tuple[Parts, Parts]:
    """Split two texts where they differ; a line that is not on the page has no changed part."""
    if received == edited or not edited:
        return ((received, False),), ((edited, False),)
    start, end, new = whole_edit(received, edited)
    old = received[start:end]
    left = [(received[:start], False)]
    right = [(received[:start], False)]
    if max(len(old), len(new)) > LONGEST_COMPARED:
        left.append((old, True))
        right.append((new, True))
    else:
        from rapidfuzz.distance import Indel  # loaded for a line that was changed

        for step in Indel.opcodes(old, new):
            changed = step.tag != "equal"
            left.append((old[step.src_start : step.src_end], changed))
            right.append((new[step.dest_start : step.dest_end], changed))
    left.append((received[end:], False))
    right.append((received[end:], False))
    return _joined(left), _joined(right)


def _joined(parts: Sequence[tuple[str, bool]]) -> Parts:
    """Join neighbours that are both changed or both not; leave out empty ones."""
    groups = groupby((part for part in parts if part[0]), key=itemgetter(1))
    return tuple(("".join(text for text, _ in group), changed) for changed, group in groups)


def render_collations(
    issue: Issue, name: str, environment: jinja2.Environment
) -> dict[PurePosixPath, str]:
    """Render the collation page of each document: plain HTML, headed by the issue's full name."""
    template = environment.get_template("collation.html.j2")
    rows = collate(issue)
    return {
        PurePosixPath(f"{document.id}{COLLATION}"): template.render(
            document=document,
            rows=rows[document.id],
            names=NAMES,
            name=name,
            **_file_of(document, issue.source),
        )
        for document in issue.documents
    }


def _file_of(document: Document, source: Source) -> dict[str, str]:
    """Name the file that a document is from, with its digest."""
    if part := source.part_of(document.lines.first):
        return {"file": part.name, "sha256": part.sha256}
    return {"file": source.file, "sha256": source.sha256}
