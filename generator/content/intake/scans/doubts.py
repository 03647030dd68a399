"""Find the characters that recognition is not certain of, for the editor to look at."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from generator.content.intake.scans.signs import pair_brackets
from generator.content.intake.sheets.page import Char, SheetPage
from generator.content.intake.sheets.printed_lines import read_lines
from generator.content.intake.taken import Loss, Place, Taken

# confidence of a letter, digit or ideograph; docs/engines.md has the measurements. That of
# punctuation tells nothing: its width alone makes it low
DOUBTFUL = 0.8
POOR = 0.04  # share of the characters of a page; above it the page is reported as a whole
FEWEST_POOR = 5  # doubtful characters of such a page
AROUND = 4  # characters that are shown on either side of a doubtful one
SLACK = 0.004  # share of a page, by which a character may be outside of its line's box
LOSS = "doubtful"


@dataclass(frozen=True, slots=True)
class _Doubt:
    page: int
    words: str  # 产【导】业: the doubtful ones in brackets
    x: float  # of the first, as shares of the page
    y: float


def with_doubts(taken: Taken, pages: Iterable[SheetPage]) -> Taken:
    """Pair the brackets of recognised lines, and add a loss for each place that is not certain.

    Characters that are not in the text, such as those of running heads, are left out.
    """
    recognised = {line for line, place in taken.places if place.confidence is not None}
    if recognised:
        lines = enumerate(taken.text.split("\n"), 1)
        paired = "\n".join(pair_brackets(each) if n in recognised else each for n, each in lines)
        taken = replace(taken, text=paired)
    of_pages: dict[int, list[tuple[int, Place]]] = defaultdict(list)
    for line, place in taken.places:
        of_pages[place.page].append((line, place))
    texts = ["".join(line.split()) for line in taken.text.split("\n")]
    found = []
    for page in pages:
        for doubt in _doubts(page):
            line = _line_of(doubt, of_pages[page.number], texts)
            if line:
                found.append(Loss(page.number, line, LOSS, doubt.words))
    losses = sorted([*taken.losses, *found], key=lambda loss: loss.line)
    return replace(taken, losses=tuple(losses)) if found else taken


def _doubts(page: SheetPage) -> Iterator[_Doubt]:
    if is_poor(page):
        return
    for line in read_lines(page.chars):
        chars = [char for char in line.chars if char.text.strip()]
        n = 0
        while n < len(chars):
            if not _is_doubtful(chars[n]):
                n += 1
                continue
            first = n
            while n < len(chars) and _is_doubtful(chars[n]):
                n += 1
            words = (
                _text(chars[max(0, first - AROUND) : first])
                + f"【{_text(chars[first:n])}】"
                + _text(chars[n : n + AROUND])
            )
            char = chars[first]
            x = (char.left + char.right) / 2 / page.width
            yield _Doubt(page.number, words, x, 1 - (char.base + char.size / 3) / page.height)


def is_poor(page: SheetPage) -> bool:
    """Whether so many characters of a page are doubtful that all of it must be looked at."""
    doubtful = sum(map(_is_doubtful, page.chars))
    return doubtful > max(POOR * len(page.chars), FEWEST_POOR)


def _is_doubtful(char: Char) -> bool:
    return char.text.isalnum() and char.confidence is not None and char.confidence < DOUBTFUL


def _text(chars: Sequence[Char]) -> str:
    return "".join(char.text for char in chars)


def _line_of(doubt: _Doubt, places: Sequence[tuple[int, Place]], texts: Sequence[str]) -> int:
    """Give the line of the text in whose box a character is, and that has its words; 0 if none."""
    inside = [
        (box[3] - box[1], line)
        for line, place in places
        if (box := place.box)
        and box[0] - SLACK <= doubt.x <= box[2] + SLACK
        and box[1] - SLACK <= doubt.y <= box[3] + SLACK
    ]
    core = doubt.words.partition("【")[2].partition("】")[0]
    return next((line for _, line in sorted(inside) if core in texts[line - 1]), 0)
