"""The pages of the registers of agencies with their tasks, and of people with their posts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from generator.archive.registers import Mention, Subject, by_letter
from generator.language.pinyin import DOUBLE_SURNAMES, romanise_name
from generator.model import Summary
from generator.render.feed_page import OfferedFeed
from generator.render.home_page import (
    HomePage,
    Quoted,
    Quotes,
    TaskFile,
    list_page,
    moved_page,
    quoted_issues,
)
from generator.render.register_index import (
    Entry,
    IndexRow,
    contents_page,
    index_page,
    letter_name,
    level_name,
)
from generator.render.sayings import Statement, statement_of

AGENCIES, AGENCIES_TITLE = "agencies", "责任单位索引"
PEOPLE, PEOPLE_TITLE = "people", "人事任免索引"
MOST_DUE = 80  # dated tasks on the first page of an agency whose tasks have pages for each year
MOST_POSTS = 150  # appointments on one page

ABOUT_AGENCIES = (
    "公文写明由其牵头、负责或者配合任务的单位。"
    "先按中央、省、市、县排列，同级的按单位本名的拼音排列。"
)


@dataclass(frozen=True, slots=True)
class Beside:
    """The files for programs that pages link to, as paths relative to the site's root."""

    files: Mapping[str, Sequence[tuple[str, str]]] = field(default_factory=dict)  # of each page
    calendars: Mapping[str, str] = field(default_factory=dict)  # by the anchor of an agency
    site: str = ""  # the public address of the site; empty if it has none
    feeds: Sequence[OfferedFeed] = ()


def agency_pages(
    listed: Sequence[Subject],
    summaries: Sequence[Summary],
    keys: Mapping[str, Quoted],
    beside: Beside,
) -> Iterator[HomePage]:
    """Plan the register of agencies: an index, a page for each agency, and the pages of letters.

    An agency with many tasks has a page for each year; new documents change only the last one and
    the first page, which lists the years and the tasks that are due on a day. The pages of letters
    were the register before: they keep the anchors, and lead to the agencies.
    """
    if not listed:
        return
    counts = Counter(subject.name for subject in listed)
    gazettes = {subject.gazette for subject in listed}
    dated = _dated(listed, summaries)
    several = len(gazettes) > 1
    columns = ("单位", "公文", "任务", "写明到日", "最近一篇")
    rows = [_row(subject, len(dated[subject.anchor]), several=several) for subject in listed]
    yield index_page(AGENCIES, AGENCIES_TITLE, ABOUT_AGENCIES, columns, rows, level_name)
    above = [("index", AGENCIES_TITLE)]
    for subject in listed:
        yield _agency_page(subject, dated[subject.anchor], keys, beside)
        for part in subject.parts:
            values = {
                **_facts(subject, part.mentions), "note": "", "years": (), "due": (),
                "quotes": Quotes("agencies", subject.name, part.mentions),
            }  # fmt: skip
            yield _with_tasks(
                part.page,
                f"{subject.name}：{part.year}公文里的任务",
                [*above, (subject.anchor, subject.name)],
                values,
                quoted_issues(part.mentions, keys),
                beside,
            )
        own = {part.page for part in subject.parts}
        address = f"{subject.anchor}.html"
        for page in subject.former_pages:
            if page not in own:
                yield moved_page(f"{AGENCIES}/{page}", subject.name, above, address)
    for letter, group in by_letter(listed):
        entries = [
            Entry(s.name, f"{s.anchor}.html", s.gazette if counts[s.name] > 1 else "", s.anchor)
            for s in group
        ]
        anchor, name = letter_name(letter)
        groups = [(f"letter-{anchor}", name, "", f"{len(group)}个", entries)]
        yield contents_page(
            f"{AGENCIES}/{letter}", f"{AGENCIES_TITLE}：{name}", above,
            "每个单位现在有自己的一页。", groups, is_open=True, is_moved=True,
        )  # fmt: skip


