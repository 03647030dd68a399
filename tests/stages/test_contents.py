"""Contents in the forms in which scans and editors give them."""

from __future__ import annotations

import pytest

from fuzz.checks import read
from generator.model import Issue
from generator.stages.check import audit
from generator.stages.check.diagnose import diagnose
from generator.stages.normalize import normalize
from generator.stages.parse.entry_lines import entries_of_row, take_apart
from generator.stages.parse.lines import Line

PLAN = "某某市人民政府关于印发《某某市河道清淤三年实施方案》的通知"
RULE = "某某市人民政府关于规范夜市经营的意见"
LIST = "某某市人民政府办公室关于公布文物保护单位的通知"
PRICE = "某某市发展和改革委员会关于调整水价的通知"
TITLES = [PLAN, RULE, LIST, PRICE]
NUMBERS = ["某府发〔2020〕5号", "某府发〔2020〕6号", "某府办发〔2020〕7号", "某发改〔2020〕8号"]
FRONT = "某某市人民政府公报\n\n2020年第1期\n\n"
TEXT = "\n".join(
    f"# {title}\n\n{number}\n\n各区人民政府：\n\n请认真执行。\n\n某某市人民政府\n\n2020年3月6日\n"
    for title, number in zip(TITLES, NUMBERS, strict=True)
)


def issue_of(contents: str, text: str = TEXT) -> Issue:
    return diagnose(normalize(read(f"{FRONT}{contents}\n\n{text}")))


def findings(issue: Issue) -> list[tuple[str, int]]:
    return [(d.code, d.lines.first) for d in (*issue.diagnostics, *audit(issue))]


def pages(issue: Issue) -> dict[str, int | None]:
    return {entry.title: entry.page for entry in issue.contents}


def assert_all_found(issue: Issue) -> None:
    assert not issue.contents_made
    assert [document.title for document in issue.documents] == TITLES
    assert [document.entry for document in issue.documents if document.entry] == [
        entry for title in TITLES for entry in issue.contents if entry.title == title
    ]
    assert len(issue.contents) == len(TITLES)


FORMS = {
    "a page between the halves of a title": (
        "目录\n某某市人民政府关于印发《某某市河道清淤三年实施（2）方案》的通知\n"
        f"{RULE}（5）\n{LIST}（8）\n{PRICE}（12）"
    ),
    "a page at the first half of a title": (
        "目录\n某某市人民政府关于印发《某某市河道清淤三年实施……2\n方案》的通知\n"
        f"{RULE}……5\n{LIST}……8\n{PRICE}……12"
    ),
    "two columns": f"目录\n{PLAN} …… 2    {RULE} …… 5\n{LIST} …… 8    {PRICE} …… 12",
    "two columns read downwards": (
        f"目录\n{PLAN} …… 2    {LIST} …… 8\n{RULE} …… 5    {PRICE} …… 12"
    ),
    "two columns parted by tabs": f"目录\n{PLAN}\t2\t{RULE}\t5\n{LIST}\t8\t{PRICE}\t12",
    "two columns with leaders and tabs": (
        f"目录\n{PLAN} …… 2\t{RULE} …… 5\n{LIST} …… 8\t{PRICE} …… 12"
    ),
    "two columns without leaders": (
        f"目录\n{PLAN}    2    {RULE}    5\n{LIST}    8    {PRICE}    12"
    ),
    "list items": f"目录\n- {PLAN} …… 2\n* {RULE} …… 5\n- {LIST} …… 8\n* {PRICE} …… 12",
    "numbers": f"目录\n1. {PLAN} …… 2\n2. {RULE} …… 5\n3. {LIST} …… 8\n4. {PRICE} …… 12",
    "Chinese numbers": (
        f"目录\n一、{PLAN} …… 2\n二、{RULE} …… 5\n三、{LIST} …… 8\n四、{PRICE} …… 12"
    ),
    "numbers in brackets": (
        f"目录\n（一）{PLAN}（2）\n（二）{RULE}（5）\n（三）{LIST}（8）\n（四）{PRICE}（12）"
    ),
    "links with pages": (
        f"# 目录\n\n[{PLAN} [2](#_Toc1)](#_Toc1)\n\n[{RULE} [5](#_Toc2)](#_Toc2)\n\n"
        f"[{LIST}\t8](#_Toc3)\n\n[{PRICE}](#_Toc4) 12"
    ),
    "rows of cells": f"目录\n{PLAN}\t2\n{RULE}\t5\n{LIST}\t8\n{PRICE}\t12",
    "rows with serials": (
        f"目录\n序号\t标题\t页码\n1\t{PLAN}\t2\n2\t{RULE}\t5\n3\t{LIST}\t8\n4\t{PRICE}\t12"
    ),
    "rows with categories": (
        f"目录\n市府文件\t{PLAN}\t2\n\t{RULE}\t5\n其他\t{LIST}\t8\n\t{PRICE}\t12"
    ),
    "leaders of LaTeX": (
        f"# 目录\n{PLAN} $\\cdots \\cdots$ (2)  \n{RULE}\\dotfill 5\n"
        f"{LIST} $\\ldots\\ldots 8$\n{PRICE}\\dotfill{{}} (12)"
    ),
    "misread pages and ranges": (
        f"目录\n{PLAN} …… 2-4\n{RULE} …… 5\n{LIST} ……（8—11）\n{PRICE} …… l2"
    ),
}


