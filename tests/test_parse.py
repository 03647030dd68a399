"""What parse reads of a document beyond its blocks: number, issuer, category, outline."""

from __future__ import annotations

from generator.audit import audit
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


def test_serials_dropped_from_the_contents_are_in_the_ledger() -> None:
    issue = read("""目录
1.某某市人民政府关于做好防汛工作的通知......1
2.某某市财政局关于报送报表的通知......9

某某市人民政府关于做好防汛工作的通知

请清查险段。

某某市财政局关于报送报表的通知

请按时报送。
""")
    dropped = [(e.line, e.before) for e in issue.ledger if e.rule == "drop_serials"]
    assert dropped == [(2, "1."), (3, "2.")]
    assert audit(normalize(issue)) == ()
    assert "title-differs" not in codes(issue)


def test_the_chapters_of_a_plan_are_no_contents_of_an_issue() -> None:
    issue = read("""某某市人民政府公报

某某市综合交通规划

目 录

第一章 总则 ...... 1
第二章 布局 ...... 5
附则 ...... 9

第一章 总则

编制本规划。
""")
    assert issue.contents == ()
    assert [d.code for d in issue.diagnostics] == ["no-contents"]
