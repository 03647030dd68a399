"""What the pages for people say besides commands: links, files, options, toml."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import unquote

import click
import pytest

from generator.cli import main as gazette
from generator.content import load, read_gazette
from generator.model import Gazette, Source
from generator.runtime.errors import GazetteError
from tests.conftest import ROOT
from tests.doc_files import PAGES, Fence, anchors, commands, fences, links, spans

LANGUAGES = {"sh", "text", "toml", "json", "js", "markdown"}
OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]*")
# a file of the project, wherever it is named; not one with a placeholder in its name
FILE = re.compile(
    r"(?<![\w/.~-])(?:generator|tests|tools|benchmarks|templates|schemas|docs)/[\w./-]*\w/?(?![\w<*/])"
)
# options of programs that are none of ours
FOREIGN = {
    "--lighthouse": "benchmarks.bench_page",
    "--verify": "gpg",
    "--nworkers": "dask worker",
    "--nthreads": "dask worker",
}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_block_of_code_says_what_it_is(page: Path) -> None:
    # so that no command hides in a block that the tests do not run
    assert [f for f in fences(page) if f.language not in LANGUAGES] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_somewhere(page: Path) -> None:
    dead = []
    for line, target in links(page):
        if re.match(r"(?:https?|mailto):", target):
            continue
        path, _, anchor = unquote(target).partition("#")
        file = (page.parent / path).resolve() if path else page
        known = anchors(file) if file.suffix == ".md" and file.is_file() else set()
        if not file.exists() or (anchor and anchor not in known):
            dead.append(f"{page.name}:{line}: {target}")
    assert dead == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_file_that_is_named_is_there(page: Path) -> None:
    text = page.read_text("utf-8")
    tests = {path.name for path in (ROOT / "tests").rglob("test_*.py")}
    assert sorted(name for name in FILE.findall(text) if not (ROOT / name).exists()) == []
    assert sorted({*re.findall(r"test_\w+\.py", text)} - tests) == []


def test_pages_that_the_program_names_are_there() -> None:
    for folder in ("generator", "tools", "benchmarks", "tests"):
        for path in (ROOT / folder).rglob("*.py"):
            for name in re.findall(r"docs/[\w-]+\.md", path.read_text("utf-8")):
                assert (ROOT / name).is_file(), f"{path} names {name}"


def test_every_page_of_docs_is_in_their_index() -> None:
    index = ROOT / "docs" / "index.md"
    listed = {target for _, target in links(index)}
    assert {page.name for page in index.parent.glob("*.md")} - {"index.md"} == listed


# ---------------------------------------------------------------- options


def options_of(command: click.Command) -> set[str]:
    return {o for p in command.params if isinstance(p, click.Option) for o in p.opts} | {"--help"}


def own_commands() -> dict[str, click.Command]:
    root = click.Context(gazette)
    found = {name: gazette.get_command(root, name) for name in gazette.list_commands(root)}
    return {name: command for name, command in found.items() if command}


def test_every_option_of_a_command_that_pages_name_exists() -> None:
    known = own_commands()
    for page in PAGES:
        for command in commands(page):
            found = re.match(r"(?:\S+=\S+ )*(?:\.venv/bin/)?gazette (?P<name>[a-z]+)", command.text)
            if not found:
                continue
            assert found["name"] in known, command
            wrong = {*OPTION.findall(command.text)} - options_of(known[found["name"]])
            assert wrong == set(), command


@pytest.mark.medium
def test_every_option_that_stands_alone_exists() -> None:
    own = [gazette, *own_commands().values()]
    known = set(FOREIGN).union(*(options_of(command) for command in own))
    text = "\n".join(page.read_text("utf-8") for page in PAGES)
    for module in set(re.findall(r"python -m ((?:benchmarks|tools)\.\w+)", text)):
        known.update(OPTION.findall(help_of(module)))
    for page in PAGES:
        for line, span in spans(page):
            if span.startswith("--"):
                assert {*OPTION.findall(span)} <= known, f"{page.name}:{line}: {span}"


@cache
def help_of(module: str) -> str:
    """Ask a program of the project for its help, once."""
    command = [sys.executable, "-m", module, "--help"]
    return subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout


# ---------------------------------------------------------------- toml

EXAMPLES = [fence for page in PAGES for fence in fences(page) if fence.language == "toml"]


def write_toml(facts: dict[str, object]) -> str:
    """Spell out facts as toml: texts, numbers, lists of texts, and tables of them."""
    lines, tables = [], []
    for key, value in facts.items():
        match value:
            case dict():
                tables.append(f"[{key}]\n{write_toml(value)}")
            case list() if entries := [entry for entry in value if isinstance(entry, dict)]:
                tables += [f"[[{key}]]\n{write_toml(entry)}" for entry in entries]
            case _:
                lines.append(f'"{key}" = {value!r}')
    return "\n".join([*lines, *tables])


def read(fence: Fence, facts: dict[str, object], folder: Path) -> Gazette | Source:
    """Read facts as the program does, in a folder that has what they speak of."""
    folder.mkdir(exist_ok=True)
    name = Path(fence.file).name
    (folder / name).write_text(write_toml(facts), "utf-8")
    if name == "gazette.toml":
        return read_gazette(folder)
    whole = tomllib.loads(fence.text)
    lines = ["某某市人民政府公报"] * 100
    for entry in whole.get("correction", []):
        lines[entry["line"] - 1] += entry["from"]
    (folder / "issue.md").write_text("\n".join(lines), "utf-8")
    if "scan" in whole:
        (folder / whole["scan"]["file"]).touch()
    return load(folder)


def keys_of(facts: dict[str, object]) -> Iterator[tuple[str, ...]]:
    for key, value in facts.items():
        yield (key,)
        if isinstance(value, dict):
            yield from ((key, inner) for inner in value)


@pytest.mark.parametrize("fence", EXAMPLES, ids=lambda f: f"{f.page.name}:{f.line}")
def test_every_word_of_an_example_in_toml_means_something(fence: Fence, tmp_path: Path) -> None:
    assert Path(fence.file).name in ("gazette.toml", "issue.toml")
    facts = tomllib.loads(fence.text)
    whole = read(fence, facts, tmp_path / "moumou")
    for key, *inner in keys_of(facts):
        rest = tomllib.loads(fence.text)
        where, name = (rest[key], inner[0]) if inner else (rest, key)
        if isinstance(where[name], int):
            where[name] += 1  # the example may say what is so without it
        else:
            del where[name]
        try:
            left = read(fence, rest, tmp_path / "moumou")
        except GazetteError:
            continue  # it may not be left out
        assert left != whole, f"{key} {inner}: the program does not read it"
