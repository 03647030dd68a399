"""documents/: an issue of several files, one file a document, read as one text."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path, PurePosixPath

from generator.content.decoding import read_received
from generator.content.file_kinds import binary_kind, json_kind
from generator.content.intake import CONVERTED, SCANS, SOURCES, WEB_PAGES
from generator.content.intake.natural_order import natural_order
from generator.content.intake.taken import ISSUE_FILE
from generator.content.toml_files import refuse_unreadable
from generator.model import SourceFile
from generator.runtime.errors import SourceError
from generator.runtime.patterns import lazy_regex

DOCUMENTS = "documents"
TEXTS = (".md", ".txt")  # read as they are
PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".bmp", ".tif", ".tiff")
# what a system, an office program or a conversion leaves in a folder
LEFT_BEHIND = lazy_regex(
    r"\..*|~\$.*|thumbs\.db|desktop\.ini|sha256sums|.+\.layout\.json", re.IGNORECASE
)
COMPANION = lazy_regex(r"(?P<stem>.+)[_.]files?")
PREFIX = lazy_regex(r"^\d{1,3}(?:[-_.、．]\s*|\s+)")  # 01-市政府文件 → 市政府文件
MOST_FILES = 1_000
JSON_REMEDY = (
    "能读的识别结果见 docs/engines.md，如 MinerU 的 content_list.json、PaddleOCR 的 _res.json；"
    "其他的请放入同时得到的 .md 文件"
)
# what to do about a file of a kind that is not read
REMEDIES: tuple[tuple[tuple[str, ...], str], ...] = (
    (SCANS, "页面的图片请单独放入，作为一期的各页，不要和别的文件放在一起"),
    (PICTURES, "请把页面的图片另存为 PNG、JPEG 或 TIFF，再单独放入"),
    ((".zip", ".rar", ".7z"), "请先解压，放入其中的文件"),
    ((".xls", ".xlsx", ".et", ".ppt", ".pptx"), "请另存为 .docx 或 PDF 再放入"),
    ((".mht", ".mhtml"), "请用浏览器另存为“网页，仅 HTML”（.html）再放入"),
    ((".xml", ".hocr"), "能读的是 hOCR 和 ALTO；其他的请存为 .txt 或 .docx 再放入"),
    ((".json", ".jsonl"), JSON_REMEDY),
)


@dataclass(frozen=True, slots=True)
class Joined:
    """The text of several files, joined in their order."""

    text: str
    files: tuple[SourceFile, ...]

    @property
    def sha256(self) -> str:
        """The digest of the list of all digests, as in a file SHA256SUMS."""
        listed = "".join(f"{file.sha256}  {file.name}\n" for file in self.files)
        return hashlib.sha256(listed.encode()).hexdigest()


def remedy_of(path: Path) -> str:
    """Say what to do about a file of a kind that is not read."""
    suffix = path.suffix.lower()
    found = (remedy for suffixes, remedy in REMEDIES if suffix in suffixes)
    return next(found, "能读的是 .md、.txt、.docx、.pdf、.ofd、.html")


def unknown_kind(path: Path) -> SourceError:
    """Give the error for a file of a kind that is not read."""
    suffix = path.suffix.lower()
    known = {suffix for suffixes, _ in REMEDIES for suffix in suffixes}
    kind = json_kind(path) if suffix == ".json" else ""
    if suffix not in known:
        kind = binary_kind(path)
    what = f"（{kind}）" if kind else ""
    return SourceError(f"{path}:1: 不认识这种文件“{path.name}”{what}；{remedy_of(path)}")


def is_left_behind(path: Path) -> bool:
    """Whether a file is none of the editor's: .DS_Store, Thumbs.db, ~$第2期.docx."""
    return bool(LEFT_BEHIND.fullmatch(path.name))


def is_of_web_page(folder: Path) -> bool:
    """Whether a browser stored in a folder what belongs to a page beside it: page_files/."""
    found = COMPANION.fullmatch(folder.name)
    return found is not None and any(
        folder.with_name(f"{found['stem']}{suffix}").is_file() for suffix in WEB_PAGES
    )


def has_documents(folder: Path) -> bool:
    """Whether an issue came as a folder of documents."""
    return (folder / DOCUMENTS).is_dir()


