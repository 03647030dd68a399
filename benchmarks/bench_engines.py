"""Run engines on a gazette of our own, and say how their texts are read.

    python -m benchmarks.bench_engines [--bin FOLDER …] [--keep FOLDER]

The gazette (engine_gazette.py) is written as Word and as HTML; each engine that is installed makes
Markdown of it, and the reading of this Markdown is compared with that of the plain text
(same_reading.py). ``--bin`` names folders with the programs of engines, such as those of another
virtual environment: none of them is a dependency of this project. An engine that is missing, or
that fails, is skipped with a word. ``--keep`` keeps what the engines wrote.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.engine_gazette import TITLE, plain_text, write_all
from benchmarks.same_reading import compare
from generator.archive.resolve import resolve_citations
from generator.archive.summary import summarise
from generator.content.handed_in import places_of
from generator.formats.issue_json import issue_data
from generator.runtime.errors import GazetteError
from generator.stages.pipeline import convert

SECONDS = 1_800  # at most, for an engine: some load large models
ISSUE = "2024-03"


@dataclass(frozen=True, slots=True)
class Engine:
    """A program that makes Markdown of a file; ``{file}`` and ``{out}`` are put into its command.

    It writes to its standard output, or if ``result`` is set, to files of that kind in ``{out}``.
    """

    name: str
    source: str  # gazette.docx or gazette.html
    command: tuple[str, ...]
    result: str = ""


PANDOC = ("pandoc", "--wrap=none", "-t")
ENGINES: tuple[Engine, ...] = (
    Engine("markitdown, Word", "gazette.docx", ("markitdown", "{file}")),
    Engine("markitdown, HTML", "gazette.html", ("markitdown", "{file}")),
    Engine("pandoc gfm, Word", "gazette.docx", (*PANDOC, "gfm", "{file}")),
    Engine("pandoc gfm, HTML", "gazette.html", (*PANDOC, "gfm", "{file}")),
    Engine("pandoc markdown, Word", "gazette.docx", (*PANDOC, "markdown", "{file}")),
    Engine("pandoc markdown, HTML", "gazette.html", (*PANDOC, "markdown", "{file}")),
    Engine(
        "docling, Word",
        "gazette.docx",
        ("docling", "--from", "docx", "--to", "md", "--output", "{out}", "{file}"),
        ".md",
    ),
    Engine(
        "docling, HTML",
        "gazette.html",
        ("docling", "--from", "html", "--to", "md", "--output", "{out}", "{file}"),
        ".md",
    ),
    Engine("MinerU, Word", "gazette.docx", ("mineru", "-p", "{file}", "-o", "{out}"), ".md"),
)
# engines that read pictures of pages only; this gazette has none
OF_PICTURES = ("RapidOCR",)


def reading_of(path: Path, folder: Path) -> dict[str, Any]:
    """Read a file as an issue, as ``gazette new`` does, and give the data of issue.json."""
    issue_folder = folder / "shifan" / ISSUE
    issue_folder.mkdir(parents=True)
    (issue_folder.parent / "gazette.toml").write_text(f'title = "{TITLE}"\n', "utf-8")
    for place, source in places_of([path]).items():
        shutil.copyfile(source, issue_folder / place)
    issue = convert(issue_folder)
    data: dict[str, Any] = issue_data(issue, resolve_citations([summarise(issue)]))
    return data


def run_engine(engine: Engine, source: Path, out: Path, path: str) -> Path | str:
    """Run an engine; give the Markdown that it wrote, or why there is none."""
    program = shutil.which(engine.command[0], path=path)
    if program is None:
        return "not installed"
    out.mkdir(parents=True)
    places = {"{file}": str(source), "{out}": str(out)}
    command = [program, *(places.get(part, part) for part in engine.command[1:])]
    try:
        done = subprocess.run(command, capture_output=True, timeout=SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        return f"failed: {error}"
    if done.returncode:
        return f"failed: {done.stderr.decode(errors='replace').strip().splitlines()[-1:]}"
    if engine.result:
        found = sorted(out.rglob(f"*{engine.result}"))
        return found[0] if found else "failed: it wrote no Markdown"
    made = out / "out.md"
    made.write_bytes(done.stdout)
    return made


def measure(path: Path, right: dict[str, Any], folder: Path) -> dict[str, float] | str:
    """Compare the reading of a file with the right one; say why if it cannot be read."""
    try:
        return compare(right, reading_of(path, folder))
    except GazetteError as error:
        return f"refused: {error}"


def row_of(name: str, measures: dict[str, float] | str) -> str:
    """Give the row of an engine for docs/engines.md."""
    if isinstance(measures, str):
        return f"| {name} | {measures} |"
    return f"| {name} | {' | '.join(f'{value:.3f}' for value in measures.values())} |"


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a row for each engine."""
    parser = argparse.ArgumentParser(description="how the texts of engines are read")
    parser.add_argument("--bin", type=Path, action="append", default=[], metavar="FOLDER")
    parser.add_argument("--keep", type=Path, help="keep what the engines wrote in this folder")
    options = parser.parse_args(arguments)
    path = os.pathsep.join([*map(str, options.bin), os.environ.get("PATH", os.defpath)])
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        plain = folder / "plain.md"
        plain.write_text(plain_text(), "utf-8")
        sources = {made.name: made for made in write_all(folder)}
        right = reading_of(plain, folder / "right")
        names = list(compare(right, right))
        sys.stdout.write(f"| engine | {' | '.join(names)} |\n|{'---|' * (len(names) + 1)}\n")
        for made in sources.values():  # our own intake of the same files
            own = measure(made, right, folder / f"own-{made.name}")
            sys.stdout.write(row_of(f"gazette, {made.suffix}", own) + "\n")
        for n, engine in enumerate(ENGINES):
            out = folder / f"out-{n}"
            made_of = run_engine(engine, sources[engine.source], out, path)
            if isinstance(made_of, Path):
                found = measure(made_of, right, folder / f"read-{n}")
                if options.keep:
                    options.keep.mkdir(parents=True, exist_ok=True)
                    shutil.copyfile(made_of, options.keep / f"{engine.name}.md")
            else:
                found = made_of
            sys.stdout.write(row_of(engine.name, found) + "\n")
        for one in OF_PICTURES:
            sys.stdout.write(row_of(one, "skipped: it reads pictures of pages only") + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
