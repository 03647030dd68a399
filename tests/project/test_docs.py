"""Facts on the pages for people, besides commands: links, files, options, toml."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote

import click
import pytest
from markdown import Markdown

from generator.archive.resolve import resolve_citations
from generator.archive.summary import summarise
from generator.cli import main as gazette
from generator.content import is_draft, load, read_gazette
from generator.formats.issue_json import issue_data
from generator.model import Document, Gazette, Issue, Paragraph, Source
from generator.render import render, template_environment
from generator.render.markdown_extension import UnitsExtension
from generator.runtime.errors import GazetteError
from generator.runtime.places import TEMPLATES
from generator.search.fold import fold
from generator.search.passages import entries_of
from generator.stages.parse import parse
from tests.conftest import ROOT, SEED
from tests.doc_files import PAGES, Fence, anchors, commands, fences, links, sections, spans

LANGUAGES = {"sh", "text", "toml", "json", "js", "markdown", "mermaid"}
ARCHITECTURE = ROOT / "docs" / "architecture.md"
OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]*")
# a file of the project, wherever it is named; not one with a placeholder in its name
FILE = re.compile(
    r"(?<![\w/.~-])(?:generator|tests|tools|benchmarks|templates|schemas|docs)/[\w./-]*\w/?(?![\w<*/])"
)
# options of programs of others
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


# ---------------------------------------------------------------- layers, and where to look


def rows(page: Path, heading: str) -> list[list[str]]:
    """Give the cells of the rows of the tables below a heading, without the rows of headers."""
    lines = [n for n in sections(page)[heading].splitlines() if n.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines[1:]]


def test_the_table_of_layers_lists_the_folders_in_their_order() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    contracts = project["tool"]["importlinter"]["contracts"]
    layers = next(c["layers"] for c in contracts if c["containers"] == ["generator"])
    listed = [cells[0] for cells in rows(ARCHITECTURE, "Layers")]
    assert listed == [f"`{layer}/`" for layer in reversed(layers)]
    picture = next(f.text for f in fences(ARCHITECTURE) if f.language == "mermaid")
    assert [layer for layer in layers if layer not in picture] == []


def test_the_readme_leads_to_the_table_that_says_where_to_look() -> None:
    assert "docs/architecture.md#where-to-look" in [to for _, to in links(ROOT / "README.md")]
    questions = [cells[0] for cells in rows(ARCHITECTURE, "Where to look")]
    for wanted in ("a heading's level", "a citation resolved", "a page written"):
        assert [q for q in questions if wanted in q], wanted


@pytest.mark.parametrize("row", rows(ARCHITECTURE, "Where to look"), ids=lambda row: row[0])
def test_a_function_that_answers_a_question_is_in_its_file(row: list[str]) -> None:
    _, file, function = row
    found = re.fullmatch(r"\[`(?P<path>.+)`\]\(\.\./(?P=path)\)", file)
    assert found
    tree = ast.parse((ROOT / found["path"]).read_text("utf-8"))
    defined = {n.name for n in tree.body if isinstance(n, ast.FunctionDef | ast.ClassDef)}
    assert function.strip("`") in defined


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_function_named_with_its_file_is_in_it(page: Path) -> None:
    # `load` in `generator/content/load.py`, `parse` in `generator/stages/parse/`
    named = re.findall(
        r"`(\w+)`(?: and `(\w+)`)? in `(generator/[\w/.]+)`", page.read_text("utf-8")
    )
    for *functions, name in named:
        path = ROOT / name
        files = [path] if path.suffix == ".py" else sorted(path.glob("*.py"))
        trees = [ast.parse(file.read_text("utf-8")) for file in files]
        defined = {n.name for t in trees for n in t.body if isinstance(n, ast.FunctionDef)}
        assert {*functions} - {""} - defined == set(), f"{page.name}: {name}"


# ---------------------------------------------------------------- the way of one paragraph


@pytest.fixture(scope="module")
def way(seed: Issue) -> dict[str, str]:
    """Take the paragraph of docs/architecture.md through the stages; give the result of each."""
    source = load(SEED)
    document = next(d for d in seed.documents if d.id == "panfufa-2016-35")
    (block,) = paragraphs(document)
    (cited,) = block.citations
    summary = summarise(seed)
    archive_links = resolve_citations([summary])
    found = archive_links.lookup(seed.name, document.id, cited)
    pages = render(seed, read_gazette(SEED.parent), archive_links, template_environment(TEMPLATES))
    body = pages[PurePosixPath(f"{document.id}.md")]
    shown = next(part for part in body.split("\n\n") if f"#{block.anchor} " in part)
    entry = next(e for e in entries_of(issue_data(seed, archive_links)) if document.id in e.url)
    passage = next(p for p in entry.passages if p.anchor == block.anchor)
    lines = source.text.split("\n")
    parsed = [b for d in parse(source).documents for b in paragraphs(d)]
    return {
        "load": "\n".join(f"{n}: {lines[n - 1]}".rstrip() for n in (743, 744, 745)),
        "parse": "\n".join(map(place, parsed)),
        "normalize": "\n".join(
            [
                place(block),
                f"ordinal {block.ordinal}, level {block.level}, anchor {block.anchor},"
                f" label {block.label}",
                "breaks: "
                + ", ".join(f"line {line} begins at character {at}" for at, line in block.breaks),
                *(
                    f"ledger: {e.rule}, line {e.line}, {e.before!r} → {e.after!r}"
                    for e in seed.ledger
                    if e.line in (743, 745)
                ),
            ]
        ),
        "find_citations": f"characters {cited.start}–{cited.end}:"
        f" {block.text[cited.start : cited.end]}\nrelation {cited.relation}, work {cited.work}",
        "extract": "\n".join(
            f"{r.agency}: {r.role}" for r in document.responsibilities if r.anchor == block.anchor
        ),
        "resolve_citations": f"target: {(found.target and found.target.url) or 'none'}\n"
        f"entry: {found.entry}",
        "render": shown,
        "page": Markdown(extensions=["attr_list", UnitsExtension()]).convert(shown),
        "search": f"anchor {passage.anchor}, unit {passage.unit}\n{fold(passage.text)}",
    }


def paragraphs(document: Document) -> list[Paragraph]:
    found = (b for b in document.blocks if isinstance(b, Paragraph))
    return [b for b in found if b.lines.first in (743, 745)]


def place(block: Paragraph) -> str:
    return f"lines {block.lines.first}–{block.lines.last}, {block.kind}: {block.text}"


STEPS = [f for f in fences(ARCHITECTURE) if f.language == "text"]


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.file)
def test_each_step_of_a_paragraph_gives_what_the_page_shows(
    step: Fence, way: dict[str, str]
) -> None:
    pattern = ".+".join(map(re.escape, step.text.rstrip("\n").split("…")))  # … stands for anything
    assert re.fullmatch(pattern, way[step.file]), way[step.file]


def test_the_page_shows_every_step(way: dict[str, str]) -> None:
    assert [step.file for step in STEPS] == list(way)


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
            case bool():
                lines.append(f'"{key}" = {str(value).lower()}')
            case _:
                lines.append(f'"{key}" = {value!r}')
    return "\n".join([*lines, *tables])


def texts_of(facts: dict[str, Any]) -> list[str]:
    """List the texts of an issue: issue.md, or the files that its facts name."""
    entries = [
        entry for key in ("correction", "decision", "document") for entry in facts.get(key, [])
    ]
    names = [entry["file"] for entry in entries if "file" in entry]
    names += [f"{begun}01.md" for c in facts.get("category", []) for begun in c.get("files", [])]
    return [f"documents/{name}" for name in names] or ["issue.md"]


def read(fence: Fence, facts: dict[str, object], folder: Path) -> Gazette | tuple[Source, bool]:
    """Read facts as the program does, in a folder with the files that they name."""
    folder.mkdir(exist_ok=True)
    name = Path(fence.file).name
    (folder / name).write_text(write_toml(facts), "utf-8")
    if name == "gazette.toml":
        return read_gazette(folder)
    whole = tomllib.loads(fence.text)
    lines = ["某某市人民政府公报"] * 100
    for entry in whole.get("correction", []):
        lines[entry["line"] - 1] += entry["from"]
    for entry in (e for key in ("decision", "confirmed", "covered") for e in whole.get(key, [])):
        lines[entry["line"] - 1] += entry["text"]
    for path in texts_of(whole):
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / path).write_text("\n".join(lines), "utf-8")
    if "sheets" in whole:
        (folder / "pages").mkdir(exist_ok=True)
        (folder / "pages" / "1.png").touch()
    if "scan" in whole:
        (folder / whole["scan"]["file"]).touch()
    return load(folder), is_draft(folder)


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
        if isinstance(where[name], bool):
            where[name] = not where[name]
        elif isinstance(where[name], int):
            where[name] += 1  # without it, the default may be the same value
        else:
            del where[name]
        try:
            left = read(fence, rest, tmp_path / "moumou")
        except GazetteError:
            continue  # it may not be left out
        assert left != whole, f"{key} {inner}: the program does not read it"
