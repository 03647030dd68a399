"""What an engine read on the pages of an issue, in one form for all engines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from generator.content.intake.taken import Place, ReadPage

BlockKind: TypeAlias = Literal[
    "text", "title", "caption", "footnote", "table", "picture", "seal", "formula", "furniture"
]


@dataclass(frozen=True, slots=True)
class ReadBlock:
    """What an engine takes for one thing on a page."""

    kind: BlockKind
    text: str  # of a table its HTML, of a picture or a seal the words on it
    places: tuple[Place, ...]  # several for a paragraph that goes on over a page's edge
    label: str = ""  # the engine's own name for the kind
    level: int = 1  # of a title
    captions: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()  # below a table or a picture
    image: str = ""  # file of a picture, relative to the result
    # the lines of the text with places of their own, where the engine tells them
    lines: tuple[tuple[str, Place], ...] = ()

    @property
    def page(self) -> int:
        """The page on which the block begins."""
        return self.places[0].page if self.places else 0


@dataclass(frozen=True, slots=True)
class EngineResult:
    """The result of an engine for one issue."""

    engine: str  # with its version, where the result names it
    source: str  # the file that was handed in
    pages: tuple[ReadPage, ...]
    blocks: tuple[ReadBlock, ...]  # in reading order
    parts: tuple[str, ...] = ()  # names of the results that are put together
