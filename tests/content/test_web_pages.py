"""A page saved from a government site becomes the document, without the site around it."""

from __future__ import annotations

import random
import re
import shutil
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli import main
from generator.content.intake.web_frame import FRAME_LINES, is_frame_line
from generator.content.intake.web_page import DEEPEST, convert_html
from generator.model import Issue, Table
from generator.runtime.errors import SourceError
from generator.stages.pipeline import convert

PAGES = Path(__file__).parent / "web_pages"
NAMES = sorted(path.name for path in PAGES.iterdir() if path.suffix in (".html", ".htm"))
# words of the sites around the texts
OF_THE_SITE = (
    "首页", "打印", "关闭", "分享", "微信", "扫一扫", "ICP", "公网安备", "版权所有", "主办",
    "索引号", "浏览次数", "阅读次数", "点击数", "责任编辑", "上一篇", "解读", "热门", "县情概况",
    "字体", "脚本",
)  # fmt: skip
# title, number, date, signature, first and last words of the text
EXPECTED = {
    "state_council.html": (
        "示范市人民政府办公室关于印发示范市停车设施建设行动方案的通知", "示府办发〔2024〕9号",
        "2024-03-05", "示范市人民政府办公室", "《示范市停车设施建设行动方案》已经",
        "立体停车楼建设。",
    ),
    "trs_editor.html": (
        "示范县人民政府关于2024年重点项目责任分工的通知", "示县府发〔2024〕6号", "2024-04-01",
        "示范县人民政府", "为做好重点项目建设工作", "要按月报送进度。",
    ),
    "zoom.html": (
        "示范市人民政府关于加强犬只管理的通告", "示府告〔2023〕4号", "2023-06-15", "",
        "为保障公民人身安全", "有效期至2028年6月30日。",
    ),
    "plain_article.html": (
        "示范市人民政府关于调整公共交通票价的批复", "示府函〔2022〕55号", "2022-08-05",
        "示范市人民政府", "你委《关于调整", "此复。",
    ),
    "old_tables.htm": (
        "示范县人民政府关于做好2009年防汛工作的通知", "示府发〔2009〕21号", "2009-05-10", "",
        "为做好今年防汛工作，确保安全度汛", "24小时值班。",
    ),
    "definition_list.html": (
        "示范区人民政府关于公布行政许可事项清单的决定", "示区府发〔2021〕30号", "2021-11-26", "",
        "经研究，决定公布", "自公布之日起施行。",
    ),
}  # fmt: skip


def issue_of(tmp_path: Path, *names: str) -> Issue:
    folder = tmp_path / "shifan" / "2024-01"
    (folder / "documents").mkdir(parents=True)
    (folder.parent / "gazette.toml").write_text('title = "示范市人民政府公报"\n', "utf-8")
    for name in names:
        shutil.copy(PAGES / name, folder / "documents" / name)
    return convert(folder)


def page(tmp_path: Path, body: str, head: str = "", name: str = "page.html") -> Path:
    path = tmp_path / name
    path.write_text(
        f'<html><head><meta charset="utf-8">{head}</head><body>{body}</body></html>', "utf-8"
    )
    return path


HEAD = "<h1>示范市人民政府关于加强停车管理的通知</h1>"
TEXT = (
    "<p>示府发〔2024〕1号</p><p>各县区人民政府：</p>"
    "<p>为加强停车管理，规范停车秩序，现就有关事项通知如下，请认真贯彻执行。</p>"
    "<p>示范市人民政府</p><p>2024年3月5日</p>"
)


@pytest.mark.parametrize("name", NAMES)
def test_a_page_gives_title_number_date_signature_and_text(name: str, tmp_path: Path) -> None:
    issue = issue_of(tmp_path, name)
    (document,) = issue.documents
    title, number, date, signature, first, last = EXPECTED[name]
    assert document.title == title
    assert str(document.number) == number
    assert document.date == date
    assert document.signature == signature
    text = "\n".join(b.text for b in document.all_blocks() if not isinstance(b, Table))
    assert first in text
    assert last in text


@pytest.mark.parametrize("name", NAMES)
def test_nothing_of_the_site_is_in_the_text(name: str) -> None:
    text = convert_html(PAGES / name).text
    assert [word for word in OF_THE_SITE if word in text] == []


