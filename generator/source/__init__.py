"""Folders → values: the only package that reads content/."""

from __future__ import annotations

import hashlib
import logging
import os
import re
from collections.abc import Iterable, Mapping
from os.path import realpath
from pathlib import Path

from generator.errors import SourceError
from generator.file_names import fault_of
from generator.intake import ISSUE_FILE, SOURCES, take_in
from generator.limits import refuse_text
from generator.model import Correction, Gazette, Scan, Source, Withdrawal
from generator.published import ADDRESSES_FILE, read_published
from generator.source.gazette import (
    GAZETTE_FILE,
    is_inside,
    read_gazette,
    refuse_strays,
    web_address,
)
from generator.source.values import (
    line_of,
    lines_of_entries,
    read_toml,
    reason,
    refuse_giants,
    refuse_slips,
    refuse_unreadable,
    tables,
    value,
)

__all__ = [
    "FACTS_FILE",
    "FOLDER",
    "GAZETTE_FILE",
    "TAKEN",
    "find_gazettes",
    "find_issues",
    "lines_of_entries",
    "load",
    "read_gazette",
    "read_text",
    "subfolders",
    "take_in_texts",
    "web_address",
]

log = logging.getLogger(__name__)
FACTS_FILE = "issue.toml"
ISSUE_KEYS = ("correction", "lift", "withdrawn", "withheld", "scan")
SHOWN = frozenset({".png", ".jpg", ".jpeg", ".gif", ".webp", ".pdf"})
# folders of the home site
TAKEN = frozenset(
    ("agencies", "assets", "dates", "issuers", "manifests", "numbers", "people", "search",
     "sitemaps", "types", "works")
)  # fmt: skip
NAME = re.compile(r"\w[\w-]*")
# characters looked through for all corrections of an issue: each reads its whole line
MOST_READ = 1_000_000_000
LINE_END = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
# 2017-01 · 2017-03-04 (合刊) · 2017-z1 (增刊)
FOLDER = re.compile(r"(?P<year>\d{4})-(?P<number>\d{1,3}(?:-\d{1,3})*|z\d{1,3})")
# signs that text was decoded by the right table: the commonest characters of official Chinese
COMMON = frozenset("的和在为人民政府发展工作关于年月日第号，。、一二三十各市省县（）")


def _fit_folders(folder: Path) -> list[Path]:
    """List the folders in one; SourceError for a name that is not fit for every system."""
    folders = subfolders(folder)
    _refuse_names(folder, folders)
    for path in folders:  # 2024-02.bak, index.html, 100% are no parts of addresses
        if not NAME.fullmatch(path.name):
            msg = f"{path}: is part of addresses; letters, digits and - are what its name may hold"
            raise SourceError(msg)
    return folders


def _refuse_names(folder: Path, paths: Iterable[Path]) -> None:
    """Refuse names that some system takes for something else, and two that one takes for one."""
    seen: dict[str, Path] = {}
    for path in paths:
        name = path.relative_to(folder).as_posix()
        if fault := next(filter(None, map(fault_of, name.split("/"))), ""):
            msg = f"{folder}: {name!r} {fault}; rename it, for a site is unzipped on any system"
            raise SourceError(msg)
        if other := seen.get(name.casefold()):
            msg = f"{path}:1: some systems take it for {other.name}; rename one of the two"
            raise SourceError(msg)
        seen[name.casefold()] = path


def subfolders(folder: Path) -> list[Path]:
    """List the folders in one, by name; hidden ones belong to other programs."""
    return sorted(p for p in folder.iterdir() if p.is_dir() and not p.name.startswith("."))


def find_gazettes(content: Path) -> tuple[Gazette, ...]:
    """Read every gazette of an archive, by name; SourceError when there is none."""
    if not content.is_dir():
        msg = f"{content}: no such folder; content/<gazette>/gazette.toml is expected in it"
        raise SourceError(msg)
    folders = _fit_folders(content)
    if not folders:
        msg = f"{content}: holds no gazette; expected <gazette>/{GAZETTE_FILE} in it"
        raise SourceError(msg)
    for folder in folders:
        if folder.name.casefold() in TAKEN:  # for some systems Search is search
            msg = f"{folder}: the site has a folder {folder.name}/ of its own; rename the gazette"
            raise SourceError(msg)
        refuse_strays(content, folder, folder / GAZETTE_FILE)
    return tuple(read_gazette(folder) for folder in folders)


