"""Join and clean pieces of text for issue.md, and mark those set higher or lower."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path

from generator.runtime.errors import SourceError
from generator.runtime.patterns import lazy_regex

# ideographs, their punctuation and full-width characters: two of them have no blank between
HAN = r"[\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef“”‘’…—·\U00020000-\U0003ffff]"
ENDS_HAN = lazy_regex(rf"{HAN}$")
BEGINS_HAN = lazy_regex(HAN)
SOFT_HYPHEN = "\xad"
HYPHEN_ENDS = lazy_regex(r"[0-9A-Za-z]-$")
BREAKS = lazy_regex(r"[\t\n\r\x85\u2028\u2029]+")


# characters that may lead to the page number of an entry of the contents
LEADERS = " \u3000.．…·"


LONGEST_LIFT = 40  # characters; parse takes no longer ones for <sub> and <sup>
PRIVATE = lazy_regex(r"[\ue000-\uf8ff]")


UNKNOWN = "\ufffd"
# what the text would be read as markup for
MARKUP = lazy_regex(r"<(?=[A-Za-z/!?])|&(?=#?\w{1,31};)")


def protected(text: str) -> str:
    """Write characters of a text as entities where they would be read as tags or entities."""
    return MARKUP.sub(lambda found: "&lt;" if found[0] == "<" else "&amp;", text)


def finish(blocks: Iterable[str], path: Path) -> str:
    """Join the blocks to the text of issue.md; SourceError when they hold no text."""
    text = "\n\n".join(blocks)
    if not text.strip():
        msg = f"{path}:1: 没有文字；请核对是否放错了文件，只有图像的先做文字识别（OCR）"
        raise SourceError(msg)
    return text + "\n"


def join_pieces(before: str, after: str) -> str:
    """Join two pieces of a paragraph, with a blank between unless one side is an ideograph."""
    if before.endswith(SOFT_HYPHEN):  # printed where a word is parted, and in place of a hyphen
        parted = after[:1].islower() and after[:1].isascii() and before[-2:-1].isalpha()
        return before[:-1] + ("" if parted else "-") + after
    if HYPHEN_ENDS.search(before) and after[:1].isalnum():
        return before + after
    if not before or not after or ENDS_HAN.search(before) or BEGINS_HAN.match(after):
        return before + after
    return f"{before} {after}"


# how the messages of libraries go on, and what they mean for editors
LIBRARY_WORDS = {
    "File is not a zip file": "不是完整的文件，或后缀不对",
    "Failed to load document": "文件不完整或已损坏",
    "Bad CRC": "有一部分已损坏",
    "Bad magic number": "有一部分已损坏",
    "truncated": "文件不完整",
    "encrypted": "有密码",
    "password required": "有密码",
    "is not a multiple": "文件不完整",
    "There is no item named": "缺少一部分",
}


def first_line(error: Exception) -> str:
    """Say in Chinese why a library cannot read a file; a rare reason in its own words."""
    said = str(error).strip().partition("\n")[0]
    known = (words for start, words in LIBRARY_WORDS.items() if start in said)
    return next(known, said or "文件已损坏")


def lifted(pieces: Iterable[tuple[str, str]]) -> str:
    """Join pieces, each with ``sub``, ``sup`` or "", and put the first two kinds into such tags."""
    text = ""
    for lift, group in groupby(pieces, key=lambda piece: piece[1]):
        part = "".join(piece for piece, _ in group)
        core = part.strip()  # blanks stay outside
        if lift and 0 < len(core) <= LONGEST_LIFT:
            part = f"<{lift}>{core}</{lift}>".join(part.split(core, 1))
        text += part
    return text


def clean_line(line: str, leader: str) -> str:
    """Replace the tabs of a line by blanks; a page number at its end is kept behind ``leader``."""
    title, tab, end = line.strip().rpartition("\t")
    page = end.strip(LEADERS)
    if tab and page.isdecimal() and len(page) <= 4:
        return BREAKS.sub(" ", title.rstrip()) + leader + page
    return BREAKS.sub(" ", line.strip())


def flat_text(text: str) -> str:
    """Join the lines of a cell or a note to one line."""
    flat = ""
    for line in re.split(r"[\n\f]", text):
        flat = join_pieces(flat, BREAKS.sub(" ", line).strip())
    return flat
