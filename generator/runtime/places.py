"""Where an archive is read from and written to."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent
SHIPPED = "shipped"  # the folder of a wheel that holds them (tools/wheel.py)
# holds templates/ and mkdocs.yml: the top level of a checkout, or what a wheel carries of it
ROOT = PACKAGE / SHIPPED if (PACKAGE / SHIPPED).is_dir() else PACKAGE.parent
TEMPLATES = ROOT / "templates"
CONFIG = ROOT / "mkdocs.yml"


@dataclass(frozen=True, slots=True)
class Places:
    """The folders and files that a build reads and writes."""

    content: Path
    site: Path
    build: Path
    templates: Path = TEMPLATES
    config: Path = CONFIG

    @property
    def template_folders(self) -> tuple[Path, ...]:
        """Where templates are looked for: an archive's own need not hold those it leaves alone."""
        return (self.templates,) if self.templates == TEMPLATES else (self.templates, TEMPLATES)

    @property
    def compiled(self) -> Path:
        """Templates as Python runs them: a build that finds them saves a third of a second."""
        return self.build / "templates"

    @property
    def staged(self) -> Path:
        """The site that is being built, beside the one that stands: one rename away from it."""
        return self.site.parent / f".{self.site.name}.new"
