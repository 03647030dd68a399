"""The command as a person uses it: its output and its exit status."""

from __future__ import annotations

import json
import socket
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from docx import Document

from generator.cli import main
from tests.conftest import SEED, SMALL, ArchiveMaker
from tests.documents import RULES, issue_text


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(a) for a in arguments], catch_exceptions=False)


def test_help_lists_the_commands() -> None:
    result = run("--help")
    assert result.exit_code == 0
    for command in ("build", "serve", "check", "cite", "fetch", "show", "report", "bundle", "new"):
        assert command in result.output
        assert run(command, "--help").exit_code == 0


@pytest.mark.parametrize(
    "stage",
    ["load", "parse", "normalize", "find_citations", "summarise", "resolve_citations", "issue"],
)
def test_show_prints_any_stage_as_json(stage: str) -> None:
    result = run("show", SEED, "--stage", stage, "--alone")
    assert result.exit_code == 0
    assert isinstance(json.loads(result.output), dict)


def test_show_gives_issue_json_by_default() -> None:
    data = json.loads(run("show", SEED).output)
    assert [d["id"] for d in data["documents"]][:2] == ["chuanfufa-2016-55", "chuanfufa-2016-56"]


@pytest.mark.medium
def test_build_and_bundle_any_archive(make_archive: ArchiveMaker, tmp_path: Path) -> None:
    content = make_archive({"2020-03": SMALL})
    where = ("--content", content, "--site", tmp_path / "s", "--build", tmp_path / "b")
    result = run("build", *where)
    assert result.exit_code == 0
    assert "1 期，2 篇公文" in result.output
    result = run("bundle", *where, "--target", tmp_path / "dist")
    assert result.exit_code == 0
    names = sorted(path.name for path in (tmp_path / "dist").iterdir())
    assert names == ["SHA256SUMS", "archive.zip", "moumou-2020-03.zip"]


def test_bundling_without_a_site_says_what_to_do(tmp_path: Path) -> None:
    result = run("bundle", "--site", tmp_path / "none")
    assert result.exit_code == 1
    assert "请先运行 gazette build" in result.output


def test_check_names_path_line_and_code() -> None:
    result = run("check", SEED)
    assert result.exit_code == 0
    assert f"{SEED / 'issue.md'}:434: latin-word" in result.output
    assert run("check", SEED, "--strict").exit_code == 1


def test_check_prints_annotations_and_json() -> None:
    lines = run("check", SEED, "--format", "github").output.splitlines()
    assert any(line.startswith("::warning file=") and ",line=434," in line for line in lines)
    found = json.loads(run("check", SEED, "--format", "json").output)
    always = {"path", "line", "code", "severity", "message", "last_line"}
    assert all(always <= set(f) <= {*always, "from", "to", "confidence"} for f in found)
    latin = next(f for f in found if f["code"] == "latin-word" and f["line"] == 434)
    assert (latin["from"], latin["to"]) == (" and ", "和")


def test_new_takes_a_text_in_and_says_what_it_holds(tmp_path: Path) -> None:
    text = tmp_path / "scan.txt"
    text.write_text(SMALL, "utf-8")
    content = tmp_path / "content"
    result = run(
        "new", "moumou", "2020-03", text, "--content", content, "--title", "某某市人民政府公报"
    )
    assert result.exit_code == 0
    assert "目录 2 条，公文 2 篇" in result.output
    assert (content / "moumou" / "2020-03" / "issue.md").read_bytes() == text.read_bytes()
    again = run("new", "moumou", "2020-03", text, "--content", content)
    assert again.exit_code == 2
    assert "已经有了" in again.output


def test_new_takes_a_word_document_in(tmp_path: Path) -> None:
    document = Document()
    for text in SMALL.split("\n"):
        if text.strip():
            document.add_paragraph(text)
    document.save(str(tmp_path / "第3期.docx"))
    content = tmp_path / "content"
    source = tmp_path / "第3期.docx"
    result = run("new", "moumou", "2020-03", source, "--content", content, "--title", "某某市公报")
    assert result.exit_code == 0
    assert "目录 2 条，公文 2 篇" in result.output
    folder = content / "moumou" / "2020-03"
    assert sorted(p.name for p in folder.iterdir()) == ["issue.docx", "issue.md", "layout.json"]


