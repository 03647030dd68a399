"""Citations on the finished site: links of three kinds, backlinks, banners, registers, pictures."""

from __future__ import annotations

import json
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.pages import read_page

pytestmark = pytest.mark.medium


def page(archive: Path, name: str) -> str:
    return (archive / "moumou" / name).read_text("utf-8")


def links(html: str) -> list[tuple[str, str, str]]:
    """List the links of the official text: class, address, words without their typefaces."""
    official = re.sub(r"</?span[^>]*>", "", html[html.index('class="official"') :])
    found = re.findall(r'<a class="([^"]*)" href="([^"]*)"[^>]*>(.*?)</a>', official)
    return [(kind, address, words) for kind, address, words in found if "added" not in kind]


def test_links_are_of_three_kinds_and_land_on_the_paragraph_named(archive: Path) -> None:
    found = links(page(archive, "2021-02/moufufa-2021-9.html"))
    assert ("held", "../2020-01/moufufa-2020-3.html#f1", "《某某市医养结合工作方案》") in found
    assert ("held", "../2020-01/moufufa-2020-3.html#f1-a2", "第二条") in found
    assert ("elsewhere", "https://gov.example/13%281%29.html", "国发〔2016〕13号") in found
    entry = "../../works/moufufa.html#moufufa-1999-1"
    assert ("not-held", entry, "某府发〔1999〕1号") in found
    assert ("short", "../2020-01/moufufa-2020-3.html#f1", "《方案》") in found


def test_a_link_says_before_it_is_followed_where_it_leads(archive: Path) -> None:
    html = page(archive, "2021-02/moufufa-2021-9.html")
    about = (
        "某府发〔2020〕3号 · 某某市人民政府关于印发《某某市医养结合工作方案》的通知 · 2020-03-05"
    )
    assert f'title="{about}"' in html
    assert 'title="某府发〔1999〕1号 · 本站未收录"' in html


def test_number_and_title_that_disagree_are_said_on_the_page(archive: Path) -> None:
    html = page(archive, "2021-02/moufufa-2021-9.html")
    assert re.search(r'<a class="held differs" href="\.\./2020-01/moufufa-2020-3\.html"', html)
    assert (
        "标题与文号不符：该文号是《某某市人民政府关于印发《某某市医养结合工作方案》的通知》" in html
    )


def test_citations_in_tables_are_linked(archive: Path) -> None:
    html = page(archive, "2021-02/moufufa-2021-9.html")
    row = html[html.index('<tr id="t1-r1"') : html.index('<tr id="t1-r2"')]
    assert 'href="../2020-01/moufufa-2019-12.html"' in row
    data = json.loads(page(archive, "2021-02/issue.json"))
    cited = [(c["anchor"], c["title"]) for c in data["documents"][0]["citations"]]
    assert ("t1-r2", "某某市绿化条例") in cited


def test_a_repealed_document_says_so_at_its_head_with_the_proof(archive: Path) -> None:
    html = page(archive, "2020-01/moufufa-2019-12.html")
    head = html[html.index('<aside class="later"') : html.index('<aside class="facts"')]
    assert "本文已被后来的文件废止" in head
    assert 'href="../../moumou/2022-03/moufufa-2022-6.html#a2"' in head
    assert "《某某市停车管理办法》（某府发〔2019〕12号）同时废止。" in head
    assert '<aside class="later"' not in page(archive, "2020-01/moufufa-2020-3.html")
    assert "现行有效" not in html


def test_backlinks_are_grouped_and_each_cited_paragraph_counts_them(archive: Path) -> None:
    html = page(archive, "2020-01/moufufa-2019-12.html")
    back = html[html.index('id="cited-by"') :]
    order = [back.index(word) for word in ("废止本文", "以本文为依据", "提及本文")]
    assert order == sorted(order)
    assert 'href="../2022-03/moufufa-2022-6.html#a1"' in back
    paragraph = re.search(r'<p id="a2-2-p2">(.*?)</p>', html)
    assert paragraph
    assert '<a class="added cited-count" href="#cited-a2-2-p2">被1处引用</a>' in paragraph[1]
    assert 'id="cited-a2-2-p2"' in back
    texts = read_page(archive / "moumou" / "2020-01" / "moufufa-2019-12.html").texts
    assert "停车场由街道办事处管理。" in texts  # the count is no part of the official text


