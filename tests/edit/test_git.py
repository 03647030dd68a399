"""What the desk wrote is committed on request, and nothing else."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from generator.edit import git as git_module
from generator.edit.git import Repository, repository_of
from generator.runtime.errors import UsageError
from tests.edit.conftest import NAME, TEXT

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="there is no git")

CORRECTION = '[[correction]]\nline = 18\nfrom = "and"\nto = "和"\nwhy = "误识"\n'
CONFIRMED = '[[confirmed]]\ncode = "x"\nline = 3\ntext = "期"\nwhy = "原印如此"\n'


def git(root: Path, *arguments: str) -> str:
    return subprocess.run(
        ["git", "-c", "core.quotepath=false", *arguments],
        cwd=root, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))  # no settings of this computer
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    root = tmp_path / "archive"
    issue = root / "content" / NAME
    issue.mkdir(parents=True)
    (issue.parent / "gazette.toml").write_text('title = "某某市公报"\n', "utf-8")
    (issue / "issue.md").write_text(TEXT, "utf-8")
    git(root, "init", "-q", "-b", "main")
    git(root, "config", "user.name", "李静")
    git(root, "config", "user.email", "lijing@example.gov.cn")
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "begin")
    return root


def repository(root: Path) -> Repository:
    found = repository_of(root / "content")
    assert found is not None
    return found


def facts(root: Path) -> Path:
    return root / "content" / NAME / "issue.toml"


def test_without_a_repository_there_is_nothing_to_commit_to(tmp_path: Path) -> None:
    assert repository_of(tmp_path) is None or (tmp_path / "..").resolve() != tmp_path
    assert repository_of(tmp_path / "nowhere") is None


def test_without_git_there_is_no_button(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.edit.git.shutil.which", lambda _: None)
    assert repository_of(root / "content") is None


def test_one_commit_says_what_was_done(root: Path) -> None:
    facts(root).write_text(CORRECTION + "\n" + CORRECTION.replace("18", "30") + "\n" + CONFIRMED)
    folder = facts(root).parent
    state = repository(root).state(folder, ())
    assert state.message == "moumou/2024-02：2 处更正、1 处确认"
    done = repository(root).commit(folder, ())
    said = git(root, "log", "-1", "--format=%an %ae %s").strip()
    assert said == "李静 lijing@example.gov.cn moumou/2024-02：2 处更正、1 处确认"
    assert git(root, "rev-parse", "--short", "HEAD").strip() == done.committed
    assert repository(root).state(folder, ()).files == ()


def test_a_line_that_moved_is_no_other_correction(root: Path) -> None:
    facts(root).write_text(CORRECTION)
    repository(root).commit(facts(root).parent, ())
    facts(root).write_text(CORRECTION.replace("18", "20") + "\n" + CONFIRMED)
    assert repository(root).state(facts(root).parent, ()).message == "moumou/2024-02：1 处确认"
    facts(root).write_text("")
    assert repository(root).state(facts(root).parent, ()).message.endswith("撤回 1 处更正")


def test_other_files_are_not_committed_though_they_are_staged(root: Path) -> None:
    (root / "notes.txt").write_text("别人的\n", "utf-8")
    (root / "content" / NAME / "草稿.txt").write_text("别人的\n", "utf-8")
    git(root, "add", "-A")
    facts(root).write_text(CORRECTION)
    repository(root).commit(facts(root).parent, ())
    assert git(root, "show", "--name-only", "--format=").split() == [f"content/{NAME}/issue.toml"]
    staged = git(root, "diff", "--cached", "--name-only").split()
    assert staged == [f"content/{NAME}/草稿.txt", "notes.txt"]


def test_files_that_were_taken_in_and_terms_are_committed_too(root: Path) -> None:
    issue = root / "content" / "moumou" / "2024-03"
    (issue / "documents").mkdir(parents=True)
    (issue / "documents" / "01-甲 [一].md").write_text(TEXT, "utf-8")
    (issue / "stray.tmp").write_text("x")
    (issue.parent / "terms.txt").write_text("仡佬族\n", "utf-8")
    state = repository(root).commit(issue, ["documents/01-甲 [一].md"])
    assert state.message == "moumou/2024-03：收入文本、1 个词"
    names = git(root, "show", "--name-only", "--format=", "-z").split("\0")
    assert {name for name in names if name.strip()} == {
        "content/moumou/2024-03/documents/01-甲 [一].md",
        "content/moumou/terms.txt",
    }


def test_a_text_that_was_replaced_is_committed_with_what_went(root: Path) -> None:
    folder = root / "content" / NAME
    (folder / "issue.md").rename(folder / "kept.md")
    state = repository(root).commit(folder, ["issue.md", "kept.md"])
    assert state.message == "moumou/2024-02：换上新文本"
    said = git(root, "show", "--name-status", "--no-renames", "--format=").split()
    assert said == ["D", f"content/{NAME}/issue.md", "A", f"content/{NAME}/kept.md"]


def test_nothing_to_commit_is_said(root: Path) -> None:
    with pytest.raises(UsageError, match="没有要记入的改动"):
        repository(root).commit(facts(root).parent, ())


def test_an_archive_that_git_ignores_has_no_button(root: Path) -> None:
    (root / ".gitignore").write_text("issue.toml\n")
    facts(root).write_text(CORRECTION)
    assert not repository(root).state(facts(root).parent, ()).is_there


def refused(root: Path) -> str:
    facts(root).write_text(CORRECTION)
    head = git(root, "rev-parse", "HEAD")
    with pytest.raises(UsageError) as error:
        repository(root).commit(facts(root).parent, ())
    assert git(root, "rev-parse", "HEAD") == head
    assert git(root, "diff", "--cached", "--name-only") == ""
    return str(error.value)


def test_without_a_name_git_does_not_commit(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for key in ("AUTHOR", "COMMITTER"):
        for end in ("NAME", "EMAIL"):
            monkeypatch.delenv(f"GIT_{key}_{end}", raising=False)
    git(root, "config", "--unset", "user.name")
    assert "user.name" in refused(root)


def test_a_lock_of_another_git_is_told(root: Path) -> None:
    (root / ".git" / "index.lock").write_text("")
    facts(root).write_text(CORRECTION)
    with pytest.raises(UsageError, match=r"index\.lock"):
        repository(root).commit(facts(root).parent, ())
    (root / ".git" / "index.lock").unlink()


def test_a_detached_head_and_an_unfinished_merge_are_told(root: Path) -> None:
    git(root, "checkout", "-q", "--detach")
    assert "不在任何分支" in refused(root)
    git(root, "checkout", "-q", "main")
    (root / ".git" / "MERGE_HEAD").write_text(git(root, "rev-parse", "HEAD"))
    assert "没有做完的合并" in refused(root)


def test_a_hook_that_refuses_leaves_nothing_staged(root: Path) -> None:
    hook = root / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\necho no such day >&2\nexit 1\n")
    hook.chmod(0o755)
    said = refused(root)
    assert "no such day" in said
    assert "请管理员处理" in said


def test_a_hook_that_hangs_is_given_up(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(git_module, "SECONDS", 1)
    hook = root / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\nexec sleep 3\n")
    hook.chmod(0o755)
    facts(root).write_text(CORRECTION)
    with pytest.raises(UsageError, match="没有做完"):
        repository(root).commit(facts(root).parent, ())


def test_the_first_commit_of_a_repository_is_made_too(tmp_path: Path, root: Path) -> None:
    other = tmp_path / "fresh"
    shutil.copytree(root / "content", other / "content")
    git(other, "init", "-q", "-b", "main")
    git(other, "config", "user.name", "李静")
    git(other, "config", "user.email", "lijing@example.gov.cn")
    state = repository(other).commit(other / "content" / NAME, ["issue.md"])
    assert state.message == "moumou/2024-02：收入文本、公报的说明"
