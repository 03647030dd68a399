"""A picture inside a sentence: the sentence is joined, the picture follows with its caption."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fuzz.checks import read
from fuzz.words import HEAD
from generator.model import Issue, Paragraph
from generator.stages.check.audit import audit
from generator.stages.normalize import normalize

HALF, REST = "各单位要提高认识，明确责任，确保按期完成全", "年工作目标。"
PICTURE = "![](images/a.png)"


def normalized(*lines: str) -> Issue:
    return normalize(read(HEAD + "\n\n".join(lines) + "\n"))


def shown(*lines: str) -> list[str]:
    """Give the texts of the blocks below the title; of a picture, its file."""
    issue = normalized(*lines)
    assert audit(issue) == ()
    blocks = [b for d in issue.documents for b in d.all_blocks() if isinstance(b, Paragraph)]
    return [b.text or b.image for b in blocks if b.kind in ("paragraph", "picture")]


@pytest.mark.parametrize(
    ("above", "below"),
    [
        (HALF, REST),
        ("（一）加强领导。各单位要提高认识，明确责", "任；确保按期完成。"),
        ("将停车场、公园（以下简称", "设施）纳入管理。"),
        ("各区、各部门要按照《某某市停车管理", "办法》执行。"),
        ("投资额达到一亿元以上的，按2016年标准给予", "补助；"),
    ],
)
def test_a_sentence_that_a_picture_cuts_is_joined(above: str, below: str) -> None:
    assert shown(above, PICTURE, below) == [above + below, "images/a.png"]


def test_several_pictures_keep_their_order() -> None:
    other = "![](images/b.png)"
    expected = [HALF + REST, "images/a.png", "images/b.png"]
    assert shown(HALF, PICTURE, other, REST) == expected


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("各单位要提高认识，明确责任。", REST),
        (HALF, "一、总体要求。"),
        (HALF, "图1停车场分布。"),
        (HALF, "注：数据截至2023年底。"),
        (HALF, "停车场分布"),
        ("停车场的布局、规模如下", "各区应当落实。"),
        ("某某市停车场总体规划布局总图", "各区应当落实。"),
        ("停车场的布局，见图2", "各区应当落实。"),
        ("下列设施纳入管理：", "停车场。"),
    ],
)
def test_a_picture_between_two_paragraphs_keeps_its_place(above: str, below: str) -> None:
    assert shown(above, PICTURE, below) == [above, "images/a.png", below]


@pytest.mark.parametrize(
    ("picture", "caption"),
    [
        (("![图1停车场](images/a.png)",), "图1停车场"),
        (("![某某市人民政府](images/seal.png)",), "某某市人民政府"),
        (('<div align="center"><img src="images/a.png" /></div>',
          '<div align="center">图1停车场</div>'), "图1停车场"),
        (("![](images/seal.png)", "<details>", "<summary>seal</summary>", "某某市人民政府",
          "</details>"), "某某市人民政府"),
    ],
)  # fmt: skip
def test_a_picture_with_a_caption_comes_after_the_sentence(
    picture: tuple[str, ...], caption: str
) -> None:
    assert shown(HALF, *picture, REST) == [HALF + REST, caption]


def test_a_picture_with_a_caption_between_paragraphs_keeps_its_place() -> None:
    assert shown(HALF, "![图1停车场](images/a.png)", "图中所示为东区。") == [
        HALF, "图1停车场", "图中所示为东区。"
    ]  # fmt: skip
    whole = "各单位要提高认识，明确责任。"
    assert shown(whole, "![图1停车场](images/a.png)", REST) == [whole, "图1停车场", REST]


def test_a_caption_moved_out_of_its_sentence_is_the_only_text_that_may_be_moved() -> None:
    issue = normalized(HALF, "![图1停车场](images/a.png)", REST, "各区应当落实。")
    document = issue.documents[0]
    first = next(b for b in document.blocks if isinstance(b, Paragraph) and b.kind == "paragraph")
    others = tuple(block for block in document.blocks if block is not first)
    moved = replace(issue, documents=(replace(document, blocks=(*others, first)),))
    assert [finding.code for finding in audit(moved)] == ["audit"] * len(audit(moved))
    assert audit(moved)


def test_a_picture_that_is_moved_further_is_found_by_the_audit() -> None:
    issue = normalized(HALF, PICTURE, REST, "各区应当落实。")
    document = issue.documents[0]
    picture = next(b for b in document.blocks if isinstance(b, Paragraph) and b.image)
    others = tuple(block for block in document.blocks if block is not picture)
    moved = replace(issue, documents=(replace(document, blocks=(*others, picture)),))
    assert [finding.code for finding in audit(moved)] == ["audit"]