@pytest.mark.parametrize("contents", FORMS.values(), ids=FORMS)
def test_contents_in_any_form_list_all_documents_with_their_pages(contents: str) -> None:
    issue = issue_of(contents)
    assert_all_found(issue)
    assert pages(issue) == {PLAN: 2, RULE: 5, LIST: 8, PRICE: 12}
    assert findings(issue) == []


UNPAGED = {
    "links": f"# 目录\n- [{PLAN}](#a)\n- [{RULE}](#b)\n- [{LIST}](#c)\n- [{PRICE}](#d)",
    "numbered": f"目录\n1. {PLAN}\n2. {RULE}\n3. {LIST}\n4. {PRICE}",
    "rows": f"目录\n1\t{PLAN}\n2\t{RULE}\n3\t{LIST}\n4\t{PRICE}",
}


@pytest.mark.parametrize("contents", UNPAGED.values(), ids=UNPAGED)
def test_contents_without_any_page_list_all_documents(contents: str) -> None:
    issue = issue_of(contents)
    assert_all_found(issue)
    assert set(pages(issue).values()) == {None}
    assert findings(issue) == []


@pytest.mark.parametrize(
    ("contents", "lost"),
    [
        (f"目录\n{PLAN}\n{RULE} …… 5\n{LIST} …… 8\n{PRICE} …… 12", PLAN),
        (f"目录\n{PLAN} …… 2\n{RULE}\n{LIST} …… 8\n{PRICE} …… 12", RULE),
        (f"目录\n{PLAN} …… 2\n{RULE} …… 5\n{LIST} …… 8\n{PRICE}", PRICE),
        (f"目录\n{PLAN[:20]}\n{PLAN[20:]}\n{RULE} …… 5\n{LIST} …… 8\n{PRICE} …… 12", PLAN),
    ],
    ids=["first", "middle", "last", "wrapped"],
)
def test_an_entry_that_lost_leaders_and_page_is_an_entry_still(contents: str, lost: str) -> None:
    issue = issue_of(contents)
    assert_all_found(issue)
    assert [title for title, page in pages(issue).items() if page is None] == [lost]
    assert [code for code, _ in findings(issue)] == ["contents-entry"]


def test_contents_go_on_below_a_page_edge_with_their_heads_repeated() -> None:
    issue = issue_of(
        f"目　录 CONTENTS\n\n【市府文件】\n\n{PLAN} …… 2\n{RULE} …… 5\n\n— 1 —\n\n"
        "某某市人民政府公报\n\n目录（续）\n\n【市府文件】（续）\n\n"
        f"{LIST} …… 8\n\n某某市人民政府组成部门规范性文件\n\n{PRICE} …… 12"
    )
    assert_all_found(issue)
    assert [entry.category for entry in issue.contents] == [
        *["市府文件"] * 3, "某某市人民政府组成部门规范性文件",
    ]  # fmt: skip
    assert findings(issue) == []


def test_contents_with_their_head_above_each_category_are_one() -> None:
    issue = issue_of(
        f"目录\n【市府文件】\n{PLAN} …… 2\n{RULE} …… 5\n\n目　录\n"
        "【市府办公室规范性文件和其他文件】\n"
        f"{LIST} …… 8\n\n目录\n部门文件\n{PRICE} …… 12"
    )
    assert_all_found(issue)
    assert [entry.category for entry in issue.contents[2:]] == [
        "市府办公室规范性文件和其他文件", "部门文件",
    ]  # fmt: skip
    assert findings(issue) == []


def test_an_entry_that_is_missing_is_an_error_in_every_form() -> None:
    for contents in FORMS.values():
        issue = issue_of(
            contents, TEXT + TEXT.replace("水价", "电价").replace("〔2020〕", "〔2019〕")
        )
        assert "document-without-entry" in {code for code, _ in findings(issue)}


