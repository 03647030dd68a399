"""Remove documents that an editor withdrew ([[withdrawn]]); only the reason stays published."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from generator.model import Document, Former, Issue
from generator.model.published import Moved, Published
from generator.runtime.errors import SourceError


def withdraw(issue: Issue) -> Issue:
    """Remove the documents that issue.toml withdraws, and everything about their lines.

    1. No text, correction, change or finding of a withdrawn document stays in the issue.
    2. Its id and all its former ids lead to the reason (``formers``), and so does its entry in the
       contents. Any of these ids withdraws it.

    Raises SourceError for an id that no document has or had, and if a withdrawn document seems to
    have another id now.
    """
    published = issue.source.published or Published(issue.name, "", {})
    here = {d.id: d for d in issue.documents}
    leads = _leads(issue, published)
    titles = _titles(issue, published)
    reasons = _reasons(issue, leads, titles)
    _refuse_returned(issue, published, leads, reasons)
    why: dict[str, str] = {}
    for name, before in published.withdrawn.items():
        to = leads.get(name, name)
        if to in reasons or to not in here:
            why[name] = reasons.get(to, before.why)
    why = why | {n: said for n, said in reasons.items() if n not in why}
    why |= {n: why[to] for n, to in leads.items() if to in why and n not in why}
    # documents that were withdrawn and are published again
    back = [n for n in published.withdrawn if n not in why and n not in here]
    if not why and not back:
        return issue
    hidden = [d for name, d in here.items() if name in why]
    formers = [f for f in issue.formers if f.id not in why]
    formers += [Former(n, titles[n], leads[n]) for n in back]
    entries = {d.id: d.entry.place for d in hidden if d.entry}
    dates = {name: w.date for name, w in published.withdrawn.items()}
    formers += [
        Former(n, titles[n], why=said, date=dates.get(n, ""), entry=entries.get(n))
        for n, said in why.items()
    ]
    led = {n: Moved(to, titles[n]) for n, to in leads.items() if n in why and to in why}
    return replace(
        issue,
        source=replace(
            issue.source,
            corrections=tuple(c for c in issue.source.corrections if not _holds(hidden, c.line)),
            # freeze records these ids, so that a former id withdraws the document later, too
            published=replace(published, moved={**published.moved, **led})
            if issue.source.published
            else None,
        ),
        documents=tuple(d for d in issue.documents if d.id not in why),
        ledger=tuple(e for e in issue.ledger if not _holds(hidden, e.line)),
        diagnostics=tuple(d for d in issue.diagnostics if not _holds(hidden, d.lines.first)),
        formers=tuple(formers),
        earlier=tuple(r for r in issue.earlier if r.document not in why),
    )


def _leads(issue: Issue, published: Published) -> dict[str, str]:
    """Map each former id to the present id of its document, or to its last id if withdrawn."""
    here = {d.id for d in issue.documents}
    leads = {name: moved.to for name, moved in published.moved.items()}
    leads |= {f.id: f.to for f in issue.formers if f.to}
    leads = {name: to for name, to in leads.items() if name not in here}
    return {name: leads.get(to, to) for name, to in leads.items()}


def _titles(issue: Issue, published: Published) -> dict[str, str]:
    """Map each id, present or former, to the title of its document, withdrawn ones included."""
    return {
        **{name: moved.title for name, moved in published.moved.items()},
        **{name: d.title for name, d in published.documents.items()},
        **{former.id: former.title for former in issue.formers},
        **{d.id: d.title for d in issue.documents},
        **{name: w.title for name, w in published.withdrawn.items()},
    }


def _reasons(issue: Issue, leads: Mapping[str, str], titles: Mapping[str, str]) -> dict[str, str]:
    """Map the present id of each withdrawn document to the reason.

    Entries of issue.toml with different ids of one document are one withdrawal.
    """
    reasons: dict[str, str] = {}
    for withdrawal in issue.source.withdrawn:
        name = leads.get(withdrawal.id, withdrawal.id)
        if name not in titles:
            msg = (
                f"{issue.source.facts_path}:{withdrawal.line}: 没有 id 为“{withdrawal.id}”的公文；"
                f"请改正，本期有 {'、'.join(d.id for d in issue.documents)}"
            )
            raise SourceError(msg)
        reasons.setdefault(name, withdrawal.why)
    return reasons


def _refuse_returned(
    issue: Issue, published: Published, leads: Mapping[str, str], reasons: Mapping[str, str]
) -> None:
    """Refuse a document that may be a withdrawn one under a new id, since its number was changed.

    Only the title of a withdrawn document is kept, so that an editor must decide.
    """
    known = {*published.documents, *leads.values(), *reasons}
    new = {d.title: d.id for d in issue.documents if d.id not in known}
    here = {d.id for d in issue.documents}
    for withdrawal in issue.source.withdrawn:
        name = leads.get(withdrawal.id, withdrawal.id)
        before = published.withdrawn.get(name)
        if name in here or not before or before.title not in new:
            continue
        msg = (
            f"{issue.source.facts_path}:{withdrawal.line}: {name}《{before.title}》已撤下，"
            f"而 {new[before.title]} 的标题与它相同；是同一篇的，请把后者也写入 [[withdrawn]]，"
            "不是同一篇的，请删去这一条（addresses.json 里仍有记录）"
        )
        raise SourceError(msg)


def _holds(documents: list[Document], line: int) -> bool:
    return any(document.lines.first <= line <= document.lines.last for document in documents)