def test_a_table_keeps_its_merged_cells(tmp_path: Path) -> None:
    issue = issue_of(tmp_path, "trs_editor.html")
    (table,) = (b for d in issue.documents for b in d.all_blocks() if isinstance(b, Table))
    assert table.rows[0] == ("序号", "项目", "", "责任单位")
    assert table.rows[3][2] == "<500"
    assert {(s.row, s.column, s.row_span, s.col_span) for s in table.spans} == {
        (0, 0, 2, 1), (0, 1, 1, 2), (0, 3, 2, 1),
    }  # fmt: skip


def test_a_file_to_download_is_reported_as_long_as_its_note_stands(tmp_path: Path) -> None:
    issue = issue_of(tmp_path, "trs_editor.html")
    (found,) = [d for d in issue.diagnostics if d.code == "page-attachment"]
    assert "P020240402.docx" in found.message
    text = tmp_path / "shifan/2024-01/documents/trs_editor.md"
    lines = [line for line in text.read_text("utf-8").split("\n") if "网页附件" not in line]
    text.write_text("\n".join(lines), "utf-8")
    assert [d.code for d in convert(text.parents[1]).diagnostics if d.code[:5] == "page-"] == []


def test_what_comes_from_the_facts_of_the_page_is_said(tmp_path: Path) -> None:
    issue = issue_of(tmp_path, "zoom.html")
    (found,) = [d for d in issue.diagnostics if d.code == "page-facts"]
    assert "发文字号、成文日期" in found.message
    whole = issue_of(tmp_path / "b", "state_council.html")
    assert not [d for d in whole.diagnostics if d.code.startswith("page-")]


def test_the_date_of_publication_is_no_date_of_the_document(tmp_path: Path) -> None:
    body = f'{HEAD}<div id="zoom">{TEXT}</div>'.replace("<p>2024年3月5日</p>", "")
    text = convert_html(page(tmp_path, body, '<meta name="PubDate" content="2024-03-09">')).text
    assert "<!-- 网页正文：正文没有成文日期" in text
    assert "2024年3月9日" not in text


def test_a_number_that_differs_from_the_text_is_said(tmp_path: Path) -> None:
    facts = "<ul><li>索引号：A1</li><li>文号：示府发〔2024〕7号</li><li>有效性：有效</li></ul>"
    text = convert_html(page(tmp_path, f"{facts}{HEAD}<div>{TEXT}</div>")).text
    assert "信息栏的文号是“示府发〔2024〕7号”，正文作“示府发〔2024〕1号”" in text
    assert "\n示府发〔2024〕1号\n" in text


def test_text_outside_the_text_is_said(tmp_path: Path) -> None:
    other = (
        "<div class='x'>" + "<p>这一段在正文之外，也像公文的文字，有完整的句子。</p>" * 4 + "</div>"
    )
    body = f'{HEAD}<div class="TRS_Editor">{TEXT}</div>{other}'
    assert "<!-- 网页正文：网页上正文之外还有成段的文字" in convert_html(page(tmp_path, body)).text
    assert "<!-- 网页正文" not in convert_html(page(tmp_path, body.replace(other, ""))).text


