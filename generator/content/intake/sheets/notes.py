"""Take footnotes out of the flow of the text, to put them behind the paragraphs they belong to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from generator.content.intake.sheets.page import Rule, SheetPage
from generator.content.intake.sheets.places import Block
from generator.content.intake.sheets.printed_lines import Line
from generator.runtime.patterns import lazy_regex

MARK = r"\d{1,2}|[①-⑳]|\*{1,3}|※"
REFERENCE = lazy_regex(rf"(?<=.)<sup>[\[［（(]?(?P<mark>{MARK})[\]］）)]?</sup>")
BEGINS = lazy_regex(
    rf"(?:<sup>)?[\[［（(]?(?P<mark>{MARK})[\]］）)]?(?:</sup>)?[\s.．、:：]*+(?=[^\s\d])"
)
SMALL = 0.95  # of the size of the text
SHORT_RULE = 0.6  # of the width of the text: the rule above footnotes


def references(lines: Iterable[Line]) -> frozenset[str]:
    """Give the raised marks in the text of a page that refer to footnotes."""
    return frozenset(
        found["mark"] for line in lines for found in REFERENCE.finditer(line.text) if line.chars
    )


def begins_note(line: Line, marks: frozenset[str], body: float) -> bool:
    """Whether a line begins a footnote: in small type, with a mark that the text refers to."""
    if line.rows or line.size > body * SMALL:
        return False
    found = BEGINS.match(line.text)
    return bool(found and found["mark"] in marks)


def split_notes(
    lines: Sequence[Line], marks: frozenset[str], body: float, page: SheetPage, *, goes_on: bool
) -> tuple[tuple[Line, ...], tuple[tuple[Line, ...], ...]]:
    """Part the lines of a column into its text and its footnotes.

    ``goes_on`` says that the page before has footnotes, of which the last may go on here.
    """
    first = len(lines)
    while first and not lines[first - 1].rows and lines[first - 1].size <= body * SMALL:
        first -= 1
    while first < len(lines) and not (
        begins_note(lines[first], marks, body)
        or (_under_rule(lines, first, page) and (goes_on or BEGINS.match(lines[first].text)))
    ):
        first += 1
    notes: list[list[Line]] = []
    for line in lines[first:]:
        known = {found["mark"] for note in notes if (found := BEGINS.match(note[0].text))}
        found = BEGINS.match(line.text)
        if not notes or (found and found["mark"] not in known and _follows(found["mark"], known)):
            notes.append([line])
        else:
            notes[-1].append(line)
    return tuple(lines[:first]), tuple(map(tuple, notes))


def raised_mark(text: str) -> str:
    """Raise the number of a footnote that stands before its text as a bare one."""
    found = BEGINS.match(text)
    if not found or not found["mark"].isdecimal() or found.end("mark") != found.end():
        return text
    return text if found.start("mark") else f"<sup>{found['mark']}</sup>{text[found.end() :]}"


def _follows(mark: str, known: set[str]) -> bool:
    """Whether a mark may be the next one; 12 in 12月 at the beginning of a line is none."""
    if not mark.isdecimal():
        return True
    return int(mark) - 1 in {int(each) for each in known if each.isdecimal()}


def _under_rule(lines: Sequence[Line], n: int, page: SheetPage) -> bool:
    """Whether a short rule at the left margin is between a line and the one above it."""
    if not n:
        return False
    left, right = min(line.left for line in lines), max(line.right for line in lines)
    low, high = lines[n].areas[0].bottom, lines[n - 1].base

    def parts(rule: Rule) -> bool:
        length = rule.end - rule.start
        return (
            not rule.upright
            and low < rule.at < high
            and abs(rule.start - left) < lines[n].size * 3
            and length < (right - left) * SHORT_RULE
        )

    return any(map(parts, page.rules))


def begins_with_mark(text: str) -> bool:
    """Whether a footnote begins with its mark, and is not the rest of one."""
    return bool(BEGINS.match(text))


def place_notes(blocks: Iterable[Block], notes: Sequence[Block]) -> list[Block]:
    """Put each footnote behind the paragraph of its page that refers to it.

    One that nothing refers to stands behind the last paragraph of its page.
    """
    placed = list(blocks)
    behind: dict[int, list[Block]] = {}
    for note in notes:
        page = note.pieces[0].page.number
        on_page = [n for n, block in enumerate(placed) if _is_on(block, page)]
        found = BEGINS.match(note.text)
        referring = [
            n
            for n in on_page
            if found
            and found["mark"] in (ref["mark"] for ref in REFERENCE.finditer(placed[n].text))
        ]
        behind.setdefault(next(iter(referring or on_page[-1:]), -1), []).append(note)
    result = behind.get(-1, [])
    for n, block in enumerate(placed):
        result.append(block)
        result += behind.get(n, [])
    return result


def _is_on(block: Block, page: int) -> bool:
    return any(piece.page.number == page for piece in block.pieces)
