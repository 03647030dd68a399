"""Folders → values: the only module that reads content/."""

from __future__ import annotations

import hashlib
import logging
import os
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from difflib import get_close_matches
from os.path import realpath
from pathlib import Path, PurePosixPath
from typing import TypeVar
from urllib.parse import urlsplit

from generator.errors import SourceError
from generator.file_names import fault_of
from generator.intake import ISSUE_FILE, SOURCES, take_in
from generator.invisible import INVISIBLE, name_of, named
from generator.limits import refuse_text
from generator.model import (
    Correction,
    Elsewhere,
    Gazette,
    Host,
    Inventory,
    Scan,
    Source,
    Withdrawal,
)
from generator.numbering import DocumentNumber
from generator.published import ADDRESSES_FILE, read_published

log = logging.getLogger(__name__)

T = TypeVar("T", str, int)

GAZETTE_FILE = "gazette.toml"
FACTS_FILE = "issue.toml"
ADDRESS = re.compile(r"https?://[^\s<>\"]+")
MAIL = re.compile(r"mailto:[^\s<>\"]+")
LONGEST_ADDRESS = 500  # characters
GAZETTE_KEYS = (
    "title",
    "place",
    "homepage",
    "contact",
    "agencies",
    "addresses",
    "inventory",
    "host",
)
ISSUE_KEYS = ("correction", "lift", "withdrawn", "withheld", "scan")
# a line or a page, of any issue that was ever printed
GREATEST = 10_000_000
SHOWN = frozenset({".png", ".jpg", ".jpeg", ".gif", ".webp", ".pdf"})
# folders of the home site
TAKEN = frozenset(
    ("agencies", "assets", "dates", "issuers", "manifests", "numbers", "people", "search",
     "sitemaps", "types", "works")
)  # fmt: skip
NAME = re.compile(r"\w[\w-]*")
# bytes: a large issue has a thousandth of it, and 50 MB were measured (docs/performance.md)
LARGEST = {
    ".md": 64_000_000, ".json": 256_000_000, ".toml": 4_000_000, ".docx": 256_000_000,
    ".pdf": 1_000_000_000,
}  # fmt: skip
# keys of issue.toml that quote the text, or explain in any number of lines
QUOTING = frozenset({"from", "to", "why"})
# characters looked through for all corrections of an issue: each reads its whole line
MOST_READ = 1_000_000_000
LINE_END = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
TOML_LINE = re.compile(r"\(at line (?P<line>\d+)")
TOML_TOKEN = re.compile(r"\"\"\"|'''|\\[\"\\]|[\"'\n#.=,]")
MOST_DOTS = 100
# 2017-01 · 2017-03-04 (合刊) · 2017-z1 (增刊)
FOLDER = re.compile(r"(?P<year>\d{4})-(?P<number>\d{1,3}(?:-\d{1,3})*|z\d{1,3})")
# signs that text was decoded by the right table: the commonest characters of official Chinese
COMMON = frozenset("的和在为人民政府发展工作关于年月日第号，。、一二三十各市省县（）")


def is_address(text: str) -> bool:
    """Whether a text is an address of the web with a host, and no longer than people write."""
    if len(text) > LONGEST_ADDRESS or not ADDRESS.fullmatch(text):
        return False
    try:
        parts = urlsplit(text)
        return bool(parts.hostname) and parts.port != 0
    except ValueError:  # [ in the place of a host, letters or 99999 in that of a port
        return False


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
        _refuse_strays(content, folder, folder / GAZETTE_FILE)
    return tuple(read_gazette(folder) for folder in folders)


def read_gazette(folder: Path) -> Gazette:
    """Read gazette.toml; a title is all it must hold."""
    path = folder / GAZETTE_FILE
    facts = _read_toml(path)
    _refuse_slips(facts, GAZETTE_KEYS, path)
    if not _value(facts, "title", str, path).strip():
        msg = f"{path}:{_line_of(path, 'title')}: title must name the gazette"
        raise SourceError(msg)
    agencies = facts.get("agencies", {})
    if not isinstance(agencies, dict):
        msg = f"{path}:1: [agencies] must be a table of known name = [names as printed]"
        raise SourceError(msg)
    names: dict[str, str] = {}
    for known, printed in agencies.items():
        if not isinstance(printed, list) or not all(isinstance(name, str) for name in printed):
            msg = f"{path}:{_line_of(path, known)}: {known!r} needs a list of names as printed"
            raise SourceError(msg)
        for name in (known, *printed):
            _refuse_signs(name, "a name of [agencies]", path)
        names |= dict.fromkeys(printed, known)
    contact = _value(facts, "contact", str, path, "")
    if contact and not (is_address(contact) or MAIL.fullmatch(contact)):
        msg = f"{path}:{_line_of(path, 'contact')}: contact must begin with mailto: or https://"
        raise SourceError(msg)
    homepage = _value(facts, "homepage", str, path, "")
    if homepage and not is_address(homepage):
        msg = f"{path}:{_line_of(path, 'homepage')}: homepage must begin with https://"
        raise SourceError(msg)
    return Gazette(
        id=folder.name,
        title=_value(facts, "title", str, path),
        place=_value(facts, "place", str, path, ""),
        homepage=homepage,
        contact=contact,
        agencies=names,
        addresses=_read_addresses(facts, path),
        inventories=_read_inventories(facts, path),
        host=_read_host(facts, path),
    )


