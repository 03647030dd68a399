"""An OFD file (GB/T 33190) is read as a PDF is: text in order, tables, pages, losses."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from generator.content.documents import document_files
from generator.content.handed_in import places_of
from generator.content.intake import take_in
from generator.content.intake.ofd import convert_ofd
from generator.content.intake.taken import Taken
from generator.runtime.errors import SourceError
from generator.stages.pipeline import convert

NAMESPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'
PAGE = (210.0, 297.0)
TITLE = "某某市人民政府关于加强停车管理的通知"
BODY = (
    "各单位要提高认识，加强领导，明确责任，把各项任务落到实处，按期完成全年的工作；"
    "各区要按月报送进展，遇有重大问题及时报告，年底前由市人民政府办公室汇总通报。"
)


def text(
    words: str, x: float, y: float, size: float = 5.0, *, delta: str | None = None, more: str = ""
) -> str:
    """Write a line whose first character's baseline begins at x, y."""
    steps = " ".join([f"{size:g}"] * (len(words) - 1)) if delta is None else delta
    given = f' DeltaX="{steps}"' if steps else ""
    return (
        f'<ofd:TextObject Boundary="{x:g} {y - size:g} 200 {size * 1.4:g}" Size="{size:g}" '
        f'Font="3" {more}><ofd:TextCode X="0" Y="{size:g}"{given}>{words}</ofd:TextCode>'
        "</ofd:TextObject>"
    )


def paragraph(words: str, y: float, width: int = 28) -> str:
    """Write a paragraph in lines of ``width`` characters, the first of them indented."""
    lines = [words[: width - 2], *_pieces(words[width - 2 :], width)]
    return "".join(
        text(line, 35 + (10 if n == 0 else 0), y + n * 8) for n, line in enumerate(lines)
    )


def _pieces(words: str, width: int) -> list[str]:
    return [words[n : n + width] for n in range(0, len(words), width)]


def path(data: str, more: str = "") -> str:
    return (
        f'<ofd:PathObject Boundary="0 0 210 297" LineWidth="0.3" {more}>'
        f"<ofd:AbbreviatedData>{data}</ofd:AbbreviatedData></ofd:PathObject>"
    )


def page(*objects: str, head: str = "") -> str:
    layer = f"<ofd:Content><ofd:Layer>{''.join(objects)}</ofd:Layer></ofd:Content>"
    return f"<ofd:Page {NAMESPACE}>{head}{layer}</ofd:Page>"


def ofd(
    pages: Sequence[str],
    *,
    body: str = "",
    common: str = "",
    more: str = "",
    parts: Mapping[str, str | bytes] | None = None,
) -> bytes:
    """Write an OFD file of some pages."""
    listed = "".join(
        f'<ofd:Page ID="{n}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in range(len(pages))
    )
    box = f"0 0 {PAGE[0]:g} {PAGE[1]:g}"
    files: dict[str, str | bytes] = {
        "OFD.xml": (
            f"<ofd:OFD {NAMESPACE} Version='1.0' DocType='OFD'><ofd:DocBody>"
            f"<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>{body}</ofd:DocBody></ofd:OFD>"
        ),
        "Doc_0/Document.xml": (
            f"<ofd:Document {NAMESPACE}><ofd:CommonData><ofd:PageArea>"
            f"<ofd:PhysicalBox>{box}</ofd:PhysicalBox></ofd:PageArea>{common}</ofd:CommonData>"
            f"<ofd:Pages>{listed}</ofd:Pages>{more}</ofd:Document>"
        ),
        **{f"Doc_0/Pages/Page_{n}/Content.xml": one for n, one in enumerate(pages)},
        **(parts or {}),
    }
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return written.getvalue()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "issue.ofd"


def read(file: Path, pages: Sequence[str], **other: object) -> Taken:
    file.write_bytes(ofd(pages, **other))  # type: ignore[arg-type]
    return convert_ofd(file)


def test_paragraphs_are_joined_and_have_their_places(file: Path) -> None:
    taken = read(file, [page(text(TITLE, 30, 40, 8), paragraph(BODY, 60))])
    assert taken.text == f"# {TITLE}\n\n{BODY}\n"
    line, place = taken.places[0]
    assert (line, place.page) == (1, 1)
    assert place.box is not None
    left, top, right, bottom = place.box
    assert left == pytest.approx(30 / 210, abs=0.01)
    assert right == pytest.approx((30 + 8 * len(TITLE)) / 210, abs=0.01)
    assert top < 40 / 297 < bottom + 0.01
    assert [(one.page, round(one.width), round(one.height)) for one in taken.pages] == [
        (1, 595, 842)
    ]


