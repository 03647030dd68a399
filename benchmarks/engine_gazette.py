"""A gazette to run engines on: ten documents of our own, as plain text, as Word and as HTML.

The plain text is the one that an editor would type; its reading is what the readings of an engine's
outputs are compared with (same_reading.py).
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

TITLE = "示范市人民政府公报"
MASTHEAD = (
    TITLE,
    "第 3 期（总第 87 期）",
    "2024",
    "主管：示范市人民政府",
    "编辑出版：示范市人民政府办公室",
    "地址：示范市和平路1号",
    "邮编：000000",
    "电话：0000-1234567",
)


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph; ``kind`` is title, heading, centred, right or "" for a plain one."""

    text: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table."""

    text: str
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with merged cells; ``head`` rows are its header."""

    rows: tuple[tuple[Cell, ...], ...]
    head: int = 1

    @property
    def width(self) -> int:
        """The count of its columns."""
        return sum(cell.columns for cell in self.rows[0])

    def placed(self) -> Iterator[tuple[int, int, Cell]]:
        """Give each cell with its row and its first column."""
        taken: set[tuple[int, int]] = set()
        for y, row in enumerate(self.rows):
            x = 0
            for cell in row:
                while (y, x) in taken:
                    x += 1
                yield y, x, cell
                covered = [(y + j, x + i) for j in range(cell.rows) for i in range(cell.columns)]
                taken.update(covered)
                x += cell.columns


Piece: TypeAlias = Line | Grid


@dataclass(frozen=True, slots=True)
class Text:
    """A document with the category and the page of its entry in the contents."""

    category: str
    page: int
    title: tuple[str, ...]  # by its lines
    pieces: tuple[Piece, ...]


def _cell(text: str) -> Cell:
    """Read ``任务^2>3``: a cell over two rows and three columns."""
    text, _, columns = text.partition(">")
    text, _, rows = text.partition("^")
    return Cell(text, int(rows or 1), int(columns or 1))


def _grid(*rows: str, head: int = 1) -> Grid:
    return Grid(tuple(tuple(_cell(cell) for cell in row.split("|")) for row in rows), head)


def _close(issuer: str, day: str) -> tuple[Line, Line]:
    return Line(issuer, "right"), Line(day, "right")


