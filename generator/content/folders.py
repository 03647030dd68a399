"""The folders of an archive: gazettes, their issues, the files of an issue."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from os.path import realpath
from pathlib import Path

from generator.content.documents import (
    DOCUMENTS,
    document_files,
    has_documents,
    text_file_of,
)
from generator.content.gazette_facts import (
    read_gazette,
    refuse_strays,
)
from generator.content.intake import (
    CONVERTED,
    PAGES,
    SOURCES,
    page_files,
    take_in,
    take_in_file,
)
from generator.content.intake.taken import ISSUE_FILE, layout_file_of
from generator.content.published_addresses import ADDRESSES_FILE
from generator.content.toml_files import refuse_giants
from generator.language.file_names import fault_of
from generator.model import Gazette
from generator.runtime.errors import Faults, SourceError
from generator.runtime.patterns import lazy_regex
from generator.runtime.places import FACTS_FILE, GAZETTE_FILE, subfolders

log = logging.getLogger(__name__)
SHOWN = frozenset({".png", ".jpg", ".jpeg", ".gif", ".webp", ".pdf"})
# folders of the home site
TAKEN = frozenset(
    ("agencies", "assets", "compare", "dates", "feeds", "issuers", "manifests", "numbers",
     "offices", "people", "printings", "search", "sitemaps", "standards", "terms", "types", "works")
)  # fmt: skip
FOLDER_NAME = lazy_regex(r"\w[\w-]*")
# 2017-01 · 2017-03-04 (合刊) · 2017-z1 (增刊)
FOLDER = lazy_regex(r"(?P<year>\d{4})-(?P<number>\d{1,3}(?:-\d{1,3})*|z\d{1,3})")


def tidy_issue_name(name: str) -> str:
    """Write the number of an issue's folder with two digits: 2024-2 → 2024-02; others stay."""
    year, dash, number = name.strip().partition("-")
    parts = [part.zfill(2) if part.isascii() and part.isdecimal() else part
             for part in number.split("-")]  # fmt: skip
    return year + dash + "-".join(parts)


def _fit_folders(folder: Path, faults: Faults) -> list[Path]:
    """List the subfolders whose names are fit for every system; the others are noted."""
    folders = subfolders(folder)
    with faults.noted():
        refuse_names(folder, folders)
    fit = []
    for path in folders:  # 2024-02.bak, index.html, 100% cannot be parts of addresses
        if FOLDER_NAME.fullmatch(path.name):
            fit.append(path)
        elif not fault_of(path.name):  # that is noted already
            faults.add(f"{path}: 文件夹的名称会成为网址的一部分，只能有文字、数字和 -；请改名")
    return fit


def refuse_names(folder: Path, paths: Iterable[Path]) -> None:
    """Refuse names that some system does not accept, and two that some system takes for one.

    ``paths`` are below ``folder``; the names are those from this folder on.
    """
    seen: dict[str, Path] = {}
    for path in paths:
        name = path.relative_to(folder).as_posix()
        if fault := next(filter(None, map(fault_of, name.split("/"))), ""):
            msg = f"{folder}: {name!r} {fault}，有的系统不能解压；请改名"
            raise SourceError(msg)
        if other := seen.get(name.casefold()):
            msg = f"{path}:1: 与 {other.name} 只有大小写不同，有的系统分不开；请给其中一个改名"
            raise SourceError(msg)
        seen[name.casefold()] = path


def find_gazettes(content: Path, faults: Faults | None = None) -> tuple[Gazette, ...]:
    """Read all gazettes of an archive, in the order of their names; SourceError if it has none.

    What is wrong with some of them is raised at the end, all at once; with ``faults`` it is noted
    there, and the other gazettes are given.
    """
    if not content.is_dir():
        msg = f"{content}: 没有这个文件夹；其中应有 <公报>/gazette.toml，请核对 --content"
        raise SourceError(msg)
    own = Faults() if faults is None else faults
    folders = _fit_folders(content, own)
    gazettes = []
    for folder in folders:
        with own.noted():
            if folder.name.casefold() in TAKEN:  # some systems do not distinguish Search, search
                msg = f"{folder}: 网站自己有名为 {folder.name}/ 的文件夹；请给公报的文件夹改名"
                raise SourceError(msg)
            refuse_strays(content, folder, folder / GAZETTE_FILE)
            gazettes.append(read_gazette(folder))
    if not folders and not own.lines:
        msg = f"{content}: 没有一种公报；请放入 <公报>/{GAZETTE_FILE}"
        raise SourceError(msg)
    if faults is None:
        own.end()
    return tuple(gazettes)


