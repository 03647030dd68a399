"""Resolving: citations find their documents in several issues and on other sites."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from generator.archive.cite import cite, summarise_text
from generator.archive.inventory import (
    fetch_inventory,
    parse_inventory,
    read_elsewhere,
    register_text,
)
from generator.archive.resolve import resolve_citations
from generator.archive.summary import summarise
from generator.content import read_gazette
from generator.language.provisions import Anchors, read_parts
from generator.model import Elsewhere, Gazette, Inventory, Links, Summary
from generator.runtime.data import dump
from generator.runtime.errors import GazetteError
from generator.stages.pipeline import convert
from tests.conftest import ArchiveMaker
from tests.documents import NOTICE, RULES, issue_text, letter


def summaries_of(make_archive: ArchiveMaker, *issues: str) -> list[Summary]:
    texts = {f"{2019 + n}-0{n}": text for n, text in enumerate(issues, 1)}
    content = make_archive(texts)
    return [summarise(convert(content / "moumou" / name)) for name in texts]


def leads(summaries: list[Summary], links: Links) -> list[tuple[str, str]]:
    """List the targets of the citations in the last issue, without citations that have none."""
    last = summaries[-1]
    found = (
        (last.quotes[c.quote].text, links.lookup(last.name, c.document, c).target)
        for c in last.citations
    )
    return [(text, target.document if target else "") for text, target in found]


def test_the_whole_number_decides_and_never_its_end(make_archive: ArchiveMaker) -> None:
    body = (
        "执行某府发〔2019〕12号，不执行府发〔2019〕12号、某某府发〔2019〕12号、某府发〔2019〕2号。"
    )
    summaries = summaries_of(make_archive, issue_text(1, RULES), issue_text(2, letter(body)))
    assert leads(summaries, resolve_citations(summaries)) == [
        ("某府发〔2019〕12号", "moufufa-2019-12"),
        ("府发〔2019〕12号", ""),
        ("某某府发〔2019〕12号", ""),
        ("某府发〔2019〕2号", ""),
    ]


def test_a_document_goes_by_several_names(make_archive: ArchiveMaker) -> None:
    body = (
        "执行《某某市医养结合工作方案》、《关于印发某某市医养结合工作方案的通知》、"
        "《某某市人民政府关于印发〈某某市医养结合工作方案〉的通知》、《某某市停车管理办法（试行）》。"
    )
    summaries = summaries_of(
        make_archive, issue_text(1, RULES, NOTICE), issue_text(2, letter(body))
    )
    found = leads(summaries, resolve_citations(summaries))
    outer = [document for text, document in found if text.startswith("《")]
    assert outer == ["moufufa-2020-3"] * 3 + ["moufufa-2019-12"]


def test_a_plan_cited_by_name_is_found_behind_its_notice(make_archive: ArchiveMaker) -> None:
    body = "落实《某某市医养结合工作方案》第二条。"
    summaries = summaries_of(make_archive, issue_text(1, NOTICE), issue_text(2, letter(body)))
    links = resolve_citations(summaries)
    (citation,) = summaries[-1].citations
    found = links.lookup(summaries[-1].name, citation.document, citation)
    assert found.target
    assert found.target.anchor == "f1"
    assert [part.anchor for part in found.parts] == ["f1-a2"]
    (place,) = links.cited_by[summaries[0].name, "moufufa-2020-3"]
    assert place.parts == ("f1-a2",)
    assert place.relation == "basis"


def test_a_notice_leads_to_its_own_plan(make_archive: ArchiveMaker) -> None:
    summaries = summaries_of(make_archive, issue_text(1, NOTICE))
    links = resolve_citations(summaries)
    (citation,) = summaries[0].citations
    target = links.lookup(summaries[0].name, citation.document, citation).target
    assert target
    assert (target.document, target.anchor) == ("moufufa-2020-3", "f1")
    assert links.cited_by == {}  # a document does not cite itself


def test_two_documents_of_one_name_are_no_answer(make_archive: ArchiveMaker) -> None:
    again = RULES.replace("12号", "13号").replace("2019年5月1日", "2020年5月1日")
    body = "执行《某某市停车管理办法》。"
    summaries = summaries_of(
        make_archive, issue_text(1, RULES), issue_text(2, again), issue_text(3, letter(body))
    )
    links = resolve_citations(summaries)
    assert leads(summaries, links) == [("《某某市停车管理办法》", "")]
    (found,) = links.diagnostics[summaries[-1].name]
    assert found.code == "citation-ambiguous"
    assert "moufufa-2019-12" in found.message
    assert "moufufa-2019-13" in found.message
    # the number, or the year of the edition, distinguishes them
    for clear in (
        "《某某市停车管理办法》（某府发〔2019〕13号）",
        "《某某市停车管理办法》（2020年修订）",
    ):
        last = target_of(clear, summaries[:2])
        assert last == "moufufa-2019-13"


def target_of(text: str, archive: list[Summary]) -> str:
    (found,) = cite(f"执行{text}。", archive)
    return found.resolved.target.document if found.resolved.target else ""


def test_one_document_printed_twice_is_one(make_archive: ArchiveMaker) -> None:
    summaries = summaries_of(
        make_archive, issue_text(1, RULES), issue_text(2, letter("执行某府发〔2019〕12号。"))
    )
    reprint = replace(summaries[0], name="other/2020-01")
    links = resolve_citations([reprint, *summaries])
    citation = summaries[-1].citations[0]
    target = links.lookup(summaries[-1].name, citation.document, citation).target
    assert target
    assert target.issue == "moumou/2020-01"  # the copy in the citing gazette itself


def test_number_and_title_that_disagree_are_linked_by_number_and_reported(
    make_archive: ArchiveMaker,
) -> None:
    body = "执行《某某市供水条例》（某府发〔2019〕12号）。"
    summaries = summaries_of(make_archive, issue_text(1, RULES), issue_text(2, letter(body)))
    links = resolve_citations(summaries)
    (citation,) = summaries[-1].citations
    found = links.lookup(summaries[-1].name, citation.document, citation)
    assert found.differs
    assert found.target
    assert found.target.document == "moufufa-2019-12"
    (said,) = links.diagnostics[summaries[-1].name]
    assert (said.code, said.severity) == ("citation-differs", "warning")


def test_a_decree_that_amends_many_documents_is_none_of_them(make_archive: ArchiveMaker) -> None:
    decree = """
