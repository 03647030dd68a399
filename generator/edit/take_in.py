"""Files that are dropped on the page: kept aside, looked at, and taken in as an issue."""

from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, TypeAlias

import msgspec

from generator.content import FOLDER, GAZETTE_FILE, find_gazettes, tidy_issue_name
from generator.content.intake.taken import ISSUE_FILE, LAYOUT_FILE
from generator.content.layout import read_layout
from generator.edit.files import write_text
from generator.edit.handed_over import by_own_name, look
from generator.edit.new_gazette import GazetteForm, gazette_text, proposed_id, refuse_id
from generator.edit.processes import Process
from generator.edit.workspace import Workspace
from generator.language.file_names import fault_of
from generator.runtime.data import Json
from generator.runtime.errors import UsageError
from generator.runtime.patterns import lazy_regex
from generator.runtime.places import Places

LARGEST_FILE = 2_000_000_000  # bytes
LEAST_LIKE = 0.85  # share of the characters of a title that a misread one has
BATCH = lazy_regex(r"[0-9a-f-]{8,40}")

Way: TypeAlias = Literal["new", "compare", "retake"]


class TakeInAsked(msgspec.Struct, frozen=True):
    """Files that are to be an issue, or take the place of its text."""

    batch: str
    gazette: str
    issue: str
    way: Way = "new"
    sheet: int = 0  # the sheet that is exchanged alone; 0: the whole issue
    form: GazetteForm = GazetteForm()  # of a gazette that is new


