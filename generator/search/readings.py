"""The readings of characters: the tables for the search by pinyin and by initials."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from typing import TypeAlias

from generator.language.person_names import DOTS
from generator.language.pinyin import PLACE_READINGS, SURNAMES, romanise_name
from generator.language.pinyin_tables import character_readings, without_tone
from generator.search.grams import Lists
from generator.search.part_files import text_bytes
from generator.search.varints import TABLE, varint

READINGS = 3  # per character; rarer ones are left out
MOST_BIGRAMS = 300  # per pair of syllables, the most frequent
RARELY = 14  # steps of weight that a reading costs if it is not the most frequent one
MOST_BY_INITIALS = 1000  # the same per pair of letters


@cache
def readings(char: str) -> tuple[str, ...]:
    """List the readings of a character without tones, the most frequent first.

    The readings as a surname and in names of places are included.
    """
    plain = [reading for reading in character_readings().get(char, ()) if reading.isascii()]
    surname = [SURNAMES[char]] if char in SURNAMES else []
    return tuple(dict.fromkeys([*plain[:READINGS], *surname, *_in_places().get(char, ())]))


@cache
def _in_places() -> dict[str, list[str]]:
    """Give the readings of characters in names of places: those of 乐 in 乐亭, 乐清, 乐山."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for char, reading in PLACE_READINGS:
        found[char].append(without_tone(reading))
    return dict(found)


def is_read(char: str) -> bool:
    """Whether a search finds a character by its reading: the 20,900 of the first block."""
    return "\u4e00" <= char <= "\u9fff"


@cache
def syllables() -> dict[str, str]:
    """Give the characters of each syllable, common ones first.

    The index names a character by its position in this text. It takes as long to make as the index
    of ten issues, so a build makes it once and then reads it from a file.
    """
    return _grouped((reading, char) for char in _characters() for reading in readings(char))


def initials(groups: Mapping[str, str]) -> dict[str, str]:
    """Give the characters of each letter, from those of each syllable (``syllables``).

    They are those of the syllables that begin with it, in alphabetical order, each once.
    """
    listed: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for syllable, chars in groups.items():
        listed[syllable[0]] |= dict.fromkeys(chars)
    return {letter: "".join(chars) for letter, chars in listed.items()}


@cache
def first_letters(char: str) -> tuple[str, ...]:
    """List the first letters of the readings of a character."""
    return tuple(dict.fromkeys(reading[0] for reading in readings(char)))


def _grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for key, char in pairs:
        groups[key].append(char)
    return {key: "".join(groups[key]) for key in sorted(groups)}


@cache
def _characters() -> tuple[str, ...]:
    """List the characters that have a reading: those of GB 2312 first, in its order.

    GB 2312 has the common characters before the rarer ones.
    """
    return tuple(sorted(filter(is_read, character_readings()), key=_rank))


def _rank(char: str) -> tuple[int, bytes]:
    try:
        return 0, char.encode("gb2312")
    except UnicodeEncodeError:
        return 1, char.encode("utf-16-be")


def reading_items(
    lists: Lists, groups: Mapping[str, str]
) -> tuple[list[tuple[str, bytes]], list[tuple[str, bytes]]]:
    """Give the bigrams of each pair of syllables, and of each pair of letters.

    ``groups`` has the characters of each syllable (``syllables``).

    The most frequent bigram comes first. A bigram is written as the positions of its two characters
    among those of their syllables (or letters), and its weight.
    """
    chars = {char for key in lists.keys for char in key if is_read(char)}
    letters = initials(groups)
    by_syllable = {char: _spellings(char, readings(char), groups) for char in chars}
    by_letter = {char: _spellings(char, first_letters(char), letters) for char in chars}
    ranked = sorted(zip(lists.counts, lists.keys, strict=True), key=lambda c: (-c[0], c[1]))
    common = [
        (gram, _weight(n)) for n, gram in ranked if n and gram[0] in chars and gram[1] in chars
    ]
    return _paired(common, by_syllable, MOST_BIGRAMS), _paired(common, by_letter, MOST_BY_INITIALS)


# syllable or letter, position of the character among its characters, cost of the reading
Spellings: TypeAlias = "list[tuple[str, bytes, int]]"


def _spellings(char: str, spelt: tuple[str, ...], groups: Mapping[str, str]) -> Spellings:
    return [(s, varint(groups[s].index(char)), RARELY if n else 0) for n, s in enumerate(spelt)]


def _paired(
    common: list[tuple[str, int]], spellings: Mapping[str, Spellings], most: int
) -> list[tuple[str, bytes]]:
    found: defaultdict[tuple[str, str], list[bytes]] = defaultdict(list)
    for gram, weight in common:
        seconds = spellings[gram[1]]
        for one, before, rarely in spellings[gram[0]]:
            for other, after, as_rarely in seconds:
                left = weight - rarely - as_rarely
                found[one, other].append(before + after + TABLE[left if left > 0 else 0])
    pairs = ((f"{one} {other}", b"".join(listed[:most])) for (one, other), listed in found.items())
    return sorted(pairs)


def name_items(names: Iterable[str]) -> list[tuple[str, bytes]]:
    """Give the names of people under each of their spellings: in full, or by initials.

    The dots of 艾力·买买提 are not typed.
    """
    found: defaultdict[str, list[str]] = defaultdict(list)
    for name in sorted(names):
        spelt = [readings(char)[:1] for char in name if char not in DOTS and not char.isspace()]
        if not all(spelt):
            continue
        plain = [one[0] for one in spelt]
        own = romanise_name(name)
        rest = "".join(reading[0] for reading in plain[1:])
        # maogl: the surname in full, then initials
        keys = {own, "".join(plain), own[:1] + rest, plain[0] + rest, romanise_name(name[0]) + rest}
        for key in sorted(keys | {"".join(reading[0] for reading in plain)}):
            found[key].append(name)
    return [(key, b"".join(map(text_bytes, listed))) for key, listed in sorted(found.items())]


@cache
def _weight(count: int) -> int:
    """Put a count on a scale; each step is about a fifth more: 1 → 0, 10 → 13, 1000 → 38."""
    return round(5.5 * math.log(count))