def _read_host(facts: Mapping[str, object], path: Path) -> Host:
    """Read [host]: who publishes the site; a name that nobody knows is a slip of the pen."""
    table = facts.get("host", {})
    if not isinstance(table, dict):
        msg = f"{path}:1: [host] must be a table of site, domain, code …"
        raise SourceError(msg)
    names = [field.name for field in fields(Host)]
    for name in table:
        if name not in names:
            msg = f"{path}:{_line_of(path, name)}: [host] knows {', '.join(names)}, not {name!r}"
            raise SourceError(msg)
    return Host(**{name: _value(table, name, str, path) for name in table})


def _read_addresses(facts: Mapping[str, object], path: Path) -> tuple[Elsewhere, ...]:
    """Read [addresses]: a document's number or title = where another site publishes it."""
    table = facts.get("addresses", {})
    if not isinstance(table, dict):
        msg = f"{path}:1: [addresses] must be a table of number or title = address"
        raise SourceError(msg)
    found: list[Elsewhere] = []
    for name, address in table.items():
        if not isinstance(address, str) or not is_address(address):
            msg = f"{path}:{_line_of(path, name)}: {name!r} needs an address that begins https://"
            raise SourceError(msg)
        _refuse_signs(name, "a name of [addresses]", path)
        number = DocumentNumber.parse(name)
        title = "" if number else name.strip("《》")
        found.append(Elsewhere(address, title, str(number or "")))
    return tuple(found)


def _read_inventories(facts: Mapping[str, object], path: Path) -> tuple[Inventory, ...]:
    """Read [[inventory]]: site, file and, where it is not <site>register.json, source."""
    entries = _tables(facts, "inventory", path, "inventories are written as [[inventory]]")
    found: list[Inventory] = []
    for entry in entries:
        site = _value(entry, "site", str, path)
        file = _value(entry, "file", str, path)
        line = _line_of(path, site)
        if not is_address(site) or not site.endswith("/"):
            msg = f"{path}:{line}: site must begin with https:// and end with /, not {site!r}"
            raise SourceError(msg)
        if not is_inside(file) or "/" in file or not file.endswith(".json"):
            msg = f"{path}:{line}: file must name a .json file beside gazette.toml, not {file!r}"
            raise SourceError(msg)
        source = _value(entry, "source", str, path, f"{site}register.json")
        _refuse_strays(path.parent, path.parent / file)
        if not is_address(source):  # a file, relative to the gazette's folder
            if ADDRESS.match(source):
                msg = f"{path}:{line}: source is no address that can be asked: {source!r}"
                raise SourceError(msg)
            source = (path.parent / source).resolve().as_uri()
        found.append(Inventory(site, file, source))
    return tuple(found)


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
        _refuse_strays(folder, issue, *read)
        _refuse_giants(*read)
    if not folders:
        msg = f"{folder}: holds no issue; expected <year>-<nn>/{ISSUE_FILE} in it"
        raise SourceError(msg)
    return tuple(folders)


def _refuse_strays(folder: Path, *paths: Path) -> None:
    """Refuse links that lead out of a folder: who may write there may not publish any file."""
    for path in paths:
        # realpath gives an answer for links that lead to themselves, too
        if path.is_symlink() and not Path(realpath(path)).is_relative_to(realpath(folder)):
            msg = f"{path}:1: is a link that leads out of {folder}; put the file itself there"
            raise SourceError(msg)


