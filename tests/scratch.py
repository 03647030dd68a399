"""Scratch copies of the project, and commands run in them as users and hosts run them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.conftest import ROOT


@dataclass(frozen=True, slots=True)
class Runner:
    """A folder, and the environment in which commands run there."""

    folder: Path
    environment: Mapping[str, str] = field(default_factory=dict)

    def run(self, script: str, **more: str) -> subprocess.CompletedProcess[str]:
        """Run a step as both hosts do."""
        command = ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", script]
        return subprocess.run(
            command, cwd=self.folder, env={**self.environment, **more},
            capture_output=True, text=True, check=False,
        )  # fmt: skip

    def run_all(self, steps: list[str], **more: str) -> str:
        """Run steps in order; each must succeed. Give their output."""
        printed = ""
        for step in steps:
            done = self.run(step, **more)
            assert done.returncode == 0, f"{step}\n{done.stdout}{done.stderr}"
            printed += done.stdout
        return printed


def git(folder: Path, *arguments: str) -> str:
    who = ("-c", "user.name=Editor", "-c", "user.email=editor@gazette.example")
    command = ["git", "-C", str(folder), *who, *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def copy_project(folder: Path, texts: Mapping[str, str], facts: str) -> None:
    """Clone the repository, as it is in this folder, with a small archive as its content.

    The texts are those of issues, by gazette and issue; facts are every gazette's gazette.toml.
    """
    git(ROOT, "clone", "--quiet", str(ROOT), str(folder))
    git(folder, "config", "uploadpack.allowReachableSHA1InWant", "true")
    for flag in ("--deleted", "--modified", "--others"):
        for name in git(ROOT, "ls-files", "--exclude-standard", flag, "-z").split("\0"):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            if flag == "--deleted" and name:
                (folder / name).unlink()
            elif (ROOT / name).is_file():
                shutil.copy(ROOT / name, folder / name)
    shutil.rmtree(folder / "content")
    for name, text in texts.items():
        issue = folder / "content" / name
        issue.mkdir(parents=True)
        (issue / "issue.md").write_text(text, "utf-8")
        (issue.parent / "gazette.toml").write_text(facts, "utf-8")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "content: a small archive")


def lend_packages(folder: Path) -> Runner:
    """Lend a copy of the project the packages of this machine; nothing is installed in it."""
    (folder / ".venv").mkdir()
    for path in Path(sys.prefix).iterdir():
        if path.suffix != ".stamp":
            (folder / ".venv" / path.name).symlink_to(path)
    for name in ("site", "test"):  # younger than the requirements
        (folder / ".venv" / f"{name}.stamp").touch()
    return Runner(folder, {**own_world(), "PYTHONPATH": str(folder)})


def own_world() -> dict[str, str]:
    """Give the environment of a command on a machine without any settings for it."""
    return {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
