"""Documents that an editor took off the site ([[withdrawn]]): only why is published of them."""

from __future__ import annotations

from dataclasses import replace

from generator.errors import SourceError
from generator.model import Document, Former, Issue


def withdraw(issue: Issue) -> Issue:
    """Take out the documents that issue.toml withdraws, and all that is said of their lines.

    1. No text, correction, change or finding of a withdrawn document stays in the issue.
    2. Its id, and each id that led to it, says why (``formers``); its entry leads there.

    Raises SourceError for an id that no document has or had.
    """
    published = issue.source.published
    reasons = {w.id: w for w in issue.source.withdrawn}
    here = {d.id: d for d in issue.documents}
    titles = {name: d.title for name, d in here.items()}
    dates: dict[str, str] = {}
    if published:
        titles = {n: d.title for n, d in published.documents.items()} | titles
        titles = {name: w.title for name, w in published.withdrawn.items()} | titles
        dates = {name: w.date for name, w in published.withdrawn.items()}
    for name, withdrawal in reasons.items():
        if name not in titles:
            msg = (
                f"{issue.source.facts_path}:{withdrawal.line}: no document has the id {name!r}; "
                f"there are {', '.join(here)}"
            )
            raise SourceError(msg)
    why = {name: w.why for name, w in reasons.items()}
    if published:
        why |= {n: g.why for n, g in published.withdrawn.items() if n not in here and n not in why}
    if not why:
        return issue
    hidden = [d for name, d in here.items() if name in why]
    formers = [
        replace(f, to="", anchors={}, why=why[f.to], date=dates.get(f.to, "")) if f.to in why else f
        for f in issue.formers
    ]
    entries = {d.id: d.entry.lines for d in hidden if d.entry}
    formers += [
        Former(n, titles[n], why=said, date=dates.get(n, ""), entry=entries.get(n))
        for n, said in why.items()
    ]
    return replace(
        issue,
        source=replace(
            issue.source,
            corrections=tuple(c for c in issue.source.corrections if not _holds(hidden, c.line)),
        ),
        documents=tuple(d for d in issue.documents if d.id not in why),
        ledger=tuple(e for e in issue.ledger if not _holds(hidden, e.line)),
        diagnostics=tuple(d for d in issue.diagnostics if not _holds(hidden, d.lines.first)),
        formers=tuple(formers),
        earlier=tuple(r for r in issue.earlier if r.document not in why),
    )


def _holds(documents: list[Document], line: int) -> bool:
    return any(document.lines.first <= line <= document.lines.last for document in documents)
