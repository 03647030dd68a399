"""Summaries → the pages of the home site: start page, search, gazettes, registers, works.

A page is planned before it is written: its cache key shows whether the existing site has it
already. Short pages are Markdown. The long lists of registers are HTML from the start, because an
archive has a thousand rows per issue, and Markdown takes thirty times as long for a row.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import TypeAlias

import jinja2

from generator.archive.nearby import STRENGTH
from generator.archive.registers import (
    SHELVES,
    Mention,
    Shelf,
    ShelfRegister,
    Subject,
    Work,
    by_letter,
    cited_standards,
    collect_works,
    holdings,
    list_documents,
    most_cited,
    shelve,
    subjects,
    term_days,
    term_years,
)
from generator.language.document_numbers import DocumentNumber
from generator.language.pinyin import romanise
from generator.model import (
    DocumentFact,
    Gazette,
    Links,
    RegisterName,
    States,
    Summary,
    mark_of,
)
from generator.model.printings import FOLDER, Printing, PrintingsOf
from generator.render.escape import front_matter
from generator.render.first_page import (
    ABOUT_REGISTERS,
    RECENT,
    first_page_values,
    recent_rows,
    recent_values,
)
from generator.render.issue import CITES, issue_address, summary_title
from generator.render.printings import Compared, anchor_of, printing_name
from generator.render.sayings import SaidOf
from generator.runtime.digests import key_of

MOST_CITED = 12  # works in the picture
LARGEST = 300  # the most places that one page of cited works lists
# what a title quotes or cites, whole: “放管服”, 《居住证暂行条例》
QUOTED_IN_TITLE = re.compile(r"“([\u4e00-\u9fff]{2,10})”|《([\u4e00-\u9fff]{3,16})》")
WHOLE_NAME = r"[\u4e00-\u9fff]{2,9}"  # one issuer, not several with 、 between them
WORKS, WORKS_TITLE = "works", "引用文献索引"
PRINTINGS, PRINTINGS_TITLE = FOLDER, "一文多刊"
STANDARDS, STANDARDS_TITLE = "standards", "引用标准索引"
COMPARE = "compare/index"
TERMS, TERMS_TITLE = "terms", "施行与有效期"


Quoted: TypeAlias = "tuple[str, str]"  # an issue that a page quotes, and the key of its own stages


@dataclass(frozen=True, slots=True)
class HomePage:
    """A planned page: its template, and the values that the template prints."""

    path: str  # relative to the site's root, without its suffix
    template: str  # a .md.j2 writes Markdown, a .html.j2 HTML
    values: Mapping[str, object]
    facts: Mapping[str, object]  # its front matter
    headings: tuple[tuple[str, str], ...] = ()  # of an HTML page, below its title: (anchor, name)
    quoted: tuple[Quoted, ...] = ()

    @property
    def key(self) -> str:
        """Give its cache key: a digest of its template, its values and the issues it quotes."""
        own = (self.template, self.values, self.facts, self.headings, self.quoted)
        return key_of(own)

    @property
    def is_html(self) -> bool:
        """Say whether it is HTML from the start; its Markdown is then front matter alone."""
        return self.template.endswith(".html.j2")

    def markdown(self, environment: jinja2.Environment) -> str:
        """Write its Markdown, with the front matter."""
        head = front_matter(self.facts)
        if self.is_html:
            return head
        return environment.get_template(self.template).render(front_matter=head, **self.values)

    def html(
        self,
        environment: jinja2.Environment,
        sayings: Callable[[str], SaidOf],
        compared: Compared,
    ) -> str:
        """Write the HTML of a page; ``sayings`` gives the rows of one issue (sayings.py).

        ``compared`` gives the differences between two printings (printings.py).
        """
        folder = self.path.partition("/")[0]
        register: RegisterName = "people" if folder == "people" else "agencies"

        def said(mention: Mention, name: str) -> str:
            return sayings(mention.issue)(register, mention.document, name)

        return environment.get_template(self.template).render(
            **self.values, said=said, compared=compared
        )


IN_REGISTER = {"page_kind": "register"}


def _index_page(folder: str, template: str, values: Mapping[str, object]) -> HomePage:
    """Plan the index of a register."""
    return HomePage(f"{folder}/index", template, values, IN_REGISTER)


def _list_page(
    path: str,
    title: str,
    above: Sequence[tuple[str, str]],
    listed: tuple[str, Mapping[str, object]],
    headings: Iterable[tuple[str, str]] = (),
    quoted: tuple[Quoted, ...] = (),
) -> HomePage:
    """Plan a page of a register; ``listed`` is the template and the values of its list."""
    template, own = listed
    values = {"title": title, "above": above, **own}
    return HomePage(path, template, values, IN_REGISTER, tuple(headings), quoted)


@dataclass(frozen=True, slots=True)
class Row:
    """An issue in a list."""

    title: str
    url: str
    documents: int


@dataclass(frozen=True, slots=True)
class Register:
    """A register of subjects: its folder and its title."""

    folder: RegisterName
    title: str


REGISTERS = (Register("agencies", "责任单位索引"), Register("people", "人事任免索引"))


@dataclass(frozen=True, slots=True)
class Beside:
    """The files for programs that pages link to, as paths relative to the site's root."""

    files: Mapping[str, Sequence[tuple[str, str]]] = field(default_factory=dict)  # of each page
    calendars: Mapping[str, str] = field(default_factory=dict)  # by the anchor of an agency


