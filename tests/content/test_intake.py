"""An editor's Word or PDF file becomes the printed text, numbers included."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from docx import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import nsdecls
from docx.oxml.parser import parse_xml
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from generator.content.intake import SOURCES, take_in, word_package
from generator.content.intake.pdf import convert_pdf
from generator.content.intake.word import convert_docx
from generator.language.numerals import parse_numeral
from generator.runtime.errors import SourceError
from generator.stages.pipeline import convert

FONT = "STSong-Light"  # readers know it by its name, so no font file is needed
pdfmetrics.registerFont(UnicodeCIDFont(FONT))

# ---- Word


def p(text: str = "", *, list_id: int | None = None, level: int = 0, style: str = "") -> str:
    """Write a paragraph; text in angle brackets is taken as XML."""
    properties = f'<w:pStyle w:val="{style}"/>' if style else ""
    if list_id is not None:
        number = f'<w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/>'
        properties += f"<w:numPr>{number}</w:numPr>"
    return f"<w:p><w:pPr>{properties}</w:pPr>{r(text)}</w:p>"


def r(text: str, properties: str = "") -> str:
    """Write a run; text in angle brackets is taken as XML."""
    if text.startswith("<"):
        return text
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def lvl(number: int, style: str, text: str, more: str = "") -> str:
    """Write a level of a list."""
    return (
        f'<w:lvl w:ilvl="{number}"><w:start w:val="1"/><w:numFmt w:val="{style}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def lists(levels: Sequence[str], *nums: str) -> str:
    """Write one kind of list and the lists of this kind; without any, list 1."""
    kind = f'<w:abstractNum w:abstractNumId="7">{"".join(levels)}</w:abstractNum>'
    return kind + "".join(
        f'<w:num w:numId="{n}"><w:abstractNumId w:val="7"/>{more}</w:num>'
        for n, more in enumerate(nums or ("",), 1)
    )


OFFICIAL = (
    lvl(0, "chineseCounting", "%1、"),
    lvl(1, "chineseCounting", "（%2）"),
    lvl(2, "decimal", "%3."),
    lvl(3, "decimal", "（%4）"),
)
RULES = (lvl(0, "chineseCountingThousand", "第%1章"), lvl(1, "chineseCountingThousand", "第%2条"))

WordMaker = Callable[..., Path]


@pytest.fixture
def word(tmp_path: Path) -> WordMaker:
    """Write a Word document: its body, the lists, styles and footnotes, all as XML."""

    def make(*body: str, numbering: str = "", styles: str = "", footnotes: str = "") -> Path:
        document = Document()
        for parent, content in (
            (document.element.body, "".join(body)),
            (document.part.numbering_part.element, numbering),
            (document.part.styles.element, styles),
        ):
            if parent is document.part.numbering_part.element:
                parent.clear()
            for n, node in enumerate(parse_xml(f"<w:x {nsdecls('w', 'm')}>{content}</w:x>")):
                parent.insert(n, node)
        if footnotes:
            blob = f"<w:footnotes {nsdecls('w')}>{footnotes}</w:footnotes>".encode()
            name = PackURI("/word/footnotes.xml")
            part = Part(name, CONTENT_TYPE.WML_FOOTNOTES, blob, document.part.package)
            document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
        path = tmp_path / "issue.docx"
        document.save(str(path))
        return path

    return make


def blocks(path: Path) -> list[str]:
    """Convert a document; give its blocks."""
    text = (convert_docx if path.suffix == ".docx" else convert_pdf)(path).text
    assert text.endswith("\n")
    return text[:-1].split("\n\n")


@pytest.mark.guarantee("convert_docx", 1)
def test_a_word_list_keeps_its_printed_numbers(word: WordMaker) -> None:
    levels = [0, 1, 1, 2, 3, 3, 2, 1, 2, 0, 1]
    body = [p("款", list_id=1, level=level) for level in levels]
    assert blocks(word(*body, numbering=lists(OFFICIAL))) == [
        "一、款",
        "（一）款",
        "（二）款",
        "1.款",
        "（1）款",
        "（2）款",
        "2.款",
        "（三）款",
        "1.款",
        "二、款",
        "（一）款",
    ]


def test_articles_go_on_over_chapters_when_the_list_says_so(word: WordMaker) -> None:
    articles = lvl(1, "chineseCountingThousand", "第%2条", '<w:lvlRestart w:val="0"/>')
    levels = (RULES[0], articles)
    body = [p("文", list_id=1, level=level) for level in (0, 1, 1, 0, 1)]
    assert blocks(word(*body, numbering=lists(levels))) == [
        "第一章 文",
        "第一条 文",
        "第二条 文",
        "第二章 文",
        "第三条 文",
    ]


@pytest.mark.parametrize(
    ("style", "printed"),
    [
        ("decimal", "9 10 11 20 21 101 110"),
        ("decimalZero", "09 10 11 20 21 101 110"),
        ("decimalFullWidth", "９ １０ １１ ２０ ２１ １０１ １１０"),
        ("chineseCounting", "九 十 十一 二十 二十一 一○一 一一○"),
        ("chineseCountingThousand", "九 十 十一 二十 二十一 一百〇一 一百一十"),
        ("japaneseCounting", "九 十 十一 二十 二十一 百一 百十"),
        ("ideographDigital", "九 一〇 一一 二〇 二一 一〇一 一一〇"),
        ("chineseLegalSimplified", "玖 壹拾 壹拾壹 贰拾 贰拾壹 壹佰零壹 壹佰壹拾"),
        ("decimalEnclosedCircle", "⑨ ⑩ ⑪ ⑳ 21 101 110"),
        ("decimalEnclosedCircleChinese", "⑨ ⑩ 11 20 21 101 110"),
        ("ideographTraditional", "壬 癸 11 20 21 101 110"),
        ("upperRoman", "IX X XI XX XXI CI CX"),
        ("lowerLetter", "i j k t u wwww fffff"),
        ("numberInDash", "- 9 - - 10 - - 11 - - 20 - - 21 - - 101 - - 110 -"),
        ("someday", "9 10 11 20 21 101 110"),
    ],
)
def test_every_format_prints_its_numerals(word: WordMaker, style: str, printed: str) -> None:
    starts = (9, 10, 11, 20, 21, 101, 110)
    override = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{}"/></w:lvlOverride>'
    numbering = lists([lvl(0, style, "%1")], *(override.format(start) for start in starts))
    body = [p(list_id=n) for n in range(1, len(starts) + 1)]
    assert " ".join(blocks(word(*body, numbering=numbering))) == printed


def test_every_article_can_be_read_back(word: WordMaker) -> None:
    body = [p("文", list_id=1, level=1)] * 999
    labels = [block.partition(" ")[0] for block in blocks(word(*body, numbering=lists(RULES)))]
    assert [parse_numeral(label[1:-1]) for label in labels] == list(range(1, 1000))


def test_a_list_counts_on_after_other_text_and_starts_anew_where_told(word: WordMaker) -> None:
    anew = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    numbering = lists(OFFICIAL, "", "", anew)
    lists_used = [1, 1, None, 2, 3, 3, 1]
    body = [p("文", list_id=each) for each in lists_used]
    printed = ["一、文", "二、文", "文", "三、文", "一、文", "二、文", "三、文"]
    assert blocks(word(*body, numbering=numbering)) == printed


def test_a_label_may_hold_the_numbers_above_it(word: WordMaker) -> None:
    levels = (
        lvl(0, "chineseCounting", "%1、"),
        lvl(1, "decimal", "%1.%2", "<w:isLgl/>"),
        lvl(2, "bullet", "—"),
        lvl(3, "decimal", "%1%3-%4", '<w:suff w:val="nothing"/>'),
    )
    body = [p("文", list_id=1, level=level) for level in (0, 0, 1, 1, 2, 3)]
    printed = ["一、文", "二、文", "2.1 文", "2.2 文", "— 文", "二-1文"]
    assert blocks(word(*body, numbering=lists(levels))) == printed


def test_a_style_may_number_its_paragraphs(word: WordMaker) -> None:
    levels = (lvl(0, "decimal", "%1."), lvl(1, "chineseCounting", "（%2）"))
    numbering = lists(
        [levels[0], levels[1].replace("<w:lvlText", '<w:pStyle w:val="K"/><w:lvlText')]
    )
    styles = (
        '<w:style w:type="paragraph" w:styleId="K"><w:name w:val="款"/><w:pPr><w:numPr>'
        '<w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Z"><w:name w:val="子款"/><w:basedOn w:val="K"/>'
        "</w:style>"
    )
    body = [
        p("甲", style="K"),
        p("乙", style="Z"),
        p("丙", style="K", list_id=0),
        p("丁", style="K"),
    ]
    printed = ["（一）甲", "（二）乙", "丙", "（三）丁"]
    assert blocks(word(*body, numbering=numbering, styles=styles)) == printed


def test_a_list_may_be_defined_by_a_style(word: WordMaker) -> None:
    numbering = (
        '<w:abstractNum w:abstractNumId="8"><w:numStyleLink w:val="L"/></w:abstractNum>'
        + lists(OFFICIAL)
        + '<w:num w:numId="2"><w:abstractNumId w:val="8"/></w:num>'
    )
    styles = (
        '<w:style w:type="numbering" w:styleId="L"><w:name w:val="L"/><w:pPr><w:numPr>'
        '<w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    body = [p("文", list_id=2), p("文", list_id=2, level=1)]
    assert blocks(word(*body, numbering=numbering, styles=styles)) == ["一、文", "（一）文"]


def test_bullets_and_symbols_stay_readable(word: WordMaker) -> None:
    numbering = lists([lvl(0, "bullet", "\uf0b7"), lvl(1, "bullet", "——")])
    box = '<w:r><w:sym w:font="Wingdings" w:char="F0A8"/></w:r>'
    lost = '<w:r><w:sym w:font="Wingdings" w:char="F035"/></w:r>'
    body = [p("文", list_id=1), p("文", list_id=1, level=1), p(box + r("是")), p(lost)]
    assert blocks(word(*body, numbering=numbering)) == ["• 文", "—— 文", "□是", "\ufffd"]


def test_a_numeral_never_runs_into_a_number(word: WordMaker) -> None:
    body = [p("5亿元", list_id=1, level=2), p("投资", list_id=1, level=2)]
    assert blocks(word(*body, numbering=lists(OFFICIAL))) == ["1. 5亿元", "2.投资"]


def test_what_is_deleted_or_hidden_is_not_counted(word: WordMaker) -> None:
    gone = '<w:del w:id="1"><w:r><w:delText>删</w:delText></w:r></w:del>'
    number = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    end = '<w:rPr><w:del w:id="2"/></w:rPr>'
    deleted = f"<w:p><w:pPr>{number}{end}</w:pPr>{gone}</w:p>"
    joined = f"<w:p><w:pPr>{number}{end}</w:pPr>{r('前半，')}{gone}</w:p>"
    hidden = deleted.replace('<w:del w:id="2"/>', "<w:vanish/>")
    body = [p("甲", list_id=1), deleted, joined, p("后半", list_id=1), hidden, p("丁", list_id=1)]
    printed = ["一、甲", "二、前半，后半", "三、丁"]
    assert blocks(word(*body, numbering=lists(OFFICIAL))) == printed


@pytest.mark.guarantee("convert_docx", 3)
def test_insertions_are_kept_and_deletions_and_hidden_text_left_out(word: WordMaker) -> None:
    body = (
        r("收费")
        + f'<w:ins w:id="1">{r("按月")}</w:ins>'
        + '<w:del w:id="2"><w:r><w:delText>按年</w:delText></w:r></w:del>'
        + f'<w:moveFrom w:id="3">{r("旧处")}</w:moveFrom><w:moveTo w:id="4">{r("计算")}</w:moveTo>'
        + r("暗", "<w:vanish/>")
        + r("。", '<w:vanish w:val="0"/>')
    )
    assert blocks(word(p(body))) == ["收费按月计算。"]


def test_raised_and_lowered_runs_keep_their_place(word: WordMaker) -> None:
    low, high = '<w:vertAlign w:val="subscript"/>', '<w:vertAlign w:val="superscript"/>'
    body = r("PM") + r("2", low) + r(".5", low) + r("，10m") + r("2", high) + r(" ", high)
    formula = (
        f"<m:oMath><m:sSub><m:e><m:r><m:t>x</m:t></m:r></m:e><m:sub>{r('<m:r><m:t>i</m:t></m:r>')}"
        "</m:sub></m:sSub><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num>"
        "<m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath>"
    )
    assert blocks(word(p(body), p(formula))) == [
        "PM<sub>2.5</sub>，10m<sup>2</sup>",
        "x<sub>i</sub>1/2",
    ]


def test_text_in_links_controls_and_fields_is_kept(word: WordMaker) -> None:
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DATE</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' + r("三月") + "<w:r><w:fldChar "
        'w:fldCharType="end"/></w:r>'
    )
    ruby = f"<w:r><w:ruby><w:rt>{r('pān')}</w:rt><w:rubyBase>{r('攀')}</w:rubyBase></w:ruby></w:r>"
    inline = (
        f"<w:hyperlink>{r('链接')}</w:hyperlink><w:smartTag>{r('标记')}</w:smartTag>{field}{ruby}"
        f"<w:sdt><w:sdtContent>{r('控件')}</w:sdtContent></w:sdt><!-- 注 -->"
    )
    block = f"<w:sdt><w:sdtContent>{p('整段')}</w:sdtContent></w:sdt>"
    assert blocks(word(p(inline), block)) == ["链接标记三月攀控件", "整段"]


def test_headers_are_left_out(word: WordMaker) -> None:
    path = word(p(r("正文")))
    document = Document(str(path))
    document.sections[0].header.paragraphs[0].text = "页眉"
    document.save(str(path))
    assert blocks(path) == ["正文"]


def test_headings_and_breaks_within_paragraphs(word: WordMaker) -> None:
    broken = r("四川省人民政府") + "<w:r><w:br/></w:r>" + r("关于旅游的意见")
    paged = r("上页") + '<w:r><w:br w:type="page"/></w:r>' + r("下页")
    styles = (
        '<w:style w:type="paragraph" w:styleId="a1"><w:name w:val="正文标题"/>'
        '<w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>'
    )
    path = word(
        p(broken, style="Heading1"),
        p("一、总则", style="a1"),
        p("　　甲" + "</w:t><w:br/><w:t>" + "乙 "),
        p(paged),
        p(),
        styles=styles,
    )
    assert blocks(path) == [
        "# 四川省人民政府  \n# 关于旅游的意见",
        "### 一、总则",
        "甲  \n乙",
        "上页",
        "下页",
    ]


def entry(title: str, page: int) -> str:
    """Write an entry of the contents as Word does."""
    stop = '<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="8296"/></w:tabs>'
    tab = "<w:r><w:tab/></w:r>"
    return f"<w:p><w:pPr>{stop}</w:pPr>{r(title)}{tab}{r(str(page))}</w:p>"


def test_an_entry_of_the_contents_keeps_its_page_apart(word: WordMaker) -> None:
    tab = "<w:r><w:tab/></w:r>"
    plain = p(r("停车管理办法") + tab + r("12"))
    body = [entry("停车管理办法", 12), plain, p(tab + r("一、") + tab + r("总则"))]
    assert blocks(word(*body)) == ["停车管理办法 ..... 12", "停车管理办法\t12", "一、 总则"]


def test_footnotes_follow_the_paragraph(word: WordMaker) -> None:
    def reference(note: int, more: str = "") -> str:
        return f'<w:r><w:footnoteReference w:id="{note}" {more}/></w:r>'

    footnotes = "".join(
        f'<w:footnote w:id="{n}">{p("<w:r><w:footnoteRef/></w:r>" + r(text))}</w:footnote>'
        for n, text in ((2, " 甲注"), (3, "乙注"), (4, "* 丙注"))
    )
    path = word(
        p(r("文") + reference(3) + r("文") + reference(2)),
        p(r("文*") + reference(4, 'w:customMarkFollows="1"')),
        footnotes=footnotes,
    )
    assert blocks(path) == ["文[1]文[2]", "[1] 乙注", "[2] 甲注", "文*", "* 丙注"]


def tc(content: str, properties: str = "") -> str:
    """Write a cell of a table."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"


