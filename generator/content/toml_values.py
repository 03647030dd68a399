"""Values of gazette.toml and issue.toml, each with file and line where it is wrong."""

from __future__ import annotations

import logging
import re
import tomllib
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import TypeVar

from generator.language.unseen import INVISIBLE, name_of, named
from generator.runtime.errors import SourceError

log = logging.getLogger("generator.content")

T = TypeVar("T", str, int)
# a line or a page, of any issue that was ever printed
GREATEST = 10_000_000
# bytes: a large issue has a thousandth of it, and 50 MB were measured (docs/performance.md)
LARGEST = {
    ".md": 64_000_000, ".json": 256_000_000, ".toml": 4_000_000, ".docx": 256_000_000,
    ".pdf": 1_000_000_000,
}  # fmt: skip
# keys of issue.toml that quote the text, or explain in any number of lines
QUOTING = frozenset({"from", "to", "why"})
TOML_LINE = re.compile(r"\(at line (?P<line>\d+)")
TOML_TOKEN = re.compile(r"\"\"\"|'''|\\[\"\\]|[\"'\n#.=,]")
MOST_DOTS = 100


def refuse_giants(*paths: Path) -> None:
    """Refuse files that no issue is as large as, before anything reads them into memory."""
    for path in paths:
        largest = LARGEST.get(path.suffix, LARGEST[".md"])
        if path.is_file() and (size := path.stat().st_size) > largest:
            msg = (
                f"{path}:1: has {size:,} bytes; at most {largest:,} are read. "
                "Is it the text of one issue?"
            )
            raise SourceError(msg)


def reason(entry: dict[str, object], path: Path, line: int, what: str) -> str:
    """Give what an editor wrote for why, in a line; SourceError, at a line, when it is nothing."""
    if why := " ".join(value(entry, "why", str, path).split()):
        return named(why)
    msg = f"{path}:{line}: why must say {what}"
    raise SourceError(msg)


def lines_of_entries(path: Path, key: str, words: Sequence[str]) -> list[int]:
    """Line of a TOML file with a word of each table [[key]]; that of the table without it."""
    found: list[int] = []
    is_open = False
    for number, line in enumerate(path.read_text("utf-8-sig").splitlines(), 1):
        if line.lstrip().startswith("["):
            is_open = line.partition("]")[0].strip("[ \t") == key
            is_open = is_open and len(found) < len(words)
            if is_open:
                found.append(number)
        if is_open and words[len(found) - 1] in line:
            found[-1], is_open = number, False
    # others were written as a list in one line
    return found + [line_of(path, key)] * (len(words) - len(found))


def tables(facts: Mapping[str, object], key: str, path: Path, form: str) -> list[dict[str, object]]:
    """Give the tables [[key]]; SourceError says their form when they are written otherwise."""
    entries = facts.get(key, [])
    if not isinstance(entries, list) or not all(isinstance(e, dict) for e in entries):
        msg = f"{path}:1: {form}"
        raise SourceError(msg)
    return entries


def refuse_slips(facts: Mapping[str, object], known: Sequence[str], path: Path) -> None:
    """Refuse keys that are nearly those we know: [[withdraw]] would leave a document published.

    Others are somebody's own, and are named in a warning.
    """
    for key in facts:
        if key in known:
            continue
        line = line_of(path, key)
        if meant := get_close_matches(key, known, n=1, cutoff=0.7):
            msg = f"{path}:{line}: {key!r} is not read; is {meant[0]!r} meant?"
            raise SourceError(msg)
        log.warning("%s:%s: %r is not read", path, line, key)


def refuse_unreadable(path: Path) -> None:
    """Refuse what is there and is no file, or no file of that kind, before it is opened."""
    if path.exists() and not path.is_file():  # a pipe would be waited for
        msg = f"{path}:1: is no file; put a text of that name there"
        raise SourceError(msg)
    refuse_giants(path)


def read_toml(path: Path) -> dict[str, object]:
    """Read a file of TOML; SourceError names the line that is none."""
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
    """Line of a TOML file with a key a.a.a… that tomllib would work on for minutes; 0 for none."""
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


def value(
    facts: dict[str, object], key: str, kind: type[T], path: Path, default: T | None = None
) -> T:
    """Give the value of a key; SourceError where it is missing or of another kind."""
    given = facts.get(key, default)
    if isinstance(given, kind) and not isinstance(given, bool):
        if isinstance(given, str) and key not in QUOTING:
            refuse_signs(given, key, path)
        if isinstance(given, int) and not -GREATEST < given < GREATEST:
            msg = f"{path}:{line_of(path, key)}: {key} is beyond any line or page"
            raise SourceError(msg)
        return given
    found = "is missing" if given is None else f"is {given!r}"
    wanted = {str: "a text", int: "a whole number"}[kind]
    msg = f"{path}:{line_of(path, key)}: {key} must be {wanted}, but {found}"
    raise SourceError(msg)


def refuse_signs(text: str, what: str, path: Path) -> None:
    """Refuse what stands on no line of a page: line ends, controls, signs that nobody sees."""
    if found := INVISIBLE.search(text) or re.search(r"[\r\n\t]", text):
        line = line_of(path, text.split("\n")[0])
        msg = f"{path}:{line}: {what} holds {name_of(found[0])}, which nobody sees; remove it"
        raise SourceError(msg)


def line_of(path: Path, text: str) -> int:
    """Line of a TOML file that mentions a text; 1 when none does."""
    for number, line in enumerate(path.read_text("utf-8-sig").splitlines(), 1):
        if text in line:
            return number
    return 1
