"""The report of ``gazette report`` on two sites: each fact is in its JSON and in its Markdown."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from generator.archive.issues import issue_folders, resolve_archive
from generator.cli import main
from generator.content import find_gazettes
from generator.delivery.report import LIMIT, MARK, Report, compare_sites, write_markdown
from generator.delivery.report.markdown import PLAIN
from generator.delivery.report.values import (
    ChangedDocument,
    Citations,
    Documents,
    FieldChange,
    Finding,
    Findings,
    Issues,
    Lead,
    ReportedCitation,
    ReportedDocument,
    ReportedIssue,
)
from generator.formats.issue_json import issue_data
from generator.runtime.data import dump
from generator.runtime.errors import SourceError
from generator.stages.pipeline import convert
from tests.documents import CITING, CITING_ISSUES, NOTICE, RULES, issue_text, letter, write_issue

ONE = {"2020-01": issue_text(1, RULES, NOTICE)}
TWO = {**ONE, "2021-02": issue_text(2, CITING, year=2021)}
RULES_URL = "moumou/2020-01/moufufa-2019-12.html"
NOTICE_URL = "moumou/2020-01/moufufa-2020-3.html"
LETTER_URL = "moumou/2021-02/moufufa-2021-9.html"


def site(where: Path, issues: Mapping[str, str]) -> Path:
    """Write the issue.json files of an archive; give the site's folder."""
    content = where / "content"
    for name, text in issues.items():
        (content / "moumou" / name).mkdir(parents=True)
        (content / "moumou" / name / "issue.md").write_text(text, "utf-8")
    (content / "moumou" / "gazette.toml").write_text('title = "某某市人民政府公报"\n', "utf-8")
    converted = {f: convert(f) for f in issue_folders(content, find_gazettes(content))}
    links = resolve_archive(content, converted)
    for issue in converted.values():
        folder = where / "site" / issue.name
        folder.mkdir(parents=True)
        (folder / "issue.json").write_text(dump(issue_data(issue, links)), "utf-8")
    return where / "site"


def report(tmp_path: Path, old: Mapping[str, str], new: Mapping[str, str]) -> Report:
    return compare_sites(site(tmp_path / "old", old), site(tmp_path / "new", new))


def empty(*, first: bool = False) -> Report:
    return Report(first, Issues(), Documents(), Citations(), Findings())


def run(*arguments: str | Path) -> Result:
    words = ["report", *map(str, arguments)]
    return CliRunner().invoke(main, words, catch_exceptions=False)


def test_an_issue_more_brings_its_documents_and_their_citations(tmp_path: Path) -> None:
    found = report(tmp_path, ONE, TWO)
    added = ReportedIssue("moumou/2021-02", "某某市人民政府公报2021年第2期", 1)
    assert found.issues == Issues(added=(added,), other=1)
    document = ReportedDocument(
        LETTER_URL, "某某市人民政府关于进一步做好有关工作的函", "某府发〔2021〕9号", "2021-06-01"
    )
    assert found.documents == Documents(added=(document,))
    gained = found.citations.gained
    assert found.citations == Citations(gained=gained)
    assert (
        ReportedCitation(
            "《某某市停车管理办法》（某府发〔2019〕12号）",
            f"{LETTER_URL}#t1-r1",
            None,
            Lead("held", RULES_URL, "mentions"),
        )
        in gained
    )
    assert gained[-1].after == Lead("not-held", "moumoushilvhuatiaoli-a0b8f0", "mentions")
    text = write_markdown(found)
    for words in (
        "- `moumou/2021-02` 某某市人民政府公报2021年第2期，1 篇公文\n",
        f"有关工作的函（某府发〔2021〕9号，2021-06-01） `{LETTER_URL}`\n",
        f"在 `{LETTER_URL}#t1-r1`，指向 `{RULES_URL}`（提及）\n",
        "指向 本站未收录 `moufufa-1999-1`（依据）\n",
        "另有 1 期正文未变",
    ):
        assert words in text


def test_an_issue_less_takes_them_away(tmp_path: Path) -> None:
    found = report(tmp_path, TWO, ONE)
    assert [issue.name for issue in found.issues.removed] == ["moumou/2021-02"]
    assert [document.url for document in found.documents.removed] == [LETTER_URL]
    assert {c.after for c in found.citations.lost} == {None}
    assert not found.citations.gained
    text = write_markdown(found)
    assert "### 删去的期（1）" in text
    assert "### 失去的引文（6）" in text


