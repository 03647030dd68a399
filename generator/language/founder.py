"""Latin letters of Founder (方正) typesetting, which other programs show as rare ideographs.

Its fonts have A–Z and a–z at the codes A0C1–A0DA and A0E1–A0FA, where GBK has ideographs:
``犌犅／犜９７０４`` is GB/T 9704.
"""

from __future__ import annotations

import string
from collections.abc import Iterator

from generator.runtime.patterns import lazy_regex

# 犃 → A, 犌 → G, 犪 → a, 犿 → m
LETTERS: dict[str, str] = {
    bytes((0xA0, 0x80 + ord(letter))).decode("gbk"): letter for letter in string.ascii_letters
}
CODES = "".join(LETTERS)
# 犌犅／犜９７０４—２０１２: letters, with digits and what joins them
RUN = lazy_regex(rf"[{CODES}0-9０-９／/—\-.．·&＆]+")
JOINTS = "／/—-.．·&＆"
DIGIT = lazy_regex(r"[0-9０-９]")
READ = str.maketrans(LETTERS)


def find_founder_latin(text: str) -> Iterator[tuple[int, int, str]]:
    """Find the words in such letters: start, end, and what is printed.

    Two different letters side by side are a word, so is a letter beside a digit; one alone may be
    an ideograph of a name, such as 犇.
    """
    if not any(char in LETTERS for char in text):
        return
    for found in RUN.finditer(text):
        word = found.group().strip(JOINTS)
        start = found.start() + len(found.group()) - len(found.group().lstrip(JOINTS))
        letters = {char for char in word if char in LETTERS}
        if len(letters) > 1 or (letters and DIGIT.search(word)):
            yield start, start + len(word), word.translate(READ)


def read_founder_latin(text: str) -> str:
    """Write the words in such letters as Latin ones; the rest stays as it is."""
    end = 0
    parts = []
    for start, stop, word in find_founder_latin(text):
        parts += [text[end:start], word]
        end = stop
    return "".join([*parts, text[end:]]) if parts else text