def _refuse_giants(*paths: Path) -> None:
    """Refuse files that no issue is as large as, before anything reads them into memory."""
    for path in paths:
        largest = LARGEST.get(path.suffix, LARGEST[".md"])
        if path.is_file() and (size := path.stat().st_size) > largest:
            msg = (
                f"{path}:1: has {size:,} bytes; at most {largest:,} are read. "
                "Is it the text of one issue?"
            )
            raise SourceError(msg)


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
    facts = _read_toml(facts_file) if os.path.lexists(facts_file) else {}
    _refuse_slips(facts, ISSUE_KEYS, facts_file)
    corrections = _read_corrections(facts, facts_file)
    addresses = folder / ADDRESSES_FILE
    _refuse_unreadable(addresses)
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
        msg = f"{path}:{_line_of(path, 'scan')}: [scan] is a table with file and first"
        raise SourceError(msg)
    scan = Scan(_value(table, "file", str, path), _value(table, "first", int, path, 1))
    if not is_inside(scan.file):
        msg = f"{path}:{_line_of(path, scan.file)}: {scan.file!r} must lie in the issue's folder"
        raise SourceError(msg)
    if "{page}" not in scan.file and scan.file not in _files(path.parent):
        msg = f"{path}:{_line_of(path, scan.file)}: no such file: {scan.file}"
        raise SourceError(msg)
    return scan


def _read_lifted(facts: Mapping[str, object], path: Path) -> tuple[int, ...]:
    """Read [[lift]] of issue.toml: a line whose mark of secrecy no longer holds, and why."""
    entries = _tables(facts, "lift", path, "marks are lifted by [[lift]] with line and why")
    for entry in entries:
        _reason(entry, path, _line_of(path, "why"), "why the mark no longer holds")
    return tuple(_value(entry, "line", int, path) for entry in entries)


def _read_withdrawn(facts: Mapping[str, object], path: Path) -> tuple[Withdrawal, ...]:
    """Read [[withdrawn]] of issue.toml: a document that is not to be published, and why."""
    form = "documents are withdrawn by [[withdrawn]] with id and why"
    entries = _tables(facts, "withdrawn", path, form)
    names = [_value(entry, "id", str, path) for entry in entries]
    lines = lines_of_entries(path, "withdrawn", names) if names else []
    what = "why it is withdrawn; its page shows it"
    return tuple(
        Withdrawal(name, _reason(entry, path, line, what), line)
        for entry, name, line in zip(entries, names, lines, strict=True)
    )


def _read_withheld(facts: Mapping[str, object], path: Path) -> tuple[tuple[str, str], ...]:
    """Read [[withheld]] of issue.toml: paragraphs whose earlier readings are not to be shown."""
    form = "earlier readings are withheld by [[withheld]] with document, anchor and why"
    entries = _tables(facts, "withheld", path, form)
    names = [_value(entry, "document", str, path) for entry in entries]
    anchors = [_value(entry, "anchor", str, path) for entry in entries]
    lines = lines_of_entries(path, "withheld", names) if names else []
    for entry, line in zip(entries, lines, strict=True):
        _reason(entry, path, line, "why it is not to be shown")
    # an anchor as it stands in an address, too
    return tuple((n, a.strip().removeprefix("#")) for n, a in zip(names, anchors, strict=True))


def _reason(entry: dict[str, object], path: Path, line: int, what: str) -> str:
    """Give what an editor wrote for why, in a line; SourceError, at a line, when it is nothing."""
    if why := " ".join(_value(entry, "why", str, path).split()):
        return named(why)
    msg = f"{path}:{line}: why must say {what}"
    raise SourceError(msg)


def lines_of_entries(path: Path, key: str, words: Sequence[str]) -> list[int]:
    """Line of a TOML file with a word of each table [[key]]; that of the table without it."""
    found: list[int] = []
    is_open = False
    for number, line in enumerate(path.read_text("utf-8-sig").splitlines(), 1):
        if line.lstrip().startswith("["):
            is_open = line.partition("]")[0].strip("[ \t") == key
            is_open = is_open and len(found) < len(words)
            if is_open:
                found.append(number)
        if is_open and words[len(found) - 1] in line:
            found[-1], is_open = number, False
    # others were written as a list in one line
    return found + [_line_of(path, key)] * (len(words) - len(found))


