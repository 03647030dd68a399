"""Summaries → the pages of the home site: start page, search, gazettes, registers, works.

A page is planned before it is written: its cache key shows whether the existing site has it
already. Short pages are Markdown. The long lists of registers are HTML from the start, because an
archive has a thousand rows per issue, and Markdown takes thirty times as long for a row.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.archive.registers import (
    SHELVES,
    cited_standards,
    collect_works,
    holdings,
    list_documents,
    shelve,
    subjects,
    term_days,
    term_years,
)
from generator.language.document_numbers import DocumentNumber
from generator.language.pinyin import romanise
from generator.model import DocumentFact, Gazette, Links, RegisterName, States, Summary
from generator.render.feed_page import FEEDS, feed_page
from generator.render.first_page import (
    ABOUT_REGISTERS,
    RECENT,
    first_page_values,
    recent_rows,
    recent_values,
)
from generator.render.home_page import HomePage, list_page
from generator.render.issue import issue_address, summary_title
from generator.render.post_pages import OFFICES, PEOPLE, post_pages
from generator.render.printing_pages import (
    PRINTINGS,
    PRINTINGS_TITLE,
    also_printed,
    printing_pages,
)
from generator.render.register_index import IndexRow, index_page, letter_name
from generator.render.shelf_pages import shelf_pages
from generator.render.standard_pages import STANDARDS, STANDARDS_TITLE, standard_pages
from generator.render.subject_pages import (
    AGENCIES,
    AGENCIES_TITLE,
    Beside,
    agency_pages,
)
from generator.render.work_pages import WORKS, WORKS_TITLE, work_pages
from generator.runtime.patterns import lazy_regex

# what a title quotes or cites, whole: “放管服”, 《居住证暂行条例》
QUOTED_IN_TITLE = lazy_regex(r"“([\u4e00-\u9fff]{2,10})”|《([\u4e00-\u9fff]{3,16})》")
WHOLE_NAME = r"[\u4e00-\u9fff]{2,9}"  # one issuer, not several with 、 between them
COMPARE = "compare/index"
TERMS, TERMS_TITLE = "terms", "施行与有效期"
ABOUT_TERMS = (
    "公文自己写明的施行日期和有效期限，按年排列。"
    "没有写明日期的、只写“自公布之日起”而公布日期不详的，不在其中。"
)


@dataclass(frozen=True, slots=True)
class Row:
    """An issue in a list."""

    title: str
    url: str
    documents: int


def plan_home(
    gazettes: Sequence[Gazette],
    summaries: Sequence[Summary],
    links: Links,
    name: str,
    keys: Mapping[str, str],
    beside: Beside,
) -> Iterator[HomePage]:
    """Plan the home site's pages: start page, search, gazettes, registers.

    ``keys`` are the keys of the issues' own stages. They go into the keys of the pages that quote
    the issues, because the summaries do not contain the quoted text.

    A register is made when its first page is asked for, so that no two are in memory together.
    """
    titles = {gazette.id: gazette.title for gazette in gazettes}
    indexes = find_indexes(summaries, links)
    recent = recent_rows(titles, summaries, links.states, links.printings)
    yield _first_page(name, gazettes, summaries, indexes, beside, recent)
    shown = {**recent_values(recent), "feeds": bool(beside.feeds)}
    yield list_page(RECENT, "最近收入", (), ("recent.html.j2", shown))
    yield HomePage(
        "search/index",
        "search.md.j2",
        {"registers": indexes, "examples": search_examples(summaries)},
        {"page_kind": "search"},
    )
    yield HomePage(COMPARE, "compare.html.j2", {"title": "对照"}, {"page_kind": "compare"})
    if beside.feeds:
        yield feed_page(beside.feeds, beside.site)
    for gazette in gazettes:
        yield _gazette_page(gazette, _by_year(gazette, summaries), summaries, beside)
    yield from _all_shelf_pages(summaries, links, beside)
    quotable = {name: (name, key) for name, key in keys.items()}
    agencies = subjects("agencies", summaries, titles, links.states)
    yield from agency_pages(agencies, summaries, links.states, quotable, beside)
    del agencies
    for register in (PEOPLE, OFFICES):
        yield from post_pages(
            register, subjects(register.name, summaries, titles, links.states), quotable
        )
    yield from work_pages(collect_works(summaries, links), links)
    yield from standard_pages(cited_standards(summaries))
    yield from printing_pages(summaries, links.printings, quotable)
    yield from _term_pages(summaries, links.states, beside)


def _all_shelf_pages(
    summaries: Sequence[Summary], links: Links, beside: Beside
) -> Iterator[HomePage]:
    documents = list_documents(summaries, links.states, also_printed(links.printings))
    for register in SHELVES:
        yield from shelf_pages(register, shelve(register, documents), beside.files)


def find_indexes(summaries: Sequence[Summary], links: Links) -> list[tuple[str, str]]:
    """List the indexes of registers that the home site has: title and path of each."""
    named = {fact.register for summary in summaries for fact in summary.named}
    held: list[tuple[str, str, bool]] = [
        *((register.title, register.folder, True) for register in SHELVES),
        (AGENCIES_TITLE, AGENCIES, "agencies" in named),
        *(
            (register.title, register.name, register.name in named)
            for register in (PEOPLE, OFFICES)
        ),
        (WORKS_TITLE, WORKS, any(summary.citations for summary in summaries)),
        (STANDARDS_TITLE, STANDARDS, any(summary.standards for summary in summaries)),
        (PRINTINGS_TITLE, PRINTINGS, bool(links.printings)),
        (TERMS_TITLE, TERMS, bool(term_days(summaries, links.states))),
    ]
    return [(title, f"{folder}/index") for title, folder, is_held in held if is_held]


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
        "files": (*_about_feeds(beside), *beside.files.get("index", ())),
    }
    return HomePage("index", "index.html.j2", values, {"page_kind": "home"})


def _about_feeds(beside: Beside) -> list[tuple[str, str]]:
    return [("怎样订阅：选公报、单位、文种", f"{FEEDS}.html")] if beside.feeds else []


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
    agency, person = _most_named("agencies", summaries), _most_named("people", summaries)
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


def _term_pages(summaries: Sequence[Summary], states: States, beside: Beside) -> Iterator[HomePage]:
    """Plan the register of the days of coming into force and of expiry: an index, its years."""
    years = term_years(term_days(summaries, states))
    if not years:
        return
    rows = [
        IndexRow(
            group="",
            name=page.title,
            note="",
            address=f"{page.page}.html",
            cells=(
                sum(day.term.kind == "effective" for day in page.days),
                sum(day.term.kind == "expires" for day in page.days),
            ),
            last=(f"../{page.days[-1].url}", page.days[-1].title, page.days[-1].term.day),
            mark=page.days[-1].mark,
        )
        for year in years
        for page in year.pages
    ]
    files = beside.files.get(f"{TERMS}/index", ())
    columns = ("年份", "施行", "到期", "年内最后一件")
    yield index_page(TERMS, TERMS_TITLE, ABOUT_TERMS, columns, rows, letter_name, files)
    for year in years:
        for page in year.pages:
            yield list_page(
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