某某市人民政府关于修改部分规章的决定

某某市人民政府令第20号

对《某某市停车管理办法》作如下修改：第一条修改为：“为了方便停车，制定本办法。”

某某市人民政府
2020年2月1日
"""
    body = "执行《某某市停车管理办法》（某某市人民政府令第20号）和某某市人民政府令第20号。"
    summaries = summaries_of(
        make_archive, issue_text(1, RULES, decree), issue_text(2, letter(body))
    )
    links = resolve_citations(summaries)
    assert [document for _, document in leads(summaries, links)] == [
        "moufufa-2019-12",
        "moumoushirenminzhengfuling-20",
    ]


def test_a_number_that_its_page_lost_is_known_from_the_one_title(
    make_archive: ArchiveMaker,
) -> None:
    lost = RULES.replace("某府发〔2019〕12号\n\n", "")
    body = "执行《某某市停车管理办法》（某府发〔2019〕12号）。"
    summaries = summaries_of(make_archive, issue_text(1, lost), issue_text(2, letter(body)))
    assert leads(summaries, resolve_citations(summaries))[0][1] == "01"
    other = summarise_text(body.replace("2019", "2009"))
    assert leads([*summaries[:1], other], resolve_citations([*summaries[:1], other]))[0][1] == ""


def test_a_new_text_repeals_the_old_one_of_its_name_and_not_itself(
    make_archive: ArchiveMaker,
) -> None:
    new = RULES.replace("12号", "30号").replace(
        "本办法自公布之日起施行。", "2010年5月1日发布的《某某市停车管理办法》同时废止。"
    )
    summaries = summaries_of(make_archive, issue_text(1, new))
    assert leads(summaries, resolve_citations(summaries)) == [("《某某市停车管理办法》", "")]


def test_a_document_younger_than_its_citation_is_linked_and_reported(
    make_archive: ArchiveMaker,
) -> None:
    body = "执行《某某市停车管理办法》。"
    early = letter(body, "某府发〔2018〕1号", "2018年1月1日")
    summaries = summaries_of(make_archive, issue_text(1, RULES), issue_text(2, early))
    links = resolve_citations(summaries)
    (citation,) = summaries[-1].citations
    assert links.lookup(summaries[-1].name, citation.document, citation).later


@pytest.mark.parametrize("name", ["《规定》", "《实施方案》", "《管理办法》", "《工作方案》"])
def test_a_name_of_many_documents_leads_to_none(name: str, make_archive: ArchiveMaker) -> None:
    plan = NOTICE.replace("某某市医养结合工作方案", name.strip("《》"))
    summaries = summaries_of(
        make_archive, issue_text(1, plan), issue_text(2, letter(f"执行{name}。"))
    )
    assert [
        text for text, document in leads(summaries, resolve_citations(summaries)) if document
    ] == []


def test_a_title_known_with_one_number_leads_where_the_number_does(
    make_archive: ArchiveMaker,
) -> None:
    body = "执行《停车管理若干规定》。另见《停车管理若干规定》（某府发〔2018〕7号）。"
    summaries = summaries_of(make_archive, issue_text(1, letter(body)))
    links = resolve_citations(summaries)
    works = {links.lookup(summaries[0].name, c.document, c).work for c in summaries[0].citations}
    assert works == {"moufufa-2018-7"}


def test_other_sites_count_where_the_archive_holds_nothing(make_archive: ArchiveMaker) -> None:
    body = "执行国发〔2016〕13号、某府发〔2019〕12号和《省停车条例》。"
    summaries = summaries_of(make_archive, issue_text(1, RULES), issue_text(2, letter(body)))
    elsewhere = (
        Elsewhere("https://gov.example/13.html", "", "国发〔2016〕13号"),
        Elsewhere("https://gov.example/12.html", "", "某府发〔2019〕12号"),
        Elsewhere("https://a.example/x.html", "省停车条例", "", names=("省停车条例",)),
        Elsewhere("https://b.example/y.html", "省停车条例", "", names=("省停车条例",)),
    )
    links = resolve_citations(summaries, elsewhere)
    found = [links.lookup(summaries[-1].name, c.document, c) for c in summaries[-1].citations]
    assert [f.elsewhere.url if f.elsewhere else "" for f in found] == [
        "https://gov.example/13.html", "", "",
    ]  # fmt: skip
    assert found[1].target


def test_a_title_without_issuer_means_the_organ_named_before_it(make_archive: ArchiveMaker) -> None:
    own = """
