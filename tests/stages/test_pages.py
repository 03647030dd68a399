"""The printed page of a line: from marks, from numbers, from layout.json; never a guess."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest

from generator.model import Issue, Page, Table
from generator.runtime.errors import SourceError
from generator.stages.extract.pages import printed_page
from generator.stages.pipeline import convert

HEAD = "某某市人民政府公报\n\n第3期（总第12期）\n2024年\n\n目录\n\n"
FIRST, SECOND = "某某市人民政府关于加强停车管理的通知", "某某市人民政府关于绿化养护的通知"
TEXT = "各单位要提高认识，加强领导，明确责任，把各项任务落到实处，确保按期完成全年工作目标"
Made = Callable[..., Issue]


def paragraph(word: str) -> str:
    """Give a paragraph that a word tells apart from all others."""
    return f"{word}。{TEXT}。"


def document(title: str, serial: int, body: Sequence[str]) -> list[str]:
    """Write a document; each text of its body is a line."""
    closing = ["某某市人民政府", "2024年3月5日"]
    return [f"# {title}", f"某府发〔2024〕{serial}号", "各区人民政府：", *body, *closing]


def issue_text(pages: tuple[int, int], first: Sequence[str], second: Sequence[str]) -> str:
    """Write an issue of two documents, with their pages in the contents."""
    listed = "".join(
        f"{title}………{page}\n" for title, page in zip((FIRST, SECOND), pages, strict=True)
    )
    lines = [*document(FIRST, 1, first), *document(SECOND, 2, second)]
    return HEAD + listed + "\n" + "\n\n".join(lines) + "\n"


@pytest.fixture
def made(tmp_path: Path) -> Made:
    """Give the function that converts a text, with files beside it."""

    def make(text: str, files: Mapping[str, str] | None = None) -> Issue:
        folder = tmp_path / "mou" / "2024-03"
        folder.mkdir(parents=True)
        (folder / "issue.md").write_text(text, "utf-8")
        for name, content in (files or {}).items():
            (folder / name).write_text(content, "utf-8")
        return convert(folder)

    return make


def pages_by_word(issue: Issue) -> dict[str, list[str]]:
    """Give the printed pages of each paragraph, by the word that it begins with."""
    return {
        block.text.partition("。")[0]: [page.printed for page in issue.paper.pages_of(block)]
        for one in issue.documents
        for block in one.all_blocks()
        if not isinstance(block, Table) and TEXT[:4] in block.text
    }


def sheets_by_word(issue: Issue) -> dict[str, list[int | None]]:
    """Give the sheets of each paragraph, by the word that it begins with."""
    return {
        block.text.partition("。")[0]: [page.sheet for page in issue.paper.pages_of(block)]
        for one in issue.documents
        for block in one.all_blocks()
        if not isinstance(block, Table) and TEXT[:4] in block.text
    }


def test_a_number_at_the_foot_names_the_page_above_it(made: Made) -> None:
    text = issue_text(
        (3, 5),
        [paragraph("甲"), "— 3 —", paragraph("乙"), "— 4 —"],
        [paragraph("丙"), "— 5 —", paragraph("丁"), "— 6 —"],
    )
    assert pages_by_word(made(text)) == {"甲": ["3"], "乙": ["4"], "丙": ["5"], "丁": ["6"]}


def test_a_number_at_the_head_names_the_page_below_it(made: Made) -> None:
    head = "某某市人民政府公报 2024年第3期 "
    first = [paragraph("甲"), f"{head}4", paragraph("乙")]
    second = [paragraph("丙"), f"{head}5", paragraph("丁")]
    text = issue_text((3, 4), first, second).replace(f"# {FIRST}", f"{head}3\n\n# {FIRST}")
    assert pages_by_word(made(text)) == {"甲": ["3"], "乙": ["4"], "丙": ["4"], "丁": ["5"]}


def test_a_paragraph_over_the_edge_of_a_page_is_on_both(made: Made) -> None:
    half = len(TEXT) // 2
    body = [f"甲。{TEXT[:half]}", "— 3 —", f"{TEXT[half:]}。", "— 4 —"]
    text = issue_text((3, 5), body, [paragraph("丙"), "— 5 —"])
    assert pages_by_word(made(text))["甲"] == ["3", "4"]


@pytest.mark.guarantee("find_pages", 2)
def test_between_numbers_that_do_not_count_on_no_page_is_known(made: Made) -> None:
    body = [
        paragraph("甲"),
        "— 3 —",
        paragraph("乙"),
        paragraph("丙"),
        "— 6 —",
        paragraph("丁"),
        "— 7 —",
    ]
    text = issue_text((3, 8), body, [paragraph("戊"), "— 8 —"])
    pages = pages_by_word(made(text))
    assert pages == {"甲": ["3"], "乙": [], "丙": [], "丁": ["7"], "戊": ["8"]}


def test_a_misread_number_between_two_right_ones_is_left_aside(made: Made) -> None:
    body = [paragraph("甲"), "— 3 —", paragraph("乙"), "— 44 —", paragraph("丙"), "— 5 —"]
    text = issue_text((3, 6), body, [paragraph("丁"), "— 6 —"])
    pages = pages_by_word(made(text))
    assert pages == {"甲": ["3"], "乙": ["4"], "丙": ["5"], "丁": ["6"]}


def test_numbers_whose_side_of_the_page_nothing_shows_tell_no_page(made: Made) -> None:
    body = [paragraph("甲"), "·3·", paragraph("乙"), "·4·", paragraph("丙")]
    text = issue_text((13, 15), body, [paragraph("丁")])
    assert not any(pages_by_word(made(text)).values())


def test_page_breaks_and_the_contents_tell_pages_where_they_agree(made: Made) -> None:
    split = "<--- Page Split --->"
    text = issue_text((3, 5), [paragraph("甲"), split, paragraph("乙"), split], [paragraph("丙")])
    assert pages_by_word(made(text)) == {"甲": ["3"], "乙": ["4"], "丙": ["5"]}


def test_page_breaks_that_the_contents_contradict_tell_no_page(made: Made) -> None:
    split = "<--- Page Split --->"
    text = issue_text((3, 9), [paragraph("甲"), split, paragraph("乙"), split], [paragraph("丙")])
    pages = pages_by_word(made(text))
    assert pages["乙"] == []
    assert pages["丙"] == []


def test_breaks_and_numbers_beside_them_are_one_edge(made: Made) -> None:
    edge = "{number}\n\n<!-- PageBreak -->"
    first = [
        paragraph("甲"),
        edge.format(number="— 3 —"),
        paragraph("乙"),
        edge.format(number="— 4 —"),
    ]
    text = issue_text((3, 5), first, [paragraph("丙"), "— 5 —"])
    assert pages_by_word(made(text)) == {"甲": ["3"], "乙": ["4"], "丙": ["5"]}


@pytest.mark.parametrize(
    ("mark", "shift"),
    [
        ("<!-- Page {} -->", 0),
        ("{{{}}}------------", -1),
        ("## Page {}", 0),
        ("--- Page {} ---", 0),
    ],
)
def test_marks_that_count_sheets_tell_the_sheet(made: Made, mark: str, shift: int) -> None:
    def sheet(number: int) -> str:
        return mark.format(number + shift)

    text = issue_text(
        (3, 5),
        [paragraph("甲"), sheet(6), paragraph("乙"), sheet(7)],
        [paragraph("丙"), sheet(8), paragraph("丁")],
    )
    made_one = made(
        text.replace("\n目录", f"\n{sheet(4)}\n\n目录").replace(
            f"# {FIRST}", f"{sheet(5)}\n\n# {FIRST}"
        )
    )
    assert sheets_by_word(made_one) == {"甲": [5], "乙": [6], "丙": [7], "丁": [8]}
    assert pages_by_word(made_one) == {"甲": ["3"], "乙": ["4"], "丙": ["5"], "丁": ["6"]}


def test_a_sheet_whose_next_mark_is_missing_is_not_known(made: Made) -> None:
    body = [
        "<!-- Page 5 -->",
        paragraph("甲"),
        "<!-- Page 7 -->",
        paragraph("乙"),
        "<!-- Page 8 -->",
    ]
    sheets = sheets_by_word(made(issue_text((3, 5), body, [paragraph("丙")])))
    assert sheets == {"甲": [], "乙": [7], "丙": []}


def test_page_numbers_of_azure_are_read_from_comments(made: Made) -> None:
    def edge(number: int) -> str:
        return f'<!-- PageNumber="{number}" -->\n\n<!-- PageBreak -->'

    text = issue_text(
        (3, 5), [paragraph("甲"), edge(3), paragraph("乙"), edge(4)], [paragraph("丙"), edge(5)]
    )
    assert pages_by_word(made(text)) == {"甲": ["3"], "乙": ["4"], "丙": ["5"]}


@pytest.mark.guarantee("find_pages", 1)
def test_a_text_without_marks_has_no_pages(made: Made) -> None:
    issue = made(issue_text((3, 5), [paragraph("甲")], [paragraph("乙")]))
    assert not issue.paper.places


def layout(text: str, **other: object) -> dict[str, str]:
    """Write a layout.json for a text: each line that holds 甲 on sheet 7, with 乙 on 7 and 8."""
    numbered = list(enumerate(text.split("\n"), 1))
    lines = [
        {"line": n, "page": 7, "box": [0.1, 0.2, 0.9, 0.25]} for n, t in numbered if t[:1] == "甲"
    ]
    lines += [
        {"line": n, "page": page, "box": [0.1, top, 0.9, top + 0.05]}
        for n, t in numbered
        if t[:1] == "乙"
        for page, top in ((7, 0.9), (8, 0.1))
    ]
    data = {
        "source": "issue.pdf",
        "engine": "mineru 2.5",
        "text": "issue.md",
        "sha256": hashlib.sha256(text.encode()).hexdigest(),
        "pages": [
            {"page": 7, "printed": "3", "width": 595, "height": 842},
            {"page": 8, "printed": "4"},
        ],
        "lines": lines,
        **other,
    }
    return {"layout.json": json.dumps(data, ensure_ascii=False)}


def test_layout_json_tells_pages_and_boxes(made: Made) -> None:
    text = issue_text((3, 5), [paragraph("甲"), paragraph("乙")], [paragraph("丙")])
    issue = made(text, layout(text))
    assert pages_by_word(issue) == {"甲": ["3"], "乙": ["3", "4"], "丙": []}
    block = next(
        b
        for d in issue.documents
        for b in d.all_blocks()
        if not isinstance(b, Table) and b.text[0] == "乙"
    )
    assert [(place.page, place.box) for place in issue.paper.boxes_of(block)] == [
        (Page(7, "3"), (0.1, 0.9, 0.9, 0.9 + 0.05)),
        (Page(8, "4"), (0.1, 0.1, 0.9, 0.1 + 0.05)),
    ]


def test_a_layout_json_of_another_text_is_not_used(
    made: Made, caplog: pytest.LogCaptureFixture
) -> None:
    text = issue_text((3, 5), [paragraph("甲")], [paragraph("乙")])
    assert not made(text, layout(text, sha256="0" * 64)).paper.places
    assert "layout.json" in caplog.text


@pytest.mark.parametrize("broken", ["{", "[]", '{"sha256": 1}', '{"sha256": "0", "lines": [{}]}'])
def test_a_broken_layout_json_is_refused_by_its_name(made: Made, broken: str) -> None:
    with pytest.raises(SourceError, match=r"layout\.json:1: 不是完整的 JSON"):
        made(issue_text((3, 5), [paragraph("甲")], [paragraph("乙")]), {"layout.json": broken})


def test_each_file_of_an_issue_counts_its_own_pages(tmp_path: Path) -> None:
    folder = tmp_path / "mou" / "2024-03" / "documents"
    folder.mkdir(parents=True)
    for n, (title, word) in enumerate(((FIRST, "甲"), (SECOND, "乙")), 1):
        body = [paragraph(word), "— 1 —", paragraph(word * 2), "— 2 —"]
        text = "\n\n".join(document(title, n, body)[:-2]) + "\n"
        (folder / f"0{n}-通知.md").write_text(text, "utf-8")
    pages = pages_by_word(convert(folder.parent))
    assert pages == {"甲": ["1"], "甲甲": ["2"], "乙": ["1"], "乙乙": ["2"]}


def test_marks_of_a_single_document_do_not_show_that_none_is_missing(made: Made) -> None:
    split = "<--- Page Split --->"
    text = f"{HEAD}{FIRST}………3\n\n" + "\n\n".join(
        document(FIRST, 1, [paragraph("甲"), split, paragraph("乙")])
    )
    assert not any(pages_by_word(made(text)).values())


def test_each_file_of_an_issue_may_have_its_layout(tmp_path: Path) -> None:
    folder = tmp_path / "mou" / "2024-03" / "documents"
    folder.mkdir(parents=True)
    for n, (title, word) in enumerate(((FIRST, "甲"), (SECOND, "乙")), 1):
        text = "\n\n".join(document(title, n, [paragraph(word)])) + "\n"
        (folder / f"0{n}-通知.md").write_text(text, "utf-8")
        (folder / f"0{n}-通知.layout.json").write_text(layout(text)["layout.json"], "utf-8")
    assert pages_by_word(convert(folder.parent)) == {"甲": ["3"], "乙": ["3", "4"]}


@pytest.mark.parametrize(
    ("line", "page"),
    [
        ("— 12 —", 12),
        ("－12－", 12),
        ("· 12 ·", 12),
        ("第12页 共48页", 12),
        ("12/48", 12),
        ("12", 12),
        ("某某市人民政府公报 2024年第3期 12", 12),
        ("12 某某市人民政府公报 2024年第3期（总第30期）", 12),
        ("2024.3 某某市人民政府公报 · 12 ·", 12),
        ("市政府文件 12", 12),
        ("某某市人民政府公报", 0),
        ("2024年第3期（总第30期）", 0),
    ],
)
def test_the_page_is_read_from_every_print_of_a_running_head(line: str, page: int) -> None:
    assert printed_page(line) == page