def test_the_order_is_that_of_the_page_not_of_the_file(file: Path) -> None:
    taken = read(
        file, [page(text("第二条 后面的一条。", 35, 80), text("第一条 前面的一条。", 35, 60))]
    )
    assert taken.text == "第一条 前面的一条。\n\n第二条 后面的一条。\n"


@pytest.mark.parametrize(
    "line",
    [
        text("停车管理", 35, 60, delta="5 5 5"),
        text("停车管理", 35, 60, delta="g 3 5"),
        text("停车管理", 35, 60, delta="5 g 2 5.0"),
        text("停车管理", 35, 60, delta=""),  # a writer that leaves the steps out
        text("停车管理", 0, 10, 1, delta="1 1 1", more='CTM="5 0 0 5 35 50"'),
        "<ofd:PageBlock>" + text("停车管理", 35, 60) + "</ofd:PageBlock>",
        text("停", 35, 60) + text("车管理", 40, 60),
        text("停车", 35, 60).replace(
            "</ofd:TextObject>",
            '<ofd:TextCode X="10" DeltaX="5">管理</ofd:TextCode></ofd:TextObject>',
        ),
        text("\n停车管理\n", 35, 60, delta="5 5 5"),
    ],
)
def test_each_way_to_write_a_line_gives_its_words(file: Path, line: str) -> None:
    assert read(file, [page(line, paragraph(BODY, 80))]).text.startswith("停车管理\n")


def test_a_template_and_a_composite_object_are_on_the_page(file: Path) -> None:
    unit = (
        f"<ofd:Res {NAMESPACE}><ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit ID='9'>"
        f"<ofd:Content>{text('红头文件', 0, 10)}</ofd:Content>"
        "</ofd:CompositeGraphicUnit></ofd:CompositeGraphicUnits></ofd:Res>"
    )
    head = '<ofd:Template TemplateID="7" ZOrder="Background"/>'
    shown = '<ofd:CompositeObject ResourceID="9" Boundary="60 20 100 20"/>'
    taken = read(
        file,
        [page(shown, paragraph(BODY, 80), head=head)],
        common=(
            '<ofd:TemplatePage ID="7" BaseLoc="Tpls/Tpl_0.xml"/>'
            "<ofd:DocumentRes>/Doc_0/Res.xml</ofd:DocumentRes>"
        ),
        parts={
            "Doc_0/Tpls/Tpl_0.xml": page(text("某某市人民政府", 60, 50)),
            "Doc_0/Res.xml": unit,
        },
    )
    assert taken.text == f"红头文件\n\n某某市人民政府\n\n{BODY}\n"


def test_a_composite_object_that_holds_itself_ends(file: Path) -> None:
    again = '<ofd:CompositeObject ResourceID="9"/>'
    unit = (
        f"<ofd:Res {NAMESPACE}><ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit ID='9'>"
        f"<ofd:Content>{again * 5}</ofd:Content>"
        "</ofd:CompositeGraphicUnit></ofd:CompositeGraphicUnits></ofd:Res>"
    )
    taken = read(
        file,
        [page(again, paragraph(BODY, 80))],
        common="<ofd:PublicRes>Res.xml</ofd:PublicRes>",
        parts={"Doc_0/Res.xml": unit},
    )
    assert taken.text == f"{BODY}\n"


@pytest.mark.guarantee("convert_ofd", 1)
@pytest.mark.parametrize("drawn", ["lines", "filled"])
def test_a_ruled_table_has_a_line_for_each_row(file: Path, drawn: str) -> None:
    cells = [
        ("序号", "工作任务", "责任单位"),
        ("1", "改造管网", "市水务局"),
        ("2", "治理河道", "市林业局"),
    ]
    words = [
        text(cell, 42 + 40 * n, 86 + 10 * row, 4)
        for row, line in enumerate(cells)
        for n, cell in enumerate(line)
    ]
    level, upright = [80 + 10 * n for n in range(4)], [40 + 40 * n for n in range(4)]
    if drawn == "lines":
        rules = [path(f"M 40 {y} L 160 {y}") for y in level]
        rules += [path(f"M {x} 80 L {x} 110") for x in upright]
    else:
        filled = 'Stroke="false" Fill="true"'
        rules = [
            path(f"M 40 {y} L 160 {y} L 160 {y + 0.2} L 40 {y + 0.2} C", filled) for y in level
        ]
        rules += [
            path(f"M {x} 80 L {x + 0.2} 80 L {x + 0.2} 110 L {x} 110 C", filled) for x in upright
        ]
    taken = read(file, [page(paragraph(BODY, 30), *rules, *words)])
    assert taken.text.split("\n\n")[1].strip().split("\n") == ["\t".join(line) for line in cells]


