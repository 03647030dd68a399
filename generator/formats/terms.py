"""The days of coming into force and of expiry: terms/terms.ics and terms/terms.csv.

The calendar is an iCalendar (RFC 5545), as those of duties are; it keeps the newest days, the list
has all of them.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from functools import partial

from generator.archive.registers.terms import TermDay, term_days
from generator.formats.duties import END, calendar_text, digits, fold
from generator.formats.feeds import day_of, first_address
from generator.formats.listing import BYTE_ORDER_MARK, cell
from generator.formats.planned import PlannedFile
from generator.language.validity import TermKind
from generator.model import Gazette, States, Summary
from generator.model.addresses import common_address, issue_path, site_address
from generator.render import summary_title
from generator.runtime.digests import digest, key_of

CALENDAR, LIST = "terms/terms.ics", "terms/terms.csv"
WORDS: dict[TermKind, str] = {"effective": "施行", "expires": "有效期至"}
EVENT_WORDS: dict[TermKind, str] = {"effective": "施行", "expires": "有效期满"}
EVENTS = 500  # of the calendar, the newest
HEADINGS = ("日期", "种类", "标题", "发文字号", "成文日期", "期", "原文", "效力", "网址")


def term_files(
    gazettes: Sequence[Gazette], summaries: Sequence[Summary], states: States
) -> Iterator[PlannedFile]:
    """Plan the calendar and the list; none if no document names such a day."""
    days = term_days(summaries, states)
    if not days:
        return
    key = digest(key_of(days), key_of([(g.id, g.title, g.homepage) for g in gazettes]))
    yield PlannedFile(CALENDAR, key, partial(_calendar, days[-EVENTS:], gazettes, summaries))
    yield PlannedFile(LIST, key, partial(_list, days, gazettes))


def _calendar(
    days: Sequence[TermDay], gazettes: Sequence[Gazette], summaries: Sequence[Summary]
) -> str:
    known = {gazette.id: gazette for gazette in gazettes}
    issues = {summary.name: summary for summary in summaries}
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//gazette-generator//terms//ZH",
        "X-WR-CALNAME:施行与有效期",
    ]
    for day in days:
        lines += _event(day, known[day.issue.partition("/")[0]], issues[day.issue])
    return END.join([*map(fold, lines), "END:VCALENDAR", ""])


def _event(day: TermDay, gazette: Gazette, issue: Summary) -> Iterator[str]:
    document = next(d for d in issue.documents if d.id == day.document)
    site, url = site_address(gazette), _address(day)
    lasting = f"{first_address(gazette, issue, document)}#{day.term.anchor}"
    about = (
        day.number,
        f"载《{gazette.title}》{summary_title(issue)}",
        f"原文：{day.term.sentence}",
        f"网址：{site}{url}",
    )
    yield "BEGIN:VEVENT"
    yield f"UID:{digest(lasting, day.term.kind, day.term.day)}"
    yield f"DTSTAMP:{digits(day_of(issue, document))}T000000Z"
    yield f"DTSTART;VALUE=DATE:{digits(day.term.day)}"
    yield f"SUMMARY:{calendar_text(f'{EVENT_WORDS[day.term.kind]}：{day.title}')}"
    yield "DESCRIPTION:" + r"\n".join(calendar_text(text) for text in about if text)
    yield "TRANSP:TRANSPARENT"
    if site:
        yield f"URL:{site}{url}"
    yield "END:VEVENT"


def _address(day: TermDay) -> str:
    return f"{issue_path(day.issue)}/{day.document}.html#{day.term.anchor}"


def _list(days: Sequence[TermDay], gazettes: Sequence[Gazette]) -> str:
    site = common_address(gazettes)
    file = io.StringIO(newline="")
    file.write(BYTE_ORDER_MARK)
    writer = csv.writer(file)
    writer.writerow(HEADINGS)
    for day in days:
        address = f"{site}{_address(day)}" if site else day.url
        row = (
            day.term.day, WORDS[day.term.kind], day.title, day.number, day.date, day.issue,
            day.term.sentence, day.mark.label, address,
        )  # fmt: skip
        writer.writerow([cell(value) for value in row])
    return file.getvalue()
