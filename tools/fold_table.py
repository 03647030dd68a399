"""Write generator/language/traditional.txt from OpenCC's TSCharacters.txt.

    python tools/fold_table.py path/to/TSCharacters.txt

The table is part of OpenCC (Apache License 2.0, github.com/BYVoid/OpenCC). If a character has
several simplified forms, the first is taken. A form that has a simplified form itself is replaced
by that one, so that folding a text twice changes nothing.
"""

from __future__ import annotations

import sys
from pathlib import Path

TARGET = Path(__file__).resolve().parent.parent / "generator" / "language" / "traditional.txt"
A_LINE = 40  # pairs on a line


def main(source: Path) -> None:
    """Read OpenCC's table, replace each form by its last one, and write the pairs."""
    table: dict[str, str] = {}
    for line in source.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            traditional, _, simplified = line.partition("\t")
            first = simplified.split()[0]
            if len(traditional) == len(first) == 1 and traditional != first:
                table[traditional] = first
    for traditional, simplified in list(table.items()):
        seen = {traditional}
        while simplified in table and simplified not in seen:
            seen.add(simplified)
            simplified = table[simplified]
        if simplified in seen:
            del table[traditional]  # a circle: the characters stay as they are
        else:
            table[traditional] = simplified
    pairs = [f"{a}{b}" for a, b in sorted(table.items())]
    lines = [" ".join(pairs[n : n + A_LINE]) for n in range(0, len(pairs), A_LINE)]
    TARGET.write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
