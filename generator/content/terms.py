"""Words of a gazette that the checks need not report: terms.txt beside gazette.toml."""

from __future__ import annotations

from pathlib import Path

from generator.content.decoding import read_text
from generator.content.gazette_facts import refuse_strays
from generator.content.toml_files import refuse_unreadable

TERMS_FILE = "terms.txt"
COMMENT = "#"


def read_terms(gazette: Path) -> frozenset[str]:
    """Read the terms of a gazette: a word a line; # begins a comment. Empty without the file.

    No stage reads them, so that a new term rebuilds no page. Raises SourceError for a file that
    cannot be read.
    """
    path = gazette / TERMS_FILE
    refuse_strays(gazette, path)
    refuse_unreadable(path)
    if not path.is_file():
        return frozenset()
    words = (line.partition(COMMENT)[0] for line in read_text(path).split("\n"))
    return frozenset(filter(None, ("".join(word.split()) for word in words)))
