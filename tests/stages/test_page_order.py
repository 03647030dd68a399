"""Printed page numbers that do not count on: sheets missing, doubled, in the wrong order."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from generator.model import Diagnostic
from generator.stages.pipeline import convert
from tests.conftest import SMALL, ArchiveMaker

TITLE = "某某市人民政府关于加强停车管理的通知"
SENTENCE = "各单位要提高认识，加强领导，明确责任，把各项任务落到实处，按期完成全年的工作。"


def issue_folder(make_archive: ArchiveMaker, text: str, layout: dict[str, object]) -> Path:
    """Write an issue with a layout.json of its text."""
    folder = make_archive({"2020-03": text}) / "moumou" / "2020-03"
    own = {"sha256": hashlib.sha256(text.encode()).hexdigest(), **layout}
    (folder / "layout.json").write_text(json.dumps(own, ensure_ascii=False), "utf-8")
    return folder


def order_of(folder: Path) -> list[str]:
    """Give the messages about the order of pages."""
    return [d.message for d in _found(folder)]


def _found(folder: Path) -> list[Diagnostic]:
    return [d for d in convert(folder).diagnostics if d.code == "page-order"]


def printed(make_archive: ArchiveMaker, numbers: str) -> list[str]:
    """Give the messages for an issue whose sheets have these numbers; ``.`` is none."""
    names = ["" if number == "." else number for number in numbers.split()]
    count = SMALL.count("\n")
    layout: dict[str, object] = {
        "pages": [{"page": n, "printed": name} for n, name in enumerate(names, 1)],
        "lines": [{"line": 1 + n * count // len(names), "page": n + 1} for n in range(len(names))],
    }
    return order_of(issue_folder(make_archive, SMALL, layout))


@pytest.mark.guarantee("find_breaks", 1)
@pytest.mark.guarantee("find_breaks", 2)
@pytest.mark.parametrize(
    "numbers",
    [
        "1 2 3 4 5 6",
        "41 42 43 44",
        ". . 1 2 3 4 .",  # a cover
        "i ii iii iv 1 2 3",
        "i ii iii iv 5 6 7",
        ". 2 3 . . 4 5 6",  # a plate that does not count
        "1 2 . . 5 6",  # pages that count, without their numbers
        "1 2 3 44 5 6",  # a number that was misread
        "1 2 3 1 2 1 2 3 4",  # documents that count their own pages
        "1 1 1 1",
        "15 16 . 2 3",  # a title page without a number
        "1 2 3 901 902 903",  # pages of another book
        "1 2 3 90000",
        "2-3 4-5 6-7",
        ". 2-3 4-5 6 7 8-9",
        "2-3 4 6-7 9 10-11",  # one of the two numbers was not read
        "12",
        "3 9",
        "",
    ],
)
def test_numbers_that_count_on_are_not_reported(make_archive: ArchiveMaker, numbers: str) -> None:
    assert printed(make_archive, numbers) == []


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        ("1 2 3 5 6", "第3页之后应是第4页，现为第5页（第4张）：缺第4页"),
        ("1 2 3 8 9 10", "第3页之后应是第4页，现为第8页（第4张）：缺第4至7页"),
        ("1 2 3 7", "缺第4至6页，也可能是页码误识"),
        (". 1 2 . 5 6", "缺第3至4页中的1页"),
        ("2-3 4-5 8-9 10-11", "第4-5页之后应是第6页，现为第8-9页（第3张）：缺第6至7页"),
        ("1 2 3 3 4 5", "第3页重复（第4张）"),
        ("1 2 3 4 3 4 5", "第3、4页重复（第5至6张）"),
        ("1 2 4 3 5", "第2页之后应是第3页，现为第4页（第3张）：页的次序可能颠倒"),
        ("1 2 5 6 3 4 7 8", "页的次序可能颠倒"),
        ("1 2 8 3 4 5 6 7 9 10", "第2页之后应是第3页，现为第8页（第3张）"),
        ("1 2 3 7 8 9 4 5 6", "第9页之后应是第10页，现为第4页（第7张）"),
        ("2 1 3 4", "第2页之后应是第3页，现为第1页（第2张）"),
        ("6 5 4 3 2", "页的次序可能颠倒"),
    ],
)
def test_each_break_is_reported_once_with_what_was_expected(
    make_archive: ArchiveMaker, numbers: str, said: str
) -> None:
    found = printed(make_archive, numbers)
    assert len(found) == 1
    assert said in found[0]


def test_a_break_is_confirmed_at_the_first_line_of_its_sheet(make_archive: ArchiveMaker) -> None:
    lines = SMALL.split("\n")
    line = next(n for n, text in enumerate(lines, 1) if text.startswith("第三条"))
    layout: dict[str, object] = {
        "pages": [{"page": n, "printed": f"{n + (n > 2)}"} for n in (1, 2, 3, 4)],
        "lines": [{"line": 1, "page": 1}, {"line": line, "page": 3}],
    }
    folder = issue_folder(make_archive, SMALL, layout)
    assert [d.lines.first for d in _found(folder)] == [line]
    (folder / "issue.toml").write_text(
        f'[[confirmed]]\ncode = "page-order"\nline = {line}\ntext = "第三条"\nwhy = "原书缺页"\n',
        "utf-8",
    )
    assert _found(folder) == []


def text_of(numbers: list[int], pages: dict[int, int] | None = None) -> str:
    """Write an issue with a number at the foot of each page; ``pages``: how many one holds."""
    body = "\n\n".join(
        f"{SENTENCE * 12 * (pages or {}).get(number, 1)}\n\n— {number} —" for number in numbers
    )
    return (
        f"某某市人民政府公报\n\n第3期\n2020年\n\n目录\n\n{TITLE}………2\n\n# {TITLE}\n\n"
        f"某府发〔2020〕7号\n\n各区人民政府：\n\n{body}\n\n某某市人民政府\n2020年3月5日\n"
    )


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        ([2, 3, 4, 5, 7, 8, 9], "第5页之后应是第6页，现为第7页：缺第6页"),
        ([2, 3, 4, 5, 5, 6, 7], "第5页重复"),
        ([2, 3, 4, 6, 5, 7, 8, 9], "页的次序可能颠倒"),
    ],
)
def test_numbers_in_a_text_tell_it_too(
    make_archive: ArchiveMaker, numbers: list[int], said: str
) -> None:
    folder = make_archive({"2020-03": text_of(numbers)}) / "moumou" / "2020-03"
    found = _found(folder)
    assert len(found) == 1
    assert said in found[0].message
    assert "—" in (folder / "issue.md").read_text("utf-8").split("\n")[found[0].lines.first - 1]


@pytest.mark.parametrize(
    ("numbers", "pages"),
    [
        ([2, 3, 4, 5, 6, 7], {}),
        ([2, 3, 4, 5, 7, 8, 9], {7: 2}),  # the number of page 6 was lost, not its text
        ([2, 5, 9, 11, 12, 20], {}),  # most numbers were lost
        ([2, 3, 4, 44, 6, 7], {}),
    ],
)
def test_numbers_that_a_text_lost_are_not_pages_that_it_lost(
    make_archive: ArchiveMaker, numbers: list[int], pages: dict[int, int]
) -> None:
    folder = make_archive({"2020-03": text_of(numbers, pages)}) / "moumou" / "2020-03"
    assert order_of(folder) == []