@pytest.mark.parametrize(
    ("row", "entries"),
    [
        (("1", RULE, NUMBERS[1], "5"), [(f"{RULE}（{NUMBERS[1]}）\t5", ["1"])]),
        ((NUMBERS[1], RULE, "5"), [(f"{NUMBERS[1]} {RULE}\t5", [])]),
        ((RULE, "……", "5"), [(f"{RULE}\t5", [])]),
        ((RULE, "5", "", ""), [(f"{RULE}\t5", [])]),
        (("3", PLAN, "9", RULE), [(f"3 {PLAN}", []), (f"9 {RULE}", [])]),
        (("部门文件", "", ""), [("部门文件", [])]),
        (("2", "部门文件", RULE, "2-4"), [("部门文件", []), (f"{RULE}\t2-4", ["2"])]),
    ],
)
def test_a_row_of_cells_has_its_entries(
    row: tuple[str, ...], entries: list[tuple[str, list[str]]]
) -> None:
    assert list(entries_of_row(row)) == entries


@pytest.mark.parametrize("text", ["关于2020 年 3 月 工作的通知", "第 3 届 运动会", "每 2 年 一次"])
def test_blanks_beside_digits_in_a_title_are_no_columns(text: str) -> None:
    issue = issue_of(f"目录\n{text} …… 3", f"# {text}\n\n各区人民政府：\n\n请执行。\n")
    assert len(issue.contents) == 1
    assert take_apart(Line(1, f"{text} …… 3")).page == 3


def test_the_contents_of_a_transmitted_plan_are_not_those_of_the_issue() -> None:
    listed = "目录\n\n总体要求 …… 1\n主要任务 …… 5\n\n"
    plan = f"某某市河道清淤规划\n\n{listed}总体要求\n\n加强。\n\n主要任务\n\n落实。\n"
    issue = diagnose(normalize(read(TEXT.split("# ")[1] + "\n" + plan)))
    assert [document.title for document in issue.documents] == [PLAN]
    assert issue.contents_made


def test_a_table_of_a_single_document_is_no_contents() -> None:
    table = "河道\t长度\t12\n湖泊\t面积\t15\n"
    issue = normalize(read(TEXT.split("# ")[1].replace("请认真执行。\n", f"见表。\n\n{table}")))
    assert [document.title for document in issue.documents] == [PLAN]


def test_a_document_above_the_contents_is_an_error() -> None:
    first, rest = TEXT.split("# " + RULE)
    listed = f"目录\n{RULE} …… 5\n{LIST} …… 8\n{PRICE} …… 12\n\n"
    issue = diagnose(normalize(read(FRONT + first + listed + "# " + RULE + rest)))
    assert ("document-without-entry", 5) in findings(issue)


def test_contents_of_which_no_entry_is_read_are_named_at_their_line() -> None:
    issue = issue_of("目录\n某 某 市")
    assert issue.contents_made
    found = [d for d in issue.diagnostics if d.code == "no-contents"]
    assert [(d.lines.first, "印有“目录”" in d.message) for d in found] == [(5, True)]


def test_entries_that_lost_their_pages_above_the_first_page_are_read() -> None:
    """As an engine for lines writes them: wrapped, leaders kept, half of the pages lost."""
    matters = ["道路养护", "学校收费", "粮食储备", "水库安全", "医院建设", "公园管理", "河道清淤"]
    organ = "某某市人民政府"
    listed = "".join(
        f"{organ}关于做好{matter}有关\n工作的通知……{n + 1 if n > 4 else ''}\n"
        for n, matter in enumerate(matters)
    )
    # in the text each title has the organ in a line of its own, which stands there many times
    text = "\n".join(
        f"{organ}\n\n关于做好{matter}有关工作的通知\n\n某府发〔2020〕{n}号\n\n各区人民政府：\n\n"
        f"请认真执行。\n\n{organ}\n\n2020年3月6日\n"
        for n, matter in enumerate(matters, 1)
    )
    issue = issue_of(f"目录\n市政府文件\n{listed}", text)
    titles = [f"{organ}关于做好{matter}有关工作的通知" for matter in matters]
    assert [document.title for document in issue.documents] == titles
    assert [entry.page for entry in issue.contents] == [None] * 5 + [6, 7]
    assert {entry.category for entry in issue.contents} == {"市政府文件"}
    assert [code for code, _ in findings(issue)].count("contents-entry") == 5
