"""Data of a document on its page, for citing, for programs and on paper; the list of issues."""

from __future__ import annotations

import json
import re
from itertools import accumulate
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from generator.archive.registers import holdings
from generator.content import read_gazette
from generator.delivery.paper import paper_html, print_issue
from generator.formats.heads import qr_code
from generator.language.dates import printed_date
from generator.model import Document, Gazette, Issue, Lines, Masthead, Source, Summary
from generator.render import citation_formats
from generator.runtime.errors import SourceError, UsageError
from generator.stages.pipeline import convert
from tests.conftest import ArchiveMaker, build_quietly
from tests.documents import NOTICE, RULES, issue_text, letter

HOST = """
title = "某某市人民政府公报"
homepage = "https://gazette.example/gongbao/"

[host]
site = "某某市人民政府"
domain = "www.mou.example"
code = "1234567890"
organ = "某某市人民政府办公室"
icp = "某ICP备1号"
"""


@pytest.fixture
def issue(make_archive: ArchiveMaker) -> Issue:
    content = make_archive({"2020-01": issue_text(1, RULES, NOTICE)})
    return convert(content / "moumou" / "2020-01")


def open_citations(issue: Issue) -> dict[str, str]:
    """Cite the second document; «…» marks the values that a page fills in."""
    cited = citation_formats(issue.documents[1], issue, Gazette("moumou", "某某市人民政府公报"))
    return {name: re.sub(r"\x1f([a-z-]+)\x1f", r"«\1»", text) for name, text in cited.items()}


def test_citations_name_the_gazette_as_a_periodical(issue: Issue) -> None:
    cited = open_citations(issue)
    title = "某某市人民政府关于印发《某某市医养结合工作方案》的通知"
    assert cited["GB/T 7714—2025"] == (
        f"某某市人民政府.{title}:某府发〔2020〕3号[J/OL].某某市人民政府公报,2020(1):2.«address»."
    )
    assert cited["GB/T 7714—2015"] == (
        f"某某市人民政府. {title}: 某府发〔2020〕3号[J/OL]. "
        "某某市人民政府公报, 2020(1): 2[«today»]. «address»."
    )
    assert cited["法学引注"] == (
        f"《{title}》，某府发〔2020〕3号，2020年3月5日«place»，"
        "载《某某市人民政府公报》2020年第1期，第2页。"
    )
    assert cited["纯文本"] == (
        f"{title}（某府发〔2020〕3号）«place»，《某某市人民政府公报》2020年第1期（总第1期）第2页，«address»"
    )
    assert cited["BibTeX"].startswith(
        "@article{moumou-2020-01-moufufa-2020-3«anchor»,\n  author = {{某某市人民政府}},\n"
    )
    assert "  pages = {2},\n  note = {某府发〔2020〕3号«place»},\n" in cited["BibTeX"]
    ris = dict(line.split("  - ", 1) for line in cited["RIS"].splitlines())
    assert cited["RIS"].endswith("\nER  - \n")  # another record may follow
    assert ris == {
        "TY": "JOUR", "AU": "某某市人民政府", "TI": title, "T2": "某某市人民政府公报", "PY": "2020",
        "IS": "1", "SP": "2", "M1": "某府发〔2020〕3号«place»",
        "N1": "文号：某府发〔2020〕3号；成文日期：2020-03-05",
        "UR": "«address»", "Y2": "«today»", "LA": "zh-CN", "ER": "",
    }  # fmt: skip


def test_bibtex_keeps_its_own_signs_out_of_texts(make_archive: ArchiveMaker) -> None:
    content = make_archive({"2020-01": issue_text(1, RULES.replace("停车管理", "停车_50%{管理}"))})
    issue = convert(content / "moumou" / "2020-01")
    cited = citation_formats(issue.documents[0], issue, Gazette("moumou", "某公报"))
    assert r"title = {某某市停车\_50\%\{管理\}办法}" in cited["BibTeX"]
    content = make_archive({"2020-02": issue_text(2, RULES.replace("停车管理", "}停{车{管}理"))})
    issue = convert(content / "moumou" / "2020-02")
    cited = citation_formats(issue.documents[0], issue, Gazette("moumou", "某公报"))
    left, right = r"\textbraceleft{}", r"\textbraceright{}"
    assert f"title = {{某某市{right}停{left}车{left}管{right}理办法}}" in cited["BibTeX"]


