"""Commit what the desk wrote, where content/ is in a git repository: one commit, on request."""

from __future__ import annotations

import os
import shutil
import subprocess
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from generator.content import FACTS_FILE, GAZETTE_FILE, TERMS_FILE
from generator.edit.files import text_of
from generator.runtime.data import Json
from generator.runtime.errors import UsageError

SECONDS = 60  # that a command may take: a hook may run checks
# English words and no questions: what git says is looked through for the kind of fault
ENVIRONMENT = {"LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0", "GIT_EDITOR": "true"}
COUNTED = {
    "correction": "处更正", "confirmed": "处确认", "decision": "处判定", "lift": "处解密",
    "covered": "处遮盖",
}  # fmt: skip
NOBODY = "git 还不知道记入者的姓名和邮箱：请管理员设好 user.name 和 user.email"
LOCKED = "另一个 git 正在写，或上次中断留下了 .git/index.lock：请等它完成，或请管理员处理"
# what git says → what an editor does
FAULTS = (
    ("Please tell me who you are", NOBODY),
    ("unable to auto-detect email", NOBODY),
    ("empty ident name", NOBODY),
    ("index.lock", LOCKED),
    ("dubious ownership", "仓库属于另一个用户，git 不肯写：请管理员设好 safe.directory"),
    ("Permission denied", "没有权限写这个仓库：请管理员处理"),
    ("No space left", "磁盘已满：请腾出地方再记入"),
    ("gpg failed to sign", "签名没有做成：请管理员检查 git 的签名设置"),
    ("ignored by one of your .gitignore", "有文件被 .gitignore 排除，没有记入：请管理员检查"),
)
# of another repository, where a hook started the program
FOREIGN = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX")
UNFINISHED = (
    ("MERGE_HEAD", "合并"), ("rebase-merge", "变基"), ("rebase-apply", "变基"),
    ("CHERRY_PICK_HEAD", "拣选"), ("REVERT_HEAD", "还原"),
)  # fmt: skip


class GitState(msgspec.Struct, frozen=True):
    """What would be committed of an issue; ``is_there`` is false without git or a repository."""

    is_there: bool = False
    files: tuple[str, ...] = ()  # that the desk wrote and that differ from the last commit
    message: str = ""
    fault: str = ""  # why nothing can be committed now
    committed: str = ""  # the short name of the commit that was just made


def plain_state(state: GitState) -> Json:
    """Give a state as data."""
    return {**msgspec.structs.asdict(state), "files": list(state.files)}


