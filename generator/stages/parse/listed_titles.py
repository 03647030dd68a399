"""The text as witness of the contents: where the titles that they list come again."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise

from generator.stages.parse.entry_lines import (
    BRACKETS,
    LONGEST_ENTRY,
    ORNAMENTS,
    may_be_category,
    serial_of,
    take_apart,
    title_ahead,
)
from generator.stages.parse.head_lines import is_label
from generator.stages.parse.heads import is_full_title, witness_at
from generator.stages.parse.lines import FoldedLines, Line, fold_title, without_footnote
from generator.stages.parse.number_lines import names_of

MOST_LISTED, WRAPPED = 300, 3  # lines of contents without leaders, and of one title in them
TITLE_LINES = 4  # of such a title in the text
SHORTEST = 3  # characters of a title: 大事记
MOST_AGAIN = 3  # times that a title comes again; a running head comes again on each page
NO_TITLE_ENDS = frozenset("。；：;:")
HEAD = 3  # lines from a category in the text to the title below it
NEAR = 15  # lines from the contents to the first title: a category, a letterhead, a decree
LONGEST_TITLE = 200  # characters of a title that is looked for
LONGEST_LINE = 90  # characters of a line that may be part of a title


def names_listed(title: str) -> tuple[str, ...]:
    """Give what a title may be in the text: without its serial, or with it."""
    _, end, _ = serial_of(title)
    if not 0 < end < len(title):
        return names_of(title)
    return tuple(dict.fromkeys((*names_of(title[end:]), *names_of(title))))


class TitlesBelow:
    """Answers whether a title that the contents list stands in the text below.

    Of the lines only those are folded that begin as the title does.
    """

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines
        self._folded = FoldedLines([line.text for line in lines], LONGEST_LINE)
        self._places: dict[str, dict[str, list[int]]] = {}  # by first character, and folded text

    def has(self, title: str, start: int) -> bool:
        """Whether a title stands in the text from a line on."""
        return bool(self.places(title, start))

    def places(self, title: str, start: int) -> list[int]:
        """Give the first lines where a title stands in the text, from a line on."""
        if len(title) > LONGEST_TITLE:
            return []
        names = [name for name in names_listed(title) if len(name) >= SHORTEST]
        return sorted({n for name in names for n in self._find(name, start)})

    def has_as_printed(self, title: str, start: int) -> bool:
        """Whether a title stands in the text with its serial."""
        return bool(self._find(fold_title(title), start))

    def is_divider(self, category: str, title: str, start: int) -> bool:
        """Whether a category of the contents stands in the text too, right above a title."""
        below = self.places(title, start)
        return any(
            0 < title_line - n <= HEAD for n in self.places(category, start) for title_line in below
        )

    def goes_on(self, title: str, n: int) -> bool:
        """Whether a title goes on in a line: with it, or with the next, it stands in the text."""
        if self.has(title, n):
            return False
        texts = [line.text for line in self._lines[n : n + WRAPPED - 1]]
        return any(
            self.has(title + "".join(texts[:taken]), n + taken)
            for taken in range(1, len(texts) + 1)
        )

    def unpaged(self, n: int) -> int:
        """Give how many lines are the title of an entry without page; 0 for none.

        The title comes again in the text below; a title that has its own number or addressees
        below it stands in the text already.
        """
        return next((taken for taken in range(WRAPPED, 0, -1) if self._is_unpaged(n, taken)), 0)

    def _is_unpaged(self, n: int, taken: int) -> bool:
        lines = self._lines[n : n + taken]
        if len(lines) < taken or not all(map(_may_be_listed, lines)):
            return False
        last = take_apart(lines[-1])  # leaders may lead to a page that the engine lost
        title = "".join(line.text for line in lines[:-1])
        title += last.title if last.is_open else lines[-1].text
        _, end, _ = serial_of(title)
        if not is_full_title("".join(title[end:].split())):
            return False
        below = n + taken
        while below < len(self._lines) and self._lines[below].image:
            below += 1
        if below < len(self._lines) and witness_at(self._lines, below):
            return False
        return 0 < len(self.places(title, n + taken)) <= MOST_AGAIN

    def _beginning_as(self, name: str) -> dict[str, list[int]]:
        """Map the folded text of each line that begins as a name does to its places."""
        first = name[:1]
        if first not in self._places:
            places = self._places[first] = dict[str, list[int]]()
            for n in self._folded.by_first.get(first, ()):
                places.setdefault(self._folded[n], []).append(n)
        return self._places[first]

    def _find(self, name: str, start: int) -> list[int]:
        found = []
        begun = self._beginning_as(name)
        for end in range(1, len(name) + 1) if begun else ():
            listed = begun.get(name[:end], [])
            first = bisect_left(listed, start)
            if len(listed) - first > MOST_AGAIN + 1 and end < len(name):
                continue  # an organ, which begins many titles: the line below it decides
            found += [n for n in listed[first : first + MOST_AGAIN + 1] if self._is_at(name, n)]
        for end in range(1, len(name) + 1) if self._is_begun_often(name) else ():
            listed = self._pairs.get(name[:end], [])
            first = bisect_left(listed, start)
            found += [n for n in listed[first : first + MOST_AGAIN + 1] if self._is_at(name, n)]
        return found

    def _is_begun_often(self, name: str) -> bool:
        """Whether a title begins with a line that stands in many places."""
        begun = self._beginning_as(name)
        return any(len(begun.get(name[:end], ())) > MOST_AGAIN + 1 for end in range(1, len(name)))

    def _is_at(self, name: str, n: int) -> bool:
        joined = ""
        for folded in self._folded[n : n + TITLE_LINES]:
            joined += folded
            if not folded or len(joined) >= len(name):
                break
        return joined == name

    @cached_property
    def _pairs(self) -> dict[str, list[int]]:
        """The places of two lines that follow each other, by what they say together."""
        places: dict[str, list[int]] = {}
        for n, (above, below) in enumerate(pairwise(self._folded)):
            if above and below and len(above) + len(below) <= LONGEST_TITLE:
                places.setdefault(above + below, []).append(n)
        return places


class Again:
    """Where the titles listed below 目录 come again."""

    def __init__(self, lines: Sequence[Line], word: int) -> None:
        self.lines = lines
        self.listed: Counter[str] = Counter()  # how often each title was met in the contents
        wanted: set[str] = set()
        for n in range(word + 1, min(word + 1 + MOST_LISTED, len(lines))):
            for taken in range(1, WRAPPED + 1):
                wanted.update(self._names(n, taken))
        longest = max(map(len, wanted), default=0)
        self.places: dict[str, list[int]] = {}
        texts = (line.text if len(line.text) <= LONGEST_ENTRY else "" for line in lines)
        folded = [fold_title(without_footnote(text)) for text in texts]
        for start in range(word + 1, len(lines)):
            joined = ""
            for n in range(start, min(start + TITLE_LINES, len(lines))):
                if not folded[n] or len(joined) > longest:
                    break
                joined += folded[n]
                if joined in wanted:
                    self.places.setdefault(joined, []).append(start)

    def title_lines(self, first: int) -> int:
        """How many lines the title takes that is listed at a line; 0 where none is."""
        # the first title of the text, where the contents list another like it
        again = any(self.listed[name] for name in self._names(first, 1))
        short = may_be_category(self.lines[first].compact.strip(BRACKETS + ORNAMENTS))
        for taken in range(1 if again or short else WRAPPED, 0, -1):
            for name in self._names(first, taken):
                count, below = self._below(name, first + taken)
                left = count - self.listed[name]
                if not 0 < left <= MOST_AGAIN or (short and self._is_divider(first, below)):
                    continue
                self.listed[name] += 1
                return taken
        return 0

    def begins_near(self, end: int) -> bool:
        """Whether the first of the titles that were met comes soon below the contents.

        No title that was not met may stand between: the contents would not be whole.
        """
        first = min((self._below(name, end)[1] for name in self.listed), default=end)
        between = self.lines[end:first]
        return len(between) <= NEAR and not any(map(_reads_like_title, between))

    def _names(self, first: int, taken: int) -> tuple[str, ...]:
        """Fold what a title on so many lines may be in the text."""
        lines = self.lines[first : first + taken]
        if len(lines) < taken or sum(len(line.text) for line in lines) > LONGEST_ENTRY:
            return ()
        if any(line.text[-1:] in NO_TITLE_ENDS for line in lines if line.text):
            return ()
        text = title_ahead(lines[0])[0] + "".join(line.text for line in lines[1:])
        return tuple(name for name in names_listed(text) if len(name) >= SHORTEST)

    def _below(self, name: str, start: int) -> tuple[int, int]:
        """How often a title comes from a line on, and where first."""
        places = self.places.get(name, [])
        past = bisect_left(places, start)
        return len(places) - past, places[past] if past < len(places) else len(self.lines)

    def _is_divider(self, first: int, place: int) -> bool:
        """Whether a short line is a category: in the text too, a title stands right below it."""
        following = (name for taken in (1, 2, 3) for name in self._names(first + 1, taken))
        below = (self._below(name, place) for name in following)
        return any(count and title <= place + HEAD for count, title in below)


def _may_be_listed(line: Line) -> bool:
    return (
        line.is_text
        and not line.hashes
        and line.text[-1] not in NO_TITLE_ENDS
        and not is_label(line)
    )


def _reads_like_title(line: Line) -> bool:
    """Whether a line without a full stop has the words of a title: …关于…的通知."""
    text = line.text
    return line.is_text and text[-1] not in NO_TITLE_ENDS and ("关于" in text or "的" in text)