def plan_home(
    gazettes: Sequence[Gazette],
    summaries: Sequence[Summary],
    links: Links,
    name: str,
    keys: Mapping[str, str],
    beside: Beside,
) -> list[HomePage]:
    """Plan the home site's pages: start page, search, gazettes, registers.

    ``keys`` are the keys of the issues' own stages. They go into the keys of the pages that quote
    the issues, because the summaries do not contain the quoted text.
    """
    titles = {gazette.id: gazette.title for gazette in gazettes}
    works = collect_works(summaries, links)
    pages: list[HomePage] = []
    documents = list_documents(summaries, links.states, also_printed(links.printings))
    quotable = {name: (name, key) for name, key in keys.items()}
    for shelves_of in SHELVES:
        pages += _shelf_pages(shelves_of, shelve(shelves_of, documents))
    for register in REGISTERS:
        listed = subjects(register.folder, summaries, titles)
        pages += _register_pages(register, listed, quotable, beside)
    pages += _work_pages(works, links)
    pages += _standard_pages(summaries)
    pages += _printing_pages(summaries, links.printings, quotable)
    pages += _term_pages(summaries, links.states, beside)
    indexes = find_indexes(pages)
    years = [(gazette, _by_year(gazette, summaries)) for gazette in gazettes]
    recent = recent_rows(titles, summaries, links.states, links.printings)
    return [
        _first_page(name, gazettes, summaries, indexes, beside, recent),
        _list_page(RECENT, "最近收入", (), ("recent.html.j2", recent_values(recent))),
        HomePage(
            "search/index",
            "search.md.j2",
            {"registers": indexes, "examples": search_examples(summaries)},
            {"page_kind": "search"},
        ),
        HomePage(COMPARE, "compare.html.j2", {"title": "对照"}, {"page_kind": "compare"}),
        *(_gazette_page(gazette, issues, summaries, beside) for gazette, issues in years),
        *pages,
    ]


def find_indexes(pages: Sequence[HomePage]) -> list[tuple[str, str]]:
    """List the indexes of registers that are among the pages: title and path of each."""
    indexes = [(register.title, register.folder) for register in (*SHELVES, *REGISTERS)]
    indexes += [
        (WORKS_TITLE, WORKS),
        (STANDARDS_TITLE, STANDARDS),
        (PRINTINGS_TITLE, PRINTINGS),
        (TERMS_TITLE, TERMS),
    ]
    held = {page.path for page in pages}
    return [(title, f"{folder}/index") for title, folder in indexes if f"{folder}/index" in held]


def _first_page(
    name: str,
    gazettes: Sequence[Gazette],
    summaries: Sequence[Summary],
    indexes: Sequence[tuple[str, str]],
    beside: Beside,
    recent: Sequence[Mapping[str, object]],
) -> HomePage:
    values = {
        **first_page_values(name, gazettes, summaries, search_examples(summaries), recent),
        "registers": [
            (title, path, ABOUT_REGISTERS.get(path.partition("/")[0], ""))
            for title, path in indexes
        ],
        "files": beside.files.get("index", ()),
    }
    return HomePage("index", "index.html.j2", values, {"page_kind": "home"})


