"""Prove that the ledger accounts for every character that was lost, added or moved.

For each source line, take its text on the pages and put back the characters that the ledger lists
as removed. The result must have the ideographs, letters and digits of the line, in their order.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

from generator.language.unseen import UNSEEN
from generator.model import (
    Correction,
    Diagnostic,
    Document,
    Issue,
    LedgerEntry,
    Lines,
    Paragraph,
    TocEntry,
)
from generator.model.edits import first_difference, pieces
from generator.runtime.patterns import lazy_regex

# characters that are not compared: those that str.isalnum denies, except the accents of letters,
# and letters that are invisible
NOT_COMPARED = lazy_regex(rf"(?:[^\w\u0300-\u036f\u3099\u309a]|[_{UNSEEN}])+")
# a piece that rules took out of a line, and the characters that they put in its place, if any
Piece: TypeAlias = tuple[str, str]
# limits of the search for removed pieces. A line has few (the cells of a dropped header row,
# characters doubled at a page edge), so that trying them is cheap
MOST_PIECES, MOST_TRIES = 300, 10_000


def audit(issue: Issue) -> tuple[Diagnostic, ...]:
    """Compare a normalised issue with its source; report each line that the ledger cannot explain.

    Also report each text that was moved, and each entry of the contents that differs.
    """
    source = issue.source.original.split("\n")
    written = written_lines(issue.documents)
    removed = removed_pieces(issue.ledger)
    for divider in issue.dividers:  # a break within a line may leave a part of it between documents
        if divider.lines.first in written and (part := signs(divider.text)):
            pieces_out = removed.setdefault(divider.lines.first, [])
            if (part, "") not in pieces_out:  # a running head is in the ledger
                pieces_out.append((part, ""))
    corrected = _by_line(issue.source.corrections)
    for number, entries in markup_by_line(issue.ledger).items():
        source[number - 1] = without_markup(
            _correct(source[number - 1], corrected.pop(number, ())), entries
        )
    faults = []
    for number in sorted(written.keys() | set(_own_lines(issue))):
        line = source[number - 1] if number <= len(source) else ""
        text = "".join(written.get(number, ()))
        if text == line and number not in removed:  # most lines are as received
            continue
        wanted = signs(_correct(line, corrected.get(number, ())))
        if not restores(wanted, signs(text), removed.get(number, ())):
            message = f"整理后的文字与原文不符，且改动记录不能还原：“{line.strip()[:40]}”"
            faults.append(Diagnostic("audit", "error", Lines(number, number), message))
    return (*faults, *_audit_order(issue), *_audit_contents(issue, source, removed, corrected))


def signs(text: str) -> str:
    """Give the ideographs, letters and digits of a text; accents are separate characters.

    They are separate because a rule may have removed a character between a letter and its accent.
    """
    return NOT_COMPARED.sub("", unicodedata.normalize("NFD", text))


def restores(wanted: str, written: str, pieces: Sequence[Piece]) -> bool:
    """Whether putting all pieces back into the written text, at any places, gives the wanted text.

    A piece is inserted, or takes the place of the characters that a rule put there instead of it.
    """
    if wanted == written and not pieces:
        return True
    longer = sum(len(taken) - len(put_in) for taken, put_in in pieces)
    if len(wanted) != len(written) + longer or len(pieces) > MOST_PIECES:
        return False
    return _takes_out((wanted, 0), (written, 0), Counter(pieces), [MOST_TRIES])


def _takes_out(
    wanted: tuple[str, int], written: tuple[str, int], pieces: Counter[Piece], tries: list[int]
) -> bool:
    """Whether removing the pieces from ``wanted`` gives ``written``, from the given offsets on.

    Where the two texts first differ, one of the pieces was removed. If the text repeats itself,
    the piece may begin a little before the difference: removing either occurrence gives the same
    text. ``tries`` counts down, so that the search ends on hostile text.
    """
    (text, at), (other, begin) = wanted, written
    same = first_difference(text, at, other, begin)
    at, begin = at + same, begin + same
    if at == len(text):
        return begin == len(other) and not pieces
    for piece in sorted(pieces, key=lambda piece: len(piece[0]), reverse=True):
        tries[0] -= 1
        if tries[0] < 0:
            return False
        taken, put_in = piece
        length = len(taken)
        if put_in:  # replaced: the two texts differ from the first character on
            is_here = text.startswith(taken, at) and other.startswith(put_in, begin)
        else:
            is_here = taken in text[max(at - length, 0) : at + length]
        if is_here:
            rest = pieces - Counter([piece])
            if _takes_out((text, at + length), (other, begin + len(put_in)), rest, tries):
                return True
    return False


def markup_by_line(ledger: Iterable[LedgerEntry]) -> dict[int, list[LedgerEntry]]:
    """Collect, for each line, the entries of markup, which name their place in it."""
    markup: dict[int, list[LedgerEntry]] = defaultdict(list)
    for entry in ledger:
        if entry.at >= 0:
            markup[entry.line].append(entry)
    return markup


def without_markup(line: str, entries: Iterable[LedgerEntry]) -> str:
    """Repeat what reading did to a line: put ``after`` at the place of each ``before``.

    An entry that is not in the line, or overlaps another one, is passed over: then the text does
    not agree, and the line is reported.
    """
    parts: list[str] = []
    end = 0
    for entry in sorted(entries, key=lambda e: e.at):
        if entry.at >= end and line.startswith(entry.before, entry.at):
            parts += [line[end : entry.at], entry.after]
            end = entry.at + len(entry.before)
    return "".join([*parts, line[end:]])


def _correct(line: str, corrections: Iterable[Correction]) -> str:
    """Apply an editor's corrections, which the ledger also lists, to a received line."""
    for correction in corrections:
        if line.count(correction.printed) == 1:
            line = line.replace(correction.printed, correction.corrected)
    return line


