"""Which stars, underscores and tildes are marks of emphasis, and which are printed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

STARS, UNDERSCORES, TILDES = re.compile(r"\*+"), re.compile(r"_+"), re.compile(r"~+")
# 王**、李**: what begins like this is no emphasis, but stands between two masked names
BETWEEN_NAMES = frozenset("、，,和与及或等；;。")
OPENING = dict(zip("（(《“‘〔[【〈「", "）)》”’〕]】〉」", strict=True))
SENTENCE = re.compile(r"[，,。；;：:]")
MOST_RUNS = 400  # of one line


def find_emphasis(view: str) -> list[tuple[int, int]]:
    """Find the marks of emphasis in a line, in their order."""
    found: list[tuple[int, int]] = []
    if "*" in view:
        runs = [run.span() for run in STARS.finditer(view)][:MOST_RUNS]
        for size in (3, 2):
            found += _pairs(view, _parted(runs, size), _is_strong)
        found += _pairs(view, [run for run in runs if run[1] - run[0] == 1], _is_set_apart)
    if "__" in view or "_" in view:
        runs = [run.span() for run in UNDERSCORES.finditer(view)][:MOST_RUNS]
        if all(end - start <= 3 for start, end in runs):  # longer ones are blanks to fill in
            for size in (3, 2, 1):
                same = [run for run in runs if run[1] - run[0] == size]
                found += _pairs(view, same, _is_set_apart)
    if "~~" in view:
        runs = [run.span() for run in TILDES.finditer(view) if len(run[0]) == 2]
        found += _pairs(view, runs, _is_strong)
    return sorted(found)


def _parted(runs: Sequence[tuple[int, int]], size: int) -> Iterator[tuple[int, int]]:
    """Give the runs of one size; one of twice the size between two of them closes and opens.

    ``**一、****总体要求**``
    """
    same = [n for n, (start, end) in enumerate(runs) if end - start == size]
    if not same:
        return
    is_open = False
    for n, (start, end) in enumerate(runs):
        if end - start == size:
            is_open = not is_open
            yield start, end
        elif end - start == 2 * size and is_open and n < same[-1]:
            yield start, start + size
            yield start + size, end


def _pairs(
    view: str,
    runs: Iterable[tuple[int, int]],
    is_emphasis: Callable[[str, str, str], bool],
) -> Iterator[tuple[int, int]]:
    """Pair each run with the next one, if what stands between them is emphasised."""
    opening: tuple[int, int] | None = None
    for run in runs:
        if opening is None:
            opening = run
            continue
        inner = view[opening[1] : run[0]]
        if is_emphasis(_before(view, opening[0]), inner, _after(view, run[1])):
            yield opening
            yield run
            opening = None
        else:
            opening = run


def _before(view: str, at: int) -> str:
    return view[max(at - 1, 0) : at].replace("\x00", "").replace("\n", "")


def _after(view: str, at: int) -> str:
    return view[at : at + 1].replace("\x00", "").replace("\n", "")


def _is_strong(before: str, inner: str, after: str) -> bool:
    """Whether ``**`` around a text is emphasis: not in 2**3**4, 王**、李** or 139**12、138**34."""
    text = inner.replace("\x00", "").strip()
    if not text or "\n" in inner:
        return False
    is_in_word = before.isalnum()
    if not is_in_word:
        return True
    if (before.isascii() and text[0].isascii() and text[0].isalnum()) or len(text) == 1:
        return False
    if text[0] in BETWEEN_NAMES:
        return False
    if text[0] in OPENING:
        return text[-1] == OPENING[text[0]] or not after
    return True


def _is_set_apart(before: str, inner: str, after: str) -> bool:
    """Whether a single mark around a text is emphasis: it begins and ends where a phrase does.

    Not 5*8*3, a_b_c, *为约束性指标，带*的为预期性指标, or __年__月.
    """
    text = inner.replace("\x00", "")
    if len(text.strip()) < 2 or text != text.strip() or "\n" in inner or SENTENCE.search(text):
        return False
    return not (before.isalnum() or after.isalnum()) and before != "\\"
