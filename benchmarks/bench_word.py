"""Print issues as Word files, and say how these are read.

    python -m benchmarks.bench_word FOLDER …

Each issue is written as a Word file, with its contents, headings, merged cells and the paragraphs
in cells as an office has them, is taken in like a file of an editor, and the reading is compared
with that of the issue's own text (same_reading.py). A word at the end says how many losses intake
found: there should be none.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.shared import Mm

from benchmarks.same_reading import compare
from generator.archive.resolve import resolve_citations
from generator.archive.summary import summarise
from generator.content.intake.word import convert_docx
from generator.formats.issue_json import issue_data
from generator.model import Issue
from generator.stages.pipeline import convert

Data: TypeAlias = Mapping[str, Any]  # of issue.json, or of a part of it
HEAD = (
    ("sponsor", "主管"), ("publisher", "编辑出版"), ("address", "地址"), ("postcode", "邮编"),
    ("phone", "电话"),
)  # fmt: skip
STYLES = {"title": "Heading 1", "heading": "Heading 2"}


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a row for each issue."""
    parser = argparse.ArgumentParser(description="how issues are read that are printed as Word")
    parser.add_argument("folders", type=Path, nargs="+", metavar="FOLDER")
    for n, folder in enumerate(parser.parse_args(arguments).folders):
        right = _data(convert(folder))
        with tempfile.TemporaryDirectory() as name:
            made = Path(name) / folder.parent.name / folder.name
            made.mkdir(parents=True)
            shutil.copyfile(folder.parent / "gazette.toml", made.parent / "gazette.toml")
            write_word(right, made / "issue.docx")
            begun = time.perf_counter()
            losses = len(convert_docx(made / "issue.docx").losses)
            seconds = time.perf_counter() - begun
            measures = compare(right, _data(convert(made)))
        if not n:
            names = " | ".join(measures)
            sys.stdout.write(f"| issue | {names} | losses | seconds |\n")
            sys.stdout.write(f"|{'---|' * (len(measures) + 3)}\n")
        row = " | ".join(f"{value:.3f}" for value in measures.values())
        name = f"{folder.parent.name}/{folder.name}"
        sys.stdout.write(f"| {name} | {row} | {losses} | {seconds:.2f} |\n")
    return 0


def _data(issue: Issue) -> dict[str, Any]:
    return issue_data(issue, resolve_citations([summarise(issue)]))


def write_word(data: Data, path: Path) -> None:
    """Write an issue as a Word file."""
    word = Document()
    word.add_paragraph(data["gazette"], style="Title")
    total = f"（总第{data['total_number']}期）" if data["total_number"] else ""
    if data["number"]:
        word.add_paragraph(f"{data['year']}年第{data['number']}期{total}")
    for key, label in HEAD:
        if data[key]:
            word.add_paragraph(f"{label}：{data[key]}")
    if not data.get("made"):
        _write_contents(word, data["contents"])
    for document in data["documents"]:
        for block in _blocks(document):
            _write_block(word, block)
    word.save(str(path))


def _write_contents(word: WordDocument, entries: Sequence[Data]) -> None:
    if not entries:
        return
    word.add_paragraph("目  录")
    category = None
    for entry in entries:
        if entry["category"] and entry["category"] != category:
            word.add_paragraph(f"【{entry['category']}】")
        category = entry["category"]
        page = "" if entry["page"] is None else f"\t{entry['page']}"
        line = word.add_paragraph(f"{entry['title']}{page}")
        stops = line.paragraph_format.tab_stops
        stops.add_tab_stop(Mm(150), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)


def _blocks(document: Data) -> Iterator[Data]:
    yield from document["blocks"]
    for attachment in document["attachments"]:
        yield from attachment["blocks"]


def _write_block(word: WordDocument, block: Data) -> None:
    if block["kind"] == "table":
        _write_table(word, block)
        return
    style = STYLES.get(block["kind"])
    for line in block["text"].split("\n"):
        word.add_paragraph(line, style=style)


def _write_table(word: WordDocument, block: Data) -> None:
    rows = block["rows"]
    table = word.add_table(len(rows), len(rows[0]))
    covered = set()
    for y, x, high, wide in block.get("spans") or []:
        table.cell(y, x).merge(table.cell(y + high - 1, x + wide - 1))
        covered |= {(y + down, x + on) for down in range(high) for on in range(wide)} - {(y, x)}
    for y, row in enumerate(rows):
        cells = table.rows[y].cells
        for x, text in enumerate(row):
            if (y, x) in covered:
                continue
            first, *more = text.split("\n")
            cells[x].paragraphs[0].text = first
            for line in more:
                cells[x].add_paragraph(line)


if __name__ == "__main__":
    sys.exit(main())
