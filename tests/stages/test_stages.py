"""The guarantees of the stages from load to search, tested on issues made of gazette words.

Each test names the guarantee that it tests; tests/project/test_conventions.py reports a guarantee
without a test.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

import jinja2
import markdown
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from benchmarks.bench_growth import CORRECTED as MISREAD
from fuzz.checks import check_corrections, citations_of_block, read
from fuzz.words import FACTS, HEAD
from generator.archive.resolve import resolve_citations
from generator.archive.summary import summarise
from generator.content import load
from generator.formats.akoma_ntoso import NAMESPACE, akoma_ntoso
from generator.formats.feeds import feed_files, plan_feeds
from generator.formats.issue_json import issue_data
from generator.model import (
    Appointment,
    Block,
    Gazette,
    Issue,
    Paragraph,
    Reference,
    Responsibility,
    Summary,
    Table,
)
from generator.render import render, template_environment
from generator.render.markdown_extension import UnitsExtension
from generator.runtime.data import dump
from generator.search.passages import entries_of
from generator.site.html_page import HtmlPage
from generator.site.read_back import texts_of
from generator.stages.check.audit import audit
from generator.stages.check.diagnose import diagnose
from generator.stages.citations import find_citations
from generator.stages.extract import extract
from generator.stages.normalize import normalize
from tests.conftest import ROOT
from tests.strategies import trade

NUMBERS = ("川府发〔2016〕55号", "川府发〔2016〕5号", "攀府发〔2016〕55号", "国务院令第706号")
TITLES = ("甲市停车办法", "乙市关于停车的通知", "甲市关于印发《某方案》的通知")
ENDS = st.sampled_from(["\n", "\r\n", "\r", "\x0b", "\x85"])
AGENCIES = {"市财政局": "某市财政局"}
GAZETTE = Gazette("some", "某公报", agencies=AGENCIES)
any_issue = settings(deadline=None, max_examples=50, suppress_health_check=[HealthCheck.too_slow])
guarantee = pytest.mark.guarantee
pytestmark = pytest.mark.medium  # each test builds fifty archives


def convert(text: str, name: str = "some/2020-01") -> Issue:
    issue = read(text)
    issue = replace(issue, source=replace(issue.source, name=name))
    return extract(find_citations(normalize(issue)), GAZETTE)


@st.composite
def archives(draw: st.DrawFn) -> list[Issue]:
    """Draw two issues; their documents have and cite few numbers and titles, right and wrong."""
    issues = []
    for name in ("some/2020-01", "some/2021-02"):
        titles = draw(st.lists(st.sampled_from(TITLES), min_size=1, max_size=3, unique=True))
        text = "目录\n" + "".join(f"{title} ..... {n}\n" for n, title in enumerate(titles, 1))
        for title in titles:
            cited = draw(st.lists(st.sampled_from([*NUMBERS, *TITLES]), max_size=3))
            body = "。".join(f"依照{c if '号' in c else f'《{c}》'}{draw(trade)}" for c in cited)
            number = draw(st.sampled_from(NUMBERS))
            text += f"\n# {title}\n\n{number}\n\n一、现通知如下。\n{body}\n\n2016年11月30日\n"
        issues.append(convert(text, name))
    return issues


@guarantee("load", 1)
@given(trade, st.sampled_from(["utf-8", "utf-8-sig", "gb18030"]))
@any_issue
def test_a_text_is_decoded_from_its_encoding(text: str, encoding: str) -> None:
    text = f"人民政府关于工作的通知。\n{text}"
    with tempfile.TemporaryDirectory() as scratch:
        (Path(scratch) / "issue.md").write_bytes(text.encode(encoding))
        source = load(Path(scratch))
    assert source.encoding == encoding
    assert source.text == re.sub("[\x0c\u2028]", "\n", text)


@guarantee("load", 2)
@given(
    st.lists(st.tuples(trade, st.sampled_from(["\n", "\r\n", "\r", "\x0b", "\x85"])), min_size=1)
)
@any_issue
def test_every_line_end_counts_as_one(pieces: list[tuple[str, str]]) -> None:
    lines = ["甲" + re.sub("[\n\x0c\u2028]", "", text) for text, _ in pieces]
    data = "".join(line + end for line, (_, end) in zip(lines, pieces, strict=True))
    with tempfile.TemporaryDirectory() as scratch:
        (Path(scratch) / "issue.md").write_bytes(data.encode())
        assert load(Path(scratch)).text == "\n".join([*lines, ""])


@guarantee("load", 3)
@given(st.lists(st.sampled_from(FACTS), max_size=30).map("".join))
@any_issue
def test_any_issue_toml_is_applied_or_refused_with_its_line(facts: str) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        check_corrections(facts.encode(), Path(scratch))


@guarantee("load", 3)
@given(st.lists(st.tuples(st.integers(1, 5), st.sampled_from("误识处有无")), max_size=6), trade)
@any_issue
def test_corrections_are_applied_or_refused_with_their_line(
    wanted: list[tuple[int, str]], to: str
) -> None:
    words = "".join(char for char in to if char.isalnum() or char in "。，、 ")
    facts = "".join(
        f'[[correction]]\nline = {line + len(HEAD.splitlines())}\nfrom = "{old}"\nto = "{words}"\n'
        f'why = "误识"\n'
        for line, old in wanted
    )
    with tempfile.TemporaryDirectory() as scratch:
        check_corrections(facts.encode(), Path(scratch), HEAD + f"{MISREAD}\n" * 5)


@guarantee("extract", 1)
@guarantee("extract", 2)
@given(trade)
@any_issue
def test_facts_are_in_the_text_where_they_say(text: str) -> None:
    found = convert(HEAD + text)
    for document in found.documents:
        blocks = {block.anchor: block for block in document.all_blocks()}
        anchors = set(blocks) | {
            block.row_anchor(row)
            for block in blocks.values()
            if isinstance(block, Table)
            for row in range(len(block.rows))
        }
        texts = document.texts_by_place()
        facts: tuple[Appointment | Responsibility | Reference, ...] = (
            *document.appointments,
            *document.responsibilities,
            *document.references,
        )
        for fact in facts:
            assert fact.anchor in anchors
            assert document.lines.first <= fact.line <= document.lines.last
        for person in document.appointments:
            assert person.person in _letters(document.all_blocks())
        for duty in document.responsibilities:
            assert duty.agency in _letters(document.all_blocks())
            assert duty.agency_id == AGENCIES.get(duty.agency, duty.agency)
        for reference in document.references:
            text = texts[reference.anchor, reference.column]
            assert text[reference.start : reference.end] == reference.text
    before = find_citations(normalize(read(HEAD + text)))
    bare = replace(
        found,
        documents=tuple(
            replace(d, appointments=(), responsibilities=(), references=(), aliases={})
            for d in found.documents
        ),
        paper=before.paper,
    )
    assert bare == before


def _letters(blocks: Iterable[Block]) -> str:
    texts: list[str] = []
    for block in blocks:
        rows = block.rows if isinstance(block, Table) else ((block.text,),)
        texts += [cell for row in rows for cell in row]
    return "\n".join(texts)


@guarantee("resolve_citations", 1)
@guarantee("resolve_citations", 2)
@guarantee("resolve_citations", 3)
@given(archives())
@any_issue
def test_a_citation_leads_to_the_one_document_of_its_number_or_to_none(issues: list[Issue]) -> None:
    summaries = [summarise(issue) for issue in issues]
    links = resolve_citations(summaries)
    held = {(s.name, d.id): d for s in summaries for d in s.documents}
    citing = set()
    for summary in summaries:
        for citation in summary.citations:
            target = links.lookup(summary.name, citation.document, citation).target
            if target is None:
                continue
            document = held[target.issue, target.document]
            if citation.number:
                assert document.number == citation.number
                same = [key for key, d in held.items() if d.number == citation.number]
                assert len({held[key].title for key in same}) == 1  # or it would be a guess
            if (target.issue, target.document) != (summary.name, citation.document):
                citing.add(((target.issue, target.document), (summary.name, citation.document)))
    found = {(key, (p.issue, p.document)) for key, places in links.cited_by.items() for p in places}
    assert found == citing
    assert all(key != place for key, place in found)


@cache
def environment() -> jinja2.Environment:
    return template_environment(ROOT / "templates")


def shown(page: str) -> bytes:
    """Convert the Markdown of a page to HTML as mkdocs.yml configures it, without the theme."""
    body = re.sub(r"\A---\n.*?\n---\n", "", page, count=1, flags=re.DOTALL)
    html = markdown.markdown(body, extensions=["attr_list", "tables", "toc", UnitsExtension()])
    return f'<html><body><div class="official">{html}</div></body></html>'.encode()


@guarantee("render", 1)
@guarantee("render", 2)
@guarantee("render", 3)
@given(archives(), trade)
@any_issue
def test_a_page_shows_the_text_of_the_model(issues: list[Issue], text: str) -> None:
    issues.append(convert(HEAD + text, "some/2022-01"))
    links = resolve_citations(map(summarise, issues))
    for issue in issues:
        pages = render(issue, GAZETTE, links, environment())
        assert pages == render(issue, GAZETTE, links, environment())
        own = {path.as_posix() for path in pages}
        for document in issue.documents:
            page = pages[next(path for path in pages if path.stem == document.id)]
            read_page = HtmlPage(shown(page))
            assert read_page.texts == texts_of(document)
            for link in read_page.links:
                address = link.partition("#")[0]
                outside = address.startswith(("http://", "https://", "../"))
                assert not address or outside or address in own


def test_a_heading_that_ends_in_a_mark_of_markdown_keeps_it() -> None:
    issue = convert(f"{HEAD}第一章 #\n\n第一条 甲。\n")
    pages = render(issue, GAZETTE, resolve_citations([summarise(issue)]), environment())
    page = next(text for path, text in pages.items() if path.stem == issue.documents[0].id)
    assert HtmlPage(shown(page)).texts == texts_of(issue.documents[0])


def test_numbers_that_one_word_stands_for_are_cited_and_not_linked() -> None:
    issue = convert(f"{HEAD}依照乙府发〔2016〕5号至21号，丙府发〔2016〕1号至3号。\n")
    links = resolve_citations([summarise(issue)])
    document = issue.documents[0]
    pages = render(issue, GAZETTE, links, environment())
    page = next(text for path, text in pages.items() if path.stem == document.id)
    assert HtmlPage(shown(page)).texts == texts_of(document)
    (text,) = [block for block in document.blocks if "依照" in getattr(block, "text", "")]
    assert isinstance(text, Paragraph)
    cited = [citation.number.serial for citation in text.citations if citation.number]
    assert cited == [*range(5, 22), 1, 2, 3]
    printed = next(line for line in page.split("\n") if line.startswith("依照"))
    linked = re.findall(r"#[a-z]+-2016-(\d+) ", printed)
    assert linked == ["5", "21", "1", "2", "3"]


ADDED = "contains(concat(' ', @class, ' '), ' added ')"
links_of_text: Any = etree.XPath(f"//a[not({ADDED})][not(preceding::h2[{ADDED}])]/@href")


def addresses_of_text(issues: list[Issue]) -> Iterator[tuple[list[str], list[str]]]:
    """Give, for each document, the addresses of its text's links: in its XML, on its page.

    What the site adds to the text, such as the number of places that cite a paragraph, is no part
    of the document.
    """
    links = resolve_citations(map(summarise, issues))
    for issue in issues:
        pages = render(issue, GAZETTE, links, environment())
        for document in issue.documents:
            page = next(text for path, text in pages.items() if path.stem == document.id)
            found = etree.HTML(shown(page), etree.HTMLParser(encoding="utf-8"))
            on_page = [str(link).replace(".md", ".html") for link in links_of_text(found)]
            root = etree.fromstring(akoma_ntoso(document, issue, GAZETTE, links))
            in_xml = [str(r.get("href")) for r in root.iter(f"{{{NAMESPACE}}}ref")]
            yield sorted(in_xml), sorted(on_page)


@guarantee("akoma_ntoso", 3)
@given(archives())
@any_issue
def test_addresses_in_xml_are_those_of_the_pages_links(issues: list[Issue]) -> None:
    for in_xml, on_page in addresses_of_text(issues):
        assert in_xml == on_page


def test_a_paragraph_that_is_cited_has_no_link_of_its_own_in_xml() -> None:
    title, number, other = TITLES[0], NUMBERS[1], NUMBERS[0]
    head = f"目录\n{title} ..... 1\n\n# {title}\n\n"
    date = "2016年11月30日\n"
    cited = convert(f"{head}{number}\n\n第一条 现通知如下。\n\n第二条 自印发之日起施行。\n\n{date}")
    citing = convert(f"{head}{other}\n\n依照{number}第一条。\n\n{date}", "some/2021-02")
    links = resolve_citations(map(summarise, (cited, citing)))
    pages = render(cited, GAZETTE, links, environment())
    assert any("(#cited-a1)" in page for page in pages.values())
    found = list(addresses_of_text([cited, citing]))
    assert all(in_xml == on_page for in_xml, on_page in found)
    assert any(in_xml for in_xml, _ in found)


@given(trade)
@any_issue
def test_diagnoses_change_nothing_and_name_lines_of_the_text(text: str) -> None:
    issue = convert(HEAD + text)
    diagnosed = diagnose(issue)
    assert replace(diagnosed, diagnostics=issue.diagnostics) == issue
    last = len((HEAD + text).split("\n"))
    for fault in chain(diagnosed.diagnostics, audit(diagnosed)):
        assert 1 <= fault.lines.first <= fault.lines.last <= last


@given(archives(), trade)
@any_issue
def test_a_summary_holds_each_document_and_citation(issues: list[Issue], text: str) -> None:
    for issue in (*issues, convert(HEAD + text)):
        summary = summarise(issue)
        assert [d.id for d in summary.documents] == [d.id for d in issue.documents]
        assert len({d.id for d in summary.documents}) == len(summary.documents)
        cited = [
            (d.id, c.key)
            for d in issue.documents
            for block in d.all_blocks()
            for _, citations in citations_of_block(block)
            for c in citations
        ]
        assert sorted((c.document, c.key) for c in summary.citations) == sorted(cited)


@given(archives(), trade)
@any_issue
def test_an_address_is_plain_and_a_documents_own(issues: list[Issue], text: str) -> None:
    for issue in (*issues, convert(HEAD + text)):
        ids = [document.id for document in issue.documents]
        assert len(ids) == len(set(ids))
        assert all(re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", own) for own in ids)
        for document in issue.documents:
            for block in document.all_blocks():
                assert re.fullmatch(r"[a-z0-9][a-z0-9.-]*", block.anchor)


@given(archives(), trade)
@any_issue
def test_the_index_is_given_every_text(issues: list[Issue], text: str) -> None:
    issues.append(convert(HEAD + text, "some/1999-12"))  # no two issues have one name
    links = resolve_citations(map(summarise, issues))
    for issue in issues:
        entries = list(entries_of(issue_data(issue, links)))
        for entry, document in zip(entries, issue.documents, strict=True):
            held = "\n".join(passage.text for passage in entry.passages)
            for said in _letters(document.all_blocks()).split("\n"):
                assert said.strip() in held
        dump(issue_data(issue, links)).encode()


@given(archives())
@any_issue
def test_feeds_of_any_text_are_well_formed(issues: list[Issue]) -> None:
    summaries: list[Summary] = [summarise(issue) for issue in issues]
    keys = {summary.name: summary.name for summary in summaries}
    feeds = plan_feeds([GAZETTE], summaries, "某<&站")
    files = [
        file
        for file in feed_files(feeds, keys, lambda _: b'{"document": {}}')
        if file.path.endswith(".xml")
    ]
    assert files
    for file in files:
        etree.fromstring(file.write().encode())
