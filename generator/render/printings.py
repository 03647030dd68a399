"""The other printings of a document: on its own page, and on the page that compares them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape

from markupsafe import Markup

from generator.archive.fingerprints import Passage, passages_of
from generator.model import Document, Links
from generator.model.printings import Printing, Side, Sides, pair_key
from generator.model.provisions import provisions_of
from generator.render.amending import opcodes_of
from generator.render.issue_titles import issue_title
from generator.render.link_writer import page_address, url_from_issue

MOST_SHOWN = 12  # passages of one difference; more are counted
NAMED = 8  # places of differences that a document's page names
QUOTED = 120  # issues kept in memory


def printing_name(printing: Printing) -> str:
    """Name the issue that has a printing: 《某某市人民政府公报》2017年第1期."""
    gazette, _, folder = printing.issue.partition("/")
    title = issue_title(folder, printing.year, printing.nth, printing.total)
    return f"《{printing.gazette or gazette}》{title}"


def printed_elsewhere(document: Document, issue: str, links: Links) -> dict[str, object]:
    """Give the other printings of a document for its page; nothing if there is none."""
    own = (issue, document.id)
    work = links.printings.get(own)
    if work is None:
        return {}
    passages = passages_of(document)
    labels = {anchor: place.label for anchor, place in provisions_of(document).places.items()}
    listed = []
    for other in work.others:
        anchor = anchor_of(own if other.place == work.first else other.place)
        sides = [
            _side(passages, labels, one.own, f"第{one.own[0] + 1}段") for one in other.differences
        ]
        listed.append(
            {
                "name": printing_name(other),
                "url": page_address(other.issue, other.document, issue, ".html"),
                "page": other.page,
                "count": len(sides),
                "places": [(side.anchor, side.label) for side in sides[:NAMED]],
                "compare": f"{url_from_issue(work.path)}.html#{anchor}",
            }
        )
    return {"printings": listed}


def anchor_of(place: tuple[str, str]) -> str:
    """Give the anchor of a printing on the page that compares those of a work."""
    return "-".join((place[0].replace("/", "-"), place[1]))


def _side(
    passages: Sequence[Passage], labels: Mapping[str, str], where: tuple[int, int], name: str
) -> Side:
    first, last = where
    shown = passages[first : min(last, first + MOST_SHOWN)]
    text = "\n".join(passage.text for passage in shown)
    if last - first > MOST_SHOWN:
        text += f"\n……（共{last - first}段）"
    near = passages[min(first, len(passages) - 1)].anchor
    return Side(near, labels.get(near) or name, text)


def sides_of(documents: Sequence[Document], issue: str, links: Links) -> dict[str, list[Side]]:
    """Give what the documents of an issue have at each difference from other printings."""
    found: dict[str, list[Side]] = {}
    for document in documents:
        work = links.printings.get((issue, document.id))
        if work is None or not any(other.differences for other in work.others):
            continue
        passages = passages_of(document)
        labels = {anchor: place.label for anchor, place in provisions_of(document).places.items()}
        for other in work.others:
            if other.differences and work.first in (other.place, (issue, document.id)):
                found[pair_key(document.id, other.place)] = [
                    _side(passages, labels, one.own, f"第{one.own[0] + 1}段")
                    for one in other.differences
                ]
    return found


@dataclass(frozen=True, slots=True)
class ComparedSides:
    """One difference between the first printing of a work and another, ready for its page."""

    first: Side
    other: Side
    html: Markup  # what the first has and what the other has, marked


# (issue and document of the first printing, of another) → their differences
Compared = Callable[[tuple[str, str], tuple[str, str]], list[ComparedSides]]


def comparer(read: Callable[[str], Sides | None]) -> Compared:
    """Give a function that compares two printings; ``read`` fetches the sides of one issue."""
    sides = lru_cache(QUOTED)(lambda issue: read(issue) or {})

    def compared(first: tuple[str, str], other: tuple[str, str]) -> list[ComparedSides]:
        own = sides(first[0]).get(pair_key(first[1], other), ())
        theirs = sides(other[0]).get(pair_key(other[1], first), ())
        return [
            ComparedSides(one, two, _marked(one.text, two.text))
            for one, two in zip(own, theirs, strict=False)
        ]

    return compared


def _marked(before: str, after: str) -> Markup:
    return Markup("".join(_parts(before, after)).replace("\n", "<br>"))


def _parts(before: str, after: str) -> Iterator[str]:
    for tag, i, j, k, m in opcodes_of(before, after):
        if tag == "equal":
            yield escape(before[i:j])
            continue
        if before[i:j]:
            yield f"<del>{escape(before[i:j])}</del>"
        if after[k:m]:
            yield f"<ins>{escape(after[k:m])}</ins>"
