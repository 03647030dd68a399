"""Provisions of other documents: where short names, ranges, annexes and bare names lead."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from lxml import etree

from generator.archive.resolve import resolve_citations
from generator.archive.summary import summarise
from generator.formats.akoma_ntoso import akoma_ntoso
from generator.formats.issue_json import issue_data
from generator.model import Document, Gazette, Issue, Links, Table
from generator.render.link_writer import BY_TITLE, LATER, NAMESAKE, WIDER, Lead, LinkWriter
from generator.stages.pipeline import convert
from tests.conftest import ArchiveMaker
from tests.documents import issue_text, letter

RULES = """
某某市供热办法

某府发〔2019〕12号

第一条 为了供热，制定本办法。

第二条 有下列情形之一的，停止供热：
（一）管道检修；
（二）危及安全。

有下列情形的，从其约定：
（一）共用管道；
（二）自备热源。

第三条 收费标准由市物价局制定。

第三条之一 减免另行规定。

第四条 本办法自公布之日起施行。

某某市人民政府
2019年5月1日
"""
PLAN = """
某某市人民政府关于印发某某市绿化方案的通知

某府发〔2020〕3号

各区人民政府：

现将《某某市绿化方案》印发给你们，请认真执行。

某某市人民政府
2020年3月5日

某某市绿化方案

一、总体要求。发展绿化，方便居民。

附件1

树种表

一、杨树由市园林局供应。

附件2

草种表

一、麦草由市园林局供应。
"""


class Read:
    """The last of several issues, converted, with the links of all."""

    def __init__(self, make_archive: ArchiveMaker, *texts: str) -> None:
        names = [f"{2019 + n}-0{n}" for n in range(1, len(texts) + 1)]
        content = make_archive(dict(zip(names, texts, strict=True)))
        self.issues: list[Issue] = [convert(content / "moumou" / name) for name in names]
        self.links: Links = resolve_citations([summarise(issue) for issue in self.issues])

    def leads(self) -> dict[str, str]:
        """Give the link of each text of the last issue's first document: words → address."""
        return {
            text[lead.start : lead.end]: lead.address.rpartition("/")[2]
            for text, listed in self._texts()
            for lead in listed
        }

    def notes(self) -> str:
        """Give what the links of the page say of themselves, one after another."""
        writer, document = self._writer()
        references = document.references_by_place()
        return "".join(
            span.after
            for block in document.all_blocks()
            for span in writer.spans(
                getattr(block, "citations", ()), references.get((block.anchor, None), ())
            )
        )

    def _writer(self) -> tuple[LinkWriter, Document]:
        last = self.issues[-1]
        return LinkWriter(last.name, last.documents[0], self.links), last.documents[0]

    def _texts(self) -> Iterator[tuple[str, Iterable[Lead]]]:
        """Give each paragraph and cell with its links."""
        writer, document = self._writer()
        references = document.references_by_place()
        for block in document.all_blocks():
            if isinstance(block, Table):
                cited = {(c.row, c.column): c.citations for c in block.citations}
                for row, column, text in block.cells():
                    found = references.get((block.row_anchor(row), column), ())
                    yield text, writer.leads(cited.get((row, column), ()), found)
            else:
                found = references.get((block.anchor, None), ())
                yield block.text, writer.leads(block.citations, found)

    def data(self, issue: int = -1) -> Any:
        return issue_data(self.issues[issue], self.links)


@pytest.fixture
def read(make_archive: ArchiveMaker) -> Any:
    def start(body: str, *documents: str, date: str = "2021年6月1日") -> Read:
        return Read(make_archive, issue_text(1, *(documents or (RULES,))),
                    issue_text(2, letter(body, date=date)))  # fmt: skip

    return start


HELD = "moufufa-2019-12.html"


