"""Tables and contents of a PDF: open tables, rows cut by a page, entries that wrap."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from tests.content.intake.printed import blocks, print_pages, sentence, wrap, write

XS = (80, 260, 340, 440)
Rows = Sequence[tuple[float, Sequence[str]]]

INDICATORS: Rows = (
    (680, ("指标", "单位", "2023年", "增长（%）")),
    (650, ("地区生产总值", "亿元", "1234.5", "5.6")),
    (625, ("第一产业", "亿元", "123.4", "3.2")),
    (600, ("固定资产投资", "亿元", "", "7.7")),
)
READ = (
    "指标\t单位\t2023年\t增长（%）\n地区生产总值\t亿元\t1234.5\t5.6\n第一产业\t亿元\t123.4\t3.2\n"
)


def draw_rows(canvas: Canvas, rows: Rows, rules: Sequence[float]) -> None:
    """Draw an open table: its words and its level rules."""
    for y, cells in rows:
        for x, text in zip(XS, cells, strict=True):
            write(canvas, [text], x=x, y=y, size=12)
    for y in rules:
        canvas.line(70, y, 520, y)


@pytest.mark.guarantee("read_sheets", 2)
@pytest.mark.parametrize(
    "rules",
    [(700, 670, 590), (700, 590), (700, 670, 640, 615, 590), (700, 699, 670, 590, 588.5)],
    ids=["three", "two", "each-row", "double"],
)
def test_a_table_without_upright_rules_has_columns(tmp_path: Path, rules: tuple[float]) -> None:
    def draw(canvas: Canvas) -> None:
        write(canvas, ["主要指标如下："], y=750)
        draw_rows(canvas, INDICATORS, rules)
        write(canvas, ["以上数据为初步统计。"], y=540)

    found = blocks(print_pages(tmp_path / "issue.pdf", draw))
    assert found == ["主要指标如下：", READ + "固定资产投资\t亿元\t\t7.7", "以上数据为初步统计。"]


@pytest.mark.parametrize("ys", [(600, 586), (607, 593)], ids=["top", "middle"])
def test_a_cell_of_an_open_table_may_wrap(tmp_path: Path, ys: tuple[int, int]) -> None:
    def draw(canvas: Canvas) -> None:
        draw_rows(canvas, INDICATORS[:3], (700, 670, 570))
        write(canvas, ["城镇居民人均可支"], x=80, y=ys[0], size=12)
        write(canvas, ["配收入"], x=80, y=ys[1], size=12)
        draw_rows(canvas, [(600, ("", "元", "45678", "4.9"))], ())

    found = blocks(print_pages(tmp_path / "issue.pdf", draw))
    assert found == [READ + "城镇居民人均可支配收入\t元\t45678\t4.9"]


def test_a_group_of_rows_keeps_its_own_row(tmp_path: Path) -> None:
    rows = (*INDICATORS[:2], (625, ("其中：", "", "", "")), (600, INDICATORS[2][1]))
    found = blocks(
        print_pages(tmp_path / "i.pdf", lambda canvas: draw_rows(canvas, rows, (700, 670, 590)))
    )
    assert found[0].split("\n")[2] == "其中：\t\t\t"


def test_lines_between_the_rules_of_a_footer_are_no_table(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        for y in (200, 165, 130):
            canvas.line(80, y, 520, y)
        write(canvas, ["抄送：市委各部门，市人大常委会办公室，市政协办公室。"], y=178, size=14)
        write(canvas, ["某某市政府办公室"], y=143, size=14)
        write(canvas, ["2020年3月6日印发"], x=380, y=143, size=14)

    found = blocks(print_pages(tmp_path / "issue.pdf", draw))
    assert found[0] == "抄送：市委各部门，市人大常委会办公室，市政协办公室。"
    assert "\n" not in found[1]


def test_a_head_over_two_columns_keeps_them_apart(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        write(canvas, ["指标"], x=80, y=668, size=12)
        write(canvas, ["2023年完成情况及增速"], x=255, y=682, size=12)
        canvas.line(250, 675, 430, 675)
        draw_rows(canvas, [(656, ("", "数量", "增速", "备注"))], (700, 650, 560))
        for y, name in ((630, "粮食产量"), (605, "蔬菜产量"), (580, "水果产量")):
            draw_rows(canvas, [(y, (name, "12.5", "3.1", "快报"))], ())

    (found,) = blocks(print_pages(tmp_path / "issue.pdf", draw))
    assert found.split("\n")[2:] == [
        f"{name}\t12.5\t3.1\t快报" for name in ("粮食产量", "蔬菜产量", "水果产量")
    ]
    assert "2023年完成情况及增速" in found.split("\n")[0].split("\t")


def test_a_note_across_the_columns_of_an_open_table_does_not_join_them(tmp_path: Path) -> None:
    names = ("粮食", "蔬菜", "水果", "茶叶", "药材", "花卉", "水产", "畜禽", "林木")
    rows = [(650 - 22 * n, (name, "万吨", "12.5", "3.1")) for n, name in enumerate(names)]
    ys = (700, 670, 420)

    def draw(canvas: Canvas) -> None:
        draw_rows(canvas, [INDICATORS[0], *rows], ys)
        write(canvas, ["注：本表数据为初步统计，以年鉴公布的为准"], x=80, y=430, size=12)

    (found,) = blocks(print_pages(tmp_path / "issue.pdf", draw))
    assert [line.split("\t")[0] for line in found.split("\n")[1:10]] == list(names)
    assert {line.count("\t") for line in found.split("\n")} == {3}


def test_an_open_table_goes_on_over_a_page_without_a_rule_at_its_foot(tmp_path: Path) -> None:
    def one(canvas: Canvas) -> None:
        draw_rows(canvas, INDICATORS, (700, 670))
        write(canvas, ["— 1 —"], x=280, y=40, size=10)

    def two(canvas: Canvas) -> None:
        draw_rows(canvas, INDICATORS, (700, 670, 590))
        write(canvas, wrap(sentence(1)), y=540)
        write(canvas, ["— 2 —"], x=280, y=40, size=10)

    table = READ + "固定资产投资\t亿元\t\t7.7"
    found = blocks(print_pages(tmp_path / "issue.pdf", one, two))
    assert found == [table, table, sentence(1)]


@pytest.mark.parametrize("pad", [6, 10])
def test_rows_of_an_open_table_may_have_several_lines(tmp_path: Path, pad: int) -> None:
    task = ("建立健全综合协", "调机制，加强统", "筹。")
    unit = ("市文化旅游局、", "市财政局")

    def draw(canvas: Canvas) -> None:
        draw_rows(canvas, [(680, ("任务", "序号", "单位", "时限"))], (700, 670))
        y = 650.0
        for n in range(3):
            write(canvas, task, x=80, y=y, size=12, leading=1.2)
            write(canvas, [str(n)], x=260, y=y - 14, size=12)
            write(canvas, unit, x=300, y=y - 7, size=12, leading=1.2)
            write(canvas, ["年底前"], x=440, y=y - 14, size=12)
            y -= 14.4 * 3 + pad
        draw_rows(canvas, (), (y + 10,))

    (found,) = blocks(print_pages(tmp_path / "issue.pdf", draw))
    assert [row.split("\t") for row in found.split("\n")[1:]] == [
        ["".join(task), str(n), "".join(unit), "年底前"] for n in range(3)
    ]


# ---- rows cut by a page

GRID = (70, 110, 330, 520)  # number, task, unit


def ruled(canvas: Canvas, ys: Sequence[float], cells: Sequence[Sequence[Sequence[str]]]) -> None:
    """Draw a ruled table; each cell is a list of printed lines."""
    canvas.grid(list(GRID), list(ys))
    for top, row in zip(ys, cells, strict=False):
        for x, lines in zip(GRID, row, strict=False):
            write(canvas, lines, x=x + 6, y=top - 18, size=12, leading=1.4)


HEAD = (("序号",), ("工作任务",), ("责任单位",))
LONG = "建立健全旅游综合协调机制，充分发挥各级旅游产业发展领导机构的统筹协调作用。"


@pytest.mark.parametrize("again", [True, False], ids=["head-again", "no-head"])
@pytest.mark.parametrize("number_on", [0, 1])
def test_a_row_cut_by_a_page_is_one_row(tmp_path: Path, number_on: int, *, again: bool) -> None:
    lines = [LONG[n : n + 17] for n in range(0, len(LONG), 17)]
    numbers = [("2",) if n == number_on else () for n in (0, 1)]

    def one(canvas: Canvas) -> None:
        first = (("1",), ("组建集团。",), ("市国资委",))
        cut = (numbers[0], lines[:2], ("市文化旅游局",))
        ruled(canvas, (760, 730, 700, 650), (HEAD, first, cut))

    def two(canvas: Canvas) -> None:
        rest = (numbers[1], lines[2:], ())
        last = (("3",), ("实施奖励。",), ("市财政局",))
        rows = (HEAD, rest, last) if again else (rest, last)
        ruled(canvas, (760, 730, 700, 670)[: len(rows) + 1], rows)

    found = "\n".join(blocks(print_pages(tmp_path / "issue.pdf", one, two))).split("\n")
    head = "序号\t工作任务\t责任单位"
    assert found == [
        head, "1\t组建集团。\t市国资委", f"2\t{LONG}\t市文化旅游局",
        *([head] if again else []), "3\t实施奖励。\t市财政局",
    ]  # fmt: skip


def test_whole_rows_on_two_pages_stay_apart(tmp_path: Path) -> None:
    def page(number: str) -> object:
        row = ((number,), (LONG[:17], "持续实施。"), ("市文化旅游局",))
        return lambda canvas: ruled(canvas, (760, 730, 680), (HEAD, row))

    found = blocks(print_pages(tmp_path / "i.pdf", page("1"), page("2")))  # type: ignore[arg-type]
    assert [len(block.split("\n")) for block in found] == [2, 2]


def test_a_head_with_a_rule_does_not_join_the_tables_of_two_columns(tmp_path: Path) -> None:
    def page(n: int) -> object:
        def draw(canvas: Canvas) -> None:
            write(canvas, [f"某某市公报2020年第3期第{n}页"], x=200, y=800, size=9)
            canvas.line(60, 790, 540, 790)
            for left, word in ((60, "甲"), (310, "乙")):
                canvas.grid([left, left + 80, left + 230], [789.6, 760, 730])
                for k, y in enumerate((770, 740)):
                    write(canvas, [f"{word}{n}项{k}"], x=left + 6, y=y, size=12)
                    write(canvas, [f"任务{word}{k}"], x=left + 90, y=y, size=12)
            write(canvas, wrap(sentence(n) * 2, 18), x=60, y=690, size=12)
            write(canvas, wrap(sentence(n + 5) * 2, 18), x=310, y=690, size=12)

        return draw

    found = blocks(print_pages(tmp_path / "i.pdf", page(1), page(2)))  # type: ignore[arg-type]
    assert found[0] == "甲1项0\t任务甲0\n甲1项1\t任务甲1"
    assert "乙1项0\t任务乙0\n乙1项1\t任务乙1" in found


# ---- contents

ENTRIES = ("某某市停车管理办法", "某某市绿化管理办法")


def contents(canvas: Canvas, lines: Sequence[tuple[float, str, str]]) -> None:
    """Print contents; each line has its height, its words and its page."""
    write(canvas, ["目　录"], x=260, y=780, size=18)
    for y, words, page in lines:
        write(canvas, [words], y=y, size=12)
        if page:
            write(canvas, [page], x=500, y=y, size=12)


FIRST = "某某市人民政府关于修订《在某某市工作的外地居民个人所得税负差额"
REST = "补贴实施办法》的通知"


@pytest.mark.parametrize(
    "lines",
    [
        [(720, FIRST, ""), (702, REST, "（8）")],
        [(720, FIRST, ""), (711, "", "（8）"), (702, REST, "")],
    ],
    ids=["behind", "between"],
)
def test_an_entry_of_the_contents_that_wraps_is_one_line(
    tmp_path: Path, lines: list[tuple[float, str, str]]
) -> None:
    def draw(canvas: Canvas) -> None:
        contents(
            canvas,
            [
                (760, "【政府文件】", ""),
                (745, ENTRIES[0], "（3）"),
                *lines,
                (670, ENTRIES[1], "（12）"),
            ],
        )

    found = blocks(print_pages(tmp_path / "issue.pdf", draw))
    assert found[1:] == [
        "【政府文件】", f"{ENTRIES[0]} （3）", f"{FIRST}{REST}\t（8）", f"{ENTRIES[1]} （12）",
    ]  # fmt: skip


def test_an_entry_may_take_three_lines_and_leaders(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        contents(canvas, [(720, FIRST, ""), (702, FIRST, ""), (684, REST + "……………………………8", "")])
        contents(canvas, [(650, ENTRIES[1] + "……………………………12", "")])

    found = blocks(print_pages(tmp_path / "issue.pdf", draw))
    assert f"{FIRST}{FIRST}{REST}\t8" in found


def test_a_category_between_entries_stays_a_line(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        contents(
            canvas,
            [(745, ENTRIES[0], "3"), (720, "市政府办公室文件", ""), (700, ENTRIES[1], "12")],
        )

    assert "市政府办公室文件" in blocks(print_pages(tmp_path / "issue.pdf", draw))


def test_a_list_of_amounts_without_the_word_is_no_contents(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        write(canvas, ["各区完成的数量从高到低依次排列如下，请各单位对照检查并整改"], y=760)
        for n, words in enumerate(("城东区", "城西区", "城北区")):
            write(canvas, [words], y=730 - 28 * n)
            write(canvas, [str(12 - n)], x=480, y=730 - 28 * n)

    found = blocks(print_pages(tmp_path / "issue.pdf", draw))
    assert found[0].endswith("整改")
