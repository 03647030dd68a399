"""What rules for blocks make of a whole document, beyond the texts that case files show."""

from __future__ import annotations

from fuzz.checks import read
from fuzz.words import HEAD
from generator.model import Document, Issue
from generator.normalize import normalize


def normalized(body: str) -> Issue:
    return normalize(read(f"{HEAD}{body}"))


def texts(document: Document) -> list[str]:
    return [getattr(block, "text", "") for block in document.all_blocks()]


def test_names_and_posts_keep_their_blank_where_a_page_edge_cut_the_post() -> None:
    issue = normalized("成 员：赵 强 市委常委、市政府办公\n\n室主任\n")
    assert texts(issue.documents[0])[1:] == ["成员：赵强　市委常委、市政府办公室主任"]
