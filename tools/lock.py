"""Write the hash-locked requirements files from pyproject.toml (``make lock``)."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parent.parent
# no addresses of package indexes and no annotations: the files are the same wherever they are made
OPTIONS = (
    "--generate-hashes",
    "--allow-unsafe",
    "--no-header",
    "--no-annotate",
    "--no-emit-index-url",
    "--no-emit-trusted-host",
    "--no-emit-find-links",
    "--no-emit-options",
    "--strip-extras",
    "--quiet",
)
TARGETS = {
    "requirements.txt": ("--extra", "build"),
    "requirements-release.txt": ("--extra", "build", "--extra", "release"),
    "requirements-ocr.txt": ("--extra", "build", "--extra", "ocr"),
    "requirements-dev.txt": (
        *("--extra", "build", "--extra", "release", "--extra", "ocr", "--extra", "dev"),
    ),
}


def main() -> int:
    """Lock each file; the exit status is that of the first that fails."""
    for name, extras in TARGETS.items():
        command = [sys.executable, "-m", "piptools", "compile", *OPTIONS, *extras]
        done = subprocess.run(
            [*command, "--output-file", name, "pyproject.toml"], cwd=ROOT, check=False
        )
        if done.returncode:
            return done.returncode
        path = ROOT / name
        path.write_text(with_markers(path.read_text("utf-8"), marked()), "utf-8")
    return 0


def marked() -> dict[str, str]:
    """Read the packages that pyproject.toml requires only on some systems: name → marker."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = [
        Requirement(text) for texts in project["optional-dependencies"].values() for text in texts
    ]
    return {r.name: str(r.marker) for r in wanted if r.marker}


def with_markers(locked: str, markers: Mapping[str, str]) -> str:
    """Put back the markers that pip-compile drops from the packages of an extra."""
    for name, marker in markers.items():
        locked = re.sub(
            rf"^({name}==\S+)(?: ; .*?)?( \\)$", rf"\1 ; {marker}\2", locked, flags=re.M
        )
    return locked


if __name__ == "__main__":
    sys.exit(main())