def test_new_takes_the_documents_of_an_issue_file_by_file(tmp_path: Path) -> None:
    first, second = tmp_path / "2 乙.txt", tmp_path / "10 甲.txt"
    titles = ("某某市人民政府关于防汛的通知", "某某市人民政府关于夜市的意见")
    for path, title in zip((first, second), titles, strict=True):
        path.write_text(f"{title}\n\n某府发〔2020〕{path.name[0]}号\n\n请执行。\n", "utf-8")
    content = tmp_path / "content"
    arguments = ("--content", content, "--title", "某某市公报")
    result = run("new", "moumou", "2020-03", second, first, *arguments)
    assert result.exit_code == 0
    assert "文件 2 个，按文件名的次序各作一篇；公文 2 篇；目录由本站据标题编制" in result.output
    assert f"01-乙.txt:1  {titles[0]}  某府发〔2020〕2号" in result.output
    folder = content / "moumou" / "2020-03" / "documents"
    assert {p.name: p.read_bytes() for p in folder.iterdir()} == {
        "01-乙.txt": first.read_bytes(),
        "02-甲.txt": second.read_bytes(),
    }
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "第1号.ppt").write_bytes(b"x")
    refused = run("new", "moumou", "2020-04", tmp_path / "in", *arguments)
    assert refused.exit_code == 1
    assert "不认识这种文件“第1号.ppt”" in refused.output
    assert not (content / "moumou" / "2020-04").exists()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("Mou/Mou", "2020-03"), "小写字母"),
        (("moumou", "3"), "<年>-<期>"),
        (("moumou", "2020-03"), "请写名称"),
        (("search", "2020-03", "--title", "某公报"), "不能叫"),
        (("con", "2020-03", "--title", "某公报"), "不能叫"),
        (("moumou", "2020-03", "--title", "\udcff"), "读不出"),
    ],
)
def test_new_refuses_names_that_make_no_address(
    arguments: tuple[str, str], message: str, tmp_path: Path
) -> None:
    result = run("new", *arguments, SEED / "issue.md", "--content", tmp_path)
    assert result.exit_code == 2
    assert message in result.output


@pytest.mark.parametrize(
    ("data", "title"),
    [("某公报".encode("utf-16"), "某公报"), (b"# x\n", "某\u202e公报"), (b"# x\n", "某\n公报")],
)
def test_what_cannot_be_taken_in_leaves_nothing_behind(
    data: bytes, title: str, tmp_path: Path
) -> None:
    (tmp_path / "text.txt").write_bytes(data)
    content = tmp_path / "content"
    arguments = ("new", "moumou", "2020-03", tmp_path / "text.txt", "--content", content)
    assert run(*arguments, "--title", title).exit_code == 1
    assert not [*content.rglob("*")]
    (tmp_path / "text.txt").write_bytes((SEED / "issue.md").read_bytes())
    assert run(*arguments, "--title", "某公报").exit_code == 0


def test_a_folder_with_files_of_others_is_no_place_for_a_site(
    make_archive: ArchiveMaker, tmp_path: Path
) -> None:
    content = make_archive({"2020-01": issue_text(1, RULES)})
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "thesis.txt").write_text("x", "utf-8")
    result = run("build", "--content", content, "--site", tmp_path / "out", "--jobs", "1")
    assert result.exit_code == 2
    assert "有不是本程序生成的文件" in result.stderr
    assert (tmp_path / "out" / "thesis.txt").read_text("utf-8") == "x"


def test_serve_says_when_it_cannot_listen(make_archive: ArchiveMaker, tmp_path: Path) -> None:
    content = make_archive({"2020-01": issue_text(1, RULES)})
    places = ("--content", content, "--site", tmp_path / "s", "--build", tmp_path / "b")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = run("serve", *places, "--address", f"127.0.0.1:{port}")
    assert (result.exit_code, "端口已被别的程序占用" in result.stderr) == (2, True)
    assert run("serve", *places, "--address", "127.0.0.1:99999").exit_code == 2