@given(st.text(alphabet="{}\\%停车"))
def test_bibtex_ends_where_its_braces_do(title: str) -> None:
    document = Document("01", None, title, None, title, "通知", "", Lines(1, 1), ())
    source = Source("moumou/2020-01", "", "issue.md", "issue.md", "", "utf-8")
    issue = Issue(source, Masthead(), (), (document,))
    entry = citation_formats(document, issue, Gazette("moumou", title))["BibTeX"]
    depths = [*accumulate({"{": 1, "}": -1}.get(character, 0) for character in entry)]
    assert depths[-1] == 0
    assert all(depths[:-1]) or depths.index(0) < len("@article{")


def test_a_date_is_printed_as_documents_do() -> None:
    assert printed_date("2016-11-30") == "2016年11月30日"
    assert printed_date("2006-01-02") == "2006年1月2日"
    assert printed_date("") == ""


@pytest.mark.medium
def test_the_head_tells_programs_what_a_page_is(make_archive: ArchiveMaker, tmp_path: Path) -> None:
    content = make_archive({"2020-01": issue_text(1, RULES, NOTICE)}, HOST)
    build_quietly(content, tmp_path)
    text = (tmp_path / "site/moumou/2020-01/moufufa-2020-3.html").read_text("utf-8")
    root: Any = etree.fromstring(text, etree.HTMLParser())
    labels: dict[str, list[str]] = {}
    for meta in root.iter("meta"):
        if name := meta.get("name"):
            labels.setdefault(name, []).append(meta.get("content") or "")
    assert all(value for values in labels.values() for value in values)  # none is empty
    title = "某某市人民政府关于印发《某某市医养结合工作方案》的通知"
    for name in ("citation_title", "DC.title", "ArticleTitle"):
        assert labels[name] == [title]
    assert labels["citation_publication_date"] == ["2020"]  # of the issue, as in a citation
    assert labels["DC.date"] == ["2020-03-05"]
    assert labels["citation_journal_title"] == ["某某市人民政府公报"]
    assert labels["citation_firstpage"] == ["2"]
    assert labels["SiteName"] == ["某某市人民政府"]
    assert labels["SiteDomain"] == ["www.mou.example"]
    assert labels["SiteIDCode"] == ["1234567890"]
    assert labels["ColumnName"] == ["政府公报"]
    assert labels["PubDate"] == ["2020-03-05"]
    assert labels["ContentSource"] == ["某某市人民政府公报2020年第1期（总第1期）"]
    address = "https://gazette.example/gongbao/moumou/2020-01/moufufa-2020-3.html"
    assert labels["Url"] == [address]
    assert root.xpath("//link[@rel='canonical']/@href") == [address]
    (linked,) = root.xpath("//script[@type='application/ld+json']/text()")
    assert json.loads(linked)["legislationIdentifier"] == "某府发〔2020〕3号"
    assert root.xpath("count(//svg[@class='qr'])") == 1
    assert "某ICP备1号" in text
    assert "<dt>主办</dt><dd>某某市人民政府办公室</dd>" in text
    home = (tmp_path / "site" / "index.html").read_text("utf-8")
    assert "某ICP备1号" in home


def test_a_site_without_an_address_draws_no_code() -> None:
    assert qr_code("") == ""
    assert qr_code("https://gazette.example/a.html").startswith("<svg")


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ('title = "某"\n[host]\nwebsite = "x"\n', "[host] 只有 site、domain"),
        ('title = "某"\nhost = "x"\n', "host 应写作表 [host]"),
        ('title = "某"\n[host]\ncode = 12\n', "code"),
    ],
)
def test_a_host_that_is_none_is_refused(facts: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "gazette.toml").write_text(facts, "utf-8")
    with pytest.raises(SourceError, match=re.escape(said)):
        read_gazette(tmp_path)