CITY, OFFICE = "示范市人民政府", "示范市人民政府办公室"
TO = "各县（区）人民政府，市政府各部门："
TEXTS: tuple[Text, ...] = (
    Text(
        "市政府文件", 2, (CITY, "关于加快公共停车设施建设的意见"),
        (
            Line("示府发〔2024〕11号", "centred"),
            Line(TO),
            Line("为缓解停车难问题，根据《城市停车设施建设导则》（建城〔2015〕129号）精神，现就加快公共停车设施建设提出如下意见。"),
            Line("一、总体要求", "heading"),
            Line("（一）指导思想。坚持规划引领、建管并重，逐步形成布局合理、收费有序的停车供给体系。"),
            Line("（二）主要目标。到2026年，新增公共停车泊位5000个，中心城区泊位周转率提高20%。"),
            Line("二、重点任务", "heading"),
            Line("（一）编制专项规划。市自然资源局牵头编制停车设施专项规划，年度计划见下表。"),
            _grid("年度^2|新增泊位（个）>2|责任单位^2", "立体停车楼|路侧",
                  "2024|600|900|市住房城乡建设局^2", "2025|800|1100",
                  "2026|700|900|市城管局", head=2),
            Line("（二）完善配建标准。"),
            Line("1. 新建住宅每户配建泊位不少于1个。"),
            Line("2. 新建医院每百平方米配建泊位不少于1.5个。"),
            Line("三、保障措施", "heading"),
            Line("各县（区）人民政府要落实属地责任，每季度末5日前报送进展情况。"),
            *_close(CITY, "2024年3月6日"),
        ),
    ),
    Text(
        "市政府文件", 5, (CITY, "关于公布行政规范性文件清理结果的决定"),
        (
            Line("示府发〔2024〕12号", "centred"),
            Line(TO),
            Line("经市政府第31次常务会议研究，决定对下列行政规范性文件予以废止或者修改。"),
            Line("一、废止《示范市犬类管理规定》（示府发〔2006〕18号）等2件文件。"),
            Line("二、修改《示范市建筑垃圾管理办法》。"),
            Line("本决定自公布之日起施行。"),
            Line("附件：1.决定废止的文件目录"),
            Line("2.决定修改的文件目录"),
            *_close(CITY, "2024年3月8日"),
            Line("附件1"),
            Line("决定废止的文件目录", "centred"),
            _grid("序号|文件名称|文号", "1|示范市犬类管理规定|示府发〔2006〕18号",
                  "2|示范市公共浴室管理办法|示府发〔1998〕7号"),
            Line("附件2"),
            Line("决定修改的文件目录", "centred"),
            _grid("序号|文件名称|修改内容>2",
                  "1|示范市建筑垃圾管理办法|第八条|“市建设局”改为“市城管局”"),
        ),
    ),
    Text(
        "市政府文件", 8, (CITY, "关于2023年度质量工作先进单位的通报"),
        (
            Line("示府发〔2024〕13号", "centred"),
            Line(TO),
            Line("2023年，全市质量工作成效明显。市政府决定对示范县人民政府等3个单位予以通报表扬。"),
            Line("希望受到表扬的单位珍惜荣誉，再接再厉。"),
            *_close(CITY, "2024年3月11日"),
        ),
    ),
    Text(
        "市政府办公室文件", 9, (OFFICE, "关于印发示范市城市内涝治理实施方案的通知"),
        (
            Line("示府办发〔2024〕20号", "centred"),
            Line(TO),
            Line("《示范市城市内涝治理实施方案》已经市政府同意，现印发给你们，请认真组织实施。"),
            *_close(OFFICE, "2024年3月12日"),
            Line("示范市城市内涝治理实施方案", "centred"),
            Line("为系统治理城市内涝，结合我市实际，制定本方案。"),
            Line("一、工作目标", "heading"),
            Line("到2025年，基本消除严重易涝积水点，重要路段积水深度不超过15厘米。"),
            Line("二、主要任务", "heading"),
            Line("（一）改造排水管网", "heading"),
            Line("1. 新建雨水管网12公里，改造老旧管网30公里。（市水务局牵头，市财政局配合）"),
            Line("2. 清淤疏浚暗渠8公里。（责任单位：市城管局）"),
            Line("（二）建设调蓄设施", "heading"),
            Line("在城北公园建设容积为3000m³的调蓄池，投资不超过2500万元。"),
            Line("三、组织实施", "heading"),
            Line("任务分工见下表。"),
            _grid("任务|责任单位|完成时限|备注", "管网改造^2|市水务局|2024年12月|新建部分",
                  "市城管局|2025年6月|清淤部分", "合计投资>2|2.35亿元>2"),
        ),
    ),
    Text(
        "市政府办公室文件", 13, (OFFICE, "关于做好2024年防汛抗旱工作的通知"),
        (
            Line("示府办发〔2024〕21号", "centred"),
            Line(TO),
            Line("为切实做好今年防汛抗旱工作，现将有关事项通知如下："),
            Line("一、压实工作责任。严格落实行政首长负责制，确保责任到岗、到人。"),
            Line("二、排查风险隐患。4月15日前完成水库、河堤和山洪沟的全面排查。"),
            Line("三、强化应急值守。汛期实行24小时值班和领导带班制度。"),
            *_close(OFFICE, "2024年3月15日"),
        ),
    ),
    Text(
        "市政府办公室文件", 14,
        (OFFICE, "关于转发市文化广电旅游局示范市夜间文旅消费工作要点的通知"),
        (
            Line("示府办发〔2024〕22号", "centred"),
            Line(TO),
            Line("市文化广电旅游局《示范市夜间文旅消费工作要点》已经市政府同意，现转发给你们，请遵照执行。"),
            *_close(OFFICE, "2024年3月18日"),
            Line("示范市夜间文旅消费工作要点", "centred"),
            Line("一、打造特色街区", "heading"),
            Line("建设夜间消费街区3条，延长营业时间至24时。"),
            Line("二、丰富产品供给", "heading"),
            Line("鼓励博物馆、图书馆在周五、周六开放至21时，免费开放时间不少于3小时。"),
        ),
    ),
    Text(
        "市政府办公室文件", 16, (OFFICE, "关于成立第四次经济普查领导小组的通知"),
        (
            Line("示府办函〔2024〕30号", "centred"),
            Line(TO),
            Line("为加强对经济普查工作的组织领导，市政府决定成立领导小组。现将组成人员名单通知如下："),
            _grid("职务|姓名|单位|电话", "组长|周明|市政府^2|1234001", "副组长|吴建国|1234002",
                  "成员^2|郑文|市统计局|1234003", "王立新|市财政局|1234004"),
            Line("领导小组办公室设在市统计局。"),
            *_close(OFFICE, "2024年3月20日"),
        ),
    ),
    Text(
        "部门文件", 18, ("示范市住房和城乡建设局", "关于规范商品房预售资金监管的通知"),
        (
            Line("示建发〔2024〕8号", "centred"),
            Line("各房地产开发企业："),
            Line("为规范商品房预售资金监管，依据《城市商品房预售管理办法》，现通知如下。"),
            Line("一、监管资金应当全部直接存入专用账户，重点监管额度不低于工程造价的110%。"),
            Line("二、按照下列节点申请使用："),
            _grid("节点|累计比例（%）", "主体结构封顶|≤50", "竣工验收|≤80", "不动产首次登记|100"),
            Line("三、本通知自2024年5月1日起施行，有效期5年。"),
            *_close("示范市住房和城乡建设局", "2024年3月22日"),
        ),
    ),
    Text(
        "部门文件", 20, ("示范市人力资源和社会保障局 示范市财政局", "关于调整最低工资标准的通知"),
        (
            Line("示人社发〔2024〕15号", "centred"),
            Line("各县（区）人力资源和社会保障局、财政局："),
            Line("经市政府同意，从2024年4月1日起调整最低工资标准，月最低工资标准为1970元，非全日制用工小时最低工资标准为20.5元。"),
            Line("各地要加强监督检查，确保标准落实到位。"),
            Line("示范市人力资源和社会保障局", "right"),
            Line("示范市财政局", "right"),
            Line("2024年3月25日", "right"),
        ),
    ),
    Text(
        "人事任免", 21, (CITY, "关于陈志远等同志职务任免的通知"),
        (
            Line("示府人〔2024〕3号", "centred"),
            Line(TO),
            Line("市政府决定："),
            Line("任命陈志远为示范市水务局局长；"),
            Line("免去孙海涛的示范市水务局局长职务。"),
            *_close(CITY, "2024年3月27日"),
        ),
    ),
)  # fmt: skip


