"""Files that are dropped on the page: kept aside, looked at, and taken in as a new issue."""

from __future__ import annotations

import re
import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from generator.content import FOLDER, GAZETTE_FILE, find_gazettes, load, tidy_issue_name
from generator.content.handed_in import put, take
from generator.edit.processes import Process
from generator.language.dates import YEAR
from generator.language.file_names import fault_of
from generator.language.pinyin import romanise
from generator.runtime.data import Json
from generator.runtime.errors import GazetteError, UsageError
from generator.runtime.places import Places
from generator.stages.parse import parse

LARGEST_FILE = 2_000_000_000  # bytes
BATCH = re.compile(r"[0-9a-f-]{8,40}")
# kinds that are read in a moment; a scan takes minutes, and is not looked at before it is taken in
QUICK = (".md", ".txt", ".docx", ".docm", ".html", ".htm", ".zip", ".json", ".ofd", ".pdf")
LARGEST_LOOK = 30_000_000  # bytes in all that are looked at
IN_NAME = re.compile(rf"(?P<year>{YEAR})\D{{0,4}}?(?:第|-|_)\s*0*(?P<number>\d{{1,3}})(?:期|\b)")


@dataclass(slots=True)
class TakingIn:
    """The files that wait, and the command that takes them in."""

    places: Places
    process: Process = field(default_factory=Process)

    def folder(self, batch: str) -> Path:
        """Give the folder of the files that were dropped together; UsageError for an odd name."""
        if not BATCH.fullmatch(batch):
            msg = "请重新打开收入这一页"
            raise UsageError(msg)
        return self.places.build / "edit" / "incoming" / batch

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

    def files(self, batch: str) -> list[Path]:
        """List the files that were dropped together, by name."""
        folder = self.folder(batch)
        return sorted(folder.iterdir()) if folder.is_dir() else []

    def propose(self, batch: str) -> Json:
        """Propose gazette, year and number, from the masthead or the names of the files."""
        gazettes = find_gazettes(self.places.content) if self.places.content.is_dir() else ()
        files = self.files(batch)
        title, issue, said = self._look(files)
        if not issue:
            found = next(filter(None, (IN_NAME.search(path.name) for path in files)), None)
            issue = tidy_issue_name(f"{found['year']}-{found['number']}") if found else ""
        known = next((g.id for g in gazettes if title and g.title == title), "")
        made = re.sub(r"[^a-z0-9]+", "", romanise(title))[:20] if title and not known else ""
        return {
            "gazettes": [{"id": g.id, "title": g.title} for g in gazettes],
            "gazette": known or made or (gazettes[0].id if len(gazettes) == 1 else ""),
            "title": title,
            "issue": issue,
            "said": said,
        }

    def _look(self, files: list[Path]) -> tuple[str, str, str]:
        """Read the masthead of what can be read in a moment: title, <year>-<number>, a fault."""
        is_quick = all(path.suffix.lower() in QUICK for path in files)
        if not files or not is_quick or sum(p.stat().st_size for p in files) > LARGEST_LOOK:
            return "", "", ""
        try:
            with TemporaryDirectory() as scratch:
                unpacked = Path(scratch) / "zip"
                unpacked.mkdir()
                folder = Path(scratch) / "look" / "2000-01"
                folder.mkdir(parents=True)
                put(take(files, unpacked), folder)
                head = parse(load(folder)).masthead
        except GazetteError as error:
            return "", "", re.sub(r"/\S*/", "", str(error))
        issue = f"{head.year}-{head.number}" if head.year and head.number else ""
        return head.title, tidy_issue_name(issue) if issue else "", ""

    def begin(self, batch: str, gazette: str, issue: str, title: str) -> None:
        """Take the files in as an issue; UsageError when that cannot be."""
        name = tidy_issue_name(issue)
        files = self.files(batch)
        if not files:
            msg = "还没有放入文件"
            raise UsageError(msg)
        if not FOLDER.fullmatch(name):
            msg = f"期号应写作 2017-01、2017-03-04（合刊）或 2017-z1（增刊），现为“{issue}”"
            raise UsageError(msg)
        if (self.places.content / gazette / name).exists():
            msg = f"{gazette}/{name} 已经有了，不会覆盖；要换一份文本，请先移走那个文件夹"
            raise UsageError(msg)
        is_new = not (self.places.content / gazette / GAZETTE_FILE).is_file()
        self.process.begin(
            ["new", gazette, name, *map(str, files), "--content", str(self.places.content),
             *(["--title", title] if is_new and title else [])]
        )  # fmt: skip
