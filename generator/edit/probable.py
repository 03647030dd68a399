"""Where a title of the contents probably is in the text, and the lines about a document's head."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher

from generator.model import Document, Issue, TocEntry
from generator.runtime.data import Json
from generator.runtime.patterns import lazy_regex

LEAST = 0.6  # share of a title's characters that a place must have in their order
MOST_PLACES = 3
LONGEST_TITLE = 4  # lines that a printed title takes
LINES_OF_HEAD = 8  # about the beginning of a document
LETTERS = lazy_regex(r"[^\w]+")


def probable_places(issue: Issue, entry: TocEntry) -> list[Json]:
    """Give the lines at which a title probably begins, the likeliest first.

    Lines of the contents are none. A title may go on over the next lines.
    """
    wanted = _letters(entry.title)
    if not wanted:
        return []
    lines = issue.source.text.split("\n")
    last = max((one.lines.last for one in issue.contents), default=0)
    filled = [n for n in range(last, len(lines)) if lines[n].strip()]
    bigrams = {wanted[n : n + 2] for n in range(len(wanted) - 1)} or {wanted}
    found: list[tuple[float, int]] = []
    for place, n in enumerate(filled):
        own = _letters(lines[n])
        if not own or len(own) > 2 * len(wanted) or not any(one in own for one in bigrams):
            continue
        best = max(
            SequenceMatcher(None, wanted, text, autojunk=False).ratio()
            for text in _joined(lines, filled[place : place + LONGEST_TITLE], len(wanted))
        )
        if best >= LEAST:
            found.append((best, n + 1))
    found.sort(key=lambda one: (-one[0], one[1]))
    kept: list[tuple[float, int]] = []
    for share, line in found:  # the second line of a title is no place of its own
        if all(abs(line - other) > LONGEST_TITLE for _, other in kept):
            kept.append((share, line))
    return [
        {"line": line, "share": round(share, 2), "text": lines[line - 1].strip()[:80]}
        for share, line in kept[:MOST_PLACES]
    ]


def _joined(lines: list[str], places: list[int], length: int) -> Iterator[str]:
    """Give the text of the first line, of the first two, …, while it is not much too long."""
    text = ""
    for n in places:
        text += _letters(lines[n])
        if len(text) > 1.5 * length + 4 and text != _letters(lines[places[0]]):
            return
        yield text


def _letters(text: str) -> str:
    return LETTERS.sub("", text)


def head_lines(issue: Issue, document: Document) -> list[Json]:
    """Give the lines at the head of a document, two above it among them, with what they are."""
    lines = issue.source.text.split("\n")
    kinds = {
        line: getattr(block, "kind", "heading")
        for block in reversed(document.blocks)
        for line in range(block.lines.first, block.lines.last + 1)
    }
    first = document.lines.first - 1
    above = [n for n in range(max(first - 8, 0), first) if lines[n].strip()][-2:]
    below = [n for n in range(first, min(first + 40, len(lines))) if lines[n].strip()]
    return [
        {
            "line": n + 1,
            "text": lines[n].strip()[:80],
            "kind": kinds.get(n + 1, "") if n >= first else "",
        }
        for n in (above + below)[:LINES_OF_HEAD]
    ]
