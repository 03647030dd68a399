"""An issue's folder → its text as received, with the editor's corrections."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from generator.content.covering import cover, without_numbers
from generator.content.decoding import LINE_END, read_received
from generator.content.documents import DOCUMENTS, has_documents, line_finder, read_documents
from generator.content.folders import files_of, take_in_texts
from generator.content.formulas import read_formulas
from generator.content.intake.taken import ISSUE_FILE
from generator.content.issue_facts import (
    NOWHERE,
    confirmations_of,
    corrections_of,
    decisions_of,
    facts_of,
    in_joined_text,
    read_issue_tables,
    scan_of,
    unplaced_of,
    with_categories,
    withdrawals_of,
)
from generator.content.layout import with_layout
from generator.content.limits import refuse_text
from generator.content.misplaced import Search
from generator.content.published_addresses import ADDRESSES_FILE, read_published
from generator.content.received import received_files
from generator.content.sheets import read_sheets
from generator.content.toml_files import refuse_unreadable
from generator.content.toml_tables import line_of
from generator.model import Correction, Source
from generator.runtime.errors import Faults, SourceError
from generator.runtime.places import FACTS_FILE

# characters looked through for all corrections of an issue: each reads its whole line
MOST_READ = 1_000_000_000


def load(folder: Path) -> Source:
    r"""Read one issue's text and apply its corrections; convert Word and PDF files first.

    The text is that of issue.md, or of the files in documents/, joined in the order of their names.

    1. The bytes are decoded as UTF-8 (with or without BOM) or GB18030; which one is recorded.
    2. Line ends are ``\n`` only, and the count of lines is that of the file; of several files, of
       all of them with an empty line between two.
    3. Each correction of issue.toml found its text exactly once in its line, and so did each
       decision in the corrected text.
    4. What issue.toml covers is in no field of the result.

    Raises SourceError, naming file and line, for anything else.
    """
    faults = Faults()  # of the text and of issue.toml
    with faults.noted():
        take_in_texts([folder])
        received = received_text(folder)
    facts_file = folder / FACTS_FILE
    with faults.noted():
        tables = read_issue_tables(facts_file)
    faults.end()
    came_as = received_files(folder, received)
    tables = in_joined_text(tables, line_finder(received.parts, ISSUE_FILE), facts_file)
    covering = cover(received, tables, facts_file)
    received, covered = covering.source, covering.lines
    corrections = corrections_of(tables)
    addresses = folder / ADDRESSES_FILE
    corrected = received
    search = Search(received, facts_file)
    with search.others.noted():
        refuse_unreadable(addresses)
    with search.others.noted():
        scan = scan_of(tables, facts_file)
    with search.others.noted():
        parts = with_categories(received.parts, tables, facts_file)
    if corrections:
        text = _correct(received, corrections, search)
        refuse_text(text, received.path)
        lines = received.text.count("\n") + 1
        placed_ones = tuple(c for c in corrections if 1 <= c.line <= lines)
        shown, corrections, without = without_numbers(received.text, text, placed_ones)
        covered = tuple(sorted({*covered, *without}))
        corrected = replace(received, text=text, received=shown)
    decisions = decisions_of(tables, corrected, search)
    search.end()
    placed = with_layout(corrected, folder)
    return replace(
        placed,
        losses=covering.of_losses(placed.losses),
        came_as=came_as,
        corrections=corrections,
        unplaced=unplaced_of(tables, facts_file),
        parts=parts,
        facts=facts_of(tables),
        scan=scan,
        lifted=tuple(lift.line for lift in tables.lift),
        files=files_of(folder),
        published=read_published(addresses, received.name),
        withdrawn=withdrawals_of(tables, facts_file),
        # an anchor as it stands in an address, too
        withheld=tuple((w.document, w.anchor.strip().removeprefix("#")) for w in tables.withheld),
        decisions=decisions,
        confirmed=confirmations_of(tables, corrected),
        # a formula is drawn from what its line says
        formulas=tuple(f for f in read_formulas(folder, corrected) if f.line not in covered),
        sheets=read_sheets(folder, replace(corrected, scan=scan)) if tables.sheets else (),
        covered=covered,
    )


def received_text(folder: Path) -> Source:
    """Read the text of an issue as received: issue.md, or the files in documents/."""
    # as it is called in the archive, though it be a link within it
    named = Path(os.path.abspath(folder))  # noqa: PTH100 - resolve() would follow links
    name = f"{named.parent.name}/{named.name}"
    if has_documents(folder):
        joined = read_documents(folder)
        encodings = {file.encoding for file in joined.files}
        return Source(
            name=name,
            text=joined.text,
            path=str(folder / DOCUMENTS),
            file=DOCUMENTS,
            sha256=joined.sha256,
            encoding=encodings.pop() if len(encodings) == 1 else "mixed",
            parts=joined.files,
        )
    path = folder / ISSUE_FILE
    received = read_received(path)
    return Source(name, received.text, str(path), ISSUE_FILE, received.sha256, received.encoding)


def _correct(source: Source, corrections: Sequence[Correction], search: Search) -> str:
    """Apply the corrections in their order; those that do not fit are noted and left out."""
    lines = source.text.split("\n")
    work = 0
    for nth, correction in enumerate(corrections):
        if correction.line == NOWHERE:
            continue
        path, number = source.place_of(correction.line)
        name, printed = Path(path).name, correction.printed
        if not 1 <= correction.line <= len(lines):
            what = f"更正写的是第{number}行，{name} 只有{len(lines)}行"
            search.add("correction", nth, "from", what, printed)
            continue
        line = lines[correction.line - 1]
        work += len(line)
        if work > MOST_READ:
            where = f"{search.facts}:{line_of(search.facts, ('correction', nth, 'from'))}"
            msg = f"{where}: 更正太多，所在的行太长；请核对是不是一期公报的文本"
            raise SourceError(msg)
        if (count := line.count(printed)) != 1:
            what = (
                f"更正要在 {name} 第{number}行找到一处 {printed[:60]!r}，实有 {count} 处，"
                f"该行现为“{line.strip()[:60]}”"
            )
            # where its words stand twice in the right line, another line is not the right one
            words = "" if count > 1 else printed
            search.add("correction", nth, "from", what, words, is_several=count > 1)
        elif LINE_END.search(correction.corrected) or "\n" in correction.corrected:
            search.add("correction", nth, "from", "更正不能换行；请把 to 写成一行")
        else:
            lines[correction.line - 1] = line.replace(printed, correction.corrected)
    return "\n".join(lines)