PAGE_TITLE = "<title>示范市人民政府关于加强停车管理的通知-示范市政府网</title>"
ISSUER, TOPIC = "示范市人民政府", "关于加强停车管理的通知"
# other shapes of pages, each with a line that must be in the text and one that must not
SHAPES = {
    "annexes as links": (
        f'{HEAD}<div id="zoom">{TEXT}<p>附件：</p><p><a href="a.docx">1.分工表.docx</a></p>'
        '<p>2.<a href="b.xls">进度表.xls</a></p></div>',
        "附件：\n\n1.分工表\n\n2.进度表\n", "\n1.分工表.docx",
    ),
    "preformatted": (
        "<h3>示范市人民政府关于加强停车管理的通知</h3><pre>示府发〔2024〕1号\n各县区人民政府：\n"
        "为加强停车管理，现就有关事项通知如下。\n2024年3月5日</pre>",
        "\n各县区人民政府：\n\n为加强", "示府发〔2024〕1号各县区",
    ),
    "lines broken by br": (
        f"<article><font size=4>{ISSUER}<br>{TOPIC}</font><br><br>各县区人民政府：<br>"
        "　　为加强停车管理，<font color=red>规范</font>停车秩序，现通知如下。<br>"
        "2024年3月5日</article>",
        "# 示范市人民政府\n\n# 关于加强停车管理的通知\n", "　　为",
    ),
    "facts in paragraphs": (
        "<div><p>索 引 号：SF-1　　主题分类：城乡建设</p>"
        "<p>文　　号：示府发〔2024〕1号　公开日期：2024-03-09</p>"
        f"</div>{HEAD}<div><p>各县区人民政府：</p><p>为加强停车管理，规范停车秩序，现通知如下。</p></div>",
        "\n示府发〔2024〕1号\n", "索 引 号",
    ),
    "facts in rows of divisions": (
        "<div>" + "".join(
            f"<div><span>{label}</span><span>{value}</span></div>"
            for label, value in (("索引号", "A1"), ("发文字号", "示府发〔2024〕1号"),
                                 ("成文日期", "2024/3/5"), ("标题", TOPIC), ("发文机关", ISSUER))
        ) + "</div><div><p>各县区人民政府：</p>"
        "<p>为加强停车管理，规范停车秩序，现通知如下。</p></div>",
        "# 示范市人民政府\n\n# 关于加强停车管理的通知\n\n2024年3月5日　示府发〔2024〕1号\n", "A1",
    ),
    "a table of documents in the text": (
        f'{HEAD}<div id="zoom">{TEXT}<table><tr><td>序号</td><td>文件名称</td><td>文号</td>'
        "<td>发文机关</td><td>成文日期</td></tr>"
        "<tr><td>1</td><td>停车办法</td><td>示府发〔2020〕3号</td>"
        "<td>示范市人民政府</td><td>2020年1月2日</td></tr></table></div>",
        "<td>文号</td><td>发文机关</td><td>成文日期</td></tr>", "2020年1月2日　",
    ),
    "a table of the layout": (
        f"<table><tr><td>{HEAD}</td></tr><tr><td>{TEXT}<table><tr><td>名称</td><td>数量</td></tr>"
        "<tr><td>甲</td><td>1</td></tr></table></td></tr></table>",
        "<table><tr><td>名称</td><td>数量</td></tr>", "<td># ",
    ),
    "an explanation in a division beside": (
        f"{HEAD}<div>{TEXT}</div><div><h3>解读</h3><p>一是明确了停车收费的标准，二是规范了停车秩序。</p></div>",
        "<!-- 网页正文：网页上正文之外还有", "\n解读\n",
    ),
}  # fmt: skip


@pytest.mark.parametrize("shape", SHAPES)
def test_other_shapes_of_pages(shape: str, tmp_path: Path) -> None:
    body, wanted, unwanted = SHAPES[shape]
    text = convert_html(
        page(tmp_path, f'<div class="nav"><a href="/">首页</a></div>{body}', PAGE_TITLE)
    ).text
    assert wanted in text
    assert unwanted not in text
    assert "首页" not in text


def test_an_explanation_below_the_text_is_said(tmp_path: Path) -> None:
    body = f"{HEAD}<div>{TEXT}<p>政策解读</p><p>这份通知主要讲了三个方面的内容。</p></div>"
    assert "<!-- 网页正文：“政策解读”以下还有成段的文字" in convert_html(page(tmp_path, body)).text


@pytest.mark.parametrize(
    "body",
    [
        "<div id='app'></div><script>load('/article/1')</script>",
        "<a href='/'>首页</a><p>当前位置：首页 &gt; 文件</p>",
        f"<div style='display:none'>{TEXT}</div>",
        "",
    ],
)
def test_a_page_without_a_text_is_refused(body: str, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"认不出公文的正文|不是能读的 HTML 网页"):
        convert_html(page(tmp_path, body))


def test_official_text_that_looks_like_markup_stays(tmp_path: Path) -> None:
    text = TEXT.replace("各县区", "各县区**）R&amp;D停车场&lt;50个*2_3_4（")
    folder = tmp_path / "g" / "2024-01"
    folder.mkdir(parents=True)
    (folder.parent / "gazette.toml").write_text('title = "示范市人民政府公报"\n', "utf-8")
    page(folder, f"{HEAD}<div>{text}</div>", name="issue.html")
    issue = convert(folder)
    printed = "".join(b.text for b in issue.documents[0].all_blocks() if not isinstance(b, Table))
    assert "**）R&D停车场<50个*2_3_4（" in printed


def test_a_declared_old_encoding_is_read(tmp_path: Path) -> None:
    path = tmp_path / "page.htm"
    head = '<meta http-equiv="Content-Type" content="text/html; charset=gb2312">'
    path.write_bytes(f"<html><head>{head}</head><body>{HEAD}{TEXT}</body></html>".encode("gbk"))
    assert "规范停车秩序" in convert_html(path).text


