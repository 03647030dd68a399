"""The lines that reading gives, and how titles are compared with them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import Generic, TypeVar, overload

from generator.language.unseen import UNSEEN
from generator.runtime.patterns import lazy_regex
from generator.stages.read import Line, lift_marks, read_lines
from generator.stages.read.source_lines import BLANKS, SEEN, SENTENCE_ENDS

__all__ = [
    "ALIKE",
    "BLANKS",
    "SEEN",
    "SENTENCE_ENDS",
    "FoldedLines",
    "Lazily",
    "Line",
    "fold_title",
    "lift_marks",
    "likeness",
    "read_lines",
    "without_footnote",
]

FOOTNOTE_MARK = lazy_regex(r"(?<=\S)\s*+[\[［〔]\d{1,2}[\]］〕]$")
FOOTNOTE_ENDS = frozenset("]］〕")
Given = TypeVar("Given")
Made = TypeVar("Made")
NOT_COMPARED = lazy_regex(rf"[\W_{UNSEEN}]+")
COMPARED = lazy_regex(rf"[^\W_{UNSEEN}]")
# share of characters that a damaged title has in common with its entry, in the same order (Indel).
# Measured on the 229 titles of 26 issues, at 0.82, 0.78, 0.76, 0.74: of 1,481 damages (characters
# misread, lost, doubled) 994, 1,111, 1,152, 1,194 are read right; of 432 titles taken out 58, 59,
# 59, 63 are taken for another that is in the text
ALIKE = 0.76


@lru_cache(4096)  # contents and text are folded apart, and have the same lines
def fold_title(text: str) -> str:
    """Reduce a title to its letters, digits and ideographs; titles are compared in this form."""
    return NOT_COMPARED.sub("", text)


class Lazily(Sequence[Made], Generic[Given, Made]):
    """What a function makes of each of many values, made when it is first asked for."""

    def __init__(self, make: Callable[[Given], Made], given: Sequence[Given]) -> None:
        self._make = make
        self._given = given
        self._made: list[Made | None] = [None] * len(given)

    def __len__(self) -> int:
        return len(self._given)

    @overload
    def __getitem__(self, place: int) -> Made: ...

    @overload
    def __getitem__(self, place: slice) -> list[Made]: ...

    def __getitem__(self, place: int | slice) -> Made | list[Made]:
        if isinstance(place, slice):
            return [self[n] for n in range(*place.indices(len(self._given)))]
        made = self._made[place]
        if made is None:
            made = self._made[place] = self._make(self._given[place])
        return made


class FoldedLines(Lazily[str, str]):
    """Texts in the form in which titles are compared, each folded when it is first asked for.

    A text longer than ``longest`` is no part of a title, and empty here.
    """

    def __init__(self, texts: Sequence[str], longest: int) -> None:
        short = [text if len(text) <= longest else "" for text in texts]
        super().__init__(lambda text: fold_title(without_footnote(text)), short)

    @cached_property
    def by_first(self) -> Mapping[str, Sequence[int]]:
        """The places of those that are not empty, by the first character of the folded text."""
        found: dict[str, list[int]] = {}
        for n, text in enumerate(self._given):
            # behind a text may be the number of a footnote, which is left out
            kept = COMPARED.search(self[n] if text[-1:] in FOOTNOTE_ENDS else text)
            if kept:
                found.setdefault(kept[0], []).append(n)
        return found


def likeness(one: str, other: str) -> float:
    """Give the share of characters that two folded titles have in common, from 0 to 1."""
    from rapidfuzz.distance import Indel  # loaded for issues with a damaged title

    return Indel.normalized_similarity(one, other)


def without_footnote(title: str) -> str:
    """Remove the number of a footnote from the end of a title: …统计公报[1]."""
    return FOOTNOTE_MARK.sub("", title) if title[-1:] in FOOTNOTE_ENDS else title