def find_issues(folder: Path, faults: Faults | None = None) -> tuple[Path, ...]:
    """List the issue folders of a gazette in the order of their names.

    Raises SourceError for a folder without a text (issue.md, .docx or .pdf), for a link that leads
    out of the folder, for a file that is too large, and when there is no issue at all. These are
    raised at the end, all at once; with ``faults`` they are noted there, and the other issues are
    listed.
    """
    own = Faults() if faults is None else faults
    folders = _fit_folders(folder, own)
    found = []
    for issue in folders:
        with own.noted():
            _refuse_folder(folder, issue)
            found.append(issue)
    if not folders and not own.lines:
        with own.noted():
            msg = f"{folder}: 没有一期公报；请放入 <年>-<期>/{ISSUE_FILE}"
            raise SourceError(msg)
    if faults is None:
        own.end()
    return tuple(found)


def has_text(issue: Path) -> bool:
    """Whether a folder holds a text of an issue, in any of the forms that are read."""
    whole = (issue / name for name in (ISSUE_FILE, *SOURCES))
    return has_documents(issue) or bool(page_files(issue)) or any(map(Path.is_file, whole))


def _refuse_folder(folder: Path, issue: Path) -> None:
    """Refuse the folder of an issue of a gazette's ``folder`` that cannot be read as one."""
    whole = [issue / name for name in (ISSUE_FILE, *SOURCES)]
    texts = document_files(issue) if has_documents(issue) else []
    pages = page_files(issue)
    if not texts and not pages and not any(path.is_file() for path in whole):
        msg = f"{issue / ISSUE_FILE}:1: 没有这个文件；请放入这一期的文本"
        raise SourceError(msg)
    read = [*whole, *texts, *map(text_file_of, texts), *dict.fromkeys(p.parent for p in texts)]
    read += [issue / name for name in (FACTS_FILE, ADDRESSES_FILE, DOCUMENTS)]
    read += [
        layout for layout in map(layout_file_of, [issue / ISSUE_FILE, *texts]) if layout.exists()
    ]
    read += [issue / PAGES, *pages]
    refuse_strays(folder, issue, *read)
    refuse_giants(*read)


def take_in_texts(folders: Iterable[Path], faults: Faults | None = None) -> list[Path]:
    """Write the text of each issue and document that came as Word or PDF, once, for the editor.

    Gives the paths of the files that were written. What cannot be read is noted in ``faults``, or
    raised at the end, all at once.
    """
    own = Faults() if faults is None else faults
    written: list[Path] = []
    for folder in folders:
        with own.noted():
            written += _take_in_all(folder)
    for taken in written:
        log.warning("%s: 由旁边的文档转成；发布前请核对", taken)
    if faults is None:
        own.end()
    return written


def _take_in_all(folder: Path) -> Iterator[Path]:
    """Convert the Word and PDF files of an issue; give the paths of the files that were written."""
    if not has_documents(folder):
        if taken := take_in(folder):
            yield taken
        return
    for path in document_files(folder):
        if path.suffix.lower() in CONVERTED and (taken := take_in_file(path, text_file_of(path))):
            yield taken


def files_of(folder: Path) -> tuple[str, ...]:
    """List the pictures and scans of an issue, without links that lead out of its folder."""
    root = folder.resolve()
    found = [
        p
        for p in sorted(folder.rglob("*"))
        if p.suffix.lower() in SHOWN and p.is_file() and Path(realpath(p)).is_relative_to(root)
    ]
    refuse_names(folder, found)
    return tuple(p.relative_to(folder).as_posix() for p in found)
