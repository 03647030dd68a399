"""Archives of any size, composed from a few issues, for measuring what grows with the archive.

A copy of an issue differs from the others as issues do: in its own number, in the serials of the
documents it holds and cites, and in their titles, so that citations still find their documents.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Sequence
from pathlib import Path

# characters that no title of official documents begins a word with
MARKS = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥"
TYPES = re.compile(r"(?=(?:条例|办法|规定|细则|规则)(?!》的))|(?<=关于)")
SERIAL = re.compile(
    r"(?<=[〕\])）])(?P<serial>\d{1,4})(?=\s*号)|(?<=令第)(?P<decree>\d{1,4})(?=号)"
)
ISSUE = re.compile(r"第\s*\d+\s*期(?:\s*[（(]\s*总第\s*\d+\s*期\s*[）)])?")
# 2017 or 2017年, on a line of its own or before 第1期
YEAR = re.compile(r"^(?P<before>#*\s*)\d{4}\s*年?(?=[ \t]*(?:第\s*\d+\s*期|$))", re.MULTILINE)


def issue_folders(paths: Sequence[Path]) -> list[Path]:
    """List the issue folders among paths and below them."""
    found = (file.parent for path in paths for file in path.rglob("issue.md"))
    return sorted(set(found))


def perturb(text: str, copy: int, issue: int) -> str:
    """Make the copy of an issue's text; copy 0 changes its number alone."""
    year, number = 1900 + issue // 12, issue % 12 + 1
    text = YEAR.sub(rf"\g<before>{year}", text, count=1)
    text = ISSUE.sub(f"第{number}期（总第{issue + 1}期）", text, count=1)
    if not copy:
        return text
    mark = MARKS[copy % len(MARKS)] + MARKS[copy // len(MARKS)] * (copy >= len(MARKS))
    text = SERIAL.sub(lambda m: str(int(m.group()) + 400 * copy), text)
    return TYPES.sub(mark, text)


def compose(folders: Sequence[Path], count: int, content: Path, first: int = 0) -> None:
    """Write ``count`` issues into an archive of one gazette, from issue number ``first`` on."""
    gazette = content / "bench"
    gazette.mkdir(parents=True, exist_ok=True)
    (gazette / "gazette.toml").write_text('title = "测量用公报"\n', "utf-8")
    for issue in range(first, first + count):
        source = folders[issue % len(folders)]
        text = (source / "issue.md").read_text("utf-8", errors="replace")
        folder = gazette / f"{1900 + issue // 12}-{issue % 12 + 1:02}"
        folder.mkdir()
        (folder / "issue.md").write_text(perturb(text, issue // len(folders), issue), "utf-8")


def clear(*folders: Path) -> None:
    """Remove what an earlier round wrote."""
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)