def _gazette_page(
    gazette: Gazette,
    years: Sequence[tuple[str, list[Row]]],
    summaries: Sequence[Summary],
    beside: Beside,
) -> HomePage:
    own = [summary for summary in summaries if summary.name.startswith(f"{gazette.id}/")]
    held = [
        (
            str(year.year),
            [(n.number, n.issue and f"{n.issue}/index.html") for n in year.numbers],
            year.missing,
        )
        for year in holdings(own)
    ]
    path = f"{gazette.id}/index"
    values = {
        "title": gazette.title,
        "place": gazette.place,
        "years": years,
        "held": held,
        "files": beside.files.get(path, ()),
    }
    return HomePage(path, "gazette.md.j2", values, {"page_kind": "gazette"})


def search_examples(summaries: Sequence[Summary]) -> list[tuple[str, str]]:
    """Give queries that this archive answers, one of each kind, each with an explanation.

    Each is a whole name that the archive prints: of a number, an agency, a person, an issuer, or
    what a title quotes or cites. Nothing is cut out of a title, where it could be half a word.
    """
    newest = [document for summary in reversed(summaries) for document in summary.documents]
    numbers = (DocumentNumber.parse(d.number) for d in newest if d.number)
    number = next((n for n in numbers if n and n.year), None)
    titled = next((d for d in newest if d.issuer and d.type and _names_both(d)), None)
    issuer = titled.issuer if titled else ""
    word = next((m[1] or m[2] for d in newest if (m := QUOTED_IN_TITLE.search(d.title))), "")
    agency, person = (_most_named(register.folder, summaries) for register in REGISTERS)
    examples = [
        (word or issuer, "标题里的名称，原样查找"),
        (number and f"{number.code}{number.year} {number.serial}", "发文字号，写法不拘"),
        (agency, "责任单位"),
        (person, "任免的人员"),
        (titled and f"{issuer} {titled.type}", "空格隔开的，都要出现"),
        (f"“{word or issuer}”", "引号里的，连在一起"),
        (romanise(person or issuer), "拼音"),
        ("".join(romanise(char)[:1] for char in issuer), "拼音首字母"),
    ]
    return [(query, about) for query, about in examples if query and query != "“”"]


def _names_both(document: DocumentFact) -> bool:
    """Whether the title of a document prints its issuer, one alone, and its type."""
    title = document.title
    is_one = re.fullmatch(WHOLE_NAME, document.issuer) is not None
    return is_one and document.issuer in title and document.type in title


def _most_named(register: RegisterName, summaries: Sequence[Summary]) -> str:
    """Give the agency or the person that most documents name; empty if none is named."""
    counts = Counter(
        name
        for summary in summaries
        for fact in summary.named
        if fact.register == register
        for name in fact.names
        if re.fullmatch(WHOLE_NAME, name)
    )
    return min(counts, key=lambda name: (-counts[name], name), default="")


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


def _shelf_pages(register: ShelfRegister, shelves: Sequence[Shelf]) -> Iterator[HomePage]:
    """Plan a register of documents: an index, the shelves, and the sections of large shelves."""
    folder, name = register.folder, register.title
    index = [(shelf.letter, shelf.page, shelf.title, shelf.count) for shelf in shelves]
    yield _index_page(folder, "shelf_index.md.j2", {"title": name, "shelves": index})
    for shelf in shelves:
        title, above = f"{name}：{shelf.title}", [("index", name)]
        sections = [
            (f"y{index}", section, page, len(documents), () if page else documents)
            for index, (section, page, documents) in enumerate(shelf.sections, 1)
        ]
        headings = ((anchor, section) for anchor, section, *_ in sections)
        listed = ("shelf.html.j2", {"sections": sections})
        yield _list_page(f"{folder}/{shelf.page}", title, above, listed, headings)
        for section, page, documents in shelf.sections:
            if page:
                own = [("", "", "", len(documents), documents)]
                yield _list_page(
                    f"{folder}/{page}",
                    f"{title}（{section}）",
                    [*above, (shelf.page, shelf.title)],
                    ("shelf.html.j2", {"sections": own}),
                )