def find_issues(folder: Path) -> tuple[Path, ...]:
    """List the issue folders of a gazette in the order of their names.

    Raises SourceError for a folder without issue.md, and when there is no issue at all.
    """
    folders = _fit_folders(folder)
    for issue in folders:
        if not any((issue / name).is_file() for name in (ISSUE_FILE, *SOURCES)):
            msg = f"{issue / ISSUE_FILE}:1: missing; put the text of the issue there"
            raise SourceError(msg)
        read = [issue / name for name in (*SOURCES, ISSUE_FILE, FACTS_FILE, ADDRESSES_FILE)]
        refuse_strays(folder, issue, *read)
        refuse_giants(*read)
    if not folders:
        msg = f"{folder}: holds no issue; expected <year>-<nn>/{ISSUE_FILE} in it"
        raise SourceError(msg)
    return tuple(folders)


def take_in_texts(folders: Iterable[Path]) -> list[Path]:
    """Write issue.md for issues that came as Word or PDF, once, for the editor to check.

    Gives the files that were written.
    """
    written = [taken for folder in folders if (taken := take_in(folder))]
    for taken in written:
        log.warning("%s: written from the document beside it; check it before publishing", taken)
    return written


def load(folder: Path) -> Source:
    r"""Read one issue's text and apply its corrections; make issue.md of issue.docx or issue.pdf.

    1. The bytes are decoded as UTF-8 (with or without BOM) or GB18030; which one is recorded.
    2. Line ends are ``\n`` only, and the count of lines is that of the file.
    3. Each correction of issue.toml found its text exactly once in its line.

    Raises SourceError, naming file and line, for anything else.
    """
    path = folder / ISSUE_FILE
    take_in_texts([folder])
    try:
        data = path.read_bytes()
    except OSError as error:
        msg = f"{path}:1: cannot be read ({error.strerror})"
        raise SourceError(msg) from error
    text, encoding = _decode(data, path)
    text = LINE_END.sub("\n", text)
    if not text.strip():
        msg = f"{path}:1: the file is empty"
        raise SourceError(msg)
    refuse_text(text, str(path))
    facts_file = folder / FACTS_FILE
    facts = read_toml(facts_file) if os.path.lexists(facts_file) else {}
    refuse_slips(facts, ISSUE_KEYS, facts_file)
    corrections = _read_corrections(facts, facts_file)
    addresses = folder / ADDRESSES_FILE
    refuse_unreadable(addresses)
    # as it is called in the archive, though it be a link within it
    named = Path(os.path.abspath(folder))  # noqa: PTH100 - resolve() would follow links
    name = f"{named.parent.name}/{named.name}"
    corrected = _correct(text, corrections, facts_file, path)
    if corrections:
        refuse_text(corrected, str(path))
    return Source(
        name=name,
        text=corrected,
        path=str(path),
        file=ISSUE_FILE,
        sha256=hashlib.sha256(data).hexdigest(),
        encoding=encoding,
        corrections=corrections,
        scan=_read_scan(facts, facts_file),
        lifted=_read_lifted(facts, facts_file),
        files=_files(folder),
        received=text if corrections else "",
        published=read_published(addresses, name),
        withdrawn=_read_withdrawn(facts, facts_file),
        withheld=_read_withheld(facts, facts_file),
    )


def read_text(path: Path) -> str:
    """Read any text file as an issue is read: UTF-8 or GB18030, lines that end in LF."""
    return LINE_END.sub("\n", _decode(path.read_bytes(), path)[0])


def _decode(data: bytes, path: Path) -> tuple[str, str]:
    if data.startswith(b"\xef\xbb\xbf"):
        data, utf8 = data[3:], "utf-8-sig"
    else:
        utf8 = "utf-8"
    if (zero := data.find(b"\0")) >= 0:
        line = data.count(b"\n", 0, zero) + 1
        msg = f"{path}:{line}: holds binary data or UTF-16; save it as UTF-8 text"
        raise SourceError(msg)
    try:
        return data.decode("utf-8"), utf8
    except UnicodeDecodeError as error:
        bad = error.start
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        text = ""
    # nearly any bytes are GB18030; only text that reads like official Chinese is believed
    sample = [c for c in text[:20000] if ord(c) > 127]
    if sample and sum(c in COMMON for c in sample) >= len(sample) / 20:
        return text, "gb18030"
    line = data.count(b"\n", 0, bad) + 1
    import charset_normalizer  # for texts that cannot be read at all

    guess = charset_normalizer.from_bytes(data[:100_000]).best()
    hint = f" (perhaps {guess.encoding})" if guess else ""
    msg = f"{path}:{line}: neither UTF-8 nor GB18030{hint}; save it as UTF-8 text"
    raise SourceError(msg)


