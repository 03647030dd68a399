"""Summaries → the home site's pages: the archive, each gazette's issues by year, the indexes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path, PurePosixPath

import jinja2

from generator.citations import STRENGTH
from generator.model import Gazette, Links, Summary
from generator.numbering import DocumentNumber
from generator.pinyin import romanise
from generator.registers import (
    SHELVES,
    Shelf,
    ShelfRegister,
    Subject,
    Work,
    agencies,
    by_letter,
    collect_works,
    most_cited,
    people,
    shelve,
)
from generator.render.escape import front_matter, template_environment
from generator.render.issue import CITES, IssueFacts, summary_facts

MOST_CITED = 12  # works in the picture on the first page


def render_home(
    gazettes: Sequence[Gazette],
    summaries: Sequence[Summary],
    links: Links,
    name: str,
    templates: Path,
) -> dict[PurePosixPath, str]:
    """Render the home site's pages: the archive, and each gazette's issues by year."""
    environment = template_environment(templates)
    issues = [summary_facts(summary) for summary in summaries]
    shelves = [
        (g, _by_year([i for i in issues if i.name.partition("/")[0] == g.id])) for g in gazettes
    ]
    titles = {gazette.id: gazette.title for gazette in gazettes}
    works = collect_works(summaries, links)
    pages = _work_pages(works, environment)
    for shelves_of in SHELVES:
        pages |= _shelf_pages(shelves_of, shelve(shelves_of, summaries), environment)
    for register in REGISTERS:
        pages |= _register_pages(register, register.read(summaries, titles), environment)
    latest = [(gazette, years[0][1][0]) for gazette, years in shelves if years]
    pages[PurePosixPath("index.md")] = environment.get_template("index.md.j2").render(
        front_matter=front_matter({"page_kind": "home", **_most_cited(works)}),
        name=name,
        shelves=shelves,
        latest=latest,
        registers=find_indexes(pages),
    )
    pages[PurePosixPath("search/index.md")] = environment.get_template("search.md.j2").render(
        front_matter=front_matter({"page_kind": "search"}),
        registers=find_indexes(pages),
        examples=search_examples(summaries),
    )
    template = environment.get_template("gazette.md.j2")
    for gazette, years in shelves:
        pages[PurePosixPath(gazette.id, "index.md")] = template.render(
            front_matter=front_matter({"page_kind": "gazette"}), gazette=gazette, years=years
        )
    return pages


@dataclass(frozen=True, slots=True)
class Register:
    """A register: its folder, what it is called, and who reads it from the summaries."""

    folder: str
    title: str
    read: Callable[[Sequence[Summary], Mapping[str, str]], tuple[Subject, ...]]


REGISTERS = (
    Register("agencies", "责任单位索引", agencies),
    Register("people", "人事任免索引", people),
)


WORKS, WORKS_TITLE = "works", "引用文献索引"


def find_indexes(pages: Container[PurePosixPath]) -> list[tuple[str, str]]:
    """Name the indexes that are among the home site's pages: title and path, as listed there."""
    indexes = [(register.title, register.folder) for register in (*SHELVES, *REGISTERS)]
    indexes.append((WORKS_TITLE, WORKS))
    paths = ((title, PurePosixPath(folder, "index.md")) for title, folder in indexes)
    return [(title, str(path)) for title, path in paths if path in pages]


def search_examples(summaries: Sequence[Summary]) -> list[tuple[str, str]]:
    """Give queries that this archive answers, of each kind that the engine takes, and what each is.

    Made from the newest document that has a number.
    """
    documents = [d for s in reversed(summaries) for d in s.documents if d.number and d.issuer]
    if not documents:
        return []
    newest = documents[0]
    matter = newest.title.removeprefix(newest.issuer).removeprefix("关于")[:6]
    number = DocumentNumber.parse(newest.number)
    examples = [(matter, "词语、标题的一部分，原样查找")]
    if number and number.year:
        examples.append((f"{number.code}{number.year} {number.serial}", "发文字号，写法不拘"))
    examples += [
        (f"{matter[:2]} {newest.type}", "空格隔开的，都要出现"),
        (f"“{matter}”", "引号里的，连在一起"),
        (romanise(newest.issuer[:4]), "拼音"),
        ("".join(romanise(char)[:1] for char in newest.issuer[:4]), "拼音首字母"),
    ]
    return [(query, about) for query, about in examples if query.strip()]


