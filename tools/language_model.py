"""Make generator/language/official_chinese.npz, the model of official Chinese.

    python -m tools.language_model                       from tools/official_chinese.tsv.xz
    python -m tools.language_model COUNTS.tsv[.xz]       from another table of counts
    python -m tools.language_model FOLDER                from the texts (.md, .txt) in a folder
    python -m tools.language_model SOURCE --to FILE      into another file

A table has a line for each character, pair and triple: text, tab, count; ^ and $ are the begin and
the end of a run of ideographs. Same input, same bytes. docs/misprints.md tells what the counts are.
"""

from __future__ import annotations

import io
import lzma
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import click
import numpy as np
from numpy.typing import NDArray

from generator.content.decoding import read_text
from generator.language.character_model import MODEL_FILE, packed
from generator.language.ideographs import HAN

COUNTS = Path(__file__).with_name("official_chinese.tsv.xz")
RUN = re.compile(rf"[{HAN}]+")
LEAST = (1, 2, 3)  # how often a character, a pair, a triple must occur to be kept


def counts_of(texts: Iterable[str]) -> dict[str, int]:
    """Count the characters, pairs and triples of texts, those that are frequent enough."""
    counts: Counter[str] = Counter()
    for text in texts:
        for run in RUN.finditer(text):
            framed = f"^{run[0]}$"
            for length in (1, 2, 3):
                counts.update(framed[n : n + length] for n in range(len(framed) - length + 1))
    return {gram: n for gram, n in counts.items() if n >= LEAST[len(gram) - 1]}


def read_counts(source: Path) -> dict[str, int]:
    """Read a table of counts, or count the texts of a folder."""
    if source.is_dir():
        return counts_of(_texts(source))
    data = source.read_bytes()
    table = (lzma.decompress(data) if source.suffix == ".xz" else data).decode("utf-8")
    rows = (line.split("\t") for line in table.splitlines())
    return {gram: int(count) for gram, count in rows}


def _texts(folder: Path) -> Iterator[str]:
    for path in sorted(folder.rglob("*")):
        if path.suffix in {".md", ".txt"} and path.is_file():
            yield read_text(path)


def model_of(counts: dict[str, int]) -> bytes:
    """Pack counts into the bytes of a model.

    Characters are numbered by their frequency. A pair without the count of its characters, or a
    triple without that of its first pair, is left out: nothing could be computed from it.
    """
    single = sorted((g for g in counts if len(g) == 1 and g not in "^$"),
                    key=lambda g: (-counts[g], g))  # fmt: skip
    ids = {"^": 1, "$": 2, **{g: n for n, g in enumerate(single, 3)}}
    pairs = sorted((ids[g[0]], ids[g[1]], n) for g, n in counts.items()
                   if len(g) == 2 and ids.keys() >= set(g))  # fmt: skip
    place = {(one, two): n for n, (one, two, _) in enumerate(pairs)}
    triples = sorted(
        (place[ids[g[0]], ids[g[1]]], ids[g[2]], n)
        for g, n in counts.items()
        if len(g) == 3 and ids.keys() >= set(g) and (ids[g[0]], ids[g[1]]) in place
    )
    first, second, pair = (np.array(column, np.int64) for column in _columns(pairs))
    owner, third, triple = (np.array(column, np.int64) for column in _columns(triples))
    arrays: dict[str, NDArray[np.unsignedinteger]] = {
        "characters": np.array([ord(g) for g in single], np.uint16),
        # of ^, $ and each character
        "single": np.array([counts.get("^", 1), counts.get("$", 1), *(counts[g] for g in single)],
                           np.uint32),
        "seconds": np.bincount(first, minlength=len(ids) + 1).astype(np.uint16),
        "second": second.astype(np.uint16),
        "pair": packed(pair),
        "thirds": np.bincount(owner, minlength=len(pairs)).astype(np.uint16),
        "third": third.astype(np.uint16),
        "triple": packed(triple),
    }  # fmt: skip
    stored = io.BytesIO()
    # deflated, not by xz, which is a fifth smaller and takes 65 ms more to read; dates are constant
    np.savez_compressed(stored, allow_pickle=False, **arrays)
    return stored.getvalue()


def _columns(rows: list[tuple[int, int, int]]) -> Iterable[tuple[int, ...]]:
    return zip(*rows, strict=True) if rows else ((), (), ())


@click.command()
@click.argument("source", type=click.Path(exists=True, path_type=Path), default=COUNTS)
@click.option("--to", "target", type=click.Path(path_type=Path), default=MODEL_FILE)
def main(source: Path, target: Path) -> None:
    """Make the model from a table of counts or from the texts of a folder."""
    target.write_bytes(model_of(read_counts(source)))


if __name__ == "__main__":
    main()
