"""What a wheel carries beside the package: templates/ and mkdocs.yml, in generator/shipped/.

They lie at the top level of the repository, where people look for them;
generator/runtime/places.py finds them in both places. The build backend calls this
(pyproject.toml, tool.pdm.build).
"""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

SHIPPED = "generator/shipped"


class Context(Protocol):
    """What the backend says of a build."""

    root: Path
    target: str  # wheel, sdist or editable


def pdm_build_update_files(context: Context, files: dict[str, Path]) -> None:
    """Add to the files of a wheel; an editable install runs from the checkout."""
    if context.target != "wheel":
        return
    templates = (p for p in (context.root / "templates").rglob("*") if p.is_file())
    for path in (context.root / "mkdocs.yml", *sorted(templates)):
        files[f"{SHIPPED}/{path.relative_to(context.root).as_posix()}"] = path