甲市人民政府关于加快旅游业发展的意见

甲府发〔2019〕3号

各区人民政府：

请认真贯彻执行。

甲市人民政府
2019年3月5日
"""
    body = (
        "根据省政府《关于加快旅游业发展的意见》、市政府《关于加快旅游业发展的意见》"
        "和《关于加快旅游业发展的意见》（国发〔2018〕7号）。"
    )
    summaries = summaries_of(make_archive, issue_text(1, own), issue_text(2, letter(body)))
    found = [document for _, document in leads(summaries, resolve_citations(summaries))]
    assert found == ["", "jiafufa-2019-3", ""]
    citing = summarise_text("执行《关于加快旅游业发展的意见》。")
    assert leads([summaries[0], citing], resolve_citations([summaries[0], citing]))[0][1] == ""


def test_the_stated_year_decides_which_text_is_repealed(make_archive: ArchiveMaker) -> None:
    old = letter("1998年6月1日市人民政府发布的《某某市停车管理办法》同时废止。")
    same = letter(
        "2019年5月1日市人民政府发布的《某某市停车管理办法》同时废止。", "某府发〔2021〕8号"
    )
    summaries = summaries_of(
        make_archive, issue_text(1, RULES), issue_text(2, old), issue_text(3, same)
    )
    links = resolve_citations(summaries)
    assert leads(summaries[:2], links)[0][1] == ""
    assert leads(summaries, links)[0][1] == "moufufa-2019-12"


# --- inventories ------------------------------------------------------------------------------


def inventory_of(summaries: list[Summary]) -> bytes:
    return "".join(register_text("甲省公报", [Gazette("moumou", "甲省公报")], summaries)).encode()


def test_an_inventory_is_written_as_all_data_are(make_archive: ArchiveMaker) -> None:
    (one,) = summaries_of(make_archive, issue_text(1, RULES, NOTICE))
    broken = replace(one.documents[0], title="甲\u2028乙")
    for summaries in ([], [one], [one, replace(one, documents=(broken,))]):
        text = inventory_of(summaries).decode()
        assert text == dump(json.loads(text))
        held = sum(len(summary.documents) for summary in summaries)
        assert len(json.loads(text)["documents"]) == held


def test_an_inventory_is_read_as_it_was_written(make_archive: ArchiveMaker) -> None:
    summaries = summaries_of(make_archive, issue_text(1, RULES, NOTICE))
    read = parse_inventory(inventory_of(summaries), "https://a.example/g/", "x.json")
    assert [(e.url, e.number, e.site) for e in read] == [
        (
            "https://a.example/g/moumou/2020-01/moufufa-2019-12.html",
            "某府发〔2019〕12号",
            "甲省公报",
        ),
        ("https://a.example/g/moumou/2020-01/moufufa-2020-3.html", "某府发〔2020〕3号", "甲省公报"),
    ]
    citing = summarise_text("执行《某某市医养结合工作方案》。")
    links = resolve_citations([citing], read)
    (citation,) = citing.citations
    outside = links.lookup(citing.name, citation.document, citation).elsewhere
    assert outside
    assert outside.number == "某府发〔2020〕3号"


@pytest.mark.parametrize(
    "data",
    [b"{", b"[]", b'{"format": "other"}', b'{"format": "gazette-register/1", "documents": 3}'],
)
def test_an_invalid_inventory_is_named(data: bytes) -> None:
    with pytest.raises(GazetteError, match=r"x\.json: "):
        parse_inventory(data, "https://a.example/", "x.json")


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "https://evil.example/x.html", "//evil.example/x", "data:text/html,x"],
)
def test_an_inventory_leads_to_its_own_site_only(url: str) -> None:
    data = {"format": "gazette-register/1", "documents": [{"url": url, "title": "某某市条例"}]}
    assert parse_inventory(json.dumps(data).encode(), "https://a.example/", "x.json") == ()


def test_fetch_copies_an_inventory_and_keeps_the_old_copy_when_it_cannot(
    make_archive: ArchiveMaker, tmp_path: Path
) -> None:
    data = inventory_of(summaries_of(make_archive, issue_text(1, RULES)))
    (tmp_path / "register.json").write_bytes(data)
    source = (tmp_path / "register.json").as_uri()
    inventory = Inventory("https://a.example/", "a.json", source)
    path, count = fetch_inventory(inventory, tmp_path)
    assert (path.read_bytes(), count) == (data, 1)
    with pytest.raises(GazetteError, match="取不到清单"):
        fetch_inventory(replace(inventory, source=f"{source}x"), tmp_path)
    assert path.read_bytes() == data


FACTS = """
title = "某某市人民政府公报"

