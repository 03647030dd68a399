"""Write the reference pages of docs/ from the docstrings, tables and help texts of the program.

    python -m tools.reference          (make docs)

rules.md: READING_RULES, ISSUE_RULES, BLOCK_RULES, TEXT_RULES and PATTERNS with their cases,
CODES with their meanings. commands.md: the commands with their options.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from inspect import cleandoc

import click

from generator.cli import main as gazette
from generator.model import Severity
from generator.model.codes import CODES
from generator.runtime.places import ROOT
from generator.stages.citations.patterns import PATTERNS
from generator.stages.normalize import BLOCK_RULES, ISSUE_RULES, TEXT_RULES
from generator.stages.read import READING_RULES
from tests.case_files import ALL

DOCS = ROOT / "docs"
MADE = "<!-- written by make docs from the code in generator/; do not edit -->"
NAMES: dict[Severity, str] = {"error": "错误", "warning": "警告", "info": "提示"}

RULES = """\
# 规则与检查说明

本页说明程序怎样修复扫描文本，以及 `gazette check` 报告的每一种问题。
每条规则的实例在 `tests/cases/` 下的同名文件中，程序的测试逐一核对。

## 识别软件的写法

公报的文本多由识别或转换软件写出，各有各的写法。\
程序先把这些写法与印刷的文字分开，去掉的都记入 `ledger`，不问是哪一种软件。

| 规则 | 作用 | 例 | 实例 |
|---|---|---|---|
{markup}

## 修复规则

规则依次执行，每处改动都记入 issue.json 的 `ledger`（规则、行号、改前、改后）。

| 规则 | 作用 | 例 | 实例 |
|---|---|---|---|
{rules}

## 引文的写法

修复之后，程序在正文里找引用的文件，先具体、后一般；一处文字只归一种。\
详见 [citations.md](citations.md)。

| 写法 | 例 | 实例 |
|---|---|---|
{patterns}

## 检查项目