def test_citations_become_held_when_their_document_comes(tmp_path: Path) -> None:
    citing = {"2021-02": TWO["2021-02"]}
    found = report(tmp_path, citing, TWO)
    held = found.citations.held
    assert [c.text for c in held] == [
        "《某某市医养结合工作方案》",
        "《某某市供水条例》（某府发〔2020〕3号）",
        "《某某市停车管理办法》（某府发〔2019〕12号）",
    ]
    assert held[2].before
    assert held[2].before.state == "not-held"
    assert held[2].after == Lead("held", RULES_URL, "mentions")
    assert "### 改为本站收录的引文（3）" in write_markdown(found)
    back = report(tmp_path / "back", TWO, citing)
    assert [(c.before, c.after) for c in back.citations.released] == [
        (c.after, c.before) for c in held
    ]


def test_a_renamed_issue_keeps_its_documents_and_what_leads_to_them(tmp_path: Path) -> None:
    moved = {"2020-02": TWO["2020-01"], "2021-02": TWO["2021-02"]}
    found = report(tmp_path, TWO, moved)
    title = "某某市人民政府公报2020年第1期"
    assert found.issues.renamed == (ReportedIssue("moumou/2020-02", title, 2, "moumou/2020-01"),)
    assert found.issues == Issues(renamed=found.issues.renamed, other=found.issues.other)
    assert found.documents == Documents()
    assert found.citations == Citations()
    assert "`moumou/2020-01` 改为 `moumou/2020-02`" in write_markdown(found)


def test_a_changed_text_is_counted_in_paragraphs(tmp_path: Path) -> None:
    changed = (
        RULES.replace("加强停车管理", "规范停车管理")
        .replace("2019年5月1日", "2019年5月2日")
        .replace("\n停车场由街道办事处管理。\n", "")
        .replace("（二）专用停车场。", "（二）专用停车场；\n（三）临时停车场；\n（四）其他停车场。")
    )
    found = report(tmp_path, ONE, {"2020-01": issue_text(1, changed, NOTICE)})
    document = ReportedDocument(RULES_URL, "某某市停车管理办法", "某府发〔2019〕12号", "2019-05-02")
    date = FieldChange("date", "2019-05-01", "2019-05-02")
    # 第一条, （二）, the one without number and the date are altered, of two that are new one more
    assert found.documents.changed == (ChangedDocument(document, (date,), altered=4, added=1),)
    assert [issue.name for issue in found.issues.changed] == ["moumou/2020-01"]
    assert "：日期 2019-05-01 改为 2019-05-02；改动 4 段；增加 1 段\n" in write_markdown(found)


def test_paragraphs_in_another_order_are_no_others(tmp_path: Path) -> None:
    turned = RULES.replace("（一）公共停车场；\n（二）专用停车场。", "甲。\n\n乙。")
    old = {"2020-01": issue_text(1, turned)}
    new = {"2020-01": issue_text(1, turned.replace("甲。\n\n乙。", "乙。\n\n甲。"))}
    (change,) = report(tmp_path, old, new).documents.changed
    assert change.reordered
    assert (change.altered, change.added, change.removed) == (0, 0, 0)


def test_a_corrected_number_is_a_change_though_the_address_follows(tmp_path: Path) -> None:
    corrected = {**TWO, "2020-01": issue_text(1, RULES.replace("12号", "21号"), NOTICE)}
    found = report(tmp_path, TWO, corrected)
    (change,) = found.documents.changed
    url = "moumou/2020-01/moufufa-2019-21.html"
    assert change.fields == (
        FieldChange("number", "某府发〔2019〕12号", "某府发〔2019〕21号"),
        FieldChange("url", RULES_URL, url),
    )
    assert found.documents == Documents(changed=(change,))


def test_a_citation_that_leads_elsewhere_or_relates_otherwise_is_told(tmp_path: Path) -> None:
    def citing(body: str) -> dict[str, str]:
        return {**ONE, "2021-02": issue_text(2, letter(body), year=2021)}

    found = report(
        tmp_path,
        citing("一、按照某府发〔2020〕3号执行。"),
        citing("一、某府发〔2020〕3号同时废止。"),
    )
    (redirected,) = found.citations.redirected
    assert redirected.before == Lead("held", NOTICE_URL, "basis")
    assert redirected.after == Lead("held", NOTICE_URL, "repeals")
    assert f"指向 `{NOTICE_URL}`（依据） 改为 `{NOTICE_URL}`（废止）" in write_markdown(found)


