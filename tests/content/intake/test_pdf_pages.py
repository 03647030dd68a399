"""Pages of a PDF: spreads, heads and numbers, turned text, footnotes, titles set upright."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A3, A4, landscape
from reportlab.pdfgen.canvas import Canvas

from generator.content.intake.pdf import convert_pdf
from generator.content.intake.sheets import Area, Char, SheetPage, read_sheets, spread_line
from tests.content.intake.printed import (
    SIZE,
    Draw,
    blocks,
    print_pages,
    raised,
    sentence,
    wrap,
    write,
)

PAGES = ("第一页", "第二页", "第三页", "第四页")


def text_of(n: int, width: int = 27) -> list[str]:
    """Give the lines of two paragraphs that differ from page to page."""
    return [*wrap(sentence(n), width), *wrap(sentence(n + 5), width)]


def half(canvas: Canvas, n: int, left: float, *, number: bool = True) -> None:
    """Print a page of a spread."""
    write(canvas, text_of(n), x=left + 70, y=700)
    if number:
        write(canvas, [f"— {n} —"], x=left + 280, y=50, size=12)


@pytest.mark.guarantee("read_sheets", 3)
def test_a_spread_is_read_left_page_first(tmp_path: Path) -> None:
    def sheet(first: int) -> Draw:
        def draw(canvas: Canvas) -> None:
            half(canvas, first, 0)
            half(canvas, first + 1, A3[1] / 2)

        return draw

    path = print_pages(tmp_path / "issue.pdf", sheet(2), sheet(4), pagesize=landscape(A3))
    taken = convert_pdf(path)
    found = taken.text.strip().split("\n\n")
    assert found == [sentence(k) for n in (2, 3, 4, 5) for k in (n, n + 5)]
    assert [(page.page, page.printed) for page in taken.pages] == [(1, "2-3"), (2, "4-5")]
    boxes = [place.box for line, place in taken.places if line == 5]  # the first of page 3
    assert all(box and box[0] > 0.5 for box in boxes)


def test_a_spread_may_have_an_empty_page(tmp_path: Path) -> None:
    def both(canvas: Canvas) -> None:
        half(canvas, 2, 0)
        half(canvas, 3, A3[1] / 2)

    path = print_pages(
        tmp_path / "issue.pdf",
        lambda canvas: half(canvas, 1, A3[1] / 2),
        both,
        pagesize=landscape(A3),
    )
    assert blocks(path) == [sentence(k) for n in (1, 2, 3) for k in (n, n + 5)]


def test_a_wide_page_is_no_spread(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        write(canvas, ["某某市重点项目建设计划表"], x=330, y=540)
        write(canvas, wrap(sentence(1) * 2, 40), x=90, y=500)

    path = print_pages(tmp_path / "issue.pdf", draw, pagesize=landscape(A4))
    assert blocks(path) == ["某某市重点项目建设计划表", sentence(1) * 2]


def test_two_columns_of_a_wide_page_are_no_spread(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        write(canvas, wrap(sentence(1) * 3, 20), x=80, y=540)
        write(canvas, wrap(sentence(2) * 3, 20), x=80 + 21.5 * SIZE, y=540)

    path = print_pages(tmp_path / "issue.pdf", draw, pagesize=landscape(A4))
    assert blocks(path) == [sentence(1) * 3, sentence(2) * 3]


# ---- heads and numbers


def test_a_browser_print_of_two_pages_loses_its_address_and_date(tmp_path: Path) -> None:
    def page(n: int) -> Draw:
        def draw(canvas: Canvas) -> None:
            write(canvas, ["2024/3/6 10:21　　某某通知-某某市人民政府"], x=30, y=815, size=8)
            write(canvas, text_of(n), y=740)
            write(canvas, ["https://www.example.com/a/1.html"], x=30, y=20, size=8)
            write(canvas, [f"{n}/2"], x=540, y=20, size=8)

        return draw

    taken = convert_pdf(print_pages(tmp_path / "issue.pdf", page(1), page(2)))
    assert taken.text.split("\n\n")[0] == sentence(1)
    assert "example" not in taken.text
    assert "10:21" not in taken.text
    assert [page.printed for page in taken.pages] == ["1", "2"]


def test_a_browser_print_of_one_page_loses_its_address_and_date(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        write(canvas, ["2024-3-6 10:21　　某某通知"], x=30, y=815, size=8)
        write(canvas, text_of(1), y=740)
        write(canvas, ["https://www.example.com/a/1.html　　1/1"], x=30, y=20, size=8)

    assert blocks(print_pages(tmp_path / "issue.pdf", draw)) == [sentence(1), sentence(6)]


def test_the_heads_of_two_annexes_are_no_running_heads(tmp_path: Path) -> None:
    def page(n: int) -> Draw:
        return lambda canvas: write(canvas, [f"附件{n}", *text_of(n)], y=750)

    found = blocks(print_pages(tmp_path / "issue.pdf", page(1), page(2), page(3)))
    assert [block for block in found if len(block) < 5] == ["附件1", "附件2", "附件3"]


def test_a_title_that_is_printed_twice_is_no_running_head(tmp_path: Path) -> None:
    def page(n: int) -> Draw:
        def draw(canvas: Canvas) -> None:
            write(canvas, ["行政处罚决定书"], x=200, y=780, size=22)
            write(canvas, text_of(n), y=700)

        return draw

    found = blocks(print_pages(tmp_path / "issue.pdf", page(1), page(2)))
    assert sum("行政处罚决定书" in block for block in found) == 2


def test_heads_that_change_stand_where_the_others_do(tmp_path: Path) -> None:
    heads = ("某某市公报", "某某市公报", "市政府文件", "某某市公报")

    def page(n: int) -> Draw:
        def draw(canvas: Canvas) -> None:
            write(canvas, [heads[n]], x=250, y=800, size=10)
            write(canvas, text_of(n), y=740)

        return draw

    found = blocks(print_pages(tmp_path / "issue.pdf", *map(page, range(4))))
    assert found == [sentence(k) for n in range(4) for k in (n, n + 5)]


def test_the_numbers_in_running_heads_are_kept_for_the_layout(tmp_path: Path) -> None:
    def page(n: int) -> Draw:
        def draw(canvas: Canvas) -> None:
            write(canvas, [f"{n + 11}"], x=80, y=800, size=10)
            write(canvas, ["某某市公报2020年第3期"], x=300, y=800, size=10)
            write(canvas, text_of(n), y=740)

        return draw

    taken = convert_pdf(print_pages(tmp_path / "issue.pdf", *map(page, range(3))))
    assert [page.printed for page in taken.pages] == ["11", "12", "13"]
    assert "2020" not in taken.text


# ---- turned text


@pytest.mark.parametrize("turn", [90, 180, 270])
@pytest.mark.guarantee("read_sheets", 4)
def test_a_page_that_lies_on_its_side_is_read(tmp_path: Path, turn: int) -> None:
    def draw(canvas: Canvas) -> None:
        write(canvas, [f"— {turn} —"], x=280, y=40, size=10)
        canvas.translate(A4[0] / 2, A4[1] / 2)
        canvas.rotate(turn)
        write(canvas, wrap(sentence(3)), x=-220, y=100)

    taken = convert_pdf(print_pages(tmp_path / "issue.pdf", draw))
    assert taken.text == sentence(3) + "\n"
    ((_, place),) = taken.places
    assert place.box
    left, top, right, bottom = place.box
    wide = right - left > bottom - top
    assert wide == (turn == 180)
    assert {round(page.width) for page in taken.pages} == {round(A4[0])}


def test_a_ruled_table_on_its_side_follows_the_text_of_its_page(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        write(canvas, wrap(sentence(3)), y=780)
        canvas.translate(400, 150)
        canvas.rotate(90)
        canvas.grid([0, 150, 400], [0, 40, 80])
        for x, y, text in (
            (10, 50, "序号和项目"), (160, 50, "牵头单位和责任单位"),
            (10, 10, "绿化工程"), (160, 10, "市林业局、市财政局"),
        ):  # fmt: skip
            write(canvas, [text], x=x, y=y)

    assert blocks(print_pages(tmp_path / "issue.pdf", draw)) == [
        sentence(3),
        "序号和项目\t牵头单位和责任单位\n绿化工程\t市林业局、市财政局",
    ]


@pytest.mark.guarantee("read_sheets", 5)
def test_a_few_turned_characters_are_a_loss(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        write(canvas, text_of(1), y=780)
        canvas.translate(80, 300)
        canvas.rotate(90)
        write(canvas, ["装订线"], x=0, y=0)

    taken = convert_pdf(print_pages(tmp_path / "issue.pdf", draw))
    assert [(loss.page, loss.kind, loss.words) for loss in taken.losses] == [
        (1, "turned", "装订线")
    ]
    assert "装订线" not in taken.text


def test_a_watermark_of_all_pages_is_no_loss(tmp_path: Path) -> None:
    def page(n: int) -> Draw:
        def draw(canvas: Canvas) -> None:
            write(canvas, text_of(n), y=780)
            canvas.translate(200, 300)
            canvas.rotate(45)
            write(canvas, ["征求意见稿"], x=0, y=0, size=40)

        return draw

    taken = convert_pdf(print_pages(tmp_path / "issue.pdf", page(1), page(2)))
    assert not taken.losses
    assert "征求意见" not in taken.text


# ---- footnotes


def footnoted(canvas: Canvas, lines: list[str], notes: list[str], *, size: float = 11) -> None:
    """Print a page whose second line has a raised 1, with notes at its foot."""
    write(canvas, lines, y=740)
    raised(canvas, "1", 80 + SIZE * len(lines[1]), 740 - SIZE * 1.75)
    canvas.line(80, 160, 200, 160)
    write(canvas, notes, y=140, size=size)


def test_a_footnote_stands_behind_its_paragraph(tmp_path: Path) -> None:
    second = wrap(sentence(2) * 2)
    first = ["\u3000\u3000" + sentence(1)[:25], "报省政府备案。"]

    def one(canvas: Canvas) -> None:
        footnoted(canvas, [*first, *second[:2]], ["1 见市政府2020年公报第十二页。"])

    def two(canvas: Canvas) -> None:
        write(canvas, second[2:], y=740)

    assert blocks(print_pages(tmp_path / "issue.pdf", one, two)) == [
        "".join(first).strip("\u3000") + "<sup>1</sup>",
        "<sup>1</sup>见市政府2020年公报第十二页。",
        sentence(2) * 2,
    ]


@pytest.mark.parametrize(
    ("notes", "wanted"),
    [
        (["1见市政府公报。"], ["<sup>1</sup>见市政府公报。"]),
        (["[1]见市政府公报。"], ["[1]见市政府公报。"]),
        (
            ["1 见市政府公报，", "2020年第3期第十二页。"],
            ["<sup>1</sup>见市政府公报，2020年第3期第十二页。"],
        ),
        (
            ["1 见公报。", "2 数据来自年鉴。"],
            ["<sup>1</sup>见公报。", "<sup>2</sup>数据来自年鉴。"],
        ),
    ],
)
def test_forms_of_footnotes(tmp_path: Path, notes: list[str], wanted: list[str]) -> None:
    lines = [*wrap("实施办法由市政府另行制定"), "本办法自发布之日起施行"]
    found = blocks(print_pages(tmp_path / "i.pdf", lambda canvas: footnoted(canvas, lines, notes)))
    assert found[-len(wanted) :] == wanted


def test_a_footnote_may_go_on_at_the_foot_of_the_next_page(tmp_path: Path) -> None:
    lines = ["\u3000\u3000" + sentence(1)[:25], "报省政府备案。"]

    def two(canvas: Canvas) -> None:
        write(canvas, wrap(sentence(2)), y=740)
        canvas.line(80, 160, 200, 160)
        write(canvas, ["第十二页和第十三页。"], y=140, size=11)

    one = partial(footnoted, lines=lines, notes=["1 见市政府公报"])
    assert blocks(print_pages(tmp_path / "issue.pdf", one, two))[1:] == [
        "<sup>1</sup>见市政府公报第十二页和第十三页。",
        sentence(2),
    ]


def test_small_type_without_a_mark_is_no_footnote(tmp_path: Path) -> None:
    def one(canvas: Canvas) -> None:
        write(canvas, text_of(1), y=740)
        write(canvas, ["抄送：市委各部门，市人大常委会。"], y=140, size=11)

    def two(canvas: Canvas) -> None:
        write(canvas, text_of(2), y=740)

    found = blocks(print_pages(tmp_path / "issue.pdf", one, two))
    assert found[2] == "抄送：市委各部门，市人大常委会。"


# ---- titles set upright, hyphens, paragraphs


def test_a_title_set_upright_is_one_line(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        write(canvas, list("停车管理办法"), x=280, y=760, size=30, leading=1.3)
        write(canvas, text_of(1), y=400)

    assert blocks(print_pages(tmp_path / "issue.pdf", draw))[0].lstrip("# ") == "停车管理办法"


def test_single_characters_apart_are_no_upright_title(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        for n, text in enumerate("甲乙丙"):
            write(canvas, [text], x=80 + 60 * n, y=700 - 60 * n)

    assert blocks(print_pages(tmp_path / "issue.pdf", draw)) == ["甲", "乙", "丙"]


def test_lines_that_end_early_for_their_punctuation_go_on(tmp_path: Path) -> None:
    first = "\u3000\u3000" + sentence(1)[:18] + "（国发〔2016〕33"
    rest = "号），" + sentence(2)

    def draw(canvas: Canvas) -> None:
        write(canvas, wrap(sentence(5) * 2, 28))
        write(canvas, [first, rest[:27], rest[27:]], y=500)

    assert blocks(print_pages(tmp_path / "issue.pdf", draw))[1] == first.strip("\u3000") + rest


def test_an_annex_begins_a_paragraph_below_a_full_line(tmp_path: Path) -> None:
    lines = [*wrap(sentence(1) * 2)[:2], "附件2", *wrap(sentence(2))]
    found = blocks(print_pages(tmp_path / "issue.pdf", lambda canvas: write(canvas, lines)))
    assert found[1] == "附件2"


def test_paragraphs_that_are_not_indented_are_told_by_their_ordinals(tmp_path: Path) -> None:
    lines = ["第一条" + sentence(1)[:23] + "。", "第二条" + sentence(2)[:23] + "。"]
    assert len({len(line) for line in lines}) == 1
    found = blocks(print_pages(tmp_path / "issue.pdf", lambda canvas: write(canvas, lines)))
    assert found == lines


def test_paragraphs_that_are_not_indented_are_told_by_their_space(tmp_path: Path) -> None:
    texts = [(sentence(n) * 2)[:57] + "）" for n in range(6)]  # two full lines each

    def draw(canvas: Canvas) -> None:
        y = 760
        for text in texts:
            lines = [text[k : k + 29] for k in range(0, len(text), 29)]
            write(canvas, lines, y=y, leading=1.5)
            y -= 24 * len(lines) + 12

    assert blocks(print_pages(tmp_path / "issue.pdf", draw)) == texts


@pytest.mark.parametrize("gap", [1.3, 1.6, 2.0])
def test_columns_may_be_close_to_each_other(tmp_path: Path, gap: float) -> None:
    texts = [sentence(n) * 2 for n in range(6)]

    def draw(canvas: Canvas) -> None:
        for k, left in enumerate((70, 70 + (18 + gap) * 12)):
            lines = [line for text in texts[3 * k : 3 * k + 3] for line in wrap(text, 18)]
            write(canvas, lines, x=left, y=760, size=12, leading=1.6)

    assert blocks(print_pages(tmp_path / "issue.pdf", draw)) == texts


def test_a_soft_hyphen_that_is_printed_is_a_hyphen() -> None:
    page = SheetPage(1, 600, 800, tuple(spread_line("（2014\xad2020年）", Area(80, 700, 200, 716))))
    assert read_sheets([page], Path("issue.pdf")).text == "（2014-2020年）\n"


# ---- recognised lines


def recognised(lines: list[str], confidence: float) -> SheetPage:
    """Give a page of lines as an engine recognises them, 16 points high and 28 apart."""
    chars: list[Char] = []
    for n, line in enumerate(lines):
        text = line.lstrip("\u3000")
        left, top = 80 + 16 * (len(line) - len(text)), 760 - 28 * n
        chars += spread_line(text, Area(left, top - 17, left + 16 * len(text), top), confidence)
    return SheetPage(1, 595, 842, tuple(chars), image="pages/0001.webp")


@pytest.mark.guarantee("read_sheets", 1)
def test_recognised_lines_are_read_as_printed_ones() -> None:
    page = recognised(text_of(1), 0.9)
    taken = read_sheets([page], Path("scan.pdf"), "engine 1.0")
    assert taken.text == f"{sentence(1)}\n\n{sentence(6)}\n"
    assert [place.confidence for _, place in taken.places] == [pytest.approx(0.9)] * 2
    assert taken.engine == "engine 1.0"
    assert taken.pages[0].image == "pages/0001.webp"


def test_places_frame_the_printed_lines(tmp_path: Path) -> None:
    path = print_pages(tmp_path / "issue.pdf", partial(write, lines=text_of(1), y=700))
    (_, first), (_, second) = convert_pdf(path).places
    assert first.box
    assert second.box
    assert first.box[0] == pytest.approx(80 / A4[0], abs=0.01)
    assert first.box[1] == pytest.approx(1 - (700 + SIZE * 0.88) / A4[1], abs=0.01)
    assert second.box[1] > first.box[3] - 0.01
