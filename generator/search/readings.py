"""How characters are read: the tables behind search by pinyin and by initials."""

from __future__ import annotations

import math
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from typing import TypeAlias

from pypinyin.constants import PINYIN_DICT

from generator.language.pinyin import SURNAMES, romanise_name
from generator.search.grams import Lists
from generator.search.part_files import text_bytes
from generator.search.varints import TABLE, varint

TONES = dict.fromkeys(map(ord, "\u0304\u0301\u030c\u0300"))  # of NFD: macron, acute, caron, grave
READINGS = 3  # of one character; rarer ones are left aside
MOST_BIGRAMS = 300  # kept for one pair of syllables, the commonest
RARELY = 14  # steps of weight that a reading costs which is not the commonest
MOST_BY_INITIALS = 1000  # and for one pair of letters


@cache
def readings(char: str) -> tuple[str, ...]:
    """List the readings of a character without tones, the commonest first, surnames included.

    Read from pypinyin's table itself: all characters take a tenth of the time that asking for one
    after another does, and every process that builds an index needs all.
    """
    listed = dict.fromkeys(map(_without_tone, PINYIN_DICT.get(ord(char), "").split(",")))
    plain = [reading for reading in listed if reading and reading.isascii()]
    surname = [SURNAMES[char]] if char in SURNAMES else []
    return tuple(dict.fromkeys([*plain[:READINGS], *surname]))


def _without_tone(reading: str) -> str:
    """Spell a reading without its tone, ü as v: lǜ → lv."""
    apart = unicodedata.normalize("NFD", reading).replace("u\u0308", "v")
    return unicodedata.normalize("NFC", apart.translate(TONES))


def is_read(char: str) -> bool:
    """Whether a character is found by its reading: those of the first block, 20,900 of them."""
    return "\u4e00" <= char <= "\u9fff"


@cache
def syllables() -> dict[str, str]:
    """Give the characters of each syllable, common ones first: their places tell them apart."""
    return _grouped((reading, char) for char in _characters() for reading in readings(char))


@cache
def initials() -> dict[str, str]:
    """Give the characters that begin with each letter: those of its syllables, one by one."""
    listed: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for syllable, chars in syllables().items():
        listed[syllable[0]] |= dict.fromkeys(chars)
    return {letter: "".join(chars) for letter, chars in listed.items()}


@cache
def first_letters(char: str) -> tuple[str, ...]:
    """List the letters that the readings of a character begin with."""
    return tuple(dict.fromkeys(reading[0] for reading in readings(char)))


def _grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for key, char in pairs:
        groups[key].append(char)
    return {key: "".join(groups[key]) for key in sorted(groups)}


@cache
def _characters() -> tuple[str, ...]:
    """All characters that have a reading; those of GB 2312 first, in its order: by commonness."""
    known = (chr(code) for code in PINYIN_DICT)
    return tuple(sorted((c for c in known if is_read(c)), key=_rank))


def _rank(char: str) -> tuple[int, bytes]:
    try:
        return 0, char.encode("gb2312")
    except UnicodeEncodeError:
        return 1, char.encode("utf-16-be")


def reading_items(lists: Lists) -> tuple[list[tuple[str, bytes]], list[tuple[str, bytes]]]:
    """Give, for each pair of syllables and for each pair of letters, the bigrams read so.

    The commonest first; each is told by the places of its characters among those of their
    syllables (or letters), and its weight.
    """
    chars = {char for key in lists.keys for char in key if is_read(char)}
    by_syllable = {char: _told(char, readings(char), syllables()) for char in chars}
    by_letter = {char: _told(char, first_letters(char), initials()) for char in chars}
    ranked = sorted(zip(lists.counts, lists.keys, strict=True), key=lambda c: (-c[0], c[1]))
    common = [
        (gram, _weight(n)) for n, gram in ranked if n and gram[0] in chars and gram[1] in chars
    ]
    return _paired(common, by_syllable, MOST_BIGRAMS), _paired(common, by_letter, MOST_BY_INITIALS)


Told: TypeAlias = "list[tuple[str, bytes, int]]"  # syllable, place, what the reading costs


def _told(char: str, spelt: tuple[str, ...], groups: Mapping[str, str]) -> Told:
    return [(s, varint(groups[s].index(char)), RARELY if n else 0) for n, s in enumerate(spelt)]


def _paired(
    common: list[tuple[str, int]], told: Mapping[str, Told], most: int
) -> list[tuple[str, bytes]]:
    found: defaultdict[tuple[str, str], list[bytes]] = defaultdict(list)
    for gram, weight in common:
        seconds = told[gram[1]]
        for one, before, rarely in told[gram[0]]:
            for other, after, as_rarely in seconds:
                left = weight - rarely - as_rarely
                found[one, other].append(before + after + TABLE[left if left > 0 else 0])
    pairs = ((f"{one} {other}", b"".join(listed[:most])) for (one, other), listed in found.items())
    return sorted(pairs)


def name_items(names: Iterable[str]) -> list[tuple[str, bytes]]:
    """Give, for each way to spell a person's name, in full or by its initials, the names."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for name in sorted(names):
        spelt = [readings(char)[:1] for char in name if is_read(char)]
        if len(spelt) != len(name) or not all(spelt):
            continue
        plain = [one[0] for one in spelt]
        own = romanise_name(name)
        keys = {own, "".join(plain), own[:1] + "".join(r[0] for r in plain[1:])}
        for key in sorted(keys | {"".join(reading[0] for reading in plain)}):
            found[key].append(name)
    return [(key, b"".join(map(text_bytes, listed))) for key, listed in sorted(found.items())]


@cache
def _weight(count: int) -> int:
    """Put a count on a scale of which a step is about a fifth more: 1 → 0, 10 → 13, 1000 → 38."""
    return round(5.5 * math.log(count))