def _register_pages(
    register: Register,
    listed: Sequence[Subject],
    keys: Mapping[str, Quoted],
    beside: Beside,
) -> Iterator[HomePage]:
    """Plan a register of subjects: an index of names, and a page for each letter.

    A new issue changes the index and the pages of the letters that it adds to. If many documents
    name a subject, its mentions are on pages of their own; new documents change only the last one.
    """
    if not listed:
        return
    folder, name = register.folder, register.title
    counts = Counter(subject.name for subject in listed)
    # a page names the gazette of a subject only if two gazettes have a subject of that name
    ambiguous = {name for name, count in counts.items() if count > 1}
    letters = by_letter(listed)
    names = [
        (letter, [(s.anchor, s.name, _gazette_of(s, ambiguous), s.count) for s in group])
        for letter, group in letters
    ]
    yield _index_page(folder, "register_index.md.j2", {"title": name, "letters": names})
    for letter, group in letters:
        above = [("index", name)]
        entries = [
            (
                s.anchor,
                s.name,
                _gazette_of(s, ambiguous),
                beside.calendars.get(s.anchor, ""),
                *_parts_or_mentions(s),
            )
            for s in group
        ]
        yield _list_page(
            f"{folder}/{letter}",
            f"{name}：{letter.upper()}",
            above,
            ("register.html.j2", {"subjects": entries}),
            ((s.anchor, s.name) for s in group),
            _quoted((m for s in group if not s.parts for m in s.mentions), keys),
        )
        for subject in group:
            for part in subject.parts:
                own = (
                    subject.anchor,
                    subject.name,
                    _gazette_of(subject, ambiguous),
                    beside.calendars.get(subject.anchor, ""),
                    (),
                    part.mentions,
                )
                yield _list_page(
                    f"{folder}/{part.page}",
                    f"{name}：{subject.name}（{part.years}）",
                    [*above, (letter, letter.upper())],
                    ("register.html.j2", {"subjects": [own]}),
                    quoted=_quoted(part.mentions, keys),
                )


def _quoted(mentions: Iterable[Mention], keys: Mapping[str, Quoted]) -> tuple[Quoted, ...]:
    issues = sorted({mention.issue for mention in mentions})
    return tuple(keys[issue] for issue in issues)


def _gazette_of(subject: Subject, ambiguous: set[str]) -> str:
    return subject.gazette if subject.name in ambiguous else ""


def _parts_or_mentions(subject: Subject) -> tuple[object, object]:
    """Give the list of a subject on the page of its letter: its parts if any, else its mentions."""
    if parts := subject.parts:
        return [(part.page, part.years, len(part.mentions)) for part in parts], ()
    return (), subject.mentions


def _work_pages(works: Sequence[Work], links: Links) -> Iterator[HomePage]:
    """Plan the cited works: an index, and a page for each issuer code and each letter.

    If many places cite the works of one issuer, this page lists the works without the places, and
    the works of each year have a page with the places. A work's address stays on the first page.
    """
    if not works:
        return
    groups = [
        (page, listed[0].group, listed)
        for page, group in groupby(works, key=lambda work: work.page)
        if (listed := list(group))
    ]
    index = [(page, name, len(listed)) for page, name, listed in groups]
    facts = {**IN_REGISTER, **_most_cited(works)}
    yield HomePage(f"{WORKS}/index", "works_index.md.j2", {"groups": index}, facts)
    for page, name, listed in groups:
        title, above = f"引用文献：{name}", [("index", WORKS_TITLE)]
        is_large = sum(len(work.places) for work in listed) > LARGEST
        years = sorted({work.year for work in listed}) if is_large else []
        parts = {year: f"{page}-{year}" for year in years if year}
        entries = [_work_entry(work, parts.get(work.year, ""), links) for work in listed]
        yield _list_page(
            f"{WORKS}/{page}",
            title,
            above,
            ("works.html.j2", {"works": entries, "relations": CITES}),
            () if is_large else ((work.id, work.name) for work in listed),
        )
        for year, part in parts.items():
            of_year = [work for work in listed if work.year == year]
            entries = [_work_entry(work, "", links) for work in of_year]
            yield _list_page(
                f"{WORKS}/{part}",
                f"{title}（{year}年）",
                [*above, (page, name)],
                ("works.html.j2", {"works": entries, "relations": CITES}),
                ((work.id, work.name) for work in of_year),
            )


def _work_entry(work: Work, part: str, links: Links) -> dict[str, object]:
    """Give the values of a work in a list; the places that cite it only if ``part`` is empty.

    ``part`` is the page of the work's year, which lists the places.
    """
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
        "part": part,
        "places": () if part else work.places,
    }


