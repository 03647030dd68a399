"""What Windows and macOS have otherwise, simulated: no such system runs these tests."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli import main
from generator.content.intake import word_office
from generator.edit import processes
from generator.edit.files import write_text
from generator.runtime import moving, parallel
from generator.runtime.errors import SourceError
from generator.site import swap
from tests.conftest import ROOT, SMALL, ArchiveMaker, build_quietly

FAILS = PermissionError(errno.EACCES, os.strerror(errno.EACCES))


def held(times: int) -> object:
    """Give a Path.replace that fails so often, as where a scanner for viruses holds the file."""
    real = Path.replace
    left = [times]

    def replace(source: Path, target: Path) -> Path:
        if left[0]:
            left[0] -= 1
            raise FAILS
        return real(source, target)

    return replace


@pytest.fixture
def without_exchange(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only Linux exchanges two folders in one step."""
    monkeypatch.setattr(swap, "_exchange", lambda *_: False)
    monkeypatch.setattr(moving, "PAUSE", 0)


def sites(tmp_path: Path) -> tuple[Path, Path]:
    staged, site = tmp_path / ".site.new", tmp_path / "site"
    for folder in (staged, site):
        folder.mkdir()
        (folder / "index.html").write_text(folder.name, "utf-8")
    return staged, site


@pytest.mark.usefixtures("without_exchange")
def test_a_site_that_is_held_for_a_moment_is_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    staged, site = sites(tmp_path)
    monkeypatch.setattr(Path, "replace", held(3))
    swap.publish(staged, site)
    assert (site / "index.html").read_text("utf-8") == ".site.new"
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


@pytest.mark.usefixtures("without_exchange")
def test_a_site_that_stays_held_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    staged, site = sites(tmp_path)
    monkeypatch.setattr(Path, "replace", held(10_000))
    with pytest.raises(PermissionError):
        swap.publish(staged, site)
    assert (site / "index.html").read_text("utf-8") == "site"


@pytest.mark.usefixtures("without_exchange")
def test_where_the_second_move_fails_the_old_site_is_put_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    staged, site = sites(tmp_path)
    real = Path.replace

    def replace(source: Path, target: Path) -> Path:
        if source == staged:
            raise FAILS
        return real(source, target)

    monkeypatch.setattr(Path, "replace", replace)
    with pytest.raises(PermissionError):
        swap.publish(staged, site)
    assert (site / "index.html").read_text("utf-8") == "site"


def test_issue_toml_that_is_held_is_written_later_or_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(moving, "PAUSE", 0)
    path = tmp_path / "issue.toml"
    monkeypatch.setattr(Path, "replace", held(3))
    write_text(path, "draft = true\n")
    assert path.read_text("utf-8") == "draft = true\n"
    monkeypatch.setattr(Path, "replace", held(10_000))
    with pytest.raises(SourceError, match="写不了（没有权限）"):
        write_text(path, "")
    assert [one.name for one in tmp_path.iterdir()] == ["issue.toml"]


def test_a_user_without_a_name_or_number_is_no_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    def getuser() -> str:
        raise ImportError

    monkeypatch.setattr("getpass.getuser", getuser)
    assert swap._user() == str(os.getuid())
    monkeypatch.delattr(os, "getuid")
    assert swap._user() == "?"


@pytest.mark.medium
def test_an_archive_is_built_by_processes_that_start_empty(
    make_archive: ArchiveMaker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")  # no fork, no renameat2, no prctl
    content = make_archive({"2020-03": SMALL})
    assert build_quietly(content, tmp_path, jobs=2).documents == 2


def test_on_windows_a_launcher_between_two_processes_is_no_orphan(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    launcher = os.getppid() + 1
    assert not parallel._has_parent(launcher)
    monkeypatch.setattr(sys, "platform", "win32")
    assert parallel._has_parent(launcher)


def test_libreoffice_is_found_where_installers_put_it(monkeypatch: pytest.MonkeyPatch) -> None:
    for place in word_office.INSTALLED:
        monkeypatch.setattr("shutil.which", lambda name, own=place: name if name == own else None)
        assert word_office.find_office() == place


def test_a_pipe_in_the_encoding_of_windows_takes_every_character(tmp_path: Path) -> None:
    program = "from generator.cli import main; main()"
    command = [sys.executable, "-c", program, "check", "--content", str(tmp_path / "𠮷")]
    environment = {**os.environ, "PYTHONIOENCODING": "gbk", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, env=environment, capture_output=True, check=False)
    assert done.returncode == 1
    assert "没有这个文件夹" in done.stderr.decode("gbk")
    assert "\\U00020bb7" in done.stderr.decode("gbk")


def test_the_desk_reads_its_commands_in_utf_8(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONIOENCODING", "gbk")
    process = processes.Process()
    assert process.begin(["check", "--content", "没有"])
    for _ in range(600):
        if not process.state()["running"]:
            break
        time.sleep(0.05)
    assert "没有这个文件夹" in str(process.state()["lines"])


def test_where_no_browser_opens_the_address_is_to_be_copied(
    make_archive: ArchiveMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = make_archive({"2020-03": SMALL})
    monkeypatch.setattr("webbrowser.open", lambda _: False)
    monkeypatch.setattr("generator.edit.server.Opened.run", lambda own: own.listening.close())
    beside = content.with_name
    arguments = ["edit", "--content", content, "--site", beside("s"), "--build", beside("b")]
    result = CliRunner().invoke(main, [str(one) for one in arguments])
    assert result.exit_code == 0
    assert "请把上面的地址复制到浏览器里" in result.output
