"""Modules of JavaScript → one classic script.

The search engine is written as modules (templates/search/), which editors, linters and Node's test
runner understand. Browsers load no module from disk (file://), so the build joins them into a
script. No bundler is needed, because modules use only the few forms that are checked here:
imports that rename nothing, each on one line, and exported declarations.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from generator.runtime.errors import UsageError
from generator.runtime.patterns import lazy_regex

# import { Reader, inflate } from "./bytes.mjs";
IMPORT = lazy_regex(r'import \{ (?P<names>\w+(?:, \w+)*) \} from "\./(?P<name>\w+\.mjs)";')
# export function fold(text) {
EXPORT = lazy_regex(
    r"^export (?=(?:async )?(?P<kind>function|class|const) (?P<name>\w+))", re.MULTILINE
)
# comments that fill whole lines; those after code stay
COMMENTS = lazy_regex(r"^[ \t]*(?://.*|/\*(?:(?!\*/)[\s\S])*\*/[ \t]*)\n", re.MULTILINE)


def join_modules(entry: str, folders: Sequence[Path]) -> str:
    """Join a module with all that it imports into a script that sets one global variable.

    The variable has the name of the one function that the entry exports. A module is taken from
    the first of the folders that has it.
    """
    modules = _collect(entry, folders)
    exported = [found["name"] for found in EXPORT.finditer(modules[entry])]
    if len(exported) != 1:
        msg = f"{entry}: expected one exported function, found {', '.join(exported) or 'none'}"
        raise UsageError(msg)
    parts = "\n".join(f"// {name}\n\n{_strip(text)}\n" for name, text in modules.items())
    return (
        "/* Joined by the build from the modules named below; their comments are left out. */\n"
        f'"use strict";\n\nvar {exported[0]} = (function () {{\n\n'
        f"{parts}\nreturn {exported[0]};\n}})();\n"
    )


def _collect(entry: str, folders: Sequence[Path]) -> dict[str, str]:
    """Read a module and all that it imports; each comes after those that it imports."""
    modules: dict[str, str] = {}

    def collect(name: str, importers: tuple[str, ...]) -> None:
        if name in importers:
            msg = f"{name} imports itself by way of {', '.join(importers)}"
            raise UsageError(msg)
        if name in modules:
            return
        path = next((folder / name for folder in folders if (folder / name).is_file()), None)
        if path is None:
            msg = f"{importers[-1] if importers else 'the build'} needs {name}: no such file"
            raise UsageError(msg)
        own: list[str] = []
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            if imported := IMPORT.fullmatch(line):
                collect(imported["name"], (*importers, name))
            elif re.match(r"import\b|export\b", line) and not EXPORT.match(line):
                msg = f"{path}:{number}: the build cannot join this import or export: {line}"
                raise UsageError(msg)
            else:
                own.append(f"{line}\n")
        modules[name] = "".join(own)

    collect(entry, ())
    return modules


def _strip(module: str) -> str:
    return COMMENTS.sub("", EXPORT.sub("", module)).strip("\n")