def test_diagnostics_come_and_go_with_their_place(tmp_path: Path) -> None:
    flawed = {"2020-01": ONE["2020-01"].replace("停车场由街道", "停车场由 and 街道")}
    line = 1 + ONE["2020-01"].split("\n").index("停车场由街道办事处管理。")
    (came,) = report(tmp_path, ONE, flawed).diagnostics.came
    path = "content/moumou/2020-01/issue.md"
    assert (came.path, came.line, came.code) == (path, line, "latin-word")
    assert came.severity == "warning"
    assert "and" in came.message
    back = report(tmp_path / "back", flawed, ONE)
    assert back.diagnostics == Findings(went=(came,))
    assert f"- `{path}:{line}` 待核对 `latin-word` " in write_markdown(back)
    shifted = {"2020-01": flawed["2020-01"].replace("# 某某市停车", "\n\n# 某某市停车", 1)}
    assert report(tmp_path / "shift", flawed, shifted).diagnostics == Findings()


def test_files_of_the_same_bytes_are_not_parsed(tmp_path: Path) -> None:
    for name in ("old", "new"):
        (tmp_path / name / "moumou" / "2020-01").mkdir(parents=True)
        (tmp_path / name / "moumou" / "2020-01" / "issue.json").write_text("none", "utf-8")
    assert compare_sites(tmp_path / "old", tmp_path / "new") == empty()
    assert "网站的内容没有变化。" in write_markdown(empty())


@pytest.mark.parametrize("data", [b"none", b"[]", b"\xff", b"[" * 100_000])
def test_an_issue_json_that_is_none_is_named(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "moumou" / "2020-01").mkdir(parents=True)
    (tmp_path / "moumou" / "2020-01" / "issue.json").write_bytes(data)
    with pytest.raises(SourceError, match=r"2020-01/issue\.json: .*请重新生成网站"):
        compare_sites(tmp_path / "none", tmp_path)


def test_what_another_version_published_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    write_issue(tmp_path / "old", "moumou/2020-01", ["某某通知，正文在此，共有一段文字。"])
    found = compare_sites(tmp_path / "old", site(tmp_path / "new", ONE))
    assert [d.url for d in found.documents.removed] == ["moumou/2020-01/01.html"]
    assert [d.url for d in found.documents.added] == [RULES_URL, NOTICE_URL]


@pytest.mark.parametrize("text", ["null", '{"documents": [1, {"blocks": 3, "number": [2]}]}'])
def test_fields_of_other_types_count_as_empty(text: str, tmp_path: Path) -> None:
    (tmp_path / "moumou" / "2020-01").mkdir(parents=True)
    (tmp_path / "moumou" / "2020-01" / "issue.json").write_text(text, "utf-8")
    if text == "null":
        with pytest.raises(SourceError):
            compare_sites(tmp_path / "none", tmp_path)
    else:
        (document,) = compare_sites(tmp_path / "none", tmp_path).documents.added
        assert document == ReportedDocument("", "", "", "")


def test_a_first_build_is_said_in_one_line(tmp_path: Path) -> None:
    found = compare_sites(tmp_path / "none", site(tmp_path / "new", CITING_ISSUES))
    assert found.first
    assert len(found.documents.added) == 4
    text = write_markdown(found)
    assert text.count("\n") == 4
    assert "没有可以比较的旧网站，全部内容都是新的：3 期，4 篇公文，" in text


def test_long_lists_are_cut_and_the_rest_is_counted() -> None:
    documents = tuple(
        ReportedDocument(f"moumou/2020-01/{n:03}.html", f"第{n}号通知", "", "") for n in range(120)
    )
    text = write_markdown(replace(empty(), documents=Documents(added=documents)))
    assert "### 新增的公文（120）" in text
    assert text.count("\n- 第") == 50
    assert "- 另有 70 项未列出\n" in text


