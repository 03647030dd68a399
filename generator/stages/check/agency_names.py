"""Report an agency that is named once under a name that differs by a character from a usual one.

市财攻局 once, 市财政局 many times: the other character is nowhere else in the issue beside its
neighbours. 市农业局 beside 市林业局 is another agency: 市农 and 农业 are in the issue elsewhere.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from itertools import accumulate

from generator.language.ideographs import HAN_OF_ANY_PRINT as HAN
from generator.language.organs import NAMED
from generator.model import Diagnostic, Document
from generator.runtime.patterns import lazy_regex
from generator.stages.check.texts import Text

LIKELY = 0.8  # confidence
OFTEN, OFTEN_KNOWN = 5, 2  # times that a usual name is in the issue; one of gazette.toml
SHORTEST, LONGEST_AGENCY = 4, 24  # characters of a name
RATIO = 10  # a name is usual beside one that is as many times as rare
SEVERAL = lazy_regex(r"[、，,；;：:（()）\s及]|和(?!平|谐|田|县)")
# characters that names of agencies of one kind differ by
LEVELS = frozenset("省市州县区镇乡村旗盟国中央东西南北上下一二三四五六七八九十新老")
# the last characters of other agencies: 省工商联 beside 省工商局
ENDS = frozenset("局委厅办部处科站所室院联会团协馆社队行司校学军府组")
# words before a name that are no part of it: 对县（区）政府 beside 各县（区）政府
BEFORE = frozenset("各本该全有某关对向由与和及给把被让请经在从到以按据令为是将")
HAN_CHARACTER = lazy_regex(f"[{HAN}]")
MOST_NAMES = 300


def check_agency_names(
    documents: Sequence[Document], texts: Sequence[Text], known: Collection[str]
) -> Iterator[Diagnostic]:
    """Report names of agencies that are probably misread, with the usual name as their reading."""
    whole = "\n".join(text.text for text in texts)
    starts = [0, *accumulate(len(text.text) + 1 for text in texts)]
    usual = _usual_names(documents, whole, known)
    found: dict[int, tuple[str, str, int]] = {}  # place of the character → names, offset in them
    for name in usual:
        for start, differing in _variants(name, whole):
            at = start + differing
            other = whole[start : start + len(name)]
            if at in found or other in usual or other in known:
                continue
            is_rare = whole.count(other) * RATIO <= max(usual[name], RATIO)
            if is_rare and _is_strange(whole, at, differing, len(name)):
                found[at] = name, other, differing
    for at, (name, other, differing) in sorted(found.items()):
        text = texts[bisect_right(starts, at) - 1]
        place = at - starts[bisect_right(starts, at) - 1]
        message = f"“{other}”只有一处，别处都作“{name}”，请核对"
        right = name[differing]
        yield text.report("agency-differs", (place, place + 1), message, right, LIKELY)


def _usual_names(
    documents: Sequence[Document], whole: str, known: Collection[str]
) -> dict[str, int]:
    """Give the names of agencies that are often in the issue, with their numbers."""
    names: Counter[str] = Counter()
    for document in documents:
        names.update(one.agency for one in document.responsibilities)
        for printed in (document.addressees, document.signature, document.issuer):
            names.update(SEVERAL.split(printed))
    for name, count in Counter(NAMED.findall(whole)).items():
        names[name] = max(names[name], count)
    often = {name: None for name, count in names.most_common(MOST_NAMES) if count >= OFTEN}
    listed = [n for n in (*often, *known) if SHORTEST <= len(n) <= LONGEST_AGENCY]
    counts = {name: names[name] if name in often else whole.count(name) for name in listed}
    return {name: count for name, count in counts.items() if count >= OFTEN_KNOWN}


def _variants(name: str, whole: str) -> Iterator[tuple[int, int]]:
    """Find the places of names that differ from a name by one character: start, its offset.

    One half of the name is the same.
    """
    middle = len(name) // 2
    for half, offset in ((name[:middle], 0), (name[middle:], middle)):
        at = whole.find(half)
        while at >= 0:
            start = at - offset
            other = whole[start : start + len(name)] if start >= 0 else ""
            if len(other) == len(name) and other != name:
                differing = [
                    n for n, pair in enumerate(zip(name, other, strict=True)) if pair[0] != pair[1]
                ]
                if len(differing) == 1:
                    yield start, differing[0]
            at = whole.find(half, at + 1)


def _is_strange(whole: str, at: int, differing: int, length: int) -> bool:
    """Whether a character is nowhere else in the issue beside its neighbours in the name."""
    char = whole[at]
    if not HAN_CHARACTER.match(char) or char in LEVELS:
        return False
    if (differing == 0 and char in BEFORE) or (differing == length - 1 and char in ENDS):
        return False
    # of the first and the last character, also with the text around the name
    pairs = (whole[max(at - 1, 0) : at + 1], whole[at : at + 2])
    return all(whole.count(pair) == 1 for pair in pairs)
