"""What rules for blocks make of a whole document, beyond the texts that case files show."""

from __future__ import annotations

from fuzz.checks import read
from fuzz.words import HEAD
from generator.audit import audit
from generator.diagnose import diagnose
from generator.model import Document, Heading, Issue
from generator.normalize import normalize


def normalized(body: str) -> Issue:
    return normalize(read(f"{HEAD}{body}"))


def texts(document: Document) -> list[str]:
    return [getattr(block, "text", "") for block in document.all_blocks()]


def test_a_heading_cut_in_two_stays_a_heading() -> None:
    issue = normalized("### 一、指导思想和\n\n### 目标任务\n\n坚持以人民为中心的发展思想。\n")
    heading = issue.documents[0].blocks[1]
    assert isinstance(heading, Heading)
    assert heading.text == "一、指导思想和目标任务"


def test_a_page_number_is_taken_out_and_entered_into_the_ledger() -> None:
    issue = normalized("各级政府主要负责人是第一责任人，分管领\n\n— 12 —\n\n导是直接责任人。\n")
    assert texts(issue.documents[0])[1:] == [
        "各级政府主要负责人是第一责任人，分管领导是直接责任人。"
    ]
    taken = [(e.line, e.before) for e in issue.ledger if "12" in e.before]
    assert taken == [(8, "— 12 —")]
    assert audit(issue) == ()


def test_bare_numbers_that_count_pages_are_taken_out() -> None:
    page = "各级政府要落实责任，" * 40
    issue = normalized(
        f"{page}堵塞漏\n\n7\n\n洞，{page}坚决\n\n8\n\n遏制事故，{page}不出\n\n9\n\n问题。\n"
    )
    (text,) = texts(issue.documents[0])[1:]
    assert text == f"{page}堵塞漏洞，{page}坚决遏制事故，{page}不出问题。"
    assert audit(issue) == ()


def test_a_bare_number_in_a_sentence_is_kept_and_reported() -> None:
    issue = diagnose(
        normalized("各单位要深刻吸取事故教训，举一反三，\n\n7\n\n堵塞漏洞，坚决遏制事故。\n")
    )
    assert texts(issue.documents[0])[1:] == [
        "各单位要深刻吸取事故教训，举一反三，7堵塞漏洞，坚决遏制事故。"
    ]
    assert [d.lines.first for d in issue.diagnostics if d.code == "doubtful-join"] == [8]


def test_a_page_number_before_a_label_makes_no_attachment() -> None:
    plan = "各单位应当制定工作方案，明确责任分工和完成时限，并于每年年底前报告工作进展情况。\n"
    issue = normalized(f"请执行。\n\n某市人民政府\n\n2017年1月5日\n\n— 12 —\n\n附件\n\n{plan * 2}")
    assert [a.blocks[0].anchor for a in issue.documents[0].attachments] == ["f1-label"]
    assert audit(issue) == ()


def test_names_and_posts_keep_their_blank_where_a_page_edge_cut_the_post() -> None:
    issue = normalized("成 员：赵 强 市委常委、市政府办公\n\n室主任\n")
    assert texts(issue.documents[0])[1:] == ["成员：赵强　市委常委、市政府办公室主任"]


def test_a_picture_without_a_caption_is_no_rest_of_a_heading() -> None:
    issue = normalized("## 一、规划范围和\n\n![](images/map.png)\n\n二、规划期限\n")
    assert texts(issue.documents[0])[1:] == ["一、规划范围和", "", "二、规划期限"]
