"""Each character of the source is on a page, and no page shows what the source does not say."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from lxml import etree

from generator.cli import main
from generator.model import Issue
from generator.site.html_page import HtmlPage
from generator.site.source_proof import is_of, prove, read_pages
from generator.stages.check.markup import find_markup
from generator.stages.pipeline import convert
from tests.conftest import ROOT, SMALL, ArchiveMaker, build_quietly, make_once
from tests.issues import write_archive

ISSUES = 26

pytestmark = [pytest.mark.medium, pytest.mark.long]


@pytest.fixture(scope="session")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build an archive of 26 issues of many kinds, the seed among them."""

    def make(where: Path) -> None:
        write_archive(where / "content", ROOT / "content", ISSUES)
        build_quietly(where / "content", where)

    return make_once(tmp_path_factory, "whole", make)


def issues_of(whole: Path) -> list[Issue]:
    return [convert(path.parent) for path in sorted((whole / "content").glob("*/*/issue.md"))]


def test_each_line_of_an_archive_is_on_a_page(whole: Path) -> None:
    issues = issues_of(whole)
    assert len(issues) == ISSUES
    for issue in issues:
        pages = whole / "site" / issue.name
        assert is_of(issue, pages)
        proof = prove(issue, read_pages(pages))
        assert proof.faults == ()
        assert proof.compared == proof.found + len(proof.masthead)
        assert proof.compared > 10
        # the masthead in pinyin is all that a cover leaves out
        assert all(line <= issue.masthead.lines.last for line in proof.masthead)


def test_markup_of_engines_is_no_text_that_a_page_lacks(
    make_archive: ArchiveMaker, tmp_path: Path
) -> None:
    last = "一、停车收费按 1.5 元计算。"
    table = "<table><tr><td rowspan=2>区</td><td>甲</td></tr><tr><td>乙</td></tr></table>"
    assert last in SMALL
    text = SMALL.replace(last, f"{last}\n\n<!-- Page 2 -->\n\n{table}\n\n二、奖励5\\~10万元。")
    content = make_archive({"2020-03": text})
    build_quietly(content, tmp_path)
    issue = convert(content / "moumou" / "2020-03")
    proof = prove(issue, read_pages(tmp_path / "site" / issue.name))
    assert proof.faults == ()


def test_no_page_shows_debris_that_the_source_does_not_have(whole: Path) -> None:
    said = "".join(issue.source.original for issue in issues_of(whole))
    said = "".join(said.split())
    pages = [path for path in (whole / "site").rglob("*.html") if "assets" not in path.parts]
    assert len(pages) > 5 * ISSUES
    found = [
        (path.relative_to(whole).as_posix(), debris.shown)
        for path in pages
        for text in texts_of(path.read_bytes())
        for debris in find_markup(text.strip())
        if "".join(debris.shown.split()) not in said
    ]
    assert found == []


def texts_of(page: bytes) -> list[str]:
    """List all texts of a page that a reader can see, each by itself."""
    root = etree.fromstring(page, etree.HTMLParser(encoding="utf-8"))
    seen = "//body//text()[not(ancestor::script or ancestor::style or ancestor::template)]"
    found = root.xpath(seen)
    assert isinstance(found, list)
    return [str(text) for text in found]


def test_the_test_of_debris_sees_an_attribute_list() -> None:
    page = (
        "<html><body><p>1997</p><p>{: .letters }</p><script>a && '{: .b }'</script></body></html>"
    )
    texts = texts_of(page.encode())
    assert [d.shown for text in texts for d in find_markup(text)] == ["{:"]


@pytest.fixture
def small(make_archive: ArchiveMaker, tmp_path: Path) -> tuple[Issue, dict[str, bytes]]:
    """Build a small issue; give it and its pages, which a test may damage."""
    table = "序号\t任务\t单位\n1\t改造管网\t市住建局\n2\t治理河道\t市水务局"
    text = SMALL.replace("2.地下停车场。全天收费。", f"2.地下停车场。全天收费。\n\n{table}")
    content = make_archive({"2020-03": text})
    build_quietly(content, tmp_path)
    folder = tmp_path / "site" / "moumou" / "2020-03"
    pages = {name: (folder / name).read_bytes() for name in read_pages(folder)}
    return convert(content / "moumou" / "2020-03"), pages


@pytest.mark.parametrize(
    ("page", "lost", "line"),
    [
        ("moufufa-2020-7.html", r'<p class="number"[^>]*>.*?</p>', "某府发[2020] 7 号"),
        ("moufufa-2020-7.html", r'<p class="addressees"[^>]*>.*?</p>', "各区人民政府,市级各部门:"),
        ("moufufa-2020-7.html", r"<td[^>]*>治理河道</td>", "2\t治理河道\t市水务局"),
        ("moufufa-2020-7.html", r'<p class="signature"[^>]*>.*?</p>', "某某市人民政府"),
        ("moufufa-2020-7.html", r"全天收费", "2.地下停车场。全天收费。"),
        ("moumoushirenminzhengfuling-12.html", r"（二）专用停车场。", "（二）专用停车场。"),
    ],
)
def test_what_a_page_loses_is_reported_at_its_line(
    page: str, lost: str, line: str, small: tuple[Issue, dict[str, bytes]]
) -> None:
    issue, pages = small
    assert prove(issue, {n: HtmlPage(data) for n, data in pages.items()}).faults == ()
    damaged, count = re.subn(lost, "", pages[page].decode(), count=1, flags=re.DOTALL)
    assert count == 1
    proof = prove(issue, {n: HtmlPage(d) for n, d in (pages | {page: damaged.encode()}).items()})
    lines = issue.source.original.split("\n")
    last = len(lines) - lines[::-1].index(line)  # the signature is also in the masthead
    assert [(d.code, d.lines.first) for d in proof.faults] == [("page-lacks", last)]


