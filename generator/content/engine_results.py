"""The result of an engine among the files that an editor hands in → the files of an issue."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from generator.content.documents import PICTURES, is_left_behind
from generator.content.intake.engines import (
    Composed,
    EngineResult,
    Recognised,
    compose,
    picture_name,
    read_results,
    recognise,
)
from generator.content.intake.natural_order import natural_order
from generator.content.intake.taken import ISSUE_FILE, LAYOUT_FILE
from generator.content.received import CHECKSUMS, RECEIVED
from generator.content.toml_files import refuse_giants
from generator.language.file_names import fault_of
from generator.runtime.data import dump
from generator.runtime.errors import SourceError

MOST_FILES = 20_000  # of a folder that is looked through
# what engines write for their own makers to look at
FOR_MAKERS = ("_model.json", "_layout.pdf", "_span.pdf", "_spans.pdf", "_model_output.txt",
              "model_output.json")  # fmt: skip
MOST_NAMED = 5  # files that a message names


@dataclass(frozen=True, slots=True)
class Handed:
    """A file or folder that an editor hands in."""

    path: Path  # a zip is unpacked: then this is its folder
    given: Path  # what the editor named

    @property
    def is_packed(self) -> bool:
        """Whether it came as a zip."""
        return self.path != self.given


@dataclass(frozen=True, slots=True)
class Placed:
    """What becomes of the files that were handed in."""

    copied: Mapping[str, Path]  # by their places in the issue's folder
    written: Mapping[str, str]  # texts of files that are made
    said: tuple[str, ...]  # what was recognised, taken and left, for the editor
    given: Mapping[str, str] = field(default_factory=dict)  # place → what the editor named


def files_below(folder: Path) -> list[Path]:
    """List the files of a folder and its subfolders, in the natural order; links are left out."""
    found: list[Path] = []
    waiting = [folder]
    while waiting:
        for path in waiting.pop().iterdir():
            if is_left_behind(path) or path.is_symlink():
                continue
            if path.is_dir():
                waiting.append(path)
            elif path.is_file():
                found.append(path)
            if len(found) + len(waiting) > MOST_FILES:
                msg = f"{folder}: 有 {MOST_FILES:,} 个以上的文件；请只放入一期的文件"
                raise SourceError(msg)
    return sorted(found, key=lambda path: natural_order(path.relative_to(folder).as_posix()))


def _files_of(one: Handed) -> list[Path]:
    return files_below(one.path) if one.path.is_dir() else [one.path]


def place_result(handed: Sequence[Handed]) -> Placed | None:
    """Place the result of an engine for one issue; None when none was handed in."""
    # as people count, x_2 before x_10; a zip by its own name
    in_order = sorted(handed, key=lambda one: natural_order(one.given.as_posix()))
    paths = [path for one in in_order for path in _files_of(one)]
    looked_at = (recognise(path) for path in paths if not path.name.endswith(FOR_MAKERS))
    found = [known for some in looked_at for known in some]
    if not found:
        return None
    source = handed[0].given.name
    result, used = read_results(found, source)
    pictures = _Pictures(handed, [one.path for one in used])
    composed = compose(result, pictures.place_of)
    if not composed.text:
        msg = f"{handed[0].given}:1: {result.engine} 的识别结果里没有文字；请核对是否识别完毕"
        raise SourceError(msg)
    copied = {
        picture_name(name): path for name in composed.pictures if (path := pictures.find(name))
    }
    shown = set(copied.values())
    received, left = _received(handed, shown)
    for place, file in {**copied, **received}.items():
        if fault := next(filter(None, map(fault_of, place.split("/"))), ""):
            msg = f"{file}:1: 文件名不能用于各种系统（{fault}），请改名"
            raise SourceError(msg)
    refuse_giants(*copied.values())
    sums = "".join(f"{_digest(path)}  {place.removeprefix(f'{RECEIVED}/')}\n"
                   for place, path in sorted(received.items()))  # fmt: skip
    written = {
        ISSUE_FILE: composed.text,
        LAYOUT_FILE: dump(composed.layout),
        f"{RECEIVED}/{CHECKSUMS}": sums,
    }
    known = {one.path for one in used} | shown
    unread = [path.name for path in paths if path not in known and not _is_left(path)]
    said = tuple(_say(result, used, composed, left, unread))
    return Placed({**copied, **received}, written, said)


class _Pictures:
    """The pictures beside a result."""

    def __init__(self, handed: Sequence[Handed], results: Sequence[Path]) -> None:
        self.folders = list(dict.fromkeys(path.parent for path in results))
        self.by_name: dict[str, list[Path]] = {}
        for one in handed:
            for path in _files_of(one):
                if path.suffix.lower() in PICTURES:
                    self.by_name.setdefault(path.name, []).append(path)

    def find(self, name: str) -> Path | None:
        """Find the file of a picture: beside the result, or the only one of its name."""
        place = picture_name(name)
        if not place or place.startswith("/") or ".." in place.split("/"):
            return None
        beside = [path for folder in self.folders if _is_picture(path := folder / place)]
        if len(beside) > 1 and len({_digest(path) for path in beside}) > 1:
            msg = f"{beside[1]}:1: 几份识别结果里都有图片“{place}”，内容却不同；请改名或分开放入"
            raise SourceError(msg)
        if beside:
            return beside[0]
        named = self.by_name.get(place.rpartition("/")[2], [])
        return named[0] if len(named) == 1 else None

    def place_of(self, name: str) -> str:
        """Give the place of a picture in the issue's folder; "" where there is no such file."""
        try:
            return picture_name(name) if self.find(name) else ""
        except (OSError, ValueError):  # a name that no system can have
            return ""