def test_page_numbers_are_those_of_the_sheets_and_not_of_the_text(file: Path) -> None:
    pages = [
        page(paragraph(f"第{n}条 {BODY}", 40), text(f"— {n + 4} —", 95, 285)) for n in (1, 2, 3, 4)
    ]
    taken = read(file, pages)
    assert [one.printed for one in taken.pages] == ["5", "6", "7", "8"]
    assert "—" not in taken.text


def test_what_is_invisible_is_not_read(file: Path) -> None:
    hidden = text("隐藏的字", 35, 60, more='Visible="false"') + text(
        "透明的字", 35, 70, more='Alpha="0"'
    )
    assert read(file, [page(hidden, paragraph(BODY, 80))]).text == f"{BODY}\n"


def test_text_on_its_side_is_read_as_its_own_block(file: Path) -> None:
    turned = "竖着印的一张表格的标题和它下面一整段完整的说明文字"
    line = text(turned, 0, 0, 5, more='CTM="0 1 -1 0 180 60"')
    taken = read(file, [page(paragraph(BODY, 40), line)])
    assert turned in taken.text


@pytest.mark.guarantee("convert_ofd", 2)
def test_signatures_and_enclosed_files_are_told(file: Path) -> None:
    signed = (
        f"<ofd:Signatures {NAMESPACE}><ofd:Signature ID='1' Type='Seal' BaseLoc='S.xml'/>"
        "<ofd:Signature ID='2' Type='Sign' BaseLoc='T.xml'/></ofd:Signatures>"
    )
    enclosed = (
        f"<ofd:Attachments {NAMESPACE}><ofd:Attachment Name='任务分工表.xlsx'/></ofd:Attachments>"
    )
    taken = read(
        file,
        [page(text(TITLE, 35, 40), paragraph(BODY, 60))],
        body="<ofd:Signatures>/Doc_0/Signs/Signatures.xml</ofd:Signatures>",
        more="<ofd:Attachments>Attachs/Attachments.xml</ofd:Attachments>",
        parts={
            "Doc_0/Signs/Signatures.xml": signed,
            "Doc_0/Attachs/Attachments.xml": enclosed,
        },
    )
    assert [(loss.kind, loss.words) for loss in taken.losses] == [
        ("signed", "签名和印章 2 个，其中印章 1 个"),
        ("embedded", "任务分工表.xlsx"),
    ]
    found = {d.code: d for d in convert(_issue(file)).diagnostics}
    assert found["file-signed"].severity == "info"
    assert "任务分工表.xlsx" in found["not-taken"].message


def _issue(file: Path) -> Path:
    folder = file.parent / "mou" / "2024-03"
    folder.mkdir(parents=True)
    file.rename(folder / "issue.ofd")
    return folder


def test_a_damaged_page_is_lost_and_told(file: Path) -> None:
    whole = page(paragraph(BODY, 40))
    taken = read(file, [whole, "<ofd:Page", page(text("第三页的字。", 35, 40))])
    assert [(loss.page, loss.kind) for loss in taken.losses] == [(2, "page")]
    assert "第三页的字。" in taken.text


def test_a_page_that_is_a_picture_is_told_and_a_file_of_them_refused(file: Path) -> None:
    scan = '<ofd:ImageObject Boundary="0 0 210 297" CTM="210 0 0 297 0 0" ResourceID="5"/>'
    taken = read(file, [page(paragraph(BODY, 40)), page(scan), page(paragraph(BODY, 40))])
    assert [(loss.page, loss.kind) for loss in taken.losses] == [(2, "page")]
    with pytest.raises(SourceError, match="没有文字，可能是扫描件"):
        read(file, [page(scan), page(scan)])


@pytest.mark.parametrize("how", ["transparent", "not filled", "below the picture"])
def test_the_text_of_a_scan_that_its_maker_recognised_is_read_and_told(
    file: Path, how: str
) -> None:
    scan = '<ofd:ImageObject Boundary="0 0 210 297" CTM="210 0 0 297 0 0" ResourceID="5"/>'
    words = paragraph(BODY, 40)
    if how == "below the picture":
        objects = words + scan
    else:
        more = 'Alpha="0" ' if how == "transparent" else 'Fill="false" '
        objects = scan + words.replace("<ofd:TextObject ", f"<ofd:TextObject {more}")
    taken = read(file, [page(objects)])
    assert taken.text == f"{BODY}\n"
    assert [(loss.page, loss.kind) for loss in taken.losses] == [(1, "ocr-layer")]


def test_a_title_in_a_column_is_read_downwards(file: Path) -> None:
    steps = " ".join(["10"] * 7)
    upright = (
        '<ofd:TextObject Boundary="20 50 12 90" Size="8" Font="3" ReadDirection="90">'
        f'<ofd:TextCode X="0" Y="8" DeltaY="{steps}">某某市人民政府令</ofd:TextCode>'
        "</ofd:TextObject>"
    )
    taken = read(file, [page(upright, paragraph(BODY, 170))])
    assert "某某市人民政府令" in taken.text