@pytest.mark.parametrize(
    ("body", "words", "anchor"),
    [
        ("依照《某某市供热办法》（以下简称《办法》）执行。《办法》第三条除外。", "第三条", "a3"),
        ("依照《某某市供热办法》执行。该办法第二条第二款除外。", "该办法第二条第二款", "a2-2-p2"),
        ("依照《某某市供热办法》第二条第二款第（一）项执行。", "第二条第二款第（一）项", "a2-1-b2"),
        ("依照《某某市供热办法》第二条执行，同条第二款除外。", "同条第二款", "a2-2-p2"),
        ("依照《某某市供热办法》中第三条之一执行。", "第三条之一", "a3-b2"),
        ("依照某府发〔2019〕12号文第二条第二款执行。", "第二条第二款", "a2-2-p2"),
        ("依照《某某市供热办法》第二条第一款第（二）项执行。", "第二条第一款第（二）项", "a2-2"),
        ("依照《某某市供热办法》第二条第（二）项执行。", "第二条第（二）项", "a2"),
        ("依照《某某市供热办法》第四条后段、第三条执行。", "第四条后段", "a4"),
        ("依照某某市供热办法第三条执行。", "某某市供热办法第三条", "a3"),
        ("依照《某某市供热办法》（以下简称供热办法）执行。供热办法第三条除外。", "第三条", "a3"),
    ],
)  # fmt: skip
def test_a_provision_leads_to_the_very_place(body: str, words: str, anchor: str, read: Any) -> None:
    assert read(body).leads()[words] == f"{HELD}#{anchor}"


TABLE = """依照《某某市供热办法》（以下简称《办法》）执行，裁量标准如下：

| 违法行为 | 处罚依据 | 说明 |
| --- | --- | --- |
| 少供 | {first} | 见附件1 |
| 停供 | {second} | |"""
ANNEX = """
附件1

裁量说明

一、少供从轻。
"""


@pytest.mark.parametrize(
    ("words", "anchor"),
    [
        ("《办法》第三条", f"{HELD}#a3"),
        ("《办法》第二条第二款第（一）项", f"{HELD}#a2-1-b2"),
        ("该办法第二条", f"{HELD}#a2"),  # the one 办法 that the document names
        ("第三条", None),  # whose, the head of the column or another cell may say
    ],
)
def test_a_cell_of_a_table_leads_where_it_names_the_document(
    words: str, anchor: str | None, read: Any
) -> None:
    found = read(TABLE.format(first=words, second="另定")).leads()
    leads = [address for text, address in found.items() if text in words and "条" in text]
    assert leads == ([anchor] if anchor else [])


def test_an_annex_is_found_from_a_cell_and_a_cell_counts_as_citing(
    make_archive: ArchiveMaker,
) -> None:
    body = TABLE.format(first="《办法》第三条", second="《办法》第一条、第二条")
    found = Read(make_archive, issue_text(1, RULES), issue_text(2, letter(body) + ANNEX))
    assert found.leads()["附件1"] == "#f1-label"
    (document,) = found.data(0)["documents"]
    parts = {part for place in document["cited_by"] for part in place["parts"]}
    assert {"a1", "a2", "a3"} <= parts
    issue, gazette = found.issues[-1], Gazette("moumou", "某某市公报")
    tree = etree.fromstring(akoma_ntoso(issue.documents[0], issue, gazette, found.links))
    cited = [one.text for one in tree.findall(".//{*}td//{*}ref")]
    assert [text for text in cited if text and "条" in text] == ["第三条", "第一条", "第二条"]


@pytest.mark.parametrize(
    ("named", "cited"),
    [
        ("《某某市供热办法》第二条至第四条", ["a2", "a3", "a4"]),
        ("《某某市供热办法》第一、三条", ["a1", "a3"]),
        ("某某市供热办法第一至三条", ["a1", "a2", "a3"]),
        (
            "《某某市供热办法》（以下简称《办法》）和《办法》第一条至第四条",
            ["a1", "a2", "a3", "a4"],
        ),
    ],
)
def test_every_article_of_a_list_or_range_counts_as_cited(
    named: str, cited: list[str], read: Any
) -> None:
    found = read(f"依照{named}执行。")
    (document,) = found.data(0)["documents"]
    parts = [part for place in document["cited_by"] for part in place["parts"]]
    assert parts == cited


