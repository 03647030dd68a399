"""Deadlines of tasks → a calendar for each agency (iCalendar, RFC 5545): agencies/<anchor>.ics.

A calendar contains only deadlines that name a day (deadlines.py). Each is an event of that whole
day, because most calendar programs show no to-dos. No date is that of a build: DTSTAMP is the
document's date. If an agency has many events, the calendar keeps those that fall due last; the
agency's page has all of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from operator import attrgetter
from typing import NamedTuple

from generator.archive.registers import subject_anchor
from generator.formats.feeds import day_of, first_address
from generator.formats.planned import PlannedFile
from generator.language.deadlines import Due
from generator.model import DocumentFact, DutyFact, Gazette, Summary, document_url
from generator.model.addresses import issue_path, site_address
from generator.render import summary_title
from generator.runtime.digests import digest
from generator.runtime.patterns import lazy_regex

CALENDAR_TYPE = "text/calendar"
LARGEST = 60  # events of a calendar
WIDTH = 75  # octets of a line
END = "\r\n"
CONTROL = lazy_regex(r"[\x00-\x1f\x7f]+")
UNTIL = lazy_regex(r"UNTIL=(?P<day>\d{8})")
NEVER = "99999999"


class Event(NamedTuple):
    """A day by which agencies must have done a task; a tuple, because there are thousands."""

    issue: Summary
    document: DocumentFact
    duty: DutyFact
    due: Due
    number: int  # its place among the days that the deadline names
    last: str  # its last day: 20170630


@dataclass(frozen=True, slots=True)
class Calendar:
    """The events of one agency; those that fall due last come first."""

    anchor: str  # of the agency on its page: shicaizhengju-1a2b
    agency: str
    gazette: Gazette
    events: tuple[Event, ...]

    @property
    def path(self) -> str:
        """Give the path of its file relative to the site's root."""
        return f"agencies/{self.anchor}.ics"

    @property
    def title(self) -> str:
        """Give its title, with the gazette: two places may have agencies of the same short name."""
        return f"{self.agency}责任事项（{self.gazette.title}）"

    def key(self, keys: Mapping[str, str]) -> str:
        """Give its cache key; ``keys`` are the keys of the issues' own stages."""
        own = (self.anchor, self.agency, self.title, site_address(self.gazette))
        events = (
            f"{keys[e.issue.name]} {e.document.id} {e.duty.anchor} {e.number} {e.duty.role}"
            for e in self.events
        )
        return digest(*own, *events)


def plan_calendars(gazettes: Iterable[Gazette], summaries: Iterable[Summary]) -> list[Calendar]:
    """Plan the calendars of agencies with tasks that are due on a day, sorted by anchor."""
    known = {gazette.id: gazette for gazette in gazettes}
    found: dict[str, dict[str, list[Event]]] = {gazette: defaultdict(list) for gazette in known}
    for summary in summaries:
        agencies = found[summary.name.partition("/")[0]]
        for event in _events(summary):
            for name in event.duty.agencies:
                listed = agencies[name]
                listed.append(event)
                if len(listed) == 2 * LARGEST:  # the tasks of all issues are never in memory
                    agencies[name] = _latest(listed)
    calendars = [
        Calendar(
            subject_anchor("agencies", gazette, name), name, known[gazette], tuple(_latest(own))
        )
        for gazette, agencies in found.items()
        for name, own in agencies.items()
    ]
    return sorted(calendars, key=attrgetter("anchor"))


def _latest(events: Iterable[Event]) -> list[Event]:
    """Give the events with the last days; those of one day keep the order of the archive."""
    return sorted(events, key=attrgetter("last"), reverse=True)[:LARGEST]


def _events(issue: Summary) -> Iterator[Event]:
    documents = {document.id: document for document in issue.documents}
    for duty in issue.duties:
        document = documents[duty.document]
        for number, due in enumerate(duty.days):
            last = _last(due) if due.rule else digits(due.day)
            yield Event(issue, document, duty, due, number, last)


def _last(due: Due) -> str:
    until = UNTIL.search(due.rule)
    return until["day"] if until else NEVER


def calendar_files(calendars: Iterable[Calendar], keys: Mapping[str, str]) -> Iterator[PlannedFile]:
    """Plan the files of calendars; ``keys`` are the keys of the issues' own stages."""
    # a task of twenty agencies is written once; found by id(), because comparing events costs more
    written: dict[int, tuple[str, str]] = {}
    for calendar in calendars:
        yield PlannedFile(calendar.path, calendar.key(keys), partial(_write, calendar, written))


def _write(calendar: Calendar, written: dict[int, tuple[str, str]]) -> str:
    agency = digest(calendar.gazette.id, calendar.agency)
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//gazette-generator//agencies//ZH",
        fold(f"X-WR-CALNAME:{calendar_text(calendar.title)}"),
    ]
    for event in calendar.events:
        if id(event) not in written:
            written[id(event)] = _event(event, calendar.gazette)
        place, text = written[id(event)]
        lines += ["BEGIN:VEVENT", f"UID:{place}-{agency}", text, "END:VEVENT"]
    return END.join([*lines, "END:VCALENDAR", ""])


def _event(event: Event, gazette: Gazette) -> tuple[str, str]:
    """Give the lasting part of an event's UID, and the lines that are the same for all agencies."""
    duty, document, site = event.duty, event.document, site_address(gazette)
    url = f"{document_url(issue_path(event.issue.name), document.id)}#{duty.anchor}"
    lasting = f"{first_address(gazette, event.issue, document)}#{duty.anchor}"
    place = digest(lasting, str(event.number), duty.role)
    about = (
        f"{document.number} {document.title}".strip(),
        f"载《{gazette.title}》{summary_title(event.issue)}",
        f"时限：{duty.deadline}",
        f"角色：{duty.role}",
        f"原文：{site}{url}",
    )
    description = r"\n".join(map(calendar_text, about))
    lines = [
        f"DTSTAMP:{digits(day_of(event.issue, document))}T000000Z",
        f"DTSTART;VALUE=DATE:{digits(event.due.day)}",
        f"SUMMARY:{calendar_text(f'{duty.task or document.title}（{duty.deadline}）')}",
        f"DESCRIPTION:{description}",
        "TRANSP:TRANSPARENT",  # it does not make the reader busy on that day
    ]
    if event.due.rule:
        lines.append(f"RRULE:{event.due.rule}")
    if site:  # URL must be an absolute address
        lines.append(f"URL:{site}{url}")
    return place, END.join(map(fold, lines))


def calendar_text(text: str) -> str:
    r"""Escape a value of the type TEXT, in one line: a comma becomes \,."""
    plain = text if text.isprintable() else CONTROL.sub(" ", text)
    return plain.replace("\\", r"\\").replace(";", r"\;").replace(",", r"\,")


def fold(line: str) -> str:
    """Break a line that is longer than 75 octets; breaks are between characters only."""
    if len(line) * 4 <= WIDTH:  # it fits in any script, as most lines do
        return line
    data = line.encode()
    parts: list[bytes] = []
    at, room = 0, WIDTH
    while len(data) - at > room:
        end = at + room
        while data[end] & 0xC0 == 0x80:  # inside a character
            end -= 1
        parts.append(data[at:end])
        at, room = end, WIDTH - 1  # the blank at the beginning of the next line counts
    return b"\r\n ".join([*parts, data[at:]]).decode()


def digits(day: str) -> str:
    """Write a day as calendars do: 20170630."""
    return day.replace("-", "")
