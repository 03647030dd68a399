"""What rules for blocks make of a whole document, beyond the texts that case files show."""

from __future__ import annotations

from fuzz.checks import read
from fuzz.words import HEAD
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


def test_names_and_posts_keep_their_blank_where_a_page_edge_cut_the_post() -> None:
    issue = normalized("成 员：赵 强 市委常委、市政府办公\n\n室主任\n")
    assert texts(issue.documents[0])[1:] == ["成员：赵强　市委常委、市政府办公室主任"]
