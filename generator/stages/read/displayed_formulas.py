r"""Formulas that stand on lines of their own, between ``$$`` and ``$$`` or ``\[`` and ``\]``."""

from __future__ import annotations

from generator.stages.read.latex import BACKSLASH, IDEOGRAPH, print_latex
from generator.stages.read.sheet import MASK, Cut, Sheet

ENDS = {"$$": "$$", "\\[": "\\]", "\\begin{equation}": "\\end{equation}"}
MOST_LINES, LONGEST_FORMULA = 60, 4_000  # of a formula


def read_displayed_formulas(sheet: Sheet) -> None:
    r"""Join the lines of a displayed formula to one; write it as printed where it is a small thing.

    ``$$ / S = 50\% / $$`` → ``S = 50%``; any other formula stays as ``$$…$$`` on one line.

    给编辑：分几行写的公式（两行 `$$` 之间）合为一行；只有数字、单位和符号的，还原为所印的样子。
    """
    read_to = 0
    for first in sheet.marked:
        opening = _opening(sheet, first) if first >= read_to else ""
        if opening and (last := _end(sheet, first, opening)):
            _join(sheet, first, last, opening)
            read_to = last + 1


def _opening(sheet: Sheet, index: int) -> str:
    """Give the mark that opens a formula on a line and is not closed on it."""
    line = sheet.view(index).strip()
    found = next((mark for mark in ENDS if line.startswith(mark)), "")
    return "" if found and ENDS[found] in line[len(found) :] else found


def _end(sheet: Sheet, first: int, opening: str) -> int:
    """Give the line that ends the formula; 0 if there is none, or if it is no formula."""
    closing = ENDS[opening]
    for last in range(first + 1, min(first + MOST_LINES, len(sheet.lines))):
        line = sheet.view(last).strip()
        if MASK in line:
            return 0
        if closing in line:
            return last if line.endswith(closing) and line.count(closing) == 1 else 0
        if "。" in line and not BACKSLASH.search(line):
            return 0  # a sentence: the mark above was something else
    return 0


def _join(sheet: Sheet, first: int, last: int, opening: str) -> None:
    lines = [sheet.view(n).strip() for n in range(first, last + 1)]
    lines[0] = lines[0][len(opening) :].strip()
    lines[-1] = lines[-1][: -len(ENDS[opening])].strip()
    latex = " ".join(filter(None, lines))
    if not latex or len(latex) > LONGEST_FORMULA:
        return
    if IDEOGRAPH.search(latex) and not BACKSLASH.search(latex) and "=" not in latex:
        return
    printed = print_latex(latex)
    text = f"$${latex}$$" if printed is None else printed
    target = next(first + n for n, line in enumerate(lines) if line)
    for n in range(first, last + 1):
        written = text if n == target else ""
        sheet.draft(n).cut("read_displayed_formulas", [Cut(0, len(sheet.view(n)), written)])