def test_cite_prints_brackets_as_they_are(tmp_path: Path) -> None:
    (tmp_path / "content" / "moumou" / "2020-01").mkdir(parents=True)
    (tmp_path / "content" / "moumou" / "gazette.toml").write_text('title = "某公报"\n', "utf-8")
    text = tmp_path / "content" / "moumou" / "2020-01" / "issue.md"
    text.write_text(issue_text(1, RULES), "utf-8")
    result = run("cite", "依据《关于[/b][red]甲的决定》办理", "--content", tmp_path / "content")
    assert result.exit_code == 0
    assert "《关于[/b][red]甲的决定》" in result.output


def test_wrong_usage_ends_with_2(tmp_path: Path) -> None:
    assert run("show", tmp_path, "--stage", "nonsense").exit_code == 2
    same = ("--content", tmp_path, "--site", tmp_path, "--build", tmp_path / "b")
    assert run("build", *same).exit_code == 2


def test_a_fault_of_content_is_one_line_and_ends_with_1(tmp_path: Path) -> None:
    result = run("build", "--content", tmp_path / "none", "--site", tmp_path / "s")
    assert result.exit_code == 1
    assert result.output.startswith("gazette: ")
    assert result.output.count("\n") == 1


def test_cite_finds_and_resolves_citations_of_any_text(
    make_archive: ArchiveMaker, tmp_path: Path
) -> None:
    content = make_archive({"2020-03": SMALL})
    text = "根据某府发[2020] 7 号和国发〔2016〕13号，制定本方案。"
    result = run("cite", text, "--content", content)
    assert result.exit_code == 0
    assert "moumou/2020-03/moufufa-2020-7.html" in result.output
    assert "works/guofa.html#guofa-2016-13（未收录）" in result.output
    (tmp_path / "text.txt").write_text(f"第一行。\n\n{text}\n", "utf-8")
    data = json.loads(
        run("cite", tmp_path / "text.txt", "--content", content, "--format", "json").output
    )
    assert [(c["number"], c["line"], c["relation"]) for c in data] == [
        ("某府发〔2020〕7号", 3, "basis"),
        ("国发〔2016〕13号", 3, "basis"),
    ]


def test_cite_names_the_printed_page_of_a_cited_document(make_archive: ArchiveMaker) -> None:
    content = make_archive({"2020-03": SMALL})
    text = "根据某府发[2020] 7 号和国发〔2016〕13号，制定本方案。"
    (page, none) = [
        c["page"]
        for c in json.loads(run("cite", text, "--content", content, "--format", "json").output)
    ]
    assert page == "9"
    assert none is None
    assert "moufufa-2020-7.html，第9页" in run("cite", text, "--content", content).output


def test_fetch_copies_inventories_and_builds_use_the_copy(
    make_archive: ArchiveMaker, tmp_path: Path
) -> None:
    register = {
        "format": "gazette-register/1", "site": "甲省公报",
        "documents": [{"number": "国发〔2016〕13号", "title": "某意见", "url": "g/1.html"}],
    }  # fmt: skip
    (tmp_path / "register.json").write_text(json.dumps(register), "utf-8")
    facts = (
        'title = "某某市人民政府公报"\n[[inventory]]\nsite = "https://a.example/"\n'
        f'file = "a.json"\nsource = "{tmp_path}/register.json"\n'
    )
    content = make_archive({"2020-03": SMALL}, facts)
    missing = run("cite", "国发〔2016〕13号", "--content", content)
    assert missing.exit_code == 1
    fetched = run("fetch", "--content", content)
    assert fetched.exit_code == 0
    assert "a.json: 1 篇公文" in fetched.output
    assert (
        "https://a.example/g/1.html" in run("cite", "国发〔2016〕13号", "--content", content).output
    )


def test_check_reports_citations_that_disagree(make_archive: ArchiveMaker) -> None:
    other = SMALL.replace("第3期（总第15期）", "第4期（总第16期）").replace("第12号", "第13号")
    other = other.replace("[2020] 7 号", "[2020] 8 号").replace(
        "现通知如下", "按《某某市供水条例》（某府发〔2020〕7号）通知如下"
    )
    content = make_archive({"2020-03": SMALL, "2020-04": other})
    result = run("check", "--content", content)
    assert "citation-differs" in result.output
    folder = content / "moumou" / "2020-04"
    assert "citation-differs" in run("check", folder, "--content", content).output
