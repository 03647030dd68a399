"""Run engines on a gazette of our own, and say how their texts are read.

    python -m benchmarks.bench_engines [--bin FOLDER …] [--only WORD] [--keep FOLDER]

The gazette (engine_gazette.py) is written as Word, as HTML and as pictures of pages; each engine
that is installed reads one of them, and the reading of what it wrote, by the same way as ``gazette
new``, is compared with that of the plain text (same_reading.py). ``--bin`` names folders with the
programs of engines, such as those of another virtual environment: none of them is a dependency of
this project. An engine that is missing, or that fails, is skipped with a word. ``--only`` runs
those with this word in their names, ``--keep`` keeps what they wrote.
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
from benchmarks.engine_pages import find_font, write_pages
from benchmarks.same_reading import compare
from generator.archive.resolve import resolve_citations
from generator.archive.summary import summarise
from generator.content.handed_in import take
from generator.formats.issue_json import issue_data
from generator.runtime.errors import GazetteError
from generator.stages.pipeline import convert

SECONDS = 1_800  # at most, for an engine: some load large models
ISSUE = "2024-03"


@dataclass(frozen=True, slots=True)
class Engine:
    """A program that reads a file; ``{file}`` and ``{out}`` are put into its command.

    It writes to its standard output, or if ``result`` is set, such a file or folder in ``{out}``.
    """

    name: str
    source: str  # gazette.docx, gazette.html or pages, a folder of pictures
    command: tuple[str, ...]
    result: str = ""
    script: str = ""  # of engine_scripts.py: run by the Python beside the program


PANDOC = ("pandoc", "--wrap=none", "-t")
MINERU = ("mineru-kit", "parse", "{file}", "-o", "{out}", "-f")
ENGINES: tuple[Engine, ...] = (
    Engine("markitdown, Word", "gazette.docx", ("markitdown", "{file}")),
    Engine("markitdown, HTML", "gazette.html", ("markitdown", "{file}")),
    Engine("pandoc gfm, Word", "gazette.docx", (*PANDOC, "gfm", "{file}")),
    Engine("pandoc gfm, HTML", "gazette.html", (*PANDOC, "gfm", "{file}")),
    Engine("pandoc markdown, Word", "gazette.docx", (*PANDOC, "markdown", "{file}")),
    Engine("pandoc markdown, HTML", "gazette.html", (*PANDOC, "markdown", "{file}")),
    Engine("docling JSON, Word", "gazette.docx", ("docling",), "out.json", "docling"),
    Engine("docling Markdown, Word", "gazette.docx", ("docling",), "out.md", "docling"),
    Engine("docling JSON, HTML", "gazette.html", ("docling",), "out.json", "docling"),
    Engine("docling Markdown, HTML", "gazette.html", ("docling",), "out.md", "docling"),
    Engine("MinerU zip, Word", "gazette.docx", (*MINERU, "zip"), "gazette.zip"),
    Engine("MinerU Markdown, Word", "gazette.docx", (*MINERU, "markdown"), "*.md"),
    Engine("RapidOCR JSON, pictures", "pages", ("rapidocr",), ".", "rapidocr"),
)
SCRIPTS = Path(__file__).with_name("engine_scripts.py")


def reading_of(path: Path, folder: Path) -> dict[str, Any]:
    """Read a file or folder as an issue, as ``gazette new`` does; give the data of issue.json."""
    issue_folder = folder / "shifan" / ISSUE
    issue_folder.mkdir(parents=True)
    (issue_folder.parent / "gazette.toml").write_text(f'title = "{TITLE}"\n', "utf-8")
    scratch = folder / "scratch"
    scratch.mkdir()
    placed = take([path], scratch)
    for place, source in placed.copied.items():
        (issue_folder / place).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, issue_folder / place)
    for place, text in placed.written.items():
        (issue_folder / place).parent.mkdir(parents=True, exist_ok=True)
        (issue_folder / place).write_text(text, "utf-8")
    issue = convert(issue_folder)
    data: dict[str, Any] = issue_data(issue, resolve_citations([summarise(issue)]))
    return data


def run_engine(engine: Engine, source: Path, out: Path, path: str) -> Path | str:
    """Run an engine; give what it wrote, or why there is nothing."""
    program = shutil.which(engine.command[0], path=path)
    if program is None:
        return "not installed"
    out.mkdir(parents=True)
    places = {"{file}": str(source), "{out}": str(out)}
    command = [program, *(places.get(part, part) for part in engine.command[1:])]
    if engine.script:
        python = str(Path(program).with_name("python"))
        command = [python, str(SCRIPTS), engine.script, str(source), str(out)]
    try:
        done = subprocess.run(command, capture_output=True, timeout=SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        return f"failed: {error}"
    if done.returncode:
        return f"failed: {done.stderr.decode(errors='replace').strip().splitlines()[-1:]}"
    if engine.result == ".":
        return out
    if engine.result:
        found = sorted(out.rglob(engine.result))
        return found[0] if found else "failed: it wrote nothing"
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
    parser.add_argument("--only", default="", metavar="WORD", help="engines with it in their names")
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
        chosen = [engine for engine in ENGINES if options.only in engine.name]
        if any(engine.source == "pages" for engine in chosen) and find_font():
            write_pages(folder / "pages")
            sources["pages"] = folder / "pages"
        for n, engine in enumerate(chosen):
            out = folder / f"out-{n}"
            made_of: Path | str = "skipped: no font to draw pages with"
            if engine.source in sources:
                made_of = run_engine(engine, sources[engine.source], out, path)
            found: dict[str, float] | str = ""
            if isinstance(made_of, Path):
                found = measure(made_of, right, folder / f"read-{n}")
                if options.keep:
                    shutil.copytree(out, options.keep / engine.name, dirs_exist_ok=True)
            else:
                found = made_of
            sys.stdout.write(row_of(engine.name, found) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
