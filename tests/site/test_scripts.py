"""Modules joined into a script: the same code in the same order, one scope, no comments."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
from pygments.lexers.javascript import JavascriptLexer  # type: ignore[import-untyped]
from pygments.token import Comment, Whitespace  # type: ignore[import-untyped]

from generator.runtime.errors import UsageError
from generator.runtime.places import TEMPLATES
from generator.site.scripts import EXPORT, IMPORT, join_modules

ENGINE = TEMPLATES / "search"
MODULES = {path.name: path.read_text("utf-8") for path in sorted(ENGINE.glob("*.mjs"))}
DECLARED = re.compile(
    r"^(?:export )?(?:async )?(?:function|class|const|let|var) (\w+)", re.MULTILINE
)


def tokens(script: str) -> list[str]:
    """List the tokens of a script and where its lines end, which may end a statement."""
    found: list[str] = []
    for kind, text in JavascriptLexer().get_tokens(script):
        if kind in Comment or kind in Whitespace or not text.strip():
            if "\n" in text and found and found[-1] != "\n":
                found.append("\n")
        else:
            found.append(text)
    return found


def write(folder: Path, **modules: str) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in modules.items():
        (folder / f"{name}.mjs").write_text(text, "utf-8")
    return folder


def test_joining_leaves_each_token_and_line_end_of_the_engine_as_it_is() -> None:
    script = join_modules("engine.mjs", [ENGINE])
    head, _, body = script.partition("(function () {\n")
    body, _, foot = body.rpartition("return ")
    assert tokens(head) == ['"use strict"', ";", "\n", "var", "gazetteSearch", "=", "\n"]
    assert foot == "gazetteSearch;\n})();\n"
    _, *parts = re.split(r"^// (\w+\.mjs)$", body, flags=re.MULTILINE)
    joined = dict(zip(parts[::2], parts[1::2], strict=True))
    assert joined.keys() == MODULES.keys()
    for name, text in MODULES.items():
        lines = [line for line in text.splitlines() if not IMPORT.fullmatch(line)]
        code = EXPORT.sub("", "\n".join(lines))
        assert tokens(joined[name]) == tokens(code), name
        assert "/*" not in joined[name]


def test_a_module_comes_after_those_that_it_imports() -> None:
    script = join_modules("engine.mjs", [ENGINE])
    order = re.findall(r"^// (\w+\.mjs)$", script, re.MULTILINE)
    for name, text in MODULES.items():
        for imported in re.findall(r'from "\./(\w+\.mjs)";$', text, re.MULTILINE):
            assert order.index(imported) < order.index(name)


def test_no_two_modules_declare_the_same_name() -> None:
    """In one scope the later function would silently replace the earlier one."""
    declared = [name for text in MODULES.values() for name in DECLARED.findall(text)]
    assert len(declared) > 40
    assert sorted(declared) == sorted(set(declared))


@pytest.mark.parametrize("name", MODULES)
def test_a_module_imports_what_it_uses_of_others_and_nothing_else(name: str) -> None:
    """In one scope a forgotten import would work, and the module alone would not."""
    exported = {
        found["name"]
        for other, text in MODULES.items()
        if other != name
        for found in EXPORT.finditer(text)
    }
    lines = MODULES[name].splitlines()
    imported = {
        name
        for line in lines
        if (found := IMPORT.fullmatch(line))
        for name in found["names"].split(", ")
    }
    code = tokens("\n".join(line for line in lines if not IMPORT.fullmatch(line)))
    used = {token for before, token in pairwise(["", *code]) if before != "."}
    used -= set(DECLARED.findall(MODULES[name]))
    assert exported & used == imported


@pytest.mark.parametrize("name", MODULES)
def test_each_module_begins_with_what_goes_in_and_what_comes_out(name: str) -> None:
    head = MODULES[name].partition("*/")[0]
    assert head.startswith("/* ")
    assert "In: " in head
    assert "Out: " in head


def test_an_archives_own_module_takes_the_place_of_ours(tmp_path: Path) -> None:
    own = write(tmp_path / "own", part="export const SIZE = 2;\n")
    ours = write(
        tmp_path / "ours",
        start='import { SIZE } from "./part.mjs";\nexport function area() { return SIZE; }\n',
        part="export const SIZE = 1;\n",
    )
    assert "const SIZE = 1;" in join_modules("start.mjs", [ours])
    script = join_modules("start.mjs", [own, ours])
    assert "const SIZE = 2;" in script
    assert "SIZE = 1" not in script
    assert "import" not in script
    assert script.count("export") == 0


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ('import { a as b } from "./part.mjs";', "start.mjs:1: the build cannot join"),
        ('import * as part from "./part.mjs";', "start.mjs:1: the build cannot join"),
        ('import "./part.mjs";', "start.mjs:1: the build cannot join"),
        ('import { fold } from "elsewhere";', "start.mjs:1: the build cannot join"),
        ("import {", "start.mjs:1: the build cannot join"),
        ("export default function () {}", "start.mjs:1: the build cannot join"),
        ("export { a };", "start.mjs:1: the build cannot join"),
        ('export * from "./part.mjs";', "start.mjs:1: the build cannot join"),
        ('import { a } from "./missing.mjs";', "start.mjs needs missing.mjs: no such file"),
        ('import { start } from "./start.mjs";', "start.mjs imports itself by way of start.mjs"),
        ("export function two() {}", "one exported function, found two, start"),
    ],
)
def test_what_cannot_be_joined_stops_the_build_and_is_named(
    line: str, expected: str, tmp_path: Path
) -> None:
    write(tmp_path, start=f"{line}\nexport function start() {{}}\n", part="export const a = 1;\n")
    with pytest.raises(UsageError, match=re.escape(expected)):
        join_modules("start.mjs", [tmp_path])


def test_comments_go_when_they_have_their_lines_to_themselves(tmp_path: Path) -> None:
    text = """/* What it does.

   // In detail. */

export function start() {
  // why
  const url = "a//b"; // where
  /* how */ return url /* so */;
  /* one */ /* two */
}
"""
    script = join_modules("start.mjs", [write(tmp_path, start=text)])
    code = """function start() {
  const url = "a//b"; // where
  /* how */ return url /* so */;
  /* one */ /* two */
}
"""
    assert script.partition("// start.mjs\n\n")[2].startswith(code)
