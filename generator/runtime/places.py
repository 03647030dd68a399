"""The folders and files that a build reads from and writes to."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent
SHIPPED = "shipped"  # the folder in a wheel for templates/ and mkdocs.yml (tools/wheel.py)
# the folder with templates/ and mkdocs.yml: the top level of a checkout, or that folder of a wheel
ROOT = PACKAGE / SHIPPED if (PACKAGE / SHIPPED).is_dir() else PACKAGE.parent
TEMPLATES = ROOT / "templates"
CONFIG = ROOT / "mkdocs.yml"
# in the folder of a gazette, in that of an issue
GAZETTE_FILE = "gazette.toml"
FACTS_FILE = "issue.toml"


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
        """The folders to search for templates, the archive's own first.

        An archive's own folder needs only the templates that it changes.
        """
        return (self.templates,) if self.templates == TEMPLATES else (self.templates, TEMPLATES)

    @property
    def compiled(self) -> Path:
        """The folder of compiled templates: a build that finds them saves a third of a second."""
        return self.build / "templates"

    @property
    def staged(self) -> Path:
        """The staged site: the new site, beside the existing one, so that a rename replaces it."""
        return self.site.parent / f".{self.site.name}.new"


def subfolders(folder: Path) -> list[Path]:
    """List the subfolders, by name; hidden ones are left out, as they belong to other programs."""
    return sorted(p for p in folder.iterdir() if p.is_dir() and not p.name.startswith("."))