def is_inside(name: str) -> bool:
    """Whether a relative path stays in the folder it starts from."""
    path = PurePosixPath(name)
    return bool(name) and not path.is_absolute() and ".." not in path.parts and "\\" not in name


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
    entries = _tables(facts, "correction", path, form)
    return tuple(
        Correction(
            line=_value(entry, "line", int, path),
            printed=_value(entry, "from", str, path),
            corrected=_value(entry, "to", str, path),
            why=" ".join(_value(entry, "why", str, path).split()),
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
    return f"{facts}:{_line_of(facts, correction.printed)}"


def _tables(
    facts: Mapping[str, object], key: str, path: Path, form: str
) -> list[dict[str, object]]:
    """Give the tables [[key]]; SourceError says their form when they are written otherwise."""
    entries = facts.get(key, [])
    if not isinstance(entries, list) or not all(isinstance(e, dict) for e in entries):
        msg = f"{path}:1: {form}"
        raise SourceError(msg)
    return entries


def _refuse_slips(facts: Mapping[str, object], known: Sequence[str], path: Path) -> None:
    """Refuse keys that are nearly those we know: [[withdraw]] would leave a document published.

    Others are somebody's own, and are named in a warning.
    """
    for key in facts:
        if key in known:
            continue
        line = _line_of(path, key)
        if meant := get_close_matches(key, known, n=1, cutoff=0.7):
            msg = f"{path}:{line}: {key!r} is not read; is {meant[0]!r} meant?"
            raise SourceError(msg)
        log.warning("%s:%s: %r is not read", path, line, key)


def _refuse_unreadable(path: Path) -> None:
    """Refuse what is there and is no file, or no file of that kind, before it is opened."""
    if path.exists() and not path.is_file():  # a pipe would be waited for
        msg = f"{path}:1: is no file; put a text of that name there"
        raise SourceError(msg)
    _refuse_giants(path)


def _read_toml(path: Path) -> dict[str, object]:
    _refuse_unreadable(path)
    try:
        text = path.read_bytes().decode("utf-8-sig")
        if deep := _nested_key(text):
            msg = f"{path}:{deep}: a key of more than {MOST_DOTS} keys; nobody writes such"
            raise SourceError(msg)
        return tomllib.loads(text)
    except FileNotFoundError as error:
        msg = f"{path}:1: missing"
        raise SourceError(msg) from error
    except OSError as error:
        msg = f"{path}:1: cannot be read ({error.strerror})"
        raise SourceError(msg) from error
    except UnicodeDecodeError as error:
        msg = f"{path}:1: not UTF-8; save it as UTF-8 text"
        raise SourceError(msg) from error
    except RecursionError as error:
        msg = f"{path}:1: nests brackets too deep for any fact; write plain keys and tables"
        raise SourceError(msg) from error
    except ValueError as error:  # TOMLDecodeError, or a number of thousands of digits
        found = TOML_LINE.search(str(error))
        # tomllib names no line when the text ends too early
        line = found["line"] if found else len(path.read_bytes().splitlines())
        msg = f"{path}:{line}: not valid TOML: {error}"
        raise SourceError(msg) from error


def _nested_key(text: str) -> int:
    """Line of a TOML file with a key a.a.a… that tomllib would work on for minutes; 0 for none."""
    if not any(line.count(".") > MOST_DOTS for line in text.splitlines()):
        return 0
    quote, dots, line = "", 0, 1
    tokens: list[str] = TOML_TOKEN.findall(text)
    for token in tokens:
        line += token == "\n"
        if quote:
            quote = "" if token == quote or (token == "\n" and len(quote) == 1) else quote
        elif token in ('"', "'", '"""', "'''", "#"):
            quote = "\n" if token == "#" else token
        elif token == ".":
            dots += 1
        elif token in ("\n", "=", ","):
            dots = 0
        if dots > MOST_DOTS:
            return line
    return 0


def _value(
    facts: dict[str, object], key: str, kind: type[T], path: Path, default: T | None = None
) -> T:
    value = facts.get(key, default)
    if isinstance(value, kind) and not isinstance(value, bool):
        if isinstance(value, str) and key not in QUOTING:
            _refuse_signs(value, key, path)
        if isinstance(value, int) and not -GREATEST < value < GREATEST:
            msg = f"{path}:{_line_of(path, key)}: {key} is beyond any line or page"
            raise SourceError(msg)
        return value
    found = "is missing" if value is None else f"is {value!r}"
    wanted = {str: "a text", int: "a whole number"}[kind]
    msg = f"{path}:{_line_of(path, key)}: {key} must be {wanted}, but {found}"
    raise SourceError(msg)


def _refuse_signs(text: str, what: str, path: Path) -> None:
    """Refuse what stands on no line of a page: line ends, controls, signs that nobody sees."""
    if found := INVISIBLE.search(text) or re.search(r"[\r\n\t]", text):
        line = _line_of(path, text.split("\n")[0])
        msg = f"{path}:{line}: {what} holds {name_of(found[0])}, which nobody sees; remove it"
        raise SourceError(msg)


def _line_of(path: Path, text: str) -> int:
    """Line of a TOML file that mentions a text; 1 when none does."""
    for number, line in enumerate(path.read_text("utf-8-sig").splitlines(), 1):
        if text in line:
            return number
    return 1
