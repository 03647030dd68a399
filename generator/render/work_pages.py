"""The pages of cited works: an index, a page for each issuer code and each letter, their parts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from generator.archive.nearby import STRENGTH
from generator.archive.registers import Work, WorkGroup, WorkPart, most_cited, split_works
from generator.model import Links, mark_of
from generator.render.home_page import IN_REGISTER, HomePage, list_page
from generator.render.issue import CITES
from generator.render.printings import printing_name
from generator.render.register_index import Entry, IndexRow, contents_page, index_page

WORKS, WORKS_TITLE = "works", "引用文献索引"
MOST_CITED = 12  # works in the picture
MOST_OPEN = 60  # works that a page of contents shows without a click
KINDS = {"numbers": "有发文字号的，按发文机关代字", "titles": "只知道标题的，按标题的拼音"}


def work_pages(works: Sequence[Work], links: Links) -> Iterator[HomePage]:
    """Plan the cited works: an index, and a page for each issuer code and each letter.

    If the entries of a page do not fit, the page lists them by name, and its parts have the places
    that cite them. The address of a work stays on the first page.
    """
    if not works:
        return
    groups = split_works(works)
    ordered = sorted(groups, key=lambda group: group.has_titles_only)
    index = index_page(
        WORKS,
        WORKS_TITLE,
        "本站公文引用过的文件，收录的和没有收录的。",
        ("代字或字母", "文件", "引用处", "引用最多的一件"),
        map(_row, ordered),
        lambda kind: (kind, KINDS[kind]),
    )
    yield replace(index, facts={**IN_REGISTER, **_most_cited(works)})
    for group in groups:
        title, above = f"引用文献：{group.name}", [("index", WORKS_TITLE)]
        if not group.parts:
            entries = (group.works, group.works)
            yield _entries(f"{WORKS}/{group.page}", title, above, entries, (), links)
            continue
        yield _contents(group, title, above)
        for part in group.parts:
            yield _entries(
                f"{WORKS}/{part.page}", f"引用文献：{part.name}",
                [*above, (group.page, group.name)], (part.works, group.works),
                _on_later_pages(part, group), links,
            )  # fmt: skip


def _row(group: WorkGroup) -> IndexRow:
    first = min(group.works, key=lambda work: (-work.citing, work.id))
    named = f" {_title_of(first)}".rstrip()
    return IndexRow(
        group="titles" if group.has_titles_only else "numbers",
        name=group.name,
        note="",
        address=f"{group.page}.html",
        cells=(len(group.works), sum(len(work.places) for work in group.works)),
        last=(f"{group.page}.html#{first.id}", f"{first.name}{named}", f"被{first.citing}篇引用"),
    )


def _contents(group: WorkGroup, title: str, above: Sequence[tuple[str, str]]) -> HomePage:
    """Plan the first page of a large group: the names of its works, with their anchors."""
    seen: set[str] = set()
    groups = []
    for part in group.parts:
        entries = []
        for work in part.works:
            anchor = "" if work.id in seen else work.id
            seen.add(work.id)
            note = f"{_title_of(work)}被{work.citing}篇引用"
            entries.append(Entry(work.name, f"{part.page}.html#{work.id}", note, anchor))
        groups.append(("", part.name, f"{part.page}.html", f"{len(part.works)}件", entries))
    return contents_page(
        f"{WORKS}/{group.page}", title, above, "", groups,
        is_open=len(group.works) <= MOST_OPEN, is_moved=True,
    )  # fmt: skip


def _on_later_pages(part: WorkPart, group: WorkGroup) -> list[Entry]:
    """List the works that follow a page on further pages; the first page has their anchors.

    They were all on this page before it was split.
    """
    if part.page != part.first:
        return []
    seen = {work.id for work in part.works}
    entries = []
    for later in group.parts:
        if later.first == part.page and later is not part:
            for work in later.works:
                anchor = "" if work.id in seen else work.id
                seen.add(work.id)
                note = _title_of(work)
                entries.append(Entry(work.name, f"{later.page}.html#{work.id}", note, anchor))
    return entries


def _title_of(work: Work) -> str:
    """Give the title of a work that is known by its number; empty for others."""
    return f"《{work.names[0]}》" if work.number and work.names else ""


def _entries(
    path: str,
    title: str,
    above: Sequence[tuple[str, str]],
    works: tuple[Sequence[Work], Sequence[Work]],
    later: Sequence[Entry],
    links: Links,
) -> HomePage:
    """Plan a page with the places that cite works.

    ``works`` are those of the page, and all of the group with all their places; ``later`` those on
    the pages that continue this one.
    """
    shown, whole = works
    places = {work.id: len(work.places) for work in whole}
    entries = [_entry(work, len(work.places) < places[work.id], links) for work in shown]
    values = {"works": entries, "relations": CITES, "later": later}
    return list_page(path, title, above, ("works.html.j2", values))


def _entry(work: Work, is_part: bool, links: Links) -> dict[str, object]:
    held = work.held
    place = (held.issue, held.document) if held else ("", "")
    several = links.printings.get(place)
    return {
        "id": work.id,
        "name": work.name,
        "number": work.number,
        "names": work.names,
        "held": held and (held.url, held.title, held.date, mark_of(links.states.get(place))),
        "also": [(printing_name(o), o.url) for o in several.others] if several else [],
        "elsewhere": work.elsewhere and (work.elsewhere.url, work.elsewhere.site),
        "citing": work.citing,
        "is_part": is_part,
        "places": work.places,
    }


def _most_cited(works: Sequence[Work]) -> dict[str, object]:
    """Give the works that most documents cite, with their relations, for a picture."""
    drawn = []
    for work in most_cited(works, MOST_CITED):
        # if a document cites a work twice, the stronger relation counts
        strongest: dict[tuple[str, str], int] = {}
        for place in work.places:
            key = (place.issue, place.document)
            rank = STRENGTH.index(place.relation)
            strongest[key] = min(strongest.get(key, rank), rank)
        counts = Counter(STRENGTH[rank] for rank in strongest.values())
        drawn.append(
            {
                "name": work.names[0] if work.names else work.name,
                "number": work.number,
                "url": work.url.removeprefix(f"{WORKS}/"),  # from the index of works
                "count": work.citing,
                "relations": {kind: counts[kind] for kind in STRENGTH if counts[kind]},
            }
        )
    return {"most_cited": drawn, "relations": dict(CITES)} if drawn else {}
