"""The words that the issues of a gazette share: learned.tsv beside gazette.toml.

`gazette learn` writes it. It is a frozen file: what is found in an issue depends on other issues
only through it, and changes only when somebody renews it.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from generator.content.decoding import read_text
from generator.content.gazette_facts import refuse_strays
from generator.content.toml_files import refuse_unreadable
from generator.runtime.errors import SourceError
from generator.runtime.patterns import lazy_regex

LEARNED_FILE = "learned.tsv"
ROW = lazy_regex(r"(?P<words>[^\t]{2,3})\t(?P<count>[0-9]{1,9})")


def read_learned(gazette: Path) -> dict[str, int]:
    """Read the words of a gazette with their counts; empty without the file.

    Raises SourceError, with the line, for a file that is not as `gazette learn` writes it.
    """
    path = gazette / LEARNED_FILE
    refuse_strays(gazette, path)
    refuse_unreadable(path)
    learned: dict[str, int] = {}
    if not path.is_file():
        return learned
    for number, line in enumerate(read_text(path).split("\n"), 1):
        row = ROW.fullmatch(line)
        if row:
            learned[row["words"]] = int(row["count"])
        elif line:
            msg = f"{path}:{number}: 不是“词、制表符、次数”；请用 gazette learn 重写这个文件"
            raise SourceError(msg)
    return learned


def write_learned(gazette: Path, learned: Mapping[str, int]) -> Path:
    """Write the words of a gazette with their counts, in the order of the words."""
    path = gazette / LEARNED_FILE
    rows = [f"{words}\t{count}\n" for words, count in sorted(learned.items())]
    path.write_text("".join(rows), "utf-8", newline="\n")
    return path
