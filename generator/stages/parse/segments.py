"""Cut the text into documents: along the titles of the contents, and by what heads a document.

The contents and the heads (heads.py) are two witnesses. A title that the contents list begins a
document; so does a head that they do not list, which is an error until an editor settles it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, replace
from itertools import zip_longest

from generator.language.dates import is_whole_date
from generator.language.document_numbers import DECREE_HEAD
from generator.language.organs import ORGAN
from generator.model import Diagnostic, Lines, Paragraph, TocEntry
from generator.model.codes import diagnostic
from generator.runtime.patterns import lazy_regex
from generator.stages.parse.body import is_signature
from generator.stages.parse.file_tops import (
    DECREE_LINES,
    FileLines,
    heads_in,
    settle_files,
    spans_of,
)
from generator.stages.parse.heads import (
    Head,
    Titled,
    find_astray,
    judge,
    may_begin_document,
    title_end,
    witness_at,
)
from generator.stages.parse.lines import ALIKE, FoldedLines, Line, fold_title, likeness
from generator.stages.parse.number_lines import (
    MOST_ABOVE,
    head_above,
    names_of,
    part_number,
)

TITLE_LINES = 8  # a title is cut into at most so many lines
LONGEST_PRINTED = 200  # characters of a line that is compared with titles
ATTACHED = lazy_regex(r"附件?[:：]?")
# what a title begins with whose issuer stands in a line of its own
WITHOUT_ISSUER = lazy_regex(r"关于|转发|批转|印发")
NO_NAME = lazy_regex(r"[:：《》“”。]|关于|的")
MOST_ISSUERS = 6
WITNESS_LINES = 4  # from the first line of a title to its number, history or addressees
# lines looked at for likeness in an issue; a comparison counts as so many of them
MOST_TRIES, COMPARED = 400_000, 20
MOST_LISTED = 20  # entries of one title that are tried in every place
# as ALIKE, where the lines are a head: its number or addressees vouch for it
ALIKE_HEAD = 0.6
MOST_ORGANS_ABOVE = 2  # lines above a head that may be part of its title
WORTH_NAMING = 0.4  # as ALIKE, of a line that a message names
MOST_NEAREST = 20  # entries of which a message names the nearest line
MOST_LISTED_MARKS = 500  # lines with # that are compared for a message


UNLISTED = -1  # in the place of an entry's index


@dataclass(frozen=True, slots=True)
class Segment:
    """The lines of one document: its title first, but for a decree before it."""

    entry: TocEntry | None  # None where the contents do not list it
    title_lines: int
    lines: tuple[Line, ...]
    preface: int = 0  # lines before the title: the decree that makes public what follows
    clue: str = ""  # that found the title


@dataclass(frozen=True, slots=True)
class Segments:
    """All documents found, and the lines between them that belong to none."""

    documents: tuple[Segment, ...]
    dividers: tuple[Paragraph, ...]
    diagnostics: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class _Place:
    """Lines [start, end) are a title: of an entry, or of a head that the contents do not list."""

    start: int
    end: int
    entry: int = UNLISTED
    clue: str = "contents"  # that found it


def cut_documents(
    lines: Sequence[Line],
    entries: Sequence[TocEntry],
    not_printed: Set[int] = frozenset(),
    files: Sequence[FileLines] = (),
) -> Segments:
    """Find each entry's title and each other head of a document in the lines, and cut there.

    In an issue of several files a document begins at the first line of each, too. ``not_printed``
    has the source lines of entries whose document is missing in the print, by an editor's decision.
    """
    texts = [line.text if may_begin_document(line) else "" for line in lines]
    folded = FoldedLines(texts, LONGEST_PRINTED)
    spans = spans_of(lines, files)
    found = (head for span in spans for head in heads_in(lines, span))
    heads = [h for h in found if may_begin_document(lines[h.start])]
    places = _find_places(lines, folded, entries, heads)
    missing = [
        entry
        for n, entry in enumerate(entries)
        if n not in places and entry.lines.first not in not_printed
    ]
    diagnostics = list(_entries_without_document(missing, lines, folded, heads, files))
    unlisted = _unlisted(heads, places.values())
    if entries:
        diagnostics += [
            _document_without_entry(lines, place)
            for place in unlisted
            if lines[place.start].decided != "document"
        ]
    unlisted += _decided_places(lines, [*places.values(), *unlisted])
    if files:
        tops, about_files = settle_files(lines, heads, spans, files, [*places.values(), *unlisted])
        unlisted += [_Place(top.start, top.end, clue="file") for top in tops]
        diagnostics += about_files
    ordered = sorted([*places.values(), *unlisted], key=lambda place: place.start)
    titles: list[Titled] = [head for head in heads if head.witness == "number"]
    titles += ordered
    diagnostics += [
        _astray(lines[n]) for n in find_astray(lines, titles) if lines[n].decided is None
    ]
    categories = {fold_title(entry.category) for entry in entries} - {""}
    segments: list[Segment] = []
    ordered = _with_issuers(lines, ordered, categories, spans)
    ordered = _with_decided_titles(lines, ordered)
    starts = _first_lines(lines, ordered, categories, spans if files else [])
    dividers = [line.paragraph() for line in lines[: starts[0] if starts else None]]
    for place, start, end in zip(ordered, starts, [*starts[1:], len(lines)], strict=False):
        while categories and end > place.end and fold_title(lines[end - 1].text) in categories:
            end -= 1
            dividers.append(lines[end].paragraph("label"))
        own = tuple(lines[start:end])
        title_lines, preface = place.end - place.start, place.start - start
        entry = None if place.entry == UNLISTED else entries[place.entry]
        segments.append(Segment(entry, title_lines, own, preface, place.clue))
    return Segments(tuple(segments), tuple(dividers), tuple(diagnostics))


def _decided_places(lines: Sequence[Line], places: Sequence[_Place]) -> list[_Place]:
    """Give the titles that an editor decided on, unless they were found anyway."""
    taken = sorted((place.start, place.end) for place in places)
    found = []
    for n, line in enumerate(lines):
        if line.decided == "document":
            place = _Place(n, title_end(lines, n), clue="decision")
            if not _overlaps(place, taken):
                found.append(place)
    return found


def _with_decided_titles(lines: Sequence[Line], places: Sequence[_Place]) -> list[_Place]:
    """Add to each title the lines above and below it that are titles by an editor's decision.

    A line belongs to one title alone: that of the document above goes on first.
    """
    found = []
    floor = 0
    for place, below in zip_longest(places, [other.start for other in places[1:]]):
        start, end = place.start, place.end
        while start > floor and lines[start - 1].decided == "title":
            start -= 1
        while end < (len(lines) if below is None else below) and lines[end].decided == "title":
            end += 1
        found.append(replace(place, start=start, end=end))
        floor = end
    return found


def _unlisted(heads: Sequence[Head], places: Iterable[_Place]) -> list[_Place]:
    """Give the heads that begin a document of their own and that no entry names."""
    taken = sorted((place.start, place.end) for place in places)
    return [
        place
        for head in heads
        if (clue := judge(head)).verdict == "document"
        and not _overlaps(place := _Place(head.start, head.end, clue=clue.name), taken)
    ]


def _document_without_entry(lines: Sequence[Line], place: _Place) -> Diagnostic:
    title = "".join(line.text for line in lines[place.start : place.end])
    first, last = lines[place.start].number, lines[place.end - 1].number
    message = (
        f"“{title[:60]}”像一篇公文的标题，目录中没有；目录漏行的，在 issue.toml 用 [[correction]] "
        "补上；目录本来不列的，用 [[decision]] 注明"
    )
    return diagnostic("document-without-entry", Lines(first, last), message)


def _astray(line: Line) -> Diagnostic:
    message = (
        f"“{line.text.strip()}”是发文字号，旁边却没有认出标题，可能有一篇公文并入了上一篇；"
        "标题有错字的，用 [[correction]] 改正；确属正文的，用 [[decision]] 注明"
    )
    return diagnostic("number-astray", Lines(line.number, line.number), message)


def _entries_without_document(
    missing: Sequence[TocEntry],
    lines: Sequence[Line],
    folded: FoldedLines,
    heads: Sequence[Head],
    files: Sequence[FileLines],
) -> Iterator[Diagnostic]:
    """Report entries whose title is not in the text; of the first few, the line most like it."""
    marked = [(n, n + 1) for n, line in enumerate(lines) if line.hashes][:MOST_LISTED_MARKS]
    places = [*((head.start, head.end) for head in heads[:MOST_LISTED_MARKS]), *marked]
    texts = [("".join(folded[a:b]), a) for a, b in places]
    for nth, entry in enumerate(missing):
        message = f"目录所列“{entry.title}”在正文中找不到"
        wanted = names_of(entry.title)[0]
        compared = texts if nth < MOST_NEAREST else []
        share, nearest = max(
            ((likeness(text, wanted), a) for text, a in compared), default=(0.0, 0)
        )
        if share >= WORTH_NAMING:
            shown = lines[nearest]
            message += (
                f"；{_named(shown.number, files)}“{shown.text[:40]}”与它最像（相似度{share:.2f}）"
            )
        yield diagnostic("entry-without-document", entry.lines, message)


def _named(number: int, files: Sequence[FileLines]) -> str:
    """Name a line for an editor: 第12行, or 01-通知.md第12行 in an issue of several files."""
    own = (file for file in files if file.first <= number <= file.last)
    return next((f"{f.name}第{number - f.first + 1}行" for f in own), f"第{number}行")


def _with_issuers(
    lines: Sequence[Line],
    places: Sequence[_Place],
    categories: Set[str],
    spans: Sequence[range],
) -> list[_Place]:
    """Begin a title at the organs in lines of their own above it: 某市人民政府 / 关于…的意见.

    What signs the document before has a date under it, and is not met here.
    """
    found = []
    floor = 0
    for place in places:
        floor = max(floor, _top(spans, place))
        start, title = place.start, lines[place.start]
        if WITHOUT_ISSUER.match(title.text):
            while start > max(floor, place.start - MOST_ISSUERS):
                above = lines[start - 1]
                marked_alike = bool(above.hashes) == bool(title.hashes)
                if not (marked_alike and _is_organ(above)) or fold_title(above.text) in categories:
                    break
                start -= 1
            if not title.hashes and place.start - start > 1:  # the end of a list of organs
                start = place.start
        found.append(replace(place, start=start))
        floor = place.end
    return found


def _top(spans: Sequence[range], place: _Place) -> int:
    """Give the first line of the file that a place is in."""
    return spans[max(bisect_right(spans, place.start, key=lambda span: span.start) - 1, 0)].start


def _is_organ(line: Line) -> bool:
    """Whether a line names an organ and nothing else: not 抄送：市委办公室."""
    if not is_signature(line) or NO_NAME.search(line.text):
        return False
    return bool(ORGAN.fullmatch(line.compact))


def _first_lines(
    lines: Sequence[Line],
    places: Sequence[_Place],
    categories: Set[str],
    spans: Sequence[range],
) -> list[int]:
    """Where each document begins: at its title, or at what is printed of it above.

    The first document of a file begins with the file.
    """
    starts = []
    floor = 0
    for place in places:
        top = _top(spans, place) if spans else 0
        if spans and floor <= top:
            starts.append(top)
            floor = place.end
            continue
        start = _decree_start(lines, place, floor)
        if start == place.start:
            start = _number_start(lines, place, floor, categories)
        starts.append(start)
        floor = place.end
    return starts


def _decree_start(lines: Sequence[Line], place: _Place, floor: int) -> int:
    """Where a document begins before which stands the decree that makes it public.

    国务院令 / 第706号 / 《专利代理条例》已经…通过，现予公布… / 总理 / date / 专利代理条例

    A decree right below the title before belongs to that.
    """
    last = place.start - 1
    if last > floor and ATTACHED.fullmatch(lines[last].compact):
        last -= 1
    if last <= floor or not is_whole_date(lines[last].text):
        return place.start
    first = floor + 1 if floor else 0
    for above in range(last - 1, max(first, place.start - DECREE_LINES) - 1, -1):
        if DECREE_HEAD.fullmatch(lines[above].compact):
            return above
    return place.start


def _number_start(lines: Sequence[Line], place: _Place, floor: int, categories: Set[str]) -> int:
    """Where a document begins whose head begins above its title, with letterhead or number.

    A category of the contents that reads like a letterhead is none.
    """
    low = max(floor, place.start - MOST_ABOVE)
    above = range(low, place.start) if categories else ()
    dividers = [n for n in above if fold_title(lines[n].text) in categories]
    low = dividers[-1] + 1 if dividers else low
    return head_above(lines, place.start, place.end, low)[0]


def _find_places(
    lines: Sequence[Line],
    folded: FoldedLines,
    entries: Sequence[TocEntry],
    heads: Sequence[Head],
) -> dict[int, _Place]:
    """Choose one place for each entry that has any: as listed, else a head, else a likeness."""
    exact = _exact_places(lines, folded, entries)
    chosen = {place.entry: place for place in _longest_ascent(exact)}
    taken = sorted((place.start, place.end) for place in chosen.values())
    for place in exact:  # printed in another order than the contents say
        if place.entry not in chosen and not _overlaps(place, taken):
            chosen[place.entry] = place
            insort(taken, (place.start, place.end))
    tries = [MOST_TRIES]
    # where the documents of later entries begin
    highs = [len(lines)]
    for n in reversed(range(len(entries))):
        highs.append(min(highs[-1], chosen[n].start) if n in chosen else highs[-1])
    begins = _beginnings(lines) if len(chosen) < len(entries) else []
    free = [head for head in heads if not _overlaps(_Place(head.start, head.end), taken)]
    low = 0
    for n, entry in enumerate(entries):
        between = range(low, highs[len(entries) - 1 - n])
        if n not in chosen:
            if found := _alike_head(folded, entry, between, free, tries):
                chosen[n] = _Place(*found, n, "like-contents-by-head")
            elif found := _alike_place(lines, folded, begins, entry, between, tries):
                chosen[n] = _Place(*found, n, "like-contents")
        low = max(low, chosen[n].end) if n in chosen else low
    return chosen


def _alike_head(
    folded: FoldedLines,
    entry: TocEntry,
    between: range,
    heads: Sequence[Head],
    tries: list[int],
) -> tuple[int, int] | None:
    """Find the head between an entry's neighbours whose title is most like the entry's.

    A damaged issuer in a line of its own above a head may be part of the title. ``tries`` counts
    down over an issue.
    """
    wanted = names_of(entry.title)[0]
    best: tuple[float, int, int] = (0.0, 0, 0)
    for head in heads:
        if head.start not in between:
            continue
        for start in range(max(head.start - MOST_ORGANS_ABOVE, between.start), head.start + 1):
            tries[0] -= COMPARED
            if tries[0] <= 0:
                break
            share = likeness("".join(folded[start : head.end]), wanted)
            best = max(best, (share, start, head.end))
    share, start, end = best
    return (start, end) if share >= ALIKE_HEAD else None


def _exact_places(
    lines: Sequence[Line], folded: FoldedLines, entries: Sequence[TocEntry]
) -> list[_Place]:
    """Find where lines read like a title as the contents print it, or without its number."""
    wanted: dict[str, list[tuple[int, int]]] = {}
    for n, entry in enumerate(entries):
        for rank, name in enumerate(names_of(entry.title)):
            wanted.setdefault(name, []).append((n, rank))
    numbers = [fold_title(part_number(entry.title)[1]) for entry in entries]
    longest = max(map(len, wanted), default=0)
    met: Counter[str] = Counter()
    found: list[tuple[_Place, int]] = []
    # a title begins where a line begins as it does
    begins = {name[:1] for name in wanted}
    starts = sorted(n for first in begins for n in folded.by_first.get(first, ()))
    for start in starts:
        joined = ""
        for end in range(start, min(start + TITLE_LINES, len(lines))):
            if lines[end].cells:
                break
            joined += folded[end]
            if len(joined) > longest:
                break
            if joined in wanted:
                listed = wanted[joined]
                if len(listed) > 1:  # of several documents of one title the number tells which
                    near = folded[max(start - 1, 0) : end + 3]
                    listed = [
                        (n, r) for n, r in listed if numbers[n] and numbers[n] in near
                    ] or listed
                if len(listed) > MOST_LISTED:  # so often that the order alone can tell
                    nth = met[joined]
                    met[joined] += 1
                    listed = listed[nth : nth + 1]
                found += [(_Place(start, end + 1, n), rank) for n, rank in listed]
    best = {(place.entry, place.start) for place, rank in found if not rank}
    return [
        place
        for place, rank in found
        if not rank or not any((place.entry, n) in best for n in range(place.start, place.end))
    ]


def _longest_ascent(places: Sequence[_Place]) -> list[_Place]:
    """Longest choice of places in which text and contents have the same order."""
    # for one start the later entry comes first, so that a start is used once
    ordered = sorted(places, key=lambda place: (place.start, -place.entry))
    tails: list[int] = []  # last entry of the best ascent of each length
    best: list[int] = []  # its place
    previous: list[int] = []
    for n, place in enumerate(ordered):
        length = bisect_left(tails, place.entry)
        previous.append(best[length - 1] if length else -1)
        if length == len(tails):
            tails.append(place.entry)
            best.append(n)
        elif place.entry < tails[length]:
            tails[length] = place.entry
            best[length] = n
    chain: list[_Place] = []
    n = best[-1] if best else -1
    while n >= 0:
        chain.append(ordered[n])
        n = previous[n]
    return chain[::-1]


def _overlaps(place: _Place, taken: Sequence[tuple[int, int]]) -> bool:
    """Whether a place has lines of one that is taken; these stand in order."""
    first = bisect_left(taken, (place.start - TITLE_LINES, 0))
    last = bisect_left(taken, (place.end, 0))
    return any(place.start < end for _, end in taken[first:last])


def _alike_place(
    lines: Sequence[Line],
    folded: FoldedLines,
    begins: Sequence[bool],
    entry: TocEntry,
    between: range,
    tries: list[int],
) -> tuple[int, int] | None:
    """Where a damaged title, or one without its issuer, stands between its neighbours.

    ``tries`` counts down over an issue: contents of which nothing is found end, too.
    """
    wanted = names_of(entry.title)[0]
    best: tuple[float, tuple[int, int]] | None = None
    for start in between:
        tries[0] -= 1
        if tries[0] <= 0:
            break
        if not begins[start]:
            continue
        joined = ""
        for end in range(start, min(start + TITLE_LINES, between.stop)):
            joined += folded[end]
            if lines[end].cells or len(joined) > len(wanted) * 1.3:
                break
            score = 0.0
            if joined.startswith("关于") and wanted.endswith(joined):
                score = 0.95  # the issuer stands in the contents only
            elif len(joined) > len(wanted) * 0.7:
                tries[0] -= COMPARED
                score = likeness(joined, wanted)
            if score > ALIKE and (best is None or score > best[0]):
                best = (score, (start, end + 1))
    return best[1] if best else None


def _beginnings(lines: Sequence[Line]) -> list[bool]:
    """Say of each line whether a document may begin there.

    It is marked with #, or a number, a history note or addressees stand in the next lines.
    """
    begins = [bool(line.hashes) for line in lines]
    for n in range(1, len(lines)):
        if witness_at(lines, n):
            for start in range(max(n - WITNESS_LINES, 0), n):
                begins[start] = True
    return begins
