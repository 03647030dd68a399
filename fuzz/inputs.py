"""Inputs for fuzzing: a first corpus, and mutations with the words of the field.

An input is the text itself, so that a finding is a file that an editor could have written.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TypeAlias

from fuzz.words import FACTS, WORDS

ByBytes: TypeAlias = Callable[[bytes, int], bytes]  # (input, largest length of the result)
ROOT = Path(__file__).resolve().parent.parent
# bytes of an input: enough for every construct, and for hundreds of inputs a second
LONGEST_INPUT = 1500
LONGEST_SEED = 1200  # bytes; a longer text is cut at blank lines
KEPT = 0.5  # of the mutations of a steady run, which are mutated further
CORRECTIONS = (
    '[[correction]]\nline = 9\nfrom = "城市"\nto = "城 市"\nwhy = "误识"\n',
    '[[lift]]\nline = 8\nwhy = "已解密"\n\n[scan]\nfile = "p/{page}.jpg"\nfirst = 1\n',
    '[[correction]]\nline = 10\nfrom = "革，"\nto = ""\nwhy = "重印"\n\n'
    '[[correction]]\nline = 11\nfrom = "任务"\nto = "任\\t务"\nwhy = "错列"\n',
)


def seeds(target: str) -> Iterator[bytes]:
    """Yield the first texts: content/ in pieces, and every case of tests/cases."""
    if target == "corrections":
        yield from (text.encode() for text in CORRECTIONS)
        return
    for path in sorted((ROOT / "content").glob("*/*/issue.md")):
        piece = ""
        for part in path.read_text("utf-8").split("\n\n"):
            if len((piece + part).encode()) > LONGEST_SEED:
                yield piece.encode()
                piece = ""
            piece += part[:LONGEST_SEED] + "\n\n"
        yield piece.encode()
    for path in sorted((ROOT / "tests" / "cases").rglob("*.md")):
        for case in path.read_text("utf-8").split("~~~ example\n")[1:]:
            yield case.partition("\n.\n")[0].encode()


def mutator(target: str, by_bytes: ByBytes) -> Callable[[bytes, int, int], bytes]:
    """Make a function that changes an input by words or, with ``by_bytes``, byte by byte."""
    words = FACTS if target == "corrections" else WORDS

    def mutate(data: bytes, longest: int, seed: int) -> bytes:
        chance = random.Random(seed)
        kind = chance.random()
        if kind < 0.2:
            return by_bytes(data, longest)
        if kind < 0.3:  # a new text
            text = "".join(chance.choices(words, k=chance.randint(1, 60)))
        else:
            text = data.decode("utf-8", "replace")
            for _ in range(chance.choice((1, 1, 2, 4))):
                text = edit(text, chance, words)
        return cut(text, longest)

    return mutate


def steady(target: str, seed: int) -> Iterator[bytes]:
    """Yield inputs without end: the first texts, then mutations of them and of each other.

    They follow from the seed and these files alone: not from what the program does with them, and
    not from the order of a set.
    """
    chance = random.Random(seed)
    mutate = mutator(target, partial(_any_bytes, chance))
    kept = [*seeds(target)]
    yield from kept
    while True:
        at = chance.randrange(len(kept))
        data = mutate(kept[at], LONGEST_INPUT, chance.getrandbits(32))
        if chance.random() < KEPT:
            kept[at] = data
        yield data


def _any_bytes(chance: random.Random, data: bytes, longest: int) -> bytes:
    """Change a few bytes: put some in, take some out or replace them."""
    for _ in range(chance.choice((1, 1, 2, 4))):
        at = chance.randint(0, len(data))
        put_in = chance.randbytes(chance.choice((0, 1, 1, 3)))
        data = data[:at] + put_in + data[at + chance.choice((0, 1, 1, 3)) :]
    return data[:longest]


def edit(text: str, chance: random.Random, words: tuple[str, ...]) -> str:
    """Change one place of a text: insert words; remove, copy or repeat a piece; shuffle lines."""
    at = chance.randint(0, len(text))
    end = min(len(text), at + chance.choice((1, 2, 8, 40)))
    piece = text[at:end]
    match chance.randrange(8):
        case 0 | 1 | 2:
            return text[:at] + chance.choice(words) + text[at:]
        case 3:
            return text[:at] + "".join(chance.choices(words, k=5)) + text[end:]
        case 4:
            return text[:at] + text[end:]
        case 5:  # a long repetition, which may take a regular expression too long
            repeated = piece[:3] or chance.choice(words)
            return text[:at] + repeated * chance.randint(2, 80) + text[at:]
        case 6:
            to = chance.randint(0, len(text))
            return text[:to] + piece + text[to:]
        case _:
            lines = text.split("\n")
            chance.shuffle(lines)
            return "\n".join(lines)


def cut(text: str, longest: int) -> bytes:
    """Encode a text in at most so many bytes, with whole characters only."""
    return text.encode()[:longest].decode("utf-8", "ignore").encode()
