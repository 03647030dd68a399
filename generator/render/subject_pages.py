"""The pages of the register of agencies with their tasks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from generator.archive.registers import Mention, Subject, by_letter
from generator.model import Summary
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
MOST_DUE = 80  # dated tasks on the first page of an agency whose tasks have pages for each year

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