def contents() -> Iterator[Line]:
    """Give the lines of the printed contents, with the categories as headings."""
    category = ""
    for text in TEXTS:
        if text.category != category:
            category = text.category
            yield Line(category, "heading")
        yield Line(f"{''.join(text.title)} ..... {text.page}", "entry")


def pieces() -> Iterator[Piece]:
    """Give all pieces of the gazette in their order."""
    yield from (Line(text, "centred") for text in MASTHEAD)
    yield Line("目录", "centred")
    yield from contents()
    for text in TEXTS:
        yield from (Line(line, "title") for line in text.title)
        yield from text.pieces


def _html_table(grid: Grid) -> Iterator[str]:
    for n, row in enumerate(grid.rows):
        tag = "th" if n < grid.head else "td"
        yield "<thead><tr>" if n == 0 else "<tr>"
        for cell in row:
            spans = f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
            spans += f' colspan="{cell.columns}"' if cell.columns > 1 else ""
            yield f"<{tag}{spans}>{html.escape(cell.text, quote=False)}</{tag}>"
        yield "</tr></thead>" if n == grid.head - 1 else "</tr>"


def plain_text() -> str:
    """Give the gazette as an editor types it, with tables as HTML in one line."""
    lines = []
    for piece in pieces():
        if isinstance(piece, Grid):
            lines.append(f"<table>{''.join(_html_table(piece))}</table>")
        elif piece.kind == "entry":
            lines.append(f"- {piece.text}")
        else:
            lines.append(f"# {piece.text}" if piece.kind == "title" else piece.text)
    return "\n\n".join(lines) + "\n"


def html_text() -> str:
    """Give the gazette as a page without any site around it."""
    shapes = {"title": "h1", "heading": "h2"}
    lines = []
    for piece in pieces():
        if isinstance(piece, Grid):
            lines.append(f"<table>{''.join(_html_table(piece))}</table>")
        else:
            tag = shapes.get(piece.kind, "p")
            lines.append(f"<{tag}>{html.escape(piece.text, quote=False)}</{tag}>")
    body = "\n".join(lines)
    return (
        f'<!DOCTYPE html>\n<html><head><meta charset="utf-8"><title>{TITLE}</title></head>'
        f"<body>\n{body}\n</body></html>\n"
    )


def write_word(path: Path) -> None:
    """Write the gazette as a Word document: titles and headings by style, tables with spans."""
    from docx import Document
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    document = Document()
    shapes = {"title": "Heading 1", "heading": "Heading 2"}
    sides = {"centred": WD_ALIGN_PARAGRAPH.CENTER, "right": WD_ALIGN_PARAGRAPH.RIGHT}
    for piece in pieces():
        if isinstance(piece, Grid):
            table = document.add_table(len(piece.rows), piece.width, "Table Grid")
            for y, x, cell in piece.placed():
                first = table.cell(y, x)
                if cell.rows > 1 or cell.columns > 1:
                    first = first.merge(table.cell(y + cell.rows - 1, x + cell.columns - 1))
                first.text = cell.text
            continue
        paragraph = document.add_paragraph(piece.text, shapes.get(piece.kind))
        if side := sides.get(piece.kind):
            paragraph.alignment = side
    document.save(str(path))


def write_all(folder: Path, names: Iterable[str] = ("word", "html")) -> Sequence[Path]:
    """Write the gazette in the formats that engines read; give the files."""
    made = []
    for name in names:
        if name == "word":
            write_word(folder / "gazette.docx")
            made.append(folder / "gazette.docx")
        else:
            path = folder / "gazette.html"
            path.write_text(html_text(), "utf-8")
            made.append(path)
    return made
