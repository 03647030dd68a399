"""The files that an editor hands in → their places in the folder of the new issue."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from generator.content.decoding import read_text
from generator.content.documents import (
    DOCUMENTS,
    PICTURES,
    PREFIX,
    TEXTS,
    is_left_behind,
    is_of_web_page,
    unknown_kind,
)
from generator.content.engine_results import Handed, Placed, place_result
from generator.content.file_kinds import binary_kind
from generator.content.intake import CONVERTED, OFFICE_FILES, PAGES, SCANS, SOURCES, WEB_PAGES
from generator.content.intake.natural_order import natural_order
from generator.content.intake.taken import ISSUE_FILE
from generator.content.toml_files import refuse_giants
from generator.content.unzip import unpack
from generator.language.file_names import fault_of
from generator.runtime.errors import SourceError

WHOLE = {Path(name).suffix: name for name in SOURCES}  # .docx → issue.docx


def take(paths: Sequence[Path], scratch: Path) -> Placed:
    """Place the files that were handed in: the result of an engine, a text, or documents.

    A zip is unpacked into ``scratch``, an empty folder, which must last until the files are copied.
    Raises SourceError, naming the file that was handed in, for what cannot be read.
    """
    handed = []
    for nth, path in enumerate(paths):
        if path.suffix.lower() == ".zip" and path.is_file():
            folder = scratch / str(nth)
            folder.mkdir()
            unpack(path, folder)
            handed.append(Handed(folder, path))
        else:
            handed.append(Handed(path, path))
    try:
        placed = place_result(handed)
        if placed is None:
            placed = Placed(places_of([_inside(one) for one in handed]), {}, ())
    except SourceError as error:
        # an editor knows the zip, not the folder that it was unpacked into
        message = str(error)
        for one in handed:
            message = message.replace(
                f"{one.path}/", f"{one.given} 里的 ", 1 if one.is_packed else 0
            )
            message = message.replace(f"{one.path}", f"{one.given}", 1 if one.is_packed else 0)
        raise SourceError(message) from error
    given = {place: _name_of(path, handed) for place, path in placed.copied.items()}
    given |= dict.fromkeys(placed.written, f"{handed[0].given}")
    return replace(placed, given=given)


def _name_of(path: Path, handed: Sequence[Handed]) -> str:
    """Name a file as the editor knows it: itself, or a file in a zip."""
    for one in handed:
        if one.is_packed and path.is_relative_to(one.path):
            return f"{one.given} 里的 {path.relative_to(one.path).as_posix()}"
    return f"{path}"


def in_words_of_given(message: str, placed: Placed, folder: Path) -> str:
    """Name in a message the files that were handed in, not their copies in the issue's folder.

    The folder of an issue that cannot be read is removed again: the editor would look for it.
    """
    for place in sorted(placed.given, key=len, reverse=True):
        for copy in (folder / place, (folder / place).with_suffix(".md")):
            message = message.replace(f"{copy}:", f"{placed.given[place]}:")
    return message


def _inside(one: Handed) -> Path:
    """Give the folder of a zip, without a folder around it that holds everything."""
    path = one.path
    while one.is_packed:
        inner = [found for found in path.iterdir() if not is_left_behind(found)]
        if len(inner) != 1 or not inner[0].is_dir():
            break
        path = inner[0]
    return path


def places_of(paths: Sequence[Path]) -> dict[str, Path]:
    """Give each file its place in the issue's folder: issue.md for one, documents/01-… for several.

    Raises SourceError for a file of a kind that is not read.
    """
    found = [inner for path in paths for inner in _files_of(path)]
    texts = [path for _, path in found if path.suffix.lower() not in PICTURES]
    pictures = [path for _, path in found if path.suffix.lower() in PICTURES]
    for path in texts:
        if path.suffix and path.suffix.lower() not in (*TEXTS, *CONVERTED):
            raise unknown_kind(path)
        if path.suffix.lower() not in CONVERTED and (kind := binary_kind(path)):
            msg = f"{path}:1: 不是文本，是 {kind}；请核对是否放错了文件，或改正文件名的后缀"
            raise SourceError(msg)
        if path.suffix.lower() in OFFICE_FILES:
            _refuse_office_file(path)
        if path.suffix.lower() not in CONVERTED:
            refuse_giants(path)
            read_text(path)  # says what is wrong of the file that the editor knows
    if not texts:
        if pictures:
            return _scanned_pages(pictures)
        msg = (
            f"{paths[0]}:1: 文件夹里没有可读的文件；请放入 .md、.txt、.docx、.pdf、.ofd、.html"
            " 或页面的图片（.png、.jpg、.tif）"
        )
        raise SourceError(msg)
    beside = _beside(texts, pictures)
    if len(texts) == 1:
        name = WHOLE.get(texts[0].suffix.lower(), ISSUE_FILE)
        above = {path: f"{folder}/" if folder else "" for folder, path in found}
        own = above[texts[0]]  # from here the text names its pictures
        shown = {f"{above[path]}{path.name}".removeprefix(own): path for path in beside}
        return {name: texts[0], **shown, **_shown_by_page(texts[0], "")}
    numbered = list(_numbered([(folder, path) for folder, path in found if path in texts]))
    places = {f"{DOCUMENTS}/{renamed}{name}": path for _, renamed, name, path in numbered}
    # a picture stays in its subfolder, whose texts name it from there
    folders = {folder: renamed for folder, renamed, _, _ in numbered} | {"": ""}
    for folder, path in found:
        if path in beside:
            places[f"{DOCUMENTS}/{folders.get(folder, f'{folder}/')}{path.name}"] = path
    for _, renamed, _, path in numbered:
        places |= _shown_by_page(path, f"{DOCUMENTS}/{renamed}")
    return places


def _refuse_office_file(path: Path) -> None:
    """Refuse a .doc, .wps … that cannot be converted, by the name that the editor knows."""
    from generator.content.intake.word_office import fault_of_office_file

    if fault := fault_of_office_file(path):
        msg = f"{path}:1: {fault}"
        raise SourceError(msg)


def _scanned_pages(pictures: Sequence[Path]) -> dict[str, Path]:
    """Place the pictures of an issue's pages: issue.tif for one file, pages/0001.jpg … for several.

    Their order is that of their names, as people count.
    """
    for path in pictures:
        if path.suffix.lower() not in SCANS:
            raise unknown_kind(path)
    if len(pictures) == 1:
        return {WHOLE[pictures[0].suffix.lower()]: pictures[0]}
    ordered = sorted(pictures, key=lambda path: natural_order(path.name))
    return {f"{PAGES}/{n:04}{path.suffix.lower()}": path for n, path in enumerate(ordered, 1)}


def _shown_by_page(path: Path, above: str) -> dict[str, Path]:
    """Give the places of the pictures that a saved web page shows; none for other files."""
    if path.suffix.lower() not in WEB_PAGES:
        return {}
    from generator.content.intake.web_page import pictures_of

    return {f"{above}{name}": path.parent / name for name in pictures_of(path)}


def _files_of(path: Path) -> list[tuple[str, Path]]:
    """List a file, or the files of a folder, each with the subfolder that it is in."""
    if not path.is_dir():
        return [("", path)]
    found: list[tuple[str, Path]] = []
    for inner in path.iterdir():
        if is_left_behind(inner) or (inner.is_dir() and is_of_web_page(inner)):
            continue
        if not inner.is_dir():
            found.append(("", inner))
            continue
        for file in inner.iterdir():
            if file.is_dir():
                msg = f"{file}: 文件夹套得太深；里面只能再有一层文件夹，作为栏目"
                raise SourceError(msg)
            if not is_left_behind(file):
                found.append((inner.name, file))
    return found


def _beside(texts: Iterable[Path], pictures: Sequence[Path]) -> list[Path]:
    """Give the pictures that a text shows; refuse the others, for each may be a document."""
    if not pictures:
        return []
    said = [read_text(path) for path in texts if path.suffix.lower() in (*TEXTS, *WEB_PAGES)]
    for path in pictures:
        if not any(path.name in text for text in said):
            raise unknown_kind(path)
    return list(pictures)


def _numbered(files: Sequence[tuple[str, Path]]) -> Iterable[tuple[str, str, str, Path]]:
    """Give files numbers in the order of their names, those of a subfolder in its place.

    Yields the subfolder, its new name, the new name of the file, the file.
    """
    ordered = sorted(
        files, key=lambda one: (natural_order(one[0] or one[1].name), natural_order(one[1].name))
    )
    width = max(2, len(str(len(ordered))))
    first: dict[str, int] = {}  # the number of the first file in each subfolder
    for nth, (folder, path) in enumerate(ordered, 1):
        stem = PREFIX.sub("", path.stem).strip() or path.stem
        name = f"{nth:0{width}}-{stem}{path.suffix.lower() or TEXTS[0]}"
        if fault := fault_of(name) or fault_of(folder):
            msg = f"{path}: 文件名或文件夹名不能用于各种系统（{fault}），请改名"
            raise SourceError(msg)
        number = first.setdefault(folder, nth)
        category = PREFIX.sub("", folder) or folder
        above = f"{number:0{width}}-{category}/" if folder else ""
        yield folder, above, name, path


def put(placed: Placed, folder: Path) -> None:
    """Copy files byte for byte into the folder of an issue, and write those that are made."""
    for place, path in placed.copied.items():
        target = folder / place
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    for place, text in placed.written.items():
        target = folder / place
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8", newline="\n")
