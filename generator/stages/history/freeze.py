"""Make addresses.json from an issue as it is published: the addresses that later builds keep."""

from __future__ import annotations

from dataclasses import replace

from generator.model import Issue
from generator.model.published import Moved, Published, PublishedDocument, Withdrawn
from generator.stages.history.keep import places_of


def freeze(issue: Issue, day: str) -> Published:
    """Record all addresses and readings of an issue that is published on a day (2026-11-24).

    1. Nothing that was published before is lost, except withdrawn documents and withheld readings.
    2. To freeze an unchanged issue again gives the same value: only changes get the new day.
    """
    before = issue.source.published
    # former ids of withdrawn documents: they are kept, because they also withdraw the document if
    # it gets another id
    gone = {f.id for f in issue.formers if not f.to}
    kept = {n: m for n, m in before.moved.items() if n in gone} if before else {}
    since = {name: d.since for name, d in before.documents.items()} if before else {}
    # a document that got another id was published before
    since = {f.to: since[f.id] for f in issue.formers if f.to and f.id in since} | since
    return Published(
        issue=issue.name,
        source=issue.source.sha256,
        documents={
            d.id: PublishedDocument(
                d.title, since.get(d.id, day), places_of(d), dict(sorted(d.aliases.items()))
            )
            for d in issue.documents
        },
        # the newest first: the last former id of a document is its oldest one (see summarise)
        moved={f.id: Moved(f.to, f.title, dict(f.anchors)) for f in issue.formers if f.to} | kept,
        withdrawn={
            f.id: Withdrawn(f.title, f.why, f.date or day) for f in issue.formers if not f.to
        },
        earlier=tuple(replace(r, until=r.until or day) for r in issue.earlier),
    )