def _row(subject: Subject, dated: int, *, several: bool) -> IndexRow:
    newest = subject.newest
    return IndexRow(
        group=str(subject.rank.level),
        name=subject.name,
        note=subject.gazette if several else "",
        address=f"{subject.anchor}.html",
        cells=(len(subject.mentions), subject.count, dated),
        last=(f"../{newest.url}", newest.title, newest.date),
        mark=newest.mark,
    )


def _agency_page(
    subject: Subject,
    dated: Sequence[Statement],
    keys: Mapping[str, Quoted],
    beside: Beside,
) -> HomePage:
    above = [("index", AGENCIES_TITLE)]
    facts = _facts(subject, subject.mentions)
    if not subject.parts:
        quotes = Quotes("agencies", subject.name, subject.mentions)
        values = {**facts, "note": "", "years": (), "due": (), "quotes": quotes}
        quoted = quoted_issues(subject.mentions, keys)
        return _with_tasks(subject.anchor, subject.name, above, values, quoted, beside)
    due = sorted(dated, key=lambda task: task.day, reverse=True)[:MOST_DUE]
    note = (
        f"这里列出写明到日的任务{f'（最晚到期的{MOST_DUE}项）' if len(dated) > MOST_DUE else ''}，"
        "全部任务按公文的年份分页。"
        if due
        else "任务按公文的年份分页。"
    )
    years = [
        (part.page, part.year, len(part.mentions), sum(m.count for m in part.mentions))
        for part in subject.parts
    ]
    calendar = beside.calendars.get(subject.anchor, "")
    files = [("任务期限日历（.ics）", calendar)] if calendar else []
    files += beside.files.get(f"{AGENCIES}/{subject.anchor}", ())
    values = {
        **facts, "note": note, "years": years, "due": due, "quotes": None, "files": files,
    }  # fmt: skip
    return list_page(
        f"{AGENCIES}/{subject.anchor}", subject.name, above, ("agency.html.j2", values)
    )


def _facts(subject: Subject, mentions: Sequence[Mention]) -> dict[str, object]:
    return {
        "name": subject.name,
        "gazette": subject.gazette,
        "documents": len(mentions),
        "count": sum(mention.count for mention in mentions),
    }


def _with_tasks(
    page: str,
    title: str,
    above: Sequence[tuple[str, str]],
    values: Mapping[str, object],
    quoted: tuple[Quoted, ...],
    beside: Beside,
) -> HomePage:
    """Plan a page that lists tasks, with the files beside it."""
    path = f"{AGENCIES}/{page}"
    calendar = beside.calendars.get(page, "")
    files = [("任务期限日历（.ics）", calendar)] if calendar else []
    files.append(("任务列表（.csv）", f"{path}.csv"))
    files += beside.files.get(path, ())
    listed = ("agency.html.j2", {**values, "files": files})
    return list_page(
        path, title, above, listed, quoted=quoted, task_file=TaskFile(f"{path}.csv", beside.site)
    )


def _dated(
    listed: Sequence[Subject], summaries: Sequence[Summary]
) -> Mapping[str, list[Statement]]:
    """Give the tasks of each agency that are due on a day, by the anchor of the agency."""
    places = {(m.issue, m.document, s.name): (s.anchor, m) for s in listed for m in s.mentions}
    found: dict[str, list[Statement]] = {subject.anchor: [] for subject in listed}
    for summary in summaries:
        for duty in summary.duties:
            for name in duty.agencies:
                anchor, mention = places[summary.name, duty.document, name]
                found[anchor].append(
                    statement_of(mention, duty.role, duty.anchor, duty.task, duty.deadline)
                )
    return found