[addresses]
"国发〔2016〕13号" = "https://gov.example/13.html"
"《中华人民共和国森林法》" = "https://gov.example/forest.html"

[[inventory]]
site = "https://a.example/"
file = "a.json"
source = "copy/register.json"
"""


def test_gazette_toml_names_addresses_and_inventories(make_archive: ArchiveMaker) -> None:
    folder = make_archive({"2020-01": issue_text(1, RULES)}, FACTS) / "moumou"
    gazette = read_gazette(folder)
    assert [(a.title, a.number) for a in gazette.addresses] == [
        ("", "国发〔2016〕13号"),
        ("中华人民共和国森林法", ""),
    ]
    assert gazette.inventories[0].source == (folder / "copy/register.json").as_uri()
    with pytest.raises(GazetteError, match="请运行 gazette fetch"):
        read_elsewhere(gazette, folder)


@pytest.mark.parametrize(
    ("printed", "damaged", "message"),
    [
        ("https://gov.example/13.html", "javascript:alert(1)", "应等于一个以 https:// 开头的网址"),
        ('site = "https://a.example/"', 'site = "https://a.example"', "以 / 结尾的网址"),
        ('file = "a.json"', 'file = "../a.json"', "gazette.toml 所在文件夹里的 .json 文件"),
    ],
)
def test_a_wrong_address_is_named_with_its_line(
    printed: str, damaged: str, message: str, make_archive: ArchiveMaker
) -> None:
    facts = FACTS.replace(printed, damaged)
    folder = make_archive({"2020-01": issue_text(1, RULES)}, facts) / "moumou"
    with pytest.raises(GazetteError, match=rf"gazette\.toml:\d+: .*{message}"):
        read_gazette(folder)


# --- parts ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("第三条第（五）、（六）项和第八条", "第三条第（五）=a3-5 （六）项=a3-6 第八条=a8"),
        ("第十、十八、二十六条", "第十=a10 十八=a18 二十六条=a26"),
        ("第三条至第五条", "第三条=a3 至=a4 第五条=a5"),
        ("第二章第三节", "第二章第三节=c2-j3"),
        ("第十五条之一", "第十五条之一=a15-b2"),
        ("第三条第二款第（二）项", "第三条第二款第（二）项=a3-p2-2"),
        ("附件2", "附件2=f2"),
        ("第三部分", "第三部分=b3"),
        ("第一次会议", ""),
        ("规定", ""),
    ],
)
def test_parts_are_read_as_anchors(text: str, expected: str) -> None:
    parts = read_parts(text, 0)
    assert " ".join(f"{text[p.start : p.end]}={p.anchors[0]}" for p in parts) == expected


def test_a_paragraph_behind_items_is_one_more_of_its_article() -> None:
    anchors = Anchors(["a1", "a1-1", "a1-2", "a1-2-p2", "a2", "f1-a1", "f1-a1-p2"])
    assert anchors.find(("a1-p2", "a1")) == "a1-2-p2"
    assert anchors.find(("a1-p3", "a1")) == "a1"
    assert anchors.find(("a1-p2",), "f1-") == "f1-a1-p2"
    assert anchors.find(("a9",)) == ""
