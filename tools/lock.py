"""Write the hash-locked requirements files from pyproject.toml (``make lock``)."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

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
    "requirements-dev.txt": ("--extra", "build", "--extra", "release", "--extra", "dev"),
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
    return 0


if __name__ == "__main__":
    sys.exit(main())