def _by_line(corrections: Iterable[Correction]) -> dict[int, list[Correction]]:
    found: dict[int, list[Correction]] = defaultdict(list)
    for correction in corrections:
        found[correction.line].append(correction)
    return found


def _own_lines(issue: Issue) -> Iterator[int]:
    """Give the lines that must be on a page: those of documents with a character to compare."""
    source = issue.source.text.split("\n")
    dividers = {paragraph.lines.first for paragraph in issue.dividers}
    for document in issue.documents:
        for number in range(document.lines.first, document.lines.last + 1):
            if number not in dividers and signs(source[number - 1]):
                yield number


def written_lines(documents: Iterable[Document]) -> dict[int, list[str]]:
    """Collect, for each source line, the texts on the pages of documents that come from it."""
    written: dict[int, list[str]] = defaultdict(list)
    for document in documents:
        for block in document.all_blocks():
            for text, line in pieces(block):
                written[line].append(text)
    return written


def _audit_order(issue: Issue) -> Iterator[Diagnostic]:
    """Report each text that is on its page below a text of a later source line.

    A picture may be below the paragraph in which it stands, with its caption.
    """
    for document in issue.documents:
        above = 0
        around = Lines(1, 0)  # of the last block with a text
        for block in document.all_blocks():
            is_text = not (isinstance(block, Paragraph) and block.kind == "picture")
            around = block.lines if is_text else around
            for _, line in pieces(block):
                if line < above and (is_text or not around.first <= line <= around.last):
                    message = (
                        f"{issue.source.shown(line)}的文字被移到了{issue.source.shown(above)}之后"
                    )
                    yield Diagnostic("audit", "error", Lines(line, line), message)
                above = max(above, line)


