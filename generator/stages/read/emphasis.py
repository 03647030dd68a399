"""Which stars, underscores and tildes are marks of emphasis, and which are printed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from generator.runtime.patterns import lazy_regex
from generator.stages.read.sheet import BORDER, MASK

STARS, UNDERSCORES, TILDES = lazy_regex(r"\*+"), lazy_regex(r"_+"), lazy_regex(r"~+")
# 王**、李**: what begins like this is no emphasis, but stands between two masked names
BETWEEN_NAMES = frozenset("、，,和与及或等；;。")
OPENING = dict(zip("（(《“‘〔[【〈「", "）)》”’〕]】〉」", strict=True))
SENTENCE = lazy_regex(r"[，,。；;：:]")
# one ideograph, and no word such as 在: a surname, behind which stars may mask a name
SURNAME = lazy_regex(
    r"(?:\A|(?<![\u3400-\u9fff]))[\u3400-\u9fff](?<![在和与对为以从向按由被把将等及或的是])\Z"
)
STOPS = frozenset("。！？）)")
IDEOGRAPH = lazy_regex(r"[\u3400-\u9fff]")
MOST_LINES_OF_ONE = 4  # of a bold text that breaks within
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
                found += _pairs(view, same, _is_word_set_apart)
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
    is_emphasis: Callable[[_Pair], bool],
) -> Iterator[tuple[int, int]]:
    """Pair each run with the next one, if what stands between them is emphasised."""
    opening: tuple[int, int] | None = None
    for run in runs:
        if opening is not None and is_emphasis(_Pair(view, opening, run)):
            yield opening
            yield run
            opening = None
        else:
            opening = run


def _is_word_set_apart(pair: _Pair) -> bool:
    """Whether underscores set apart Chinese words; a name such as __class__ is printed."""
    return bool(IDEOGRAPH.search(pair.inner)) and _is_set_apart(pair)


class _Pair(NamedTuple):
    """Two equal runs of marks in a line."""

    view: str
    opening: tuple[int, int]
    closing: tuple[int, int]

    @property
    def inner(self) -> str:
        """The text between them."""
        return self.view[self.opening[1] : self.closing[0]].replace(MASK, "")

    @property
    def before(self) -> str:
        """The character before them, if it is part of a word."""
        before = self.view[max(self.opening[0] - 1, 0) : self.opening[0]]
        return before if before.isalnum() else ""

    @property
    def after(self) -> str:
        """The character after them."""
        return self.view[self.closing[1] : self.closing[1] + 1].strip(MASK + BORDER)

    @property
    def is_whole(self) -> bool:
        """Whether nothing else is in the line."""
        around = self.view[: self.opening[0]] + self.view[self.closing[1] :]
        return not around.replace(MASK, "").strip("# \t\u3000")

    @property
    def are_names(self) -> bool:
        """Whether both may mask a name: 李**获奖，张**."""
        if not SURNAME.search(self.view, max(self.opening[0] - 2, 0), self.opening[0]):
            return False
        is_name = SURNAME.search(self.view, max(self.closing[0] - 2, 0), self.closing[0])
        return bool(is_name) or len(self.inner.strip()) <= 2


def _is_strong(pair: _Pair) -> bool:
    """Whether ``**`` around a text is emphasis: not in 2**3**4, 王**、李** or 139**12、138**34."""
    text = pair.inner.strip()
    if not text or BORDER in text:
        return False
    before = pair.before
    if not before:
        return True
    if before.isascii() and text[0].isascii() and text[0].isalnum():
        return False
    if text[0] in BETWEEN_NAMES or pair.are_names:
        return False
    if text[0] in OPENING:
        return text[-1] == OPENING[text[0]] or not pair.after
    return True


def _is_set_apart(pair: _Pair) -> bool:
    """Whether a single mark around a text is emphasis: it begins and ends where a phrase does.

    Not 5*8*3, a_b_c, *为约束性指标，带*的为预期性指标, or __年__月.
    """
    text = pair.inner
    if len(text.strip()) < 2 or text != text.strip() or BORDER in text:
        return False
    if SENTENCE.search(text) and not (pair.is_whole and text[-1] in STOPS):
        return False
    return not (pair.before or pair.after.isalnum())


def begins_bold(view: str) -> bool:
    """Whether a bold text begins a line, and goes on below it."""
    return view.lstrip("# ").startswith("**") and len(STARS.findall(view)) == 1


def ends_bold(view: str) -> bool:
    """Whether a bold text that began above ends with a line."""
    return view.rstrip().endswith("**") and len(STARS.findall(view)) == 1
