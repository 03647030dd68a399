"""Several results of one engine → the parts of one issue, in the order of their names.

A long scan is often recognised in parts. What belongs to one part lies in one folder, or has the
same name in front of the engine's own (``上册_content_list.json``, ``上册_middle.json``).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from generator.content.intake.engines.result import EngineResult, ReadBlock
from generator.content.intake.taken import Place
from generator.runtime.patterns import lazy_regex

# what engines put behind the name of the document that they read
OWN_NAMES = lazy_regex(
    r"[._-]?(?:content_list(?:_v2)?|middle(?:_json)?|layout|structured_content|model)\Z"
)


@dataclass(frozen=True, slots=True)
class PartName:
    """Which document a result is of."""

    folder: Path
    stem: str  # "" where the file has no name but the engine's own

    def __str__(self) -> str:
        return self.stem or self.folder.name


def name_of(path: Path, inner: str = "") -> PartName:
    """Name the document of a file; ``inner`` is its name within an answer with several."""
    return PartName(path.parent, inner or OWN_NAMES.sub("", path.stem))


def combine(parts: Sequence[tuple[str, EngineResult]]) -> EngineResult:
    """Put the parts of an issue one behind the other; their pages are counted through."""
    before = 0
    pages = []
    blocks: list[ReadBlock] = []
    for _, part in parts:
        pages += [replace(page, page=page.page + before) for page in part.pages]
        blocks += [_moved(block, before) for block in part.blocks]
        before += len(part.pages)
    engines = "、".join(dict.fromkeys(part.engine for _, part in parts))
    names = tuple(name for name, _ in parts)
    return EngineResult(engines, parts[0][1].source, tuple(pages), tuple(blocks), names)


def _moved(block: ReadBlock, by: int) -> ReadBlock:
    return replace(
        block,
        places=_places(block.places, by),
        lines=tuple((words, _place(place, by)) for words, place in block.lines),
    )


def _places(places: Iterable[Place], by: int) -> tuple[Place, ...]:
    return tuple(_place(place, by) for place in places)


def _place(place: Place, by: int) -> Place:
    return replace(place, page=place.page + by) if place.page else place