def table(*rows: str) -> str:
    """Write a table."""
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"


@pytest.mark.guarantee("convert_docx", 2)
def test_a_table_keeps_its_cells_and_repeats_no_merged_one(word: WordMaker) -> None:
    start, on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    body = table(
        tc(p("序号")) + tc(p("项目"), '<w:gridSpan w:val="2"/>') + tc(p("备注"), start),
        tc(p(list_id=1, level=2))
        + tc(p("停车场") + p("改造"))
        + tc(p("GDP") + p("total"))
        + tc(p("不印"), on),
        tc(p(list_id=1, level=2))
        + tc(p(r("甲") + "<w:r><w:tab/></w:r>" + r("乙")))
        + tc(p())
        + tc(p(), on),
        "<w:trPr><w:del w:id='1'/></w:trPr>" + tc(p("删", list_id=1, level=2)) + tc(p()) * 3,
        '<w:trPr><w:gridBefore w:val="1"/></w:trPr>'
        + tc(p("甲") + table(tc(p("内")), tc(p("表")))),
        tc(p()) * 4,
    )
    path = word(p("前"), body, p("后", list_id=1, level=2), numbering=lists(OFFICIAL))
    assert blocks(path) == [
        "前",
        '<table><tr><td>序号</td><td colspan="2">项目</td><td rowspan="3">备注</td></tr>'
        "<tr><td>1.</td><td>停车场<br>改造</td><td>GDP<br>total</td></tr>"
        "<tr><td>2.</td><td>甲 乙</td><td></td></tr>"
        "<tr><td></td><td>甲<br>内<br>表</td></tr></table>",
        "3.后",
    ]


