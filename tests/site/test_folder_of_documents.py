"""A site with an issue of several files: pages, data, offline bundle, report, second build."""

from __future__ import annotations

import json
import re
from pathlib import Path

from click.testing import CliRunner

from generator.cli import main
from tests.conftest import build_quietly
from tests.documents import NOTICE, RULES, issue_text, letter
from tests.pages import check_links

FACTS = """
[masthead]
total_number = 12

[[category]]
name = "市政府文件"
numbers = ["某府发"]

[[correction]]
file = "02-函.md"
line = 6
from = "抓紧"
to = "抓紧抓好"
why = "漏字"
"""
LETTER = letter("请对照《某某市停车管理办法》（某府发〔2019〕12号），抓紧落实。").lstrip()


def read_text(path: Path) -> str:
    """Give the text of a page without its tags and blanks."""
    return "".join(re.sub(r"<[^>]*>", "", path.read_text("utf-8")).split())


def archive(tmp_path: Path) -> Path:
    content = tmp_path / "content"
    whole, files = content / "moumou" / "2020-01", content / "moumou" / "2021-02"
    (files / "documents").mkdir(parents=True)
    whole.mkdir()
    (content / "moumou" / "gazette.toml").write_text(
        'title = "某某市人民政府公报"\ncontact = "mailto:gb@example.org"\n', "utf-8"
    )
    (whole / "issue.md").write_text(issue_text(1, RULES), "utf-8")
    (files / "documents" / "01-通知.md").write_text(NOTICE.lstrip(), "utf-8")
    line = next(n for n, text in enumerate(LETTER.split("\n"), 1) if "抓紧" in text)
    (files / "documents" / "02-函.md").write_text(LETTER, "utf-8")
    (files / "issue.toml").write_text(FACTS.replace("line = 6", f"line = {line}"), "utf-8")
    return content


def test_an_issue_of_several_files_is_built_like_any_other(tmp_path: Path) -> None:
    content, where = archive(tmp_path), tmp_path / "out"
    assert build_quietly(content, where).issues == 2
    assert check_links(where / "site") == []
    site = where / "site" / "moumou" / "2021-02"
    cover = read_text(site / "index.html")
    assert "2021年第2期（总第12期）" in cover
    assert "目录由本站据标题编制" in cover
    assert "市政府文件" in cover
    page = (site / "moufufa-2021-9.html").read_text("utf-8")
    assert "../2020-01/moufufa-2019-12.html" in page
    collation = read_text(site / "moufufa-2021-9.collation.html")
    assert "02-函.md" in collation
    assert "02-函.md第" in read_text(site / "corrections.html")
    data = json.loads((site / "issue.json").read_bytes())
    assert [file["name"] for file in data["source"]["files"]] == ["01-通知.md", "02-函.md"]


def test_a_changed_file_is_built_again_and_no_other_issue(tmp_path: Path) -> None:
    content, where = archive(tmp_path), tmp_path / "out"
    build_quietly(content, where)
    assert build_quietly(content, where).renewed == 0
    path = content / "moumou" / "2021-02" / "documents" / "01-通知.md"
    path.write_text(path.read_text("utf-8").replace("请认真执行", "请切实执行"), "utf-8")
    assert build_quietly(content, where).renewed == 1
    site = where / "site" / "moumou" / "2021-02"
    assert "请切实执行" in (site / "moufufa-2020-3.html").read_text("utf-8")


def test_an_error_stops_the_build_at_its_file_and_line(tmp_path: Path) -> None:
    content = archive(tmp_path)
    path = content / "moumou" / "2021-02" / "documents" / "02-函.md"
    path.write_text(LETTER + "\n机密★1年\n", "utf-8")
    line = path.read_text("utf-8").count("\n")
    arguments = ["--content", str(content), "--site", str(tmp_path / "site")]
    done = CliRunner().invoke(main, ["build", *arguments, "--build", str(tmp_path / "b")])
    assert done.exit_code == 1
    assert f"documents/02-函.md:{line}: secrecy" in done.output
    checked = CliRunner().invoke(main, ["check", "--content", str(content), "--format", "json"])
    found = {(Path(d["path"]).name, d["line"], d["code"]) for d in json.loads(checked.stdout)}
    assert ("02-函.md", line, "secrecy") in found
    github = CliRunner().invoke(main, ["check", "--content", str(content), "--format", "github"])
    assert f"documents/02-函.md,line={line},title=secrecy" in github.output


def test_an_issue_of_several_files_is_frozen_and_stays(tmp_path: Path) -> None:
    content = archive(tmp_path)
    folder = content / "moumou" / "2021-02"
    assert CliRunner().invoke(main, ["freeze", str(folder), "--date", "2021-06-30"]).exit_code == 0
    before = (folder / "addresses.json").read_bytes()
    assert CliRunner().invoke(main, ["freeze", str(folder), "--date", "2021-07-30"]).exit_code == 0
    assert (folder / "addresses.json").read_bytes() == before
    audited = CliRunner().invoke(main, ["audit", str(folder)])
    assert audited.exit_code == 0
    assert "可逐字还原" in audited.output
