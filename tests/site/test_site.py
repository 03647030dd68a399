"""The finished site: its files, and that its pages have the content of the model."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from markdown import Markdown, markdown

from generator.language.ordinals import parse_ordinal
from generator.model import Issue
from generator.render.markdown_extension import UnitsExtension
from generator.runtime.errors import GazetteError
from generator.site.read_back import texts_of
from generator.stages.pipeline import convert
from tests.conftest import ROOT, SEED, SMALL, ArchiveMaker, build_quietly
from tests.pages import check_links, read_page, read_tree

pytestmark = pytest.mark.medium


def seed_pages(built: Path) -> Iterator[tuple[Path, Any]]:
    issue = convert(SEED)
    for document in issue.documents:
        yield built / "site" / issue.name / f"{document.id}.html", document


def test_pages_stand_where_addresses_say(built: Path) -> None:
    site = built / "site"
    for path in (
        "index.html",
        "404.html",
        "panzhihua/index.html",
        "panzhihua/2017-01/index.html",
        "panzhihua/2017-01/chuanfufa-2016-55.html",
        "panzhihua/2017-01/panfuren-2016-23.html",
        "panzhihua/2017-01/issue.json",
        "moumou/2020-03/moumoushirenminzhengfuling-12.html",
    ):
        assert (site / path).is_file(), path
    pages = (site / "panzhihua" / "2017-01").glob("*-2016-*.html")
    assert len([page for page in pages if ".collation" not in page.name]) == 10


def test_issue_sites_carry_no_copy_of_the_theme(built: Path) -> None:
    folder = built / "site" / "panzhihua" / "2017-01"
    assert not (folder / "assets").exists()
    assert (built / "site" / "assets" / "gazette" / "gazette.css").is_file()


def test_each_page_shows_the_texts_of_the_model_in_order(built: Path) -> None:
    for page, document in seed_pages(built):
        assert read_page(page).texts == texts_of(document)


def test_every_printed_number_is_on_the_page_as_in_the_source(built: Path) -> None:
    source = (SEED / "issue.md").read_text("utf-8").split("\n")
    shown: list[str] = []
    printed: list[str] = []
    for page, document in seed_pages(built):
        numbered = (parse_ordinal(text) for text in read_page(page).texts)
        shown += [ordinal.text for ordinal in numbered if ordinal]
        for block in document.all_blocks():
            if getattr(block, "ordinal", ""):
                line = source[block.lines.first - 1].lstrip("# ")
                ordinal = parse_ordinal(line)
                assert ordinal, line
                printed.append(ordinal.text)
    wide = str.maketrans("()", "（）")
    assert len(printed) == 317
    assert [text.translate(wide) for text in shown] == [text.translate(wide) for text in printed]


def test_headings_skip_no_rank_and_there_is_one_h1(built: Path) -> None:
    for page, _ in seed_pages(built):
        ranks = [
            int(tag[1]) for tag, _, _ in read_page(page).official if re.fullmatch(r"h[1-6]", tag)
        ]
        assert ranks.count(1) == 1
        assert all(below <= above + 1 for above, below in pairwise(ranks))


def test_the_table_of_contents_lists_every_unit(built: Path) -> None:
    for page, document in seed_pages(built):
        html = page.read_text("utf-8")
        for block in document.all_blocks():
            if getattr(block, "ordinal", ""):
                assert f'href="#{block.anchor}" class="md-nav__link"' in html, block.anchor


def test_tables_have_anchors_headers_and_a_name(built: Path) -> None:
    html = (built / "site/panzhihua/2017-01/chuanfufa-2016-55.html").read_text("utf-8")
    assert html.count("<table") == 1
    assert 'id="f1-t1"' in html
    assert 'id="f1-t1-r22"' in html
    assert html.count('scope="col"') == 4
    assert 'aria-labelledby="f1"' in html


def test_previous_next_and_breadcrumb(built: Path) -> None:
    html = (built / "site/panzhihua/2017-01/chuanfufa-2016-56.html").read_text("utf-8")
    assert 'rel="prev" href="chuanfufa-2016-55.html"' in html
    assert 'rel="next" href="chuanfufa-2016-59.html"' in html
    path = html[html.index('class="md-path"') : html.index("</nav>", html.index('class="md-path"'))]
    assert re.findall(r'href="([^"]+)"', path) == [
        "../../index.html",
        "../index.html",
        "index.html",
    ]
    assert "上级文件" in path


def test_documents_that_cite_each_other_are_linked_both_ways(built: Path) -> None:
    site = built / "site" / "moumou"
    citing = (site / "2020-04" / "moufufa-2020-8.html").read_text("utf-8")
    assert 'href="../2020-03/moufufa-2020-7.html"' in citing
    cited = (site / "2020-03" / "moufufa-2020-7.html").read_text("utf-8")
    assert re.search(r'href="\.\./2020-04/moufufa-2020-8\.html#p1"', cited)
    data = json.loads((site / "2020-03" / "issue.json").read_text("utf-8"))
    notice = next(d for d in data["documents"] if d["number"] == "某府发〔2020〕7号")
    assert [place["document"] for place in notice["cited_by"]] == ["moufufa-2020-8"]


def test_there_is_no_dead_link(built: Path) -> None:
    assert check_links(built / "site") == []


def test_a_dead_link_is_found(built: Path, tmp_path: Path) -> None:
    shutil.copytree(built / "site", tmp_path / "site")
    page = tmp_path / "site" / "index.html"
    page.write_text(page.read_text("utf-8").replace("#y2017", "#y1999"), "utf-8")
    (tmp_path / "site" / "panzhihua" / "2017-01" / "panfuren-2016-23.html").unlink()
    found = {(link.target, link.reason) for link in check_links(tmp_path / "site")}
    assert ("panzhihua/index.html#y1999", "网页里没有这个位置") in found
    assert ("panzhihua/2017-01/panfuren-2016-23.html", "没有这个文件") in found


def test_issue_json_fits_its_schema(built: Path) -> None:
    schema = json.loads((ROOT / "schemas" / "issue.schema.json").read_text("utf-8"))
    validator = Draft202012Validator(schema)
    files = sorted((built / "site").rglob("issue.json"))
    assert len(files) == 3
    for path in files:
        validator.validate(json.loads(path.read_text("utf-8")))


def test_issue_json_says_what_the_model_says(built: Path, seed: Issue) -> None:
    data = json.loads((built / "site/panzhihua/2017-01/issue.json").read_text("utf-8"))
    for document, record in zip(seed.documents, data["documents"], strict=True):
        shown = texts_of(document)
        blocks = [*record["blocks"], *(b for a in record["attachments"] for b in a["blocks"])]
        said: list[str] = []
        for block in blocks:
            rows = block.get("rows")
            said += [cell for row in rows for cell in row] if rows else [block["text"]]
        assert [re.sub(r"\s+", " ", text).strip() for text in said] == shown


def test_two_builds_give_the_same_bytes_whatever_the_jobs(tmp_path: Path) -> None:
    content = tmp_path / "content"
    shutil.copytree(ROOT / "content", content)
    sites = []
    for jobs, name in ((1, "one"), (2, "two")):
        second = content / "panzhihua" / "2017-02"
        if not second.exists():
            second.mkdir()
            text = (SEED / "issue.md").read_text("utf-8").replace("第 1 期", "第 2 期")
            (second / "issue.md").write_text(text.replace("〔2016〕", "〔2015〕"), "utf-8")
        build_quietly(content, tmp_path / name, jobs)
        sites.append(tmp_path / name / "site")
    assert read_tree(sites[0]) == read_tree(sites[1])


def test_stock_mkdocs_renders_an_issue_from_its_markdown(built: Path, tmp_path: Path) -> None:
    docs = built / "build" / "docs" / "panzhihua" / "2017-01"
    environment = {
        **os.environ,
        "GAZETTE_DOCS": str(docs),
        "GAZETTE_SITE": str(tmp_path / "stock"),
        "GAZETTE_NAME": "公报",
        "NO_MKDOCS_2_WARNING": "1",
    }
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "-q", "-f", str(ROOT / "mkdocs.yml")],
        env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    page = "chuanfufa-2016-55.html"
    ours = read_page(built / "site" / "panzhihua" / "2017-01" / page).texts
    assert read_page(tmp_path / "stock" / page).texts == ours


BAD: dict[str, tuple[str | bytes, str]] = {
    "empty": ("   \n\n", "issue.md:1: 文件是空的"),
    "no contents": ("# 通知\n\n各单位：\n\n现通知如下。\n", "issue.md:1: no-documents"),
    "no documents": ("目录\n\n- 关于某事的通知 ..... 2\n\n正文。\n", "issue.md:3: no-documents"),
    "unknown encoding": (b"\xff\xfe\x81\x30abc\n\x80\x80", "既不是 UTF-8 编码，也不是 GB18030"),
    "binary": (b"PK\x03\x04\x00\x00", "issue.md:1: 不是文本，是 zip 压缩文件"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_bad_input_gives_one_line_and_the_old_site_stands(
    name: str, make_archive: ArchiveMaker, tmp_path: Path
) -> None:
    content = make_archive({"2020-03": SMALL})
    build_quietly(content, tmp_path)
    before = (tmp_path / "site" / "index.html").read_bytes()
    text, message = BAD[name]
    data = text if isinstance(text, bytes) else text.encode()
    (content / "moumou" / "2020-03" / "issue.md").write_bytes(data)
    with pytest.raises(GazetteError) as caught:
        build_quietly(content, tmp_path)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)
    assert caught.value.exit_code == 1
    assert (tmp_path / "site" / "index.html").read_bytes() == before


def test_an_issue_folder_without_text_is_named(make_archive: ArchiveMaker, tmp_path: Path) -> None:
    content = make_archive({"2020-03": SMALL})
    (content / "moumou" / "2020-04").mkdir()
    with pytest.raises(GazetteError, match=r"2020-04.issue\.md:1: 没有这个文件"):
        build_quietly(content, tmp_path)


def test_a_gazette_without_its_toml_is_named(make_archive: ArchiveMaker, tmp_path: Path) -> None:
    content = make_archive({"2020-03": SMALL})
    (content / "other" / "2020-01").mkdir(parents=True)
    with pytest.raises(GazetteError, match=r"other.gazette\.toml:1: 没有这个文件"):
        build_quietly(content, tmp_path)


def test_an_empty_archive_is_named(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    with pytest.raises(GazetteError, match="没有一种公报"):
        build_quietly(tmp_path / "content", tmp_path)


@pytest.mark.parametrize(
    ("facts", "message"),
    [
        ('title = "公报\n', "gazette.toml:1: TOML 写法有误，请改正"),
        ('place = "某市"\n', "gazette.toml:1: title 应为引号括起的文字，现在没有"),
        ('place = "某市"\ntitle = 5\n', "gazette.toml:2: title 应为引号括起的文字，现为 5"),
        ('title = "公报"\nhomepage = "a.example"\n', "gazette.toml:2: homepage 应以 https:// 开头"),
        (
            'title = "公报"\nhomepage = "https://a.example/?a"\n',
            "gazette.toml:2: homepage 不能有 ? 和 #",
        ),
    ],
)
def test_a_malformed_gazette_toml_is_named_with_its_line(
    facts: str, message: str, make_archive: ArchiveMaker, tmp_path: Path
) -> None:
    with pytest.raises(GazetteError) as caught:
        build_quietly(make_archive({"2020-03": SMALL}, facts), tmp_path)
    assert message in str(caught.value)
    assert caught.value.exit_code == 1


def test_two_issues_with_one_number_are_refused(make_archive: ArchiveMaker, tmp_path: Path) -> None:
    content = make_archive({"2020-03": SMALL, "2020-04": SMALL})
    with pytest.raises(GazetteError, match=r"2020年第3期已在 .*2020-03.*issue\.md"):
        build_quietly(content, tmp_path)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_encodings_and_line_ends_make_no_difference(
    encoding: str, ends: str, make_archive: ArchiveMaker
) -> None:
    content = make_archive({"2020-03": SMALL.replace("\n", ends).encode(encoding)})
    issue = convert(content / "moumou" / "2020-03")
    assert issue.source.encoding == encoding
    assert [str(d.number or "") for d in issue.documents] == [
        "某某市人民政府令第12号",
        "某府发〔2020〕7号",
    ]
    assert [d.date for d in issue.documents] == ["2019-05-01", "2020-03-05"]


def test_corrections_are_applied_and_must_find_their_text(make_archive: ArchiveMaker) -> None:
    content = make_archive({"2020-03": SMALL})
    folder = content / "moumou" / "2020-03"
    number = next(n for n, t in enumerate(SMALL.split("\n"), 1) if "全天收费" in t)
    entry = f'[[correction]]\nline = {number}\nfrom = "全天"\nto = "昼夜"\nwhy = "与原件核对"\n'
    (folder / "issue.toml").write_text(entry, "utf-8")
    issue = convert(folder)
    texts = [getattr(b, "text", "") for d in issue.documents for b in d.all_blocks()]
    assert any("昼夜收费" in text for text in texts)
    assert "全天收费" in (folder / "issue.md").read_text("utf-8")
    (folder / "issue.toml").write_text(entry.replace('"全天"', '"半天"'), "utf-8")
    with pytest.raises(
        GazetteError, match=r"issue\.toml:3: 更正要在 issue\.md 第\d+行找到一处 '半天'"
    ):
        convert(folder)


CORRECTION = """
[[correction]]
line = {line}
from = "全天"
to = "昼夜"
why = "与原件核对"
"""


def test_a_correction_shows_on_its_page_with_what_was_printed(
    make_archive: ArchiveMaker, tmp_path: Path
) -> None:
    content = make_archive({"2020-03": SMALL})
    line = next(n for n, t in enumerate(SMALL.split("\n"), 1) if "全天收费" in t)
    facts = content / "moumou" / "2020-03" / "issue.toml"
    facts.write_text(CORRECTION.format(line=line), "utf-8")
    build_quietly(content, tmp_path)
    folder = tmp_path / "site" / "moumou" / "2020-03"
    page = (folder / "moufufa-2020-7.html").read_text("utf-8")
    assert '<em class="corrected" title="扫描文本作“全天”">昼夜</em>收费' in page
    listed = (folder / "corrections.html").read_text("utf-8")
    assert "全天" in listed
    assert 'href="moufufa-2020-7.html#' in listed
    collation = (folder / "moufufa-2020-7.collation.html").read_text("utf-8")
    assert "<del>全天</del>" in collation
    assert "<ins>昼夜</ins>" in collation
    assert '<span title="全天 → 昼夜">勘误</span>' in collation


def test_pictures_and_the_scan_are_shown_and_linked(
    make_archive: ArchiveMaker, tmp_path: Path
) -> None:
    text = SMALL.replace("2.地下停车场。", "![图1停车场位置](images/图 1.png)\n\n2.地下停车场。")
    text = text.replace("images/图 1.png", "images/map.png")
    content = make_archive({"2020-03": text})
    folder = content / "moumou" / "2020-03"
    (folder / "images").mkdir()
    (folder / "images" / "map.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    (folder / "scan.pdf").write_bytes(b"%PDF-1.4\n")
    (folder / "issue.toml").write_text('[scan]\nfile = "scan.pdf"\nfirst = 0\n', "utf-8")
    build_quietly(content, tmp_path)
    site = tmp_path / "site" / "moumou" / "2020-03"
    page = (site / "moufufa-2020-7.html").read_text("utf-8")
    assert re.search(r'<img alt="图1停车场位置" src="images/map\.png"\s*/?>', page)
    assert (site / "images" / "map.png").is_file()
    assert 'href="scan.pdf#page=10"' in page  # printed page 9, and the cover before page 1
    assert (site / "scan.pdf").is_file()
    assert convert(folder).diagnostics == ()


def test_a_missing_picture_is_reported_and_its_caption_shown(
    make_archive: ArchiveMaker, tmp_path: Path
) -> None:
    text = SMALL.replace("2.地下停车场。", "![图1停车场位置](images/map.png)\n\n2.地下停车场。")
    content = make_archive({"2020-03": text})
    build_quietly(content, tmp_path)
    page = tmp_path / "site" / "moumou" / "2020-03" / "moufufa-2020-7.html"
    assert "图1停车场位置" in read_page(page).texts
    codes = [d.code for d in convert(content / "moumou" / "2020-03").diagnostics]
    assert codes == ["picture-missing"]


def test_a_scan_outside_the_issue_is_refused(make_archive: ArchiveMaker) -> None:
    content = make_archive({"2020-03": SMALL})
    folder = content / "moumou" / "2020-03"
    (folder / "issue.toml").write_text('[scan]\nfile = "../../x.pdf"\n', "utf-8")
    with pytest.raises(GazetteError, match=r"issue\.toml:2: .*应在这一期的文件夹里"):
        convert(folder)


def test_registers_list_agencies_and_people_by_pinyin(built: Path) -> None:
    site = built / "site"
    index = (site / "agencies" / "index.html").read_text("utf-8")
    assert index.index(">财政厅<") < index.index(">公安厅<") < index.index(">省旅游发展委<")
    assert index.index(">省级<") < index.index(">市级<") < index.index(">市财政局<")
    # the address that an agency had on the page of its letter leads to its own page
    letter = (site / "agencies" / "s.html").read_text("utf-8")
    (anchor,) = re.findall(r'<a id="(shenglvyoufazhanwei-\w+)"', letter)
    assert f'href="{anchor}.html"' in letter
    agency = (site / "agencies" / f"{anchor}.html").read_text("utf-8")
    assert 'href="../panzhihua/2017-01/chuanfufa-2016-55.html#f1-t1-r2"' in agency
    tasks = (site / "agencies" / f"{anchor}.csv").read_text("utf-8-sig")
    assert tasks.startswith("期限,期限原文,任务,角色,公文标题")
    assert "panzhihua/2017-01/chuanfufa-2016-55.html#f1-t1-r2" in tasks
    people = (site / "people" / "m.html").read_text("utf-8")
    (row,) = re.findall(r'<tr id="mouganglin-.*?</tr>', people)
    assert "攀枝花市人民政府办公室副主任</a>（试用期一年）" in row
    # the post leads to its own row, which names its holder
    ((letter, anchor),) = re.findall(r'href="../offices/(\w+)\.html#([^"]+)"', row)
    offices = (site / "offices" / f"{letter}.html").read_text("utf-8")
    (row,) = re.findall(rf'<tr id="{anchor}">.*?</tr>', offices)
    assert ">牟刚林</a>（试用期一年）" in row


def test_cited_works_have_a_place_whether_held_or_not(built: Path) -> None:
    site = built / "site"
    page = (site / "panzhihua/2017-01/chuanfufa-2016-56.html").read_text("utf-8")
    assert 'href="../../works/guofa.html#guofa-2016-13"' in page
    works = (site / "works" / "guofa.html").read_text("utf-8")
    assert 'id="guofa-2016-13"' in works
    assert "《国务院关于加强农村留守儿童关爱保护工作的意见》" in works
    assert 'href="../panzhihua/2017-01/chuanfufa-2016-56.html#p1"' in works
    held = (site / "works" / "moufufa.html").read_text("utf-8")
    assert 'href="../moumou/2020-03/moufufa-2020-7.html"' in held


def test_a_title_known_with_one_number_stands_at_the_number(built: Path) -> None:
    data = json.loads((built / "site/panzhihua/2017-01/issue.json").read_text("utf-8"))
    works = [
        (document["id"], citation["work"])
        for document in data["documents"]
        for citation in document["citations"]
        if citation["title"] and "深化医药卫生体制综合改革试点方案" in citation["title"]
    ]
    assert {work for _, work in works} == {"chuanfufa-2016-32"}
    assert {document for document, _ in works} == {"chuanfufa-2016-61", "panfufa-2016-42"}
    html = (built / "site" / "works" / "chuanfufa.html").read_text("utf-8")
    assert 'id="chuanfufa-2016-32"' in html


def test_the_quick_ways_through_markdown_give_what_markdown_gives(built: Path) -> None:
    class Slow(UnitsExtension):
        def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the name Markdown calls
            super().extendMarkdown(md)
            md.parser.blockprocessors.deregister("gazette_attributed")
            md.treeprocessors.deregister("gazette_plain")

    pages = sorted((built / "build" / "docs").rglob("*.md"))
    assert len(pages) > 20
    hostile = (
        "标题 {: #a }\n\n# 标题\\ {: .b .c }\n\n1. 甲\n{: .x }\n\n- 乙\n{: #y }\n\n"
        '12 *丙*\n{: lead="2" }\n\n> 丁 {: .z }\n\n# 戊 # {: #w }\n\n己\n{: #v }\n庚'
    )
    for text in (*(page.read_text("utf-8") for page in pages), hostile):
        quick, slow = (
            markdown(text, extensions=["tables", "attr_list", extension])
            for extension in (UnitsExtension(), Slow())
        )
        assert quick == slow