def test_contents_in_a_table_on_one_line_are_on_the_cover_entry_by_entry(
    make_archive: ArchiveMaker, tmp_path: Path
) -> None:
    entries = re.findall(r"^(.+?)…+（(\d)）$", SMALL, re.MULTILINE)
    assert len(entries) == 2
    cells = "".join(f"<tr><td>{title}</td><td>{page}</td></tr>" for title, page in entries)
    listed = SMALL[SMALL.index("【规章】") : SMALL.index("某某市停车管理办法\n（2019")]
    text = SMALL.replace(listed, f"<table>{cells}</table>\n\n", 1)
    content = make_archive({"2020-03": text})
    build_quietly(content, tmp_path)
    issue = convert(content / "moumou" / "2020-03")
    assert len(issue.contents) == 2
    pages = read_pages(tmp_path / "site" / issue.name)
    assert prove(issue, pages).faults == ()
    cover = (tmp_path / "site" / issue.name / "index.html").read_text("utf-8")
    lacking = HtmlPage(cover.replace("修订", "").encode())
    assert len(prove(issue, {**pages, "index.html": lacking}).faults) == 1


def test_an_entry_that_the_cover_loses_is_reported(
    small: tuple[Issue, dict[str, bytes]],
) -> None:
    entry = "某某市停车管理办法"
    issue, pages = small
    cover = pages["index.html"].decode().replace("<wbr>", "")
    cover, count = re.subn(rf'(class="entry"[^>]*>){entry}<', r"\1<", cover)
    assert count == 1
    pages["index.html"] = cover.encode()
    found = prove(issue, {n: HtmlPage(data) for n, data in pages.items()}).faults
    lines = issue.source.original.split("\n")
    assert [entry in lines[d.lines.first - 1] for d in found] == [True]


STRAY = "本期由某某印刷厂承印"  # between contents and first title, of no document


def test_a_line_between_documents_that_no_page_shows_is_reported(
    make_archive: ArchiveMaker, tmp_path: Path
) -> None:
    text = SMALL.replace("某某市停车管理办法\n（2019", f"{STRAY}\n\n某某市停车管理办法\n（2019")
    content = make_archive({"2020-03": text})
    folder = content / "moumou" / "2020-03"
    line = text.split("\n").index(STRAY) + 1
    issue = convert(folder)
    build_quietly(content, tmp_path)
    pages = read_pages(tmp_path / "site" / "moumou" / "2020-03")
    assert [d.lines.first for d in issue.diagnostics if d.code == "page-lacks"] == [line]
    assert [d.lines.first for d in prove(issue, pages).faults] == [line]
    (folder / "issue.toml").write_text(
        f'[[confirmed]]\ncode = "page-lacks"\nline = {line}\ntext = "{STRAY}"\nwhy = "印厂"\n',
        "utf-8",
    )
    issue = convert(folder)
    assert issue.diagnostics == ()
    assert prove(issue, pages).faults == ()


def test_a_picture_between_documents_is_reported(make_archive: ArchiveMaker) -> None:
    between = f"{STRAY}\n\n![](images/a.png)\n\n{STRAY}"
    text = SMALL.replace("某某市停车管理办法\n（2019", f"{between}\n\n某某市停车管理办法\n（2019")
    issue = convert(make_archive({"2020-03": text}) / "moumou" / "2020-03")
    line = text.split("\n").index("![](images/a.png)") + 1
    assert ("page-lacks", line) in {(d.code, d.lines.first) for d in issue.diagnostics}


def test_names_of_categories_and_the_word_contents_are_not_reported(whole: Path) -> None:
    found = [d for issue in issues_of(whole) for d in issue.diagnostics if d.code == "page-lacks"]
    assert found == []


def test_gazette_audit_compares_the_pages_of_the_same_text(
    make_archive: ArchiveMaker, tmp_path: Path
) -> None:
    content = make_archive({"2020-03": SMALL})
    build_quietly(content, tmp_path)
    arguments = ["audit", "--content", str(content), "--site", str(tmp_path / "site")]
    shown = CliRunner().invoke(main, arguments)
    assert shown.exit_code == 0
    assert "行在网页上" in shown.output
    page = tmp_path / "site" / "moumou" / "2020-03" / "moufufa-2020-7.html"
    page.write_text(page.read_text("utf-8").replace("全天收费", "收费"), "utf-8")
    shown = CliRunner().invoke(main, arguments)
    assert shown.exit_code == 1
    assert "page-lacks" in shown.output
    text = content / "moumou" / "2020-03" / "issue.md"
    text.write_text(SMALL.replace("全天收费", "收费"), "utf-8")
    shown = CliRunner().invoke(main, arguments)
    assert shown.exit_code == 0
    assert "没有对照" in shown.output


def test_a_line_whose_markup_has_letters_is_on_its_page(
    make_archive: ArchiveMaker, tmp_path: Path
) -> None:
    place = "2.地下停车场。全天收费。"
    table = "<table><tr><th>序号</th><th>任务</th></tr><tr><td>1</td><td>改造</td></tr></table>"
    text = SMALL.replace(place, f"{place}\n\n{table}\n\n<!-- Page 4 -->")
    content = make_archive({"2020-03": text})
    build_quietly(content, tmp_path)
    pages = read_pages(tmp_path / "site" / "moumou" / "2020-03")
    assert prove(convert(content / "moumou" / "2020-03"), pages).faults == ()