def test_a_notice_and_its_plan_lead_to_each_other(archive: Path) -> None:
    html = page(archive, "2020-01/moufufa-2020-3.html")
    assert ("held", "#f1", "《某某市医养结合工作方案》") in links(html)
    assert re.search(r'<h2[^>]* id="f1"[^>]*>.*?<a class="added back" href="#p1"', html)


def test_own_parts_are_linked_where_they_are(archive: Path) -> None:
    found = links(page(archive, "2022-03/moufufa-2022-6.html"))
    assert ("held", "../2020-01/moufufa-2019-12.html#a2-2-p2", "第二条第二款") in found
    assert ("own", "#a2", "第二条") in found
    assert not any(words == "本规定第九条" for _, _, words in found)


def test_works_meet_and_say_where_they_are(archive: Path) -> None:
    works = (archive / "works" / "guofa.html").read_text("utf-8")
    assert 'href="https://gov.example/13%281%29.html"' in works or "https://gov.example/13" in works
    own = (archive / "works" / "moufufa.html").read_text("utf-8")
    entry = own[own.index('id="moufufa-2019-12"') :]
    assert "本站收录" in entry
    assert "被本站2篇公文引用" in entry


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("numbers/moufufa.html", "某府发〔2022〕6号"),
        ("numbers/index.html", "某府发"),
        ("issuers/moumoushirenminzhengfu.html", "2022-06-01"),
        ("types/banfa.html", "某某市停车管理办法"),
        ("dates/2020.html", "2020年3月"),
        ("works/index.html", "某府发"),
    ],
)
def test_registers_stand_on_pages_of_their_own(path: str, words: str, archive: Path) -> None:
    html = (archive / path).read_text("utf-8")
    assert words in html
    assert re.search(r'<a [^>]*href="[^"]+"', html)


def test_the_inventory_lists_every_document(archive: Path) -> None:
    data = json.loads((archive / "register.json").read_text("utf-8"))
    listed = {d["number"]: d["url"] for d in data["documents"]}
    assert listed["某府发〔2019〕12号"] == "moumou/2020-01/moufufa-2019-12.html"
    assert len(listed) == 4
    for url in listed.values():
        assert (archive / url).is_file()


def svg_of(html: str) -> ElementTree.Element:
    return ElementTree.fromstring(html[html.index("<svg viewBox") : html.index("</svg>") + 6])


def neighbours(html: str) -> ElementTree.Element:
    return svg_of(html[html.index('<figure class="neighbours"') :])


def test_each_document_shows_its_neighbourhood(archive: Path) -> None:
    svg = neighbours(page(archive, "2020-01/moufufa-2019-12.html"))
    space = "{http://www.w3.org/2000/svg}"
    drawn = {a.get("href"): a.findtext(f"{space}title") for a in svg.iter(f"{space}a")}
    assert drawn["../../moumou/2022-03/moufufa-2022-6.html"] == "废止：某某市停车服务规定"
    # cited by the letter beside this one
    assert "../../moumou/2020-01/moufufa-2020-3.html" in drawn


def test_the_index_of_works_shows_what_is_cited_most(archive: Path) -> None:
    html = (archive / "works" / "index.html").read_text("utf-8")
    svg = svg_of(html[html.index('<figure class="most-cited"') :])
    space = "{http://www.w3.org/2000/svg}"
    first = next(svg.iter(f"{space}a"))
    assert first.get("href") == "moufufa.html#moufufa-2019-12"
    assert "被2篇公文引用" in (first.findtext(f"{space}title") or "")