def test_a_glyph_without_a_character_is_told(file: Path) -> None:
    glyphs = (
        '<ofd:CGTransform CodePosition="1" CodeCount="1" GlyphCount="1">'
        "<ofd:Glyphs>7</ofd:Glyphs></ofd:CGTransform>"
    )
    line = text("李¤同志", 35, 30).replace("</ofd:TextObject>", f"{glyphs}</ofd:TextObject>")
    taken = read(file, [page(line, paragraph(BODY, 60))])
    assert [loss.kind for loss in taken.losses] == ["codes"]
    assert "¤" not in taken.text
    assert "100¤" in read(file, [page(text("汇率100¤", 35, 30), paragraph(BODY, 60))]).text


def locked(data: bytes) -> bytes:
    """Set the flag of each part that says that it is encrypted."""
    changed = bytearray(data)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = changed.find(mark)
        while at >= 0:
            changed[at + offset] |= 1
            at = changed.find(mark, at + 4)
    return bytes(changed)


ORDINARY = ofd([page(paragraph(BODY, 40))])


@pytest.mark.guarantee("convert_ofd", 3)
@pytest.mark.parametrize(
    ("data", "said"),
    [
        (locked(ORDINARY), "加了密"),
        (ofd([page()], parts={"Doc_0/Encryptions.xml": "<x/>"}), "加了密"),
        (b"", "不是能读的 OFD"),
        (b"%PDF-1.7", "不是能读的 OFD"),
        (ORDINARY[: len(ORDINARY) // 2], "不是能读的 OFD"),
        (ofd([page()], parts={"OFD.xml": "not XML"}), "没有文字"),
        (ofd([page()], parts={"Doc_0/Document.xml": "<a"}), "Doc_0/Document.xml 读不出"),
        (ofd([]), "没有文字"),
        (ofd([page()], parts={"Doc_0/bomb.bin": b"\0" * 60_000_000}), "解压后太大"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_what_to_do(
    file: Path, data: bytes, said: str
) -> None:
    file.write_bytes(data)
    with pytest.raises(SourceError, match=said) as error:
        convert_ofd(file)
    assert str(error.value).startswith(f"{file}:1: ")
    assert "请" in str(error.value)


def test_entities_and_paths_out_of_the_file_are_not_followed(file: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.xml"
    secret.write_text(page(text("不该读到的字", 35, 60)), "utf-8")
    entity = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{secret}">]>'
    taken = read(
        file,
        [
            entity + page(text("可以读的字&e;", 35, 60, delta="5 5 5 5")),
            page(paragraph(BODY, 40), head='<ofd:Template TemplateID="7"/>'),
        ],
        common=f'<ofd:TemplatePage ID="7" BaseLoc="../../../..{secret}"/>',
    )
    assert "不该读到的字" not in taken.text
    assert BODY in taken.text


def test_numbers_that_are_none_do_no_harm(file: Path) -> None:
    strange = [
        text("字", 35, 60, more='CTM="nan inf"'),
        text("字", 1e300, 60),
        '<ofd:TextObject Size="x"><ofd:TextCode>字</ofd:TextCode></ofd:TextObject>',
        '<ofd:TextObject Boundary="" Size="5"><ofd:TextCode X="" DeltaX="g 9 g"/></ofd:TextObject>',
        path("M L 5 5 C B 1 2 Q 9e999 0"),
        '<ofd:ImageObject Boundary="1"/>',
        text("停车", 35, 260, delta="g 99999999999 5"),
    ]
    taken = read(file, [page(*strange, paragraph(BODY, 80))])
    assert BODY in taken.text


def test_an_issue_and_a_document_may_be_ofd(tmp_path: Path) -> None:
    folder = tmp_path / "mou" / "2024-03"
    (folder / "documents").mkdir(parents=True)
    (folder / "documents" / "01-通知.ofd").write_bytes(ORDINARY)
    assert [path.name for path in document_files(folder)] == ["01-通知.ofd"]
    convert(folder)
    assert (folder / "documents" / "01-通知.md").read_text("utf-8") == f"{BODY}\n"
    other = tmp_path / "mou" / "2024-04"
    other.mkdir()
    handed = tmp_path / "第4期.ofd"
    handed.write_bytes(ORDINARY)
    assert places_of([handed]) == {"issue.ofd": handed}
    (other / "issue.ofd").write_bytes(ORDINARY)
    assert take_in(other) == other / "issue.md"
    assert (other / "layout.json").is_file()