def summary(name: str, number: int | None, total: int | None = None) -> Summary:
    return Summary(f"g/{name}", int(name[:4]), number, total, (), ())


def printed(summaries: list[Summary]) -> list[str]:
    """Print years as 2017: 1 2 (3) 4, with missing issues in brackets."""
    return [
        f"{year.year}: "
        + " ".join(str(n.number) if n.issue else f"({n.number})" for n in year.numbers)
        for year in holdings(summaries)
    ]


@pytest.mark.guarantee("holdings", 1)
def test_a_gap_below_the_highest_number_is_shown() -> None:
    held = [summary("2017-01", 1), summary("2017-02", 2), summary("2017-05", 5)]
    assert printed(held) == ["2017: 1 2 (3) (4) 5"]
    assert holdings(held)[0].missing == 2


@pytest.mark.guarantee("holdings", 2)
def test_total_numbers_tell_what_a_year_had() -> None:
    held = [summary("2016-10", 10, 222), summary("2017-01", 1, 227), summary("2019-01", 1, 251)]
    ten = " ".join(f"({n})" for n in range(1, 10))
    assert printed(held) == ["2019: 1", "2017: 1", f"2016: {ten} 10 (11) (12) (13) (14)"]


@pytest.mark.guarantee("holdings", 3)
def test_joint_issues_hold_all_their_numbers_and_supplements_none() -> None:
    held = [summary("2017-01", 1), summary("2017-03-04", 3), summary("2017-z1", None)]
    assert printed(held) == ["2017: 1 (2) 3 4"]
    assert printed([summary("2017-z1", 1)]) == []


def test_a_misprinted_number_makes_no_thousand_gaps() -> None:
    assert printed([summary("2017-01", 1), summary("2017-02", 2017)]) == ["2017: 1 2017"]


@pytest.mark.medium
def test_the_gazettes_page_marks_what_is_missing(
    make_archive: ArchiveMaker, tmp_path: Path
) -> None:
    texts = {
        f"2020-{n:02}": issue_text(n, letter("照办。", f"某府发〔2020〕{n}号")) for n in (1, 4)
    }
    build_quietly(make_archive(texts), tmp_path)
    page = (tmp_path / "site/moumou/index.html").read_text("utf-8")
    assert page.count('class="missing-number"') == 2
    assert "本站未收录2020年第3期" in page
    assert "缺2期" in page


@pytest.mark.medium
def test_paper_has_texts_and_public_links_alone(make_archive: ArchiveMaker, tmp_path: Path) -> None:
    content = make_archive({"2020-01": issue_text(1, RULES, NOTICE)}, HOST)
    build_quietly(content, tmp_path)
    folder = tmp_path / "site" / "moumou" / "2020-01"
    pages = [folder / "index.html", folder / "moufufa-2019-12.html", folder / "moufufa-2020-3.html"]
    text = paper_html(pages)
    root: Any = etree.fromstring(text, etree.HTMLParser())
    assert root.xpath("count(//h1)") == 3
    assert root.xpath("count(//script) + count(//nav)") == 0
    assert [d.get("style") for d in root.xpath("//body/div")] == [
        f"page:p{n};break-before:page" for n in range(3)
    ]
    head = "某某市人民政府公报2020年第1期（总第1期）　某府发〔2020〕3号"
    assert f'@page p2{{@top-center{{content:"{head}"}}}}' in text
    addresses = [a.get("href", "") for a in root.iter("a") if a.get("href")]
    assert addresses
    assert all(a.startswith(("#", "https://gazette.example/gongbao/moumou/")) for a in addresses)


def test_only_issues_of_the_site_can_be_printed(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="没有生成这一期"):
        print_issue(tmp_path, "moumou/2020-01", tmp_path / "pdf")