def removed_pieces(ledger: Iterable[LedgerEntry]) -> dict[int, list[Piece]]:
    """Collect, for each line, the characters that rules removed or replaced.

    Blanks do not count; nor do changes of width, which lose no character.
    """
    removed: dict[int, list[Piece]] = defaultdict(list)
    for entry in ledger:
        before, after = signs(entry.before), signs(entry.after)
        if entry.at < 0 and entry.rule not in ("correction", "read_page") and before != after:
            is_rest = before.endswith(after)  # nothing was put in
            piece = (before.removesuffix(after), "") if is_rest else (before, after)
            removed[entry.line].append(piece)
    return removed


def _audit_contents(
    issue: Issue,
    source: Sequence[str],
    removed: dict[int, list[Piece]],
    corrected: dict[int, list[Correction]],
) -> Iterator[Diagnostic]:
    """Compare the title and the page of each entry of the contents with the source."""
    read_pages: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for change in issue.ledger:
        if change.rule == "read_page":
            read_pages[change.line].append((change.before, change.after))
    named: dict[int, list[Piece]] = defaultdict(list)
    for paragraph in issue.dividers:
        named[paragraph.lines.first].append((signs(paragraph.text), ""))
    for entries in _entries_by_lines(issue.contents):
        lines = Lines(entries[0].lines.first, max(entry.lines.last for entry in entries))
        numbers = range(lines.first, lines.last + 1)
        printed = "".join(_correct(source[n - 1], corrected.get(n, ())) for n in numbers)
        for n in numbers:
            for misread, page in read_pages.get(n, ()):
                printed = page.join(printed.rsplit(misread, 1))
        taken = [piece for n in numbers for piece in removed.get(n, ())]
        taken += [piece for n in numbers for piece in named.get(n, ())]  # a category in the row
        if not _are_entries(_plain_digits(signs(printed)), entries, taken):
            shown = "”“".join(entry.title for entry in entries)
            message = f"目录与原文不符，且改动记录不能还原：“{shown}”"
            yield Diagnostic("audit", "error", lines, message)


def _entries_by_lines(contents: Iterable[TocEntry]) -> list[list[TocEntry]]:
    """Group the entries that share a line, each group in the order of its lines."""
    groups: list[list[TocEntry]] = []
    last = 0
    for entry in sorted(contents, key=lambda e: (e.lines.first, e.nth)):
        if groups and entry.lines.first <= last:
            groups[-1].append(entry)
        else:
            groups.append([entry])
        last = max(last, entry.lines.last)
    return groups


def _are_entries(wanted: str, entries: Sequence[TocEntry], taken: Sequence[Piece]) -> bool:
    """Whether the titles, the pages and the removed pieces together give the printed entries."""
    titles = [_plain_digits(signs(entry.title)) for entry in entries]
    pages = ["" if entry.page is None else str(entry.page) for entry in entries]
    ahead = "".join(page + title for page, title in zip(pages, titles, strict=True))
    behind = "".join(title + page for page, title in zip(pages, titles, strict=True))
    if any(restores(wanted, text, given) for text in (behind, ahead) for given in ((), taken)):
        return True
    if len(entries) > 1:
        return False
    # the page may be printed 007, or between the halves of a wrapped title
    return any(_is_entry(wanted, titles[0], pages[0], pieces) for pieces in ((), taken))


def _is_entry(wanted: str, title: str, page: str, pieces: Sequence[Piece]) -> bool:
    """Whether the title, the page and the removed pieces together give the printed entry.

    The page may be printed 7 or 007, after the title, before it or inside it.
    """
    longer = sum(len(taken) - len(put_in) for taken, put_in in pieces)
    zeros = len(wanted) - len(title) - len(page) - longer if page else 0
    page = "0" * zeros + page
    return restores(wanted, title + page, pieces) or (
        page != ""
        and (
            restores(wanted, page + title, pieces) or restores(wanted, title, [*pieces, (page, "")])
        )
    )


def _plain_digits(text: str) -> str:
    """Replace every digit of another width or script by an ASCII digit: ``９`` → ``9``."""
    return re.sub(r"\d", lambda digit: str(int(digit[0])), text)
