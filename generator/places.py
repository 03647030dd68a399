"""Where an archive is read from and written to."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent  # holds templates/ and mkdocs.yml


@dataclass(frozen=True, slots=True)
class Places:
    """The folders and files that a build reads and writes."""

    content: Path
    site: Path
    build: Path
    templates: Path = ROOT / "templates"
    config: Path = ROOT / "mkdocs.yml"

    @property
    def compiled(self) -> Path:
        """Templates as Python runs them: a build that finds them saves a third of a second."""
        return self.build / "templates"

    @property
    def staged(self) -> Path:
        """The site that is being built, beside the one that stands: one rename away from it."""
        return self.site.parent / f".{self.site.name}.new"