def document_files(folder: Path) -> list[Path]:
    """List the files of an issue's documents, in the natural order of their names.

    A subfolder is a category; its files are in the place of its name. A Word or PDF file stands for
    itself: its text has the same name with .md. Raises SourceError for a file of another kind, and
    for two files that are the same document.
    """
    root = folder / DOCUMENTS
    if other := next((n for n in (ISSUE_FILE, *SOURCES) if (folder / n).is_file()), None):
        msg = (
            f"{folder / other}:1: 同时有 {other} 和 {DOCUMENTS}/，不知道哪一个是本期的文本；"
            "请移走一个"
        )
        raise SourceError(msg)
    found: list[Path] = []
    for path in sorted(root.iterdir(), key=lambda path: natural_order(path.name)):
        if is_left_behind(path):
            continue
        if path.is_dir() and is_of_web_page(path):
            continue
        if path.is_dir():
            inside = sorted(path.iterdir(), key=lambda path: natural_order(path.name))
            found += [inner for inner in inside if not is_left_behind(inner)]
        else:
            found.append(path)
    files = []
    for path in found:
        suffix = path.suffix.lower()
        if path.is_dir():
            msg = f"{path}: 文件夹套得太深；{DOCUMENTS}/ 里只能再有一层文件夹，作为栏目"
            raise SourceError(msg)
        if suffix in TEXTS or suffix in CONVERTED:
            files.append(path)
        elif suffix not in PICTURES:  # pictures of texts are looked for when these are read
            raise unknown_kind(path)
    files = _without_converted(files)
    if not files:
        msg = (
            f"{root}: 没有一个公文的文件；"
            "请放入 .md、.txt、.docx、.pdf、.ofd 或 .html 文件，一篇一个"
        )
        raise SourceError(msg)
    if len(files) > MOST_FILES:
        msg = f"{root}: 有 {len(files):,} 个文件，一期最多 {MOST_FILES:,} 个；请分成几期"
        raise SourceError(msg)
    return files


def _without_converted(files: Sequence[Path]) -> list[Path]:
    """Leave out the .md files that were made of Word or PDF files beside them."""
    originals = {path.with_suffix("") for path in files if path.suffix.lower() in CONVERTED}
    kept = [p for p in files if p.suffix.lower() != ".md" or p.with_suffix("") not in originals]
    seen: dict[Path, Path] = {}
    for path in kept:
        if other := seen.get(path.with_suffix("")):
            msg = f"{path}: 与“{other.name}”同名，不知道哪一个是这篇公文；请移走一个，或改名"
            raise SourceError(msg)
        seen[path.with_suffix("")] = path
    return kept


def text_file_of(path: Path) -> Path:
    """Give the file with the text of a document: of a Word or PDF file the .md beside it."""
    return path.with_suffix(".md") if path.suffix.lower() in CONVERTED else path


def read_documents(folder: Path) -> Joined:
    """Read the texts of an issue's documents and join them, an empty line between them."""
    root = folder / DOCUMENTS
    texts: list[str] = []
    files: list[SourceFile] = []
    first = 1
    for path in document_files(folder):
        path = text_file_of(path)
        name = path.relative_to(root).as_posix()
        refuse_unreadable(path)
        received = read_received(path)
        text = received.text if received.text.endswith("\n") else f"{received.text}\n"
        count = text.count("\n")
        category = PREFIX.sub("", PurePosixPath(name).parent.name)
        files.append(SourceFile(name, received.sha256, received.encoding, first, count, category))
        texts.append(text)
        first += count + 1
    joined = Joined("\n".join(texts), tuple(files))
    _refuse_pictures(root, joined.text)
    return joined


def _refuse_pictures(root: Path, text: str) -> None:
    """Refuse pictures that no text shows: each may be a document that nobody reads."""
    for path in sorted(root.rglob("*")):
        if path.suffix.lower() in PICTURES and not is_left_behind(path):
            shown = path.relative_to(root).as_posix()
            if not any(f"{path.name}{end}" in text for end in (")", " ", ">")):
                msg = f"{path}: 没有一篇公文用到图片“{shown}”；{remedy_of(path)}，或移走它"
                raise SourceError(msg)


def line_finder(files: Sequence[SourceFile], single: str) -> Callable[[str, int], tuple[int, str]]:
    """Give the function that finds a line of an issue.toml in the joined text.

    It takes ``file`` and ``line`` as the editor wrote them, and gives the line, or 0 and what is
    wrong. ``single`` is the name of the file of an issue that has no other.
    """
    names = {file.name: file for file in files}
    bare_names = Counter(name.rpartition("/")[2] for name in names)
    # a name without its folder, where it is the only one
    short = {
        n.rpartition("/")[2]: f for n, f in names.items() if bare_names[n.rpartition("/")[2]] == 1
    }

    def find(name: str, line: int) -> tuple[int, str]:
        if not files:
            wrong = bool(name) and name != single
            return (0, f"本期只有一个文件 {single}，不必写 file") if wrong else (line, "")
        if not name:
            return 0, "本期有几个文件，请写明 file，如 " + f'file = "{files[0].name}"'
        bare = name.removeprefix(f"{DOCUMENTS}/")
        file = names.get(bare) or short.get(bare)
        if file is None:
            near = get_close_matches(bare, names, n=1, cutoff=0)
            return 0, f"没有文件“{name}”；是不是“{near[0]}”？"
        if not 1 <= line <= file.lines:
            return 0, f"“{file.name}”只有{file.lines}行，没有第{line}行"
        return file.first + line - 1, ""

    return find