def _read_scan(facts: Mapping[str, object], path: Path) -> Scan | None:
    """Read [scan] of issue.toml: file = "scan.pdf" or "pages/{page}.jpg", first = 1."""
    table = facts.get("scan")
    if table is None:
        return None
    if not isinstance(table, dict):
        msg = f"{path}:{line_of(path, 'scan')}: [scan] is a table with file and first"
        raise SourceError(msg)
    scan = Scan(value(table, "file", str, path), value(table, "first", int, path, 1))
    if not is_inside(scan.file):
        msg = f"{path}:{line_of(path, scan.file)}: {scan.file!r} must lie in the issue's folder"
        raise SourceError(msg)
    if "{page}" not in scan.file and scan.file not in _files(path.parent):
        msg = f"{path}:{line_of(path, scan.file)}: no such file: {scan.file}"
        raise SourceError(msg)
    return scan


def _read_lifted(facts: Mapping[str, object], path: Path) -> tuple[int, ...]:
    """Read [[lift]] of issue.toml: a line whose mark of secrecy no longer holds, and why."""
    entries = tables(facts, "lift", path, "marks are lifted by [[lift]] with line and why")
    for entry in entries:
        reason(entry, path, line_of(path, "why"), "why the mark no longer holds")
    return tuple(value(entry, "line", int, path) for entry in entries)


def _read_withdrawn(facts: Mapping[str, object], path: Path) -> tuple[Withdrawal, ...]:
    """Read [[withdrawn]] of issue.toml: a document that is not to be published, and why."""
    form = "documents are withdrawn by [[withdrawn]] with id and why"
    entries = tables(facts, "withdrawn", path, form)
    names = [value(entry, "id", str, path) for entry in entries]
    lines = lines_of_entries(path, "withdrawn", names) if names else []
    what = "why it is withdrawn; its page shows it"
    return tuple(
        Withdrawal(name, reason(entry, path, line, what), line)
        for entry, name, line in zip(entries, names, lines, strict=True)
    )


def _read_withheld(facts: Mapping[str, object], path: Path) -> tuple[tuple[str, str], ...]:
    """Read [[withheld]] of issue.toml: paragraphs whose earlier readings are not to be shown."""
    form = "earlier readings are withheld by [[withheld]] with document, anchor and why"
    entries = tables(facts, "withheld", path, form)
    names = [value(entry, "document", str, path) for entry in entries]
    anchors = [value(entry, "anchor", str, path) for entry in entries]
    lines = lines_of_entries(path, "withheld", names) if names else []
    for entry, line in zip(entries, lines, strict=True):
        reason(entry, path, line, "why it is not to be shown")
    # an anchor as it stands in an address, too
    return tuple((n, a.strip().removeprefix("#")) for n, a in zip(names, anchors, strict=True))


def _files(folder: Path) -> tuple[str, ...]:
    """List the pictures and scans of an issue; a link that leads out of its folder is none."""
    root = folder.resolve()
    found = [
        p
        for p in sorted(folder.rglob("*"))
        if p.suffix.lower() in SHOWN and p.is_file() and Path(realpath(p)).is_relative_to(root)
    ]
    _refuse_names(folder, found)
    return tuple(p.relative_to(folder).as_posix() for p in found)


def _read_corrections(facts: Mapping[str, object], path: Path) -> tuple[Correction, ...]:
    form = "corrections are written as [[correction]] with line, from, to, why"
    entries = tables(facts, "correction", path, form)
    return tuple(
        Correction(
            line=value(entry, "line", int, path),
            printed=value(entry, "from", str, path),
            corrected=value(entry, "to", str, path),
            why=" ".join(value(entry, "why", str, path).split()),
        )
        for entry in entries
    )


def _correct(text: str, corrections: Iterable[Correction], facts: Path, path: Path) -> str:
    lines = text.split("\n")
    work = 0
    for correction in corrections:
        if not 1 <= correction.line <= len(lines):
            where = _place_of(correction, facts)
            msg = f"{where}: correction names line {correction.line}; {path} has {len(lines)}"
            raise SourceError(msg)
        line = lines[correction.line - 1]
        work += len(line)
        if work > MOST_READ:
            where = _place_of(correction, facts)
            msg = f"{where}: too many corrections of too long lines; is it an issue?"
            raise SourceError(msg)
        if (count := line.count(correction.printed)) != 1:
            where = _place_of(correction, facts)
            msg = (
                f"{where}: correction expects {correction.printed!r} once in line "
                f"{correction.line} of {path.name}, found it {count} times; "
                f"the line reads {line.strip()[:60]!r}"
            )
            raise SourceError(msg)
        if LINE_END.search(correction.corrected) or "\n" in correction.corrected:
            msg = f"{_place_of(correction, facts)}: a correction stays within its line"
            raise SourceError(msg)
        lines[correction.line - 1] = line.replace(correction.printed, correction.corrected)
    return "\n".join(lines)


def _place_of(correction: Correction, facts: Path) -> str:
    return f"{facts}:{line_of(facts, correction.printed)}"
