"""The tables of pypinyin: the readings of characters, and the phrases that decide between them.

They are read from the files of the package, which this program does not import: pypinyin holds
each syllable of each phrase in lists of its own, 57 MB in every process of a build. Here equal
readings are one text, and the syllables of a phrase stay as the file has them until it is spelt.
tests/language/test_pinyin.py compares what is made of them with what pypinyin makes.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from sys import intern
from typing import TypeVar

import msgspec

T = TypeVar("T")
SYLLABLES = msgspec.json.Decoder(list[list[str]])
TONES = dict.fromkeys(map(ord, "\u0304\u0301\u030c\u0300"))  # of NFD: macron, acute, caron, grave


@cache
def without_tone(reading: str) -> str:
    """Write a reading without its tone, ü as v: lǜ → lv."""
    apart = unicodedata.normalize("NFD", reading).replace("u\u0308", "v")
    return intern(unicodedata.normalize("NFC", apart.translate(TONES)))


@cache
def character_readings() -> dict[str, tuple[str, ...]]:
    """Give the readings of each character, without tones, the most frequent first."""
    listed = _read("pinyin_dict.json", dict[int, str])
    known: dict[str, tuple[str, ...]] = {}  # most readings are those of several characters
    found: dict[str, tuple[str, ...]] = {}
    for code, readings in listed.items():
        if readings not in known:
            known[readings] = tuple(dict.fromkeys(map(without_tone, readings.split(","))))
        found[chr(code)] = known[readings]
    return found


@dataclass(frozen=True, slots=True)
class Phrases:
    """The phrases, in the order of their characters' codes; a reading is decoded when asked for."""

    names: tuple[str, ...]
    listed: dict[str, msgspec.Raw]  # phrase → its syllables as the file has them, each a list

    def begin_with(self, text: str) -> bool:
        """Whether a text is a phrase, or the beginning of one."""
        at = bisect_left(self.names, text)
        return at < len(self.names) and self.names[at].startswith(text)

    def __contains__(self, text: str) -> bool:
        """Whether a text is a phrase."""
        return text in self.listed

    def reading(self, phrase: str) -> tuple[str, ...]:
        """Give the syllables of a phrase, without tones; KeyError for what is none."""
        return tuple(without_tone(choices[0]) for choices in SYLLABLES.decode(self.listed[phrase]))


@cache
def phrases() -> Phrases:
    """Give the phrases of pypinyin."""
    listed = _read("phrases_dict.json", dict[str, msgspec.Raw])
    return Phrases(tuple(sorted(listed)), listed)


def _read(name: str, kind: type[T]) -> T:
    path = metadata.distribution("pypinyin").locate_file(f"pypinyin/{name}")
    with open(str(path), "rb") as file:  # noqa: PTH123 - a path of importlib is no Path for mypy
        return msgspec.json.decode(file.read(), type=kind)