def test_a_deeply_nested_page_is_refused(tmp_path: Path) -> None:
    body = "<div>" * (DEEPEST + 5) + TEXT + "</div>" * (DEEPEST + 5)
    with pytest.raises(SourceError, match=r"套得太深"):
        convert_html(page(tmp_path, body))
    with pytest.raises(SourceError, match=r"套得太深|不是能读的 HTML 网页"):
        convert_html(page(tmp_path, "<b>" * 100_000 + TEXT))


def test_a_damaged_page_is_read_or_refused(tmp_path: Path) -> None:
    sources = [(PAGES / name).read_bytes().decode("gb18030", "ignore") for name in NAMES]
    pieces = [piece for text in sources for piece in re.findall("<[^<>]*>|[^<>]+", text)]
    chance = random.Random(1)
    read = 0
    for _ in range(60):
        text = chance.choice(sources)
        for _ in range(chance.randint(1, 12)):
            at = chance.randrange(len(text))
            text = text[:at] + chance.choice(pieces) + text[at + chance.randint(0, 40) :]
        path = tmp_path / "page.html"
        path.write_text(text, "utf-8")
        try:
            assert convert_html(path).text.endswith("\n")
            read += 1
        except SourceError:  # any other error would end the test
            continue
    assert read > 20


def test_text_beside_the_body_is_said(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(f"<html><body>{HEAD}{TEXT}</body><p>附件1：停车分区表。</p></html>", "utf-8")
    assert "正文之外的文字没有转入：“附件1：停车分区表。”等1段 -->" in convert_html(path).text


def test_the_result_of_text_recognition_is_no_page_of_a_site(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="hOCR"):
        convert_html(page(tmp_path, f"<div class='ocr_page'>{TEXT}</div>"))


def test_a_large_page_is_read_in_linear_time(tmp_path: Path) -> None:
    def seconds(count: int) -> float:
        rows = "<tr><td>1</td><td>停车楼</td><td>县住建局</td></tr>" * count
        lines = "<p>各地要抓好落实。</p><li>来源：<a href='x'>某</a></li>" * count
        path = page(tmp_path, f"{HEAD}<div>{TEXT}<table>{rows}</table>{lines}</div>")
        begin = time.process_time()
        convert_html(path)
        return time.process_time() - begin

    seconds(100)
    assert seconds(4_000) < 8 * max(seconds(1_000), 0.05)


@pytest.mark.parametrize("line", FRAME_LINES, ids=lambda line: line.name)
def test_each_kind_of_line_of_a_site_is_known_by_its_example(line: object) -> None:
    assert line.pattern.fullmatch(line.example)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "text",
    ["一、打印机管理", "附件：任务表", "分享改革红利。", "大中小微企业", "主办会计", "来源于企业"],
)
def test_official_lines_are_none_of_the_site(text: str) -> None:
    assert not is_frame_line(text)


def test_a_page_and_its_pictures_are_taken_in_as_an_issue(tmp_path: Path) -> None:
    source = tmp_path / "in"
    (source / "trs_editor_files").mkdir(parents=True)
    shutil.copy(PAGES / "trs_editor.html", source)
    (source / "trs_editor_files" / "map.png").write_bytes(b"\x89PNG")
    (source / "trs_editor_files" / "site.js").write_text("x", "utf-8")
    shutil.copy(PAGES / "zoom.html", source)
    content = tmp_path / "content"
    done = CliRunner().invoke(
        main,
        [
            "new",
            "shifan",
            "2024-01",
            str(source),
            "--content",
            str(content),
            "--title",
            "示范市公报",
        ],
        catch_exceptions=False,
    )
    assert done.exit_code == 0, done.output
    assert "公文 2 篇" in done.output
    assert "page-attachment [提醒]" in done.output
    folder = content / "shifan" / "2024-01"
    assert (folder / "documents/trs_editor_files/map.png").is_file()
    assert not list(folder.rglob("*.js"))
    assert "picture-missing" not in {d.code for d in convert(folder).diagnostics}


def test_one_page_becomes_an_issue(tmp_path: Path) -> None:
    content = tmp_path / "content"
    path = str(PAGES / "old_tables.htm")
    done = CliRunner().invoke(
        main, ["new", "shifan", "2009-05", path, "--content", str(content), "--title", "示范县公报"]
    )
    assert done.exit_code == 0, done.output
    folder = content / "shifan" / "2009-05"
    assert (folder / "issue.htm").read_bytes() == (PAGES / "old_tables.htm").read_bytes()
    assert "防汛" in (folder / "issue.md").read_text("utf-8")