@dataclass(slots=True)
class TakingIn:
    """The files that wait, and the command that takes them in."""

    workspace: Workspace
    process: Process = field(default_factory=Process)
    asked: TakeInAsked | None = None  # of the command that runs or ran last

    @property
    def places(self) -> Places:
        """The folders of the archive."""
        return self.workspace.places

    @property
    def incoming(self) -> Path:
        """The folder of the files that wait."""
        return self.places.build / "edit" / "incoming"

    def folder(self, batch: str) -> Path:
        """Give the folder of the files that were dropped together; UsageError for an odd name."""
        if not BATCH.fullmatch(batch):
            msg = "请重新打开收入这一页"
            raise UsageError(msg)
        return self.incoming / batch

    async def keep(self, batch: str, name: str, data: AsyncIterator[bytes]) -> int:
        """Keep a file; give its size. UsageError for a name no system can have, or too large."""
        plain = name.replace("\\", "/").rpartition("/")[2].strip()
        if not plain or plain.startswith(".") or fault_of(plain):
            msg = f"“{name}”：文件名不能用于各种系统，请改名再放入"
            raise UsageError(msg)
        folder = self.folder(batch)
        folder.mkdir(parents=True, exist_ok=True)
        size = 0
        with (folder / plain).open("wb") as file:
            async for piece in data:
                size += len(piece)
                if size > LARGEST_FILE:
                    msg = f"“{plain}”超过 {LARGEST_FILE // 10**9} GB；请分成几次放入"
                    raise UsageError(msg)
                file.write(piece)
        return size

    def drop(self, batch: str) -> None:
        """Forget the files that were dropped together."""
        shutil.rmtree(self.folder(batch), ignore_errors=True)

    def forget_all(self) -> None:
        """Forget what an earlier run left."""
        shutil.rmtree(self.incoming, ignore_errors=True)

    def files(self, batch: str) -> list[Path]:
        """List the files that were dropped together, by name."""
        folder = self.folder(batch)
        return sorted(folder.iterdir()) if folder.is_dir() else []

    def propose(self, batch: str) -> Json:
        """Propose gazette, year and number; say in words what could not be proposed."""
        files = self.files(batch)
        titles = self._titles()
        seen = look(files)
        known = _known(seen.title, titles)
        only = next(iter(titles), "") if len(titles) == 1 and not seen.title else ""
        asked: list[Json] = []
        if seen.fault:
            asked.append(seen.fault)
        elif files and not (known or seen.title):
            asked.append("没有认出刊头，看不出是哪一种公报：请选定，或写它的名称")
        elif known and titles[known] != seen.title:
            asked.append(f"刊头读作“{seen.title}”，像是《{titles[known]}》：请核对")
        if files and not seen.issue:
            asked.append("看不出是哪一年哪一期：请写，例如 2024-02")
        return {
            "files": [{"name": path.name, "size": path.stat().st_size} for path in files],
            "what": seen.what,
            "gazettes": [{"id": name, "title": title} for name, title in titles.items()],
            "gazette": known or only,
            "id": proposed_id(seen.title, titles) if seen.title and not known else "",
            "title": seen.title,
            "organ": seen.sponsor,
            "phone": seen.phone,
            "issue": seen.issue,
            "sheet": seen.sheet,
            "asked": asked,
        }

    def _titles(self) -> dict[str, str]:
        """Give the titles of the gazettes that there are, by their English names."""
        content = self.places.content
        if not content.is_dir() or not any(content.iterdir()):
            return {}
        return {gazette.id: gazette.title for gazette in find_gazettes(content)}

    def place(self, gazette: str, issue: str) -> Json:
        """Say how an issue is written, and whether it is there already."""
        name = tidy_issue_name(issue)
        folder = self.places.content / gazette / name
        there = bool(gazette and FOLDER.fullmatch(name) and folder.is_dir())
        sheets = 0
        if there and (folder / LAYOUT_FILE).is_file():
            layout = read_layout(folder / ISSUE_FILE)
            sheets = max((page.page for page in layout.pages), default=0) if layout else 0
        return {
            "issue": name,
            "fits": FOLDER.fullmatch(name) is not None,
            "there": there,
            "sheets": sheets,
        }

    def begin(self, asked: TakeInAsked) -> str:
        """Begin to take files in; give the issue's name. UsageError when that cannot be."""
        name = tidy_issue_name(asked.issue)
        files = self.files(asked.batch)
        if not files:
            msg = "还没有放入文件"
            raise UsageError(msg)
        if not FOLDER.fullmatch(name):
            msg = (
                "期应写作 2017-01、2017-03-04（合刊）或 2017-z1（增刊），"
                f"现为“{asked.issue}”；请改正"
            )
            raise UsageError(msg)
        folder = self.places.content / asked.gazette / name
        titles = self._titles()
        text = ""
        if asked.way == "new":
            if folder.exists():
                msg = f"{asked.gazette}/{name} 已经有了，不会覆盖；请先看有什么不同，或换一个期号"
                raise UsageError(msg)
            if asked.gazette not in titles or asked.form.title.strip():
                refuse_id(asked.gazette, titles)
                text = gazette_text(asked.form)
        elif not folder.is_dir():
            msg = f"没有这一期：{asked.gazette}/{name}；请先收入"
            raise UsageError(msg)
        arguments = ["new" if asked.way == "new" else "retake", asked.gazette, name]
        arguments += [*map(str, files), "--content", str(self.places.content)]
        if text:
            arguments += ["--title", asked.form.title.strip()]
        if asked.sheet and asked.way != "new":
            arguments += ["--sheet", str(asked.sheet)]
        if asked.way == "compare":
            arguments += ["--dry-run", "--format", "json"]
        before = _digests(folder)

        def after(status: int) -> None:
            if asked.way != "compare":
                self._settle(asked, folder, before, text, status)

        if not self.process.begin(arguments, after):
            msg = "正在收入另一些文件；请等它完成"
            raise UsageError(msg)
        self.asked = asked
        return name

    def _settle(
        self, asked: TakeInAsked, folder: Path, before: dict[str, str], text: str, status: int
    ) -> None:
        """Note what was taken in, write gazette.toml; tidy up after a command that was ended."""
        if status:
            if asked.way == "new":
                shutil.rmtree(folder, ignore_errors=True)
                if text and folder.parent.is_dir() and not _others(folder.parent):
                    shutil.rmtree(folder.parent, ignore_errors=True)
            return
        if text:
            write_text(folder.parent / GAZETTE_FILE, text)
        now = _digests(folder)
        changed = {n for n in before.keys() | now.keys() if before.get(n) != now.get(n)}
        name = f"{asked.gazette}/{folder.name}"
        with self.workspace.lock:
            journal = self.workspace.journal(name)
            journal.kept.taken = sorted({*journal.kept.taken, *changed})
            if asked.way == "new":
                journal.kept.proofed = {}
            journal.store()
        self.drop(asked.batch)

    def state(self) -> Json:
        """Say how it goes: the command's words, its progress, the difference that it found."""
        state = self.process.state()
        lines = state["lines"]
        assert isinstance(lines, list)
        words = [self._plain(line) for line in lines if isinstance(line, str)]
        found: Json = None
        asked = self.asked
        if asked and state["status"]:
            words = [by_own_name(line, self.files(asked.batch)) for line in words]
        if asked and asked.way == "compare" and state["status"] == 0 and words:
            found = msgspec.json.decode(words.pop())
        progress = state["progress"]
        if asked and isinstance(progress, dict):
            task = by_own_name(f"{progress['task']}:", self.files(asked.batch))
            state["progress"] = {**progress, "task": task.removesuffix(":")}
        way = asked.way if asked else ""
        return {**state, "lines": [*words], "difference": found, "way": way}

    def _plain(self, line: str) -> str:
        """Name files as the editor knows them: those that wait by name, others from content/ on."""
        line = re.sub(rf"{re.escape(str(self.incoming))}[/\\][0-9a-f-]+[/\\]", "", line)
        return line.replace(f"{self.places.content}/", "").replace(f"{self.places.content}\\", "")


def _known(title: str, titles: Mapping[str, str]) -> str:
    """Give the gazette with a title, or the one whose title a scan may have misread so; or ""."""
    from rapidfuzz.distance import Indel

    if not title:
        return ""
    like = {name: Indel.normalized_similarity(title, own) for name, own in titles.items()}
    near = [name for name, share in like.items() if share >= LEAST_LIKE]
    exact = [name for name in near if titles[name] == title]
    found = exact or near
    is_misread = len(found) == 1 and len(titles[found[0]]) == len(title)
    return found[0] if exact or is_misread else ""


def _others(gazette: Path) -> list[Path]:
    """List what is in the folder of a gazette beside its gazette.toml."""
    return [path for path in gazette.iterdir() if path.name != GAZETTE_FILE]


def _digests(folder: Path) -> dict[str, str]:
    """Give the files of an issue with their digests."""
    found: dict[str, str] = {}
    for path in folder.rglob("*") if folder.is_dir() else ():
        if path.is_file() and not path.is_symlink():
            with path.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
            found[path.relative_to(folder).as_posix()] = digest
    return found
