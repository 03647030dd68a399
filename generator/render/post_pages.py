"""The pages of the registers of people with their posts, and of posts with their holders."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from generator.archive.registers import Subject, by_letter, in_pieces
from generator.language.pinyin import DOUBLE_SURNAMES, romanise, romanise_name
from generator.model import RegisterName
from generator.render.home_page import (
    HomePage,
    Quoted,
    Quotes,
    list_page,
    moved_page,
    quoted_issues,
)
from generator.render.register_index import Entry, contents_page, letter_name

MOST_POSTS = 150  # appointments on one page
BLANK_DAYS = "空着的日期，是本站所收的公报里没有任命或者免职的公文。"


@dataclass(frozen=True, slots=True)
class PostRegister:
    """People or posts: the folder of the register, its words, how its large letters are split."""

    name: RegisterName
    title: str
    about: str
    columns: tuple[str, str]
    filtered: str  # what the filter looks through
    unit: str  # a measure word for its entries
    other: tuple[str, str]  # path and title of the register that has the same facts the other way
    head_of: Callable[[str], str]  # the pinyin by which the entries of a letter are grouped


def _surname(name: str) -> str:
    return romanise_name(name[:2] if name[:2] in DOUBLE_SURNAMES else name[:1])


PEOPLE = PostRegister(
    name="people",
    title="人事任免索引",
    about=f"每人一行，任过的职务从新到旧。同名的可能不是一个人，以公文为准。{BLANK_DAYS}",
    columns=("姓名", "职务"),
    filtered="人名和职务",
    unit="人",
    other=("offices/index", "职务索引"),
    head_of=_surname,
)
OFFICES = PostRegister(
    name="offices",
    title="职务索引",
    about=f"每个职务一行，任过的人从新到旧。职务的名称照公文写。{BLANK_DAYS}",
    columns=("职务", "任职的人"),
    filtered="职务和人名",
    unit="个",
    other=("people/index", "人事任免索引"),
    head_of=lambda name: romanise(name[:2]),
)


def post_pages(
    register: PostRegister, listed: Sequence[Subject], keys: Mapping[str, Quoted]
) -> Iterator[HomePage]:
    """Plan a register: the index shows all appointments if they fit, else it lists names.

    A page for each letter has the appointments; a large letter is split by surname or by the
    beginning of the organisation.
    """
    if not listed:
        return
    counts = Counter(subject.name for subject in listed)
    ambiguous = {name for name, count in counts.items() if count > 1}
    letters = by_letter(listed)
    index = f"{register.name}/index"
    if sum(subject.count for subject in listed) <= MOST_POSTS:
        yield _posts(register, index, register.title, (), letters, ambiguous, keys, is_index=True)
    else:
        groups = [
            (
                *letter_name(letter), f"{letter}.html", f"{len(group)}{register.unit}",
                [Entry(s.name, f"{letter}.html#{s.anchor}") for s in group],
            )
            for letter, group in letters
        ]  # fmt: skip
        about = f"按拼音排列。{register.about}"
        is_open = len(listed) <= MOST_POSTS * 4
        files = (_to_other(register),)
        yield contents_page(index, register.title, (), about, groups, is_open=is_open, files=files)
    for letter, group in letters:
        yield from _letter(register, letter, group, ambiguous, keys)


def _letter(
    register: PostRegister,
    letter: str,
    listed: Sequence[Subject],
    ambiguous: set[str],
    keys: Mapping[str, Quoted],
) -> Iterator[HomePage]:
    above = [("index", register.title)]
    title, path = f"{register.title}：{letter_name(letter)[1]}", f"{register.name}/{letter}"
    if sum(one.count for one in listed) <= MOST_POSTS:
        yield _posts(register, path, title, above, [(letter, listed)], ambiguous, keys)
        yield from _former_pages(register, letter, listed)
        return
    pages = list(_split(register, letter, listed))
    groups = [
        (
            "", name, f"{page}.html", f"{len(piece)}{register.unit}",
            [Entry(one.name, f"{page}.html#{one.anchor}", "", one.anchor) for one in piece],
        )
        for page, name, piece in pages
    ]  # fmt: skip
    yield contents_page(path, title, above, "", groups, is_open=True, is_moved=True)
    above.append((letter, letter_name(letter)[1]))
    for page, name, piece in pages:
        own = f"{register.title}：{name}"
        yield _posts(
            register, f"{register.name}/{page}", own, above, [("", piece)], ambiguous, keys
        )
        yield from _former_pages(register, page, piece)


def _split(
    register: PostRegister, letter: str, listed: Sequence[Subject]
) -> Iterator[tuple[str, str, list[Subject]]]:
    """Split a letter into pages: path, name, and what it lists."""

    def head(one: Subject) -> str:
        return register.head_of(one.name)

    for spelt, group in groupby(sorted(listed, key=head), key=head):
        for nth, piece in enumerate(in_pieces(group, lambda one: one.count, MOST_POSTS), 1):
            page = f"{letter}-{spelt or '0'}{f'-p{nth}' if nth > 1 else ''}"
            name = f"{piece[0].name} — {piece[-1].name}" if len(piece) > 1 else piece[0].name
            yield page, name, piece


def _former_pages(
    register: PostRegister, page: str, listed: Sequence[Subject]
) -> Iterator[HomePage]:
    """Keep the addresses that people with many appointments had; ``page`` has their posts now."""
    above = [("index", register.title)]
    for one in listed if register is PEOPLE else ():
        for former in one.former_pages:
            address = f"{page}.html#{one.anchor}"
            yield moved_page(f"{register.name}/{former}", one.name, above, address)


def _posts(
    register: PostRegister,
    path: str,
    title: str,
    above: Sequence[tuple[str, str]],
    letters: Sequence[tuple[str, Sequence[Subject]]],
    ambiguous: set[str],
    keys: Mapping[str, Quoted],
    *,
    is_index: bool = False,
) -> HomePage:
    """Plan a page with appointments."""
    groups = [
        (
            letter if is_index else "",
            [
                (
                    one.anchor, one.name, one.gazette if one.name in ambiguous else "",
                    Quotes(register.name, one.name, one.mentions),
                )
                for one in listed
            ],
        )
        for letter, listed in letters
    ]  # fmt: skip
    shown = [letter for letter, _ in groups if letter]
    values = {
        "register": register.name,
        "about": register.about,
        "columns": register.columns,
        "filtered": register.filtered,
        "groups": groups,
        "letters": shown if len(shown) > 1 else (),
        "files": (_to_other(register),),
    }
    quoted = quoted_issues((m for _, listed in letters for s in listed for m in s.mentions), keys)
    return list_page(path, title, above, ("posts.html.j2", values), quoted=quoted)


def _to_other(register: PostRegister) -> tuple[str, str]:
    path, title = register.other
    return title, f"{path}.html"
