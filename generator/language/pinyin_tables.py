"""The tables of pypinyin: the readings of characters, and the phrases that decide between them.

They are read from the files of the package, which this program does not import: pypinyin holds
each syllable of each phrase in lists of its own, 57 MB in every process of a build. Here equal
readings of characters are one text, and the readings of phrases stay as they are in the file.
tests/language/test_pinyin.py compares what is made of them with what pypinyin makes.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from sys import intern
from typing import TypeVar

import msgspec

T = TypeVar("T")
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
    apart = {  # most readings are those of several characters
        readings: tuple(dict.fromkeys(map(without_tone, readings.split(","))))
        for readings in set(listed.values())
    }
    return {chr(code): apart[readings] for code, readings in listed.items()}


@dataclass(frozen=True, slots=True)
class Phrases:
    """The phrases, in the order of their characters' codes."""

    names: tuple[str, ...]
    written: tuple[msgspec.Raw, ...]  # the syllables of each as JSON, in the same order

    def begin_with(self, text: str) -> bool:
        """Whether a text is a phrase, or the beginning of one."""
        at = bisect_left(self.names, text)
        return at < len(self.names) and self.names[at].startswith(text)

    def __contains__(self, text: str) -> bool:
        """Whether a text is a phrase."""
        return self._place(text) >= 0

    def reading(self, phrase: str) -> tuple[str, ...]:
        """Give the syllables of a phrase, without tones; none for what is no phrase.

        A build asks for a few hundred of them: to decode all takes 80 ms in each of its processes.
        """
        at = self._place(phrase)
        if at < 0:
            return ()
        syllables = msgspec.json.decode(self.written[at], type=list[list[str]])
        return tuple(without_tone(choices[0]) for choices in syllables)

    def _place(self, text: str) -> int:
        """Give the place of a phrase; -1 for what is none."""
        at = bisect_left(self.names, text)
        return at if at < len(self.names) and self.names[at] == text else -1


@cache
def phrases() -> Phrases:
    """Give the phrases of pypinyin."""
    listed = _read("phrases_dict.json", dict[str, msgspec.Raw])
    names = tuple(sorted(listed))
    return Phrases(names, tuple(map(listed.__getitem__, names)))


def _read(name: str, kind: type[T]) -> T:
    package = find_spec("pypinyin")  # where it is; nothing of it is run
    if package is None or package.origin is None:
        raise ModuleNotFoundError(name="pypinyin")
    return msgspec.json.decode(Path(package.origin).with_name(name).read_bytes(), type=kind)