def _is_picture(path: Path) -> bool:
    return path.suffix.lower() in PICTURES and path.is_file() and not path.is_symlink()


def _received(handed: Sequence[Handed], shown: set[Path]) -> tuple[dict[str, Path], list[str]]:
    """Give what is kept as it was handed in, by its place, and the names of what is left."""
    kept: dict[str, Path] = {}
    left: list[str] = []
    for one in handed:
        if one.is_packed or not one.path.is_dir():
            place = f"{RECEIVED}/{one.given.name}"
            if place in kept:
                msg = f"{one.given}:1: 有两个文件都叫“{one.given.name}”；请改名"
                raise SourceError(msg)
            if one.path not in shown:
                kept[place] = one.given
            continue
        for path in files_below(one.path):
            name = path.relative_to(one.path).as_posix()
            if path in shown:
                continue
            if _is_left(path):
                left.append(name)
            else:
                kept[f"{RECEIVED}/{name}"] = path
    return kept, left


def _is_left(path: Path) -> bool:
    """Whether a file is not kept, if no line shows it: a picture, what only makers look at."""
    return path.suffix.lower() in PICTURES or path.name.endswith(FOR_MAKERS)


def _say(
    result: EngineResult,
    used: Sequence[Recognised],
    composed: Composed,
    left: Sequence[str],
    unread: Sequence[str],
) -> Iterator[str]:
    """Say what was recognised, taken and left."""
    names = _named([one.path.name for one in used])
    yield f"{result.source}: 认出 {result.engine} 的识别结果（{names}），{len(result.pages)} 张"
    if result.parts:
        yield (
            f"  {len(result.parts)} 份识别结果按名称的次序接成一期（{_named(result.parts)}）；"
            "不是同一期的，请分开放入"
        )
    yield f"  取了：{_counted(composed.taken)}"
    if composed.left:
        yield f"  没有取：{_counted(composed.left)}；逐项列在 {LAYOUT_FILE} 里"
    for words in composed.doubtful[:MOST_NAMED]:
        yield f"  只在一页出现的书眉或书脚，请核对是不是正文：{words}"
    if len(composed.doubtful) > MOST_NAMED:
        yield f"  这样的书眉和书脚还有 {len(composed.doubtful) - MOST_NAMED} 处"
    yield f"  放入的文件原样保存在 {RECEIVED}/" + (
        f"；没有读的有：{_named(unread)}" if unread else ""
    )
    if left:
        yield f"  没有用到、没有保存的文件 {len(left)} 个：{_named(left)}"


def _counted(counts: Sequence[tuple[str, int]]) -> str:
    return "、".join(f"{words} {count}" for words, count in counts)


def _named(names: Sequence[str]) -> str:
    more = f" 等 {len(names)} 个" if len(names) > MOST_NAMED else ""
    return "、".join(names[:MOST_NAMED]) + more


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
