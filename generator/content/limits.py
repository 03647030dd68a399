"""Limits on the size of an issue; a larger one is refused in one line, before the work begins.

Each limit is at least ten times the largest value in 27 issues of gazettes. Within the limits the
work grows with the text; docs/security.md has the measurements at each limit. The limits on the
sizes of files are in toml_files.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from generator.model import Issue
from generator.runtime.errors import SourceError

# characters of a line; the longest line of those issues had 748
LONGEST_LINE = 50_000
# entries of the contents: each page lists all of them, so the pages together grow with the square
MOST_ENTRIES = 1_000
# blocks of a document, which is one page
MOST_BLOCKS = 30_000
# rows of a table, and its cells when all rows are filled up to the widest
MOST_ROWS, MOST_CELLS = 30_000, 150_000


def refuse_text(text: str, path: str) -> None:
    """Refuse a text with a line or a table that is too large, before the text is parsed."""
    lines = text.split("\n")
    is_long = max(map(len, lines)) > LONGEST_LINE
    for number, line in enumerate(lines, 1) if is_long else ():
        if len(line) > LONGEST_LINE:
            msg = (
                f"{path}:{number}: 一行有 {len(line):,} 个字符，最多读 {LONGEST_LINE:,} 个；"
                "可能丢了换行，请补上"
            )
            raise SourceError(msg)
    widest = max(line.count("\t") for line in lines) + 1 if "\t" in text else 1
    if len(lines) <= MOST_ROWS and len(lines) * widest <= MOST_CELLS:
        return  # even a table of all lines would not be too large
    for first, rows, width in _tables(lines):
        if rows > MOST_ROWS or rows * width > MOST_CELLS:
            msg = (
                f"{path}:{first}: 表格有 {rows:,} 行、{width:,} 列，最多读 {MOST_ROWS:,} 行、"
                f"{MOST_CELLS:,} 格；请用空行分成几个表"
            )
            raise SourceError(msg)


def _tables(lines: list[str]) -> Iterator[tuple[int, int, int]]:
    """Find the runs of lines with tabs: number of the first line, rows, columns of the widest row.

    A line without tabs may be the heading of a group of rows, so it does not end a run; a blank
    line does.
    """
    number = 1
    for is_blank, run in groupby(lines, key=lambda line: not line.strip()):
        listed = list(run)
        if not is_blank:
            tabs = max(line.count("\t") for line in listed)
            if tabs:
                yield number, len(listed), tabs + 1
        number += len(listed)


def refuse_issue(issue: Issue) -> None:
    """Refuse a parsed issue that has more entries or blocks than pages can show."""
    if (count := len(issue.contents)) > MOST_ENTRIES:
        line = issue.contents[MOST_ENTRIES].lines.first
        path, line = issue.source.place_of(line)
        msg = (
            f"{path}:{line}: 目录有 {count:,} 条，最多读 {MOST_ENTRIES:,} 条，超出的从这里开始；"
            "请把这一期分成几个文件夹"
        )
        raise SourceError(msg)
    for document in issue.documents:
        if (count := sum(1 for _ in document.all_blocks())) > MOST_BLOCKS:
            path, line = issue.source.place_of(document.lines.first)
            msg = (
                f"{path}:{line}: 从这里开始的公文有 {count:,} 段（含表格），"
                f"最多读 {MOST_BLOCKS:,} 段；请核对后面的公文是否缺了标题"
            )
            raise SourceError(msg)
