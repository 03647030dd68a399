"""The modules that a start of the command loads, and the time that it takes."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from statistics import median

import pytest

from benchmarks.bench_startup import HELP, run_in_turn
from generator.cli import main
from tests.conftest import ROOT, SEED, SMALL, ArchiveMaker, build_quietly, places

# runs the command several times, then prints the loaded modules on the error stream
REPORT = """
import contextlib, io, json, sys
from generator.cli import main
for arguments in json.loads(sys.argv[1]):
    with contextlib.redirect_stdout(io.StringIO()):
        main(arguments, standalone_mode=False)
paths = {name: getattr(module, "__file__", None) or "" for name, module in sys.modules.items()}
print(json.dumps(paths))
"""
# modules that only other commands need, to read, write and render
OF_OTHERS = {
    "docx", "filelock", "jinja2", "lxml", "markdown", "mkdocs", "material", "numpy", "pypdfium2",
    "rich", "segno", "yaml",
}  # fmt: skip
OTHER_LAYERS = ("delivery", "formats", "render", "search", "site")


def loaded(*commands: list[str]) -> dict[str, str]:
    """Give the modules that are loaded after commands have run, with their files."""
    program = [sys.executable, "-c", REPORT, json.dumps(commands)]
    done = subprocess.run(program, cwd=ROOT, check=True, capture_output=True, text=True)
    found: dict[str, str] = json.loads(done.stdout)
    return found


def installed(modules: dict[str, str]) -> set[str]:
    """Give the packages among modules that do not belong to Python or to the program."""
    return {name.partition(".")[0] for name, path in modules.items() if "site-packages" in path}


def test_help_loads_nothing_but_click_and_the_commands() -> None:
    modules = loaded(["--help"], *([name, "--help"] for name in main.commands))
    own = {name for name in modules if name.startswith("generator.") and modules[name]}
    assert {name for name in own if not name.startswith("generator.cli")} == {
        "generator.runtime", "generator.runtime.errors", "generator.runtime.patterns",
        "generator.runtime.progress",
    }  # fmt: skip
    # modules that Python itself loads at its start, for an installed package
    bare = subprocess.run(
        [sys.executable, "-c", "import sys, json; print(json.dumps([*sys.modules]))"],
        cwd=ROOT, check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    at_start = {name.partition(".")[0] for name in json.loads(bare)}
    assert installed(modules) - at_start == {"click"}


def test_check_loads_nothing_that_renders_pages_or_reads_word_and_pdf() -> None:
    modules = loaded(["check", str(SEED)])
    assert installed(modules) & OF_OTHERS == {"numpy"}  # the model of official Chinese
    layers = {name.split(".")[1] for name in modules if name.startswith("generator.")}
    assert layers.isdisjoint(OTHER_LAYERS)
    assert "generator.stages.pipeline" in modules
    assert "generator.content.intake.word" not in modules
    assert "generator.content.intake.pdf" not in modules


@pytest.mark.medium
def test_a_build_loads_what_it_uses(make_archive: ArchiveMaker, tmp_path: Path) -> None:
    content = make_archive({"2020-03": SMALL})
    build_quietly(content, tmp_path)
    where = places(content, tmp_path)
    options = [("--content", where.content), ("--site", where.site), ("--build", where.build)]
    command = ["build", "--jobs", "1", *(f"{part}" for option in options for part in option)]
    # nothing has changed: neither the model nor what reads content/ is needed
    modules = loaded(command)
    layers = {name.split(".")[1] for name in modules if name.startswith("generator.")}
    assert layers == {"cli", "runtime", "site"}
    assert installed(modules).isdisjoint(OF_OTHERS - {"filelock"})
    # a page is missing: an issue without pictures needs nothing that reads pictures, Word and PDF
    (where.site / "index.html").unlink()
    modules = loaded(command)
    assert "generator.site.mkdocs" in modules
    assert installed(modules).isdisjoint({"docx", "PIL", "pypdfium2", "rich"})


@pytest.mark.alone
def test_help_starts_about_as_fast_as_a_bare_click_program() -> None:
    seconds = run_in_turn({"bare": HELP["bare"], "help": HELP["help"]}, rounds=5)
    # 1.3 where it was measured (docs/performance.md)
    assert median(seconds["help"]) <= 3 * median(seconds["bare"])
