"""The numbers of a text after a decision: what is new, gone or has a new number, in one series."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NoReturn, TypeVar

from generator.language.numerals import chinese_numeral
from generator.runtime.patterns import lazy_regex

T = TypeVar("T")
ITEM_HEAD = lazy_regex(r"^[（(](?P<number>[一二三四五六七八九十百]{1,5})[）)]")


class UnplacedError(Exception):
    """An operation that does not find its place or its words exactly once, and the reason."""


def refuse(reason: str) -> NoReturn:
    """Give up an operation, for a reason that readers are told."""
    raise UnplacedError(reason)


@dataclass(slots=True)
class Moves:
    """What becomes of the members of one series: articles, paragraphs of an article, items."""

    gone: set[str] = field(default_factory=set)
    to: dict[str, str] = field(default_factory=dict)
    new: dict[str, tuple[str, ...]] = field(default_factory=dict)
    behind: dict[str, str] = field(default_factory=dict)  # new article → the one before it


def ordered(
    held: list[str], moves: Moves, unit: str, *, is_counted: bool
) -> list[tuple[str, str | None]]:
    """Give the final series: each number with the member that has it, None for a new one.

    ``is_counted`` says that members without a new number of their own are counted through.
    """
    stay = [number for number in held if number not in moves.gone]
    taken: dict[str, str | None] = dict.fromkeys(moves.new)
    for origin, number in moves.to.items():
        if origin in moves.gone or number in taken:
            refuse("两处改为同一序号")
        taken[number] = origin
    rest = [number for number in stay if number not in moves.to]
    if not is_counted:
        for number in rest:
            if number in taken:
                name = article_name(number) if unit == "条" else _member_name(number, unit)
                refuse(f"没有说明原来的{name}改为第几")
            taken[number] = number
        order = sorted(taken, key=_sort_key)
        whole = [n for n in order if n.isdecimal()]
        before = [n for n in held if n.isdecimal()]
        contiguous = before == [str(n) for n in range(1, len(before) + 1)]
        is_whole = whole == [str(n + 1) for n in range(len(whole))]
        if contiguous and not moves.gone and not is_whole:
            refuse("序号不相连")
        return [(number, taken[number]) for number in order]
    order_counted: list[tuple[str, str | None]] = []
    waiting = list(rest)
    inserted = sorted((n for n in taken if not n.isdecimal()), key=_sort_key)
    count = len(stay) + len(moves.new) - len(inserted)
    count -= sum(1 for n in waiting if not n.isdecimal())
    for place in range(1, count + 1):
        name = str(place)
        if name in taken:
            order_counted.append((name, taken[name]))
        elif waiting:
            origin = waiting.pop(0)
            if not origin.isdecimal():
                refuse("有之一、之二的条，不能断定序号")
            order_counted.append((name, origin))
        else:
            refuse("序号不相连")
        for sub in [n for n in inserted if n.partition("-")[0] == name]:
            order_counted.append((sub, taken[sub]))
            inserted.remove(sub)
    if waiting or inserted or any(n.isdecimal() and int(n) > count for n in taken):
        refuse("序号不相连")
    return order_counted


def _sort_key(number: str) -> tuple[int, int]:
    whole, _, inserted = number.partition("-b")
    return int(whole), int(inserted or 0)


def _member_name(number: str, unit: str) -> str:
    return f"第{chinese_numeral(_sort_key(number)[0])}{unit}"


def with_gone(before: Sequence[T], after: Sequence[T]) -> list[T]:
    """Keep members that are gone where they were, so that they can be shown as deleted."""
    final = list(after)
    stay = {id(member) for member in after}
    above: T | None = None
    for member in before:
        if id(member) not in stay:
            at = next((n for n, m in enumerate(final) if m is above), -1) + 1
            final.insert(at, member)
        above = member
    return final


def headed(text: str, number: str) -> str:
    """Put the number of an item before its text: （四）."""
    body = ITEM_HEAD.sub("", text)
    return f"（{chinese_numeral(int(number))}）{body}"


def article_name(number: str) -> str:
    """Write the number of an article: 17-b2 is 第十七条之一."""
    whole, inserted = _sort_key(number)
    after = f"之{chinese_numeral(inserted - 1)}" if inserted else ""
    return f"第{chinese_numeral(whole)}条{after}"