@dataclass(frozen=True, slots=True)
class Repository:
    """The work tree that content/ is in."""

    root: Path

    def state(self, folder: Path, taken: Iterable[str]) -> GitState:
        """Say what of an issue would be committed; ``taken`` are files that the desk took in."""
        folder = folder.resolve()
        facts = str(folder / FACTS_FILE)
        if self._listed("ls-files", "-z", "-o", "-i", "--exclude-standard", "--", facts):
            return GitState()
        files = self._changed(_own_files(folder, taken))
        message = self.message(folder, files) if files else ""
        return GitState(True, tuple(files), message, self._fault() if files else "")

    def commit(self, folder: Path, taken: Iterable[str]) -> GitState:
        """Commit what the desk wrote of an issue, and nothing else, whatever is staged.

        Raises UsageError, which says why and what to do, when git refuses.
        """
        folder = folder.resolve()
        state = self.state(folder, taken)
        if not state.files:
            msg = "没有要记入的改动：校对台写的文件与上次记入的相同"
            raise UsageError(msg)
        if state.fault:
            raise UsageError(state.fault)
        tracked = set(self._listed("ls-files", "-z", "--", *state.files))
        new = [name for name in state.files if name not in tracked and (self.root / name).exists()]
        if new:  # git commits by name only what it knows
            self._run("add", "--", *new)
        try:
            self._run("commit", "--quiet", "--only", "-m", state.message, "--", *state.files)
        except UsageError:
            if new:
                self._ask("reset", "--quiet", "--", *new)
            raise
        name = self._run("rev-parse", "--short", "HEAD").strip()
        return GitState(True, committed=name, message=state.message)

    def message(self, folder: Path, files: Sequence[str]) -> str:
        """Say what was done since the last commit: 3 处更正、2 处确认."""
        facts = (folder / FACTS_FILE).relative_to(self.root).as_posix()
        terms = (folder.parent / TERMS_FILE).relative_to(self.root).as_posix()
        said = []
        if facts in files:
            before, now = self._tables(facts), _tables(text_of(folder / FACTS_FILE))
            for key, words in COUNTED.items():
                more, less = now[key] - before[key], before[key] - now[key]
                said += [f"{more.total()} {words}"] if more else []
                said += [f"撤回 {less.total()} {words}"] if less else []
        if terms in files:
            added = _words(text_of(folder.parent / TERMS_FILE)) - _words(self._committed(terms))
            said.append(f"{len(added)} 个词" if added else "改了词表")
        if (folder.parent / GAZETTE_FILE).relative_to(self.root).as_posix() in files:
            said.append("公报的说明")
        inside = f"{folder.relative_to(self.root).as_posix()}/"
        if any(name.startswith(inside) and name != facts for name in files):
            said.insert(0, "收入文本" if not self._committed(f"{inside}issue.md") else "换上新文本")
        name = f"{folder.parent.name}/{folder.name}"
        return f"{name}：{'、'.join(said) or '改动'}"

    def _tables(self, name: str) -> dict[str, Counter[str]]:
        return _tables(self._committed(name))

    def _committed(self, name: str) -> str:
        """Give a file as it was committed last; "" if it was not."""
        found = self._ask("cat-file", "blob", f"HEAD:{name}")
        return found.stdout if found.returncode == 0 else ""

    def _changed(self, files: Iterable[Path]) -> list[str]:
        """List those of the files that differ from the last commit, or are not in it."""
        names = [path.relative_to(self.root).as_posix() for path in files]
        if not names:
            return []
        said = self._listed(
            "status", "--porcelain", "-z", "--no-renames", "--untracked-files=all", "--", *names
        )
        wanted = set(names)
        return sorted({line[3:] for line in said if line[3:] in wanted})

    def _fault(self) -> str:
        """Say why nothing can be committed now; "" if it can."""
        folder = self.root / self._run("rev-parse", "--git-dir").strip()
        for name, what in UNFINISHED:
            if (folder / name).exists():
                return f"仓库里有一次没有做完的{what}：请管理员先做完"
        if (folder / "index.lock").exists():
            return LOCKED
        if self._ask("symbolic-ref", "--quiet", "HEAD").returncode:
            return "仓库不在任何分支上（detached HEAD），记入的会丢失：请管理员先切换到分支"
        if self._ask("var", "GIT_COMMITTER_IDENT").returncode or not all(
            self._ask("config", key).stdout.strip() or os.environ.get(f"GIT_AUTHOR_{name}")
            for key, name in (("user.name", "NAME"), ("user.email", "EMAIL"))
        ):
            return NOBODY
        return ""

    def _listed(self, *arguments: str) -> list[str]:
        return [part for part in self._run(*arguments).split("\0") if part]

    def _run(self, *arguments: str) -> str:
        done = self._ask(*arguments)
        if done.returncode:
            said = done.stderr.strip() or done.stdout.strip()
            words = next((words for sign, words in FAULTS if sign in said), "")
            msg = words or f"git 没有做成，它说：{said[:300]}；请管理员处理"
            raise UsageError(msg)
        return done.stdout

    def _ask(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return _git(self.root, *arguments)


def repository_of(content: Path) -> Repository | None:
    """Find the repository that content/ is in; None without one, or without git."""
    if shutil.which("git") is None or not content.is_dir():
        return None
    try:
        found = _git(content, "rev-parse", "--show-toplevel")
    except UsageError:
        return None
    root = found.stdout.rstrip("\n")
    return Repository(Path(root)) if found.returncode == 0 and root else None


def _git(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    try:
        return subprocess.run(
            # names are names: no pattern, nothing written as an escape
            ["git", "--literal-pathspecs", "-c", "core.quotepath=false", *arguments],
            cwd=folder, capture_output=True, encoding="utf-8", errors="replace",
            timeout=SECONDS, check=False, stdin=subprocess.DEVNULL,
            env={k: v for k, v in os.environ.items() if k not in FOREIGN} | ENVIRONMENT,
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        msg = f"git 等了 {SECONDS} 秒还没有做完，没有记入：请管理员检查仓库和它的钩子"
        raise UsageError(msg) from error
    except OSError as error:
        msg = f"git 不能运行（{error}）：请管理员检查"
        raise UsageError(msg) from error


def _own_files(folder: Path, taken: Iterable[str]) -> Iterator[Path]:
    """Yield the files that the desk writes: facts, terms, and what it took in."""
    yield folder / FACTS_FILE
    yield folder.parent / TERMS_FILE
    yield folder.parent / GAZETTE_FILE
    for name in taken:
        if name != FACTS_FILE and ".." not in name.split("/"):
            yield folder / name


def _tables(text: str) -> dict[str, Counter[str]]:
    """Give the tables of issue.toml by their kind, each with all its values."""
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        found = {}
    listed = {key: found.get(key) for key in COUNTED}
    return {
        key: Counter(
            repr(sorted((k, v) for k, v in one.items() if k != "line"))
            for one in (tables if isinstance(tables, list) else [])
            if isinstance(one, dict)
        )
        for key, tables in listed.items()
    }


def _words(text: str) -> set[str]:
    lines = (line.partition("#")[0].strip() for line in text.splitlines())
    return {line for line in lines if line}
