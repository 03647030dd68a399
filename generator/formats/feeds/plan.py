"""Summaries → the feeds of a site: which there are, and the documents of each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice

from generator.archive.registers import (
    by_arrival,
    issuers_of,
    newest_day,
    shelf_page,
    subject_anchor,
)
from generator.formats.feeds.entries import Feed, FeedDocument, FeedIssue
from generator.model import NO_STATES, DocumentFact, Gazette, States, Summary
from generator.model.addresses import common_address, site_address
from generator.render import summary_title

LONGEST_FEED = 60  # documents of a feed
LONGEST_OF_AGENCY = 30
FEWEST_OF_AGENCY = 3  # documents; who names fewer hardly names more
TERMS_NAME = "施行与有效期"


def plan_feeds(
    gazettes: Sequence[Gazette],
    summaries: Sequence[Summary],
    name: str,
    states: States = NO_STATES,
) -> list[Feed]:
    """Plan the feeds of a site; one without documents is left out.

    The documents that came in last come first (by_arrival), whatever their own dates.
    """
    issues = _issues(gazettes, summaries, states)
    documents = [(issues[summary.name], d) for summary, d in by_arrival(summaries)]
    site = common_address(gazettes)
    feeds = [
        Feed("feed", "index", name, name, site, _newest(documents), "site", name, is_full=True)
    ]
    for gazette in gazettes:
        own = (one for one in documents if one[0].gazette is gazette)
        path, page, title = f"{gazette.id}/feed", f"{gazette.id}/index", gazette.title
        feeds.append(
            Feed(
                path, page, title, title, site_address(gazette), _newest(own), "gazette", title,
                is_full=True,
            )
        )  # fmt: skip
    for page, issuers, of_issuer in _by_page(documents, lambda d: issuers_of(d.issuer)):
        path, title = f"issuers/{page}", f"{issuers}（{name}）"
        feeds.append(Feed(path, path, title, name, site, _newest(of_issuer), "issuer", issuers))
    for page, types, of_type in _by_page(documents, lambda d: [d.type] if d.type else []):
        path, title = f"types/{page}", f"{types}（{name}）"
        newest = _newest(of_type)
        feeds.append(Feed(path, path, title, name, site, newest, "type", types, is_full=True))
    feeds += _of_agencies(gazettes, documents, name, site)
    dated = _newest(one for one in documents if one[1].terms)
    title = f"写明施行日期、有效期的公文（{name}）"
    feeds.append(Feed("terms/feed", "terms/index", title, name, site, dated, "terms", TERMS_NAME))
    return [feed for feed in feeds if feed.told]


def _newest(documents: Iterable[FeedDocument]) -> tuple[FeedDocument, ...]:
    return tuple(islice(documents, LONGEST_FEED))


def _issues(
    gazettes: Iterable[Gazette], summaries: Iterable[Summary], states: States
) -> dict[str, FeedIssue]:
    known = {gazette.id: gazette for gazette in gazettes}
    labels: dict[str, dict[str, str]] = defaultdict(dict)
    for (issue, document), state in states.items():
        if state.label:
            labels[issue][document] = state.label
    issues = {}
    for summary in summaries:
        gazette = known[summary.name.partition("/")[0]]
        place = f"载《{gazette.title}》{summary_title(summary)}"
        own = labels.get(summary.name, {})
        issues[summary.name] = FeedIssue(gazette, summary, newest_day(summary), place, own)
    return issues


def _by_page(
    documents: Iterable[FeedDocument], names_of: Callable[[DocumentFact], Iterable[str]]
) -> list[tuple[str, str, list[FeedDocument]]]:
    """Group documents by the pages of a register; names of one spelling share a page."""
    found: dict[str, list[FeedDocument]] = defaultdict(list)
    names: dict[str, set[str]] = defaultdict(set)
    spelt: dict[str, str] = {}
    for one in documents:
        pages = {}
        for name in names_of(one[1]):
            page = spelt.setdefault(name, "") or shelf_page(name)
            spelt[name] = pages[page] = page
            names[page].add(name)
        for page in pages:
            found[page].append(one)
    return [(page, "、".join(sorted(names[page])), found[page]) for page in sorted(found)]


def _of_agencies(
    gazettes: Sequence[Gazette], documents: Sequence[FeedDocument], name: str, site: str
) -> Iterator[Feed]:
    """Plan the feeds of agencies (责任单位) that several documents name."""
    named: dict[tuple[str, str], list[str]] = {}  # issue and document → names
    for summary in {issue.summary.name: issue.summary for issue, _ in documents}.values():
        for fact in summary.named:
            if fact.register == "agencies":
                named.setdefault((summary.name, fact.document), []).extend(fact.names)
    found: dict[tuple[str, str], list[FeedDocument]] = defaultdict(list)
    for issue, d in documents:
        for agency in dict.fromkeys(named.get((issue.summary.name, d.id), ())):
            found[issue.gazette.id, agency].append((issue, d))
    titles: Mapping[str, str] = {gazette.id: gazette.title for gazette in gazettes}
    for (gazette, agency), listed in sorted(found.items()):
        if len(listed) >= FEWEST_OF_AGENCY:
            path = f"agencies/{subject_anchor('agencies', gazette, agency)}"
            shown = f"{agency}（{titles[gazette]}）" if len(gazettes) > 1 else agency
            yield Feed(
                path, path, f"写明由{agency}负责、配合的公文（{name}）", name, site,
                tuple(listed[:LONGEST_OF_AGENCY]), "agency", shown, has_json=False,
            )  # fmt: skip
