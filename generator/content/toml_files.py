"""Read TOML files, or refuse them with the line at fault; limits on the sizes of all files."""

from __future__ import annotations

import tomllib
from pathlib import Path

from generator.content.toml_slips import likely_slip
from generator.runtime.errors import Faults, SourceError, reason_of
from generator.runtime.patterns import lazy_regex

# bytes; a large issue has a thousandth of that, and 50 MB were measured (docs/performance.md)
LARGEST = {
    ".md": 64_000_000, ".json": 256_000_000, ".toml": 4_000_000, ".docx": 256_000_000,
    ".pdf": 1_000_000_000, ".ofd": 1_000_000_000, ".html": 16_000_000, ".htm": 16_000_000,
    **dict.fromkeys((".docm", ".dotx", ".dotm", ".doc", ".dot", ".wps", ".wpt", ".odt", ".ott"),
                    256_000_000), ".rtf": 256_000_000,
    ".png": 256_000_000, ".jpg": 256_000_000, ".jpeg": 256_000_000, ".tif": 1_000_000_000,
    ".tiff": 1_000_000_000,
}  # fmt: skip
TOML_PLACE = lazy_regex(r" \(at (?:line (?P<line>\d+), column \d+|end of document)\)")
# how the messages of tomllib begin, and what they mean for editors
TOML_FAULTS = {
    "Expected '=' after a key": "键的后面应有等号",
    "Invalid statement": "应为“键 = 值”或“[表名]”；中文的键要加引号",
    "Invalid initial character for a key": "键的写法有误；中文的键要加引号",
    "Invalid value": "值的写法有误；文字的两边要有引号",
    "Expected newline or end of document": "一行只能写一项；引号里的引号要用“”",
    "Unterminated string": "引号没有成对",
    "Illegal character '\\n'": "引号没有成对",
    "Found invalid character": "引号没有成对，或有看不见的字符",
    'Expected "\'"': "引号没有成对",
    "Expected '\"'": "引号没有成对",
    "Expected ']": "表名的方括号没有成对",
    "Unclosed array": "列表的方括号没有成对，或各项之间没有逗号",
    "Unclosed inline table": "花括号没有成对，或各项之间没有逗号",
    "Cannot declare": "同一个表写了两次",
    "Cannot overwrite a value": "同一个键写了两次",
    "Duplicate inline table key": "同一个键写了两次",
    "Cannot redefine namespace": "同一个键写了两次",
    "Unescaped '\\'": "双引号里的 \\ 要写两个，或改用单引号",
}
FULL_WIDTH = lazy_regex(r"[“”‘’＝［］【】＃，．＂]")
LONGEST_LINE_SHOWN = 60
MOST_FAULTS = 20  # of a file that are said at once
TOML_TOKEN = lazy_regex(r"\"\"\"|'''|\\[\"\\]|[\"'\n#.=,]")
MOST_DOTS = 100


def refuse_giants(*paths: Path) -> None:
    """Refuse files that are larger than any issue, before they are read into memory."""
    for path in paths:
        largest = LARGEST.get(path.suffix, LARGEST[".md"])
        if path.is_file() and (size := path.stat().st_size) > largest:
            msg = (
                f"{path}:1: 有 {size:,} 字节，最多读 {largest:,} 字节；"
                "请核对是否放错了文件，或分成几期"
            )
            raise SourceError(msg)


def refuse_unreadable(path: Path) -> None:
    """Refuse a path that is no regular file, or a file that is too large, before it is opened."""
    if path.exists() and not path.is_file():  # to open a pipe would wait without end
        msg = f"{path}:1: 不是文件；请移走它，放入同名的文件"
        raise SourceError(msg)
    refuse_giants(path)


def read_toml(path: Path) -> dict[str, object]:
    """Read a TOML file; SourceError names each line at fault, with what was likely meant."""
    refuse_unreadable(path)
    try:
        text = path.read_bytes().decode("utf-8-sig")
        if deep := _nested_key(text):
            msg = f"{path}:{deep}: 一个键用点连了 {MOST_DOTS} 层以上；请改正"
            raise SourceError(msg)
        return _parsed(text, path)
    except FileNotFoundError as error:
        msg = f"{path}:1: 没有这个文件；请放入"
        raise SourceError(msg) from error
    except OSError as error:
        msg = f"{path}:1: 读不出（{reason_of(error)}）；请检查这个文件"
        raise SourceError(msg) from error
    except UnicodeDecodeError as error:
        msg = f"{path}:1: 不是 UTF-8 编码；请用记事本打开，另存为 UTF-8 编码的文本文件"
        raise SourceError(msg) from error
    except RecursionError as error:
        msg = f"{path}:1: 括号里套了太多层括号；请只写“键 = 值”和“[表名]”"
        raise SourceError(msg) from error


def _parsed(text: str, path: Path) -> dict[str, object]:
    """Parse a text; where a slip is likely, go on without it, so that the next is said, too."""
    lines = text.splitlines()
    faults = Faults()
    for _ in range(MOST_FAULTS):
        try:
            tables = tomllib.loads("\n".join(lines))
        except ValueError as error:  # TOMLDecodeError, or a number of thousands of digits
            found = TOML_PLACE.search(str(error))
            # tomllib names no line when the text ends too early
            line = int((found and found["line"]) or len(lines))
            shown = lines[line - 1].strip() if 0 < line <= len(lines) else ""
            slip, meant = likely_slip(shown)
            faults.add(
                f'{path}:{line}: TOML 写法有误，请改正（引号、方括号和等号要用半角的 " [ ] =）：'
                f"{_fault_of(str(error))}{_slip_in(shown, slip, meant)}"
            )
            if not meant or lines[line - 1] == meant:
                break
            lines[line - 1] = meant
        else:
            faults.end()
            return tables
    raise SourceError("\n".join(faults.lines))


def _slip_in(line: str, slip: str, meant: str) -> str:
    """Give a line as it stands, and what was likely meant by it."""
    if not line:
        return ""
    stands = f"；这一行现为“{line[:LONGEST_LINE_SHOWN]}”"
    if meant:
        return f"{stands}，{slip}，可改为 {meant[:LONGEST_LINE_SHOWN]}"
    wide = dict.fromkeys(FULL_WIDTH.findall(line))
    return f"{stands}；其中 {' '.join(wide)} 是全角的" if wide else stands


def _fault_of(message: str) -> str:
    """Say in Chinese what a message of tomllib says; a rare one is given as it is."""
    plain = TOML_PLACE.sub("", message)
    return next((words for start, words in TOML_FAULTS.items() if plain.startswith(start)), plain)


def _nested_key(text: str) -> int:
    """Find the line of a key a.a.a… that would keep tomllib busy for minutes; 0 for none."""
    if not any(line.count(".") > MOST_DOTS for line in text.splitlines()):
        return 0
    quote, dots, line = "", 0, 1
    tokens: list[str] = TOML_TOKEN.findall(text)
    for token in tokens:
        line += token == "\n"
        if quote:
            quote = "" if token == quote or (token == "\n" and len(quote) == 1) else quote
        elif token in ('"', "'", '"""', "'''", "#"):
            quote = "\n" if token == "#" else token
        elif token == ".":
            dots += 1
        elif token in ("\n", "=", ","):
            dots = 0
        if dots > MOST_DOTS:
            return line
    return 0
