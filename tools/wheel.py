"""Add templates/ and mkdocs.yml to a wheel, in generator/shipped/.

In the repository they are at the top level, where people look for them;
generator/runtime/places.py finds them in both places. The build backend calls this module
(pyproject.toml, tool.pdm.build).
"""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

SHIPPED = "generator/shipped"


class Context(Protocol):
    """The backend's description of a build."""

    root: Path
    target: str  # wheel, sdist or editable


def pdm_build_update_files(context: Context, files: dict[str, Path]) -> None:
    """Add to the files of a wheel; an editable install uses the files of the checkout."""
    if context.target != "wheel":
        return
    templates = (p for p in (context.root / "templates").rglob("*") if p.is_file())
    for path in (context.root / "mkdocs.yml", *sorted(templates)):
        files[f"{SHIPPED}/{path.relative_to(context.root).as_posix()}"] = path