def test_a_report_stays_below_the_limit_of_a_comment() -> None:
    long = "@someone" * 1000
    document = ReportedDocument(long, long, long, long)
    change = ChangedDocument(document, tuple(FieldChange("title", long, long) for _ in range(6)))
    citation = ReportedCitation(long, long, Lead("held", long, "basis"), Lead("held", long, ""))
    finding = Finding(long, 1, long, "warning", long)
    issue = ReportedIssue(long, long, 1, long)
    found = Report(
        False,
        Issues((issue,) * 1000, (issue,) * 1000, (issue,) * 1000, (issue,) * 1000, other=1),
        Documents((document,) * 1000, (document,) * 1000, (change,) * 1000),
        Citations(*[(citation,) * 1000] * 5),
        Findings((finding,) * 1000, (finding,) * 1000),
    )
    text = write_markdown(found)
    assert len(text) < LIMIT
    assert "另有 1 期正文未变" in text
    assert "### 已消失的检查所见（1000）" in text


HOSTILE = (
    "@all", "[看](https://evil.example)", "![图](x.png)", "<img src=x onerror=alert(1)>", "`", "``",
    "```\n", "https://evil.example/?a=1", "www.evil.example", "#123", "GH-1", "a@b.example", "*粗*",
    "_斜_", "~~删~~", "<!-- ", "-->", "\n# 标题", "\n- 项", "\\", "|", "&lt;", "$`x`$", "\u202e",
    "\0", "/close\n", "\r\n/close", "!1", "%2", "~标签", ":+1:", "8f14e45fceea167a5a36dedd4bea2543",
    "〔2016〕", "通知", " ", "〈", "》", "12",
)  # fmt: skip


@given(st.lists(st.sampled_from(HOSTILE), max_size=8).map("".join))
def test_official_text_cannot_act_on_the_host(text: str) -> None:
    document = ReportedDocument(text, text, text, text)
    citation = ReportedCitation(text, text, Lead("not-held", text, text), None)
    found = Report(
        False,
        Issues(renamed=(ReportedIssue(text, text, 1, text),)),
        Documents((document,), (), (ChangedDocument(document, (FieldChange(text, text, text),)),)),
        Citations(lost=(citation,)),
        Findings(came=(Finding(text, 1, text, text, text),)),
    )
    markdown = write_markdown(found)
    assert markdown.startswith(f"{MARK}\n")
    assert markdown.count("\n- ") == 5
    kinds = {"heading", "bullet_list", "list_item", "paragraph", "inline", "html_block"}
    for token in MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(markdown):
        assert token.type.removesuffix("_open").removesuffix("_close") in kinds
        assert token.type != "html_block" or token.content == f"{MARK}\n"
        for part in token.children or ():
            assert part.type in ("text", "code_inline")
            if part.type == "text":
                assert all(PLAIN.fullmatch(word) for word in part.content.split())


def test_the_command_prints_markdown_or_json_and_ends_with_0(tmp_path: Path) -> None:
    old, new = site(tmp_path / "a", ONE), site(tmp_path / "b", TWO)
    result = run(old, new)
    assert (result.exit_code, result.output) == (0, write_markdown(compare_sites(old, new)))
    data = json.loads(run(old, new, "--format", "json").output)
    assert data["issues"]["added"][0]["name"] == "moumou/2021-02"
    assert set(data) == {"first", "issues", "documents", "citations", "diagnostics"}
    assert run(tmp_path / "none", new).exit_code == 0
    assert run(old, tmp_path / "none").exit_code == 2


def test_the_files_kept_of_two_sites_give_the_same_report(tmp_path: Path) -> None:
    old, new, kept = site(tmp_path / "a", ONE), site(tmp_path / "b", TWO), tmp_path / "kept"
    result = run(old, new, "--keep", kept)
    assert run(kept / "old", kept / "new").output == result.output
    again = run(old, new, "--keep", kept)
    assert again.exit_code == 2
    assert "已经有了" in again.output
    first = run(tmp_path / "none", new, "--keep", tmp_path / "first")
    assert run(tmp_path / "first" / "old", tmp_path / "first" / "new").output == first.output
    run(old, old, "--keep", tmp_path / "same")
    names = sorted(
        p.relative_to(tmp_path / "same").as_posix() for p in (tmp_path / "same").rglob("*")
    )
    assert names == ["new", "new/issues.txt", "old", "old/issues.txt"]
    same = run(tmp_path / "same" / "old", tmp_path / "same" / "new")
    assert "没有变化" in same.output