错误（error）停止发布；警告（warning）请核对；提示（info）仅供参考。
更正写在 issue.toml 里，写法见[怎样加一期公报](add-an-issue.md#第四步改正错字)。

每一期先列停止发布的，再列警告和提示，各按把握大小排列，最后一行是合计；\
`--max 20` 只列最要紧的 20 处。
核对后无误的，一处用 [[confirmed]] 注明；同一个词的各处，写入公报文件夹的 terms.txt，\
一行一个词，`#` 之后是说明：读法会改动这个词里的字的，都不再列出。

{codes}
"""

COMMANDS = """\
# Commands

`gazette -h` and `gazette COMMAND --help` print the same.
Options of `gazette` itself: {shared}.
Exit status: 0 done, 1 the content is at fault, 2 wrong usage; \
a fault says in a line what is wrong, where, and what to do.{examples}

{commands}
"""


def write_rules() -> str:
    """Write rules.md."""
    rules: tuple[Callable[..., object], ...] = (*ISSUE_RULES, *BLOCK_RULES, *TEXT_RULES)
    return _page(
        RULES,
        markup="\n".join(_rule_row("read", rule) for rule in READING_RULES),
        rules="\n".join(_rule_row("normalize", rule) for rule in rules),
        patterns="\n".join(_pattern_row(pattern.kind) for pattern in PATTERNS),
        codes="\n\n".join(
            f"### `{name}`\n\n{NAMES[code.severity]}。{code.meaning}"
            for name, code in CODES.items()
        ),
    )


def _page(template: str, **parts: str) -> str:
    heading, _, rest = template.format(**parts).partition("\n")
    return f"{heading}\n\n{MADE}\n{rest}"


def for_editors(docstring: str) -> str:
    """Give the line for editors in a rule's docstring; raises ValueError if there is none."""
    found = re.search(r"^给编辑：(?P<words>.+?)。?$", docstring, re.MULTILINE)
    if not found:
        msg = f"a rule's docstring needs a line that begins with 给编辑： — {docstring!r}"
        raise ValueError(msg)
    return found["words"]


def example(docstring: str) -> tuple[str, str] | None:
    """Give the two sides of ``before`` → ``after`` in a docstring."""
    found = re.search(r"``(?P<before>[^`]+)`` → ``(?P<after>[^`]+)``", docstring)
    return (found["before"], found["after"]) if found else None


def _rule_row(stage: str, rule: Callable[..., object]) -> str:
    name, docstring = rule.__name__, cleandoc(rule.__doc__ or "")
    sides = example(docstring)
    shown = " → ".join(map(_cell, sides)) if sides else ""
    return f"| `{name}` | {_cell(for_editors(docstring))} | {shown} | {_cases(stage, name)} |"


def _pattern_row(kind: str) -> str:
    case = next(case for case in ALL if (case.stage, case.rule) == ("citations", kind))
    first = case.before.partition("\n")[0]
    return f"| `{kind}` | {_cell(first)} | {_cases('citations', kind)} |"


def _cases(stage: str, rule: str) -> str:
    count = sum((case.stage, case.rule) == (stage, rule) for case in ALL)
    return f"[{count} 例](../tests/cases/{stage}/{rule}.md)"


def _cell(text: str) -> str:
    """Escape a text for a table's cell; an invisible character becomes its name, U+200B."""
    shown = "".join(c if c.isprintable() or c == "\u3000" else f"U+{ord(c):04X}" for c in text)
    return re.sub(r"([\\|<>\[\]*_`])", r"\\\1", shown)


def write_commands() -> str:
    """Write commands.md."""
    root = click.Context(gazette, info_name="gazette")
    names = gazette.list_commands(root)
    shared = "; ".join(f"`{names}`: {_prose(help)}" for names, help in _options(gazette, root))
    return _page(
        COMMANDS,
        shared=shared.replace(".;", ";").rstrip("."),
        examples=_examples(gazette),
        commands="\n\n".join(_command(name, root) for name in names),
    )


def _command(name: str, root: click.Context) -> str:
    command = gazette.get_command(root, name)
    if command is None:
        msg = f"gazette lists the command {name} but does not have it"
        raise ValueError(msg)
    context = click.Context(command, info_name=name, parent=root)
    usage = " ".join([context.command_path, *command.collect_usage_pieces(context)])
    words = _prose(cleandoc(command.help or ""))
    rows = "\n".join(
        f"| `{_code(names)}` | {_prose(help)} |" for names, help in _options(command, context)
    )
    table = f"\n\n| option | |\n|---|---|\n{rows}" if rows else ""
    return f"## gazette {name}\n\n```text\n{usage}\n```\n\n{words}{table}{_examples(command)}"


def _examples(command: click.Command) -> str:
    """Give the examples of a command's help as a block, each on its own line."""
    listed = [line.strip() for line in (command.epilog or "").splitlines() if line[:2] == "  "]
    text = "\n".join(listed)
    return f"\n\nExamples:\n\n```text\n{text}\n```" if listed else ""


def _options(command: click.Command, context: click.Context) -> Iterator[tuple[str, str]]:
    """Yield the names and the help of each option except --help."""
    for parameter in command.get_params(context):
        record = parameter.get_help_record(context)
        if isinstance(parameter, click.Option) and record and "--help" not in parameter.opts:
            yield record


def _code(text: str) -> str:
    return text.replace("|", "\\|")


def _prose(text: str) -> str:
    """Write a help text as Markdown: lines of a paragraph are joined, as on a terminal."""
    text = re.sub(r"(?<!\n)\n(?!\n)", " ", text.strip())
    return re.sub(r"([|<>*_`])", r"\\\1", re.sub(r" {2,}", " ", text))


PAGES: dict[str, Callable[[], str]] = {"rules.md": write_rules, "commands.md": write_commands}


def main() -> int:
    """Write each page."""
    for name, write in PAGES.items():
        (DOCS / name).write_text(write(), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
