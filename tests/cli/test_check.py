"""``gazette check``: the order of findings, their number, and the words that need none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.cli import main
from generator.model import Diagnostic, Lines
from generator.site.keys import issue_key
from generator.stages.check.shown import without_repeats
from tests.conftest import SMALL, ArchiveMaker

CLOSE = "某某市人民政府\n二○二○年三月"
DAMAGED = SMALL.replace(
    CLOSE,
    "二、路面在年内全部建成6\n\n三、按照国家 and 省的规定执行。\n\n四、各区（县）要落实责任）。\n\n"
    f"机密★1年\n\n{CLOSE}",
)


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(a) for a in arguments], catch_exceptions=False)


@pytest.fixture
def folder(make_archive: ArchiveMaker) -> Path:
    return make_archive({"2020-03": DAMAGED}) / "moumou" / "2020-03"


def codes(result: Result) -> list[str]:
    listed = result.output.partition("停止发布的有")[0]  # without what the end repeats
    lines = [line for line in listed.splitlines() if "] " in line]
    return [line.split(": ")[1].split(" ")[0] for line in lines]


def test_what_stops_publication_is_first_and_then_the_likeliest(folder: Path) -> None:
    result = run("check", folder)
    assert result.exit_code == 1
    assert codes(result) == ["secrecy", "stop-misread", "latin-word", "unbalanced"]


def test_the_last_line_counts_the_findings_of_each_kind(folder: Path) -> None:
    counted, end, stopper = run("check", folder).output.splitlines()[-3:]
    assert counted == (
        f"{folder / 'issue.md'}: 共 4 处：错误 1，提醒 3，参考 0"
        "（latin-word 1，secrecy 1，stop-misread 1，unbalanced 1）"
    )
    assert end == "停止发布的有 1 处，在 1 个文件里；错误都改正以后才能发布："
    assert stopper.startswith(f"  {folder / 'issue.md'}:")
    assert " secrecy [错误] " in stopper


def test_max_leaves_out_the_least_likely_and_says_so(folder: Path) -> None:
    result = run("check", folder, "--max", "2")
    assert codes(result) == ["secrecy", "stop-misread"]
    assert "；以上 2 处，另有 2 处没有列出\n" in result.output
    shown = run("check", folder, "--max", "1", "--format", "github").output.splitlines()
    assert len(shown) == 1
    assert "title=secrecy" in shown[0]
    assert len(json.loads(run("check", folder, "--max", "1", "--format", "json").output)) == 4
    # what is not printed counts none the less
    assert run("check", folder, "--max", "0").exit_code == 1


def test_an_issue_without_findings_prints_nothing(make_archive: ArchiveMaker) -> None:
    assert run("check", make_archive({"2020-03": SMALL}) / "moumou" / "2020-03").output == ""


@pytest.mark.parametrize(
    ("terms", "left"),
    [
        ("# 外文\nand\n", ["secrecy", "stop-misread", "unbalanced"]),
        ("国家and省  # 原文如此\n", ["secrecy", "stop-misread", "unbalanced"]),
        ("\ufeff国家 and 省\r\n建成6\r\n", ["secrecy", "unbalanced"]),
        ("省的规定\n国家\n", ["secrecy", "stop-misread", "latin-word", "unbalanced"]),
        ("机密\n# and\n", ["secrecy", "stop-misread", "latin-word", "unbalanced"]),
        ("", ["secrecy", "stop-misread", "latin-word", "unbalanced"]),
    ],
)
def test_a_term_lays_the_findings_on_it_to_rest(terms: str, left: list[str], folder: Path) -> None:
    key = issue_key("", folder)
    (folder.parent / "terms.txt").write_bytes(terms.encode())
    assert codes(run("check", folder)) == left
    found = json.loads(run("check", folder, "--format", "json").output)
    assert [one["code"] for one in found] == left
    assert issue_key("", folder) == key  # nothing is rebuilt for a term


def test_a_term_may_go_on_in_the_next_line(make_archive: ArchiveMaker) -> None:
    text = SMALL.replace(
        CLOSE, f"二、请于年内全部落实\n\n到位，所需经费由各区自筹解 and\n\n决。\n\n{CLOSE}"
    )
    folder = make_archive({"2020-03": text}) / "moumou" / "2020-03"
    assert "latin-word" in codes(run("check", folder))
    (folder.parent / "terms.txt").write_text("自筹解and决\n", "utf-8")
    assert "latin-word" not in codes(run("check", folder))


def test_a_file_of_terms_that_cannot_be_read_is_named(folder: Path) -> None:
    (folder.parent / "terms.txt").write_bytes("某某".encode("utf-16"))
    result = run("check", folder)
    assert result.exit_code == 1
    assert "terms.txt:1: unreadable [错误] 既不是 UTF-8 编码" in result.output
    assert "secrecy" in codes(result)  # it does not hide the findings


def test_a_misreading_that_several_checks_see_is_shown_once() -> None:
    lines = ["会同市财攻局办理"]
    sure = Diagnostic("agency-differs", "warning", Lines(1, 1), "甲", "攻", "政", 0.8)
    same = Diagnostic("misprint", "warning", Lines(1, 1), "乙", "财攻局", "财政局", 0.6)
    other = Diagnostic("misprint", "warning", Lines(1, 1), "丙", "会同", "会司", 0.5)
    plain = Diagnostic("unbalanced", "warning", Lines(1, 1), "丁")
    assert without_repeats([plain, same, other, sure], lines) == [sure, other, plain]