def _most_cited(works: Sequence[Work]) -> dict[str, object]:
    """Give the works that most documents cite, and how they cite them, for the first page."""
    drawn = []
    for work in most_cited(works, MOST_CITED):
        # of a document that cites a work twice the stronger relation counts
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
                "url": work.url,
                "count": work.citing,
                "relations": {kind: counts[kind] for kind in STRENGTH if counts[kind]},
            }
        )
    return {"most_cited": drawn, "relations": dict(CITES)} if drawn else {}


def _shelf_pages(
    register: ShelfRegister, shelves: Sequence[Shelf], environment: jinja2.Environment
) -> dict[PurePosixPath, str]:
    """Render a register of documents: an index, a page a shelf, large ones parted by year."""
    common = {
        "front_matter": front_matter({"page_kind": "register"}),
        "register": register,
    }
    pages = {
        PurePosixPath(register.folder, "index.md"): environment.get_template(
            "shelf_index.md.j2"
        ).render(**common, shelves=shelves)
    }
    template = environment.get_template("shelf.md.j2")
    for shelf in shelves:
        path = PurePosixPath(register.folder, f"{shelf.page}.md")
        pages[path] = template.render(**common, shelf=shelf, only=None)
        for section in shelf.sections:
            if section[1]:
                part = PurePosixPath(register.folder, f"{section[1]}.md")
                pages[part] = template.render(**common, shelf=shelf, only=section)
    return pages


def _register_pages(
    register: Register, subjects: Sequence[Subject], environment: jinja2.Environment
) -> dict[PurePosixPath, str]:
    """Render a register: an index of names, and a page for each letter with what is said of them.

    A new issue changes the index and the letters that it adds to, and leaves the others alone.
    """
    if not subjects:
        return {}
    matter = front_matter({"page_kind": "register"})
    letters = by_letter(subjects)
    names = Counter(subject.name for subject in subjects)
    # a short name says which gazette it is from only where two gazettes have it
    common = {
        "front_matter": matter,
        "register": register,
        "ambiguous": {name for name, count in names.items() if count > 1},
    }
    pages = {
        PurePosixPath(register.folder, "index.md"): environment.get_template(
            "register_index.md.j2"
        ).render(**common, letters=letters)
    }
    template = environment.get_template("register.md.j2")
    for letter, group in letters:
        path = PurePosixPath(register.folder, f"{letter}.md")
        pages[path] = template.render(**common, letter=letter, subjects=group)
    return pages


def _work_pages(works: Sequence[Work], environment: jinja2.Environment) -> dict[PurePosixPath, str]:
    """Render the cited works: an index, and a page for each issuer code and each letter."""
    if not works:
        return {}
    matter = front_matter({"page_kind": "register"})
    groups = [
        (page, listed[0].group, listed)
        for page, group in groupby(works, key=lambda work: work.page)
        if (listed := list(group))
    ]
    pages = {
        PurePosixPath(WORKS, "index.md"): environment.get_template("works_index.md.j2").render(
            front_matter=matter, groups=groups
        )
    }
    template = environment.get_template("works.md.j2")
    for page, group, listed in groups:
        pages[PurePosixPath(WORKS, f"{page}.md")] = template.render(
            front_matter=matter, group=group, works=listed, relations=CITES
        )
    return pages


def _by_year(issues: Sequence[IssueFacts]) -> list[tuple[str, list[IssueFacts]]]:
    """Issues of a gazette under their years, the newest first."""
    newest = list(reversed(issues))
    years = dict.fromkeys(issue.year for issue in newest)
    return [(year, [issue for issue in newest if issue.year == year]) for year in years]