def people_pages(listed: Sequence[Subject], keys: Mapping[str, Quoted]) -> Iterator[HomePage]:
    """Plan the register of people: the index shows all posts if they fit, else it lists names.

    A page for each letter has the posts; a large letter is split by surname.
    """
    if not listed:
        return
    counts = Counter(subject.name for subject in listed)
    ambiguous = {name for name, count in counts.items() if count > 1}
    letters = by_letter(listed)
    if sum(subject.count for subject in listed) <= MOST_POSTS:
        yield _posts(f"{PEOPLE}/index", PEOPLE_TITLE, (), letters, ambiguous, keys, is_index=True)
    else:
        rows = [
            IndexRow(letter, s.name, "", f"{letter}.html#{s.anchor}", (f"{s.count}项",))
            for letter, group in letters
            for s in group
        ]
        groups = [
            (
                *letter_name(letter), f"{letter}.html", f"{len(group)}人",
                [Entry(s.name, f"{letter}.html#{s.anchor}") for s in group],
            )
            for letter, group in letters
        ]  # fmt: skip
        about = "按姓名的拼音排列；任过、免过的职务在各字母的页上。"
        is_open = len(rows) <= MOST_POSTS * 4
        yield contents_page(f"{PEOPLE}/index", PEOPLE_TITLE, (), about, groups, is_open=is_open)
    for letter, group in letters:
        yield from _letter(letter, group, ambiguous, keys)


def _letter(
    letter: str, people: Sequence[Subject], ambiguous: set[str], keys: Mapping[str, Quoted]
) -> Iterator[HomePage]:
    title, above = f"{PEOPLE_TITLE}：{letter_name(letter)[1]}", [("index", PEOPLE_TITLE)]
    path = f"{PEOPLE}/{letter}"
    if sum(person.count for person in people) <= MOST_POSTS:
        yield _posts(path, title, above, [(letter, people)], ambiguous, keys)
        yield from _former_pages(letter, people)
        return
    groups = []
    pages: list[tuple[str, str, list[Subject]]] = []
    for surname, group in groupby(sorted(people, key=_surname), key=_surname):
        pieces: list[list[Subject]] = [[]]
        for person in group:
            if pieces[-1] and sum(p.count for p in pieces[-1]) + person.count > MOST_POSTS:
                pieces.append([])
            pieces[-1].append(person)
        for nth, piece in enumerate(pieces, 1):
            page = f"{letter}-{surname or '0'}{f'-p{nth}' if nth > 1 else ''}"
            name = f"{piece[0].name} — {piece[-1].name}" if len(piece) > 1 else piece[0].name
            pages.append((page, name, piece))
    for page, name, piece in pages:
        entries = [Entry(p.name, f"{page}.html#{p.anchor}", "", p.anchor) for p in piece]
        groups.append(("", name, f"{page}.html", f"{len(piece)}人", entries))
    yield contents_page(path, title, above, "", groups, is_open=True, is_moved=True)
    for page, name, piece in pages:
        yield _posts(
            f"{PEOPLE}/{page}", f"{PEOPLE_TITLE}：{name}",
            [*above, (letter, letter_name(letter)[1])], [("", piece)], ambiguous, keys,
        )  # fmt: skip
        yield from _former_pages(page, piece)


def _former_pages(page: str, people: Sequence[Subject]) -> Iterator[HomePage]:
    """Keep the addresses that people with many appointments had; ``page`` has their posts now."""
    for person in people:
        address = f"{page}.html#{person.anchor}"
        for former in person.former_pages:
            yield moved_page(f"{PEOPLE}/{former}", person.name, [("index", PEOPLE_TITLE)], address)


def _surname(person: Subject) -> str:
    name = person.name
    return romanise_name(name[:2] if name[:2] in DOUBLE_SURNAMES else name[:1])


def _posts(
    path: str,
    title: str,
    above: Sequence[tuple[str, str]],
    letters: Sequence[tuple[str, Sequence[Subject]]],
    ambiguous: set[str],
    keys: Mapping[str, Quoted],
    *,
    is_index: bool = False,
) -> HomePage:
    """Plan a page with the posts of people."""
    groups = [
        (
            letter if is_index else "",
            [
                (
                    person.anchor, person.name,
                    person.gazette if person.name in ambiguous else "",
                    Quotes("people", person.name, person.mentions),
                )
                for person in people
            ],
        )
        for letter, people in letters
    ]  # fmt: skip
    shown = [letter for letter, _ in groups if letter]
    values = {"groups": groups, "letters": shown if len(shown) > 1 else (), "files": ()}
    quoted = quoted_issues((m for _, people in letters for p in people for m in p.mentions), keys)
    return list_page(path, title, above, ("people.html.j2", values), quoted=quoted)