def test_a_short_name_mentions_whatever_its_definition_says(read: Any) -> None:
    found = read("根据《某某市供热办法》（以下简称《办法》），制定方案。\n\n《办法》第三条除外。")
    (document,) = found.data(0)["documents"]
    assert [(place["relation"], place["parts"]) for place in document["cited_by"]] == [
        ("basis", []),
        ("mentions", ["a3"]),
    ]
    (reference,) = [r for r in found.data()["documents"][0]["references"] if r["text"] == "第三条"]
    assert reference["target"] is None
    assert reference["leads_to"] == {
        "gazette": "moumou", "issue": "2020-01", "document": "moufufa-2019-12", "anchor": "a3",
        "url": "moumou/2020-01/moufufa-2019-12.html",
    }  # fmt: skip


def test_a_name_without_marks_that_nobody_knows_is_no_reference(read: Any) -> None:
    found = read("依照某某市供气办法第三条和供热办法第三条执行。")
    assert found.leads() == {}
    assert found.data()["documents"][0]["references"] == []


@pytest.mark.parametrize("cited", ["《某某市绿化方案》", "某府发〔2020〕3号"])
def test_the_annexes_of_a_plan_are_counted_without_the_plan(cited: str, read: Any) -> None:
    found = read(f"依照{cited}附件1、附件2办理，附件3除外。", PLAN).leads()
    assert found["附件1"] == "moufufa-2020-3.html#f2"
    assert found["附件2"] == "moufufa-2020-3.html#f3"
    assert "附件3" not in found


def test_a_link_says_that_the_cited_paragraph_is_missing(read: Any) -> None:
    wider = read("依照《某某市供热办法》第三条第二款执行。")
    assert wider.leads()["第三条第二款"] == f"{HELD}#a3"
    assert WIDER in wider.notes()


def test_a_link_to_the_very_provision_says_nothing_more(read: Any) -> None:
    exact = read("依照《某某市供热办法》第二条第二款执行。")
    assert WIDER not in exact.notes()
    assert LATER not in exact.notes()


def test_each_link_says_that_the_held_text_is_younger(read: Any) -> None:
    body = "依照《某某市供热办法》（以下简称《办法》）执行。《办法》第三条除外。"
    early = read(body, date="2018年6月1日")
    assert early.notes().count(LATER) == 3  # the title, its short name, the article


NUMBERED = "执行《某某市供热办法》（某府令第104号）。"


def test_a_numbered_citation_meets_its_title_where_the_history_agrees(read: Any) -> None:
    history = "（2008年8月17日某府令第104号发布 2019年5月1日某府令第146号修订）"
    held = RULES.replace("某府发〔2019〕12号", history)
    found = read(NUMBERED, held)
    (citation,) = found.data()["documents"][0]["citations"]
    assert citation["target"]


def test_a_numbered_citation_meets_its_title_where_the_date_agrees(read: Any) -> None:
    held = RULES.replace("某府发〔2019〕12号\n\n", "")
    found = read("执行《某某市供热办法》（某府发〔2019〕12号）。", held)
    (citation,) = found.data()["documents"][0]["citations"]
    assert citation["target"]["document"] == "01"
    assert citation["by_title"] is True
    assert BY_TITLE in found.notes()


@pytest.mark.parametrize(
    "cited", [NUMBERED, NUMBERED.replace("某府令第104号", "某府发〔2004〕7号")]
)
def test_another_version_may_have_the_same_title(cited: str, read: Any) -> None:
    held = RULES.replace("某府发〔2019〕12号\n\n", "")
    found = read(cited, held)
    (citation,) = found.data()["documents"][0]["citations"]
    assert citation["target"] is None
    assert citation["namesake"]["document"] == "01"
    assert "by_title" not in citation
    assert NAMESAKE in found.notes()


def test_a_name_without_marks_is_no_cited_work_in_xml(read: Any) -> None:
    found = read("依照某某市供热办法第三条和某某市供气办法第四条执行。")
    issue = found.issues[-1]
    root = etree.fromstring(
        akoma_ntoso(issue.documents[0], issue, Gazette("moumou", "某某市公报"), found.links)
    )
    (ref,) = root.iter("{*}ref")
    assert (ref.text, ref.get("refersTo")) == ("某某市供热办法第三条", None)
    assert not [*root.iter("{*}TLCReference")]
    (reference,) = found.data()["documents"][0]["references"]
    assert (reference["work"], reference["leads_to"]["anchor"]) == (None, "a3")