def _standard_pages(summaries: Sequence[Summary]) -> Iterator[HomePage]:
    """Plan the cited standards: an index, and a page for each code (GB, DB51)."""
    standards = cited_standards(summaries)
    if not standards:
        return
    families = [(p, list(group)) for p, group in groupby(standards, key=lambda s: s.page)]
    index = [(page, listed[0].family, len(listed)) for page, listed in families]
    yield _index_page(
        STANDARDS, "standards_index.md.j2", {"title": STANDARDS_TITLE, "families": index}
    )
    for page, listed in families:
        yield _list_page(
            f"{STANDARDS}/{page}",
            f"{STANDARDS_TITLE}：{listed[0].family}",
            [("index", STANDARDS_TITLE)],
            ("standards.html.j2", {"standards": listed}),
            ((one.id, one.name) for one in listed),
        )


def _printing_pages(
    summaries: Sequence[Summary], printings: PrintingsOf, keys: Mapping[str, Quoted]
) -> Iterator[HomePage]:
    """Plan the works with several printings: an index, and a page for each that compares them."""
    works = {p.work: p for place, p in printings.items() if place == p.first}
    if not works:
        return
    held = {(s.name, d.id): (s, d) for s in summaries for d in s.documents}
    listed = sorted(works.values(), key=lambda w: (held[w.first][1].date, w.work), reverse=True)
    index = [
        (w.work, d.title, d.number, d.date, len(w.others) + 1)
        for w in listed
        for d in [held[w.first][1]]
    ]
    yield _index_page(
        PRINTINGS, "printings_index.md.j2", {"title": PRINTINGS_TITLE, "works": index}
    )
    for work in listed:
        summary, d = held[work.first]
        first = Printing(
            summary.name, d.id, d.title, d.number, d.date, d.page,
            summary.gazette, summary.year, summary.number, summary.total_number,
        )  # fmt: skip
        others = [_printing_row(other) for other in work.others]
        values = {
            "name": f"《{d.title}》{d.number}",
            "first": _printing_row(first),
            "others": others,
        }
        issues = {work.first[0], *(o.issue for o in work.others if o.differences)}
        yield _list_page(
            work.path,
            f"{d.number or d.title}的各次刊登",
            [("index", PRINTINGS_TITLE)],
            ("printings.html.j2", values),
            ((anchor_of(o.place), printing_name(o)) for o in work.others),
            tuple(keys[name] for name in sorted(issues)),
        )


def _printing_row(printing: Printing) -> dict[str, object]:
    return {
        "id": anchor_of(printing.place),
        "name": printing_name(printing),
        "place": printing.place,
        "url": printing.url,
        "title": printing.title,
        "date": printing.date,
        "page": printing.page,
        "count": len(printing.differences),
    }


def also_printed(printings: PrintingsOf) -> dict[tuple[str, str], tuple[tuple[str, str], ...]]:
    """Give the other printings that a list names beside the first of a work, none for these."""
    return {
        place: tuple((printing_name(o), o.url) for o in p.others) if place == p.first else ()
        for place, p in printings.items()
    }


def _term_pages(summaries: Sequence[Summary], states: States, beside: Beside) -> Iterator[HomePage]:
    """Plan the register of the days of coming into force and of expiry: an index, its years."""
    years = term_years(term_days(summaries, states))
    if not years:
        return
    index = [(year.year, [(p.page, p.title, len(p.days)) for p in year.pages]) for year in years]
    files = beside.files.get(f"{TERMS}/index", ())
    yield _index_page(
        TERMS, "terms_index.md.j2", {"title": TERMS_TITLE, "years": index, "files": files}
    )
    for year in years:
        for page in year.pages:
            yield _list_page(
                f"{TERMS}/{page.page}",
                f"{TERMS_TITLE}：{page.title}",
                [("index", TERMS_TITLE)],
                ("terms.html.j2", {"days": page.days}),
            )


def _by_year(gazette: Gazette, summaries: Sequence[Summary]) -> list[tuple[str, list[Row]]]:
    """List the issues of a gazette by year, the newest first."""
    years: dict[str, list[Row]] = {}
    for summary in reversed(summaries):
        if summary.name.partition("/")[0] == gazette.id:
            year = str(summary.year or summary.name.rpartition("/")[2][:4])
            row = Row(summary_title(summary), issue_address(summary), len(summary.documents))
            years.setdefault(year, []).append(row)
    return list(years.items())
