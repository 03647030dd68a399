"""Summaries → the first page of the site, and the page of what came in last."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from generator.archive.registers import arrivals, holdings
from generator.model import Gazette, States, Summary, mark_of
from generator.model.printings import NO_PRINTINGS, PrintingsOf
from generator.render.issue import issue_address, summary_title

ON_FIRST_PAGE = 8  # documents of 最近收入
ON_OWN_PAGE = 150
RECENT = "recent"

# what a register answers, below its name on the first page
ABOUT_REGISTERS: Mapping[str, str] = {
    "numbers": "有文号，找原文",
    "issuers": "某个机关发过什么",
    "types": "通知、意见、办法、批复……",
    "dates": "某年某月的公文",
    "agencies": "任务、分工和期限",
    "people": "谁任何职",
    "offices": "某个职务由谁担任过",
    "works": "哪些文件被引用、依据",
    "standards": "哪些公文按哪些标准执行",
    "printings": "同一篇在哪几期，有何不同",
    "terms": "何时施行，何时到期",
}


def first_page_values(
    name: str,
    gazettes: Sequence[Gazette],
    summaries: Sequence[Summary],
    examples: Sequence[tuple[str, str]],
    rows: Sequence[Mapping[str, object]],
) -> dict[str, object]:
    """Give the values of the first page: what came in last, a card for each gazette, counts.

    ``rows`` are those of ``recent_rows``.
    """
    years = sorted({summary.year for summary in summaries if summary.year})
    return {
        "title": name,
        "issues": len(summaries),
        "documents": sum(len(summary.documents) for summary in summaries),
        "years": (years[0], years[-1]) if years else None,
        "recent": rows[:ON_FIRST_PAGE],
        "cards": [_card(gazette, summaries) for gazette in gazettes],
        "examples": examples[:3],
    }


def recent_values(rows: Sequence[Mapping[str, object]]) -> dict[str, object]:
    """Give the values of 最近收入: the newest documents, by the day on which they came in."""
    days = [(day, list(group)) for day, group in groupby(rows, key=lambda row: str(row["since"]))]
    return {"title": "最近收入", "above": (), "days": days}


def recent_rows(
    titles: Mapping[str, str],
    summaries: Sequence[Summary],
    states: States,
    printings: PrintingsOf = NO_PRINTINGS,
) -> list[dict[str, object]]:
    """List what came in last, ready for the templates; ``titles`` are those of the gazettes.

    Of several printings of a work, only the one that came in last is listed.
    """
    rows = arrivals(summaries, titles, ON_OWN_PAGE)
    seen: set[str] = set()
    once = []
    for row in rows:
        work = printings.get((row.issue, row.document))
        if work is None or work.work not in seen:
            once.append(row)
        seen |= {work.work} if work else set()
    issues = {summary.name: summary for summary in summaries}
    return [
        {
            "since": one.since,
            "title": one.title,
            "url": one.url,
            "number": one.number,
            "date": one.date,
            "gazette": one.gazette,
            "issue": summary_title(issues[one.issue]),
            "issue_url": issue_address(issues[one.issue]),
            "mark": mark_of(states.get((one.issue, one.document))),
        }
        for one in once
    ]


def _card(gazette: Gazette, summaries: Sequence[Summary]) -> dict[str, object]:
    """Give the facts of a gazette on the first page: its latest issue, its counts, its years."""
    own = [summary for summary in summaries if summary.name.startswith(f"{gazette.id}/")]
    held = {year.year: year.missing for year in holdings(own)}
    first, last = (min(held), max(held)) if held else (0, -1)
    strip = [(year, year in held, held.get(year, 0)) for year in range(first, last + 1)]
    return {
        "id": gazette.id,
        "title": gazette.title,
        "latest": (summary_title(own[-1]), issue_address(own[-1])) if own else None,
        "issues": len(own),
        "documents": sum(len(summary.documents) for summary in own),
        "strip": strip,
        "lacking": [year for year, is_held, _ in strip if not is_held],
    }
