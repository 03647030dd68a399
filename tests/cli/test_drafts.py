"""``draft = true`` in issue.toml: an issue is checked, is not published, and stops no other."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.cli import main
from tests.conftest import SMALL, ArchiveMaker

# the title of the second document is missing: contents and text do not agree
UNSETTLED = SMALL.replace("2020年第3期", "2020年第4期").replace(
    "# 某某市人民政府关于", "# 关于另一件事"
)
DRAFT = "draft = true\n"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(a) for a in arguments], catch_exceptions=False)


@pytest.fixture
def archive(make_archive: ArchiveMaker) -> Path:
    content = make_archive({"2020-03": SMALL, "2020-04": UNSETTLED + "\n机密★1年\n"})
    (content / "moumou" / "2020-04" / "issue.toml").write_text(DRAFT, "utf-8")
    return content


def test_findings_in_a_draft_are_reported_and_stop_nobody(archive: Path) -> None:
    result = run("check", "--content", archive)
    assert result.exit_code == 0
    assert "2020-04/issue.md:1: draft [参考] 草稿" in result.output
    assert "secrecy [错误]" in result.output
    assert run("check", archive / "moumou" / "2020-04").exit_code == 1


def test_without_the_draft_mark_the_same_findings_stop_publication(archive: Path) -> None:
    (archive / "moumou" / "2020-04" / "issue.toml").unlink()
    assert run("check", "--content", archive).exit_code == 1


@pytest.mark.medium
def test_a_build_publishes_all_issues_but_drafts(archive: Path, tmp_path: Path) -> None:
    where = ("--content", archive, "--site", tmp_path / "s", "--build", tmp_path / "b")
    result = run("build", *where)
    assert result.exit_code == 0, result.output
    assert "1 期，2 篇公文" in result.output
    assert not (tmp_path / "s" / "moumou" / "2020-04").exists()
    assert "1 期，2 篇公文" in run("build", *where).output  # nothing to do
    (archive / "moumou" / "2020-04" / "issue.toml").unlink()
    (archive / "moumou" / "2020-04" / "issue.md").write_text(
        SMALL.replace("2020年第3期", "2020年第4期").replace("第3期", "第4期"), "utf-8"
    )
    result = run("build", *where)
    assert "2 期，4 篇公文" in result.output
    assert (tmp_path / "s" / "moumou" / "2020-04" / "index.html").is_file()


def test_a_published_issue_does_not_become_a_draft_again(archive: Path) -> None:
    published = archive / "moumou" / "2020-03"
    assert run("freeze", published).exit_code == 0
    (published / "issue.toml").write_text(DRAFT, "utf-8")
    result = run("check", "--content", archive)
    assert result.exit_code == 1
    assert "issue.toml:1: 本期已经发布" in result.output
    assert "[[withdrawn]]" in result.output


def test_an_archive_of_drafts_alone_has_nothing_to_publish(archive: Path, tmp_path: Path) -> None:
    (archive / "moumou" / "2020-03" / "issue.toml").write_text(DRAFT, "utf-8")
    where = ("--content", archive, "--site", tmp_path / "s", "--build", tmp_path / "b")
    result = run("build", *where)
    assert result.exit_code == 1
    assert "没有可以发布的一期" in result.output
    assert run("check", "--content", archive).exit_code == 0
