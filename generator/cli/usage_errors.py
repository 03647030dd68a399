"""Wrong usage of a command, in words for editors: click says it in English."""

from __future__ import annotations

import re

import click

from generator.runtime.patterns import lazy_regex

# what click says, and what is said to editors; tests/cli/test_faults.py provokes each
SAYINGS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (lazy_regex(pattern, re.DOTALL), words)
    for pattern, words in (
        (r"No such command '(?P<name>.+?)'\..*", "没有 {name} 这个命令；请核对写法"),
        (r"No such option:? '?(?P<name>-[\w-]*)'?.*", "没有 {name} 这个选项；请核对写法"),
        (r"Missing argument '(?P<name>.+?)'\.?.*", "缺少 {name}；请补上"),
        (r"Missing option '(?P<name>.+?)'\.?.*", "缺少选项 {name}；请补上"),
        (r"Option '(?P<name>.+?)' requires .*", "{name} 的后面要写值；请补上"),
        (r"Option '(?P<name>.+?)' does not take a value\.", "{name} 的后面不写值；请去掉"),
        (r"Got unexpected extra arguments? \((?P<name>.+)\)",
         "多了“{name}”；名称里有空格的，请在两边加引号"),
        (r"Invalid value for .+?: \w+ '(?P<name>.+)' does not exist\.",
         "{name}: 没有这个文件或文件夹；请核对名称和位置"),
        (r"Invalid value for .+?: \w+ '(?P<name>.+)' is a file\.",
         "{name}: 是文件，不是文件夹；请换一个"),
        (r"Invalid value for .+?: \w+ '(?P<name>.+)' is a directory\.",
         "{name}: 是文件夹，不是文件；请换一个"),
        (r"Invalid value for .+?: \w+ '(?P<name>.+)' is not (?:readable|writable)\.",
         "{name}: 没有权限；请检查它的权限"),
        (r"Invalid value for '(?P<option>.+?)': '(?P<name>.+)' is not a valid (?:integer|float).*",
         "{option} 应为数字，现为“{name}”；请改正"),
        (r"Invalid value for '(?P<option>.+?)': (?P<name>\S+) is not in the range (?P<range>.+)\.",
         "{option} 应满足 {range}（x 是所写的数），现为 {name}；请改正"),
        (r"Invalid value for '(?P<option>.+?)': '(?P<name>.+)' is not one of (?P<range>.+)\.",
         "{option} 应为 {range} 之一，现为“{name}”；请改正"),
        (r"Invalid value for '(?P<option>.+?)': '(?P<name>.+)' does not match the formats? "
         r"(?P<range>.+)\.", "{option} 应写作 {range}，现为“{name}”；请改正"),
    )
)  # fmt: skip


def usage_fault(error: click.UsageError) -> str:
    """Say in Chinese what is wrong with a command, and how to read its help."""
    said = error.format_message()
    words = next(
        (words.format(**found.groupdict()) for pattern, words in SAYINGS
         if (found := pattern.fullmatch(said))),
        said,
    )  # fmt: skip
    if error.ctx is None:
        return words
    usage = error.ctx.get_usage().partition(": ")[2]
    return f"{words}\n用法：{usage}\n说明：{error.ctx.command_path} --help"
