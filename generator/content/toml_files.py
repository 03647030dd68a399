"""Read TOML files, or refuse them with the line at fault; limits on the sizes of all files."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from generator.runtime.errors import SourceError

# bytes; a large issue has a thousandth of that, and 50 MB were measured (docs/performance.md)
LARGEST = {
    ".md": 64_000_000, ".json": 256_000_000, ".toml": 4_000_000, ".docx": 256_000_000,
    ".pdf": 1_000_000_000,
}  # fmt: skip
TOML_LINE = re.compile(r"\(at line (?P<line>\d+)")
TOML_TOKEN = re.compile(r"\"\"\"|'''|\\[\"\\]|[\"'\n#.=,]")
MOST_DOTS = 100


def refuse_giants(*paths: Path) -> None:
    """Refuse files that are larger than any issue, before they are read into memory."""
    for path in paths:
        largest = LARGEST.get(path.suffix, LARGEST[".md"])
        if path.is_file() and (size := path.stat().st_size) > largest:
            msg = (
                f"{path}:1: has {size:,} bytes; at most {largest:,} are read. "
                "Is it the text of one issue?"
            )
            raise SourceError(msg)


def refuse_unreadable(path: Path) -> None:
    """Refuse a path that is no regular file, or a file that is too large, before it is opened."""
    if path.exists() and not path.is_file():  # to open a pipe would wait without end
        msg = f"{path}:1: is no file; put a text of that name there"
        raise SourceError(msg)
    refuse_giants(path)


def read_toml(path: Path) -> dict[str, object]:
    """Read a TOML file; SourceError names the line at fault."""
    refuse_unreadable(path)
    try:
        text = path.read_bytes().decode("utf-8-sig")
        if deep := _nested_key(text):
            msg = f"{path}:{deep}: a key of more than {MOST_DOTS} keys; nobody writes such"
            raise SourceError(msg)
        return tomllib.loads(text)
    except FileNotFoundError as error:
        msg = f"{path}:1: missing"
        raise SourceError(msg) from error
    except OSError as error:
        msg = f"{path}:1: cannot be read ({error.strerror})"
        raise SourceError(msg) from error
    except UnicodeDecodeError as error:
        msg = f"{path}:1: not UTF-8; save it as UTF-8 text"
        raise SourceError(msg) from error
    except RecursionError as error:
        msg = f"{path}:1: nests brackets too deep for any fact; write plain keys and tables"
        raise SourceError(msg) from error
    except ValueError as error:  # TOMLDecodeError, or a number of thousands of digits
        found = TOML_LINE.search(str(error))
        # tomllib names no line when the text ends too early
        line = found["line"] if found else len(path.read_bytes().splitlines())
        msg = f"{path}:{line}: not valid TOML: {error}"
        raise SourceError(msg) from error


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
