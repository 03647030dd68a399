"""Report brackets and quotation marks without their other half, at the mark that lacks it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from generator.language.brackets import BRACKET_PAIRS, ONE_KIND
from generator.language.document_numbers import NUMBER_WITHIN
from generator.model import Diagnostic, Table
from generator.runtime.patterns import lazy_regex
from generator.stages.check.texts import Text

SURE, LIKELY = 0.85, 0.7  # confidence: of another kind, or doubled; turned round
CLOSING = dict(BRACKET_PAIRS)
OPENING = {closing: opening for opening, closing in BRACKET_PAIRS}
ANY = lazy_regex("[" + "".join((*CLOSING, *OPENING)) + "]")
# 1） is printed without （, and so are a） and b） in standards
ENUMERATOR = lazy_regex(r"^（?(?:[一二三四五六七八九十\d]{1,4}|[A-Za-z])）")
INNER_ENUMERATOR = lazy_regex(r"(?:(?<=[；。：，、;:\s])|^)(?:\d{1,2}|[A-Za-z])）")
QUOTE_END = lazy_regex(r"”[）)]?[。；，]?$")
# a number in brackets, behind a title
NUMBER_BEHIND = lazy_regex(rf"（(?=[^（）]{{1,12}}(?:{NUMBER_WITHIN.pattern}))")
LONGEST_TITLE = 90  # characters
DEEPEST = 8  # marks that are open at once, in which the other half is looked for


class _Fault(NamedTuple):
    """A half without the other one, and what it should be; None: not known."""

    at: int
    reading: str | None = None
    confidence: float | None = None


def check_pairs(texts: Sequence[Text]) -> Iterator[Diagnostic]:
    """Report each kind of brackets and marks that a text opens and closes not equally often."""
    going_on = _quotations_that_go_on(texts)
    for n, text in enumerate(texts):
        if not ANY.search(text.text):
            continue
        if all(text.text.count(one) == text.text.count(other) for one, other in BRACKET_PAIRS):
            continue
        enumerators = _enumerators(text.text)
        faults: dict[str, _Fault] | None = None
        told: set[int] = set()
        for opening, closing in BRACKET_PAIRS:
            opened, closed = text.text.count(opening), text.text.count(closing)
            if closing == "）":
                opened -= sum(1 for at in enumerators if text.text[at] == opening)
                closed -= sum(1 for at in enumerators if text.text[at] == closing)
            if opened == closed or (opening == "“" and n in going_on):
                continue
            if faults is None:
                faults = _faults(text.text, enumerators)
            half = opening if opened > closed else closing
            fault = faults.get(half) or _Fault(max(text.text.rfind(half), 0))
            if fault.at in told:
                continue  # （…〕 is one fault of two kinds
            told.add(fault.at)
            message = f"“{opening}{closing}”不成对：{opened}个“{opening}”、{closed}个“{closing}”"
            yield text.report(
                "unbalanced", (fault.at, fault.at + 1), message, fault.reading, fault.confidence
            )


def _enumerators(text: str) -> frozenset[int]:
    """Give the offsets of the brackets of enumerators such as 1） and （一）."""
    found = {m.end() - 1 for m in INNER_ENUMERATOR.finditer(text)}
    if first := ENUMERATOR.match(text):
        found |= {at for at in range(first.end()) if text[at] in "（）"}
    return frozenset(found)


def _faults(text: str, enumerators: frozenset[int]) -> dict[str, _Fault]:
    """Find the first half of each kind that lacks the other one."""
    found: dict[str, _Fault] = {}
    opened: list[int] = []
    for mark in ANY.finditer(text):
        at, char = mark.start(), mark[0]
        if at in enumerators:
            continue
        if char in CLOSING:
            if char == "“" and opened and text[opened[-1]] == "“":  # “甲“: the second is turned
                found.setdefault(char, _Fault(at, "”", LIKELY))
            opened.append(at)
            continue
        own = OPENING[char]
        near = [text[n] for n in opened[-DEEPEST:]]
        if own in near:
            while text[opened[-1]] != own:
                inner = opened.pop()
                if inner and text[inner - 1] == text[inner]:  # （（
                    fault = _Fault(inner, "", SURE)
                else:  # （以下简称“堤防办）
                    fault = _Fault(at, CLOSING[text[inner]] + char, SURE)
                found.setdefault(text[inner], fault)
            opened.pop()
        elif near and {near[-1], own} <= ONE_KIND:  # （某某〕
            fault = _Fault(at, CLOSING[near[-1]], SURE)
            found.setdefault(char, fault)
            found.setdefault(near[-1], fault)
            opened.pop()
        elif at and text[at - 1] == char:  # 》》
            found.setdefault(char, _Fault(at, "", SURE))
        elif char not in found:
            is_turned = char == "”" and "”" in text[at + 1 :] and "“" not in text[:at]
            found.setdefault(char, _Fault(at, "“" if is_turned else None, LIKELY))
    for at in opened:
        found.setdefault(text[at], _opening_alone(text, at))
    return found


def _opening_alone(text: str, at: int) -> _Fault:
    if at > 0 and text[at - 1] == text[at]:  # 《《
        return _Fault(at, "", SURE)
    if text[at] == "《" and (number := NUMBER_BEHIND.search(text, at, at + LONGEST_TITLE)):
        return _Fault(
            number.start(), "》" + text[number.start()], SURE
        )  # 《…的通知（某府发〔2016〕5号）
    return _Fault(at)


def _quotations_that_go_on(texts: Sequence[Text]) -> frozenset[int]:
    """Find the paragraphs of a quotation that the next paragraph continues with a new “.

    Decisions on amendments quote several paragraphs in this way, and only the last has a ”:
    第三条修改为：“第三条… / “（一）…； / “（二）…。”
    """
    found: set[int] = set()
    is_closed = False  # the block below begins with “, and its quotation is closed in the end
    for n in range(len(texts) - 1, -1, -1):
        text = "" if isinstance(texts[n].block, Table) else texts[n].text
        left_open = text.count("“") - text.count("”")
        if left_open == 1 and is_closed:
            found.add(n)
            is_closed = text[0] == "“"
        else:
            is_closed = not left_open and text[:1] == "“" and bool(QUOTE_END.search(text))
    return frozenset(found)