def test_a_frame_is_no_table(word: WordMaker) -> None:
    assert blocks(word(table(tc(p("标题", style="Heading1") + p("文"))))) == ["# 标题", "文"]


# ---- unreadable files


def test_a_password_or_an_old_format_is_named(tmp_path: Path) -> None:
    path = tmp_path / "issue.docx"
    path.write_bytes(bytes.fromhex("D0CF11E0A1B11AE1") + b"0" * 999)
    with pytest.raises(SourceError, match=r"issue.docx:1: 是旧的 .doc 格式，或有密码"):
        convert_docx(path)


@pytest.mark.parametrize("name", SOURCES)
@pytest.mark.parametrize("data", [b"", b"PK\3\4", b"%PDF-1.4\n", "某某市".encode()])
def test_a_damaged_file_is_named_in_one_line(
    tmp_path: Path, name: str, data: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")  # without LibreOffice
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(SourceError) as caught:
        take_in(tmp_path)
    message = str(caught.value)
    assert message.startswith(f"{path}:1: ")
    assert any(words in message for words in ("不是能读的 ", "不是完整的 ", "LibreOffice"))
    assert "\n" not in message
    assert not (tmp_path / "issue.md").exists()


@pytest.mark.parametrize("missing", ["word/document.xml", "_rels/.rels"])
def test_a_word_document_without_its_parts_is_refused(word: WordMaker, missing: str) -> None:
    path = word(p("文"))
    rewrite(path, lambda name, data: None if name == missing else data)
    with pytest.raises(SourceError, match="不是能读的 Word 文档"):
        convert_docx(path)


@pytest.mark.parametrize("data", [b"<w:document", b"<a/>", b"<?xml version='1.0'?>", b"\xff\xfe"])
def test_a_word_document_with_damaged_xml_is_refused(word: WordMaker, data: bytes) -> None:
    path = word(p("文"))
    rewrite(path, lambda name, old: data if name == "word/document.xml" else old)
    with pytest.raises(SourceError, match=r"不是能读的 Word 文档|没有文字"):
        convert_docx(path)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused_before_they_are_read(word: WordMaker, encoding: str) -> None:
    path = word(p("文"))
    bomb = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE x [<!ENTITY a "哈哈">]><x>&a;</x>'
    data = bomb.encode(encoding)
    rewrite(path, lambda name, old: data if name == "word/styles.xml" else old)
    with pytest.raises(SourceError, match=r"word/styles.xml 有文档类型声明"):
        convert_docx(path)


def test_what_unpacks_to_too_much_is_refused_before_it_is_unpacked(
    word: WordMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = word(p("文"))
    with monkeypatch.context() as patch:
        patch.setattr(word_package, "LARGEST_DOCX", 10_000)
        with pytest.raises(SourceError, match="解压后超过 0 MB"):
            convert_docx(path)
    monkeypatch.setattr(word_package, "LARGEST_PART", 10_000)
    with pytest.raises(SourceError, match=r"styles.xml 超过"):
        convert_docx(path)


def test_a_document_without_text_is_refused(word: WordMaker) -> None:
    with pytest.raises(SourceError, match="没有文字"):
        convert_docx(word(p()))


def rewrite(path: Path, change: Callable[[str, bytes], bytes | None]) -> None:
    """Change the parts of an archive; None takes one out."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, old in parts.items():
            if (data := change(name, old)) is not None:
                archive.writestr(name, data)


# ---- taking in


def test_a_source_is_taken_in_once(word: WordMaker) -> None:
    path = word(p("甲"))
    target = path.parent / "issue.md"
    assert take_in(path.parent) == target
    assert target.read_bytes() == "甲\n".encode()
    target.write_text("改过", "utf-8")
    assert take_in(path.parent) is None
    assert target.read_text("utf-8") == "改过"


def test_a_folder_without_a_source_is_left_alone(tmp_path: Path) -> None:
    assert take_in(tmp_path) is None
    assert list(tmp_path.iterdir()) == []


def test_nobody_pays_for_what_is_not_taken_in() -> None:
    code = "import sys, generator.content.intake; print({'docx', 'pypdfium2'} & {*sys.modules})"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout == "set()\n"


def test_an_issue_in_word_gives_its_documents(word: WordMaker, tmp_path: Path) -> None:
    source = word(
        p("某某市人民政府公报", style="Title"),
        p("第3期（总第15期）"),
        p("2020年"),
        p("目  录"),
        entry("某某市停车管理办法", 1),
        entry("某某市人民政府关于修订《某某市停车管理办法》的通知", 9),
        p("某某市停车管理办法", style="Heading1"),
        p("（2019年5月1日某某市人民政府令第12号公布）"),
        p("总则", list_id=1),
        p("为了加强停车管理，制定本办法。", list_id=1, level=1),
        p("本办法自2019年7月1日起施行。", list_id=1, level=1),
        p(
            r("某某市人民政府关于修订") + "<w:r><w:br/></w:r>" + r("《某某市停车管理办法》的通知"),
            style="Heading1",
        ),
        p("某府发〔2020〕7号"),
        p("各区人民政府，市级各部门："),
        p("现通知如下："),
        p("停车收费按1.5元计算。", list_id=2),
        p("某某市人民政府"),
        p("2020年3月5日"),
        numbering=lists(RULES)
        + lists(OFFICIAL).replace('"7"', '"8"').replace('w:numId="1"', 'w:numId="2"'),
    )
    folder = tmp_path / "moumou" / "2020-03"
    folder.mkdir(parents=True)
    source.rename(folder / "issue.docx")
    take_in(folder)
    rules, notice = convert(folder).documents
    assert (rules.title, rules.type) == ("某某市停车管理办法", "办法")
    assert [str(notice.number), notice.date] == ["某府发〔2020〕7号", "2020-03-05"]
    text = (folder / "issue.md").read_text("utf-8")
    for line in ("第一章 总则", "第二条 本办法自", "一、停车收费"):
        assert f"\n{line}" in text


# ---- PDF

SIZE, LEADING, LEFT, WIDTH = 16, 28, 80, 27  # points, and characters of a full line

PdfMaker = Callable[..., Path]
Draw = Callable[[Canvas], None]


@pytest.fixture
def pdf(tmp_path: Path) -> PdfMaker:
    """Write a PDF; a function draws each of its pages."""

    def make(*pages: Draw, **options: object) -> Path:
        path = tmp_path / "issue.pdf"
        canvas = Canvas(str(path), pagesize=A4, **options)  # type: ignore[arg-type]
        for draw in pages:
            canvas.setFont(FONT, SIZE)
            draw(canvas)
            canvas.showPage()
        canvas.save()
        return path

    return make


def write(
    canvas: Canvas, lines: Sequence[str], *, x: float = LEFT, y: float = 700, size: float = SIZE
) -> None:
    """Write lines one below another; a full-width blank is not written but skipped."""
    canvas.setFont(FONT, size)
    for n, line in enumerate(lines):
        text = line.lstrip("\u3000")
        canvas.drawString(x + size * (len(line) - len(text)), y - n * size * 1.75, text)


def wrap(text: str, width: int = WIDTH) -> list[str]:
    """Break a paragraph into lines, the first one indented."""
    text = "\u3000\u3000" + text
    return [text[n : n + width] for n in range(0, len(text), width)]


SENTENCE = "为加快旅游业改革发展，充分发挥旅游业在扩内需、稳增长、促就业中的重要作用，"


@pytest.mark.guarantee("read_sheets", 1)
def test_lines_of_a_pdf_become_paragraphs(pdf: PdfMaker) -> None:
    first, second = SENTENCE * 2 + "现提出如下意见。", "一、" + SENTENCE + "持续实施。"

    def page(canvas: Canvas) -> None:
        write(canvas, ["关于旅游业的意见"], x=200, y=760, size=22)
        write(canvas, ["川府发〔2016〕55号"], x=220, y=730)
        write(canvas, ["各市（州）人民政府：", *wrap(first), *wrap(second)])

    assert blocks(pdf(page)) == [
        "## 关于旅游业的意见",
        "川府发〔2016〕55号",
        "各市（州）人民政府：",
        first,
        second,
    ]


@pytest.mark.guarantee("read_sheets", 1)
@pytest.mark.guarantee("read_sheets", 3)
def test_paragraphs_go_on_over_pages_without_their_heads_and_numbers(pdf: PdfMaker) -> None:
    text = SENTENCE * 12 + "持续实施。"
    lines = wrap(text)
    count = -(-len(lines) // 4)

    def page(number: int) -> Draw:
        def draw(canvas: Canvas) -> None:
            write(canvas, ["某某市人民政府公报　2020年第3期"], x=180, y=790, size=9)
            write(canvas, lines[4 * number : 4 * number + 4])
            write(canvas, [f"— {number + 1} —"], x=290, y=60, size=12)

        return draw

    assert blocks(pdf(*map(page, range(count)))) == [text]


@pytest.mark.guarantee("read_sheets", 1)
def test_columns_are_read_one_after_the_other(pdf: PdfMaker) -> None:
    texts = [SENTENCE * 3 + "甲。", SENTENCE * 2 + "乙。", SENTENCE * 4 + "丙。"]
    lines = [line for text in texts for line in wrap(text, 16)]
    half = -(-len(lines) // 2)

    def page(canvas: Canvas) -> None:
        write(canvas, ["关于旅游业的意见和实施方案的通知"], x=160, y=760, size=18)
        write(canvas, lines[:half], x=70, size=13)
        write(canvas, lines[half:], x=310, size=13)

    assert blocks(pdf(page)) == ["## 关于旅游业的意见和实施方案的通知", *texts]


@pytest.mark.guarantee("read_sheets", 2)
def test_a_ruled_table_keeps_its_cells(pdf: PdfMaker) -> None:
    def page(canvas: Canvas) -> None:
        write(canvas, ["前文"], y=760)
        xs, ys = [80, 140, 300, 480], [700, 670, 610, 580]
        canvas.grid(xs, ys)
        canvas.setStrokeColorRGB(1, 1, 1)
        write(canvas, ["序号"], x=85, y=680)
        write(canvas, ["项目名称"], x=145, y=680)
        write(canvas, ["责任单位"], x=305, y=680)
        write(canvas, ["1"], x=100, y=640)
        write(canvas, ["建设停车场和加", "油站"], x=145, y=650)
        write(canvas, ["2"], x=100, y=590)
        write(canvas, ["市城管局"], x=305, y=590)
        write(canvas, ["后文"], y=540)

    rows = "序号\t项目名称\t责任单位\n1\t建设停车场和加油站\t\n2\t\t市城管局"
    assert blocks(pdf(page)) == ["前文", rows, "后文"]


def test_a_merged_cell_of_a_ruled_table_is_not_repeated(pdf: PdfMaker) -> None:
    def page(canvas: Canvas) -> None:
        for y in (700, 670, 640, 610):
            canvas.line(80 if y != 670 else 200, y, 400, y)  # the first cell spans two rows
        for x in (80, 200, 300, 400):
            canvas.line(x, 700, x, 640 if x == 300 else 610)  # the last row has a wide cell
        for x, y, text in (
            (85, 665, "旅游"), (205, 680, "甲"), (305, 680, "乙"), (205, 650, "丙"),
            (305, 650, "丁"), (85, 620, "合计"), (240, 620, "总共三十六"),
        ):  # fmt: skip
            write(canvas, [text], x=x, y=y)

    assert blocks(pdf(page)) == ["旅游\t甲\t乙\n\t丙\t丁\n合计\t总共三十六\t"]


def test_entries_of_the_contents_stay_apart(pdf: PdfMaker) -> None:
    entries = [f"关于第{n}件事情的意见" + "." * 60 + f" {n + 1}" for n in range(3)]
    plain = ["关于贯彻落实社会信用体系建设的意见"] * 2

    def page(canvas: Canvas) -> None:
        write(canvas, entries, size=12)
        for n, line in enumerate(plain):
            write(canvas, [line], y=500 - 20 * n, size=12)
            write(canvas, [str(n)], x=440, y=500 - 20 * n, size=12)

    assert blocks(pdf(page)) == entries + [f"{line}\t{n}" for n, line in enumerate(plain)]


def test_a_title_above_other_lines_stays_by_itself(pdf: PdfMaker) -> None:
    lines = ["附表1", "重点任务分工及进度安排一览表", "填报单位："]

    def page(canvas: Canvas) -> None:
        for n, (x, line) in enumerate(zip((LEFT, 200, LEFT), lines, strict=True)):
            write(canvas, [line], x=x, y=700 - n * 30)

    assert blocks(pdf(page)) == lines


def test_latin_words_and_lifted_signs_of_a_pdf(pdf: PdfMaker) -> None:
    def page(canvas: Canvas) -> None:
        x = float(LEFT)
        for text, size, rise in (
            ("约10m", SIZE, 0),
            ("2", 9, 6),
            ("，GDP per capita年均", SIZE, 0),
        ):
            canvas.setFont(FONT, size)
            canvas.drawString(x, 700 + rise, text)
            x += pdfmetrics.stringWidth(text, FONT, size)

    assert blocks(pdf(page)) == ["约10m<sup>2</sup>，GDP per capita年均"]


def test_a_turned_page_is_read_upright_and_a_watermark_not_at_all(pdf: PdfMaker) -> None:
    def page(canvas: Canvas) -> None:
        canvas.setPageRotation(90)
        canvas.translate(300, 300)
        canvas.rotate(90)
        write(canvas, ["甲乙", "丙丁戊己庚辛"], x=0, y=0)
        canvas.rotate(45)
        write(canvas, ["内部资料"], x=0, y=0, size=40)

    assert blocks(pdf(page)) == ["甲乙", "丙丁戊己庚辛"]


def test_without_the_extra_a_scan_is_refused_in_a_line_that_names_it(
    pdf: PdfMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.content.intake.scans.NEEDED", ("not_installed",))

    def page(canvas: Canvas) -> None:
        canvas.rect(100, 100, 300, 500, fill=1)

    with pytest.raises(
        SourceError, match=r"issue.pdf:1: 没有文字层，是扫描件.*gazette-generator\[ocr\]"
    ):
        convert_pdf(pdf(page))


def test_a_pdf_under_a_password_is_named(pdf: PdfMaker) -> None:
    path = pdf(lambda canvas: write(canvas, ["文"]), encrypt="secret")
    with pytest.raises(SourceError, match=r"issue.pdf:1: 有密码"):
        convert_pdf(path)
