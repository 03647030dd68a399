"""What parse reads of a document beyond its blocks: number, issuer, category, outline."""

from __future__ import annotations

from generator.diagnose import diagnose
from generator.model import Document, Issue, Source
from generator.normalize import normalize
from generator.parse import parse


def read(text: str) -> Issue:
    return parse(Source("case/2020-01", text, "case.md", "issue.md", "", "utf-8"))


def facts(document: Document) -> tuple[str, str, str]:
    return document.title, str(document.number), document.issuer


def codes(issue: Issue) -> list[str]:
    return [d.code for d in diagnose(normalize(issue)).diagnostics]


def test_a_number_that_the_contents_alone_print_is_the_documents() -> None:
    issue = read("""目录
某某省户外广告管理办法(省政府令第420号)……3

# 某某省户外广告管理办法

第一条 为了加强户外广告管理，制定本办法。
""")
    assert [str(d.number) for d in issue.documents] == ["省政府令第420号"]
    assert issue.contents[0].title == "某某省户外广告管理办法(省政府令第420号)"
    assert codes(issue) == []


def test_a_number_printed_in_the_text_goes_before_that_of_the_contents() -> None:
    issue = read("""目录
某某省户外广告管理办法(省政府令第420号)……3

# 某某省户外广告管理办法

(2014年5月1日某某省人民政府令第402号公布)

第一条 为了加强户外广告管理，制定本办法。
""")
    assert [str(d.number) for d in issue.documents] == ["某某省人民政府令第402号"]
